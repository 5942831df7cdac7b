"""The findings there are, as a baseline: what each is, how often, and in words for whoever reads the file."""

from __future__ import annotations

from collections import Counter

from fireaudit.accept import VERSION
from fireaudit.app import Audit
from fireaudit.messages import message_of
from fireaudit.reports.quote import json_text, plain
from fireaudit.scope import beside


def render(audit: Audit, path: str, lang: str) -> str:
    """For a baseline at ``path``, from whose folder the plans are named."""
    rows: dict[tuple[str, str], dict[str, object]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for plan in audit.plans:
        where = beside(path, plan.source.path)
        for finding in plan.findings:
            key = where, finding.fingerprint
            counts[key] += 1
            rows.setdefault(key, {"path": where, "code": finding.code, "fingerprint": finding.fingerprint, "message": plain(message_of(finding, lang))})
    findings = [{**row, "count": counts[key]} for key, row in sorted(rows.items())]
    return json_text({"version": VERSION, "findings": findings}, indent=2)
