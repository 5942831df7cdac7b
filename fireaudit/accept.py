"""Accepted findings: comments at a figure, entries of the settings, a baseline. What they settle, and what they no longer do."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fireaudit.config import Settings
from fireaudit.findings import Acceptance, Accepted, Finding, Severity
from fireaudit.nearest import nearest
from fireaudit.plan.source import Mapping as Tree
from fireaudit.plan.source import Node, Scalar, Source, Span
from fireaudit.rules import BY_CODE

EXPIRED, NEEDLESS, UNCLEAR = ACCEPTANCES = ("FA903", "FA904", "FA905")
VERSION = 1

_MARK = re.compile(r"(?:^|(?<=\s))#\s*fireaudit\s*[:：]\s*(.*)")
_HEAD = re.compile(
    r"(?:accept|接受)\s+(?P<codes>FA\w*(?:\s*[,，、]\s*FA\w*)*)\s*(?:[\"“'「](?P<text>[^\"”'」]*)[\"”'」])?\s*(?:(?:until|至|到)\s*(?P<until>[\w-]+))?\s*$"
)


@dataclass(frozen=True, slots=True)
class Comment:
    """``# fireaudit: accept CODE… "16" until DATE: reason``, for the findings at the figures of ``line``.

    ``text``: only at the figure printed so.
    """

    codes: tuple[str, ...]
    reason: str
    span: Span
    line: int
    text: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The findings that still count, those that are accepted, what is to be said of the plan's own comments, and how
    many findings of the baseline are gone."""

    live: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    said: tuple[Finding, ...]
    gone: int


def comments(source: Source) -> tuple[list[Comment], list[Finding]]:
    """The accepting comments of a plan file, and findings about those that are not understood."""
    found: list[Comment] = []
    unclear: list[Finding] = []
    marked = [(number, match) for number, line in enumerate(source.lines, 1) if "fireaudit" in line and (match := _MARK.search(line))]
    if not marked or source.root is None:
        return found, unclear
    inside = list(_scalars(source.root))
    for number, match in marked:
        column = match.start() + 1
        if any(_covers(span, number, column) for span in inside):
            continue
        span = Span(number, column, number, len(source.lines[number - 1].rstrip()) + 1)
        alone = not source.lines[number - 1][: match.start()].strip()
        read = _read(match[1].strip(), span, _next_line(source.lines, number) if alone else number)
        if isinstance(read, Comment):
            found.append(read)
        else:
            key, arguments = read
            unclear.append(Finding(UNCLEAR, Severity.WARNING, source.path, span, arguments, key))
    return found, unclear


def _read(text: str, span: Span, line: int) -> Comment | tuple[str, dict[str, str]]:
    head, *rest = re.split("[:：]", text, maxsplit=1)
    reason = rest[0].strip() if rest else ""
    parsed = _HEAD.match(head.strip())
    if parsed is None:
        return "message", {"text": text[:80]}
    codes = tuple(re.split(r"\s*[,，、]\s*", parsed["codes"]))
    for code in codes:
        if code not in BY_CODE:
            return "code", {"code": code[:20], "close": nearest(code, BY_CODE) or next(iter(BY_CODE))}
    if not reason:
        return "reason", {"codes": "、".join(codes)}
    until = None
    if parsed["until"]:
        try:
            until = date.fromisoformat(parsed["until"])
        except ValueError:
            return "date", {"date": parsed["until"][:20]}
    return Comment(codes, reason, span, line, parsed["text"], until)


def _next_line(lines: Sequence[str], number: int) -> int:
    """The line that a comment on a line of its own speaks of: the next that is not blank and no comment."""
    for index in range(number, len(lines)):
        if lines[index].strip() and not lines[index].lstrip().startswith("#"):
            return index + 1
    return number


def _scalars(node: Node) -> Iterator[Span]:
    if isinstance(node, Scalar):
        yield node.span
    elif isinstance(node, Tree):
        yield from node.keys.values()
        for below in node.entries.values():
            yield from _scalars(below)
    else:
        for below in node.items:
            yield from _scalars(below)


def _covers(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)


@dataclass(frozen=True, slots=True)
class Baseline:
    """Findings that were there when it was written: how many of each fingerprint in each plan, by path from its folder."""

    path: str
    known: Mapping[tuple[str, str], int]


