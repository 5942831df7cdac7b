"""Rows that follow each other in time: running totals, differences and growth from one row to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from fireaudit.discovery.chance import ENOUGH, KEYWORD, Evidence, misses_allowed, price, price_of_misses
from fireaudit.discovery.grid import Grid, Line
from fireaudit.discovery.labels import tokens
from fireaudit.discovery.proposal import Candidate, bound, keys
from fireaudit.plan.dates import read_years

SHORTEST = 4
MOST_COLUMNS = 60
OVER_BEFORE = re.compile(r"[比较]上[年月期]|环比|同比|年增长|增[长长幅速]|growth|change (?:on|over)|year.on.year|% change", re.IGNORECASE)
_MONTH = re.compile(r"([0-9]{1,2})月份?")


def series(grid: Grid) -> Iterator[Candidate]:
    """Only where every row is a year, and each comes after the one before; or a month of one year."""
    if len(grid.rows) < SHORTEST - 1 or not _in_order([row.key for row in grid.rows]) or len(grid.columns) > MOST_COLUMNS:
        return
    for level in grid.columns:
        for step in grid.columns:
            if level is not step:
                yield from _follow(grid, level, step)


def _in_order(keys: Sequence[str]) -> bool:
    months = [_MONTH.fullmatch(key) for key in keys]
    if all(months):
        numbers = [int(month[1]) for month in months if month is not None]
        return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    years = [read_years(re.sub(r"[底末]$", "", key)) for key in keys]
    return all(a is not None and b is not None and a[1] < b[0] for a, b in zip(years, years[1:], strict=False))


def _follow(grid: Grid, level: Line, step: Line) -> Iterator[Candidate]:
    headed = bool(OVER_BEFORE.search(step.label))
    named = bool(tokens(level.label) & tokens(step.label)) or grid.columns.index(step) == grid.columns.index(level) + 1
    cost = (0 if named else price(len(grid.columns))) - KEYWORD if headed else price(len(grid.columns) ** 2 * 3)
    if level.dimension == step.dimension and level.adds:
        yield from _judged(grid, level, step, cost, "cumulative" if "累计" in level.label or step.adds else "difference", 0)
    if step.dimension == ():
        for power in (0, 2):
            yield from _judged(grid, level, step, cost, "by_year", power)


def _judged(grid: Grid, level: Line, step: Line, cost: int, kind: str, power: int) -> Iterator[Candidate]:
    evidence, hits, misses = Evidence(), 0, 0
    for position in range(1, len(grid.rows)):
        before, now, change = level.bands[position - 1], level.bands[position], step.bands[position]
        if before is None or now is None or change is None or (kind == "by_year" and before[0] <= 0):
            continue
        if kind == "by_year":
            factor = Fraction(grid.scale) * 10**power
            low, high = (Fraction(now[0], before[2]) - 1) * factor, (Fraction(now[2], before[0]) - 1) * factor
            half = max(0, min(step.grain(position), grid.scale) - (change[2] - change[0])) / Fraction(2)
        else:
            low, high, half = Fraction(now[0] - before[2]), Fraction(now[2] - before[0]), Fraction(0)
        if high < change[0] - half or low > change[2] + half:
            misses += 1
            continue
        hits += 1
        window = int(high - low + change[2] - change[0] + 2 * half) + step.grain(position)
        evidence.match(change[1], window, (before, now, change))
    bits = evidence.bits - cost - price_of_misses(hits + misses, misses)
    headed = kind == "by_year" and bool(OVER_BEFORE.search(step.label))
    if hits >= SHORTEST - 1 - headed and misses <= misses_allowed(hits + misses, headed) and bits >= ENOUGH:
        yield Candidate(kind, (_check(grid, level, step, kind, power),), grid.table.name, bits, (1, misses, -bits))


def _check(grid: Grid, level: Line, step: Line, kind: str, power: int) -> str:
    rows = keys(grid.rows)
    second, before_last = bound(rows[1]), bound(rows[-2])
    now, before, change = f"{level.key}[{second}:]", f"{level.key}[:{before_last}]", f"{step.key}[{second}:]"
    if kind == "cumulative":
        return f"{before} + {change} == {now}"
    if kind == "difference":
        return f"{now} - {before} == {change}"
    return f"({now} - {before}) / {before}{' * 100' if power else ''} == {change}"
