"""A relation over cells and its verdict. *Violated* is a proof: no value that the printed text allows makes it true."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from fireaudit.checks.expression import PRINTED, Expression, Instead, Ref, UnitClash, Value
from fireaudit.findings import Severity
from fireaudit.plan.model import Cell, Reading
from fireaudit.plan.source import Span
from fireaudit.quantity import Exact, Interval


class Verdict(Enum):
    EXACT = "exact"
    POSSIBLE = "possible"
    VIOLATED = "violated"
    NOT_ASSESSABLE = "not_assessable"


NOTHING: Mapping[str, str] = {}


class Relation(NamedTuple):
    """``left op right``, stated by the rule ``code``.

    ``focus`` is the cell a reader should look at first; ``message`` and ``arguments`` say what was expected of it.
    """

    code: str
    left: Expression
    op: str
    right: Expression
    span: Span
    focus: Cell | None = None
    severity: Severity = Severity.ERROR
    reading: Reading = Reading()
    message: str = "message"
    arguments: Mapping[str, str] = NOTHING
    at: str = ""

    def cells(self) -> dict[str, Cell]:
        found = {cell.name: cell for cell in self.left.cells()}
        found.update((cell.name, cell) for cell in self.right.cells())
        return found

    def text(self) -> str:
        return f"{self.left.text()} {self.op} {self.right.text()}"


class Outcome(NamedTuple):
    """The verdict on a relation, the two values, and why it could not be assessed where it could not.

    ``by_rounding`` says that the printed numbers fail the relation, and that only rounding or a hedge saves it.
    """

    relation: Relation
    verdict: Verdict
    left: Value | None = None
    right: Value | None = None
    by_rounding: bool = False
    clash: UnitClash | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for value in (self.left, self.right) if value for name in value.missing)


def decide(relation: Relation, instead: Instead = PRINTED) -> Outcome:
    """Evaluate both sides over what the printed text allows (or what stands ``instead`` of it), and compare."""
    try:
        left, right = relation.left.evaluate(instead), relation.right.evaluate(instead)
        if left.dimension != right.dimension and not (left.any_unit or right.any_unit):
            raise UnitClash(left.dimension, right.dimension)
    except UnitClash as clash:
        return Outcome(relation, Verdict.NOT_ASSESSABLE, clash=clash)
    stated = as_rounded(relation, left, right)
    if stated is not relation:
        left, right = stated.left.evaluate(instead), stated.right.evaluate(instead)
    if left.interval is None or right.interval is None:
        return Outcome(relation, Verdict.NOT_ASSESSABLE, left, right)
    verdict = _compare(left.interval, relation.op, right.interval)
    by_rounding = (
        verdict is Verdict.POSSIBLE
        and left.nominal is not None
        and right.nominal is not None
        and not _bound(relation)
        and not _holds(left.nominal, relation.op, right.nominal)
        and not (left.computed or right.computed)
    )
    return Outcome(relation, verdict, left, right, by_rounding)


def as_rounded(relation: Relation, left: Value, right: Value) -> Relation:
    """A whole number or percentage that states a quotient was rounded when it was printed."""
    if relation.op in ("==", "!=") and left.computed != right.computed:
        if left.computed and isinstance(relation.right, Ref):
            return relation._replace(right=Ref(relation.right.cell, as_rounded=True))
        if right.computed and isinstance(relation.left, Ref):
            return relation._replace(left=Ref(relation.left.cell, as_rounded=True))
    return relation


def _bound(relation: Relation) -> bool:
    """A one-sided figure is met, not equalled: its number differing is no news."""
    return any(cell.quantity.qualifier.value == "bound" for cell in relation.cells().values())


def _holds(a: Exact, op: str, b: Exact) -> bool:
    return {"==": a == b, "!=": a != b, "<=": a <= b, "<": a < b, ">=": a >= b, ">": a > b}[op]


def _compare(a: Interval, op: str, b: Interval) -> Verdict:
    if op in (">", ">="):
        return _compare(b, "<" if op == ">" else "<=", a)
    met = a.intersect(b)
    same = a.is_point and a == b
    if op == "==":
        return Verdict.VIOLATED if met is None else Verdict.EXACT if same else Verdict.POSSIBLE
    if op == "!=":
        return Verdict.VIOLATED if same else Verdict.EXACT if met is None else Verdict.POSSIBLE
    if _surely(a, b, strict=op == "<"):
        return Verdict.EXACT
    # a < b fails for sure exactly where b <= a is sure, and the other way round.
    return Verdict.VIOLATED if _surely(b, a, strict=op == "<=") else Verdict.POSSIBLE


def _surely(a: Interval, b: Interval, strict: bool) -> bool:
    """Every value of ``a`` is below (``strict``) or at most every value of ``b``."""
    if a.high is None or b.low is None:
        return False
    if a.high != b.low:
        return a.high < b.low
    return a.high_open or b.low_open or not strict
