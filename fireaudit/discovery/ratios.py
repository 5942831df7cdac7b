"""Columns that are products, quotients, growth rates or shares of others, to the digits they are printed with."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import permutations

from fireaudit.discovery.chance import ENOUGH, Evidence, hopeless, misses_allowed, price, price_of_misses
from fireaudit.discovery.grid import Band, Grid, Line
from fireaudit.discovery.labels import tokens
from fireaudit.discovery.proposal import Candidate, throughout
from fireaudit.plan.model import Row
from fireaudit.quantity import decimal_text
from fireaudit.quantity.interval import canonical
from fireaudit.quantity.unit import combine

POWERS = (0, 2, 3, 4, 5, 1, -1, -2, -3, -4, 6, 8)
"""Powers of ten between a quotient and the column that prints it: per cent, per ten thousand, 元 and 万元."""
TELLING = 5
MOST_COLUMNS = 40
MOST_SHARES = 200
MOST_CANDIDATES = 500
FINE = 10**9
RATIO = 4
"""What a label such as 率, 均 or 占比 is worth."""
_PRICE = re.compile(r"单价|單價|均价|价格|标准|單位成本|单位成本|\b(?:unit|price|cost per|rate)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"金额|金額|总价|合价|小计|合计|总[额计]|资金|经费|费用|\b(?:amount|total|cost|value)\b", re.IGNORECASE)
_REAL = re.compile(r"生产总值|生產總值|增加值|附加值|第[一二三]产业|\bGDP\b|gross domestic|value added", re.IGNORECASE)
_GROWTH = re.compile(r"增[长長减減幅速加]|下降|同比|[比较較]上|变[动化]|變[動化]|\b(?:change|growth|increase|decrease|variance)\b|±", re.IGNORECASE)

Pair = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Form:
    """``kind`` of a relation between columns ``a``, ``b`` and ``c``; ``power`` of ten that the left side is multiplied with."""

    kind: str
    a: int
    b: int
    c: int
    power: int = 0


def column_ratios(grid: Grid) -> Iterator[Candidate]:
    lines = [line for line in grid.columns if any(line.bands)]
    if len(lines) > MOST_COLUMNS:
        return
    votes: Counter[Form] = Counter()
    positions = _telling(lines)
    for position in positions:
        votes.update(dict.fromkeys(_candidates(lines, position, grid.scale), 1))
    good: dict[frozenset[int], list[tuple[int, int, Form]]] = {}
    real = frozenset(position for position, row in enumerate(grid.rows) if _REAL.search(row.key))
    for form, count in votes.most_common(MOST_CANDIDATES):
        without = real if form.kind == "growth" else frozenset[int]()
        if count >= min(2, len(positions)) and (found := _tried(lines, form, grid.scale, _cost(lines, form), without)):
            good.setdefault(frozenset((form.a, form.b, form.c)), []).append((*found, form))
    for forms in good.values():
        misses, bits, form = _plainest(lines, forms)
        checks = throughout(grid.table, partial(_written, lines, form), linear=False, without=partial(_other_growth, lines, form))
        yield Candidate(form.kind, checks, grid.table.name, bits, (2, misses, -bits))


def _other_growth(lines: list[Line], form: Form, row: Row) -> bool:
    """Growth from less than nothing, and a change as a share of it, are printed with either sign; what is produced grows at constant prices."""
    cell = row.cells.get(lines[form.b].key)
    if form.kind == "growth" and _REAL.search(row.key):
        return True
    return form.kind != "product" and cell is not None and cell.quantity.nominal is not None and cell.quantity.nominal < 0


def _plainest(lines: list[Line], forms: list[tuple[int, int, Form]]) -> tuple[int, int, Form]:
    """Of the ways to put one relation, the one that reads best among those with much the same evidence."""
    most = max(bits for _, bits, _ in forms)
    near = [found for found in forms if 4 * found[1] >= 3 * most]
    return min(near, key=lambda found: (_awkward(lines, found[2]), -found[1], found[2].kind, found[2].a, found[2].b))


def _awkward(lines: list[Line], form: Form) -> tuple[bool, bool, bool]:
    """The column that is worked out stands last or is headed as a rate; powers of ten are for want of units."""
    rate = lines[form.c].rate or not lines[form.c].adds
    return (form.power != 0, form.kind != "product" and not rate, form.c < max(form.a, form.b))


def _is_rate(lines: list[Line], form: Form) -> bool:
    """The column calls itself a rate or a share, and is one as printed or per cent: there are few such."""
    return form.kind != "product" and form.power in (0, 2) and lines[form.c].rate


def _cost(lines: list[Line], form: Form) -> int:
    """Bits for as many forms as might have been meant: of a growth headed so, beside the two columns that it compares, there is one."""
    if form.kind == "growth" and abs(form.a - form.b) == 1 and _headed(form.kind, lines[form.a].label, lines[form.b].label, lines[form.c]):
        return 0
    return price(len(lines) ** 2 * 2) if _is_rate(lines, form) else price(len(lines) ** 3 * len(POWERS))


def _written(lines: list[Line], form: Form, named: Callable[[str], str]) -> str:
    a, b, c = (named(lines[number].key) for number in (form.a, form.b, form.c))
    left = {"product": f"{a} * {b}", "ratio": f"{a} / {b}", "growth": f"({a} - {b}) / {b}"}[form.kind]
    if form.power:
        left += f" {'*' if form.power > 0 else '/'} {decimal_text(10 ** abs(form.power))}"
    return f"{left} == {c}"


def _telling(lines: list[Line]) -> list[int]:
    filled = sorted(range(len(lines[0].bands) if lines else 0), key=lambda p: (-sum(1 for line in lines if line.bands[p] and line.bands[p] != (0, 0, 0)), p))
    step = max(1, len(filled) // (2 * TELLING))
    return filled[: TELLING * step : step]


def _interval(band: Band | None, scale: int) -> Pair | None:
    return None if band is None or band[0] <= 0 else (Fraction(band[0], scale), Fraction(band[2], scale))


def _rounded(line: Line, position: int, scale: int) -> Pair | None:
    """A figure that was worked out was rounded at its last digit, a whole number too."""
    band = line.bands[position]
    if band is None or band[1] == 0:
        return None
    half = max(Fraction(band[2] - band[0], 2), Fraction(min(line.grain(position), scale), 2))
    return (band[1] - half) / scale, (band[1] + half) / scale


def _candidates(lines: list[Line], position: int, scale: int) -> Iterator[Form]:
    """What may hold at one position, in whole numbers of a fine unit; rounded outwards, for it is tried exactly later."""
    one = scale * FINE
    plain = {number: (band[0], band[2]) for number, line in enumerate(lines) if (band := line.bands[position]) and band[0] > 0}
    printed = sorted((int(pair[0] * one), int(pair[1] * one) + 1, number) for number, line in enumerate(lines) if (pair := _rounded(line, position, scale)))
    widest = max((high - low for low, high, _ in printed), default=0)
    lows = [low for low, _, _ in printed]
    for (a, x), (b, y) in permutations(plain.items(), 2):
        for kind, powers, low, high in _worked_out(x, y, one, scale, a < b):
            for power in powers:
                bottom, top = (low * 10**power, high * 10**power) if power >= 0 else (low // 10**-power, high // 10**-power + 1)
                for index in range(bisect_left(lows, bottom - widest), bisect_right(lows, top)):
                    _, end, c = printed[index]
                    if end >= bottom and c not in (a, b) and _fits(lines, kind, a, b, c):
                        yield Form(kind, a, b, c, power)


def _worked_out(x: tuple[int, int], y: tuple[int, int], one: int, scale: int, first: bool) -> Iterator[tuple[str, tuple[int, ...], int, int]]:
    low, high = x[0] * one // y[1], x[1] * one // y[0] + 1
    yield "ratio", POWERS, low, high
    yield "growth", (0, 2), low - one, high - one
    if first:
        yield "product", POWERS, x[0] * y[0] * FINE // scale, x[1] * y[1] * FINE // scale + 1


def _fits(lines: list[Line], kind: str, a: int, b: int, c: int) -> bool:
    x, y, z = (lines[number].dimension for number in (a, b, c))
    return z == combine(x, y, 1 if kind == "product" else -1) if kind != "growth" else x == y and z == ()


def _tried(lines: list[Line], form: Form, scale: int, cost: int, without: frozenset[int]) -> tuple[int, int] | None:
    """How many positions miss, and the evidence; ``None`` where there is too little."""
    a, b, c = lines[form.a], lines[form.b], lines[form.c]
    evidence = Evidence()
    divisors: set[Band] = set()
    hits = misses = 0
    up, down = 2 * scale * 10 ** max(form.power, 0), 10 ** max(-form.power, 0)
    headed = _headed(form.kind, a.label, b.label, c)
    allowed = misses_allowed(len(c.bands), headed)
    for position in range(len(c.bands)):
        x, y, band = a.bands[position], b.bands[position], c.bands[position]
        if x is None or y is None or band is None or x[0] <= 0 or y[0] <= 0 or band[1] == 0 or position in without:
            continue
        (low, below_low), (high, below_high) = _ends(form.kind, x, y, scale)
        spread = max(band[2] - band[0], min(c.grain(position), scale))  # as in _rounded, twice as large
        if high * up < (2 * band[1] - spread) * below_high * down or low * up > (2 * band[1] + spread) * below_low * down:
            misses += 1
            if hopeless(hits, misses, allowed):
                return None
            continue
        hits += 1
        divisors.add(y)
        window = (high * below_low - low * below_high) * up // (2 * below_high * below_low * down) + spread + 1
        evidence.match(band[1], window, (x, y, band))
    if not hits or misses > misses_allowed(hits + misses, headed) or (hits > 1 and len(divisors) < 2):
        return None
    bits = evidence.bits - cost - price_of_misses(hits + misses, misses) + (RATIO if c.rate or not c.adds else 0) + RATIO * headed
    return (misses, bits) if bits >= ENOUGH else None


def _ends(kind: str, x: Band, y: Band, scale: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The least and the most that is worked out of two figures, each as a numerator and a denominator: whole numbers are fast."""
    if kind == "product":
        return (x[0] * y[0], scale * scale), (x[2] * y[2], scale * scale)
    if kind == "growth":
        return (x[0] - y[2], y[2]), (x[2] - y[0], y[0])
    return (x[0], y[2]), (x[2], y[0])


