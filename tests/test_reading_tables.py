"""Tables of many makes, read as a plan's tables: headings, units, roles, totals, subtotals, parts, notes, forms."""

from __future__ import annotations

import pytest
from grids import grid

from fireaudit.readers.document import Paragraph, Spot
from fireaudit.reading.tables.indicators import indicators
from fireaudit.reading.tables.table import Form, ReadTable
from fireaudit.reading.tables.tables import read_table


def tables(text: str, *above: str, header_rows: int = 0) -> list[ReadTable | Form]:
    return list(read_table(grid(text, header_rows=header_rows), "附表1", [Paragraph(line, Spot(paragraph=1)) for line in above]))


def table(text: str, *above: str, header_rows: int = 0) -> ReadTable:
    (found,) = tables(text, *above, header_rows=header_rows)
    assert isinstance(found, ReadTable)
    return found


def columns(found: ReadTable) -> list[tuple[str, str, str]]:
    return [(column.label, column.role, column.unit) for column in found.columns]


def kinds(found: ReadTable) -> list[str]:
    return [row.kind for row in found.rows]


def accounts(found: ReadTable) -> list[tuple[str, str, int, int]]:
    """Rows that are sums of others beyond what their kinds say: of which, and in how many columns it holds and fails."""
    return [(a.whole.first, " ".join(("+" if sign > 0 else "-") + row.first for sign, row in a.terms), len(a.hits), len(a.misses)) for a in found.accounts]


def test_a_first_row_that_is_no_title_does_not_make_figures_of_the_headings_below() -> None:
    found = table("""
        | （本表各项之间的关系为：前两项之和等于后两项之和） |  | 申请人 |  |  |
        |  |  | 自然人 | 法人或其他组织 |  |
        |  |  | 自然人 | 商业企业 | 总计 |
        | 一、本年新收 |  | 30 | 4 | 34 |
        | 二、上年结转 |  | 2 | 1 | 3 |
        | 三、本年办结 | 予以公开 | 25 | 3 | 28 |
        | 四、结转下年 |  | 7 | 2 | 9 |
    """)
    assert [line.first for line in found.rows] == ["一、本年新收", "二、上年结转", "三、本年办结", "四、结转下年"]
    assert [(column.label.split()[-1], column.role) for column in found.columns[2:]] == [("自然人", "figure"), ("商业企业", "figure"), ("总计", "figure")]


def test_codes_of_classes_and_items_are_no_figures_and_their_sides_are_read_apart() -> None:
    left, right = tables("""
        | 类 | 款 | 科目名称 | 决算数 | 类 | 款 | 科目名称 | 决算数 |
        | 301 |  | 工资支出 | 812.40 | 302 |  | 商品支出 | 96.25 |
        | 301 | 01 | 基本工资 | 500.40 | 302 | 01 | 办公费 | 60.25 |
        | 301 | 02 | 津贴 | 312.00 | 302 | 02 | 印刷费 | 36.00 |
        | 303 |  | 补助 | 40.10 | 310 |  | 资本支出 | 12.00 |
        | 303 | 02 | 退休费 | 40.10 | 310 | 02 | 设备购置 | 12.00 |
        |  |  | 人员经费合计 | 852.50 |  |  | 公用经费合计 | 108.25 |
    """)
    for side, total in ((left, "人员经费合计"), (right, "公用经费合计")):
        assert isinstance(side, ReadTable)
        assert [column.role for column in side.columns] == ["text", "text", "name", "figure"]
        assert kinds(side) == ["plain", "of_which", "of_which", "plain", "of_which"]
        assert side.total is not None and side.total.first == total


def test_a_list_that_goes_on_beside_itself_has_one_total_below_its_last_column() -> None:
    staff, running = tables(
        """
        | 人员经费 | < | < | 公用经费 | < | < | < | < | < |
        | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |
        | 301 | 工资支出 | 812.40 | 302 | 商品支出 | 96.25 | 310 | 资本支出 | 12.00 |
        | 30101 | 基本工资 | 500.40 | 30201 | 办公费 | 60.25 | 31002 | 设备购置 | 9.00 |
        | 30102 | 津贴 | 312.00 | 30202 | 印刷费 | 36.00 | 31003 | 专用设备 | 3.00 |
        | 人员经费合计 | < | 812.40 | 公用经费合计 | < | < | < | < | 108.25 |
        """,
        header_rows=1,
    )
    assert isinstance(staff, ReadTable) and isinstance(running, ReadTable)
    assert [row.cells[0].text for row in running.rows] == ["302", "30201", "30202", "310", "31002", "31003"]
    assert running.total is not None and (running.total.first, running.total.cells[-1].text) == ("公用经费合计", "108.25")
    assert staff.total is not None and staff.total.cells[-1].text == "812.40"


