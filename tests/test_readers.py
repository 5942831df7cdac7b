"""Readers: every format gives the same blocks, nothing is lost, and what is hostile is refused in one clear word."""

from __future__ import annotations

from pathlib import Path

import pytest

from fireaudit.readers.document import Block, Document, Grid, Paragraph
from fireaudit.readers.limits import Limits, UnreadableDocument
from fireaudit.readers.text import read_text

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


def test_drawn_box_with_merged_cells() -> None:
    box = "┌────┬─────────┐\n│指标│目标     │\n│    ├────┬────┤\n│    │2023│2025│\n├────┼────┼────┤\n│甲  │≤1  │≤2  │\n├────┴────┼────┤\n│合计     │3   │\n└─────────┴────┘"
    assert blocks(text_of(box)) == [[[("指标", 2, 1), ("目标", 1, 2)], ["2023", "2025"], ["甲", "≤1", "≤2"], [("合计", 1, 2), "3"]]]


def test_contents_lists_stay_paragraphs() -> None:
    tabs = "目  录\n\n第一章 总则\t1\n第二章 任务\t5\n"
    leaders = "第一节 总则........1\n第二节 任务........5\n"
    spaces = "一、总则      1\n二、任务      5\n三、保障      9\n"
    assert all(isinstance(block, Paragraph) for text in (tabs, leaders, spaces) for block in text_of(text).blocks)


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
    assert refused.value.key == "too_large"


@pytest.mark.parametrize(
    "text",
    ["\t" * 200_000, "\t\n" * 100_000, "|" * 200_000, "[footnoteRef:1] [1: " * 10_000, "年  份\n" * 50_000, "┌─┐\n" * 20_000, "a" * 400_000, "，\n" * 100_000],
    ids=["tabs", "cells", "pipes", "notes", "spaces", "boxes", "line", "commas"],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    import time

    start = time.perf_counter()
    try:
        text_of(text)
    except UnreadableDocument as refused:
        assert refused.key == "too_large"
    assert time.perf_counter() - start < 2


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two published plans are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("000_9607910c6e7977de.txt", [(7, 5), (6, 4), (4, 12), (5, 4), (6, 4), (6, 4)]),
        ("003_4593313922946cb4.txt", [(5, 6), *[(2, 1)] * 13, (14, 5), (7, 2), (10, 3), (37, 15)]),
    ],
)
def test_published_plans_are_read_whole(name: str, sizes: list[tuple[int, int]]) -> None:
    import re

    data = (SEEDS / name).read_bytes()
    document = read_text(name, data, Limits())
    assert [(block.height, block.width) for block in document.blocks if isinstance(block, Grid)] == sizes
    read = "".join(b.text if isinstance(b, Paragraph) else "".join(cell.text for cell in b.cells) for b in document.blocks)
    notes = re.compile(r"\s?\[\d+: [^\]]*\]")
    plain = re.sub(r"\[bookmark: [^\]]*\]|\[footnoteRef:\d+\]", "", notes.sub("", data.decode()))
    assert "".join(read.split()) == "".join(plain.split())
    assert len(document.footnotes) == len(notes.findall(data.decode()))
