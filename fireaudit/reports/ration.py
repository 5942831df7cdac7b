"""How much a command prints of one plan: as much as the settings allow; what is left out is counted, and that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from fireaudit.limits import Limits
from fireaudit.messages import word
from fireaudit.reports.machine import dump
from fireaudit.reports.text import Segment

T = TypeVar("T")


def pieces(items: Sequence[T], drawn: Callable[[T], Iterable[Segment]], what: str, limits: Limits, lang: str) -> Iterator[Segment]:
    """Each item in styled pieces as far as they fit; nothing is drawn of the others, which one line counts as ``what``."""
    left = limits.max_output
    for number, item in enumerate(items):
        segments = list(drawn(item))
        left -= sum(len(text) for text, _ in segments)
        if left < 0:
            yield more(what, len(items) - number, limits, lang) + "\n", "warning"
            return
        yield from segments


def lines(segments: Iterable[Segment], limits: Limits, lang: str) -> Iterator[Segment]:
    """Styled pieces as far as they fit, then one line that counts the lines that do not."""
    left, withheld, last = limits.max_output, 0, "\n"
    for text, style in segments:
        if withheld or len(text) > left:
            withheld, left = withheld + text.count("\n"), 0
            continue
        left, last = left - len(text), text or last
        yield text, style
    if withheld:
        yield ("" if last.endswith("\n") else "\n") + more("lines", withheld, limits, lang) + "\n", "warning"


def documents(items: Sequence[T], made: Callable[[T], object], limits: Limits) -> tuple[list[object], int]:
    """What is made of each item for machines, as far as it fits as JSON; and of how many items nothing is made."""
    left = limits.max_output
    listed: list[object] = []
    for number, item in enumerate(items):
        document = made(item)
        left -= len(dump(document))
        if left < 0:
            return listed, len(items) - number
        listed.append(document)
    return listed, 0


def more(what: str, count: int, limits: Limits, lang: str) -> str:
    return word(f"ration.{what}", lang, count=count, limit=limits.max_output)
