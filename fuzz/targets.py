"""What is fuzzed: each target takes any bytes and must end in a value or a refusal; anything else that it raises is a defect."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

from fireaudit.accept import comments, read_baseline
from fireaudit.app import Audit, Options, audit_text
from fireaudit.checks.parse import CheckError, parse_check
from fireaudit.checks.relation import Relation, decide
from fireaudit.config import BadSettings, read_settings
from fireaudit.documents import audit_document
from fireaudit.files import CannotAudit
from fireaudit.plan.build import build
from fireaudit.plan.source import START, parse
from fireaudit.quantity import FigureError, read_figure
from fireaudit.quantity.reprint import reprint
from fireaudit.readers.limits import Limits, UnreadableDocument
from fireaudit.readers.pdf import laid_out
from fireaudit.readers.read import read_document
from fireaudit.reports import machine, text

PLAN = """fireaudit: 1
plan: {title: 例, period: 2021-2025}
quantities: {a: {stated: [约3个]}, b: {stated: [≤0.45‰]}, c: {stated: [0]}, d: {stated: [{is: a + c}]}, e: {stated: [1个, 2个]}}
indicators: {i: {baseline: 5, targets: {2023: ≤4, 2025: '<3'}}}
tables: {t: {columns: {k: {role: name}, x: x, y: {unit: 万元}}, groups: {g: [x]}, rows: [[甲, 1, 2], [乙, 3, 4.5]], total: [合计, 4, 7]}}
lists: {l: {count: 2类, items: [甲, 乙]}}
"""
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
    reports = []
    for _ in range(2):
        audited = Audit((audit_text("plan.yaml", data, OPTIONS),))
        assert not [finding for finding in audited.findings if finding.code == "FA005"], "a rule failed"
        reports.append(text.render(audited, "zh") + machine.render(audited, "en"))
    assert reports[0] == reports[1], "not the same bytes twice"


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
    assert not [finding for finding in audited.findings if finding.code == "FA005"], "a rule failed"
    text.render(audited, "zh")


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
            package.writestr(name, part)
    _read("a.bin", packed.getvalue())


def archive(data: bytes) -> None:
    _read("a.docx", b"PK\x03\x04" + data)


def _read(name: str, data: bytes) -> None:
    try:
        read_document(name, data)
    except UnreadableDocument:
        return


def drawn(data: bytes) -> None:
    """What a PDF draws, as the page reader tells it: marks and rules of two pages; the PDF library itself runs in a process of its own."""
    numbers = [number * 4 for (number,) in struct.iter_unpack("<h", data[: len(data) // 2 * 2])]
    half = len(numbers) // 2
    pages = [_drawn_page(part) for part in (numbers[:half], numbers[half:])]
    try:
        laid_out("a.pdf", {"pages": pages, "headings": []}, Limits())
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
}
