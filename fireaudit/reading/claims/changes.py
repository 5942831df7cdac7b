"""Changes of which a text states enough to work them out: 由58家增加到71家，净增13家 · 12亿元，比上年减少3亿元，下降20%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fireaudit.quantity import Qualifier
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.levels import AMOUNT, INSIDE, POINTS, SHARE, Item, Level, alike
from fireaudit.reading.claims.verbs import MEAN_OF_IT

_UP = "净增(?:加|长)?|偏多|升幅|涨幅|成长|增加|增长|提高|提升|上升|上涨|扩大|多|增产|增收|增幅|增速|增|升|涨"
_DOWN = "净减(?:少)?|偏少|跌幅|减少|下降|降低|压减|压降|缩减|缩短|下滑|回落|少|减产|减收|降幅|减幅|减|降"
_VERB = f"(?P<verb>(?P<up>{_UP})|(?:{_DOWN}))"
_THEN = re.compile(
    rf"(?P<gap>[，,;、(]?(?:同比|累计|合计|共计|共|五年|[两三四五六七八九十]年|比上年|较上年){{0,4}}(?:约|近|仅)?)?{_VERB}(?:了|达|为|约|近|仅|[长加少产])*"
)
_BETWEEN = re.compile(rf"(?:年|年底|年末|的)?[^，,。;:、()]{{0,4}}(?:{_UP}|{_DOWN}|发展|变化|调整|变)(?:到|至|为|成)了?(?:[^，,。;:、()]{{0,10}}的)?")
_LED = re.compile("[(，,](?:即|分别)?(?:由|从)[^，,。;:、()]{0,8}|[(,]? ?from ")
_FROM = re.compile("(?:由|从|自)[^，,。;:、()]{0,12}$")
_COMPARED = re.compile(
    rf"(?P<skip>[^，,。;:、()]{{0,8}})[，,(]?(?:同比|环比|(?=[增减][收支产])|(?<!相)[比较与](?:[^，,。;:、()]{{0,12}}?)(?:相比)?[，,]?){_VERB}(?:了|约|近|[加少收支产])*"
)
_AGAINST = re.compile(r"[^，,。;:、()]{0,8}[，,(]?(?:[比较与])[^，,。;:、()]{0,12}$")
_CHANGING = re.compile(rf"(?:{_UP}|{_DOWN})(?:[收支产加少了约近])*$")
_FROM_EARLIER = re.compile(rf"[^，,。;:、()]{{0,6}}(?:相比)?[，,]?{_VERB}(?:了|约|近|[加少])*")
_EARLIER = re.compile(
    r"\((?:上年|去年|前一年|上一年度?|(?:19|20)[0-9]{2}年?度?)(?:同期|末|底)?(?:为|:|是)? ?|\((?:19|20)[0-9]{2}(?:/[0-9]{2})?: ?|\([^();:]{0,20}last year:? ?"
)
_AFTER_BASE = re.compile(rf"{INSIDE}[，,]?(?:同比|比上年|较上年|比去年|较去年)?(?:同期)?{_VERB}(?:了|约|近|[加少])*")
_ON_TOP = re.compile(rf"[^，,。;:、()]{{0,6}}的?基础上[，,]?[^，,。;:、()]{{0,4}}{_VERB}(?:了|约)?")
_REACHED = re.compile("[^，,。;:、()]{0,6}[，,](?:总数|总量)?(?:为|达到?|增至|升至|降至)(?:了)?")
_AFTER_COMPARED = re.compile(rf"(?:相比|比较)?[，,]?[^，,。;:、()]{{0,12}}[，,、]?[^，,。;:、()]{{0,10}}?(?:各|均|分别)?{_VERB}(?:了|约|近|[加少])*")
_EACH_CHANGE = re.compile(rf"[，,](?:同比|[比较](?:上年|去年|年初|[0-9]{4}年)(?:同期|[末底])?|环比)?分别(?:同比)?{_VERB}(?:了|约)?$")
_NEXT = re.compile(rf"[、，]?(?:和|及|与)?(?:{_UP}|{_DOWN})?")
_OTHER_PRICES = re.compile(
    "可比|不变价|扣除|剔除|同口径|实际增|名义|(?:[年月日]均|平均)(?=[^，,。;:()]{0,4}(?:增[长加速幅]|下降|递[增减]|减少|提高|上升))|每年|生产总值|增加值|产值|GDP|constant|real terms|like-for-like|annual|average|a year|per year|CAGR"
)
_FILLER = re.compile(r"[，,(]?(?:为|完成|占|达到?)?[^，,。;:]{0,14}")

_EN_UP = r"increase[ds]?|increasing|rise[ns]?|rising|rose|grew|growth|growing|up|more|gain|higher|improve(?:d|ment)"
_EN_DOWN = r"decrease[ds]?|decreasing|fall(?:en|ing|s)?|fell|declin(?:e|ed|ing)|drop(?:ped)?|reduction|reduced|down|fewer|less|lower|cut|underspend|saving"
_EN_VERB = rf"(?P<verb>(?P<up>{_EN_UP})|(?:{_EN_DOWN}))"
_EN_AFTER_BASE = re.compile(rf"{INSIDE},? ?(?:an? )?{_EN_VERB}(?: of| by)? ?")
_EN_FROM = re.compile(r"\bfrom $")
_EN_TO = re.compile(r"[^.;,\ue000-\ue003]{0,30}\bto ")
_EN_THEN = re.compile(rf"(?P<gap>[^.;\ue000-\ue003]{{0,40}}?)[,(]? ?(?:or |and )?(?:an? |this is an? )?(?:net )?(?:{_EN_VERB})(?: of| by)? ?")
_EN_SENTENCE = re.compile(r"[.](?: |$)|\n")
_EN_THIS = re.compile(r"[.] This (?:is|was|represents?)\b")
_EN_NOUN = re.compile(rf" (?:{_EN_VERB})(?: from| on| over| compared (?:with|to)) (?:the )?[^.;,\ue000-\ue003]{{0,24}}")
_EN_COMPARED = re.compile(r"[^.;\ue000-\ue003]{0,12}(?:,? ?compared (?:with|to)|from|on|over|against|than) (?:the )?[^.;,\ue000-\ue003]{0,24}")


def bases(level: Level) -> dict[int, int]:
    """135起 of 120起（去年同期135起）: the earlier figure in a bracket, by the figure that the bracket belongs to."""
    return {level.which[0]: level.which[1]} if len(level.which) > 1 and _EARLIER.fullmatch(level.before(1)) else {}


def changes(level: Level, items: Sequence[Item], base_of: Mapping[int, int]) -> Iterator[Claim]:
    """``base_of``: the earlier figure that a figure of the paragraph is given with."""
    yield from _Changes(level, items).all()
    for k in range(len(level.which) - 1):
        base = base_of.get(level.which[k])
        then = _AFTER_BASE.fullmatch(level.before(k + 1)) or _EN_AFTER_BASE.fullmatch(level.before(k + 1))
        if base is not None and then is not None and (claim := change_of(items, base, level.which[k], level.which[k + 1], bool(then["up"]))):
            yield claim
        behind = base_of.get(level.which[k + 1])
        grown = _THEN.fullmatch(level.before(k + 1)) if behind is not None and not _OTHER_PRICES.search(level.before(k + 1)) else None
        if behind is not None and grown is not None and (claim := change_of(items, behind, level.which[k], level.which[k + 1], bool(grown["up"]))):
            yield claim  # 余额56.85亿元，同比增长14.73%（上年末49.55亿元）


class _Changes:
    def __init__(self, level: Level, items: Sequence[Item]) -> None:
        self.level, self.items = level, items
        self.count = len(level.which)
        self.gaps = [level.before(k) for k in range(self.count)]

    def _item(self, k: int) -> Item:
        return self.items[self.level.which[k]]

    def all(self) -> Iterator[Claim]:
        for k in range(self.count):
            if k + 1 < self.count and self._both_ends(k):
                yield Claim("apart", "", (self.level.which[k], self.level.which[k + 1]))
                yield from self._led_up_to(k) or self._worked_out(k, k + 1, k + 2)
            yield from self._over_the_year(k)
            yield from self._against(k)
            yield from self._respectively(k)
            yield from self._on_top(k)
            yield from self._from_base(k)

    def _level(self, k: int) -> bool:
        """A figure that is a level: neither hedged beyond use nor a change, nor a mean told beside its total, which is what the text goes on about."""
        one = self._item(k)
        aside = k > 0 and self.level.strength(k) < 3 and self._same(k - 1, k) and MEAN_OF_IT.search(self.gaps[k]) is not None
        return not aside and not one.changes and one.quantity.interval is not None and one.quantity.qualifier not in (Qualifier.RANGE, Qualifier.BOUND)

    def _same(self, a: int, b: int) -> bool:
        return alike(self._item(a), self._item(b))

    def _both_ends(self, k: int) -> bool:
        """由A增加到B; in a bracket also 由A到B."""
        if not (self._level(k) and self._level_or_reached(k + 1) and self._same(k, k + 1)):
            return False
        gap = self.gaps[k + 1]
        led = _FROM.search(self.gaps[k]) is not None
        if led and (_BETWEEN.fullmatch(gap) or re.fullmatch(r"[^，,。;:、()]{0,6}(?:到|至)", gap)):
            return True
        return _EN_FROM.search(self.gaps[k]) is not None and _EN_TO.fullmatch(gap) is not None

    def _level_or_reached(self, k: int) -> bool:
        return self._item(k).quantity.interval is not None and self._item(k).quantity.qualifier not in (Qualifier.RANGE, Qualifier.BOUND)

    def _led_up_to(self, k: int) -> list[Claim]:
        """下降10%（由50起降至45起）: the change stands in front of both ends."""
        if k == 0 or not self._item(k - 1).changes or not _LED.fullmatch(self.gaps[k]) or _OTHER_PRICES.search(self._clause(k - 1, k + 1)):
            return []
        claim = self._change(k, k + 1, k - 1, up=True)
        return [claim] if claim is not None else []

    def _worked_out(self, first: int, last: int, k: int) -> Iterator[Claim]:
        """What follows both ends: their difference, their growth, one after the other."""
        for change in range(k, min(k + 2, self.count)):
            then = _THEN.fullmatch(self.gaps[change]) or _EN_THEN.fullmatch(self.gaps[change])
            if then is None or _OTHER_PRICES.search(self.gaps[change]):
                return
            claim = self._change(first, last, change, bool(then["up"]))
            if claim is None:
                return
            yield claim

    def _change(self, first: int, last: int, change: int, up: bool) -> Claim | None:
        which = self.level.which
        return change_of(self.items, which[first], which[last], which[change], up)

    def _over_the_year(self, k: int) -> Iterator[Claim]:
        """B，比上年增加C，增长D%: the growth follows from level and change."""
        if k == 0 or k + 1 >= self.count or self._item(k).mark != AMOUNT or self._item(k + 1).mark != SHARE:
            return
        then = _THEN.fullmatch(self.gaps[k + 1])
        level = self._level_before(k)
        if then is None or level is None or _OTHER_PRICES.search(self._clause(level, k + 1)):
            return
        compared = _COMPARED.search(self.gaps[k])
        if compared is None or compared.end() != len(self.gaps[k]) or bool(compared["up"]) != bool(then["up"]):
            return
        which = tuple(self.level.which[i] for i in (level, k, k + 1))
        change, growth = self._item(k).changes, self._item(k + 1).changes
        base = "({0} - {1})" if change or compared["up"] else "({0} + {1})"
        sign = "" if change == growth or then["up"] else "0 - "
        left = f"{{1}} / {base}" if not sign else f"(0 - {{1}}) / {base}"
        yield Claim("growth", f"{left} == {{2}}", which)

    def _on_top(self, k: int) -> Iterator[Claim]:
        """在2024年138个的基础上增加9个，为147个."""
        if k + 2 < self.count and self._level(k) and self._level(k + 2) and _REACHED.fullmatch(self.gaps[k + 2]):
            then = _ON_TOP.fullmatch(self.gaps[k + 1])
            if then is not None and (claim := self._change(k, k + 2, k + 1, bool(then["up"]))):
                yield claim

    def _from_base(self, k: int) -> Iterator[Claim]:
        """与上年的3,310万元相比，减少93万元，下降2.8%: the growth follows from base and change, whatever the level."""
        if k + 2 >= self.count or not self._level(k) or self._item(k + 1).mark != AMOUNT or self._item(k + 2).mark != SHARE or not self._same(k, k + 1):
            return
        change, growth = _AFTER_COMPARED.fullmatch(self.gaps[k + 1]), _THEN.fullmatch(self.gaps[k + 2])
        led = re.search("(?:与|[比较])[^，,。;:、()]{0,14}$", self.gaps[k])
        if change is None or growth is None or led is None or bool(change["up"]) != bool(growth["up"]) or _OTHER_PRICES.search(self._clause(k, k + 2)):
            return
        signed = "{1}" if bool(self._item(k + 1).changes) == bool(self._item(k + 2).changes) or growth["up"] else "(0 - {1})"
        yield Claim("growth", f"{signed} / {{0}} == {{2}}", tuple(self.level.which[i] for i in (k, k + 1, k + 2)))

    def _respectively(self, k: int) -> Iterator[Claim]:
        """60起、33人，同比分别减少8起、6人，下降11.8%和15.4%: the growth of each follows from its level and its change."""
        led = _EACH_CHANGE.search(self.gaps[k])
        if led is None:
            return
        size = 1
        while k + size < self.count and self._item(k + size).mark == AMOUNT and _NEXT.fullmatch(self.gaps[k + size]):
            size += 1
        levels, shares = range(k - size, k), range(k + size, k + 2 * size)
        if size < 2 or levels.start < 0 or shares.stop > self.count or _OTHER_PRICES.search(self._clause(levels.start, shares.stop - 1)):
            return
        then = _THEN.fullmatch(self.gaps[shares.start].replace("分别", ""))
        alike_ones = all(self._level(a) and self._same(a, b) for a, b in zip(levels, range(k, k + size), strict=True))
        plain = all(self._item(p).mark == SHARE for p in shares) and all(_NEXT.fullmatch(self.gaps[p]) for p in shares[1:])
        if then is None or not alike_ones or not plain or bool(then["up"]) != bool(led["up"]):
            return
        for level, change, share in zip(levels, range(k, k + size), shares, strict=True):
            up = bool(led["up"])
            falls = not up and not self._item(change).changes
            delta = "(0 - {1})" if falls else "{1}"
            growth = "{2}" if up or self._item(share).changes else "0 - {2}"
            yield Claim("growth", f"{delta} / ({{0}} - {delta}) == {growth}", tuple(self.level.which[i] for i in (level, change, share)))

    def _level_before(self, k: int) -> int | None:
        """The level that a change compared with last year is of: the figure before it, or before its share of a plan (完成预算60亿元的40%)."""
        if not _COMPARED.fullmatch(self.gaps[k]):
            return None
        place = k - 1
        if self._item(place).mark == SHARE and not self._item(place).changes and place > 0:
            place -= 2 if self.gaps[place].endswith("的") else 1
            if place < 0 or not _FILLER.fullmatch(self.gaps[place + 1]):
                return None
        return place if self._item(place).mark == AMOUNT and self._level(place) and self._same(place, k) else None

    def _clause(self, first: int, last: int) -> str:
        start = self.level.places[first]
        before = re.split("[。;\n]", self.level.text[max(0, start - 120) : start])[-1]
        return before + self.level.text[start : self.level.places[last] + 1]

    def _against(self, k: int) -> Iterator[Claim]:
        """B，比上年的A增加C; 8,412, a decrease of 4.2% compared with 8,781."""
        if k + 2 >= self.count or not (self._level(k) and self._item(k).mark == AMOUNT):
            return
        if self._level(k + 1) and self._same(k, k + 1) and self._is_base(self.gaps[k + 1]) and not _OTHER_PRICES.search(self._clause(k, k + 2)):
            then = _FROM_EARLIER.fullmatch(self.gaps[k + 2])
            if then is not None and (claim := self._change(k + 1, k, k + 2, bool(then["up"]))):
                yield claim
                yield from self._worked_out(k + 1, k, k + 3)
            return
        for change in range(k + 1, min(k + 8, self.count - 1)):
            if (up := self._compared(change)) is None or not self._level(change + 1) or not self._same(k, change + 1):
                continue
            if not _OTHER_PRICES.search(self._clause(k, change + 1)) and self._nearest(k, change) and (claim := self._change(change + 1, k, change, up)):
                yield claim
            return

    def _compared(self, change: int) -> bool | None:
        """Whether an English sentence calls the figure a rise (or a fall) against the next one: an increase of 4% on, a 4% increase from."""
        gap, behind = self.gaps[change], self.gaps[change + 1]
        then = _EN_THEN.search(gap)
        if then is not None and then.end() == len(gap) and _EN_COMPARED.fullmatch(behind):
            return bool(then["up"])
        noun = _EN_NOUN.fullmatch(behind) if re.search(r"\ban? $", gap) else None
        return bool(noun["up"]) if noun else None

    def _is_base(self, gap: str) -> bool:
        """比上年的 leads to what a figure is compared with, 比上年增收 to the change."""
        return _AGAINST.fullmatch(gap) is not None and _CHANGING.search(gap) is None

    def _nearest(self, k: int, change: int) -> bool:
        """Whether the figure is the one that an English sentence goes on to compare: the one before, or what the sentence before began with."""
        if not any(_EN_SENTENCE.search(gap) for gap in self.gaps[k + 1 : change + 1]):
            return k == change - 1
        this = _EN_THIS.search(self.gaps[change])
        return this is not None and self._opens(k) and not any(_EN_SENTENCE.search(gap) for gap in self.gaps[k + 1 : change])

    def _opens(self, k: int) -> bool:
        return k == 0 or re.search(r"[.。] ", self.gaps[k]) is not None


def change_of(items: Sequence[Item], first: int, last: int, change: int, up: bool) -> Claim | None:
    """``last`` less ``first`` is ``change``, in its own unit, in points or in percent; ``up`` says which way, where the figure does not."""
    one, other, third = items[first], items[last], items[change]
    if any(item.quantity.interval is None or item.quantity.qualifier in (Qualifier.RANGE, Qualifier.BOUND) for item in (one, other, third)) or not alike(
        one, other
    ):
        return None
    which = (first, last, change)
    signed = "{1} - {0}" if third.changes or up or (third.quantity.nominal or 0) < 0 else "{0} - {1}"  # 减少2,928宗（-8.1%）
    if third.mark == POINTS:
        return Claim("change", f"{signed} == {{2}}", which) if one.mark == SHARE else None
    if third.mark == SHARE:
        return Claim("growth", f"({signed}) / {{0}} == {{2}}", which) if one.mark == AMOUNT else None
    return Claim("change", f"{signed} == {{2}}", which) if one.mark == AMOUNT and alike(one, third) else None
