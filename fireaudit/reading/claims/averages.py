"""Averages that a text states beside what they follow from: 全年3650起，日均10起 · 五年共50起，年均10起 · 罚款692.7万元，立案214件，件均3.24万元."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from fireaudit.quantity import Interval
from fireaudit.quantity.interval import point
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.levels import Item, Level, alike, is_amount
from fireaudit.reading.slips import mistyped

_NOUN = "(?P<noun>[^，,。;:、()\ue000-\ue003]{0,8})$"
_DAILY = re.compile(rf"(?:平均每[日天]|日均|每[日天]平均|[^.;]{{0,30}}\b(?:a daily average of|an average of)) ?{_NOUN}")
_MONTHLY = re.compile(rf"(?:平均每个?月|月均|每个?月平均) ?{_NOUN}")
_YEARLY = re.compile(rf"(?:^|[，,;、(])年均{_NOUN}")
_UNIT = "人次|人|户|件|册|场|车|次|亩|宗|套|笔|栋|座|家|所|个|支|辆|名|项|公顷|平方米|公里|台|张|间|吨|起"
_PER_UNIT = re.compile(
    rf"(?:^|[，,;、。(])(?:(?P<unit>{_UNIT})均|平均每(?P<each>{_UNIT})|(?:每(?P<one>{_UNIT})|单(?P<single>个))(?P<of>[^，,。;:、()\ue000-\ue003]{{0,8}})平均){_NOUN}"
)
_WHOLE_YEAR = re.compile(r"全年|年内|年度|一年|(?:19|20)[0-9]{2}年(?![0-9底末]|[一二三四上下前]|[0-9]+月)")
_PART_YEAR = re.compile("上半年|下半年|季度|[0-9一二三四五六七八九十]月|[前近][0-9一二三四五六七八九十两]+[个年]|截至|五年|三年|[0-9]{4}[-—~至]")
_MONTHS = re.compile("(?P<half>上半年)|前(?P<quarters>[二三])个?季度|(?<![0-9])1月?[-—~至到](?P<last>1[0-2]|[2-9])月")
_STOPS = re.compile("[，,。;:()]")
_WITHOUT_NOUN = re.compile("为|达到?|约|有|是|的|共|仅|近|超过?|就|[0-9]")


def averages(level: Level, items: Sequence[Item], whole_of: Mapping[int, int]) -> Iterator[Claim]:
    """全年3650起，平均每日10起; 开馆351天，到馆7020人次，日均20人次; 2019—2023年共50起，年均10起."""
    for k in range(1, len(level.which)):
        gap, mean = level.before(k), items[level.which[k]]
        found = _DAILY.search(gap) or _MONTHLY.search(gap) or _YEARLY.search(gap)
        if found is None or not is_amount(mean):
            continue
        near: list[tuple[int, int]] = []
        for place in _sentence_before(level, items, k, sentences=2):
            if not alike(items[level.which[place]], mean) or not _of_one_thing(level, items, place, k, found["noun"]):
                continue
            which = whole_of.get(level.which[place], level.which[place])
            spans = _days(level, items, k) if found.re is _DAILY else _months(level, k) if found.re is _MONTHLY else _years_of(items[which], level, items, k)
            near += ((which, times) for times in spans if alike(items[which], mean) and comes_near(items[which], times, mean))
        if near:
            which, times = next(((which, times) for which, times in near if _rounds_to(items[which], times, mean)), near[0])
            yield Claim("average", f"{{0}} / {times} == {{1}}", (which, level.which[k]))


def _days(level: Level, items: Sequence[Item], k: int) -> list[int]:
    """How many days a daily average may be over: those that the text names, or a whole year's; none where neither is said."""
    named = [items[which].quantity.text for which in level.which[max(0, k - 6) : k] if items[which].quantity.text.endswith(("天", "日"))]
    if named:
        return [int(named[-1][:-1])] if named[-1][:-1].isdigit() else []
    sentence = _sentence(level, k)
    if not _WHOLE_YEAR.search(sentence) or _PART_YEAR.search(sentence):
        return []
    years = {int(year) for year in re.findall("(?:19|20)[0-9]{2}", sentence)}
    return [366 if isleap(year) else 365 for year in years] if len(years) == 1 else [365, 366]


def _months(level: Level, k: int) -> list[int]:
    """How many months a monthly average may be over, where the sentence says it."""
    sentence = _sentence(level, k)
    found = list(_MONTHS.finditer(sentence))
    if len(found) == 1:
        return [6 if found[0]["half"] else 3 * (2 + (found[0]["quarters"] == "三")) if found[0]["quarters"] else int(found[0]["last"])]
    return [12] if _WHOLE_YEAR.search(sentence) and not _PART_YEAR.search(sentence) else []


