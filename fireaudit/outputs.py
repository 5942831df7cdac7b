"""Where reports go: ``FORMAT[:FILE]`` as asked for, files written whole or not at all, one report on stdout."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from fireaudit.brief import Overview
from fireaudit.files import CannotAudit, replace_file
from fireaudit.nearest import nearest

FORMATS = {
    "text": "text",
    "concise": "concise",
    "json": "machine",
    "jsonl": "jsonlines",
    "markdown": "markdown",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "html": "html",
}
"""The formats by the name users give them, each with its module in ``reports``: only those asked for are imported."""

WHOLE = ("junit", "html")
"""The formats that show the plan itself, so that they need an ``Audit``; an ``Overview`` does for the others."""

SUMMARY = "GITHUB_STEP_SUMMARY"


@dataclass(frozen=True, slots=True)
class Output:
    """A format and the file it goes to; no file is stdout."""

    format: str
    file: str | None = None


def asked(format: str | None, outputs: Iterable[str]) -> tuple[Output, ...]:
    """What ``--format`` and every ``--output`` ask for; the text report where they ask for nothing. Raises ``CannotAudit``."""
    wanted = [Output(_known(format))] if format is not None else []
    wanted += [_output(text) for text in outputs]
    _apart(wanted)
    return tuple(wanted) or (Output("text"),)


def _output(text: str) -> Output:
    name, colon, file = text.partition(":")
    known = _known(name)
    if colon and not file:
        raise CannotAudit("no_output_file", name=text)
    return Output(known, file if file not in ("", "-") else None)


def _known(name: str) -> str:
    if name in FORMATS:
        return name
    close = nearest(name, FORMATS)
    raise CannotAudit("unknown_format" if close else "no_format", name=name, close=close, known=" ".join(FORMATS))


def _apart(outputs: list[Output]) -> None:
    """Each to a place of its own."""
    taken: dict[str | None, Output] = {}
    for output in outputs:
        place = output.file and os.path.realpath(output.file)
        if place in taken:
            key = "file_twice" if output.file else "stdout_twice"
            raise CannotAudit(key, path=output.file or "", first=taken[place].format, second=output.format)
        taken[place] = output


def deliver(audit: Overview, lang: str, outputs: Iterable[Output], environment: Mapping[str, str]) -> str | None:
    """Write the reports that go to files; the one for stdout is returned. All are rendered before the first is written."""
    rendered = [(output, render(output.format, audit, lang)) for output in outputs]
    plans = {os.path.realpath(plan.path) for plan in audit.plans}
    for output, _ in rendered:
        if output.file and os.path.realpath(output.file) in plans:
            raise CannotAudit("onto_plan", path=output.file)
    for output, text in rendered:
        if output.file:
            _write(output.file, encode(text))
    if environment.get(SUMMARY) and any(output.format == "github" for output, _ in rendered):
        _summarise(environment[SUMMARY], audit, lang)
    return next((text for output, text in rendered if not output.file), None)


def render(format: str, audit: Overview, lang: str) -> str:
    module = import_module(f"fireaudit.reports.{FORMATS[format]}")
    return cast(Callable[[Overview, str], str], module.render)(audit, lang)


def encode(text: str) -> bytes:
    """UTF-8 without a mark; what UTF-8 cannot say is shown."""
    return text.encode("utf-8", "backslashreplace")


def _write(path: str, data: bytes) -> None:
    if _is_special(path):
        _onto(path, "wb", data)
    else:
        replace_file(path, data)


def _is_special(path: str) -> bool:
    """A device or a pipe, which is written to and never replaced."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _onto(path: str, mode: str, data: bytes) -> None:
    try:
        with open(path, mode) as file:
            file.write(data)
    except OSError as error:
        raise CannotAudit("cannot_write", path=path, problem=error.strerror or "") from None


def _summarise(path: str, audit: Overview, lang: str) -> None:
    """Add to the step's summary what no annotation shows, within the size a summary may have."""
    from fireaudit.reports import github

    try:
        used = os.path.getsize(path)
    except OSError:
        used = 0
    text = github.summary(audit, lang, github.SUMMARY_BYTES - used)
    if text:
        _onto(path, "ab", encode(text))
