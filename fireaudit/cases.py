"""Cases: contradictions with one cause, and the smallest repairs that settle them, as plain frozen values."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace

from fireaudit.findings import CellMention, Finding, Severity, digest


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure and what it would have to print instead.

    ``becomes`` is the one text, or the likeliest of a range whose ends print as ``low`` and ``high`` (``None``: no end);
    ``meets``: it is what other figures print or come to, not just some value that would do.
    """

    cell: CellMention
    label: str
    becomes: str
    unique: bool
    low: str | None
    high: str | None
    slip: str | None
    exact: bool = True
    meets: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """Corrections that settle a case together."""

    corrections: tuple[Correction, ...]

    @property
    def unique(self) -> bool:
        return all(correction.unique and correction.exact for correction in self.corrections)


@dataclass(frozen=True, slots=True)
class Case:
    """Contradictions with one cause. ``repairs`` are all minimal ones, likeliest first; none: no repair was found.

    ``complete``: every set of up to three figures was tried, so no smaller or other repair exists. ``unlisted``: so
    many further candidates of the same size were not worked out, in a sum of thousands. ``number``: in its plan, from 1,
    whatever is accepted or left out of a report.
    """

    path: str
    relations: tuple[int, ...]
    repairs: tuple[Repair, ...]
    complete: bool
    unlisted: int = 0
    findings: tuple[Finding, ...] = field(default=())
    number: int = 0

    def only(self, live: Set[str]) -> Case | None:
        """With the findings that still count, by their sort keys; ``None`` where all are accepted."""
        kept = tuple(finding for finding in self.findings if repr(finding.sort_key()) in live)
        return replace(self, findings=kept) if kept else None

    @property
    def certain(self) -> bool:
        """One repair only: the figure to blame is known."""
        return self.complete and len(self.repairs) == 1 and not self.unlisted

    @property
    def slip(self) -> str | None:
        """The kind of slip that the only repair shows, or the likeliest."""
        return next((c.slip for repair in self.repairs[:1] for c in repair.corrections), None)

    @property
    def severity(self) -> Severity:
        return max(finding.severity for finding in self.findings)

    @property
    def fingerprint(self) -> str:
        """From the findings' fingerprints."""
        return digest(sorted(f.fingerprint for f in self.findings))
