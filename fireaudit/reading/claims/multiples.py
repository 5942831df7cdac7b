"""How many times another figure a text says that one is: 12.84万人次，是2020年6.42万人次的2倍 · 由1.2亿元增加到4.9亿元，翻两番."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.ends import both_ends, is_level
from fireaudit.reading.claims.gaps import CLAUSE as _T
from fireaudit.reading.claims.levels import AMOUNT, Item, alike
from fireaudit.reading.claims.verbs import EARLIER, EN_TAIL, VERB

_TIMES_OF = re.compile(rf"{_T}{{0,8}}?\)?[，,(]?(?:约)?(?:是|为|相当于|达到?){_T}{{0,16}}?")
_OF = re.compile(f"{_T}{{0,6}}?的(?:大?约)?")
_OF_THE_FIRST = re.compile(rf"{_T}{{0,8}}?[，,(](?:约)?(?:是|为|相当于|达到?){EARLIER}的")
_GROWN = re.compile(rf"{_T}{{0,8}}?[，,、(]{{0,2}}(?:累计|共|净)?{VERB}(?:了|约|[加长])*")
_AGAINST = re.compile(rf"{_T}{{0,8}}?[，,(]?(?<![相对])[比较]{_T}{{0,12}}?的?")
_DOUBLED = re.compile(rf"{_T}{{0,6}}?[，,]?(?:实现)?(?:翻了?(?P<times>[一两二三四])?番)(?![多以])")
_EN_DOUBLED = re.compile(r"(?P<hedge>\b(?:nearly|almost|than|about|around|not) )?(?:had |has |have )?(?P<verb>doubled|tripled|trebled|quadrupled) from $")
_EN_TIMES = re.compile(rf"{EN_TAIL}[,(] ?(?:or |which is |about |more than )?")
_EN_OF = re.compile(r" ?(?:that of |the )?(?:figure |number |total |level )?(?:of |in |the )?")
_FOLD = {"doubled": 2, "tripled": 3, "trebled": 3, "quadrupled": 4}


def multiples(items: Sequence[Item], gaps: Sequence[str]) -> Iterator[Claim]:
    for k in range(len(items) - 1):
        if both_ends(gaps, items, k):
            yield from _between(gaps, items, k)
        elif is_level(items[k]) and k + 2 < len(items):
            yield from _of_another(gaps, items, k)


def _between(gaps: Sequence[str], items: Sequence[Item], k: int) -> Iterator[Claim]:
    """由A增加到B，增长1.5倍, 是2020年的2.5倍, 翻一番."""
    place = k + 2
    if place < len(items) and _is_times(items[place]):
        if (then := _GROWN.fullmatch(gaps[place])) is not None and then["up"]:
            yield Claim("multiple", "({1} - {0}) / {0} == {2}", (k, k + 1, place))
        elif _OF_THE_FIRST.fullmatch(gaps[place]) and not items[place].changes:
            yield Claim("multiple", "{1} / {0} == {2}", (k, k + 1, place))
    elif (doubled := _DOUBLED.match(gaps[place])) is not None:
        yield from _fold(2 ** "零一两三四".index((doubled["times"] or "一").replace("二", "两")), k)
    elif (said := _EN_DOUBLED.search(gaps[k])) is not None and not said["hedge"]:
        yield from _fold(_FOLD[said["verb"]], k)


def _fold(times: int, k: int) -> Iterator[Claim]:
    """Said in words, a multiple is rounded: from a tenth less to a quarter more."""
    yield Claim("multiple", f"10 * {{1}} >= {9 * times} * {{0}}", (k, k + 1))
    yield Claim("multiple", f"4 * {{1}} <= {5 * times} * {{0}}", (k, k + 1))


def _of_another(gaps: Sequence[str], items: Sequence[Item], k: int) -> Iterator[Claim]:
    """B，是A的2倍; B，比A增长1倍; B, 3.2 times the A of 2020."""
    base, times = k + 1, k + 2
    if _is_times(items[base]) and not items[base].changes and _EN_TIMES.fullmatch(gaps[base]) and _EN_OF.fullmatch(gaps[times]):
        base, times = times, base
    elif not _is_times(items[times]):
        return
    elif _TIMES_OF.fullmatch(gaps[base]) is None or _OF.fullmatch(gaps[times]) is None:
        then = _GROWN.fullmatch(gaps[times])
        if then is not None and then["up"] and _AGAINST.fullmatch(gaps[base]) and _comparable(items[k], items[base]):
            yield Claim("multiple", "({1} - {0}) / {0} == {2}", (base, k, times))
        return
    if _comparable(items[k], items[base]) and not items[times].changes:
        yield Claim("multiple", "{1} / {0} == {2}", (base, k, times))


def _comparable(one: Item, other: Item) -> bool:
    return is_level(other) and one.mark == AMOUNT and alike(one, other) and not _is_times(one) and not _is_times(other)


def _is_times(one: Item) -> bool:
    return one.quantity.unit.text in ("倍", "times") and one.quantity.interval is not None
