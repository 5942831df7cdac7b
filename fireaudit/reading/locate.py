"""From places in a draft to places in the document: the line of the file or the piece of the document, and where that is in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from fireaudit.findings import CellMention, Finding
from fireaudit.messages import word
from fireaudit.plan.source import START, Span
from fireaudit.readers.document import Document, Grid, Spot
from fireaudit.reading.writer import Mark

_NEAR = 5
"""Lines of a file below the first in which a figure of a wrapped paragraph is looked for."""


def spot_words(spot: Spot, lang: str) -> str:
    """``第2页 表3 第5行 第4列``; in a table its own numbers, outside one the paragraph's."""
    parts = [("page", spot.page), ("sheet", spot.sheet)]
    parts += [("table", spot.table), ("row", spot.row), ("column", spot.column)] if spot.table else [("paragraph", spot.paragraph)]
    said = [_part(name, value, lang) for name, value in parts if value is not None]
    return (" " if lang == "zh" else ", ").join(said)


@lru_cache(maxsize=10_000)
def _part(name: str, value: int | str, lang: str) -> str:
    """Rows and columns of a large table come up again and again."""
    return word(f"documents.{name}", lang, **{name: value})


class Marks:
    """Where the scalars of a draft came from, by line and column."""

    def __init__(self, marks: Mapping[tuple[int, int], Mark]) -> None:
        self.marks, self.order = marks, sorted(marks)

    def at(self, span: Span) -> Mark | None:
        """The mark of a scalar, else of the nearest one before it on its line, or behind it there (a bracket stands before what it holds)."""
        index = bisect_right(self.order, (span.line, span.column))
        near = (self.order[i] for i in (index - 1, index) if 0 <= i < len(self.order))
        return next((self.marks[place] for place in near if place[0] == span.line), None)


@dataclass(frozen=True, slots=True)
class Locator:
    """``lines``: the lines of a text file, or else the pieces of the document (paragraphs, cells, notes) in order;
    ``numbers``: the line of each spot; ``marks``: those of the draft."""

    lines: tuple[str, ...]
    numbers: Mapping[Spot, int]
    marks: Marks
    lang: str

    def mark(self, span: Span) -> Mark | None:
        return self.marks.at(span)

    def span(self, mark: Mark | None) -> Span:
        if mark is None or mark.spot not in self.numbers:
            return START
        line, wanted = self.numbers[mark.spot], mark.text[mark.start : mark.end]
        for number in range(line, min(line + _NEAR, len(self.lines) + 1)):
            text = self.lines[number - 1]
            at = mark.start if text.startswith(wanted, mark.start) and text == mark.text else text.find(wanted)
            if wanted and at >= 0:
                return Span(number, at + 1, number, at + 1 + len(wanted))
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        start = len(text) - len(text.lstrip())
        return Span(line, start + 1, line, max(len(text.rstrip()), start + 1) + 1)

    def at(self, at: str, mark: Mark | None) -> str:
        return " · ".join(part for part in (at, spot_words(mark.spot, self.lang) if mark else "") if part)

    def mention(self, cell: CellMention) -> CellMention:
        mark = self.mark(cell.span)
        return replace(cell, span=self.span(mark), at=self.at(cell.at, mark))

    def finding(self, finding: Finding) -> Finding:
        mark = self.mark(finding.span)
        cells = tuple(self.mention(cell) for cell in finding.cells)
        return replace(finding, span=self.span(mark), at=self.at(finding.at, mark), cells=cells)


def locator(document: Document, file_lines: Sequence[str], marks: Mapping[tuple[int, int], Mark], lang: str) -> Locator:
    """``file_lines``: the lines of the file, for formats whose spots know their line."""
    pieces: list[tuple[Spot, str]] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            pieces += [(block.spot, ""), *((cell.spot, " ".join(cell.text.split())) for cell in block.cells)]
        else:
            pieces.append((block.spot, " ".join(block.text.split())))
    pieces += [(note.spot, " ".join(note.text.split())) for note in document.footnotes]
    if file_lines:
        return Locator(tuple(file_lines), {spot: spot.line for spot, _ in pieces if spot.line}, Marks(marks), lang)
    numbers: dict[Spot, int] = {}
    for number, (spot, _) in enumerate(pieces, 1):
        numbers.setdefault(spot, number)
    return Locator(tuple(text for _, text in pieces), numbers, Marks(marks), lang)
