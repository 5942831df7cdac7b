"""Readers: every format gives the same blocks, nothing is lost, and what is hostile is refused in one clear word."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from reader_documents import (
    BLOCKS,
    LIST,
    NOTE,
    NUMBERING,
    PROSE,
    STRICT_W,
    STYLES,
    TABLE,
    R,
    W,
    docx,
    html_document,
    p,
    package,
    relations,
    tbl,
    tc,
    text_document,
    word_document,
)  # fmt: skip

from fireaudit.messages import word
from fireaudit.readers.document import Block, Document, Grid, Paragraph, Spot
from fireaudit.readers.limits import Limits, UnreadableDocument
from fireaudit.readers.read import read_document
from fireaudit.readers.text import read_text
from fireaudit.words.readers import WORDS

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"


def text_of(content: str | bytes, limits: Limits | None = None) -> Document:
    return read_text("plan.txt", content.encode() if isinstance(content, str) else content, limits or Limits())


def shown(block: Block) -> object:
    """A paragraph as its text, a table as rows of texts, a merged cell followed by its size."""
    if isinstance(block, Paragraph):
        return block.text
    rows: list[list[object]] = [[] for _ in range(block.height)]
    for cell in block.cells:
        rows[cell.row - 1].append(cell.text if cell.rows == cell.columns == 1 else (cell.text, cell.rows, cell.columns))
    return rows


def blocks(document: Document) -> list[object]:
    return [shown(block) for block in document.blocks]


def converted(data: bytes, folder: Path, *targets: str) -> dict[str, bytes]:
    """The Word file in other formats, by LibreOffice."""
    (folder / "a.docx").write_bytes(data)
    for target in targets:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(folder), str(folder / "a.docx")],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return {target: (folder / f"a.{target}").read_bytes() for target in targets}


def saved(book: Any) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_flattened_rows_and_cells() -> None:
    document = text_of("一、任务\n\t年份\n\t数量\n\n\t2021年\n\t20\n\n\t合计\n\t\n\n\n二、保障\n")
    assert blocks(document) == ["一、任务", [["年份", "数量"], ["2021年", "20"], ["合计", ""]], "二、保障"]
    grid = document.blocks[1]
    assert isinstance(grid, Grid) and grid.spot.line == 2 and grid.cells[3].spot.line == 6 and grid.cells[3].spot.row == 2


def test_flattened_table_followed_by_one_blank_line_only() -> None:
    assert blocks(text_of("\t年份\n\t数量\n\n\t2021年\n\t20\n\n二、保障\n\n完。")) == [[["年份", "数量"], ["2021年", "20"]], "二、保障", "完。"]


def test_flattened_cell_with_a_blank_paragraph_keeps_its_row() -> None:
    start = text_of("\t序号\n\t时间\n\t任务\n\n\t1\n\t2021-\n\n2022年\n\t建站\n\n\t2\n\t2023年\n\n\t改站\n\n\n")
    assert blocks(start) == [[["序号", "时间", "任务"], ["1", "2021-\n2022年", "建站"], ["2", "2023年", "改站"]]]
    end = text_of("\t甲\n\t乙\n\n\t3\n\t4\n\n\n\t5\n\t6\n\n\n\n\t丙\n\t丁\n\n\t7\n\t8\n")
    assert blocks(end) == [[["甲", "乙"], ["3", "4"], ["5", "6"]], [["丙", "丁"], ["7", "8"]]]


def test_flattened_merged_heading_is_spread_where_it_is_certain() -> None:
    document = text_of("\t指标表\n\n\t指标\n\t目标\n\t属性\n\n\t\n\t2023年\n\t2025年\n\t\n\n\t死亡率\n\t0.2\n\t0.1\n\t约束性\n\n\n")
    heading = [("指标", 2, 1), ("目标", 1, 2), ("属性", 2, 1)]
    assert blocks(document) == [[[("指标表", 1, 4)], heading, ["2023年", "2025年"], ["死亡率", "0.2", "0.1", "约束性"]]]
    open_ = text_of("\t项目\n\t明细\n\n\t\n\t甲\n\t乙\n\n\t1\n\t2\n\t3\n\t4\n\t5\n\n\n").blocks[0]
    assert isinstance(open_, Grid) and all(cell.columns == 1 for cell in open_.cells) and len(open_.cells) == 10


@pytest.mark.parametrize(
    "text",
    [
        "附表\n\t镇\t数量\n\n\t甲\t20\n\n\t合计\t20\n\n完。\n",
        "附表\n\n\t镇\t数量\n\t甲\t20\n\t合计\t20\n完。\n",
        "附表\n镇\t数量\n甲\t20\n合计\t20\n\n完。\n",
    ],
)
def test_rows_of_tabs_with_and_without_blank_lines_between_them(text: str) -> None:
    assert blocks(text_of(text)) == ["附表", [["镇", "数量"], ["甲", "20"], ["合计", "20"]], "完。"]


def test_rows_of_tabs_of_which_most_are_short_are_rows_still() -> None:
    rows = blocks(text_of("\t年度\t甲\t乙\n\n\t2021\n\n\t2022\t5\n\n\t合计\t1\t2\n\n\n完。\n"))
    assert rows == [[["年度", "甲", "乙"], [("2021", 1, 3)], ["2022", "5"], ["合计", "1", "2"]], "完。"]


def test_a_line_moved_in_by_tabs_above_a_table_is_no_row_of_it() -> None:
    text = "表一 收入\n\n\t\t\t单位：万元\n项目\t预算数\t执行数\n一、税收收入\t100\t179\n二、非税收入\t50\t21\n"
    assert blocks(text_of(text)) == ["表一 收入", "单位：万元", [["项目", "预算数", "执行数"], ["一、税收收入", "100", "179"], ["二、非税收入", "50", "21"]]]


def test_tabs_that_only_indent_are_no_table() -> None:
    assert blocks(text_of("\t一、要求\n\t坚持预防为主。\n\n\t二、任务\n")) == ["一、要求", "坚持预防为主。", "二、任务"]


def test_marks_are_dropped_and_notes_lifted_out() -> None:
    document = text_of("[bookmark: _Toc1]一、指标\n\t比例[footnoteRef:7] [7: ⑧ 比例[注]: 人数\n之比。\n] \n\t3\n\n\n见注[footnoteRef:8] [8: 第二条]。\n")
    assert blocks(document) == ["一、指标", [["比例", "3"]], "见注。"]
    first, second = document.footnotes
    assert (first.mark, first.text, second.mark, second.text) == ("⑧", "比例[注]: 人数之比。", "8", "第二条")
    assert first.anchor is not None and (first.anchor.table, first.anchor.row, first.anchor.column) == (1, 1, 1)
    assert second.anchor is not None and second.anchor.line == 8


@pytest.mark.parametrize(
    "drawn",
    [
        "年份\t新建\t备注\n2021年\t20\t\n合计\t20\t无",
        "\t年份\t新建\t备注\n\t2021年\t20\t\n\t合计\t20\t无",
        "| 年份 | 新建 | 备注 |\n|---|---:|---|\n| 2021年 | 20 | |\n| 合计 | 20 | 无 |",
        "| 年份 | 新建 | 备注 |\n| 2021年 | 20 | |\n| 合计 | 20 | 无 |",
        "+--------+------+------+\n| 年份   | 新建 | 备注 |\n+--------+------+------+\n| 2021年 | 20   |      |\n| 合计   | 20   | 无   |\n+--------+------+------+",
        "┌────────┬──────┬──────┐\n│ 年份   │ 新建 │ 备注 │\n├────────┼──────┼──────┤\n│ 2021年 │ 20   │      │\n├────────┼──────┼──────┤\n"
        "│ 合计   │ 20   │ 无   │\n└────────┴──────┴──────┘",
        "年份      新建   备注\n2021年      20\n合计        20   无",
    ],
    ids=["tabs", "led tabs", "markdown", "pipes", "ascii box", "box", "spaces"],
)
def test_drawn_tables(drawn: str) -> None:
    document = text_of(f"一、任务\n\n{drawn}\n\n二、保障\n")
    assert blocks(document) == ["一、任务", [["年份", "新建", "备注"], ["2021年", "20", ""], ["合计", "20", "无"]], "二、保障"]
    grid = document.blocks[1]
    assert isinstance(grid, Grid) and grid.header_rows == ("---|" in drawn) and grid.cells[0].spot.line in (3, 4)


def test_spaced_lines_that_do_not_align_are_a_table_where_each_has_as_many_parts() -> None:
    assert blocks(text_of("镇街     现有站  合计\n东城街道   3      4\n西山镇    0   2\n")) == [
        [["镇街", "现有站", "合计"], ["东城街道", "3", "4"], ["西山镇", "0", "2"]]
    ]
    assert len(blocks(text_of("甲     乙\n丙丁戊     3      4\n西     0\n"))) == 3


def test_formats_are_told_by_content() -> None:
    assert read_document("plan.doc", html_document()).format == "html"
    assert read_document("plan.txt", word_document()).format == "docx"
    assert read_document("plan.txt", "说明：%PDF- 文件".encode()).format == "text"
    assert refused("a.mht", b"MIME-Version: 1.0\n\nx") == "unknown_format"
    assert refused("a.doc", b"plain") == "damaged"


def test_drawn_box_with_merged_cells() -> None:
    box = "┌────┬─────────┐\n│指标│目标     │\n│    ├────┬────┤\n│    │2023│2025│\n├────┼────┼────┤\n│甲  │≤1  │≤2  │\n├────┴────┼────┤\n│合计     │3   │\n└─────────┴────┘"
    assert blocks(text_of(box)) == [[[("指标", 2, 1), ("目标", 1, 2)], ["2023", "2025"], ["甲", "≤1", "≤2"], [("合计", 1, 2), "3"]]]


def test_contents_lists_stay_paragraphs() -> None:
    tabs = "目  录\n\n第一章 总则\t1\n第二章 任务\t5\n"
    leaders = "第一节 总则........1\n第二节 任务........5\n"
    spaces = "一、总则      1\n二、任务      5\n三、保障      9\n"
    titles = "第一章  总则\n第二章  任务\n第三章  保障措施\n"
    items = "1.\t强化责任，落实任务\n2.\t完善设施\n"
    english = "The brigade grows.  It will have three\nmore stations soon.  They will be built by\n2025 or so.  Then the next plan will\n"
    assert all(isinstance(block, Paragraph) for text in (tabs, leaders, spaces, titles, items, english) for block in text_of(text).blocks)
    assert blocks(text_of("一、公共安全\t1200\n二、教育\t300\n")) == [[["一、公共安全", "1200"], ["二、教育", "300"]]]


def test_wrapped_lines_are_joined_where_a_sentence_is_broken() -> None:
    wrapped = (
        "4.强化责任\n各级政府应当把消防工作摆上重要位置，统筹安排各项任\n务，推动形成齐抓共管的局面，确保规划确定的各项指标如\n期完成。\n"
        "建立健全责任体系，层层压实，把任务分解到部门和单位并\n落实到人，定期检查。\n5.加强保障\n"
    )
    assert blocks(text_of(wrapped)) == [
        "4.强化责任",
        "各级政府应当把消防工作摆上重要位置，统筹安排各项任务，推动形成齐抓共管的局面，确保规划确定的各项指标如期完成。",
        "建立健全责任体系，层层压实，把任务分解到部门和单位并落实到人，定期检查。",
        "5.加强保障",
    ]
    indented = "　　“十四五”期间，全市计划新建消防站三十座，新增市政消火栓\n120个，配备车辆15\n辆。\n　　二是抓落实。"
    assert blocks(text_of(indented)) == ["“十四五”期间，全市计划新建消防站三十座，新增市政消火栓120个，配备车辆15", "辆。", "二是抓落实。"]


def test_words_and_figures_of_wrapped_lines_stay_apart() -> None:
    text = "The brigade will build 12,\nand then 34 more stations in the north-\nern district."
    assert blocks(text_of(text)) == ["The brigade will build 12, and then 34 more stations in the north-", "ern district."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(encoding: str) -> None:
    assert blocks(text_of("第一章 总则\r\n\r\n共20个。".encode(encoding))) == ["第一章 总则", "共20个。"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_bad_byte_does_not_spoil_a_text(encoding: str) -> None:
    data = ("第一章 总则\n\n" + PROSE + "\n\n共").encode(encoding) + b"\xff" + "20个。".encode(encoding)
    assert blocks(text_of(data)) == ["第一章 总则", PROSE, "共\ufffd20个。"]
    page = b"<meta charset=utf-8><p>" + data.replace(b"\n\n", b"<p>")
    assert blocks(read_document("a.html", page)) == ["第一章 总则", PROSE, "共\ufffd20个。"]


def test_comma_separated_values() -> None:
    document = read_document("a.csv", '各年任务\n年份,"新建\n（个）",备注\n2021年,"1,919",\n\n注\n'.encode())
    assert blocks(document) == ["各年任务", [["年份", "新建\n（个）", "备注"], ["2021年", "1,919", ""]], "注"]
    assert document.blocks[1].spot == Spot(table=1, line=3)


def test_form_feeds_divide_pages() -> None:
    document = text_of("第一页。\n\f第二页。\n")
    assert document.pages == 2 and [block.spot.page for block in document.blocks] == [1, 2]


def test_what_is_no_text_is_refused() -> None:
    for data in (bytes(range(256)) * 40, b"\x00\x01" * 500):
        with pytest.raises(UnreadableDocument) as refused:
            text_of(data)
        assert refused.value.key == "not_text"


@pytest.mark.parametrize("limits", [Limits(characters=10), Limits(cells=3), Limits(paragraphs=1)])
def test_limits_of_text(limits: Limits) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        text_of("第一章\n\n第二章\n\n\t1\n\t2\n\n\t3\n\t4\n\n", limits)
    assert refused.value.key.startswith("too_many")


@pytest.mark.parametrize(
    "text",
    ["\t" * 100_000, "\t\n" * 50_000, "|" * 100_000, "[footnoteRef:1] [1: " * 5_000, "年  份\n" * 25_000, "┌─┐\n" * 10_000, "a" * 200_000, "，\n" * 50_000],
    ids=["tabs", "cells", "pipes", "notes", "spaces", "boxes", "line", "commas"],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    try:
        text_of(text)
    except UnreadableDocument as refused:
        assert refused.key.startswith("too_many")
    assert time.process_time() - start < 2


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two published plans are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("000_9607910c6e7977de.txt", [(7, 5), (6, 4), (4, 12), (5, 4), (6, 4), (6, 4)]),
        ("003_4593313922946cb4.txt", [(5, 6), *[(2, 1)] * 13, (14, 5), (7, 2), (10, 3), (37, 15)]),
    ],
)
def test_published_plans_are_read_whole(name: str, sizes: list[tuple[int, int]]) -> None:
    data = (SEEDS / name).read_bytes()
    document = read_text(name, data, Limits())
    assert [(block.height, block.width) for block in document.blocks if isinstance(block, Grid)] == sizes
    read = "".join(b.text if isinstance(b, Paragraph) else "".join(cell.text for cell in b.cells) for b in document.blocks)
    notes = re.compile(r"\s?\[\d+: [^\]]*\]")
    plain = re.sub(r"\[bookmark: [^\]]*\]|\[footnoteRef:\d+\]", "", notes.sub("", data.decode()))
    assert "".join(read.split()) == "".join(plain.split())
    assert len(document.footnotes) == len(notes.findall(data.decode()))


def same(document: Document) -> tuple[list[object], list[tuple[str, bool]]]:
    notes = [(note.text, note.anchor is not None and note.anchor.paragraph == 4) for note in document.footnotes]
    return blocks(document), notes


EXPECTED = (BLOCKS, [(NOTE, True)])


def test_word_gives_the_invented_document() -> None:
    document = read_document("plan.docx", word_document())
    assert same(document) == EXPECTED and document.format == "docx"
    assert [block.level for block in document.blocks if isinstance(block, Paragraph)][:4] == [1, 2, None, None]


def test_strict_word_gives_the_same() -> None:
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(word_document())) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name).replace(W.encode(), STRICT_W.encode()) for name in archive.namelist()}
    assert same(read_document("plan.docx", package(parts))) == EXPECTED


def test_text_gives_the_same() -> None:
    assert same(read_document("plan.txt", text_document())) == EXPECTED


def test_web_page_gives_the_same() -> None:
    document = read_document("plan.html", html_document())
    assert same(document) == EXPECTED and [b.level for b in document.blocks if isinstance(b, Paragraph)][:2] == [1, 2]


@needs_office
def test_pdf_and_old_word_give_the_same(tmp_path: Path) -> None:
    made = converted(word_document(), tmp_path, "pdf", "doc")
    pdf = read_document("plan.pdf", made["pdf"])
    assert same(pdf) == EXPECTED and pdf.pages == 1 and all(block.spot.page == 1 for block in pdf.blocks)
    assert same(read_document("plan.wps", made["doc"])) == EXPECTED


def test_workbook_table_is_the_same() -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "附表1"
    sheet["B1"], sheet["B2"] = "各镇街建设任务表", "单位：座"
    sheet.merge_cells("B1:F1")
    for row, texts in enumerate(
        (["序号", "镇街", "新建消防站（座）", None, "备注"], [None, None, "2023年", "2025年"], [1, "东城街道", 1, 1], [2, "西山镇", 0, 1, "改建2座"]), 4
    ):
        for column, text in enumerate(texts, 2):
            sheet.cell(row, column).value = text
    for column, total in ((2, "合计"), (4, 1), (5, 2)):
        sheet.cell(8, column).value = total
    for merged in ("B4:B5", "C4:C5", "D4:E4", "F4:F5"):
        sheet.merge_cells(merged)
    sheet["B10"] = "注：不含微型站"
    book.create_sheet("隐").sheet_state = "hidden"
    document = read_document("plan.xlsx", saved(book))
    assert blocks(document) == ["附表1", "各镇街建设任务表", "单位：座", TABLE, "注：不含微型站"]
    grid = document.blocks[3]
    assert isinstance(grid, Grid) and grid.cells[-1].spot == Spot(table=1, row=5, column=5, line=8, sheet="附表1")


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        ("0.6", "0.00", "0.60"), ("0.1+", "0", "0.1+"), ("0.30000000000000004", "General", "0.3"), ("1919", "#,##0", "1,919"), ("1234567.5", "#,##0", "1,234,568"),
        ("0.125", "0.0%", "12.5%"), ("0.5", "0%", "50%"), ("-3", '0;"△"0', "△3"), ("-3", "0.0", "-3.0"), ("0", '0;-0;"-"', "-"), ("12", '0"个"', "12个"),
        ("2.5", "0", "3"), ("1.005", "0.00", "1.01"), ("12345.6", '0.0,"千"', "12.3千"), ("0.5", "#.##", ".5"), ("3", "0_ ", "3"), ("5", "000", "005"),
        ("44440", "yyyy/m/d", "2021/9/1"), ("44440", 'yyyy"年"m"月"d"日";@', "2021年9月1日"), ("44440.5", "h:mm AM/PM", "12:00 PM"), ("1", "yyyy/m/d", "1900/1/1"),
        ("1.5", "[h]:mm", "36:00"), ("0.00012", "0.00E+00", "1.20E-04"), ("15", "[>10]0.0;0", "15.0"), ("7", "[>10]0.0;0", "7"), ("3", "@", "3"),
        ("0.333333333333333", "General", "0.333333333"), ("123456789012", "General", "1.23457E+11"), ("4", '[$￥-804]0.00', "￥4.00"), ("0.5", "# ?/?", "0.5"),
        ("1e400", "0", "1e400"), ("9" * 400, "0" * 400, "9" * 400), ("2", ";;;", ""),
    ],
)  # fmt: skip
def test_numbers_as_displayed(value: str, form: str, shown: str) -> None:
    from fireaudit.readers.number_format import displayed

    assert displayed(value, form) == shown


def test_workbook_numbers_are_read_as_displayed() -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["比例", 0.6, True])
    sheet.append(["日期", date(2021, 9, 1), "=1+1"])
    sheet["B1"].number_format = "0.00"
    assert blocks(read_document("a.xlsx", saved(book)))[1:] == [[["比例", "0.60", "TRUE"], ["日期", "2021-09-01", ""]]]


def test_numbering_starts_again_and_goes_on() -> None:
    def listed(text: str, num: int, level: int = 0) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')

    body = (
        listed("甲", 2)
        + listed("子", 2, 1)
        + listed("丑", 2, 1)
        + listed("乙", 2)
        + listed("寅", 2, 1)
        + listed("丙", 3)
        + listed("丁", 0)
        + p("戊", '<w:pStyle w:val="1"/>')
    )
    parts: dict[str, str | bytes] = {"styles.xml": STYLES, "numbering.xml": NUMBERING}
    data = docx(body, parts, related=(("styles", "styles.xml"), ("numbering", "numbering.xml")))
    assert blocks(read_document("a.docx", data)) == ["一、 甲", "1. 子", "2. 丑", "二、 乙", "1. 寅", "一、 丙", "丁", "第一章 戊"]


def test_what_stands_in_word_paragraphs() -> None:
    def run(content: str, properties: str = "") -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"

    tracked = f"<w:p>{run('<w:t>共</w:t>')}<w:del>{run('<w:delText>20</w:delText>')}</w:del><w:ins>{run('<w:t>30</w:t>')}</w:ins>{run('<w:t>个</w:t>')}</w:p>"
    control = f"<w:sdt><w:sdtContent>{p('目录')}<w:p><w:hyperlink>{run('<w:t>第一章</w:t><w:tab/><w:t>1</w:t>')}</w:hyperlink></w:p></w:sdtContent></w:sdt>"
    field = f"<w:p>{run('<w:instrText>PAGE</w:instrText>')}{run('<w:t>5</w:t>')}{run('<w:t>隐</w:t>', '<w:vanish/>')}</w:p>"
    symbols = f'<w:p>{run("""<w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t>""")}{run("""<w:sym w:font="Wingdings" w:char="F0AB"/>""")}</w:p>'
    breaks = f"<w:p>{run('<w:t>连州市消防</w:t><w:br/><w:t>规划。</w:t><w:br/><w:t>（一）甲</w:t>')}</w:p>"
    raised_ = f"<w:p>{run('<w:t>10</w:t>')}{run('<w:t>4</w:t>', '<w:vertAlign w:val=&quot;superscript&quot;/>'.replace('&quot;', chr(34)))}{run('<w:t>m</w:t>')}</w:p>"
    box = f"<w:p>{run('<w:pict><v:shape xmlns:v=' + chr(34) + 'urn:schemas-microsoft-com:vml' + chr(34) + '><v:textbox><w:txbxContent>' + p('框内') + '</w:txbxContent></v:textbox></v:shape></w:pict>')}</w:p>"
    page = p("次页", after="<w:r><w:lastRenderedPageBreak/><w:t>。</w:t></w:r>") + p("末")
    document = read_document("a.docx", docx(tracked + control + field + symbols + breaks + raised_ + box + page))
    assert blocks(document) == ["共30个", "目录", "第一章\t1", "5", "≥95%★", "连州市消防规划。", "（一）甲", "10⁴m", "框内", "次页。", "末"]
    assert [block.spot.page for block in document.blocks][-2:] == [1, 2] and document.pages == 2


def test_nested_and_framing_tables_of_word() -> None:
    inner = tbl(tc(p("甲")) + tc(p("1")))
    frame = tbl(tc(p("框题") + inner))
    outer = tbl(tc(p("乙") + inner) + tc(p("第一段") + p("第二段")))
    assert blocks(read_document("a.docx", docx(frame + p("") + outer))) == ["框题", [["甲", "1"]], [["乙", "第一段\n第二段"]], [["甲", "1"]]]


def test_header_rows_and_deleted_rows_of_word() -> None:
    table = tbl(tc(p("年份")), tc(p("2021年")), tc(p("2022年"))).replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1)
    gone = table.replace(f"<w:tr>{tc(p('2022年'))}", f"<w:tr><w:trPr><w:del/></w:trPr>{tc(p('2022年'))}")
    grid = read_document("a.docx", docx(gone)).blocks[0]
    assert isinstance(grid, Grid) and grid.header_rows == 1 and [cell.text for cell in grid.cells] == ["年份", "2021年"]


def test_web_pages_lose_their_furniture_and_nothing_else() -> None:
    page = (
        "<html><body><nav>首页</nav><script>x</script><table><tr><td><ul class='menu'><li>栏目</li></ul></td><td><h2>一、任务</h2>甲<b>乙</b>丙"
        "<table><caption>表1</caption><thead><tr><th>年份<th>数</thead><tr><td>2021<td>10<sup>4</sup>m<sup>2</sup></table></td></tr></table>"
        "<ol start=3><li>三<li>四</ol><p style='display:none'>隐</p><footer>版权</footer></body></html>"
    )
    document = read_document("a.html", page.encode())
    assert blocks(document) == ["一、任务", "甲乙丙", "表1", [["年份", "数"], ["2021", "10⁴m2"]], "3. 三", "4. 四"]
    grid = document.blocks[3]
    assert isinstance(grid, Grid) and grid.header_rows == 1


Draw = Callable[[int, int, str, int], None]


def canvas_of(made: BytesIO, encrypt: str | None = None) -> tuple[Any, Draw]:
    """An A4 canvas, and a function that puts text at a place counted from the top left."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(made, pagesize=A4, encrypt=encrypt, invariant=True)
    height = int(A4[1])

    def put(x: int, y: int, text: str, size: int = 12) -> None:
        canvas.setFont("STSong-Light", size)
        canvas.drawString(x, height - y, text)

    return canvas, put


