"""The report as GitHub-flavoured Markdown, in which nothing of a plan is markup, mention, reference or link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from fireaudit.brief import Overview, Told
from fireaudit.files import relative
from fireaudit.findings import Accepted, Finding
from fireaudit.messages import message_of, why, word
from fireaudit.reports import repairs
from fireaudit.reports.quote import plain

_BREAK = "&#8203;"
"""A space of no width. Mentions, references and links are found in the rendered text, where no backslash helps."""
_CALLS = re.compile(r"@(?=\w)|#(?=\w)|!(?=\d)|\bGH-(?=\d)|:(?=//)|:(?=[\w+-]+:)|\bwww(?=\.)|\bmailto:|\bxmpp:", re.IGNORECASE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LEADING = re.compile(r"^(\d*)([-+=.)])")
"""What starts a list, a rule or a heading where a line begins."""
_MARKUP = re.compile(r"[&<>\\`*_{}\[\]|~$#^]")


def render(audit: Overview, lang: str) -> str:
    cells = sum(plan.figures for plan in audit.plans)
    parts = ["# fireaudit", word("summary", lang, plans=len(audit.plans), cells=cells, **audit.summary())]
    if audit.older:
        parts.append(word("change.older", lang, count=audit.older, revision=escape(audit.since)))
    parts += [part for plan in audit.plans for part in _cases(plan, lang)]
    if audit.findings:
        parts.append("\n".join([*_head(lang), *(_row(finding, lang) for finding in audit.findings)]))
    if audit.accepted:
        parts.append(word("accepted_count", lang, count=len(audit.accepted)))
        parts.append("\n".join([*_head(lang), *(_accepted(accepted, lang) for accepted in audit.accepted)]))
    return "\n\n".join(parts) + "\n"


def table(title: str, findings: Iterable[Finding], accepted: Iterable[Accepted], lang: str, room: int) -> str:
    """A heading and as many rows as fit into ``room`` bytes, with a last line where some do not."""
    head = f"### fireaudit\n\n{escape(title)}\n\n" + "\n".join(_head(lang)) + "\n"
    rows = [*(_row(finding, lang) + "\n" for finding in findings), *(_accepted(one, lang) + "\n" for one in accepted)]
    room -= len(head.encode()) + len(_left_out(len(rows), lang).encode())
    if room < 0:
        return ""
    kept = 0
    for row in rows:
        room -= len(row.encode())
        if room < 0:
            break
        kept += 1
    return head + "".join(rows[:kept]) + (_left_out(len(rows) - kept, lang) if kept < len(rows) else "")


def _left_out(count: int, lang: str) -> str:
    return "\n" + word("left_out", lang, count=count) + "\n"


def escape(text: str) -> str:
    """Text that reads the same once rendered."""
    parts = []
    last = 0
    line = plain(text)
    for call in _CALLS.finditer(line):
        parts += [_literal(line[last : call.end()]), _BREAK]
        last = call.end()
    return _LEADING.sub(r"\1\\\2", "".join([*parts, _literal(line[last:])]))


def _literal(text: str) -> str:
    return _MARKUP.sub(lambda found: _ENTITIES.get(found[0], "\\" + found[0]), text)


def _cases(plan: Told, lang: str) -> Iterator[str]:
    if plan.cases:
        yield f"## {escape(plan.title or relative(plan.path))}"
    for case in plan.cases:
        head = word("case", lang, number=case.number, severity=word(case.severity.word, lang), count=len(case.findings))
        yield f"**{head}** " + escape(word("comma", lang).join(f"{f.code} {f.span.line}:{f.span.column}" for f in case.findings))
        yield "\n".join(f"- {escape(line)}" for line in repairs.lines(case, lang))


def _head(lang: str) -> list[str]:
    names = [word(key, lang) for key in ("severity", "place", "rule", "finding", "derivation")]
    return ["| " + " | ".join(names) + " |", "|---" * len(names) + "|"]


def _accepted(accepted: Accepted, lang: str) -> str:
    return _row(accepted.finding, lang, word("accepted", lang), why(accepted.acceptance, lang))


def _row(finding: Finding, lang: str, standing: str = "", reason: str = "") -> str:
    place = f"{relative(finding.path)} {finding.span.line}:{finding.span.column}" + (f" {finding.at}" if finding.at else "")
    cells = [place, finding.code, message_of(finding, lang), reason or finding.derivation or ""]
    return f"| {standing or word(finding.severity.word, lang)} | " + " | ".join(escape(cell) for cell in cells) + " |"
