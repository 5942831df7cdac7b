"""``audit(paths, options)``: read, validate, build, state, decide; the result is data for the reports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from fireaudit.checks.expression import Expression, Fused, Ref, Sum, unit_of
from fireaudit.checks.relation import Outcome, Relation, Verdict, decide
from fireaudit.findings import Accepted, CellMention, Finding, Severity
from fireaudit.plan.build import build
from fireaudit.plan.model import Cell, Plan
from fireaudit.plan.names import read_names
from fireaudit.plan.schema import violations
from fireaudit.plan.source import START, Fault, Source, Unreadable, decode, parse
from fireaudit.quantity import amount, spell
from fireaudit.rules import RULES

if TYPE_CHECKING:  # loaded only where something is violated
    from fireaudit.diagnosis.case import Case
    from fireaudit.documents import Extent


class CannotAudit(Exception):
    """The audit could not be done; ``key`` and ``arguments`` name its message."""

    def __init__(self, key: str, **arguments: str) -> None:
        super().__init__(key)
        self.key, self.arguments = key, arguments


@dataclass(frozen=True, slots=True)
class Audited:
    """One plan, every relation decided, and what is to be said about it: ``accepted`` findings are not in ``findings``."""

    source: Source
    plan: Plan
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    cases: tuple[Case, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    document: Extent | None = None

    def touching(self) -> dict[str, list[Outcome]]:
        """Outcomes by the name of each cell they take part in, the assessable ones only."""
        found: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            if outcome.verdict is not Verdict.NOT_ASSESSABLE:
                for name in outcome.relation.cells():
                    found.setdefault(name, []).append(outcome)
        return found

    def unchecked(self) -> list[Cell]:
        touched = self.touching()
        return [cell for cell in self.plan.cells.values() if cell.name not in touched and not cell.quantity.missing]

    def counts(self) -> dict[str, int]:
        return {verdict.value: sum(o.verdict is verdict for o in self.outcomes) for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class Audit:
    plans: tuple[Audited, ...]
    extra: tuple[Finding, ...] = field(default=())

    @property
    def findings(self) -> list[Finding]:
        return sorted((*self.extra, *(f for plan in self.plans for f in plan.findings)), key=Finding.sort_key)

    def summary(self) -> dict[str, int]:
        found = self.findings
        return {severity.word: sum(f.severity is severity for f in found) for severity in reversed(Severity)}


@dataclass(frozen=True, slots=True)
class Options:
    """What to report beside the findings: figures nothing checks, relations that could not be assessed; files of
    official names, which replace the shipped list of their jurisdiction; and the language of places in documents."""

    unchecked: bool = False
    unassessed: bool = False
    names: tuple[str, ...] = ()
    lang: str = "zh"


def audit(paths: Iterable[str], options: Options | None = None, stdin: bytes | None = None, stdin_name: str = "-") -> Audit:
    """Audit plan files, the plans in folders, and documents; ``-`` is ``stdin``, reported as ``stdin_name``. Raises ``CannotAudit``."""
    from fireaudit.documents import audit_document, is_document

    options = options or Options()
    lists = dict(_names(path) for path in options.names)
    plans = []
    for path in plan_files(paths):
        data = (stdin or b"") if path == "-" else read(path)
        name = path if path != "-" else "<stdin>" if stdin_name == "-" else stdin_name
        plans.append((audit_document if is_document(name, data) else audit_text)(name, data, options, lists))
    return Audit(tuple(plans))


def audit_text(path: str, data: bytes, options: Options, names: Mapping[str, tuple[str, ...]] | None = None, read: bool = False) -> Audited:
    """Audit the bytes of one plan file. ``read``: it was read out of a document, so that most findings are no proof."""
    try:
        source = parse(path, decode(data))
    except Unreadable as error:
        fault = Fault("FA004", START, {"problem": f"{error.reason} {error.detail}".strip()})
        source = Source(path, (), None, (fault,))
    faults = list(source.faults)
    if not any(fault.code in ("FA001", "FA004") for fault in faults):
        faults += violations(source.root)
    plan, more = build(source)
    if names and plan.code in names:
        plan = replace(plan, official=names[plan.code])
    relations, stated = _state(plan)
    findings = [*(_of_fault(path, fault) for fault in (*faults, *more)), *stated]
    if read:
        relations, findings = [_eased(relation) for relation in relations], [_eased(finding) for finding in findings]
    outcomes = tuple(decide(relation) for relation in relations)
    told = [_of_outcome(plan, outcome, options) for outcome in outcomes]
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
    unique = {(f.sort_key().__repr__()): f for f in findings}
    return replace(audited, findings=tuple(sorted(unique.values(), key=Finding.sort_key)))


def plan_files(paths: Iterable[str]) -> list[str]:
    """The plan files that ``paths`` name, folders searched, in order. Raises ``CannotAudit``."""
    found: dict[str, None] = {}
    for path in paths:
        if path == "-" or os.path.isfile(path):
            found[path] = None
        elif os.path.isdir(path):
            inside = sorted(
                os.path.join(folder, name)
                for folder, folders, names in os.walk(path)
                if not _hidden(folders)
                for name in names
                if name.endswith((".yaml", ".yml")) and not name.startswith(".")
            )
            if not inside:
                raise CannotAudit("no_plans", path=path)
            found.update(dict.fromkeys(inside))
        else:
            raise CannotAudit("no_such_file", path=path)
    return list(found)


def _hidden(folders: list[str]) -> bool:
    """Leaves hidden folders out of the walk, and orders the rest."""
    folders[:] = sorted(name for name in folders if not name.startswith("."))
    return False


def read(path: str) -> bytes:
    """The bytes of a file. Raises ``CannotAudit``."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise CannotAudit("cannot_read", path=path, problem=error.strerror or "") from None


