"""One line a finding."""

from __future__ import annotations

from fireaudit.brief import Overview
from fireaudit.reports.text import accepted_line, headline


def render(audit: Overview, lang: str) -> str:
    lines = [headline(finding, lang) for finding in audit.findings] + [accepted_line(accepted, lang) for accepted in audit.accepted]
    return "".join(line + "\n" for line in lines)
