"""Tables of documents as a reviewer meets them: right ones of many makes raise nothing, one wrong figure is told."""

from __future__ import annotations

import pytest

from fireaudit.app import Options, audit_under
from fireaudit.findings import Severity

OPTIONS = Options(isolated=True, lang="en")
SCOPE = OPTIONS.scope()


def told(text: str) -> list[str]:
    """The errors and warnings of a document: severity, rule and what was worked out."""
    audited = audit_under(SCOPE, OPTIONS, "report.txt", _tabbed(text).encode())
    return [f"{f.severity.name} {f.code} {f.derivation}" for f in audited.findings if f.severity in (Severity.ERROR, Severity.WARNING)]


def _tabbed(text: str) -> str:
    """Cells between bars, as a text with tabs."""
    return "\n".join("\t".join(cell.strip() for cell in line.split("|")) for line in text.splitlines())


TOTALS_AND_FUNDS = """
    Changes by fund
    Item | Total Funds | General Fund | Cash Funds | Federal Funds | FTE
    Lease of offices | $52,310 | $52,310 | $0 | $0 | 0.0
    Review of rates | 190,442 | 61,205 | 40,119 | 89,118 | 0.0
    Staff of the registry | 0 | 0 | 0 | 0 | -1.6
    Care at home | 77,028 | 40,514 | 0 | 36,514 | 0.0
    Training | 18,660 | 9,330 | 0 | 9,330 | 0.0
    Total | $338,440 | $163,359 | $40,119 | $134,962 | -1.6
"""
TENTHS = """
    Bills by county
    County | Recurrent | Development | Total
    Arden | 1,027.50 | 331.2 | 1,358.70
    Birch | 712.4 | 88 | 800.40
    Cole | 3,204.90 | 1,118.6 | 4,323.60
    Dunn | 244 | 31.2 | 275.20
    Esk | 96.1 | 540.7 | 636.80
    Firth | 415.3 | 27.9 | 443.20
    Glen | 1,560 | 82.4 | 1,642.40
"""
PER_SHARE = """
    Results of the half-year
    | 2025 | 2024 | Change | Change (%)
    Revenue | 61,402 | 58,917 | 2,485 | 4.2
    Cost of sales | 38,150 | 36,904 | 1,246 | 3.4
    Gross profit | 23,252 | 22,013 | 1,239 | 5.6
    Other income (loss) | 2,140 | (1,505) | 3,645 | 242.2
    Net income | 25,392 | 20,508 | 4,884 | 23.8
"""
ARROWS = """
    表3 历年人口年龄分布
    年度 | 0～14岁（人） | 15～64岁（人） | 65岁以上（人）
    2019 | 31,204 | 120,318 | 14,022
    2020 | 30,877 | 121,540 | 14,630
    2021 | 30,115 | 122,096 | 15,201
    2022 | 29,408 | 122,911 | 15,874
    趋势 | ↓ | ↑ | ↑
"""
TWO_SIDES = """
    财政拨款收支总表
    单位：元
    财政拨款收入 | | 财政拨款支出 | | |
    项目 | 预算数 | 项目 | 合计 | 一般公共预算 | 政府性基金预算
    一、一般公共预算 | 21,603,118 | 一、社会保障和就业支出 | 3,012,550 | 3,012,550 |
    二、政府性基金预算 | | 二、卫生健康支出 | 988,214 | 988,214 |
    三、国有资本经营预算 | | 三、城乡社区支出 | 15,602,354 | 15,602,354 |
    | | 四、住房保障支出 | 2,000,000 | 2,000,000 |
    收入总计 | 21,603,118 | 支出总计 | 21,603,118 | 21,603,118 |
"""
BY_CODE = """
    支出决算表
    单位：万元
    项目 | | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出
    功能分类科目编码 | 科目名称 | | | | |
    合计 | | 1,530.25 | 1,100.05 | 430.20 | |
    204 | 公共安全支出 | 1,207.75 | 877.55 | 330.20 | |
    20402 | 公安 | 1,207.75 | 877.55 | 330.20 | |
    2040201 | 行政运行 | 877.55 | 877.55 | 0.00 | |
    2040219 | 信息化建设 | 330.20 | 0.00 | 330.20 | |
    208 | 社会保障和就业支出 | 222.50 | 222.50 | 0.00 | |
    20805 | 行政事业单位养老支出 | 222.50 | 222.50 | 0.00 | |
    2080505 | 基本养老保险缴费支出 | 222.50 | 222.50 | 0.00 | |
    221 | 住房保障支出 | 100.00 | 0.00 | 100.00 | |
    22102 | 住房改革支出 | 100.00 | 0.00 | 100.00 | |
    2210201 | 住房公积金 | 100.00 | 0.00 | 100.00 | |
"""
BILLS = """
    Appropriations
    Line | Bill Number | Short Title | FY 2024-25 | FY 2025-26
    1 | Appropriation Increases | | |
    2 | HB 24-1430 | 2024-25 Long Bill | $16,201,964,101 | $0
    3 | SB 25-093 | Supplemental for Health Care | 87,429,892 | 0
    4 | HB 24-1401 | Appropriation for Denver Health | 5,000,000 | 0
    5 | SB 24-001 | Youth Mental Health | 5,000,000 | 0
    6 | SB 25-206 | 2025-26 Long Bill | 143,161,040 | 16,898,279,934
    7 | SB 25-188 | Legislative Appropriation | 0 | 72,834,086
    8 | Other bills | | 46,510,562 | 12,866,169
    9 | Subtotal | | $16,489,065,595 | $16,983,980,189
    10 | Appropriation Decreases | | |
    11 | HB 24-1466 | Refinance Recovery Funds | -$587,182,048 | $0
    12 | HB 24-1390 | School Food | -156,842,134 | 0
    13 | SB 25-214 | School Meals | 0 | -42,240,242
    14 | Subtotal | | -$744,024,182 | -$42,240,242
    15 | Total General Fund Appropriations | | $15,745,041,413 | $16,941,739,947
"""
DEBT = """
    Capital structure
    | June 30, 2026 | June 30, 2025
    Current portion of debt | $— | $16.3
    Long-term debt | 1,402.8 | 1,377.1
    Total debt | $1,402.8 | $1,393.4
"""
MEANS = """
    各镇救援情况
    单位：起
    镇街 | 2022年 | 2023年 | 2024年
    城关镇 | 120 | 135 | 150
    石桥镇 | 80 | 92 | 101
    青山镇 | 66 | 70 | 79
    白水镇 | 54 | 63 | 70
    合计 | 320 | 360 | 400
    平均 | 80 | 90 | 100
"""
CAUSES = """
    Cause | Number | Share (%)
    Electrical | 1,510 | 32.1
    Cooking | 1,218 | 25.9
    Smoking | 1,108 | 23.5
    Play | 796 | 16.9
    Spontaneous | 76 | 1.6
    Total | 4,708 | 100.0
"""
SEGMENTS = """
    Sales by segment
    Segment | Sales £000 | % of sales
    Homes | 51,260 | 55.2
    Firms | 30,915 | 33.3
    Builders | 10,684 | 11.5
    Group | 92,859 | 100.0
"""
STATEMENT = """
    Income statement
    £000 | 2025 | 2024
    Revenue | 92,859 | 88,430
    Cost of sales | (56,214) | (54,077)
    Gross profit | 36,645 | 34,353
    Administrative expenses | (13,902) | (13,318)
    Other operating income | 715 | 604
    Operating profit | 23,458 | 21,639
"""
KINDS_OF_UNITS = """
    按登记类型分组的单位
    | 单位数（个）
    合　计 | 31864
    企业 | 27215
    机关 | 1022
    社会团体 | 487
    其他 | 3140
"""
REGIONS = """
    各地企业数
    地区 | 合计 | 国有 | 民营
    全国总计 | 1,550 | 310 | 1,240
    东部地区 | 900 | 150 | 750
    甲市 | 400 | 100 | 300
    乙市 | 500 | 50 | 450
    西部地区 | 650 | 160 | 490
    丙省 | 350 | 90 | 260
    丁省 | 300 | 70 | 230
"""
LEFT_AT_YEAR_END = """
    近四年债务余额
    单位：亿元
    年份 | 一般债务余额 | 专项债务余额 | 合计 | 比上年增长（%）
    2021年末 | 88.4 | 102.6 | 191.0 | —
    2022年末 | 94.7 | 121.2 | 215.9 | 13.0
    2023年末 | 101.0 | 146.0 | 247.0 | 14.4
    2024年末 | 105.8 | 176.4 | 282.2 | 14.3
"""
BIDS = """
    中标情况
    包号及名称 | 数量（台/辆） | 单价（万元） | 中标金额（万元）
    A包 救护车 | 5 | 37.20 | 186.00
    B包 监护仪 | 15 | 3.24 | 48.60
    C包 呼吸机 | 6 | 21.50 | 129.00
    合计 | 26 | — | 363.60
"""
AGES = """
    人口年龄构成
    年龄 | 人口数 | 比重（%）
    总　计 | 1958204 | 100.00
    0—14岁 | 352160 | 17.98
    15—59岁 | 1120093 | 57.20
    60岁及以上 | 485951 | 24.82
    其中：65岁及以上 | 341220 | 17.43
"""
HOMES = """
    老旧小区改造计划
    今年拟改造小区5个，涉及楼栋52栋、居民1794户、建筑面积14.65万平方米，计划投资3767.4万元。去年改造小区6个，惠及1694户。

    改造项目表
    序号 | 小区名称 | 楼栋（栋） | 户数（户） | 建筑面积（万平方米） | 计划投资（万元）
    1 | 纺织厂院 | 9 | 270 | 2.20 | 567.0
    2 | 建设路院 | 10 | 480 | 4.01 | 1008.0
    3 | 金谷小区 | 7 | 336 | 2.67 | 705.6
    4 | 化肥厂院 | 12 | 288 | 2.42 | 604.8
    5 | 广电局院 | 14 | 420 | 3.35 | 882.0
    | 总计 | 52 | 1794 | 14.65 | 3767.4
"""
EXCLUDING = """
    Funding by programme (£ million)
    Programme | 2023-24 | 2024-25 | Change
    Prevention (a) | 41.2 | 43.9 | 2.7
    Protection | 28.4 | 26.1 | (2.3)
    Response | 187.5 | 193.0 | 5.5
    Resilience (b) | 12.9 | .. | ..
    Total excluding resilience | 257.1 | 263.0 | 5.9
"""
POINTS = """
    绩效自评表
    一级指标 | 二级指标 | 三级指标 | 分值 | 得分 | 扣分原因
    产出指标 | 数量指标 | 新建站点数 | 25 | 25 |
    | 质量指标 | 验收合格率 | 25 | 24.5 | 个别部位整改
    | 时效指标 | 按期完成率 | 10 | 8 | 两处滞后
    效益指标 | 社会效益 | 火灾起数下降率 | 30 | 27 | 未达目标
    满意度指标 | 服务对象 | 群众满意度 | 10 | 9.5 |
    总分 | | | 100 | 94.0 |
"""
CONSTANT_PRICES = """
    主要经济指标
    指标 | 单位 | 2023年 | 2024年 | 增长（%）
    地区生产总值 | 亿元 | 412.6 | 438.1 | 5.2
    一般公共预算收入 | 亿元 | 86.42 | 95.74 | 10.8
    社会消费品零售总额 | 亿元 | 165.3 | 172.4 | 4.3
    固定资产投资 | 亿元 | 204.8 | 221.6 | 8.2
    进出口总额 | 亿元 | 58.9 | 51.3 | -12.9
"""
PARTS_OF_ITEMS = """
    项目投资计划表
    单位：万元
    序号 | 项目名称 | 总投资 | 省级 | 市县
    一 | 站点建设 | 9,600 | 4,600 | 5,000
    1 | 城东站 | 5,100 | 2,600 | 2,500
    2 | 港区站 | 4,500 | 2,000 | 2,500
    二 | 装备购置 | 4,400 | 2,400 | 2,000
    1 | 车辆 | 3,300 | 1,800 | 1,500
    | 其中：举高车 | 1,500 | 900 | 600
    2 | 器材 | 1,100 | 600 | 500
    | 总计 | 14,000 | 7,000 | 7,000
"""
RIGHT = {
    "a total that names what it leaves out": EXCLUDING,
    "points of a score sheet": POINTS,
    "growth at constant prices in one row": CONSTANT_PRICES,
    "parts of an item below a numbered one": PARTS_OF_ITEMS,
    "a text that repeats a total row": HOMES,
    "a group that prints all the share": SEGMENTS,
    "a statement headed by its currency": STATEMENT,
    "one column under a total, its rows without a heading": KINDS_OF_UNITS,
    "provinces below regions": REGIONS,
    "what is left at year ends": LEFT_AT_YEAR_END,
    "quantities and unit prices": BIDS,
    "three ages and their shares": AGES,
    "means below the total": MEANS,
    "counts beside their shares": CAUSES,
    "funds, one of them nearly always nothing, beside posts": TOTALS_AND_FUNDS,
    "tenths printed as whole numbers and as hundredths": TENTHS,
    "growth from a loss": PER_SHARE,
    "a row of arrows": ARROWS,
    "income beside expenditure of another width": TWO_SIDES,
    "codes headed in a second row that names two columns only": BY_CODE,
    "lines numbered, subtotals under headings of their own": BILLS,
    "a currency before a dash": DEBT,
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_tables_raise_nothing(name: str) -> None:
    assert told(RIGHT[name]) == []


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("a group that prints all the share", "30,915", "30,195"),
        ("a statement headed by its currency", "(13,902)", "(19,302)"),
        ("a statement headed by its currency", "(54,077)", "(45,077)"),
        ("one column under a total, its rows without a heading", "27215", "24215"),
        ("provinces below regions", "750", "705"),
        ("what is left at year ends", "121.2", "112.2"),
        ("what is left at year ends", "14.4", "11.4"),
        ("quantities and unit prices", "3.24", "3.42"),
        ("quantities and unit prices", "15", "18"),
        ("three ages and their shares", "24.82", "21.82"),
        ("a text that repeats a total row", "居民1794户", "居民1994户"),
        ("a text that repeats a total row", "投资3767.4万元", "投资3776.4万元"),
        ("a total that names what it leaves out", "187.5", "178.5"),
        ("points of a score sheet", "24.5", "21.5"),
        ("growth at constant prices in one row", "10.8", "18.0"),
        ("parts of an item below a numbered one", "4,500", "5,400"),
        ("means below the total", "360", "350"),
        ("counts beside their shares", "1,108", "5,108"),
        ("funds, one of them nearly always nothing, beside posts", "61,205", "67,205"),
        ("funds, one of them nearly always nothing, beside posts", "$338,440", "$383,440"),
        ("tenths printed as whole numbers and as hundredths", "3,204.90", "3,294.90"),
        ("growth from a loss", "36,904", "39,604"),
        ("income beside expenditure of another width", "15,602,354 | 15", "15,662,354 | 15"),
        ("codes headed in a second row that names two columns only", "1,530.25", "1,350.25"),
        ("codes headed in a second row that names two columns only", "2040219 | 信息化建设 | 330.20", "2040219 | 信息化建设 | 303.20"),
        ("lines numbered, subtotals under headings of their own", "$16,983,980,189", "$16,938,980,189"),
        ("lines numbered, subtotals under headings of their own", "-156,842,134", "-165,842,134"),
    ],
)
def test_one_wrong_figure_is_told(name: str, right: str, wrong: str) -> None:
    text = RIGHT[name]
    assert text.count(right) == 1
    assert told(text.replace(right, wrong)) != []
