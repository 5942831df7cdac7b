"""What a plan says that its document prints: figures and dates, names and titles, each with the place given for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fireaudit.plan.model import Cell, Plan
from fireaudit.plan.source import Span
from fireaudit.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Claim:
    """``quantity`` is ``None`` for a date, a name or a title."""

    text: str
    label: str
    at: str
    span: Span
    name: str = ""
    quantity: Quantity | None = None


def of_cell(cell: Cell, label: str, at: str) -> Claim:
    return Claim(cell.text, label, at, cell.span, cell.name, cell.quantity)


def figures(plan: Plan) -> Iterator[Claim]:
    """All figures but those of tables."""
    for fact in plan.facts.values():
        yield from (of_cell(s.cell, fact.label, s.at) for s in fact.statements if s.cell is not None and not s.cell.quantity.missing)
    for indicator in plan.indicators.values():
        yield from (of_cell(cell, cell.label, indicator.at) for cell in indicator.cells() if not cell.quantity.missing)
    for listing in plan.lists.values():
        if listing.count is not None and not listing.count.quantity.missing:
            yield of_cell(listing.count, listing.label, listing.at)


def dates(plan: Plan) -> Iterator[Claim]:
    for milestone in plan.milestones.values():
        yield from (Claim(dated.text, milestone.label, dated.at, dated.span) for dated in milestone.stated)


def titles(plan: Plan) -> Iterator[Claim]:
    """Headings, titles and names of lists."""
    for heading in plan.outline:
        yield Claim(heading.text, "", "", heading.span)
    for entry, _ in plan.contents:
        yield Claim(entry.text, "", "", entry.span)
    for titled in (*plan.annexes, *plan.boxes):
        yield Claim(titled.text, "", "", titled.span)
    for listing in plan.lists.values():
        yield from (Claim(item, listing.label, listing.at, span) for item, span in listing.items)
    for name in plan.names:
        yield Claim(name.text, "", name.at, name.span)
