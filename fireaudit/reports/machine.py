"""The machine form, version 1: the contract of ``schemas/report.schema.json``."""

from __future__ import annotations

import json
import re

from fireaudit import __version__
from fireaudit.app import Audit
from fireaudit.findings import Finding
from fireaudit.messages import message_of

_LIVE = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ud800-\udfff]")


def render(audit: Audit, lang: str) -> str:
    return dump(document(audit, lang))


def dump(value: object) -> str:
    """JSON in which nothing a terminal would obey is left unescaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _LIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def document(audit: Audit, lang: str) -> dict[str, object]:
    return {
        "version": 1,
        "tool": {"name": "fireaudit", "version": __version__},
        "plans": [
            {
                "path": plan.source.path,
                "title": plan.plan.title,
                "cells": len(plan.plan.cells),
                "unchecked": len(plan.unchecked()),
                "relations": plan.counts(),
            }
            for plan in audit.plans
        ],
        "findings": [_finding(finding, lang) for finding in audit.findings],
        "summary": audit.summary(),
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
        "cells": [{"name": c.name, "text": c.text, "line": c.span.line, "column": c.span.column, "at": c.at or None} for c in finding.cells],
        "expected": finding.expected,
        "actual": finding.actual,
        "difference": finding.difference,
        "derivation": finding.derivation,
        "because": finding.because,
        "fingerprint": finding.fingerprint,
    }
