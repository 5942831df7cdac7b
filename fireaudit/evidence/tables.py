"""Tables of a plan against those of the document: found by their content, aligned row by row and column by column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fireaudit.evidence.claims import Claim, of_cell
from fireaudit.evidence.printed import Figure, quantity_of
from fireaudit.evidence.work import Work, first
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
AT_ONCE = 8
"""So many cells are compared in one step."""
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

    def add(self, aligned: _Aligned) -> None:
        self.same += aligned.same
        self.differences += aligned.differences
        self.open += aligned.open
        self.left += _figures(aligned.printed, aligned.printed.positions() - aligned.answered)
        self.answered |= {aligned.printed.rows[row][column].spot for row, column in aligned.answered}


@dataclass(frozen=True, slots=True)
class _Printed:
    """A table of the document: all rows, their texts ready to compare."""

    table: ReadTable
    rows: tuple[tuple[Piece, ...], ...]
    plain: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> int:
        return len(self.rows) * len(self.table.columns)

    def positions(self) -> set[tuple[int, int]]:
        return {(row, column) for row in range(len(self.rows)) for column in range(len(self.table.columns))}


@dataclass
class _Aligned:
    """A table of the plan laid on one of the document; ``answered``: rows and columns of the cells that were compared."""

    printed: _Printed
    same: int = 0
    differences: list[Difference] = field(default_factory=list)
    open: list[Claim] = field(default_factory=list)
    answered: set[tuple[int, int]] = field(default_factory=set)

    @property
    def fit(self) -> int:
        return 2 * self.same - len(self.differences) - len(self.open)


def compare_tables(plan: Plan, material: Material, document: Document, work: Work) -> Compared:
    """Each table as it was read, and as it is printed: a reader may have turned columns of years into rows, and the plan not."""
    printed = [_prepared(table) for table in material.tables]
    titles = {table.spot: table.title for table in material.tables}
    blocks = zip(document.blocks, material.outline.places, strict=True)
    raw = [_raw(titles.get(block.spot, ""), at, block) for block, at in blocks if isinstance(block, Grid) and block.width > 1]
    known, result = _Known([*printed, *raw], work), Compared()
    for table in plan.tables.values():
        aligned = None if work.spent else known.nearest(table)
        if aligned is None:
            result.open += [claim for row in _rows(table) for claim in _claims(table, row, row.cells)]
        else:
            known.used.add(aligned.printed.table.spot)
            result.add(aligned)
    for other in printed:
        if other.table.spot not in known.used:
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


class _Known:
    """The tables of a document, to be found by what stands in their cells; ``used``: where those stand that a table of the plan has taken."""

    def __init__(self, tables: Sequence[_Printed], work: Work) -> None:
        self.tables, self.work = tables, work
        self.titles = [compare(other.table.title) for other in tables]
        self.used: set[Spot] = set()
        self.cells: dict[str, list[tuple[int, int]]] = {}
        for index, other in enumerate(tables):
            for text, times in Counter(text for row in other.plain for text in row if text).items():
                self.cells.setdefault(text, []).append((index, times))

    def nearest(self, table: Table) -> _Aligned | None:
        """On the table, of those with the most cells in common, that most figures agree with; ``None`` where too few do."""
        wanted = Counter(text for row in _rows(table) for text in _texts(row).values() if text)
        shared = self._shared(wanted) + self._titled(compare(table.title))
        least = max(2, -(-wanted.total() // LEAST_SHARE))
        scored = sorted((-score, index) for index, score in shared.items() if score >= least and self.tables[index].table.spot not in self.used)
        near = [_aligned(table, self.tables[index], self.work) for _, index in scored[:NEAR_TABLES]]
        return max(near, key=lambda aligned: aligned.fit, default=None)

    def _shared(self, wanted: Counter[str]) -> Counter[int]:
        """By the number of a table, how many cells it has in common with what is wanted."""
        shared: Counter[int] = Counter()
        for text, times in wanted.items():
            holding = self.cells.get(text, ())
            self.work.spend(1 + len(holding) // AT_ONCE)
            for index, there in holding:
                shared[index] += min(times, there)
        return shared

    def _titled(self, title: str) -> Counter[int]:
        self.work.spend(1 + len(self.titles) // AT_ONCE)
        return Counter({index: 2 for index, other in enumerate(self.titles) if other and (title in other or other in title)})


def _aligned(table: Table, other: _Printed, work: Work) -> _Aligned:
    rows, result = _rows(table), _Aligned(other)
    work.spend((len(rows) * len(table.columns) + other.size) // AT_ONCE)
    texts = [_texts(row) for row in rows]
    pairs = _row_pairs([(row.key, text) for row, text in zip(rows, texts, strict=True)], other, work)
    columns = _column_pairs(table, texts, other, pairs, work)
    for number, row in enumerate(rows):
        at = pairs.get(number)
        result.open += _claims(table, row, [column for column in row.cells if at is None or column not in columns])
        for column, cell in row.cells.items():
            if at is None or column not in columns:
                continue
            piece = other.rows[at][columns[column]]
            result.answered.add((at, columns[column]))
            if _agree(cell.text, cell.quantity, piece.text):
                result.same += 1
            else:
                claim = of_cell(cell, f"{table.title} {cell.label}", table.at)
                result.differences.append(Difference(claim, row.key, table.columns[column].label, piece, other.table))
    return result


def _row_pairs(rows: Sequence[tuple[str, dict[str, str]]], other: _Printed, work: Work) -> dict[int, int]:
    """Rows of one name first, in their order; then those with the most cells in common."""
    taken: set[int] = set()
    by_text: dict[str, deque[int]] = {}
    for index, plain in enumerate(other.plain):
        for text in dict.fromkeys(plain):
            by_text.setdefault(text, deque()).append(index)
    pairs: dict[int, int] = {}
    for number, (key, texts) in enumerate(rows):
        name = _plain(key)
        named = first(by_text[name], lambda index: index not in taken, NEAR_ROWS) if name in by_text and not work.spent else []
        if named:
            chosen = max(named, key=lambda index: (_shared(texts, other.plain[index], work), -index)) if len(named) > 1 else named[0]
            pairs[number] = chosen
            taken.add(chosen)
    free = [index for index in range(len(other.rows)) if index not in taken]
    for number, (_, texts) in enumerate(rows):
        if number in pairs or not free or work.spent:
            continue
        chosen = max(_around(number, free), key=lambda index: (_shared(texts, other.plain[index], work), -abs(index - number)))
        if 2 * _shared(texts, other.plain[chosen], work) >= sum(bool(text) for text in texts.values()):
            pairs[number] = chosen
            del free[bisect_left(free, chosen)]
    return pairs


def _around(number: int, free: Sequence[int]) -> list[int]:
    """The free rows nearest to a row; of two as near, the upper one first."""
    middle = bisect_left(free, number)
    return sorted(free[max(0, middle - NEAR_ROWS) : middle + NEAR_ROWS], key=lambda index: abs(index - number))[:NEAR_ROWS]


def _shared(texts: dict[str, str], plain: Sequence[str], work: Work) -> int:
    work.spend(3 + len(plain) // AT_ONCE)
    return (Counter(text for text in texts.values() if text) & Counter(text for text in plain if text)).total()


def _column_pairs(table: Table, texts: Sequence[dict[str, str]], other: _Printed, pairs: dict[int, int], work: Work) -> dict[str, int]:
    """For each column the one whose figures agree in most rows; where rows cannot tell, the one headed alike, then the order."""
    agree = _agreeing(texts, other, pairs, work)
    heads = [compare(printed.label) for printed in other.table.columns]
    scores: list[tuple[int, int, int, str, int]] = []
    for place, column in enumerate(table.columns.values()):
        head = compare(column.label)
        work.spend(1 + len(heads) // AT_ONCE)
        if work.spent:
            return {}
        for index, printed in enumerate(heads):
            alike = 2 * (head == printed) + bool(head and printed and (head in printed or printed in head))
            if column.role == "figure" and (agree[column.name, index] or alike):
                scores.append((-agree[column.name, index] - alike, -alike, abs(index - place), column.name, index))
    found: dict[str, int] = {}
    used: set[int] = set()
    for _, _, _, name, index in sorted(scores):
        if name not in found and index not in used:
            found[name] = index
            used.add(index)
    return found


def _agreeing(texts: Sequence[dict[str, str]], other: _Printed, pairs: dict[int, int], work: Work) -> Counter[tuple[str, int]]:
    """In how many rows a column of the plan and one of the document have the same text."""
    agree: Counter[tuple[str, int]] = Counter()
    for number, at in pairs.items():
        where: dict[str, list[int]] = {}
        for index, printed in enumerate(other.plain[at]):
            where.setdefault(printed, []).append(index)
        for column, text in texts[number].items():
            alike = where.get(text, []) if text and not work.spent else []
            work.spend(len(alike))
            for index in alike:
                agree[column, index] += 1
    return agree


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
