"""``fireaudit coverage``."""

from __future__ import annotations

from typing import Annotated

import typer

from fireaudit.cli.base import Format, OneLang, Paths, TextOrJson, Under, _, app, draw, emit, language_of, not_listed, options_of, piped, say, with_settings


@app.command(help=_("每个数由什么核对：等式、上下限，还是什么也没有。", "What checks each figure: equations, bounds, or nothing."))
@with_settings
def coverage(
    paths: Paths,
    under: Under,
    format: TextOrJson = Format.text,
    fail_under: Annotated[
        int, typer.Option("--fail-under", min=0, max=100, help=_("钉住的比例低于此数（%）即以 1 退出", "Exit with 1 below this percentage pinned"))
    ] = 0,
    lang: OneLang = None,
) -> None:
    from fireaudit.app import audit
    from fireaudit.messages import word
    from fireaudit.reports import coverage as report
    from fireaudit.reports import ration
    from fireaudit.reports.machine import dump

    audited = audit(paths, options_of(under, lang), piped() if "-" in paths else None)
    language = language_of(lang, audited.lang)
    found = [(plan, report.of(plan)) for plan in audited.plans]
    if format is Format.json:
        documents = [report.document(plan, cells) for plan, cells in found]
        emit(dump({"version": 1, "plans": [document for document, _ in documents]}))
        for (plan, _), (_, withheld) in zip(found, documents, strict=True):
            not_listed("figures", withheld, plan.plan.limits, language)
    else:
        for plan, cells in found:
            draw(ration.lines(report.segments(plan, cells, language), plan.plan.limits, language))
    part, whole = (sum(numbers) for numbers in zip(*(report.pinned(cells) for _, cells in found), strict=True))
    if part * 100 < fail_under * max(whole, 1):
        say(word("coverage_under", language, percent=report.percent(part, whole), wanted=fail_under) if whole else word("no_figures", language))
        raise typer.Exit(1)
