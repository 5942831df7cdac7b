"""A document as every reader gives it: blocks in reading order, each with its spot, nothing interpreted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece stands in the document; all numbers from 1, ``None`` where the format does not know.

    ``paragraph`` counts paragraphs outside tables, ``table`` tables, both over the whole document. ``line`` is the line
    in the file, for text formats, and the row of the sheet for workbooks; ``sheet`` the name of the sheet.
    """

    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``level``: the heading level that a style or tag gives (1 the highest), ``None`` for body text or where unknown."""

    text: str
    spot: Spot
    level: int | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell that covers ``rows`` × ``columns`` positions from (``row``, ``column``), counted from 1. Its text has a line
    a paragraph."""

    text: str
    row: int
    column: int
    spot: Spot
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``cells`` in reading order; ``header_rows`` where the format marks them, else 0. Rows need not be full."""

    cells: tuple[GridCell, ...]
    spot: Spot
    header_rows: int = 0

    @property
    def height(self) -> int:
        return max((cell.row + cell.rows - 1 for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.columns - 1 for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Footnote:
    """``mark`` as printed; ``anchor`` the spot of the block that refers to it, where known."""

    mark: str
    text: str
    spot: Spot
    anchor: Spot | None = None


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """``format`` is docx, pdf, html, xlsx or text. ``textless_pages``: pages that show something but hold no text."""

    path: str
    format: str
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()
    pages: int | None = None
    textless_pages: tuple[int, ...] = ()