def test_a_subtotal_of_the_last_rows_only() -> None:
    found = table("""
        | Reasons for change | Amount |
        | Budget 2023/24 | 604,312 |
        | Social care pressures | 46,017 |
        | Pay award | 8,806 |
        | Other pressures | 13,371 |
        | Total change in services | 68,194 |
        | Increase in grants | 20,211 |
        | Increase in council tax | 22,704 |
        | Total change in funding | 42,915 |
    """)
    assert [(row.first, row.kind) for row in found.rows if row.kind != "plain"][:2] == [("Budget 2023/24", "apart"), ("Total change in services", "subtotal")]


def test_a_budget_table_with_numbered_levels() -> None:
    found = table("""
        | 单位：万元 | < | < |
        | 项目 | 2024年预算 | 2025年预算 |
        | 一、人员经费 | 120 | 130 |
        | 1.工资 | 80 | 85 |
        | 2.补贴 | 40 | 45 |
        | 二、装备经费 | 300 | 310 |
        | 1.车辆 | 250 | 255 |
        | 2.器材 | 50 | 55 |
        | 合计 | 420 | 440 |
    """)
    assert columns(found) == [("项目", "name", ""), ("2024年预算", "figure", "万元"), ("2025年预算", "figure", "万元")]
    assert kinds(found) == ["plain", "of_which", "of_which"] * 2
    assert all(row.complete for row in found.rows if row.kind == "of_which")
    assert found.total is not None and [cell.text for cell in found.total.cells] == ["合计", "420", "440"]


def test_codes_that_go_on_from_codes_above_are_levels_and_serial_numbers_are_not() -> None:
    found = table("""
        | 科目编码 | 科目名称 | 合计 | 基本支出 |
        | 208 | 社会保障 | 210 | 200 |
        | 20805 | 养老 | 210 | 200 |
        | 2080505 | 养老保险 | 140 | 135 |
        | 2080506 | 职业年金 | 70 | 65 |
        | 210 | 卫生健康 | 95 | 95 |
        | 21011 | 医疗 | 95 | 95 |
        | | 合计 | 305 | 295 |
    """)
    assert kinds(found) == ["plain", "of_which", "apart", "apart", "plain", "of_which"] and found.total is not None
    assert [sums for sums in accounts(found) if sums[0] == "20805"] == [("20805", "+2080505 +2080506", 2, 0)]
    numbered = table("\n".join(["| 序号 | 站名 | 人数 |", *(f"| {i} | 站{i} | {i * 3} |" for i in range(1, 13))]))
    assert kinds(numbered) == ["plain"] * 12


def test_a_total_among_its_rows_is_a_mean() -> None:
    found = table("| 片区 | 起数 | 到场（分钟） |\n| 北 | 40 | 7.5 |\n| 南 | 60 | 9.2 |\n| 全市合计 | 100 | 8.5 |", "火情表")
    assert [column.adds for column in found.columns] == [True, True, False]


def test_rows_that_are_taken_off_are_not_added_up() -> None:
    small = table("| 项目 | 金额 | 同比增长% |\n| 收入 | 9 | 3 |\n| 减：成本 | 6 | 2 |\n| 合计 | 3 | 5 |")
    assert [(column.label, column.adds) for column in small.columns[1:]] == [("金额", False), ("同比增长", False)]
    found = table("| 项目 | 金额 |\n| 收入 | 9,250 |\n| 减：成本 | 6,430 |\n| 合计 | 2,820 |")
    assert found.total is None and kinds(found) == ["plain", "plain", "apart"] and accounts(found) == [("合计", "+收入 -减：成本", 1, 0)]


def test_a_heading_printed_once_over_two_columns_heads_both() -> None:
    found = table("| 街道 | 人口（人） | | 户数 |\n| | 男 | 女 | |\n| 甲 | 102 | 98 | 65 |\n| 乙 | 80 | 79 | 52 |")
    assert columns(found)[1:] == [("人口 男", "figure", "人"), ("人口 女", "figure", "人"), ("户数", "figure", "")]


def test_tables_stacked_in_one_grid_are_told_apart() -> None:
    first, second = tables("""
        | 镇 | 站 | 车 |
        | 甲 | 3 | 6 |
        | 城区各镇 | < | < |
        | 乙 | 4 | 8 |
        | 人员情况表 | < | < |
        | 镇 | 干部 | 队员 |
        | 甲 | 2 | 30 |
        | 乙 | 1 | 25 |
    """)
    assert isinstance(first, ReadTable) and isinstance(second, ReadTable)
    assert ([row.cells[0].text for row in first.rows], second.title, len(second.rows)) == (["甲", "乙"], "人员情况表", 2)


def test_numbers_broken_over_lines_are_put_together() -> None:
    found = table("| 镇 | 面积 | 人口 |\n| 甲 | 32. 4 | 1, 234 |\n| 乙 | 0 .75 | 980 |")
    assert [[cell.text for cell in row.cells[1:]] for row in found.rows] == [["32.4", "1,234"], ["0.75", "980"]]


def test_a_wrong_part_is_still_a_part() -> None:
    found = table("""
        | 项目 | 金额（万元） |
        | 一、人员经费 | 120 |
        | 1.工资 | 80 |
        | 2.补贴 | 45 |
        | 二、装备经费 | 300 |
        | 合计 | 420 |
    """)
    assert kinds(found) == ["plain", "of_which", "of_which", "plain"]


