"""``audit(paths, options)``: read, validate, build, state, decide; the result is data for the reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from fireaudit.accept import Baseline, settle, stale_baseline, stale_entries
from fireaudit.brief import Overview, Told
from fireaudit.checks.derivation import derive
from fireaudit.checks.identity import identity
from fireaudit.checks.relation import Outcome, Relation, Verdict, decide
from fireaudit.config import DEFAULT, Settings
from fireaudit.files import plan_files, read
from fireaudit.findings import Accepted, CellMention, Finding, Severity
from fireaudit.plan.build import build
from fireaudit.plan.listed import listed
from fireaudit.plan.model import Cell, Plan
from fireaudit.plan.schema import violations
from fireaudit.plan.source import START, Fault, Source, Unreadable, decode, parse
from fireaudit.quantity import spell
from fireaudit.rules import RULES
from fireaudit.scope import Names, Scope, beside, from_file, today

if TYPE_CHECKING:  # loaded only where something is violated
    from fireaudit.brief import Extent
    from fireaudit.cases import Case


@dataclass(frozen=True, slots=True)
class Audited:
    """One plan, every relation decided, and what is to be said about it.

    ``accepted`` findings are not in ``findings``; ``gone`` of the baseline's for this plan are found no more.
    """

    source: Source
    plan: Plan
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    cases: tuple[Case, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    settings: Settings = DEFAULT
    gone: int = 0
    document: Extent | None = None

    @property
    def unread(self) -> bool:
        """Nothing of the file could be understood, so that its figures say nothing. A document has no tree, but is read."""
        return self.source.root is None and self.document is None

    def touching(self) -> dict[str, list[Outcome]]:
        """Outcomes by the name of each cell they take part in, the assessable ones only."""
        found: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            if outcome.verdict is not Verdict.NOT_ASSESSABLE:
                for name in outcome.relation.cells():
                    found.setdefault(name, []).append(outcome)
        return found

    def unchecked(self) -> list[Cell]:
        assessed = [outcome.relation for outcome in self.outcomes if outcome.verdict is not Verdict.NOT_ASSESSABLE]
        touched = {cell.name for relation in assessed for side in (relation.left, relation.right) for cell in side.cells()}
        return [cell for cell in self.plan.cells.values() if cell.name not in touched and not cell.quantity.missing]

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def title(self) -> str:
        return self.plan.title

    @property
    def figures(self) -> int:
        return len(self.plan.cells)

    @property
    def untouched(self) -> int:
        return len(self.unchecked())

    def line(self, number: int) -> str | None:
        """A line of the file, from 1."""
        return self.source.lines[number - 1] if 0 < number <= len(self.source.lines) else None

    def counts(self) -> dict[str, int]:
        return {verdict.value: sum(o.verdict is verdict for o in self.outcomes) for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class Audit(Overview):
    """All plans audited, each with the plan itself."""

    plans: tuple[Audited, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What to report beside the findings: figures nothing checks, relations that could not be assessed; files of official
    names, which replace the shipped list of their jurisdiction; and what goes over the settings found upward from each
    plan (``config``: this file instead; ``isolated``: none; ``unbased``: no baseline, whatever the settings say). ``lang``:
    of places in documents; by the settings or the locale unless given."""

    unchecked: bool = False
    unassessed: bool = False
    names: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: str | None = None
    isolated: bool = False
    baseline: str | None = None
    unbased: bool = False
    today: date | None = None
    lang: str | None = None

    def scope(self) -> Scope:
        return Scope(self.config, self.isolated, self.select, self.ignore, self.names, self.baseline)


def audit(paths: Iterable[str], options: Options | None = None, stdin: bytes | None = None, stdin_name: str = "-") -> Audit:
    """Audit plan files, the plans in folders, and documents; ``-`` is ``stdin``, reported as ``stdin_name``. Raises ``CannotAudit``."""
    options = options or Options()
    scope = options.scope()
    plans = []
    for path in plan_files(paths):
        data = (stdin or b"") if path == "-" else read(path)
        name = path if path != "-" else "<stdin>" if stdin_name == "-" else stdin_name
        plans.append(audit_under(scope, options, name, data))
    return Audit(tuple(plans), tuple(of_acceptances(scope, plans, options.today or today())))


def auditor(options: Options) -> Callable[[str, bytes], Audited]:
    """What audits the bytes of a plan, as they stand or once stood at a path, under these options. Raises ``CannotAudit``."""
    return partial(audit_under, options.scope(), options)


def audit_under(scope: Scope, options: Options, path: str, data: bytes) -> Audited:
    from fireaudit.documents import audit_document, is_document

    settings = scope.settings(path)
    baseline = None if options.unbased else scope.baseline(settings)
    if is_document(path, data):
        return audit_document(path, data, options, scope.names(settings), settings, baseline)
    return audit_text(path, data, options, scope.names(settings), settings, baseline)


