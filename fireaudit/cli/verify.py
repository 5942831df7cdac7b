"""``fireaudit verify``."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Annotated

import typer

from fireaudit.cli.base import Level, OneLang, Under, _, app, draw, emit, language_of, piped, say, with_settings
from fireaudit.cli.check import OneFormat, Outputs


@app.command(
    help=_("对照文档逐个核对规划文件中的数和名称，两边都查。", "Verify the figures and names of a plan file against its document, in both directions.")
)
@with_settings
def verify(
    path: Annotated[str, typer.Argument(metavar="PLAN", help=_("规划文件，或 -（标准输入）", "A plan file, or - for stdin"))],
    source: Annotated[
        str, typer.Option("--source", metavar="DOC", help=_("所依据的文档：docx、pdf、html、xlsx、文本", "Its document: docx, pdf, html, xlsx, text"))
    ],
    under: Under,
    format: OneFormat = None,
    output: Outputs = None,
    lang: OneLang = None,
    fail_level: Annotated[Level, typer.Option("--fail-level", help=_("到此级别即以 1 退出", "Exit with 1 from this level on"))] = Level.warning,
) -> None:
    from fireaudit import outputs
    from fireaudit.app import Audit, Options, audit_text
    from fireaudit.documents import document_of, is_document
    from fireaudit.evidence.verify import verify as compare
    from fireaudit.files import CannotAudit, read
    from fireaudit.findings import Severity
    from fireaudit.messages import word
    from fireaudit.reports import text
    from fireaudit.telling import weighed

    wanted, options = outputs.asked(format, output or ()), Options(**under)
    name = "<stdin>" if path == "-" else path
    data = piped() if path == "-" else read(path)
    printed = read(source)
    if is_document(name, data):
        raise CannotAudit("evidence.no_plan", path=name)
    if source.lower().endswith((".yaml", ".yml")) and not is_document(source, printed):
        raise CannotAudit("evidence.no_source", path=source)
    settings = options.scope().settings(name)
    language = language_of(lang, settings.lang)
    audited = audit_text(name, data, options, settings=settings)
    found = compare(audited.plan, document_of(source, printed, settings.limits), language)
    unread = tuple(finding for finding in audited.findings if finding.code < "FA110")
    told = [finding for one in found.findings if (finding := weighed(one, settings)) is not None]
    own = tuple(finding for finding in told if finding.path == name)
    result = Audit((replace(audited, findings=(*unread, *own), cases=()),), tuple(finding for finding in told if finding.path != name))
    report = outputs.deliver(result, language, wanted, os.environ)
    if outputs.Output("text") in wanted:
        draw(text.findings_only(result, language))
    elif report is not None:
        emit(report)
    left = word("evidence.open", language, open=found.open) if found.open else ""
    say(word("evidence.summary", language, found=found.found, claimed=found.claimed, printed=found.printed) + left)
    levels = {severity.word: severity for severity in Severity}
    if fail_level is not Level.never and any(finding.severity >= levels[fail_level.value] for finding in result.findings):
        raise typer.Exit(1)
