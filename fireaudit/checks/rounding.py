"""Which figures of an equation were rounded when they were printed, though they print whole numbers.

What decides is how the figures print, never what they come to, and a relation is read alike on whichever side its
terms stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd

from fireaudit.checks.expression import MOST_BITS, Expression, Extreme, Figure, Fused, Number, Product, Quotient, Ref, Step, Sum, bits, with_parts
from fireaudit.quantity import Exact, Qualifier, Quantity, Rounding
from fireaudit.quantity.unit import NONE


def as_rounded(left: Expression, op: str, right: Expression) -> tuple[Expression, Expression]:
    """Both sides of a comparison, the figures marked that are read as rounded at their last digit. Only for equations.

    Whole shares (45%) are, in a product, a quotient, or an equation with further shares and a third term; and a figure
    that stands alone is, where the other side can come out between its last digits: 45% beside 45.3%, 823 beside 915 × 90%.
    """
    if op not in ("==", "!=") or (whole(left) and whole(right)):
        return left, right
    terms = [*_terms(left), *_terms(right)]
    among = len(terms) > 2 and sum(_is_share(term) or computed(term) for term in terms) > 1
    left, right = _shares(left, among), _shares(right, among)
    return _alone(left, grain(right)), _alone(right, grain(left))


def together(parts: tuple[Expression, ...]) -> Fused:
    """One fact stated several times. What is printed more coarsely than another statement was rounded: 45% beside 45.3%."""
    grains = [grain(part) for part in parts]
    finest = _common(grains)
    return Fused(tuple(_alone(part, finest) for part in parts))


def whole(expression: Expression) -> bool:
    """A figure that prints ones, or a sum of such: by far the most there is, and nothing in it was rounded."""
    if isinstance(expression, (Figure, Ref)):
        return _whole(_quantity(expression))
    if isinstance(expression, Sum):
        # Of single figures almost always, of which there may be very many.
        return all(_whole(term.cell.quantity) if isinstance(term, Ref) else whole(term) for _, term in expression.terms)
    return isinstance(expression, Number) and isinstance(expression.value, int)


def _whole(quantity: Quantity) -> bool:
    return quantity.step == 1 and (quantity.nominal is None or isinstance(quantity.nominal, int))


def computed(expression: Expression) -> bool:
    """Its value is worked out, so that it has digits nobody prints: a quotient, or a product with a rate or a decimal."""
    if isinstance(expression, Quotient):
        return True
    if isinstance(expression, Product):
        factors = (expression.left, expression.right)
        return any(computed(factor) or not _divides(1, grain(factor)) for factor in factors)
    if isinstance(expression, Sum):
        return any(computed(term) for _, term in expression.terms)
    return False


def grain(expression: Expression) -> Exact | None:
    """A number that divides every value the expression can print as; ``None`` where there is none."""
    if isinstance(expression, Number):
        return _size(expression.value)
    if isinstance(expression, (Figure, Ref)):
        quantity = _quantity(expression)
        return quantity.step if quantity.nominal is None or _divides(quantity.step, quantity.nominal) else _size(quantity.nominal)
    if isinstance(expression, Sum):
        return _common([grain(term) for _, term in expression.terms])
    if isinstance(expression, Fused):
        return _common([grain(part) for part in expression.parts])
    if isinstance(expression, Extreme):
        return _common([grain(term) for term in expression.terms])
    if isinstance(expression, Product):
        a, b = grain(expression.left), grain(expression.right)
        return None if a is None or b is None or bits(a) + bits(b) > MOST_BITS else a * b
    return 1 if isinstance(expression, Step) else None


def _alone(side: Expression, other: Exact | None) -> Expression:
    """``side`` as rounded, if it is one figure and the values of the ``other`` side fall between its last digits."""
    if isinstance(side, Fused):
        return Fused(tuple(_alone(part, other) for part in side.parts))
    if isinstance(side, Sum) and len(side.terms) == 1:
        ((sign, term),) = side.terms
        return Sum(((sign, _alone(term, other)),))
    return _rounded(side) if isinstance(side, (Figure, Ref)) and not _divides(_quantity(side).step, other) else side


def _shares(expression: Expression, rounded: bool) -> Expression:
    """The expression with its whole shares read as rounded: all of them, or only those in products and quotients."""
    if isinstance(expression, (Figure, Ref)):
        return _rounded(expression) if rounded and _is_share(expression) else expression
    if isinstance(expression, (Number, Extreme, Step)):
        return expression
    within = rounded or isinstance(expression, (Product, Quotient))
    return with_parts(expression, lambda part: _shares(part, within))


def _rounded(figure: Figure | Ref) -> Figure | Ref:
    if figure.as_rounded or (isinstance(figure, Ref) and figure.threshold) or not _in_digits(_quantity(figure)):
        return figure
    return figure._replace(as_rounded=True)


def _in_digits(quantity: Quantity) -> bool:
    """Printed in digits, the last of which may be rounded; 三分之一 and 1:3 are not, nor what is declared exact."""
    if quantity.qualifier is not Qualifier.EXACT or quantity.rounding is Rounding.EXACT or quantity.nominal is None:
        return False
    part = quantity.unit.text.startswith("/") and quantity.unit.text not in ("/100", "/1000", "/10000")
    return not part and _divides(quantity.step, quantity.nominal)


def _is_share(term: Expression) -> bool:
    """A figure without a unit that prints less than ones: a percentage, a per-mille, so many for each ten thousand."""
    if isinstance(term, Fused):
        return all(_is_share(part) for part in term.parts)
    if not isinstance(term, (Figure, Ref)):
        return False
    quantity = _quantity(term)
    return quantity.step < 1 and quantity.unit.dimension == NONE and "每" not in quantity.text


def _quantity(figure: Figure | Ref) -> Quantity:
    return figure.quantity if isinstance(figure, Figure) else figure.cell.quantity


def _terms(expression: Expression) -> Iterator[Expression]:
    """The terms of a sum, of sums in it too; a bare zero is none."""
    if isinstance(expression, Sum):
        for _, term in expression.terms:
            yield from (term,) if isinstance(term, Ref) else _terms(term)
    elif not (isinstance(expression, Number) and expression.value == 0):
        yield expression


def _size(value: Exact) -> Exact:
    return max(value, -value)


def _divides(step: Exact, value: Exact | None) -> bool:
    if value is None:
        return False
    return value % step == 0 if step else value == 0


def _common(grains: list[Exact | None]) -> Exact | None:
    """The greatest number that divides all of them; ``None`` as soon as one is ``None``, or it takes too many digits."""
    found: Exact = 0
    for each in grains:
        if each is None:
            return None
        if isinstance(found, int) and isinstance(each, int):
            found = gcd(found, each)
        elif each != found:
            a, b = Fraction(found), Fraction(each)
            below = a.denominator * b.denominator
            found = Fraction(gcd(a.numerator * b.denominator, b.numerator * a.denominator), below)
        if bits(found) > MOST_BITS:
            return None
    return found