def ruled(canvas: Any, put: Draw, y: int, rows: list[list[str]], widths: tuple[int, ...] = (100, 100, 100), high: int = 24) -> None:
    """A table with lines; a text of several lines stands in as many."""
    for at, row in enumerate(rows):
        x = 72
        for width, text in zip(widths, row, strict=True):
            canvas.rect(x, 842 - y - at * high - high, width, high)
            for line, piece in enumerate(text.split("\n")):
                put(x + 6, y + at * high + 17 + 16 * line, piece, 12)
            x += width


def drawn(encrypt: str | None = None, pages: int = 4) -> bytes:
    """A PDF with running lines, wrapped text, a table over two pages and one without lines between its columns."""
    made = BytesIO()
    canvas, put = canvas_of(made, encrypt)
    head = ["年份", "新建", "改建"]
    for number in range(1, pages + 1):
        put(72, 40, "某市消防规划", 9)
        put(280, 810, f"— {number} —", 9)
        if number == 1:
            put(96, 100, "各级政府应当把消防工作摆上重要位置，统筹安排各项任务，推动形成齐", 12)
            put(72, 120, "抓共管的局面，确保规划确定的各项指标如期完成，消防站达到20座。", 12)
            put(96, 140, "第二段。", 12)
            ruled(canvas, put, 700, [head, ["2021年", "1", "2"], ["2022年", "3", "4"]])
        elif number == 2:
            ruled(canvas, put, 80, [head, ["2023年", "5", "6"]])
            for at, row in enumerate((["项目", "数量", "单位"], ["车辆", "15", "辆"], ["水带", "300", "盘"])):
                for column, text in enumerate(row):
                    put(72 + column * 150, 300 + at * 20, text, 12)
        elif number == 3:
            canvas.drawInlineImage(picture(), 72, 300, 100, 100)
        else:
            put(96, 100, f"末段{number}。", 12)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def picture() -> object:
    from PIL import Image

    return Image.new("L", (4, 4), 128)


