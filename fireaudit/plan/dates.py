"""Stated dates as spans of days: 2021年 · 2021-2022年 · 2022年6月底 · 到2025年 · 2025年前 · 十四五末 · 近期（2021-2025年）."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from fireaudit.quantity.numeral import take_numeral

_WHEN = re.compile(
    r"(?P<by>到|至|截至|力争|于)*(?P<y>[0-9]{4})(?:年|[-./])?(?:[-~—至到](?P<y2>[0-9]{4})年?|"
    r"(?P<m>1[0-2]|0?[1-9])(?:(?:月|[-./])(?:(?P<d>3[01]|[12][0-9]|0?[1-9])日?)?)?)?"
    r"(?P<end>年?[底末内中初上下半年]*)?(?P<before>前|以前|之前)?(?P<since>起|后|以来)?"
)


_FIVE = re.compile(r"[“\"「]?(?P<n>[一二三四五六七八九十]{1,3})五[”\"」]?(?:规划)?(?:期间|时期|期内|期|(?P<end>期?末|末期))?")
_OWN = re.compile(r"规划(?:期内|期间|期|(?P<end>期?末|末期))")
_LABELLED = re.compile(r"(?:近|中|远|前|后|规划|近中|中远)期\((.+)\)")
FIRST_PLAN = 3
"""The third five-year plan began in 1966; from then on they follow each other without a gap."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Days, as ordinals, on which the thing may have happened; ``None`` where open."""

    first: int | None
    last: int | None

    def meets(self, other: Moment) -> bool:
        lows = [x.first for x in (self, other) if x.first is not None]
        highs = [x.last for x in (self, other) if x.last is not None]
        return not lows or not highs or max(lows) <= min(highs)


def five_years(numeral: str) -> tuple[int, int] | None:
    """The years of the five-year plan of that number, as 十四 of 十四五."""
    read = take_numeral(numeral)
    if read is None or read[1] or not FIRST_PLAN <= read[0].value <= 30:
        return None
    first = 1966 + 5 * (int(read[0].value) - FIRST_PLAN)
    return first, first + 4


def _named(plain: str, period: tuple[int, int] | None) -> tuple[int, int] | None:
    """The years of 十四五, 十四五末, and of 规划期末 where the plan's own period is known."""
    five, own = _FIVE.fullmatch(plain), _OWN.fullmatch(plain)
    match, years = (five, five_years(five["n"])) if five else (own, period)
    if match is None or years is None:
        return None
    return (years[1], years[1]) if match["end"] else years


def read_when(text: str, period: tuple[int, int] | None = None) -> Moment | None:
    """The days a stated date allows, or ``None`` where it is no date. A month's or year's 前 includes that period.

    ``period``: the plan's own, which 规划期末 speaks of.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if years := _named(plain.removeprefix("到").removeprefix("至"), period):
        return Moment(None if plain[0] in "到至" else date(years[0], 1, 1).toordinal(), date(years[1], 12, 31).toordinal())
    if labelled := _LABELLED.fullmatch(plain):
        plain = labelled[1]
    match = _WHEN.fullmatch(plain)
    if match is None or not 1900 <= int(match["y"]) <= 2199:
        return None
    year, last_year = int(match["y"]), int(match["y2"] or match["y"])
    if last_year < year or last_year > 2199:
        return None
    first_month, last_month = (int(match["m"]),) * 2 if match["m"] else (1, 12)
    from calendar import monthrange

    last_day = monthrange(last_year, last_month)[1]
    day = int(match["d"]) if match["d"] else 0
    if day > last_day:
        return None
    first = date(year, first_month, day or 1).toordinal()
    last = date(last_year, last_month, day or last_day).toordinal()
    if match["by"] or match["before"]:
        return Moment(None, last)
    return Moment(first, None if match["since"] else last)


def read_years(text: str, period: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """The first and last year of ``2021``, ``2021年``, ``2021-2022年``, ``近期（2021-2025年）``, ``十四五末``; ``None`` where there is none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if years := _named(plain, period):
        return years
    if labelled := _LABELLED.fullmatch(plain):
        plain = labelled[1]
    match = re.fullmatch(r"([0-9]{4})年?(?:[-~—至到–]+([0-9]{4}))?年?", plain)
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (first, last) if first <= last else None