def _headed(kind: str, a: str, b: str, c: Line) -> bool:
    """The headings say so: 完成率 of 完成 and 计划, 增长 of any two, 金额 of 数量 and 单价."""
    if kind == "product":
        return bool(_AMOUNT.search(c.label)) and bool(_PRICE.search(a)) != bool(_PRICE.search(b))
    return c.rate and ((kind == "growth" and bool(_GROWTH.search(c.label))) or bool(tokens(c.label) & tokens(a)))


def column_shares(grid: Grid) -> Iterator[Candidate]:
    """Columns that print the share of each row in a column's total."""
    if len(grid.rows) < 3 or len(grid.columns) > MOST_SHARES:
        return
    shares = [(share, power) for share in grid.columns if share.dimension == () and (power := _power_of_shares(grid, share)) is not None]
    for whole in grid.columns if shares else ():
        known = [band for band in whole.bands if band is not None]
        if not whole.adds or len(known) < len(whole.bands) or min(band[1] for band in known) < 0:
            continue
        low, high = sum(band[0] for band in known), sum(band[2] for band in known)
        for share, power in shares:
            if share is not whole and low > 0:
                yield from _share(grid, whole, share, Fraction(low), Fraction(high), power)


def _power_of_shares(grid: Grid, share: Line) -> int | None:
    """0 where the column adds up to about one, 2 where to about a hundred."""
    added = sum(band[1] for band in share.bands if band is not None)
    low, high = (5, 20) if share.rate else (7, 13)
    return next((power for power in (0, 2) if low * grid.scale * 10**power < 10 * added < high * grid.scale * 10**power), None)


