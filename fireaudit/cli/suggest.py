"""``fireaudit suggest``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fireaudit.cli.base import Format, OneLang, Paths, TextOrJson, Under, _, app, draw, emit, language_of, not_listed, piped, with_settings

if TYPE_CHECKING:
    from fireaudit.plan.model import Plan
    from fireaudit.reading.locate import Locator


@app.command(
    help=_(
        "提出各数看来满足、而规划尚未写明的关系，可直接贴为检查。", "Propose checks: relations that the figures seem to satisfy and the plan does not state."
    )
)
@with_settings
def suggest(paths: Paths, under: Under, format: TextOrJson = Format.text, lang: OneLang = None) -> None:
    from fireaudit.discovery.propose import proposals
    from fireaudit.discovery.taken import taken
    from fireaudit.reports import ration
    from fireaudit.reports import suggest as report
    from fireaudit.reports.machine import dump

    language = language_of(lang)
    found = (report.Suggested(plan, proposals(plan), taken(plan) if places else (), places) for plan, places in _plans(paths, under, language))
    if format is Format.json:
        documents = []
        for one in found:
            document, withheld = report.document(one)
            documents.append(document)
            not_listed("proposals", withheld, one.plan.limits, language)
        emit(dump(report.whole(documents)))
        return
    for one in found:
        draw(ration.lines(report.segments(one, language), one.plan.limits, language))


def _plans(paths: list[str], under: Under, language: str) -> Iterator[tuple[Plan, Locator | None]]:
    """Plan files as they are, documents as the plans they amount to, with the places of their figures."""
    from fireaudit.app import Options, audit_text
    from fireaudit.documents import is_document, plan_of
    from fireaudit.files import plan_files, read

    options = Options(**under)
    scope = options.scope()
    for path in plan_files(paths):
        data = piped() if path == "-" else read(path)
        name = "<stdin>" if path == "-" else path
        settings = scope.settings(name)
        if is_document(name, data):
            yield plan_of(name, data, settings.limits, language)
        else:
            yield audit_text(name, data, options, settings=settings).plan, None
