"""Differences that a text states with both figures: 计划120人、实际132人，超额12人 · 出口68亿元，进口17亿元，顺差51亿元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fireaudit.quantity import Quantity
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.levels import AMOUNT, Item, Level, alike
from fireaudit.reading.slips import slip

# What the one figure is, what the other, and how their difference is called; in either order.
_ROLES: tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(one), re.compile(other), re.compile(rf"(?:{difference})(?:额|数)?(?:为|达|约)?$"))
    for one, other, difference in (
        ("计划|目标|任务", "实际|完成|实有", "超额|超计划|超出|尚差|还差|相差|短缺|少完成|多完成"),
        ("应[^当对急]|需|标准|核定|编制", "现有|已|实际|实有|在岗", "缺口|欠账|尚缺|还缺|缺少|缺编|空编|尚差|还差"),
        (
            "新增|增加|迁入|出生|入职|新签|新开|新登记",
            "剔除|减少|注销|退出|迁出|死亡|腾退|核减|报废|离职",
            "净增加?|净减少?|净迁入|净迁出|自然(?:增加|减少)|社会(?:增加|减少)|实增",
        ),
        ("出口", "进口", "顺差|逆差"),
        ("收入|岁入", "支出|岁出", "结余|盈余|节余|收支相抵|赤字|短绌|净收入"),
        ("预算|控制价", "决算|执行|支出|中标|成交|使用|审定", "结余|节约(?:资金)?|节省|剩余|节余|赸余|賸余"),
        ("限额", "余额", "(?:余额)?低于限额|限额空间|剩余限额|尚余额度"),
        ("可供|房源|床位|泊位|总|共有", "实际|已|占用|入住|使用", "空置|空床|空余|剩余|闲置"),
    )
)
_MOST = 8  # figures before a difference that are looked at


def differences(level: Level, items: Sequence[Item]) -> Iterator[Claim]:
    for k in range(2, len(level.which)):
        clause = re.split("[，,。;:、]", level.before(k))[-1]
        for one, other, called in _ROLES:
            if called.search(clause) and (pair := _pair(level, items, k, one, other)) is not None:
                yield from _difference(level, items, pair, k)
                break


def _pair(level: Level, items: Sequence[Item], k: int, one: re.Pattern[str], other: re.Pattern[str]) -> tuple[int, int] | None:
    """The nearest two figures before that play the two parts, in one sentence or the one before."""
    found: dict[bool, int] = {}
    ended = level.strength(k) > 2
    for place in range(k - 1, max(-1, k - 1 - _MOST), -1):
        item = items[level.which[place]]
        clause = re.split("[，,。;:、]", level.before(place))[-1] or item.label
        if item.mark == AMOUNT and not item.changes and alike(item, items[level.which[k]]):
            first, second = one.search(clause) is not None, other.search(clause) is not None
            if first != second:
                found.setdefault(first, place)
        if len(found) == 2:
            return found[True], found[False]
        if level.strength(place) > 2:
            if ended:
                return None
            ended = True
    return None


def _difference(level: Level, items: Sequence[Item], pair: tuple[int, int], k: int) -> Iterator[Claim]:
    """The greater less the smaller, where the figures bear it out or miss it by a slip."""
    quantities = [items[level.which[place]].quantity for place in (*pair, k)]
    if any(quantity.nominal is None or quantity.interval is None for quantity in quantities):
        return
    first, second = pair
    if (quantities[0].nominal or 0) < (quantities[1].nominal or 0):
        first, second = second, first
    big, small, rest = (items[level.which[place]].quantity for place in (first, second, k))
    if big.interval is None or small.interval is None or rest.interval is None:
        return
    falls = (rest.nominal or 0) < 0  # 自然减少1044人 reads as a fall
    holds = (small.interval + (-rest.interval if falls else rest.interval)).intersect(big.interval) is not None
    if holds or (not falls and slip([small, rest], big) is not None) or (falls and slip([small, _turned(rest)], big) is not None):
        check = "{1} - {0} == {2}" if falls else "{0} - {1} == {2}"
        yield Claim("change", check, tuple(level.which[place] for place in (first, second, k)))


def _turned(quantity: Quantity) -> Quantity:
    return replace(quantity, nominal=-(quantity.nominal or 0))
