"""A unit printed only behind the last of several figures: 分别建设30、40、50公里."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fireaudit.quantity import COUNT, Quantity, Unit, take_unit

_JOINED = re.compile("[、，,]|和|及|与|、?以及")
_EACH = re.compile("分别[^，。;:0-9]{0,16}$|依次[^，。;:0-9]{0,16}$")


def trailing_units(text: str, bare: Sequence[tuple[int, int]], found: Sequence[tuple[int, int, Quantity]]) -> dict[tuple[int, int], Unit]:
    """The units of those ``bare`` figures that lead up to one with a unit, in a row that 分别 introduces; both in the order of the text."""
    units = {start: quantity.unit for start, _, quantity in found if quantity.unit is not COUNT and take_unit(quantity.unit.text)[1] == ""}
    chains: dict[int, list[tuple[int, int]]] = {}  # by where the next figure must stand, the row that leads up to it
    given: dict[tuple[int, int], Unit] = {}
    starts = {*units, *(start for start, _ in bare)}
    for start, end in reversed(bare):
        joined = _JOINED.match(text, end)
        behind = joined.end() if joined else -1
        if behind not in starts or (behind not in units and behind not in chains):
            continue
        row = [(start, end), *chains.get(behind, ())]
        last = _JOINED.match(text, row[-1][1])
        chains[start] = row
        if last and _EACH.search(text, max(0, start - 24), start):
            given.update(dict.fromkeys(row, units[last.end()]))
    return given
