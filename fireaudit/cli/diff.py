"""``fireaudit diff``."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from fireaudit.cli.base import Level, OneLang, Under, _, app, draw, emit, language_of, options_of, piped, with_settings


class DiffFormat(str, Enum):
    text = "text"
    json = "json"
    markdown = "markdown"


@app.command(
    help=_(
        "比较规划的两版：哪些数变了，由此哪里新出现矛盾、哪里解决了。",
        "Compare two versions of a plan: which figures changed, what that breaks and what it settles.",
    )
)
@with_settings
def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help=_(
                "规划、文件夹、REV:路径、-（标准输入），或只写版本 REV（即当时的 NEW）",
                "A plan, a folder, REV:PATH, - for stdin, or just a revision REV (NEW as it was then)",
            ),
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help=_("规划、文件夹，或 REV:路径", "A plan, a folder, or REV:PATH"))],
    under: Under,
    format: Annotated[DiffFormat, typer.Option("--format", help=_("输出格式", "Output format"))] = DiffFormat.text,
    lang: OneLang = None,
    fail_level: Annotated[
        Level | None,
        typer.Option(
            "--fail-level",
            help=_(
                "改动新带来此级别的问题即以 1 退出；默认 error", "Exit with 1 where the change newly breaks something from this level on; error unless given"
            ),
        ),
    ] = None,
) -> None:
    from fireaudit.app import auditor
    from fireaudit.files import CannotAudit
    from fireaudit.history import compared, versions
    from fireaudit.limits import USUAL
    from fireaudit.reports import change as report
    from fireaudit.reports import ration

    if old == new == "-":
        raise CannotAudit("change.stdin_twice")
    stdin = piped() if "-" in (old, new) else b""
    options = options_of(under, lang)
    found = compared(versions(old, new, stdin), auditor(options))
    language = language_of(lang, next((one.change.new.settings.lang for one in found if one.change.new), None))
    limits = next((one.change.new.settings.limits for one in found if one.change.new), USUAL)
    if format is DiffFormat.text:
        draw(ration.lines(report.segments(found, language), limits, language))
    else:
        emit({DiffFormat.json: report.document, DiffFormat.markdown: report.markdown}[format](found, language))
    if any(one.fails(fail_level.value if fail_level else None) for one in found):
        raise typer.Exit(1)
