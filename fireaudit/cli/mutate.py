"""``fireaudit mutate``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from fireaudit.cli.base import Format, OneLang, Paths, TextOrJson, Under, _, app, emit, language_of, piped, with_settings


@app.command(
    help=_("逐个篡改规划中的数，看审核能察觉多少、能否指出是哪个数。", "Corrupt the figures one by one: how many corruptions does the audit notice and locate?")
)
@with_settings
def mutate(
    paths: Paths,
    under: Under,
    format: TextOrJson = Format.text,
    pairs: Annotated[int, typer.Option("--pairs", min=0, max=100_000, help=_("成对篡改的次数", "Pairs to corrupt"))] = 200,
    seed: Annotated[int, typer.Option("--seed", help=_("抽取成对篡改的种子", "Seed of the pairs drawn"))] = 1,
    weakest: Annotated[int, typer.Option("--weakest", min=0, help=_("列出最缺保护的几个数", "How many of the least protected figures to list"))] = 10,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help=_("进程数，0 为每核一个", "Processes; 0: one a core"))] = 0,
    lang: OneLang = None,
) -> None:
    from fireaudit.app import Options
    from fireaudit.documents import is_document
    from fireaudit.files import CannotAudit, plan_files, read
    from fireaudit.mutate import mutate as run_mutations
    from fireaudit.reports import mutation as report
    from fireaudit.reports.machine import dump

    language, documents = language_of(lang), []
    scope = Options(**under).scope()
    for path in plan_files(paths):
        data = piped() if path == "-" else read(path)
        if is_document(path, data):
            raise CannotAudit("documents.not_mutable", path=path)
        with _progress(path) as step:
            score = run_mutations(path, data, pairs, seed, jobs, step, scope.settings(path))
        if format is Format.json:
            documents.append(report.document(score))
        else:
            emit(report.render(score, language, weakest))
    if format is Format.json:
        emit(dump({"version": 1, "plans": documents}))


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress
    from rich.text import Text

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(Text(what).plain.replace("[", "\\["), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
