"""Changes worked out: a level less an earlier one, and what that is of the earlier one."""

from __future__ import annotations

from collections.abc import Sequence

from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.levels import AMOUNT, POINTS, SHARE, Item, alike, is_definite


def change_of(items: Sequence[Item], first: int, last: int, change: int, up: bool) -> Claim | None:
    """``last`` less ``first`` is ``change``, in its own unit, in points or in percent; ``up`` says which way, where the figure does not."""
    one, other, third = items[first], items[last], items[change]
    if not (is_definite(one) and is_definite(other) and is_definite(third) and alike(one, other)):
        return None
    which = (first, last, change)
    signed = "{1} - {0}" if third.changes or up or (third.quantity.nominal or 0) < 0 else "{0} - {1}"  # 减少2,928宗（-8.1%）
    if third.mark == POINTS:
        return Claim("change", f"{signed} == {{2}}", which) if one.mark == SHARE else None
    if third.mark == SHARE:
        return Claim("growth", f"({signed}) / {{0}} == {{2}}", which) if one.mark == AMOUNT else None
    return Claim("change", f"{signed} == {{2}}", which) if one.mark == AMOUNT and alike(one, third) else None


def growth_of(items: Sequence[Item], level: int, change: tuple[int, bool], rate: tuple[int, bool], *, earlier: bool = False) -> Claim | None:
    """What a change is of the level before it, worked out from the level and the change; ``earlier``: ``level`` is the one before."""
    (amount, up), (share, rises) = change, rate
    if not alike(items[level], items[amount]):
        return None
    falls = not up and not items[amount].changes
    delta = "(0 - {1})" if falls else "{1}"
    nominal = items[amount].quantity.nominal or 0
    if not earlier and (items[level].quantity.nominal or 0) <= (-nominal if falls else nominal):
        return None  # it was nothing before
    growth = "{2}" if rises or items[share].changes else "0 - {2}"
    base = "{0}" if earlier else f"({{0}} - {delta})"
    return Claim("growth", f"{delta} / {base} == {growth}", (level, amount, share))
