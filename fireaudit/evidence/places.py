"""Places as plans and documents write them: ``第三章/第三节/12``. Plans add words of their own, which no document knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from fireaudit.reading.texts import compare

Path = tuple[str, ...]


@cache
def path_of(at: str) -> Path:
    return tuple(part for part in map(compare, at.split("/")) if part)


class Places:
    """The places of a document."""

    def __init__(self, places: Iterable[str]) -> None:
        self.known = frozenset(part for at in places for part in path_of(at))
        self._within: dict[tuple[str, str, bool], bool] = {}

    def within(self, stated: str, place: str, lenient: bool = False) -> bool:
        """Whether ``place`` of the document lies within the ``stated`` one, or (``lenient``) may hold it."""
        key = (stated, place, lenient)
        if key not in self._within:
            self._within[key] = self._lies_within(stated, place, lenient)
        return self._within[key]

    def _lies_within(self, stated: str, place: str, lenient: bool) -> bool:
        wanted = tuple(part for part in path_of(stated) if part in self.known)
        there = path_of(place)
        rest = iter(there)
        return all(part in rest for part in wanted) or (lenient and bool(there) and wanted[: len(there)] == there)
