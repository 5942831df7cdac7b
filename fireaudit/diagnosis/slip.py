"""The kind of slip that turns the right number into the printed one, where the two show it.

The kinds are ordered by how little a coincidence explains: a repair that swaps two digits is likelier the truth than
one that only changes the last.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from fireaudit.quantity import Quantity
from fireaudit.quantity.digits import differing, transposed
from fireaudit.quantity.marks import without_marks

_RUN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")

SWAPPED = "swapped"
"""Two neighbours in each other's place: a slip of a pair, which no single figure shows."""

KINDS = (
    SWAPPED,
    "sign",
    "transposed",
    "neighbour",
    "scale_wan",
    "per_mille",
    "shifted",
    "doubled",
    "dropped",
    "stale_total",
    "last_digit",
    "one_digit",
)


def slip(printed: Quantity, right: Quantity, neighbours: Collection[str] = (), total: bool = False) -> str | None:
    """The likeliest of ``KINDS``, or ``None``. ``neighbours``: figures printed beside it; ``total``: it is a total row's."""
    shown = kinds(printed, right, neighbours, total)
    return shown[0] if shown else None


def kinds(printed: Quantity, right: Quantity, neighbours: Collection[str] = (), total: bool = False) -> list[str]:
    """All kinds of slip that explain the printed figure, likeliest first."""
    old, new = printed.nominal, right.nominal
    if old is None or new is None or old == new:
        return []
    a, b = _differing(printed.text, right.text)
    facts = {
        "sign": old == -new,
        "transposed": transposed(a, b),
        "neighbour": printed.text.strip() in neighbours and old != 0,
        "scale_wan": _times(old, new, 10_000),
        "per_mille": ("%" in printed.text or "‰" in printed.text) and _times(old, new, 10),
        "shifted": any(_times(old, new, factor) for factor in (10, 100, 1000)),
        "doubled": len(a) == len(b) + 1 and any(a[i] == a[i - 1] and a[:i] + a[i + 1 :] == b for i in range(1, len(a))),
        "dropped": len(b) == len(a) + 1 and any(b[:i] + b[i + 1 :] == a for i in range(len(b))),
        "stale_total": total,
        "last_digit": len(a) == len(b) and a[:-1] == b[:-1] and a != b,
        "one_digit": len(a) > 1 and len(differing(a, b)) == 1,
    }
    return [kind for kind in KINDS if facts.get(kind)]


def _times(a: object, b: object, factor: int) -> bool:
    return b != 0 and a != 0 and (a == b * factor or b == a * factor)  # type: ignore[operator]


def _differing(printed: str, right: str) -> tuple[str, str]:
    """The digits of the number that differs between two texts."""
    runs = [[re.sub(r"[,.]", "", run) for run in _RUN.findall(unicodedata.normalize("NFKC", without_marks(text)))] for text in (printed, right)]
    return next(((a, b) for a, b in zip(*runs, strict=False) if a != b), ("", ""))
