"""What is fuzzed: each target takes any bytes and must end in a value or a refusal; anything else that it raises is a defect."""

from __future__ import annotations

import json
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

from lxml import etree

from fireaudit.accept import comments, read_baseline
from fireaudit.app import Audit, Options, audit_text
from fireaudit.checks.parse import CheckError, parse_check
from fireaudit.checks.relation import Relation, decide
from fireaudit.config import BadSettings, Settings, read_settings
from fireaudit.documents import audit_document, document_of
from fireaudit.evidence.verify import verify
from fireaudit.files import CannotAudit
from fireaudit.limits import Limits
from fireaudit.outputs import FORMATS, render
from fireaudit.plan.build import build
from fireaudit.plan.source import START, parse
from fireaudit.quantity import FigureError, read_figure
from fireaudit.quantity.reprint import reprint
from fireaudit.readers.limits import Limits as Sizes
from fireaudit.readers.limits import UnreadableDocument
from fireaudit.readers.pdf import laid_out
from fireaudit.reports import machine

PLAN = """fireaudit: 1
plan: {title: 例, period: 2021-2025}
quantities: {a: {stated: [约3个]}, b: {stated: [≤0.45‰]}, c: {stated: [0]}, d: {stated: [{is: a + c}]}, e: {stated: [1个, 2个]}}
indicators: {i: {baseline: 5, targets: {2023: ≤4, 2025: '<3'}}}
tables: {t: {columns: {k: {role: name}, x: x, y: {unit: 万元}}, groups: {g: [x]}, rows: [[甲, 1, 2], [乙, 3, 4.5]], total: [合计, 4, 7]}}
lists: {l: {count: 2类, items: [甲, 乙]}}
"""
LIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal, a browser or a reader's eye would obey."""
OPTIONS = Options(today=date(2026, 1, 1))
_plan = build(parse("plan.yaml", PLAN))[0]


def figure(data: bytes) -> None:
    try:
        found = read_figure(data.decode("utf-8", "replace"))
    except FigureError:
        return
    if found.nominal is not None:
        reprint(found, found.nominal + found.step)


def check(data: bytes) -> None:
    try:
        comparisons = parse_check(data.decode("utf-8", "replace"), _plan)
    except CheckError:
        return
    for comparison in comparisons[:20]:
        decide(Relation("FA203", comparison.left, comparison.op, comparison.right, START))


def plan(data: bytes) -> None:
    reports = [_reported(Audit((audit_text("plan.yaml", data, OPTIONS),)), len(data)) for _ in range(2)]
    assert reports[0] == reports[1], "not the same bytes twice"


def _reported(audited: Audit, turn: int) -> str:
    """As JSON and in one more format, by turns; nothing in it is live, and what machines read is well-formed."""
    assert not [finding for finding in audited.findings if finding.code == "FA005"], "a rule failed"
    format = sorted(FORMATS)[turn % len(FORMATS)]
    try:
        reports = [render("json", audited, "en"), render(format, audited, "zh")]
    except CannotAudit:
        return ""
    assert not any(LIVE.search(report) for report in reports), f"live text in {format}"
    for report in reports[: 2 if format in ("sarif", "gitlab") else 1]:
        json.loads(report)
    if format == "junit":
        ElementTree.fromstring(reports[1])
    return "".join(reports)


def settings(data: bytes) -> None:
    try:
        read_settings("fireaudit.toml", data.decode("utf-8", "replace"))
    except BadSettings:
        return


def baseline(data: bytes) -> None:
    try:
        read_baseline("baseline.json", data)
    except (ValueError, RecursionError):  # what ``scope`` turns into a refusal
        return


def acceptance(data: bytes) -> None:
    comments(parse("plan.yaml", "a: 1 # fireaudit: " + data.decode("utf-8", "replace")))


def document(data: bytes, name: str = "a.txt") -> None:
    """Read, drafted, searched and audited."""
    try:
        audited = Audit((audit_document(name, data, OPTIONS),))
    except CannotAudit:
        return
    _reported(audited, len(data))


def page(data: bytes) -> None:
    document(b"<html>" + data, "a.html")


