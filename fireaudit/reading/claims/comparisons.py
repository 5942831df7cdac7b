"""Figures that a text compares with earlier ones: 34微克，同比下降8.1%（2023年为37微克） · 3,217万元。与上年3,310万元相比，减少93万元，下降2.81%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fireaudit.reading.claims.changes import change_of, growth_of
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.ends import EN_TO, FROM, both_ends, is_level
from fireaudit.reading.claims.gaps import CLAUSE as _T
from fireaudit.reading.claims.gaps import CLOSE
from fireaudit.reading.claims.levels import AMOUNT, POINTS, SHARE, Item, alike, is_definite
from fireaudit.reading.claims.verbs import EARLIER, EN_FINITE, EN_TAIL, EN_VERB, MEAN, MEAN_OF_IT, OTHER_PRICES, REACHING, VERB, VERBS

_TAIL = rf"{_T}{{0,8}}?\)?"
_WHEN = rf"(?P<when>{_T}{{0,16}}?)"
_SOFT = "(?:大?约|近|仅|又|再|各|均|共|合计|累计|相应)*"
_AGAINST = rf"(?P<against>同比|环比|按[年月季]|(?<![相对同])[比较与]{_T}{{0,14}}?(?:相比|比)?)"
_CHANGE = re.compile(
    rf"{_TAIL}(?:相比|比)?(?:[，,、(]{{1,2}}(?P<subject>[^，,。;:()\n]{{0,12}}?))??{_AGAINST}?[，,]?{_SOFT}{VERB}(?:了|达到?|为|是|:|大?约|近|仅|[加长少幅])*"
)
_BASE = re.compile(rf"{_TAIL}[，,(]?(?:又|也)?(?:(?<![相对])[比较与同]|[高低多少]于){_WHEN}[的之]?")
_NEXT_SENTENCE = re.compile(rf"{_TAIL}。[与同比较]{_WHEN}[的之]?")
_BRACKETED = re.compile(rf"{_TAIL}[，,]?\((?P<when>{EARLIER})(?P<noun>{_T}{{0,10}}?)(?:为|是|:|仅|只有|达到?|约)* ?")
_TIME = re.compile("(?:[0-9]|年|年度|期|末|底|届|月|日|初|季度?|平均|水平|标准|[数值额量率]|计划|目标|任务|预算|决算|控制价)$")
_AGAINST_IT = re.compile(rf"(?:(?<![相对])[比较]|[与同]{_T}{{0,12}}相?比){_T}{{0,16}}[的之]$")
_LED_BASE = re.compile(rf"(?:^|[，,。;:、(])(?:[与同比较]|相比于?|相较于?){_WHEN}[的之]?$")
_LED_LEVEL = re.compile(rf"{_TAIL}(?:相比|比)[，,](?P<subject>[^，,。;:()\n]{{0,20}}?)(?:为|是|达到?|完成|实现|:)*")
_COMPARED = re.compile(rf"{_TAIL}相?比[，,]")
_ASIDE = re.compile(rf"{_TAIL}[，,(]?(?:占|完成|为|达到?){_T}{{0,14}}")
_OF_IT = re.compile(rf"{_T}{{0,6}}的约?")
_THEN_ENDS = re.compile(rf"{_T}{{0,8}}[(，,](?:即|分别)?[由从]{_T}{{0,10}}|[^.;\n]{{0,24}}[(,]? ?from ")
_REACHED = re.compile(rf"{_TAIL}[，,](?:总数|总量)?{REACHING}")
_PART = re.compile("其中|其他|另")
_COMMON = frozenset("各均共总合计的、数量额均为")

_EN_T = r"[^.;,()\n]"
_EN_CHANGE = re.compile(
    rf"{EN_TAIL}[,(.]? ?(?:or |and |equivalent to |(?:[Tt]his|which|that) (?:is|was|represents) )?(?:an? )?(?:net |overall |year-on-year )?{EN_VERB}(?: of| by)? ?"
)
_EN_ALSO = re.compile(rf"{EN_TAIL}(?: ?\(|,? or |,? \(or )")
_EN_PLAIN = re.compile(rf"{EN_TAIL}[,(] ?(?:which (?:is|was) )?")
_EN_BEHIND = re.compile(rf"\)?,? {EN_VERB}(?: than| on| from| over| compared)\b")
_EN_BASE = re.compile(
    rf"{EN_TAIL}[,(.]? ?(?:{EN_VERB} )?\b(?:[Cc]ompared (?:with|to)|against|versus|from|than|on|over) (?:the |a total of )?(?P<when>{_EN_T}{{0,24}}?)"
)
_EN_BRACKETED = re.compile(
    rf"{EN_TAIL},? ?\((?:in |from )?(?P<when>(?:19|20)[0-9]{{2}}(?:[/-][0-9]{{2,4}})?|(?:the )?(?:last|previous|prior) year)(?P<noun>)(?: was)?:? ?"
)
_EN_ROSE = re.compile(rf"{EN_FINITE} (?:by )?$")

_NEXT = re.compile("。|[.] ")
_CHANGE_AT_END = re.compile(rf"{VERB}[了加]*$")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_YEAR_AGO = re.compile("同比|按年|上年|去年|前一?年|上一年|同期|year|(?:19|20)[0-9]{2}")

_EN_THIS = re.compile(r"[.] (?:This|That) (?:is|was|represents)\b")
_ON_TOP = re.compile(rf"{_T}{{0,6}}的?基础上[，,]?{_T}{{0,4}}?{VERB}了?")

_REST = re.compile(r"[^()。\n]{0,40}\)|[^()。;\n]{0,3}\([^()。\n]{0,40}|[^()。;，,\n]{0,10}(?:[，,][按以扣剔][^()。;，,\n]{0,12})?")

_MOST = 6  # figures behind a level that are looked at


@dataclass(slots=True)
class _Told:
    """A level, what it is compared with, and the changes that are told of it, each with whether it is a rise."""

    level: int
    base: int | None = None
    against: str = ""
    changes: list[tuple[int, bool]] = field(default_factory=list)
    begin: int = 0
    """The first figure that may be one of them."""


def comparisons(text: str, items: Sequence[Item], gaps: Sequence[str]) -> Iterator[Claim]:
    yield from _Reader(text, items, gaps).all()


class _Reader:
    """A paragraph as figures and what stands between them, brackets that hold no figure left out."""

    def __init__(self, text: str, items: Sequence[Item], gaps: Sequence[str]) -> None:
        self.text, self.items, self.gaps, self.count = text, items, gaps, len(items)
        self.used: set[int] = set()

    def all(self) -> Iterator[Claim]:
        for k in range(self.count):
            if k in self.used:
                continue
            if both_ends(self.gaps, self.items, k):
                yield Claim("apart", "", (k, k + 1))
                told: _Told | None = self._both_ends(k)
            else:
                told = self._base_first(k) or self._on_top(k) or self._level_first(k) or self._change_first(k)
            if told is not None and told.changes:
                self.used |= {place for place, _ in told.changes} | ({told.base} if told.base is not None else set())
                yield from self._claims(told)

    def _both_ends(self, k: int) -> _Told:
        """由A增加到B，增长5%; 下降5%（由A降至B）."""
        told = self._follow(_Told(k + 1, k), k + 2)
        if not told.changes and k > 0 and _THEN_ENDS.fullmatch(self.gaps[k]) and not MEAN.search(self.gaps[k - 1]) and not self._other_prices(told, k - 1):
            if self.items[k - 1].changes:
                told.changes = [(k - 1, True)]
            elif k > 1 and self.items[k - 2].changes and _EN_ALSO.fullmatch(self.gaps[k - 1]):
                rises = (self.items[k - 2].quantity.nominal or 0) > 0
                told.changes = [(k - 2, True), (k - 1, rises)]
        return told

    def _base_first(self, k: int) -> _Told | None:
        """与上年的A相比，今年B，增长5%; where no level follows, of A and its change: 与上年的A相比，减少C，下降5%."""
        led = _LED_BASE.search(self.gaps[k])
        if led is None or k + 1 >= self.count or not is_level(self.items[k]):
            return None
        level = _LED_LEVEL.fullmatch(self.gaps[k + 1]) if self._comparable(k, k + 1) else None
        if level is not None and not re.search(VERBS, level["subject"]):
            return self._follow(_Told(k + 1, k, led["when"]), k + 2)
        return self._follow(_Told(k, k, led["when"]), k + 1) if _COMPARED.match(self.gaps[k + 1]) else None

    def _level_first(self, k: int) -> _Told | None:
        gap = self.gaps[k]
        if not is_level(self.items[k]) or any(lead.search(gap) for lead in (FROM, _AGAINST_IT, _CHANGE_AT_END)) or self._base(k):
            return None
        if k and alike(self.items[k - 1], self.items[k]) and MEAN_OF_IT.search(gap):
            return None
        told = self._follow(_Told(k), k + 1)
        if not told.changes and told.base is None and (behind := self._this(k)):
            return self._follow(told, behind)
        return told

    def _this(self, k: int) -> int:
        """The first figure of an English sentence that begins with This is, and so looks back at the first of the sentence before."""
        behind = next((place for place in range(k + 1, min(k + _MOST, self.count)) if _NEXT.search(self.gaps[place])), 0)
        return behind if behind and self._opens(k) and _EN_THIS.search(self.gaps[behind]) else 0

    def _opens(self, k: int) -> bool:
        return k == 0 or _NEXT.search(self.gaps[k]) is not None

    def _change_first(self, k: int) -> _Told | None:
        """比上年增加C，增长5%，达到B; rose by 267 (10.3%) to 2,871."""
        then = _CHANGE_AT_END.search(self.gaps[k]) or _EN_ROSE.search(self.gaps[k])
        if then is None or not (self.items[k].changes or self.items[k].mark != SHARE):
            return None
        told = _Told(k, changes=[(k, bool(then["up"]))])
        for place in range(k + 1, min(k + 4, self.count)):
            if self._reached(place, told):
                told.level = place
                return self._follow(told, place + 1)
            if not self._take_change(told, place):
                return None
        return None

    def _on_top(self, k: int) -> _Told | None:
        """在2024年A的基础上增加C，为B."""
        if k + 2 >= self.count or not self._comparable(k, k + 2) or not _REACHED.fullmatch(self.gaps[k + 2]):
            return None
        then = _ON_TOP.fullmatch(self.gaps[k + 1])
        return self._follow(_Told(k + 2, k, changes=[(k + 1, bool(then["up"]))]), k + 3) if then else None

    def _reached(self, k: int, told: _Told) -> bool:
        """Whether a figure is the level that the changes before it led to."""
        said = _REACHED.fullmatch(self.gaps[k]) or EN_TO.fullmatch(self.gaps[k])
        of = [self.items[place] for place, _ in told.changes if self.items[place].mark == AMOUNT]
        return said is not None and is_level(self.items[k]) and self.items[k].mark == AMOUNT and all(alike(self.items[k], one) for one in of)

    def _follow(self, told: _Told, start: int) -> _Told:
        """What the figures behind a level are to it, as long as nothing but words of comparing stands between."""
        k = told.begin = start
        while k < min(start + _MOST, self.count):
            if self._take_base(told, k) or self._take_change(told, k):
                k += 1
            elif k == start and (aside := self._aside(k)):
                k += aside
            else:
                break
        return told

    def _comparable(self, k: int, other: int) -> bool:
        return is_level(self.items[k]) and is_level(self.items[other]) and alike(self.items[k], self.items[other])

    def _base(self, k: int) -> tuple[str, str] | None:
        """What a figure that others are compared with is of, if its words say that it is one: when, and the noun."""
        gap = self.gaps[k]
        if (bracketed := _BRACKETED.fullmatch(gap) or _EN_BRACKETED.fullmatch(gap)) is not None:
            return bracketed["when"], bracketed["noun"]
        led = _BASE.fullmatch(gap) or _NEXT_SENTENCE.fullmatch(gap)
        if led is not None:
            return (led["when"], "") if _TIME.search(led["when"]) or gap.endswith(("的", "之")) else None
        led = _EN_BASE.fullmatch(gap)
        return (led["when"], "") if led is not None else None

    def _take_base(self, told: _Told, k: int) -> bool:
        found = self._base(k)
        if found is None or told.base is not None or not self._comparable(told.level, k) or not self._named(found[1], told):
            return False
        if not same_time(found[0], told.against) or not self._reaches(told, k) or (told.changes and _BASE.fullmatch(self.gaps[k])):
            return False
        told.base, told.against = k, told.against or found[0]
        return True

    def _reaches(self, told: _Told, k: int) -> bool:
        """What begins a sentence looks back at the figure that the sentence before began with."""
        return not _NEXT.search(self.gaps[k]) or (k == told.begin and self._opens(told.level)) or told.base == k - 1

    def _take_change(self, told: _Told, k: int) -> bool:
        then = _CHANGE.fullmatch(self.gaps[k])
        if then is not None:
            against = then["against"] or ""
            if not self._named(then["subject"] or "", told) or not same_time(against, told.against):
                return False
            up = bool(then["up"])
            told.against = told.against or against
        else:
            found = self._english(told, k)
            if found is None or not self._reaches(told, k):
                return False
            up = found
        if MEAN.search(self.gaps[k]) or not self._fits(told, k) or self._other_prices(told, k):
            return False
        told.changes.append((k, up))
        return True

    def _english(self, told: _Told, k: int) -> bool | None:
        """Whether an English sentence calls the figure a rise; ``None`` where it calls it no change."""
        gap = self.gaps[k]
        if (then := _EN_CHANGE.fullmatch(gap)) is not None:
            return bool(then["up"])
        if told.changes and told.changes[-1][0] == k - 1 and _EN_ALSO.fullmatch(gap):
            return told.changes[-1][1]
        if _EN_PLAIN.fullmatch(gap):
            behind = _EN_BEHIND.match(self.gaps[k + 1])
            if behind is None and k + 1 < self.count and _EN_ALSO.fullmatch(self.gaps[k + 1]):
                behind = _EN_BEHIND.match(self.gaps[k + 2])
            return None if behind is None else bool(behind["up"])
        return None

    def _fits(self, told: _Told, k: int) -> bool:
        """Whether a figure can be a change of the level, and of a kind that is not told yet."""
        level, change = self.items[told.level], self.items[k]
        if not is_definite(change):
            return False
        kinds = [self.items[place].mark for place, _ in told.changes]
        if change.mark in kinds:
            return False
        return change.mark == POINTS if level.mark == SHARE else change.mark == SHARE or alike(level, change)

    def _named(self, subject: str, told: _Told) -> bool:
        """Whether what a change is said to be of is what the level is of."""
        if not subject or (told.base == told.level and not told.changes):
            return True
        said = self.gaps[told.level].rpartition("。")[2] + self.items[told.level].label
        return not _PART.search(subject) and set(subject) - _COMMON <= set(said)

    def _other_prices(self, told: _Told, k: int) -> bool:
        first, last = sorted((told.level, k))
        start = max(self.text.rfind(mark, max(0, self.items[first].start - CLOSE), self.items[first].start) for mark in "。;\n")
        return OTHER_PRICES.search(self.text, max(start, self.items[first].start - CLOSE, 0), self._end(last)) is not None

    def _end(self, k: int) -> int:
        """Where the clause of a figure ends, or the bracket that it or the next one stands in."""
        end = self.items[k].end
        rest = _REST.match(self.text, end, end + 50)
        return rest.end() if rest else end

    def _aside(self, k: int) -> int:
        """How many figures say what share of another one the level is: 占40%, 完成预算60亿元的40%."""
        if not _ASIDE.fullmatch(self.gaps[k]):
            return 0
        if self._is_share(k):
            return 1
        return 2 if k + 1 < self.count and self._is_share(k + 1) and _OF_IT.fullmatch(self.gaps[k + 1]) else 0

    def _is_share(self, k: int) -> bool:
        return self.items[k].mark == SHARE and not self.items[k].changes

    def _claims(self, told: _Told) -> Iterator[Claim]:
        if told.base is not None and told.base != told.level:
            for place, up in told.changes:
                if (claim := change_of(self.items, told.base, told.level, place, up)) is not None:
                    yield claim
            return
        amounts = [one for one in told.changes if self.items[one[0]].mark == AMOUNT]
        rates = [one for one in told.changes if self.items[one[0]].mark == SHARE]
        for (amount, up), (rate, rises) in zip(amounts, rates, strict=False):
            if (claim := growth_of(self.items, told.level, (amount, up), (rate, rises), earlier=told.base is not None)) is not None:
                yield claim


def same_time(one: str, other: str) -> bool:
    """Whether two figures of comparing may be compared with the same time: 同比 and 2023年, not 同比 and 环比."""
    if not one or not other:
        return True
    return bool(_YEAR_AGO.search(one)) == bool(_YEAR_AGO.search(other)) and len({*_YEAR.findall(one), *_YEAR.findall(other)}) < 2
