"""Hostile documents, each made by a few lines: long, wide or dense beyond what any office would print."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from tests.hostile.plans import many

DOCUMENTS: dict[str, Callable[[], bytes]] = {}
"""By the name of a file, whose suffix says how it is read."""


def document(suffix: str) -> Callable[[Callable[[], str | bytes]], Callable[[], str | bytes]]:
    def register(make: Callable[[], str | bytes]) -> Callable[[], str | bytes]:
        DOCUMENTS[f"{make.__name__}.{suffix}"] = lambda: made if isinstance(made := make(), bytes) else made.encode()
        return make

    return register


TALK = "各级各有关部门要压实责任、加强协同，推动消防安全治理向事前预防转型，切实维护人民群众生命财产安全。"


# Running text.


@document("txt")
def text_without_numerals() -> str:
    return (TALK + "\n\n") * many(50_000)


@document("txt")
def text_on_lines() -> str:
    return (TALK[:38] + "\n") * many(60_000)


@document("txt")
def one_line() -> str:
    return TALK * many(20_000)


@document("txt")
def one_line_of_one_word() -> str:
    return "消" * many(1_000_000)


@document("txt")
def one_line_of_commas() -> str:
    return "，" * many(500_000) + "、" * many(500_000)


@document("txt")
def one_line_of_figures() -> str:
    return "新建消防站12座，" * many(40_000)


@document("txt")
def paragraphs_of_figures() -> str:
    return "".join(f"全市新建消防站{i}座，增长5.{i % 10}%。\n\n" for i in range(many(20_000)))


@document("txt")
def sentence_of_items() -> str:
    return f"全市共有消防站{many(8_000)}座，其中" + "、".join(f"第{i}镇1座" for i in range(many(8_000))) + "。"


@document("txt")
def sentence_of_amounts() -> str:
    return "全年投入100万元，" + "，".join(f"甲{chr(0x4E00 + i % 9_000)}乙投入{i % 97 + 1}.5万元、增长{i % 13}%" for i in range(many(8_000))) + "。"


@document("txt")
def list_without_figures() -> str:
    return "配备下列器材：" + "、".join(f"器材{chr(0x4E00 + i % 9_000)}" for i in range(many(60_000))) + "等8类。"


@document("txt")
def english_sentence_of_items() -> str:
    return f"The city has {many(8_000)} stations, including " + ", ".join(f"{i % 90 + 1} in ward {chr(65 + i % 26)}" for i in range(many(8_000))) + ".\n"


@document("txt")
def english_without_numerals() -> str:
    return ("The departments concerned shall work together and prevent what can be prevented. " * 3 + "\n\n") * many(10_000)


@document("txt")
def brackets() -> str:
    return "（" * many(100_000) + "）" * many(100_000) + "\n\n" + "“（《" * many(100_000) + "\n\n[^1" * many(50_000)


@document("txt")
def footnotes() -> str:
    return "".join(f"甲[footnoteRef:{i}]乙\n" for i in range(many(20_000))) + "".join(f"[{i}: 注{i}座]\n" for i in range(many(20_000)))


@document("txt")
def headings() -> str:
    return "".join(f"第{i}章 总则\n\n（{i % 9 + 1}）目标\n\n" for i in range(1, many(12_000)))


@document("txt")
def headings_of_one_number() -> str:
    return "一、总体要求\n\n" * many(40_000)


@document("txt")
def numerals_of_one_word() -> str:
    return "一二三四五六七八九十百千万亿" * many(70_000)


@document("txt")
def years() -> str:
    return "2021年至2025年、" * many(20_000)


@document("txt")
def ranges() -> str:
    return "1-2-3—4～5至6到7" * many(7_000)


@document("txt")
def restated() -> str:
    return "".join(f"消防站{i % 7}座。全市消防站{i % 5}座，比上年增加{i % 3}座。\n\n" for i in range(many(12_000)))


# Tables.


def cells(rows: int, columns: int) -> str:
    head = "镇," + ",".join(f"第{c}项" for c in range(columns)) + "\n"
    return head + "".join(f"第{r}镇," + ",".join(str((r * 7 + c * 3) % 91) for c in range(columns)) + "\n" for r in range(rows))


@document("csv")
def table_of_300_columns() -> str:
    return cells(many(30_000) // 20 + 2, 300)


@document("csv")
def table_of_many_columns() -> str:
    return cells(10, many(10_000))


@document("csv")
def table_of_very_many_columns() -> str:
    return cells(4, many(100_000))


@document("csv")
def table_of_many_rows() -> str:
    return cells(many(60_000), 7)


@document("csv")
def tables_without_number() -> str:
    return (TALK[:9] + "\n" + "甲,乙,丙\n丁,戊,己\n\n") * many(30_000)


@document("csv")
def tables_of_two_rows() -> str:
    return "".join(f"表{i}\n镇,站,车\n甲,{i},2\n合计,{i},2\n\n" for i in range(many(15_000)))


@document("csv")
def table_of_one_number() -> str:
    return "镇," + ",".join(f"第{c}项" for c in range(30)) + "\n" + ("甲" + ",0" * 30 + "\n") * many(12_000)


@document("csv")
def table_of_totals() -> str:
    return "镇,站\n" + "".join(f"{'合计' if i % 2 else '其中：甲'},{i}\n" for i in range(many(20_000)))


@document("csv")
def long_cells() -> str:
    return "镇,说明\n" + f"甲,{TALK * 20}\n" * many(2_000)


@document("txt")
def spaced_columns() -> str:
    return ("甲镇   12   13   25\n" * 50 + "\n") * many(500)


@document("txt")
def lines_of_pipes() -> str:
    return "|" * many(300_000) + "\n" + "|a" * many(50_000) + "\n" + "|---" * many(50_000) + "\n"


@document("txt")
def lines_of_tabs() -> str:
    return ("\t" * 300 + "1\n") * many(1_500)


@document("txt")
def wide_spaces() -> str:
    return ("甲" + " " * 400 + "1" + " " * 400 + "\n") * many(5_000)


@document("txt")
def boxes() -> str:
    return "┌" + "─┬" * many(20_000) + "┐\n" + ("│1" * many(20_000) + "│\n") * 3


@document("html")
def merged_cells() -> str:
    return "<table>" + "<tr><td rowspan=1000 colspan=1000>1</td></tr>" * many(1_000) + "</table>"


@document("html")
def nested_tables() -> str:
    return "<table><tr><td>1" * many(20_000)


@document("html")
def nested_elements() -> str:
    return "<div>" * many(200_000) + "12座"


@document("html")
def table_of_html() -> str:
    return "<table>" + ("<tr>" + "<td>1</td>" * 100 + "</tr>") * many(4_000) + "</table>"


@document("html")
def items_of_one_list() -> str:
    return "<html><ol>" + "<li>消防站1座" * many(45_000) + "</ol>"


@document("html")
def links_to_one_block() -> str:
    return "<html>" + '<a href="#b">1</a>' * many(40_000) + '<div id="b">' + '<a href="#z">x</a>' * many(40_000) + "</div>"


@document("html")
def tag_of_attributes() -> str:
    return "<html><p " + " ".join(f"a{i}=1" for i in range(many(1_000_000))) + ">12座</p>"


@document("txt")
def markdown_notes() -> str:
    return "".join(f"甲[^{i}]\n" for i in range(many(100_000))) + "".join(f"[^{i}]: 注\n" for i in range(many(100_000)))


@document("txt")
def notes_in_notes() -> str:
    return "[footnoteRef:1] " + "[1: " * many(45_000)


@document("txt")
def counts_without_lists() -> str:
    return "".join(f"八类{chr(0x4E00 + i)}{chr(0x5E00 + i % 900)}器材(甲、乙)，" for i in range(many(20_000)))


@document("txt")
def colons() -> str:
    return "消防站3座：" * many(10_000)


# Packages.


def package(main: str, body: str, **parts: str) -> bytes:
    """An Office file whose main part is at the path ``main``; further parts lie beside it, under the names of their types."""
    folder, file = main.split("/")
    places = {kind: f"{'worksheets/' * (kind == 'worksheet')}{kind}.xml" for kind in parts}
    files = {"_rels/.rels": relations({"officeDocument": main}), main: body, f"{folder}/_rels/{file}.rels": relations(places)}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in (files | {f"{folder}/{places[kind]}": text for kind, text in parts.items()}).items():
            out.writestr(name, text)
    return packed.getvalue()


def relations(targets: dict[str, str]) -> str:
    return (
        "<Relationships>" + "".join(f'<Relationship Id="{kind}" Type="x/{kind}" Target="{target}"/>' for kind, target in targets.items()) + "</Relationships>"
    )


def word(body: str, **parts: str) -> bytes:
    return package(
        "word/document.xml", f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>', **{k: f'<w:x xmlns:w="w">{v}</w:x>' for k, v in parts.items()}
    )


def workbook(rows: str, **parts: str) -> bytes:
    book = '<workbook xmlns:r="r"><sheets><sheet name="表" r:id="worksheet"/></sheets></workbook>'
    return package("xl/workbook.xml", book, worksheet=f"<worksheet>{rows}</worksheet>", **parts)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


@document("docx")
def parts_of_nodes() -> bytes:
    nodes = "<w:a/>\n" * many(2_000_000)
    return word(nodes, styles=nodes, numbering=nodes, footnotes=nodes, endnotes=nodes)


@document("docx")
def lists_of_many_levels() -> bytes:
    levels = "".join(f'<w:lvl w:ilvl="{i}"/>' for i in range(many(6_000)))
    lists = "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="0"/></w:num>' for i in range(many(6_000)))
    return word(paragraph("12座"), numbering=f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{lists}')


@document("docx")
def list_of_long_numbers() -> bytes:
    level = f'<w:lvl w:ilvl="0"><w:lvlText w:val="{"%1." * many(100_000)}"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return word(paragraph("", NUMBERED) * many(20_000), numbering=numbering)


@document("docx")
def styles_in_a_circle() -> bytes:
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{(i + 1) % 1000}"/></w:style>' for i in range(1_000))
    return word(paragraph("消防站建设。", '<w:pStyle w:val="s1"/>') * many(100_000), styles=styles)


@document("docx")
def notes_of_one_paragraph() -> bytes:
    count = many(40_000)
    references = "".join(f'<w:r><w:footnoteReference w:id="{i}"/></w:r>' for i in range(count))
    return word(f"<w:p>{references}</w:p>", footnotes="".join(f'<w:footnote w:id="{i}">{paragraph("注12座")}</w:footnote>' for i in range(count)))


@document("xlsx")
def columns_hidden_often() -> bytes:
    return workbook("<cols>" + '<col min="1" max="16384" hidden="1"/>' * many(500_000) + "</cols><sheetData><row><c><v>1</v></c></row></sheetData>")


@document("xlsx")
def one_long_string() -> bytes:
    styles = '<styleSheet><cellXfs><xf numFmtId="0"><alignment indent="3"/></xf></cellXfs></styleSheet>'
    rows = ("<row>" + '<c t="s" s="0"><v>0</v></c>' * 10 + "</row>") * many(20_000)
    return workbook(f"<sheetData>{rows}</sheetData>", styles=styles, sharedStrings=f"<sst><si><t>{'座' * many(100_000)}</t></si></sst>")


@document("xlsx")
def cells_far_apart() -> bytes:
    rows = "".join(f'<row r="{i * 4 + 1}"><c r="A{i * 4 + 1}"><v>1</v></c><c r="XFD{i * 4 + 1}"><v>2</v></c></row>' for i in range(many(50_000)))
    return workbook(f"<sheetData>{rows}</sheetData>")


# Pages.


def page(content: str, box: str) -> bytes:
    """A PDF of one page."""
    packed = zlib.compress(content.encode())
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[4 0 R]>>", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 5 0 R/Resources<</Font<</F 3 0 R>>>>>>".encode(),
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
    ]  # fmt: skip
    made = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, of) for number, of in enumerate(objects, 1))
    return b"%PDF-1.5\n" + made + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


@document("pdf")
def page_of_lines_drawn() -> bytes:
    count = many(15_000) // 10
    lines = "".join(f"0 {i * 6} m 9000 {i * 6} l S {i * 6} 0 m {i * 6} 9000 l S " for i in range(count))
    return page(f"0.1 w {lines}BT /F 1 Tf 100 101 Td (12)Tj ET", "0 0 9000 9000")


@document("pdf")
def page_of_notes() -> bytes:
    return page("BT /F 1 Tf " + "".join(f"1 0 0 1 10 {i * 0.3:.1f} Tm (a)Tj " for i in range(many(60_000))) + "ET", "0 0 600 19000")


@document("pdf")
def page_of_parts() -> bytes:
    parts = "".join(f"1 0 0 1 {10 + i % 7 * 3} {i * 0.6:.1f} Tm (a)Tj 1 0 0 1 {30 + i % 5 * 3} {i * 0.6:.1f} Tm (b)Tj " for i in range(many(25_000)))
    return page(f"BT /F 1 Tf {parts}ET", "0 0 600 16000")


@document("pdf")
def line_of_raised_marks() -> bytes:
    marks = (f"/F 2 Tf 1 0 0 1 {i * 0.5:.1f} 100 Tm (a)Tj /F 0.5 Tf 1 0 0 1 {i * 0.5 + 0.3:.1f} 101.2 Tm (1)Tj " for i in range(many(38_000)))
    return page("BT " + "".join(marks) + "ET", "0 0 19900 800")
