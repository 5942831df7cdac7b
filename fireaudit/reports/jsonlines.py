"""One finding a line, each a JSON object that says its version: the findings of the machine form, for streams."""

from __future__ import annotations

from fireaudit.app import Audit
from fireaudit.reports.machine import document
from fireaudit.reports.quote import json_text


def render(audit: Audit, lang: str) -> str:
    whole = document(audit, lang)
    findings = whole["findings"]
    assert isinstance(findings, list)
    return "".join(json_text({"version": whole["version"], **finding}) for finding in findings)