def test_pdf_paragraphs_tables_and_running_lines() -> None:
    document = read_document("a.pdf", drawn())
    wrapped = "各级政府应当把消防工作摆上重要位置，统筹安排各项任务，推动形成齐抓共管的局面，确保规划确定的各项指标如期完成，消防站达到20座。"
    across = [["年份", "新建", "改建"], ["2021年", "1", "2"], ["2022年", "3", "4"], ["2023年", "5", "6"]]
    assert blocks(document) == [wrapped, "第二段。", across, [["项目", "数量", "单位"], ["车辆", "15", "辆"], ["水带", "300", "盘"]], "末段4。"]
    grid = document.blocks[2]
    assert isinstance(grid, Grid) and grid.header_rows == 1 and (grid.cells[-1].spot.page, grid.cells[0].spot.page) == (2, 1)
    assert document.pages == 4


def test_pdf_rows_and_figures_cut_by_a_line_end_or_a_page_end() -> None:
    made = BytesIO()
    canvas, put = canvas_of(made)
    put(72, 60, "表", 12)
    ruled(
        canvas,
        put,
        700,
        [["序号", "任务", "备注", "数量"], ["1", "建设站点，", "市级", "104\n6.66"], ["2", "更新车辆", "镇级", "100\n200"]],
        (60, 120, 60, 36),
        40,
    )
    canvas.showPage()
    ruled(canvas, put, 60, [["", "配齐车辆", "统筹", ""], ["3", "完善水源", "", "5"]], (60, 120, 60, 36), 40)
    put(72, 300, "1", 12)
    canvas.save()
    rows = [
        ["序号", "任务", "备注", "数量"],
        ["1", "建设站点，", "市级", "1046.66"],
        ["2", "更新车辆配齐车辆", "镇级统筹", "100\n200"],
        ["3", "完善水源", "", "5"],
    ]
    assert blocks(read_document("a.pdf", made.getvalue())) == ["表", rows, "1"]


