"""What checks each figure: totals, each table as a map, and the figures that only stand in the text."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.app import Audited
from fireaudit.diagnosis.coverage import Cover, Covered, covers
from fireaudit.diagnosis.network import Network
from fireaudit.messages import inert, word
from fireaudit.plan.model import Cell, Row, Table
from fireaudit.quantity import Interval, decimal_text
from fireaudit.reports import ration
from fireaudit.reports.text import Segment, width_of

SYMBOLS = {Cover.CROSSED: "#", Cover.PINNED: "+", Cover.BOUNDED: "-", Cover.UNTOUCHED: "·", Cover.MISSING: " "}
NAME_WIDTH = 16


def of(plan: Audited) -> dict[str, Covered]:
    """The cover of every cell of a plan, by name."""
    network = Network(plan.plan, plan.outcomes)
    found = covers(network)
    del network.printed  # the two hold each other, and would stay long after they are needed
    return found


def totals(found: dict[str, Covered]) -> dict[str, int]:
    return {cover.value: sum(c.cover is cover for c in found.values()) for cover in reversed(Cover)}


def pinned(found: dict[str, Covered]) -> tuple[int, int]:
    """How many figures an equation pins, and how many there are."""
    there = [c for c in found.values() if c.cover is not Cover.MISSING]
    return sum(c.cover in (Cover.PINNED, Cover.CROSSED) for c in there), len(there)


def percent(part: int, whole: int) -> str:
    """To one decimal, rounded down, so that 100 means all; – of nothing."""
    if not whole:
        return "–"
    thousandth = part * 1000 // whole
    return f"{thousandth // 10}.{thousandth % 10}%"


def render(plan: Audited, found: dict[str, Covered], lang: str) -> str:
    return "".join(text for text, _ in segments(plan, found, lang))


def segments(plan: Audited, found: dict[str, Covered], lang: str) -> Iterator[Segment]:
    """In styled pieces; the style of a map's cell is the name of its cover."""
    part, whole = pinned(found)
    yield f"{inert(plan.source.path)}  {inert(plan.plan.title)}\n", "strong"
    if not whole:
        yield f"  {word('no_figures', lang)}\n\n", "plain"
        return
    yield "  " + word("coverage_rate", lang, part=part, whole=whole, percent=percent(part, whole)) + "\n", "plain"
    for kind, number in totals(found).items():
        yield f"  {SYMBOLS[Cover(kind)]} ", kind
        yield f"{word('cover_' + kind, lang)}  {number}\n", "plain"
    shown: set[str] = set()
    for table in plan.plan.tables.values():
        yield from _map(table, found, shown)
    rest = [cell for name, cell in plan.plan.cells.items() if name not in shown]
    for cover in (Cover.UNTOUCHED, Cover.BOUNDED):
        listed = [cell for cell in rest if found[cell.name].cover is cover]
        if listed:
            yield f"\n  {SYMBOLS[cover]} {word('cover_' + cover.value, lang)}\n", "strong"
            for cell in listed:
                yield f"    {cell.span.line}:{cell.span.column}  {inert(cell.label or cell.name)}  {inert(cell.text)}\n", "plain"
    yield "\n", "plain"


def _map(table: Table, found: dict[str, Covered], shown: set[str]) -> Iterator[Segment]:
    rows = [*table.rows, *([table.total] if table.total else [])]
    columns = [c for c in table.columns.values() if any(c.name in row.cells for row in rows)]
    if not columns:
        return
    yield f"\n  {inert(table.title)}  {inert(table.at)}\n", "strong"
    yield "    " + " ".join(f"{number}={inert(column.label)}" for number, column in enumerate(columns, 1)) + "\n", "dim"
    yield "    " + " " * NAME_WIDTH + "".join(f"{number:>3}" for number in range(1, len(columns) + 1)) + "\n", "dim"
    for row in rows:
        yield "    " + _fit(_name(row, table)), "plain"
        for column in columns:
            cell = row.cells.get(column.name)
            cover = found[cell.name].cover if cell else Cover.MISSING
            if cell:
                shown.add(cell.name)
            yield " ", "plain"
            yield f" {SYMBOLS[cover]}", cover.value
        yield "\n", "plain"


def _name(row: Row, table: Table) -> str:
    return inert(row.key or ("Σ" if row is table.total else "?"))


def _fit(text: str) -> str:
    """Cut and filled to the width of the first column, wide characters counted as two."""
    text = text[:NAME_WIDTH]
    while width_of(text) > NAME_WIDTH - 1:
        text = text[:-1]
    return text + " " * (NAME_WIDTH - width_of(text))


def document(plan: Audited, found: dict[str, Covered]) -> tuple[dict[str, object], int]:
    """The contract of ``schemas/coverage.schema.json``, and how many figures are left out of it."""
    part, whole = pinned(found)
    cells, withheld = ration.documents(tuple(found.values()), lambda cover: _cell(plan.plan.cells[cover.cell], cover), plan.plan.limits)
    said = {"path": plan.source.path, "title": plan.plan.title, "figures": whole, "pinned": part, "totals": totals(found)}
    return said | {"cells": cells, "not_listed": withheld}, withheld


def _cell(cell: Cell, found: Covered) -> dict[str, object]:
    return {
        "name": cell.name,
        "label": cell.label,
        "text": cell.text,
        "at": cell.at or None,
        "line": cell.span.line,
        "column": cell.span.column,
        "cover": found.cover.value,
        "equations": found.equations,
        "inequalities": found.inequalities,
        "play": None if found.play is None else _ends(found.play),
    }


def _ends(play: Interval) -> dict[str, str | None]:
    return {"low": None if play.low is None else decimal_text(play.low), "high": None if play.high is None else decimal_text(play.high)}
