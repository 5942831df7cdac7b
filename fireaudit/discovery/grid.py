"""The figures of a table as whole numbers of one scale, so that tens of thousands of sums are tried quickly and exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd, lcm

from fireaudit.plan.model import Cell, Column, Row, Table
from fireaudit.quantity import Exact, Qualifier
from fireaudit.quantity.unit import Dimension

MOST_DIGITS = 40
_PLAIN = (Qualifier.EXACT, Qualifier.ROUNDED)
_LABELS = re.compile(
    r"序号|编号|编码|代码|代号|排名|名次|位次|邮编|电话|热线|年份|年度$|^年$|^No\.?$|rank|code|(?:serial|reference|account|case|phone|fax|project|contract|order|item|page|line|registration|station) number$|^id$",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|总[数量额和值]|总体|^总|^全[市省国县区]|^共$|全年$|[上下]半年$|前三季度$|\btotal\b|\bsubtotal\b|\bsum\b|^all$|\b(?:first|second) half$|^(?:full |whole )?year$",
    re.IGNORECASE,
)
PART = re.compile(r"^\W*(?:其中|#|of which)", re.IGNORECASE)
MINUS = re.compile(r"^\W*减(?!少)|^less\b|^minus\b", re.IGNORECASE)
CHANGE = re.compile(
    r"增减|增減|(?<![年月])变[动化]|變[動化]|差[额額异異]$|^差$|净增|\bchange\b|\bvariance\b|\bdifference\b|\bincrease\b|\bover.?under\b", re.IGNORECASE
)
STOCK = re.compile(r"[期年月季]末|余额|餘額|结余|結餘|结存|存量|库存|(?i:balance|year-end|end of|closing|stock)")
NO_SUM = re.compile("均|率|性别比|比[(（]|比重|占比|比例|密度|增长|增速|增幅|同比|环比|每|指数|排名|average|mean|per |rate|ratio|share|%|‰", re.IGNORECASE)

Band = tuple[int, int, int]
"""The least, the printed and the largest number a figure allows, in whole steps of the scale."""


@dataclass(frozen=True)
class Line:
    """Figures that stand in a line, a column or a row: what they are called, and a band at every position."""

    key: str
    label: str
    bands: tuple[Band | None, ...]
    dimension: Dimension = ()
    adds: bool = True
    grains: tuple[int, ...] = ()
    rate: bool = False
    """By its heading or its unit: so many per cent, for each, on average."""

    def grain(self, position: int) -> int:
        """The step that figures are multiples of: what chance has to hit."""
        return self.grains[position] if self.grains else self._common

    @cached_property
    def _common(self) -> int:
        return gcd(*(band[1] for band in self.bands if band is not None)) or 1

    @property
    def total(self) -> bool:
        return bool(TOTAL.search(self.label))


@dataclass(frozen=True)
class Grid:
    """Rows of a table by its columns of figures, in units of ``1 / scale``."""

    table: Table
    rows: tuple[Row, ...]
    columns: tuple[Line, ...]
    scale: int

    def turned(self) -> tuple[Line, ...]:
        """A line a row, over the columns that can be added up."""
        used = [column for column in self.columns if column.adds]
        grains = tuple(column.grain(0) for column in used)
        return tuple(
            Line(str(index), row.key, tuple(column.bands[index] for column in used), (), not NO_SUM.search(row.key), grains)
            for index, row in enumerate(self.rows)
        )


def grid_of(table: Table, every: bool = False, total: bool = False) -> Grid:
    """The plain rows, or ``every`` row, parts and subtotals too, and the ``total``. Figures that are missing, hedged or no
    decimal numbers are left out."""
    rows = (*(row for row in table.rows if row.kind == "plain" or (every and not NO_SUM.search(row.key))), *([table.total] if total and table.total else []))
    columns = [column for column in table.columns.values() if column.role == "figure"]
    cells = {column.name: [_figure(row.cells.get(column.name)) for row in rows] for column in columns}
    scale = 1
    for found in cells.values():
        for cell in found:
            below = 1 if cell is None else lcm(*(end.denominator for end in _ends(cell)))
            if scale % below:
                grown = lcm(scale, below)
                scale = grown if len(str(grown)) <= MOST_DIGITS else scale
    lines = [_line(column, cells[column.name], scale) for column in columns]
    return Grid(table, rows, tuple(line for line in lines if not _names_things(line, scale)), scale)


def _figure(cell: Cell | None) -> Cell | None:
    return cell if cell is not None and cell.quantity.qualifier in _PLAIN and cell.quantity.nominal is not None else None


def _ends(cell: Cell) -> tuple[Exact, Exact, Exact]:
    interval, nominal = cell.quantity.interval, cell.quantity.nominal
    assert interval is not None and interval.low is not None and interval.high is not None and nominal is not None
    return interval.low, nominal, interval.high


def _line(column: Column, cells: Sequence[Cell | None], scale: int) -> Line:
    bands = tuple(None if cell is None else _band(cell, scale) for cell in cells)
    dimension = next((cell.quantity.unit.dimension for cell in cells if cell is not None), column.unit.dimension)
    ratio = column.share or any(mark in column.unit.text for mark in "%‰/") or bool(NO_SUM.search(column.label))
    ratio = ratio or any(cell is not None and any(mark in cell.quantity.unit.text for mark in "%‰/") for cell in cells)
    return Line(column.name, column.label, bands, dimension, column.sums and not ratio, rate=ratio)


def _band(cell: Cell, scale: int) -> Band | None:
    low, middle, high = (end * scale for end in _ends(cell))
    if any(end.denominator != 1 for end in (low, middle, high)):
        return None
    return int(low), int(middle), int(high)


def _names_things(line: Line, scale: int) -> bool:
    """Numbers that say which, not how many: ranks, codes, years, serial numbers."""
    values = [band[1] for band in line.bands if band is not None]
    in_order = len(values) > 2 and all(b - a == scale for a, b in zip(values, values[1:], strict=False))
    return bool(_LABELS.search(line.label)) or (in_order and (values[0] == scale or 1900 * scale <= values[0] <= 2100 * scale))
