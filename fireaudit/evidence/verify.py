"""``verify``: a plan against its document, in both directions. Every difference is a finding FA8 with both places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fireaudit.evidence.claims import Claim, dates, figures, titles
from fireaudit.evidence.printed import Figure, Printed, printed, quantity_of, stands_in
from fireaudit.evidence.tables import Compared, compare_tables
from fireaudit.findings import CellMention, Finding, Severity
from fireaudit.plan.model import Plan
from fireaudit.plan.source import START, Span
from fireaudit.readers.document import Document, Spot
from fireaudit.reading.locate import spot_words
from fireaudit.reading.material import gather
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


def verify(plan: Plan, document: Document, lang: str) -> Verified:
    material = gather(document)
    source = printed(document, material)
    compared = compare_tables(plan, material.tables)
    source.figures += compared.left
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

    def tables(self, compared: Compared) -> None:
        for difference in compared.differences:
            claim, at = difference.claim, difference.table.at
            arguments = {"row": difference.row, "column": difference.column, "found": difference.found.text or "–"}
            self._tell("FA804", Severity.ERROR, claim, "message", at, difference.found.spot, **arguments)

    def quoted(self) -> None:
        """Figures within the texts of a table that the plan has word for word."""
        for table in self.plan.tables.values():
            for text in (compare(text) for row in table.rows for text, _ in row.texts.values() if text):
                for figure in self.source.figures:
                    if not figure.taken and figure.spot.table and stands_in(figure.plain, text) and self.source.places.within(table.at, figure.at):
                        figure.taken = True
                        break

    def figures(self, claims: Sequence[Claim]) -> None:
        """The surest matches first: the same print at the place, the same value there, then the bare text there."""
        open_claims = list(claims)
        for match in (self._same_print, self._same_value, self._same_text):
            open_claims = [claim for claim in open_claims if not match(claim)]
        for claim in open_claims:
            self._lost(claim)

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
        """Figures of the document that no figure of the plan answers to, but for those that the plan says it leaves out."""
        left = [(compare(entry.text), entry.at) for entry in self.plan.left_out]
        for figure in self.source.figures:
            if figure.taken or any(figure.plain == text and self.source.places.within(at, figure.at) for text, at in left):
                continue
            arguments = {"text": figure.text, "label": figure.label, "where": self._where(figure.at, figure.spot)}
            span = Span(figure.spot.line, 1, figure.spot.line, 2) if figure.spot.line else START
            message = "message" if figure.label else "bare"
            self.findings.append(Finding("FA803", Severity.WARNING, self.path, span, arguments, message, figure.at))

    def _same_print(self, claim: Claim) -> bool:
        return self._take(claim, [figure for figure in self._here(claim) if figure.plain == compare(claim.text)])

    def _same_value(self, claim: Claim) -> bool:
        return self._take(claim, [figure for figure in self._here(claim) if _same(claim, figure)])

    def _same_text(self, claim: Claim) -> bool:
        """Printed there, though it was not recognised as a figure, or several figures of the plan quote it."""
        return (self.source.says(claim.text, claim.at) or self._apart(claim)) and not self._misread(claim)

    def _apart(self, claim: Claim) -> bool:
        """The number with its hedge some words before or after it: 不少于专职人员5名, 一万方以上."""
        parts = _PARTS.fullmatch(compare(claim.text))
        if parts is None or not (parts["before"] or parts["after"]):
            return False
        pattern = f"{_BETWEEN}".join(re.escape(parts[name]) for name in ("before", "number", "after") if parts[name])
        return any(stands_in(parts["number"], found[0]) for found in re.finditer(pattern, self.source.around(claim.at)))

    def _misread(self, claim: Claim) -> Figure | None:
        """A figure of the same place and name that nothing answers to: the one this was copied from, most likely."""
        near = [(_likeness(claim, figure), figure) for figure in self._here(claim) if _kind(figure.text) == _kind(claim.text)]
        best = max(near, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] > (0, 0) else None

    def _here(self, claim: Claim) -> Iterator[Figure]:
        return (figure for figure in self.source.figures if not figure.taken and self.source.places.within(claim.at, figure.at))

    def _take(self, claim: Claim, fitting: list[Figure]) -> bool:
        if not fitting:
            return False
        max(fitting, key=lambda figure: _likeness(claim, figure)).taken = True
        return True

    def _lost(self, claim: Claim) -> None:
        near = self._misread(claim) or next(self._here(claim), None) if self._misread(claim) else None
        elsewhere = [figure for figure in self.source.figures if not figure.taken and (figure.plain == compare(claim.text) or _same(claim, figure))]
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


def _same(claim: Claim, figure: Figure) -> bool:
    """The same value, where the document prints its unit or the plan's unit goes without saying."""
    other, mine = quantity_of(figure.text), claim.quantity
    if other is None or mine is None or other.missing:
        return False
    return (other.interval, other.unit.dimension, other.change) == (mine.interval, mine.unit.dimension, mine.change)


def _kind(text: str) -> str:
    """What is left of a figure without its number."""
    return _NUMBER.sub("", compare(text))


def _likeness(claim: Claim, figure: Figure) -> tuple[int, int]:
    """Characters that the labels share, and digits."""
    return len(set(compare(claim.label)) & set(compare(figure.label))), len(set(claim.text) & set(figure.text))
