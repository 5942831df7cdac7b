"""The relations of a plan as a network over its cells: which relations touch a cell, and what each allows it.

A ``State`` is the network with some figures replaced; only the relations that these touch are decided anew, so that
thousands of what-ifs about one plan cost little more than the relations they touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from fireaudit.checks.expression import PRINTED, Instead
from fireaudit.checks.relation import Outcome, Verdict, decide, ways
from fireaudit.diagnosis.constraint import Constraint, constraints
from fireaudit.plan.model import Plan
from fireaudit.quantity import Change, Exact, Interval, Qualifier, Quantity
from fireaudit.quantity.interval import canonical

MOST_TRIED = 1_000_000
"""Figures evaluated to try, one by one, those of relations that are not linear."""

MOST_KEPT = 2_000_000
"""Coefficients of constraints that are kept; beyond it, those of a relation are worked out whenever they are asked for."""

FINER = 1000
"""A rate printed as so many for each so much moves in smaller steps than those of its last digit."""


class Network:
    """``outcomes`` are those of the printed figures; relations that cannot be assessed take no part. ``members``: the cells of each."""

    def __init__(self, plan: Plan, outcomes: Sequence[Outcome]) -> None:
        self.plan, self.cells = plan, plan.cells
        self.outcomes = tuple(outcomes)
        self.members = tuple(() if o.verdict is Verdict.NOT_ASSESSABLE else tuple(o.relation.cells()) for o in self.outcomes)
        self.compared = 0
        self.touching: dict[str, list[int]] = {}
        for index, names in enumerate(self.members):
            for name in names:
                self.touching.setdefault(name, []).append(index)
        self.violated = tuple(i for i, outcome in enumerate(self.outcomes) if outcome.verdict is Verdict.VIOLATED)
        self.signed = any(
            cell.quantity.nominal is not None and cell.quantity.nominal < 0 and cell.quantity.change is Change.NONE for cell in self.cells.values()
        )
        self.printed = State(self, PRINTED)

    @cached_property
    def finest(self) -> dict[str, Finest]:
        return _finest(self.plan)

    @cached_property
    def position(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.cells)}

    def renew(self) -> None:
        """Forget what was worked out of the printed figures, and what that took."""
        self.printed = State(self, PRINTED)

    def reach(self, names: Iterable[str]) -> int:
        """How often the figures in the relations that touch any of the cells are themselves touched, for each way to decide these."""
        return sum(ways(self.outcomes[index].relation) * sum(len(self.touching[name]) for name in self.members[index]) for index in self.touched(names))

    def touched(self, names: Iterable[str]) -> list[int]:
        """The relations that touch any of the cells, in order."""
        return sorted({index for name in names for index in self.touching.get(name, ())})


class State:
    """The network while some cells hold other quantities than the printed ones."""

    def __init__(self, network: Network, instead: Instead) -> None:
        self.network, self.instead = network, instead
        self._outcomes = {index: decide(network.outcomes[index].relation, instead) for index in network.touched(instead)}
        self._constraints: dict[int, tuple[Constraint, ...]] = {}
        self._left, self._room = MOST_TRIED, MOST_KEPT
        self.cut = False
        self._worked = 0

    @property
    def spent(self) -> int:
        """Figures gone through to work out constraints, and to try one by one."""
        return self._worked + MOST_TRIED - self._left

    def outcome(self, index: int) -> Outcome:
        return self._outcomes.get(index) or self.network.outcomes[index]

    def violated(self, index: int) -> bool:
        return self.outcome(index).verdict is Verdict.VIOLATED

    def all_violated(self) -> list[int]:
        """Every violated relation, in order."""
        return sorted([i for i in self.network.violated if i not in self._outcomes] + [i for i in self._outcomes if self.violated(i)])

    def _spend(self, work: int) -> bool:
        """Whether so much more may be tried; once not, ``cut`` says that not all is known of what each relation allows."""
        self.cut = self.cut or work > self._left
        self._left -= 0 if self.cut else work
        return not self.cut

    def constraints(self, index: int) -> tuple[Constraint, ...]:
        if index not in self._outcomes and self.instead:
            return self.network.printed.constraints(index)
        if index in self._constraints:
            return self._constraints[index]
        found = self.worked_out(index)
        self._room -= sum(len(constraint.coefficients) for constraint in found)
        if self._room >= 0:
            self._constraints[index] = found
        return found

    def worked_out(self, index: int) -> tuple[Constraint, ...]:
        """The constraints of a relation, worked out anew and not kept."""
        outcome = self.outcome(index)
        self._worked += len(self.network.members[index])
        return constraints(outcome, self.instead, self._spend) if outcome.verdict is not Verdict.NOT_ASSESSABLE else ()

    def on(self, cell: str) -> Iterator[tuple[int, Constraint]]:
        """The constraints on a cell's move, each with its relation; those of another statement's truth only where it is violated."""
        for index in self.network.touching.get(cell, ()):
            for constraint in self.constraints(index):
                if cell in constraint.coefficients and self.asked(index, constraint, cell):
                    yield index, constraint

    def asked(self, index: int, constraint: Constraint, cell: str) -> bool:
        """A constraint of another statement's truth is asked for only where its relation is violated."""
        return not constraint.believed or cell in constraint.believed or self.violated(index)

    def quantity(self, cell: str) -> Quantity:
        return self.instead.get(cell) or self.network.cells[cell].quantity

    def step(self, cell: str) -> Exact:
        """By how much the printed number can move at least, in base units: as finely as its column is printed."""
        quantity = self.quantity(cell)
        if "每" in quantity.text:
            return Fraction(quantity.step) / FINER
        return self.network.finest[cell].step if self.finer(cell) else quantity.step

    def finer(self, cell: str) -> bool:
        """The column prints more digits than this cell, so that its right number may have more."""
        quantity, column = self.quantity(cell), self.network.finest.get(cell)
        return column is not None and column.step < quantity.step and quantity.qualifier in (Qualifier.EXACT, Qualifier.ROUNDED)

    def bearable(self, constraint: Constraint, cells: Iterable[str]) -> Interval | None:
        """What the moves of ``cells`` may sum up to, each new number standing for what its column's digits allow."""
        allowed = constraint.allowed
        for cell in cells:
            if allowed is None or not self.finer(cell):
                continue
            printed, spread = self.quantity(cell), self.network.finest[cell].spread
            if printed.interval is None or printed.interval.low is None or printed.interval.high is None or printed.nominal is None:
                return None
            # The printed digits allowed so much on either side; the new ones allow only (or even) ``spread``.
            above: Exact = printed.interval.high - printed.nominal - spread
            below: Exact = printed.nominal - printed.interval.low - spread
            c = constraint.coefficients[cell]
            allowed = allowed.narrowed(c * above, c * below) if c > 0 else allowed.narrowed(-c * below, -c * above)
        return allowed

    def lowest(self, cell: str) -> Exact | None:
        """The lowest move that leaves no negative number in a plan that prints none; ``None``: no bound."""
        quantity = self.quantity(cell)
        number = quantity.nominal if quantity.nominal is not None else quantity.interval.low if quantity.interval else None
        if self.network.signed or number is None or number < 0 or quantity.change is not Change.NONE:
            return None
        return -number


@dataclass(frozen=True, slots=True)
class Finest:
    """The smallest last digit printed in a column, and how far a number with that digit spreads."""

    step: Exact
    spread: Exact


def _finest(plan: Plan) -> dict[str, Finest]:
    found: dict[str, Finest] = {}
    for table in plan.tables.values():
        rows = [*table.rows, *([table.total] if table.total else [])]
        for name in table.columns:
            cells = [row.cells[name] for row in rows if name in row.cells]
            printed = [cell.quantity for cell in cells if cell.quantity.nominal is not None]
            if printed:
                step: Exact = min(quantity.step for quantity in printed)
                rounded = any(quantity.step <= step and quantity.qualifier is Qualifier.ROUNDED for quantity in printed)
                finest = Finest(step, canonical(Fraction(step) / 2) if rounded else 0)
                found.update((cell.name, finest) for cell in cells)
    return found
