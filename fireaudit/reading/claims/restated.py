"""A figure said again at once, in another unit or rounded: 43,630万元（约4.36亿元） · 95.8万吨，折合19.16亿斤."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fireaudit.quantity import Qualifier
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.levels import AMOUNT, Item, Level, alike

_IN_BRACKETS = re.compile(r"\((?:即|合计?|折合|约合|相当于|[约近超]|大约|or|about|around|roughly|approximately| )*")
_BESIDE = re.compile("[，,]?(?:即|折合|约合|合)(?:人民币|港币|美元)?约?")
_DIGITS = re.compile("[^0-9]*[0-9.,]*")


def restated(level: Level, items: Sequence[Item]) -> Iterator[Claim]:
    for k in range(1, len(level.which)):
        one, other = items[level.which[k - 1]], items[level.which[k]]
        bracket = k == 1 and len(level.which) == 2 and _IN_BRACKETS.fullmatch(level.before(k)) and not level.behind(k).strip()
        if (bracket or _BESIDE.fullmatch(level.before(k))) and _otherwise(one, other) and not _rounds(one, other):
            yield Claim("restated", "{0} == {1}", (level.which[k - 1], level.which[k]))


def _otherwise(one: Item, other: Item) -> bool:
    """Whether two figures of one kind are printed in different units or scales, or the second is a rounded one."""
    a, b = one.quantity, other.quantity
    same = alike(one, other) and one.mark == AMOUNT and not one.changes and not other.changes
    return same and (_DIGITS.sub("", a.text, count=1) != _DIGITS.sub("", b.text, count=1) or b.qualifier is Qualifier.ROUNDED)


def _rounds(one: Item, other: Item) -> bool:
    """That a rounded figure differs from what it rounds, within what its words allow, is not worth a word."""
    a, b = one.quantity, other.quantity
    if a.interval is None or b.interval is None:
        return True
    return a.nominal != b.nominal and a.interval.intersect(b.interval) is not None