def replace_file(path: str, data: bytes) -> None:
    """Write a file whole or not at all: its mode stays, and a link is followed. Raises ``CannotAudit``."""
    import tempfile

    target = os.path.realpath(path)
    beside = ""
    try:
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(target), prefix=".fireaudit-", delete=False) as file:
            beside = file.name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode_of(target))
        os.replace(beside, target)
    except OSError as error:
        if beside and os.path.exists(beside):
            os.unlink(beside)
        raise CannotAudit("cannot_write", path=path, problem=error.strerror or "") from None


def _mode_of(path: str) -> int:
    """The mode of a file, or what a new file would have."""
    try:
        return os.stat(path).st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _names(path: str) -> tuple[str, tuple[str, ...]]:
    try:
        return read_names(read(path))
    except ValueError as error:
        raise CannotAudit("cannot_read", path=path, problem=str(error)[:100]) from None


def _state(plan: Plan) -> tuple[list[Relation], list[Finding]]:
    """All relations and direct findings of all rules; a fault inside a rule is a finding and stops no other rule."""
    relations: dict[object, Relation] = {}
    findings: list[Finding] = []
    for rule in RULES:
        if rule.state is None:
            continue
        try:
            for stated in rule.state(plan):
                if isinstance(stated, Finding):
                    findings.append(stated)
                else:
                    relations.setdefault((_identity(stated.left), stated.op, _identity(stated.right)), stated)
        except Exception as error:  # a rule must not take the audit down with it
            findings.append(fault_in(plan, rule.code, error))
    return list(relations.values()), findings


_PROVEN = ("FA201", "FA005")
"""What needs no understanding of a document beyond its total row; and faults of the tool itself."""
_Stated = TypeVar("_Stated", Relation, Finding)


def _eased(stated: _Stated) -> _Stated:
    """A warning at most, where a statement rests on how a document was understood."""
    if stated.code in _PROVEN or stated.severity < Severity.ERROR:
        return stated
    return replace(stated, severity=Severity.WARNING)


def _identity(expression: Expression) -> object:
    """Two relations over the same cells in the same form are one; sums are the same in any order."""
    if isinstance(expression, Sum):
        terms = [(sign, _identity(term)) for sign, term in _flat(expression, 1)]
        return ("sum", tuple(sorted(terms, key=repr))) if len(terms) != 1 else terms[0][1]
    if isinstance(expression, Ref):
        return ("ref", expression.cell.name, expression.as_rounded, expression.threshold)
    if isinstance(expression, Fused):
        return ("fused", tuple(sorted(cell.name for cell in expression.cells())))
    return (type(expression).__name__, expression.text(), tuple(cell.name for cell in expression.cells()))


