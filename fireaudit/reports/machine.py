"""The machine form, version 1: the contract of ``schemas/report.schema.json``."""

from __future__ import annotations

import json
import re
from itertools import islice

from fireaudit import __version__
from fireaudit.brief import Extent, Overview
from fireaudit.cases import Case, Correction
from fireaudit.findings import Accepted, CellMention, Finding
from fireaudit.messages import because_of, message_of

_LIVE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ud800-\udfff]")

PIECES = 10_000
"""Pieces of JSON that are put together at a time: each is a few characters, and takes many times their room."""


def render(audit: Overview, lang: str) -> str:
    return dump(document(audit, lang))


def dump(value: object) -> str:
    """JSON in which nothing a terminal would obey is left unescaped."""
    pieces = json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(value)
    text = "".join(iter(lambda: "".join(islice(pieces, PIECES)), ""))
    return _LIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def document(audit: Overview, lang: str) -> dict[str, object]:
    return {
        "version": 1,
        "tool": {"name": "fireaudit", "version": __version__},
        "plans": [
            {
                "path": plan.path,
                "title": plan.title,
                "cells": plan.figures,
                "unchecked": plan.untouched,
                "relations": plan.counts(),
                "not_applied": list(plan.settings.unapplied()),
                **({"document": _document(plan.document)} if plan.document else {}),
            }
            for plan in audit.plans
        ],
        "cases": [_case(case) for plan in audit.plans for case in plan.cases],
        "findings": [_finding(finding, lang) for finding in audit.findings],
        "accepted": [_accepted(accepted, lang) for accepted in audit.accepted],
        "summary": {**audit.summary(), "accepted": len(audit.accepted)},
        **({"since": {"revision": audit.since, "older": audit.older}} if audit.since else {}),
    }


def _accepted(accepted: Accepted, lang: str) -> dict[str, object]:
    why = accepted.acceptance
    return {**_finding(accepted.finding, lang), "acceptance": {"by": why.by, "reason": why.reason, "until": why.until}}


def _document(extent: Extent) -> dict[str, object]:
    return {
        "format": extent.format,
        "pages": extent.pages,
        "figures": extent.figures,
        "unplaced": extent.unplaced,
        "tables": extent.tables,
        "textless_pages": list(extent.textless_pages),
    }


def _finding(finding: Finding, lang: str) -> dict[str, object]:
    from fireaudit.rules import BY_CODE

    return {
        "code": finding.code,
        "name": BY_CODE[finding.code].name,
        "severity": finding.severity.word,
        "message": message_of(finding, lang),
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "at": finding.at or None,
        "cells": [_cell(cell) for cell in finding.cells],
        "expected": finding.expected,
        "actual": finding.actual,
        "difference": finding.difference,
        "derivation": finding.derivation,
        "because": because_of(finding, lang),
        "fingerprint": finding.fingerprint,
    }


def _cell(cell: CellMention) -> dict[str, object]:
    return {"name": cell.name, "text": cell.text, "line": cell.span.line, "column": cell.span.column, "at": cell.at or None}


def _case(case: Case) -> dict[str, object]:
    return {
        "path": case.path,
        "number": case.number,
        "severity": case.severity.word,
        "certain": case.certain,
        "complete": case.complete,
        "findings": [finding.fingerprint for finding in case.findings],
        "repairs": [{"unique": repair.unique, "corrections": [_correction(c) for c in repair.corrections]} for repair in case.repairs],
        "unlisted": case.unlisted,
        "slip": case.slip,
        "fingerprint": case.fingerprint,
    }


def _correction(correction: Correction) -> dict[str, object]:
    return {
        "cell": _cell(correction.cell),
        "label": correction.label,
        "becomes": correction.becomes,
        "unique": correction.unique,
        "low": correction.low,
        "high": correction.high,
        "slip": correction.slip,
    }
