"""Numbers of rows, annexes and boxes: what runs on, what may begin anew, and what is no numbering at all."""

from __future__ import annotations

import pytest

from fireaudit.app import Options, audit_text
from fireaudit.documents import audit_document, plan_of

HEAD = "fireaudit: 1\nplan: {title: 例}\n"
DRAFT = "fireaudit: 1\nplan: {title: 例, unconfirmed: true}\n"


def said(body: str, head: str = HEAD) -> list[tuple[str, str]]:
    found = audit_text("plan.yaml", (head + body).encode(), Options(isolated=True)).findings
    return [(str(finding.arguments["wanted"]), str(finding.arguments["found"])) for finding in found if finding.code == "FA502"]


def table(rows: str, label: str = "序号") -> str:
    return f"tables:\n  t:\n    columns: {{no: {{label: {label}, role: number}}, name: {{label: 项目, role: name}}, n: {{label: 数}}}}\n    rows: [{rows}]\n"


@pytest.mark.parametrize(
    "rows",
    [
        "[1, 甲, 1], [2, 乙, 2], [3, 丙, 3]",
        "[1, 甲, 1], {subtotal: [2, 小计, 1]}, [3, 乙, 2], {subtotal: [4, 小计, 2]}, [5, 丙, 3]",
        "{subtotal: [一, 交通, 3]}, [1, 甲, 1], [2, 乙, 2], {subtotal: [二, 能源, 3]}, [3, 丙, 3]",
        "{subtotal: [一, 交通, 3]}, [1, 甲, 1], [2, 乙, 2], {subtotal: [二, 能源, 3]}, [1, 丙, 3]",
        "[1, 甲, 1], ['', 甲二, 2], [2, 乙, 2]",
        "[一, 甲, 1], [二, 乙, 2]",
        "[1.1, 甲, 1], [1.2, 乙, 2]",
    ],
)
def test_numbers_of_rows_that_run_on(rows: str) -> None:
    assert said(table(rows)) == []


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("[1, 甲, 1], [3, 乙, 2], [4, 丙, 3]", ("2", "3")),
        ("[1, 甲, 1], [2, 乙, 2], [2, 丙, 3]", ("3", "2")),
        ("[2, 甲, 1], [3, 乙, 2]", ("1", "2")),
        ("{subtotal: [一, 交通, 3]}, [1, 甲, 1], [2, 乙, 2], {subtotal: [二, 能源, 3]}, [4, 丙, 3]", ("3", "4")),
        ("[1, 甲, 1], {subtotal: [2, 小计, 1]}, [4, 乙, 2]", ("3", "4")),
    ],
)
def test_numbers_of_rows_that_do_not(rows: str, wanted: tuple[str, str]) -> None:
    assert said(table(rows)) == [wanted]


def test_numbers_of_notes_and_the_rest_of_a_table_in_a_document() -> None:
    assert said(table("[5, 甲, 1], [2, 乙, 2], [9, 丙, 3]", "附注")) == []
    rest = table("[11, 甲, 1], [12, 乙, 2]")
    assert (said(rest), said(rest, DRAFT)) == ([("1", "11")], [])


@pytest.mark.parametrize(("annexes", "findings"), [("[附件2 甲]", 0), ("[附件2 甲, 附件3 乙]", 0), ("[附件1 甲, 附件3 乙]", 1), ("[附件2 甲, 附件2 乙]", 1)])
def test_a_document_may_be_an_annex_of_another(annexes: str, findings: int) -> None:
    assert len(said(f"annexes: {annexes}\n", DRAFT)) == findings
    assert said(f"annexes: {annexes}\n")


BOXED = """某县水利规划

第一章 任务

第一节 防洪

专栏1 防洪工程

\t专栏1 防洪工程

\t1.新建堤防120公里，加固堤防64公里。


第二节 供水

全县新建水厂3座。

专栏2 供水工程

新建管网58公里。

第二章 保障

落实资金。
"""


def test_a_box_ends_no_section_and_is_counted_once() -> None:
    plan, _ = plan_of("a.txt", BOXED.encode())
    assert [text.text for text in plan.boxes] == ["专栏1 防洪工程", "专栏2 供水工程"]
    assert [heading.text for heading in plan.outline] == ["第一章 任务", "第一节 防洪", "第二节 供水", "第二章 保障"]
    assert {fact.label: fact.statements[0].at for fact in plan.facts.values()}["新建水厂"] == "第一章/第二节"
    assert [finding.code for finding in audit_document("a.txt", BOXED.encode(), Options(isolated=True)).findings] == []


ITEMS = """某县工作报告

一、主要工作

1、加强队伍建设。全年招录120人，其中女性30人，开展培训12期。

2、检查单位3600家，整改隐患820处，办理案件62起，全年没有发生较大以上火灾事故。

3、普及消防知识：主要在学校、商场和社区进行，参加的有12000人。

{gap}宏观

1、加强水源管理。全年巡查两次，更换消火栓40个。

2、加强车辆管理。全年保养三次，更换轮胎24个。

二、下步打算

{rest}
"""


@pytest.mark.parametrize(
    ("gap", "rest", "found"),
    [
        ("4、新建消火栓120个，全部通水验收。\n\n", "再接再厉。", []),
        ("", "附件1 任务表\n\n附件2 目标表（摘要）：新建消火栓120个，改造40个；检查单位3600家，整改隐患820处。\n\n附件3 结算表", []),
        ("5、加强值班备勤。全年出动830起，抢救被困人员62人。\n\n", "再接再厉。", ["FA502"]),
        ("", "附件1 任务表\n\n附件3 结算表", ["FA502"]),
    ],
)
def test_items_that_run_on_as_sentences_count_where_others_of_their_run_are_headings(gap: str, rest: str, found: list[str]) -> None:
    text = ITEMS.format(gap=gap, rest=rest)
    assert [finding.code for finding in audit_document("a.txt", text.encode(), Options(isolated=True)).findings] == found
