"""How many figures an expression takes in, each counted wherever it stands: what evaluating it costs."""

from __future__ import annotations

from fireaudit.checks.expression import Expression, Ref, parts_of
from fireaudit.checks.relation import Relation

MANY = 16


class Sizes:
    """Sizes of relations; a long sum that many of them share is gone through once and remembered."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Expression, int]] = {}

    def of(self, relation: Relation) -> int:
        return self.size(relation.left) + self.size(relation.right)

    def size(self, expression: Expression) -> int:
        if isinstance(expression, Ref):
            return 1
        known = self._known.get(id(expression))
        if known is not None:
            return known[1]
        parts = parts_of(expression)
        size = sum(map(self.size, parts)) if parts else 1
        if len(parts) >= MANY:
            self._known[id(expression)] = expression, size
        return size
