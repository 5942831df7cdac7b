"""Web pages → Document: paragraphs, headings, lists, tables and notes; scripts, hidden text and page furniture are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from fireaudit.readers.blocks import Blocks, Placed, deep, placed
from fireaudit.readers.document import Document, Spot
from fireaudit.readers.encoding import decoded
from fireaudit.readers.flow import REFERENCE, broken
from fireaudit.readers.limits import Limits, UnreadableDocument
from fireaudit.readers.package import nodes
from fireaudit.readers.symbols import numbered, raised

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = {
    "script", "style", "noscript", "template", "head", "nav", "footer", "button", "select", "textarea", "input", "svg", "math", "iframe", "object",
    "audio", "video", "canvas", "map", "dialog", "rt", "rp",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "caption", "ul", "td", "th",
    "tr", "tbody", "thead", "tfoot",
}  # fmt: skip
_FURNITURE = {"nav", "navbar", "navigation", "menu", "footer", "breadcrumb", "breadcrumbs", "crumbs", "sidebar", "share", "copyright", "pagination", "toolbar"}
_ROLES = {"navigation", "contentinfo", "search", "menu", "menubar"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,30})""", re.IGNORECASE
)
_MARK = re.compile(r"\s{0,9}[\[［(（【]?\s{0,9}(?:[0-9]{1,3}|[ivxIVX]{1,5}|[①-⑳㉑-㉟]|[*＊†‡]{1,3})\s{0,9}[\]］)）】]?\s{0,9}")
_MOVED_IN = re.compile(r"(?:padding-left|text-indent|margin-left)\s*:\s*([0-9]{1,3})(?:\.[0-9]+)?(em|rem|px|pt)", re.IGNORECASE)
_PER_CHARACTER = {"em": 1, "rem": 1, "px": 16, "pt": 12}
_BLANK = re.compile(r"[ \t\r\n\f]+")
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(rf"<!--(?s:.*?)(?:-->|\Z)|<(script|style)(?is:\b.*?)(?:</\1|\Z)|<[a-z][^\s/>]*+(?P<attributes>(?:{_ATTRIBUTE})*+)", re.IGNORECASE)


