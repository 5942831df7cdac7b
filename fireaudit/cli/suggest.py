"""``fireaudit suggest``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fireaudit.cli.base import Format, OneLang, Paths, TextOrJson, _, app, draw, emit, language_of

if TYPE_CHECKING:
    from fireaudit.plan.model import Plan


@app.command(
    help=_(
        "提出各数看来满足、而规划尚未写明的关系，可直接贴为检查。", "Propose checks: relations that the figures seem to satisfy and the plan does not state."
    )
)
def suggest(paths: Paths, format: TextOrJson = Format.text, lang: OneLang = None) -> None:
    from fireaudit.discovery.propose import proposals
    from fireaudit.reports import suggest as report
    from fireaudit.reports.machine import dump

    found = [(plan, proposals(plan), drafted) for plan, drafted in _plans(paths)]
    if format is Format.json:
        emit(dump(report.whole([report.document(plan, proposed) for plan, proposed, _ in found])))
        return
    for plan, proposed, drafted in found:
        draw(report.segments(plan, proposed, language_of(lang), drafted))


def _plans(paths: list[str]) -> Iterator[tuple[Plan, bool]]:
    """Plan files as they are, documents as the plans they amount to (and so marked)."""
    from fireaudit.app import Options, audit_text, plan_files, read
    from fireaudit.documents import is_document, plan_of

    for path in plan_files(paths):
        data = sys.stdin.buffer.read() if path == "-" else read(path)
        name = "<stdin>" if path == "-" else path
        yield (plan_of(name, data), True) if is_document(name, data) else (audit_text(name, data, Options()).plan, False)
