"""A relation as constraints on moves: by how much may printed figures change, keeping their hedges, before it fails?

A figure that moves keeps its shape: 约190个 moved by 10 is 约200个 and allows [190, 210]. So over moves δ a linear
relation is a sum of coefficient · δ that must lie in a fixed interval: zero lies in it exactly if the relation holds
now. A fact stated several times is met by all its statements together exactly if it is met by each (intervals on a
line that meet two by two have a point in common), so it gives one constraint a statement; where they contradict each
other, one constraint for each that may be true. A ratio is cross-multiplied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from fireaudit.checks.expression import Expression, Figure, Fused, Instead, Number, Product, Quotient, Ref, Sum
from fireaudit.checks.relation import Outcome, Relation, Verdict, choices
from fireaudit.diagnosis.projection import ALL, holds, needed
from fireaudit.quantity import Exact, Interval
from fireaudit.quantity.interval import point, quotient, total

MOST_FORMS = 64

Coefficients = Mapping[str, Exact]
Form = tuple[Coefficients, Interval, Exact | None]
"""Coefficients of moves by cell, the interval the expression has while nothing moves, and the number it prints as."""

_TURNED = {"==": "==", "!=": "!=", "<=": ">=", "<": ">", ">=": "<=", ">": "<"}


@dataclass(frozen=True, slots=True)
class Constraint:
    """The relation is possible only if the sum of coefficient · move lies in ``allowed`` (``None``: no move helps).

    ``still``: cells that must not move at the same time for this to be true (the other factor of a product).
    ``believed``: of contradicting statements those taken as true; it is asked for only where one of them moves, or where
    the relation is violated and these are chosen. ``meets``: the sum with which the printed numbers would be equal.
    """

    coefficients: Coefficients
    allowed: Interval | None
    still: frozenset[str] = frozenset()
    believed: frozenset[str] = frozenset()
    meets: Exact | None = None

    @property
    def holds(self) -> bool:
        return self.allowed is not None and 0 in self.allowed

    def for_one(self, cell: str) -> Interval | None:
        """What the move of ``cell`` alone must lie in."""
        return divided(self.allowed, self.coefficients[cell])


def divided(allowed: Interval | None, c: Exact) -> Interval | None:
    """The moves that times ``c`` lie in ``allowed``."""
    if allowed is None or c == 1:
        return allowed
    return -allowed if c == -1 else allowed * point(quotient(1, c))


Spend = Callable[[int], bool]


def constraints(outcome: Outcome, instead: Instead, spend: Spend) -> tuple[Constraint, ...]:
    """All constraints of an assessable relation. Those that fail though the relation holds ask for nothing yet.

    ``spend`` is asked before the figures of a relation that is not linear are tried one by one, and may refuse.
    """
    relation, violated = outcome.relation, outcome.verdict is Verdict.VIOLATED
    believed = choices(relation, instead) if relation.facts else ()
    if not believed:
        return tuple(constraint for constraint in _constraints(relation, instead, spend) if violated or constraint.holds)
    stated = {cell.name for fact in relation.facts if fact.contradicts(instead) for cell in fact.cells()}
    found: list[Constraint] = []
    for choice in believed:
        names = frozenset(stated.intersection(choice.cells()))
        found += [c if c.holds and not violated else replace(c, believed=names) for c in _constraints(choice, instead, spend)]
    return tuple(found)


def _constraints(relation: Relation, instead: Instead, spend: Spend) -> tuple[Constraint, ...]:
    found = _linear(relation, instead) or _ratio(relation, instead)
    return found or (tuple(_opaque(relation, instead)) if spend(len(relation.cells()) ** 2) else ())


def _linear(relation: Relation, instead: Instead) -> tuple[Constraint, ...]:
    left, right = forms(relation.left, instead), forms(relation.right, instead)
    if not left or not right or len(left) * len(right) > MOST_FORMS:
        return ()
    return tuple(
        Constraint(coefficients, _allowed(gap, relation.op), meets=-nominal if relation.op == "==" and nominal is not None else None)
        for a, b in product(left, right)
        for coefficients, gap, nominal in [_plus(a, b, -1)]
        if coefficients and relation.op != "!="
    )


def _allowed(gap: Interval, op: str) -> Interval:
    """Where a move of ``left - right`` may lie, which is ``gap`` now, for the comparison to be possible."""
    if op == "==":
        return -gap
    if op in ("<", "<="):
        return ALL if gap.low is None else Interval(None, -gap.low, True, gap.low_open or op == "<")
    return ALL if gap.high is None else Interval(-gap.high, None, gap.high_open or op == ">", True)


def forms(expression: Expression, instead: Instead) -> list[Form]:
    """The expression as linear forms, one for each choice among statements of one fact; none where it is not linear."""
    if isinstance(expression, Number | Figure):
        value = expression.evaluate()
        return [] if value.interval is None else [({}, value.interval, value.nominal)]
    if isinstance(expression, Ref):
        value = expression.evaluate(instead)
        return [] if value.interval is None else [({expression.cell.name: 1}, value.interval, value.nominal)]
    if isinstance(expression, Fused):
        return [form for part in expression.parts for form in forms(part, instead)]
    if isinstance(expression, Sum):
        return _forms_of_sum(expression, instead)
    if isinstance(expression, Product):
        for factor, other in ((expression.left, expression.right), (expression.right, expression.left)):
            constant = _constant(factor)
            if constant is not None:
                return [_times(form, constant) for form in forms(other, instead)]
    if isinstance(expression, Quotient):
        constant = _constant(expression.right)
        if constant:
            return [_times(form, quotient(1, constant)) for form in forms(expression.left, instead)]
    return []


def _forms_of_sum(expression: Sum, instead: Instead) -> list[Form]:
    coefficients: dict[str, Exact] = {}
    intervals: list[Interval] = []
    nominal: Exact | None = 0
    several: list[tuple[int, list[Form]]] = []
    number = 1
    for sign, term in expression.terms:
        found = forms(term, instead)
        number *= len(found)
        if not 0 < number <= MOST_FORMS:
            return []
        if len(found) > 1:
            several.append((sign, found))
            continue
        _add(coefficients, found[0][0], sign)
        intervals.append(found[0][1] if sign > 0 else -found[0][1])
        nominal = _sum(nominal, found[0][2], sign)
    sums: list[Form] = [(_nonzero(coefficients), total(intervals), nominal)]
    for sign, found in several:
        sums = [_plus(a, b, sign) for a in sums for b in found]
    return sums


def _plus(a: Form, b: Form, sign: int) -> Form:
    coefficients = dict(a[0])
    _add(coefficients, b[0], sign)
    return _nonzero(coefficients), a[1] + b[1] if sign > 0 else a[1] - b[1], _sum(a[2], b[2], sign)


def _add(coefficients: dict[str, Exact], more: Coefficients, sign: int) -> None:
    """Most cells are in one of the two alone, where nothing is worked out: fractions are slow."""
    for cell, c in more.items():
        signed = c if sign > 0 else -c
        known = coefficients.get(cell)
        coefficients[cell] = signed if known is None else known + signed


def _sum(a: Exact | None, b: Exact | None, sign: int) -> Exact | None:
    return None if a is None or b is None else a + sign * b


def _nonzero(coefficients: Coefficients) -> Coefficients:
    return {cell: c for cell, c in coefficients.items() if c} if 0 in coefficients.values() else coefficients


def _times(form: Form, factor: Exact) -> Form:
    nominal = None if form[2] is None else form[2] * factor
    return _nonzero({cell: factor if c == 1 else c * factor for cell, c in form[0].items()}), form[1] * point(factor), nominal


def _constant(expression: Expression) -> Exact | None:
    """The value of an expression in which no cell stands."""
    if any(True for _ in expression.cells()):
        return None
    interval = expression.evaluate().interval
    return interval.low if interval is not None and interval.is_point else None


def _ratio(relation: Relation, instead: Instead) -> tuple[Constraint, ...]:
    """``p / q op c`` with ``q`` above zero: while ``c`` stands, c.low · q ≤ p ≤ c.high · q; while p and q stand, linear."""
    left, op, right = relation.left, relation.op, relation.right
    if isinstance(right, Quotient):
        left, op, right = right, _TURNED[op], left
    if not isinstance(left, Quotient) or op == "!=":
        return ()
    whole, other = left.evaluate(instead).interval, right.evaluate(instead).interval
    above, below, stated = forms(left.left, instead), forms(left.right, instead), forms(right, instead)
    inside = frozenset(cell.name for cell in left.cells())
    outside = frozenset(cell.name for cell in right.cells())
    bottom = left.right.evaluate(instead).interval
    if whole is None or other is None or bottom is None or not (above and below and stated) or inside & outside:
        return ()
    if bottom.low is None or bottom.low < 0 or 0 in bottom or len(above) * len(below) * len(stated) > MOST_FORMS:
        return ()
    found = []
    for p, q in product(above, below):
        if op in ("==", ">=", ">") and other.low is not None:
            form, strict = _plus(p, _times(q, other.low), -1), other.low_open or op == ">"
            found.append(Constraint(form[0], _allowed(form[1], ">" if strict else ">="), outside))
        if op in ("==", "<=", "<") and other.high is not None:
            form, strict = _plus(p, _times(q, other.high), -1), other.high_open or op == "<"
            found.append(Constraint(form[0], _allowed(form[1], "<" if strict else "<="), outside))
    for c in stated:
        form = _plus(({}, whole, None), c, -1)
        found.append(Constraint(form[0], _allowed(form[1], op), inside))
    return tuple(constraint for constraint in found if constraint.coefficients)


def _opaque(relation: Relation, instead: Instead) -> Iterator[Constraint]:
    """Any other relation: each cell alone, all others still."""
    cells = relation.cells()
    for name in cells:
        allowed = _needed_of(relation, name, instead)
        value = Ref(cells[name]).evaluate(instead).interval
        if relation.op != "!=" and value is not None:
            allowed = None if allowed is None else allowed - value
            yield Constraint({name: 1}, allowed, frozenset(other for other in cells if other != name))


def _needed_of(relation: Relation, cell: str, instead: Instead) -> Interval | None:
    in_left, in_right = holds(relation.left, cell), holds(relation.right, cell)
    if in_left == in_right:
        return None
    moved, other, op = (relation.left, relation.right, relation.op) if in_left else (relation.right, relation.left, _TURNED[relation.op])
    bound = other.evaluate(instead).interval
    if bound is None:
        return None
    if op in ("<", "<="):
        bound = ALL if bound.high is None else Interval(None, bound.high, True, bound.high_open or op == "<")
    elif op in (">", ">="):
        bound = ALL if bound.low is None else Interval(bound.low, None, bound.low_open or op == ">", True)
    return needed(moved, bound, cell, instead)
