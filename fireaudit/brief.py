"""What reports say of a plan, apart from the plan itself: small enough to keep for thousands of plans, to hand from one
process to another and to store. Packed it is JSON, so reading it back can do no more than say something wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from fireaudit.cases import Case, Correction, Repair
from fireaudit.config import LEVELS, Settings
from fireaudit.findings import Acceptance, Accepted, CellMention, Finding, Severity, Span

NEVER = max(LEVELS.values()) + 1


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a document was read."""

    format: str
    pages: int | None
    figures: int
    unplaced: int
    tables: int
    textless_pages: tuple[int, ...]


class Told(Protocol):
    """One plan as reports see it: ``figures`` it has, of them ``untouched`` by any relation, and the relations by verdict."""

    @property
    def path(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def figures(self) -> int: ...
    @property
    def untouched(self) -> int: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def cases(self) -> tuple[Case, ...]: ...
    @property
    def accepted(self) -> tuple[Accepted, ...]: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def gone(self) -> int: ...
    @property
    def document(self) -> Extent | None: ...
    def counts(self) -> Mapping[str, int]: ...
    def line(self, number: int) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Brief:
    """A plan told without the plan; of its text only the lines that findings point at."""

    path: str
    title: str
    figures: int
    untouched: int
    verdicts: Mapping[str, int]
    lines: Mapping[int, str]
    findings: tuple[Finding, ...]
    cases: tuple[Case, ...]
    accepted: tuple[Accepted, ...]
    settings: Settings
    gone: int
    document: Extent | None = None

    def counts(self) -> Mapping[str, int]:
        return self.verdicts

    def line(self, number: int) -> str | None:
        return self.lines.get(number)


@dataclass(frozen=True, slots=True)
class Overview:
    """All plans told. ``older`` findings, those that stood at the revision ``since``, are not among the others."""

    plans: tuple[Told, ...]
    extra: tuple[Finding, ...] = field(default=())
    since: str = ""
    older: int = 0

    @property
    def findings(self) -> list[Finding]:
        return sorted((*self.extra, *(f for plan in self.plans for f in plan.findings)), key=Finding.sort_key)

    @property
    def accepted(self) -> list[Accepted]:
        return [accepted for plan in self.plans for accepted in plan.accepted]

    @property
    def lang(self) -> str | None:
        """The language that the settings of the first plan want."""
        return next((plan.settings.lang for plan in self.plans), None)

    def fails(self, level: str | None = None) -> bool:
        """Something is found at the fail level: the one given, else each plan's own, else error."""
        found = [(f, plan.settings.fail_level) for plan in self.plans for f in plan.findings] + [(f, None) for f in self.extra]
        return any(finding.severity >= LEVELS.get(level or own or "error", NEVER) for finding, own in found)

    def summary(self) -> dict[str, int]:
        found = self.findings
        return {severity.word: sum(f.severity is severity for f in found) for severity in reversed(Severity)}


class NotPacked(ValueError):
    """What was to be read back was not packed here."""


def pack(plan: Told) -> str:
    """Everything but the path and the settings, which whoever reads it back knows."""
    place = {id(finding): index for index, finding in enumerate(plan.findings)}
    lines = {f.span.line: line for f in plan.findings if (line := plan.line(f.span.line)) is not None}
    packed = [
        plan.title, plan.figures, plan.untouched, plan.counts(), sorted(lines.items()),
        [_finding(finding) for finding in plan.findings],
        [_case(case, place) for case in plan.cases],
        [[_finding(one.finding), one.acceptance.by, one.acceptance.reason, one.acceptance.until] for one in plan.accepted],
        plan.gone, plan.document and [getattr(plan.document, name) for name in Extent.__slots__],
    ]  # fmt: skip
    return json.dumps(packed, separators=(",", ":"))


def unpack(text: str | bytes, path: str, settings: Settings) -> Brief:
    """Raises ``NotPacked``."""
    try:
        title, figures, untouched, verdicts, lines, packed, cases, accepted, gone, read = json.loads(text)
        findings = tuple(_a_finding(path, item) for item in packed)
        return Brief(
            path, title, figures, untouched, verdicts, dict(lines), findings, tuple(_a_case(path, item, findings) for item in cases),
            tuple(Accepted(_a_finding(path, item), Acceptance(by, reason, until)) for item, by, reason, until in accepted), settings, gone,
            read and _an_extent(read),
        )  # fmt: skip
    except (ValueError, TypeError, IndexError, RecursionError) as error:
        raise NotPacked(path) from error


def _an_extent(packed: Any) -> Extent:
    kind, pages, figures, unplaced, tables, textless = packed
    return Extent(kind, pages, figures, unplaced, tables, tuple(textless))


def _finding(f: Finding) -> list[object]:
    cells = [_cell(cell) for cell in f.cells]
    return [f.code, int(f.severity), f.span, dict(f.arguments), f.message, f.at, cells, *(getattr(f, name) for name in Finding.__slots__[8:])]


def _a_finding(path: str, packed: Any) -> Finding:
    code, severity, span, arguments, message, at, cells, *rest = packed
    return Finding(code, Severity(severity), path, Span(*span), arguments, message, at, tuple(map(_a_cell, cells)), *rest)


def _cell(cell: CellMention) -> list[object]:
    return [cell.name, cell.text, cell.span, cell.at]


def _a_cell(packed: Any) -> CellMention:
    name, text, span, at = packed
    return CellMention(name, text, Span(*span), at)


def _case(case: Case, place: Mapping[int, int]) -> list[object]:
    """Findings by their place among those of the plan: reports tell them apart by being the very same."""
    repairs = [[[_cell(c.cell), *(getattr(c, name) for name in Correction.__slots__[1:])] for c in repair.corrections] for repair in case.repairs]
    findings = [place[id(finding)] if id(finding) in place else _finding(finding) for finding in case.findings]
    return [case.relations, repairs, case.complete, case.unlisted, findings, case.number]


def _a_case(path: str, packed: Any, findings: tuple[Finding, ...]) -> Case:
    relations, repairs, complete, unlisted, places, number = packed
    return Case(
        path, tuple(relations), tuple(Repair(tuple(Correction(_a_cell(cell), *rest) for cell, *rest in corrections)) for corrections in repairs),
        complete, unlisted, tuple(findings[place] if isinstance(place, int) else _a_finding(path, place) for place in places), number,
    )  # fmt: skip
