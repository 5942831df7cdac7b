"""What the rows of a table are found to be sums of, as checks of the plan."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fireaudit.reading.tables.accounts import Account
from fireaudit.reading.tables.row import Row
from fireaudit.reading.tables.table import ReadTable


@dataclass(frozen=True, slots=True)
class Proposed:
    """A relation that the figures seem to satisfy, as a check of a table (or of the plan), and how much bears it out.

    ``states``: what the document itself states by it, in the words of FA203, if it does.
    """

    check: str
    support: str
    table: str | None = None
    states: str = ""


def accounted(name: str, table: ReadTable, columns: Sequence[str]) -> list[Proposed]:
    """A check for each column in which a row is a sum of others, or should be."""
    return [Proposed(check, support) for account in table.accounts for check, support in _checks(name, table, columns, account)]


def grand_total(name: str, table: ReadTable, column: str, index: int) -> str:
    """The last total of a column as an expression; empty where it is no figure."""
    if table.total is not None:
        return f"total({name}.{column})" if table.total.cells[index].text.strip() else ""
    return _cell(name, table, column, table.rows[-1]) if table.rows and table.rows[-1].cells[index].text.strip() else ""


def _checks(name: str, table: ReadTable, columns: Sequence[str], account: Account) -> Iterator[tuple[str, str]]:
    support = f"{len(account.hits)}/{len(account.hits) + len(account.misses)}"
    for index in sorted((*account.hits, *account.misses)):
        if not table.columns[index].adds:
            continue
        terms = [(sign, _cell(name, table, columns[index], row)) for sign, row in account.terms if row.cells[index].text.strip()]
        whole = _cell(name, table, columns[index], account.whole)
        if whole and terms and all(cell for _, cell in terms):
            added = "".join((" - " if sign < 0 else " + ") + cell for sign, cell in terms).removeprefix(" + ").lstrip()
            yield f"{whole} == {added}", support


def _cell(name: str, table: ReadTable, column: str, row: Row) -> str:
    """A cell by its row and column; empty where the table has not kept the row."""
    if table.total is not None and row.cells is table.total.cells:
        return f"total({name}.{column})"
    keys = row_keys(table)
    number = next((i for i, other in enumerate(table.rows) if other.cells is row.cells), -1)
    if number < 0:
        return ""
    same = [i for i, key in enumerate(keys) if key == keys[number]]
    which = f", {same.index(number) + 1}" if len(same) > 1 else ""
    return f"{name}[{json.dumps(keys[number], ensure_ascii=False)}{which}].{column}"


def row_keys(table: ReadTable) -> list[str]:
    """What each row is known by: the first column of names, else of years, dates or words; else its number."""
    roles = [column.role for column in table.columns]
    index = next((roles.index(role) for role in ("name", "year", "date", "text") if role in roles), None)
    return [(row.cells[index].text if index is not None else "") or str(number) for number, row in enumerate(table.rows, 1)]
