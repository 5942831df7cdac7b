"""Mean changes over the years from one level to another: 由2020年的18,200元提高到2024年的21,875元，年均增长4.7%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from fireaudit.quantity import Interval, Qualifier, Quantity
from fireaudit.quantity.interval import point
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.ends import both_ends
from fireaudit.reading.claims.gaps import CLAUSE as _T
from fireaudit.reading.claims.gaps import CLOSE, in_other_prices
from fireaudit.reading.claims.levels import AMOUNT, POINTS, SHARE, Item, alike
from fireaudit.reading.claims.verbs import EN_TAIL, EN_VERB, VERB

_MEAN = re.compile(rf"{_T}{{0,8}}?[，,、(]{{0,2}}(?:年均|平均每年|每年平均|年平均)(?:复合|递)?{VERB}(?:了|率|速度?|为|达到?|约|[加长少])*")
_EN_MEAN = re.compile(
    rf"{EN_TAIL}[,(]? ?(?:or |and |which is )?(?:an? )?(?:compound annual|average annual|annual average|mean annual|average yearly) (?:rate of )?{EN_VERB}(?: rate)?(?: of)? "
)
_SPAN = re.compile("((?:19|20)[0-9]{2})年?(?:[-—~至到]{1,2}|to )((?:19|20)[0-9]{2})")
_YEAR = re.compile("(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_HOW_MANY = re.compile("(?:近|过去|这|前)([两三四五六七八九十])年|([两三四五六七八九十])年[来间]|“?(十[一二三四五]五)”?(?:期间|时期|以来)")
_MOST_YEARS = 15


def over_years(text: str, items: Sequence[Item], gaps: Sequence[str]) -> Iterator[Claim]:
    for k in range(len(items) - 2):
        if not both_ends(gaps, items, k):
            continue
        for place in range(k + 2, min(k + 5, len(items))):
            if (then := _MEAN.fullmatch(gaps[place]) or _EN_MEAN.fullmatch(gaps[place])) is not None:
                yield from _mean(text, gaps, items, (k, k + 1, place), bool(then["up"]))
                break
            if not items[place].changes:
                break


def _mean(text: str, gaps: Sequence[str], items: Sequence[Item], which: tuple[int, int, int], up: bool) -> Iterator[Claim]:
    """What holds for one of the numbers of years that may be meant, or fails for all of them."""
    first, last, mean = (items[place] for place in which)
    if in_other_prices(text, first, mean):
        return
    start = max(first.start - CLOSE, text.rfind("。", 0, first.start) + 1)
    spans = _spans(text[start : first.end], gaps, which)
    compound = mean.mark == SHARE and first.mark == AMOUNT
    if not spans or not (compound or (mean.mark == POINTS and first.mark == SHARE) or (mean.mark == AMOUNT == first.mark and alike(first, mean))):
        return
    held = [years for years in spans if _holds(first.quantity, last.quantity, mean.quantity, years, up, compound)]
    if held or not compound or not any(_holds_simply(first.quantity, last.quantity, mean.quantity, years, up) for years in spans):
        signed = up or mean.changes or (mean.quantity.nominal or 0) < 0
        years = (held or spans)[0]
        if compound:
            growth = f"(1 {'+' if signed else '-'} {{2}})"
            yield Claim("mean_growth", " * ".join(["{0}", *[growth] * years]) + " == {1}", which)
        else:
            yield Claim("mean_growth", f"{'({1} - {0})' if signed else '({0} - {1})'} / {years} == {{2}}", which)


def _spans(before: str, gaps: Sequence[str], which: tuple[int, int, int]) -> list[int]:
    """How many years may lie between both ends, likeliest first: by the years they are of, by a span, by 五年来."""
    first, last, mean = which
    led = re.split("[由从自]", gaps[first])[-1]
    ends = [_YEAR.findall(led) or _YEAR.findall(gaps[last])[:1], _YEAR.findall(gaps[last].split("to ")[-1]) or _YEAR.findall(gaps[mean])]
    if gaps[last].isascii():
        ends = [_YEAR.findall(gaps[last]), _YEAR.findall(gaps[mean])]
    if all(ends):
        found = [int(ends[1][0]) - int(ends[0][0])]
    elif any(ends):
        return []  # one of them may be of any year
    elif span := _SPAN.search(before):
        found = [int(span[2]) - int(span[1]), int(span[2]) - int(span[1]) + 1]
    elif said := _HOW_MANY.search(before):
        years = 5 if said[3] else "零一两三四五六七八九十".index(said[1] or said[2])
        found = [years, years - 1]
    else:
        return []
    return found if 1 < found[0] <= _MOST_YEARS else []


def _holds(first: Quantity, last: Quantity, mean: Quantity, years: int, up: bool, compound: bool) -> bool:
    a, b, rate = first.interval, last.interval, _rounded(mean, up)
    if a is None or b is None or rate is None:
        return False
    if not compound:
        return ((b - a) / point(years)).intersect(rate) is not None
    grown = a
    for _ in range(years):
        grown = grown * (point(1) + rate)
    return grown.intersect(b) is not None


def _holds_simply(first: Quantity, last: Quantity, mean: Quantity, years: int, up: bool) -> bool:
    """Whether the mean is the whole growth divided by the years, as nobody should but some do."""
    a, b, rate = first.interval, last.interval, _rounded(mean, up)
    return a is not None and b is not None and rate is not None and a.low is not None and a.low > 0 and ((b - a) / a / point(years)).intersect(rate) is not None


def _rounded(mean: Quantity, up: bool) -> Interval | None:
    if mean.nominal is None or mean.qualifier is Qualifier.RANGE:
        return None
    half = Fraction(mean.step) / 2
    around = Interval(mean.nominal - half, mean.nominal + half)
    return around if up or mean.nominal < 0 else -around
