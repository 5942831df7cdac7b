"""Sets of figures whose change settles violated relations and breaks none: the candidates for repairs.

A candidate leaves every relation that its cells touch unviolated. Single cells are tried first, all of them; sets of
two and three only where single cells do not do, grown from a violated relation along the relations that each move
breaks. After Fellegi and Holt (1976): change the fewest figures that make all rules hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, islice, product

from fireaudit.diagnosis.constraint import Constraint, divided
from fireaudit.diagnosis.integers import Infeasible, Range, Row, Solution, row, solve
from fireaudit.diagnosis.network import State
from fireaudit.quantity import Exact, Interval
from fireaudit.quantity.interval import quotient

STILL: Range = (0, 0)
MOST_WORK = 1_000_000
"""Constraints of figures and candidates of relations that are gone through for one plan, those of several figures at once counting for more."""

MOST_WAYS = 16
"""Ways to choose among contradicting statements that one set of figures is tried with."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Moves of ``cells``, in steps of their last digits: one solution, the range of each, and what they settle."""

    cells: tuple[str, ...]
    values: tuple[int, ...]
    ranges: tuple[Range, ...]
    settles: frozenset[int]


class Search:
    """Candidates in one state of a network, each set of cells tried once; at most ``budget`` sets of two and more.

    ``among``: settling these relations counts, though none may be broken.
    """

    def __init__(self, state: State, budget: int, among: Iterable[int] | None = None) -> None:
        self.state, self.budget = state, budget
        self._among = None if among is None else frozenset(among)
        self._left = MOST_WORK
        self._tried: dict[tuple[str, ...], Candidate | None] = {}

    @property
    def exhausted(self) -> bool:
        return self.budget < 0 or self._left < 0 or self.state.cut or self.state.network.printed.cut

    @property
    def spent(self) -> int:
        return MOST_WORK - self._left

    def spend(self, work: int) -> bool:
        """Whether so much more may be gone through."""
        self._left -= work
        return self._left >= 0

    def _counts(self, index: int) -> bool:
        return self.state.violated(index) and (self._among is None or index in self._among)

    def singles(self, relations: Iterable[int]) -> list[Candidate]:
        """Every cell of the violated ``relations`` that settles all it touches, alone."""
        cells = {name for index in relations for name in self.state.network.outcomes[index].relation.cells()}
        return [found for name in self._ordered(cells) if (found := self.candidate((name,))) is not None]

    def sets(self, seed: int, size: int) -> list[Candidate]:
        """Candidates of ``size`` cells, one of them in the violated relation ``seed``, that no smaller ones make up."""
        found: dict[tuple[str, ...], Candidate] = {}
        for name in self._ordered({n for c in self.state.constraints(seed) for n in c.coefficients}):
            for cells in self._grown((name,), size - 1):
                candidate = self.candidate(cells)
                if candidate is not None and cells not in found and not self._made_up(candidate):
                    found[cells] = candidate
        return list(found.values())

    def candidate(self, cells: tuple[str, ...]) -> Candidate | None:
        """The moves of just these cells that settle all they touch, if there are any; the smallest where there is a choice."""
        if cells not in self._tried:
            if len(cells) > 1:
                self.budget -= 1
            if self.exhausted or not self.spend(len(cells) * len(self.state.network.touched(cells))):
                return None
            search = self._single if len(cells) == 1 else self._together
            found = [candidate for asked in self._asked(cells) if (candidate := search(cells, asked)) is not None]
            self._tried[cells] = min(found, key=lambda candidate: sum(map(abs, candidate.values)), default=None)
        return self._tried[cells]

    def _asked(self, cells: tuple[str, ...]) -> Iterator[list[tuple[int, Constraint]]]:
        """The constraints that moves of ``cells`` must meet: once for each way to choose among contradicting statements.

        A statement that moves must fit all that is stated; of those that stand one must.
        """
        moved = frozenset(cells)
        always: list[tuple[int, Constraint]] = []
        ways: dict[int, dict[frozenset[str], list[tuple[int, Constraint]]]] = {}
        for index in self.state.network.touched(cells):
            for constraint in self.state.constraints(index):
                if not any(cell in constraint.coefficients for cell in cells):
                    continue
                if not constraint.believed or not moved.isdisjoint(constraint.believed):
                    always.append((index, constraint))
                elif self.state.violated(index):
                    ways.setdefault(index, {}).setdefault(constraint.believed, []).append((index, constraint))
        for way in islice(product(*(choice.values() for choice in ways.values())), MOST_WAYS):
            asked = [*always, *chain.from_iterable(way)]
            if not self.spend(len(cells) ** 2 * len(asked)):
                return
            yield asked

    def _single(self, cells: tuple[str, ...], asked: list[tuple[int, Constraint]]) -> Candidate | None:
        (cell,) = cells
        step = self.state.step(cell)
        least = self.state.lowest(cell)
        reach: Range = (None if least is None else -(-least // step), None)
        settles = set()
        for index, constraint in asked:
            allowed = divided(self.state.bearable(constraint, cells), constraint.coefficients[cell])
            if allowed is None:
                return None
            reach = _narrowed(reach, steps(allowed, step))
            if reach[0] is not None and reach[1] is not None and reach[0] > reach[1]:
                return None
            if not constraint.holds and self._counts(index):
                settles.add(index)
        if not settles:
            return None
        return Candidate(cells, (_nearest(reach),), (reach,), frozenset(settles))

    def _together(self, cells: tuple[str, ...], asked: list[tuple[int, Constraint]]) -> Candidate | None:
        moved = frozenset(cells)
        settles = set()
        rows: list[Row] = []
        try:
            for index, constraint in asked:
                if constraint.allowed is None or not moved.isdisjoint(constraint.still):
                    return None
                if not constraint.holds and self._counts(index):
                    settles.add(index)
                rows += self._rows(cells, constraint)
            for position, cell in enumerate(cells):
                least = self.state.lowest(cell)
                if least is not None:
                    step = self.state.step(cell)
                    rows += _some(row([-step if i == position else 0 for i in range(len(cells))], -least, strict=False))
        except Infeasible:
            return None
        found = solve(rows, len(cells)) if settles else None
        if found is None or not all(found.values) or not self._all_needed(rows, found):
            return None
        return Candidate(cells, found.values, found.ranges, frozenset(settles))

    def _rows(self, cells: tuple[str, ...], constraint: Constraint) -> Iterator[Row]:
        c = [constraint.coefficients.get(cell, 0) * self.state.step(cell) for cell in cells]
        allowed = self.state.bearable(constraint, [cell for cell in cells if cell in constraint.coefficients])
        if allowed is None:
            raise Infeasible
        if allowed.high is not None:
            yield from _some(row(c, allowed.high, allowed.high_open))
        if allowed.low is not None:
            yield from _some(row([-x for x in c], -allowed.low, allowed.low_open))

    @staticmethod
    def _all_needed(rows: list[Row], found: Solution) -> bool:
        """No cell of the set could as well stay as it is."""
        count = len(found.values)
        for position in range(count):
            stays = [(tuple(int(i == position) * sign for i in range(count)), 0) for sign in (1, -1)]
            if (found.ranges[position][0] or 0) <= 0 <= (found.ranges[position][1] or 0) and solve([*rows, *stays], count):
                return False
        return True

    def _made_up(self, candidate: Candidate) -> bool:
        """Two smaller candidates do the same: then they are two repairs, not one."""
        cells = candidate.cells
        for size in range(1, len(cells) // 2 + 1):
            for part in combinations(cells, size):
                one = self.candidate(part)
                other = self.candidate(tuple(c for c in cells if c not in part)) if one else None
                if one and other and one.settles | other.settles >= candidate.settles:
                    return True
        return False

    def _grown(self, cells: tuple[str, ...], more: int) -> Iterator[tuple[str, ...]]:
        """Sets with ``more`` further cells, each in a relation that would else pin a cell of the set where it is."""
        if not more:
            yield tuple(self._ordered(cells))
            return
        if self.exhausted or not self.spend(len(self.state.network.touched(cells))):
            return
        pinned, free = self._pins(cells)
        if pinned and more == 1:
            nexts = frozenset.intersection(*pinned)
        else:
            nexts = pinned[0] if pinned else free
        for name in self._ordered(nexts - set(cells)):
            yield from self._grown((*cells, name), more - 1)

    def _pins(self, cells: tuple[str, ...]) -> tuple[list[frozenset[str]], frozenset[str]]:
        """Cells of each constraint that allows the one moved cell in it no move at all; and all cells around."""
        pinned: list[frozenset[str]] = []
        around: set[str] = set()
        for cell in cells:
            step = self.state.step(cell)
            for _, constraint in self.state.on(cell):
                around.update(constraint.coefficients)
                if sum(other in constraint.coefficients for other in cells) == 1:
                    allowed = constraint.for_one(cell)
                    if allowed is not None and steps(allowed, step) == STILL:
                        pinned.append(frozenset(constraint.coefficients))
        return sorted(pinned, key=len), frozenset(around)

    def _ordered(self, cells: Iterable[str]) -> list[str]:
        return sorted(cells, key=self.state.network.position.__getitem__)


def steps(allowed: Interval, step: Exact) -> Range:
    """The whole numbers of steps inside an interval; the first above the second where there are none."""
    low = high = None
    if allowed.low is not None:
        exact = quotient(allowed.low, step)
        low = -(-exact // 1) + (1 if allowed.low_open and exact == exact // 1 else 0)
    if allowed.high is not None:
        exact = quotient(allowed.high, step)
        high = exact // 1 - (1 if allowed.high_open and exact == exact // 1 else 0)
    return (None if low is None else int(low)), (None if high is None else int(high))


def _narrowed(a: Range, b: Range) -> Range:
    low = b[0] if a[0] is None else a[0] if b[0] is None else max(a[0], b[0])
    high = b[1] if a[1] is None else a[1] if b[1] is None else min(a[1], b[1])
    return low, high


def _nearest(reach: Range) -> int:
    low, high = reach
    if low is not None and low > 0:
        return low
    return high if high is not None and high < 0 else 0


def _some(found: Row | None) -> list[Row]:
    return [] if found is None else [found]
