"""The findings there are, as a baseline: what each is and says, how often, and in words for whoever reads the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from fireaudit.accept import VERSION, Known, said_by
from fireaudit.app import Audit
from fireaudit.messages import message_of
from fireaudit.reports.quote import json_text, plain
from fireaudit.scope import beside


def render(audit: Audit, path: str, lang: str, kept: Mapping[str, Mapping[Known, int]]) -> str:
    """For a baseline at ``path``, from whose folder the plans are named. ``kept``: what goes over from the one before."""
    counts = Counter({(where, known): count for where, entries in kept.items() for known, count in entries.items()})
    for plan in audit.plans:
        where = beside(path, plan.source.path)
        counts.update((where, Known(f.fingerprint, said_by(f), f.code, plain(message_of(f, lang)))) for f in plan.findings)
    rows = [_row(where, known, count) for (where, known), count in counts.items()]
    return json_text({"version": VERSION, "findings": sorted(rows, key=lambda row: (row["path"], row["fingerprint"], str(row)))}, indent=2)


def _row(where: str, known: Known, count: int) -> dict[str, object]:
    row: dict[str, object] = {"path": where, "code": known.code, "fingerprint": known.fingerprint, "message": known.message}
    if known.said is not None:
        row["actual"], row["expected"] = known.said
    return {**{key: value for key, value in row.items() if value != ""}, "count": count}