def of_acceptances(scope: Scope, plans: Sequence[Told], day: date) -> list[Finding]:
    """What is to be said of the settings and baselines themselves: what they accept has expired or is gone."""
    under: dict[str, tuple[Settings, dict[str, list[Finding]]]] = {}
    gone: dict[str, tuple[Baseline, int]] = {}
    for plan in plans:
        repository = scope.repository(plan.path)
        found = under.setdefault(repository.path, (repository, {}))[1]
        found[beside(repository.path, plan.path)] = [*plan.findings, *(accepted.finding for accepted in plan.accepted)]
        if plan.gone and (baseline := scope.baseline(plan.settings)) is not None:
            gone[baseline.path] = baseline, gone.get(baseline.path, (baseline, 0))[1] + plan.gone
    said = []
    for repository, found in under.values():
        named = {entry.path for entry in repository.accept if entry.path} - set(found)
        nowhere = {path for path in named if not os.path.exists(from_file(repository.path, path))}
        said += stale_entries(repository, found, _whole(repository, found), nowhere, scope.narrowed, day)
    said += [f for baseline, number in gone.values() for f in stale_baseline(baseline, number)]
    return sorted((f for f in said if plans[0].settings.applies(f.code)), key=Finding.sort_key)


def _whole(repository: Settings, found: Iterable[str]) -> bool:
    """Every plan below the settings file is among ``found``; looked up only where an entry names no plan."""
    if not repository.path or all(entry.path for entry in repository.accept):
        return False
    folder = os.path.dirname(repository.path) or "."
    return {beside(repository.path, path) for path in plan_files([folder])} <= set(found)


def audit_text(
    path: str,
    data: bytes,
    options: Options,
    names: Names | None = None,
    settings: Settings = DEFAULT,
    baseline: Baseline | None = None,
    read: bool = False,
) -> Audited:
    """Audit the bytes of one plan file. ``read``: it was read out of a document, so that most findings are no proof."""
    day = options.today or today()
    try:
        source = parse(path, decode(data))
    except Unreadable as error:
        fault = Fault("FA004", START, {"problem": f"{error.reason} {error.detail}".strip()})
        source = Source(path, (), None, (fault,))
    faults = list(source.faults)
    if not any(fault.code in ("FA001", "FA004") for fault in faults):
        faults += violations(source.root)
    plan, more = build(source, settings.rounding)
    if names and plan.code in names:
        plan = replace(plan, official=names[plan.code])
    relations, stated = _state(plan, settings)
    findings = [*(_of_fault(path, fault) for fault in (*faults, *more)), *stated]
    outcomes = tuple(decide(_eased(relation, plan)) for relation in relations)
    findings = [_eased(finding, plan) for finding in findings]
    told = [None if found is None else weighed(_eased(found, plan), settings) for outcome in outcomes for found in [_of_outcome(plan, outcome, options)]]
    findings += [found for found in told if found is not None]
    try:
        diagnosed = _cases(plan, outcomes, told)
    except Exception as error:  # a fault of the diagnosis must not take the audit down with it
        findings.append(fault_in(plan, "diagnosis", error))
        diagnosed = ()
    audited = Audited(source, plan, outcomes, (), diagnosed)
    if options.unchecked:
        for cell in audited.unchecked():
            arguments = {"cell": cell.name, "text": cell.text}
            findings.append(Finding("FA901", Severity.NOTE, path, cell.span, arguments, at=cell.at, cells=(_mention(cell),)))
    unique = {repr(f.sort_key()): f for f in (weighed(finding, settings) for finding in findings) if f is not None}
    ordered = sorted(unique.values(), key=Finding.sort_key)
    settled = settle(source, ordered, settings, beside(settings.path, path), baseline, beside(baseline.path, path) if baseline else "", day, read)
    live = {repr(finding.sort_key()) for finding in settled.live}
    return replace(
        audited,
        findings=tuple(sorted((*settled.live, *settled.said), key=Finding.sort_key)),
        cases=tuple(kept for case in diagnosed if (kept := case.only(live)) is not None),
        accepted=settled.accepted,
        settings=settings,
        gone=settled.gone,
    )


def weighed(finding: Finding | None, settings: Settings) -> Finding | None:
    """With the severity that the settings give its rule, but for what only rounding saves; ``None`` where it is left out."""
    if finding is None or not settings.applies(finding.code):
        return None
    severity = finding.severity if finding.message.endswith("+rounding") else settings.weighed(finding.code, finding.severity)
    return finding if severity is finding.severity else replace(finding, severity=severity)


