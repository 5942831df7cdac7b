"""What a document holds, before it is written as a plan: outline, tables, indicators, figures and lists, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from fireaudit.readers.document import Block, Document, Footnote, Grid, Paragraph, Spot
from fireaudit.reading.figures import figure, is_figure, unit_line
from fireaudit.reading.grid import Piece
from fireaudit.reading.numbering import numbered
from fireaudit.reading.outline import Outline, read_outline
from fireaudit.reading.prose.english_lists import english_lists
from fireaudit.reading.prose.enumerated import announced
from fireaudit.reading.prose.prose import Prose, Stated, StatedList, StatedRelation, read_prose
from fireaudit.reading.tables.columns import is_mark
from fireaudit.reading.tables.continued import with_whole_tables
from fireaudit.reading.tables.groups import counted_groups
from fireaudit.reading.tables.indicators import ReadIndicator, indicators
from fireaudit.reading.tables.remarks import Remarks, is_note, said_of_all
from fireaudit.reading.tables.table import Form, ReadTable, legend
from fireaudit.reading.tables.tables import read_table
from fireaudit.reading.texts import compare, one_line, tidy

_ABOVE = 4
_TABLE_NUMBER = re.compile(r"(?:表|(?i:table))\s*[0-9一二三四五六七八九十]{1,3}(?:[-.–—][0-9]{1,3})?(?![0-9])")
_NUMERAL = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万两]")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A figure that was seen and is in no cell of the draft."""

    text: str
    at: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Material:
    outline: Outline
    tables: tuple[ReadTable, ...]
    indicators: tuple[ReadIndicator, ...]
    figures: tuple[Stated, ...]
    lists: tuple[StatedList, ...]
    unplaced: tuple[Unplaced, ...]
    texts: tuple[tuple[Spot, str], ...]
    """Every paragraph that figures were looked for in, so that offsets can be followed back."""
    relations: tuple[StatedRelation, ...] = ()


@dataclass(slots=True)
class _Gatherer:
    outline: Outline
    tables: list[ReadTable] = field(default_factory=list)
    indicators: list[ReadIndicator] = field(default_factory=list)
    figures: list[Stated] = field(default_factory=list)
    lists: list[StatedList] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    paragraphs: list[tuple[Paragraph, str]] = field(default_factory=list)
    captions: set[str] = field(default_factory=set)

    def grid(self, grid: Grid, at: str, above: Sequence[Paragraph], below: Sequence[tuple[str, Spot]], heading: str, remarks: Remarks) -> None:
        for part in read_table(grid, at, above, heading, remarks):
            self.captions.add(compare(part.title))
            if isinstance(part, Form):
                self._form(part)
                continue
            symbols = any(column.role == "symbol" for column in part.columns)
            means = legend([*((note.text, note.spot) for note in part.notes), *below]) if symbols else ()
            table = replace(part, at=self._place(part), legend=means)
            found = indicators(table)
            if found:
                self.indicators += found
                for one in found:
                    self.unplaced += [Unplaced(piece.text, table.at, piece.spot) for piece in one.unread]
                    self.figures += [_alone(f"{one.label.text} {heading}", piece, table.at) for heading, piece in one.further]
            else:
                self.tables.append(table)
                self.lists += counted_groups(table)
            self._cells(table, with_figures=not found)

    def _place(self, table: ReadTable) -> str:
        """The place of a table: with its number where it has one; within an annex that titles another table, with its title."""
        titles = [compare(annex.text) for annex in self.outline.annexes]
        own = next((title for title in titles if table.at and title.startswith(compare(table.at.split("/")[0]))), None)
        named = compare(table.title)
        if number := _TABLE_NUMBER.match(one_line(table.title)):
            return "/".join(part for part in (table.at, number[0] if number[0].isascii() else compare(number[0])) if part)
        if own is not None and named and named not in own:
            return f"{table.at}/{one_line(table.title).replace('/', '／')}"
        return table.at

    def _form(self, form: Form) -> None:
        for label, piece in form.pieces:
            if is_figure(piece.text) and label:
                self.figures.append(_alone(label, piece, form.at))
            else:
                self._text(piece, form.at)

    def _text(self, piece: Piece, at: str) -> None:
        for line in (piece.raw or piece.text).splitlines():
            if line.strip():
                self.paragraphs.append((Paragraph(line.strip(), piece.spot), at))

    def _cells(self, table: ReadTable, with_figures: bool) -> None:
        """The text of text columns, and figures that stand alone in them; what cannot be read in columns of figures."""
        number = next((i for i, column in enumerate(table.columns) if column.role == "number"), None)
        for row in [*table.rows, *([table.total] if table.total else [])]:
            at = f"{table.at}/{row.cells[number].text}" if number is not None and row.cells[number].text and table.at else table.at
            name = next((p.text for p, c in zip(row.cells, table.columns, strict=True) if c.role in ("name", "year") and p.text), tidy(row.label))
            for piece, column in zip(row.cells, table.columns, strict=True):
                if column.role == "figure" and with_figures and figure(piece.text) is None:
                    self.unplaced.append(Unplaced(piece.text, at, piece.spot))
                elif column.role == "text" and not is_mark(column.label) and _NUMERAL.search(piece.text):
                    if is_figure(piece.text):
                        label = " ".join(dict.fromkeys(word for word in (name, column.label) if word))
                        self.figures.append(_alone(label or piece.text, piece, table.at))
                    else:
                        self._text(piece, at)


