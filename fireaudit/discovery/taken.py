"""What was taken as stated when a document was read: sums that rows of its tables are by their place, and what its text says of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fireaudit.checks.relation import Outcome, Relation, decide
from fireaudit.checks.stated import stated
from fireaudit.discovery.proposal import Candidate, Proposal, bound, in_order, keys, proposal
from fireaudit.plan.model import Cell, Plan, Table
from fireaudit.rules.fa201_printed_total import state as totals
from fireaudit.rules.fa202_parts_of_rows import state as parts


def taken(plan: Plan) -> tuple[Proposal, ...]:
    """The relations that the plan which a document amounts to states by itself, as proposals by table and kind; there is no evidence to weigh."""
    checks: dict[tuple[str | None, str], list[str]] = {}
    outcomes: dict[tuple[str | None, str], list[Outcome]] = {}
    for table, kind, check, decided in (*_by_place(plan), *_by_check(plan)):
        checks.setdefault((table, kind), []).append(check)
        outcomes.setdefault((table, kind), []).extend(decided)
    return in_order(plan, (Proposal(kind, tuple(dict.fromkeys(said)), table, 0, tuple(outcomes[table, kind])) for (table, kind), said in checks.items()))


_Taken = tuple[str | None, str, str, list[Outcome]]


def _by_place(plan: Plan) -> Iterator[_Taken]:
    """What total, subtotal and part rows are by where they stand."""
    for table in plan.tables.values():
        alone = replace(plan, tables={table.name: table}, checks=())
        said = _Said(table)
        for relation in (*totals(alone), *parts(alone)):
            if isinstance(relation, Relation):
                yield table.name, "total_row" if relation.op == "==" else "part_row", said.check(relation), [decide(relation)]


def _by_check(plan: Plan) -> Iterator[_Taken]:
    for check in dict.fromkeys((check.table, check.text) for check, _ in stated(plan)):
        table, text = check
        made = proposal(plan, Candidate("rows" if table else "text", (text,), table, 0))
        if made is not None:
            yield table, made.kind, text, list(made.outcomes)


class _Said:
    """The cells of a table as the check language names them, for checks of that table."""

    def __init__(self, table: Table) -> None:
        plain = table.plain_rows()
        named = zip(table.rows, keys(table.rows), strict=True)
        self.names = {id(cell): f"{table.name}[{key}].{column}" for row, key in named for column, cell in row.cells.items()}
        self.plain = {id(cell): (key, column) for row, key in zip(plain, keys(plain), strict=True) for column, cell in row.cells.items()}
        self.totals = {id(cell): column for column, cell in table.total.cells.items()} if table.total else {}

    def check(self, relation: Relation) -> str:
        left, right = list(relation.left.cells()), list(relation.right.cells())
        if (column := self.totals.get(id(left[0]))) is not None:
            return f"total({column}) == sum({column})"
        return f"{self._sum(left)} {relation.op} {self._sum(right)}"

    def _sum(self, cells: Sequence[Cell]) -> str:
        if len(cells) > 2 and all(id(cell) in self.plain for cell in cells):
            (first, column), (last, _) = self.plain[id(cells[0])], self.plain[id(cells[-1])]
            return f"sum({column}[{bound(first)}:{bound(last)}])"
        return " + ".join(self.names[id(cell)] for cell in cells)