def read_baseline(path: str, data: bytes) -> Baseline:
    """Raises ``ValueError`` where it is none."""
    loaded = json.loads(data.decode("utf-8-sig"))
    if not isinstance(loaded, dict) or loaded.get("version") != VERSION or not isinstance(loaded.get("findings"), list):
        raise ValueError(f"version {VERSION}, findings")
    known: Counter[tuple[str, str]] = Counter()
    for item in loaded["findings"]:
        if not isinstance(item, dict) or not isinstance(item.get("path"), str) or not isinstance(item.get("fingerprint"), str):
            raise ValueError("path, fingerprint")
        count = item.get("count", 1)
        known[item["path"], item["fingerprint"]] += count if type(count) is int and count > 0 else 1
    return Baseline(path, known)


def settle(
    source: Source, findings: Sequence[Finding], settings: Settings, path: str, baseline: Baseline | None, base_path: str, today: date, read: bool = False
) -> Settled:
    """Sort out the findings of one plan. ``path`` and ``base_path``: the plan as the settings and the baseline name it.

    ``read``: it was drafted from a document, whose own words accept nothing.
    """
    marks, unclear = comments(source) if not read else ([], [])
    said = [finding for finding in unclear if settings.applies(UNCLEAR)]
    entries = [entry for entry in settings.accept if entry.path in (None, path)]
    left = Counter({mark: count for (where, mark), count in baseline.known.items() if where == base_path} if baseline else {})
    used: set[int] = set()
    live: list[Finding] = []
    accepted: list[Accepted] = []
    for finding in findings:
        mark = next((m for m in marks if _at(m, finding, source)), None)
        entry = next((e for e in entries if e.fingerprint == finding.fingerprint), None)
        used.update(id(which) for which in (mark, entry) if which is not None)
        by, which = ("comment", mark) if mark is not None and not _over(mark.until, today) else ("settings", entry)
        if which is not None and not _over(which.until, today):
            accepted.append(Accepted(finding, Acceptance(by, which.reason, which.until.isoformat() if which.until else None)))
        elif left[finding.fingerprint] > 0:
            left[finding.fingerprint] -= 1
            accepted.append(Accepted(finding, Acceptance("baseline", "")))
        else:
            live.append(finding)
    for mark in marks:
        if all(settings.applies(code) for code in mark.codes) and (id(mark) not in used or _over(mark.until, today)):
            said.append(_stale(id(mark) in used, "、".join(mark.codes), mark.reason, mark.until, source.path, mark.span))
    return Settled(tuple(live), tuple(accepted), tuple(said), sum((+left).values()))


def stale_entries(settings: Settings, audited: Mapping[str, Sequence[Finding]], whole: bool, today: date) -> list[Finding]:
    """Entries of the settings that have expired, or settle nothing in the plans they speak of.

    ``audited``: all findings by plan, as the settings name it; ``whole``: every plan below the settings file is among
    them, so that an entry that names no plan can be told to be needless.
    """
    found = []
    for entry in settings.accept:
        known = audited.get(entry.path, ()) if entry.path else [f for findings in audited.values() for f in findings]
        there = any(finding.fingerprint == entry.fingerprint for finding in known)
        if (there and _over(entry.until, today)) or (not there and (entry.path in audited or (whole and not entry.path))):
            found.append(_stale(there, entry.fingerprint, entry.reason, entry.until, settings.path, Span(entry.line, 1, entry.line, 1)))
    return found


def stale_baseline(baseline: Baseline, gone: int) -> list[Finding]:
    """What is said of a baseline of which so many findings are no longer found in the audited plans."""
    arguments = {"count": str(gone), "file": baseline.path}
    return [Finding(NEEDLESS, Severity.NOTE, baseline.path, Span(1, 1, 1, 1), arguments, "baseline")] if gone else []


def _at(mark: Comment, finding: Finding, source: Source) -> bool:
    if finding.span.line != mark.line or finding.code not in mark.codes:
        return False
    span = finding.span
    printed = source.lines[span.line - 1][span.column - 1 : span.end_column - 1] if span.line == span.end_line else ""
    return mark.text is None or printed.strip().strip("\"'").strip() == mark.text.strip()


def _over(until: date | None, today: date) -> bool:
    return until is not None and until < today


def _stale(expired: bool, what: str, reason: str, until: date | None, path: str, span: Span) -> Finding:
    arguments = {"what": what, "reason": reason[:120], "until": until.isoformat() if until else ""}
    return Finding(EXPIRED if expired else NEEDLESS, Severity.WARNING, path, span, arguments)
