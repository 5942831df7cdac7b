"""The change from one audit of a plan to the next, as frozen values: nothing here is worded, and no file is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from fireaudit.app import Audited
from fireaudit.brief import NEVER
from fireaudit.cases import Case, Repair
from fireaudit.change.align import pair
from fireaudit.change.match import Matched, Pair, Rename, match
from fireaudit.checks.relation import Outcome, Verdict
from fireaudit.config import LEVELS
from fireaudit.findings import CellMention, Finding, Severity
from fireaudit.plan.model import Cell


class Figure(Enum):
    """What became of a figure. ``REREAD``: the same text is read as another quantity; ``MOVED``: only its place is new."""

    CHANGED = "changed"
    REREAD = "reread"
    ADDED = "added"
    VANISHED = "vanished"
    MOVED = "moved"


_TOUCHED = (Figure.CHANGED, Figure.REREAD, Figure.ADDED)


class Fate(Enum):
    """What became of a finding. ``ALTERED``: it stands on other figures now; ``UNASSESSED``: gone only because a figure is
    missing; ``WITHDRAWN``: gone because nothing states the relation any more."""

    NEW = "new"
    ALTERED = "altered"
    SETTLED = "settled"
    UNASSESSED = "unassessed"
    WITHDRAWN = "withdrawn"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class FigureChange:
    kind: Figure
    old: Cell | None
    new: Cell | None


@dataclass(frozen=True, slots=True)
class FindingChange:
    fate: Fate
    old: Finding | None
    new: Finding | None

    @property
    def breaks(self) -> Severity | None:
        """How grave it is that the change broke this: where it is new, or graver than it was."""
        if self.new is None or (self.old is not None and self.old.severity >= self.new.severity):
            return None
        return self.new.severity


@dataclass(frozen=True, slots=True)
class Change:
    """One plan then and now; ``None`` where there was none. ``lost``: relations that a missing figure leaves unchecked now."""

    old: Audited | None
    new: Audited | None
    figures: tuple[FigureChange, ...] = ()
    renamed: tuple[Rename, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    lost: tuple[Outcome, ...] = ()
    new_cases: tuple[Case, ...] = ()
    gone_cases: tuple[Case, ...] = ()

    @property
    def unreadable(self) -> bool:
        """One version could not be read, so its figures say nothing."""
        return any(side is not None and side.unread for side in (self.old, self.new))

    def count(self, kind: Figure | Fate) -> int:
        return sum(change.kind is kind for change in self.figures) + sum(change.fate is kind for change in self.findings)

    def suspect(self, case: Case) -> Repair | None:
        """The likeliest repair that corrects nothing but figures of this change."""
        touched = {figure.new.name for figure in self.figures if figure.new and figure.kind in _TOUCHED}
        return next((repair for repair in case.repairs if all(c.cell.name in touched for c in repair.corrections)), None)

    @property
    def same(self) -> bool:
        """Nothing that a reviewer would want to be told."""
        told = any(change.fate is not Fate.STANDING for change in self.findings)
        return self.old is not None and self.new is not None and not (self.figures or self.renamed or self.lost or told)


@dataclass(frozen=True, slots=True)
class Compared:
    """A change with the words that name the two versions; ``None`` where there is no such version."""

    old: str | None
    new: str | None
    change: Change

    @property
    def label(self) -> str:
        return self.new or self.old or ""

    def fails(self, level: str | None = None) -> bool:
        """The change newly breaks something at the level given, else at that of the plan's settings, else an error."""
        own = self.change.new.settings.fail_level if self.change.new else None
        least = LEVELS.get(level or own or "error", NEVER)
        return any(found.breaks is not None and found.breaks >= least for found in self.change.findings)


def compare(old: Audited | None, new: Audited | None) -> Change:
    """What changed from ``old`` to ``new``; a plan that is new has only new findings, one that is gone has none."""
    if old is None or new is None:
        found = [FindingChange(Fate.NEW, None, finding) for finding in (new.findings if new else ())]
        return Change(old, new, findings=tuple(found), new_cases=new.cases if new else ())
    if old.unread or new.unread:
        matched = Matched((), (), {}, {})
    else:
        matched = match(old.plan, new.plan)
    before, after = _outcomes(old, matched), _outcomes(new)
    findings = tuple(_fates(old, new, matched, before, after))
    new_cases, gone_cases = _cases(old, new, matched)
    return Change(old, new, tuple(_figures(matched.pairs, old, new)), matched.renamed, findings, tuple(_lost(before, after)), new_cases, gone_cases)


def _figures(pairs: Sequence[Pair], before: Audited | None, after: Audited | None) -> Iterator[FigureChange]:
    for old, new in pairs:
        kind = _kind(old, new)
        if kind is not None:
            yield FigureChange(kind, _placed(old, before), _placed(new, after))


def _placed(cell: Cell | None, audited: Audited | None) -> Cell | None:
    """The figure where its file has it: in a document that is not where its draft has it."""
    return audited.plan.cells.get(cell.name, cell) if cell and audited else cell


