"""Accepted findings: comments at a figure, entries of the settings, a baseline. What they settle, and what they no longer do."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TypeVar

from fireaudit.config import Entry, Settings
from fireaudit.findings import Acceptance, Accepted, Finding, Severity
from fireaudit.plan.listed import listed
from fireaudit.plan.source import Mapping as Tree
from fireaudit.plan.source import Node, Scalar, Source, Span
from fireaudit.rules import BY_CODE, like

EXPIRED, NEEDLESS, UNCLEAR = ACCEPTANCES = ("FA903", "FA904", "FA905")
VERSION = 1

_MARK = re.compile(r"(?:^|(?<=\s))#\s*fireaudit\s*[:：]\s*", re.IGNORECASE)
_COMMA = "[,，、]"
_SAID = re.compile(
    rf"(?:accept|接受) (?P<codes>FA\w*(?:\s*{_COMMA}\s*FA\w*)*) ?(?:[\"“'「](?P<says>[^\"”'」]*)[\"”'」])?"
    r" ?(?:(?:until|至|到) ?(?P<until>[\w-]+))? ?(?:[:：] ?(?P<reason>.*))?",
    re.IGNORECASE,
)
UNEQUAL = re.compile("≠|!=")
MOST_ON_A_LINE = 100
"""Comments of one line that are read."""

_LEAD = "≈<>=!≤≥ "
"""What may stand before a computed figure: how it was cut, or which bound it is."""


@dataclass(frozen=True, slots=True)
class Comment:
    """``# fireaudit: accept CODE… "16≠15" until DATE: reason``, for the findings at the figures of ``line``.

    ``says``: only at the figure printed so, and after ≠ only while that is what is computed of it.
    """

    codes: tuple[str, ...]
    reason: str
    span: Span
    line: int
    says: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The findings that still count, those that are accepted, what is to be said of the plan's own comments, and how
    many findings of the baseline are gone."""

    live: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]
    said: tuple[Finding, ...]
    gone: int


Commented = tuple[Sequence[Comment], Sequence[Finding]]


def comments(source: Source) -> Commented:
    """The accepting comments of a plan file, and findings about those that are not understood."""
    found: list[Comment] = []
    unclear: list[Finding] = []
    marked = [number for number, line in enumerate(source.lines, 1) if "fireaudit" in line.lower() and _MARK.search(line)]
    if not marked or source.root is None:
        return found, unclear
    inside, following = _inside(source.root), _next_lines(source.lines)
    for number in marked:
        line = source.lines[number - 1]
        marks = [mark for mark in _MARK.finditer(line) if not inside(number, mark.start() + 1)][:MOST_ON_A_LINE]
        ends = [mark.start() for mark in marks] + [len(line)]
        about = following[number] if line.lstrip().startswith("#") else number
        for mark, (start, end) in zip(marks, pairwise(ends), strict=True):
            span = Span(number, start + 1, number, start + len(line[start:end].rstrip()) + 1)
            read = _read(line[mark.end() : end], span, about)
            if isinstance(read, Comment):
                found.append(read)
            else:
                key, arguments = read
                unclear.append(Finding(UNCLEAR, Severity.WARNING, source.path, span, arguments, key))
    return found, unclear


def _read(text: str, span: Span, line: int) -> Comment | tuple[str, dict[str, str]]:
    text = " ".join(text.split())
    parsed = _SAID.fullmatch(text)
    if parsed is None:
        return "message", {"text": text[:80]}
    codes = tuple(code.strip().upper() for code in re.split(_COMMA, parsed["codes"]))
    for code in codes:
        if code not in BY_CODE:
            return "family" if any(known.startswith(code) for known in BY_CODE) else "code", {"code": code[:20], "known": " ".join(like(code))}
    if not parsed["reason"]:
        return "reason", {"codes": listed(codes)}
    until = None
    if parsed["until"]:
        try:
            until = date.fromisoformat(parsed["until"])
        except ValueError:
            return "date", {"date": parsed["until"][:20]}
    return Comment(codes, parsed["reason"], span, line, parsed["says"], until)


def _next_lines(lines: Sequence[str]) -> list[int]:
    """For each line, by its number, the one that a comment alone on it speaks of: the next that is not blank and no comment; else itself."""
    found = list(range(len(lines) + 1))
    following = 0
    for number in range(len(lines), 0, -1):
        found[number] = following or number
        if (text := lines[number - 1].lstrip()) and not text.startswith("#"):
            following = number
    return found


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


