"""Expressions over cells, their evaluation over exact intervals, and how a reader would write them down.

Built-in rules build these directly; the check language is parsed into the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from fireaudit.plan.model import Cell
from fireaudit.quantity import COUNT, DivisionBySpanningZero, Exact, Interval, Quantity, Unit, decimal_text, shown_in
from fireaudit.quantity.interval import canonical, common, hull, largest, point, quotient, smallest, total
from fireaudit.quantity.unit import NONE, SECONDS, UNKNOWN, YEARS, Dimension, combine

SHOWN_TERMS = 40
MOST_BITS = 10_000
"""Of a number that is computed: some 3,000 digits. What is larger is no figure of any plan, and not assessed."""

TOO_LARGE = (">10^3000",)


Instead = Mapping[str, Quantity]
"""Quantities to evaluate with in place of the printed ones, by the name of their cell."""

PRINTED: Instead = {}


class UnitClash(Exception):
    """Two dimensions that cannot be added or compared."""

    def __init__(self, left: Dimension, right: Dimension) -> None:
        super().__init__()
        self.left, self.right = left, right

    @property
    def doubt(self) -> str:
        """Why it cannot even be told that they clash: ``calendar`` or ``unit``; empty where it can.

        How many days months and years have depends on which they are; and a unit may be unknown.
        """
        powers = dict((*self.left, *self.right))
        return "unit" if UNKNOWN.dimension[0][0] in powers else "calendar" if {self.left, self.right} == {YEARS, SECONDS} else ""


class Value(NamedTuple):
    """What an expression may be: an interval in base units, or ``None`` with the reasons it cannot be known.

    ``nominal`` is what the printed numbers give, rounding and hedges left aside (``None`` where they give none);
    ``any_unit`` says that it is the bare number 0, which fits every unit.
    """

    interval: Interval | None
    nominal: Exact | None
    dimension: Dimension = NONE
    missing: tuple[str, ...] = ()
    any_unit: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number in a check."""

    value: Exact

    def evaluate(self, instead: Instead = PRINTED) -> Value:
        return Value(point(self.value), self.value, any_unit=self.value == 0)

    def cells(self) -> Iterator[Cell]:
        return iter(())

    def text(self) -> str:
        return decimal_text(self.value)


class Figure(NamedTuple):
    """A printed figure quoted in a check. ``as_rounded``: even a whole number is taken as rounded at its last digit."""

    quantity: Quantity
    as_rounded: bool = False

    def evaluate(self, instead: Instead = PRINTED) -> Value:
        return _read(self.quantity, self.quantity.text, self.as_rounded)

    def cells(self) -> Iterator[Cell]:
        return iter(())

    def text(self) -> str:
        return self.quantity.text


class Ref(NamedTuple):
    """A cell. ``as_rounded`` takes even a whole number as rounded at its last digit, ``threshold`` a bound as its number."""

    cell: Cell
    as_rounded: bool = False
    threshold: bool = False

    def evaluate(self, instead: Instead = PRINTED) -> Value:
        quantity = self.cell.quantity if instead is PRINTED else instead.get(self.cell.name, self.cell.quantity)
        if quantity.interval is not None and not (self.as_rounded or self.threshold):  # by far the most there is
            return Value(quantity.interval, quantity.nominal, quantity.unit.dimension)
        if self.threshold and quantity.qualifier.value == "bound" and quantity.nominal is not None:
            return Value(point(quantity.nominal), quantity.nominal, quantity.unit.dimension)
        return _read(quantity, self.cell.name, self.as_rounded)

    def cells(self) -> Iterator[Cell]:
        yield self.cell

    def text(self) -> str:
        return self.cell.text or "–"


