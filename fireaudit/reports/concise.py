"""One line a finding."""

from __future__ import annotations

from fireaudit.app import Audit
from fireaudit.reports.text import headline


def render(audit: Audit, lang: str) -> str:
    return "".join(headline(finding, lang) + "\n" for finding in audit.findings)
