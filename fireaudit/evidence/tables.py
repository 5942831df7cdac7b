"""Tables of a plan against those of the document: found by their content, aligned row by row and column by column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fireaudit.evidence.claims import Claim, of_cell
from fireaudit.evidence.printed import Figure, quantity_of
from fireaudit.plan.model import Plan, Row, Table
from fireaudit.quantity import FigureError, Quantity, read_figure
from fireaudit.readers.document import Document, Grid, Spot
from fireaudit.reading.figures import is_figure
from fireaudit.reading.grid import Piece, matrix
from fireaudit.reading.material import Material
from fireaudit.reading.tables.table import ReadTable, TableColumn
from fireaudit.reading.texts import compare

LEAST_SHARE = 4
"""One cell in so many must agree before two tables are taken for the same."""
NEAR_ROWS = 50
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
NEAR_TABLES = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of a table that the document prints otherwise."""

    claim: Claim
    row: str
    column: str
    found: Piece
    table: ReadTable


@dataclass
class Compared:
    """``open``: figures of the plan still to be found; ``left``: figures of the document that nothing in the tables answers to;
    ``answered``: the cells of the document that were compared."""

    same: int = 0
    differences: list[Difference] = field(default_factory=list)
    open: list[Claim] = field(default_factory=list)
    left: list[Figure] = field(default_factory=list)
    answered: set[Spot] = field(default_factory=set)

    @property
    def fit(self) -> int:
        return 2 * self.same - len(self.differences) - len(self.open)

    def add(self, other: Compared) -> None:
        self.same += other.same
        self.differences += other.differences
        self.open += other.open
        self.left += other.left
        self.answered |= other.answered


@dataclass(frozen=True, slots=True)
class _Printed:
    """A table of the document: all rows, their texts ready to compare."""

    table: ReadTable
    rows: tuple[tuple[Piece, ...], ...]
    plain: tuple[tuple[str, ...], ...]

    def positions(self) -> set[tuple[int, int]]:
        return {(row, column) for row in range(len(self.rows)) for column in range(len(self.table.columns))}


def compare_tables(plan: Plan, material: Material, document: Document) -> Compared:
    """Each table as it was read, and as it is printed: a reader may have turned columns of years into rows, and the plan not."""
    printed = [_prepared(table) for table in material.tables]
    titles = {table.spot: table.title for table in material.tables}
    blocks = zip(document.blocks, material.outline.places, strict=True)
    raw = [_raw(titles.get(block.spot, ""), at, block) for block, at in blocks if isinstance(block, Grid) and block.width > 1]
    result = Compared()
    used: set[Spot] = set()
    for table in plan.tables.values():
        near = _nearest(table, [other for other in (*printed, *raw) if other.table.spot not in used])
        if near is None:
            result.open += [claim for row in _rows(table) for claim in _claims(table, row, row.cells)]
        else:
            used.add(near.table.spot)
            result.add(_aligned(table, near))
    for other in printed:
        if other.table.spot not in used:
            result.left += _figures(other, other.positions())
    return result


def _prepared(table: ReadTable) -> _Printed:
    return _printed(table, [row.cells for row in (*table.rows, *([table.total] if table.total else []))])


def _printed(table: ReadTable, rows: Iterable[Sequence[Piece]]) -> _Printed:
    kept = tuple(tuple(row) for row in rows)
    return _Printed(table, kept, tuple(tuple(_plain(piece.text) for piece in row) for row in kept))


def _raw(title: str, at: str, grid: Grid) -> _Printed:
    """The table as it is printed: columns headed by their first rows, those of figures by what stands in most of them."""
    lines = matrix(grid)
    start = next((number for number, line in enumerate(lines) if 2 * sum(is_figure(piece.text) for piece in line) >= len(line)), 1)
    columns = []
    for index in range(len(lines[0]) if lines else 0):
        heads = dict.fromkeys(line[index].text for line in lines[:start] if line[index].text)
        below = [line[index].text for line in lines[start:] if line[index].text]
        role = "figure" if 2 * sum(map(is_figure, below)) > len(below) else "name"
        columns.append(TableColumn(" ".join(heads), role, "", grid.spot))
    return _printed(ReadTable(title, at, tuple(columns), (), None, (), grid.spot), lines[start:])


def _rows(table: Table) -> list[Row]:
    return [*table.rows, *([table.total] if table.total else [])]


def _texts(row: Row) -> dict[str, str]:
    return {column: _plain(cell.text) for column, cell in row.cells.items()} | {column: _plain(text) for column, (text, _) in row.texts.items()}


def _plain(text: str) -> str:
    """Ready to compare: no spaces, no separators of thousands."""
    return _THOUSANDS.sub("", compare(text))


def _claims(table: Table, row: Row, columns: Iterable[str]) -> list[Claim]:
    cells = [row.cells[column] for column in columns]
    return [of_cell(cell, f"{table.title} {cell.label}", table.at) for cell in cells if not cell.quantity.missing]