def read_html(path: str, data: bytes, limits: Limits) -> Document:
    from lxml import etree
    from lxml.html import HTMLParser

    limits.hold("nodes", nodes(data))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _decoded(data))
    limits.hold("characters", len(text))
    for tag in _TAG.finditer(text):
        if tag["attributes"] and len(tag["attributes"]) > limits.attributes:
            limits.hold("attributes", sum(1 for _ in _ATTRIBUTES.finditer(tag["attributes"])))
    try:
        root = etree.fromstring(text, HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableDocument("damaged", part="HTML") from None
    if root is None:
        raise UnreadableDocument("empty")
    notes = _Notes(root)
    reader = _Reader(Blocks(limits), notes)
    reader.walk(root)
    reader.flush()
    for mark, block in notes.found:
        reader.out.footnote(mark, notes.text(block, reader), Spot(), reader.anchors.get(block))
    return reader.out.document(path, "html")


def _decoded(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    return decoded(data, (declared[1] or declared[2]).decode("ascii") if declared else "").replace("\0", "")


class _Notes:
    """Footnotes: a short mark and a later block that link to each other. And ``numbers``, those of the items of ordered lists."""

    def __init__(self, root: _Element) -> None:
        targets: dict[str, _Element] = {}
        for e in root.iter():
            for name in _names(e):
                targets.setdefault(name, e)
        self.references: dict[_Element, _Element] = {}
        self.found: list[tuple[str, _Element]] = []
        blocks: set[_Element] = set()
        led: dict[_Element, dict[str, _Element]] = {}  # by block, where its links lead
        for link in root.iter("a"):
            target = targets.get((link.get("href") or "").removeprefix("#")) if (link.get("href") or "").startswith("#") else None
            block = _block_of(target) if target is not None else None
            mark = "".join(str(piece) for piece in link.itertext()).strip()
            if block is None or not _MARK.fullmatch(mark) or block in blocks or link in self.references or self._inside(link, blocks):
                continue
            if block not in led:
                led[block] = {(back.get("href") or "").removeprefix("#"): back for back in block.iter("a")}
            own = {name for e in (link, *link, link.getparent()) if e is not None for name in _names(e)}
            if any(led[block].get(name, link) is not link for name in own):
                blocks.add(block)
                self.references[link] = block
                self.found.append((mark, block))
        self.blocks = blocks
        self.numbers = {item: number for ordered in root.iter("ol") for item, number in _numbered(ordered)}

    @staticmethod
    def _inside(link: _Element, blocks: set[_Element]) -> bool:
        return any(up in blocks for up in link.iterancestors())

    def text(self, block: _Element, reader: _Reader) -> str:
        """The note without its mark and without the link back."""
        own = _Reader(Blocks(reader.out.limits), self, lines=[], in_note=True)
        own.walk(block)
        own.flush()
        return "\n".join(own.lines or ())


def _names(e: _Element) -> Iterator[str]:
    for attribute in ("id", "name"):
        if name := e.get(attribute):
            yield name


def _block_of(target: _Element) -> _Element | None:
    """The block that a link leads to; headings and table cells are no notes."""
    for e in (target, *target.iterancestors()):
        if e.tag in ("p", "li", "dd", "div", "aside"):
            return e
        if e.tag in _BLOCKS:
            return None
    return None


@dataclass(slots=True)
class _Reader:
    """Walks the page. Where ``lines`` is given, paragraphs go there: the text of one cell or note."""

    out: Blocks
    notes: _Notes
    lines: list[str] | None = None
    in_note: bool = False
    pieces: list[str] = field(default_factory=list)
    level: int | None = None
    anchors: dict[_Element, Spot] = field(default_factory=dict)
    referred: list[_Element] = field(default_factory=list)
    prefix: str = ""

    def walk(self, e: _Element) -> None:
        tag = e.tag if isinstance(e.tag, str) else ""
        if tag in _DROPPED or _hidden(e) or (e in self.notes.blocks and not self.in_note):
            return
        if tag == "br":
            self.pieces.append("\n")
        elif tag == "a" and e in self.notes.references:
            self.referred.append(self.notes.references[e])
            self.pieces.append(REFERENCE)
        elif tag == "a" and self.in_note and (_MARK.fullmatch("".join(map(str, e.itertext()))) or "↩" in "".join(map(str, e.itertext()))):
            return
        elif tag == "table":
            self.flush()
            self._table(e)
        elif tag in _BLOCKS:
            self.out.visit()
            self.flush()
            self._block(e, tag)
            self.flush()
            self.level = None
        elif tag == "sup":
            inside = _Reader(self.out, self.notes, [], self.in_note)
            inside._children(e)
            before = "".join(self.pieces[-1:])
            self.pieces.append(raised("".join(inside.pieces).strip(), before) if before else "".join(inside.pieces))
            self.referred += inside.referred
        else:
            self._children(e)

    def _children(self, e: _Element) -> None:
        if e.text:
            self.pieces.append(_BLANK.sub(" ", e.text))
        for inner in e:
            self.walk(inner)
            if inner.tail:
                self.pieces.append(_BLANK.sub(" ", inner.tail))

    def _block(self, e: _Element, tag: str) -> None:
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.level = int(tag[1])
        if tag == "li":
            self.prefix = self.notes.numbers.get(e, "")
        if tag == "pre":
            self.pieces.append("".join(str(piece) for piece in e.itertext()))
        else:
            self._children(e)

    def flush(self) -> None:
        text = "".join(self.pieces)
        self.pieces = []
        found = broken(text)
        for piece in found:
            text, self.prefix = self.prefix + piece.replace(REFERENCE, ""), ""
            if self.lines is not None:
                self.lines.append(text)
                continue
            spot = self.out.paragraph(text, Spot(), self.level) if text else Spot()
            count = piece.count(REFERENCE)
            self.anchors.update((block, spot) for block in self.referred[:count])
            del self.referred[:count]

    def _table(self, table: _Element) -> None:
        rows = [row for row in _rows(table) if not _hidden(row)]
        cells = [[cell for cell in row if cell.tag in ("td", "th") and not _hidden(cell)] for row in rows]
        caption = table.find("caption")
        if caption is not None:
            self.walk(caption)
        if self.lines is not None or table.get("role") in ("presentation", "none") or sum(map(len, cells)) < 2 or table.find(".//table") is not None:
            for row in cells:
                for cell in row:
                    self.flush()
                    self._children(cell)
            self.flush()
            return
        laid: list[list[tuple[str, int, int]]] = []
        referred: dict[tuple[int, int], list[_Element]] = {}
        for index, row in enumerate(cells):
            laid.append([])
            for cell in row:
                inside = _Reader(self.out, self.notes, [])
                inside._children(cell)
                inside.flush()
                referred[len(laid), len(laid[-1])] = inside.referred
                text = deep("\n".join(inside.lines or ()), _first_text(cell), _moved_in(cell))
                laid[-1].append((text, _span(cell, "rowspan", len(rows) - index), _span(cell, "colspan", 1_000)))
        spread = placed(laid, self.out.limits)
        header_rows = _header_rows(rows, cells)
        made = {(cell.row, cell.column): cell.spot for cell in self.out.table(spread, Spot(), header_rows)}
        for written, position in _in_rows(spread):
            self.anchors.update((block, made[position.row, position.column]) for block in referred[written])


def _in_rows(cells: list[Placed]) -> Iterator[tuple[tuple[int, int], Placed]]:
    """Each cell with its row and its order among those written in that row."""
    order, row = 0, 0
    for cell in cells:
        order = order + 1 if cell.row == row else 0
        row = cell.row
        yield (row, order), cell


def _rows(table: _Element) -> Iterator[_Element]:
    """The rows in the order in which they are shown: the head first, the foot last, wherever they are written."""
    for tags in (("thead",), ("tr", "tbody"), ("tfoot",)):
        for e in table:
            if e.tag in tags:
                yield from (e,) if e.tag == "tr" else (row for row in e if row.tag == "tr")


def _header_rows(rows: list[_Element], cells: list[list[_Element]]) -> int:
    count = 0
    for row, inside in zip(rows, cells, strict=True):
        parent = row.getparent()
        if not (parent is not None and parent.tag == "thead") and not (inside and all(cell.tag == "th" for cell in inside)):
            break
        count += 1
    return count if count < len(rows) else 0


def _span(cell: _Element, name: str, most: int) -> int:
    text = (cell.get(name) or "1").strip()
    wanted = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 1
    return max(1, min(wanted or most, most))


def _first_text(cell: _Element) -> str:
    """The first text that is shown, without the blanks before it that a browser shows as none."""
    shown = (str(piece).lstrip(" \t\r\n\f") for piece in cell.itertext())
    return next((piece for piece in shown if piece), "")


def _moved_in(cell: _Element) -> int:
    """How far a cell or what is first in it is moved in, in half characters."""
    found = (_MOVED_IN.search(e.get("style") or "") for e in (cell, *islice(cell, 1)))
    return sum(int(match[1]) * 2 // _PER_CHARACTER[match[2].lower()] for match in found if match)


def _hidden(e: _Element) -> bool:
    if not e.attrib:
        return False
    if e.get("hidden") is not None or e.get("aria-hidden") == "true" or e.get("role") in _ROLES or _HIDDEN.search(e.get("style") or ""):
        return True
    if e.tag == "div" and e.get("title") in ("header", "footer"):  # what word processors repeat on every page
        return True
    words = f"{e.get('class') or ''} {e.get('id') or ''}".lower().split()
    return any(word in _FURNITURE for word in words) and e.tag in ("div", "ul", "ol", "section", "header", "aside", "p", "table", "td")


def _numbered(ordered: _Element) -> Iterator[tuple[_Element, str]]:
    """The items of an ordered list with their numbers, as a browser shows them."""
    if re.search(r"list-style(?:-type)?\s*:[^;]*none", ordered.get("style") or ""):
        return
    form = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}.get(ordered.get("type") or "", "decimal")
    count = _number(ordered.get("start"), 1) - 1
    for item in ordered:
        if item.tag == "li":
            count = _number(item.get("value"), count + 1)
            yield item, f"{numbered(form, count)}. "


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,6}", text) else otherwise
