"""Did you mean: the known name nearest to one that is not known. Likeness is the one thing here that is no exact number."""

from __future__ import annotations

from collections.abc import Iterable

LIKENESS = 0.55


def nearest(name: str, known: Iterable[str]) -> str:
    """The most similar name, or ``""`` where none is near."""
    import difflib

    return next(iter(difflib.get_close_matches(name, list(known), 1, LIKENESS)), "")
