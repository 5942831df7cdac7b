"""PDF with a text layer → Document: lines to paragraphs, ruled and spaced tables, notes; what runs on every page is dropped."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fireaudit.readers import pdf_pages
from fireaudit.readers.blocks import Blocks, Placed
from fireaudit.readers.document import Document, Spot
from fireaudit.readers.flow import ends_sentence, is_title, joined, starts_item
from fireaudit.readers.limits import Limits, UnreadableDocument
from fireaudit.readers.pdf_lines import RAISED, Mark, TextLine, plain, text_lines
from fireaudit.readers.pdf_tables import MOST_RULES, Box, Rule, Table, lying, ruled_tables, rules, spaced_table
from fireaudit.readers.symbols import numbered

_MEMORY, _COMPUTING = 750_000_000, 30  # bytes, and seconds of computing, that the PDF library may take
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*(?:第\s*)?([0-9]{1,4}|[ivxlIVXL]{1,6})(?:\s*页)?(?:\s*[/共,，]\s*(?:共\s*)?[0-9]{1,4}(?:\s*页)?)?[-—–－·\s]*")
_FIGURE = re.compile(r"[-<>≤≥约]?[0-9][0-9.,]*[%‰]?")
_CONTINUED = re.compile(r"\s*(?:[（(]?续[)）]?表?|续\s*表?\s*[0-9一二三四五六七八九十]*.{0,30}|.{0,40}[（(]续[表)）].{0,3})\s*")


def read_pdf(path: str, data: bytes, limits: Limits) -> Document:
    return laid_out(path, _drawn(data, limits), limits)


def laid_out(path: str, answer: dict[str, Any], limits: Limits) -> Document:
    """``answer`` is what ``pdf_pages`` tells: pages with marks and rules in hundredths of a point, and bookmarks. Raises ``UnreadableDocument``."""
    pages: list[_Page] = []
    crossings = boxes = 0
    for number, raw in enumerate(answer["pages"], 1):
        across, down = rules(raw["across"]), rules(raw["down"])
        crossings += len(across) * len(down) if len(across) + len(down) <= MOST_RULES else 0
        limits.hold("crossings", crossings)
        pages.append(_page(raw, number, across, down))
        boxes += sum(len(table.boxes) for table in pages[-1].tables)
        limits.hold("cells", boxes)
    levels = {(page, "".join(title.split())): level for level, page, title in answer["headings"]}
    textless = tuple(page.number for page in pages if not page.lines and not page.tables and page.image)
    if pages and len(textless) == len(pages):
        raise UnreadableDocument("no_text")
    _drop_running(pages)
    notes = list(_take_notes(pages))
    flow = _Flow(Blocks(limits), pages, {(page, mark) for page, mark, _ in notes}, levels)
    flow.read()
    for page, mark, text in notes:
        flow.out.footnote(mark, text, Spot(page=page), flow.anchors.get((page, mark)))
    return flow.out.document(path, "pdf", len(pages), textless)


def _drawn(data: bytes, limits: Limits) -> dict[str, Any]:
    """What is drawn on each page, and the bookmarks, found out by another process."""
    if find_spec("pypdfium2") is None:
        raise ModuleNotFoundError(name="pypdfium2")
    bounds = map(str, (limits.pages, limits.marks, _COMPUTING, _MEMORY))
    try:
        done = subprocess.run([sys.executable, "-P", str(Path(pdf_pages.__file__)), *bounds], input=data, capture_output=True, timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        raise UnreadableDocument("timeout", seconds=str(limits.seconds)) from None
    if done.returncode or not done.stdout:
        raise UnreadableDocument("exhausted")
    answer: dict[str, Any] = json.loads(done.stdout)
    if "missing" in answer:
        raise ModuleNotFoundError(name=str(answer["missing"]))
    if "too_much" in answer:
        limits.hold(str(answer["too_much"]), sys.maxsize)
    if "refused" in answer:
        raise UnreadableDocument(str(answer["refused"]), part="PDF")
    return answer


@dataclass(slots=True)
class _Page:
    """``lines`` stand outside of the ruled tables."""

    number: int
    height: int
    lines: list[TextLine]
    tables: list[Table]
    across: list[Rule]
    image: bool


def _page(raw: dict[str, Any], number: int, across: list[Rule], down: list[Rule]) -> _Page:
    width, height, flat = raw["width"], raw["height"], raw["chars"]
    boxes = zip(flat[::5], flat[1::5], flat[2::5], flat[3::5], flat[4::5], strict=True)
    marks = [Mark(chr(code), *box) for code, *box in boxes if code < 0x110000 and box[2] > 0 and box[0] < width and box[3] > 0 and box[1] < height]
    tables, rest = ruled_tables(across, down, marks, number, width * height)
    return _Page(number, height, text_lines(rest, number), tables, across, raw["image"])


def _drop_running(pages: list[_Page]) -> None:
    """Headers, footers and page numbers: lines at the edge that come back at the same height on page after page."""
    found: dict[tuple[str, int], set[int]] = {}
    for page in pages:
        for line in _at_edges(page):
            found.setdefault(_running(line), set()).add(page.number)
    counted = Counter(
        (line.page - count, line.top * 2 > page.height) for page in pages for line in _at_edges(page) if (count := _page_number(line)) is not None
    )
    for page in pages:
        gone = set()
        for line in _at_edges(page):
            count = _page_number(line)
            words, height = _running(line)
            near = set().union(*(found.get((words, height + step), ()) for step in (-1, 0, 1)))
            if count is not None:
                running = counted[page.number - count, line.top * 2 > page.height] * 4 >= min(len(pages), 8)
            else:
                running = len(near) >= min(len(pages), 3) > 1 and len(near) * 4 >= len(pages)
            if running:
                gone.add(id(line))
        page.lines = [line for line in page.lines if id(line) not in gone]


def _page_number(line: TextLine) -> int | None:
    """The number of the page, if the line is nothing else; Roman ones are counted too."""
    found = _PAGE_NUMBER.fullmatch(line.text)
    if found is None:
        return None
    return int(found[1]) if found[1].isdecimal() else next((n for n in range(1, 80) if numbered("lowerRoman", n) == found[1].lower()), None)


def _at_edges(page: _Page) -> list[TextLine]:
    """The outermost lines of a page that lie in its margins and outside of everything else."""
    top = min((table.top for table in page.tables), default=page.height)
    bottom = max((table.bottom for table in page.tables), default=0)
    head = [line for line in page.lines[:2] if line.bottom * 7 < page.height and line.bottom <= top]
    foot = [line for line in page.lines[-2:] if (page.height - line.top) * 7 < page.height and line.top >= bottom]
    return head + [line for line in foot if line not in head]


def _running(line: TextLine) -> tuple[str, int]:
    return re.sub(r"[0-9]+|(?<![ivxlIVXL])[ivxlIVXL]+$", "#", line.text), line.top // 500


def _take_notes(pages: list[_Page]) -> Iterator[tuple[int, str, str]]:
    """Footnotes: lines at the foot of a page, small, under a rule or with a raised mark; their mark stands raised above."""
    sizes = Counter(line.size for page in pages for line in page.lines for _ in range(len(line.text)))
    usual = sizes.most_common(1)[0][0] if sizes else 0
    for page in pages:
        known = {found[1] for table in page.tables for box in table.boxes for found in RAISED.finditer(box.text)}
        last = max((number for number, line in enumerate(page.lines) if line.size * 100 > usual * 95), default=-1)  # of the usual size
        for start, line in enumerate(page.lines):
            mark = _leading_mark(line.text)
            if not mark or mark not in known or not (start > last or RAISED.match(line.text) or _under_rule(line, page.across)):
                known.update(found[1] for found in RAISED.finditer(line.text))
                continue
            below, page.lines = page.lines[start:], page.lines[:start]
            noted: list[list[str]] = []
            for low in below:
                own = _leading_mark(low.text)
                if own in known:
                    noted.append([own, _without_mark(low.text, own)])
                else:
                    noted[-1].append(low.text)
            yield from ((page.number, own, joined(plain(piece) for piece in pieces)) for own, *pieces in noted)
            break


def _under_rule(line: TextLine, across: Sequence[Rule]) -> bool:
    foot = line.top + line.size // 4
    return any(rule.start <= line.left + line.size < rule.end for rule in lying(across, foot - 2 * line.size, foot))


def _leading_mark(text: str) -> str:
    found = re.match(r"\ufdd1([^\ufdd2]+)\ufdd2|([0-9]{1,3})(?![0-9.．、，,)）%％年月日])|([①-⑳㉑-㉟㊱-㊿])|([\[［(（][0-9]{1,3}[\]］)）])|([*＊†])", text)
    return next((group for group in found.groups() if group), "") if found else ""


def _without_mark(text: str, mark: str) -> str:
    return re.sub(rf"^(?:\ufdd1)?{re.escape(mark)}(?:\ufdd2)?\s*", "", text)


@dataclass(slots=True)
class _Flow:
    """Puts lines and tables in order, over the ends of pages, into the blocks of the document."""

    out: Blocks
    pages: list[_Page]
    noted: set[tuple[int, str]]
    levels: dict[tuple[int, str], int]
    anchors: dict[tuple[int, str], Spot] = field(default_factory=dict)
    pieces: list[TextLine] = field(default_factory=list)
    waiting: list[Table] = field(default_factory=list)
    left: int = 0
    right: int = 0

    def read(self) -> None:
        usual = self._margins([line for page in self.pages for line in page.lines])
        for page in self.pages:
            long = [line for line in page.lines if (line.right - line.left) * 2 > usual[1] - usual[0]]
            self.left, self.right = self._margins(long) if len(long) > 5 else usual
            self._page(page)
        self._end_paragraph()
        self._end_table()

    @staticmethod
    def _margins(lines: Sequence[TextLine]) -> tuple[int, int]:
        """Where most lines begin, and where hardly any goes beyond."""
        if not lines:
            return 0, 0
        lefts, rights = Counter(line.left // 200 for line in lines), sorted(line.right for line in lines)
        most = max(lefts.values())
        return min(left for left, count in lefts.items() if count * 3 >= most) * 200, rights[len(rights) * 19 // 20]

    def _page(self, page: _Page) -> None:
        tables = sorted(page.tables, key=lambda table: table.top)
        at = 0
        while at < len(page.lines) or tables:
            if tables and (at == len(page.lines) or tables[0].top <= page.lines[at].top):
                self._table(tables.pop(0))
                continue
            if (found := spaced_table(page.lines, at, page.across)) is not None:
                at, table = found
                self._table(table)
                continue
            self._line(page.lines[at])
            at += 1

    def _line(self, line: TextLine) -> None:
        if self.waiting and _CONTINUED.fullmatch(line.text) and line.page > self.waiting[-1].page:
            return
        self._end_table()
        if self.pieces and not self._continues(self.pieces[-1], line):
            self._end_paragraph()
        self.pieces.append(line)

    def _continues(self, before: TextLine, line: TextLine) -> bool:
        """The line before was full, and this one begins where a line does, not where a paragraph does."""
        if self.right - before.right > line.room + before.size or abs(before.size - line.size) * 5 > before.size:
            return False
        if line.page == before.page and (line.top - before.bottom > 2 * before.size or line.top < before.top):
            return False
        indented = line.left - self.left > line.size
        if indented and (ends_sentence(before.text) or starts_item(line.text) or abs(before.left - line.left) > line.size // 2):
            return False
        first_indented = self.pieces[0].left - self.left > line.size
        if starts_item(line.text) and (ends_sentence(before.text) or not first_indented):
            return False
        return not (is_title(before.text) and len(self.pieces) == 1 and self.right - before.right > before.size * 2)

    def _end_paragraph(self) -> None:
        if not self.pieces:
            return
        text = joined(self._without_marks(line.text, line.page) for line in self.pieces)
        page = self.pieces[0].page
        spot = self.out.paragraph(text, Spot(page=page), self.levels.get((page, "".join(text.split()))))
        for line in self.pieces:
            self._anchor(line.text, line.page, spot)
        self.pieces.clear()

    def _without_marks(self, text: str, page: int) -> str:
        return plain(RAISED.sub(lambda found: "" if (page, found[1]) in self.noted else found[0], text))

    def _anchor(self, text: str, page: int, spot: Spot) -> None:
        for found in RAISED.finditer(text):
            self.anchors.setdefault((page, found[1]), spot)

    def _table(self, table: Table) -> None:
        self._end_paragraph()
        if self.waiting and not _goes_on(self.waiting[-1], table):
            self._end_table()
        self.waiting.append(table)

    def _end_table(self) -> None:
        if not self.waiting:
            return
        cells: list[Placed] = []
        marked: dict[tuple[int, int], Box] = {}
        height = header_rows = 0
        tables = _whole_rows(self.waiting)
        first = tables[0]
        for table in tables:
            repeated = _repeated(first, table) if table is not first else 0
            header_rows = max(header_rows, repeated)
            for box in table.boxes:
                if box.row >= repeated:
                    row, column = height + box.row - repeated + 1, box.column + 1
                    cells.append(Placed(self._without_marks(box.text, box.page), row, column, box.rows, box.columns, page=box.page))
                    marked[row, column] = box
            height += table.height - repeated
        for cell in self.out.table(cells, Spot(page=first.page), header_rows):
            box = marked[cell.row, cell.column]
            self._anchor(box.text, box.page, cell.spot)
        self.waiting.clear()


def _whole_rows(tables: Sequence[Table]) -> list[Table]:
    """A row that the end of a page cut in two made one again: its rest has no figures, and nothing in the first column and others."""
    whole = [tables[0]]
    for table in tables[1:]:
        before = whole[-1]
        repeated = _repeated(whole[0], table)
        rest = {box.column: box for box in table.boxes if box.row == repeated and box.text}
        last = {box.column: box for box in before.boxes if box.row + box.rows == before.height}
        if rest and _cut(rest, last, len(table.edges) - 1) and all(box.rows == 1 for box in table.boxes if box.row == repeated):
            grown = [replace(box, text=_together(box, rest.get(box.column))) if last.get(box.column) is box else box for box in before.boxes]
            whole[-1] = replace(before, boxes=tuple(grown))
            kept = tuple(replace(box, row=box.row - (box.row > repeated)) for box in table.boxes if box.row != repeated)
            table = replace(table, boxes=kept, height=table.height - 1)
        whole.append(table)
    return whole


def _cut(rest: dict[int, Box], last: dict[int, Box], width: int) -> bool:
    known = all(column in last and last[column].text and last[column].columns == box.columns for column, box in rest.items())
    if not known or any(_FIGURE.fullmatch(box.text) for box in rest.values()):
        return False
    if width == 1:
        return len(last[0].text) > 40
    left_out = [column for column, box in last.items() if box.text and column not in rest]
    return 0 in left_out and last[0].rows == 1 and (len(left_out) > 1 or len(rest) * 2 <= width)


def _together(box: Box, rest: Box | None) -> str:
    if rest is None:
        return box.text
    return box.text + "\n" + rest.text if ends_sentence(box.text) else joined((box.text, rest.text))


def _goes_on(table: Table, following: Table) -> bool:
    """The same columns at the head of the next page."""
    same = len(table.edges) == len(following.edges) > 0 and all(abs(a - b) <= 300 for a, b in zip(table.edges, following.edges, strict=True))
    return following.page == table.page + 1 and same


def _repeated(first: Table, table: Table) -> int:
    """How many rows at the head of a table say the same as those of its first page."""

    def row(of: Table, number: int) -> list[Box]:
        return [replace(box, page=0) for box in of.boxes if box.row == number]

    count = 0
    while count < min(first.height, table.height) - 1 and row(first, count) and row(first, count) == row(table, count):
        count += 1
    closed = all(box.row + box.rows <= count for box in table.boxes if box.row < count)
    return count if closed else 0
