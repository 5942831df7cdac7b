"""``verify``: a plan against its document, in both directions. Every difference is a finding FA8 with both places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fireaudit.evidence.claims import Claim, dates, figures, titles
from fireaudit.evidence.printed import Figure, Printed, printed, quantity_of, times_in
from fireaudit.evidence.tables import Compared, compare_tables
from fireaudit.findings import CellMention, Finding, Severity
from fireaudit.plan.model import Plan
from fireaudit.plan.source import START, Span
from fireaudit.quantity import Quantity
from fireaudit.readers.document import Document, Spot
from fireaudit.reading.locate import spot_words
from fireaudit.reading.material import Material, gather
from fireaudit.reading.texts import compare

_PARTS = re.compile(r"(?P<before>[^0-9〇零一二三四五六七八九十百千万亿两]*)(?P<number>[0-9〇零一二三四五六七八九十百千万亿两.,]+[^以及左上余多]*)(?P<after>.*)")
_BETWEEN = "[^0-9。；;\n]{0,12}?"
_NUMBER = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两.,]+")


@dataclass(frozen=True, slots=True)
class Verified:
    """``found``: how many figures of the plan stand where it says; ``printed``: how many the document has."""

    findings: tuple[Finding, ...]
    found: int
    claimed: int
    printed: int


def verify(plan: Plan, document: Document, lang: str, material: Material | None = None) -> Verified:
    """``material``: what was gathered from the document, where that is known already; ``lang``: of the words for places."""
    material = material or gather(document)
    source = printed(document, material)
    compared = compare_tables(plan, material, document)
    open_figures = [figure for figure in source.figures if figure.spot not in compared.answered]
    known = {figure.spot for figure in open_figures if figure.spot.table}
    source.figures = [*open_figures, *(figure for figure in compared.left if figure.spot not in known)]
    search = _Search(plan, source, document.path, lang)
    search.tables(compared)
    search.quoted()
    claims = [*figures(plan), *compared.open]
    search.figures(claims)
    search.dates(list(dates(plan)))
    search.titles(list(titles(plan)))
    search.rest()
    claimed = len(claims) + compared.same + len(compared.differences)
    lost = sum(finding.code in ("FA801", "FA802", "FA804") for finding in search.findings)
    return Verified(
        tuple(sorted(search.findings, key=Finding.sort_key)), claimed - lost, claimed, len(source.figures) + compared.same + len(compared.differences)
    )


class _Search:
    """Each figure of the plan takes one of the document; what is left on either side is told."""

    def __init__(self, plan: Plan, source: Printed, path: str, lang: str) -> None:
        self.plan, self.source, self.path, self.lang = plan, source, path, lang
        self.findings: list[Finding] = []
        self.by_print: dict[str, list[Figure]] = {}
        self.by_value: dict[object, list[Figure]] = {}
        for figure in source.figures:
            self.by_print.setdefault(figure.plain, []).append(figure)
            self.by_value.setdefault(_value(quantity_of(figure.text)), []).append(figure)

    def tables(self, compared: Compared) -> None:
        for difference in compared.differences:
            claim, at = difference.claim, difference.table.at
            arguments = {"row": difference.row, "column": difference.column, "found": difference.found.text or "–"}
            self._tell("FA804", Severity.ERROR, claim, "message", at, difference.found.spot, **arguments)

    def quoted(self) -> None:
        """Figures within the texts of a table that the plan has word for word."""
        inside = [figure for figure in self.source.figures if figure.spot.table]
        for table in self.plan.tables.values():
            for text in (compare(text) for row in table.rows for text, _ in row.texts.values() if _NUMBER.search(text)):
                for figure in inside:
                    if not figure.taken and times_in(figure.plain, text) and self.source.places.within(table.at, figure.at):
                        figure.taken = True
                        break

    def figures(self, claims: Sequence[Claim]) -> None:
        """The surest matches first: the same print at the place, the same value there, then the bare text there."""
        open_claims = list(claims)
        for match in (self._same_print, self._same_value, self._same_text):
            open_claims = [claim for claim in open_claims if not match(claim)]
        self._leave_out()
        for claim in open_claims:
            self._lost(claim)

    def _leave_out(self) -> None:
        """What the plan says it leaves out."""
        for entry in self.plan.left_out:
            for figure in self._at(entry.at, self.by_print.get(compare(entry.text), [])):
                figure.taken = True

    def dates(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            if not self.source.says(claim.text, claim.at):
                elsewhere = self.source.says(claim.text, "")
                self._tell("FA802" if elsewhere else "FA801", Severity.WARNING, claim, "date" if elsewhere else "message", "", None)

    def titles(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            if not self._titled(claim):
                self._tell("FA805", Severity.WARNING, claim, "item" if claim.label else "message", "", None)

    def rest(self) -> None:
        """Figures of the document that no figure of the plan answers to."""
        for figure in self.source.figures:
            if not figure.taken:
                arguments = {"text": figure.text, "label": figure.label, "where": self._where(figure.at, figure.spot)}
                span = Span(figure.spot.line, 1, figure.spot.line, 2) if figure.spot.line else START
                message = "message" if figure.label else "bare"
                self.findings.append(Finding("FA803", Severity.WARNING, self.path, span, arguments, message, figure.at))

    def _at(self, at: str, those: Iterable[Figure]) -> list[Figure]:
        """Of those, the figures at a place that nothing answers to yet."""
        return [figure for figure in those if not figure.taken and self.source.places.within(at, figure.at)]

    def _same_print(self, claim: Claim) -> bool:
        return self._take(claim, self._at(claim.at, self.by_print.get(compare(claim.text), [])))

    def _same_value(self, claim: Claim) -> bool:
        return self._take(claim, self._at(claim.at, self._worth(claim)))

    def _worth(self, claim: Claim) -> list[Figure]:
        """Figures with the same value, where the document prints the unit or it goes without saying."""
        value = _value(claim.quantity)
        return self.by_value.get(value, []) if value is not None else []

    def _same_text(self, claim: Claim) -> bool:
        """Printed there, though it was not recognised as a figure; or answered already, and several figures of the plan quote it."""
        prints = self.source.says(claim.text, claim.at) or self._apart(claim)
        alike = self.by_print.get(compare(claim.text), [])
        answered = sum(figure.taken and self.source.places.within(claim.at, figure.at) for figure in alike)
        return prints > answered or (prints > 0 and not self._misread(claim))

    def _apart(self, claim: Claim) -> bool:
        """The number with its hedge some words before or after it: 不少于专职人员5名, 一万方以上."""
        parts = _PARTS.fullmatch(compare(claim.text))
        if parts is None or not (parts["before"] or parts["after"]):
            return False
        pattern = f"{_BETWEEN}".join(re.escape(parts[name]) for name in ("before", "number", "after") if parts[name])
        return any(times_in(parts["number"], found[0]) for found in re.finditer(pattern, self.source.around(claim.at)))

    def _misread(self, claim: Claim) -> Figure | None:
        """A figure of the same place and name that nothing answers to: the one this was copied from, most likely."""
        near = [(_likeness(claim, figure), figure) for figure in self._at(claim.at, self.source.figures) if _kind(figure.text) == _kind(claim.text)]
        best = max(near, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] > (0, 0) else None

    def _take(self, claim: Claim, fitting: list[Figure]) -> bool:
        if not fitting:
            return False
        max(fitting, key=lambda figure: _likeness(claim, figure)).taken = True
        return True

    def _lost(self, claim: Claim) -> None:
        near = self._misread(claim)
        elsewhere = self._at("", [*self.by_print.get(compare(claim.text), []), *self._worth(claim)])
        if near is not None:
            near.taken = True
            self._tell("FA801", Severity.ERROR, claim, "near", near.at, near.spot, found=near.text)
        elif elsewhere:
            other = max(elsewhere, key=lambda figure: _likeness(claim, figure))
            other.taken = True
            self._tell("FA802", Severity.WARNING, claim, "message", other.at, other.spot)
        else:
            self._tell("FA801", Severity.ERROR, claim, "message", "", None)

    def _titled(self, claim: Claim) -> bool:
        wanted = re.sub(r"[\W_]", "", compare(claim.text))
        return wanted in self.source.bare

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


def _likeness(claim: Claim, figure: Figure) -> tuple[int, int]:
    """Characters that the labels share, and digits."""
    return len(set(compare(claim.label)) & set(compare(figure.label))), len(set(claim.text) & set(figure.text))
