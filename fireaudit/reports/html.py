"""The reviewer's desk: the audit as one page that needs no network, no server and no other file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from fireaudit import __version__
from fireaudit.app import Audit, Audited
from fireaudit.cases import Case, Correction
from fireaudit.checks.relation import Verdict
from fireaudit.diagnosis.coverage import Cover
from fireaudit.files import CannotAudit, relative
from fireaudit.findings import Accepted, Finding, Severity
from fireaudit.messages import in_points, message_of, signs, word
from fireaudit.plan.model import Cell, Column, Row, Table
from fireaudit.reports import coverage, dossier, plots, repairs
from fireaudit.reports.bilingual import LANGS, Both, both, environment, words
from fireaudit.reports.dossier import Dossier, Dossiers
from fireaudit.reports.excerpt import Excerpt, excerpt
from fireaudit.rules import BY_CODE
from fireaudit.words.html import WORDS

WORST = 3
CHIPS = 12
"""So many figures of one finding are offered for a click; its derivation shows them all."""
LISTED = 400
STANDINGS = ("suspect", "candidate", "involved", "rounding", "not_assessable", "untouched", "exact")
SHORT = 80
"""A derivation of more characters says less at a glance than what it comes to."""
WIDE = 9
"""A table of more columns is printed across the page."""


MOST_FIGURES, MOST_RELATED = 30_000, 200_000
"""Figures on the page of one plan, and figures in all its relations together."""
MOST_BYTES = 25_000_000
"""Of a page as it is written."""


def render(audit: Audit, lang: str) -> str:
    """Raises ``CannotAudit`` for a plan whose page no browser would bear."""
    for audited in audit.plans:
        related = sum(len(outcome.relation.cells()) for outcome in audited.outcomes)
        if len(audited.plan.cells) > MOST_FIGURES or related > MOST_RELATED:
            raise CannotAudit("html_too_large", path=audited.path, limit=str(MOST_FIGURES), related=str(MOST_RELATED))
    plans = [Desk(number, audited) for number, audited in enumerate(audit.plans)]
    style, script = _asset("desk.css"), _asset("desk.js")
    extra = [Told(f"x{number}", finding, None, {}) for number, finding in enumerate(audit.extra)]
    found = [told.finding for desk in plans for told in desk.all_told()] + list(audit.extra)
    page = (
        environment(lang, _asset)
        .get_template("page.html")
        .render(
            say=lambda key, **arguments: words(f"html.{key}", **arguments),
            known=WORDS,
            plots=plots,
            short=SHORT,
            standings=STANDINGS,
            lang=lang,
            version=__version__,
            plans=plans,
            extra=extra,
            worst=_worst(plans),
            remarks=_remarks(audit),
            severities=[(severity.word, sum(f.severity is severity for f in found)) for severity in reversed(Severity)],
            families=[(family, _family(family)) for family in sorted({finding.code[:3] for finding in found})],
            style=style,
            script=script,
            policy=_policy(style, script),
            data={"words": _panel_words(), "plans": [desk.data() for desk in plans]},
        )
    )
    if len(page.encode("utf-8", "backslashreplace")) > MOST_BYTES:
        raise CannotAudit("html_too_long", limit=str(MOST_BYTES))
    return page


def _remarks(audit: Audit) -> list[Both]:
    """What this page does not show, or was not looked for."""
    left_out = dict.fromkeys(code for plan in audit.plans for code in plan.settings.unapplied())
    told = [words("change.older", count=audit.older, revision=audit.since)] if audit.older else []
    return told + ([words("not_applied", codes=" ".join(left_out))] if left_out else [])


def _asset(name: str) -> str:
    return (files("fireaudit.reports") / "desk" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing runs, loads or is sent but this style and this script; no text ever becomes markup."""
    allowed = "; ".join(f"{kind}-src '{_digest(text)}'" for kind, text in (("style", style), ("script", script)))
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _family(family: str) -> Both:
    return both(lambda lang: f"{family} {word(f'html.family_{family}', lang)}")


