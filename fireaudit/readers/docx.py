"""Word documents → Document: body in order, numbering as printed, merged cells, text boxes, notes; deleted text is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from fireaudit.readers.blocks import Blocks, Placed, deep
from fireaudit.readers.document import Document, Spot
from fireaudit.readers.docx_lists import Lists, Styles
from fireaudit.readers.flow import REFERENCE, broken
from fireaudit.readers.limits import Limits, UnreadableDocument
from fireaudit.readers.ooxml import child, local, number, on, value
from fireaudit.readers.package import Package
from fireaudit.readers.symbols import numbered, raised, symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_COLUMNS = 1_000
_THROUGH = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "dir", "bdo", "AlternateContent", "Choice"}
_GONE = {"del", "moveFrom", "Fallback", "rt", "sdtPr", "sdtEndPr", "pPr", "rPr", "delText", "instrText"}


def read_docx(path: str, data: bytes, limits: Limits) -> Document:
    package = Package(data, limits)
    main = package.main()
    related = package.related(main)

    def part(kind: str) -> _Element | None:
        return package.xml_if_any(next((name for _, name in related.get(kind, ())), None))

    styles = Styles(part("styles"))
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise UnreadableDocument("damaged", part=main)
    reader = _Reader(Blocks(limits), styles, Lists(part("numbering"), styles), {"footnote": _notes(part("footnotes")), "endnote": _notes(part("endnotes"))})
    reader.forms |= _note_forms(root, part("settings"))
    reader.paged = next((True for e in root.iter("{*}lastRenderedPageBreak")), False)
    reader.blocks_of(body)
    return reader.out.document(path, "docx", reader.page if reader.paged else None)


def _notes(root: _Element | None) -> dict[str, _Element]:
    return {value(note, "id") or "": note for note in root if value(note, "type") in (None, "normal")} if root is not None else {}


def _note_forms(root: _Element, settings: _Element | None) -> dict[str, str]:
    """The number formats of footnotes and endnotes: of the last section that sets one, else of the whole document."""
    forms = {}
    for kind in ("footnote", "endnote"):
        places = [*(settings.iter(f"{{*}}{kind}Pr") if settings is not None else ()), *root.iter(f"{{*}}{kind}Pr")]
        for place in places:
            if (form := value(child(place, "numFmt"))) is not None:
                forms[kind] = form
    return forms


def unwrapped(element: _Element) -> Iterator[_Element]:
    """The children, those inside content controls, insertions and links among them; without what was deleted."""
    within = [iter(element)]
    while within:
        e = next(within[-1], None)
        if e is None:
            within.pop()
            continue
        name = local(e)
        if name == "AlternateContent":
            choice = child(e, "Choice")
            within.append(iter(choice if choice is not None else e[0] if len(e) else e))
        elif name in _THROUGH:
            within.append(iter(e))
        elif name and name not in _GONE:
            yield e


def _paragraphs(element: _Element) -> Iterator[_Element]:
    """All paragraphs inside, however deep; what stands in one belongs to it."""
    inside = [*reversed(element)]
    while inside:
        e = inside.pop()
        if local(e) == "p":
            yield e
        else:
            inside += reversed(e)


@dataclass(slots=True)
class _Text:
    """What a paragraph holds: its text, the notes it refers to, the boxes that are anchored in it."""

    pieces: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    custom: bool = False

    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(slots=True)
class _Reader:
    out: Blocks
    styles: Styles
    lists: Lists
    notes: dict[str, dict[str, _Element]]
    forms: dict[str, str] = field(default_factory=lambda: {"footnote": "decimal", "endnote": "lowerRoman"})
    counted: dict[str, int] = field(default_factory=lambda: {"footnote": 0, "endnote": 0})
    page: int = 1
    paged: bool = False

    def blocks_of(self, element: _Element) -> None:
        for e in unwrapped(element):
            if local(e) == "p":
                self._paragraph(e)
            elif local(e) == "tbl":
                self._table(e)

    def _here(self) -> int | None:
        return self.page if self.paged else None

    def _paragraph(self, p: _Element) -> None:
        page = self._here()
        text, prefix, level = self._read(p)
        notes = iter(text.notes)
        for piece in broken(prefix + text.text()) if text.text().strip() else ():
            plain = piece.replace(REFERENCE, "")
            spot = self.out.paragraph(plain, Spot(page=page), level) if plain else None
            self._put_notes(islice(notes, piece.count(REFERENCE)), spot)
        for box in text.boxes:
            self.blocks_of(box)

    def _read(self, p: _Element) -> tuple[_Text, str, int | None]:
        """The text of a paragraph, its printed number, its heading level. A mark of deletion on an empty one counts nothing."""
        self.out.visit()
        properties = child(p, "pPr")
        style = value(child(properties, "pStyle"))
        text = _Text()
        self._inline(p, text)
        outline = child(properties, "outlineLvl")
        level = self.styles.heading(style)
        if outline is not None:
            level = number(value(outline), 9) + 1 if 0 <= number(value(outline), 9) < 9 else None
        counts = bool(text.text().strip()) or child(child(properties, "rPr"), "del") is None
        return text, self.lists.printed(properties, style) if counts else "", level

    def _inline(self, element: _Element, text: _Text) -> None:
        for e in unwrapped(element):
            match local(e):
                case "r":
                    properties = child(e, "rPr")
                    if on(child(properties, "vanish")):
                        continue
                    start = len(text.pieces)
                    self._inline(e, text)
                    if value(child(properties, "vertAlign")) == "superscript" and start:
                        text.pieces[start:] = [raised("".join(text.pieces[start:]), text.pieces[start - 1])]
                case "t":
                    if text.custom:  # the mark of a note, written by hand
                        kind, identity, _ = text.notes[-1]
                        text.notes[-1] = kind, identity, e.text or ""
                        text.custom = False
                    else:
                        text.pieces.append(e.text or "")
                case "tab" | "ptab":
                    text.pieces.append("\t")
                case "br":
                    text.pieces.append("" if value(e, "type") in ("page", "column") else "\n")
                case "cr":
                    text.pieces.append("\n")
                case "noBreakHyphen":
                    text.pieces.append("-")
                case "sym":
                    text.pieces.append(symbol(value(e, "font") or "", int(code, 16) if (code := value(e, "char") or "") and _hex(code) else 0x2022))
                case "lastRenderedPageBreak":
                    self.page += 1
                case "footnoteReference" | "endnoteReference" as name:
                    text.custom = value(e, "customMarkFollows") in ("1", "true", "on")
                    text.pieces.append(REFERENCE)
                    text.notes.append((name.removesuffix("Reference"), value(e, "id") or "", ""))
                case "txbxContent":
                    text.boxes.append(e)
                case _:
                    self._inline(e, text)

    def _put_notes(self, notes: Iterable[tuple[str, str, str]], anchor: Spot | None) -> None:
        for kind, identity, mark in notes:
            if not mark:
                self.counted[kind] += 1
                mark = numbered(self.forms[kind], self.counted[kind])
            note = self.notes[kind].pop(identity, None)
            if note is not None:
                content = "\n".join(line for p in _paragraphs(note) for line in broken(self._read(p)[0].text())).replace(REFERENCE, "")
                self.out.footnote(mark.strip(), content, Spot(page=anchor.page if anchor else self._here()), anchor)

    def _table(self, tbl: _Element) -> None:
        rows = [row for row in unwrapped(tbl) if local(row) == "tr" and child(child(row, "trPr"), "del") is None]
        if len(rows) == 1 and (only := [cell for cell in unwrapped(rows[0]) if local(cell) == "tc"]) and len(only) == 1 and child(only[0], "tbl") is not None:
            self.blocks_of(only[0])  # a frame for the layout
            return
        page = self._here()
        laid, header_rows = _Laid(), 0
        inner: list[_Element] = []
        for at, row in enumerate(rows, 1):
            properties = child(row, "trPr")
            if header_rows == at - 1 and on(child(properties, "tblHeader")):
                header_rows = at
            column = 1 + min(max(number(value(child(properties, "gridBefore"))), 0), _MOST_COLUMNS)
            for cell in unwrapped(row):
                if local(cell) == "tc":
                    column += laid.put(cell, at, column, self._here(), *self._cell(cell, inner))
        for made in self.out.table(laid.cells, Spot(page=page), header_rows):
            for text in laid.texts[made.row, made.column]:
                self._put_notes(text.notes, made.spot)
        for e in inner:
            self.blocks_of(e) if local(e) == "txbxContent" else self._table(e)

    def _cell(self, cell: _Element, inner: list[_Element]) -> tuple[list[_Text], str]:
        """The texts of a cell, and all as one with a line a paragraph; tables and boxes inside come after the table."""
        read: list[_Text] = []
        lines: list[str] = []
        for e in unwrapped(cell):
            if local(e) == "p":
                text, prefix, _ = self._read(e)
                found = broken(prefix + text.text())
                lines += found if lines or not found else [deep(found[0], text.text(), _moved_in(e)), *found[1:]]
                read.append(text)
                inner += text.boxes
            elif local(e) == "tbl":
                inner.append(e)
        return read, "\n".join(lines).replace(REFERENCE, "")


def _moved_in(p: _Element) -> int:
    """How far a paragraph is moved in, in half characters: 5.25 points."""
    moved = child(child(p, "pPr"), "ind")
    if moved is None:
        return 0
    of = {name: number(value(moved, name)) for name in ("left", "start", "firstLine", "leftChars", "startChars", "firstLineChars")}
    along = (of["leftChars"] or of["startChars"]) // 50 or (of["left"] or of["start"]) // 105
    return along + (of["firstLineChars"] // 50 or of["firstLine"] // 105)


def _hex(code: str) -> bool:
    return len(code) <= 4 and all(c in "0123456789abcdefABCDEF" for c in code)


@dataclass(slots=True)
class _Laid:
    """The cells of a table as they come, row by row; ``open`` holds, by column, the cell that reaches down through it."""

    cells: list[Placed] = field(default_factory=list)
    texts: dict[tuple[int, int], list[_Text]] = field(default_factory=dict)
    open: dict[int, int] = field(default_factory=dict)

    def put(self, cell: _Element, row: int, column: int, page: int | None, texts: list[_Text], content: str) -> int:
        """Adds a cell, or lets the one above or before it grow. Gives back how many columns it takes."""
        properties = child(cell, "tcPr")
        across = min(max(number(value(child(properties, "gridSpan")), 1), 1), _MOST_COLUMNS)
        aside, down = child(properties, "hMerge"), child(properties, "vMerge")
        above = self.open.get(column)
        if aside is not None and value(aside) != "restart" and self.cells and self.cells[-1].row == row:
            self.cells[-1] = replace(self.cells[-1], columns=self.cells[-1].columns + across)
        elif down is not None and value(down) != "restart" and above is not None and self.cells[above].columns == across:
            self.cells[above] = replace(self.cells[above], rows=self.cells[above].rows + 1)
            self.texts[self.cells[above].row, column] += texts
        else:
            self.open.pop(column, None)
            if down is not None:
                self.open[column] = len(self.cells)
            self.cells.append(Placed(content, row, column, 1, across, page=page))
            self.texts[row, column] = texts
        return across