def test_pdf_notes_are_lifted_out_and_raised_figures_stay_apart() -> None:
    made = BytesIO()
    canvas, put = canvas_of(made)
    put(72, 100, "新建消防站30", 12)
    put(146, 96, "1", 6)
    put(150, 100, "座，占地10", 12)
    put(208, 96, "4", 6)
    put(212, 100, "平方米，", 12)
    put(72, 700, "1", 6)
    put(80, 702, "含小型站。", 9)
    canvas.save()
    document = read_document("a.pdf", made.getvalue())
    assert blocks(document) == ["新建消防站30座，占地10⁴平方米，"]
    note = document.footnotes[0]
    assert (note.mark, note.text, note.anchor) == ("1", "含小型站。", Spot(page=1, paragraph=1))


def test_pdf_bookmarks_give_heading_levels() -> None:
    made = BytesIO()
    canvas, put = canvas_of(made)
    for level, (y, title) in enumerate(((100, "第一章 任务"), (140, "第一节 站点"))):
        put(72, y, title, 12)
        canvas.bookmarkPage(title)
        canvas.addOutlineEntry(title.replace(" ", "  "), title, level)
    put(72, 180, "建站。", 12)
    canvas.save()
    assert [b.level for b in read_document("a.pdf", made.getvalue()).blocks if isinstance(b, Paragraph)] == [1, 2, None]


