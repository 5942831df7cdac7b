"""Shares and averages that a text states beside the figures they are of: 60个，其中A 12个，占20% · 抽检60批次，合格57批次，合格率95%."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from fireaudit.quantity import Interval, Qualifier
from fireaudit.quantity.interval import point
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.levels import AMOUNT, INSIDE, SHARE, Item, Level, alike

_OF = re.compile(
    rf"[^，,。;:、()]{{0,12}}[，,、(]?约?占(?P<of>[^，,。;:、()]{{0,12}}?){INSIDE}?的?(?:比[重例]?)?{INSIDE}?(?:为|达到?|约|近|是)*"
    rf"|[^，,。;:、()]{{0,12}}[，,、(]?(?:比[重例]|占比|所占比[重例])(?:为|达到?|约)*"
)
_ALL = re.compile("(?:其|该|上述|全部|总体|整体)?(?:总(?:数|量|额|体|人口|人数|投资|面积|规模|里程)?|全部|总计|合计|比|的)?")
_OF_FIGURE = re.compile("[^，,。;:、()]{0,6}的约?")
_LEADS_TO = re.compile("[^，,。;:、()]{0,12}[，,、(]?(?:约|已|实际)?(?:占|完成|相当于)[^，,。;:、()]{0,14}")
_ANOTHER = re.compile("同类|同期|上年|去年|全[国省球]|同行业|同级")
_RATE = re.compile(
    r"[^，,。;:、()]{0,10}[，,;、(](?P<verb>合格|整改|办结|完成|达标|建成|执行|支付|验收|通过|就业|采纳|销号|化解|答复|检出|参保|签约|拨付|到位|使用|入住|录取|回收|利用)率(?:为|达到?|约|均为)*"
)
_EACH_OF = re.compile("[^，,。;:、()]{0,12}[，,(]?分别约?占(?P<of>[^，,。;:、()]{0,12}?)的?(?:比[重例])?(?:为|达到?)?")
_ENGLISH = re.compile(r"[^.;:]{0,40}?[,(]? ?(?:or|representing|accounting for|making up|i\.e\.) (?:about |around |a share of )?")
_ENGLISH_BEHIND = re.compile(r"\)|,| ?of (?:the |all )?(?:total|all|them|these)\b|\.(?: |$)|$")
_EACH = re.compile(r"(?:平均每[日天]|日均|每[日天]平均|[^.;]{0,30}\b(?:a daily average of|an average of)) ?(?:[^，,。;:、()\ue000-\ue003]{0,6})$")
_PER_UNIT = re.compile(
    "(?:^|[，,;、])(?:(?P<unit>人次|人|户|件|册|场|车|次|亩|宗|套|笔|栋)均|平均每(?P<each>人次|人|户|件|册|场|车|次|亩|宗|套|笔|栋|个|座|家|所))[^，,。;:、\ue000-\ue003]{0,6}$"
)
_YEARLY = re.compile("(?:^|[，,;、(])年均[^，,。;:、\ue000-\ue003]{0,8}$")
_WHOLE_YEAR = re.compile(r"全年|年内|年度|一年|(?:19|20)[0-9]{2}年(?![0-9底末]|[一二三四上下前]|[0-9]+月)")
_PART_YEAR = re.compile("上半年|下半年|季度|[0-9一二三四五六七八九十]月|[前近][0-9一二三四五六七八九十两]+[个年]|截至|五年|三年|[0-9]{4}[-—~至]")


def shares(level: Level, items: Sequence[Item], whole_of: Mapping[int, int]) -> Iterator[Claim]:
    """``whole_of``: of which figure of the paragraph each part is a part."""
    for k in range(1, len(level.which)):
        part = k - 1
        if _item(level, items, k).mark != SHARE or _item(level, items, k).changes or not _counts(level, items, part):
            continue
        if each := _EACH_OF.fullmatch(level.before(k)):
            yield from _each(level, items, k, each["of"], whole_of)
            continue
        if k > 1 and _OF_FIGURE.fullmatch(level.before(k)) and _LEADS_TO.fullmatch(level.before(part)):
            yield from _of_figure(level, items, k)
            continue
        whole = _whole(level, items, k, whole_of.get(level.which[part]))
        if whole is not None:
            yield Claim("share", "{0} / {1} == {2}", (level.which[part], whole, level.which[k]))


def _of_figure(level: Level, items: Sequence[Item], k: int) -> Iterator[Claim]:
    """216个，占总数764个的28.3%; 新增5.82万人，完成目标5.5万人的105.8%."""
    if _counts(level, items, k - 2) and alike(_item(level, items, k - 2), _item(level, items, k - 1)):
        yield Claim("share", "{0} / {1} == {2}", level.which[k - 2 : k + 1])


def _each(level: Level, items: Sequence[Item], k: int, of: str, whole_of: Mapping[int, int]) -> Iterator[Claim]:
    """甲20个、乙30个，分别占40%和60%: as many shares as there are parts of one whole before them."""
    end = k + 1
    while end < len(level.which) and _item(level, items, end).mark == SHARE and re.fullmatch("[、，和及与]", level.before(end)):
        end += 1
    parts = range(2 * k - end, k)
    if end - k < 2 or parts.start < 0:
        return
    wholes = {whole_of.get(level.which[part]) for part in parts}
    whole = wholes.pop() if len(wholes) == 1 else None
    if whole is not None and (_ALL.fullmatch(of) or _named(of, items[whole].label)):
        for part, share in zip(parts, range(k, end), strict=True):
            yield Claim("share", "{0} / {1} == {2}", (level.which[part], whole, level.which[share]))


def averages(level: Level, items: Sequence[Item], whole_of: Mapping[int, int]) -> Iterator[Claim]:
    """全年3650起，平均每日10起; 开馆351天，到馆7020人次，日均20人次; 2019—2023年共50起，年均10起."""
    for k in range(1, len(level.which)):
        gap = level.before(k)
        daily, yearly = _EACH.search(gap), _YEARLY.search(gap)
        if not (daily or yearly) or not _counts(level, items, k):
            continue
        mean = _item(level, items, k)
        near: list[tuple[int, int]] = []
        for which in [whole_of.get(which, which) for which in _sentence_before(level, items, k)]:
            spans = _days(level, items, k) if daily else _years_of(items[which], level, items, k)
            near += ((which, times) for times in spans if alike(items[which], mean) and _comes_near(items[which], times, mean))
        if near:
            which, times = next(((which, times) for which, times in near if _rounds_to(items[which], times, mean)), near[0])
            yield Claim("average", f"{{0}} / {times} == {{1}}", (which, level.which[k]))


def _days(level: Level, items: Sequence[Item], k: int) -> list[int]:
    """How many days a daily average may be over: those that the sentence names, or a whole year's; none where neither is said."""
    sentence = re.split("[。\n]", level.text[max(0, level.places[k] - 160) : level.places[k]])[-1]
    named = [items[which].quantity.text for which in level.which[max(0, k - 6) : k] if items[which].quantity.text.endswith(("天", "日"))]
    if named:
        return [int(named[-1][:-1])] if named[-1][:-1].isdigit() else []
    if not _WHOLE_YEAR.search(sentence) or _PART_YEAR.search(sentence):
        return []
    years = {int(year) for year in re.findall("(?:19|20)[0-9]{2}", sentence)}
    return [366 if isleap(year) else 365 for year in years] if len(years) == 1 else [365, 366]


