"""Checks as linear equations over figures whatever their values: which follow from others, which cannot hold with them.

Exact elimination over the rationals. A check that is not linear takes no part; nothing is claimed of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from fireaudit.checks.expression import MOST_BITS, Expression, Figure, Fused, Number, Product, Quotient, Ref, Sum, bits
from fireaudit.quantity import Exact
from fireaudit.quantity.interval import canonical, quotient

Linear = dict[str, Exact]
"""Coefficients by figure; the constant under the empty name."""

ONE = ""
MOST_WORK = 2_000_000
"""Coefficients that are gone through in comparing the checks of one plan; fractions and large numbers count for more."""

FRACTION = 6


class TooEntangled(Exception):
    """Comparing the checks takes more work than it is worth."""


class Work:
    """How much more may be done."""

    def __init__(self, most: int = MOST_WORK) -> None:
        self.left = most

    def spend(self, form: Mapping[str, Exact]) -> None:
        """Raises ``TooEntangled``."""
        slow = any(type(c) is Fraction for c in form.values())
        self.left -= len(form) * (FRACTION if slow else 1) * (1 + max(map(bits, form.values()), default=0) // 64)
        if self.left < 0:
            raise TooEntangled


def linear(expression: Expression) -> Linear | None:
    """The expression in base units, each fact one unknown; ``None`` where it is not linear or quotes a hedged figure."""
    if isinstance(expression, Ref):
        return {expression.cell.name: 1}
    if isinstance(expression, Number):
        return {ONE: expression.value}
    if isinstance(expression, Figure):
        interval = expression.quantity.interval
        return {ONE: interval.low} if interval is not None and interval.is_point and interval.low is not None else None
    if isinstance(expression, Fused):
        return {"/".join(sorted(cell.name for cell in expression.cells())): 1}
    if isinstance(expression, Sum):
        total: Linear = {}
        for sign, term in expression.terms:
            part = linear(term)
            if part is None:
                return None
            _add(total, part, sign)
        return total
    if isinstance(expression, Product | Quotient):
        left, right = linear(expression.left), linear(expression.right)
        if left is None or right is None or bits(left.get(ONE)) + bits(right.get(ONE)) > MOST_BITS:
            return None
        if isinstance(expression, Quotient):
            return _scaled(left, quotient(1, right[ONE])) if set(right) == {ONE} and right[ONE] else None
        if set(left) <= {ONE}:
            return _scaled(right, left.get(ONE, 0))
        return _scaled(left, right.get(ONE, 0)) if set(right) <= {ONE} else None
    return None


def _add(to: Linear, part: Mapping[str, Exact], factor: Exact) -> None:
    for name, c in part.items():
        sum_ = to.get(name, 0) + factor * c
        if sum_:
            to[name] = canonical(sum_)
        else:
            to.pop(name, None)


def _scaled(form: Linear, factor: Exact) -> Linear:
    return {name: canonical(c * factor) for name, c in form.items()} if factor else {}


Direction = tuple[tuple[str, Exact], ...]
Stated = tuple[str, frozenset[int]]
"""``new``, ``implied`` or ``contradictory``, and the checks that this comes from."""

_NEW: Stated = ("new", frozenset())


@dataclass
class System:
    """What was stated so far: equations in echelon form, and the tightest bounds, each with the checks it came from.

    ``_about``: everything that is no equation, by the figures in it, to be looked at again when one of them is replaced.
    Whatever is asked of it may raise ``TooEntangled``.
    """

    _work: Work = field(default_factory=Work)
    _equations: dict[str, tuple[Linear, frozenset[int]]] = field(default_factory=dict)
    _bounds: dict[Direction, tuple[Exact, bool, frozenset[int]]] = field(default_factory=dict)
    _about: dict[str, list[tuple[Linear, str, frozenset[int]]]] = field(default_factory=dict)

    def state(self, left: Linear, op: str, right: Linear, origin: frozenset[int]) -> Stated:
        """Add a comparison, unless it follows from what was stated or contradicts it."""
        self._work.spend(left)
        self._work.spend(right)
        gap: Linear = dict(left)
        _add(gap, right, -1)
        gap, origin = self._reduced(gap, origin)
        found = self._known(gap, op, origin)
        if found is not _NEW:
            return found
        if op == "==":
            return self._equation(gap, origin)
        for name in gap.keys() - {ONE}:
            self._about.setdefault(name, []).append((gap, op, origin))
        if op != "!=":
            direction, limit, strict = _direction(gap, op)
            self._bounds[direction] = (limit, strict, origin)
        return _NEW

    def _reduced(self, gap: Linear, origin: frozenset[int]) -> tuple[Linear, frozenset[int]]:
        """Free of the leading figures of the equations; each equation holds none of those stated before it."""
        self._work.spend(gap)
        gap = dict(gap)
        while (pivot := next((name for name in gap if name in self._equations), None)) is not None:
            equation, came = self._equations[pivot]
            self._work.spend(equation)
            _add(gap, equation, -gap[pivot])
            origin |= came
        return gap, origin

    def _known(self, gap: Linear, op: str, origin: frozenset[int]) -> Stated:
        """What constants and the bounds say of a reduced comparison."""
        if set(gap) <= {ONE}:
            return ("implied" if _true(gap.get(ONE, 0), op) else "contradictory"), origin
        if op in ("==", "!="):
            return _NEW
        direction, limit, strict = _direction(gap, op)
        against = self._bounds.get(tuple((name, -c) for name, c in direction))
        if against is not None and (limit < -against[0] or (limit == -against[0] and (strict or against[1]))):
            return "contradictory", origin | against[2]
        held = self._bounds.get(direction)
        return ("implied", origin | held[2]) if held is not None and (held[0], not held[1]) <= (limit, not strict) else _NEW

    def _equation(self, gap: Linear, origin: frozenset[int]) -> Stated:
        """What was stated of the figure that the equation replaces is looked at again, and may contradict it."""
        pivot = min(name for name in gap if name != ONE)
        self._equations[pivot] = (_scaled(gap, quotient(1, gap[pivot])), origin)
        again = [(*self._reduced(stated, came), op) for stated, op, came in self._about.get(pivot, ())]
        for stated, came, op in again:
            kind, found = self._known(stated, op, came)
            if kind == "contradictory":
                del self._equations[pivot]
                return kind, found
        for stated, came, op in again:
            self.state(stated, op, {}, came)
        return _NEW


def _direction(gap: Linear, op: str) -> tuple[Direction, Exact, bool]:
    """``direction · x <= limit`` (or ``<``), the direction scaled so that its first coefficient is one or minus one."""
    if op in (">", ">="):
        gap = _scaled(gap, -1)
    first = gap[min(name for name in gap if name != ONE)]
    size = max(first, -first)
    direction = tuple(sorted((name, quotient(c, size)) for name, c in gap.items() if name != ONE))
    return direction, quotient(-gap.get(ONE, 0), size), op in ("<", ">")


def _true(gap: Exact, op: str) -> bool:
    return {"==": gap == 0, "!=": gap != 0, "<=": gap <= 0, "<": gap < 0, ">=": gap >= 0, ">": gap > 0}[op]
