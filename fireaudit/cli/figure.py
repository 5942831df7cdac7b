"""``fireaudit figure``."""

from __future__ import annotations

from typing import Annotated

import typer

from fireaudit.cli.base import Format, OneLang, TextOrJson, _, app, emit, language_of


@app.command(help=_("印出的数怎么读。", "How printed figures are read."), context_settings={"ignore_unknown_options": True})
def figure(
    texts: Annotated[list[str], typer.Argument(metavar="TEXT...", help=_("印出的数", "Printed figures"))],
    format: TextOrJson = Format.text,
    lang: OneLang = None,
) -> None:
    from fireaudit.messages import inert, word
    from fireaudit.quantity import FigureError, decimal_text, read_figure, spell
    from fireaudit.reports.machine import dump

    language, rows, failed = language_of(lang), [], False
    for text in texts:
        row: dict[str, object] = {"text": text, "low": None, "high": None, "low_open": True, "high_open": True, "unit": "1", "missing": False}
        try:
            quantity = read_figure(text)
            interval = quantity.interval
            row.update(unit=spell(quantity.unit.dimension), missing=quantity.missing, qualifier=quantity.qualifier.value, change=quantity.change.value)
            if interval is not None:
                row.update(
                    low=None if interval.low is None else decimal_text(interval.low),
                    high=None if interval.high is None else decimal_text(interval.high),
                    low_open=interval.low_open,
                    high_open=interval.high_open,
                )
            line = f"{text}  =  " + (word("missing", language) if interval is None else f"{_brackets(row)} {row['unit']}  ({quantity.qualifier.value})")
        except FigureError as error:
            failed = True
            row["error"] = {"reason": error.reason, "fragment": error.fragment}
            line = f"{text}  ✗  {word('reason_' + error.reason, language)}{word('colon', language)}{error.fragment}"
        rows.append(row)
        if format is not Format.json:
            emit(inert(line) + "\n")
    if format is Format.json:
        emit(dump(rows))
    if failed:
        raise typer.Exit(1)


def _brackets(row: dict[str, object]) -> str:
    left, right = "(" if row["low_open"] else "[", ")" if row["high_open"] else "]"
    return f"{left}{'-∞' if row['low'] is None else row['low']}, {'∞' if row['high'] is None else row['high']}{right}"