def _years_of(whole: Item, level: Level, items: Sequence[Item], k: int) -> list[int]:
    """How many years a figure is of: by its span, or by 五年 beside it."""
    first, _, last = (whole.during or "").partition("-")
    if last:
        return [int(last) - int(first) + 1]
    named = [items[which].quantity.text[:-1] for which in level.which[max(0, k - 4) : k] if items[which].quantity.text.endswith("年")]
    said = named or re.findall("([两三四五六七八九十]|[0-9]{1,2})年", level.before(k - 1)[-16:])
    return [int(said[-1]) if said[-1].isdigit() else "零一二三四五六七八九十".find(said[-1].replace("两", "二"))] if said else []


def _rounds_to(whole: Item, times: int, mean: Item) -> bool:
    a, b = whole.quantity.interval, mean.quantity
    return a is not None and b.nominal is not None and (a / point(times)).intersect(Interval(b.nominal - b.step, b.nominal + b.step)) is not None


def _comes_near(whole: Item, times: int, mean: Item) -> bool:
    """Whether a mean is about what it should be, or that with the point in another place."""
    a, b = whole.quantity.nominal, mean.quantity.nominal
    ratio = Fraction(a) / times / Fraction(b) if a and b and times > 1 else Fraction(0)
    return Fraction(1, 2) < ratio < 2 or any(Fraction(49, 50) < ratio / power < Fraction(51, 50) for power in (10, Fraction(1, 10)))


