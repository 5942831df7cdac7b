"""A stated count and its list in an English sentence: three priorities: preventing fires; protecting buildings; responding quickly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fireaudit.quantity.plain import plain_of
from fireaudit.readers.document import Paragraph
from fireaudit.reading.prose.prose import StatedList

_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT = re.compile(
    rf"\b(?P<n>{'|'.join(_WORDS)}|[2-9]|1[0-2]) (?P<noun>(?:(?!of|or|and|to|in|per|years?|months?|weeks?|days?|hours?)[a-z-]{{2,20}} ){{0,3}}[a-z-]{{2,20}}s)"
    r"(?: (?:are|is|as follows|namely|below|which are))?(?::|,? namely,?) (?P<list>[^.:\n]{5,600})(?:\.(?: |$)|$)",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:etc|including|such as|among others|for example|e\.g)\b", re.IGNORECASE)
_LAST = re.compile(r"^(?:and|&) |,? and ")
_OFF = 2
_LONG = 4  # words of an item that commas may part from the next


def english_lists(paragraph: Paragraph, at: str) -> Iterator[StatedList]:
    plain = plain_of(paragraph.text)
    for match in _COUNT.finditer(plain.text):
        number = match["n"].lower()
        wanted = int(number) if number.isdigit() else _WORDS.index(number) + 2
        items = _items(match["list"])
        if len(items) < 2 or _OPEN.search(match["list"]) or any(re.search("[0-9]", item) for item in items):
            continue
        if abs(len(items) - wanted) > _OFF or (len(items) != wanted and not _sure(match["list"], items)) or len(set(items)) < len(items):
            continue
        start, end = plain.span(*match.span("n"))
        yield StatedList(match["noun"], str(wanted), tuple(items), False, paragraph.spot, start, end, at)


def _items(text: str) -> list[str]:
    """Parts between semicolons; else between commas, the last two between ``and``."""
    if ";" in text:
        return [re.sub(r"^and ", "", part.strip()) for part in text.split(";") if part.strip()]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        return []
    last = [part.strip() for part in _LAST.split(parts[-1]) if part.strip()]
    return [*parts[:-1], *last] if len(last) <= 2 else parts


def _sure(text: str, items: list[str]) -> bool:
    """Whether the marks leave no other reading: semicolons, or commas between short words that end in ``and``; a name may hold a comma."""
    if ";" in text:
        return True
    return bool(re.search(r"\band\b", text)) and all(len(item.split()) <= _LONG and item == item.lower() and " and " not in item for item in items)