def word(data: bytes) -> None:
    """The parts of a Word document, a NUL between them."""
    body, *parts = data.split(b"\0")
    names = ("word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/settings.xml")
    _package("word/document.xml", body, dict(zip(names, parts, strict=False)))


def workbook(data: bytes) -> None:
    """The parts of a workbook, a NUL between them."""
    book = b'<workbook><sheets><sheet name="a" id="r0"/></sheets></workbook>'
    names = ("xl/worksheets/worksheet.xml", "xl/sharedStrings.xml", "xl/styles.xml")
    _package("xl/workbook.xml", book, dict(zip(names, data.split(b"\0"), strict=False)))


def _package(main: str, body: bytes, parts: dict[str, bytes]) -> None:
    folder, _, file = main.partition("/")
    related = "".join(f'<r Id="r{n}" Type="/{name.rpartition("/")[2][:-4]}" Target="/{name}"/>' for n, name in enumerate(parts))
    with zipfile.ZipFile(packed := BytesIO(), "w") as package:
        package.writestr("_rels/.rels", f'<rs><r Id="r" Type="/officeDocument" Target="/{main}"/></rs>')
        package.writestr(f"{folder}/_rels/{file}.rels", f"<rs>{related}</rs>")
        for name, part in {main: body, **parts}.items():
            package.writestr(name, _mended(part))
    document(packed.getvalue(), "a.bin")


def _mended(part: bytes) -> bytes:
    """XML that has lost its form would be refused and go no further: most is brought back into it."""
    tree = None if len(part) % 8 == 0 else etree.fromstring(part, etree.XMLParser(recover=True, resolve_entities=False))
    return part if tree is None else etree.tostring(tree)


def archive(data: bytes) -> None:
    document(b"PK\x03\x04" + data, "a.docx")


def pair(data: bytes) -> None:
    """A plan and the document that it is verified against, a NUL between them; few lookups or many, by turns."""
    written, _, source = data.partition(b"\0")
    tree = audit_text("plan.yaml", written, OPTIONS, settings=Settings(limits=Limits(max_lookups=(50, 4_000_000)[len(data) % 2])))
    try:
        found = verify(tree.plan, document_of("a.txt", source), "zh")
    except CannotAudit:
        return
    assert 0 <= found.found <= found.claimed
    machine.render(Audit((replace(tree, findings=found.findings, cases=()),)), "en")


def drawn(data: bytes) -> None:
    """What a PDF draws, as the page reader tells it: marks and rules of two pages; the PDF library itself runs in a process of its own."""
    numbers = [number * 4 for (number,) in struct.iter_unpack("<h", data[: len(data) // 2 * 2])]
    half = len(numbers) // 2
    pages = [_drawn_page(part) for part in (numbers[:half], numbers[half:])]
    try:
        laid_out("a.pdf", {"pages": pages, "headings": []}, Sizes())
    except UnreadableDocument:
        return


def _drawn_page(numbers: list[int]) -> dict[str, object]:
    """The first two thirds are marks, the others rules; corners and ends in order, as the page reader gives them."""
    bound = len(numbers) * 2 // 3
    marks, rules = zip(*[iter(numbers[:bound])] * 5, strict=False), list(zip(*[iter(numbers[bound:])] * 3, strict=False))
    chars = [n for code, a, b, c, d in marks for n in (abs(code) // 4, min(a, c), min(b, d), max(a, c), max(b, d))]
    lines = [[n for at, a, b in part for n in (at, min(a, b), max(a, b))] for part in (rules[::2], rules[1::2])]
    return {"width": 59_500, "height": 84_200, "chars": chars, "across": lines[0], "down": lines[1], "image": len(numbers) % 2 == 1}


TARGETS: dict[str, Callable[[bytes], None]] = {
    "figure": figure,
    "check": check,
    "plan": plan,
    "settings": settings,
    "baseline": baseline,
    "acceptance": acceptance,
    "document": document,
    "page": page,
    "word": word,
    "workbook": workbook,
    "archive": archive,
    "drawn": drawn,
    "pair": pair,
}
