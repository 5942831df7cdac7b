"""A paragraph that repeats the total row of a table in several figures repeats it in the others too: the one that misses its cell by a slip."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from fractions import Fraction

from fireaudit.discovery.labels import same_kind
from fireaudit.discovery.nearly import digit_bits, is_level, one_value
from fireaudit.plan.model import Cell, Fact, Plan, Table
from fireaudit.quantity import Quantity

FEWEST = 2
"""Figures that must repeat the row before a further one is held to it."""
TELLING = 100
"""Steps of the last digit that a figure must count to be no chance."""
ONLY, AMONG = 5, 8
"""Bits of digits that agree: where one column only has the unit, and where several have."""
MOST_FACTS = 60
Said = tuple[Fact, Quantity]


def alongside(plan: Plan, paragraph: Callable[[Cell], Hashable | None]) -> Iterator[str]:
    """Checks that such a figure is the total of its column. ``paragraph``: where a figure stands."""
    together: dict[Hashable, list[Said]] = defaultdict(list)
    for fact in plan.facts.values():
        quantity = one_value(fact)
        cell = next((statement.cell for statement in fact.statements if statement.cell is not None), None)
        where = paragraph(cell) if cell is not None else None
        if quantity is not None and where is not None:
            together[where].append((fact, quantity))
    totals = {name: _totals(table) for name, table in plan.tables.items() if table.total is not None}
    printed: dict[object, set[str]] = defaultdict(set)
    for name, cells in totals.items():
        for total in cells.values():
            printed[total.nominal].add(name)
    for said in together.values():
        if FEWEST < len(said) <= MOST_FACTS:
            shared = Counter(name for value in {quantity.nominal for _, quantity in said} for name in printed.get(value, ()))
            for name in sorted(name for name, count in shared.items() if count >= FEWEST):
                yield from _held(plan.tables[name], totals[name], said)


def _totals(table: Table) -> dict[str, Quantity]:
    cells = table.total.cells if table.total is not None else {}
    return {name: cell.quantity for name, cell in cells.items() if table.columns[name].sums and is_level(cell.quantity)}


def _held(table: Table, cells: Mapping[str, Quantity], said: Sequence[Said]) -> Iterator[str]:
    repeated = {name: fact for name, cell in cells.items() for fact, quantity in said if _telling(quantity) and _same(quantity, cell)}
    times = {fact.when for fact in repeated.values() if fact.when is not None}
    if len(set(map(id, repeated.values()))) < FEWEST or len(times) > 1:
        return
    everywhere = [cell.quantity for row in table.rows for cell in row.cells.values()]
    for fact, quantity in said:
        if (fact.when is not None and fact.when not in times) or any(_same(quantity, cell) for cell in (*cells.values(), *everywhere)):
            continue
        of_unit = [name for name, cell in cells.items() if _alike(quantity, cell)]
        needed = ONLY if len(of_unit) == 1 else AMONG
        near = [name for name in of_unit if name not in repeated and (digit_bits(quantity, cells[name], sure=True) or 0) >= needed]
        if len(near) == 1:
            yield f"{fact.name} == total({table.name}.{near[0]})"


def _telling(quantity: Quantity) -> bool:
    return quantity.nominal is not None and abs(Fraction(quantity.nominal) / quantity.step) >= TELLING


def _alike(a: Quantity, b: Quantity) -> bool:
    return a.unit.dimension == b.unit.dimension and bool(a.unit.text) and same_kind(a.unit.text, b.unit.text) and ("/" in a.unit.text) == ("/" in b.unit.text)


def _same(a: Quantity, b: Quantity) -> bool:
    return _alike(a, b) and a.interval is not None and b.interval is not None and a.interval.intersect(b.interval) is not None
