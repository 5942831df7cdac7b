"""A relation over cells and its verdict. *Violated* is a proof: no value that the printed text allows makes it true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from itertools import product
from math import prod
from typing import NamedTuple

from fireaudit.checks.expression import PRINTED, Expression, Fused, Instead, UnitClash, Value, parts_of, with_parts
from fireaudit.checks.rounding import as_rounded, computed, whole
from fireaudit.findings import Severity
from fireaudit.plan.model import Cell, Reading
from fireaudit.plan.source import Span
from fireaudit.quantity import Exact, Interval

MOST_CHOICES = 64
"""Ways to choose among contradicting statements that one relation is decided for."""


class Verdict(Enum):
    EXACT = "exact"
    POSSIBLE = "possible"
    VIOLATED = "violated"
    NOT_ASSESSABLE = "not_assessable"


_SIMPLE: Mapping[str, object] = {"computed": False, "facts": ()}


@dataclass(frozen=True, slots=True)
class Relation:
    """``left op right``, stated by the rule ``code``; figures that were rounded when printed are read so from the start.

    ``focus`` is the cell a reader should look at first; ``message`` and ``arguments`` say what was expected of it.
    ``computed``: a side is worked out, so that it has digits nobody prints; ``facts``: what is stated several times.
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
    arguments: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    computed: bool = field(init=False)
    facts: tuple[Fused, ...] = field(init=False)

    def __post_init__(self) -> None:
        found = _SIMPLE
        if not (whole(self.left) and whole(self.right)):
            left, right = as_rounded(self.left, self.op, self.right)
            facts = {_name(fact): fact for fact in (*_facts(left), *_facts(right))}
            found = {"left": left, "right": right, "computed": computed(left) or computed(right), "facts": tuple(facts.values())}
        for name, value in found.items():
            object.__setattr__(self, name, value)

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
    """Evaluate both sides over what the printed text allows (or what stands ``instead`` of it), and compare.

    Where statements of one fact contradict each other, the relation fails only if it fails whichever of them is true.
    """
    try:
        left, right = relation.left.evaluate(instead), relation.right.evaluate(instead)
        if left.dimension != right.dimension and not (left.any_unit or right.any_unit):
            raise UnitClash(left.dimension, right.dimension)
    except UnitClash as clash:
        return Outcome(relation, Verdict.NOT_ASSESSABLE, clash=clash)
    if left.interval is None or right.interval is None:
        return Outcome(relation, Verdict.NOT_ASSESSABLE, left, right)
    believed = choices(relation, instead) if relation.facts else ()
    if believed:
        verdicts = {decide(choice, instead).verdict for choice in believed}
        return Outcome(relation, verdicts.pop() if len(verdicts) == 1 else Verdict.POSSIBLE, left, right)
    verdict = _compare(left.interval, relation.op, right.interval)
    by_rounding = (
        verdict is Verdict.POSSIBLE
        and left.nominal is not None
        and right.nominal is not None
        and not relation.computed
        and not _bound(relation)
        and not _holds(left.nominal, relation.op, right.nominal)
    )
    return Outcome(relation, verdict, left, right, by_rounding)


def choices(relation: Relation, instead: Instead) -> tuple[Relation, ...]:
    """The relation once for each statement that may be true, where statements of one fact contradict each other.

    Empty where none do, and where there are too many ways to choose: then a fact may be anything between its statements.
    """
    torn = [fact for fact in relation.facts if fact.contradicts(instead)]
    ways = 1
    for fact in torn:
        ways *= len(fact.parts)
    if not torn or ways > MOST_CHOICES:
        return ()
    chosen = product(*(range(len(fact.parts)) for fact in torn))
    return tuple(_believing(relation, dict(zip(map(_name, torn), way, strict=True))) for way in chosen)


def _believing(relation: Relation, chosen: Mapping[str, int]) -> Relation:
    return replace(relation, left=_chosen(chosen, relation.left), right=_chosen(chosen, relation.right))


def _chosen(chosen: Mapping[str, int], part: Expression) -> Expression:
    which = chosen.get(_name(part)) if isinstance(part, Fused) else None
    return with_parts(part, partial(_chosen, chosen)) if which is None or not isinstance(part, Fused) else part.parts[which]


def ways(relation: Relation) -> int:
    """How often the relation is decided at most, where statements contradict each other."""
    number = prod(len(fact.parts) for fact in relation.facts)
    return number if number <= MOST_CHOICES else 1


def _name(fact: Fused) -> str:
    return "\x1f".join(cell.name for cell in fact.cells())


def _facts(expression: Expression) -> Iterator[Fused]:
    """Every fact in it that is stated several times."""
    if isinstance(expression, Fused):
        yield expression
        return
    for part in parts_of(expression):
        yield from _facts(part)


def _bound(relation: Relation) -> bool:
    """A one-sided figure is met, not equalled: its number differing is no news."""
    return any(cell.quantity.qualifier.value == "bound" for cell in relation.cells().values())


def _holds(a: Exact, op: str, b: Exact) -> bool:
    return {"==": a == b, "!=": a != b, "<=": a <= b, "<": a < b, ">=": a >= b, ">": a > b}[op]


def _compare(a: Interval, op: str, b: Interval) -> Verdict:
    if op in (">", ">="):
        return _compare(b, "<" if op == ">" else "<=", a)
    if op in ("<", "<="):
        if _surely(a, b, strict=op == "<"):
            return Verdict.EXACT
        # a < b fails for sure exactly where b <= a is sure, and the other way round.
        return Verdict.VIOLATED if _surely(b, a, strict=op == "<=") else Verdict.POSSIBLE
    met = a.intersect(b)
    same = a.is_point and a == b
    if op == "==":
        return Verdict.VIOLATED if met is None else Verdict.EXACT if same else Verdict.POSSIBLE
    return Verdict.VIOLATED if same else Verdict.EXACT if met is None else Verdict.POSSIBLE


def _surely(a: Interval, b: Interval, strict: bool) -> bool:
    """Every value of ``a`` is below (``strict``) or at most every value of ``b``."""
    if a.high is None or b.low is None:
        return False
    if a.high != b.low:
        return a.high < b.low
    return a.high_open or b.low_open or not strict
