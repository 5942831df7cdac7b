"""Exact intervals with open and closed ends: the arithmetic every verdict rests on.

An end is a whole number, a ``Fraction``, or ``None`` where the interval is unbounded. An unbounded end is always
open, a bounded interval is never empty, and a fraction that is whole is an ``int``; so equal sets compare equal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

Exact = int | Fraction


def canonical(value: Exact) -> Exact:
    """The one spelling of an exact number: an ``int`` where it is whole."""
    return value.numerator if value.denominator == 1 else value


def quotient(a: Exact, b: Exact) -> Exact:
    """``a / b`` without ever passing through a float."""
    if type(a) is type(b) is int and a % b == 0:
        return a // b
    return canonical(Fraction(a) / Fraction(b))


class DivisionBySpanningZero(ArithmeticError):
    """The divisor may be zero, so the quotient may be anything."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``; an end that is open is not among them."""

    low: Exact | None
    high: Exact | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if type(self.low) is type(self.high) is int and self.low < self.high:
            return
        if self.low is None:
            object.__setattr__(self, "low_open", True)
        elif type(self.low) is not int:
            object.__setattr__(self, "low", canonical(self.low))
        if self.high is None:
            object.__setattr__(self, "high_open", True)
        elif type(self.high) is not int:
            object.__setattr__(self, "high", canonical(self.high))
        if _empty(self.low, self.high, self.low_open or self.high_open):
            raise ValueError("an interval is never empty")

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    def __contains__(self, value: Exact) -> bool:
        if self.low is not None and (value < self.low or (value == self.low and self.low_open)):
            return False
        return not (self.high is not None and (value > self.high or (value == self.high and self.high_open)))

    def __neg__(self) -> Interval:
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
        )

    def __add__(self, other: Interval) -> Interval:
        return total((self, other))

    def __sub__(self, other: Interval) -> Interval:
        return total((self, -other))

    def __mul__(self, other: Interval) -> Interval:
        corners = [_corner(a, b) for a in _ends(self) for b in _ends(other)]
        low, low_open = min(corners, key=lambda end: (_order(end[0]), end[1]))
        high, high_open = max(corners, key=lambda end: (_order(end[0]), not end[1]))
        return Interval(_finite(low), _finite(high), low_open, high_open)

    def __truediv__(self, other: Interval) -> Interval:
        return self * other.reciprocal()

    def reciprocal(self) -> Interval:
        """Of an interval that does not hold zero; raises ``DivisionBySpanningZero`` otherwise."""
        if 0 in self or ((self.low is None or self.low < 0) and (self.high is None or self.high > 0)):
            raise DivisionBySpanningZero
        if self.low is not None and self.low >= 0:
            return Interval(
                0 if self.high is None else quotient(1, self.high),
                None if self.low == 0 else quotient(1, self.low),
                self.high_open,
                self.low_open,
            )
        return -(-self).reciprocal()

    def intersect(self, other: Interval) -> Interval | None:
        """The numbers in both, or ``None`` where there are none."""
        if self.is_point and other.is_point:
            return self if self.low == other.low else None
        return common((self, other))

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        return hull((self, other))

    def narrowed(self, low_by: Exact, high_by: Exact) -> Interval | None:
        """The interval with its ends moved inwards (outwards where negative); ``None`` where nothing is left."""
        low = None if self.low is None else self.low + low_by
        high = None if self.high is None else self.high - high_by
        return None if _empty(low, high, self.low_open or self.high_open) else Interval(low, high, self.low_open, self.high_open)

    def __str__(self) -> str:
        left = "(" if self.low_open else "["
        right = ")" if self.high_open else "]"
        return f"{left}{'-∞' if self.low is None else self.low}, {'∞' if self.high is None else self.high}{right}"


def _empty(low: Exact | None, high: Exact | None, an_end_is_open: bool) -> bool:
    return low is not None and high is not None and (low > high or (low == high and an_end_is_open))


def point(value: Exact) -> Interval:
    return Interval(value, value)


def total(addends: Iterable[Interval]) -> Interval:
    """The sum of any number of intervals; of none it is zero."""
    low: Exact | None = 0
    high: Exact | None = 0
    low_open = high_open = False
    for addend in addends:
        low = None if low is None or addend.low is None else low + addend.low
        high = None if high is None or addend.high is None else high + addend.high
        low_open |= addend.low_open
        high_open |= addend.high_open
    return Interval(low, high, low_open, high_open)


def common(items: Sequence[Interval]) -> Interval | None:
    """The numbers in all of them, or ``None`` where there are none."""
    if items.count(items[0]) == len(items):
        return items[0]
    low, low_open = max(map(low_key, items))[1:]
    high, high_open = min(map(high_key, items))[1:]
    return None if _empty(low, high, low_open or high_open) else Interval(low, high, low_open, high_open)


def hull(items: Collection[Interval]) -> Interval:
    """The smallest interval that holds all of them."""
    low, low_open = min(map(low_key, items))[1:]
    high, high_open = max(map(high_key, items))[1:]
    return Interval(low, high, low_open, high_open)


def smallest(items: Iterable[Interval]) -> Interval:
    """Where the minimum of one number from each may lie."""
    return -largest(-item for item in items)


def largest(items: Iterable[Interval]) -> Interval:
    """Where the maximum of one number from each may lie."""
    listed = list(items)
    low, low_open = max(low_key(item) for item in listed)[1:]
    high, high_open = max(high_key(item) for item in listed)[1:]
    return Interval(low, high, low_open, high_open)


_End = tuple[Exact | str, bool]


def low_key(i: Interval) -> tuple[tuple[int, Exact, int], Exact | None, bool]:
    """Ordered as low ends are, a closed one before an open one; with the end itself."""
    return ((0, 0, 0) if i.low is None else (1, i.low, int(i.low_open))), i.low, i.low_open


def high_key(i: Interval) -> tuple[tuple[int, Exact, int], Exact | None, bool]:
    """Ordered as high ends are, an open one before a closed one; with the end itself."""
    return ((2, 0, 0) if i.high is None else (1, i.high, -int(i.high_open))), i.high, i.high_open


def _ends(i: Interval) -> tuple[_End, _End]:
    return ("-" if i.low is None else i.low, i.low_open), ("+" if i.high is None else i.high, i.high_open)


def _corner(a: _End, b: _End) -> _End:
    """The product of two ends. A closed zero is reached whatever the other factor is."""
    (x, x_open), (y, y_open) = a, b
    if x == 0 or y == 0:
        closed = (x == 0 and not x_open) or (y == 0 and not y_open)
        return 0, not closed
    if isinstance(x, str) or isinstance(y, str):
        positive = _positive(x) == _positive(y)
        return ("+" if positive else "-"), True
    return x * y, x_open or y_open


def _positive(x: Exact | str) -> bool:
    return x == "+" if isinstance(x, str) else x > 0


def _order(x: Exact | str) -> tuple[int, Exact]:
    return (1, x) if not isinstance(x, str) else ((2, 0) if x == "+" else (0, 0))


def _finite(x: Exact | str) -> Exact | None:
    return None if isinstance(x, str) else x
