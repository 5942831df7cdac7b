"""Workflow commands of GitHub Actions, within what a step may show; what is left over is a table for its summary."""

from __future__ import annotations

from fireaudit.brief import Overview
from fireaudit.files import relative
from fireaudit.findings import Finding, Severity
from fireaudit.messages import message_of, word
from fireaudit.reports import markdown
from fireaudit.reports.place import last_line
from fireaudit.reports.quote import plain
from fireaudit.rules import BY_CODE

SHOWN = 10
"""Annotations of one level that a step shows."""
SUMMARY_BYTES = 1024 * 1024

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def render(audit: Overview, lang: str) -> str:
    return "".join(_command(finding, lang) + "\n" for finding in _annotated(audit))


def summary(audit: Overview, lang: str, room: int = SUMMARY_BYTES) -> str:
    """Markdown of the findings that are no annotations and of those accepted, at most ``room`` bytes; empty where there are none."""
    told = {id(finding) for finding in _annotated(audit)}
    rest = sorted((f for f in audit.findings if id(f) not in told), key=lambda finding: -finding.severity)
    told_of = [word("further", lang, count=len(rest))] if rest else []
    told_of += [word("accepted_count", lang, count=len(audit.accepted))] if audit.accepted else []
    return markdown.table(word("semicolon", lang).join(told_of), rest, audit.accepted, lang, room) if told_of else ""


def _annotated(audit: Overview) -> list[Finding]:
    findings = audit.findings
    return [finding for severity in _COMMANDS for finding in [f for f in findings if f.severity is severity][:SHOWN]]


def _command(finding: Finding, lang: str) -> str:
    span = finding.span
    end = last_line(span)
    properties: dict[str, object] = {"file": relative(finding.path), "line": span.line, "endLine": end}
    if span.line == span.end_line:
        properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = f"{finding.code} {BY_CODE[finding.code].title[lang == 'en']}"
    lines = [plain(message_of(finding, lang))]
    if finding.derivation:
        lines.append(f"{word('derivation', lang)}  {plain(finding.derivation)}")
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {told}::{_data(chr(10).join(lines))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")
