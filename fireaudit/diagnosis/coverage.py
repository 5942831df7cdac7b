"""What checks a figure: equations that pin it, inequalities that bound it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from fireaudit.checks.relation import Verdict
from fireaudit.diagnosis.constraint import Constraint
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


MOST_COMPARED = 5_000_000
"""Figures of a plan looked through to see whether equations single one out; beyond it one counts as pinned."""


def pinning(network: Network, cell: str) -> list[tuple[int, Interval]]:
    """The equations that hold a figure from both sides, each with the moves it allows."""
    held = []
    for index, constraint in network.printed.on(cell):
        if _pins(network, index, constraint) and (allowed := constraint.for_one(cell)) is not None:
            held.append((index, allowed))
    return held


def _pins(network: Network, index: int, constraint: Constraint) -> bool:
    allowed = constraint.allowed
    if network.outcomes[index].relation.op != "==" or allowed is None or allowed.low is None or allowed.high is None:
        return False
    return constraint.holds or network.printed.violated(index)  # else a statement that another one contradicts


def crossing(network: Network, cell: str, equations: Iterable[int]) -> bool:
    """No other figure stands in all the equations of ``cell``: together they single it out."""
    wanted = set(equations)
    if len(wanted) < 2:
        return False
    for other in min((network.members[index] for index in wanted), key=len):
        if network.compared > MOST_COMPARED:
            return False
        network.compared += len(network.touching[other])
        if other != cell and wanted.issubset(network.touching[other]):
            return False
    return True


def covered(network: Network, cell: str) -> Covered:
    """How the printed figures of a plan check one of them."""
    held = _Held()
    for index, allowed in pinning(network, cell):
        held.add(index, allowed)
    return _covered(network, cell, held)


def covers(network: Network) -> dict[str, Covered]:
    """How they check each of them. What a relation allows its figures is not kept, for it may be much."""
    held: dict[str, _Held] = {}
    for index, outcome in enumerate(network.outcomes):
        if outcome.relation.op != "==" or outcome.verdict is Verdict.NOT_ASSESSABLE:
            continue
        for constraint in network.printed.worked_out(index):
            for cell in constraint.coefficients if _pins(network, index, constraint) else ():
                if network.printed.asked(index, constraint, cell) and (allowed := constraint.for_one(cell)) is not None:
                    held.setdefault(cell, _Held()).add(index, allowed)
    return {cell: _covered(network, cell, held.pop(cell) if cell in held else _Held()) for cell in network.cells}


@dataclass(slots=True)
class _Held:
    """The equations that hold a figure, in order, and by how much it may move within all of them."""

    equations: list[int] = field(default_factory=list)
    play: Interval | None = None

    def add(self, index: int, allowed: Interval) -> None:
        if not self.equations or self.equations[-1] != index:
            self.equations.append(index)
        self.play = allowed if self.play is None else self.play.intersect(allowed)


def _covered(network: Network, cell: str, held: _Held) -> Covered:
    if network.cells[cell].quantity.missing:
        return Covered(cell, Cover.MISSING, 0, 0, None)
    number, touching = len(held.equations), len(network.touching.get(cell, ()))
    if number:
        cover = Cover.CROSSED if crossing(network, cell, held.equations) else Cover.PINNED
    else:
        cover = Cover.BOUNDED if touching else Cover.UNTOUCHED
    return Covered(cell, cover, number, touching - number, held.play)
