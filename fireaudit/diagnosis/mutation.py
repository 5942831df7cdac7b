"""How much would the audit notice? Corrupt each figure in every plausible way, one at a time, and diagnose the result.

Relations that are violated already protect nothing until they are settled, and take no part. What a trial takes is
counted in figures gone through, so that it is the same everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fireaudit.checks.relation import Outcome, Verdict
from fireaudit.diagnosis.case import Affordable, Surroundings, repairs_of
from fireaudit.diagnosis.corruption import corruptions
from fireaudit.diagnosis.cover import explain
from fireaudit.diagnosis.coverage import Cover, covers, pinning
from fireaudit.diagnosis.network import Network, State
from fireaudit.diagnosis.search import Search
from fireaudit.plan.model import Plan
from fireaudit.quantity import Interval, Quantity


@dataclass(frozen=True, slots=True)
class Trial:
    """One corruption (or a pair), and what the audit made of it.

    ``provable``: some equation cannot bear the change, rounding and all. ``suspected``: just these cells are a minimal
    repair, and the printed values lie in it; ``first``: no other repair is ranked before it.
    """

    cells: tuple[str, ...]
    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    pinned: bool
    crossed: bool
    provable: bool
    noticed: bool
    suspected: bool
    first: bool


Pair = tuple[tuple[str, str], tuple[str, str]]
"""Two cells, and the text of each."""
Change = tuple[dict[str, Quantity], tuple[str, ...]]
"""Figures with what they read instead, and the kinds of slip."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The trials of one figure, or of one pair; none where they take more than is allowed. ``work``: what they took."""

    trials: tuple[Trial, ...]
    work: int
    whole: bool = True


MOST_AT_ONCE = 500_000
"""Figures in the relations of one trial, each as often as relations touch it; where there are more it is left out, whatever else is allowed."""
LEAST = 100
"""What a trial takes though nothing touches its figure."""
SLIPS = 20
"""What it takes to know the slips of a figure."""
VERIFIED = 4
"""A candidate of a repair is decided so many times."""


