"""``proposals(plan)``: everything that is looked for, the simplest first, less what is stated already or follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.discovery.columns import column_sums
from fireaudit.discovery.grid import grid_of
from fireaudit.discovery.known import Known
from fireaudit.discovery.parts import parts
from fireaudit.discovery.proposal import Candidate, Proposal, in_order, proposal
from fireaudit.discovery.ratios import column_ratios, column_shares
from fireaudit.discovery.rows import row_sums
from fireaudit.discovery.series import series
from fireaudit.discovery.statements import stated_again
from fireaudit.discovery.totals import same_totals
from fireaudit.plan.model import Plan


def proposals(plan: Plan) -> tuple[Proposal, ...]:
    """Relations that the plan does not state and its figures bear out, in the order of ``KINDS`` and of the plan."""
    known = Known(plan)
    found: list[Proposal] = []
    for stage in (_of_tables, same_totals, stated_again):
        for candidate in sorted(stage(plan), key=lambda c: (c.order, c.kind, c.table or "", c.checks)):
            made = proposal(plan, candidate)
            if made is None or known.implies(stated := [outcome.relation for outcome in made.outcomes]):
                continue
            known.add_all(stated)
            found.append(made)
    return in_order(plan, found)


def _of_tables(plan: Plan) -> Iterator[Candidate]:
    for table in plan.tables.values():
        grid = grid_of(table)
        yield from row_sums(grid)
        yield from column_sums(grid_of(table, every=True))
        yield from column_shares(grid)
        yield from series(grid)
        yield from column_ratios(grid_of(table, every=True, total=True))
        yield from parts(grid)
