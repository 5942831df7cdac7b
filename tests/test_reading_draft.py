"""The draft of a plan: valid YAML whatever the document holds, every scalar with the place it came from, figures that are one quantity as one."""

from __future__ import annotations

import pytest
from grids import document, grid
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fireaudit.app import Options, audit_text
from fireaudit.messages import message_of
from fireaudit.plan.build import build
from fireaudit.plan.model import Plan
from fireaudit.plan.schema import violations
from fireaudit.plan.source import Scalar, parse
from fireaudit.readers.document import Document
from fireaudit.reading.draft import Draft, Proposed, draft
from fireaudit.reading.material import gather
from fireaudit.reading.names import Names, identifier
from fireaudit.reading.writer import Token, scalar

HOSTILE = ["]: {", "- x", "#a", "a: b", "'", '"', "\\", "\x1b[2J", "\u202eabc", "!!python/object:x", "&a", "*a", "? k", "null", "~", "1e5", "0x1f", "true",
           "2021-09-01", "12:30:00", "<<", "%TAG", "@x", "`", "|", ">", "\ufeff", "\u2028", "\x85", "\U0001f600", "=", "<script>", "::warning::", "##[error]"]  # fmt: skip


def made(source: Document, proposed: tuple[Proposed, ...] = ()) -> tuple[Draft, Plan]:
    result = draft(source, gather(source), proposed)
    parsed = parse("draft.yaml", result.text)
    assert parsed.faults == () and violations(parsed.root) == [], result.text
    return result, build(parsed)[0]


@given(st.text(max_size=60))
@example("")
@settings(max_examples=300)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    root = parse("x.yaml", f"[{scalar(Token(text))}, {scalar(Token(text, figure=True))}]\n").root
    assert [node.text for node in root.items if isinstance(node, Scalar)] == [text, text]  # type: ignore[union-attr]
    assert root.items[0].value() == text  # type: ignore[union-attr]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_passes_the_schema_wherever_it_stands(text: str) -> None:
    table = grid(f"| 镇 | 站 | {'?'} |\n| 甲 | 1 | x |\n| 乙 | 2 | y |".replace("?", "注"))
    cells = tuple(type(c)(text if c.text in ("注", "x", "甲") else c.text, c.row, c.column, c.spot) for c in table.cells)
    source = document("规划", f"第一章 {text}", f"一、{text}", f"新建{text}站3座。", type(table)(cells, table.spot), f"附件1：{text}", text)
    made(source)


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "1", "2.50", "约3个", "甲", "合计", "小计", "2021年", "12%", "-", "其中：乙", "长" * 300, "1" * 200]), min_size=1, max_size=5
        ),
        min_size=1,
        max_size=7,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_table_passes_the_schema(rows: list[list[str]]) -> None:
    made(document("规划", "表1 情况", grid("\n".join("|" + "|".join(row) + "|" for row in rows))))


def test_every_figure_remembers_where_it_stands() -> None:
    source = document("规划", "第一章 甲", "全市新建消防站12座，购置消防车30辆。", "表1 站点", "| 镇 | 站（座） |\n| 甲 | 5 |\n| 乙 | 7 |\n| 合计 | 12 |")
    result, plan = made(source)
    assert len(plan.cells) == result.figures == 5
    for cell in plan.cells.values():
        mark = result.marks[cell.span.line, cell.span.column]
        assert mark.text[mark.start : mark.end] == cell.text
        assert mark.spot.table or mark.spot.paragraph == 3
    assert {cell.at for cell in plan.cells.values()} == {"第一章", "第一章/表1"} or {cell.at for cell in plan.cells.values()} == {"第一章"}


