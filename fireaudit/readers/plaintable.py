"""Tables in plain text: cells after tabs, between pipes, in drawn boxes, or set apart by spaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import east_asian_width

from fireaudit.readers.blocks import Placed
from fireaudit.readers.flow import ends_sentence, starts_item
from fireaudit.readers.lattice import rectangles


class Line(NamedTuple):
    text: str
    number: int
    page: int | None = None


def indented(text: str) -> str:
    """The text of a cell with the spaces before it, which show how deep a row stands; none where there is no text."""
    return text.rstrip().lstrip("\t\r\n") if text.strip() else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the index of the first line after it; or, where tabs only indent, the ``lines`` of running text."""

    end: int
    line: int
    page: int | None = None
    cells: tuple[Placed, ...] = ()
    header_rows: int = 0
    lines: tuple[Line, ...] = ()


@dataclass(slots=True)
class _Cell:
    """A cell of a table whose rows are still lists; ``lines`` its paragraphs."""

    line: Line
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(indented(line) for line in self.lines if line.strip())


_Row = list[_Cell]
_SERIAL = re.compile(r"[（(]?[0-9０-９ivxIVX]{1,4}[)）]?")
_FIGURE = re.compile(r"(?!(?:19|20)\d\d$)[<>≤≥]?-?\d[\d.,]*[%‰]?")
_DASHES = ("-", "—", "–", "－", "…", "")
_LONG_CELL = 40  # characters; more is running text
_NEAR = 8  # rows that are looked at to tell whether another belongs to them
_LEADERS = re.compile(r"[.．·…•﹒⋯]{4,}|…{2,}")


def contents_list(rows: Sequence[Sequence[str]], before: str) -> bool:
    """Rows of titles and page numbers, not a table: under the word for contents, with leaders, or numbered throughout."""
    if any(len(row) < 2 for row in rows):
        return False
    pages = [row[-1].strip() for row in rows]
    if not all(_SERIAL.fullmatch(page) for page in pages):
        return False
    if re.fullmatch(r"(?i)\s*(?:目\s*[录錄次]|(?:table of )?contents)\s*", before) or any(_LEADERS.search(cell) for row in rows for cell in row):
        return True
    numbers = [int(page) for page in pages if page.isdecimal()]
    return numbers == sorted(numbers) and all(starts_item(row[0]) for row in rows)


def flattened(lines: Sequence[Line], at: int) -> Found | None:
    """A cell a line, a tab before each; its further lines have none. A blank line ends a row, two end the table. A line of
    several cells is a row."""
    if not lines[at].text.lstrip(" ").startswith("\t"):
        return None
    rows: list[_Row] = [[]]
    end, blanks = at, 0
    while end < len(lines):
        text = lines[end].text
        if not text:
            blanks += 1
        elif text.lstrip(" ").startswith("\t"):
            if end > at and not text.startswith("\t"):
                break  # the spaces are a paragraph of their own, between two tables
            if blanks > 1 and not _same_table(rows, lines, end):
                break
            cells = text.lstrip(" ")[1:].split("\t")
            if blanks or (len(cells) > 1 and rows[-1]):
                rows.append([])
            rows[-1] += (_Cell(lines[end], [cell]) for cell in cells)
            blanks = 0
        elif "\t" not in text.strip() and (not blanks or (blanks == 1 and _goes_on(rows, lines, end))):
            rows[-1][-1].lines.append(text)
            blanks = 0
        else:
            break
        end += 1
    end -= blanks
    rows = _with_split_rows(rows)
    if _indented(rows):
        own = (Line(text.strip(), cell.line.number + i, cell.line.page) for row in rows for cell in row for i, text in enumerate(cell.lines))
        return Found(end, lines[at].number, lines[at].page, lines=tuple(line for line in own if line.text))
    return Found(end, lines[at].number, lines[at].page, tuple(_spread(rows)))


def _ahead(lines: Sequence[Line], at: int) -> int:
    """How many cells follow up to the next blank line."""
    count = 0
    while at < len(lines) and lines[at].text:
        count += lines[at].text.startswith("\t")
        at += 1
    return count