@dataclass(frozen=True, slots=True)
class Fused:
    """A fact stated several times: what all statements allow together (or any, where they contradict each other)."""

    parts: tuple[Expression, ...]

    def evaluate(self, instead: Instead = PRINTED) -> Value:
        known = self._known(instead)
        if not known:
            return self.parts[0].evaluate(instead)
        intervals = [value.interval for value in known if value.interval is not None and value.dimension == known[0].dimension]
        met = common(intervals)
        nominals = [value.nominal for value in known if value.nominal is not None]
        nominal = nominals[0] if nominals and met is not None else None
        return Value(met if met is not None else hull(intervals), nominal, known[0].dimension)

    def contradicts(self, instead: Instead = PRINTED) -> bool:
        """No value meets all statements."""
        known = self._known(instead)
        return bool(known) and common([value.interval for value in known if value.interval and value.dimension == known[0].dimension]) is None

    def _known(self, instead: Instead) -> list[Value]:
        return [value for part in self.parts if (value := part.evaluate(instead)).interval is not None]

    def cells(self) -> Iterator[Cell]:
        for part in self.parts:
            yield from part.cells()

    def text(self) -> str:
        return " / ".join(dict.fromkeys(part.text() for part in self.parts))


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms, each with the sign it is added with."""

    terms: tuple[tuple[int, Expression], ...]

    def evaluate(self, instead: Instead = PRINTED) -> Value:
        values = [term.evaluate(instead) for _, term in self.terms]
        dimension = _common(values)
        intervals: list[Interval] = []
        nominal: Exact | None = 0
        for (sign, _), value in zip(self.terms, values, strict=True):
            if value.interval is not None:
                intervals.append(value.interval if sign > 0 else -value.interval)
            nominal = None if nominal is None or value.nominal is None else nominal + sign * value.nominal
        if len(intervals) < len(values):
            return Value(None, None, dimension, missing=tuple(name for value in values for name in value.missing))
        if _entangled(intervals):
            return Value(None, None, dimension, missing=TOO_LARGE)
        return Value(total(intervals), nominal, dimension)

    def cells(self) -> Iterator[Cell]:
        for _, term in self.terms:
            yield from term.cells()

    def text(self) -> str:
        parts = []
        for sign, term in self.terms[:SHOWN_TERMS]:
            parts.append((" - " if sign < 0 else " + ") + _bracketed(term, (Sum,) if sign < 0 else ()))
        more = len(self.terms) - SHOWN_TERMS
        tail = f" + …(+{more})" if more > 0 else ""
        joined = "".join(parts)
        return (joined.removeprefix(" + ").replace(" - ", "-", 1) if joined.startswith(" - ") else joined[3:]) + tail


@dataclass(frozen=True, slots=True)
class Product:
    """One expression times another."""

    left: Expression
    right: Expression

    def evaluate(self, instead: Instead = PRINTED) -> Value:
        a, b = self.left.evaluate(instead), self.right.evaluate(instead)
        dimension = combine(a.dimension, b.dimension)
        if a.interval is None or b.interval is None:
            return Value(None, None, dimension, missing=a.missing + b.missing)
        if _bits(a) + _bits(b) > MOST_BITS:
            return Value(None, None, dimension, missing=TOO_LARGE)
        nominal = None if a.nominal is None or b.nominal is None else canonical(a.nominal * b.nominal)
        return Value(a.interval * b.interval, nominal, dimension)

    def cells(self) -> Iterator[Cell]:
        yield from self.left.cells()
        yield from self.right.cells()

    def text(self) -> str:
        return f"{_bracketed(self.left, (Sum,))} × {_bracketed(self.right, (Sum,))}"


@dataclass(frozen=True, slots=True)
class Quotient:
    """One expression by another."""

    left: Expression
    right: Expression

    def evaluate(self, instead: Instead = PRINTED) -> Value:
        a, b = self.left.evaluate(instead), self.right.evaluate(instead)
        dimension = combine(a.dimension, b.dimension, -1)
        if a.interval is None or b.interval is None:
            return Value(None, None, dimension, missing=a.missing + b.missing)
        if _bits(a) + _bits(b) > MOST_BITS:
            return Value(None, None, dimension, missing=TOO_LARGE)
        try:
            interval = a.interval / b.interval
        except DivisionBySpanningZero:
            return Value(None, None, dimension, missing=("÷0",))
        nominal = None if a.nominal is None or not b.nominal else quotient(a.nominal, b.nominal)
        return Value(interval, nominal, dimension)

    def cells(self) -> Iterator[Cell]:
        yield from self.left.cells()
        yield from self.right.cells()

    def text(self) -> str:
        return f"{_bracketed(self.left, (Sum,))} ÷ {_bracketed(self.right, (Sum, Product, Quotient))}"


@dataclass(frozen=True, slots=True)
class Extreme:
    """``min`` or ``max`` of its terms."""

    name: str
    terms: tuple[Expression, ...]

    def evaluate(self, instead: Instead = PRINTED) -> Value:
        values = [term.evaluate(instead) for term in self.terms]
        dimension = _common(values)
        missing = tuple(name for value in values for name in value.missing)
        if missing:
            return Value(None, None, dimension, missing=missing)
        pick: Callable[[list[Interval]], Interval] = smallest if self.name == "min" else largest
        interval = pick([value.interval for value in values if value.interval is not None])
        nominals = [value.nominal for value in values if value.nominal is not None]
        nominal = (min if self.name == "min" else max)(nominals) if len(nominals) == len(values) else None
        return Value(interval, nominal, dimension)

    def cells(self) -> Iterator[Cell]:
        for term in self.terms:
            yield from term.cells()

    def text(self) -> str:
        shown = ", ".join(term.text() for term in self.terms[:SHOWN_TERMS])
        return f"{self.name}({shown}{', …' if len(self.terms) > SHOWN_TERMS else ''})"


@dataclass(frozen=True, slots=True)
class Step:
    """``round`` (half up), ``ceil`` or ``floor`` to whole numbers."""

    name: str
    term: Expression

    def evaluate(self, instead: Instead = PRINTED) -> Value:
        value = self.term.evaluate(instead)
        if value.interval is None:
            return value
        low, high = value.interval.low, value.interval.high
        stepped = Interval(
            None if low is None else self._to(low, 1 if value.interval.low_open else 0),
            None if high is None else self._to(high, -1 if value.interval.high_open else 0),
        )
        nominal = None if value.nominal is None else self._to(value.nominal, 0)
        return Value(stepped, nominal, value.dimension)

    def _to(self, value: Exact, beyond: int) -> int:
        """``beyond`` +1 (-1): the value just above (below) ``value`` is meant, as at an open end."""
        shift = Fraction(1, 2) if self.name == "round" else 0
        if self.name == "ceil":
            whole = -((-value) // 1)
            return int(whole + (1 if beyond > 0 and value == whole else 0))
        whole = (value + shift) // 1
        return int(whole - (1 if beyond < 0 and value + shift == whole else 0))

    def cells(self) -> Iterator[Cell]:
        yield from self.term.cells()

    def text(self) -> str:
        return f"{self.name}({self.term.text()})"


Expression = Number | Figure | Ref | Fused | Sum | Product | Quotient | Extreme | Step


def add(*terms: Expression) -> Sum:
    return Sum(tuple((1, term) for term in terms))


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The direct parts of an expression."""
    if isinstance(expression, Sum):
        return tuple(term for _, term in expression.terms)
    if isinstance(expression, Fused):
        return expression.parts
    if isinstance(expression, (Product, Quotient)):
        return expression.left, expression.right
    if isinstance(expression, Extreme):
        return expression.terms
    return (expression.term,) if isinstance(expression, Step) else ()


