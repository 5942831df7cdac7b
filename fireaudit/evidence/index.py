"""Where numbers stand in the text of a document, so that a figure is looked for at those places only."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from fireaudit.evidence.places import Places
from fireaudit.evidence.work import Work
from fireaudit.reading.texts import compare

HAN_DIGITS = "〇零一二三四五六七八九十百千万亿两"
NUMBER = re.compile(rf"[0-9]+(?:[.,][0-9]+)*|[{HAN_DIGITS}]+")
"""All of a number in one script: a figure that holds a part of it only is another figure."""
_DIGITS = "0123456789"
SEARCHED = 500
"""So many characters of text are searched in one step."""
_MARKS = re.compile(r"[\W_]")
_GAP, _BREAK = 12, re.compile("[0-9。；;\n]")


class Index:
    """``pieces``: all text of a document, ready to compare, each with its place."""

    def __init__(self, pieces: Sequence[tuple[str, str]], places: Places, work: Work) -> None:
        self.places, self.work = places, work
        self.text = "\n".join(text for text, _ in pieces)
        self._places = [place for _, place in pieces]
        self._starts = array("Q")
        start = 0
        for text, _ in pieces:
            self._starts.append(start)
            start += len(text) + 1
        self._numbers: dict[str, array[int]] = {}
        for found in NUMBER.finditer(self.text):
            self._numbers.setdefault(found[0], array("Q")).append(found.start())
        self._standing: dict[str, Counter[str]] = {}

    def says(self, text: str, at: str) -> int:
        """How often a figure or a date stands in the text of a place, its digits being all of the number there."""
        wanted = compare(text)
        if wanted not in self._standing:
            self._standing[wanted] = Counter(map(self._place, self.offsets(wanted)))
        return sum(times for place, times in self._standing[wanted].items() if self.places.within(at, place, lenient=True))

    def says_apart(self, before: str, number: str, after: str, at: str) -> bool:
        """Whether the number stands in the text of a place with its hedge some words before or after it: 不少于专职人员5名, 一万方以上."""
        for offset in self.offsets(number):
            left = self.text[max(0, offset - len(before) - _GAP) : offset]
            end = offset + len(number)
            right = self.text[end : end + len(after) + _GAP]
            hedged = _joined(left[left.rfind(before) + len(before) :], before in left) and _joined(right[: right.find(after)], after in right)
            if hedged and self.places.within(at, self._place(offset), lenient=True):
                return True
        return False

    def offsets(self, wanted: str) -> list[int]:
        """Where it stands in the whole text."""
        numbers = list(NUMBER.finditer(wanted))
        if not numbers:
            return self._searched(wanted)
        rarest = min(numbers, key=lambda number: len(self._numbers.get(number[0], ())))
        known = self._numbers.get(rarest[0], ())
        self.work.spend(1 + len(known))
        starts = (offset - rarest.start() for offset in known)
        return [start for start in starts if start >= 0 and self.text.startswith(wanted, start) and _whole(self.text, start, start + len(wanted))]

    def names(self, title: str) -> bool:
        """Whether a title stands in the document, marks and spaces apart."""
        wanted = _MARKS.sub("", compare(title))
        if wanted in self._lines:
            return True
        self.work.spend(1 + len(self._bare) // SEARCHED)
        return wanted in self._bare

    @cached_property
    def _bare(self) -> str:
        return _MARKS.sub("", self.text)

    @cached_property
    def _lines(self) -> frozenset[str]:
        return frozenset(_MARKS.sub("", line) for line in self.text.split("\n"))

    def _place(self, offset: int) -> str:
        return self._places[bisect_right(self._starts, offset) - 1]

    def _searched(self, wanted: str) -> list[int]:
        self.work.spend(1 + len(self.text) // SEARCHED)
        return [found.start() for found in re.finditer(re.escape(wanted), self.text)] if wanted else []


def times_in(wanted: str, text: str) -> int:
    """How often a figure stands in a text, its digits being all of the number there."""
    count, start = 0, text.find(wanted) if wanted else -1
    while start >= 0:
        count += _whole(text, start, start + len(wanted))
        start = text.find(wanted, start + 1)
    return count


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no number goes on beyond the edges of what was found."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return not _goes_on(before[-1:], text[start], before) and not _goes_on(after[:1], text[end - 1], after)


def _goes_on(beside: str, edge: str, two: str) -> bool:
    if edge in _DIGITS:
        return beside != "" and (beside in _DIGITS or (beside in ".," and any(one in _DIGITS for one in two)))
    return beside != "" and edge in HAN_DIGITS and beside in HAN_DIGITS


def _joined(gap: str, there: bool) -> bool:
    return there and len(gap) <= _GAP and not _BREAK.search(gap)
