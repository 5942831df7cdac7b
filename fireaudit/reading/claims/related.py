"""Everything that a paragraph states of its own figures: sums, changes, shares, averages, ranks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fireaudit.reading.claims.averages import averages, means
from fireaudit.reading.claims.changes import bases, changes
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.comparisons import comparisons
from fireaudit.reading.claims.differences import differences
from fireaudit.reading.claims.levels import Item, levels
from fireaudit.reading.claims.order import ordered
from fireaudit.reading.claims.parts import Parts
from fireaudit.reading.claims.per_head import per_head
from fireaudit.reading.claims.portions import portions
from fireaudit.reading.claims.products import products
from fireaudit.reading.claims.restated import restated
from fireaudit.reading.claims.shares import shares
from fireaudit.reading.claims.totals import Totals


def related(text: str, items: Sequence[Item]) -> Iterator[Claim]:
    if len(items) < 2:
        return
    cut = levels(text, items)
    whole_of: dict[int, int] = {}
    base_of: dict[int, int] = {}
    for level in cut:
        totals = Totals(level, items)
        yield from totals.totals()
        parts = Parts(level, items, totals.settled)
        yield from parts.wholes()
        whole_of.update(parts.whole_of)
        base_of.update(bases(level))
    yield from comparisons(text, items)
    for level in cut:
        yield from changes(level, items, base_of)
        yield from shares(level, items, whole_of)
        yield from portions(level, items, whole_of)
        yield from differences(level, items)
        yield from averages(level, items, whole_of)
        yield from means(level, items, whole_of)
        yield from products(level, items)
        yield from restated(level, items)
    yield from per_head(items)
    yield from ordered(text, items)
