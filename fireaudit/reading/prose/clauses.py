"""A paragraph cut where its sentences and clauses end; what stands in brackets is a sentence part of its own."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

_OPEN, _CLOSE = "([〔【“‘「『《", ")]〕】”’」』》"
_STOPS = frozenset("，。;:!?\n")
_ENDS = frozenset("。!?\n")


@dataclass(frozen=True, slots=True)
class Clauses:
    """``depth[i]``: how many brackets are open around character i; ``sentences``: where each sentence begins.

    ``left[i]`` and ``right[i]``: where the clause that holds character i begins and ends. All of it is found in one pass
    each way. A comma between digits ends nothing; a stop inside brackets ends no sentence outside.
    """

    text: str
    depth: tuple[int, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    sentences: tuple[int, ...]

    def start(self, place: int, floor: int = 0) -> int:
        """Where the clause that holds ``place`` begins, not before ``floor``."""
        if place >= len(self.text):
            return max(floor, self.left[-1] if self.text and not _stops(self.text, len(self.text) - 1) else len(self.text))
        return max(floor, self.left[place])

    def end(self, place: int, ceiling: int) -> int:
        """Where the clause of the character before ``place`` ends, not after ``ceiling``."""
        return min(ceiling, self.right[place - 1] if place else ceiling)

    def sentence(self, place: int) -> int:
        """Where the sentence that holds ``place`` begins."""
        return self.sentences[bisect_right(self.sentences, place) - 1]


def clauses_of(text: str) -> Clauses:
    depth = _depths(text)
    stops = [_stops(text, i) for i in range(len(text))]
    left = _bounds(depth, stops)
    mirrored = _bounds(depth[::-1], stops[::-1])
    right = [len(text) - bound for bound in reversed(mirrored)]
    sentences = [0, *(i + 1 for i, char in enumerate(text) if depth[i] == 0 and (char in _ENDS or _full_stop(text, i)))]
    return Clauses(text, tuple(depth), tuple(left), tuple(right), tuple(sentences))


def _depths(text: str) -> list[int]:
    """A bracket that is never closed, or that closes nothing, is taken for a plain character."""
    partner: dict[int, int] = {}
    stack: list[int] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            stack.append(i)
        elif char in _CLOSE:
            if stack and text[stack[-1]] == _OPEN[_CLOSE.index(char)]:
                partner[stack.pop()] = i
        elif char == "\n":
            stack.clear()
    closing = set(partner.values())
    depths, level = [], 0
    for i in range(len(text)):
        level -= i in closing
        depths.append(level)
        level += i in partner
    return depths


def _bounds(depth: list[int], stops: list[bool]) -> list[int]:
    """For each character, the place behind the last one before it that is a stop of its depth or less deep."""
    bounds: list[int] = []
    latest: list[int] = []  # by depth; entries deeper than where we are no longer hold
    for i, level in enumerate(depth):
        del latest[level + 1 :]
        while len(latest) <= level:
            latest.append(i)
        bounds.append(latest[level])
        if stops[i]:
            latest[level] = i + 1
    return bounds


def _stops(text: str, i: int) -> bool:
    char = text[i]
    return char in _STOPS or (char == "," and not (text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit())) or _full_stop(text, i)


def _full_stop(text: str, i: int) -> bool:
    """An English full stop: a space follows, or nothing."""
    after = text[i + 1 : i + 2]
    return text[i] == "." and (after in (" ", "\n") or (after == "" and not text[i - 1 : i].isdigit()))
