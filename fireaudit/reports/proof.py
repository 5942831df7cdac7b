"""The conflict of a case, for a reader with pencil and paper: numbered statements, what must hold, and why it cannot."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.app import Audited
from fireaudit.cases import Case
from fireaudit.checks.expression import Value, unit_of
from fireaudit.diagnosis.conflict import Conflict, conflict
from fireaudit.diagnosis.network import Network
from fireaudit.messages import inert, word
from fireaudit.quantity import Interval, Unit, amount
from fireaudit.reports.text import Segment
from fireaudit.rules import BY_CODE


class Proofs:
    """The conflict of each case of a plan, worked out when it is asked for."""

    def __init__(self, plan: Audited, lang: str) -> None:
        self.plan, self.lang = plan, lang
        self.state = Network(plan.plan, plan.outcomes).printed

    def segments(self, case: Case) -> Iterator[Segment]:
        yield render(self.plan, case.number, conflict(self.state, case.relations), self.lang) + "\n", "plain"

    def document(self, case: Case) -> dict[str, object]:
        return document(self.plan, case.number, conflict(self.state, case.relations))


def render(plan: Audited, number: int, shown: Conflict, lang: str) -> str:
    return "".join(inert(line) + "\n" for line in _lines(plan, number, shown, lang))


def document(plan: Audited, number: int, conflict: Conflict) -> dict[str, object]:
    relation = conflict.outcome.relation
    cells = [plan.plan.cells[name] for name in conflict.cells]
    return {
        "path": plan.source.path,
        "case": number,
        "code": relation.code,
        "statements": [
            {"name": cell.name, "label": cell.label, "text": cell.text, "at": cell.at or None,
             "line": cell.span.line, "column": cell.span.column, "allows": str(cell.quantity.interval)}
            for cell in cells
        ],
        "must_hold": f"{relation.left.text()} {relation.op} {relation.right.text()}",
        "left": str(conflict.outcome.left and conflict.outcome.left.interval),
        "right": str(conflict.outcome.right and conflict.outcome.right.interval),
        "not_needed": list(conflict.struck),
        "irreducible": conflict.irreducible,
    }  # fmt: skip


def _lines(plan: Audited, number: int, conflict: Conflict, lang: str) -> Iterator[str]:
    relation, outcome = conflict.outcome.relation, conflict.outcome
    yield f"{plan.source.path}  {word('proof', lang, number=number, count=len(conflict.cells))}"
    for place, name in enumerate(conflict.cells, 1):
        cell = plan.plan.cells[name]
        where = " · ".join(part for part in (cell.at, word("at_line", lang, line=cell.span.line)) if part)
        yield f"  {place}. {cell.label or cell.name}{word('colon', lang)}{cell.text}  ({where})"
    rule = BY_CODE[relation.code]
    because = f"{rule.code} {rule.title[lang == 'en']}"
    yield f"  {word('proof_must', lang, rule=because)}  {relation.left.text()} {relation.op} {relation.right.text()}"
    if conflict.struck:
        yield f"  {word('proof_struck', lang, count=len(conflict.struck))}"
    unit = unit_of(relation.left) if any(True for _ in relation.left.cells()) else unit_of(relation.right)
    sides = {side: _allows(value, unit, lang) for side, value in (("left", outcome.left), ("right", outcome.right))}
    yield f"  {word('proof_sides', lang, op=relation.op, **sides)}"
    if conflict.irreducible:
        yield f"  {word('proof_minimal', lang)}"


def _allows(value: Value | None, unit: Unit, lang: str) -> str:
    interval: Interval | None = value.interval if value else None
    if interval is None:
        return "?"
    if interval.is_point and interval.low is not None:
        return amount(interval.low, unit)
    low = None if interval.low is None else amount(interval.low, unit)
    high = None if interval.high is None else amount(interval.high, unit)
    if low is None or high is None:
        key = "proof_any" if low is high is None else "or_less" if low is None else "or_more"
        return word(key, lang, value=high if low is None else low)
    left, right = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    return f"{left}{low}, {high}{right}"
