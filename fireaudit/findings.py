"""Findings: plain frozen values, sorted, with a fingerprint that moved lines do not change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

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
        """From the rule and the names of the cells (of the arguments where no cell is involved)."""
        parts = [self.code, self.message, *(sorted({cell.name for cell in self.cells}))]
        if not self.cells:
            parts += [f"{key}={self.arguments[key]}" for key in sorted(self.arguments) if key not in ("line", "difference")]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def sort_key(self) -> tuple[object, ...]:
        return (self.path, self.span, self.code, self.message, sorted(self.arguments.items()), self.derivation or "")


__all__ = ["START", "CellMention", "Finding", "Severity", "Span"]
