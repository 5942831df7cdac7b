"""How a decided relation is told: the sum worked out, what was expected of the printed figure, and the difference."""

from __future__ import annotations

from dataclasses import dataclass

from fireaudit.checks.expression import Expression, Figure, Fused, Number, Ref, Value, unit_of
from fireaudit.checks.relation import Outcome, Verdict
from fireaudit.quantity import Unit, amount

_FAILS = {"==": "≠", "<=": "≰", ">=": "≱", "<": "≮", ">": "≯", "!=": "="}
_HOLDS = {"==": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">", "!=": "≠"}
_TURNED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<", "!=": "!="}
_SIGNS = tuple("<>=≤≥≦≧＜＞")


@dataclass(frozen=True, slots=True)
class Derivation:
    """``text`` in one line; ``expected`` of the ``printed`` figure, and by how much that differs, where both are known."""

    text: str
    printed: str
    expected: str | None = None
    difference: str | None = None


def derive(outcome: Outcome) -> Derivation:
    """The derivation of any outcome, whatever its verdict."""
    relation = outcome.relation
    # What is told as printed is the side that is one figure, or the side that has figures at all.
    printed_left = isinstance(relation.left, Ref | Fused) or not any(True for _ in relation.right.cells())
    sides = (relation.left, outcome.left), (relation.right, outcome.right)
    (printed, printed_value), (other, other_value) = sides if printed_left else sides[::-1]
    if printed_value is None or other_value is None or printed_value.interval is None or other_value.interval is None:
        return Derivation(f"{relation.left.text()} {_HOLDS[relation.op]} {relation.right.text()}", printed.text())
    unit = unit_of(printed) if any(True for _ in printed.cells()) else unit_of(other)
    expected = _shown(other_value, unit)
    single = isinstance(printed, Ref | Fused)
    shown = printed.text() if single else _shown(printed_value, unit)
    sign = _sign(outcome)
    if relation.op == "==" and single:
        text = f"{_apart(_worked(other, expected))} {sign} {_apart(printed.text())}"
    else:
        # An inequality, and what has no printed figure, is read in the order it was stated in; what was expected is a bound then.
        ordered = (_worked(printed, shown), _worked(other, expected))
        text = f" {sign} ".join(map(_apart, ordered if printed_left else ordered[::-1]))
    if relation.op != "==":
        expected = (relation.op if printed_left else _TURNED[relation.op]) + " " + expected
    return Derivation(text, shown, expected, _difference(printed_value, other_value, unit))


def _worked(expression: Expression, value: str) -> str:
    """The expression, and what it comes to where that is not what it says."""
    text = expression.text()
    if isinstance(expression, Ref | Fused | Figure) or text == value:
        return text
    if isinstance(expression, Number):
        return value
    return f"{text} {value.replace('≈', '≈ ')}" if value.startswith("≈") else f"{text} = {value}"


def _apart(text: str) -> str:
    """A figure printed with a sign of its own, ≤0.17, kept apart from the sign of the relation."""
    return f"“{text}”" if text[:1] in _SIGNS else text


def _sign(outcome: Outcome) -> str:
    if outcome.verdict is Verdict.VIOLATED:
        return _FAILS[outcome.relation.op]
    return "≈" if outcome.by_rounding else _HOLDS[outcome.relation.op]


def _shown(value: Value, unit: Unit) -> str:
    """The number, and between what it lies where it is not one number."""
    interval = value.interval
    assert interval is not None
    nominal = value.nominal if value.nominal is not None else interval.low
    text = amount(nominal, unit) if nominal is not None else str(interval)
    if not interval.is_point and interval.low is not None and interval.high is not None:
        low, high = amount(interval.low, unit), amount(interval.high, unit)
        text += "" if low == high else f" ({low} … {high})"
    return text


def _difference(printed: Value, other: Value, unit: Unit) -> str | None:
    if printed.nominal is None or other.nominal is None:
        return None
    gap = printed.nominal - other.nominal
    text = ("+" if gap > 0 else "") + amount(gap, unit)
    return "≈" + text.replace("≈", "") if "≈" in text else text