def _years_of(whole: Item, level: Level, items: Sequence[Item], k: int) -> list[int]:
    """How many years a figure is of: by its span, or by 五年 beside it."""
    first, _, last = (whole.during or "").partition("-")
    if last:
        return [int(last) - int(first) + 1]
    named = [items[which].quantity.text[:-1] for which in level.which[max(0, k - 4) : k] if items[which].quantity.text.endswith("年")]
    said = named or re.findall("([两三四五六七八九十]|[0-9]{1,2})年", level.before(k - 1)[-16:])
    return [int(said[-1]) if said[-1].isdigit() else "零一二三四五六七八九十".find(said[-1].replace("两", "二"))] if said else []


def _sentence(level: Level, k: int) -> str:
    """What stands in the sentence before a figure, or, where that says no time, in the one before it, too."""
    *_, before, last = ["", *re.split("[。\n]", level.text[max(0, level.places[k] - 160) : level.places[k]])]
    return last if _WHOLE_YEAR.search(last) or _PART_YEAR.search(last) else before + last


def _rounds_to(whole: Item, times: Fraction | int, mean: Item) -> bool:
    a, b = whole.quantity.interval, mean.quantity
    return a is not None and b.nominal is not None and (a / point(times)).intersect(Interval(b.nominal - b.step, b.nominal + b.step)) is not None


def comes_near(whole: Item, times: Fraction | int, mean: Item) -> bool:
    """Whether a mean is about what it should be, or that but for a slip."""
    a, b = whole.quantity.nominal, mean.quantity.nominal
    right = Fraction(a) / times if a and b and times > 1 else Fraction(0)
    return right > 0 and (Fraction(1, 2) < right / Fraction(b or 1) < 2 or mistyped(mean.quantity, right))


def means(level: Level, items: Sequence[Item], whole_of: Mapping[int, int]) -> Iterator[Claim]:
    """立案214件，罚款692.7万元，件均3.24万元: the nearest figures of either unit before, a whole rather than its parts, where they come near it."""
    for k in range(2, len(level.which)):
        found, mean = _PER_UNIT.search(level.before(k)), items[level.which[k]]
        if found is None or not is_amount(mean):
            continue
        unit = found["unit"] or found["each"] or found["one"] or found["single"]
        before = list(_sentence_before(level, items, k))
        total = next((p for p in before if alike(items[level.which[p]], mean) and items[level.which[p]].quantity.unit.text[:1] != unit[:1]), None)
        if total is None or not _of_one_thing(level, items, total, k, found["noun"]):
            continue
        top = whole_of.get(level.which[total], level.which[total])
        counted = [whole_of.get(which, which) for p in before if p != total and items[which := level.which[p]].quantity.unit.text in (unit, f"{unit}次")]
        near = [(which, number) for which in counted if comes_near(items[top], number := _number(items[which]), mean)]
        if near:
            bottom, _ = next((one for one in near if _rounds_to(items[top], one[1], mean)), near[0])
            divisor = f"({{1}} / '1{unit}')" if items[bottom].quantity.unit.dimension else "{1}"
            yield Claim("average", f"{{0}} / {divisor} == {{2}}", (top, bottom, level.which[k]))


def _number(counted: Item) -> Fraction:
    return Fraction(counted.quantity.nominal or 0) / Fraction(counted.quantity.unit.factor)


def _of_one_thing(level: Level, items: Sequence[Item], total: int, k: int, noun: str) -> bool:
    """Whether a mean with a noun of its own has it from the total: of 收入730万元, no 日均支出."""
    noun = _WITHOUT_NOUN.sub("", noun)
    ended = any(level.strength(place) > 2 for place in range(total + 1, k + 1))
    clause = "".join((_STOPS.split(level.before(total))[-1], items[level.which[total]].label, _STOPS.split(level.behind(total))[0]))
    return any(noun[i : i + 2] in clause for i in range(len(noun) - 1)) if len(noun) > 1 else not ended


def _sentence_before(level: Level, items: Sequence[Item], k: int, sentences: int = 1) -> Iterator[int]:
    """The counts and measures of the sentence before a figure, the nearest first."""
    ended = 0
    for place in range(k - 1, max(-1, k - 9), -1):
        ended += level.strength(place + 1) > 2
        if ended == sentences:
            return
        if is_amount(items[level.which[place]]):
            yield place