def flate_bomb() -> bytes:
    """A page whose content unpacks to hundreds of megabytes of lines to draw."""
    import zlib

    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b"0 0 m 100 100 l S\n" * 1_000) for _ in range(8_000)) + packer.flush()
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>"]
    objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream))
    return b"%PDF-1.7\n" + b"".join(b"%d 0 obj%s endobj\n" % (i, of) for i, of in enumerate(objects, 1)) + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_pdf_that_exhausts_the_library_takes_nothing_else_down() -> None:
    data = flate_bomb()
    assert len(data) < 1_000_000 and refused("a.pdf", data, Limits(seconds=1)) in ("exhausted", "timeout")


def test_damage_of_any_kind_gives_blocks_or_one_clear_word() -> None:
    """Parts with attributes and elements changed at random are read or refused, never more."""
    import copy
    import random
    import zipfile

    from lxml import etree

    chance = random.Random(7)
    with zipfile.ZipFile(BytesIO(word_document())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(
        BytesIO(sheet_of('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.5</v></c></row>', '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'))
    ) as archive:
        sheets = {name: archive.read(name) for name in archive.namelist()}
    read = 0
    for turn in range(300):
        changed: dict[str, str | bytes] = dict(parts if turn % 3 else sheets)
        name = chance.choice(sorted(changed))
        root = etree.fromstring(changed[name])
        for _ in range(chance.randint(1, 6)):
            e = chance.choice(list(root.iter()))
            if e.attrib and chance.random() < 0.6:
                e.set(chance.choice(sorted(map(str, e.attrib))), chance.choice(["", "-1", "9" * 30, "abc", "%1%9", "continue", "A1:XFD9", "s", "\ufdd3"]))
            elif (parent := e.getparent()) is not None and chance.random() < 0.5:
                parent.remove(e)
            elif len(list(e.iter())) < 50:
                chance.choice(list(root.iter())).append(copy.deepcopy(e))
        changed[name] = etree.tostring(root)
        try:
            read_document("a.docx", package(changed))
            read += 1
        except UnreadableDocument as error:
            assert error.key in WORDS
    assert 100 < read < 300


def test_every_refusal_has_its_words_and_every_word_its_refusal() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parent.parent / "fireaudit" / "readers").glob("*.py"))
    raised_ = set(re.findall(r'UnreadableDocument\(\s*"(\w+)"', sources)) | {"encrypted", "damaged"}
    assert raised_ | {f"too_many_{of.name}" for of in fields(Limits) if of.name not in ("seconds", "unpacked")} == set(WORDS)