def test_statements_are_one_quantity_only_where_that_is_sure() -> None:
    same = document("规划", "“十三五”期间，全市新建市政消火栓400个。", "“十三五”期间，全市新建市政消火栓420个。")
    (fact,) = made(same)[1].facts.values()
    assert [s.cell.text for s in fact.statements if s.cell] == ["400个", "420个"]
    other = document("规划", "甲镇有队员30人。", "乙镇有队员50人。")
    assert len(made(other)[1].facts) == 2


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        (("某市消防“十五五”规划", "回顾“十四五”。"), (2026, 2030)),
        (("某市规划（2023-2027年）", "“十四五”期间。"), (2023, 2027)),
        (("某市规划", "第一章 “十四五”目标", "“十三五”成效。", "“十三五”数据。"), (2021, 2025)),
        (("某市规划", "没有年份。"), None),
    ],
)
def test_the_period_is_that_of_the_title_or_of_the_headings(lines: tuple[str, ...], period: tuple[int, int] | None) -> None:
    assert made(document(*lines))[1].period == period


def test_names_are_words_of_the_labels_and_valid() -> None:
    names = Names()
    labels = ["新增市政消火栓（个）", "2024年建设任务", "sum", "——", "新增市政消火栓（座）", "附表3 水鹤", "class", "Fire stations (no.)", "ⅷ级"]
    given = [names.name(label, f"c{i}") for i, label in enumerate(labels)]
    assert given == ["新增市政消火栓", "_2024年建设任务", "sum_", "c3", "新增市政消火栓_2", "水鹤", "class_", "Fire_stations", "viii级"]
    assert all(name.isidentifier() for name in given)


@given(st.text(max_size=40))
def test_any_label_gives_a_name_or_none(label: str) -> None:
    name = identifier(label)
    assert name == "" or (name.isidentifier() and len(name) <= 80)


def test_a_proposed_check_is_a_warning_that_shows_its_support() -> None:
    source = document("规划", "| 镇 | 现有 | 新建 | 共有 |\n| 甲 | 1 | 2 | 3 |\n| 乙 | 2 | 2 | 5 |")
    result, plan = made(source, (Proposed("规划.现有 + 规划.新建 == 规划.共有", "1/2"), Proposed("现有 <= 共有", "2/2", "规划")))
    assert plan.tables["规划"].checks[0].proposed == "2/2"
    (found,) = audit_text("draft.yaml", result.text.encode(), Options()).findings
    assert (found.code, found.severity.word, found.message) == ("FA203", "warning", "proposed_row")
    assert "1/2" in message_of(found, "zh") and "1/2" in message_of(found, "en")


def test_even_a_proposed_check_called_an_error_is_a_warning() -> None:
    text = "fireaudit: 1\nplan: {title: 例}\nquantities: {a: {stated: [3]}}\nchecks: [{check: a == 4, severity: error, proposed: 3/4}]\n"
    assert [f.severity.word for f in audit_text("x.yaml", text.encode(), Options()).findings] == ["warning"]


def test_what_could_not_be_placed_is_said_in_comments() -> None:
    rows = "".join(f"\n| 第{c}站 | {n} |" for c, n in zip("甲乙丙丁戊己", (5, 7, "约#x\x1b人", 6, 8, 9), strict=True))
    result, _ = made(document("规划", f"| 站名 | 人数（人） |{rows}"))
    assert [one.text for one in result.unplaced] == ["约#x\x1b人"]
    assert result.text.endswith('# - "约#x\\u001b人"  ""\n')


def test_a_legend_below_the_table_explains_its_symbols() -> None:
    source = document("规划", "| 项目 | 类别 | 数量 |\n| 甲 | ★ | 3 |\n| 乙 | ● | 4 |", "注：★指新增项。●表示更新项；其余不变。")
    (table,) = made(source)[1].tables.values()
    assert [(symbol, means) for symbol, means, _ in table.legend or ()] == [("★", "新增项"), ("●", "更新项")]


def test_footnotes_are_placed_below_what_refers_to_them() -> None:
    from fireaudit.readers.document import Footnote, Spot

    base = document("规划", "第一章 甲", "全市建成泵站3座。", "第二章 乙", "全市推进。")
    source = Document(base.path, base.format, base.blocks, (Footnote("①", "其中大型泵房2座。", Spot(), base.blocks[2].spot),))
    places = {cell.text: cell.at for cell in made(source)[1].cells.values()}
    assert places == {"3座": "第一章", "2座": "第一章/脚注①"}
