"""``fireaudit rule``."""

from __future__ import annotations

from typing import Annotated

import typer

from fireaudit.cli.base import OneLang, _, app, emit, language_of, say


@app.command(help=_("解释一条规则；不带代码则列出全部。", "Explain a rule; without a code, list them all."))
def rule(code: Annotated[str, typer.Argument()] = "", lang: OneLang = None) -> None:
    from fireaudit.messages import word
    from fireaudit.rules import BY_CODE, like
    from fireaudit.rules.page import page

    language = language_of(lang)
    if not code:
        for known in BY_CODE.values():
            emit(f"{known.code} {known.name}  {known.title[language == 'en']}\n")
        return
    if code.upper() not in BY_CODE:
        say(word("unknown_rule", language, code=code[:20], known=" ".join(like(code))))
        raise typer.Exit(2)
    emit(page(BY_CODE[code.upper()], language))
