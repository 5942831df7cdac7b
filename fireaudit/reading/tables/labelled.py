"""Rows with their kinds, as far as labels tell: totals, the year over its months, rates among counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from fireaudit.quantity import Exact
from fireaudit.reading.figures import figure, is_figure
from fireaudit.reading.grid import Line, Piece, filled
from fireaudit.reading.tables.columns import is_mark
from fireaudit.reading.tables.fits import NONE
from fireaudit.reading.tables.row import Row, kind_of
from fireaudit.reading.tables.table import TableColumn
from fireaudit.reading.texts import compare

_SCORE = re.compile(r"[总總](?:得|评|評)?分值?|得分[合总總]?[计計]?|(?i:(?:total|overall) (?:score|points))")
_EXCLUDING = re.compile(r"(?:不含|不包括|未含|除外|扣除|剔除|(?i:\b(?:excluding|excl\.?|except|other than)\b))(?!税|稅| (?:tax|vat)\b).*")
_MARKS = re.compile(r"[(（](?:[a-z0-9]{1,2}|[注註].{0,3})[)）]$|(?<![*†‡§])[*†‡§]+$", re.IGNORECASE)
_RATE_ROW = re.compile(r"[(（][%％‰][)）]$|[%％‰]$|(?<![税費费])率$|比上年增长$|^同比|^比重|^占.*比")
_MEAN_ROW = re.compile(r".{0,4}(?:平均|均值)[值数數]?|最[高大低小多少][值数數]?|(?i:averages?|means?|medians?|max(?:imum)?|min(?:imum)?)")
YEAR_ROW = re.compile(r"全年(?:合计|累计|总计)?|年度合计|(?:19|20)[0-9]{2}年(?:全年)?|(?i:(?:full |whole )?year)")
_MONTH = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?|(?i:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?)")
_QUARTER = re.compile(r"第?[一二三四1-4]季度?|(?i:q[1-4])")


def row_of(line: Line, figures: Sequence[int], columns: Sequence[TableColumn]) -> Row | None:
    """A row of the table; ``None`` for one that only heads a section, a single cell with words, or has words or arrows for all its figures."""
    said = filled(line)
    instead = [line[i].text for i in figures if line[i].text.strip() not in NONE]
    if len(instead) > 1 and not any(is_figure(text) or any(map(str.isdigit, text)) for text in instead) and not any(figure(text) for text in instead):
        return None
    if len(said) == 1 and len(columns) > 2 and figures and not is_figure(said[0].text) and not kind_of(said[0].text):
        return None
    if figures and said and not any(line[i].text for i in figures) and said[0].text.endswith(("：", ":")):
        return None
    cells = tuple(replace(piece, text="") if not piece.origin and i in figures else piece for i, piece in enumerate(line))
    labels = [(piece, column) for piece, column in zip(line, columns, strict=True) if piece.text and column.role in ("name", "year", "text", "date")]
    label = min(labels, key=lambda found: is_mark(found[1].label), default=(None, None))[0]
    first = next((piece for piece in line if piece.text), line[0])
    mark = kind_of(first.text) or (kind_of(label.text) if label else "") or _kind_inside(line, first, figures)
    return Row(mark, cells, (label or first).raw or (label or first).text, first.text)


def as_labelled(rows: list[Row], figures: Sequence[int], shares: Sequence[int], totals: bool) -> list[Row]:
    """``figures`` and ``shares``: the columns of figures, and those of them that are shares; ``totals``: a column is headed as one."""
    rows = _whole_by_points(_whole_by_shares(rows, shares), figures)
    rows = _with_year(_rates_apart(rows, totals))
    return _sections_apart(_left_out(rows), figures)


def _kind_inside(line: Line, first: Piece, figures: Sequence[int]) -> str:
    """The kind of a row whose total word stands in a further column of labels: 道路 | 小计. It is the total of that category."""
    labels = line[: min(figures, default=len(line))]
    kinds = {kind_of(piece.text) for piece in labels} & {"total", "subtotal"}
    whole = re.fullmatch(r"全.{0,4}|[总總].{0,3}|(?i:all|overall)", first.text)
    return ("total" if whole and "total" in kinds else "subtotal") if kinds else "plain"


def _with_year(rows: list[Row]) -> list[Row]:
    """The row of the whole year is the total of twelve months or four quarters."""
    labels = [compare(row.label) for row in rows]
    parts = [label for label, row in zip(labels, rows, strict=True) if not YEAR_ROW.fullmatch(label) and row.kind == "plain"]
    months, quarters = (all(pattern.fullmatch(label) for label in parts) for pattern in (_MONTH, _QUARTER))
    if not (months and len(set(parts)) == 12 == len(parts)) and not (quarters and len(set(parts)) == 4 == len(parts)):
        return rows
    return [replace(row, kind="total") if YEAR_ROW.fullmatch(label) and row.kind == "plain" else row for label, row in zip(labels, rows, strict=True)]


def _whole_by_shares(rows: list[Row], shares: Sequence[int]) -> list[Row]:
    """The first or the last row is the total, whatever it is called, where it prints a share of 100 that the shares of the others make up."""
    if len(rows) < 3 or any(row.kind != "plain" for row in rows):
        return rows
    for c in shares:
        printed = [_per_cent(row.cells[c].text) for row in rows]
        for place, others in ((-1, printed[:-1]), (0, printed[1:])):
            told = [Fraction(share) for share in others if share is not None]
            if printed[place] == 100 and len(told) == len(others) and abs(sum(told, Fraction(-100))) <= Fraction(len(told), 10):
                return [replace(row, kind="total") if row is rows[place] else row for row in rows]
    return rows


def _whole_by_points(rows: list[Row], figures: Sequence[int]) -> list[Row]:
    """总分 is the total of a score sheet where the points that can be had, or those given, add up to it; weighted scores do not."""
    if len(rows) < 3 or not _SCORE.fullmatch(compare(rows[-1].label)) or any(row.kind != "plain" for row in rows):
        return rows
    printed = [[figure(row.cells[c].text) for row in rows] for c in figures]
    told = [[q.nominal for q in column if q is not None and q.nominal is not None] for column in printed]
    adds = any(len(column) == len(rows) and sum(column[:-1]) == column[-1] for column in told)
    return [*rows[:-1], replace(rows[-1], kind="total")] if adds else rows


def _per_cent(text: str) -> Exact | None:
    quantity = figure(text)
    if quantity is None or quantity.nominal is None:
        return None
    return quantity.nominal * 100 if quantity.unit.text else quantity.nominal


def _rates_apart(rows: list[Row], totals: bool) -> list[Row]:
    """A row of rates or means among rows of counts is not added into their total, nor are its columns into a column of totals."""
    rates = [bool(_RATE_ROW.search(label) or _MEAN_ROW.fullmatch(label)) for label in (row.label.strip() for row in rows)]
    if all(rates) or not any(rates) or not (totals or any(row.kind == "total" for row in rows)):
        return rows
    return [replace(row, kind="apart") if rate and row.kind == "plain" else row for row, rate in zip(rows, rates, strict=True)]


def _left_out(rows: list[Row]) -> list[Row]:
    """Rows that a total says it leaves out, by their names; a total that leaves out what no row names is the sum of nothing here."""
    result = list(rows)
    for place, row in enumerate(rows):
        match = _EXCLUDING.search(row.label) if row.kind in ("total", "subtotal") else None
        if match is None:
            continue
        named = [
            i for i, other in enumerate(rows[:place]) if other.kind == "plain" and compare(_MARKS.sub("", other.label)).lower() in compare(match[0]).lower()
        ]
        for i in named or [place]:
            result[i] = replace(rows[i], kind="apart")
    return result


def _sections_apart(rows: list[Row], figures: Sequence[int]) -> list[Row]:
    """A row without figures that opens the rows of a subtotal heads them and counts nothing."""
    last = max((i for i, row in enumerate(rows) if row.kind == "subtotal"), default=-1)
    opens = [row.kind == "plain" and i < last and (i == 0 or rows[i - 1].kind == "subtotal") for i, row in enumerate(rows)]
    empty = [len(figures) > 1 and not any(row.cells[c].text for c in figures) for row in rows]
    return [replace(row, kind="apart") if a and b else row for row, a, b in zip(rows, opens, empty, strict=True)]


def without_dashes(row: Row, columns: set[int]) -> Row:
    return replace(row, cells=tuple(replace(piece, text="") if i in columns and piece.text.strip() in NONE else piece for i, piece in enumerate(row.cells)))
