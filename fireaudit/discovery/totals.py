"""Totals that two tables print of the same columns: where most of them agree, all should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from fireaudit.discovery.chance import ENOUGH, KEYWORD, Evidence, price, price_of_misses
from fireaudit.discovery.grid import Grid, Line, grid_of
from fireaudit.discovery.proposal import Candidate
from fireaudit.plan.model import Plan

MOST_TABLES = 60


def same_totals(plan: Plan) -> Iterator[Candidate]:
    """Two columns or more of the same headings and units, most of whose totals agree."""
    grids = [grid_of(table, total=True) for table in plan.tables.values() if table.total is not None][:MOST_TABLES]
    cost = price(len(grids) ** 2)
    for one, other in combinations(grids, 2):
        pairs = list(_common(one, other))
        hits = [pair for pair in pairs if _agree(*pair, one.scale, other.scale)]
        if len(hits) < 2 or len(hits) <= len(pairs) - len(hits):
            continue
        evidence = Evidence()
        for a, _ in hits:
            band = a.bands[-1]
            assert band is not None
            evidence.match(band[1], band[2] - band[0] + a.grain(len(a.bands) - 1), a.label)
        bits = evidence.bits + KEYWORD - cost - price_of_misses(len(pairs), len(pairs) - len(hits))
        if bits >= ENOUGH:
            checks = tuple(f"total({one.table.name}.{a.key}) == total({other.table.name}.{b.key})" for a, b in pairs)
            yield Candidate("restated", checks, None, bits, (3, len(pairs) - len(hits), -bits))


def _common(one: Grid, other: Grid) -> Iterator[tuple[Line, Line]]:
    """Columns headed alike that each have a total to add up to."""
    headed = {re.sub(r"\W", "", line.label): line for line in other.columns if line.adds and line.bands[-1] is not None}
    for line in one.columns:
        there = headed.get(re.sub(r"\W", "", line.label))
        if there is not None and line.adds and line.bands[-1] is not None and line.dimension == there.dimension:
            yield line, there


def _agree(a: Line, b: Line, scale: int, other_scale: int) -> bool:
    x, y = a.bands[-1], b.bands[-1]
    return x is not None and y is not None and x[0] * other_scale <= y[2] * scale and x[2] * other_scale >= y[0] * scale
