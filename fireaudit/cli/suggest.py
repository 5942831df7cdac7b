"""``fireaudit suggest``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fireaudit.cli.base import Format, OneLang, Paths, TextOrJson, Under, _, app, draw, emit, language_of, piped, with_settings

if TYPE_CHECKING:
    from fireaudit.plan.model import Plan


@app.command(
    help=_(
        "提出各数看来满足、而规划尚未写明的关系，可直接贴为检查。", "Propose checks: relations that the figures seem to satisfy and the plan does not state."
    )
)
@with_settings
def suggest(paths: Paths, under: Under, format: TextOrJson = Format.text, lang: OneLang = None) -> None:
    from fireaudit.discovery.propose import proposals
    from fireaudit.reports import suggest as report
    from fireaudit.reports.machine import dump

    found = [(plan, proposals(plan), drafted) for plan, drafted in _plans(paths, under)]
    if format is Format.json:
        emit(dump(report.whole([report.document(plan, proposed) for plan, proposed, _ in found])))
        return
    for plan, proposed, drafted in found:
        draw(report.segments(plan, proposed, language_of(lang), drafted))


def _plans(paths: list[str], under: Under) -> Iterator[tuple[Plan, bool]]:
    """Plan files as they are, documents as the plans they amount to (and so marked)."""
    from fireaudit.app import Options, audit_text
    from fireaudit.documents import is_document, plan_of
    from fireaudit.files import plan_files, read

    options = Options(**under)
    scope = options.scope()
    for path in plan_files(paths):
        data = piped() if path == "-" else read(path)
        name = "<stdin>" if path == "-" else path
        if is_document(name, data):
            yield plan_of(name, data), True
        else:
            yield audit_text(name, data, options, settings=scope.settings(name)).plan, False
