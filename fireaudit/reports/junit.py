"""JUnit XML: a suite a plan, a case a rule and a case a check of the plan's own.

Only an error fails a case, as only an error fails the command unless it is told otherwise; warnings and notes are the
output of a case that passes. What could not be read or assessed is skipped: silence is no pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from xml.etree import ElementTree as ET

from fireaudit.app import Audit, Audited
from fireaudit.checks.relation import Outcome, Verdict
from fireaudit.findings import Accepted, Finding, Severity
from fireaudit.messages import message_of, why, word
from fireaudit.reports.place import relative
from fireaudit.reports.quote import plain
from fireaudit.reports.text import accepted_line
from fireaudit.rules import BY_CODE
from fireaudit.rules.base import Rule

CHECK, FAULT, UNREADABLE = "FA203", "FA005", ("FA001", "FA004")
APART = (CHECK, FAULT, "FA901", "FA902")
"""No case of their own: told check by check, with the rule at fault, or only where asked for."""

_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class _Case:
    """One thing that was looked at: its name, what was found, the fault that stopped it, and why it was not assessed."""

    name: str
    findings: list[Finding]
    fault: str = ""
    skipped: str = ""
    accepted: tuple[Accepted, ...] = ()


def render(audit: Audit, lang: str) -> str:
    suites = list(_suites(audit, lang))
    root = ET.Element("testsuites", {"name": "fireaudit", **_totals(suites)})
    root.extend(suites)
    ET.indent(root)
    # ``##`` starts a command in some build logs; no markup here holds it, so it can only be text.
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").replace("##", "#&#35;") + "\n"


def _totals(suites: list[ET.Element]) -> dict[str, str]:
    return {name: str(sum(int(suite.get(name, "0")) for suite in suites)) for name in ("tests", "failures", "errors")}


def _suites(audit: Audit, lang: str) -> Iterator[ET.Element]:
    for plan in audit.plans:
        yield _suite(relative(plan.source.path), [*_rules(plan, lang), *_checks(plan, lang)], lang)
    if audit.extra:
        by_code = _by(audit.extra, lambda finding: finding.code)
        yield _suite("fireaudit", [_Case(f"{code} {BY_CODE[code].title[lang == 'en']}", found) for code, found in by_code.items()], lang)


def _suite(name: str, cases: Iterable[_Case], lang: str) -> ET.Element:
    name = plain(name)
    elements = [_element(case, name, lang) for case in cases]
    counts = {key: str(sum(element.find(tag) is not None for element in elements)) for key, tag in _COUNTED.items()}
    suite = ET.Element("testsuite", {"name": name, "tests": str(len(elements)), **counts})
    suite.extend(elements)
    return suite


def _rules(plan: Audited, lang: str) -> Iterator[_Case]:
    found = _by(plan.findings, lambda finding: finding.code)
    accepted = _by(plan.accepted, lambda one: one.finding.code)
    stated = _by(plan.outcomes, lambda outcome: outcome.relation.code)
    faults = {finding.arguments["rule"]: message_of(finding, lang) for finding in found.pop(FAULT, [])}
    found.pop(CHECK, None)
    for rule in BY_CODE.values():
        findings, fault = found.get(rule.code, []), faults.pop(rule.code, "")
        mine = [] if rule.code == CHECK else accepted.get(rule.code, [])
        if fault or findings or mine or rule.code not in APART:
            skipped = "" if findings else _left_out(plan, rule, mine, lang) or _unassessed(stated.get(rule.code, []), lang)
            yield _Case(f"{rule.code} {rule.title[lang == 'en']}", findings, fault, skipped, tuple(mine))
    for part, fault in faults.items():
        yield _Case(f"{FAULT} {part}", [], fault)


def _checks(plan: Audited, lang: str) -> Iterator[_Case]:
    """The plan's own checks in the order of the plan, whatever became of them."""
    outcomes = _by((o for o in plan.outcomes if o.relation.code == CHECK), lambda outcome: outcome.relation.arguments["check"])
    found = _by((f for f in plan.findings if f.code == CHECK), lambda finding: finding.arguments["check"])
    accepted = _by((a for a in plan.accepted if a.finding.code == CHECK), lambda one: one.finding.arguments["check"])
    checks = [*plan.plan.checks, *(check for table in plan.plan.tables.values() for check in table.checks)]
    for text in dict.fromkeys(" ".join(check.text.split()) for check in checks):
        mine, taken = outcomes.get(text, []), accepted.get(text, [])
        skipped = _reasons(taken, lang) or (_unassessed(mine, lang) if mine else word("stated_elsewhere", lang))
        yield _Case(f"{CHECK} {text}", found.get(text, []), "", skipped, tuple(taken))


def _by(things: Iterable[_Thing], key: Callable[[_Thing], str]) -> dict[str, list[_Thing]]:
    groups: dict[str, list[_Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups


def _left_out(plan: Audited, rule: Rule, accepted: list[Accepted], lang: str) -> str:
    """Why a rule without findings is no pass: nothing was read, the settings leave it out, all it found is accepted."""
    if plan.unread and rule.code not in UNREADABLE:
        return word("not_read", lang)
    return _reasons(accepted, lang) if plan.settings.applies(rule.code) else word("not_applied", lang, codes=rule.code)


def _reasons(accepted: list[Accepted], lang: str) -> str:
    reasons = dict.fromkeys(why(one.acceptance, lang) for one in accepted)
    return f"{word('accepted', lang)}: {'; '.join(reasons)}" if reasons else ""


def _unassessed(outcomes: list[Outcome], lang: str) -> str:
    """Why none of these relations could be assessed, or nothing."""
    if not outcomes or any(outcome.verdict is not Verdict.NOT_ASSESSABLE for outcome in outcomes):
        return ""
    missing = dict.fromkeys(name for outcome in outcomes for name in outcome.missing)
    return word("lacking", lang, missing="、".join(missing))


def _element(case: _Case, suite: str, lang: str) -> ET.Element:
    element = ET.Element("testcase", {"classname": suite, "name": plain(case.name)})
    failing = [finding for finding in case.findings if finding.severity is Severity.ERROR]
    others = [finding for finding in case.findings if finding.severity is not Severity.ERROR]
    if case.fault:
        ET.SubElement(element, "error", {"type": FAULT, "message": plain(case.fault)})
    elif failing:
        message = plain(message_of(failing[0], lang)) + (f" (+{len(failing) - 1})" if len(failing) > 1 else "")
        ET.SubElement(element, "failure", {"type": failing[0].code, "message": message}).text = _lines(failing, lang)
    elif case.skipped:
        ET.SubElement(element, "skipped", {"message": plain(case.skipped)})
    told = ([_lines(others, lang)] if others else []) + ["- " + plain(accepted_line(one, lang)) for one in case.accepted]
    if told:
        ET.SubElement(element, "system-out").text = "\n".join(told)
    return element


def _lines(findings: list[Finding], lang: str) -> str:
    """A line a finding; each begins with a dash, for no line of a build log may begin with what a plan says."""
    lines = []
    for finding in findings:
        place = f"{relative(finding.path)}:{finding.span.line}:{finding.span.column}"
        lines.append("- " + plain(f"{place} {word(finding.severity.word, lang)} {finding.code} {message_of(finding, lang)}"))
        if finding.derivation:
            lines.append(f"  {word('derivation', lang)} " + plain(finding.derivation))
    return "\n".join(lines)
