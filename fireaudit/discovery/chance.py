"""How surprising a relation is, in whole bits: what a match of these figures by chance would have cost, against what was tried.

A sum of size ``s`` that must hit a window ``w`` does so by chance about once in ``1 + s / (4 w)``, so small numbers and
zeros are hardly any evidence; and the same figures again no more than the share of positions with that total.
What was tried must be paid for: a thousand candidates cost ten bits.
"""

from __future__ import annotations

from math import comb

ENOUGH = 10
"""Bits left when everything tried is paid for: fewer than one false proposal in a thousand families of candidates."""
PLENTY = 400
"""Beyond this nobody counts: products stop growing."""
KEYWORD = 6
"""What a label such as 合计 is worth."""


class Evidence:
    """Bits gathered match by match."""

    def __init__(self, spread: int = 4) -> None:
        self.spread, self._above, self._below = spread, 1, 1
        self.seen: set[object] = set()

    def match(self, size: int, window: int, what: object, often: int = 1, of: int = 1) -> None:
        """A sum of ``size`` was within ``window``; ``often`` of ``of`` positions have that total, should ``what`` come again."""
        above, below = abs(size) + self.spread * window, self.spread * window
        if what in self.seen and above * often > below * of:
            above, below = of, often
        self.seen.add(what)
        if self.bits < PLENTY:
            self._above *= above
            self._below *= below

    @property
    def bits(self) -> int:
        return max(0, self._above.bit_length() - self._below.bit_length())


def price(tried: int) -> int:
    """Bits that ``tried`` candidates cost."""
    return max(0, tried - 1).bit_length()


def price_of_misses(rows: int, misses: int) -> int:
    """Any few rows might have been the ones to fail; and each that does speaks against the relation."""
    return price(comb(rows, misses)) + 2 * misses if misses else 0


def misses_allowed(rows: int, headed: bool = False) -> int:
    """One of four or more (of three, where the label says that it is a total), then one in eight."""
    return max(1, rows // 8) if rows >= 4 - headed else 0


def hopeless(hits: int, misses: int, allowed: int) -> bool:
    """Too many misses for the whole line, or for what was seen of it."""
    return misses > allowed or misses > 8 + hits // 4
