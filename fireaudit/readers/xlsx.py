"""Workbooks → Document: every visible sheet a heading and its tables, numbers as displayed; blank rows divide tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fireaudit.readers.blocks import Blocks, Placed, deep
from fireaudit.readers.document import Document, Spot
from fireaudit.readers.limits import Limits, UnreadableDocument
from fireaudit.readers.number_format import BUILT_IN, displayed
from fireaudit.readers.ooxml import child, local, number, value, within
from fireaudit.readers.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read_xlsx(path: str, data: bytes, limits: Limits) -> Document:
    package = Package(data, limits)
    main = package.main()
    book = package.xml(main)
    related = package.related(main)
    targets = {identity: target for parts in related.values() for identity, target in parts}

    def part(kind: str) -> _Element | None:
        return package.xml_if_any(next((name for _, name in related.get(kind, ())), None))

    strings = part("sharedStrings")
    shared = [_string(e) for e in strings if local(e) == "si"] if strings is not None else []
    reader = _Cells(shared, _styles(part("styles")), value(child(book, "workbookPr"), "date1904") in ("1", "true"), limits)
    out = Blocks(limits)
    for sheet in within(book, "sheets"):
        target = targets.get(value(sheet, "id") or "")
        if value(sheet, "state") in ("hidden", "veryHidden") or target not in package.names or "/worksheets/" not in f"/{target}":
            continue
        read = reader.sheet(package.xml(str(target), kept=False))
        if read.cells:
            name = value(sheet, "name") or ""
            out.paragraph(name, Spot(sheet=name), 1)
            _blocks(read, name, out)
    if not out.blocks:
        raise UnreadableDocument("empty")
    return out.document(path, "xlsx")


@dataclass(frozen=True, slots=True)
class _Merge:
    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class _Sheet:
    """``cells`` are those with text, by row and column; ``merges`` by the place of their first cell."""

    cells: dict[tuple[int, int], str]
    merges: dict[tuple[int, int], _Merge]


@dataclass(frozen=True, slots=True)
class _Style:
    """How a cell shows numbers, and how far in it begins, in half characters."""

    format: str = "General"
    indent: int = 0


@dataclass(frozen=True, slots=True)
class _Cells:
    shared: list[str]
    styles: list[_Style]
    from_1904: bool
    limits: Limits

    def sheet(self, root: _Element) -> _Sheet:
        cells: dict[tuple[int, int], str] = {}
        hidden = self._hidden_columns(root)
        row_at = characters = 0
        for row in within(root, "sheetData"):
            row_at = number(row.get("r"), row_at + 1)
            if row.get("hidden") in ("1", "true") or not 0 < row_at <= _LAST_ROW:
                continue
            column = 0
            for cell in row:
                place = _PLACE.fullmatch(cell.get("r") or "")
                column = _column(place[1]) if place else column + 1
                text = self._text(cell) if 0 < column <= _LAST_COLUMN and not hidden[column] else ""
                if text:
                    cells[row_at, column] = deep(text, "", self._style(cell).indent)
                    characters += len(text)
                    self.limits.hold("cells", len(cells))
                    self.limits.hold("characters", characters)
        return _Sheet(cells, {(m.row, m.column): m for m in self._merges(root) if (m.row, m.column) in cells})

    def _style(self, cell: _Element) -> _Style:
        at = number(cell.get("s"))
        return self.styles[at] if 0 <= at < len(self.styles) else _Style()

    def _text(self, cell: _Element) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            inline = child(cell, "is")
            return _string(inline) if inline is not None else ""
        stored = child(cell, "v")
        text = (stored.text or "") if stored is not None else ""
        match kind:
            case "s":
                at = number(text, -1)
                return self.shared[at] if 0 <= at < len(self.shared) else ""
            case "b":
                return "TRUE" if text == "1" else "FALSE"
            case "n" if text:
                return displayed(text, self._style(cell).format, self.from_1904)
        return text.strip()

    @staticmethod
    def _hidden_columns(root: _Element) -> bytearray:
        """By column, whether it is hidden."""
        hidden = bytearray(_LAST_COLUMN + 1)
        for column in within(root, "cols"):
            if column.get("hidden") in ("1", "true"):
                first, last = max(number(column.get("min")), 1), min(number(column.get("max")), _LAST_COLUMN)
                hidden[first : last + 1] = b"\1" * (last + 1 - first)
        return hidden

    def _merges(self, root: _Element) -> Iterator[_Merge]:
        for count, merge in enumerate(within(root, "mergeCells")):
            self.limits.hold("cells", count)
            ends = [_PLACE.fullmatch(end) for end in (merge.get("ref") or "").split(":")]
            if len(ends) == 2 and ends[0] and ends[1]:
                yield _Merge(int(ends[0][2]), _column(ends[0][1]), int(ends[1][2]), _column(ends[1][1]))


def _string(of: _Element) -> str:
    """The text of a string, its runs together; the readings of characters left out."""
    pieces: list[str] = []
    for e in of:
        if local(e) == "t":
            pieces.append(e.text or "")
        elif local(e) == "r":
            pieces += (inner.text or "" for inner in e if local(inner) == "t")
    lines = re.sub("_x000D_", "", "".join(pieces)).replace("\r", "\n").split("\n")
    found = [line for line in lines if line.strip()]
    return deep("\n".join(line.strip() for line in found), found[0]) if found else ""


def _styles(styles: _Element | None) -> list[_Style]:
    """The cell styles."""
    codes = dict(BUILT_IN)
    for e in within(styles, "numFmts"):
        codes[number(e.get("numFmtId"))] = e.get("formatCode") or "General"
    return [
        _Style(codes.get(number(e.get("numFmtId")), "General"), 2 * number(aligned.get("indent")) if (aligned := child(e, "alignment")) is not None else 0)
        for e in within(styles, "cellXfs")
    ]


def _column(letters: str) -> int:
    count = 0
    for letter in letters:
        count = count * 26 + ord(letter) - 64
    return count


def _blocks(sheet: _Sheet, name: str, out: Blocks) -> None:
    """Tables between blank rows. Lines that hold one text alone, above and below a table, are paragraphs."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(sheet.cells):
        by_row.setdefault(row, []).append(column)
    region: list[int] = []
    reach = 0
    for row, columns in by_row.items():
        if region and row > reach + 1:
            _region(sheet, region, by_row, name, out)
            region, reach = [], 0
        region.append(row)
        reach = max(reach, row, *(merge.last_row for column in columns if (merge := sheet.merges.get((row, column))) and len(columns) > 1))
    _region(sheet, region, by_row, name, out)


