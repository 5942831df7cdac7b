"""Tables that go on over a page: the pieces in one, where a caption says so or the headings are repeated."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from fireaudit.readers.document import Block, Document, Grid, GridCell, Paragraph
from fireaudit.reading.tables.captions import aside
from fireaudit.reading.tables.row import kind_of
from fireaudit.reading.texts import compare, one_line

_CONTINUED = re.compile(
    r"[续續接]上?[表页頁]|[(（]\s*[续續接]上?[表页頁]?\s*(?:[0-9一二三四五六七八九十]{1,2}\s*)?[)）]|(?i:\bcont(?:inued|['’.]?d|\.)(?![a-z])|\bcontinuation of\b)"
)
_PAGE = re.compile(r"[-—–\s]{0,9}第?\s{0,9}[0-9]{1,4}\s{0,9}页?[-—–\s]{0,9}(?:[/／共]\s{0,9}[0-9]{1,4}\s{0,9}页?)?|(?i:page [0-9]{1,4}(?: of [0-9]{1,4})?)")
LONGEST = 60


def with_whole_tables(document: Document) -> Document:
    blocks: list[Block] = []
    pieces: list[Grid] = []  # of the last table, without what the later ones repeat
    last = -1
    for block in document.blocks:
        if isinstance(block, Grid):
            if pieces and _goes_on(pieces, blocks[last + 1 :], block):
                del blocks[last + 1 :]
                pieces += _rest(pieces[0], block)
                continue
            _close(blocks, last, pieces)
            last, pieces = len(blocks), [block]
        blocks.append(block)
    _close(blocks, last, pieces)
    return replace(document, blocks=tuple(blocks)) if len(blocks) < len(document.blocks) else document


def _goes_on(pieces: Sequence[Grid], between: Sequence[Block], grid: Grid) -> bool:
    texts = [one_line(block.text) for block in between if isinstance(block, Paragraph)]
    if pieces[0].width != grid.width or any(len(text) > LONGEST for text in texts):
        return False
    said = [text for text in texts if _CONTINUED.search(text)]
    others = [text for text in texts if text.strip() and text not in said and aside(text) is None and not _PAGE.fullmatch(text)]
    if others or len(said) > 1:
        return False
    repeats = _row(pieces[0], 1) == _row(grid, 1) and bool(_row(grid, 1))
    titled = _CONTINUED.search("".join(_row(grid, 1))) is not None
    ended = kind_of(next((text for text in _row(pieces[-1], pieces[-1].height) if text), "")) == "total"
    return bool(said) or titled or (repeats and not ended)


def _row(grid: Grid, number: int) -> list[str]:
    return [compare(cell.text) for cell in grid.cells[bisect_left(grid.cells, number, key=_number) : bisect_right(grid.cells, number, key=_number)]]


def _number(cell: GridCell) -> int:
    return cell.row


def _rest(first: Grid, grid: Grid) -> list[Grid]:
    """What of a further piece is its own: the rows below those that it repeats at its top, if there are any."""
    skipped = 1 if _CONTINUED.search("".join(_row(grid, 1))) else 0
    repeated, height = 0, grid.height
    while skipped + repeated < height - 1 and (row := _row(grid, skipped + repeated + 1)) and row == _row(first, repeated + 1):
        repeated += 1
    top = skipped + repeated
    cells = tuple(replace(cell, row=cell.row - top) for cell in grid.cells if cell.row > top)
    return [replace(grid, cells=cells)] if cells else []


def _close(blocks: list[Block], at: int, pieces: Sequence[Grid]) -> None:
    """Puts the pieces of a table below each other, in the place of the first."""
    if len(pieces) < 2:
        return
    cells: list[GridCell] = []
    height = 0
    for piece in pieces:
        cells += (replace(cell, row=cell.row + height) for cell in piece.cells)
        height += piece.height
    blocks[at] = replace(pieces[0], cells=tuple(cells))
