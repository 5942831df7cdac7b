"""Columns that are sums or differences of other columns, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from fireaudit.discovery.chance import KEYWORD, price
from fireaudit.discovery.grid import CHANGE, STOCK, Grid, Line
from fireaudit.discovery.proposal import Candidate, throughout
from fireaudit.discovery.sums import Identity, identities, rank, tried


def column_sums(grid: Grid) -> Iterator[Candidate]:
    """Columns of one dimension are tried together, what is left at one time too. What heads itself a change is tried with the columns before it."""
    columns = [replace(column, adds=True) if STOCK.search(column.label) and not column.rate else column for column in grid.columns]
    for dimension in dict.fromkeys(column.dimension for column in columns):
        lines = [column for column in columns if column.dimension == dimension]
        for identity in [*identities(lines), *_changes(lines)]:
            total = lines[identity.target].total
            mixed, *others = rank(identity)
            order = (mixed, not total, *others)
            kind = "total_column" if identity.run or total else "columns"
            rounded = [grid.rows[position] for position in identity.misses if _within_rounding(grid, lines, identity, position)]
            checks = throughout(grid.table, _written(grid, lines, identity), linear=True, without=rounded.__contains__)
            yield Candidate(kind, checks, grid.table.name, identity.bits, order)


def _within_rounding(grid: Grid, lines: list[Line], identity: Identity, position: int) -> bool:
    """A sum missed by no more than rounding explains where columns print 244 and 7,612.60 for tenths."""
    terms = [(1, lines[identity.target]), *((-sign, lines[number]) for sign, number in identity.terms)]
    off = sum(sign * band[1] for sign, line in terms if (band := line.bands[position]) is not None)
    return 2 * abs(off) <= sum(step for _, line in terms if (step := line.grain(position)) < grid.scale)


def _changes(lines: list[Line]) -> Iterator[Identity]:
    """The last of two columns less the first, or the first less the last, is the change headed so."""
    before: list[int] = []
    for number, line in enumerate(lines):
        if not CHANGE.search(line.label):
            before = [*before[-1:], number]
        elif line.adds and len(before) == 2:
            for later, earlier in (before[::-1], before):
                found = tried(lines, later, ((1, earlier), (1, number)), price(2) - KEYWORD, "whole")
                if found is not None:
                    yield Identity(found.target, found.terms, found.hits, found.misses, found.bits, False)


def _written(grid: Grid, lines: list[Line], identity: Identity) -> Callable[[Callable[[str], str]], str]:
    names = [lines[number].key for _, number in identity.terms]
    plain = len(names) > 2 and all(sign > 0 for sign, _ in identity.terms)
    group = next((name for name, members in grid.table.groups.items() if set(members) == set(names)), None)

    def write(named: Callable[[str], str]) -> str:
        target = named(lines[identity.target].key)
        if plain and named(names[0]) == names[0]:
            return f"across({group or ', '.join(names)}) == {target}"
        signed = "".join((" - " if sign < 0 else " + ") + named(name) for (sign, _), name in zip(identity.terms, names, strict=True))
        return f"{signed.removeprefix(' + ').lstrip()} == {target}"

    return write
