"""Two levels that a text names as the ends of a change: 由58家增加到71家 · rose from 58 to 71."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fireaudit.reading.claims.gaps import CLAUSE as _T
from fireaudit.reading.claims.levels import Item, alike, is_definite
from fireaudit.reading.claims.verbs import EN_TAIL, REACHING, VERBS

FROM = re.compile(rf"[由从自]{_T}{{0,16}}$")
_TO = re.compile(rf"{_T}{{0,20}}?(?:{VERBS}|发展|变化|调整|变)?{REACHING}(?:{_T}{{0,10}}的)?")
_EN_FROM = re.compile(r"\bfrom $")
EN_TO = re.compile(rf"{EN_TAIL},? ?\bto ")


def is_level(one: Item) -> bool:
    """A figure that is a level: neither hedged beyond use nor a change."""
    return not one.changes and is_definite(one)


def both_ends(gaps: Sequence[str], items: Sequence[Item], k: int) -> bool:
    """Whether a text goes from the k-th figure to the next."""
    if k + 1 >= len(items) or not (is_level(items[k]) and is_level(items[k + 1]) and alike(items[k], items[k + 1])):
        return False
    led = FROM.search(gaps[k]) and _TO.fullmatch(gaps[k + 1])
    return (led or (_EN_FROM.search(gaps[k]) and EN_TO.fullmatch(gaps[k + 1]))) is not None
