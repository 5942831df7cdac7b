"""Two versions of a sequence side by side, so that what was put in between moves nothing else."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Content = tuple[str, ...]

MOST = 100_000
"""Pairs compared at most. Longer stretches are cut at items that stand once in either; what is still longer is taken in order."""


def align(old: Sequence[Content], new: Sequence[Content]) -> list[tuple[int, int]]:
    """Indices of the items that are the same one, in order: as few differing fields as can be."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - start
    end = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    middle = _middle(old[start : len(old) - end], new[start : len(new) - end])
    found = [(i, i) for i in range(start)] + [(start + i, start + j) for i, j in middle]
    return found + [(len(old) - i, len(new) - i) for i in range(end, 0, -1)]


def _middle(old: Sequence[Content], new: Sequence[Content]) -> list[tuple[int, int]]:
    if len(old) * len(new) <= MOST:
        return _cheapest(old, new)
    found: list[tuple[int, int]] = []
    i, j = 0, 0
    for a, b in [*_anchors(old, new), (len(old), len(new))]:
        gap = _cheapest(old[i:a], new[j:b]) if (a - i) * (b - j) <= MOST else zip(range(a - i), range(b - j), strict=False)
        found += [(i + x, j + y) for x, y in gap]
        found += [(a, b)] if a < len(old) and b < len(new) else []
        i, j = a + 1, b + 1
    return found


def _anchors(old: Sequence[Content], new: Sequence[Content]) -> list[tuple[int, int]]:
    """Most of the items that stand exactly once in either, such that their order is the same."""
    counts = [Counter(items) for items in (old, new)]
    place = {item: j for j, item in enumerate(new)}
    shared = [(i, place[item]) for i, item in enumerate(old) if all(count[item] == 1 for count in counts)]
    ends: list[int] = []  # the least end of a rising run of each length, and the pair it ends with
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(shared):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [j], [index]
    run, index = [], last[-1] if last else -1
    while index >= 0:
        run.append(shared[index])
        index = before[index]
    return run[::-1]


def _cheapest(old: Sequence[Content], new: Sequence[Content]) -> list[tuple[int, int]]:
    """A pair costs two for every field that differs, an item without its like one for every field it has."""
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