def _share(grid: Grid, whole: Line, share: Line, low: Fraction, high: Fraction, power: int) -> Iterator[Candidate]:
    cost = price(len(grid.columns) ** 2 * 2)
    evidence, hits, misses = Evidence(), 0, 0
    for position, band in enumerate(whole.bands):
        printed = _rounded(share, position, grid.scale)
        if band is None or printed is None:
            continue
        bottom, top = canonical(band[0] / high * 10**power), canonical(band[2] / low * 10**power)
        if top < printed[0] or bottom > printed[1]:
            misses += 1
            if hopeless(hits, misses, misses_allowed(len(whole.bands), share.rate)):
                return
            continue
        hits += 1
        shown = share.bands[position]
        assert shown is not None
        evidence.match(shown[1], int((top - bottom + printed[1] - printed[0]) * grid.scale) + 1, (band, shown))
    bits = evidence.bits - cost - price_of_misses(hits + misses, misses) + (RATIO if share.rate else 0)
    headed = share.rate
    if hits > 2 - headed and misses <= misses_allowed(hits + misses, headed) and bits >= ENOUGH:
        total = f"total({whole.key})" if grid.table.total and whole.key in grid.table.total.cells else f"sum({whole.key})"
        check = f"{whole.key} / {total}{' * 100' if power else ''} == {share.key}"
        yield Candidate("share", (check,), grid.table.name, bits, (2, misses, -bits))
