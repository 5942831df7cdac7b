"""``fireaudit fix``."""

from __future__ import annotations

from typing import Annotated

import typer

from fireaudit.cli.base import CaseNumber, OneLang, Under, _, app, emit, in_range, known_case, language_of, piped, say, with_settings


@app.command(help=_("把一个问题的改法显示为差异；加 --write 才写入文件。", "Show the repair of a case as a diff; it is written only with --write."))
@with_settings
def fix(
    path: Annotated[str, typer.Argument(metavar="PLAN", help=_("规划文件，或 -（标准输入）", "A plan file, or - for stdin"))],
    under: Under,
    case: CaseNumber = None,
    repair: Annotated[int | None, typer.Option("--repair", min=1, help=_("问题有几种改法时，选第几种", "Which repair, where a case has several"))] = None,
    write: Annotated[bool, typer.Option("--write", help=_("写入文件", "Write the file"))] = False,
    lang: OneLang = None,
) -> None:
    from fireaudit.app import Options, audit
    from fireaudit.files import CannotAudit, read, replace_file
    from fireaudit.fix import CannotFix, affordable, edit
    from fireaudit.messages import word
    from fireaudit.reports.repairs import short

    language = language_of(lang)
    if write and (case is None or path == "-"):
        say(word("fix_stdin" if path == "-" else "fix_needs_case", language))
        raise typer.Exit(2)
    data = piped() if path == "-" else read(path)
    plan = audit(["-"], Options(**under), data, path).plans[0]
    language = language_of(lang, plan.settings.lang)
    if plan.document is not None:
        raise CannotAudit("documents.not_fixable", path=path)
    known_case(case, plan.cases, language)
    failed, left, untried = False, affordable(plan, data), 0
    for found in plan.cases:
        number = found.number
        if case not in (None, number):
            continue
        if case is not None:
            in_range("no_such_repair", repair, len(found.repairs), language, case=case)
        if not found.repairs or (repair is None and not found.certain):
            say(word("fix_choose" if found.repairs else "fix_none", language, case=number, count=len(found.repairs)))
            failed = failed or case is not None
            continue
        if not left:
            untried += 1
            continue
        left -= 1
        chosen = found.repairs[(repair or 1) - 1 if case else 0]
        try:
            made = edit(plan, data, found, chosen, path)
        except CannotFix as error:
            say(word(error.key, language, **error.arguments))
            failed = True
            continue
        if write:
            replace_file(path, made.data)
            say(word("fix_written", language, path=path, what=short(chosen, language)))
        emit(made.diff)
    if untried:
        say(word("fix_untried", language, count=untried))
    if not plan.cases:
        say(word("no_cases", language))
    if failed:
        raise typer.Exit(1)
