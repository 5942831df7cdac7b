"""What changed between versions of plans: for a terminal, as a short comment for a pull request, and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fireaudit import __version__
from fireaudit.cases import Case
from fireaudit.change.compare import Change, Compared, Fate, Figure, FigureChange, FindingChange
from fireaudit.checks.relation import Outcome
from fireaudit.files import relative
from fireaudit.findings import Finding, Severity
from fireaudit.messages import inert, message_of, word
from fireaudit.plan.listed import listed
from fireaudit.plan.model import Cell
from fireaudit.quantity import spell
from fireaudit.reports import repairs
from fireaudit.reports.machine import dump
from fireaudit.reports.markdown import escape
from fireaudit.reports.text import Segment

LISTED = 40
"""Figures of one kind in the text report."""
FEW, WIDTH, ROOM = 15, 160, 60_000
"""Lines of one kind, characters of a piece of text, and characters in all of a comment."""

TOLD = (Fate.NEW, Fate.ALTERED, Fate.SETTLED, Fate.UNASSESSED, Fate.WITHDRAWN)
_SIGNS = {Figure.CHANGED: "~", Figure.REREAD: "≈", Figure.ADDED: "+", Figure.VANISHED: "-"}


def summary(compared: Sequence[Compared]) -> dict[str, int]:
    """How many plans, how many of them changed, what is newly broken by severity, and what is settled."""
    findings = [change for one in compared for change in one.change.findings]
    broken = {severity.word: sum(change.breaks is severity for change in findings) for severity in reversed(Severity)}
    settled = sum(change.fate is Fate.SETTLED for change in findings)
    return {"plans": len(compared), "differ": sum(not one.change.same for one in compared), **broken, "settled": settled}


def render(compared: Sequence[Compared], lang: str) -> str:
    return "".join(text for text, _ in segments(compared, lang))


def segments(compared: Sequence[Compared], lang: str) -> Iterator[Segment]:
    """In styled pieces; no line begins with text of a plan."""
    for one in compared:
        if not one.change.same:
            yield from _plan(one, lang)
    yield word("change.summary", lang, **summary(compared)) + "\n", "strong"


def _plan(one: Compared, lang: str) -> Iterator[Segment]:
    change = one.change
    yield f"━━ {inert(_versions(one))}  {inert(_title(change))}\n", "strong"
    yield f"  {_about(change, lang)}\n", "plain"
    for kind, sign in _SIGNS.items():
        found = [figure for figure in change.figures if figure.kind is kind]
        for figure in found[:LISTED]:
            yield f"  {sign} {inert(_label(figure))}  {inert(_texts(figure, lang))}", "plain"
            yield f"  [{inert(_where(figure, lang))}]\n", "dim"
        if len(found) > LISTED:
            yield f"  {sign} {word('change.more', lang, count=len(found) - LISTED)}\n", "dim"
    for renamed in change.renamed:
        yield f"  = {inert(word('change.renamed', lang, old=renamed.old, new=renamed.new, figures=renamed.figures))}\n", "plain"
    for fate in TOLD:
        yield from _findings([found for found in change.findings if found.fate is fate], fate, one, lang)
    if change.lost:
        yield f"  ── {word('change.lost', lang)}\n", "warning"
    for outcome in change.lost:
        yield f"    · {inert(_lost(outcome, lang))}\n", "plain"
    if change.new_cases:
        yield f"  ── {word('change.new_cases', lang)}\n", "strong"
    for case in change.new_cases:
        yield f"    · {word(case.severity.word, lang)} {inert(_repair(case, change, lang))}\n", "plain"
    yield from ((f"  {line}\n", "dim") for line in _rest(change, lang))
    yield "\n", "plain"


def _findings(found: Sequence[FindingChange], fate: Fate, one: Compared, lang: str) -> Iterator[Segment]:
    if found:
        worst = max(_of(change).severity for change in found)
        yield f"  ── {word('change.' + fate.value, lang)} {len(found)}\n", worst.word if fate is Fate.NEW else "strong"
    for change in found:
        finding = _of(change)
        label = (one.new if change.new else one.old) or ""
        yield f"    · {inert(label)}:{finding.span.line}:{finding.span.column} ", "dim"
        yield f"{word(finding.severity.word, lang)} {finding.code} ", finding.severity.word
        yield f"{inert(message_of(finding, lang))}\n", "plain"
        if finding.derivation and change.new:
            yield f"      {word('derivation', lang)}  {inert(finding.derivation)}\n", "dim"


def _of(change: FindingChange) -> Finding:
    finding = change.new or change.old
    assert finding is not None
    return finding


def _versions(one: Compared) -> str:
    return " → ".join(dict.fromkeys(label for label in (one.old, one.new) if label))


def _title(change: Change) -> str:
    side = change.new or change.old
    return side.plan.title if side else ""


def _about(change: Change, lang: str) -> str:
    """What happened to the plan as a whole."""
    if change.new is None:
        return word("change.removed_plan", lang)
    if change.old is None:
        return word("change.added_plan", lang, cells=len(change.new.plan.cells))
    if change.unreadable:
        return word("change.unreadable", lang)
    counts = [word("change." + kind.value, lang, count=change.count(kind)) for kind in Figure if change.count(kind)]
    return ("，" if lang == "zh" else ", ").join(counts) or word("change.no_figures", lang)


def _rest(change: Change, lang: str) -> Iterator[str]:
    if change.gone_cases:
        yield word("change.gone_cases", lang, count=len(change.gone_cases))
    if standing := change.count(Fate.STANDING):
        yield word("change.standing", lang, count=standing)


def _label(figure: FigureChange) -> str:
    cell = figure.new or figure.old
    return (cell.label or cell.name) if cell else ""


def _texts(figure: FigureChange, lang: str) -> str:
    """``3 → 4``; one text where there is no other; with the units where the text is read in another one."""
    return " → ".join(_text(cell, figure.kind, lang) for cell in (figure.old, figure.new) if cell)


def _text(cell: Cell, kind: Figure, lang: str) -> str:
    text = cell.text or word("change.blank", lang)
    return f"{text} ({cell.quantity.interval} {spell(cell.quantity.unit.dimension)})" if kind is Figure.REREAD else text


def _where(figure: FigureChange, lang: str) -> str:
    """Place in the document and line, and what they were if that is something else."""
    old, new = figure.old, figure.new
    now = new or old
    assert now is not None
    parts = [now.at, word("at_line", lang, line=now.span.line)]
    if old and new:
        parts.append(word("change.was_line", lang, line=old.span.line) if old.span.line != new.span.line else "")
        parts.append(word("change.was_at", lang, at=old.at) if old.at not in ("", new.at) else "")
    return " · ".join(part for part in parts if part)


def _lost(outcome: Outcome, lang: str) -> str:
    missing = word("lacking", lang, missing=listed(dict.fromkeys(outcome.missing)))
    return f"{outcome.relation.code} {_cut(_stated(outcome))} — {missing}"


def _repair(case: Case, change: Change, lang: str) -> str:
    """The likeliest repair and how sure it is; one that takes back what the change did goes before all others."""
    suspect = change.suspect(case)
    if suspect is not None and not case.certain:
        return word("change.suspect", lang, what=repairs.what(suspect, lang), count=len(case.repairs) + case.unlisted)
    return "  ".join(repairs.lines(case, lang)[:2])


def _stated(outcome: Outcome) -> str:
    relation = outcome.relation
    return f"{relation.left.text()} {relation.op} {relation.right.text()}"


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def markdown(compared: Sequence[Compared], lang: str) -> str:
    """A short comment: what changed, what that broke and settled; never longer than a comment may be."""
    parts = ["### fireaudit", word("change.summary", lang, **summary(compared))]
    changed = [one for one in compared if not one.change.same]
    room = ROOM - sum(len(part) + 2 for part in parts)
    for index, one in enumerate(changed):
        section = "\n\n".join(_section(one, lang))
        room -= len(section) + 2
        if room < 0:
            parts.append(word("change.more_plans", lang, count=len(changed) - index))
            break
        parts.append(section)
    return "\n\n".join(parts) + "\n"


def _section(one: Compared, lang: str) -> Iterator[str]:
    change = one.change
    yield f"#### {_escaped(relative(one.label) if one.new else one.label)}"
    yield _about(change, lang)
    for fate in TOLD:
        found = [finding for finding in change.findings if finding.fate is fate]
        if found:
            yield f"**{word('change.' + fate.value, lang)}** {len(found)}"
            yield _listed([_item(_of(finding), lang) for finding in found], lang)
    figures = [figure for figure in change.figures if figure.kind in _SIGNS]
    if figures:
        head = [word(key, lang) for key in ("change.figure", "change.before", "change.after", "place")]
        rows = [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *(_row(figure, lang) for figure in figures[:FEW])]
        yield "\n".join(rows)
        if len(figures) > FEW:
            yield word("change.more", lang, count=len(figures) - FEW)
    if change.renamed:
        yield _listed([_escaped(word("change.renamed", lang, old=r.old, new=r.new, figures=r.figures)) for r in change.renamed], lang)
    if change.lost:
        yield f"**{word('change.lost', lang)}** {len(change.lost)}"
        yield _listed([_escaped(_lost(outcome, lang)) for outcome in change.lost], lang)
    if change.new_cases:
        yield f"**{word('change.new_cases', lang)}** {len(change.new_cases)}"
        yield _listed([_escaped(_repair(case, change, lang)) for case in change.new_cases], lang)
    yield from _rest(change, lang)


def _listed(items: Sequence[str], lang: str) -> str:
    more = [word("change.more", lang, count=len(items) - FEW)] if len(items) > FEW else []
    return "\n".join(f"- {item}" for item in [*items[:FEW], *more])


def _item(finding: Finding, lang: str) -> str:
    where = " · ".join(part for part in (word("at_line", lang, line=finding.span.line), finding.at) if part)
    derivation = f" — {_escaped(finding.derivation)}" if finding.derivation else ""
    return f"{word(finding.severity.word, lang)} {finding.code} {_escaped(message_of(finding, lang))} ({_escaped(where)}){derivation}"


def _row(figure: FigureChange, lang: str) -> str:
    texts = ["" if cell is None else _text(cell, figure.kind, lang) for cell in (figure.old, figure.new)]
    return "| " + " | ".join(_escaped(text) for text in (_label(figure), *texts, _where(figure, lang))) + " |"


def _escaped(text: str) -> str:
    return escape(_cut(text))


def document(compared: Sequence[Compared], lang: str) -> str:
    """Version 1: the contract of ``schemas/diff.schema.json``."""
    tool = {"name": "fireaudit", "version": __version__}
    return dump({"version": 1, "tool": tool, "plans": [_entry(one, lang) for one in compared], "summary": summary(compared)})


def _entry(one: Compared, lang: str) -> dict[str, object]:
    change = one.change
    status = "added" if change.old is None else "removed" if change.new is None else "unchanged" if change.same else "changed"
    return {
        "old": one.old,
        "new": one.new,
        "title": _title(change),
        "status": status,
        "unreadable": change.unreadable,
        "figures": [{"change": figure.kind.value, "label": _label(figure), "old": _cell(figure.old), "new": _cell(figure.new)} for figure in change.figures],
        "renamed": [{"old": renamed.old, "new": renamed.new, "figures": renamed.figures} for renamed in change.renamed],
        "findings": [
            {"change": found.fate.value, "breaks": found.breaks is not None, "old": _finding(found.old, lang), "new": _finding(found.new, lang)}
            for found in change.findings
            if found.fate is not Fate.STANDING
        ],
        "standing": change.count(Fate.STANDING),
        "relations": {"old": change.old.counts() if change.old else None, "new": change.new.counts() if change.new else None},
        "lost": [{"code": o.relation.code, "relation": _stated(o), "missing": list(dict.fromkeys(o.missing))} for o in change.lost],
        "cases": {"new": _cases(change.new_cases, change, lang), "gone": _cases(change.gone_cases, change, lang)},
    }


def _cell(cell: Cell | None) -> dict[str, object] | None:
    if cell is None:
        return None
    quantity = cell.quantity
    reading = None if quantity.missing else str(quantity.interval)
    return {
        "name": cell.name,
        "text": cell.text,
        "at": cell.at or None,
        "line": cell.span.line,
        "column": cell.span.column,
        "reading": reading,
        "unit": spell(quantity.unit.dimension),
    }


def _finding(finding: Finding | None, lang: str) -> dict[str, object] | None:
    if finding is None:
        return None
    return {
        "code": finding.code,
        "severity": finding.severity.word,
        "message": message_of(finding, lang),
        "at": finding.at or None,
        "line": finding.span.line,
        "column": finding.span.column,
        "derivation": finding.derivation,
        "fingerprint": finding.fingerprint,
    }


def _cases(found: Iterable[Case], change: Change, lang: str) -> list[dict[str, object]]:
    return [{"fingerprint": case.fingerprint, "severity": case.severity.word, "repair": _repair(case, change, lang)} for case in found]
