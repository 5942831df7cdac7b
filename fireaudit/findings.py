"""Findings: plain frozen values, sorted, with a fingerprint that moved lines do not change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from fireaudit.plan.listed import MARK
from fireaudit.plan.source import START, Span


class Severity(IntEnum):
    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class CellMention:
    """A cell that takes part in a finding: its name, printed text, and places in file and document."""

    name: str
    text: str
    span: Span
    at: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a reviewer should look at. ``arguments`` fill the message of ``code`` in either language."""

    code: str
    severity: Severity
    path: str
    span: Span
    arguments: Mapping[str, str] = field(default_factory=dict)
    message: str = "message"
    at: str = ""
    cells: tuple[CellMention, ...] = ()
    expected: str | None = None
    actual: str | None = None
    difference: str | None = None
    derivation: str | None = None
    because: str | None = None

    @property
    def fingerprint(self) -> str:
        """From the rule and the names of the cells (of the arguments where no cell is involved), never from a place.

        Rows of one column count as that column, so that a further row leaves the finding what it was; the row or the
        check that it is about then tells it from others.
        """
        said = {key: _INDEX.sub("", value).replace(MARK, "、") for key, value in self.arguments.items() if key not in _PLACES}
        known = [key for key in ("check", "row") if said.get(key)] if self.cells else sorted(said)
        parts = [self.code, self.message, *self._names(), *(f"{key}={said[key]}" for key in known)]
        return digest(parts)

    @property
    def is_printed(self) -> bool:
        """Whether ``actual`` stands in the document, and is not what several figures of it come to."""
        return not {cell.text for cell in self.cells}.isdisjoint((self.actual or "").split(" / "))

    def _names(self) -> list[str]:
        columns = [_column(cell.name) for cell in self.cells]
        number = Counter(columns)
        return sorted({cell.name if number[column] == 1 else column for cell, column in zip(self.cells, columns, strict=True)})

    def sort_key(self) -> tuple[object, ...]:
        return (self.path, self.span, self.code, self.message, sorted(self.arguments.items()), self.derivation or "")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a finding does not count. ``by``: comment, settings or baseline; ``until``: the last day, ISO, if there is one."""

    by: str
    reason: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that does not count, and why."""

    finding: Finding
    acceptance: Acceptance


def digest(parts: Iterable[str]) -> str:
    """What is the same for the same parts only."""
    from hashlib import sha256

    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


_ROW_END = re.compile(r'"(?:#\d{1,9})?\]\Z')
_PLACES = ("line", "others", "difference")
"""Arguments that say a line, or change with every figure."""
_INDEX = re.compile(r"(?<=/)#?\d+(?=/|$)")
"""The number of an item in a path through the file: it changes with what stands before."""


@lru_cache(maxsize=1 << 16)
def _column(name: str) -> str:
    """``table["row"].column`` without the row. Asked for the same few columns of cells by many findings."""
    start, end = name.find('["'), name.rfind("]") + 1
    return f"{name[:start]}[]{name[end:]}" if start >= 0 and _ROW_END.search(name, start + 2, end) else name


__all__ = ["START", "Acceptance", "Accepted", "CellMention", "Finding", "Severity", "Span", "digest"]
