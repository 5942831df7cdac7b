"""``fireaudit prove``."""

from __future__ import annotations

from fireaudit.cli.base import (
    CaseNumber,
    Format,
    OneLang,
    Paths,
    TextOrJson,
    Under,
    _,
    app,
    emit,
    known_case,
    language_of,
    options_of,
    piped,
    say,
    with_settings,
)


@app.command(help=_("证明一个问题：哪些数不能同真。", "Prove a case: which figures cannot all be true."))
@with_settings
def prove(paths: Paths, under: Under, case: CaseNumber = None, format: TextOrJson = Format.text, lang: OneLang = None) -> None:
    from fireaudit.app import audit
    from fireaudit.diagnosis.conflict import conflict
    from fireaudit.diagnosis.network import Network
    from fireaudit.messages import word
    from fireaudit.reports import proof
    from fireaudit.reports.machine import dump

    audited = audit(paths, options_of(under, lang), piped() if "-" in paths else None)
    language, rows = language_of(lang, audited.lang), []
    for plan in audited.plans:
        known_case(case, plan.cases, language)
        state = Network(plan.plan, plan.outcomes).printed
        for found in plan.cases:
            if case in (None, found.number):
                shown = conflict(state, found.relations)
                rows.append(proof.document(plan, found.number, shown))
                if format is not Format.json:
                    emit(proof.render(plan, found.number, shown, language) + "\n")
    if format is Format.json:
        emit(dump({"version": 1, "conflicts": rows}))
    elif not rows:
        say(word("no_cases", language))