def _same_table(rows: list[_Row], lines: Sequence[Line], at: int) -> bool:
    """After two blank lines: the row from ``at`` on completes the one before, is as long as the pieces before it make
    together, or holds figures under as many columns. Else it is the head of another table."""
    ahead, sizes = _ahead(lines, at), [len(row) for row in rows[-_NEAR:]]
    if sizes[-1] + ahead in sizes[:-1] or any(ahead == sum(sizes[-pieces:]) for pieces in range(2, len(sizes))):
        return True
    cells = (line.text[1:] for line in lines[at : at + ahead])
    return ahead in sizes and any(_FIGURE.fullmatch(cell.strip()) for cell in cells)


def _goes_on(rows: list[_Row], lines: Sequence[Line], at: int) -> bool:
    """Text after a blank line belongs to the cell before it where the row would else be cut in two."""
    here, ahead = len(rows[-1]), 0
    while at < len(lines) and lines[at].text and not lines[at].text.startswith("\t"):
        at += 1
    ahead = _ahead(lines, at)
    others = {len(row) for row in rows[-_NEAR:-1]}
    if ahead:
        while at < len(lines) and lines[at].text:
            at += 1
        following = _ahead(lines, at + 1)
        return here + ahead in others or here + ahead == following != ahead
    last = rows[-1][-1].text
    return bool(others) and here < max(others) and len(last) >= 10 and not ends_sentence(last)


def _with_split_rows(rows: list[_Row]) -> list[_Row]:
    """A blank paragraph at the end of a cell looks like the end of the row: rows too short that make up one are joined."""
    whole = max(len(row) for row in rows)
    joined: list[_Row] = []
    index = 0
    while index < len(rows):
        row = list(rows[index])
        follow = index + 1
        while 1 < len(row) < whole and follow < min(len(rows), index + _NEAR) and len(row) + len(rows[follow]) <= whole:
            row += rows[follow]
            follow += 1
        if len(row) != whole or follow == index + 1:
            row, follow = rows[index], index + 1
        joined.append(row)
        index = follow
    return joined


def _indented(rows: list[_Row]) -> bool:
    """Not a table: paragraphs that begin with a tab."""
    cells = [cell for row in rows for cell in row]
    filled = [cell for cell in cells if cell.text.strip()]
    if len(filled) == 1:
        return len(filled[0].lines) == 1
    sizes = [len(row) for row in rows]
    if max(sizes) > 1 and len(set(sizes)) == len(sizes):
        return any(ends_sentence(cell.text) or starts_item(cell.text) for cell in cells)
    return max(sizes) == 1 and all(ends_sentence(cell.text) for cell in cells)


def _spread(rows: list[_Row]) -> Iterable[Placed]:
    """Cells in their columns. The text does not say what was merged; only what is certain is spread."""
    whole = max(len(row) for row in rows)
    hidden: set[tuple[int, int]] = set()
    for number, row in enumerate(rows, 1):
        if len(row) == 1 < whole:
            yield _placed(row[0], number, 1, columns=whole)
            continue
        spans = _heading_spans(row, rows[number]) if len(row) < whole and number < len(rows) and len(rows[number]) == whole else None
        column = 1
        for index, cell in enumerate(row):
            height, across = spans[index] if spans else (1, 1)
            if height == 2:
                hidden.add((number + 1, column))
            if (number, column) not in hidden:
                yield _placed(cell, number, column, height, across)
            column += across


def _heading_spans(upper: _Row, lower: _Row) -> list[tuple[int, int]] | None:
    """Rows and columns of each cell of a short heading row: a cell stands over one empty position of the row below (it
    reaches down) or over a run of filled ones (it reaches across); ``None`` where that does not come out even."""
    spans: list[tuple[int, int]] = []
    run = 0
    for cell in lower:
        if cell.text:
            run += 1
            continue
        if run:
            spans.append((1, run))
        spans.append((2, 1))
        run = 0
    if run:
        spans.append((1, run))
    return spans if len(spans) == len(upper) and any(height == 2 for height, _ in spans) else None