def test_a_yearly_schedule_of_one_number_in_the_same_words() -> None:
    found = table("""
        | 序号 | 时间 | 工作任务 | 备注 |
        | 1 | 2026 年 | 全区新装水鹤 3 座 | |
        | 2 | 2027 年 | 全区新装水鹤 5 座 | |
        | 3 | 2028-\n2029 年 | 全区新装水鹤 8 座 | |
    """.replace("-\n", "-"), "水鹤建设安排表")  # fmt: skip
    assert columns(found) == [("序号", "number", ""), ("时间", "year", ""), ("全区新装水鹤", "figure", "座"), ("备注", "text", "")]
    assert [row.cells[2].text for row in found.rows] == ["3", "5", "8"]
    assert [row.cells[1].text for row in found.rows] == ["2026年", "2027年", "2028-2029年"]
    assert (found.title, found.during) == ("水鹤建设安排表", "2026-2029")


def test_headings_of_three_rows_with_merged_cells_and_units() -> None:
    found = table("""
        | 街道 | 消防站（个） | < | < | 经费 | < |
        | ^ | 现有 | 规划 | < | 财政（万元） | 自筹（元） |
        | ^ | ^ | 2026年 | 2030年 | ^ | ^ |
        | 东山 | 2 | 3 | 4 | 1.5 | 2,000 |
        | 西坝 | 1 | 2 | 2 | 0.8 | 1,000 |
        | 总 计 | 3 | 5 | 6 | 2.3 | 3,000 |
    """)
    assert columns(found) == [
        ("街道", "name", ""), ("消防站 现有", "figure", "个"), ("消防站 规划 2026年", "figure", "个"), ("消防站 规划 2030年", "figure", "个"),
        ("经费 财政", "figure", "万元"), ("经费 自筹", "figure", "元"),
    ]  # fmt: skip
    assert len(found.rows) == 2 and found.total is not None


def test_a_short_heading_row_of_a_flattened_table_is_stretched() -> None:
    found = table("""
        | 序号 | 指标 | 现状值 | 目标 | 属性 |
        | | | | 2027年 | 2030年 | |
        | 1 | 到场时间 | 9分钟 | ≤8分钟 | ≤7分钟 | 预期性 |
        | 2 | 消火栓完好率 | 93% | 96% | ≥98% | 约束性 |
    """)
    assert [column.label for column in found.columns] == ["序号", "指标", "现状值", "目标 2027年", "目标 2030年", "属性"]
    one, two = indicators(found)
    assert (one.label.text, one.no, one.kind, one.baseline and one.baseline.text) == ("到场时间", "1", "预期性", "9分钟")
    assert [(year, piece.text) for year, piece in two.targets] == [(2027, "96%"), (2030, "≥98%")]


def test_headings_that_each_head_the_same_group_of_columns() -> None:
    found = table("""
        | 单位 | 2026年 | 2027年 | 2028年 | 2029年 |
        | 甲队 | ★ | 水罐车 | 45 | ● | 云梯车 | 90 | ★ | 抢险车 | 60 | 待定 |
        | 乙队 | ● | 泵车 | 30 | ★ | 照明车 | 25 | ● | 供气车 | 40 | 待定 |
    """)
    assert [column.role for column in found.columns] == ["text", "text", "symbol", "text", "figure"]
    assert [[cell.text for cell in row.cells] for row in found.rows[:4]] == [
        ["甲队", "2026年", "★", "水罐车", "45"], ["甲队", "2027年", "●", "云梯车", "90"], ["甲队", "2028年", "★", "抢险车", "60"], ["甲队", "2029年", "", "待定", ""],
    ]  # fmt: skip


def test_figures_that_years_head_in_named_columns_stay_side_by_side() -> None:
    (found,) = tables("""
        | 街道 | 2026年 | < | 2027年 | < |
        | ^ | 座数 | 经费（万元） | 座数 | 经费（万元） |
        | 甲 | 2 | 30 | 3 | 40 |
        | 乙 | 1 | 15 | 2 | 28 |
    """)
    assert isinstance(found, ReadTable)
    assert [column.label for column in found.columns] == ["街道", "2026年 座数", "2026年 经费", "2027年 座数", "2027年 经费"]


def test_totals_of_years_side_by_side_are_figures_of_their_own() -> None:
    found, totals = tables("""
        | 单位 | 2026年 | < | 2027年 | < |
        | 甲队 | 水罐车 | 45 | 云梯车 | 90 |
        | 合计 | 共1辆 | 45 | 共1辆 | 90 |
    """)
    assert isinstance(found, ReadTable) and isinstance(totals, Form)
    assert [(label, piece.text) for label, piece in totals.pieces] == [
        ("2026年合计", "共1辆"),
        ("2026年合计", "45"),
        ("2027年合计", "共1辆"),
        ("2027年合计", "90"),
    ]


