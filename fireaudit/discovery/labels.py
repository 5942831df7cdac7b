"""How much two labels have in common, in whole bits: what is rare among the labels of a plan says most."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

_HAN = re.compile("[\u3400-\u9fff]+")
_WORD = re.compile("[a-z]{2,}")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
MOST = 24
FEWEST = 100
"""A plan with hardly any labels is read as if it had so many: a word is rare for what it is, not for want of others."""
_PEOPLE, _TIMES, _THINGS = frozenset("人名位员"), frozenset("次起场例宗"), frozenset("个座支处所家栋站队项类种份")


@lru_cache(maxsize=65_536)
def tokens(label: str) -> frozenset[str]:
    """Pairs of Chinese characters, words, years."""
    plain = unicodedata.normalize("NFKC", label).lower()
    pairs = {run[i : i + 2] for run in _HAN.findall(plain) for i in range(max(1, len(run) - 1))}
    return frozenset(pairs | set(_WORD.findall(plain)) | set(_YEAR.findall(plain)))


@lru_cache(maxsize=65_536)
def years(label: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(unicodedata.normalize("NFKC", label)))


def compatible(one: str, other: str) -> bool:
    """Labels that name years must share one."""
    a, b = years(one), years(other)
    return not a or not b or bool(a & b)


@lru_cache(maxsize=65_536)
def counted(unit: str) -> str:
    """The kind of thing a measure word counts: people, occurrences, things, or the unit itself."""
    word = unit.lstrip("百千万萬亿億十0123456789")
    for name, words in (("people", _PEOPLE), ("times", _TIMES), ("things", _THINGS)):
        if word and word[-1] in words:
            return name
    return word


def same_kind(one: str, other: str) -> bool:
    a, b = counted(one), counted(other)
    return a == b or not a or not b


def longest_common(one: str, other: str) -> int:
    """How many characters of one stand in the other in the same order: 消防站 of 消防救援站."""
    row = [0] * (len(other) + 1)
    for c in one:
        row = [0, *accumulate(((row[i] + 1 if c == d else row[i + 1]) for i, d in enumerate(other)), max)]
    return row[-1]


class Labels:
    """The labels of a plan."""

    def __init__(self, labels: Iterable[str]) -> None:
        listed = list(dict.fromkeys(labels))
        self.count = max(FEWEST, len(listed) + 1)
        self.often = Counter(token for label in listed for token in tokens(label))

    def shared(self, *labels: str) -> int:
        """Bits that all labels have in common; neighbouring pairs overlap, so half of each."""
        common = frozenset.intersection(*map(tokens, labels))
        return min(MOST, sum((self.count // max(1, self.often[token])).bit_length() - 1 for token in common) // 2)
