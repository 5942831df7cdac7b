"""The relations of a plan as a network over its cells: which relations touch a cell, and what each allows it.

A ``State`` is the network with some figures replaced; only the relations that these touch are decided anew, so that
thousands of what-ifs about one plan cost little more than the relations they touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from fireaudit.checks.expression import PRINTED, Instead
from fireaudit.checks.relation import Outcome, Verdict, decide
from fireaudit.diagnosis.constraint import Constraint, constraints
from fireaudit.plan.model import Cell
from fireaudit.quantity import Change, Exact, Quantity

FINER = 1000
"""A rate printed as so many for each so much moves in smaller steps than those of its last digit."""


class Network:
    """``outcomes`` are those of the printed figures; relations that cannot be assessed take no part."""

    def __init__(self, cells: Iterable[Cell], outcomes: Sequence[Outcome]) -> None:
        self.cells = {cell.name: cell for cell in cells}
        self.outcomes = tuple(outcomes)
        self.touching: dict[str, list[int]] = {}
        for index, outcome in enumerate(self.outcomes):
            if outcome.verdict is not Verdict.NOT_ASSESSABLE:
                for name in outcome.relation.cells():
                    self.touching.setdefault(name, []).append(index)
        self.violated = tuple(i for i, outcome in enumerate(self.outcomes) if outcome.verdict is Verdict.VIOLATED)
        self.position = {name: index for index, name in enumerate(self.cells)}
        self.signed = any(
            cell.quantity.nominal is not None and cell.quantity.nominal < 0 and cell.quantity.change is Change.NONE for cell in self.cells.values()
        )
        self.printed = State(self, PRINTED)

    def touched(self, names: Iterable[str]) -> list[int]:
        """The relations that touch any of the cells, in order."""
        return sorted({index for name in names for index in self.touching.get(name, ())})


class State:
    """The network while some cells hold other quantities than the printed ones."""

    def __init__(self, network: Network, instead: Instead) -> None:
        self.network, self.instead = network, instead
        self._outcomes = {index: decide(network.outcomes[index].relation, instead) for index in network.touched(instead)}
        self._constraints: dict[int, tuple[Constraint, ...]] = {}

    def outcome(self, index: int) -> Outcome:
        return self._outcomes.get(index) or self.network.outcomes[index]

    def violated(self, index: int) -> bool:
        return self.outcome(index).verdict is Verdict.VIOLATED

    def all_violated(self) -> list[int]:
        """Every violated relation, in order."""
        return sorted([i for i in self.network.violated if i not in self._outcomes] + [i for i in self._outcomes if self.violated(i)])

    def constraints(self, index: int) -> tuple[Constraint, ...]:
        if index not in self._outcomes and self.instead:
            return self.network.printed.constraints(index)
        if index not in self._constraints:
            outcome = self.outcome(index)
            assessable = outcome.verdict is not Verdict.NOT_ASSESSABLE
            self._constraints[index] = constraints(outcome, self.instead) if assessable else ()
        return self._constraints[index]

    def on(self, cell: str) -> Iterator[tuple[int, Constraint]]:
        """The constraints on a cell's move, each with its relation."""
        for index in self.network.touching.get(cell, ()):
            for constraint in self.constraints(index):
                if cell in constraint.coefficients:
                    yield index, constraint

    def quantity(self, cell: str) -> Quantity:
        return self.instead.get(cell) or self.network.cells[cell].quantity

    def step(self, cell: str) -> Exact:
        """By how much the printed number can move at least, in base units."""
        quantity = self.quantity(cell)
        return Fraction(quantity.step) / FINER if "每" in quantity.text else quantity.step

    def lowest(self, cell: str) -> Exact | None:
        """The lowest move that leaves no negative number in a plan that prints none; ``None``: no bound."""
        quantity = self.quantity(cell)
        number = quantity.nominal if quantity.nominal is not None else quantity.interval.low if quantity.interval else None
        if self.network.signed or number is None or number < 0 or quantity.change is not Change.NONE:
            return None
        return -number