def _inside(root: Node) -> Callable[[int, int], bool]:
    """Tells whether a place is in a scalar, where a comment is none."""
    spans = sorted(_scalars(root))

    def inside(line: int, column: int) -> bool:
        at = bisect_right(spans, Span(line, column, line, column + 1)) - 1
        return at >= 0 and (line, column) < spans[at][2:]

    return inside


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that a baseline knows: what it ``said`` (printed, computed), where that was stored; it covers no finding that says anything else."""

    fingerprint: str
    said: tuple[str | None, str | None] | None = None
    code: str = field(default="", compare=False)
    message: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Baseline:
    """Findings that were there when it was written: how many of each in each plan, by path from its folder."""

    path: str
    known: Mapping[str, Mapping[Known, int]]

    def beyond(self, audited: Mapping[str, Settings], there: Callable[[str], bool]) -> dict[str, dict[Known, int]]:
        """What an audit of the plans ``audited`` says nothing about: other plans that are still ``there``, rules that were not applied."""
        kept = {}
        for path, known in self.known.items():
            if path in audited:
                kept[path] = {one: count for one, count in known.items() if one.code and not audited[path].applies(one.code)}
            elif there(path):
                kept[path] = dict(known)
        return kept


def read_baseline(path: str, data: bytes) -> Baseline:
    """Raises ``ValueError`` where it is none."""
    loaded = json.loads(data.decode("utf-8-sig"))
    if not isinstance(loaded, dict) or loaded.get("version") != VERSION or not isinstance(loaded.get("findings"), list):
        raise ValueError(f"version {VERSION}, findings")
    known: dict[str, Counter[Known]] = {}
    for item in loaded["findings"]:
        if not isinstance(item, dict) or not isinstance(item.get("path"), str) or not isinstance(item.get("fingerprint"), str):
            raise ValueError("path, fingerprint")
        count = item.get("count", 1)
        known.setdefault(item["path"], Counter())[_known(item)] += count if type(count) is int and count > 0 else 1
    return Baseline(path, known)


def _known(item: Mapping[str, object]) -> Known:
    code, message, actual, expected = (item.get(key) for key in ("code", "message", "actual", "expected"))
    if not all(value is None or isinstance(value, str) for value in (actual, expected)):
        raise ValueError("actual, expected")
    said = (actual, expected) if "actual" in item or "expected" in item else None
    return Known(str(item["fingerprint"]), said, code if isinstance(code, str) else "", message if isinstance(message, str) else "")  # type: ignore[arg-type]


def said_by(finding: Finding) -> tuple[str | None, str | None]:
    """What a baseline stores of a finding's figures: printed, computed."""
    return finding.actual, finding.expected


def still_says(finding: Finding, says: str | None) -> bool:
    """Whether ``16≠15``, printed and computed, is what the finding says; without ≠ nothing is asked of it."""
    printed, unequal, computed = _halves(says)
    if not unequal:
        return True
    expected = finding.expected or ""
    wanted = {_bare(expected), _bare(expected.partition(" (")[0])}
    return printed == _bare(finding.actual or "", "") and _bare(computed) in wanted


def _halves(says: str | None) -> tuple[str, bool, str]:
    """The printed figure, whether ≠ follows, and what is computed of it."""
    printed, *computed = UNEQUAL.split(says or "", maxsplit=1)
    return _bare(printed, ""), bool(computed), "".join(computed)


def _bare(text: str, lead: str = _LEAD) -> str:
    return "".join(text.split()).lstrip(lead)


def settle(
    source: Source, commented: Commented, findings: Sequence[Finding], settings: Settings, path: str, baseline: Baseline | None, base_path: str, today: date
) -> Settled:
    """Sort out the findings of one plan. ``path`` and ``base_path``: the plan as the settings and the baseline name it."""
    marks, unclear = commented
    said = [finding for finding in unclear if settings.applies(UNCLEAR)]
    entries = _by(lambda entry: [entry.fingerprint], (entry for entry in settings.accept if entry.path in (None, path)))
    at_line = _by(lambda mark: [(mark.line, code) for code in dict.fromkeys(mark.codes)], marks)
    left = Counter(baseline.known.get(base_path, {})) if baseline else Counter()
    used: set[int] = set()
    live: list[Finding] = []
    accepted: list[Accepted] = []
    for finding in findings:
        mark = next((m for m in at_line.get((finding.span.line, finding.code), ()) if _at(m, finding, source)), None)
        entry = next((e for e in entries.get(finding.fingerprint, ()) if still_says(finding, e.says)), None) if entries else None
        used.update(id(which) for which in (mark, entry) if which is not None)
        by, which = ("comment", mark) if mark is not None and not _over(mark.until, today) else ("settings", entry)
        known = next((one for one in (Known(finding.fingerprint, said_by(finding)), Known(finding.fingerprint)) if left[one] > 0), None)
        if which is not None and not _over(which.until, today):
            accepted.append(Accepted(finding, Acceptance(by, which.reason, which.until.isoformat() if which.until else None)))
        elif known is not None:
            left[known] -= 1
            accepted.append(Accepted(finding, Acceptance("baseline", "")))
        else:
            live.append(finding)
    there = _by(lambda finding: [(finding.span.line, finding.code)], findings if marks else ())
    for mark in marks:
        if all(settings.applies(code) for code in mark.codes) and (id(mark) not in used or _over(mark.until, today)):
            now = [f for code in dict.fromkeys(mark.codes) for f in there.get((mark.line, code), ())]
            said.append(_stale(id(mark) in used, now, listed(mark.codes), mark, source.path, mark.span))
    gone = sum(count for one, count in (+left).items() if not one.code or settings.applies(one.code))
    return Settled(tuple(live), tuple(accepted), tuple(said), gone)


