"""GitLab code quality: an array of issues, each with a fingerprint that no other in the report has; accepted ones are info."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

from fireaudit.brief import Overview
from fireaudit.files import relative
from fireaudit.findings import Finding, Severity
from fireaudit.messages import message_of, why, word
from fireaudit.reports.quote import json_text, plain
from fireaudit.rules import BY_CODE

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(audit: Overview, lang: str) -> str:
    reasons = [""] * len(audit.findings) + [f"{word('accepted', lang)}{word('colon', lang)}{why(accepted.acceptance, lang)} · " for accepted in audit.accepted]
    findings = [*audit.findings, *(replace(accepted.finding, severity=Severity.NOTE) for accepted in audit.accepted)]
    return json_text([_issue(*issue, lang) for issue in zip(findings, unique(findings), reasons, strict=True)], indent=2)


def _issue(finding: Finding, fingerprint: str, reason: str, lang: str) -> dict[str, object]:
    return {
        "description": plain(f"{finding.code} {reason}{message_of(finding, lang)}"),
        "check_name": BY_CODE[finding.code].name,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": plain(relative(finding.path)), "lines": {"begin": finding.span.line}},
    }


def unique(findings: list[Finding]) -> list[str]:
    """The fingerprints; where files share one, with a digest of the path, and within a file with a number.

    The digest keeps a finding of one file known when its twin in another file goes away.
    """
    known = [(finding.fingerprint, relative(finding.path)) for finding in findings]
    files = Counter(mark for mark, _ in set(known))
    seen: Counter[str] = Counter()
    made = []
    for mark, path in known:
        if files[mark] > 1:
            mark += "-" + hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        seen[mark] += 1
        made.append(mark if seen[mark] == 1 else f"{mark}-{seen[mark]}")
    return made
