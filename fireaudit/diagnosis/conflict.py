"""The irreducible conflict of a case: the fewest printed figures that cannot all be true, as a proof on paper.

Of the violated relations of a case the one with the fewest figures is taken, and every figure struck out of it that the
contradiction does not need: with anything at all in its place the relation would fail just the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fireaudit.checks.relation import Outcome, Verdict, decide
from fireaudit.diagnosis.network import State
from fireaudit.quantity import Interval, Quantity

MOST_STRUCK = 400
"""Figures of one relation that are tried for striking out; a longer sum is shown whole."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """``cells`` cannot all be true while ``relation`` (an index) must hold; ``struck`` ones are not needed for that."""

    relation: int
    cells: tuple[str, ...]
    struck: tuple[str, ...]
    outcome: Outcome
    irreducible: bool = True


def conflict(state: State, relations: Iterable[int]) -> Conflict:
    """The smallest conflict among the violated ``relations``; of equally small ones the first."""
    return min((_reduced(state, index) for index in relations), key=lambda found: (len(found.cells), found.relation))


def _reduced(state: State, index: int) -> Conflict:
    relation = state.outcome(index).relation
    names = list(relation.cells())
    unknown: dict[str, Quantity] = {}
    for name in names if len(names) <= MOST_STRUCK else ():
        tried = {**state.instead, **unknown, name: _anything(state, name)}
        if decide(relation, tried).verdict is Verdict.VIOLATED:
            unknown[name] = tried[name]
    kept = tuple(name for name in names if name not in unknown)
    return Conflict(index, kept, tuple(unknown), decide(relation, {**state.instead, **unknown}), len(names) <= MOST_STRUCK)


def _anything(state: State, name: str) -> Quantity:
    """The figure as if it were not printed: any number, not negative where the plan prints none."""
    quantity = state.quantity(name)
    interval = Interval(None, None) if state.lowest(name) is None else Interval(0, None)
    return Quantity("", interval, quantity.unit, step=quantity.step)
