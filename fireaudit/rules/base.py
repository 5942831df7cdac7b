"""What a rule is: metadata, rationale, two messages, an example each way, and one pure function that states relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fireaudit.checks.relation import Relation
from fireaudit.findings import Finding, Severity
from fireaudit.plan.model import Plan, Reading
from fireaudit.plan.source import Span

Stated = Relation | Finding
Bilingual = tuple[str, str]
"""The same text in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing fireaudit looks for. ``messages`` are templates filled with a finding's arguments; ``because`` says by
    message how all figures could be true even so.
    """

    code: str
    name: str
    severity: Severity
    title: Bilingual
    messages: dict[str, Bilingual]
    what: Bilingual
    why: Bilingual
    fix: Bilingual
    fails: str = ""
    passes: str = ""
    because: dict[str, Bilingual] = field(default_factory=dict)
    state: Callable[[Plan], Iterator[Stated]] | None = field(default=None, compare=False)


_SEVERITIES = {severity.word: severity for severity in Severity}


def severity_of(reading: Reading, default: Severity = Severity.ERROR) -> Severity:
    """What the plan says of a relation's weight, or the rule's own."""
    return _SEVERITIES.get(reading.severity or "", default)


def finding(code: str, severity: Severity, plan: Plan, span: Span, *, message: str = "message", at: str = "", **arguments: str) -> Finding:
    """A finding that is no relation: about a name, a number, a heading."""
    return Finding(code, severity, plan.path, span, arguments, message, at)
