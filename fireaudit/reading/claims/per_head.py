"""What a paragraph states for each of so many people, beside the people and what they share: 床位16,555张 · 常住人口277.07万人 · 每千人床位5.98张."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.levels import Item, alike, is_amount

_POPULATION = re.compile("人口(?:数|总数|规模)?$")
_PER = re.compile("/[百千万亿0-9]{0,9}(?:常住|户籍)?(?:人口?|口)$")
_OTHER_BASE = re.compile("生产总值|GDP|收入|支出|消费|城镇|农村|乡村|老年|儿童|从业|服务|覆盖|受益")  # over another population, or of no total here
_WORDLESS = re.compile("[人年]均|每[百千万亿0-9]*(?:常住|户籍)?人口?|拥有|平均|总")
_DRIFT = Fraction(3, 100)  # a population changes by less within a year


def per_head(items: Sequence[Item]) -> Iterator[Claim]:
    """A rate whose population and total stand in the same paragraph, and which neither that nor the population of another day explains."""
    people = {
        one.quantity.nominal: which
        for which, one in enumerate(items)
        if _POPULATION.search(one.label) and one.quantity.unit.text in ("人", "口") and is_amount(one)
    }
    if len(people) != 1:
        return
    (population,) = people.values()
    for which, rate in enumerate(items):
        total = _total(items, which) if is_amount(rate) and not _OTHER_BASE.search(rate.label) else None
        if total is not None and _comparable(items[total], items[population], rate):
            yield Claim("average", "{0} / {1} == {2}", (total, population, which))


def _total(items: Sequence[Item], which: int) -> int | None:
    """The one figure that a rate is of: of its unit and its noun."""
    rate, noun = items[which], _WORDLESS.sub("", items[which].label)
    if not _PER.search(rate.quantity.unit.text) and not rate.label.startswith("人均"):
        return None
    unit = rate.quantity.unit.text.partition("/")[0]
    found = [
        other
        for other, one in enumerate(items)
        if other != which
        and is_amount(one)
        and len(noun) > 1
        and _WORDLESS.sub("", one.label).endswith(noun)
        and (one.quantity.unit.text == unit or alike(one, rate))
    ]
    return found[0] if len(found) == 1 else None


def _comparable(total: Item, population: Item, rate: Item) -> bool:
    """Whether a rate is right, or so far off that it is of no other day and so near that it is of nothing else."""
    a, b, c = (one.quantity.nominal for one in (total, population, rate))
    ratio = Fraction(a) / Fraction(b) / Fraction(c) if a and b and c else Fraction(0)
    step = Fraction(rate.quantity.step) / Fraction(c or 1)
    off = abs(ratio - 1)
    return off <= step or _DRIFT + step < off < Fraction(1, 2) or any(abs(ratio / power - 1) < _DRIFT for power in (10, Fraction(1, 10), 100, Fraction(1, 100)))