def stale_entries(
    settings: Settings, audited: Mapping[str, Sequence[Finding]], whole: bool, nowhere: Collection[str], narrowed: bool, today: date
) -> list[Finding]:
    """Entries of the settings that have expired, or settle nothing in the plans they speak of.

    ``audited``: all findings by plan, as the settings name it; ``whole``: every plan below the settings file is among
    them, so that an entry that names no plan can be told to be needless; ``nowhere``: the plans named by entries that
    do not exist; ``narrowed``: rules were left out for this audit alone, so that a finding not there may be there else.
    """
    found = []
    by_plan = {path: _by(lambda finding: [finding.fingerprint], findings) for path, findings in audited.items()} if settings.accept else {}
    for entry in settings.accept:
        known = [by_plan.get(entry.path, {})] if entry.path else by_plan.values()
        now = [finding for plan in known for finding in plan.get(entry.fingerprint, ())]
        there = any(still_says(finding, entry.says) for finding in now)
        span = Span(entry.line, 1, entry.line, 1)
        if entry.path in nowhere:
            found.append(Finding(NEEDLESS, Severity.WARNING, settings.path, span, {"plan": entry.path or "", "reason": entry.reason[:120]}, "nowhere"))
        elif (there and _over(entry.until, today)) or (not there and (now or not narrowed) and (entry.path in audited or (whole and not entry.path))):
            found.append(_stale(there, now, entry.fingerprint, entry, settings.path, span))
    return found


def stale_baseline(baseline: Baseline, gone: int) -> list[Finding]:
    """What is said of a baseline of which so many findings are no longer found in the audited plans."""
    arguments = {"count": str(gone), "file": baseline.path}
    return [Finding(NEEDLESS, Severity.NOTE, baseline.path, Span(1, 1, 1, 1), arguments, "baseline")] if gone else []


_Item = TypeVar("_Item")


def _by(keys: Callable[[_Item], Iterable[Hashable]], items: Iterable[_Item]) -> dict[Hashable, list[_Item]]:
    """The items by each of their keys, in order."""
    found: dict[Hashable, list[_Item]] = {}
    for item in items:
        for key in keys(item):
            found.setdefault(key, []).append(item)
    return found


def _at(mark: Comment, finding: Finding, source: Source) -> bool:
    """Whether a comment that is about the line and the rule of a finding is about its figure."""
    printed, unequal, _ = _halves(mark.says)
    if mark.says is None or unequal:
        return still_says(finding, mark.says)
    span = finding.span
    shown = source.lines[span.line - 1][span.column - 1 : span.end_column - 1] if span.line == span.end_line else ""
    return _bare(shown.strip().strip("\"'"), "") == printed


def _over(until: date | None, today: date) -> bool:
    return until is not None and until < today


def _stale(expired: bool, now: Sequence[Finding], what: str, acceptance: Comment | Entry, path: str, span: Span) -> Finding:
    """An acceptance that settles nothing any more; ``now``: the findings it would settle, were its figures still the same."""
    until, says = acceptance.until, acceptance.says or ""
    arguments = {"what": what, "reason": acceptance.reason[:120], "until": until.isoformat() if until else ""}
    if expired or not now or not UNEQUAL.search(says):
        return Finding(EXPIRED if expired else NEEDLESS, Severity.WARNING, path, span, arguments)
    printed, computed = now[0].actual or "", (now[0].expected or "").partition(" (")[0]
    return Finding(NEEDLESS, Severity.WARNING, path, span, arguments | {"says": says, "now": f"{printed}≠{computed.lstrip(_LEAD)}"}, "changed")
