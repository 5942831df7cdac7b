"""Rows that are sums or differences of other rows in nearly every column: totals and subtotals that the plan does not mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fireaudit.discovery.grid import Grid, Line
from fireaudit.discovery.proposal import Candidate, bound, keys
from fireaudit.discovery.sums import MOST_LINES, Identity, identities, rank, tried

MOST_BACK = 2000
"""Rows that a total of a long table is looked for in."""
_YEAR = re.compile(r"\D{0,2}[0-9]{4}\D{0,3}|[0-9]{4}\D{1,3}[0-9]{4}\D?|\D?[0-9]{1,2}月|.*季度?")


def row_sums(grid: Grid) -> Iterator[Candidate]:
    lines = grid.turned()
    found = identities(lines) if len(lines) <= MOST_LINES else list(_long(lines))
    names, rows = [column.key for column in grid.columns if column.adds], keys(grid.rows)
    for identity in found:
        if _YEAR.fullmatch(lines[identity.target].label):
            continue
        checks = tuple(_check(rows, identity, name) for index, name in enumerate(names) if _can_be_sum(lines, identity, index))
        yield Candidate("total_row" if identity.run or lines[identity.target].total else "rows", checks, grid.table.name, identity.bits, rank(identity))


def _can_be_sum(lines: Sequence[Line], identity: Identity, column: int) -> bool:
    """There is a figure, and it does not lie among positive parts as their mean does where it is not their sum."""
    whole, parts = lines[identity.target].bands[column], [(sign, lines[number].bands[column]) for sign, number in identity.terms]
    known = [band for sign, band in parts if sign > 0 and band is not None]
    if whole is None or column not in identity.misses or len(known) < len(parts):
        return whole is not None
    least, most = min(band[0] for band in known), max(band[2] for band in known)
    return not (0 < least < whole[1] < most <= 2 * least)


def _check(rows: Sequence[str], identity: Identity, column: str) -> str:
    numbers = [number for _, number in identity.terms]
    target = f"{column}[{rows[identity.target]}]"
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)) and all(sign > 0 for sign, _ in identity.terms):
        return f"{target} == sum({column}[{bound(rows[numbers[0]])}:{bound(rows[numbers[-1]])}])"
    signed = "".join((" - " if sign < 0 else " + ") + f"{column}[{rows[number]}]" for sign, number in identity.terms)
    return f"{target} == {signed.removeprefix(' + ').lstrip()}"


def _long(lines: Sequence[Line]) -> Iterator[Identity]:
    """A long table is read once, from the top: a row headed as a total takes up the rows before it that it is the sum of."""
    opened: list[int] = []
    for number, line in enumerate(lines):
        if line.total and line.adds:
            identity = _closing(lines, opened, number)
            if identity is not None:
                yield identity
                taken = {part for _, part in identity.terms}
                opened = [other for other in opened if other not in taken]
        opened.append(number)


def _closing(lines: Sequence[Line], opened: list[int], total: int) -> Identity | None:
    """The run of rows up to the total that adds up to it in the column with its largest figure."""
    whole = lines[total]
    known = [(abs(band[1]), position) for position, band in enumerate(whole.bands) if band is not None]
    for _, position in sorted(known, reverse=True)[:2]:
        target = whole.bands[position]
        low = high = 0
        for count, number in enumerate(reversed(opened[-MOST_BACK:]), 1):
            band = lines[number].bands[position]
            if target is None or band is None:
                break
            low, high = low + band[0], high + band[2]
            if count > 1 and low <= target[2] and high >= target[0]:
                terms = tuple((1, part) for part in opened[-count:])
                identity = tried(lines, total, terms, count.bit_length(), "whole")
                if identity is not None:
                    return identity
    return None
