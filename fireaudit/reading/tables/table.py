"""A table as it was read: columns with roles and units, rows with kinds, its total; and a form, whose cells are text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fireaudit.readers.document import Spot
from fireaudit.reading.grid import Piece
from fireaudit.reading.tables.accounts import Account
from fireaudit.reading.tables.row import Row

SYMBOL = re.compile(r"[★☆●○■□▲△◆◇※✓√×✕▼▽◎⊙]{1,3}")
_MEANS = re.compile(rf"(?P<symbol>{SYMBOL.pattern})\s*(?:指|表示|代表|为|[:：=—-]+|means|(?i:stands for))\s*(?P<means>[^。；;，,.\n]{{1,60}})")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """``adds`` is false where a total of the column is no sum; ``empty_is_none`` where its total holds if blanks count nothing;
    ``rounded``: whole numbers are rounded too; ``severity``: how much it weighs if the total is no sum, where it may be meant."""

    label: str
    role: str
    unit: str
    spot: Spot
    adds: bool = True
    empty_is_none: bool = False
    rounded: bool = False
    severity: str = ""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """``balanced``: its grand total must be that of the table before it, beside which it stands; ``accounts``: rows that are sums of
    others, which their kinds do not say."""

    title: str
    at: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Row, ...]
    total: Row | None
    notes: tuple[Piece, ...]
    spot: Spot
    during: str = ""
    legend: tuple[tuple[str, str, Spot], ...] = ()
    balanced: bool = False
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A box or a form: pieces of text, each with the label of its row (empty in a box)."""

    title: str
    at: str
    pieces: tuple[tuple[str, Piece], ...]
    spot: Spot


def legend(notes: Sequence[tuple[str, Spot]]) -> tuple[tuple[str, str, Spot], ...]:
    """What notes say of symbols: ``★指装备提升项``."""
    return tuple((match["symbol"], match["means"].strip(), spot) for text, spot in notes for match in _MEANS.finditer(text))