def _panel_words() -> dict[str, Both]:
    """What the script says by itself."""
    own = ["shown", "none_shown", "go", "other_figures", "no_relation", "more", *(key for key in WORDS if key.startswith("key_"))]
    shared = ("place", "reads", "cover", "cases", "relations", "elsewhere", "accepted")
    verdicts = [f"verdict_{verdict}" for verdict in dossier.MARKS]
    return {key: words(f"html.{key}") if key not in ("shown", "more") else Both(*WORDS[key]) for key in own} | {
        key: words(f"dossier.{key}") for key in (*shared, *verdicts)
    }


# What the page shows of a plan


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell as it is drawn: its number in the plan, and the classes that colour it."""

    plan: int
    index: int
    text: str
    standing: str
    cover: str

    @property
    def title(self) -> Both:
        return words(f"html.key_{self.standing}")

    @property
    def id(self) -> str:
        return f"p{self.plan}c{self.index}"


class Told:
    """A finding with all that is shown of it."""

    def __init__(self, id: str, finding: Finding, audited: Audited | None, figures: dict[str, Figure]) -> None:
        self.id, self.finding = id, finding
        self.severity, self.family = finding.severity.word, finding.code[:3]
        self.title = Both(*BY_CODE[finding.code].title)
        self.expected = finding.expected and signs(finding.expected)
        self.lead = "printed" if finding.is_printed else "comes_to"
        self.difference = both(lambda lang: in_points(finding.difference or "", lang)) if finding.difference else None
        self.check = finding.arguments.get("check", "") if finding.arguments.get("label") and finding.derivation else ""
        self.message = both(self._message)
        self.path = relative(finding.path) if audited is None else ""
        self.line = words("dossier.line_column", line=finding.span.line, column=finding.span.column)
        self.excerpt: Excerpt | None = excerpt(finding.span, audited.line(finding.span.line)) if audited else None
        if self.excerpt and not self.excerpt.shown.strip():
            self.excerpt = None
        known = [figures[cell.name] for cell in finding.cells if cell.name in figures]
        self.figures, self.further = known[:CHIPS], len(known[CHIPS:])

    def _message(self, lang: str) -> str:
        """The message; a check of the plan's own is shown apart, for whoever does not read formulas."""
        if not self.check:
            return message_of(self.finding, lang)
        label, title = self.finding.arguments["label"], self.title
        return f"{label}：{title.zh}" if lang == "zh" else f"{label}: {title.en[:1].lower()}{title.en[1:]}"


@dataclass(frozen=True, slots=True)
class Change:
    """A correction as it is drawn."""

    figure: Figure | None
    text: str
    becomes: Both
    label: str
    at: str
    line: Both
    slip: Both | None


class Shown:
    """A case with its repairs and findings."""

    def __init__(self, plan: int, number: int, case: Case, told: list[Told], figures: dict[str, Figure]) -> None:
        self.id, self.number, self.case, self.told = f"p{plan}k{number}", number, case, told
        self.severity = case.severity.word
        self.verdict = both(lambda lang: repairs.verdict(case, lang))
        self.repairs = [[_change(c, figures) for c in repair.corrections] for repair in case.repairs[: repairs.DETAILED]]
        self.further = [Both(*texts) for texts in zip(*(repairs.further(case, lang) for lang in LANGS), strict=True)]
        self.count = len(case.repairs) + case.unlisted
        self.plainest = min(told, key=lambda one: (-one.finding.severity, bool(one.check)))


def _change(correction: Correction, figures: dict[str, Figure]) -> Change:
    cell = correction.cell
    slip = words(f"slip_{correction.slip}") if correction.slip else None
    becomes = both(lambda lang: repairs.becomes(correction, lang))
    line = words("at_line", line=cell.span.line)
    return Change(figures.get(cell.name), cell.text or "–", becomes, correction.label or cell.name, cell.at, line, slip)


