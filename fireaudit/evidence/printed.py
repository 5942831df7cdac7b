"""What a document prints: the figures that were recognised in it, and all its text to look anything else up in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from fireaudit.evidence.places import Places
from fireaudit.quantity import FigureError, Quantity, read_figure
from fireaudit.readers.document import Document, Grid, Spot
from fireaudit.reading.material import Material
from fireaudit.reading.tables.table import ReadTable
from fireaudit.reading.texts import compare

_DIGIT = re.compile(r"[0-9]")
_HAN_DIGIT = re.compile("[〇零一二三四五六七八九十百千万亿两]")
_MARKS = re.compile(r"[\W_]")


@dataclass(eq=False, slots=True)
class Figure:
    """A figure that the document prints; ``taken``: a figure of the plan answers to it."""

    text: str
    label: str
    at: str
    spot: Spot
    taken: bool = False

    @property
    def plain(self) -> str:
        return compare(self.text)


@dataclass
class Printed:
    """``tables`` are left to be compared row by row; ``pieces`` hold all text with its place."""

    figures: list[Figure]
    tables: tuple[ReadTable, ...]
    pieces: list[tuple[str, str, Spot]]
    places: Places
    _by_place: dict[str, str] = field(default_factory=dict)

    @cached_property
    def everything(self) -> str:
        return "\n".join(text for text, _, _ in self.pieces)

    @cached_property
    def bare(self) -> str:
        """All text without marks and spaces, for names and titles."""
        return _MARKS.sub("", self.everything)

    def around(self, at: str) -> str:
        """All text of a place."""
        if at not in self._by_place:
            self._by_place[at] = "\n".join(text for text, place, _ in self.pieces if self.places.within(at, place, lenient=True))
        return self._by_place[at]

    def says(self, text: str, at: str) -> int:
        """How often a figure or a date stands in the text of a place, its digits being all of the number there."""
        return times_in(compare(text), self.around(at))


def times_in(wanted: str, text: str) -> int:
    count, start = 0, text.find(wanted) if wanted else -1
    while start >= 0:
        end = start + len(wanted)
        before = _cut(text[start - 1 : start], wanted[0], text[max(0, start - 2) : start])
        count += not before and not _cut(text[end : end + 1], wanted[-1], text[end : end + 2])
        start = text.find(wanted, start + 1)
    return count


def _cut(beside: str, edge: str, two: str) -> bool:
    """Whether a number goes on beyond the edge of what was found."""
    if _DIGIT.match(edge):
        return bool(_DIGIT.match(beside)) or (beside in (".", ",") and bool(_DIGIT.search(two)))
    return bool(_HAN_DIGIT.match(edge) and _HAN_DIGIT.match(beside))


def printed(document: Document, material: Material) -> Printed:
    pieces = list(_pieces(document, material))
    figures = list(_figures(material))
    places = Places([*material.outline.places, *(figure.at for figure in figures), *(table.at for table in material.tables)])
    return Printed(figures, material.tables, pieces, places)


def _figures(material: Material) -> Iterator[Figure]:
    for stated in material.figures:
        yield Figure(stated.text, stated.label, stated.at, stated.spot)
    for listed in material.lists:
        yield Figure(listed.count, listed.label, listed.at, listed.spot)
    for indicator in material.indicators:
        for piece in (indicator.baseline, *(target for _, target in indicator.targets)):
            if piece is not None and (quantity := quantity_of(piece.text)) is not None and not quantity.missing:
                yield Figure(piece.text, indicator.label.text, indicator.at, piece.spot)


def _pieces(document: Document, material: Material) -> Iterator[tuple[str, str, Spot]]:
    for block, place in zip(document.blocks, material.outline.places, strict=True):
        if isinstance(block, Grid):
            yield from ((compare(cell.text), place, cell.spot) for cell in block.cells)
        else:
            yield compare(block.text), place, block.spot
    for note in document.footnotes:
        yield compare(note.text), "", note.spot


def quantity_of(text: str) -> Quantity | None:
    try:
        return read_figure(text)
    except FigureError:
        return None
