"""A document audited straight, as the plan it amounts to; or drafted as that plan."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fireaudit.accept import Baseline
from fireaudit.app import Audited, Options, audit_text
from fireaudit.brief import Extent
from fireaudit.config import DEFAULT, Settings
from fireaudit.files import CannotAudit
from fireaudit.findings import Finding
from fireaudit.limits import USUAL, Limits
from fireaudit.messages import language
from fireaudit.plan.build import build
from fireaudit.plan.source import Source, parse
from fireaudit.scope import Names
from fireaudit.telling import fault_in

if TYPE_CHECKING:  # readers are loaded only where a document is read
    from fireaudit.cases import Case
    from fireaudit.plan.model import Cell, Plan
    from fireaudit.readers.document import Document, Spot
    from fireaudit.reading.draft import Draft
    from fireaudit.reading.locate import Locator
    from fireaudit.reading.tables.stated import Proposed

PLANS = (".yaml", ".yml")
DOCUMENTS = (
    ".docx",
    ".doc",
    ".wps",
    ".pdf",
    ".html",
    ".htm",
    ".xhtml",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".et",
    ".csv",
    ".tsv",
    ".txt",
    ".text",
    ".md",
    ".rtf",
    ".odt",
    ".docm",
)
_MAGIC = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_NUMERAL = re.compile("[0-9０-９]+|[〇零一二两三四五六七八九十百千万亿]+")
_HTML = (b"<!doctype html", b"<html")


@dataclass(frozen=True, slots=True)
class Drafted:
    """``fault``: what went wrong while relations were looked for; the draft stands without them."""

    document: Document
    draft: Draft
    fault: Exception | None = None


def is_document(path: str, data: bytes) -> bool:
    """Whether bytes are a document and no plan file: by what they begin with, else by the suffix of their name."""
    suffix = os.path.splitext(path)[1].lower()
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(_MAGIC) or head.lower().startswith(_HTML):
        return True
    return suffix in DOCUMENTS and not _is_plan(data)


def _is_plan(data: bytes) -> bool:
    """A plan file under another name says ``fireaudit: 1`` at the start of a line."""
    return any(line.startswith(b"fireaudit:") for line in data[:65_536].splitlines())


def document_of(path: str, data: bytes, limits: Limits = USUAL) -> Document:
    """Raises ``CannotAudit``, also for a document with more than is bearable to understand."""
    from fireaudit.readers.document import Grid, Paragraph
    from fireaudit.readers.limits import UnreadableDocument
    from fireaudit.readers.read import read_document

    if len(data) > limits.max_bytes:
        raise CannotAudit("file_too_large", path=path, limit=str(limits.max_bytes))
    try:
        document = read_document(path, data)
    except UnreadableDocument as error:
        raise CannotAudit(f"readers.{error.key}", **{"path": path} | error.arguments) from None
    if sum(len(block.cells) for block in document.blocks if isinstance(block, Grid)) > limits.max_cells:
        raise CannotAudit("documents.too_many_cells", path=path, limit=str(limits.max_cells))
    left = limits.max_numerals
    for block in document.blocks:
        left -= sum(1 for _ in _NUMERAL.finditer(block.text)) if isinstance(block, Paragraph) else 0
        if left < 0:
            raise CannotAudit("documents.too_many_numerals", path=path, limit=str(limits.max_numerals))
    return document


def plan_of(path: str, data: bytes, limits: Limits = USUAL, lang: str = "zh") -> tuple[Plan, Locator]:
    """The plan that a document amounts to, without relations that were looked for, and where its figures stand. Raises ``CannotAudit``."""
    from fireaudit.reading.draft import draft
    from fireaudit.reading.material import gather

    document = document_of(path, data, limits)
    made = draft(document, gather(document))
    return build(parse(path, made.text))[0], _places(document, data, made, lang)


def _places(document: Document, data: bytes, draft: Draft, lang: str) -> Locator:
    from fireaudit.readers.text import printed_lines
    from fireaudit.reading.locate import locator

    return locator(document, printed_lines(data) if document.format == "text" else [], draft.marks, lang)


def drafted(path: str, data: bytes, limits: Limits = USUAL) -> Drafted:
    """Read a document and draft its plan. Raises ``CannotAudit``."""
    from fireaudit.reading.draft import draft
    from fireaudit.reading.material import gather

    document = document_of(path, data, limits)
    material = gather(document)
    first = draft(document, material)
    try:
        proposed = _proposed(path, first)
    except Exception as error:  # a fault in the search for relations must not take the reading down with it
        return Drafted(document, first, error)
    return Drafted(document, draft(document, material, proposed) if proposed else first)


def _proposed(path: str, first: Draft) -> list[Proposed]:
    from fireaudit.discovery.alongside import alongside
    from fireaudit.discovery.nearly import nearly
    from fireaudit.discovery.propose import proposals
    from fireaudit.reading.locate import Marks
    from fireaudit.reading.tables.stated import Proposed

    plan, _ = build(parse(path, first.text))
    found = [Proposed(check, proposal.support, proposal.table) for proposal in proposals(plan) for check in proposal.checks]
    marks = Marks(first.marks)

    def paragraph(cell: Cell) -> Spot | None:
        mark = marks.at(cell.span)
        return mark.spot if mark is not None else None

    once = {check.partition(" == ")[0]: check for check in (*alongside(plan, paragraph), *nearly(plan))}  # one check a figure
    return found + [Proposed(check, "", states="repeated") for check in once.values()]


def audit_document(
    path: str, data: bytes, options: Options, names: Names | None = None, settings: Settings = DEFAULT, baseline: Baseline | None = None
) -> Audited:
    """Audit a document as the plan it amounts to; every place is one in the document. Raises ``CannotAudit``."""
    made = drafted(path, data, settings.limits)
    document, draft = made.document, made.draft
    audited = audit_text(path, draft.text.encode("utf-8"), options, names, settings, baseline, read=True)
    moved = _moved(audited, _places(document, data, draft, language(options.lang or settings.lang)))
    extent = Extent(document.format, document.pages, draft.figures, len(draft.unplaced), draft.tables, document.textless_pages)
    faults = (fault_in(moved.plan, "discovery", made.fault),) if made.fault is not None else ()
    return replace(moved, findings=(*faults, *moved.findings), document=extent)


def _moved(audited: Audited, places: Locator) -> Audited:
    """Findings, cases and cells with their places in the document."""
    findings = {id(finding): places.finding(finding) for finding in audited.findings}
    for case in audited.cases:
        findings |= {id(finding): places.finding(finding) for finding in case.findings if id(finding) not in findings}
    cells = {}
    for name, cell in audited.plan.cells.items():
        mark = places.mark(cell.span)
        cells[name] = cell._replace(span=places.span(mark), at=places.at(cell.at, mark))
    accepted = tuple(replace(one, finding=places.finding(one.finding)) for one in audited.accepted)
    return replace(
        audited,
        accepted=accepted,
        source=Source(audited.source.path, places.lines, None, ()),
        plan=replace(audited.plan, cells=cells),
        findings=tuple(sorted((findings[id(f)] for f in audited.findings), key=lambda f: f.sort_key())),
        cases=tuple(_moved_case(case, places, findings) for case in audited.cases),
    )


def _moved_case(case: Case, places: Locator, findings: Mapping[int, Finding]) -> Case:
    repairs = tuple(
        replace(repair, corrections=tuple(replace(correction, cell=places.mention(correction.cell)) for correction in repair.corrections))
        for repair in case.repairs
    )
    return replace(case, repairs=repairs, findings=tuple(findings[id(f)] for f in case.findings))
