"""Characters at places on a page → lines of text. All lengths are hundredths of a point."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fireaudit.readers.symbols import raised

_SPACES = " \u3000\xa0"
RAISED = re.compile("\ufdd1([^\ufdd1\ufdd2]*)\ufdd2")  # a small raised mark, before it is known whether it refers to a note
_MARK = re.compile(r"[0-9]{1,3}|[①-⑳㉑-㉟㊱-㊿]|[\[［【〔(（][0-9]{1,3}[\]］】〕)）]|[*＊†‡]{1,3}")
_UNBROKEN = re.compile(r"[“‘（《〈【「『(]*(?:[0-9A-Za-z.,%‰]+|.)[，。；：、！？”’）》〉】」』)%‰…]*")  # what no line end may divide
_ROOMY = "，。；：、！？“”‘’（）《》〈〉【】—…·"


class Mark(NamedTuple):
    """A character and its box."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """``size`` is the usual height of its characters; ``segments`` its parts between wide gaps: left, right, text."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    size: int
    segments: tuple[tuple[int, int, str], ...]
    page: int = 0

    @property
    def room(self) -> int:
        """How much room the first word of the line needs: what does not fit on the line before."""
        first = _UNBROKEN.match(self.text)
        narrow = sum(c.isascii() for c in first[0]) if first else 0
        return self.size * (len(first[0]) - narrow if first else 1) + self.size * narrow // 2 + self.size // 2


def plain(text: str) -> str:
    """Raised marks that refer to no note stay, as raised figures."""
    return RAISED.sub(lambda found: raised(found[1], found.string[max(found.start() - 1, 0) : found.start()]), text) if "\ufdd1" in text else text


def text_lines(marks: Iterable[Mark], page: int) -> list[TextLine]:
    """The lines from top to bottom. Characters of the usual height make the lines; small ones join the line they stand in."""
    inked = [mark for mark in marks if mark.text not in _SPACES]
    spaces = [mark for mark in marks if mark.text in _SPACES]
    rows: list[list[Mark]] = []
    while inked:
        usual = Counter(mark.bottom - mark.top for mark in inked).most_common(1)[0][0]
        large = sorted((mark for mark in inked if (mark.bottom - mark.top) * 4 >= usual * 3), key=lambda m: (m.top + m.bottom, m.left))
        small = [mark for mark in inked if (mark.bottom - mark.top) * 4 < usual * 3]
        rows += _clustered(large)
        inked = _placed_in(rows, small)
        if len(inked) == len(small) and not large:
            break
    _placed_in(rows, spaces)
    return sorted((_line(row, page) for row in rows), key=lambda line: (line.top, line.left))


def _clustered(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Rows of marks sorted by their middles: a mark whose middle lies above the foot of the row's first third is in it."""
    rows: list[list[Mark]] = []
    middle = height = 0
    for mark in marks:
        here = mark.top + mark.bottom
        if rows and here - middle < height:
            rows[-1].append(mark)
            middle += (here - middle) // len(rows[-1])
        else:
            rows.append([mark])
            middle, height = here, mark.bottom - mark.top
    return rows


def _placed_in(rows: list[list[Mark]], marks: Iterable[Mark]) -> list[Mark]:
    """Puts each mark into the row that its middle stands in; gives back those that stand in none."""
    from bisect import bisect_right

    spans = sorted((min(m.top for m in row), max(m.bottom for m in row), index) for index, row in enumerate(rows))
    tops = [span[0] for span in spans]
    left = []
    for mark in marks:
        middle = (mark.top + mark.bottom) // 2
        at = bisect_right(tops, middle) - 1
        if at >= 0 and middle <= spans[at][1]:
            rows[spans[at][2]].append(mark)
        else:
            left.append(mark)
    return left


def _line(row: list[Mark], page: int) -> TextLine:
    row.sort(key=lambda mark: (mark.left, mark.right))
    inked = [mark for mark in row if mark.text not in _SPACES]
    size = Counter(mark.bottom - mark.top for mark in inked).most_common(1)[0][0]
    main = [mark for mark in inked if (mark.bottom - mark.top) * 4 >= size * 3]
    top, foot = min(mark.top for mark in main), max(mark.bottom for mark in main)
    gaps = sorted(b.left - a.right for a, b in zip(main, main[1:], strict=False))
    setter = _Setter(size, foot, max(gaps[len(gaps) // 2], 0) if gaps else 0)
    for mark in row:
        setter.put(mark)
    setter.close()
    text = " ".join(segment[2] for segment in setter.segments if segment[2])
    return TextLine(text, inked[0].left, top, max(mark.right for mark in inked), foot, size, tuple(setter.segments), page)


@dataclass(slots=True)
class _Setter:
    """Sets the characters of a line one after the other: spaces where gaps say so, raised marks kept apart, a new
    segment after a wide gap. ``gap`` is what the line has between any two characters, being justified."""

    size: int
    foot: int
    gap: int
    segments: list[tuple[int, int, str]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    high: list[str] = field(default_factory=list)
    blank: str = ""
    start: int = 0
    before: Mark | None = None

    def put(self, mark: Mark) -> None:
        before = self.before
        if mark.text in _SPACES:
            self.blank += " " if mark.text == "\xa0" else mark.text
            return
        if before is None:
            self.start = mark.left
        elif mark.text == before.text and _twice(before, mark):
            return
        up = (mark.bottom - mark.top) * 4 < self.size * 3 and (self.foot - mark.bottom) * 5 > self.size
        gap = mark.left - before.right if before is not None else 0
        if not up or gap > self.size:
            self._lower()
        if gap * 10 > self.size * 15:
            self.close()
            self.start = mark.left
        elif before is not None and not up:
            self.pieces.append(self.blank or (" " if _apart(before, mark, gap - self.gap, self.size) else ""))
        (self.high if up else self.pieces).append(mark.text)
        self.before, self.blank = mark, ""

    def close(self) -> None:
        """Ends the segment."""
        self._lower()
        if self.before is not None:
            self.segments.append((self.start, self.before.right, "".join(self.pieces).strip(_SPACES)))
        self.pieces = []

    def _lower(self) -> None:
        if self.high:
            text = "".join(self.high)
            self.pieces.append(f"\ufdd1{text}\ufdd2" if _MARK.fullmatch(text) else text)
            self.high = []


def _twice(before: Mark, mark: Mark) -> bool:
    """Printed twice to look bold; but one glyph may stand for a whole dash or ellipsis of two characters."""
    near = (mark.left - before.left) * 3 < mark.right - mark.left
    return near and not (mark == before and mark.text in "—…─")


def _apart(before: Mark, mark: Mark, gap: int, size: int) -> bool:
    """A gap wider than justified text has: a space that was not drawn. Chinese punctuation may have room on either side,
    and so may figures and words among Chinese."""
    if before.text in _ROOMY or mark.text in _ROOMY or before.text.isascii() != mark.text.isascii():
        return gap * 10 > size * 8
    return gap * 100 > size * 16
