"""What ``show`` lists: every figure of a plan, how it is read, and the relations that touch it."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.app import Audited
from fireaudit.checks.relation import Outcome
from fireaudit.messages import inert, word
from fireaudit.plan.model import Cell
from fireaudit.quantity import spell
from fireaudit.reports import ration
from fireaudit.reports.text import Segment

SHOWN = 160
"""Characters of a relation on the screen."""


class Listing:
    """The figures of one plan; a relation that touches many of them is written out once."""

    def __init__(self, plan: Audited) -> None:
        self.plan, self.limits = plan, plan.plan.limits
        self._touching = plan.touching()
        self._written: dict[int, str] = {}

    def segments(self, lang: str) -> Iterator[Segment]:
        return ration.pieces(tuple(self.plan.plan.cells.values()), lambda cell: self._lines(cell, lang), "figures", self.limits, lang)

    def documents(self) -> tuple[list[object], int]:
        """And how many figures are left out."""
        return ration.documents(tuple(self.plan.plan.cells.values()), self._document, self.limits)

    def _text(self, outcome: Outcome) -> str:
        relation = outcome.relation
        return self._written.get(id(outcome)) or self._written.setdefault(id(outcome), f"{relation.left.text()} {relation.op} {relation.right.text()}")

    def _lines(self, cell: Cell, lang: str) -> Iterator[Segment]:
        quantity = cell.quantity
        reading = word("missing", lang) if quantity.missing else f"{quantity.interval} {spell(quantity.unit.dimension)}"
        place = f"{self.plan.path}:{cell.span.line}:{cell.span.column}"
        yield inert(f"{place} {cell.name}  {cell.label}  “{cell.text}” = {reading}") + "\n", "plain"
        touching = self._touching.get(cell.name, ())
        for outcome in touching:
            yield inert(f"    {outcome.relation.code} {outcome.verdict.value}: {self._text(outcome)[:SHOWN]}") + "\n", "plain"
        if not touching:
            yield f"    {word('untouched', lang)}\n", "plain"

    def _document(self, cell: Cell) -> dict[str, object]:
        quantity = cell.quantity
        return {
            "path": self.plan.path,
            "line": cell.span.line,
            "column": cell.span.column,
            "name": cell.name,
            "label": cell.label,
            "at": cell.at or None,
            "text": cell.text,
            "reading": None if quantity.missing else str(quantity.interval),
            "unit": spell(quantity.unit.dimension),
            "relations": [
                {"code": outcome.relation.code, "verdict": outcome.verdict.value, "text": self._text(outcome)} for outcome in self._touching.get(cell.name, ())
            ],
        }
