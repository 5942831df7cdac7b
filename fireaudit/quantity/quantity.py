"""A quantity: what a printed figure says, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from fireaudit.quantity.interval import Exact, Interval
from fireaudit.quantity.unit import COUNT, Unit


class Qualifier(Enum):
    """How a figure is hedged. The value is the word the docs use for it."""

    EXACT = "exact"
    ROUNDED = "rounded"
    ABOUT = "about"
    ODD = "odd"  # 余, 多: somewhat more than
    NEARLY = "nearly"  # 近: somewhat less than
    BOUND = "bound"
    RANGE = "range"
    MISSING = "missing"


class Change(Enum):
    """Whether a figure is a level or a change, and a change of what."""

    NONE = "none"
    RELATIVE = "relative"  # 下降10%
    POINTS = "points"  # 提高5个百分点
    ABSOLUTE = "absolute"  # 减少5个


class Rounding(Enum):
    """What a printed decimal stands for."""

    HALF = "rounded"
    TRUNCATE = "truncated"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Quantity:
    """``interval`` holds every value, in base units, that the printed ``text`` allows; ``None`` where it is missing.

    ``nominal`` is the number as printed (the threshold of a bound, ``None`` for a range), ``step`` one unit of its
    last printed digit, both in base units. ``rounding`` is what the reader was told of it, if anything.
    """

    text: str
    interval: Interval | None
    unit: Unit = COUNT
    nominal: Exact | None = None
    step: Exact = 1
    qualifier: Qualifier = Qualifier.EXACT
    change: Change = Change.NONE
    rounding: Rounding | None = None

    @property
    def missing(self) -> bool:
        return self.interval is None
