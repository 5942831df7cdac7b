"""Headings, contents lists, annexes, boxes, and the place of every block in the document's own numbering."""

from __future__ import annotations

from grids import document

from fireaudit.readers.document import Document, Paragraph, Spot
from fireaudit.reading.numbering import numbered
from fireaudit.reading.outline import Outline, read_outline

BODY = "各级各部门按照职责分工抓好落实，每年向市政府报告进展情况。"


def outlined(*parts: str) -> Outline:
    return read_outline(document(*parts))


def tree(outline: Outline) -> list[str]:
    return ["  " * heading.depth + heading.text for heading in outline.headings]


def test_chapters_sections_and_items() -> None:
    found = outlined(
        "某市规划", "第一章  总则", BODY, "第一节 背景", "一、基础", BODY, "（一）队伍", BODY, "（二）装备", BODY, "二、不足", BODY, "第二章 任务", BODY
    )
    assert found.title == "某市规划"
    assert tree(found) == ["第一章 总则", "  第一节 背景", "    一、基础", "      （一）队伍", "      （二）装备", "    二、不足", "第二章 任务"]
    assert found.places == (
        "", "第一章", "第一章", "第一章/第一节", *["第一章/第一节/一"] * 2, *["第一章/第一节/一/一"] * 2, *["第一章/第一节/一/二"] * 2,
        *["第一章/第一节/二"] * 2, *["第二章"] * 2,
    )  # fmt: skip


def test_numbered_sentences_and_bare_lists_are_no_headings() -> None:
    found = outlined("一、目标", BODY, "1.新建泵站三座；", "2.改造泵站两座；", "3.清淤河道。", "二、设备", "1.水泵", "2.水带", "3.水枪", BODY, "三、资金", BODY)
    assert tree(found) == ["一、目标", "二、设备", "三、资金"]
    assert set(found.places) == {"一", "二", "三"}


def test_headings_that_run_into_their_text() -> None:
    found = outlined("一、措施", f"（一）加强领导。{BODY}", f"（二）落实经费。{BODY}", f"（三）严格考核。{BODY}")
    assert tree(found) == ["一、措施", "  （一）加强领导", "  （二）落实经费", "  （三）严格考核"]
    assert found.places[2] == "一/二" and 2 in found.body


def test_a_number_in_another_style_that_goes_on_is_a_sibling() -> None:
    found = outlined("第一章 甲", "一、子", BODY, "二、丑", BODY, "3、寅", BODY, "四、卯", BODY)
    assert tree(found) == ["第一章 甲", "  一、子", "  二、丑", "  3、寅", "  四、卯"]


def test_items_that_run_on_across_sections() -> None:
    found = outlined("第一节 甲", "1.子", BODY, "2.丑", BODY, "第二节 乙", "3.寅", BODY, "4.卯", BODY)
    assert tree(found) == ["第一节 甲", "  1.子", "  2.丑", "第二节 乙", "  3.寅", "  4.卯"]


def test_english_headings() -> None:
    found = outlined(
        "Fire Plan", "Chapter 1 Overview", "The service answers every call within its area.", "1.1 Stations", "There are nine.", "1.2 Crews", "There are many.",
        "Chapter 2 Targets", "More will come.", "Annex A Tables", "| Town | Sites |\n| North | 3 |\n| South | 4 |",
    )  # fmt: skip
    assert tree(found) == ["Chapter 1 Overview", "  1.1 Stations", "  1.2 Crews", "Chapter 2 Targets"]
    assert found.places[-1] == "Annex A" and [annex.text for annex in found.annexes] == ["Annex A Tables"]


def test_traditional_characters() -> None:
    found = outlined("某市規劃", "目錄", "第一章 現況\t1", "第二章 目標\t4", "第一章 現況", BODY, "第一節 人員", BODY, "第二章 目標", BODY, "專欄1：重點", BODY)
    assert tree(found) == ["第一章 現況", "  第一節 人員", "第二章 目標"]
    assert [(entry.text, entry.page) for entry in found.contents] == [("第一章 現況", "1"), ("第二章 目標", "4")]
    assert [box.text for box in found.boxes] == ["專欄1 重點"]


