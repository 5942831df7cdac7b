"""Which values of one cell an expression needs, to meet a target while all other cells stay what they are.

Backward interval evaluation; exact where the cell stands once in the expression. Used where a relation is not linear.
"""

from __future__ import annotations

from fractions import Fraction

from fireaudit.checks.expression import Expression, Extreme, Fused, Instead, Product, Quotient, Ref, Step, Sum
from fireaudit.quantity import DivisionBySpanningZero, Interval
from fireaudit.quantity.interval import largest, total

ALL = Interval(None, None)
UPWARD = Interval(0, None)
ABOVE = Interval(0, None, low_open=True)


def needed(expression: Expression, target: Interval, cell: str, instead: Instead) -> Interval | None:
    """The values of ``cell`` with which ``expression`` can meet ``target``; ``None``: none, or it cannot be told."""
    if isinstance(expression, Ref):
        return target
    if isinstance(expression, Fused):
        return _of_fused(expression, target, cell, instead)
    if isinstance(expression, Sum):
        return _of_sum(expression, target, cell, instead)
    if isinstance(expression, Product | Quotient):
        return _of_product(expression, target, cell, instead)
    if isinstance(expression, Extreme):
        return _of_extreme(expression, target, cell, instead)
    if isinstance(expression, Step):
        before = _before(expression.name, target)
        return None if before is None else needed(expression.term, before, cell, instead)
    return None


def holds(expression: Expression, cell: str) -> bool:
    return any(found.name == cell for found in expression.cells())


def _known(expression: Expression, instead: Instead) -> Interval | None:
    return expression.evaluate(instead).interval


def _of_fused(fused: Fused, target: Interval, cell: str, instead: Instead) -> Interval | None:
    left: Interval | None = target
    inside = [part for part in fused.parts if holds(part, cell)]
    for part in fused.parts:
        value = _known(part, instead)
        if part not in inside and value is not None and left is not None:
            left = left.intersect(value)
    return needed(inside[0], left, cell, instead) if left is not None and len(inside) == 1 else None


def _of_sum(expression: Sum, target: Interval, cell: str, instead: Instead) -> Interval | None:
    others, inside = [], []
    for sign, term in expression.terms:
        if holds(term, cell):
            inside.append((sign, term))
            continue
        value = _known(term, instead)
        if value is None:
            return None
        others.append(value if sign > 0 else -value)
    if len(inside) != 1:
        return None
    left = target - total(others)
    return needed(inside[0][1], left if inside[0][0] > 0 else -left, cell, instead)


def _of_product(expression: Product | Quotient, target: Interval, cell: str, instead: Instead) -> Interval | None:
    in_left, in_right = holds(expression.left, cell), holds(expression.right, cell)
    inside, outside = (expression.left, expression.right) if in_left else (expression.right, expression.left)
    other = _known(outside, instead)
    if in_left == in_right or other is None:
        return None
    if isinstance(expression, Quotient) and in_left:
        return needed(inside, target * other, cell, instead)
    # A factor x must make x · other meet the target, a divisor x must make x · target meet the dividend.
    wanted, by = (target, other) if isinstance(expression, Product) else (other, target)
    try:
        back: Interval | None = wanted / by
    except DivisionBySpanningZero:
        back = _keeping_sign(wanted, by, _known(inside, instead))
        if back is not None and isinstance(expression, Quotient):
            back = back.intersect(ABOVE if back.low is not None else -ABOVE)
    return None if back is None else needed(inside, back, cell, instead)


def _keeping_sign(wanted: Interval, by: Interval, now: Interval | None) -> Interval | None:
    """The x with the sign of ``now`` (or zero) for which x · ``by`` meets ``wanted``, where ``by`` may be zero.

    Over both signs that would be two intervals; over one sign it is one. ``None`` where ``now`` has no one sign.
    """
    if now is None:
        return None
    if now.low is None or now.low < 0:
        mirrored = None if now.high is None or now.high > 0 else _keeping_sign(wanted, -by, -now)
        return None if mirrored is None else -mirrored
    if 0 in wanted and 0 in by:
        return UPWARD
    found: Interval | None = None
    for top, bottom in ((wanted, by), (-wanted, -by)):
        reached, divisor = top.intersect(UPWARD), bottom.intersect(ABOVE)
        if reached is not None and divisor is not None:
            part = reached / divisor
            found = part if found is None else found.hull(part)
    return found


def _of_extreme(expression: Extreme, target: Interval, cell: str, instead: Instead) -> Interval | None:
    """For a maximum: if the others reach the target, the cell must only stay below it; else it must reach it."""
    inside = [term for term in expression.terms if holds(term, cell)]
    others = [value for term in expression.terms if term not in inside and (value := _known(term, instead)) is not None]
    if len(inside) != 1 or len(others) != len(expression.terms) - 1:
        return None
    upward = expression.name == "max"
    goal = target if upward else -target
    if others:
        reached = largest(others if upward else [-other for other in others])
        met = goal.intersect(reached)
        if met is not None:
            goal = Interval(None, goal.high, True, goal.high_open)
        elif reached.high is None or (goal.high is not None and reached.low is not None and reached.low >= goal.high):
            return None
    return needed(inside[0], goal if upward else -goal, cell, instead)


def _before(name: str, target: Interval) -> Interval | None:
    """What rounds into ``target``: the ends are taken inwards to whole numbers first."""
    low = None if target.low is None else -(-target.low // 1) + (1 if target.low_open and target.low == target.low // 1 else 0)
    high = None if target.high is None else target.high // 1 - (1 if target.high_open and target.high == target.high // 1 else 0)
    if low is not None and high is not None and low > high:
        return None
    half = Fraction(1, 2)
    if name == "ceil":
        return Interval(None if low is None else low - 1, high, low_open=True)
    if name == "floor":
        return Interval(low, None if high is None else high + 1, high_open=True)
    return Interval(None if low is None else low - half, None if high is None else high + half, high_open=True)
