"""``fireaudit check``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from fireaudit.cli.base import Lang, Level, OneLang, Paths, Under, _, app, draw, emit, language_of, options_of, piped, say, with_settings

if TYPE_CHECKING:
    from fireaudit.brief import Overview
    from fireaudit.survey import Survey


def _formats(incomplete: str) -> list[str]:
    from fireaudit.outputs import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


OneFormat = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", autocompletion=_formats, help="text | concise | json | jsonl | markdown | sarif | github | gitlab | junit | html"
    ),
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
@with_settings
def check(
    paths: Paths,
    under: Under,
    format: OneFormat = None,
    output: Outputs = None,
    lang: OneLang = None,
    fail_level: Annotated[
        Level | None, typer.Option("--fail-level", help=_("到此级别即以 1 退出；默认 error", "Exit with 1 from this level on; error unless given"))
    ] = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="FILE", help=_("基线文件，其中的发现不计入", "A baseline file; findings in it do not count"))
    ] = None,
    unchecked: Annotated[bool, typer.Option("--unchecked", help=_("列出没有关系核对的数", "List figures that nothing checks"))] = False,
    names: Annotated[
        list[str] | None,
        typer.Option("--names", metavar="FILE", help=_("官方名单文件（JSON：code、names），可多次", "File of official names (JSON: code, names); repeatable")),
    ] = None,
    unassessed: Annotated[bool, typer.Option("--unassessed", help=_("列出无法核对的关系", "List relations that could not be assessed"))] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV",
            help=_("只报告自此 git 版本以来的改动新带来或触及的问题", "Report only what the change since this git revision breaks or touches"),
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help=_("进程数，0 为每核一个", "Processes; 0: one a core"))] = 0,
    no_cache: Annotated[bool, typer.Option("--no-cache", help=_("不用也不写缓存", "Neither use nor write the cache"))] = False,
    cache_dir: Annotated[
        str | None,
        typer.Option("--cache-dir", metavar="FOLDER", envvar="FIREAUDIT_CACHE_DIR", help=_("缓存所在的文件夹", "The folder of the cache")),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help=_("文件一有改动就重新审核", "Audit again whenever a file changes"))] = False,
) -> None:
    from fireaudit import outputs
    from fireaudit.app import audit, auditor
    from fireaudit.files import CannotAudit
    from fireaudit.messages import word

    wanted = outputs.asked(format, output or ())
    screen = outputs.Output("text")
    on_screen = screen in wanted
    if since is not None and "-" in paths:
        raise CannotAudit("change.stdin")
    options = options_of(under, lang, unchecked=unchecked, unassessed=unassessed, names=tuple(names or ()), baseline=baseline)

    def once() -> bool:
        """One audit and its reports; whether it reaches the fail level."""
        stdin = piped() if "-" in paths else None
        streamed = since is None and not any(output.format in outputs.WHOLE for output in wanted)
        audited: Overview
        if streamed:
            from fireaudit.cache import Cache, default_folder
            from fireaudit.executor import executor
            from fireaudit.survey import Survey

            cache = None if no_cache else Cache(cache_dir or default_folder(os.environ))
            audited = _told(Survey(paths, options, executor(jobs), cache, stdin), lang, on_screen)
        else:
            audited = audit(paths, options, stdin)
            if since is not None:
                from fireaudit import history

                audited = history.since(audited, since, auditor(options))
        language = language_of(lang, audited.lang)
        report = outputs.deliver(audited, language, [output for output in wanted if output != screen], os.environ)
        if on_screen:
            from fireaudit.reports import text

            draw(text.closing(audited, language) if streamed else text.segments(audited, language))
        elif report is not None:
            emit(report)
        if audited.older and not on_screen:
            say(word("change.older", language, count=audited.older, revision=audited.since))
        return audited.fails(fail_level.value if fail_level else None)

    if watch:
        from fireaudit.cli import watch as watching

        watching.refuse(paths, wanted)
        watching.keep(once, lambda: watching.concerned(paths, options), language_of(lang))
    elif once():
        raise typer.Exit(1)


def _told(survey: Survey, lang: Lang | None, on_screen: bool) -> Overview:
    """Every plan audited; on the screen each is told as soon as its turn has come."""
    from fireaudit.cli.progress import Progress
    from fireaudit.reports import text

    progress = Progress(len(survey.paths), language_of(lang))
    for number, plan in enumerate(survey, 1):
        if on_screen and plan.findings:
            progress.clear()
            draw(text.of_plan(plan, len(survey.paths) > 1, language_of(lang, survey.told[0].settings.lang)))
        progress.show(number)
    progress.clear()
    return survey.overview()
