"""Places as plans and documents write them: ``第三章/第三节/12``. Plans add words of their own, which no document knows."""

from __future__ import annotations

from collections.abc import Iterable

from fireaudit.evidence.work import Work
from fireaudit.reading.texts import compare

Path = tuple[str, ...]
PARTS = 8
"""So many parts of a place are looked at in one step."""


class Places:
    """The places of a document."""

    def __init__(self, places: Iterable[str], work: Work) -> None:
        self.work = work
        shared: dict[str, str] = {}  # places of one document have most of their parts in common
        self._paths = {at: tuple(shared.setdefault(part, part) for part in _path_of(at)) for at in dict.fromkeys(places)}
        self.known = frozenset(shared)
        self._stated: dict[str, Path] = {}

    def within(self, stated: str, place: str, lenient: bool = False) -> bool:
        """Whether ``place`` of the document lies within the ``stated`` one, or (``lenient``) may hold it."""
        wanted, there = self._wanted(stated), self._paths.get(place, ())
        self.work.spend(1 + len(there) // PARTS)
        rest = iter(there)
        return all(part in rest for part in wanted) or (lenient and bool(there) and wanted[: len(there)] == there)

    def _wanted(self, stated: str) -> Path:
        """What of a stated place the document knows."""
        if stated not in self._stated:
            self._stated[stated] = tuple(part for part in _path_of(stated) if part in self.known)
        return self._stated[stated]


def _path_of(at: str) -> Path:
    return tuple(part for part in map(compare, at.split("/")) if part)
