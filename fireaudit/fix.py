"""A repair as an edit of the plan file: the printed figures change, every other byte stays."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from fireaudit.accept import ACCEPTANCES
from fireaudit.app import Audited, Options, audit_text
from fireaudit.cases import Case, Repair
from fireaudit.files import relative
from fireaudit.plan.source import Span, decode, encode_like, line_starts

MOST_AUDITED = 4_000_000
"""Bytes of the corrected plans, and figures in their relations, that are audited again to see that the corrections do no harm."""
CONTEXT = 1


class CannotFix(Exception):
    """The repair cannot be written into the file safely; ``key`` and ``arguments`` name the message."""

    def __init__(self, key: str, **arguments: str) -> None:
        super().__init__(key)
        self.key, self.arguments = key, arguments


@dataclass(frozen=True, slots=True)
class Edit:
    """The bytes of the corrected file, and what changed as a unified diff."""

    data: bytes
    diff: str


def affordable(audited: Audited, data: bytes) -> int:
    """How many repairs of a plan can be tried in good time, one at least."""
    related = sum(len(outcome.relation.cells()) for outcome in audited.outcomes)
    return max(1, MOST_AUDITED // max(1, len(data) + related))


def edit(audited: Audited, data: bytes, case: Case, repair: Repair, path: str) -> Edit:
    """``data`` with the repair in it, audited again: the case is gone and nothing new is wrong. Raises ``CannotFix``."""
    text = decode(data, audited.settings.limits.max_bytes)
    spans = [(correction.cell.span, correction.cell.text, correction.becomes) for correction in repair.corrections]
    for correction in repair.corrections:
        if not correction.exact:
            raise CannotFix("fix_by_hand", cell=correction.cell.text, line=str(correction.cell.span.line))
        if sum(cell.span == correction.cell.span for cell in audited.plan.cells.values()) > 1:
            raise CannotFix("fix_shared", cell=correction.cell.text, line=str(correction.cell.span.line))
    changed = _spliced(text, spans)
    result = encode_like(data, changed)
    names = {audited.plan.code: audited.plan.official} if audited.plan.official else {}
    _verify(audited, audit_text(audited.source.path, result, Options(), names, audited.settings, diagnose=False), case, repair)
    return Edit(result, _diff(text, changed, relative(path)))


def _diff(before: str, after: str, path: str) -> str:
    """As ``git apply`` and ``patch`` read it from the working directory: lines end at a line feed only."""
    old, new = (path, path) if path.startswith(("/", "../")) or os.path.isabs(path) else (f"a/{path}", f"b/{path}")
    was, now = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before, after))
    lines = [f"--- {old}\n", f"+++ {new}\n", *_hunks(was, now)]
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)


def _hunks(was: list[str], now: list[str]) -> Iterator[str]:
    """A figure never spans lines, so line stands against line, and nothing has to be searched for."""
    changed = [index for index, (old, new) in enumerate(zip(was, now, strict=True)) if old != new]
    groups: list[list[int]] = []
    for index in changed:
        if groups and index - groups[-1][-1] <= 2 * CONTEXT + 1:
            groups[-1].append(index)
        else:
            groups.append([index])
    for group in groups:
        start, end = max(0, group[0] - CONTEXT), min(len(was), group[-1] + CONTEXT + 1)
        size = "" if end - start == 1 else f",{end - start}"
        yield f"@@ -{start + 1}{size} +{start + 1}{size} @@\n"
        for differ, together in groupby(range(start, end), key=lambda index: was[index] != now[index]):
            run = list(together)
            yield from (("-" if differ else " ") + was[index] for index in run)
            yield from ("+" + now[index] for index in run if differ)


def _spliced(text: str, spans: list[tuple[Span, str, str]]) -> str:
    """The figures at their places replaced, from the last to the first so that places stay true; quotes are kept."""
    starts = line_starts(text)
    for span, printed, becomes in sorted(spans, key=lambda item: item[0], reverse=True):
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        raw = text[start:end]
        inside = text.find(printed, start, end)
        if inside < 0 or raw.strip("\"'").strip() != printed.strip():
            raise CannotFix("fix_by_hand", cell=printed, line=str(span.line))
        text = text[:inside] + becomes + text[inside + len(printed) :]
    return text


def _verify(before: Audited, after: Audited, case: Case, repair: Repair) -> None:
    wanted = {correction.cell.name: correction.becomes for correction in repair.corrections}
    same = list(before.plan.cells) == list(after.plan.cells) and all(
        cell.text == wanted.get(name, before.plan.cells[name].text) for name, cell in after.plan.cells.items()
    )
    known = {finding.fingerprint for finding in before.findings}
    settled = {finding.fingerprint for finding in case.findings}
    # An acceptance that the correction makes needless is no harm done.
    found = {finding.fingerprint for finding in after.findings if finding.severity > 1 and finding.code not in ACCEPTANCES}
    if not same or found - known or found & settled:
        raise CannotFix("fix_unsafe", line=str(repair.corrections[0].cell.span.line))
