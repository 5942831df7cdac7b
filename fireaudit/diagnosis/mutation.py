"""How much would the audit notice? Corrupt each figure in every plausible way, one at a time, and diagnose the result.

Relations that are violated already protect nothing until they are settled, and take no part.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fireaudit.checks.relation import Outcome, Verdict
from fireaudit.diagnosis.case import Surroundings, repairs_of
from fireaudit.diagnosis.corruption import corruptions
from fireaudit.diagnosis.cover import explain
from fireaudit.diagnosis.coverage import crossing, pinning
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


class Mutation:
    """Trials over one plan."""

    def __init__(self, plan: Plan, outcomes: Sequence[Outcome]) -> None:
        sound = [outcome for outcome in outcomes if outcome.verdict is not Verdict.VIOLATED]
        self.network = Network(plan, sound)
        self.around, self.most_tries = Surroundings(plan), plan.limits.max_tries
        self.names = [cell.name for cell in plan.cells.values() if not cell.quantity.missing]
        self.equations = {name: pinning(self.network, name) for name in self.names}
        self.pinned = {name for name in self.names if self.equations[name]}
        self.crossed = {name for name in self.names if crossing(self.network, name, (index for index, _ in self.equations[name]))}

    def slips(self, name: str) -> dict[str, tuple[str, Quantity]]:
        return corruptions(self.network.cells[name].quantity, self.around.neighbours(name))

    def singles(self, names: Iterable[str]) -> list[Trial]:
        return [self.trial({name: read}, (kind,)) for name in names for kind, read in self.slips(name).values()]

    def pairs(self, number: int, seed: int) -> list[tuple[tuple[str, str], tuple[str, str]]]:
        """Pairs of cells that independent equations cross in, with a slip each; every other pair shares an equation."""
        chance = random.Random(seed)
        pool = [name for name in self.names if name in self.crossed and self.slips(name)]
        found = []
        for index in range(number if len(pool) > 1 else 0):
            one = chance.choice(pool)
            near = {n for i, _ in self.equations[one] for n in self.network.outcomes[i].relation.cells()} - {one}
            beside = [name for name in pool if name in near] if index % 2 else []
            other = chance.choice(beside or [name for name in pool if name != one])
            first, second = sorted((one, other), key=self.network.position.__getitem__)
            found.append(((first, second), (chance.choice(sorted(self.slips(first))), chance.choice(sorted(self.slips(second))))))
        return found

    def pair(self, cells: tuple[str, str], texts: tuple[str, str]) -> Trial:
        slips = [self.slips(name)[text] for name, text in zip(cells, texts, strict=True)]
        return self.trial({name: read for name, (_, read) in zip(cells, slips, strict=True)}, tuple(kind for kind, _ in slips))

    def trial(self, changed: dict[str, Quantity], kinds: tuple[str, ...]) -> Trial:
        state = State(self.network, changed)
        violated = state.all_violated()
        noticed, suspected, first = bool(violated), False, False
        if noticed:
            suspected, first = self._suspected(state, violated, set(changed))
        cells = tuple(changed)
        return Trial(
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

    def _provable(self, name: str, read: Quantity) -> bool:
        """By the constraints of the uncorrupted plan: some equation allows nothing that the new text may mean."""
        old = self.network.cells[name].quantity.interval
        if old is None or read.interval is None:
            return False
        return any((need := _needed(allowed, old)) is None or need.intersect(read.interval) is None for _, allowed in self.equations[name])

    def _suspected(self, state: State, violated: list[int], true: set[str]) -> tuple[bool, bool]:
        """Whether the corrupted cells are a minimal repair of the cases, and the first one."""
        left, first = set(true), True
        for case in explain(Search(state, self.most_tries), violated):
            repairs = [{c.cell.name for c in repair.corrections} for repair in repairs_of(state, case, self.around)]
            blamed = next((cells for cells in repairs if cells <= true), None)
            if blamed is None:
                return False, False
            first = first and repairs[0] == blamed
            left -= blamed
        return not left, first and not left


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