def test_notes_repeated_headings_and_column_numbers_are_no_rows() -> None:
    found = table("""
        | 队站 | 车辆（辆） | 人员（人） | 面积 |
        | 栏次 | 1 | 2 | 3 |
        | 城东站 | 4 | 31 | 2,400 |
        | 队站 | 车辆（辆） | 人员（人） | 面积 |
        | 城西站 | 3 | 26 | 1,800 |
        | 合计 | 7 | 57 | 4,200 |
        | 注：面积为建筑面积。 | < | < | < |
    """)
    assert [row.cells[0].text for row in found.rows] == ["城东站", "城西站"]
    assert [note.text for note in found.notes] == ["注：面积为建筑面积。"]
    assert found.total is not None


@pytest.mark.parametrize("first", [True, False], ids=["subtotal heads its rows", "subtotal closes its rows"])
def test_subtotals_on_either_side_of_their_rows(first: bool) -> None:
    north = ["| 北片小计 | 5 | 50 |"]
    south = ["| 南片小计 | 7 | 90 |"]
    towns = [["| 甲镇 | 2 | 20 |", "| 乙镇 | 3 | 30 |"], ["| 丙镇 | 3 | 40 |", "| 丁镇 | 4 | 50 |"]]
    body = [*north, *towns[0], *south, *towns[1]] if first else [*towns[0], *north, *towns[1], *south]
    found = table("\n".join(["| 乡镇 | 泵房（座） | 投资（万元） |", *body, "| 合计 | 12 | 140 |"]))
    group = ["plain", "of_which", "of_which"] if first else ["plain", "plain", "subtotal"]
    assert kinds(found) == group * 2


def test_of_which_rows_and_their_indented_fellows() -> None:
    found = table("""
        | 项目 | 数量（人） |
        | 专职队员 | 90 |
        | 其中：驾驶员 | 20 |
        | ___通信员 | 10 |
        | 志愿队员 | 60 |
        | 合计 | 150 |
    """)
    assert kinds(found) == ["plain", "of_which", "of_which", "plain"]


def test_a_total_that_comes_first() -> None:
    found = table("""
        | 地区 | 起数 | 损失（万元） |
        | 全市合计 | 60 | 110.5 |
        | 甲区 | 25 | 60.5 |
        | 乙区 | 35 | 50.0 |
    """)
    assert found.total is not None and found.total.cells[1].text == "60"
    assert kinds(found) == ["plain", "plain"]


def test_two_breakdowns_of_one_total_are_two_tables() -> None:
    first, second = tables("""
        | 分类 | 起数 | 死亡 |
        | 合计 | 100 | 9 |
        | 城市 | 70 | 5 |
        | 农村 | 30 | 4 |
        | 白天 | 44 | 3 |
        | 夜间 | 56 | 6 |
    """)
    assert isinstance(first, ReadTable) and isinstance(second, ReadTable)
    assert [row.cells[0].text for row in first.rows] == ["城市", "农村"]
    assert [row.cells[0].text for row in second.rows] == ["白天", "夜间"]
    assert first.total == second.total != None  # noqa: E711


def test_unmarked_parts_are_found_by_their_sums() -> None:
    found = table("""
        | 项目 | 2024 | 2025 |
        | 税收 | 60 | 66 |
        | 增值税 | 40 | 43 |
        | 所得税 | 20 | 23 |
        | 非税 | 15 | 14 |
        | 合计 | 75 | 80 |
    """)
    assert kinds(found) == ["plain", "of_which", "of_which", "plain"]


def test_a_wrong_total_stays_a_total_of_its_rows() -> None:
    found = table("""
        | 镇 | 站 | 车 |
        | 甲 | 3 | 6 |
        | 乙 | 4 | 8 |
        | 合计 | 8 | 14 |
    """)
    assert kinds(found) == ["plain", "plain"]
    assert not any(column.severity for column in found.columns)


def test_a_total_row_that_adds_up_nowhere_is_doubted() -> None:
    found = table("""
        | 镇 | 站 | 车 |
        | 甲 | 3 | 6 |
        | 乙 | 4 | 8 |
        | 合计 | 19 | 25 |
    """)
    assert [column.severity for column in found.columns] == ["", "warning", "warning"]


def test_rows_below_the_total_stand_for_themselves() -> None:
    first, rest = tables("""
        | 镇 | 站 | 车 |
        | 甲 | 3 | 6 |
        | 乙 | 4 | 8 |
        | 合计 | 7 | 14 |
        | 上年同期 | 6 | 11 |
    """)
    assert isinstance(first, ReadTable) and isinstance(rest, ReadTable)
    assert len(first.rows) == 2 and rest.total is None and [row.cells[0].text for row in rest.rows] == ["上年同期"]


def test_a_transposed_table_keeps_its_years_as_columns() -> None:
    found = table("""
        | 指标 | 2021年 | 2022年 | 2023年 |
        | 地区生产总值（亿元） | 512.4 | 540.1 | 566.0 |
        | 常住人口（万人） | 61.2 | 61.5 | 61.9 |
        | 火灾（起） | 210 | 198 | 187 |
    """)
    assert columns(found) == [("指标", "name", ""), *[(f"{year}年", "figure", "") for year in (2021, 2022, 2023)]]


