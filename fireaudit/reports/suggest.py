"""Proposed checks: for people, ready to paste, and for machines, with the figures of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fireaudit import __version__
from fireaudit.checks.relation import Outcome, Verdict
from fireaudit.discovery.proposal import Proposal, aggregate, yaml
from fireaudit.messages import inert, word
from fireaudit.plan.model import Cell, Plan
from fireaudit.reading.locate import Locator
from fireaudit.reports import ration
from fireaudit.reports.text import Segment

SHOWN_BROKEN = 5
WIDEST = 240
_SIGNS = {"==": "≠", "<=": "≰"}


@dataclass(frozen=True, slots=True)
class Suggested:
    """``found``: what the figures of ``plan`` bear out and it does not state. Of a document also what was ``taken`` as stated when it was read, and where
    its figures stand: the plan it amounts to has no file whose lines mean anything."""

    plan: Plan
    found: tuple[Proposal, ...]
    taken: tuple[Proposal, ...] = ()
    places: Locator | None = None


def segments(one: Suggested, lang: str) -> Iterator[Segment]:
    """By the place they belong to, each kind under its name."""
    plan, count = one.plan, sum(len(proposal.checks) for proposal in one.found)
    yield inert(word("suggest.head", lang, path=plan.path, title=plan.title, count=count)) + "\n", "strong"
    if not one.found:
        yield "  " + word("suggest.none", lang) + "\n", "plain"
    place, kind = "", ""
    for proposal in one.found:
        here = _of(plan, proposal, "of_table", "of_plan", lang)
        if here != place:
            yield f"\n  {here}\n", "strong"
        if (here, proposal.kind) != (place, kind):
            yield f"    # {word('suggest.' + proposal.kind, lang)}\n", "dim"
        place, kind = here, proposal.kind
        for check in proposal.checks:
            yield f"    - {inert(yaml(check))}\n", "plain"
        yield from _support(one, proposal, lang)
    yield from _taken(one, lang)
    yield "\n", "plain"


def _of(plan: Plan, proposal: Proposal, table: str, rest: str, lang: str) -> str:
    """The table that a proposal is of, or the rest of the plan, by their words."""
    if proposal.table is None:
        return word(f"suggest.{rest}", lang)
    return inert(word(f"suggest.{table}", lang, name=proposal.table, title=plan.tables[proposal.table].title))


def _taken(one: Suggested, lang: str) -> Iterator[Segment]:
    if one.taken:
        yield f"\n  {word('suggest.taken', lang)}\n", "strong"
    for proposal in one.taken:
        what = f"{_of(one.plan, proposal, 'taken_table', 'taken_plan', lang)} · {word('suggest.taken_' + proposal.kind, lang)}"
        yield f"    {what}\n", "plain"
        yield from _support(one, proposal, lang)


def _support(one: Suggested, proposal: Proposal, lang: str) -> Iterator[Segment]:
    """How well it is borne out, and the rows that do not fit."""
    told = [word("suggest.support", lang, held=proposal.held, assessed=len(proposal.assessed))]
    if proposal.rounded:
        told.append(word("suggest.rounded", lang, count=proposal.rounded))
    if lacking := len(proposal.outcomes) - len(proposal.assessed):
        told.append(word("suggest.unassessed", lang, count=lacking))
    yield f"      {'，'.join(told) if lang == 'zh' else ', '.join(told)}\n", "dim"
    for outcome in proposal.broken[:SHOWN_BROKEN]:
        yield "      " + inert(word("suggest.broken", lang, where=_where(outcome, one.places), derivation=derivation(outcome))) + "\n", "warning"
    if len(proposal.broken) > SHOWN_BROKEN:
        yield f"      {word('suggest.more_broken', lang, count=len(proposal.broken) - SHOWN_BROKEN)}\n", "warning"


def _where(outcome: Outcome, places: Locator | None) -> str:
    relation = outcome.relation
    focus = relation.focus or next(iter(relation.cells().values()))
    place = f"{places.at(focus.at, places.mark(focus.span))} ·" if places else f"{focus.span.line}:{focus.span.column}"
    return f"{place} {relation.arguments.get('row') or focus.label}"


def derivation(outcome: Outcome) -> str:
    relation = outcome.relation
    text = f"{relation.left.text()} {_SIGNS.get(relation.op, relation.op)} {relation.right.text()}"
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def document(one: Suggested) -> tuple[dict[str, object], int]:
    """The contract of ``schemas/suggest.schema.json``, and how many proposals are left out of it."""
    cells = _Cells(one)
    proposals = [*((proposal, False) for proposal in one.found), *((proposal, True) for proposal in one.taken)]
    listed, withheld = ration.documents(proposals, lambda pair: cells.proposal(*pair), one.plan.limits)
    return {"path": one.plan.path, "title": one.plan.title, "proposals": listed, "not_listed": withheld}, withheld


def whole(plans: list[dict[str, object]]) -> dict[str, object]:
    return {"version": 1, "tool": {"name": "fireaudit", "version": __version__}, "plans": plans}


class _Cells:
    """Proposals with table, row and column of each cell; of a document also its place there."""

    def __init__(self, one: Suggested) -> None:
        self.places = one.places
        self.tables: dict[str, dict[str, str | None]] = {}
        for table in one.plan.tables.values():
            for row in (*table.rows, *([table.total] if table.total else [])):
                self.tables.update((cell.name, {"table": table.name, "row": row.key, "column": column}) for column, cell in row.cells.items())

    def proposal(self, proposal: Proposal, taken: bool) -> dict[str, object]:
        return {
            "kind": proposal.kind,
            "taken": taken,
            "table": proposal.table,
            "checks": list(proposal.checks),
            "support": proposal.support,
            "held": proposal.held,
            "assessed": len(proposal.assessed),
            "rounded": proposal.rounded,
            "not_assessable": len(proposal.outcomes) - len(proposal.assessed),
            "evidence": proposal.bits,
            "relations": [self._relation(outcome) for outcome in proposal.outcomes],
        }

    def _relation(self, outcome: Outcome) -> dict[str, object]:
        alone, parts = aggregate(outcome.relation)
        return {
            "verdict": outcome.verdict.value,
            "aggregate": [self._cell(cell) for cell in alone],
            "addends": [self._cell(cell) for cell in parts],
            "derivation": derivation(outcome) if outcome.verdict is Verdict.VIOLATED else None,
        }

    def _cell(self, cell: Cell) -> dict[str, object]:
        where = self.tables.get(cell.name, {"table": None, "row": None, "column": None})
        mark = self.places.mark(cell.span) if self.places else None
        span = self.places.span(mark) if self.places else cell.span
        spot = mark.spot if mark else None
        printed = {name: getattr(spot, name) for name in ("page", "sheet", "paragraph", "table", "row", "column")} if spot else None
        return {"name": cell.name, "text": cell.text, **where, "line": span.line, "at_column": span.column, "printed": printed}
