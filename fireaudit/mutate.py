"""Run the corruptions of a plan, over several processes, and sum up what the audit noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from typing import TypeVar, overload

from fireaudit.app import Audited, Options, audit_text
from fireaudit.config import DEFAULT, Settings
from fireaudit.diagnosis.mutation import Mutation, Pair, Trial, Tried
from fireaudit.executor import executor
from fireaudit.plan.model import Cell

CHUNK = 12
READ = 5
"""To know what covers each figure takes so many times the figures in all relations."""

T = TypeVar("T")
Progress = Callable[[int, int], None]
Task = tuple[Sequence[str], Sequence[Pair], int]
"""Figures and pairs to corrupt, and how much they may take together."""


@dataclass(frozen=True, slots=True)
class Score:
    """The trials of one plan: every corruption of every cell, then the pairs drawn with ``seed``.

    ``figures_left`` and ``pairs_left`` were not tried, for want of allowance.
    """

    audited: Audited
    singles: tuple[Trial, ...]
    pairs: tuple[Trial, ...]
    seed: int
    pinned: int
    crossed: int
    figures_left: int = 0
    pairs_left: int = 0

    def weakest(self) -> list[tuple[Cell, int, int]]:
        """Cells whose corruptions go unnoticed, the worst first: the cell, how many were noticed, of how many."""
        counted: dict[str, tuple[int, int]] = {}
        for trial in self.singles:
            noticed, tried = counted.get(trial.cells[0], (0, 0))
            counted[trial.cells[0]] = noticed + trial.noticed, tried + 1
        cells = self.audited.plan.cells
        found = [(cells[name], noticed, tried) for name, (noticed, tried) in counted.items() if noticed < tried]
        return sorted(found, key=lambda item: (item[1] * 1000 // item[2], item[0].span))


def mutate(path: str, data: bytes, pairs: int, seed: int, jobs: int = 0, progress: Progress | None = None, settings: Settings = DEFAULT) -> Score:
    """Corrupt the figures of a plan, drawn by lot, and audit each result, as far as the settings allow.

    ``jobs``: processes (0: one a core); the result is the same.
    """
    trials, over = _Trials(path, data, settings), executor(jobs)
    audited, mutation = trials.audited, trials.mutation
    work = _Work(settings.limits.max_trials - READ * mutation.size)
    order = mutation.sample(seed)
    singles = work.done(over.map(trials, _Tasks(work, [(chunk, ()) for chunk in _chunks(order)])), len(order), progress)
    drawn = work.drawn(mutation, pairs, seed)
    doubles = work.done(over.map(trials, _Tasks(work, [((), chunk) for chunk in _chunks(drawn)])), len(drawn), progress)
    whole = {name: tried.trials for name, tried in zip(order, singles, strict=False) if tried.whole}
    told = [tried.trials for tried in doubles if tried.whole]
    wanted = pairs if work.left < 0 and len(mutation.crossed) > 1 else len(drawn)
    return Score(
        audited,
        tuple(trial for name in mutation.names for trial in whole.get(name, ())),
        tuple(trial for trials in told for trial in trials),
        seed,
        len(mutation.pinned),
        len(mutation.crossed),
        len(order) - len(whole),
        wanted - len(told),
    )


@dataclass(slots=True)
class _Work:
    """How much more may be done. What goes beyond it does not count, so that what counts is the same however many work."""

    left: int

    def done(self, results: Iterable[list[Tried]], number: int, progress: Progress | None) -> list[Tried]:
        found: list[Tried] = []
        for chunk in results if self.left >= 0 else ():
            for tried in chunk:
                self.left -= tried.work
                if self.left < 0:
                    return found
                found.append(tried)
            if progress is not None:
                progress(len(found), number)
        return found

    def drawn(self, mutation: Mutation, number: int, seed: int) -> list[Pair]:
        found: list[Pair] = []
        self.left -= mutation.pool
        for pair, work in mutation.pairs(number, seed) if self.left >= 0 else ():
            self.left -= work
            if self.left < 0:
                break
            found.append(pair)
        return found


class _Tasks(Sequence[Task]):
    """Figures and pairs to corrupt; each task is allowed what is left when it is handed out."""

    def __init__(self, work: _Work, chunks: Sequence[tuple[Sequence[str], Sequence[Pair]]]) -> None:
        self.work, self.chunks = work, chunks

    def __len__(self) -> int:
        return len(self.chunks)

    @overload
    def __getitem__(self, index: int) -> Task: ...
    @overload
    def __getitem__(self, index: slice) -> list[Task]: ...
    def __getitem__(self, index: int | slice) -> Task | list[Task]:
        if isinstance(index, slice):
            return [(*chunk, self.work.left) for chunk in self.chunks[index]]
        return (*self.chunks[index], self.work.left)


class _Trials:
    """Corrupts figures of one plan. A process that gets this reads the plan for itself; only names and trials travel."""

    def __init__(self, path: str, data: bytes, settings: Settings) -> None:
        self.path, self.data, self.settings = path, data, settings

    def __reduce__(self) -> tuple[object, ...]:
        return _Trials, (self.path, self.data, self.settings)

    @cached_property
    def audited(self) -> Audited:
        return audit_text(self.path, self.data, Options(), settings=self.settings, diagnose=False)

    @cached_property
    def mutation(self) -> Mutation:
        return Mutation(self.audited.plan, self.audited.outcomes)

    def __call__(self, task: Task) -> list[Tried]:
        """Whatever one process did before, a task comes to the same."""
        names, pairs, allowed = task
        self.mutation.renew()
        found: list[Tried] = []
        for try_ in (*(partial(self.mutation.single, name) for name in names), *(partial(self.mutation.pair, *pair) for pair in pairs)):
            if allowed < 0:
                break
            found.append(try_(allowed))
            allowed -= found[-1].work
        return found


def _chunks(items: Sequence[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
