"""``fireaudit new``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fireaudit.cli.base import OneLang, _, app, emit, language_of, say


@app.command(help=_("写出一份带注释、能通过审核的起步规划。", "Write a commented starting plan that passes the audit."))
def new(
    path: Annotated[str, typer.Argument(help=_("新文件；- 为标准输出", "The new file; - for stdout"))] = "-",
    lang: OneLang = None,
) -> None:
    from fireaudit.messages import word

    text = (Path(__file__).parent.parent / "starter.yaml").read_text(encoding="utf-8")
    if path == "-":
        emit(text)
        return
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        say(word("exists", language_of(lang), path=path))
        raise typer.Exit(2) from None
    except OSError as error:
        say(word("cannot_write", language_of(lang), path=path, problem=error.strerror or ""))
        raise typer.Exit(2) from None
    say(word("written", language_of(lang), path=path))
