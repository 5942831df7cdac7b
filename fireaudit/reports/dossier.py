"""All that is known of one figure: its reading, its relations, what checks it, the cases it is in, where else it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from fireaudit.app import Audited
from fireaudit.cases import Case, Repair
from fireaudit.checks.derivation import derive
from fireaudit.checks.expression import Expression, Fused, Ref
from fireaudit.checks.relation import Outcome, Relation, Verdict
from fireaudit.diagnosis.coverage import Covered, covered
from fireaudit.diagnosis.network import Network
from fireaudit.files import CannotAudit
from fireaudit.findings import Accepted, Finding
from fireaudit.messages import in_points, word
from fireaudit.nearest import nearest
from fireaudit.plan.listed import listed
from fireaudit.plan.model import Cell, Plan
from fireaudit.plan.source import Span
from fireaudit.quantity import Change, Exact, Interval, Qualifier, Quantity, Rounding, Unit, amount, shown_in
from fireaudit.reports.repairs import short
from fireaudit.rules import BY_CODE
from fireaudit.words.dossier import WORDS

NAMED = 8
"""So many figures are named where a word may stand for several."""

K = TypeVar("K")
V = TypeVar("V")

MARKS = {"violated": "✗", "rounding": "≈", "possible": "✓", "exact": "✓", "not_assessable": "?"}


@dataclass(frozen=True, slots=True)
class Related:
    """A relation the figure takes part in, by its number in the plan."""

    index: int
    outcome: Outcome

    @property
    def verdict(self) -> str:
        return verdict_of(self.outcome)


@dataclass(frozen=True, slots=True)
class Involved:
    """A case the figure is in, by its number in the report, and those of its repairs, by rank, that change the figure."""

    number: int
    case: Case
    repairs: tuple[tuple[int, Repair], ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """``elsewhere``: the other cells that state the same quantity; ``findings`` need not come from a relation."""

    cell: Cell
    cover: Covered
    related: tuple[Related, ...]
    involved: tuple[Involved, ...]
    elsewhere: tuple[Cell, ...]
    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...]

    @property
    def standing(self) -> str:
        """The worst verdict on the figure; where no relation touches it, how it is covered."""
        found = {related.verdict for related in self.related}
        return next((verdict for verdict in MARKS if verdict in found), self.cover.cover.value)


class Dossiers:
    """The dossiers of a plan; what they share is worked out once."""

    def __init__(self, audited: Audited) -> None:
        self.plan = audited.plan
        self.outcomes = audited.outcomes
        self._network = Network(audited.plan, audited.outcomes)
        self._touching = _index((name, i) for i, outcome in enumerate(audited.outcomes) for name in outcome.relation.cells())
        self._cases = {case.number: case for case in audited.cases}
        self._involved = _index((name, number) for number, case in self._cases.items() for name in _names(case))
        at = {cell.span: cell.name for cell in audited.plan.cells.values()}
        self._findings = _index((name, finding) for finding in audited.findings for name in _about(finding, at))
        self._accepted = _index((name, accepted) for accepted in audited.accepted for name in _about(accepted.finding, at))

    def of(self, name: str) -> Dossier:
        related = tuple(Related(i, self.outcomes[i]) for i in self._touching.get(name, ()))
        return Dossier(
            self.plan.cells[name],
            covered(self._network, name),
            related,
            tuple(self._in_case(number, name) for number in self._involved.get(name, ())),
            tuple(_elsewhere(name, (r.outcome.relation for r in related))),
            tuple(self._findings.get(name, ())),
            tuple(self._accepted.get(name, ())),
        )

    def _in_case(self, number: int, name: str) -> Involved:
        case = self._cases[number]
        changing = tuple((rank, r) for rank, r in enumerate(case.repairs, 1) if any(c.cell.name == name for c in r.corrections))
        return Involved(number, case, changing)


def _index(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """The values of each key once, in order."""
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        values = found.setdefault(key, [])
        if not values or values[-1] is not value:
            values.append(value)
    return found


def _names(case: Case) -> Iterator[str]:
    names = [cell.name for finding in case.findings for cell in finding.cells]
    names += [correction.cell.name for repair in case.repairs for correction in repair.corrections]
    yield from dict.fromkeys(names)


def _about(finding: Finding, at: Mapping[Span, str]) -> Iterator[str]:
    """The cells that a finding mentions, and the one it stands at."""
    names = [cell.name for cell in finding.cells]
    here = at.get(finding.span)
    yield from dict.fromkeys([*names, *([here] if here else [])])


MOST_STATED = 100
"""Statements of one fact that are looked at for where else a figure stands."""


def _elsewhere(name: str, relations: Iterable[Relation]) -> Iterator[Cell]:
    """The cells that an equality sets equal to this one directly, not as part of a sum."""
    found: dict[str, Cell] = {}
    for relation in relations:
        if relation.op == "==":
            stated = list(islice(chain(_stated(relation.left), _stated(relation.right)), MOST_STATED))
            if any(cell.name == name for cell in stated):
                found.update((cell.name, cell) for cell in stated if cell.name != name)
    yield from found.values()


def _stated(expression: Expression) -> Iterator[Cell]:
    if isinstance(expression, Fused):
        for part in expression.parts:
            yield from _stated(part)
    elif isinstance(expression, Ref):
        yield expression.cell


def verdict_of(outcome: Outcome) -> str:
    return "rounding" if outcome.by_rounding else outcome.verdict.value


# In words


def reading(quantity: Quantity, lang: str) -> str:
    """What the printed text allows, in words."""
    interval = quantity.interval
    if interval is None:
        return word("dossier.reads_missing", lang)
    key = _reads(quantity, interval)
    unit = shown_in(quantity)
    text = word(f"dossier.{key}", lang, low=_end(interval.low, unit), high=_end(interval.high, unit))
    if quantity.change is Change.NONE:
        return text
    return text + word("semicolon", lang) + word(f"dossier.change_{quantity.change.value}", lang)


def _reads(quantity: Quantity, interval: Interval) -> str:
    if interval.is_point:
        return "reads_exact"
    if interval.low is None:
        return "reads_anything" if interval.high is None else "reads_less_than" if interval.high_open else "reads_at_most"
    if interval.high is None:
        return "reads_more_than" if interval.low_open else "reads_at_least"
    if quantity.rounding is Rounding.TRUNCATE and quantity.qualifier is Qualifier.ROUNDED:
        return "reads_truncated"
    hedged = (Qualifier.ROUNDED, Qualifier.ABOUT, Qualifier.ODD, Qualifier.NEARLY)
    return f"reads_{quantity.qualifier.value}" if quantity.qualifier in hedged else "reads_range"


def _end(value: Exact | None, unit: Unit) -> str:
    return "" if value is None else amount(value, unit)


def cover(dossier: Dossier, lang: str) -> str:
    """What checks the figure, by how many relations, and by how much it may change before one fails."""
    found = dossier.cover
    parts = [word(f"cover_{found.cover.value}", lang)]
    if found.equations or found.inequalities:
        parts.append(word("dossier.cover_counts", lang, equations=found.equations, inequalities=found.inequalities))
    play, unit = found.play, shown_in(dossier.cell.quantity)
    if play is not None and play.low is not None and play.high is not None:
        key = "play" if not play.is_point and 0 in play else "play_none" if 0 in play else "play_one" if play.is_point else "play_needed"
        parts.append(word(f"dossier.{key}", lang, low=in_points(amount(play.low, unit), lang), high=in_points(amount(play.high, unit), lang)))
    return " · ".join(parts)


def must(relation: Relation, lang: str) -> str:
    """What the relation demands, said as it should be; a rule without a phrase of its own lends its description."""
    key = f"must_{relation.code}"
    return word(f"dossier.{key}", lang) if key in WORDS else BY_CODE[relation.code].what[lang == "en"]


def subject(relation: Relation) -> str:
    """What the relation is about: the check as it was written, or table, row and label."""
    said = relation.arguments
    keys = ("check",) if said.get("check") else ("table", "row", "label", "of", "column", "year", "target")
    return " · ".join(said[key] for key in keys if said.get(key))


def derivation(outcome: Outcome, lang: str) -> str:
    text = derive(outcome).text
    if outcome.verdict is not Verdict.NOT_ASSESSABLE or not outcome.missing:
        return text
    return word("bracketed", lang, text=text, added=word("lacking", lang, missing=listed(dict.fromkeys(outcome.missing))))


def blame(involved: Involved, lang: str) -> list[str]:
    """What the repairs of a case say of the figure."""
    told = {"number": involved.number, "severity": word(involved.case.severity.word, lang)}
    if not involved.repairs:
        return [word("dossier.involved", lang, **told)]
    key = "dossier.blamed_only" if involved.case.certain else "dossier.blamed"
    return [word(key, lang, rank=rank, repair=short(repair, lang), **told) for rank, repair in involved.repairs]


def place(cell: Cell, lang: str) -> str:
    where = word("dossier.line_column", lang, line=cell.span.line, column=cell.span.column)
    return " · ".join(part for part in (cell.at, where) if part)


# Which figure is meant

_AT = re.compile(r"([0-9]{1,9})(?::([0-9]{1,9}))?")


def select(plan: Plan, wanted: str) -> list[Cell]:
    """The figures that a cell's name, LINE, LINE:COLUMN, a quantity, an indicator, a list or a label stands for. Raises ``CannotAudit``."""
    wanted = wanted.strip()
    if wanted in plan.cells:
        return [plan.cells[wanted]]
    if found := _of_entry(plan, wanted):
        return found
    if at := _AT.fullmatch(wanted):
        return _standing_at(plan, int(at[1]), int(at[2]) if at[2] else None, wanted)
    labelled = [cell for cell in plan.cells.values() if cell.label == wanted]
    labels = {name: entry.label for section in (plan.facts, plan.indicators) for name, entry in section.items()}
    entries = [_of_entry(plan, name) for name, label in labels.items() if label == wanted]
    if len(entries) == 1 and len(entries[0]) >= len(labelled):
        labelled = entries[0]
    elif len(labelled) > 1:
        known = listed(cell.name for cell in labelled[:NAMED]) + ("…" if len(labelled) > NAMED else "")
        raise CannotAudit("dossier.several", name=wanted, count=str(len(labelled)), known=known)
    if labelled:
        return labelled
    close = nearest(wanted, dict.fromkeys([*plan.cells, *plan.facts, *plan.indicators, *(cell.label for cell in plan.cells.values())]))
    raise CannotAudit("dossier.no_figure_close" if close else "dossier.no_figure", name=wanted[:80], close=close)


def _of_entry(plan: Plan, name: str) -> list[Cell]:
    if name in plan.facts:
        return [statement.cell for statement in plan.facts[name].statements if statement.cell]
    if name in plan.indicators:
        return plan.indicators[name].cells()
    count = plan.lists[name].count if name in plan.lists else None
    return [count] if count else []


def _standing_at(plan: Plan, line: int, column: int | None, wanted: str) -> list[Cell]:
    """The figures on a line, or the one under a column of it."""
    on_line = [cell for cell in plan.cells.values() if cell.span.line <= line <= cell.span.end_line]
    found = [cell for cell in on_line if column is None or cell.span[:2] <= (line, column) < cell.span[2:]]
    if not found:
        raise CannotAudit("dossier.no_figure_at", path=plan.path, place=wanted)
    return found
