"""What the columns of a grid hold, and rows moved to where their cells fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fireaudit.reading.figures import is_figure
from fireaudit.reading.grid import Line, length
from fireaudit.reading.tables.row import kind_of
from fireaudit.reading.tables.table import SYMBOL


def kinds_of(body: Sequence[Line]) -> list[str]:
    """What each column mostly holds, by the rows that are full."""
    width = len(body[0]) if body else 0
    full = [line for line in body if length(line) == width]
    kinds = []
    for c in range(width):
        texts = [line[c].text for line in full if line[c].text]
        figures = sum(is_figure(text) for text in texts)
        symbols = sum(bool(SYMBOL.fullmatch(text)) for text in texts)
        kinds.append("symbol" if texts and symbols * 2 > len(texts) else "figure" if figures * 2 > len(texts) else "text" if texts else "")
    return kinds


def aligned(line: Line, kinds: Sequence[str]) -> Line:
    """A row whose first cell stands for several columns, but was given as one: it is moved to where its cells fit. A row
    without the word for a total is moved only if every cell fits then."""
    if any(piece.columns > 1 for piece in line) or not line[0].text or is_figure(line[0].text):
        return line
    if not kind_of(line[0].text):
        moved = [replace(line[-1], text="", origin=False), *line[:-1]]
        misplaced = any(piece.text and is_figure(piece.text) and kind == "text" for piece, kind in zip(line, kinds, strict=True))
        return moved if misplaced and not line[-1].text and _fit(moved, kinds) == sum(bool(piece.text) for piece in moved) else line
    trailing = next((i for i, piece in enumerate(reversed(line)) if piece.text), 0)
    blank = replace(line[-1], text="", origin=False)
    shifted = [[*[blank] * by, *line[: len(line) - by]] for by in range(min(trailing, 3) + 1)]
    return max(shifted, key=lambda moved: (_figures(moved, kinds), _fit(moved, kinds)))


def _figures(line: Line, kinds: Sequence[str]) -> int:
    """How many figures stand among figures."""
    return sum(kind == "figure" and is_figure(piece.text) for piece, kind in zip(line, kinds, strict=True))


def _fit(line: Line, kinds: Sequence[str]) -> int:
    fit = 0
    for piece, kind in zip(line, kinds, strict=True):
        if piece.text and kind:
            fit += 1 if is_figure(piece.text) == (kind == "figure") else -1
    return fit


def across(line: Line, index: int) -> bool:
    """The rest of a cell merged over columns, not over rows."""
    return index > 0 and line[index].spot == line[index - 1].spot and line[index].columns > 1
