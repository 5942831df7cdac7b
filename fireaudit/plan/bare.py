"""The unit of a bare figure among figures of one fact that print theirs: baseline 80%, target 70."""

from __future__ import annotations

from collections.abc import Iterable

from fireaudit.quantity import COUNT, Change, FigureError, Quantity, Unit, read_figure
from fireaudit.quantity.unit import NONE, UNKNOWN


def beside(texts: Iterable[str]) -> Unit:
    """The unit that all figures print which print one; ``COUNT`` where none does, ``UNKNOWN`` where they differ."""
    printed = [read.unit for text in texts if (read := _level(text)) is not None and read.unit.text]
    kinds = {(unit.dimension, unit.factor) for unit in printed}
    return UNKNOWN if len(kinds) > 1 else printed[0] if printed else COUNT


def unit_of_bare(text: str, common: Unit) -> Unit:
    """The unit that ``text`` has if it prints none. Beside percentages, 0.8 may be 0.8% or 80%: nobody can tell."""
    read = _level(text)
    share = common.dimension == NONE and common.factor < 1
    doubtful = read is not None and read.nominal is not None and 0 < read.nominal <= 1
    return UNKNOWN if share and doubtful else common


def _level(text: str) -> Quantity | None:
    """The figure, unless it is a change: 下降10% says nothing of the unit of what falls."""
    try:
        read = read_figure(text)
    except FigureError:
        return None
    return read if read.change is Change.NONE and not read.missing else None