def test_word_heading_levels_without_numbers() -> None:
    lines = [("规划", None), ("总则", 1), (BODY, None), ("目标", 2), (BODY, None), ("保障", 1), (BODY, None)]
    blocks = tuple(Paragraph(text, Spot(paragraph=i), level) for i, (text, level) in enumerate(lines, 1))
    assert tree(read_outline(Document("x.docx", "docx", blocks))) == ["总则", "  目标", "保障"]


def test_contents_lists_in_their_forms() -> None:
    leaders = ["目  录", "第一章 甲……………1", "第二章 乙.......12", "第三章 丙 …… 30"]
    before = ["目录", "1", "第一章 甲", "12", "第二章 乙", "30", "第三章 丙"]
    after = ["目录", "第一章 甲", "1", "第二章 乙", "12", "第三章 丙", "30"]
    unnamed = ["第一章 甲\t1", "第二章 乙\t12", "第三章 丙\t30"]
    body = ["某市规划", "第一章 甲", BODY, "第二章 乙", BODY, "第三章 丙", BODY]
    for listed in (leaders, before, after, unnamed):
        found = outlined(*listed, *body)
        assert [(entry.text, entry.page) for entry in found.contents] == [("第一章 甲", "1"), ("第二章 乙", "12"), ("第三章 丙", "30")], listed
        assert tree(found) == ["第一章 甲", "第二章 乙", "第三章 丙"]


def test_annexes_take_their_title_from_the_line_below() -> None:
    found = outlined("一、甲", BODY, "二、乙", BODY, "附表 1", "水鹤建设表", "| 年份 | 座数 |\n| 2026年 | 3 |\n| 2027年 | 4 |", "附件2：经费表", BODY)
    assert [annex.text for annex in found.annexes] == ["附表1 水鹤建设表", "附件2 经费表"]
    assert found.places[4:] == ("附表1", "附表1", "附表1", "附件2", "附件2")


def test_a_box_places_its_table_only() -> None:
    found = outlined("一、甲", BODY, "| 专栏2：重点工程 |\n| 建设泵站 3 座 |", BODY, "二、乙", BODY)
    assert found.places == ("一", "一", "专栏2", "一", "二", "二")
    assert [box.text for box in found.boxes] == ["专栏2 重点工程"]


def test_numbers_of_every_style() -> None:
    wanted = {
        "第十二章 甲": ("chapter", 12, "第十二章"), "第2节 乙": ("section", 2, "第2节"), "十一、丙": ("han", 11, "十一"), "（三）丁": ("han_paren", 3, "三"),
        "12．戊": ("arabic", 12, "12"), "3.2.1 己": ("decimal2", 1, "3.2.1"), "（4）庚": ("arabic_paren", 4, "4"), "③辛": ("circle", 3, "③"),
        "1、2025年目标": ("arabic", 1, "1"), "2.2026年目标": ("arabic", 2, "2"), "附件 3 壬": ("annex", 3, "附件3"), "Section 4 Water": ("section", 4, "Section 4"), "PART IV Risk": ("part", 4, "PART IV"),
    }  # fmt: skip
    for text, (style, value, label) in wanted.items():
        number = numbered(text)
        assert number is not None and (number.style, number.value, number.label) == (style, value, label), text
    for text in ("2025年目标", "3.5万人", "1.5%的增长", "120支队伍", "十分重要", "第三方评估"):
        assert numbered(text) is None, text


def test_long_and_odd_documents_are_read_in_good_time() -> None:
    found = outlined(*[f"{i % 97}、{'甲' * (i % 7)}" for i in range(4000)], "（" * 2000, "1." * 2000, "目录")
    assert len(found.places) == 4003