def _kind(old: Cell | None, new: Cell | None) -> Figure | None:
    if old is None or new is None:
        return Figure.ADDED if old is None else Figure.VANISHED
    if old.text != new.text:
        return Figure.CHANGED
    if (old.quantity.interval, old.quantity.unit.dimension) != (new.quantity.interval, new.quantity.unit.dimension):
        return Figure.REREAD
    return Figure.MOVED if old.at != new.at else None


class _Told(NamedTuple):
    """A finding, its fingerprint under the names of the new plan, that of the relation behind it, the cells it names
    and all that it says of them."""

    finding: Finding
    mark: str
    stated: str
    names: tuple[str, ...]
    said: tuple[object, ...]


def _told(finding: Finding, matched: Matched | None = None) -> _Told:
    now = finding if matched is None else _renamed(finding, matched)
    cells = tuple(sorted((cell.name, cell.text) for cell in now.cells))
    said = (cells, now.severity, now.expected, now.actual, now.difference)
    mark, rounded = now.fingerprint, now.message.endswith("+rounding")
    stated = replace(now, message=now.message.removesuffix("+rounding")).fingerprint if rounded else mark
    return _Told(finding, mark, stated, tuple(name for name, _ in cells), said)


def _renamed(finding: Finding, matched: Matched) -> Finding:
    """The finding as it would read if its figures had always been called what they are called now."""
    cells = tuple(replace(cell, name=matched.names[cell.name]) if cell.name in matched.names else cell for cell in finding.cells)
    rows = {matched.rows[cell.name] for cell in finding.cells if cell.name in matched.rows}
    row = next((now for was, now in rows if was == finding.arguments.get("row")), None)
    arguments = finding.arguments if row is None else {**finding.arguments, "row": row}
    return replace(finding, cells=cells, arguments=arguments)


Outcomes = dict[str, list[Outcome]]


def _outcomes(audited: Audited, matched: Matched | None = None) -> Outcomes:
    """Outcomes by the fingerprint that a finding about them would have."""
    found: Outcomes = {}
    for outcome in audited.outcomes:
        relation = outcome.relation
        cells = tuple(CellMention(cell.name, "", cell.span) for cell in relation.cells().values())
        said = Finding(relation.code, relation.severity, "", relation.span, relation.arguments, relation.message, cells=cells)
        found.setdefault((said if matched is None else _renamed(said, matched)).fingerprint, []).append(outcome)
    return found


def _fates(old: Audited, new: Audited, matched: Matched, before: Outcomes, after: Outcomes) -> Iterator[FindingChange]:
    """Only findings that count: what has been accepted since is not settled, and what no longer is accepted is news."""
    was, now = [_told(finding, matched) for finding in old.findings], [_told(finding) for finding in new.findings]
    pairs = pair(was, now, [lambda told: (told.mark, told.said), lambda told: (told.mark, told.names), lambda told: told.mark])
    accepted = Counter(_told(item.finding).mark for item in new.accepted)
    found = []
    for a, b in pairs:
        if b is not None:
            fate = Fate.NEW if a is None else Fate.STANDING if a.said == b.said else Fate.ALTERED
            found.append(FindingChange(fate, a.finding if a else None, b.finding))
        elif a is not None and accepted[a.mark]:
            accepted[a.mark] -= 1
        elif a is not None and not new.unread:
            found.append(FindingChange(_gone(a, before, after), a.finding, None))
    yield from sorted(found, key=lambda change: (list(Fate).index(change.fate), (change.new or change.old).sort_key()))  # type: ignore[union-attr]


def _gone(told: _Told, before: Outcomes, after: Outcomes) -> Fate:
    """Why a finding is no more. What no relation was behind has been put right."""
    if told.stated not in before:
        return Fate.SETTLED
    now = after.get(told.stated, [])
    if not now:
        return Fate.WITHDRAWN
    return Fate.UNASSESSED if all(outcome.verdict is Verdict.NOT_ASSESSABLE for outcome in now) else Fate.SETTLED


def _lost(before: Outcomes, after: Outcomes) -> Iterator[Outcome]:
    """Relations that could be assessed and no longer can."""
    for mark, outcomes in after.items():
        silent = [outcome for outcome in outcomes if outcome.verdict is Verdict.NOT_ASSESSABLE]
        known = before.get(mark, [])
        already = sum(outcome.verdict is Verdict.NOT_ASSESSABLE for outcome in known)
        yield from silent[already : len(known)]


def _cases(old: Audited, new: Audited, matched: Matched) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    """Cases of which nothing was known, and those of which nothing is left."""
    was = [{_told(finding, matched).mark for finding in case.findings} for case in old.cases]
    now = [{_told(finding).mark for finding in case.findings} for case in new.cases]
    known, left = set().union(*was), set().union(*now)
    come = tuple(case for case, marks in zip(new.cases, now, strict=True) if not marks & known)
    return come, tuple(case for case, marks in zip(old.cases, was, strict=True) if not marks & left)


__all__ = ["Change", "Compared", "Fate", "Figure", "FigureChange", "FindingChange", "compare"]