def test_an_english_table() -> None:
    found = table(
        """
        | No. | District | Stations | Spending ($ million) | Share (%) |
        | 1 | North Hill | 4 | 12.5 | 62.5 |
        | 2 | Riverside | 2 | 7.5 | 37.5 |
        | | Total | 6 | 20.0 | 100 |
        | Source: district returns | < | < | < | < |
        """,
        "Table 2: Fire stations by district",
    )
    assert [column.role for column in found.columns] == ["number", "name", "figure", "figure", "figure"]
    assert (found.title, found.columns[4].unit) == ("Table 2: Fire stations by district", "%")
    assert found.total is not None and len(found.rows) == 2 and len(found.notes) == 1


def test_one_odd_cell_does_not_cost_the_column() -> None:
    found = table("\n".join(["| 站名 | 人数（人） |", *(f"| 第{c}站 | {n} |" for c, n in zip("甲乙丙丁戊己", (5, 7, "筹建中", 6, 8, 9), strict=True))]))
    assert [column.role for column in found.columns] == ["name", "figure"]


def test_codes_ranks_and_prices_do_not_add_up() -> None:
    found = table("""
        | 物资 | 代码 | 单价（元） | 数量（件） | 金额（元） |
        | 水带 | 1001 | 300 | 4 | 1,200 |
        | 水枪 | 1002 | 500 | 2 | 1,000 |
        | 合计 | | 800 | 6 | 2,200 |
    """)
    assert [(column.role, column.adds) for column in found.columns] == [("name", True), ("text", True), ("figure", False), ("figure", True), ("figure", True)]


def test_blank_cells_count_nothing_where_the_total_says_so() -> None:
    found = table("""
        | 镇 | 水池（座） | 水鹤（座） |
        | 甲 | 3 | |
        | 乙 | | 2 |
        | 合计 | 3 | 5 |
    """)
    assert [column.empty_is_none for column in found.columns] == [False, True, False]


def test_a_figure_merged_over_rows_is_counted_once() -> None:
    found = table("""
        | 片区 | 镇 | 泵（台） | 经费（万元） |
        | 东片 | 甲 | 2 | 30 |
        | ^ | 乙 | 3 | ^ |
        | 西片 | 丙 | 4 | 25 |
        | 合计 | < | 9 | 55 |
    """)
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["东片", "甲", "2", "30"], ["东片", "乙", "3", ""], ["西片", "丙", "4", "25"]]
    assert found.total is not None and [cell.text for cell in found.total.cells] == ["合计", "", "9", "55"]


def test_the_total_row_of_a_flattened_table_is_set_below_its_columns() -> None:
    found = table("""
        | 序号 | 镇 | 站 | 车 |
        | 1 | 甲 | 3 | 6 |
        | 2 | 乙 | 4 | 8 |
        | 合计 | 7 | 14 |
    """)
    assert found.total is not None and [cell.text for cell in found.total.cells] == ["", "合计", "7", "14"]


def test_a_box_is_text_and_a_form_is_labels_with_values() -> None:
    (box,) = tables("| 专栏3：队伍建设 |\n| 特勤站：组建 20 人的水域队 |")
    assert isinstance(box, Form) and [piece.text for _, piece in box.pieces] == ["特勤站：组建20人的水域队"]
    (form,) = tables("""
        | 专栏4：示范站要求 | < | < |
        | 占地面积 | 3000-4500平方米 | < |
        | 人员配置 | 灭火队 | 24人 |
        | ^ | 救援队 | 12人 |
        | 执勤 | 昼夜值守 | < |
    """)
    assert isinstance(form, Form)
    assert [(label, piece.text) for label, piece in form.pieces if any(c.isdigit() for c in piece.text)] == [
        ("占地面积", "3000-4500平方米"), ("灭火队", "24人"), ("救援队", "12人"),
    ]  # fmt: skip


def test_a_box_that_holds_a_table_is_a_table() -> None:
    found = table("| 专栏1：主要目标 | < | < |\n| 目标 | 2025年 | 2030年 |\n| 站点（个） | 12 | 15 |\n| 队员（人） | 200 | 260 |")
    assert (found.title, len(found.rows)) == ("专栏1：主要目标", 2)


def test_brackets_that_hold_no_unit_stay() -> None:
    found = table("| 镇（乡） | 站（含在建）（个） | 达标率（%） |\n| 甲 | 3 | 50 |\n| 乙 | 4 | 75 |", "镇（乡）站点表")
    assert columns(found) == [("镇（乡）", "name", ""), ("站（含在建）", "figure", "个"), ("达标率", "figure", "%")]
    assert found.title == "镇（乡）站点表"


def test_the_unit_stands_above_the_table() -> None:
    found = table("| 项目 | 数额 | 占比 |\n| 甲 | 3 | 30% |\n| 乙 | 7 | 70% |", "（单位：万元）", "表2 资金来源")
    assert (found.title, found.columns[1].unit, found.columns[2].unit) == ("表2 资金来源", "万元", "")


