"""Years printed side by side, each over the same columns without names of their own, as one row a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fireaudit.reading.grid import Line, Piece
from fireaudit.reading.tables.row import kind_of
from fireaudit.reading.texts import compare

_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年度?)?")


@dataclass(frozen=True, slots=True)
class Group:
    """The columns ``start`` to ``end`` under one heading."""

    head: Piece
    start: int
    end: int


def groups(headers: Sequence[Line], kinds: Sequence[str]) -> list[Group]:
    """The years of a table whose columns they head in groups of the same kinds; empty where they do not."""
    if not headers:
        return []
    lowest = headers[-1]
    found: list[Group] = []
    for c, piece in enumerate(lowest):
        if found and found[-1].end == c and piece.text and piece.spot == found[-1].head.spot:
            found[-1] = Group(found[-1].head, found[-1].start, c + 1)
        elif _YEAR.fullmatch(compare(piece.text)):
            found.append(Group(piece, c, c + 1))
    wide = [tuple(kinds[group.start : group.end]) for group in found if group.end - group.start > 1]
    return found if len(wide) > 1 and len(set(wide)) == 1 and found[-1].end == len(lowest) else []


def unpivoted(headers: Sequence[Line], body: Sequence[Line], years: Sequence[Group], kinds: Sequence[str]) -> tuple[list[Line], list[Line]]:
    """Headings and rows with the columns before the years, the year, and one column for each kind. A single column under a
    year goes where its kind goes."""
    lead = years[0].start
    pattern = next(kinds[group.start : group.end] for group in years if group.end - group.start > 1)
    blank = Piece("", headers[-1][0].spot, False)
    year = replace(years[0].head, text="Year" if years[0].head.text.isascii() and headers[0][0].text.isascii() else "年度")
    top = [[*line[:lead], year, *[blank] * len(pattern)] for line in headers]
    rows: list[Line] = []
    for line in body:
        for group in years:
            cells = line[group.start : group.end]
            if len(cells) < len(pattern):
                place = pattern.index(kinds[group.start]) if kinds[group.start] in pattern else 0
                cells = [*[blank] * place, *cells, *[blank] * (len(pattern) - place - len(cells))]
            if any(piece.text for piece in cells):
                rows.append([*line[:lead], group.head, *cells])
    return top, rows


def totals_apart(body: Sequence[Line], years: Sequence[Group]) -> tuple[list[Line], list[tuple[str, Piece]]]:
    """The rows without totals, and the figures of the totals, each with the label of its row and its year."""
    kept, figures = [], []
    for line in body:
        if kind_of(line[0].text) != "total":
            kept.append(line)
            continue
        figures += [(f"{group.head.text}{line[0].text}", piece) for group in years for piece in line[group.start : group.end] if piece.text]
    return kept, figures
