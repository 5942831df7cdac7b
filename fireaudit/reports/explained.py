"""What ``explain`` says of a figure, as text and in the machine form of ``schemas/explain.schema.json``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fireaudit.app import Audited
from fireaudit.messages import inert, message_of, word
from fireaudit.plan.model import Cell
from fireaudit.quantity import Interval, Quantity, decimal_text, spell
from fireaudit.reports import dossier, ration
from fireaudit.reports.coverage import SYMBOLS
from fireaudit.reports.dossier import Dossier, Dossiers, Involved, Related
from fireaudit.reports.text import Segment, width_of

LEAD = 14
"""Terminal columns of the names on the left."""

_STYLES = {"violated": "error", "rounding": "warning", "not_assessable": "dim"}


def segments(audited: Audited, found: Dossier, lang: str) -> Iterator[Segment]:
    cell = found.cell
    yield f"{inert(audited.source.path)}:{cell.span.line}:{cell.span.column}  {inert(cell.name)}\n", "dim"
    yield f"{inert(cell.label or cell.name)}  {inert(cell.text) or '–'}\n", "strong"
    yield from _line("place", dossier.place(cell, lang), "plain", lang)
    yield from _line("reads", dossier.reading(cell.quantity, lang), "plain", lang)
    yield from _line("cover", f"{SYMBOLS[found.cover.cover]} {dossier.cover(found, lang)}".strip(), "plain", lang)
    for involved in found.involved:
        for line in dossier.blame(involved, lang):
            yield from _line("cases", line, involved.case.severity.word, lang)
    for other in found.elsewhere:
        yield from _line("elsewhere", f"{other.text or '–'}  {other.name}  ({dossier.place(other, lang)})", "plain", lang)
    for accepted in found.accepted:
        yield from _line("accepted", message_of(accepted.finding, lang) + word("colon", lang) + accepted.acceptance.reason, "dim", lang)
    for related in found.related:
        yield from _relation(related, lang)
    yield "\n", "plain"


def _line(key: str, text: str, style: str, lang: str) -> Iterator[Segment]:
    lead = word(f"dossier.{key}", lang)
    yield f"  {lead}{' ' * max(2, LEAD - width_of(lead))}", "dim"
    yield inert(text) + "\n", style


def _relation(related: Related, lang: str) -> Iterator[Segment]:
    relation, verdict = related.outcome.relation, related.verdict
    style = _STYLES.get(verdict, "plain")
    yield f"  {dossier.MARKS[verdict]} {relation.code} ", style
    yield inert(f"{dossier.must(relation, lang)} · {word(f'dossier.verdict_{verdict}', lang)}") + "\n", style
    yield inert(f"      {dossier.subject(relation)}") + "\n", "dim"
    yield inert(f"      {dossier.derivation(related.outcome, lang)}") + "\n", "plain"


def document(audited: Audited, chosen: Sequence[Cell], dossiers: Dossiers, lang: str) -> tuple[dict[str, object], int]:
    """And how many of the chosen figures are left out of it."""
    figures, withheld = ration.documents(chosen, lambda one: _figure(dossiers.of(one.name), lang), audited.plan.limits)
    return {"version": 1, "path": audited.source.path, "title": audited.plan.title, "figures": figures, "not_listed": withheld}, withheld


def _figure(found: Dossier, lang: str) -> dict[str, object]:
    return {
        **_cell(found.cell),
        "label": found.cell.label,
        "standing": found.standing,
        "reading": _reading(found.cell.quantity, lang),
        "cover": _cover(found),
        "relations": [_related(related, lang) for related in found.related],
        "cases": [_involved(involved, lang) for involved in found.involved],
        "elsewhere": [_cell(cell) for cell in found.elsewhere],
        "findings": [finding.fingerprint for finding in found.findings],
        "accepted": [accepted.finding.fingerprint for accepted in found.accepted],
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {"name": cell.name, "text": cell.text, "line": cell.span.line, "column": cell.span.column, "at": cell.at or None}


def _reading(quantity: Quantity, lang: str) -> dict[str, object]:
    interval = quantity.interval
    return {
        "words": dossier.reading(quantity, lang),
        "qualifier": quantity.qualifier.value,
        "change": quantity.change.value,
        "interval": None if interval is None else {**_ends(interval), "low_open": interval.low_open, "high_open": interval.high_open},
        "unit": spell(quantity.unit.dimension),
    }


def _ends(interval: Interval) -> dict[str, object]:
    low, high = interval.low, interval.high
    return {"low": None if low is None else decimal_text(low), "high": None if high is None else decimal_text(high)}


def _cover(found: Dossier) -> dict[str, object]:
    cover = found.cover
    play = None if cover.play is None else _ends(cover.play)
    return {"kind": cover.cover.value, "equations": cover.equations, "inequalities": cover.inequalities, "play": play}


def _related(related: Related, lang: str) -> dict[str, object]:
    relation = related.outcome.relation
    return {
        "code": relation.code,
        "verdict": related.outcome.verdict.value,
        "by_rounding": related.outcome.by_rounding,
        "must": dossier.must(relation, lang),
        "subject": dossier.subject(relation),
        "derivation": dossier.derivation(related.outcome, lang),
        "cells": list(relation.cells()),
    }


def _involved(involved: Involved, lang: str) -> dict[str, object]:
    case = involved.case
    return {
        "number": involved.number,
        "severity": case.severity.word,
        "certain": case.certain,
        "fingerprint": case.fingerprint,
        "repairs": [rank for rank, _ in involved.repairs],
        "words": dossier.blame(involved, lang),
    }
