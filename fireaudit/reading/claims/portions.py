"""Shares that make up a whole: 男性1,142人，占50.8%；女性1,105人，占49.2% · 城镇占61.2%，农村占38.8%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from fireaudit.quantity import Quantity, read_figure
from fireaudit.quantity.interval import total
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.kinds import exhaust
from fireaudit.reading.claims.levels import SHARE, Item, Level, alike, is_amount
from fireaudit.reading.slips import slip

_OF_ALL = re.compile(r"[^，。;:、()]{0,8}[，,(]?约?占(?:[^，。;:、()]{0,6}(?:总[数量额体]?|全部|人口|比[重例]?|的))?(?:比[重例])?(?:为|达到?)?")
_MOST = 20
_ALL = read_figure("100%")


def portions(level: Level, items: Sequence[Item], whole_of: Mapping[int, int]) -> Iterator[Claim]:
    """Amounts of a whole that is not said, each with its share: where the shares make up all of it, so do the amounts."""
    paired = [k for k in range(len(level.which) - 1) if _has_share(level, items, k, whole_of)]
    for run in _runs(level, items, paired):
        amounts, shares = [level.which[k] for k in run], [level.which[k + 1] for k in run]
        quantities = [items[which].quantity for which in shares]
        if 1 in total([interval for one in quantities if (interval := one.interval) is not None]):
            whole = " + ".join(f"{{{i}}}" for i in range(len(amounts)))
            told = [i for i in range(len(run)) if not _adjusted([items[which].quantity for which in amounts], i, quantities[i])]
            yield from (Claim("share", f"{{{i}}} / ({whole}) == {{{len(amounts)}}}", (*amounts, shares[i])) for i in told)
        elif exhaust([items[which].label for which in amounts]) and slip(quantities, _ALL) is not None:
            yield Claim("whole", f"{' + '.join(f'{{{i}}}' for i in range(len(shares)))} == 1", tuple(shares))


def _has_share(level: Level, items: Sequence[Item], k: int, whole_of: Mapping[int, int]) -> bool:
    """Whether a figure is an amount with its share behind it, of no whole that the text names."""
    amount, share = items[level.which[k]], items[level.which[k + 1]]
    return (
        level.which[k] not in whole_of
        and is_amount(amount)
        and share.mark == SHARE
        and not share.changes
        and _OF_ALL.fullmatch(level.before(k + 1)) is not None
    )


def _adjusted(amounts: Sequence[Quantity], i: int, share: Quantity) -> bool:
    """Whether a share is off in its last digit, as one is that was made to fit the others to 100%."""
    values = [Fraction(one.nominal or 0) for one in amounts]
    off = abs(values[i] / sum(values) - Fraction(share.nominal or 0)) if any(values) else Fraction(0)
    return Fraction(share.step) / 2 < off < 3 * Fraction(share.step) / 2


def _runs(level: Level, items: Sequence[Item], paired: Sequence[int]) -> Iterator[list[int]]:
    """Amounts of one kind that follow one another in a sentence, with nothing but their shares between."""
    run: list[int] = []
    for k in [*paired, len(level.which)]:
        if run and k == run[-1] + 2 and k < len(level.which) and level.strength(k) < 3 and alike(items[level.which[run[-1]]], items[level.which[k]]):
            run.append(k)
            continue
        if 1 < len(run) <= _MOST:
            yield run
        run = [k]
