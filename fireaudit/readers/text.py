"""Plain text → Document: running text, and tables drawn with tabs, pipes, boxes or spaces."""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Sequence
from io import StringIO

from fireaudit.readers.blocks import Blocks, Placed
from fireaudit.readers.document import Document, Spot
from fireaudit.readers.encoding import decoded
from fireaudit.readers.flow import continues, joined, measure
from fireaudit.readers.limits import Limits, UnreadableDocument
from fireaudit.readers.plaintable import FINDERS, Found, Line, indented

_BRACKET = re.compile(r"[\[\]]")
_BOOKMARK = re.compile(r"\[bookmark: [^\[\]\n]*\]")
_NOTE = re.compile(r"\[footnoteRef:\s*(?P<reference>\w{1,9})\]|\s?\[(?P<note>\w{1,9}): ")
_MARKDOWN_NOTE = re.compile(r"^\[\^(\w{1,20})\]:\s*(.+)$", re.MULTILINE)
_MARKDOWN_REFERENCE = re.compile(r"\[\^(\w{1,20})\]")
_PRINTED_MARK = re.compile(r"\s*([①-⑳㉑-㉟㊱-㊿*＊†]|[\[［(（]\d{1,3}[\]］)）])\s*")
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<title>.+)")
_JOINT = "\ufdd0"  # a noncharacter: where a note that ran over a line end was lifted out
_CONTROLS = dict.fromkeys([*range(9), *range(14, 32), 0x7F, 0xFEFF, 0xFDD0])
_LONGEST_NOTE = 4_000
_MOST_BRACKETS = 20  # one inside the other, in a note


def read_text(path: str, data: bytes, limits: Limits) -> Document:
    text = _decoded(data)
    limits.hold("characters", len(text))
    if path.lower().endswith(".csv"):
        return _comma_separated(path, text, limits)
    limits.hold("lines", text.count("\n"))
    notes: list[tuple[int, str, str]] = []
    lines = _lines(_without_notes(text, notes))
    blocks = Blocks(limits)
    starts: list[tuple[int, Spot]] = []
    _Reader(lines, blocks, starts).read()
    for number, mark, note in notes:
        anchor = bisect_right(starts, number, key=lambda start: start[0]) - 1
        blocks.footnote(*_printed(mark, note), Spot(line=number), starts[anchor][1] if anchor >= 0 else None)
    pages = lines[-1].page if lines else None
    return blocks.document(path, "text", pages)


def _comma_separated(path: str, text: str, limits: Limits) -> Document:
    """Tables between blank lines; a line with one text alone above a table is a paragraph."""
    rows = csv.reader(StringIO(text))
    blocks = Blocks(limits)
    table: list[Placed] = []
    start, height = 1, 0
    try:
        for row in rows:
            texts = [indented(cell) for cell in row]
            if sum(map(bool, texts)) > 1 or (table and any(texts)):
                start, height = (start, height + 1) if table else (rows.line_num, 1)
                table += (Placed(cell, height, column, line=rows.line_num) for column, cell in enumerate(texts, 1))
                limits.hold("cells", len(table))
                continue
            blocks.table(table, Spot(line=start))
            table = []
            if any(texts):
                blocks.paragraph("".join(texts), Spot(line=rows.line_num))
    except csv.Error:
        raise UnreadableDocument("not_text") from None
    blocks.table(table, Spot(line=start))
    return blocks.document(path, "text")


def printed_lines(data: bytes) -> list[str]:
    """The lines of a text file, numbered as ``Spot.line`` numbers them. Raises ``UnreadableDocument``."""
    return _of_one_break(decoded(data)).split("\n")


def _of_one_break(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n")


def _decoded(data: bytes) -> str:
    text = _of_one_break(decoded(data))
    controls = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32)))
    if controls * 50 > len(text):
        raise UnreadableDocument("not_text")
    return _BOOKMARK.sub("", text.translate(_CONTROLS))


