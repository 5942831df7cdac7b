"""What a document prints: the figures that were recognised in it, and all its text to look anything else up in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fireaudit.evidence.index import Index
from fireaudit.evidence.places import Places
from fireaudit.evidence.work import Work
from fireaudit.quantity import FigureError, Quantity, read_figure
from fireaudit.readers.document import Document, Grid, Spot
from fireaudit.reading.material import Material
from fireaudit.reading.texts import compare


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


@dataclass(frozen=True, slots=True)
class Printed:
    """The figures apart from those of tables, which are compared row by row; ``index``: all text."""

    figures: tuple[Figure, ...]
    index: Index
    places: Places


def printed(document: Document, material: Material, work: Work) -> Printed:
    figures = tuple(_figures(material))
    places = Places([*material.outline.places, *(figure.at for figure in figures), *(table.at for table in material.tables), ""], work)
    return Printed(figures, Index(list(_pieces(document, material)), places, work), places)


def _figures(material: Material) -> Iterator[Figure]:
    for stated in material.figures:
        yield Figure(stated.text, stated.label, stated.at, stated.spot)
    for listed in material.lists:
        yield Figure(listed.count, listed.label, listed.at, listed.spot)
    for indicator in material.indicators:
        for piece in (indicator.baseline, *(target for _, target in indicator.targets)):
            if piece is not None and (quantity := quantity_of(piece.text)) is not None and not quantity.missing:
                yield Figure(piece.text, indicator.label.text, indicator.at, piece.spot)


def _pieces(document: Document, material: Material) -> Iterator[tuple[str, str]]:
    for block, place in zip(document.blocks, material.outline.places, strict=True):
        if isinstance(block, Grid):
            yield from ((compare(cell.text), place) for cell in block.cells)
        else:
            yield compare(block.text), place
    for note in document.footnotes:
        yield compare(note.text), ""


def quantity_of(text: str) -> Quantity | None:
    try:
        return read_figure(text)
    except FigureError:
        return None