def test_indicator_tables_with_units_of_their_own_and_a_base_year() -> None:
    found = table("""
        | 类别 | 指标名称 | 单位 | 2020年 | 2025年 | 年均增长 | 指标属性 |
        | 力量 | 每万人消防员 | 人 | 3.1 | ≥4.0 | 5.2% | 预期性 |
        | ^ | 消防站 | 个 | 21 | 30 | 7.4% | 约束性 |
        | 设施 | 消火栓完好率 | % | 92 | 待定 | 1.3% | 约束性 |
    """)
    read = indicators(found)
    assert [(one.label.text, one.unit, one.baseline and one.baseline.text, one.baseline_year) for one in read] == [
        ("每万人消防员", "人", "3.1", 2020), ("消防站", "个", "21", 2020), ("消火栓完好率", "%", "92", 2020),
    ]  # fmt: skip
    assert [[piece.text for _, piece in one.further] for one in read] == [["5.2%"], ["7.4%"], ["1.3%"]]
    assert [piece.text for one in read for piece in one.unread] == ["待定"]


def severities(found: ReadTable) -> list[str]:
    return [column.severity for column in found.columns if column.role == "figure"]


def test_a_subtotal_in_the_second_column_of_labels_is_the_total_of_its_category() -> None:
    found = table("""
        | 类别 | 名称 | 数量 |
        | 车辆 | 泵车 | 3 |
        | 车辆 | 梯车 | 4 |
        | 车辆 | 小计 | 7 |
        | 器材 | 水带 | 20 |
        | 器材 | 合计 | 20 |
        | 总计 | 总计 | 27 |
    """)
    assert kinds(found) == ["plain", "plain", "subtotal", "plain", "subtotal"]
    assert found.total is not None


def test_subtotals_above_their_rows_are_sums_where_one_of_them_is() -> None:
    found = table("""
        | 类别 | 名称 | 数量 |
        | 车辆 | 合计 | 8 |
        | | 泵车 | 3 |
        | | 梯车 | 4 |
        | 器材 | 合计 | 50 |
        | | 水带 | 20 |
        | | 水枪 | 30 |
    """)
    assert [(row.kind, row.complete) for row in found.rows] == [("plain", False), ("of_which", True), ("of_which", True)] * 2


@pytest.mark.parametrize("caption", ["水泵（千台）", "Pumps (in thousands)", "Pumps, thousands of units", "Pumps (US$'000)"])
def test_whole_numbers_under_a_scale_are_rounded(caption: str) -> None:
    (column,) = [c for c in table("| 地区 | 数 |\n| 甲 | 12 |\n| 乙 | 25 |\n| 合计 | 38 |", caption).columns if c.role == "figure"]
    assert column.rounded or column.unit == "千台"
    assert not column.severity


def test_whole_numbers_without_a_scale_are_not_rounded() -> None:
    found = table("| 地区 | 数 |\n| 甲 | 12 |\n| 乙 | 25 |\n| 合计 | 38 |", "水泵")
    assert not any(column.rounded for column in found.columns)
    assert severities(found) == [""]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("| 甲 | 812 |\n| 乙 | 325 |\n| 合计 | 1138 |", "note"),  # large numbers that miss by one may be rounded ones
        ("| 甲 | 812 |\n| 乙 | 325 |\n| 合计 | 1173 |", ""),
        ("| 甲 | 98 |\n| 乙 | 54 |\n| 丙 | 71 |\n| 合计 | 98 |", "note"),  # the largest
        ("| 甲 | 98 |\n| 乙 | 54 |\n| 丙 | 71 |\n| 合计 | 71 |", "note"),  # the last
        ("| 合计 | 900 |\n| 甲 | 98 |\n| 乙 | 54 |", "note"),  # a selection
        ("| 合计 | 120 |\n| 甲 | 98 |\n| 乙 | 54 |", ""),
    ],
)
def test_a_total_that_may_be_meant_as_it_is_weighs_little(rows: str, expected: str) -> None:
    assert severities(table(f"| 地区 | 数 |\n{rows}")) == [expected]


def test_rows_that_overlap_may_add_up_to_more_than_their_total() -> None:
    found = table("| 工程 | 受益村（个） | 人数（人） |\n| 甲 | 45 | 120 |\n| 乙 | 52 | 130 |\n| 合计 | 61 | 205 |")
    assert severities(found)[0] == "note" != severities(found)[1]


def test_extremes_percentages_and_what_is_left_at_the_end_of_a_month_are_not_added_up() -> None:
    found = table("| 月份 | 入库 | 月末库存 | 最高值 | 占比 |\n| 1月 | 5 | 9 | 3 | 40 |\n| 2月 | 6 | 8 | 4 | 61 |\n| 合计 | 11 | 18 | 9 | 100 |")
    assert [column.label for column in found.columns if column.role == "figure" and column.adds] == ["入库"]


