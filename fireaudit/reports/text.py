"""The full report: each finding with its source line, the figure underlined, its derivation; then what was checked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from fireaudit.brief import Overview, Told
from fireaudit.cases import Case
from fireaudit.findings import Accepted, Finding
from fireaudit.messages import because_of, inert, message_of, why, word
from fireaudit.reports import repairs
from fireaudit.reports.excerpt import excerpt
from fireaudit.rules import BY_CODE

Segment = tuple[str, str]
"""Text and the name of its style: plain, error, warning, note, strong, dim."""


def render(audit: Overview, lang: str) -> str:
    """The report as plain text."""
    return "".join(text for text, _ in segments(audit, lang))


def segments(audit: Overview, lang: str) -> Iterator[Segment]:
    """The report in styled pieces, for a terminal; joined they are the plain text."""
    for plan in audit.plans:
        yield from of_plan(plan, len(audit.plans) > 1, lang)
    yield from closing(audit, lang)


def of_plan(plan: Told, named: bool, lang: str) -> Iterator[Segment]:
    """What was found in one plan; ``named`` where there are others."""
    if named and plan.cases:
        yield f"━━ {inert(plan.path)}  {inert(plan.title)}\n\n", "strong"
    for case in plan.cases:
        yield from _case(case, plan, lang)
    told = {id(finding) for case in plan.cases for finding in case.findings}
    rest = [finding for finding in plan.findings if id(finding) not in told]
    if rest and plan.cases:
        yield f"── {word('others', lang)}\n\n", "strong"
    for finding in rest:
        yield from _finding(finding, plan, lang)


def closing(audit: Overview, lang: str) -> Iterator[Segment]:
    """What is said once all plans are told: of settings and baselines, of what is accepted, and the sums."""
    for finding in audit.extra:
        yield from _finding(finding, None, lang)
    if audit.accepted:
        yield f"── {word('accepted', lang)}\n\n", "strong"
        for accepted in audit.accepted:
            yield accepted_line(accepted, lang) + "\n", "dim"
        yield "\n", "plain"
    yield from _totals(audit, lang)


def _totals(audit: Overview, lang: str) -> Iterator[Segment]:
    """What was found, what was checked, and what was not."""
    counts: dict[str, int] = {}
    for plan in audit.plans:
        for verdict, number in plan.counts().items():
            counts[verdict] = counts.get(verdict, 0) + number
    cells = sum(plan.figures for plan in audit.plans)
    for plan in audit.plans:
        yield from read_lines(plan, lang)
    yield word("summary", lang, plans=len(audit.plans), cells=cells, **audit.summary()) + "\n", "strong"
    if audit.since:
        yield word("change.older", lang, count=audit.older, revision=inert(audit.since)) + "\n", "plain"
    number = sum(len(plan.cases) for plan in audit.plans)
    if number:
        certain = sum(case.certain for plan in audit.plans for case in plan.cases)
        yield word("cases", lang, cases=number, certain=certain, open=number - certain) + "\n", "plain"
    if audit.accepted:
        yield word("accepted_count", lang, count=len(audit.accepted)) + "\n", "plain"
    yield word("relations", lang, total=sum(counts.values()), **counts) + "\n", "plain"
    unchecked = sum(plan.untouched for plan in audit.plans)
    yield word("coverage", lang, unchecked=unchecked) + "\n", "dim"
    left_out = dict.fromkeys(code for plan in audit.plans for code in plan.settings.unapplied())
    if left_out:
        yield word("not_applied", lang, codes=" ".join(left_out)) + "\n", "dim"
    if counts.get("not_assessable"):
        yield word("unassessed", lang) + "\n", "dim"


def findings_only(audit: Overview, lang: str) -> Iterator[Segment]:
    """The findings, those of other files without a line of source, and their number."""
    for plan in audit.plans:
        for finding in plan.findings:
            yield from _finding(finding, plan, lang)
    for finding in audit.extra:
        yield from _finding(finding, None, lang)
    cells = sum(plan.figures for plan in audit.plans)
    yield word("summary", lang, plans=len(audit.plans), cells=cells, **audit.summary()) + "\n", "strong"


def read_lines(plan: Told, lang: str) -> Iterator[Segment]:
    """How much of a document was read."""
    extent = plan.document
    if extent is None:
        return
    path = inert(plan.path)
    yield word("documents.summary", lang, path=path, figures=extent.figures, unplaced=extent.unplaced, tables=extent.tables) + "\n", "plain"
    if extent.textless_pages:
        pages = ", ".join(str(page) for page in extent.textless_pages[:20]) + ("…" if len(extent.textless_pages) > 20 else "")
        yield word("documents.textless", lang, path=path, count=len(extent.textless_pages), pages=pages) + "\n", "warning"


def _case(case: Case, plan: Told, lang: str) -> Iterator[Segment]:
    """The repair first, then the contradictions it settles."""
    severity = word(case.severity.word, lang)
    yield f"── {word('case', lang, number=case.number, severity=severity, count=len(case.findings))}\n", case.severity.word
    for index, line in enumerate(repairs.lines(case, lang)):
        lead = word("likeliest", lang) if index == 0 else " " * width_of(word("likeliest", lang))
        yield f"  {lead}  {inert(line)}\n", "strong" if index == 0 else "plain"
    yield "\n", "plain"
    for finding in case.findings:
        yield from _finding(finding, plan, lang)


def headline(finding: Finding, lang: str) -> str:
    """``path:line:column severity code message``, one line."""
    return f"{_place(finding)} {word(finding.severity.word, lang)} {finding.code} {inert(message_of(finding, lang))}"


def _place(finding: Finding) -> str:
    """``path:line:column``; a path that would begin a line with a command to a CI runner does not."""
    path = inert(finding.path)
    return f"{'./' if path.startswith('::') else ''}{path}:{finding.span.line}:{finding.span.column}"


def accepted_line(accepted: Accepted, lang: str) -> str:
    """The headline of a finding that does not count, and why it does not."""
    finding = accepted.finding
    return f"{_place(finding)} {word('accepted', lang)} {finding.code} {inert(message_of(finding, lang))} · {inert(why(accepted.acceptance, lang))}"


def _finding(finding: Finding, plan: Told | None, lang: str) -> Iterator[Segment]:
    yield f"{_place(finding)} ", "dim"
    yield f"{word(finding.severity.word, lang)} {finding.code} ", finding.severity.word
    yield inert(message_of(finding, lang)) + "\n", "strong"
    title = inert(BY_CODE[finding.code].title[lang == "en"])
    if finding.at:
        yield f"  {inert(finding.at)} · {title}\n", "dim"
    if plan is not None:
        yield from _excerpt(finding, plan)
    if finding.derivation:
        yield f"  {word('derivation', lang)}  {inert(finding.derivation)}\n", "plain"
    if finding.expected is not None:
        gap = f"  {word('difference', lang)} {inert(finding.difference)}" if finding.difference else ""
        yield (
            f"  {word('printed', lang)} {inert(finding.actual or '')}  {word('computed', lang)} {inert(finding.expected)}{gap}\n",
            "plain",
        )
    others = [cell for cell in finding.cells if cell.span != finding.span]
    if 0 < len(others) <= 8:
        places = "、".join(f"{inert(c.text)} ({c.span.line}:{c.span.column}{' ' + inert(c.at) if c.at else ''})" for c in others)
        yield f"  {word('related', lang)}  {places}\n", "dim"
    if because := because_of(finding, lang):
        yield f"  {word('reading', lang)}  {inert(because)}\n", "plain"
    yield "\n", "plain"


def _excerpt(finding: Finding, plan: Told) -> Iterator[Segment]:
    """The line of the figure and a mark beneath it; the bar keeps it from being a command to a CI runner."""
    found = excerpt(finding.span, plan.line(finding.span.line))
    if found is None:
        return
    lead, tail = "…" if found.cut_left else "", "…" if found.cut_right else ""
    yield f"  │ {lead}{inert(found.shown)}{tail}\n", "plain"
    mark = "~" * max(1, width_of(inert(found.marked)))
    yield "  │ " + " " * (width_of(lead) + width_of(inert(found.before))) + mark + "\n", finding.severity.word


def width_of(text: str) -> int:
    """Terminal columns: wide characters take two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
