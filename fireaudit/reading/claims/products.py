"""A price for each, how many, and what they come to: 单价167.00万元/辆，共4辆，合计668.00万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.levels import Item, Level, is_amount

_TOTAL = re.compile("[，,;(](?:合计|共计|总价|总金额|总额|小计|共需|计)(?:金额|价款)?(?:为|是|约)?$")


def products(level: Level, items: Sequence[Item]) -> Iterator[Claim]:
    """Three figures in a row: the price and the number in either order, their product behind."""
    for k in range(len(level.which) - 2):
        which = level.which[k : k + 3]
        if not all(is_amount(items[one]) for one in which) or not _TOTAL.search(level.before(k + 2)) or level.strength(k + 1) > 2 or level.strength(k + 2) > 2:
            continue
        price, number = (which[0], which[1]) if "/" in items[which[0]].quantity.unit.text else (which[1], which[0])
        money, _, each = items[price].quantity.unit.text.partition("/")
        if each and items[number].quantity.unit.text == each and items[which[2]].quantity.unit.text.lstrip("百千万亿") == money.lstrip("百千万亿"):
            yield Claim("product", "{0} * {1} == {2}", (price, number, which[2]))
