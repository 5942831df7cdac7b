"""``fireaudit show``."""

from __future__ import annotations

from fireaudit.cli.base import Format, OneLang, Paths, TextOrJson, Under, _, app, draw, emit, language_of, not_listed, options_of, piped, with_settings


@app.command(help=_("列出规划的每个数、它的读法和核对它的关系数。", "List every figure of a plan, its reading and the relations that touch it."))
@with_settings
def show(paths: Paths, under: Under, lang: OneLang = None, format: TextOrJson = Format.text) -> None:
    from fireaudit.app import audit
    from fireaudit.reports.figures import Listing
    from fireaudit.reports.machine import dump

    stdin = piped() if "-" in paths else None
    audited = audit(paths, options_of(under, lang), stdin)
    language = language_of(lang, audited.lang)
    rows: list[object] = []
    for plan in audited.plans:
        listing = Listing(plan)
        if format is not Format.json:
            draw(listing.segments(language))
            continue
        listed, withheld = listing.documents()
        rows += listed
        not_listed("figures", withheld, listing.limits, language)
    if format is Format.json:
        emit(dump(rows))
