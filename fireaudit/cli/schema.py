"""``fireaudit schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from fireaudit.cli.base import _, app, emit

SCHEMAS = ("plan", "settings", "baseline", "report", "explain", "coverage", "mutation", "conflicts", "diff", "suggest")


@app.command(help=_("打印规划文件或某种 JSON 输出的 JSON Schema。", "Print the JSON Schema of plan files, or of an output."))
def schema(name: Annotated[str, typer.Argument(help=" | ".join(SCHEMAS))] = "plan") -> None:
    from fireaudit.plan.schema import schema_text

    if name not in SCHEMAS:
        raise typer.BadParameter(" | ".join(SCHEMAS))
    emit(schema_text(name))
