"""Run the corruptions of a plan, over several processes, and sum up what the audit noticed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeVar

from fireaudit.app import Audited, Options, audit_text
from fireaudit.config import DEFAULT, Settings
from fireaudit.diagnosis.mutation import Mutation, Pair, Trial, Tried
from fireaudit.plan.model import Cell

CHUNK = 12
READ = 5
"""To know what covers each figure takes so many times the figures in all relations."""
WORTH_A_PROCESS = 60
"""Fewer cells than this are done before a second process has started."""

T = TypeVar("T")
Progress = Callable[[int, int], None]
Task = tuple[Sequence[str], Sequence[Pair], int]
"""Figures and pairs to corrupt, and how much they may take together."""
Map = Callable[[Callable[[Task], list[Tried]], Iterable[Task]], Iterator[list[Tried]]]


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
    global _mutation
    audited = audit_text(path, data, Options(), settings=settings, diagnose=False)
    _mutation = mutation = Mutation(audited.plan, audited.outcomes)
    workers = (jobs or os.cpu_count() or 1) if len(mutation.names) >= WORTH_A_PROCESS else 1
    work = _Work(settings.limits.max_trials - READ * mutation.size)
    with _mapped(workers, path, data, settings) as over:
        order = mutation.sample(seed)
        tasks: Iterable[Task] = ((chunk, (), work.left) for chunk in _chunks(order))
        singles = work.done(over(_run, tasks), len(order), progress)
        drawn = work.drawn(mutation, pairs, seed)
        tasks = (((), chunk, work.left) for chunk in _chunks(drawn))
        doubles = work.done(over(_run, tasks), len(drawn), progress)
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


_mutation: Mutation | None = None


@contextmanager
def _mapped(workers: int, path: str, data: bytes, settings: Settings) -> Iterator[Map]:
    """What goes through tasks in order: here, or over processes."""
    if workers == 1:
        yield map
        return
    pool = ProcessPoolExecutor(workers, initializer=_start, initargs=(path, data, settings))
    try:
        yield pool.map
    finally:
        pool.shutdown(cancel_futures=True)


def _start(path: str, data: bytes, settings: Settings) -> None:
    """A worker reads the plan for itself; only names and trials travel between processes."""
    global _mutation
    audited = audit_text(path, data, Options(), settings=settings, diagnose=False)
    _mutation = Mutation(audited.plan, audited.outcomes)


def _run(task: Task) -> list[Tried]:
    """Whatever one process did before, a task comes to the same."""
    assert _mutation is not None
    names, pairs, allowed = task
    _mutation.renew()
    found: list[Tried] = []
    for try_ in (*(partial(_mutation.single, name) for name in names), *(partial(_mutation.pair, *pair) for pair in pairs)):
        if allowed < 0:
            break
        found.append(try_(allowed))
        allowed -= found[-1].work
    return found


def _chunks(items: Sequence[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