def _alone(label: str, piece: Piece, at: str) -> Stated:
    """A figure that is all its cell says."""
    return Stated(label, piece.text, None, None, piece.spot, 0, len(piece.text), at)


def gather(document: Document) -> Material:
    document = with_whole_tables(document)
    outline = read_outline(document)
    gatherer = _Gatherer(outline)
    rounds = said_of_all(block.text for block in document.blocks if isinstance(block, Paragraph))
    for index, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            above, heading = _above(document.blocks, index, outline)
            below = _below(document.blocks, index)
            gatherer.grid(block, outline.places[index], above, below, heading, rounds.with_texts((), [text for text, _ in below if is_note(text)]))
    inside = gatherer.paragraphs
    body = [
        (block, outline.places[i])
        for i, block in enumerate(document.blocks)
        if i in outline.body and isinstance(block, Paragraph) and not _is_caption(block, gatherer.captions)
    ]
    notes = list(_footnotes(document, outline))
    paragraphs = [*body, *inside]
    prose = read_prose(paragraphs, notes, _titles(document, outline))
    unplaced = [*gatherer.unplaced, *_unplaced(prose)]
    known = {(one.spot, one.start) for one in prose.lists}
    found = (*announced(document.blocks, outline.places), *(one for paragraph, at in paragraphs for one in english_lists(paragraph, at)))
    lists = [one for one in found if (one.spot, one.start) not in known]
    counts = {(one.spot, one.start) for one in lists}
    return Material(
        outline,
        tuple(gatherer.tables),
        tuple(gatherer.indicators),
        (*(said for said in prose.figures if (said.spot, said.start) not in counts), *gatherer.figures),
        (*prose.lists, *lists, *gatherer.lists),
        tuple(unplaced),
        (*((paragraph.spot, paragraph.text) for paragraph, _ in paragraphs), *((note.spot, note.text) for note, _ in notes)),
        prose.relations,
    )


def _titles(document: Document, outline: Outline) -> dict[Spot, tuple[str, ...]]:
    """The title of the document and those of the headings above each block, from the outside in."""
    found: dict[Spot, tuple[str, ...]] = {}
    heads = {heading.block: index for index, heading in enumerate(outline.headings)}
    titles: tuple[str, ...] = (outline.title,)
    for position, block in enumerate(document.blocks):
        if position in heads:
            titles = (outline.title, *_path(outline, heads[position]))
        found[block.spot] = titles
        if isinstance(block, Grid):
            found.update((cell.spot, titles) for cell in block.cells)
    return found


def _path(outline: Outline, index: int) -> list[str]:
    path: list[str] = []
    while index >= 0:
        path.insert(0, outline.headings[index].text)
        index = outline.headings[index].parent
    return path


def _above(blocks: Sequence[Block], index: int, outline: Outline) -> tuple[list[Paragraph], str]:
    """The paragraphs above a grid up to the next grid or heading, the nearest first; and the title of that heading, if
    nothing but a line of units stands between."""
    heads = {heading.block: heading for heading in outline.headings}
    found: list[Paragraph] = []
    for position in range(index - 1, max(-1, index - 1 - 2 * _ABOVE), -1):
        block = blocks[position]
        if position in heads and all(unit_line(paragraph.text) is not None for paragraph in found):
            number = numbered(heads[position].text)
            return found, number.title if number else heads[position].text
        if not isinstance(block, Paragraph) or position in heads or len(found) == _ABOVE:
            break
        if block.text.strip():
            found.append(block)
    return found, ""


def _below(blocks: Sequence[Block], index: int) -> list[tuple[str, Spot]]:
    """The paragraphs below a grid up to the next one, where notes to it stand."""
    found: list[tuple[str, Spot]] = []
    for block in blocks[index + 1 : index + 1 + 2 * _ABOVE]:
        if not isinstance(block, Paragraph):
            break
        found.append((one_line(block.text), block.spot))
    return found


def _is_caption(paragraph: Paragraph, captions: set[str]) -> bool:
    return compare(paragraph.text) in captions or unit_line(paragraph.text) is not None


def _footnotes(document: Document, outline: Outline) -> Iterable[tuple[Footnote, str]]:
    """Footnotes, placed below the block that refers to them."""
    places: dict[Spot, str] = {}
    for block, place in zip(document.blocks, outline.places, strict=True):
        places[block.spot] = place
        if isinstance(block, Grid):
            places.update((cell.spot, place) for cell in block.cells)
    for note in document.footnotes:
        at = places.get(note.anchor, "") if note.anchor else ""
        mark = f"脚注{note.mark}" if re.search(r"[\u3400-\u9fff]", note.text) else f"Note {note.mark}"
        yield note, f"{at}/{mark}" if at else mark


def _unplaced(prose: Prose) -> Iterable[Unplaced]:
    for item in prose.unplaced:
        yield Unplaced(item.text, item.at, item.spot)