def means(level: Level, items: Sequence[Item], whole_of: Mapping[int, int]) -> Iterator[Claim]:
    """立案214件，罚款692.7万元，件均3.24万元: the nearest figures of either unit before, a whole rather than its parts, where they come near it."""
    for k in range(2, len(level.which)):
        found = _PER_UNIT.search(level.before(k))
        if found is None or not _counts(level, items, k):
            continue
        unit, mean = found["unit"] or found["each"], _item(level, items, k)
        before = [whole_of.get(which, which) for which in _sentence_before(level, items, k)]
        counted = next((which for which in before if items[which].quantity.unit.text in (unit, f"{unit}次")), None)
        total = next((which for which in before if which != counted and alike(items[which], mean) and items[which].quantity.unit.text[:1] != unit[:1]), None)
        if counted is None or total is None:
            continue
        number = items[counted].quantity.nominal
        if isinstance(number, int) and _comes_near(items[total], number, mean):
            yield Claim("average", "{0} / {1} == {2}", (total, counted, level.which[k]))


def _sentence_before(level: Level, items: Sequence[Item], k: int) -> Iterator[int]:
    """The counts and measures of the sentence before a figure, the nearest first."""
    for place in range(k - 1, max(-1, k - 9), -1):
        if level.strength(place + 1) > 2:
            return
        if _counts(level, items, place):
            yield level.which[place]


def _item(level: Level, items: Sequence[Item], k: int) -> Item:
    return items[level.which[k]]


def _counts(level: Level, items: Sequence[Item], k: int) -> bool:
    one = _item(level, items, k)
    return one.mark == AMOUNT and not one.changes and one.quantity.qualifier in (Qualifier.EXACT, Qualifier.ROUNDED)


def _whole(level: Level, items: Sequence[Item], k: int, given: int | None) -> int | None:
    """The figure that the k-th is a share of; ``given``: what the figure before it is said to be part of."""
    gap, part = level.before(k), k - 1
    found = _OF.fullmatch(gap)
    if found is not None:
        of = found["of"] or ""
        if given is not None and not of and _is_share_itself(level, items, given) and not _rounds_to_share(level, items, k, given):
            return None  # of 60岁及以上人口占24%，其中65岁及以上占18% the second may be of all, too
        if given is not None and (_ALL.fullmatch(of) or _named(of, items[given].label)):
            return given
        return _by_name(level, items, part, of) if len(of) > 2 else None
    rate = _RATE.fullmatch(gap)
    if rate is not None and part > 0 and rate["verb"] in level.before(part) and rate["verb"] not in level.before(part - 1):
        comparable = (
            _counts(level, items, part - 1) and alike(_item(level, items, part), _item(level, items, part - 1)) and not re.search("[。;]", level.before(part))
        )
        return level.which[part - 1] if comparable else None
    return given if gap.isascii() and _ENGLISH.fullmatch(gap) and _ENGLISH_BEHIND.match(level.behind(k)) else None


def _is_share_itself(level: Level, items: Sequence[Item], which: int) -> bool:
    """Whether a share stands behind a figure."""
    behind = level.which.index(which) + 1 if which in level.which else len(level.which)
    return behind < len(level.which) and _item(level, items, behind).mark == SHARE


def _rounds_to_share(level: Level, items: Sequence[Item], k: int, whole: int) -> bool:
    a, b, share = _item(level, items, k - 1).quantity.interval, items[whole].quantity.interval, _item(level, items, k).quantity
    if a is None or b is None or share.nominal is None or b.low is None or b.low <= 0:
        return False
    return (a / b).intersect(Interval(share.nominal - share.step, share.nominal + share.step)) is not None


def _by_name(level: Level, items: Sequence[Item], part: int, of: str) -> int | None:
    """The figure of the sentence or the one before that has the name of what the share is said to be of, if only one has."""
    found = []
    ended = 0
    for k in range(part - 1, max(-1, part - 20), -1):
        ended += level.strength(k + 1) > 2
        if ended > 1:
            break
        if _counts(level, items, k) and alike(_item(level, items, part), _item(level, items, k)) and of in re.split("[，,。;:]", level.before(k))[-1]:
            found.append(level.which[k])
    return found[0] if len(found) == 1 else None


def _named(of: str, label: str) -> bool:
    """全年同类警情 is not 警情: what is compared with more or less than the figure is of another whole."""
    if _ANOTHER.search(of):
        return False
    bare = of.removeprefix("全部").removeprefix("总").removesuffix("总数").removesuffix("总量").removesuffix("总额")
    return len(bare) > 1 and (bare in label or label in bare)
