"""Columns that are sums or differences of other columns, row by row."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.discovery.grid import Grid, Line
from fireaudit.discovery.proposal import Candidate
from fireaudit.discovery.sums import Identity, identities, rank


def column_sums(grid: Grid) -> Iterator[Candidate]:
    """Columns of one dimension are tried together."""
    for dimension in dict.fromkeys(column.dimension for column in grid.columns):
        lines = [column for column in grid.columns if column.dimension == dimension]
        for identity in identities(lines):
            total = lines[identity.target].total
            mixed, *others = rank(lines, identity)
            order = (mixed, not total, *others)
            yield Candidate("total_column" if identity.run or total else "columns", (_check(grid, lines, identity),), grid.table.name, identity.bits, order)


def _check(grid: Grid, lines: list[Line], identity: Identity) -> str:
    target, names = lines[identity.target].key, [lines[number].key for _, number in identity.terms]
    if len(names) > 2 and all(sign > 0 for sign, _ in identity.terms):
        group = next((name for name, members in grid.table.groups.items() if set(members) == set(names)), None)
        return f"across({group or ', '.join(names)}) == {target}"
    signed = "".join((" - " if sign < 0 else " + ") + name for (sign, _), name in zip(identity.terms, names, strict=True))
    return f"{signed.removeprefix(' + ').lstrip()} == {target}"
