"""The figures of one level as what may be added: which of them can be, which are of one kind, and how near they come to a sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fireaudit.quantity import Qualifier
from fireaudit.quantity.interval import total
from fireaudit.reading.claims.claims import Claim, adds_up
from fireaudit.reading.claims.levels import AMOUNT, INSIDE, Item, Level, alike
from fireaudit.reading.slips import Slip, slip

MOST = 80
"""Figures of a list, and those looked at around one. A list that goes on beyond is known in part, and proves nothing."""
_MEAN = re.compile(
    r"平均|[人户日月年]均|均价|单价|比[率重例值]|[效速频概增]率|率$|最[高低大小长短多少]|密度|强度|指数|气温|温度|每|距离|排名|排第|位列|average|mean|per |rate|max|min",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:[比较]|同比|环比|相比)[^，。;]{0,60}(?:增加|减少|增|减|少|多|提高|下降|扩大|缩小|上升|增长|高|低)了?[约近]?$|净[增减](?:加|少)?$|[比较与][^，。;、]{0,14}[的年期末底季月]$"
    r"|\b(?:than|compared (?:with|to)) (?:the )?$"
)
_DIFFERENCE = re.compile(f"{INSIDE}? ?(?:more|fewer|less|higher|lower) than ")
_OPEN = re.compile("^[^，。;:]{0,14}?(?<![高中初平同相])等(?![级待效同于])|^[^.;]{0,40}\\b(?:among others|etc)")
_COUNTED = 10_000  # below, things are counted one by one and every one is listed
NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one kind in a row; ``loose`` where its separators leave open which of them belong together."""

    marks: tuple[int, ...]
    loose: bool = False


class Addends:
    """Figures by the number of their mark in a level."""

    def __init__(self, level: Level, items: Sequence[Item]) -> None:
        self.level, self.items = level, items
        self.count = len(level.which)
        self.gaps = [level.before(k) for k in range(self.count)]
        self.strengths = [level.strength(k) for k in range(self.count)]
        self.addable = [self._adds(k) for k in range(self.count)]

    def _item(self, k: int) -> Item:
        return self.items[self.level.which[k]]

    def _adds(self, k: int) -> bool:
        one, clause = self._item(k), re.split("[，,;。:]", self.gaps[k])[-1]
        named = _MEAN.search(one.label) or _MEAN.search(clause)
        plain = one.mark == AMOUNT and not one.changes and one.quantity.qualifier is not Qualifier.RANGE and one.quantity.interval is not None
        return (
            plain
            and not named
            and one.quantity.unit.text not in ("倍", "度", "℃", "年", "天")
            and not _CHANGED.search(clause)
            and not _DIFFERENCE.match(self.level.behind(k).lstrip())
        )

    def _same(self, a: int, b: int) -> bool:
        return alike(self._item(a), self._item(b))

    def _open(self, last: int) -> bool:
        return bool(_OPEN.search(self.level.behind(last)))

    def _holds(self, parts: Sequence[int], whole: int) -> bool:
        intervals = [interval for k in parts if (interval := self._item(k).quantity.interval) is not None]
        target = self._item(whole).quantity.interval
        return target is not None and total(intervals).intersect(target) is not None

    def _near(self, parts: Sequence[int], whole: int, within: int = 1) -> bool:
        """Figures further from adding up than by one in ``within`` were not meant to."""
        values = [self._item(k).quantity.nominal for k in (*parts, whole)]
        known = [Fraction(value) for value in values if value is not None]
        if len(known) < len(values) or any(value < 0 for value in known):
            return False
        low, high = sorted((known[-1], sum(known[:-1])))
        return within * (high - low) < low or high == low or self._swapped(parts, whole)

    def _rounded_off(self, parts: Sequence[int], whole: int) -> bool:
        """Whether what is missing is so little that rounding, or a rest not worth listing, explains it."""
        values = [Fraction(self._item(k).quantity.nominal or 0) for k in (*parts, whole)]
        if values[-1] < _COUNTED and all(self._item(k).quantity.qualifier is Qualifier.EXACT for k in (*parts, whole)):
            return False
        step = max(Fraction(self._item(k).quantity.step) for k in (*parts, whole))
        return abs(values[-1] - sum(values[:-1])) <= 2 * len(parts) * step

    def _slip(self, parts: Sequence[int], whole: int) -> Slip | None:
        return slip([self._item(k).quantity for k in parts], self._item(whole).quantity)

    def _bits(self, parts: Sequence[int], whole: int) -> int:
        found = self._slip(parts, whole)
        return found.bits if found else 0

    def _swapped(self, parts: Sequence[int], whole: int) -> bool:
        found = self._slip(parts, whole)
        return found is not None and found.swapped

    def _beside(self, parts: Sequence[int], whole: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """The figures of another kind that stand behind each part and the whole: 甲5家、712张，乙12家、1334张，共17家、2046张."""
        pairs = [k + 1 for k in (*parts, whole)]
        if max(pairs) >= self.count or set(pairs) & {*parts, whole} or not all(self.addable[k] and self._same(k, pairs[-1]) for k in pairs):
            return
        if all(self.gaps[k] in ("", "、") for k in pairs[:-1]) and re.fullmatch("[、，,]?[^，,。;:、]{0,8}", self.gaps[pairs[-1]]):
            yield tuple(pairs[:-1]), pairs[-1]

    def _claim(self, kind: str, parts: Sequence[int], op: str, whole: int) -> Claim:
        return adds_up(kind, tuple(self.level.which[k] for k in parts), op, self.level.which[whole])


def noun_of(behind: str) -> str:
    return re.split("[，,;。:、.(\ue000-\ue003]|和|及", behind.strip())[0].strip()[:12]


def number_of(text: str) -> int:
    return int(text) if text.isdigit() else 2 if text == "两" else NUMERALS.find(text)
