"""What stands between the figures of a paragraph, brackets that hold none left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fireaudit.reading.claims.levels import Item, verb_of
from fireaudit.reading.claims.verbs import OTHER_PRICES

CLOSE = 120
"""Characters between two figures that are looked at."""
CLAUSE = r"[^，,。;:、()\n]"
"""A character that no mark sets apart."""
_EMPTY = re.compile(r"\([^()]*\)")


def gaps_of(text: str, items: Sequence[Item]) -> list[str]:
    """What stands before each figure, the verb of a change with it (下降8.1%), and what stands behind the last."""
    ends = [0, *(one.end for one in items)]
    before = [_EMPTY.sub("", text[max(end, one.start - CLOSE) : one.start]) + verb_of(text, one) for end, one in zip(ends, items, strict=False)]
    return [*before, text[ends[-1] : ends[-1] + CLOSE]]


def in_other_prices(text: str, first: Item, last: Item) -> bool:
    """Whether the sentence from one figure to another tells of other prices than those of the time."""
    start = text.rfind("。", 0, first.start) + 1
    return OTHER_PRICES.search(text, max(start, first.start - CLOSE), last.end + 10) is not None
