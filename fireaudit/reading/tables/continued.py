"""Tables that go on over a page: the pieces in one, where a caption says so or the headings are repeated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fireaudit.readers.document import Block, Document, Grid, Paragraph
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
    last = -1
    for block in document.blocks:
        before = blocks[last] if last >= 0 else None
        if isinstance(block, Grid):
            if isinstance(before, Grid) and _goes_on(before, blocks[last + 1 :], block):
                blocks[last:] = [_joined(before, block)]
                continue
            last = len(blocks)
        blocks.append(block)
    return replace(document, blocks=tuple(blocks)) if len(blocks) < len(document.blocks) else document


def _goes_on(before: Grid, between: Sequence[Block], grid: Grid) -> bool:
    texts = [one_line(block.text) for block in between if isinstance(block, Paragraph)]
    if before.width != grid.width or any(len(text) > LONGEST for text in texts):
        return False
    said = [text for text in texts if _CONTINUED.search(text)]
    others = [text for text in texts if text.strip() and text not in said and aside(text) is None and not _PAGE.fullmatch(text)]
    if others or len(said) > 1:
        return False
    repeats = _row(before, 1) == _row(grid, 1) and bool(_row(grid, 1))
    titled = _CONTINUED.search("".join(_row(grid, 1))) is not None
    ended = kind_of(next((text for text in _row(before, before.height) if text), "")) == "total"
    return bool(said) or titled or (repeats and not ended)


def _row(grid: Grid, number: int) -> list[str]:
    return [compare(cell.text) for cell in grid.cells if cell.row == number]


def _joined(before: Grid, grid: Grid) -> Grid:
    """The rows of the second below those of the first, without what it repeats at its top."""
    skipped = 1 if _CONTINUED.search("".join(_row(grid, 1))) else 0
    repeated = 0
    while skipped + repeated < grid.height - 1 and _row(grid, skipped + repeated + 1) and _row(grid, skipped + repeated + 1) == _row(before, repeated + 1):
        repeated += 1
    top = skipped + repeated
    below = tuple(replace(cell, row=cell.row - top + before.height) for cell in grid.cells if cell.row > top)
    return replace(before, cells=(*before.cells, *below))
