"""Statements, budgets and yearbook tables as documents: right ones raise nothing, and one figure made wrong is told of."""

from __future__ import annotations

import pytest
from statements import FAULTS, STATEMENTS

from fireaudit.app import Audited, Options, audit
from fireaudit.findings import Finding, Severity


def audited(text: str) -> Audited:
    (found,) = audit(["-"], Options(isolated=True, lang="zh"), text.encode(), "statement.txt").plans
    return found


def told(text: str) -> list[Finding]:
    return [finding for finding in audited(text).findings if finding.severity > Severity.NOTE]


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_right_statement_raises_nothing(name: str) -> None:
    assert [(finding.code, finding.derivation) for finding in told(STATEMENTS[name])] == []


@pytest.mark.parametrize(("name", "line", "right", "wrong"), FAULTS)
def test_a_wrong_figure_is_told_of_by_what_it_breaks(name: str, line: int, right: str, wrong: str) -> None:
    lines = STATEMENTS[name].split("\n")
    assert right in lines[line]
    lines[line] = lines[line].replace(f" {right} |", f" {wrong} |", 1)
    plain = wrong.strip("$()△ -")
    assert any(plain in str(finding.derivation) for finding in told("\n".join(lines)))


PIECES = ["| 科室 | 编制 | 实有 |\n| 办公室 | 118 | 97 |\n| 财务科 | 245 | 232 |\n", "| 科室 | 编制 | 实有 |\n| 防火科 | 312 | 300 |\n| 合计 | 675 | 629 |\n"]


@pytest.mark.parametrize("between", ["续表5", "表5（续）", "附表（續）", "Table 5 (continued)", "接上表\n\n单位：人", "- 3 -"])
def test_a_table_that_goes_on_over_a_page_is_one(between: str) -> None:
    text = f"表5 编制情况表\n{PIECES[0]}\n{between}\n\n{PIECES[1]}"
    assert told(text) == []
    assert [finding.code for finding in told(text.replace("| 232 |", "| 223 |"))] == ["FA201"]


def test_another_table_with_the_same_headings_is_another() -> None:
    plan = audited(f"表5 编制情况表\n{PIECES[1]}\n表6 编外人员情况表\n{PIECES[1]}").plan
    assert [len(table.rows) for table in plan.tables.values()] == [1, 1]


GROUPS = "工程表\n| 项目 | 投资 |\n| 总计（5项） | 700 |\n| 一、交通类（3项） | 500 |\n| 1.甲路 | 250 |\n| 2.乙路 | 150 |\n| 3.丙站 | 100 |\n| 二、能源类（2项） | 200 |\n| 1.电站 | 120 |\n| 2.电网 | 80 |\n"


def test_a_label_that_counts_its_rows_is_held_against_them() -> None:
    assert told(GROUPS) == []
    assert [finding.code for finding in told(GROUPS.replace("交通类（3项）", "交通类（4项）"))] == ["FA501"]
    every = GROUPS.replace("（5项）", "（12项）").replace("（3项）", "（30项）").replace("（2项）", "（20项）")
    assert told(every) == []  # none of them counts rows: they count something else


def test_a_single_column_with_a_blank_in_a_statement_is_added_up() -> None:
    text = STATEMENTS["budget_of_a_department"]
    assert {finding.code for finding in told(text.replace("| 85.20 |", "| 58.20 |"))} == {"FA202"}


def test_titles_with_growth_and_more_do_not_stop_sums_but_those_of_growth_alone_do() -> None:
    rows = "| 指标 | 全市 | 城市 |\n| 合计 | 104.2 | 103.8 |\n| 食品 | 101.1 | 100.9 |\n| 衣着 | 112.3 | 110.0 |\n"
    assert told(f"居民消费价格涨跌幅度\n{rows}") == []


@pytest.mark.parametrize("rate", ["师生比", "性别比（女=100）", "平均分", "占比（%）", "增长率"])
def test_rates_have_no_sum_even_beside_sums(rate: str) -> None:
    text = f"情况表\n| 类别 | 学校 | 班级 | {rate} |\n| 小学 | 334 | 8697 | 19.57 |\n| 初中 | 147 | 3672 | 14.55 |\n| 特教 | 8 | 122 | 3.56 |\n| 总计 | 489 | 12491 | 17.20 |\n"
    assert told(text) == []
    assert {finding.code for finding in told(text.replace("3672", "3762"))} == {"FA201"}
