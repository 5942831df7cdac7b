"""``fireaudit check``."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from fireaudit.cli.base import Level, OneLang, Paths, _, app, draw, emit, language_of


def _formats(incomplete: str) -> list[str]:
    from fireaudit.outputs import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


OneFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", autocompletion=_formats, help="text | concise | json | jsonl | markdown | sarif | github | gitlab | junit"),
]
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        metavar="FORMAT[:FILE]",
        autocompletion=_formats,
        help=_("以此格式写到文件（无文件则为标准输出），可多次", "Write this format to a file, or to stdout without one; repeatable"),
    ),
]


@app.command(help=_("审核规划，或直接审核文档。", "Audit plans, or documents straight."))
def check(
    paths: Paths,
    format: OneFormat = None,
    output: Outputs = None,
    lang: OneLang = None,
    fail_level: Annotated[Level, typer.Option("--fail-level", help=_("到此级别即以 1 退出", "Exit with 1 from this level on"))] = Level.error,
    unchecked: Annotated[bool, typer.Option("--unchecked", help=_("列出没有关系核对的数", "List figures that nothing checks"))] = False,
    names: Annotated[
        list[str] | None,
        typer.Option("--names", metavar="FILE", help=_("官方名单文件（JSON：code、names），可多次", "File of official names (JSON: code, names); repeatable")),
    ] = None,
    unassessed: Annotated[bool, typer.Option("--unassessed", help=_("列出无法核对的关系", "List relations that could not be assessed"))] = False,
) -> None:
    from fireaudit import outputs
    from fireaudit.app import Options, audit
    from fireaudit.findings import Severity

    wanted = outputs.asked(format, output or ())
    language = language_of(lang)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    audited = audit(paths, Options(unchecked, unassessed, tuple(names or ()), language), stdin)
    report = outputs.deliver(audited, language, wanted, os.environ)
    if outputs.Output("text") in wanted:
        _show(audited, language)
    elif report is not None:
        emit(report)
    levels = {severity.word: severity for severity in Severity}
    if fail_level is not Level.never and any(f.severity >= levels[fail_level.value] for f in audited.findings):
        raise typer.Exit(1)


def _show(audited: object, language: str) -> None:
    from fireaudit.app import Audit
    from fireaudit.reports import text

    assert isinstance(audited, Audit)
    draw(text.segments(audited, language))
