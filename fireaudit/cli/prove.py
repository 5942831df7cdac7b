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
    draw,
    emit,
    known_case,
    language_of,
    not_listed,
    options_of,
    piped,
    say,
    with_settings,
)


@app.command(help=_("证明一个问题：哪些数不能同真。", "Prove a case: which figures cannot all be true."))
@with_settings
def prove(paths: Paths, under: Under, case: CaseNumber = None, format: TextOrJson = Format.text, lang: OneLang = None) -> None:
    from fireaudit.app import audit
    from fireaudit.messages import word
    from fireaudit.reports import proof, ration
    from fireaudit.reports.machine import dump

    audited = audit(paths, options_of(under, lang), piped() if "-" in paths else None)
    language = language_of(lang, audited.lang)
    rows: list[object] = []
    for plan in audited.plans:
        known_case(case, plan.cases, language)
        wanted = [found for found in plan.cases if case in (None, found.number)]
        proofs = proof.Proofs(plan, language)
        if format is not Format.json:
            draw(ration.pieces(wanted, proofs.segments, "cases", plan.plan.limits, language))
            continue
        shown, withheld = ration.documents(wanted, proofs.document, plan.plan.limits)
        rows += shown
        not_listed("cases", withheld, plan.plan.limits, language)
    if format is Format.json:
        emit(dump({"version": 1, "conflicts": rows}))
    elif not any(plan.cases for plan in audited.plans):
        say(word("no_cases", language))
