"""Cells between drawn lines: what no line divides is one merged cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator


def rectangles(height: int, width: int, right_of: Callable[[int, int], bool], below: Callable[[int, int], bool]) -> Iterator[tuple[int, int, int, int]]:
    """(row, column, rows, columns) of each cell, from 0: from every position not yet covered, across to the next line drawn
    down, and down to the next line drawn across. ``right_of`` and ``below`` say whether a position is bounded there."""
    covered: set[tuple[int, int]] = set()
    for row in range(height):
        for column in range(width):
            if (row, column) in covered:
                continue
            right = column + 1
            while right < width and (row, right) not in covered and not right_of(row, right - 1):
                right += 1
            low = row + 1
            while low < height and not below(low - 1, column):
                low += 1
            covered.update((r, c) for r in range(row, low) for c in range(column, right))
            yield row, column, low - row, right - column
