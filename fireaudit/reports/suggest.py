"""Proposed checks: for people, ready to paste, and for machines, with the figures of each."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit import __version__
from fireaudit.checks.relation import Outcome, Verdict
from fireaudit.discovery.proposal import Proposal, aggregate, yaml
from fireaudit.messages import inert, word
from fireaudit.plan.model import Cell, Plan

Segment = tuple[str, str]
SHOWN_BROKEN = 5
WIDEST = 240
_SIGNS = {"==": "≠", "<=": "≰"}


def segments(plan: Plan, found: tuple[Proposal, ...], lang: str, drafted: bool = False) -> Iterator[Segment]:
    """By the place they belong to, each kind under its name. ``drafted``: the plan has no file whose lines mean anything."""
    count = sum(len(proposal.checks) for proposal in found)
    yield inert(word("suggest.head", lang, path=plan.path, title=plan.title, count=count)) + "\n", "strong"
    if not found:
        yield "  " + word("suggest.none", lang) + "\n", "plain"
    place, kind = "", ""
    for proposal in found:
        here = word("suggest.of_table", lang, name=proposal.table, title=plan.tables[proposal.table].title) if proposal.table else word("suggest.of_plan", lang)
        if here != place:
            yield f"\n  {inert(here)}\n", "strong"
        if (here, proposal.kind) != (place, kind):
            yield f"    # {word('suggest.' + proposal.kind, lang)}\n", "dim"
        place, kind = here, proposal.kind
        yield from _proposal(proposal, lang, drafted)
    yield "\n", "plain"


def _proposal(proposal: Proposal, lang: str, drafted: bool) -> Iterator[Segment]:
    for check in proposal.checks:
        yield f"    - {inert(yaml(check))}\n", "plain"
    told = [word("suggest.support", lang, held=proposal.held, assessed=len(proposal.assessed))]
    if proposal.rounded:
        told.append(word("suggest.rounded", lang, count=proposal.rounded))
    if lacking := len(proposal.outcomes) - len(proposal.assessed):
        told.append(word("suggest.unassessed", lang, count=lacking))
    yield f"      {'，'.join(told) if lang == 'zh' else ', '.join(told)}\n", "dim"
    for outcome in proposal.broken[:SHOWN_BROKEN]:
        yield "      " + inert(word("suggest.broken", lang, where=_where(outcome, drafted), derivation=derivation(outcome))) + "\n", "warning"
    if len(proposal.broken) > SHOWN_BROKEN:
        yield f"      {word('suggest.more_broken', lang, count=len(proposal.broken) - SHOWN_BROKEN)}\n", "warning"


def _where(outcome: Outcome, drafted: bool) -> str:
    relation = outcome.relation
    focus = relation.focus or next(iter(relation.cells().values()))
    place = f"{focus.at} ·" if drafted else f"{focus.span.line}:{focus.span.column}"
    return f"{place} {relation.arguments.get('row') or focus.label}"


def derivation(outcome: Outcome) -> str:
    relation = outcome.relation
    text = f"{relation.left.text()} {_SIGNS.get(relation.op, relation.op)} {relation.right.text()}"
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def document(plan: Plan, found: tuple[Proposal, ...]) -> dict[str, object]:
    """The contract of ``schemas/suggest.schema.json``."""
    places = _places(plan)
    return {"path": plan.path, "title": plan.title, "proposals": [_document(proposal, places) for proposal in found]}


def whole(plans: list[dict[str, object]]) -> dict[str, object]:
    return {"version": 1, "tool": {"name": "fireaudit", "version": __version__}, "plans": plans}


Place = dict[str, str | None]


def _places(plan: Plan) -> dict[str, Place]:
    """Table, row and column of each cell that stands in a table."""
    found: dict[str, Place] = {}
    for table in plan.tables.values():
        for row in (*table.rows, *([table.total] if table.total else [])):
            found.update((cell.name, {"table": table.name, "row": row.key, "column": column}) for column, cell in row.cells.items())
    return found


def _document(proposal: Proposal, places: dict[str, Place]) -> dict[str, object]:
    return {
        "kind": proposal.kind,
        "table": proposal.table,
        "checks": list(proposal.checks),
        "support": proposal.support,
        "held": proposal.held,
        "assessed": len(proposal.assessed),
        "rounded": proposal.rounded,
        "not_assessable": len(proposal.outcomes) - len(proposal.assessed),
        "evidence": proposal.bits,
        "relations": [_relation(outcome, places) for outcome in proposal.outcomes],
    }


def _relation(outcome: Outcome, places: dict[str, Place]) -> dict[str, object]:
    alone, parts = aggregate(outcome.relation)
    return {
        "verdict": outcome.verdict.value,
        "aggregate": [_cell(cell, places) for cell in alone],
        "addends": [_cell(cell, places) for cell in parts],
        "derivation": derivation(outcome) if outcome.verdict is Verdict.VIOLATED else None,
    }


def _cell(cell: Cell, places: dict[str, Place]) -> dict[str, object]:
    place = places.get(cell.name, {"table": None, "row": None, "column": None})
    return {"name": cell.name, "text": cell.text, **place, "line": cell.span.line, "at_column": cell.span.column}
