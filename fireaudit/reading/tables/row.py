"""A row of a table and its kind, as far as its own label tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fireaudit.reading.grid import Piece

_TOTAL = re.compile(
    r"[^，,。；;0-9]{0,8}(?:總計|總數|總额|累計|合计|總計|总计|合計|共计|共計|总数|累计)(?:数|额|金额|人数)?(?:[(（].*)?|(?i:(?:grand |overall )?totals?(?: .{0,20})?|sum|.{0,20} total)"
)
_SUBTOTAL = re.compile(r".{0,12}小[计計](?:[(（].*)?|(?i:sub-?totals?.{0,20}|.{0,20} sub-?total)")
PART = re.compile(r"(?:其中|其 中|#|含)\s*[:：]?|(?i:of which|including)\b[:]?")
MINUS = re.compile(r"[减減扣]\s*(?:除\s*)?[:：]|(?i:less|minus)\s*[:：]")


@dataclass(frozen=True, slots=True)
class Row:
    """``kind``: plain, of_which, subtotal, apart or total; ``label`` with its indentation, ``first`` the text of its first cell."""

    kind: str
    cells: tuple[Piece, ...]
    label: str = ""
    first: str = ""
    complete: bool = False


def kind_of(label: str) -> str:
    """total, subtotal or of_which where the label of a row says so, else empty."""
    plain = re.sub(r"\s+", " " if label.isascii() else "", label).strip("：: ")
    if _SUBTOTAL.fullmatch(plain):
        return "subtotal"
    if len(plain) <= 30 and _TOTAL.fullmatch(plain):
        return "total"
    return "of_which" if PART.match(plain) else ""