def _placed(cell: _Cell, row: int, column: int, rows: int = 1, columns: int = 1) -> Placed:
    return Placed(cell.text, row, column, rows, columns, cell.line.number, cell.line.page)


def tabbed(lines: Sequence[Line], at: int) -> Found | None:
    """A row a line, cells between tabs; a tab before the first cell too, and then perhaps a blank line between rows."""
    if at and "\t" in lines[at - 1].text.strip():
        return None  # tried from there already
    own, end = _rows_of_tabs(lines, at)
    rows = [line.text.split("\t") for line in own]
    if len(rows) < 2:
        return None
    if all(not row[0].strip() for row in rows):
        rows = [row[1:] for row in rows]
    if Counter(len(row) for row in rows).most_common(1)[0][1] * 2 < len(rows):
        return None
    return _of_rows(rows, own, lines, at, end)


def _rows_of_tabs(lines: Sequence[Line], at: int) -> tuple[list[Line], int]:
    """The lines from ``at`` on that are rows, and the index behind the last."""
    rows: list[Line] = []
    end = at
    spaced = len(lines) > at + 2 and not lines[at + 1].text and lines[at].text.startswith("\t")
    tabs = lines[at].text.count("\t") if "\t" in lines[at].text.strip() else 0
    while at < len(lines) and ("\t" in lines[at].text.strip() or (tabs and lines[at].text.strip() and lines[at].text.count("\t") == tabs)):
        rows.append(lines[at])
        at = end = at + 1
        if spaced and at + 1 < len(lines) and not lines[at].text and lines[at + 1].text.startswith("\t"):
            at += 1
    return rows, end


def commas(lines: Sequence[Line], at: int) -> Found | None:
    """A row a line, cells between commas with a space behind them: three cells or more, nearly all but the first of them figures."""
    width = lines[at].text.count(", ")
    if width < 2 or (at and lines[at - 1].text.count(", ") == width):
        return None  # none, or tried from there already
    end = at
    rows: list[list[str]] = []
    while end < len(lines) and (those := lines[end].text.count(", ")) > 1:
        if those != width:
            return None
        rows.append(lines[end].text.strip().split(", "))
        end += 1
    figures = [all(_FIGURE.fullmatch(cell.strip()) or cell.strip() in _DASHES for cell in row[1:]) for row in rows]
    if len(rows) < 3 or 4 * sum(figures) < 3 * (len(rows) - 1) or not sum(figures):
        return None
    if any(len(cell) > _LONG_CELL for row in rows for cell in row):
        return None
    return _of_rows(rows, lines[at:end], lines, at, end)


def _of_rows(rows: Sequence[Sequence[str]], own: Sequence[Line], lines: Sequence[Line], at: int, end: int) -> Found:
    """A table whose rows are the lines ``own`` between ``at`` and ``end``; lists and contents lists go back to running text."""
    here = lines[at]
    before = next((line.text for line in reversed(lines[max(at - 5, 0) : at]) if line.text), "")
    items = all(len(row) == 2 and starts_item(row[0]) and not _FIGURE.fullmatch(row[1].strip()) for row in rows)
    if items or contents_list(rows, before):
        return Found(end, here.number, here.page, lines=tuple(Line(line.text.strip(), line.number, line.page) for line in own))
    cells = tuple(
        Placed(indented(text), number, column, line=line.number, page=line.page)
        for number, (row, line) in enumerate(zip(rows, own, strict=True), 1)
        for column, text in enumerate(row, 1)
    )
    return Found(end, here.number, here.page, cells)


_RULE_CELL = re.compile(r"\s*:?-{2,}:?\s*|\s*:-+:?\s*|\s*-+:\s*")


