"""Run the corruptions of a plan, over several processes, and sum up what the audit noticed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from fireaudit.app import Audited, Options, audit_text
from fireaudit.config import DEFAULT, Settings
from fireaudit.diagnosis.mutation import Mutation, Trial
from fireaudit.plan.model import Cell

CHUNK = 12
WORTH_A_PROCESS = 60
"""Fewer cells than this are done before a second process has started."""

T = TypeVar("T")
Pair = tuple[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Score:
    """The trials of one plan: every corruption of every cell, then the pairs drawn with ``seed``."""

    audited: Audited
    singles: tuple[Trial, ...]
    pairs: tuple[Trial, ...]
    seed: int
    pinned: int
    crossed: int

    def weakest(self) -> list[tuple[Cell, int, int]]:
        """Cells whose corruptions go unnoticed, the worst first: the cell, how many were noticed, of how many."""
        counted: dict[str, tuple[int, int]] = {}
        for trial in self.singles:
            noticed, tried = counted.get(trial.cells[0], (0, 0))
            counted[trial.cells[0]] = noticed + trial.noticed, tried + 1
        cells = self.audited.plan.cells
        found = [(cells[name], noticed, tried) for name, (noticed, tried) in counted.items() if noticed < tried]
        return sorted(found, key=lambda item: (item[1] * 1000 // item[2], item[0].span))


def mutate(
    path: str, data: bytes, pairs: int, seed: int, jobs: int = 0, progress: Callable[[int, int], None] | None = None, settings: Settings = DEFAULT
) -> Score:
    """Corrupt the figures of a plan and audit each result. ``jobs``: processes (0: one a core); the result is the same."""
    audited = audit_text(path, data, Options(), settings=settings)
    mutation = Mutation(audited.plan, audited.outcomes)
    drawn = mutation.pairs(pairs, seed)
    tasks: list[tuple[list[str], list[Pair]]] = [(chunk, []) for chunk in _chunks(mutation.names)]
    tasks += [([], chunk) for chunk in _chunks(drawn)]
    workers = jobs or os.cpu_count() or 1
    if workers == 1 or len(mutation.names) < WORTH_A_PROCESS:
        results = _counted((_run(mutation, task) for task in tasks), len(tasks), progress)
    else:
        with ProcessPoolExecutor(workers, initializer=_start, initargs=(path, data, settings)) as pool:
            results = _counted(pool.map(_work, tasks), len(tasks), progress)
    singles = [trial for single, _ in results for trial in single]
    return Score(audited, tuple(singles), tuple(trial for _, pair in results for trial in pair), seed, len(mutation.pinned), len(mutation.crossed))


Result = tuple[list[Trial], list[Trial]]
_mutation: Mutation | None = None


def _start(path: str, data: bytes, settings: Settings) -> None:
    """A worker reads the plan for itself; only names and trials travel between processes."""
    global _mutation
    audited = audit_text(path, data, Options(), settings=settings)
    _mutation = Mutation(audited.plan, audited.outcomes)


def _work(task: tuple[list[str], list[Pair]]) -> Result:
    assert _mutation is not None
    return _run(_mutation, task)


def _run(mutation: Mutation, task: tuple[list[str], list[Pair]]) -> Result:
    return mutation.singles(task[0]), [mutation.pair(*pair) for pair in task[1]]


def _counted(results: Iterator[Result], number: int, progress: Callable[[int, int], None] | None) -> list[Result]:
    done = []
    for result in results:
        done.append(result)
        if progress is not None:
            progress(len(done), number)
    return done


def _chunks(items: Sequence[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
