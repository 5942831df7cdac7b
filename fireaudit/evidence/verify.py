"""``verify``: a plan against its document, in both directions. Every difference is a finding FA8 with both places."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fireaudit.evidence.claims import Claim, dates, figures, titles
from fireaudit.evidence.index import HAN_DIGITS, NUMBER, times_in
from fireaudit.evidence.printed import Figure, Printed, printed, quantity_of
from fireaudit.evidence.tables import Compared, compare_tables
from fireaudit.evidence.work import Work, first
from fireaudit.findings import CellMention, Finding, Severity
from fireaudit.plan.model import Plan
from fireaudit.plan.source import START, Span
from fireaudit.quantity import Quantity
from fireaudit.readers.document import Document, Spot
from fireaudit.reading.locate import spot_words
from fireaudit.reading.material import Material, gather
from fireaudit.reading.texts import compare
from fireaudit.telling import crossed, within

_DIGITS = f"0-9{HAN_DIGITS}"
_PARTS = re.compile(rf"(?P<before>[^{_DIGITS}]*)(?P<number>[{_DIGITS}.,]+[^以及左上余多]*)(?P<after>.*)")
_NUMBER = re.compile(f"[{_DIGITS}.,]+")


@dataclass(frozen=True, slots=True)
class Verified:
    """``found``: how many figures of the plan stand where it says, of all that it has (``claimed``); ``open``: how many were not looked for;
    ``printed``: how many the document has."""

    findings: tuple[Finding, ...]
    found: int
    claimed: int
    open: int
    printed: int


def verify(plan: Plan, document: Document, lang: str, material: Material | None = None) -> Verified:
    """``material``: what was gathered from the document, where that is known already; ``lang``: of the words for places."""
    material, work = material or gather(document), Work(plan.limits.max_lookups)
    source = printed(document, material, work)
    compared = compare_tables(plan, material, document, work)
    open_figures = [figure for figure in source.figures if figure.spot not in compared.answered]
    known = {figure.spot for figure in open_figures if figure.spot.table}
    search = _Search(plan, source, [*open_figures, *(figure for figure in compared.left if figure.spot not in known)], document.path, lang, work)
    search.tables(compared)
    search.quoted()
    claims = [*figures(plan), *compared.open]
    search.figures(claims)
    not_looked_for = search.undone
    search.dates(list(dates(plan)))
    search.titles(list(titles(plan)))
    search.rest()
    in_tables = compared.same + len(compared.differences)
    told = sorted(within(plan.limits.max_findings, plan.path, search.told()), key=Finding.sort_key)
    return Verified(tuple(told), search.found + compared.same, len(claims) + in_tables, not_looked_for, len(search.open) + in_tables)


class _Alike:
    """Figures of a document that are alike in one respect, by place, in their order."""

    def __init__(self) -> None:
        self.by_place: dict[str, deque[Figure]] = {}

    def add(self, figure: Figure) -> None:
        self.by_place.setdefault(figure.at, deque()).append(figure)


class _Search:
    """Each figure of the plan takes one of those that are ``open`` in the document; what is left on either side is told. ``found``: how many of the
    plan's have one; ``undone``: how many figures, dates and names were not looked for any more."""

    def __init__(self, plan: Plan, source: Printed, figures: Sequence[Figure], path: str, lang: str, work: Work) -> None:
        self.plan, self.source, self.open, self.path, self.lang, self.work = plan, source, figures, path, lang, work
        self.findings: list[Finding] = []
        self.found = self.undone = 0
        self.by_print: dict[str, _Alike] = {}
        self.by_value: dict[object, _Alike] = {}
        self.by_kind: dict[str, _Alike] = {}
        self.taken: dict[str, Counter[str]] = {}
        for figure in figures:
            self.by_print.setdefault(figure.plain, _Alike()).add(figure)
            self.by_value.setdefault(_value(quantity_of(figure.text)), _Alike()).add(figure)
            self.by_kind.setdefault(_kind(figure.text), _Alike()).add(figure)

    def told(self) -> list[Finding]:
        if not self.undone:
            return self.findings
        return [*self.findings, crossed(self.plan.path, "FA801", Severity.ERROR, "lookups", self.plan.limits.max_lookups, self.undone)]

    def tables(self, compared: Compared) -> None:
        for difference in compared.differences:
            claim, at = difference.claim, difference.table.at
            arguments = {"row": difference.row, "column": difference.column, "found": difference.found.text or "–"}
            self._tell("FA804", Severity.ERROR, claim, "message", at, difference.found.spot, **arguments)

    def quoted(self) -> None:
        """Figures within the texts of a table that the plan has word for word."""
        inside: dict[str, _Alike] = {}
        for figure in self.open:
            if figure.spot.table and (number := NUMBER.search(figure.plain)):
                inside.setdefault(number[0], _Alike()).add(figure)
        for table in self.plan.tables.values():
            for text in (compare(text) for row in table.rows for text, _ in row.texts.values()):
                for number in NUMBER.finditer(text):
                    quoted = (figure for figure in self._free(table.at, inside.get(number[0])) if times_in(figure.plain, text))
                    self._take(next(quoted, None))

    def figures(self, claims: Sequence[Claim]) -> None:
        """The surest matches first: the same print at the place, the same value there, then the bare text there."""
        left = list(claims)
        for match in (self._same_print, self._same_value, self._same_text):
            left = [claim for claim in left if self.work.spent or not match(claim)]
        self.found += len(claims) - len(left)
        self._leave_out()
        for claim in left:
            if not self._stopped():
                self._lost(claim)

    def _stopped(self) -> bool:
        """Whether nothing more can be looked for; what was asked for then counts as undone."""
        self.undone += self.work.spent
        return self.work.spent

    def _leave_out(self) -> None:
        """What the plan says it leaves out."""
        for entry in self.plan.left_out:
            while left := self._free(entry.at, self.by_print.get(compare(entry.text))):
                for figure in left:
                    self._take(figure)

    def dates(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            if not self._stopped() and not self.source.index.says(claim.text, claim.at):
                elsewhere = self.source.index.says(claim.text, "")
                self._tell("FA802" if elsewhere else "FA801", Severity.WARNING, claim, "date" if elsewhere else "message", "", None)

    def titles(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            if not self._stopped() and not self.source.index.names(claim.text):
                self._tell("FA805", Severity.WARNING, claim, "item" if claim.label else "message", "", None)

    def rest(self) -> None:
        """Figures of the document that no figure of the plan answers to; unknown as long as some were not looked for."""
        for figure in self.open if not self.undone else ():
            if not figure.taken:
                arguments = {"text": figure.text, "label": figure.label, "where": self._where(figure.at, figure.spot)}
                span = Span(figure.spot.line, 1, figure.spot.line, 2) if figure.spot.line else START
                message = "message" if figure.label else "bare"
                self.findings.append(Finding("FA803", Severity.WARNING, self.path, span, arguments, message, figure.at))

    def _free(self, at: str, alike: _Alike | None) -> list[Figure]:
        """Of those alike, the figures at a place that nothing answers to yet, the first of each place."""
        found: list[Figure] = []
        for place, those in alike.by_place.items() if alike else ():
            if self.source.places.within(at, place):
                found += first(those, lambda figure: not figure.taken)
        self.work.spend(len(found))
        return found

    def _same_print(self, claim: Claim) -> bool:
        return self._take(_likest(claim, self._free(claim.at, self.by_print.get(compare(claim.text)))))

    def _same_value(self, claim: Claim) -> bool:
        return self._take(_likest(claim, self._free(claim.at, self._worth(claim))))

    def _worth(self, claim: Claim) -> _Alike | None:
        """Figures with the same value, where the document prints the unit or it goes without saying."""
        value = _value(claim.quantity)
        return self.by_value.get(value) if value is not None else None

    def _same_text(self, claim: Claim) -> bool:
        """Printed there, though it was not recognised as a figure; or answered already, and several figures of the plan quote it."""
        prints = self.source.index.says(claim.text, claim.at) or self._apart(claim)
        taken = self.taken.get(compare(claim.text), Counter())
        answered = sum(times for place, times in taken.items() if self.source.places.within(claim.at, place))
        return prints > answered or (prints > 0 and not self._misread(claim))

    def _apart(self, claim: Claim) -> bool:
        """The number with its hedge some words before or after it."""
        parts = _PARTS.fullmatch(compare(claim.text))
        if parts is None or not (parts["before"] or parts["after"]):
            return False
        return self.source.index.says_apart(parts["before"], parts["number"], parts["after"], claim.at)

    def _misread(self, claim: Claim) -> Figure | None:
        """A figure of the same place and name that nothing answers to: the one this was copied from, most likely."""
        best = _likest(claim, self._free(claim.at, self.by_kind.get(_kind(claim.text))))
        return best if best and _likeness(claim, best) > (0, 0) else None

    def _take(self, figure: Figure | None) -> bool:
        if figure is None:
            return False
        figure.taken = True
        self.taken.setdefault(figure.plain, Counter())[figure.at] += 1
        return True

    def _lost(self, claim: Claim) -> None:
        near = self._misread(claim)
        if near is not None:
            self._take(near)
            self._tell("FA801", Severity.ERROR, claim, "near", near.at, near.spot, found=near.text)
            return
        elsewhere = [*self._free("", self.by_print.get(compare(claim.text))), *self._free("", self._worth(claim))]
        other = _likest(claim, elsewhere)
        if other is not None:
            self._take(other)
            self._tell("FA802", Severity.WARNING, claim, "message", other.at, other.spot)
        else:
            self._tell("FA801", Severity.ERROR, claim, "message", "", None)

    def _tell(self, code: str, severity: Severity, claim: Claim, message: str, at: str, spot: Spot | None, **more: str) -> None:
        where = self._where(at, spot) if spot is not None else ""
        arguments = {"text": claim.text, "label": claim.label, "at": claim.at or "–", "where": where, **more}
        cells = (CellMention(claim.name, claim.text, claim.span, claim.at),) if claim.name else ()
        self.findings.append(Finding(code, severity, self.plan.path, claim.span, arguments, message, claim.at, cells))

    def _where(self, at: str, spot: Spot) -> str:
        words = spot_words(spot, self.lang)
        return " · ".join(part for part in (at, words) if part)


def _value(quantity: Quantity | None) -> object:
    return None if quantity is None or quantity.missing else (quantity.interval, quantity.unit.dimension, quantity.change)


def _kind(text: str) -> str:
    """What is left of a figure without its number."""
    return _NUMBER.sub("", compare(text))


def _likest(claim: Claim, figures: Sequence[Figure]) -> Figure | None:
    if len(figures) < 2:
        return figures[0] if figures else None
    return max(figures, key=lambda figure: _likeness(claim, figure))


def _likeness(claim: Claim, figure: Figure) -> tuple[int, int]:
    """Characters that the labels share, and digits."""
    return len(_letters(claim.label) & _letters(figure.label)), len(set(claim.text) & set(figure.text))


@lru_cache(maxsize=4096)
def _letters(label: str) -> frozenset[str]:
    return frozenset(compare(label))
