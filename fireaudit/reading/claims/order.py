"""Figures that a text lists by their size: 居前三位的是甲局（620宗）、乙局（473宗）和丙局（367宗） · 由高到低依次为 …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.levels import AMOUNT, Item, alike

_RANKED = re.compile(
    "(?:[居列位]前(?:列|茅|[0-9二三四五六七八九十]{1,2}[位名]?)|排名?(?:前列|前[0-9二三四五六七八九十]{1,2}[位名]?|靠前)|(?:从|由)(?:多到少|高到低|大到小))"
    "[^。;0-9]{0,14}(?:依次|分别)?[是为有:][^。;0-9]{0,20}$"
)
_BY_OTHER = re.compile("增[速幅量长]|降幅|涨幅|率|占比|比重|均")
_NEXT = re.compile(r"\)?(?:[、，,;]|和|及|与|以及)+[^。;，,、()0-9]{1,16}\(?")
_FEWEST = 3  # of two figures either may be the wrong one, or the order


def ordered(text: str, items: Sequence[Item]) -> Iterator[Claim]:
    """Each figure is no less than the next, where at most one of them stands out of the order."""
    for first, one in enumerate(items):
        before = text[max(0, one.start - 60) : one.start]
        led = _RANKED.search(before)
        if led is None or (_BY_OTHER.search(before) and one.mark == AMOUNT):
            continue
        run = [first]
        while run[-1] + 1 < len(items) and alike(one, items[run[-1] + 1]) and _NEXT.fullmatch(text, items[run[-1]].end, items[run[-1] + 1].start):
            run.append(run[-1] + 1)
        if len(run) >= _FEWEST and any(_falls([items[k] for k in run if k != left_out]) for left_out in (None, *run)):
            yield from (Claim("order", "{0} >= {1}", pair) for pair in pairwise(run))


def _falls(items: Sequence[Item]) -> bool:
    values = [one.quantity.nominal for one in items]
    return all(a is not None and b is not None and a >= b for a, b in pairwise(values))
