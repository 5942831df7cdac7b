"""Checks as linear equations over figures whatever their values: which follow from others, which cannot hold with them.

Exact elimination over the rationals. A check that is not linear takes no part; nothing is claimed of it.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field

from fireaudit.checks.expression import Expression, Figure, Fused, Number, Product, Quotient, Ref, Sum
from fireaudit.quantity import Exact
from fireaudit.quantity.interval import canonical, quotient

Linear = dict[str, Exact]
"""Coefficients by figure; the constant under the empty name."""

ONE = ""


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
        if left is None or right is None:
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


Form = tuple[tuple[str, Exact], ...]
Bound = tuple[Exact, bool, frozenset[int]]


@dataclass
class System:
    """What was stated so far: equations in echelon form, the tightest bounds, and what differs, each with the checks it came from.

    ``_about``: the bounds and differences by the figures they mention; some of those may have been replaced since.
    """

    _equations: dict[str, tuple[Linear, frozenset[int]]] = field(default_factory=dict)
    _bounds: MutableMapping[Form, Bound] = field(default_factory=dict)
    _unequal: MutableMapping[Form, frozenset[int]] = field(default_factory=dict)
    _about: dict[str, list[Form]] = field(default_factory=dict)

    def state(self, left: Linear, op: str, right: Linear, origin: frozenset[int]) -> tuple[str, frozenset[int]]:
        """Add a comparison. ``("new" | "implied" | "contradictory", the checks that this comes from)``."""
        gap: Linear = dict(left)
        _add(gap, right, -1)
        gap, reduced = self._reduced(gap)
        origin |= reduced
        if set(gap) <= {ONE}:
            return ("implied" if _true(gap.get(ONE, 0), op) else "contradictory"), origin
        if op == "==":
            return self._equation(gap, origin)
        if op != "!=":
            return self._bound(gap, op, origin)
        form = tuple(sorted(gap.items()))
        self._keep({}, {form: self._unequal.get(form, origin)})
        return "new", frozenset()

    def _keep(self, bounds: Mapping[Form, Bound], unequal: Mapping[Form, frozenset[int]]) -> None:
        self._bounds.update(bounds)
        self._unequal.update(unequal)
        for form in (*bounds, *unequal):
            for name, _ in form:
                self._about.setdefault(name, []).append(form)

    def _reduced(self, gap: Linear) -> tuple[Linear, frozenset[int]]:
        """Free of the leading figures of the equations; each equation holds none of those stated before it."""
        origin: frozenset[int] = frozenset()
        if self._equations.keys().isdisjoint(gap):
            return gap, origin
        while (pivot := next((name for name in gap if name in self._equations), None)) is not None:
            equation, came = self._equations[pivot]
            _add(gap, equation, -gap[pivot])
            origin |= came
        return gap, origin

    def _equation(self, gap: Linear, origin: frozenset[int]) -> tuple[str, frozenset[int]]:
        """What mentions the figure that the equation leads with is stated again beside it, which may contradict it."""
        pivot = min(name for name in gap if name != ONE)
        self._equations[pivot] = (gap if gap[pivot] == 1 else _scaled(gap, quotient(1, gap[pivot]))), origin
        again = self._about.pop(pivot, ())
        bounds = {form: self._bounds.pop(form) for form in again if form in self._bounds}
        unequal = {form: self._unequal.pop(form) for form in again if form in self._unequal}
        new_bounds: dict[Form, Bound] = {}
        new_unequal: dict[Form, frozenset[int]] = {}
        trial = System(self._equations, ChainMap(new_bounds, self._bounds), ChainMap(new_unequal, self._unequal))
        stated = [(form, "<" if strict else "<=", limit, came) for form, (limit, strict, came) in bounds.items()]
        for form, op, limit, came in (*stated, *((form, "!=", 0, came) for form, came in unequal.items())):
            kind, found = trial.state(dict(form), op, {ONE: limit} if limit else {}, came)
            if kind == "contradictory":
                del self._equations[pivot]
                self._keep(bounds, unequal)
                return kind, origin | found
        self._keep(new_bounds, new_unequal)
        return "new", frozenset()

    def _bound(self, gap: Linear, op: str, origin: frozenset[int]) -> tuple[str, frozenset[int]]:
        """``direction · x <= limit``, the direction scaled so that its first coefficient is one or minus one."""
        constant = gap.pop(ONE, 0)
        if op in (">", ">="):
            gap, constant = _scaled(gap, -1), -constant
        size = max(gap[min(gap)], -gap[min(gap)])
        direction = tuple(sorted((name, quotient(c, size)) for name, c in gap.items()))
        limit, strict = quotient(-constant, size), op in ("<", ">")
        against = self._bounds.get(tuple((name, -c) for name, c in direction))
        if against is not None and (limit < -against[0] or (limit == -against[0] and (strict or against[1]))):
            return "contradictory", origin | against[2]
        held = self._bounds.get(direction)
        if held is not None and (held[0], not held[1]) <= (limit, not strict):
            return "implied", origin | held[2]
        self._keep({direction: (limit, strict, origin)}, {})
        return "new", frozenset()


def _true(gap: Exact, op: str) -> bool:
    return {"==": gap == 0, "!=": gap != 0, "<=": gap <= 0, "<": gap < 0, ">=": gap >= 0, ">": gap > 0}[op]
