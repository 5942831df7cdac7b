"""A paragraph with its figures as single characters, what stands in brackets taken out: what patterns of relations look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fireaudit.quantity import Change, Qualifier, Quantity

AMOUNT, SHARE, POINTS, INSIDE = "\ue000", "\ue001", "\ue002", "\ue003"
"""A figure that counts or measures, a percentage, percentage points, and what stood in brackets."""
MARK = re.compile(f"[{AMOUNT}{SHARE}{POINTS}]")
_OWN = re.compile(f"[{AMOUNT}-{INSIDE}]")
_PAIRS = {"(": ")", "〔": "〕", "[": "]", "【": "】"}
_VERB = re.compile(
    r"(?:下降|减少|降低|压减|压降|缩减|缩短|下滑|增长|增加|提高|提升|上升|上涨|[增降升减])了?"
    r"|(?:fell|fall|fallen|falls|declined?|decreased?|dropped|reduced?|down|cut|rose|risen|rises?|grew|grown|increased?|up)(?: by)? ?",
    re.IGNORECASE,
)
_OWNER = re.compile(r"[^，。;:、,!?\n]{0,12}|[A-Za-z -]{0,30}")
_STOP = re.compile(r"[。!?\n;，,]|\.(?= |\Z)")
_PEOPLE = frozenset("人名位员")
_DEEPEST = 6
_REACH = 160  # characters between two figures that are looked at


@dataclass(frozen=True, slots=True)
class Item:
    """A figure of the paragraph: what it reads as, what it counts, when."""

    start: int
    end: int
    quantity: Quantity
    label: str
    during: str | None

    @property
    def changes(self) -> bool:
        return self.quantity.change is not Change.NONE

    @property
    def mark(self) -> str:
        unit = self.quantity.unit.text
        return POINTS if unit == "百分点" else SHARE if unit in ("%", "‰", "percent", "per cent", "成") else AMOUNT


def is_definite(one: Item) -> bool:
    """Whether a figure says how much, within rounding or a hedge: no range, no bound, nothing missing."""
    return one.quantity.interval is not None and one.quantity.qualifier not in (Qualifier.RANGE, Qualifier.BOUND)


def is_amount(one: Item) -> bool:
    """Whether a figure counts or measures, printed as it is: no share, no change, no bound."""
    return one.mark == AMOUNT and not one.changes and one.quantity.qualifier in (Qualifier.EXACT, Qualifier.ROUNDED)


def alike(one: Item, other: Item) -> bool:
    """Whether two figures measure the same, so that they may be added or compared: both lengths, both 座, both people."""
    a, b = one.quantity.unit, other.quantity.unit
    if a.dimension != b.dimension or one.mark != other.mark or ("/" in a.text) != ("/" in b.text):
        return False
    return bool(a.dimension) or a.text == b.text or {a.text[-1:], b.text[-1:]} <= _PEOPLE or (a.text.isascii() and b.text.isascii())


@dataclass(frozen=True, slots=True)
class Level:
    """The text between two brackets, or all that stands in none. ``which``: the number of each figure in the paragraph,
    in the order of their marks; the figure in front of a bracket stands first in it, before a ``(``."""

    text: str
    which: tuple[int, ...]
    places: tuple[int, ...]

    def before(self, k: int) -> str:
        """What stands between the mark before the k-th and the k-th, the last of it."""
        start = self.places[k - 1] + 1 if k else 0
        return self.text[max(start, self.places[k] - _REACH) : self.places[k]]

    def behind(self, k: int) -> str:
        """What stands between the k-th mark and the next one, the first of it."""
        start = self.places[k] + 1
        end = self.places[k + 1] if k + 1 < len(self.places) else len(self.text)
        return self.text[start : min(end, start + _REACH)]

    def strength(self, k: int) -> int:
        """How far what stands before the k-th figure parts it from the one before: a sentence, a semicolon, a comma, less."""
        start = self.places[k - 1] + 1 if k else 0
        found = {match[0] for match in _STOP.finditer(self.text, start, self.places[k])}
        return 3 if found - set("；;，,") else 2 if ";" in found else 1 if found else 0


def verb_of(text: str, one: Item) -> str:
    """The verb that a change begins with: 下降 of 下降8.1%."""
    verb = _VERB.match(text, one.start, one.end) if one.changes else None
    return verb[0] if verb else ""


def levels(text: str, items: Sequence[Item]) -> list[Level]:
    """The paragraph itself and every pair of brackets that holds figures; ``items`` in the order of the text."""
    return _Cutter(text, items).cut()


class _Cutter:
    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self.text, self.items = _OWN.sub("?", text), items
        self.partner = _partners(self.text, items)
        self.found: list[Level] = []

    def cut(self) -> list[Level]:
        self._level(0, len(self.text), 0, None)
        return [level for level in self.found if level.which]

    def _level(self, start: int, end: int, item: int, owner: int | None) -> int:
        """The level of a stretch, whose first figure is ``item``; gives the first figure behind it."""
        pieces: list[str] = []
        which: list[int] = []
        if owner is not None:
            pieces, which = [self.items[owner].mark, "("], [owner]
        place = start
        while place < end:
            if item < len(self.items) and self.items[item].start <= place:
                one = self.items[item]
                pieces += [verb_of(self.text, one), one.mark]
                which.append(item)
                place, item = max(one.end, place + 1), item + 1
            elif place in self.partner:
                item = self._level(place + 1, self.partner[place], item, _owner("".join(pieces[-34:]), which))
                pieces.append(INSIDE)
                place = self.partner[place] + 1
            else:
                pieces.append(self.text[place])
                place += 1
        text = "".join(pieces)
        self.found.append(Level(text, tuple(which), tuple(match.start() for match in MARK.finditer(text))))
        return item


def _owner(before: str, which: Sequence[int]) -> int | None:
    """The figure that a bracket belongs to: nothing but its noun stands between."""
    last = max((match.end() for match in MARK.finditer(before)), default=None)
    return which[-1] if last is not None and which and _OWNER.fullmatch(before, last) else None


def _partners(text: str, items: Sequence[Item]) -> dict[int, int]:
    """Where each bracket closes; those within a figure are part of it, those never closed are plain characters."""
    inside = {place for one in items for place in range(one.start, one.end)}
    found: dict[int, int] = {}
    stack: list[int] = []
    for place, char in enumerate(text):
        if place in inside:
            continue
        if char in _PAIRS and len(stack) < _DEEPEST:
            stack.append(place)
        elif stack and char == _PAIRS[text[stack[-1]]]:
            found[stack.pop()] = place
        elif char == "\n":
            stack.clear()
    return found
