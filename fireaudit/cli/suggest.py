"""``fireaudit suggest``."""

from __future__ import annotations

import sys

from fireaudit.cli.base import Format, OneLang, Paths, TextOrJson, _, app, draw, emit, language_of


@app.command(
    help=_(
        "提出各数看来满足、而规划尚未写明的关系，可直接贴为检查。", "Propose checks: relations that the figures seem to satisfy and the plan does not state."
    )
)
def suggest(paths: Paths, format: TextOrJson = Format.text, lang: OneLang = None) -> None:
    from fireaudit.app import audit
    from fireaudit.discovery.propose import proposals
    from fireaudit.reports import suggest as report
    from fireaudit.reports.machine import dump

    plans = [audited.plan for audited in audit(paths, None, sys.stdin.buffer.read() if "-" in paths else None).plans]
    found = [(plan, proposals(plan)) for plan in plans]
    if format is Format.json:
        emit(dump(report.whole([report.document(plan, proposed) for plan, proposed in found])))
        return
    for plan, proposed in found:
        draw(report.segments(plan, proposed, language_of(lang)))
