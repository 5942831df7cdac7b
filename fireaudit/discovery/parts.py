"""其中: a column or a row that says it is a part is at most its whole."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.discovery.chance import misses_allowed
from fireaudit.discovery.grid import PART, Grid, Line
from fireaudit.discovery.proposal import Candidate, keys


def parts(grid: Grid) -> Iterator[Candidate]:
    """The whole is the nearest line before it that is no part itself."""
    for part, whole in _pairs([column for column in grid.columns if column.adds]):
        if _at_most(part, whole) and part.dimension == whole.dimension:
            yield Candidate("part", (f"{part.key} <= {whole.key}",), grid.table.name, 0)
    names, rows = [column.key for column in grid.columns if column.adds], keys(grid.rows)
    for part, whole in _pairs(list(grid.turned())):
        if _at_most(part, whole):
            less, more = rows[int(part.key)], rows[int(whole.key)]
            shown = [name for index, name in enumerate(names) if part.bands[index] and whole.bands[index]]
            yield Candidate("part_row", tuple(f"{name}[{less}] <= {name}[{more}]" for name in shown), grid.table.name, 0)


def _pairs(lines: list[Line]) -> Iterator[tuple[Line, Line]]:
    whole = None
    for line in lines:
        if not PART.search(line.label):
            whole = line
        elif whole is not None:
            yield line, whole


def _at_most(part: Line, whole: Line) -> bool:
    pairs = [(a, b) for a, b in zip(part.bands, whole.bands, strict=True) if a is not None and b is not None]
    misses = sum(a[0] > b[2] for a, b in pairs)
    return bool(pairs) and misses <= misses_allowed(len(pairs))
