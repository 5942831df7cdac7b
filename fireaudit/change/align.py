"""Two versions of a sequence side by side, so that what was put in between moves nothing else."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Content = tuple[str, ...]

MOST = 100_000
"""Pairs compared at most; longer stretches without a common start or end are taken in order."""


def align(old: Sequence[Content], new: Sequence[Content]) -> list[tuple[int, int]]:
    """Indices of the items that are the same one, in order: as few differing fields as can be."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    middle = _cheapest(old[start : len(old) - end], new[start : len(new) - end])
    found = [(i, i) for i in range(start)] + [(start + i, start + j) for i, j in middle]
    return found + [(len(old) - i, len(new) - i) for i in range(end, 0, -1)]


def _cheapest(old: Sequence[Content], new: Sequence[Content]) -> list[tuple[int, int]]:
    """A pair costs two for every field that differs, an item without its like one for every field it has."""
    if len(old) * len(new) > MOST:
        return list(zip(range(len(old)), range(len(new)), strict=False))
    costs = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old) + 1)):
        for j in reversed(range(len(new) + 1)):
            if i < len(old) or j < len(new):
                costs[i][j] = min(cost for cost, _, _ in _moves(costs, old, new, i, j))
    found, i, j = [], 0, 0
    while i < len(old) or j < len(new):
        _, down, right = min(_moves(costs, old, new, i, j), key=lambda move: move[0])
        if down and right:
            found.append((i, j))
        i, j = i + down, j + right
    return found


def _moves(costs: list[list[int]], old: Sequence[Content], new: Sequence[Content], i: int, j: int) -> Iterator[tuple[int, int, int]]:
    """The ways on from here, with their costs; on a tie the first is taken."""
    if i < len(old) and j < len(new):
        yield costs[i + 1][j + 1] + 2 * sum(a != b for a, b in zip(old[i], new[j], strict=True)), 1, 1
    if i < len(old):
        yield costs[i + 1][j] + max(1, len(old[i])), 1, 0
    if j < len(new):
        yield costs[i][j + 1] + max(1, len(new[j])), 0, 1


def pair(old: Sequence[T], new: Sequence[T], keys: Sequence[Callable[[T], Hashable]]) -> list[tuple[T | None, T | None]]:
    """Items with the same key, by the strictest key first, in order; then what is left of either."""
    found: list[tuple[T | None, T | None]] = []
    left, right = list(old), list(new)
    for key in keys:
        waiting: dict[Hashable, list[T]] = {}
        for item in reversed(left):
            waiting.setdefault(key(item), []).append(item)
        rest = []
        for item in right:
            same = waiting.get(key(item))
            if same:
                found.append((same.pop(), item))
            else:
                rest.append(item)
        kept = {id(item) for items in waiting.values() for item in items}
        left, right = [item for item in left if id(item) in kept], rest
    return found + [(item, None) for item in left] + [(None, item) for item in right]