def _without_notes(text: str, notes: list[tuple[int, str, str]]) -> str:
    """The text without footnotes and their references; ``notes`` takes (line of the reference, mark, text) of each."""
    pieces: list[str] = []
    referred: dict[str, int] = {}
    done = last = 0
    line = 1
    for found in _NOTE.finditer(text):
        if found.start() < done:
            continue
        line += text.count("\n", last, found.start())
        last = found.start()
        if found["reference"]:
            referred[found["reference"]] = line
            end, breaks = found.end(), 0
        elif found["note"] in referred and (closed := _closing(text, found.end())) is not None:
            body = text[found.end() : closed]
            notes.append((referred.pop(found["note"]), found["note"], joined(body.split("\n"))))
            end, breaks = closed + 1, body.count("\n")
        else:
            continue
        pieces += (text[done : found.start()], _JOINT * breaks)
        done = end
    pieces.append(text[done:])
    text = "".join(pieces)
    known = {found[1]: found[2] for found in _MARKDOWN_NOTE.finditer(text)}
    if known:
        text = _MARKDOWN_NOTE.sub("", text)
        line, last = 1, 0
        for found in _MARKDOWN_REFERENCE.finditer(text):
            if found[1] in known:
                line += text.count("\n", last, found.start())
                last = found.start()
                notes.append((line, found[1], known.pop(found[1])))
        text = _MARKDOWN_REFERENCE.sub("", text)
    return text


def _closing(text: str, start: int) -> int | None:
    """Where the bracket opened before ``start`` is closed."""
    depth = 1
    for found in _BRACKET.finditer(text, start, start + _LONGEST_NOTE):
        depth += 1 if found[0] == "[" else -1
        if not depth:
            return found.start()
        if depth > _MOST_BRACKETS:
            break
    return None


def _printed(mark: str, note: str) -> tuple[str, str]:
    """The mark that the note itself begins with goes before the one counted by the word processor."""
    found = _PRINTED_MARK.match(note)
    return (found[1], note[found.end() :].strip()) if found else (mark, note.strip())


def _lines(text: str) -> list[Line]:
    """Each line with its number in the file and its page, where form feeds divide pages."""
    paged = "\f" in text.strip("\f\n ")
    lines: list[Line] = []
    number, page = 1, 1
    for raw in text.split("\n"):
        parts = raw.split("\f")
        for index, part in enumerate(parts):
            page += index > 0
            if index == 0 or part.strip():
                lines.append(Line(part.replace(_JOINT, "").rstrip(" \u3000\xa0"), number, page if paged else None))
        number += 1 + raw.count(_JOINT)
    return lines


class _Reader:
    """Goes down the lines: a table where one begins, else running text up to the next blank line or table."""

    def __init__(self, lines: Sequence[Line], blocks: Blocks, starts: list[tuple[int, Spot]]) -> None:
        self.lines, self.blocks, self.starts = lines, blocks, starts
        self.wrapped_at = measure([line.text if "\t" not in line.text else "" for line in lines])

    def read(self) -> None:
        run: list[Line] = []
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if not line.text:
                self._flow(run)
                at += 1
                continue
            found = next((found for find in FINDERS if (found := find(self.lines, at)) is not None), None)
            if found is None:
                run.append(line)
                at += 1
                continue
            self._flow(run)
            self._put(found)
            at = found.end
        self._flow(run)

    def _put(self, found: Found) -> None:
        if found.lines:
            for line in found.lines:
                self._flow([line])
            return
        at = Spot(page=found.page, line=found.line)
        for cell in self.blocks.table(found.cells, at, found.header_rows):
            if cell.spot.line is not None:
                self.starts.append((cell.spot.line, cell.spot))

    def _flow(self, run: list[Line]) -> None:
        """The paragraphs of lines that follow each other without a blank one."""
        pieces: list[Line] = []
        for line in run:
            if pieces and not continues(pieces[-1].text, line.text, self.wrapped_at, pieces[0].text):
                self._paragraph(pieces)
                pieces = []
            pieces.append(line)
        if pieces:
            self._paragraph(pieces)
        run.clear()

    def _paragraph(self, pieces: list[Line]) -> None:
        text = joined(piece.text for piece in pieces)
        heading = _HEADING.match(text)
        level = len(heading["level"]) if heading else None
        spot = self.blocks.paragraph(heading["title"].rstrip("#").rstrip() if heading else text, Spot(page=pieces[0].page, line=pieces[0].number), level)
        self.starts.append((pieces[0].number, spot))
