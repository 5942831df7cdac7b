"""SARIF 2.1.0, as code scanning reads it."""

from __future__ import annotations

from fireaudit import __version__
from fireaudit.brief import Overview
from fireaudit.findings import Accepted, CellMention, Finding, Severity
from fireaudit.messages import because_of, message_of, why, word
from fireaudit.plan.source import Span
from fireaudit.reports.place import uri
from fireaudit.reports.quote import json_text, plain
from fireaudit.rules import BY_CODE
from fireaudit.rules.base import Rule
from fireaudit.rules.page import page

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RESULTS, RELATED, DESCRIPTION = 25_000, 100, 1_024
"""What code scanning takes at most: results of a run, locations of a result, characters of a description."""

_INDEX = {code: index for index, code in enumerate(BY_CODE)}


def render(audit: Overview, lang: str) -> str:
    findings = audit.findings
    kept = findings if len(findings) <= RESULTS else _gravest(findings)
    run = {
        "tool": {"driver": _driver(lang)},
        "language": _language(lang),
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(audit, len(findings) - len(kept), lang)],
        "results": [_result(finding, lang) for finding in kept],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _gravest(findings: list[Finding]) -> list[Finding]:
    kept = sorted(findings, key=lambda finding: -finding.severity)[:RESULTS]
    return sorted(kept, key=Finding.sort_key)


def _language(lang: str) -> str:
    return {"zh": "zh-CN", "en": "en-US"}[lang]


def _driver(lang: str) -> dict[str, object]:
    rules = [_rule(rule, lang) for rule in BY_CODE.values()]
    return {"name": "fireaudit", "version": __version__, "semanticVersion": __version__, "language": _language(lang), "rules": rules}


def _rule(rule: Rule, lang: str) -> dict[str, object]:
    en = lang == "en"
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.title[en][:DESCRIPTION]},
        "fullDescription": {"text": rule.what[en][:DESCRIPTION]},
        "help": {"text": f"{rule.why[en]}\n\n{rule.fix[en]}", "markdown": page(rule, lang)},
        "defaultConfiguration": {"level": rule.severity.word},
    }


def _invocation(audit: Overview, dropped: int, lang: str) -> dict[str, object]:
    """A fault of the tool is no success; findings left out are told of.

    So are accepted ones: code scanning raises an alert for every result, suppressed or not.
    """
    findings = audit.findings
    told = [_notice(Severity.ERROR, message_of(finding, lang)) for finding in findings if finding.code == "FA005"]
    if dropped:
        told.append(_notice(Severity.WARNING, word("left_out", lang, count=dropped)))
    told += [_accepted(accepted, lang) for accepted in audit.accepted]
    faultless = not any(finding.code == "FA005" for finding in findings)
    return {"executionSuccessful": faultless, **({"toolExecutionNotifications": told} if told else {})}


def _accepted(accepted: Accepted, lang: str) -> dict[str, object]:
    finding = accepted.finding
    text = f"{word('accepted', lang)} {finding.code} {message_of(finding, lang)} · {why(accepted.acceptance, lang)}"
    return {**_notice(Severity.NOTE, text), "locations": [{"physicalLocation": _physical(uri(finding.path), finding.span)}]}


def _notice(severity: Severity, text: str) -> dict[str, object]:
    return {"level": severity.word, "message": message(text)}


def _result(finding: Finding, lang: str) -> dict[str, object]:
    where = uri(finding.path)
    related = [cell for cell in finding.cells if cell.span != finding.span][:RELATED]
    details = {
        "at": finding.at,
        "expected": finding.expected,
        "actual": finding.actual,
        "difference": finding.difference,
        "derivation": finding.derivation,
        "because": because_of(finding, lang),
    }
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": _INDEX[finding.code],
        "level": finding.severity.word,
        "message": message(message_of(finding, lang)),
        "locations": [{"physicalLocation": _physical(where, finding.span)}],
        "partialFingerprints": {"fireaudit/v1": finding.fingerprint},
        "properties": {name: plain(value) for name, value in details.items() if value},
    }
    if related:
        result["relatedLocations"] = [_related(where, number, cell) for number, cell in enumerate(related, 1)]
    return result


def _related(where: str, number: int, cell: CellMention) -> dict[str, object]:
    return {"id": number, "message": message(cell.text or cell.name), "physicalLocation": _physical(where, cell.span)}


def _physical(where: str, span: Span) -> dict[str, object]:
    region = {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}
    return {"artifactLocation": {"uri": where}, "region": region}


def message(text: str) -> dict[str, str]:
    """A message without placeholders or links: braces stand doubled, and no bracket is followed by a parenthesis."""
    return {"text": plain(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")}