def test_several_totals_of_different_things_are_totals_of_blocks() -> None:
    found = table("| 项目 | 金额 |\n| 收入合计 | 100 |\n| 拨款 | 70 |\n| 其他 | 30 |\n| 支出合计 | 90 |\n| 人员 | 60 |\n| 公用 | 30 |\n| 结余 | 10 |")
    assert found.total is None
    assert kinds(found) == ["plain", "of_which", "of_which", "plain", "of_which", "of_which", "plain"]


def sides_of(text: str, *above: str) -> list[ReadTable]:
    found = tables(text, *above)
    assert all(isinstance(one, ReadTable) for one in found)
    return [one for one in found if isinstance(one, ReadTable)]


def test_two_sides_are_two_tables_whose_grand_totals_balance() -> None:
    left, right = sides_of("""
        | 收入项目 | 金额 | 支出项目 | 金额 |
        | 税收 | 130,000 | 上解 | 12,500 |
        | 补助 | 45,000 | 支出 | 162,500 |
        | 收入总计 | 175,000 | 支出总计 | 175,000 |
    """)
    assert ([row.label for row in left.rows], [row.label for row in right.rows]) == (["税收", "补助"], ["上解", "支出"])
    assert (left.balanced, right.balanced) == (False, True)
    assert left.total is not None and right.total is not None and right.total.label == "支出总计"


def test_sides_that_end_in_sums_of_the_year_need_not_balance() -> None:
    _, right = sides_of("| 收入 | 金额 | 支出 | 金额 |\n| 税 | 30 | 甲 | 12 |\n| 费 | 45 | 乙 | 62 |\n| 收入合计 | 75 | 支出合计 | 74 |")
    assert not right.balanced


def test_a_list_in_several_columns_is_one_table() -> None:
    found = table("| 镇 | 人口 | 镇 | 人口 |\n| 甲 | 302 | 丙 | 189 |\n| 乙 | 254 | 合计 | 745 |")
    assert [row.label for row in found.rows] == ["甲", "乙", "丙"] and found.total is not None


def test_units_of_two_columns_are_no_sides() -> None:
    found = table("| 指标 | 单位 | 上年 | 本年 |\n| 车 | 辆 | 30 | 35 |\n| 站 | 座 | 4 | 5 |\n| 栓 | 个 | 210 | 230 |")
    assert [column.role for column in found.columns] == ["name", "text", "figure", "figure"]


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (["编制单位：某公司 2023年12月31日 单位：万元"], "万元"),
        (["2023年度 单位：元"], "元"),
        (["单位：千元", "部门：某局"], "千元"),
        (["As at 31 December 2023 (in thousands of US dollars)"], ""),
        (["(in millions, except per share data)"], ""),
    ],
)
def test_lines_about_a_table_are_not_its_title(lines: list[str], unit: str) -> None:
    found = table("| 项目 | 金额 |\n| 甲 | 12 |\n| 乙 | 30 |", *lines, "收支情况表")
    assert (found.title, found.columns[1].unit) == ("收支情况表", unit)


def test_a_row_that_numbers_the_columns_and_a_column_that_numbers_the_lines_hold_no_figures() -> None:
    found = table("| 项目 | 行次 | 决算数 | 预算数 |\n| 栏次 | | 1 | 2 |\n| 甲 | 1 | 120 | 130 |\n| 乙 | 2 | 80 | 70 |\n| 合计 | 3 | 200 | 200 |")
    assert [column.role for column in found.columns] == ["name", "text", "figure", "figure"]
    assert [row.label for row in found.rows] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("printed", "read"), [("(1,350)", "-1,350"), ("（1,350）", "-1,350"), ("△1,350", "-1,350"), ("*", "…"), ("×", "…"), ("1,350", "1,350")]
)
def test_negatives_of_statements_and_what_is_withheld(printed: str, read: str) -> None:
    found = table(f"| 项目 | 金额 |\n| 甲 | 2,400 |\n| 乙 | {printed} |\n| 丙 | 310 |\n| 丁 | 520 |")
    assert found.rows[1].cells[1].text == read


def test_a_currency_at_the_top_of_a_column_is_that_of_all() -> None:
    found = table("| Item | 2024 |\n| Cash | $ 12,405 |\n| Stock | 8,330 |\n| Total | $ 20,735 |")
    assert [row.cells[1].text for row in found.rows] == ["12,405", "8,330"]


def test_numbers_between_brackets_throughout_a_column_are_no_negatives() -> None:
    found = table("| 项目 | 数量 | 占比 |\n| 甲 | 24 | (40) |\n| 乙 | 36 | (60) |")
    assert [row.cells[2].text for row in found.rows] == ["(40)", "(60)"]


def test_results_are_signed_sums_of_what_stands_above() -> None:
    found = table("""
        | 项目 | 本年 | 上年 |
        | 一、营业收入 | 12,500.00 | 11,200.00 |
        | 减：营业成本 | 8,300.00 | 7,600.00 |
        | 税金 | 125.00 | 110.00 |
        | 加：投资收益 | 30.00 | 45.00 |
        | 二、营业利润 | 4,105.00 | 3,535.00 |
        | 减：所得税 | 1,026.25 | 883.75 |
        | 三、净利润 | 3,078.75 | 2,651.25 |
    """)
    assert accounts(found) == [
        ("二、营业利润", "+一、营业收入 -减：营业成本 -税金 +加：投资收益", 2, 0),
        ("三、净利润", "+二、营业利润 -减：所得税", 2, 0),
    ]


