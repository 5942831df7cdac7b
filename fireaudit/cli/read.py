"""``fireaudit read``."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from fireaudit.cli.base import OneLang, _, app, emit, language_of, piped, say


@app.command(help=_("把文档读成规划文件的草稿。", "Read a document into a draft of its plan file."))
def read(
    path: Annotated[
        str,
        typer.Argument(metavar="DOC", help=_("文档：docx、pdf、html、xlsx、文本，或 -（标准输入）", "A document: docx, pdf, html, xlsx, text, or - for stdin")),
    ],
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help=_("写到此文件；- 为标准输出", "The file to write; - for stdout"))] = "-",
    force: Annotated[bool, typer.Option("--force", help=_("文件已存在也写", "Write even where the file exists"))] = False,
    lang: OneLang = None,
) -> None:
    from fireaudit.documents import PLANS, drafted, is_document
    from fireaudit.files import CannotAudit, replace_file
    from fireaudit.files import read as read_file
    from fireaudit.messages import word

    language = language_of(lang)
    if output != "-" and os.path.lexists(output) and not force:
        raise CannotAudit("documents.exists", path=output)
    data = piped() if path == "-" else read_file(path)
    name = "<stdin>" if path == "-" else path
    if path.lower().endswith(PLANS) and not is_document(name, data):
        raise CannotAudit("documents.not_a_document", path=path)
    made = drafted(name, data)
    if output == "-":
        emit(made.draft.text)
    else:
        replace_file(output, made.draft.text.encode("utf-8"))
        say(word("written", language, path=output))
    draft, textless = made.draft, made.document.textless_pages
    say(word("documents.summary", language, path=name, figures=draft.figures, unplaced=len(draft.unplaced), tables=draft.tables))
    if textless:
        pages = ", ".join(map(str, textless[:20])) + ("…" if len(textless) > 20 else "")
        say(word("documents.textless", language, path=name, count=len(textless), pages=pages))