def _flat(expression: Expression, sign: int) -> list[tuple[int, Expression]]:
    """The terms of nested sums, each with the sign it ends up with."""
    if not isinstance(expression, Sum):
        return [(sign, expression)]
    return [flat for inner, term in expression.terms for flat in _flat(term, sign * inner)]


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
        found.append(replace(case, findings=tuple(findings)))
    return tuple(sorted(found, key=lambda case: (-case.severity, case.findings[0].sort_key())))


def _of_fault(path: str, fault: Fault) -> Finding:
    message = fault.arguments.get("reason", "close" if fault.arguments.get("close") else "message")
    return Finding(fault.code, Severity.ERROR, path, fault.span, fault.arguments, message)


def _mention(cell: Cell) -> CellMention:
    return CellMention(cell.name, cell.text, cell.span, cell.at)


def _of_outcome(plan: Plan, outcome: Outcome, options: Options) -> Finding | None:
    relation = outcome.relation
    text = f"{relation.left.text()} {relation.op} {relation.right.text()}"
    if outcome.clash is not None:
        arguments = {"left": spell(outcome.clash.left), "right": spell(outcome.clash.right), "check": text}
        return Finding("FA108", Severity.ERROR, plan.path, relation.span, arguments, at=relation.at)
    if outcome.verdict is Verdict.NOT_ASSESSABLE:
        if not options.unassessed:
            return None
        arguments = {"check": text, "missing": "、".join(dict.fromkeys(outcome.missing))}
        return Finding("FA902", Severity.NOTE, plan.path, relation.span, arguments, at=relation.at)
    suggested = "support" in relation.arguments  # that it holds within rounding is no news of a relation nobody stated
    if outcome.verdict is not Verdict.VIOLATED and (suggested or not outcome.by_rounding):
        return None
    return _disagreement(plan, outcome)


_FAILS = {"==": "≠", "<=": "≰", ">=": "≱", "<": "≮", ">": "≯", "!=": "="}
_TURNED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<", "!=": "!="}


def _disagreement(plan: Plan, outcome: Outcome) -> Finding:
    """A violated relation, or one that only rounding saves, with its derivation."""
    relation = outcome.relation
    left, right = outcome.left, outcome.right
    assert left is not None and right is not None and left.interval is not None and right.interval is not None
    focus = relation.focus
    printed_left = isinstance(relation.left, Ref | Fused)
    printed, printed_value = (relation.left, left) if printed_left else (relation.right, right)
    other, other_value = (relation.right, right) if printed_left else (relation.left, left)
    unit = unit_of(printed) if any(True for _ in printed.cells()) else unit_of(other)
    interval = other_value.interval
    assert interval is not None
    shown = other_value.nominal if other_value.nominal is not None else interval.low
    expected = amount(shown, unit) if shown is not None else str(interval)
    if not interval.is_point and interval.low is not None and interval.high is not None:
        bounds = amount(interval.low, unit), amount(interval.high, unit)
        expected += "" if bounds[0] == bounds[1] else f" ({bounds[0]} … {bounds[1]})"
    difference = None
    if printed_value.nominal is not None and other_value.nominal is not None:
        gap = printed_value.nominal - other_value.nominal
        difference = ("+" if gap > 0 else "") + amount(gap, unit)
        difference = "≈" + difference.replace("≈", "") if "≈" in difference else difference
    worked = other.text() if isinstance(other, Ref | Fused) else f"{other.text()} = {expected}"
    sign = _FAILS[relation.op] if outcome.verdict is Verdict.VIOLATED else "≈"
    if relation.op == "==":
        derivation = f"{worked} {sign} {printed.text()}"
    else:
        # An inequality is read in the order it was stated in, and what was expected is a bound.
        derivation = f"{printed.text()} {sign} {worked}" if printed_left else f"{worked} {sign} {printed.text()}"
        expected = (relation.op if printed_left else _TURNED[relation.op]) + " " + expected
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
        expected=expected,
        actual=printed.text(),
        difference=difference,
        derivation=derivation,
        because=relation.reading.because if outcome.verdict is Verdict.VIOLATED else None,
    )