def _region(sheet: _Sheet, rows: list[int], by_row: dict[int, list[int]], name: str, out: Blocks) -> None:
    wide = [row for row in rows if len(by_row[row]) > 1]
    inside = [row for row in rows if wide and wide[0] <= row <= wide[-1]]
    for row in rows:
        if not inside or row < inside[0]:
            _paragraph(sheet, row, by_row, name, out)
    if inside:
        _table(sheet, inside, by_row, name, out)
        for row in rows:
            if row > inside[-1]:
                _paragraph(sheet, row, by_row, name, out)


def _paragraph(sheet: _Sheet, row: int, by_row: dict[int, list[int]], name: str, out: Blocks) -> None:
    for line in sheet.cells[row, by_row[row][0]].split("\n"):
        out.paragraph(line, Spot(line=row, sheet=name))


def _table(sheet: _Sheet, rows: list[int], by_row: dict[int, list[int]], name: str, out: Blocks) -> None:
    """A table over the columns that it uses. Empty positions are cells too, as in any other table, unless most are empty; then columns without text
    are none."""
    numbers = {row: at for at, row in enumerate(rows, 1)}
    left, right = min(by_row[row][0] for row in rows), max(by_row[row][-1] for row in rows)
    full = len(rows) * (right - left + 1) <= 4 * sum(len(by_row[row]) for row in rows) + 1_000
    columns = range(left, right + 1) if full else sorted({column for row in rows for column in by_row[row]})
    cells: list[Placed] = []
    covered: set[tuple[int, int]] = set()
    area = 0
    for row in rows:
        for column in by_row[row]:
            last_row, last_column = _reach(sheet.merges.get((row, column)), row, column, rows[-1], right)
            area += (last_row - row + 1) * (last_column - column + 1)
            out.limits.hold("cells", area)
            covered.update((r, c) for r in range(row, last_row + 1) for c in range(column, last_column + 1))
            high = bisect_right(rows, last_row) - bisect_left(rows, row)
            across = bisect_right(columns, last_column) - bisect_left(columns, column)
            cells.append(Placed(sheet.cells[row, column], numbers[row], bisect_right(columns, column), high, across, row))
    if full:
        cells += [Placed("", numbers[row], column - left + 1, line=row) for row in rows for column in columns if (row, column) not in covered]
    out.table(cells, Spot(line=rows[0], sheet=name))


def _reach(merge: _Merge | None, row: int, column: int, last_row: int, last_column: int) -> tuple[int, int]:
    """The last row and column of a cell, inside of its table."""
    if merge is None:
        return row, column
    return max(min(merge.last_row, last_row), row), max(min(merge.last_column, last_column), column)
