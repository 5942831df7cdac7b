"""Columns whose blanks and dashes count nothing: where a column of totals is the sum of what is printed beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fireaudit.quantity import Exact
from fireaudit.reading.figures import figure
from fireaudit.reading.tables.fits import NONE
from fireaudit.reading.tables.row import Row

_TOTAL = re.compile(r"[合总小共總][计計]|总[数量额投]|總數|(?i:\btotal\b|\bsum\b)")


def nothing_columns(labels: Sequence[str], adding: Sequence[int], rows: Sequence[Row]) -> set[int]:
    """``adding``: the columns of figures that can be added up, by their ``labels``."""
    found: set[int] = set()
    for total, parts in _groups(labels, adding):
        told = [held for row in rows if (held := _holds(row, total, parts)) is not None]
        if sum(told) >= 2 and sum(told) >= 4 * (len(told) - sum(told)):
            found |= set(parts)
    return found


def is_total(label: str) -> bool:
    """Whether a column calls itself a total."""
    return bool(_TOTAL.search(label))


def _groups(labels: Sequence[str], adding: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Each column of totals with the columns before it, back to another one, and with those behind it."""
    totals = [column for column in adding if is_total(labels[column])]
    for total in totals:
        before = [c for c in adding if c < total and not any(c <= other < total for other in totals)]
        after = [c for c in adding if c > total and not any(total < other <= c for other in totals)]
        for parts in (before, after):
            if len(parts) > 1:
                yield total, parts


def _holds(row: Row, total: int, parts: Sequence[int]) -> bool | None:
    """Whether the total is the sum of what is there; ``None`` where nothing is blank, or nothing can be said."""
    whole = _value(row, total)
    there = [c for c in parts if row.cells[c].text.strip() not in NONE]
    values = [_value(row, c) for c in there]
    if whole is None or not whole or len(there) == len(parts) or not there or None in values:
        return None
    return sum(value for value in values if value is not None) == whole


def _value(row: Row, column: int) -> Exact | None:
    quantity = figure(row.cells[column].text)
    return quantity.nominal if quantity is not None else None