def refused(path: str, data: bytes, limits: Limits | None = None) -> str:
    """The key of the refusal, which must come fast and have words in both languages."""
    start = time.process_time()
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path, data, limits)
    assert time.process_time() - start < 2
    for lang in ("zh", "en"):
        assert word(f"readers.{caught.value.key}", lang, **caught.value.arguments)
    return caught.value.key


def test_entities_and_external_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("机密", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    for declared in (
        f'<!DOCTYPE w [<!ENTITY l0 "哈">{laughs}]>',
        f'<!DOCTYPE w [<!ENTITY l11 SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">',
    ):
        for encoding in ("utf-8", "utf-16"):
            body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>'
            header = f'<?xml version="1.0" encoding="{encoding}"?>'
            data = package(
                {"_rels/.rels": relations(("officeDocument", "word/document.xml")), "word/document.xml": (header + declared + body).encode(encoding)}
            )
            assert refused("a.docx", data) == "entities"


def test_external_relationships_are_never_followed() -> None:
    rels = relations(("officeDocument", "word/document.xml"), ("footnotes", "file:///etc/passwd")).replace("/etc", "/etc")
    data = docx(p("甲"), {"_rels/document.xml.rels": rels.replace('Target="file', 'TargetMode="External" Target="file')})
    assert blocks(read_document("a.docx", data)) == ["甲"]


def test_zip_bombs_are_refused() -> None:
    spaces = docx(p("甲") + " " * 80_000_000)
    assert len(spaces) < 1_000_000 and refused("a.docx", spaces) == "bomb"
    assert refused("a.docx", docx("<w:p/>" * 8_000_000)) in ("bomb", "too_many_nodes")
    assert refused("a.docx", package({f"{i}": "" for i in range(10_001)})).startswith("too_many")
    lying = bytearray(docx(p("甲") + " " * 70_000_000))
    start = lying.rindex(b"word/document.xml") - 46
    lying[start + 24 : start + 28] = (100).to_bytes(4, "little")  # the size that the directory claims
    assert refused("a.docx", bytes(lying)) in ("bomb", "damaged")


@pytest.mark.parametrize("cut", [10, 100, 1_000, -1, -30])
def test_truncated_word_files_are_refused(cut: int) -> None:
    assert refused("a.docx", word_document()[:cut]) == "damaged"


def test_damaged_parts_are_refused() -> None:
    whole = word_document()
    start = whole.index(b"word/document.xml")
    assert refused("a.docx", whole[: start + 60] + b"\x55" * 40 + whole[start + 100 :]) == "damaged"
    assert refused("a.docx", package({"_rels/.rels": relations(("officeDocument", "word/document.xml")), "word/document.xml": "<w:document"})) == "damaged"


def test_macros_passwords_and_strange_files_are_refused() -> None:
    assert refused("a.docm", docx(p("甲"), {"vbaProject.bin": b"x"})) == "macros"
    locked = bytearray(docx(p("甲")))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := locked.find(signature, at + 1)) >= 0:
            locked[at + offset] |= 1
    assert refused("a.docx", bytes(locked)) == "encrypted"
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert refused("a.docx", office + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert refused("a.zip", package({"a.txt": "x"})) == "unknown_format"
    assert refused("a.docx", b"%!PS") == "damaged"
    assert refused("a.txt", b"  \n") == "empty"


def test_deep_nesting_is_refused_or_read() -> None:
    deep = "<w:sdt><w:sdtContent>" * 3_000 + p("甲") + "</w:sdtContent></w:sdt>" * 3_000
    assert refused("a.docx", docx(deep)) in ("damaged", "too_many_depth")
    shallow = "<w:sdt><w:sdtContent>" * 100 + p("甲") + "</w:sdtContent></w:sdt>" * 100
    assert blocks(read_document("a.docx", docx(shallow))) == ["甲"]
    start = time.process_time()
    try:
        read_document("a.html", b"<div>" * 200_000 + "甲".encode())
    except UnreadableDocument as error:
        assert error.key in ("too_many_depth", "damaged", "empty")
    assert time.process_time() - start < 2


def sheet_of(rows: str, more: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return package(
        {
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{R}"><sheets><sheet name="甲" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>{more}</worksheet>',
        }
    )


def test_sheets_that_lie_about_their_size() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row><row r="1048576"><c r="B1048576"><v>3</v></c></row>'
    start = time.process_time()
    document = read_document("a.xlsx", sheet_of(far))
    assert time.process_time() - start < 1
    assert [cell.text for block in document.blocks if isinstance(block, Grid) for cell in block.cells] == ["1", "2"]
    merges = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 10_000 + "</mergeCells>"
    assert refused("a.xlsx", sheet_of("".join(f'<row r="{r}"><c><v>1</v></c><c r="XFD{r}"><v>2</v></c></row>' for r in range(1, 500)), merges)).startswith(
        "too_many"
    )
    assert refused("a.xlsx", sheet_of('<row><c t="s"><v>99</v></c></row>')) == "empty"


def test_spans_that_lie_about_their_size() -> None:
    page = "<table>" + "<tr><td colspan=999999 rowspan=999999>a<td>b</tr>" * 2_000 + "</table>"
    assert refused("a.html", page.encode()).startswith("too_many")
    wide = tbl(*[tc(p("甲"), '<w:gridSpan w:val="99999999"/>') * 3] * 3)
    grid = read_document("a.docx", docx(wide)).blocks[0]
    assert isinstance(grid, Grid) and grid.width == 3_000


def test_encrypted_truncated_and_hostile_pdf() -> None:
    assert refused("a.pdf", drawn(encrypt="geheim")) == "encrypted"
    assert refused("a.pdf", b"%PDF-1.7\n" + b"garbage" * 100) == "damaged"
    assert refused("a.pdf", drawn()[:900]) in ("damaged", "no_text", "empty")
    assert refused("a.pdf", drawn(pages=3), Limits(pages=2)).startswith("too_many")
    assert refused("a.pdf", drawn(), Limits(marks=50)).startswith("too_many")


def test_pdf_of_pictures_says_so() -> None:
    from reportlab.pdfgen.canvas import Canvas

    made = BytesIO()
    canvas = Canvas(made, invariant=True)
    canvas.drawInlineImage(picture(), 72, 300, 100, 100)
    canvas.save()
    assert refused("a.pdf", made.getvalue()) == "no_text"


def test_missing_libraries_and_programs_have_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from fireaudit.readers import office, pdf

    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    assert refused("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "no_office"
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    assert refused("a.pdf", drawn()) == "no_library"
    monkeypatch.setitem(sys.modules, "lxml", None)
    assert refused("a.docx", word_document()) == "no_library"


def test_a_long_word_file_is_read_fast() -> None:
    body = "".join(
        p(f"第{i}条", LIST) + p(PROSE) + (tbl(*["".join(tc(p(f"{r}{c}")) for c in range(5)) for r in range(20)]) if i % 10 == 0 else "") for i in range(800)
    )
    data = docx(body, {"styles.xml": STYLES, "numbering.xml": NUMBERING}, related=(("styles", "styles.xml"), ("numbering", "numbering.xml")))
    start = time.process_time()
    assert len(read_document("a.docx", data).blocks) == 1_680
    assert time.process_time() - start < 3


def test_tab_rows_with_an_empty_line_after_each_are_one_table() -> None:
    text = "债务余额\n\n\t年份\t余额\t增长\n\n\t2021年\t98.4\t—\n\n\t2022年\t104.7\t6.4\n\n正文。"
    (_, table, _) = blocks(text_of(text))
    assert table == [["年份", "余额", "增长"], ["2021年", "98.4", "—"], ["2022年", "104.7", "6.4"]]


def test_rows_between_commas_are_a_table_and_sentences_are_none() -> None:
    (table,) = [block for block in blocks(text_of("月份, 件数, 环比\n1月, 9120, —\n2月, 7684, -15.7\n")) if isinstance(block, list)]
    assert table[2] == ["2月", "7684", "-15.7"]
    assert all(isinstance(block, str) for block in blocks(text_of("In 2021, 12 stations, 3 trucks.\nIn 2022, 14 stations, 4 trucks.\nIn 2023, 15, and 6.\n")))


def test_the_spaces_before_a_label_stay() -> None:
    table = text_of("单位\t人数\n机关\t120\n\u3000办公室\t35\n").blocks[0]
    assert isinstance(table, Grid) and table.cells[4].text == "\u3000办公室"


ITEMS = (("人员经费", 0, 150), ("办公费", 1, 110), ("邮电费", 1, 40), ("项目支出", 0, 90), ("会议费", 1, 65), ("水费", 1, 25), ("合计", 0, 240))


def _indented_docx(properties: str) -> bytes:
    rows = [tc(p(name, properties if depth else "")) + tc(p(str(number))) for name, depth, number in ITEMS]
    return docx(tbl(tc(p("项目")) + tc(p("金额")), *rows))


def _indented_html(before: str, style: str) -> bytes:
    rows = "".join(f"<tr><td{style if depth else ''}>\n {before if depth else ''}{name}</td><td>{number}</td></tr>" for name, depth, number in ITEMS)
    return f"<html><body><table><tr><th>项目</th><th>金额</th></tr>{rows}</table></body></html>".encode()


def _indented_xlsx(spaces: str, indent: int) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["项目", "金额"])
    for row, (name, depth, number) in enumerate(ITEMS, 2):
        sheet.append([(spaces if depth else "") + name, number])
        sheet.cell(row, 1).alignment = Alignment(indent=indent if depth else 0)
    return saved(book)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.docx", _indented_docx('<w:ind w:left="420"/>')),
        ("a.docx", _indented_docx('<w:ind w:firstLineChars="200" w:firstLine="420"/>')),
        ("a.html", _indented_html("&nbsp;&nbsp;", "")),
        ("a.html", _indented_html("　　", "")),
        ("a.html", _indented_html("", ' style="padding-left: 2em"')),
        ("a.html", _indented_html("<span>&nbsp; </span>", ' style="text-indent:21.0pt"')),
        ("a.xlsx", _indented_xlsx("", 1)),
        ("a.xlsx", _indented_xlsx("  ", 0)),
    ],
)
def test_how_deep_a_row_stands_is_seen_in_every_format(path: str, data: bytes) -> None:
    (grid,) = [block for block in read_document(path, data).blocks if isinstance(block, Grid)]
    labels = [cell.text for cell in grid.cells if cell.column == 1][1:]
    assert [text.strip() for text in labels] == [name for name, _, _ in ITEMS]
    assert [text.startswith("  ") for text in labels] == [bool(depth) for _, depth, _ in ITEMS]
