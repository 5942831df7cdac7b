"""``fireaudit baseline``."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from fireaudit.cli.base import OneLang, Paths, Under, _, app, language_of, say, with_settings


@app.command(help=_("把现有的发现写成基线，以后只计新的。", "Write the findings there are as a baseline, so that only new ones count."))
@with_settings
def baseline(
    paths: Paths,
    under: Under,
    file: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=_("基线文件；默认为设置所指，否则 fireaudit-baseline.json", "The baseline file; by default the settings' own, else fireaudit-baseline.json"),
        ),
    ] = None,
    lang: OneLang = None,
) -> None:
    from fireaudit.accept import Baseline
    from fireaudit.app import Options, audit
    from fireaudit.files import replace_file
    from fireaudit.messages import word
    from fireaudit.reports import baseline as report
    from fireaudit.scope import baseline_at, beside, from_file

    if "-" in paths:
        say(word("baseline_stdin", language_of(lang)))
        raise typer.Exit(2)
    audited = audit(paths, Options(**under, unbased=True))
    language = language_of(lang, audited.lang)
    set_by = next((plan.settings for plan in audited.plans if plan.settings.baseline), None)
    path = file or (from_file(set_by.path, set_by.baseline or "") if set_by else "fireaudit-baseline.json")
    earlier = baseline_at(path) if os.path.isfile(path) else Baseline(path, {})
    settings = {beside(path, plan.source.path): plan.settings for plan in audited.plans}
    kept = earlier.beyond(settings, lambda plan: os.path.exists(from_file(path, plan)))
    replace_file(path, report.render(audited, path, language, kept).encode())
    number = sum(sum(known.values()) for known in kept.values())
    dropped = sum(sum(known.values()) for plan, known in earlier.known.items() if plan not in kept and plan not in settings)
    say(word("baseline_written", language, path=path, count=number + sum(len(plan.findings) for plan in audited.plans)))
    for key, count in (("baseline_kept", number), ("baseline_dropped", dropped)):
        if count:
            say(word(key, language, count=count))
