"""The table of main indicators: one indicator a row, its baseline, its targets by year, binding or expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fireaudit.reading.figures import figure, is_figure, unit_in, unit_text, year_of
from fireaudit.reading.grid import Piece
from fireaudit.reading.tables.table import ReadTable

_KIND = re.compile(r"属性|屬性|性质|指标类型|(?i:nature|type|kind)")
_KINDS = {
    "约束性": "约束性",
    "約束性": "约束性",
    "预期性": "预期性",
    "預期性": "预期性",
    "binding": "binding",
    "expected": "expected",
    "anticipatory": "expected",
}
_LABEL = re.compile(r"指标|指標|(?i:indicator)")
_UNIT = re.compile(r"(?:计量)?单位|單位|(?i:unit)")
_BASE = re.compile(r"基期|基线|基數|基数|现状|現狀|基准|(?i:baseline|base year|current)")
_TARGET = re.compile(r"目标|目標|规划值|(?i:target)")
_COMPARED = re.compile(r"^[+±]?增[减减減]|增[长長幅减減][额額量]?$|同比|比上年|比去年|较上年|變動|变动|变化|(?i:change|variance|difference|growth)")
_GROWTH = re.compile(r"年均|增速|增长|累计|\[|(?i:annual|growth)")


@dataclass(frozen=True, slots=True)
class ReadIndicator:
    """``further``: figures of other columns, each with the heading of its column; ``unread``: cells that should hold a figure."""

    label: Piece
    no: str
    kind: str
    unit: str
    at: str
    baseline: Piece | None
    baseline_year: int | None
    targets: tuple[tuple[int, Piece], ...]
    further: tuple[tuple[str, Piece], ...]
    unread: tuple[Piece, ...]


def indicators(table: ReadTable) -> tuple[ReadIndicator, ...]:
    """The indicators of ``table``; none where it is no table of indicators."""
    roles = _roles(table)
    if roles is None:
        return ()
    return tuple(_rows(table, roles))


@dataclass(frozen=True, slots=True)
class _Roles:
    label: int
    kind: int | None
    unit: int | None
    no: int | None
    baseline: int | None
    targets: tuple[tuple[int, int], ...]
    others: tuple[int, ...]


def _roles(table: ReadTable) -> _Roles | None:
    """Which column is what: a table of indicators names its kinds, or calls itself one, and has targets by year."""
    columns = table.columns
    kind = next((i for i, c in enumerate(columns) if _KIND.search(c.label) and _kinds(table, i)), None)
    label = next((i for i, c in enumerate(columns) if _LABEL.search(c.label) and i != kind and not year_of(c.label) and c.role != "figure"), None)
    if label is None and kind is not None:
        label = next((i for i, c in enumerate(columns) if c.role in ("name", "text") and i != kind), None)
    if kind is None and any(_COMPARED.search(column.label) and column.role == "figure" for column in columns):
        return None  # figures of two years and their change: a table of what was, not of what is to be
    if label is None or (kind is None and not _LABEL.search(table.title)) or table.total is not None:
        return None
    unit = next((i for i, c in enumerate(columns) if _UNIT.fullmatch(c.label.replace(" ", ""))), None)
    years = {i: year for i, c in enumerate(columns) if i not in (label, kind, unit) and (year := year_of(c.label)) and not _GROWTH.search(c.label)}
    baseline = next((i for i, c in enumerate(columns) if _BASE.search(c.label)), None)
    if baseline is None and len(years) > 1:
        first = min(years, key=lambda i: years[i])
        baseline = first if not _TARGET.search(columns[first].label) and (kind is not None or years[first] % 5 == 0) else None
    targets: dict[int, int] = {}
    for index, year in years.items():
        if index != baseline:
            targets.setdefault(year, index)
    if not targets:
        return None
    no = next((i for i, c in enumerate(columns) if c.role == "number"), None)
    known = {label, kind, unit, no, baseline, *targets.values()}
    others = tuple(i for i, c in enumerate(columns) if c.role == "figure" and i not in known)
    return _Roles(label, kind, unit, no, baseline, tuple(sorted(targets.items())), others)


def _kinds(table: ReadTable, column: int) -> bool:
    texts = [row.cells[column].text for row in table.rows if row.cells[column].text]
    return sum(text.casefold() in _KINDS for text in texts) * 2 > len(texts)


def _rows(table: ReadTable, roles: _Roles) -> Iterator[ReadIndicator]:
    for row in table.rows:
        label = row.cells[roles.label]
        if not label.text:
            continue
        name, own = unit_in(label.text)
        unit = (unit_text(row.cells[roles.unit].text) if roles.unit is not None else "") or own
        others = [(table.columns[i].label, row.cells[i]) for i in roles.others if row.cells[i].text]
        further = tuple((heading, piece) for heading, piece in others if is_figure(piece.text))
        unread = [piece for _, piece in others if figure(piece.text) is None]
        targets = []
        for year, index in roles.targets:
            piece = row.cells[index]
            if piece.text and figure(piece.text) is not None:
                targets.append((year, piece))
            elif piece.text:
                unread.append(piece)
        baseline = row.cells[roles.baseline] if roles.baseline is not None else None
        if baseline is not None and (not baseline.text or figure(baseline.text) is None):
            unread += [baseline] if baseline.text else []
            baseline = None
        kind = _KINDS.get(row.cells[roles.kind].text.casefold(), "") if roles.kind is not None else ""
        year_text = table.columns[roles.baseline].label if roles.baseline is not None else ""
        no = row.cells[roles.no].text if roles.no is not None else ""
        piece = label if name == label.text else Piece(name, label.spot, label.origin, label.raw)
        yield ReadIndicator(piece, no, kind, unit, table.at, baseline, year_of(year_text), tuple(targets), further, tuple(unread))
