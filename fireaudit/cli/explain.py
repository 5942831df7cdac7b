"""``fireaudit explain``."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from fireaudit.cli.base import Format, OneLang, TextOrJson, Under, _, app, draw, emit, language_of, not_listed, options_of, piped, with_settings


@app.command(
    help=_("解释一个数：读法、关系与推导、由什么核对、牵连的矛盾。", "Explain a figure: its reading, its relations, what checks it, the cases it is in.")
)
@with_settings
def explain(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help=_("规划文件，或 -（标准输入）", "A plan file, or - for stdin"))],
    cell: Annotated[
        str, typer.Argument(metavar="CELL", help=_("数的名称、标签，或 行、行:列", "A figure's name or label, or LINE or LINE:COLUMN of the file"))
    ],
    under: Under,
    format: TextOrJson = Format.text,
    lang: OneLang = None,
) -> None:
    from fireaudit.app import audit
    from fireaudit.files import CannotAudit
    from fireaudit.reports import explained, ration
    from fireaudit.reports.dossier import Dossiers, select
    from fireaudit.reports.machine import dump

    if os.path.isdir(plan):
        raise CannotAudit("one_plan")
    audited = audit([plan], options_of(under, lang), piped() if plan == "-" else None).plans[0]
    language = language_of(lang, audited.settings.lang)
    chosen = select(audited.plan, cell)
    dossiers = Dossiers(audited)
    if format is Format.json:
        document, withheld = explained.document(audited, chosen, dossiers, language)
        emit(dump(document))
        not_listed("figures", withheld, audited.plan.limits, language)
        return
    draw(ration.pieces(chosen, lambda one: explained.segments(audited, dossiers.of(one.name), language), "figures", audited.plan.limits, language))
