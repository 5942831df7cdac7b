"""What checks a figure: equations that pin it, inequalities that bound it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fireaudit.checks.relation import Verdict
from fireaudit.diagnosis.network import Network
from fireaudit.quantity import Interval


class Cover(Enum):
    """How well a figure is checked, weakest first. ``CROSSED``: independent equations meet in it and in nothing else."""

    MISSING = "missing"
    UNTOUCHED = "untouched"
    BOUNDED = "bounded"
    PINNED = "pinned"
    CROSSED = "crossed"


@dataclass(frozen=True, slots=True)
class Covered:
    """A figure, how it is checked, by how many equations and inequalities, and by how much it may move unnoticed."""

    cell: str
    cover: Cover
    equations: int
    inequalities: int
    play: Interval | None


def pinning(network: Network, cell: str) -> list[tuple[int, Interval]]:
    """The equations that hold a figure from both sides, each with the moves it allows."""
    found = []
    for index, constraint in network.printed.on(cell):
        if not constraint.holds and not network.printed.violated(index):
            continue  # a statement that another one contradicts
        allowed = constraint.for_one(cell)
        if network.outcomes[index].relation.op == "==" and allowed is not None and allowed.low is not None and allowed.high is not None:
            found.append((index, allowed))
    return found


def crossing(network: Network, cell: str, equations: list[tuple[int, Interval]]) -> bool:
    """No other figure stands in all the equations of ``cell``: together they single it out."""
    distinct = {index for index, _ in equations}
    return len(distinct) > 1 and set.intersection(*(set(network.outcomes[index].relation.cells()) for index in distinct)) == {cell}


def covered(network: Network, cell: str) -> Covered:
    """How the printed figures of a plan check one of them."""
    if network.cells[cell].quantity.missing:
        return Covered(cell, Cover.MISSING, 0, 0, None)
    touching = [i for i in network.touching.get(cell, ()) if network.outcomes[i].verdict is not Verdict.NOT_ASSESSABLE]
    equations = pinning(network, cell)
    number = len({index for index, _ in equations})
    play: Interval | None = None
    for _, allowed in equations:
        play = allowed if play is None else play.intersect(allowed)
    if number:
        cover = Cover.CROSSED if crossing(network, cell, equations) else Cover.PINNED
    else:
        cover = Cover.BOUNDED if touching else Cover.UNTOUCHED
    return Covered(cell, cover, number, len(touching) - number, play)