class Mutation:
    """Trials over one plan."""

    def __init__(self, plan: Plan, outcomes: Sequence[Outcome]) -> None:
        sound = [outcome for outcome in outcomes if outcome.verdict is not Verdict.VIOLATED]
        self.network = Network(plan, sound)
        self.around, self.most_tries = Surroundings(plan), plan.limits.max_tries
        self.names = [cell.name for cell in plan.cells.values() if not cell.quantity.missing]
        found = covers(self.network)
        self.pinned = {name for name in self.names if found[name].cover in (Cover.PINNED, Cover.CROSSED)}
        self.crossed = {name for name in self.names if found[name].cover is Cover.CROSSED}
        self.size = sum(map(len, self.network.members))
        self.renew()

    def renew(self) -> None:
        """So that what is tried next depends on nothing that was tried before."""
        self.network.renew()
        self._equations: dict[str, list[tuple[int, Interval]]] = {}

    def equations(self, name: str) -> list[tuple[int, Interval]]:
        if name not in self._equations:
            self._equations[name] = pinning(self.network, name) if name in self.pinned else []
        return self._equations[name]

    def sample(self, seed: int) -> list[str]:
        """The figures in an order drawn by lot, so that the first of them stand for all."""
        return random.Random(seed).sample(self.names, len(self.names))

    def slips(self, name: str) -> dict[str, tuple[str, Quantity]]:
        return corruptions(self.network.cells[name].quantity, self.around.neighbours(name))

    def single(self, name: str, allowed: int) -> Tried:
        return self._tried([({name: read}, (kind,)) for kind, read in self.slips(name).values()], allowed)

    def pair(self, cells: tuple[str, str], texts: tuple[str, str], allowed: int) -> Tried:
        slips = [self.slips(name)[text] for name, text in zip(cells, texts, strict=True)]
        return self._tried([({name: read for name, (_, read) in zip(cells, slips, strict=True)}, tuple(kind for kind, _ in slips))], allowed)

    @property
    def pool(self) -> int:
        """What it takes to know which figures pairs can be drawn from."""
        return len(self.crossed) * SLIPS

    def pairs(self, number: int, seed: int) -> Iterator[tuple[Pair, int]]:
        """Pairs of cells that independent equations cross in, with a slip each, and what it took to draw one; every other
        pair shares an equation."""
        chance = random.Random(seed)
        pool = [name for name in self.names if name in self.crossed and self.slips(name)]
        for index in range(number if len(pool) > 1 else 0):
            one = chance.choice(pool)
            near = {n for i, _ in self.equations(one) for n in self.network.members[i]} - {one} if index % 2 else set()
            beside = [name for name in pool if name in near] if index % 2 else []
            other = chance.choice(beside or [name for name in pool if name != one])
            first, second = sorted((one, other), key=self.network.position.__getitem__)
            yield ((first, second), (chance.choice(sorted(self.slips(first))), chance.choice(sorted(self.slips(second))))), 2 * len(pool) + len(near)

    def _tried(self, changes: Iterable[Change], allowed: int) -> Tried:
        trials: list[Trial] = []
        work = 0
        for changed, kinds in changes:
            reach = self.network.reach(changed)
            if reach > MOST_AT_ONCE:
                return Tried((), work + reach, False)
            trial, spent = self._trial(changed, kinds)
            trials.append(trial)
            work += LEAST + reach + spent
            if work > allowed:
                return Tried((), work, False)
        return Tried(tuple(trials), work)

    def _trial(self, changed: dict[str, Quantity], kinds: tuple[str, ...]) -> tuple[Trial, int]:
        """What becomes of a change, and what the diagnosis took."""
        state, before = State(self.network, changed), self.network.printed.spent
        violated = state.all_violated()
        noticed, suspected, first, spent = bool(violated), False, False, 0
        if noticed:
            suspected, first, spent = self._suspected(state, violated, set(changed))
        cells = tuple(changed)
        trial = Trial(
            cells,
            tuple(read.text for read in changed.values()),
            kinds,
            all(name in self.pinned for name in cells),
            all(name in self.crossed for name in cells),
            all(self._provable(name, read) for name, read in changed.items()),
            noticed,
            suspected,
            first,
        )
        return trial, spent + self.network.printed.spent - before

    def _provable(self, name: str, read: Quantity) -> bool:
        """By the constraints of the uncorrupted plan: some equation allows nothing that the new text may mean."""
        old = self.network.cells[name].quantity.interval
        if old is None or read.interval is None:
            return False
        return any((need := _needed(allowed, old)) is None or need.intersect(read.interval) is None for _, allowed in self.equations(name))

    def _suspected(self, state: State, violated: list[int], true: set[str]) -> tuple[bool, bool, int]:
        """Whether the corrupted cells are a minimal repair of the cases, and the first one; and what that took."""
        left, first, found = set(true), True, True
        search, affordable = Search(state, self.most_tries), Affordable(state)
        for case in explain(search, violated):
            repairs = [{c.cell.name for c in repair.corrections} for repair in repairs_of(state, affordable.of(case)[0], self.around)]
            blamed = next((cells for cells in repairs if cells <= true), None)
            if blamed is None:
                found = False
                break
            first = first and repairs[0] == blamed
            left -= blamed
        spent = search.spent + VERIFIED * affordable.spent + state.spent
        return (not left, first and not left, spent) if found else (False, False, spent)


def _needed(allowed: Interval, printed: Interval) -> Interval | None:
    """What an equation needs of a figure: the values that ``printed``, moved by anything ``allowed``, can just reach."""
    if printed.low is None or printed.high is None:
        return Interval(None, None)
    closed = Interval(allowed.low, allowed.high, allowed.low_open and not printed.high_open, allowed.high_open and not printed.low_open)
    return closed.narrowed(printed.high, -printed.low)


def rate(trials: Iterable[Trial], what: str) -> tuple[int, int]:
    """How many of the trials have ``what`` (a field of ``Trial``), and how many there are."""
    listed = list(trials)
    return sum(bool(getattr(trial, what)) for trial in listed), len(listed)
