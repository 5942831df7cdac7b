"""Where work is done: here, or over the cores of this machine. Results come in the order of the items, as they are ready."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEWEST = 8
"""Fewer items are done before a second process has started."""
CHUNK = 4
AHEAD = 3
"""Chunks handed out for each process beyond what was asked for."""


class Executor(Protocol):
    """What runs a function over many items. The function and its results may have to travel, so both are plain values."""

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]: ...


class Here:
    """One after another, in this process."""

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        return map(function, items)


class Processes:
    """Over several processes of this machine; what is too little for them is done here."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        return map(function, items) if len(items) < FEWEST else self._over(function, items)

    def _over(self, function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
        """Only so much is handed out ahead that a slow reader is not buried in results."""
        from concurrent.futures import Future, ProcessPoolExecutor

        size = max(1, min(CHUNK, len(items) // (2 * self.workers)))
        chunks = (items[start : start + size] for start in range(0, len(items), size))
        pool = ProcessPoolExecutor(self.workers, initializer=_start, initargs=(function,))
        try:
            waiting: deque[Future[list[R]]] = deque()
            for chunk in chunks:
                waiting.append(pool.submit(_work, chunk))
                if len(waiting) > AHEAD * self.workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def executor(jobs: int = 0) -> Executor:
    """``jobs`` processes; 0 is one a core that this process may use."""
    workers = jobs or _cores()
    return Processes(workers) if workers > 1 else Here()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_function: Callable[[Any], Any] | None = None


def _start(function: Callable[[Any], Any]) -> None:
    """A process gets the function once. Ctrl-C is its parent's to answer."""
    import signal

    global _function
    _function = function
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(items: Sequence[Any]) -> list[Any]:
    assert _function is not None
    return [_function(item) for item in items]
