"""A grid as a table of a plan: headings, units, roles, total and part rows; or as a form, whose cells are read as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fireaudit.readers.document import Grid, Paragraph, Spot
from fireaudit.reading.figures import is_figure
from fireaudit.reading.grid import Line, Piece, compact, filled, matrix
from fireaudit.reading.numbering import numbered
from fireaudit.reading.outline import title_like
from fireaudit.reading.tables.alignment import across, aligned, kinds_of
from fireaudit.reading.tables.blanks import is_total, nothing_columns
from fireaudit.reading.tables.captions import caption, head_lines
from fireaudit.reading.tables.cells import as_figures
from fireaudit.reading.tables.columns import columns_of, during, is_share, of_periods, without_sums
from fireaudit.reading.tables.headings import heads, levelled, split, without_repeats
from fireaudit.reading.tables.labelled import as_labelled, row_of, without_dashes
from fireaudit.reading.tables.remarks import LONGEST_CAPTION, NOTHING, Remarks, overlaps
from fireaudit.reading.tables.row import Row, kind_of
from fireaudit.reading.tables.rows import arranged
from fireaudit.reading.tables.sides import Side, sides
from fireaudit.reading.tables.table import Form, ReadTable, TableColumn
from fireaudit.reading.tables.unpivot import groups, totals_apart, unpivoted
from fireaudit.reading.texts import one_line

_TITLE = re.compile(r"表$|^(?:专栏|專欄|附表|表)\s*[0-9一二三四五六七八九十]|情况$|一览$|^(?i:table|box)\s")


def read_table(grid: Grid, at: str, above: Sequence[Paragraph] = (), heading: str = "", remarks: Remarks = NOTHING) -> tuple[ReadTable | Form, ...]:
    """``above``: the paragraphs right above the grid that may be its caption, the nearest first; ``heading``: the title of
    the heading above them, which titles a table without a caption. ``remarks``: what the document
    says of its totals outside. A table whose rows go on after its total is two tables."""
    remarks = remarks.with_texts([one_line(paragraph.text) for paragraph in above if len(paragraph.text) <= LONGEST_CAPTION], ())
    title, unit = caption(above)
    first, *others = _stacked(matrix(grid))
    parts = list(_read(grid, first, at, title or heading, unit, remarks))
    for lines in others:
        parts += _read(grid, lines, at, "", "", remarks)
    return tuple(parts)


def _stacked(lines: list[Line]) -> list[list[Line]]:
    """Tables that stand in one grid, one below the other: each after the first begins with its title in one cell over its
    whole width and a row of headings."""
    starts = [0]
    for i in range(1, len(lines) - 2):
        said = filled(lines[i])
        over_all = len(said) == 1 and len(lines[i]) > 1 and said[0].columns >= len(lines[i])
        if (
            over_all
            and _TITLE.search(said[0].text)
            and title_like(said[0].text)
            and len(filled(lines[i + 1])) > 1
            and heads(lines[i + 1], lines[i + 2 : i + 5])
        ):
            starts.append(i)
    return [compact(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _read(grid: Grid, lines: list[Line], at: str, title: str, unit: str, remarks: Remarks) -> tuple[ReadTable | Form, ...]:
    lines, inner_title, inner_unit = head_lines(lines)
    title, unit = inner_title or title, inner_unit or unit
    if not lines or len(lines[0]) == 1:
        return (Form(title, at, tuple(("", piece) for line in lines for piece in filled(line)), grid.spot),)
    marked = max(0, grid.header_rows - (grid.height - len(lines))) if grid.header_rows else 0
    headers, body = split(lines, marked)
    body = as_figures(headers, body)
    body, notes = without_repeats(headers, body)
    body = [[replace(piece, text="") if across(line, i) else piece for i, piece in enumerate(line)] for line in body]
    kinds = kinds_of(body)
    body = [aligned(line, kinds) for line in body]
    headers = levelled(headers, body, kinds)
    found: list[ReadTable | Form] = []
    for side in sides(headers, body, kinds):
        found += _side(grid, side, at, title, unit, notes, remarks)
    return tuple(found)


def _side(grid: Grid, side: Side, at: str, title: str, unit: str, notes: tuple[Piece, ...], remarks: Remarks) -> tuple[ReadTable | Form, ...]:
    headers, body, kinds = side.headers, side.body, side.kinds
    apart: tuple[Form, ...] = ()
    if years := groups(headers, kinds):
        body, figures = totals_apart(body, years)
        headers, body = unpivoted(headers, body, years, kinds)
        apart = (Form(title, at, tuple(figures), grid.spot),) if figures else ()
    columns, body = columns_of(headers, body, unit)
    columns = without_sums(columns, title)
    if not _is_table(headers, columns, body, title):
        return (_form(title, at, headers, body, grid.spot), *apart)
    said = remarks.with_texts([title], [note.text for note in notes])
    first, *others = _tables(title, at, columns, body, notes, grid.spot, replace(said, blanks=side.one_of_several))
    return (replace(first, balanced=side.balanced), *others, *apart)


def _is_table(headers: Sequence[Line], columns: Sequence[TableColumn], body: Sequence[Line], title: str) -> bool:
    """A table has headings, and figures, years or serial numbers below them, or at least three rows of text; boxes need figures."""
    if not headers or not body:
        return _bare(columns, body)
    labelled = sum(bool(column.label) or (i == 0 and column.role == "name") for i, column in enumerate(columns))
    roles = {column.role for column in columns}
    number = numbered(title)
    if number is not None and number.style == "box":
        figures = sum(is_figure(line[i].text) for line in body for i, column in enumerate(columns) if column.role == "figure")
        return figures >= 2 and labelled >= 2 and _steady(body)
    return labelled >= 2 and (bool(roles & {"figure", "year", "number"}) or (len(body) >= 3 and len(columns) >= 3))


def _bare(columns: Sequence[TableColumn], body: Sequence[Line]) -> bool:
    """Without headings, names beside figures are a table where one of them is called the total."""
    roles = [column.role for column in columns]
    return len(body) > 3 and roles[:1] == ["name"] and set(roles[1:]) == {"figure"} and any(kind_of(line[0].text) == "total" for line in body)


def _steady(body: Sequence[Line]) -> bool:
    """Most rows are filled to the same length, as rows of a table are and those of a form are not."""
    sizes = [len(filled(line)) for line in body]
    return sum(size == max(sizes) for size in sizes) * 3 >= 2 * len(sizes)


def _form(title: str, at: str, headers: Sequence[Line], body: Sequence[Line], spot: Spot) -> Form:
    pieces: list[tuple[str, Piece]] = []
    label = ""
    for line in [*headers, *body]:
        said = [piece for piece in filled(line) if piece.origin]
        inner = ""
        if said and line[0].text and title_like(line[0].text) and not is_figure(line[0].text):
            label = line[0].text
            said = said[1:] if len(said) > 1 and said[0] == line[0] else said
        for piece in said:
            pieces.append((inner or label, piece))
            if title_like(piece.text) and not is_figure(piece.text) and not re.search(r"[0-9]", piece.text):
                inner = piece.text
    return Form(title, at, tuple(pieces), spot)


def _says_total(row: Row) -> bool:
    """Its label says total, whole or subtotal, so that its sum is printed and not ours."""
    return any(kind_of(piece.text) for piece in row.cells)


def _tables(
    title: str, at: str, columns: list[TableColumn], body: list[Line], notes: tuple[Piece, ...], spot: Spot, remarks: Remarks
) -> tuple[ReadTable, ...]:  # fmt: skip
    """The rows by kind; what stands below the total is a table of its own."""
    figures = [i for i, column in enumerate(columns) if column.role == "figure"]
    if remarks.rounded:
        columns = [replace(column, rounded=column.role == "figure") for column in columns]
    rows = [row for line in body if (row := row_of(line, figures, columns)) is not None]
    shares = [i for i in figures if is_share(columns[i])]
    rows = as_labelled(rows, figures, shares, any(is_total(column.label) for column in columns))
    columns = of_periods(columns, rows)
    overlapping = [i for i in figures if remarks.overlapping or overlaps(columns[i].label, columns[i].unit)]
    adding = [i for i in figures if columns[i].adds]
    nothing = nothing_columns([column.label for column in columns], adding, rows)
    rows = [without_dashes(row, nothing) for row in rows] if nothing else rows
    found = arranged(rows, adding, [column.unit for column in columns], overlapping, shares, remarks.blanks)
    totalled = found.total is not None
    by_name = "warning" if found.total is not None and not _says_total(found.total) else ""
    columns = [
        replace(
            column,
            empty_is_none=i in found.blanks_are_none or i in nothing or (remarks.blanks and column.role == "figure"),
            severity=found.weights.get(i, by_name) if totalled else "",
            adds=column.adds and not (totalled and i in found.means),
        )
        for i, column in enumerate(columns)
    ]
    period = during(columns, found.rows)
    tables = [ReadTable(title, at, tuple(columns), tuple(found.rows), found.total, notes, spot, period, accounts=found.accounts)]
    for others, total in found.others:
        kept = tuple(replace(row, kind="plain") for row in others)
        tables.append(ReadTable(title, at, tuple(columns), kept, total, (), spot, during(columns, kept)))
    return tuple(tables)
