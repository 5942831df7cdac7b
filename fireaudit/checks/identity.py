"""When two relations are one: over the same figures in the same form, whatever the order of a sum."""

from __future__ import annotations

from fireaudit.checks.expression import Expression, Fused, Ref, Sum
from fireaudit.checks.relation import Relation

LONGEST = 400
"""Characters of a side that is kept as it is."""


def identity(relation: Relation) -> tuple[str, str, str]:
    """Equal for relations that say the same. Of a long side its digest is enough to tell it from others."""
    return _short(_of(relation.left)), relation.op, _short(_of(relation.right))


def _short(side: str) -> str:
    if len(side) <= LONGEST:
        return side
    from hashlib import blake2b  # read only where it is needed

    return blake2b(side.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _of(expression: Expression) -> str:
    if isinstance(expression, Ref):
        name = expression.cell.name
        if expression.as_rounded or expression.threshold:
            name = f"{name}\x1f{int(expression.as_rounded)}{int(expression.threshold)}"
        return name
    if isinstance(expression, Fused):
        return "\x1f/".join(sorted(cell.name for cell in expression.cells()))
    if isinstance(expression, Sum):
        terms = sorted(_terms(expression, 1))
        return terms[0][1:] if len(terms) == 1 and terms[0][0] == "+" else "\x1e".join(terms)
    names = "\x1f".join(cell.name for cell in expression.cells())
    return f"{type(expression).__name__}\x1f{expression.text()}\x1f{names}"


def _terms(expression: Sum, sign: int) -> list[str]:
    """The terms of nested sums, each after the sign it ends up with."""
    found = []
    for inner, term in expression.terms:
        if isinstance(term, Sum):
            found += _terms(term, sign * inner)
        else:
            found.append(("+" if sign * inner > 0 else "-") + _of(term))
    return found
