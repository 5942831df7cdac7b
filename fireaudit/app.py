"""``audit(paths, options)``: read, validate, build, state, decide; the result is data for the reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from fireaudit.accept import Baseline, comments, settle, stale_baseline, stale_entries
from fireaudit.brief import Overview, Told
from fireaudit.checks.identity import identity
from fireaudit.checks.relation import Outcome, Relation, Verdict, decide
from fireaudit.config import DEFAULT, Settings
from fireaudit.files import plan_files, read
from fireaudit.findings import Accepted, Finding, Severity
from fireaudit.plan.build import build
from fireaudit.plan.model import Cell, Plan
from fireaudit.plan.schema import violations
from fireaudit.plan.source import START, Fault, Scalar, Source, Unreadable, decode, parse
from fireaudit.rules import RULES
from fireaudit.scope import Names, Scope, beside, from_file, today
from fireaudit.telling import Allowance, crossed, eased, fault_in, mention, of_faults, of_outcomes, weighed, within

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
        # Of very many names a dictionary takes less room than a set.
        touched = dict.fromkeys(cell.name for relation in assessed for side in (relation.left, relation.right) for cell in side.cells())
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
        name = path if path != "-" else "<stdin>" if stdin_name == "-" else stdin_name
        data = (stdin or b"") if path == "-" else read(path, scope.settings(name).limits.max_bytes)
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
    diagnose: bool = True,
) -> Audited:
    """Audit the bytes of one plan file. ``read``: it was read out of a document, so that most findings are no proof;
    ``diagnose`` where the cases are asked for."""
    day, limits = options.today or today(), settings.limits
    try:
        source = parse(path, decode(data, limits.max_bytes), limits.max_values)
    except Unreadable as error:
        fault = Fault("FA004", START, {"problem": f"{error.reason} {error.detail}".strip()})
        source = Source(path, (), None, (fault,))
    broken = [] if any(fault.code in ("FA001", "FA004") for fault in source.faults) else violations(source.root, most=limits.max_findings)
    plan, more = build(source, settings.rounding, limits)
    commented = comments(source) if not read else ((), ())  # the words of a document accept nothing
    if source.root is not None:  # nobody asks for the tree any more, and it takes much room
        source = replace(source, root=Scalar("", source.root.span))
    if names and plan.code in names:
        plan = replace(plan, official=names[plan.code])
    relations, stated = _state(plan, settings)
    findings = [*of_faults(path, (*source.faults, *broken[: limits.max_findings], *more), settings, read), *stated]
    if len(broken) > limits.max_findings:
        findings.append(crossed(path, broken[-1].code, Severity.ERROR, "message", limits.max_findings))
    findings = [eased(finding, plan) for finding in findings]
    outcomes = tuple(decide(eased(relation, plan)) for relation in relations)
    told, untold = of_outcomes(plan, outcomes, options.unassessed, settings)
    findings += [*(found for found in told if found is not None), *untold]
    try:
        diagnosed = _cases(plan, outcomes, told) if diagnose else ()
    except Exception as error:  # a fault of the diagnosis must not take the audit down with it
        findings.append(fault_in(plan, "diagnosis", error))
        diagnosed = ()
    audited = Audited(source, plan, outcomes, (), diagnosed)
    if options.unchecked:
        for cell in audited.unchecked():
            arguments = {"cell": cell.name, "text": cell.text}
            findings.append(Finding("FA901", Severity.NOTE, path, cell.span, arguments, at=cell.at, cells=(mention(cell),)))
    unique = {repr(f.sort_key()): f for f in (weighed(finding, settings) for finding in findings) if f is not None}
    ordered = sorted(unique.values(), key=Finding.sort_key)
    settled = settle(source, commented, ordered, settings, beside(settings.path, path), baseline, beside(baseline.path, path) if baseline else "", day)
    live = {repr(finding.sort_key()) for finding in settled.live}
    return replace(
        audited,
        findings=tuple(sorted((*settled.live, *within(limits.max_findings, path, settled.said)), key=Finding.sort_key)),
        cases=tuple(kept for case in diagnosed if (kept := case.only(live)) is not None),
        accepted=settled.accepted,
        settings=settings,
        gone=settled.gone,
    )


def _state(plan: Plan, settings: Settings) -> tuple[list[Relation], list[Finding]]:
    """All relations and direct findings of all rules; a fault inside a rule is a finding and stops no other rule.

    Nor does a rule that asks for more than the limits allow: what it has still to say is left out, and that is said.
    """
    relations: dict[object, Relation] = {}
    findings: list[Finding] = []
    allowance = Allowance(settings.limits)
    for rule in RULES:
        if rule.state is None or not settings.applies(rule.code):
            continue
        try:
            for stated in allowance.stated(plan.path, rule.code, rule.state(plan)):
                if isinstance(stated, Finding):
                    findings.append(stated)
                else:
                    relations.setdefault(identity(stated), stated)
        except Exception as error:  # a rule must not take the audit down with it
            findings.append(fault_in(plan, rule.code, error))
    return list(relations.values()), findings


def _cases(plan: Plan, outcomes: tuple[Outcome, ...], told: list[Finding | None]) -> tuple[Case, ...]:
    """The cases with their findings, worst first."""
    if not any(outcome.verdict is Verdict.VIOLATED for outcome in outcomes):
        return ()
    from fireaudit.diagnosis.case import cases

    found = []
    for case in cases(plan, outcomes, [index for index, finding in enumerate(told) if finding is not None]):
        findings = sorted((f for i in case.relations if (f := told[i]) is not None), key=lambda f: (-f.severity, f.sort_key()))
        if findings:
            found.append(replace(case, findings=tuple(findings)))
    found.sort(key=lambda case: (-case.severity, case.findings[0].sort_key()))
    return tuple(replace(case, number=number) for number, case in enumerate(found, 1))
