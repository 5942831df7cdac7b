"""One finding a line, each a JSON object that says its version: the findings of the machine form, for streams.

Accepted findings follow, known by their ``acceptance``.
"""

from __future__ import annotations

from fireaudit.brief import Overview
from fireaudit.reports.machine import document
from fireaudit.reports.quote import json_text


def render(audit: Overview, lang: str) -> str:
    whole = document(audit, lang)
    lines = []
    for key in ("findings", "accepted"):
        findings = whole[key]
        assert isinstance(findings, list)
        lines += [json_text({"version": whole["version"], **finding}) for finding in findings]
    return "".join(lines)
