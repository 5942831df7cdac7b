"""How strongly one slip of the pen speaks for a sum that figures miss: what a coincidence would have cost, in whole bits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from fireaudit.quantity import Quantity
from fireaudit.quantity.digits import differing, transposed


@dataclass(frozen=True, slots=True)
class Slip:
    """``swapped``: two neighbouring digits stand in each other's place, or the point in another, which hardly happens by chance."""

    swapped: bool
    bits: int


def slip(parts: Sequence[Quantity], whole: Quantity) -> Slip | None:
    """Whether one figure with two neighbouring digits swapped, the point in another place or one digit wrong, is all that keeps ``parts`` from adding
    up to ``whole``, weighed against how many sums such slips reach by chance; ``None`` where none explains it."""
    figures = [*parts, whole]
    values = [Fraction(q.nominal) for q in figures if q.nominal is not None]
    if len(values) < len(figures) or any(value < 0 for value in values):
        return None
    missing = values[-1] - sum(values[:-1])
    wanted = [*(value + missing for value in values[:-1]), values[-1] - missing]
    printed = [_digits(value, q) for value, q in zip(values, figures, strict=True)]
    pairs = [(a, b) for a, value, q in zip(printed, wanted, figures, strict=True) if (b := _digits(value, q))]
    swapped = any(transposed(a, b) for a, b in pairs) or any(_shifted(value, right) for value, right in zip(values, wanted, strict=True))
    if not swapped and not any(len(differing(a, b)) == 1 for a, b in pairs):
        return None
    slips = sum(len(a) - 1 if swapped else 9 * len(a) for a in printed)
    size = values[-1] / _grain(values)
    return Slip(swapped, max(0, (int(size) // max(1, slips)).bit_length() - 1))


def mistyped(printed: Quantity, right: Fraction) -> bool:
    """Whether a figure is the right one, rounded as it is, but for one digit, two neighbouring digits or the place of the point."""
    value = Fraction(printed.nominal or 0)
    rounded = [step * Fraction(printed.step) for step in {floor(right / printed.step), ceil(right / printed.step)}]
    shown = _digits(value, printed)
    pairs = [(shown, _digits(one, printed)) for one in rounded]
    return any(transposed(a, b) or len(differing(a, b)) == 1 for a, b in pairs if a and b) or any(_shifted(value, one) for one in rounded)


def _digits(value: Fraction, like: Quantity) -> str:
    """The digits of a value printed as a figure is; empty where it cannot be."""
    steps = value / like.step
    return str(steps.numerator) if steps.denominator == 1 and steps > 0 else ""


def _shifted(value: Fraction, right: Fraction) -> bool:
    """By tens, hundreds, or what 万 and 亿 stand for."""
    return value > 0 and any(right in (value * factor, value / factor) for factor in (10, 100, 10_000, 100_000_000))


def _grain(values: Sequence[Fraction]) -> Fraction:
    """The power of ten that all values are multiples of, so that round figures count only the digits they state."""
    scale = lcm(*(value.denominator for value in values))
    common = gcd(*(int(value * scale) for value in values)) or 1
    ten = 1
    while common % (ten * 10) == 0:
        ten *= 10
    return Fraction(ten, scale)
