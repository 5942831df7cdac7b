"""Stated dates as spans of days: 2021年 · 2021-2022年 · 2022年6月底 · 到2025年 · 2025年前."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_WHEN = re.compile(
    r"(?P<by>到|至|截至|力争|于)*(?P<y>[0-9]{4})(?:年|[-./])?(?:[-~—至到](?P<y2>[0-9]{4})年?|"
    r"(?P<m>1[0-2]|0?[1-9])(?:(?:月|[-./])(?:(?P<d>3[01]|[12][0-9]|0?[1-9])日?)?)?)?"
    r"(?P<end>年?[底末内中初上下半年]*)?(?P<before>前|以前|之前)?(?P<since>起|后|以来)?"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """Days, as ordinals, on which the thing may have happened; ``None`` where open."""

    first: int | None
    last: int | None

    def meets(self, other: Moment) -> bool:
        lows = [x.first for x in (self, other) if x.first is not None]
        highs = [x.last for x in (self, other) if x.last is not None]
        return not lows or not highs or max(lows) <= min(highs)


def read_when(text: str) -> Moment | None:
    """The days a stated date allows, or ``None`` where it is no date. A month's or year's 前 includes that period."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
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


def read_years(text: str) -> tuple[int, int] | None:
    """The first and last year of ``2021``, ``2021年``, ``2021-2022年``; ``None`` where there is none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    match = re.fullmatch(r"([0-9]{4})年?(?:[-~—至到–]+([0-9]{4}))?年?", plain)
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return (first, last) if first <= last else None
