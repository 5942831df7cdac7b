"""What is said of faults, statements and outcomes: findings, as grave as they are proof, and as many of each rule as may be listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from fireaudit.checks.derivation import derive
from fireaudit.checks.relation import Outcome, Relation, Verdict
from fireaudit.checks.size import Sizes
from fireaudit.config import Settings
from fireaudit.findings import CellMention, Finding, Severity
from fireaudit.limits import Limits
from fireaudit.plan.listed import listed
from fireaudit.plan.model import Cell, Plan
from fireaudit.plan.source import START, Fault
from fireaudit.quantity import spell


class Quota:
    """Lets as many findings of each rule through as may be listed, and counts the rest."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.counts: Counter[str] = Counter()
        self.worst: dict[str, Severity] = {}

    def admits(self, code: str, severity: Severity) -> bool:
        self.counts[code] += 1
        if self.counts[code] <= self.most:
            return True
        self.worst[code] = max(self.worst.get(code, Severity.NOTE), severity)
        return False

    def rest(self, path: str) -> Iterator[Finding]:
        """How many more there are, by rule; as grave as the gravest of them."""
        for code, severity in self.worst.items():
            yield crossed(path, code, severity, "more", self.most, self.counts[code] - self.most)


class Allowance:
    """How much the rules may state of one plan: so many findings each, and so many figures in all relations together."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.left, self.sizes = limits, limits.max_figures, Sizes()

    def stated(self, path: str, code: str, found: Iterable[Relation | Finding]) -> Iterator[Relation | Finding]:
        """What a rule states, as far as it goes; where the rule has more to say, that is the last thing told."""
        findings = 0
        for one in found:
            if isinstance(one, Finding):
                findings += 1
                if findings > self.limits.max_findings:
                    yield crossed(path, one.code, one.severity, "message", self.limits.max_findings)
                    return
            else:
                size = self.sizes.of(one)
                if size > self.left:
                    yield crossed(path, code, Severity.ERROR, "figures", self.limits.max_figures)
                    return
                self.left -= size
            yield one


def crossed(path: str, rule: str, severity: Severity, message: str, limit: int, more: int = 0) -> Finding:
    """A rule has more to say than a limit lets it."""
    return Finding("FA006", severity, path, START, {"rule": rule, "limit": str(limit), "more": str(more)}, message)


def weighed(finding: Finding, settings: Settings) -> Finding | None:
    """With the severity that the settings give its rule, but for what only rounding saves; ``None`` where it is left out."""
    if not settings.applies(finding.code):
        return None
    severity = finding.severity if finding.message.endswith("+rounding") else settings.weighed(finding.code, finding.severity)
    return finding if severity is finding.severity else replace(finding, severity=severity)


_PROVEN = ("FA201", "FA203", "FA101", "FA102", "FA103", "FA105", "FA106", "FA107")
"""What needs no understanding of a document beyond its total row; checks that somebody wrote, and slips of writing a plan."""
_Stated = TypeVar("_Stated", Relation, Finding)


def eased(stated: _Stated, plan: Plan) -> _Stated:
    severity = weight(stated.severity, stated.code, plan)
    return stated if severity is stated.severity else replace(stated, severity=severity)


def weight(severity: Severity, code: str, plan: Plan) -> Severity:
    """A warning at most, where a statement rests on how a document was understood and nobody has confirmed that."""
    if not plan.unconfirmed or code in _PROVEN or code.startswith("FA00"):
        return severity
    return min(severity, Severity.WARNING)


def fault_in(plan: Plan, part: str, error: Exception) -> Finding:
    """A fault of the tool, as a finding."""
    arguments = {"rule": part, "problem": f"{type(error).__name__}: {error}"[:200]}
    return Finding("FA005", Severity.ERROR, plan.path, START, arguments)


def of_outcomes(plan: Plan, outcomes: Iterable[Outcome], unassessed: bool, settings: Settings) -> tuple[list[Finding | None], list[Finding]]:
    """What is to be said of each outcome, as far as the limit of its rule goes; and of which rules how much more could be said.
    ``unassessed``: also of relations that could not be assessed."""
    quota = Quota(settings.limits.max_findings)
    told: list[Finding | None] = []
    for outcome in outcomes:
        code = _code_of(outcome, unassessed)
        said = code and settings.applies(code) and quota.admits(code, _severity_of(plan, outcome, code))
        told.append(weighed(_of_outcome(plan, outcome, code), settings) if said else None)
    return told, list(quota.rest(plan.path))


def of_faults(path: str, faults: Iterable[Fault], settings: Settings, read: bool = False) -> Iterator[Finding]:
    """The faults of a file as findings, as many of each kind as may be listed. ``read``: out of a document, in which words may stand among figures."""
    quota = Quota(settings.limits.max_findings)
    for fault in faults:
        if settings.applies(fault.code) and quota.admits(fault.code, Severity.ERROR):
            found = _of_fault(path, fault)
            yield replace(found, severity=Severity.NOTE) if read and fault.code == "FA104" else found
    yield from quota.rest(path)


def within(most: int, path: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """As many findings of each rule as may be listed."""
    quota = Quota(most)
    yield from (finding for finding in findings if quota.admits(finding.code, finding.severity))
    yield from quota.rest(path)


def _of_fault(path: str, fault: Fault) -> Finding:
    message = fault.arguments.get("reason", "close" if fault.arguments.get("close") else "message")
    return Finding(fault.code, Severity.ERROR, path, fault.span, fault.arguments, message)


def mention(cell: Cell) -> CellMention:
    return CellMention(cell.name, cell.text, cell.span, cell.at)


def _code_of(outcome: Outcome, unassessed: bool) -> str:
    """The rule that an outcome is told under; empty where nothing is to be said of it."""
    if outcome.clash is not None and not outcome.clash.doubt:
        return "FA108"
    if outcome.verdict is Verdict.NOT_ASSESSABLE:
        return "FA902" if unassessed else ""
    suggested = "support" in outcome.relation.arguments  # that it holds within rounding is no news of a relation nobody stated
    told = outcome.verdict is Verdict.VIOLATED or (outcome.by_rounding and not suggested)
    return outcome.relation.code if told else ""


def _severity_of(plan: Plan, outcome: Outcome, code: str) -> Severity:
    if code == "FA108":
        return weight(Severity.ERROR, code, plan)
    return outcome.relation.severity if outcome.verdict is Verdict.VIOLATED else Severity.NOTE


def _of_outcome(plan: Plan, outcome: Outcome, code: str) -> Finding:
    relation, severity, clash = outcome.relation, _severity_of(plan, outcome, code), outcome.clash
    if clash is None and outcome.verdict is not Verdict.NOT_ASSESSABLE:
        return _disagreement(plan, outcome)
    arguments, message = {"check": relation.text()}, "message"
    if clash is None:
        arguments |= {"missing": listed(dict.fromkeys(outcome.missing))}
    elif clash.doubt:
        message = clash.doubt
    else:
        arguments |= {"left": spell(clash.left), "right": spell(clash.right)}
    return Finding(code, severity, plan.path, relation.span, arguments, message, at=relation.at)


def _disagreement(plan: Plan, outcome: Outcome) -> Finding:
    """A violated relation, or one that only rounding saves, with its derivation."""
    relation, derivation = outcome.relation, derive(outcome)
    focus, severity = relation.focus, _severity_of(plan, outcome, relation.code)
    message = relation.message if outcome.verdict is Verdict.VIOLATED else relation.message + "+rounding"
    cells = tuple(mention(cell) for cell in relation.cells().values())
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
