"""Tables of a plan against those of the document: found by their content, aligned row by row and column by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fireaudit.evidence.claims import Claim, of_cell
from fireaudit.evidence.printed import Figure, quantity_of
from fireaudit.plan.model import Plan, Row, Table
from fireaudit.quantity import FigureError, Quantity, read_figure
from fireaudit.reading.grid import Piece
from fireaudit.reading.tables import ReadTable
from fireaudit.reading.texts import compare

LEAST_SHARE = 4
"""One cell in so many must agree before two tables are taken for the same."""
NEAR_ROWS = 50


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
    """``open``: figures of the plan still to be found; ``left``: figures of the document that nothing in the tables answers to."""

    same: int = 0
    differences: list[Difference] = field(default_factory=list)
    open: list[Claim] = field(default_factory=list)
    left: list[Figure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A table of the document: all rows, their texts ready to compare."""

    table: ReadTable
    rows: tuple[tuple[Piece, ...], ...]
    plain: tuple[tuple[str, ...], ...]


def compare_tables(plan: Plan, tables: Sequence[ReadTable]) -> Compared:
    printed = [_prepared(table) for table in tables]
    result = Compared()
    used: set[int] = set()
    for table in plan.tables.values():
        index = _best(table, printed, used)
        if index is None:
            result.open += [claim for row in _rows(table) for claim in _claims(table, row, row.cells)]
        else:
            used.add(index)
            _aligned(table, printed[index], result)
    for index, other in enumerate(printed):
        if index not in used:
            result.left += _figures(other, {(r, c) for r in range(len(other.rows)) for c in range(len(other.table.columns))})
    return result


def _prepared(table: ReadTable) -> _Printed:
    rows = tuple(row.cells for row in (*table.rows, *([table.total] if table.total else [])))
    return _Printed(table, rows, tuple(tuple(compare(piece.text) for piece in row) for row in rows))


def _rows(table: Table) -> list[Row]:
    return [*table.rows, *([table.total] if table.total else [])]


def _texts(row: Row) -> dict[str, str]:
    return {column: compare(cell.text) for column, cell in row.cells.items()} | {column: compare(text) for column, (text, _) in row.texts.items()}


def _claims(table: Table, row: Row, columns: Iterable[str]) -> list[Claim]:
    cells = [row.cells[column] for column in columns]
    return [of_cell(cell, f"{table.title} {cell.label}", table.at) for cell in cells if not cell.quantity.missing]


def _best(table: Table, printed: Sequence[_Printed], used: set[int]) -> int | None:
    """The table with the most cells in common, if they are enough."""
    wanted = Counter(text for row in _rows(table) for text in _texts(row).values() if text)
    best, most = None, 0
    for index, other in enumerate(printed):
        if index in used:
            continue
        shared = (wanted & Counter(text for row in other.plain for text in row if text)).total()
        titles = compare(table.title), compare(other.table.title)
        shared += 2 * bool(titles[1] and (titles[0] in titles[1] or titles[1] in titles[0]))
        if shared > most:
            best, most = index, shared
    return best if most * LEAST_SHARE >= wanted.total() and most > 1 else None


def _aligned(table: Table, other: _Printed, result: Compared) -> None:
    rows = _rows(table)
    pairs = _row_pairs([(row.key, _texts(row)) for row in rows], other)
    columns = _column_pairs(table, rows, other, pairs)
    answered: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        at = pairs.get(number)
        loose = [column for column in row.cells if at is None or column not in columns]
        result.open += _claims(table, row, loose)
        for column, cell in row.cells.items():
            if at is None or column not in columns:
                continue
            piece = other.rows[at][columns[column]]
            answered.add((at, columns[column]))
            if _agree(cell.text, cell.quantity, piece.text):
                result.same += 1
            else:
                claim = of_cell(cell, f"{table.title} {cell.label}", table.at)
                result.differences.append(Difference(claim, row.key, table.columns[column].label, piece, other.table))
    wanted = {(r, c) for r in range(len(other.rows)) for c in range(len(other.table.columns))} - answered
    result.left += _figures(other, wanted)


def _row_pairs(rows: Sequence[tuple[str, dict[str, str]]], other: _Printed) -> dict[int, int]:
    """Rows of one name first, in their order; then those with the most cells in common."""
    free = dict.fromkeys(range(len(other.rows)))
    by_text: dict[str, list[int]] = {}
    for index, plain in enumerate(other.plain):
        for text in dict.fromkeys(plain):
            by_text.setdefault(text, []).append(index)
    pairs: dict[int, int] = {}
    for number, (key, texts) in enumerate(rows):
        named = [index for index in by_text.get(compare(key), []) if index in free] if compare(key) else []
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


def _column_pairs(table: Table, rows: Sequence[Row], other: _Printed, pairs: dict[int, int]) -> dict[str, int]:
    """For each column the one whose figures agree in most rows; where rows cannot tell, the one headed alike, then the order."""
    scores: list[tuple[int, int, int, str, int]] = []
    for place, column in enumerate(table.columns.values()):
        for index, printed in enumerate(other.table.columns):
            agree = sum(
                _agree(rows[number].cells[column.name].text, rows[number].cells[column.name].quantity, other.rows[at][index].text)
                for number, at in pairs.items()
                if column.name in rows[number].cells and other.plain[at][index]
            )
            heads = compare(column.label), compare(printed.label)
            alike = 2 * (heads[0] == heads[1]) + bool(heads[0] and heads[1] and (heads[0] in heads[1] or heads[1] in heads[0]))
            if column.role == "figure" and (agree or alike):
                scores.append((-agree - alike, -alike, abs(index - place), column.name, index))
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