def _nearest(table: Table, printed: Sequence[_Printed]) -> _Printed | None:
    """Of the tables with the most cells in common, the one that most figures agree with; ``None`` where too few do."""
    wanted = Counter(text for row in _rows(table) for text in _texts(row).values() if text)
    scored: list[tuple[int, int]] = []
    for index, other in enumerate(printed):
        shared = (wanted & Counter(text for row in other.plain for text in row if text)).total()
        titles = compare(table.title), compare(other.table.title)
        shared += 2 * bool(titles[1] and (titles[0] in titles[1] or titles[1] in titles[0]))
        if shared * LEAST_SHARE >= wanted.total() and shared > 1:
            scored.append((-shared, index))
    near = [printed[index] for _, index in sorted(scored)[:NEAR_TABLES]]
    return max(near, key=lambda other: _aligned(table, other).fit, default=None)


def _aligned(table: Table, other: _Printed) -> Compared:
    rows, result = _rows(table), Compared()
    texts = [_texts(row) for row in rows]
    pairs = _row_pairs([(row.key, text) for row, text in zip(rows, texts, strict=True)], other)
    columns = _column_pairs(table, texts, other, pairs)
    answered: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        at = pairs.get(number)
        result.open += _claims(table, row, [column for column in row.cells if at is None or column not in columns])
        for column, cell in row.cells.items():
            if at is None or column not in columns:
                continue
            piece = other.rows[at][columns[column]]
            answered.add((at, columns[column]))
            result.answered.add(piece.spot)
            if _agree(cell.text, cell.quantity, piece.text):
                result.same += 1
            else:
                claim = of_cell(cell, f"{table.title} {cell.label}", table.at)
                result.differences.append(Difference(claim, row.key, table.columns[column].label, piece, other.table))
    result.left += _figures(other, other.positions() - answered)
    return result


def _row_pairs(rows: Sequence[tuple[str, dict[str, str]]], other: _Printed) -> dict[int, int]:
    """Rows of one name first, in their order; then those with the most cells in common."""
    free = dict.fromkeys(range(len(other.rows)))
    by_text: dict[str, list[int]] = {}
    for index, plain in enumerate(other.plain):
        for text in dict.fromkeys(plain):
            by_text.setdefault(text, []).append(index)
    pairs: dict[int, int] = {}
    for number, (key, texts) in enumerate(rows):
        named = [index for index in by_text.get(_plain(key), []) if index in free] if _plain(key) else []
        if named:
            chosen = max(named[:NEAR_ROWS], key=lambda index: (_shared(texts, other.plain[index]), -index))
            pairs[number] = chosen
            del free[chosen]
    for number, (_, texts) in enumerate(rows):
        if number in pairs or not free:
            continue
        near = sorted(free, key=lambda index: abs(index - number))[:NEAR_ROWS]
        chosen = max(near, key=lambda index: (_shared(texts, other.plain[index]), -abs(index - number)))
        if 2 * _shared(texts, other.plain[chosen]) >= sum(bool(text) for text in texts.values()):
            pairs[number] = chosen
            del free[chosen]
    return pairs


def _shared(texts: dict[str, str], plain: Sequence[str]) -> int:
    return (Counter(text for text in texts.values() if text) & Counter(text for text in plain if text)).total()


def _column_pairs(table: Table, texts: Sequence[dict[str, str]], other: _Printed, pairs: dict[int, int]) -> dict[str, int]:
    """For each column the one whose figures agree in most rows; where rows cannot tell, the one headed alike, then the order."""
    agree = Counter(
        (column, index)
        for number, at in pairs.items()
        for column, text in texts[number].items()
        for index, printed in enumerate(other.plain[at])
        if text and text == printed
    )
    scores: list[tuple[int, int, int, str, int]] = []
    for place, column in enumerate(table.columns.values()):
        for index, printed in enumerate(other.table.columns):
            heads = compare(column.label), compare(printed.label)
            alike = 2 * (heads[0] == heads[1]) + bool(heads[0] and heads[1] and (heads[0] in heads[1] or heads[1] in heads[0]))
            if column.role == "figure" and (agree[column.name, index] or alike):
                scores.append((-agree[column.name, index] - alike, -alike, abs(index - place), column.name, index))
    found: dict[str, int] = {}
    for _, _, _, name, index in sorted(scores):
        if name not in found and index not in found.values():
            found[name] = index
    return found


def _agree(text: str, quantity: Quantity, printed: str) -> bool:
    if compare(text) == compare(printed):
        return True
    try:
        other = read_figure(printed, quantity.unit, quantity.rounding)
    except FigureError:
        return False
    if quantity.missing or other.missing:
        return other.missing and (quantity.missing or (text == "0" and not printed.strip()))  # a blank that the plan reads as none
    return (other.interval, other.unit.dimension) == (quantity.interval, quantity.unit.dimension)


def _figures(other: _Printed, wanted: set[tuple[int, int]]) -> list[Figure]:
    """The figures in columns of figures at these positions."""
    found = []
    for row, column in sorted(wanted):
        piece, head = other.rows[row][column], other.table.columns[column]
        if head.role == "figure" and piece.origin and (quantity := quantity_of(piece.text)) is not None and not quantity.missing:
            name = next((p.text for p, c in zip(other.rows[row], other.table.columns, strict=True) if c.role in ("name", "year") and p.text), "")
            found.append(Figure(piece.text, f"{name} {head.label}".strip(), other.table.at, piece.spot))
    return found
