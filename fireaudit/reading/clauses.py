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

    A comma between digits ends nothing; a stop inside brackets ends no sentence outside.
    """

    text: str
    depth: tuple[int, ...]
    sentences: tuple[int, ...]

    def start(self, place: int, floor: int = 0) -> int:
        """Where the clause that holds ``place`` begins, not before ``floor``."""
        depth = self.depth[place] if place < len(self.depth) else 0
        i = place
        while i > floor and not (self.depth[i - 1] < depth or (self.depth[i - 1] == depth and self._stops(i - 1))):
            i -= 1
        return i

    def end(self, place: int, ceiling: int) -> int:
        """Where the clause that holds ``place`` ends, not after ``ceiling``."""
        depth = self.depth[place - 1] if place else 0
        i = place
        while i < ceiling and not (self.depth[i] < depth or (self.depth[i] == depth and self._stops(i))):
            i += 1
        return i

    def sentence(self, place: int) -> int:
        """Where the sentence that holds ``place`` begins."""
        return self.sentences[bisect_right(self.sentences, place) - 1]

    def _stops(self, i: int) -> bool:
        return self.text[i] in _STOPS or (self.text[i] == "," and not self._between_digits(i)) or _full_stop(self.text, i)

    def _between_digits(self, i: int) -> bool:
        return self.text[i - 1 : i].isdigit() and self.text[i + 1 : i + 2].isdigit()


def _full_stop(text: str, i: int) -> bool:
    """An English full stop: a space follows."""
    return text[i] == "." and text[i + 1 : i + 2] in ("", " ", "\n") and not (text[i - 1 : i].isdigit() and text[i + 1 : i + 2] == "")


def clauses_of(text: str) -> Clauses:
    """A bracket that is never closed, or that closes nothing, is taken for a plain character."""
    partner: dict[int, int] = {}
    stack: list[int] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            stack.append(i)
        elif char in _CLOSE:
            kind = _OPEN[_CLOSE.index(char)]
            if stack and text[stack[-1]] == kind:
                partner[stack.pop()] = i
        elif char == "\n":
            stack.clear()
    closing = set(partner.values())
    depth, level = [], 0
    sentences = [0]
    for i, char in enumerate(text):
        if i in closing:
            level -= 1
        depth.append(level)
        if level == 0 and (char in _ENDS or _full_stop(text, i)):
            sentences.append(i + 1)
        if i in partner:
            level += 1
    return Clauses(text, tuple(depth), tuple(sentences))