def piped(lines: Sequence[Line], at: int) -> Found | None:
    """A row a line, cells between pipes; in Markdown a ruled line divides the heading row off."""
    rows: list[list[str]] = []
    end = at
    header_rows = 0
    taken: list[Line] = []
    if at and "|" in lines[at - 1].text:
        return None  # tried from there already
    while end < len(lines) and lines[end].text.count("|") >= 1:
        text = lines[end].text.strip()
        cells = [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", text)]
        cells = cells[text.startswith("|") : -1 if len(cells) > 1 and text.endswith("|") else None]
        if all(_RULE_CELL.fullmatch(cell) for cell in cells) and len(rows) == 1 and not header_rows:
            header_rows = 1
        else:
            rows.append(cells)
            taken.append(lines[end])
        end += 1
    whole = {len(row) for row in rows}
    edged = all(line.text.lstrip().startswith("|") for line in taken)
    if len(rows) < 2 or not (header_rows or (edged and len(whole) == 1 and whole != {1})):
        return None
    cells_of = (
        Placed(re.sub(r"<br\s*/?>", "\n", text), number, column, line=line.number, page=line.page)
        for number, (row, line) in enumerate(zip(rows, taken, strict=True), 1)
        for column, text in enumerate(row, 1)
    )
    return Found(end, lines[at].number, lines[at].page, tuple(cells_of), header_rows)


_ACROSS = frozenset("─━═┄┅┈┉╌╍-=┬┴┼┳┻╋╦╩╬┌┐└┘├┤┏┓┗┛┣┫╔╗╚╝╠╣╭╮╯╰╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫+┿╂┯┷┠┨┝┥")
_DOWN = frozenset("│┃║|")
_JOINTS = _ACROSS - frozenset("─━═┄┅┈┉╌╍-=")
_FRAME = _ACROSS | _DOWN
_MOST_COLUMNS = 200


def boxed(lines: Sequence[Line], at: int) -> Found | None:
    """A table drawn with lines; merged cells are where a line is missing."""
    if not _ruled(lines[at].text):
        return None
    end = at
    while end < len(lines) and lines[end].text.strip()[:1] in _FRAME and lines[end].text.strip():
        end += 1
    canvas = _drawn(lines[at:end])
    edges = sorted({x for row in canvas for x, c in enumerate(row) if c in _JOINTS} | {len(row) - 1 for row in canvas if row and row[-1] in _DOWN})
    bands = _bands(canvas, lines[at:end])
    cells = _boxes(canvas, edges, bands, lines[at:end]) if 2 <= len(edges) <= _MOST_COLUMNS else []
    return Found(end, lines[at].number, lines[at].page, tuple(cells), lines=() if cells else tuple(lines[at:end]))


def _ruled(text: str) -> bool:
    stripped = text.strip()
    return len(stripped) > 2 and stripped[0] in _JOINTS and all(c in _ACROSS for c in stripped)


def _columns(text: str, wide: str = "WFA", frame: int = 1) -> list[str]:
    """The characters by display column, those of the classes ``wide`` over two; the second half of one is empty."""
    row: list[str] = []
    for c in text:
        row.append(c)
        if frame == 2 if c in _FRAME and c not in "|+-=" else east_asian_width(c) in wide:
            row.append("")
    return row


def _drawn(lines: Sequence[Line]) -> list[list[str]]:
    """The lines by column, counted in the way that makes the right edge straight: fonts differ in what they draw wide."""
    ways = [[_columns(line.text, wide, frame) for line in lines] for wide, frame in (("WF", 1), ("WFA", 1), ("WFA", 2))]
    return min(ways, key=lambda rows: len({len("".join(c or " " for c in row).rstrip()) for row in rows}))


def _bands(canvas: list[list[str]], lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The lines of each row, between the lines drawn across. Under a heading, with no lines drawn between rows, a line is a row."""
    rules = [y for y, row in enumerate(canvas) if any(c in _ACROSS for c in row) and _partly_ruled(row)]
    bands = [(a + 1, b) for a, b in zip(rules, rules[1:], strict=False) if b > a + 1]
    if len(rules) <= 3 and bands:
        first, last = bands[-1]
        starts = [re.split(r"[│┃║|]", lines[y].text.strip(), maxsplit=2)[1:2] for y in range(first, last)]
        if last - first > 1 and all(start and start[0].strip() for start in starts):
            bands[-1:] = [(y, y + 1) for y in range(first, last)]
    return bands


def _partly_ruled(row: list[str]) -> bool:
    """At least one stretch from joint to joint is drawn across."""
    return re.search(r"[┬┴┼┳┻╋╦╩╬┌┐└┘├┤┏┓┗┛┣┫╔╗╚╝╠╣╭╮╯╰╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫+┿╂┯┷┠┨┝┥│┃║|][─━═┄┅┈┉╌╍=-]{2,}", "".join(c or " " for c in row)) is not None


def _boxes(canvas: list[list[str]], edges: list[int], bands: list[tuple[int, int]], lines: Sequence[Line]) -> list[Placed]:
    """The cells between the edges and bands."""

    def drawn(y: int, x: int, kinds: frozenset[str]) -> bool:
        return 0 <= y < len(canvas) and x < len(canvas[y]) and canvas[y][x] in kinds

    def right_of(row: int, column: int) -> bool:
        return drawn(bands[row][0], edges[column + 1], _DOWN | _JOINTS)

    def below(row: int, column: int) -> bool:
        return bands[row + 1][0] == bands[row][1] or drawn(bands[row][1], edges[column] + 1, _ACROSS)

    cells: list[Placed] = []
    for row, column, high, across in rectangles(len(bands), len(edges) - 1, right_of, below):
        inside = (canvas[y][edges[column] + 1 : edges[column + across]] for y in range(bands[row][0], bands[row + high - 1][1]))
        pieces = [text for piece in inside if (text := "".join(piece).strip(" \u3000"))]
        here = lines[bands[row][0]]
        cells.append(Placed("\n".join(pieces), row + 1, column + 1, high, across, here.number, here.page))
    return cells


_GAP = re.compile(r"(?: {2,}|\u3000+ *)+")


def spaced(lines: Sequence[Line], at: int) -> Found | None:
    """A row a line, columns set apart by spaces: at least three lines that leave the same columns blank, or have as many parts."""
    end = at
    if at > 2 and all(_GAP.search(line.text.strip()) for line in lines[at - 3 : at]):
        return None  # tried from those lines already
    while end < len(lines) and "\t" not in lines[end].text and _GAP.search(lines[end].text.strip()):
        end += 1
    if end - at < 3:
        return None
    rows = next((rows for wide in ("WFA", "WF") if (rows := _apart([_columns(line.text, wide) for line in lines[at:end]]))), None)
    if rows is None:
        rows = [_GAP.split(line.text.strip(" \u3000")) for line in lines[at:end]]
        prose = any(ends_sentence(cell) or len(cell) > _LONG_CELL for row in rows for cell in row[:-1]) or all(ends_sentence(row[-1]) for row in rows)
        if prose or len({len(row) for row in rows}) > 1:
            return None
    return _of_rows(rows, lines[at:end], lines, at, end)


def _apart(canvas: list[list[str]]) -> list[list[str]]:
    """The cells of each line, or none where the lines do not make a table."""
    filled_at = {x for row in canvas for x, c in enumerate(row) if c not in " \u3000" or (not c and row[x - 1] != "\u3000")}
    columns = _stretches([x not in filled_at for x in range(max(filled_at) + 1)])
    if not 1 < len(columns) <= _MOST_COLUMNS:
        return []
    rows = [["".join(row[a:b]).strip(" \u3000") for a, b in columns] for row in canvas]
    filled = sum(sum(map(bool, row)) > 1 for row in rows)
    apart = all(not _GAP.search(cell) for row in rows for cell in row)
    prose = all(ends_sentence(row[-1]) for row in rows if row[-1])
    return rows if filled * 4 >= len(rows) * 3 and apart and not prose else []


def _stretches(blank: list[bool]) -> list[tuple[int, int]]:
    """The columns between gutters at least two wide."""
    found: list[tuple[int, int]] = []
    start, gap = None, 2
    for x, empty in enumerate(blank):
        if empty:
            gap += 1
            continue
        if start is None:
            start = x
        elif gap >= 2:
            found.append((start, x - gap))
            start = x
        gap = 0
    if start is not None:
        found.append((start, len(blank)))
    return found


FINDERS: tuple[Callable[[Sequence[Line], int], Found | None], ...] = (tabbed, flattened, boxed, piped, commas, spaced)
