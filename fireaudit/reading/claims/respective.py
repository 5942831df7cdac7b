"""Several figures compared at once: 接待6,481万人次，收入637亿元，分别增长11.8%和16.6%（2023年分别为5,794.5万人次、546.1亿元）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fireaudit.reading.claims.changes import change_of, growth_of
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.ends import is_level
from fireaudit.reading.claims.gaps import CLAUSE as _T
from fireaudit.reading.claims.gaps import in_other_prices
from fireaudit.reading.claims.levels import SHARE, Item, alike
from fireaudit.reading.claims.verbs import EARLIER, MEAN, REACHING, VERB, VERBS

_LED = re.compile(rf"(?:分别|依次|各自){_T}{{0,4}}?{VERB}(?:了|为|约|达)*$")
_LED_BY_NOUN = re.compile(rf"{VERB}(?:分别|依次|各自)(?:为|达|约)*$")
_NEXT = re.compile(rf"{_T}{{0,6}}?(?:[、，,]|和|及|与|以及){_T}{{0,2}}?(?:{VERB}了?)?约?")
_ALSO = re.compile(rf"{_T}{{0,4}}?\)?[，,(]{VERB}(?:了|为|约|达)*")
_BASES = re.compile(rf"{_T}{{0,8}}?\)?[，,]?\({EARLIER}{_T}{{0,6}}?(?:分别|依次)?(?:为|是|:)?")
_FROM = re.compile(rf"[由从](?:{EARLIER})?的?$|分别[由从]{_T}{{0,8}}$")
_TO = re.compile(rf"{_T}{{0,6}}?(?:分别)?(?:{VERBS})?{REACHING}")
_STOP = re.compile("[。\n]|其中")
_YEARS_ON_END = re.compile("连续$")
_MOST = 6


def respective(text: str, items: Sequence[Item], gaps: Sequence[str]) -> Iterator[Claim]:
    yield from _Reader(text, items, gaps).all()


class _Reader:
    def __init__(self, text: str, items: Sequence[Item], gaps: Sequence[str]) -> None:
        self.text, self.items, self.gaps, self.count = text, items, gaps, len(items)

    def all(self) -> Iterator[Claim]:
        k = 1
        while k < self.count:
            led = self._led(k)
            if led is None or MEAN.search(self.gaps[k]):
                k += 1
                continue
            first = self._group(k, bool(led["up"]))
            second: list[tuple[int, bool]] = []
            if (then := self._led(k + len(first)) or self._also(k + len(first))) is not None:
                second = self._group(k + len(first), bool(then["up"]))
            yield from self._compared(k, [group for group in (first, second) if group])
            k += len(first) + len(second)

    def _led(self, k: int) -> re.Match[str] | None:
        return (_LED.search(self.gaps[k]) or _LED_BY_NOUN.search(self.gaps[k])) if k < self.count else None

    def _also(self, k: int) -> re.Match[str] | None:
        return _ALSO.fullmatch(self.gaps[k]) if k < self.count else None

    def _group(self, k: int, up: bool) -> list[tuple[int, bool]]:
        """The changes that are listed from one on, each with whether it is a rise."""
        found = [(k, up)]
        while (k := k + 1) < self.count and len(found) < _MOST and (then := _NEXT.fullmatch(self.gaps[k])) is not None:
            if self.items[k].mark != self.items[k - 1].mark or self._led(k) is not None:
                break
            found.append((k, bool(then["up"]) if then["verb"] else found[-1][1]))
        return found

    def _compared(self, k: int, groups: list[list[tuple[int, bool]]]) -> Iterator[Claim]:
        size = len(groups[0])
        end = k + sum(map(len, groups))
        if size < 2 or any(len(group) != size for group in groups):
            return
        if "依次" in self.gaps[k] or "逐年" in self.gaps[k]:
            yield from self._one_after_the_other(k, groups[0])
            return
        behind = range(end, end + size)
        if self._bases(behind):
            levels, bases, last = range(k - size, k), behind, behind.stop - 1
        elif self._bases(range(k - size, k)):
            levels, bases, last = range(k - 2 * size, k - size), range(k - size, k), end - 1
        elif self._ends(k, size):
            levels, bases, last = range(k - size, k), range(k - 2 * size, k - size), end - 1
        else:
            levels, bases, last = range(k - size, k), range(0), end - 1
        if not self._are_levels(levels) or self._other_prices(levels.start, last):
            return
        yield from self._claims(levels, bases, groups)

    def _claims(self, levels: range, bases: range, groups: list[list[tuple[int, bool]]]) -> Iterator[Claim]:
        found: list[Claim | None] = []
        if bases:
            if all(alike(self.items[a], self.items[b]) for a, b in zip(levels, bases, strict=True)):
                found = [change_of(self.items, base, level, *change) for group in groups for level, base, change in zip(levels, bases, group, strict=True)]
        elif len(groups) == 2:
            amounts, rates = sorted(groups, key=lambda group: self.items[group[0][0]].mark == SHARE)
            if all(alike(self.items[a], self.items[b]) for a, (b, _) in zip(levels, amounts, strict=True)) and self.items[rates[0][0]].mark == SHARE:
                found = [growth_of(self.items, *one) for one in zip(levels, amounts, rates, strict=True)]
        yield from (claim for claim in found if claim is not None)

    def _one_after_the_other(self, k: int, rates: list[tuple[int, bool]]) -> Iterator[Claim]:
        """近三年分别为531人、549人和568人，增幅依次为3.4%和3.5%: each the growth of one year over the one before."""
        end = k - 1 if _YEARS_ON_END.search(self.gaps[k - 1]) else k
        levels = range(end - len(rates) - 1, end)
        if not self._are_levels(levels) or not all(_NEXT.fullmatch(self.gaps[place]) for place in levels[1:]) or self._other_prices(levels.start, k):
            return
        for level, (rate, up) in zip(levels[1:], rates, strict=True):
            if (claim := change_of(self.items, level - 1, level, rate, up)) is not None:
                yield claim

    def _bases(self, places: range) -> bool:
        """（2023年分别为A和B."""
        if places.start < 0 or places.stop > self.count or not _BASES.fullmatch(self.gaps[places.start]):
            return False
        return all(_NEXT.fullmatch(self.gaps[place]) for place in places[1:]) and all(is_level(self.items[place]) for place in places)

    def _ends(self, k: int, size: int) -> bool:
        """分别由A、B增加到C、D."""
        if k < 2 * size or not _FROM.search(self.gaps[k - 2 * size]) or not _TO.fullmatch(self.gaps[k - size]):
            return False
        return all(_NEXT.fullmatch(self.gaps[place]) for place in (*range(k - 2 * size + 1, k - size), *range(k - size + 1, k)))

    def _are_levels(self, places: range) -> bool:
        """As many levels as there are changes, in one sentence, and no further one listed before them."""
        if places.start < 0 or any(_STOP.search(self.gaps[place]) for place in places[1:]) or not all(is_level(self.items[place]) for place in places):
            return False
        return places.start == 0 or not _NEXT.fullmatch(self.gaps[places.start]) or not is_level(self.items[places.start - 1])

    def _other_prices(self, first: int, last: int) -> bool:
        return in_other_prices(self.text, self.items[first], self.items[last])