def test_one_wrong_column_does_not_hide_an_account() -> None:
    found = table("""
        | 资产 | 期末 | 期初 |
        | 货币资金 | 45,210.30 | 39,874.12 |
        | 存货 | 88,120.00 | 84,002.77 |
        | 流动资产合计 | 133,330.30 | 123,867.89 |
        | 固定资产原价 | 10,450.00 | 10,100.00 |
        | 减：累计折旧 | 1,230.45 | 1,118.20 |
        | 固定资产净值 | 9,219.55 | 8,981.80 |
        | 资产总计 | 142,549.85 | 132,858.69 |
    """)
    assert ("固定资产净值", "+固定资产原价 -减：累计折旧", 2, 0) in accounts(found)
    assert [(sums[0], sums[2:]) for sums in accounts(found) if sums[0] == "资产总计"] == [("资产总计", (1, 1))]


def test_parts_after_the_first_need_no_mark_and_a_second_breakdown_stands_apart() -> None:
    found = table("""
        | 指标 | 年末数（万人） | 比重（%） |
        | 全市人口 | 312.48 | 100.00 |
        | 其中：城镇 | 201.86 | 64.60 |
        | 乡村 | 110.62 | 35.40 |
        | 其中：男性 | 159.03 | 50.89 |
        | 女性 | 153.45 | 49.11 |
        | 其中：少年 | 55.21 | 17.67 |
    """)
    assert kinds(found) == ["plain", "of_which", "of_which", "apart", "apart", "apart"]
    assert all(row.complete for row in found.rows if row.kind == "of_which")
    assert accounts(found) == [("全市人口", "+其中：男性 +女性", 2, 0)]


def test_as_many_rows_are_parts_as_leave_the_total() -> None:
    found = table("""
        | 类别 | 机构 | 床位 |
        | 总计 | 1,842 | 25,610 |
        | 医院 | 96 | 19,880 |
        | 基层 | 1,705 | 5,030 |
        | 其中：中心 | 120 | 1,020 |
        | 卫生院 | 85 | 4,010 |
        | 其他 | 41 | 700 |
    """)
    assert kinds(found) == ["plain", "plain", "of_which", "of_which", "plain"]


def test_codes_in_columns_of_their_own_are_levels() -> None:
    found = table("""
        | 科目编码 | < | 科目名称 | 金额 |
        | 类 | 款 | | |
        | 301 | | 工资 | 7,210 |
        | 301 | 01 | 基本工资 | 4,210 |
        | 301 | 02 | 津贴 | 3,000 |
        | 302 | | 办公 | 1,346 |
        | 302 | 01 | 办公费 | 846 |
        | 302 | 11 | 差旅费 | 500 |
        | | | 合计 | 8,556 |
    """)
    assert kinds(found) == ["plain", "of_which", "of_which", "plain", "of_which", "of_which"]
    assert all(row.complete for row in found.rows if row.kind == "of_which")


def test_blanks_count_nothing_where_a_column_of_totals_shows_it() -> None:
    found = table("| 项目 | 建筑 | 设备 | 合计 |\n| 甲 | 120 | — | 120 |\n| 乙 | | 35 | 35 |\n| 丙 | 14 | 20 | 34 |")
    assert [column.empty_is_none for column in found.columns] == [False, True, True, False]
    assert found.rows[0].cells[2].text == ""


def test_a_wrong_part_makes_no_mean_of_a_total() -> None:
    found = table("| 科目 | 上年 | 本年 |\n| 甲 | 9,000 | 4,855 |\n| 乙 | 1,870 | 1,905 |\n| 合计 | 6,631 | 6,760 |")
    assert [column.adds for column in found.columns] == [True, True, True]


def test_a_row_given_short_is_moved_to_where_its_cells_fit() -> None:
    found = table("| 一级 | 二级 | 面积 | 比重 |\n| 农用地 | 耕地 | 300 | 60 |\n| | 园地 | 150 | 30 |\n| 其他 | 50 | 10 | |\n| 总计 | 500 | 100 | |")
    assert [piece.text for piece in found.rows[2].cells] == ["", "其他", "50", "10"]


def test_the_year_is_the_total_of_its_months_but_of_no_few_of_them() -> None:
    months = "\n".join(f"| {i}月 | {i * 7} |" for i in range(1, 13))
    whole = table(f"| 月份 | 件数 |\n{months}\n| 全年 | 546 |")
    assert whole.total is not None and whole.total.label == "全年" and whole.columns[1].severity == "warning"
    assert table("| 时期 | 收入 |\n| 一季度 | 12000 |\n| 前三季度 | 38100 |\n| 全年 | 52000 |").total is None
