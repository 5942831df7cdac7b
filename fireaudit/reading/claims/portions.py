"""Shares that make up a whole: 男性1,142人，占50.8%；女性1,105人，占49.2% · 城镇占61.2%，农村占38.8%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from fireaudit.quantity import Interval, Quantity, read_figure
from fireaudit.quantity.interval import total
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.kinds import exhaust
from fireaudit.reading.claims.levels import SHARE, Item, Level, alike, is_amount
from fireaudit.reading.slips import mistyped, slip

_OF_ALL = re.compile(r"[^，。;:、()]{0,8}[，,(]?约?占(?:[^，。;:、()]{0,6}(?:总[数量额体]?|全部|人口|比[重例]?|的))?(?:比[重例])?(?:为|达到?)?")
_FEWEST = 3  # shares of which two agree on their whole, so that the third is known to be off
_MOST = 20
_ALL = read_figure("100%")


def portions(level: Level, items: Sequence[Item], whole_of: Mapping[int, int]) -> Iterator[Claim]:
    """Amounts of a whole that is not said, each with its share: where the shares make up all of it, so do the amounts; else they agree on the whole."""
    paired = [k for k in range(len(level.which) - 1) if _has_share(level, items, k, whole_of)]
    summed: set[int] = set()
    for run in _runs(level, items, paired):
        amounts, shares = [level.which[k] for k in run], [level.which[k + 1] for k in run]
        quantities = [items[which].quantity for which in shares]
        if 1 in total([interval for one in quantities if (interval := one.interval) is not None]):
            summed.update(run)
            whole = " + ".join(f"{{{i}}}" for i in range(len(amounts)))
            told = [i for i in range(len(run)) if not _adjusted([items[which].quantity for which in amounts], i, quantities[i])]
            yield from (Claim("share", f"{{{i}}} / ({whole}) == {{{len(amounts)}}}", (*amounts, shares[i])) for i in told)
        elif exhaust([items[which].label for which in amounts]) and slip(quantities, _ALL) is not None:
            yield Claim("whole", f"{' + '.join(f'{{{i}}}' for i in range(len(shares)))} == 1", tuple(shares))

    for group in _by_unit(level, items, [k for k in paired if k not in summed]):
        yield from _of_one_whole(level, items, group)


def _by_unit(level: Level, items: Sequence[Item], paired: Sequence[int]) -> Iterator[list[int]]:
    groups: dict[str, list[int]] = {}
    for k in paired:
        groups.setdefault(items[level.which[k]].quantity.unit.text, []).append(k)
    yield from (group[:_MOST] for group in groups.values() if len(group) >= _FEWEST)


def _of_one_whole(level: Level, items: Sequence[Item], group: Sequence[int]) -> Iterator[Claim]:
    """Shares of a whole that stands elsewhere: what most amounts come to by their shares, the one that a slip keeps from it must come to, too."""
    wholes = [_whole_by(items[level.which[k]].quantity, items[level.which[k + 1]].quantity) for k in group]
    agreeing = max(([j for j, other in enumerate(wholes) if one and other and one.intersect(other)] for one in wholes), key=len)
    if len(agreeing) < max(2, len(group) - 1):
        return
    first = max(agreeing, key=lambda j: items[level.which[group[j]]].quantity.nominal or 0)
    for j, k in enumerate(group):
        amount, share = level.which[k], level.which[k + 1]
        if j != first and (j in agreeing or _slipped(items[amount].quantity, items[share].quantity, wholes[first])):
            yield Claim("share", "{0} / {1} == {2} / {3}", (amount, share, level.which[group[first]], level.which[group[first] + 1]))


def _whole_by(amount: Quantity, share: Quantity) -> Interval | None:
    """What an amount is a share of."""
    if amount.interval is None or share.interval is None or (share.interval.low or 0) <= 0:
        return None
    return amount.interval / share.interval


def _slipped(amount: Quantity, share: Quantity, whole: Interval | None) -> bool:
    if whole is None or whole.low is None or whole.high is None or not amount.nominal:
        return False
    middle = Fraction(whole.low + whole.high) / 2
    return mistyped(share, Fraction(amount.nominal) / middle) or mistyped(amount, Fraction(share.nominal or 0) * middle)


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