def _state(plan: Plan, settings: Settings) -> tuple[list[Relation], list[Finding]]:
    """All relations and direct findings of all rules; a fault inside a rule is a finding and stops no other rule."""
    relations: dict[object, Relation] = {}
    findings: list[Finding] = []
    for rule in RULES:
        if rule.state is None or not settings.applies(rule.code):
            continue
        try:
            for stated in rule.state(plan):
                if isinstance(stated, Finding):
                    findings.append(stated)
                else:
                    relations.setdefault(identity(stated), stated)
        except Exception as error:  # a rule must not take the audit down with it
            findings.append(fault_in(plan, rule.code, error))
    return list(relations.values()), findings


_PROVEN = ("FA201", "FA203", "FA101", "FA102", "FA103", "FA105", "FA106", "FA107")
"""What needs no understanding of a document beyond its total row; checks that somebody wrote, and slips of writing a plan."""
_Stated = TypeVar("_Stated", Relation, Finding)


def _eased(stated: _Stated, plan: Plan) -> _Stated:
    """A warning at most, where a statement rests on how a document was understood and nobody has confirmed that."""
    if not plan.unconfirmed or stated.code in _PROVEN or stated.code.startswith("FA00") or stated.severity < Severity.ERROR:
        return stated
    return replace(stated, severity=Severity.WARNING)


def fault_in(plan: Plan, part: str, error: Exception) -> Finding:
    """A fault of the tool, as a finding."""
    arguments = {"rule": part, "problem": f"{type(error).__name__}: {error}"[:200]}
    return Finding("FA005", Severity.ERROR, plan.path, START, arguments)


def _cases(plan: Plan, outcomes: tuple[Outcome, ...], told: list[Finding | None]) -> tuple[Case, ...]:
    """The cases with their findings, worst first."""
    if not any(outcome.verdict is Verdict.VIOLATED for outcome in outcomes):
        return ()
    from fireaudit.diagnosis.case import cases

    found = []
    for case in cases(plan, outcomes):
        findings = sorted((f for i in case.relations if (f := told[i]) is not None), key=lambda f: (-f.severity, f.sort_key()))
        if findings:
            found.append(replace(case, findings=tuple(findings)))
    found.sort(key=lambda case: (-case.severity, case.findings[0].sort_key()))
    return tuple(replace(case, number=number) for number, case in enumerate(found, 1))


def _of_fault(path: str, fault: Fault) -> Finding:
    message = fault.arguments.get("reason", "close" if fault.arguments.get("close") else "message")
    return Finding(fault.code, Severity.ERROR, path, fault.span, fault.arguments, message)


def _mention(cell: Cell) -> CellMention:
    return CellMention(cell.name, cell.text, cell.span, cell.at)


def _of_outcome(plan: Plan, outcome: Outcome, options: Options) -> Finding | None:
    relation = outcome.relation
    if outcome.clash is not None and (doubt := outcome.clash.doubt):
        return Finding("FA902", Severity.NOTE, plan.path, relation.span, {"check": relation.text()}, doubt, at=relation.at) if options.unassessed else None
    if outcome.clash is not None:
        arguments = {"left": spell(outcome.clash.left), "right": spell(outcome.clash.right), "check": relation.text()}
        return Finding("FA108", Severity.ERROR, plan.path, relation.span, arguments, at=relation.at)
    if outcome.verdict is Verdict.NOT_ASSESSABLE:
        if not options.unassessed:
            return None
        arguments = {"check": relation.text(), "missing": listed(dict.fromkeys(outcome.missing))}
        return Finding("FA902", Severity.NOTE, plan.path, relation.span, arguments, at=relation.at)
    suggested = "support" in relation.arguments  # that it holds within rounding is no news of a relation nobody stated
    if outcome.verdict is not Verdict.VIOLATED and (suggested or not outcome.by_rounding):
        return None
    return _disagreement(plan, outcome)


def _disagreement(plan: Plan, outcome: Outcome) -> Finding:
    """A violated relation, or one that only rounding saves, with its derivation."""
    relation, derivation = outcome.relation, derive(outcome)
    focus = relation.focus
    severity = relation.severity if outcome.verdict is Verdict.VIOLATED else Severity.NOTE
    message = relation.message if outcome.verdict is Verdict.VIOLATED else relation.message + "+rounding"
    cells = tuple(_mention(cell) for cell in relation.cells().values())
    return Finding(
        code=relation.code,
        severity=severity,
        path=plan.path,
        span=focus.span if focus else relation.span,
        arguments=relation.arguments,
        message=message,
        at=(focus.at if focus else "") or relation.at,
        cells=cells,
        expected=derivation.expected,
        actual=derivation.printed,
        difference=derivation.difference,
        derivation=derivation.text,
        because=relation.reading.because if outcome.verdict is Verdict.VIOLATED else None,
    )
