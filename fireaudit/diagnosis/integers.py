"""Systems of a few linear inequalities over whole numbers, solved exactly by Fourier-Motzkin elimination.

The unknowns are moves of printed figures, counted in steps of their last digit; a repair has one to four of them.
Every inequality is divided by the greatest common divisor of its coefficients and its bound rounded down, which loses
no whole solution; so strict and closed ends, and rational coefficients, all become whole numbers at the door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from fireaudit.quantity import Exact

Row = tuple[tuple[int, ...], int]
"""Coefficients and bound: the sum of coefficient times unknown is at most the bound."""

Range = tuple[int | None, int | None]

MOST_ROWS = 600
TRIES = 12


@dataclass(frozen=True, slots=True)
class Solution:
    """One whole solution, nearest to zero first, and the range of each unknown over all solutions."""

    values: tuple[int, ...]
    ranges: tuple[Range, ...]


def row(coefficients: Sequence[Exact], bound: Exact, strict: bool) -> Row | None:
    """An inequality in whole numbers; ``None`` where it has no unknown and holds. Raises ``Infeasible``."""
    scale = lcm(*(Fraction(c).denominator for c in coefficients))
    whole = [int(c * scale) for c in coefficients]
    limit = bound * scale
    divisor = gcd(*whole)
    if divisor == 0:
        if limit < 0 or (limit == 0 and strict):
            raise Infeasible
        return None
    limit = Fraction(limit) / divisor
    floor = limit.numerator // limit.denominator
    if strict and floor == limit:
        floor -= 1
    return tuple(c // divisor for c in whole), floor


class Infeasible(Exception):
    """No numbers satisfy the inequalities."""


def solve(rows: Sequence[Row], unknowns: int) -> Solution | None:
    """A solution that is not all zero where there is one, with ranges; ``None`` where there is no solution."""
    tightest: dict[tuple[int, ...], int] = {}
    for coefficients, bound in rows:
        tightest[coefficients] = min(bound, tightest.get(coefficients, bound))
    rows = list(tightest.items())
    try:
        ranges = tuple(_range(rows, unknown, unknowns) for unknown in range(unknowns))
        values = _witness(rows, unknowns)
    except Infeasible:
        return None
    return None if values is None else Solution(values, ranges)


def _range(rows: Sequence[Row], unknown: int, unknowns: int) -> Range:
    left = list(rows)
    for other in range(unknowns):
        if other != unknown:
            left = _eliminate(left, other)
    return _bounds(left, unknown)


def _bounds(rows: Sequence[Row], unknown: int) -> Range:
    """The range of the one unknown that is left in ``rows``."""
    low: int | None = None
    high: int | None = None
    for coefficients, bound in rows:
        c = coefficients[unknown]
        if c > 0:
            high = bound // c if high is None else min(high, bound // c)
        elif c < 0:
            low = -(bound // -c) if low is None else max(low, -(bound // -c))
        elif bound < 0:
            raise Infeasible
    if low is not None and high is not None and low > high:
        raise Infeasible
    return low, high


def _eliminate(rows: Sequence[Row], unknown: int) -> list[Row]:
    above = [r for r in rows if r[0][unknown] > 0]
    below = [r for r in rows if r[0][unknown] < 0]
    if len(above) * len(below) > MOST_ROWS**2:
        raise Infeasible  # as below
    left: dict[tuple[int, ...], int] = {}
    for coefficients, bound in rows:
        if coefficients[unknown] == 0:
            left[coefficients] = min(bound, left.get(coefficients, bound))
    for upper, high in above:
        for lower, low in below:
            a, b = -lower[unknown], upper[unknown]
            combined = row([a * u + b * v for u, v in zip(upper, lower, strict=True)], a * high + b * low, strict=False)
            if combined is not None:
                left[combined[0]] = min(combined[1], left.get(combined[0], combined[1]))
    if len(left) > MOST_ROWS:
        raise Infeasible  # too entangled to be a repair anyone could follow
    return list(left.items())


def _witness(rows: list[Row], unknowns: int) -> tuple[int, ...] | None:
    """Fix the unknowns one by one, each as near to zero as the others allow."""
    return _fix(rows, 0, unknowns)


def _fix(rows: list[Row], unknown: int, unknowns: int) -> tuple[int, ...] | None:
    if unknown == unknowns:
        return ()
    left = rows
    for other in range(unknown + 1, unknowns):
        left = _eliminate(left, other)
    for value in _near_zero(_bounds(left, unknown)):
        try:
            fixed = [
                (tuple(0 if i == unknown else c for i, c in enumerate(coefficients)), bound - coefficients[unknown] * value) for coefficients, bound in rows
            ]
            rest = _fix(fixed, unknown + 1, unknowns)
        except Infeasible:
            continue
        if rest is not None:
            return (value, *rest)
    return None


def _near_zero(found: Range) -> list[int]:
    """Values of a range, from the one nearest to zero on; zero itself last, for a figure that need not move."""
    low, high = found
    start = max(0, low) if low is not None else 0
    if high is not None and start > high:
        start = high
    around = [start + way * far for far in range(TRIES) for way in (1, -1)]
    inside = [v for v in dict.fromkeys(around) if (low is None or v >= low) and (high is None or v <= high)]
    return sorted(inside, key=lambda v: (v == 0, abs(v), -v))