def with_parts(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The expression with each of its direct parts changed."""
    if isinstance(expression, Fused):
        return Fused(tuple(change(part) for part in expression.parts))
    if isinstance(expression, Sum):
        return Sum(tuple((sign, change(term)) for sign, term in expression.terms))
    if isinstance(expression, (Product, Quotient)):
        return type(expression)(change(expression.left), change(expression.right))
    if isinstance(expression, Extreme):
        return Extreme(expression.name, tuple(change(term) for term in expression.terms))
    return Step(expression.name, change(expression.term)) if isinstance(expression, Step) else expression


def _read(quantity: Quantity, name: str, as_rounded: bool) -> Value:
    if quantity.interval is None:
        return Value(None, None, quantity.unit.dimension, missing=(name,))
    if as_rounded and quantity.interval.is_point and quantity.nominal is not None:
        return Value(_widened(quantity.nominal, quantity.step), quantity.nominal, quantity.unit.dimension)
    return Value(quantity.interval, quantity.nominal, quantity.unit.dimension)


def bits(number: Exact | None) -> int:
    """The size of a number."""
    return 0 if number is None else number.numerator.bit_length() + number.denominator.bit_length()


def _bits(value: Value) -> int:
    """The size of the largest number in a value."""
    assert value.interval is not None
    return max(bits(value.interval.low), bits(value.interval.high), bits(value.nominal))


def _entangled(intervals: Iterable[Interval]) -> bool:
    """The common denominator of a sum may be too large."""
    below = {end.denominator for interval in intervals for end in (interval.low, interval.high) if type(end) is Fraction}
    return len(below) > 1 and sum(denominator.bit_length() for denominator in below) > MOST_BITS


def _widened(nominal: Exact, step: Exact) -> Interval:
    half = Fraction(step) / 2
    return Interval(nominal - half, nominal + half)


def _common(values: Iterable[Value]) -> Dimension:
    found: Dimension | None = None
    for value in values:
        if value.any_unit:
            continue
        if found is None:
            found = value.dimension
        elif found != value.dimension:
            raise UnitClash(found, value.dimension)
    return found or NONE


def _bracketed(term: Expression, kinds: tuple[type, ...]) -> str:
    return f"({term.text()})" if isinstance(term, kinds) and not (isinstance(term, Sum) and len(term.terms) == 1) else term.text()


def unit_of(expression: Expression) -> Unit:
    """The unit to show the expression's value in: that of its first cell with the same dimension."""
    try:
        dimension = expression.evaluate().dimension
    except UnitClash:
        return COUNT
    for cell in expression.cells():
        if cell.quantity.unit.dimension == dimension:
            return shown_in(cell.quantity)
    return Unit(dimension)
