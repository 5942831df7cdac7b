"""A grid as a full matrix: merged cells expanded, short header rows stretched over the columns they head."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fireaudit.readers.document import Grid, Spot
from fireaudit.reading.texts import tidy


@dataclass(frozen=True, slots=True)
class Piece:
    """One position of the matrix. ``raw`` keeps its lines; ``origin``: the cell begins here, it is not the rest of a merged one."""

    text: str
    spot: Spot
    origin: bool = True
    raw: str = ""
    rows: int = 1
    columns: int = 1


Line = list[Piece]


def matrix(grid: Grid) -> list[Line]:
    """Every position filled: a merged cell stands at each position it covers, the rest is blank. Blank rows are dropped."""
    height, width = grid.height, grid.width
    blank = Piece("", grid.spot, False)
    lines = [[blank] * width for _ in range(height)]
    for cell in grid.cells:
        text = tidy(cell.text)
        for row in range(cell.row - 1, cell.row - 1 + cell.rows):
            for column in range(cell.column - 1, cell.column - 1 + cell.columns):
                origin = (row, column) == (cell.row - 1, cell.column - 1)
                lines[row][column] = Piece(text, cell.spot, origin, cell.text, cell.rows, cell.columns)
    return [line for line in lines if any(piece.text for piece in line)]


def compact(lines: list[Line]) -> list[Line]:
    """Without the columns in which no cell begins that says something; merged cells then cover as many columns as are left."""
    if not lines:
        return lines
    used = [c for c in range(len(lines[0])) if any(line[c].text and line[c].origin for line in lines)]
    if len(used) == len(lines[0]):
        return lines
    return [_covering([line[c] for c in used]) for line in lines]


def _covering(line: Line) -> Line:
    counted = Counter(piece.spot for piece in line if piece.columns > 1)
    return [replace(piece, columns=counted[piece.spot]) if piece.columns > 1 else piece for piece in line]


def filled(line: Sequence[Piece]) -> list[Piece]:
    """The pieces that say something, each merged cell once."""
    said: list[Piece] = []
    for piece in line:
        if piece.text and (not said or piece.spot != said[-1].spot or piece.text != said[-1].text):
            said.append(piece)
    return said


def length(line: Sequence[Piece]) -> int:
    """How many positions a row has cells for; rows of flattened tables may be shorter than the table."""
    return max((i + 1 for i, piece in enumerate(line) if piece.origin or piece.text), default=0)


def stretched(upper: Line, lower: Line | None, width: int) -> Line:
    """A short header row over ``width`` columns. Where the row below is blank a column has no second level, so one cell
    heads it; each run of columns between shares the cells that are left."""
    cells = upper[: length(upper)]
    if len(cells) >= width or not cells or any(piece.columns > 1 for piece in cells):
        return upper
    if lower is not None:
        runs = _runs([bool(piece.text) for piece in lower[:width]])
        plan = _spread(runs, len(cells))
        if plan:
            return [piece for piece, count in zip(cells, plan, strict=True) for _ in range(count)]
    return upper


def _runs(marks: Sequence[bool]) -> list[tuple[bool, int]]:
    runs: list[tuple[bool, int]] = []
    for mark in marks:
        if runs and runs[-1][0] == mark:
            runs[-1] = (mark, runs[-1][1] + 1)
        else:
            runs.append((mark, 1))
    return runs


def _spread(runs: list[tuple[bool, int]], cells: int) -> list[int]:
    """How many columns each cell of the short row heads; empty where it does not come out even."""
    single = sum(size for mark, size in runs if not mark)
    shared = [size for mark, size in runs if mark]
    left = cells - single
    if not shared or left < len(shared) or left > sum(shared):
        return []
    extra = left - len(shared)
    if extra and (len(shared) > 1 or shared[0] % left):
        return []
    plan: list[int] = []
    for mark, size in runs:
        plan += [1] * size if not mark else [size // left] * left if extra else [size]
    return plan


def periodic(kinds: Sequence[str], heads: int) -> list[int]:
    """``heads`` headings over more columns than that: the first of them head a group of columns of the same kinds, again
    and again, the others one column each. Empty where the kinds do not repeat so."""
    surplus = len(kinds) - heads
    for groups in range(1, heads + 1):
        size, odd = divmod(surplus, groups)
        size += 1
        if odd or size < 2 or groups * size > len(kinds):
            continue
        pattern = kinds[:size]
        if groups > 1 and all(list(kinds[g * size : (g + 1) * size]) == list(pattern) for g in range(groups)):
            return [size] * groups + [1] * (heads - groups)
    return []
