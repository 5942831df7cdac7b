"""Did you mean: the known name nearest to one that is not known. Likeness is the one thing here that is no exact number."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

LIKENESS = 0.55
LONGEST = 100
"""Characters of a name beyond which nothing is suggested."""

MOST_KNOWN, MOST_COMPARED = 2000, 20
"""So many known names are looked at, and of them those compared that share most characters with the name."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The most similar name, or ``""`` where none is near."""
    import difflib

    if len(name) > LONGEST:
        return ""
    found = [other for other in islice(known, MOST_KNOWN) if len(other) <= LONGEST]
    if len(found) > MOST_COMPARED:
        letters, length = set(name), len(name)
        found.sort(key=lambda other: (-len(letters.intersection(other)), abs(len(other) - length)))
        del found[MOST_COMPARED:]
    return next(iter(difflib.get_close_matches(name, found, 1, LIKENESS)), "")