_UNREAD = ("FA001", "FA004")
"""Findings that say that a part of the file, or all of it, was not read."""


class Desk:
    """One plan: everything is numbered here once, so that the page and its data speak of the same things."""

    def __init__(self, number: int, audited: Audited) -> None:
        self.number, self.audited, self.plan = number, audited, audited.plan
        self.path = relative(audited.source.path)
        self.title = audited.plan.title or self.path
        self.unread = audited.unread or any(finding.code in _UNREAD for finding in audited.findings)
        dossiers = Dossiers(audited)
        self.dossiers = [dossiers.of(name) for name in audited.plan.cells]
        self.figures = {
            d.cell.name: Figure(number, index, d.cell.text.strip() or "–", _standing(d), d.cover.cover.value) for index, d in enumerate(self.dossiers)
        }
        in_case = {id(finding) for case in audited.cases for finding in case.findings}
        ids = iter(range(len(audited.findings) + sum(len(case.findings) for case in audited.cases)))
        self.cases = [Shown(number, case.number, case, [self._told(ids, finding) for finding in case.findings], self.figures) for case in audited.cases]
        self.others = [self._told(ids, finding) for finding in _gravest(f for f in audited.findings if id(f) not in in_case)]
        self.accepted = [(self._told(iter([f"a{index}"]), a.finding), a.acceptance) for index, a in enumerate(audited.accepted)]

    def _told(self, ids: Iterator[object], finding: Finding) -> Told:
        return Told(f"p{self.number}f{next(ids)}", finding, self.audited, self.figures)

    def all_told(self) -> list[Told]:
        return [*(told for case in self.cases for told in case.told), *self.others]

    # As printed

    @property
    def tables(self) -> list[Drawn]:
        return [Drawn(table, self) for table in self.plan.tables.values()]

    def figure(self, cell: Cell | None) -> Figure | None:
        return self.figures[cell.name] if cell else None

    def years(self) -> list[int]:
        return sorted({year for indicator in self.plan.indicators.values() for year in indicator.targets})

    def trajectories(self) -> list[plots.Plot]:
        return [plot for indicator in self.plan.indicators.values() if (plot := plots.trajectory(indicator))]

    # Coverage

    def totals(self) -> list[tuple[str, str, int]]:
        """Kind, symbol and number, best covered first."""
        found = coverage.totals({d.cell.name: d.cover for d in self.dossiers})
        return [(kind, coverage.SYMBOLS[Cover(kind)].strip(), number) for kind, number in found.items()]

    def pinned(self) -> tuple[int, int, str]:
        part, whole = coverage.pinned({d.cell.name: d.cover for d in self.dossiers})
        return part, whole, coverage.percent(part, whole)

    def bar(self) -> list[tuple[str, int, int]]:
        """Kind, left end and width of its part of a bar 1000 wide."""
        whole, left, parts = max(1, len(self.dossiers)), 0, []
        for kind, _, number in self.totals():
            parts.append((kind, left * 1000 // whole, number * 1000 // whole))
            left += number
        return parts

    def untouched(self) -> tuple[list[tuple[Figure, str, str]], int]:
        found = [d.cell for d in self.dossiers if d.cover.cover is Cover.UNTOUCHED]
        return [(self.figures[cell.name], cell.label or cell.name, cell.at) for cell in found[:LISTED]], len(found[LISTED:])

    def holding(self) -> tuple[int, int]:
        counts = self.audited.counts()
        return counts[Verdict.EXACT.value] + counts[Verdict.POSSIBLE.value], sum(counts.values())

    # For the panel

    def data(self) -> dict[str, object]:
        return {
            "figures": [self._of_figure(d) for d in self.dossiers],
            "relations": [
                {
                    "code": outcome.relation.code,
                    "verdict": dossier.verdict_of(outcome),
                    "must": both(lambda lang, r=outcome.relation: dossier.must(r, lang)),  # type: ignore[misc]
                    "subject": dossier.subject(outcome.relation),
                    "text": both(lambda lang, o=outcome: dossier.derivation(o, lang)),  # type: ignore[misc]
                    "figures": [self.figures[name].index for name in outcome.relation.cells() if name in self.figures],
                }
                for outcome in self.audited.outcomes
            ],
        }

    def _of_figure(self, found: Dossier) -> dict[str, object]:
        figure, cell = self.figures[found.cell.name], found.cell
        said: dict[str, object] = {
            "name": cell.name,
            "label": cell.label or cell.name,
            "text": figure.text,
            "standing": figure.standing,
            "cover": figure.cover,
            "at": both(lambda lang: dossier.place(cell, lang)),
            "reads": both(lambda lang: dossier.reading(cell.quantity, lang)),
            "checked": both(lambda lang: dossier.cover(found, lang)),
        }
        lists: dict[str, list[Any]] = {
            "relations": [related.index for related in found.related],
            "elsewhere": [self.figures[other.name].index for other in found.elsewhere],
            "cases": [[f"p{self.number}k{i.number}", text] for i in found.involved for text in _blames(i)],
            "accepted": [_accepted(accepted) for accepted in found.accepted],
        }
        return said | {key: values for key, values in lists.items() if values}


def _standing(found: Dossier) -> str:
    """How a figure looks: to blame for sure, perhaps, or only beside what is wrong; else as its relations say."""
    if any(involved.repairs and involved.case.certain for involved in found.involved):
        return "suspect"
    if any(involved.repairs or not _known(involved.case) for involved in found.involved):
        return "candidate"
    verdicts = {related.verdict for related in found.related}
    if "violated" in verdicts:
        return "involved"
    if any(related.verdict == "rounding" and related.outcome.relation.focus == found.cell for related in found.related):
        return "rounding"
    if verdicts & {"exact", "possible", "rounding"}:
        return "exact"
    return "not_assessable" if verdicts else found.cover.cover.value


def _known(case: Case) -> bool:
    """All smallest repairs are there, so that a figure none of them changes need not be wrong."""
    return bool(case.repairs) and case.complete and not case.unlisted


def _blames(involved: dossier.Involved) -> list[Both]:
    return [Both(*texts) for texts in zip(*(dossier.blame(involved, lang) for lang in LANGS), strict=True)]


def _accepted(accepted: Accepted) -> Both:
    return both(lambda lang: f"{accepted.finding.code} {message_of(accepted.finding, lang)} — {accepted.acceptance.reason}")


def _gravest(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (-finding.severity, finding.sort_key()))


def _worst(plans: list[Desk]) -> list[tuple[Desk, Shown | None, Told]]:
    """What to look at first in all plans: the gravest cases, those with one repair before others, then other findings."""
    found: list[tuple[tuple[object, ...], tuple[Desk, Shown | None, Told]]] = []
    for desk in plans:
        for case in desk.cases:
            key = (-case.case.severity, False, not case.case.certain, -len(case.told), desk.number, case.number)
            found.append((key, (desk, case, case.plainest)))
        for place, told in enumerate(desk.others):
            if told.finding.severity is not Severity.NOTE:
                found.append(((-told.finding.severity, True, True, 0, desk.number, place), (desk, None, told)))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])[:WORST]]


class Drawn:
    """A table as it is printed: rows of figures and texts, and its figures by year."""

    def __init__(self, table: Table, desk: Desk) -> None:
        self.table, self.desk = table, desk
        self.columns = list(table.columns.values())
        self.wide = len(self.columns) > WIDE
        self.rows = [*table.rows, *([table.total] if table.total else [])]
        self.plots = list(plots.schedules(table))

    def cell(self, row: Row, column: Column) -> tuple[Figure | None, str]:
        """The figure that stands there, or the text."""
        if column.name in row.cells:
            return self.desk.figures[row.cells[column.name].name], ""
        return None, row.texts[column.name][0] if column.name in row.texts else ""
