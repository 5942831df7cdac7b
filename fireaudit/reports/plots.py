"""Series of figures over years as shapes to draw: an interval is a band, a bound an arrow, all in whole pixels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fireaudit.plan.model import Cell, Indicator, Table
from fireaudit.quantity import Exact, Interval

STEP, HEIGHT, TOP, SIDE = 76, 96, 28, 42
BELOW = 44
"""Room under the lowest figure for an arrow or a number, and for the year."""
ARROW = 22
MOST_POINTS = 40

BASELINE = ""
"""The label of a baseline, which has no year."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at its place: ``y`` of its number, ``band`` from top to bottom, ``arrow`` +1 up, -1 down, 0 none."""

    cell: Cell
    label: str
    x: int
    y: int
    band: tuple[int, int] | None
    arrow: int


@dataclass(frozen=True, slots=True)
class Plot:
    """``bars`` stand on ``floor``: amounts of a year; otherwise the points are levels joined by a line."""

    title: str
    points: tuple[Point, ...]
    bars: bool
    floor: int

    @property
    def width(self) -> int:
        return 2 * SIDE + STEP * (len(self.points) - 1)

    @property
    def height(self) -> int:
        return TOP + HEIGHT + (BELOW if any(point.arrow for point in self.points) else BELOW // 2)

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def trajectory(indicator: Indicator) -> Plot | None:
    """An indicator from its baseline over its targets."""
    start = [(BASELINE, indicator.baseline)] if indicator.baseline else []
    return _plot(indicator.label, [*start, *((str(year), cell) for year, cell in indicator.targets.items())], bars=False)


def schedules(table: Table) -> Iterator[Plot]:
    """The figures of a table by year: columns over rows that are years, and columns that each are of a year in the total row."""
    keyed = next((column.name for column in table.columns.values() if column.role == "year"), None)
    for column in table.columns.values() if keyed else ():
        series = [(row.texts[keyed][0], row.cells[column.name]) for row in table.plain_rows() if keyed in row.texts and column.name in row.cells]
        if (plot := _plot(column.label, series, bars=True)) is not None:
            yield plot
    row = table.total or (table.rows[0] if len(table.rows) == 1 else None)
    for stem, years in _by_year(table).items() if row else ():
        series = [(year, row.cells[name]) for year, name in years if row is not None and name in row.cells]
        if (plot := _plot(stem, series, bars=True)) is not None:
            yield plot


_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?")


def _by_year(table: Table) -> dict[str, list[tuple[str, str]]]:
    """Columns that differ only in the year of their label: the rest of the label → (year, column)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for column in table.columns.values():
        if column.role == "figure" and (year := _YEAR.search(column.label)):
            found.setdefault(_YEAR.sub("", column.label, count=1).strip() or table.title, []).append((year[1], column.name))
    return found


def _plot(title: str, series: Iterable[tuple[str, Cell]], bars: bool) -> Plot | None:
    """``None`` where fewer than two figures can be compared."""
    drawn = [(label, cell, cell.quantity.interval) for label, cell in series]
    known = [(label, cell, interval) for label, cell, interval in drawn if interval is not None and _finite(interval)][:MOST_POINTS]
    kinds = {(cell.quantity.unit.dimension, cell.quantity.change) for _, cell, _ in known}
    if len(known) < 2 or len(kinds) != 1:
        return None
    ends = [end for _, _, interval in known for end in _finite(interval)] + ([0] if bars else [])
    low, high = min(ends), max(ends)
    scale = _Scale(low, high if high != low else low + 1)
    points = tuple(_point(place, label, cell, interval, scale) for place, (label, cell, interval) in enumerate(known))
    return Plot(title, points, bars, scale.y(max(low, 0) if bars else low))


@dataclass(frozen=True, slots=True)
class _Scale:
    low: Exact
    high: Exact

    def y(self, value: Exact) -> int:
        return TOP + round(Fraction(self.high - value) * HEIGHT / Fraction(self.high - self.low))


def _finite(interval: Interval) -> Sequence[Exact]:
    return [end for end in (interval.low, interval.high) if end is not None]


def _point(place: int, label: str, cell: Cell, interval: Interval, scale: _Scale) -> Point:
    low, high = interval.low, interval.high
    middle = cell.quantity.nominal
    if middle is None or not _within(middle, scale):
        middle = low if high is None else high if low is None else Fraction(low + high) / 2
    assert middle is not None
    band = (scale.y(high), scale.y(low)) if low is not None and high is not None and low != high else None
    arrow = 0 if low is not None and high is not None else -1 if low is None else 1
    return Point(cell, label, SIDE + place * STEP, scale.y(middle), band, arrow)


def _within(value: Exact, scale: _Scale) -> bool:
    return scale.low <= value <= scale.high
