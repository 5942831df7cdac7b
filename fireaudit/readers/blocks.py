"""Collects the blocks of a document in reading order, numbers them and holds them to the limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fireaudit.readers.document import Block, Document, Footnote, Grid, GridCell, Paragraph, Spot
from fireaudit.readers.limits import Limits

NOWHERE = Spot()
_NO_TEXT = dict.fromkeys([*range(9), *range(11, 32), 0x7F, 0xFEFF, *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF])  # what no printed text holds


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell before its table has a number; ``line`` and ``page`` where the cell begins."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    line: int | None = None
    page: int | None = None


_DEEPEST = 40


def deep(text: str, raw: str, more: int = 0) -> str:
    """The text of a cell behind the spaces that ``raw``, the text as written, begins with, and ``more`` for what is moved in by layout, half a
    character each: they show how deep a row stands."""
    before = len(raw) - len(raw.lstrip(" \t\u3000\u00a0"))
    return " " * min(before + max(more, 0), _DEEPEST) + text if text else ""


class Blocks:
    """``paragraph`` and ``table`` take what a reader finds and give back its spot; ``document`` closes the list."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.blocks: list[Block] = []
        self.footnotes: list[Footnote] = []
        self.paragraphs = self.visited = self.tables = self.cells = self.positions = self.characters = 0

    def visit(self) -> None:
        """Counts a paragraph looked at; empty ones cost time too."""
        self.visited += 1
        self.limits.hold("paragraphs", self.visited)

    def paragraph(self, text: str, at: Spot = NOWHERE, level: int | None = None) -> Spot:
        """``at`` holds what the reader knows: page, line, sheet."""
        text = text.translate(_NO_TEXT)
        self.paragraphs += 1
        self.visit()
        self._count(text)
        spot = replace(at, paragraph=self.paragraphs)
        self.blocks.append(Paragraph(text, spot, level))
        return spot

    def table(self, cells: Iterable[Placed], at: Spot = NOWHERE, header_rows: int = 0) -> tuple[GridCell, ...]:
        """The cells as they stand in the document; a table without cells is none."""
        self.tables += 1
        spot = replace(at, table=self.tables)
        made = []
        for cell in cells:
            self.cells += 1
            self.limits.hold("cells", self.cells)
            text = cell.text.translate(_NO_TEXT)
            self._count(text)
            page = at.page if cell.page is None else cell.page
            place = Spot(page, None, self.tables, cell.row, cell.column, cell.line, at.sheet)
            made.append(GridCell(text, cell.row, cell.column, place, cell.rows, cell.columns))
        made.sort(key=lambda cell: (cell.row, cell.column))
        if not made:
            self.tables -= 1
            return ()
        grid = Grid(tuple(made), spot, header_rows)
        self.positions += grid.height * grid.width
        self.limits.hold("positions", self.positions)
        self.blocks.append(grid)
        return tuple(made)

    def footnote(self, mark: str, text: str, at: Spot = NOWHERE, anchor: Spot | None = None) -> None:
        self.limits.hold("paragraphs", len(self.footnotes))
        self._count(text)
        text = text.translate(_NO_TEXT)
        self.footnotes.append(Footnote(mark, text, at, anchor))

    def document(self, path: str, form: str, pages: int | None = None, textless: tuple[int, ...] = ()) -> Document:
        return Document(path, form, tuple(self.blocks), tuple(self.footnotes), pages, textless)

    def _count(self, text: str) -> None:
        self.characters += len(text)
        self.limits.hold("characters", self.characters)


def placed(rows: Iterable[Iterable[tuple[str, int, int]]], limits: Limits) -> list[Placed]:
    """Rows of (text, rows, columns) laid out as HTML lays them out: a cell takes the next position that no cell from
    above reaches into."""
    cells: list[Placed] = []
    taken: dict[int, int] = {}  # column → the last row that a cell from above covers
    area = 0
    for number, row in enumerate(rows, 1):
        column = 1
        for text, height, width in row:
            while taken.get(column, 0) >= number:
                column += 1
            area += height * width
            limits.hold("cells", area)
            for across in range(column, column + width):
                taken[across] = number + height - 1
            cells.append(Placed(text, number, column, height, width))
            column += width
    return cells
