"""The time a clause speaks of: “十三五”期间 → 2016-2020, 到2025年 → 2025, and whether that is a span, a target or a state."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from fireaudit.plan.dates import five_years
from fireaudit.reading.prose.clauses import Clauses

_YEAR = "(?:19|20|21)[0-9]{2}"
_MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WHEN = re.compile(
    rf"(?:\b(?:[Bb]y|[Ii]n|[Dd]uring|[Ss]ince|[Ff]or|[Oo]f) )?(?P<fiscal>{_YEAR})[-/–](?P<next>[0-9]{{2}})(?![0-9]|[-/.][0-9])"
    r"|(?P<until>[截到至]{1,2})?(?:民国(?P<roc>[0-9]{2,3})年|(?:(?<=[，。;:、(较比至自从于在与及到截])|(?m:^))(?P<republic>1[0-4][0-9])年(?![来历间以之内]))(?P<close>度|[底末])?"
    r"|(?P<relative>去年|上年度?|上一年度?|前年|明年|次年|(?:过去|近|最近|未来|今后|这)[二三四五六七八九十两0-9]{1,2}年|[三五十]年来|[Ll]ast year|(?:previous|prior|following|next) year)"
    r"|(?P<all>全年|本年度?|报告期内?)|(?P<same>今年|过去(?:的)?一年|一年来|[Tt]his year)"
    rf"|(?P<at>(?:[Aa]s )?(?:[Aa]t|of) )?[0-3]?[0-9](?:st|nd|rd|th)? {_MONTHS},? (?P<dated>{_YEAR})\b|{_MONTHS} (?:[0-3]?[0-9],? )?(?P<month>{_YEAR})\b"
    rf"|(?P<first>{_YEAR})年?(?:[-—~～–－至到]{{1,2}}|\bto | and )(?P<last>{_YEAR})(?:年|(?![0-9]))"
    r"|(?P<opened>[“「‘\"]?)(?P<five>[一二三四五六七八九十]{1,3})五(?P<closed>[”」’\"]?)(?P<of>(?:规划)?(?:期末|末|时期|期间|以来|期(?![刊货])))?(?!规划)"
    rf"|(?P<upto>截至|截止|到|至|于|[Bb]y (?:the end of )?|[Uu]ntil )?(?P<year>{_YEAR})年(?:度|[0-9]{{1,2}}月(?:[0-9]{{1,2}}(?P<day>日))?)?(?P<end>年?[底末])?(?P<before>之?以?前)?"
    rf"|\b(?P<prep>[Bb]y|[Ii]n|[Dd]uring|[Ss]ince|[Uu]ntil|[Oo]f|as of)(?: the end of)? (?P<plain>{_YEAR})\b"
    r"|(?P<now>目前|(?<![对把将在用托合与])现有|现共有|当前|迄今|[Cc]urrently)"
)
_COMPARED = re.compile(r"(?:[较比与]|相比|同比|对比|低于|高于|than |with |from )[“「]?$")

_OWN = re.compile(rf"\((?:截至|到)?(?P<year>{_YEAR})年?(?P<end>年?[底末])?度?\)")

_LEAD = 8  # characters a sentence may begin with before the period that it hands on
_REACH = 80  # characters behind a figure in which its period may stand


@dataclass(frozen=True, slots=True)
class Period:
    """``kind`` is target (到2025年), stock (截至2022年底, 目前), flow (2016-2020年), or how it hangs on what was said before:
    relative (去年, of a year that is not told), same (今年, of the year the section is about) or all (全年, of the year told before). ``during`` is None where no year is told;
    ``day``: of an event, whose date says nothing of what follows it."""

    start: int
    end: int
    during: str | None
    kind: str | None
    day: bool = False


def periods_of(text: str) -> list[Period]:
    """Every time that is mentioned, but those a figure is only compared with (较2020年)."""
    found = []
    for match in _WHEN.finditer(text):
        period = _period(match)
        if period is not None and not _COMPARED.search(text, max(0, match.start() - 6), match.start()):
            found.append(period)
    return found


def _period(match: re.Match[str]) -> Period | None:
    start, end = match.span()
    if match["now"]:
        return Period(start, end, None, "stock")
    if hanging := next((kind for kind in ("relative", "same", "all") if match[kind]), None):
        return Period(start, end, None, hanging)
    if match["fiscal"]:
        following = int(match["fiscal"]) + 1
        return Period(start, end, f"{match['fiscal']}-{following}", "flow") if following % 100 == int(match["next"]) else None
    if republic := match["roc"] or match["republic"]:
        return Period(start, end, str(int(republic) + 1911), "stock" if match["close"] in ("底", "末") else "target" if match["until"] else "flow")
    if match["dated"] or match["month"]:
        return Period(start, end, match["dated"] or match["month"], "stock" if match["at"] else "flow", day=not match["at"] and match["dated"] is not None)
    if match["first"]:
        return Period(start, end, f"{match['first']}-{match['last']}", "flow") if match["first"] < match["last"] else None
    if match["five"]:
        if not match["of"] and not (match["opened"] and match["closed"]):
            return None
        found = five_years(match["five"])
        if found is None:
            return None
        years = f"{found[0]}-{found[1]}"
        last = match["of"] is not None and match["of"].endswith("末")
        return Period(start, end, years[-4:] if last else years, "target" if last else "flow")
    year = match["year"] or match["plain"]
    word = (match["upto"] or match["prep"] or "").strip().lower()
    if word in ("截至", "截止", "as of", "as at"):
        return Period(start, end, year, "stock")
    if match["day"]:
        return Period(start, end, year, "flow", day=True)
    reached = match.string.startswith("的", end)  # 增加至2023年的738宗 tells where it came to
    if match["before"] or (word in ("到", "至", "until") and not reached) or word.startswith("by"):
        return Period(start, end, year, "target")
    return Period(start, end, year, "flow" if not match["end"] else "stock")


class Times:
    """Which period holds for a figure: its own in brackets, or the nearest before it, handed on from clause to clause of a paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.periods = periods_of(text)
        self.starts = [period.start for period in self.periods]

    def at(self, start: int, end: int, clauses: Clauses, flow: bool) -> Period | None:
        """``flow``: the figure is one (新建40个), so 目前 before it does not hold for it."""
        if own := _OWN.match(self.text, end):  # 由19.7%（2025年）降至10%（2030年）
            return Period(own.start(), own.end(), own["year"], "stock" if own["end"] else "flow")
        depth = clauses.depth
        i = bisect_right(self.starts, start)
        clause = clauses.start(start)
        behind = self.periods[i] if i < len(self.periods) else None
        if behind and not (end <= behind.start < clauses.end(end, end + _REACH) and depth[behind.start] == depth[start]):
            behind = None
        for period in reversed(self.periods[max(0, i - 8) : i]):
            if period.kind == "all":  # 2023年全年: the year that was told
                continue
            if behind and period.start < clause:
                return behind
            if depth[period.start] <= depth[start] and not (flow and period.during is None and period.kind == "stock"):
                sentence = clauses.sentence(start)
                if period.start >= sentence:
                    return period
                if period.start - clauses.sentence(period.start) > _LEAD:
                    continue  # of a figure of that sentence, and not what the text goes on with
                return None if period.kind == "stock" or period.day else period
        return behind
