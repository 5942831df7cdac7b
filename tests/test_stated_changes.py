"""Changes that running text states with what they are changes of: ``{right|wrong}`` marks the figure that is falsified."""

from __future__ import annotations

import re
import time

import pytest

from fireaudit.app import Options
from fireaudit.documents import audit_document
from fireaudit.findings import Finding, Severity
from fireaudit.readers.document import Paragraph, Spot
from fireaudit.reading.prose.prose import read_prose

STATED = (
    # the base in a bracket behind
    "细颗粒物年均浓度为34微克/立方米，同比下降{8.1|5.1}%（2023年为37微克/立方米）。",
    "可吸入颗粒物年均浓度58微克/立方米，较上年下降4.9%（上年{61|16}微克/立方米）。",
    "优良率83.9%，同比上升{2.3|3.2}个百分点（2023年优良率为81.6%）。",
    "参保人数122.6万人，增加5.1万人、增长{4.3|6.3}%（上年末为117.5万人）。",
    "全年登记结婚1,315对（2022年1,208对），同比增长{8.9|9.8}%。",
    "查處個案1,204宗，按年上升{5.4|4.5}%（2022年：1,142宗）。",
    "空氣質素達標率93.4%（去年為91.1%），上升{2.3|3.2}個百分點。",
    "Calls numbered 1,361, up {13.0|10.3}% (2023: 1,204).",
    "The recycling rate was 47.2%, up {1.3|3.1} percentage points (2022/23: 45.9%).",
    "Arrears stood at £2.31 million, a fall of {9.8|6.9}% (previous year: £2.56 million).",
    # several at once
    "接待国内游客{6,481.0|6,418.0}万人次，实现收入637.0亿元，同比分别增长11.8%和16.6%（2023年分别为5,794.5万人次、546.1亿元）。",
    "接待国内游客6,481.0万人次，实现收入637.0亿元，同比分别增长11.8%和{16.6|16.1}%（2023年分别为5,794.5万人次、546.1亿元）。",
    "出生3,120人，死亡2,210人，比上年分别下降4.5%和增长{4.9|2.3}%（上年分别为3,267人和2,106人）。",
    "城镇和农村居民人均可支配收入分别为41,236元和21,875元（上年分别为39,160元和20,330元），分别增长5.3%和{7.6|6.7}%。",
    "失业保险、工伤保险参保人数分别达到61.2万人和74.8万人，比上年末分别增加2.4万人和3.1万人，分别增长4.1%和{4.3|3.4}%。",
    "消防车、消防员分别由45辆、320人增加到60辆、400人，分别增长33.3%和{25.0|52.0}%。",
    "高中、职中在校生分别为5,210人、2,180人，较上年分别增加210人、减少120人，分别增长4.2%、下降{5.2|2.5}%。",
    "全市发生事故60起、死亡33人，同比分别减少8起、6人，下降{11.8|18.1}%和15.4%。",
    "近三年本科上线人数分别为531人、549人和568人，连续两年增长，增幅依次为3.4%和{3.5|4.5}%。",
    # the level before, the base after, over one or two sentences
    "2024年度收、支总计均为3,217.31万元。与2023年度3,310.28万元相比，收、支总计各减少92.97万元，下降{2.81|2.18}%。",
    "2024年度收、支总计均为3,217.31万元。与2023年度3,310.28万元相比，收、支总计各减少{92.97|97.92}万元，下降2.81%。",
    "2023年度收入总计1,204.55万元，与2022年1,150.20万元相比，收入总计增加54.35万元，增长{4.73|7.43}%。",
    "与2022年度的1,150.20万元相比，2023年度收入总计1,204.55万元，增加54.35万元，增长{4.73|7.43}%。",
    "决算22.09万元，较2023年度决算24.18万元减少2.09万元，降幅{8.64|6.84}%。",
    "設置關懷據點126處，較112年度之109處增加17處，成長{15.6|16.5}%。",
    "计划共接获2,487宗申请，较2023-24年度的2,318宗增加169宗，升幅为{7.3|9.3}%。",
    "全市平均降水量1,086.4毫米，比多年平均值1,024.9毫米偏多{6.0|8.0}%。",
    "全市火灾1,204起，比上年的1,142起多{62|26}起。",
    "查處個案12宗，較去年同期16宗減少{4|6}宗。",
    "图书藏量在2022年185,505册的基础上增加{5,150|5,510}册，为190,655册。",
    "该县人口32.1万人，占全市12%，比2010年的35.2万人减少3.1万人，下降{8.8|8.1}%。",
    "Expenditure was £4.25 million. Compared with £4.01 million in 2022/23, this is an increase of £0.24 million or {6.0|9.5}%.",
    "Crews attended 10,397 incidents, compared with 10,309 in 2022/23, an increase of {0.9|9.0}%.",
    "The Service attended 8,412 incidents, of which 2,310 were fires. This is a decrease of {4.2|2.4}% compared with 8,781 in 2021/22.",
    "Police recorded 412 offences, down from 450, a fall of {8.4|4.8}%.",
    "Police recorded 412 offences in 2023, {38|83} fewer than the 450 in 2022.",
    # change and rate without the base
    "支出185.41万元，比上年度增加4.68万元，增幅为{2.59|5.29}%。",
    "支出185.41万元，较2022年度净增4.68万元，增速{2.59|5.29}%。",
    "支出185.41万元，同比减少4.68万元，降幅{2.46|4.26}%。",
    "支出185.41万元，与上年相比减少4.68万元，下降了{2.46|4.26}%。",
    "支出185.41万元，比上年多4.68万元，增长{2.59|5.29}%。",
    "支出185.41万元，比上年增长{2.59|5.29}%，增加4.68万元。",
    "支出185.41万元，比上年增加4.68万元（增长{2.59|5.29}%）。",
    "支出比上年增加4.68万元，增长{2.59|5.29}%，达到185.41万元。",
    "支出185.41万元，完成预算的98.2%，比上年增加4.68万元，增长{2.59|5.29}%。",
    "支出185.41万元，完成预算188.80万元的98.2%，比上年增加4.68万元，增长{2.59|5.29}%。",
    "歲出決算數185,410千元，較上年度增加4,680千元（增幅{2.59|5.29}%）。",
    "居民人均可支配收入36,120元，比上年增加1,980元，增长{5.8|8.5}%，实际增长5.2%。",
    "Spending was £185.4 million, up £4.7 million, or {2.6|6.2}%, from a year earlier.",
    "Spending was £185.4 million, £4.7 million ({2.6|6.2}%) more than last year.",
    "Special service calls rose by 267 to 2,871, an increase of {10.3|13.0}%.",
    "Enrolment fell by 268 pupils, or {4.1|1.4}%, to 6,312 pupils.",
    "Net sales increased {13|18}% to $43.9 million from $38.8 million in the prior year.",
    "Sales increased 1.2%, or ${767,000|776,000}, from $66,005,000 in fiscal year 2024 to $66,772,000 in fiscal year 2025.",
    # percentage points
    "参选率93.65%，比上届的91.86%提高{1.79|1.97}个百分点。",
    "参选率93.65%，高于上届的91.86%，提高{1.79|1.97}个百分点。",
    "参选率93.65%，比全市平均水平91.86%高出{1.79|1.97}个百分点。",
    "贫困发生率从12.3%降至0.8%，下降{11.5|12.5}个百分点。",
    "參選率由91.86%升至93.65%，上升{1.79|1.97}個百分點。",
    "The rate rose from 61.2% to 64.9%, an increase of {3.7|7.3} percentage points.",
    "The rate rose by {3.7|7.3} percentage points, from 61.2% to 64.9%.",
    "The rate was 64.9%, {3.7|7.3} percentage points higher than the 61.2% of 2020.",
    "Turnout was 64.9% (2019: 61.2%), a rise of {3.7|7.3} percentage points.",
    # multiples
    "全年接待游客12.84万人次，是2023年6.42万人次的{2|3}倍。",
    "企业数由120家增加到300家，增长{1.5|2.5}倍。",
    "企业数300家，比2020年的120家增长{1.5|2.5}倍。",
    "企业数由120家增加到300家，是2020年的{2.5|3.5}倍。",
    "销售额由1.2亿元增加到4.9亿元，翻{两|三}番。",
    "企業數由120家增至{240|340}家，翻一番。",
    "Membership doubled from 12 clubs to {24|42} clubs.",
    "The park had 6,400 visits, {3.2|2.3} times the 2,000 visits of 2020.",
    # over the years
    "农村居民人均可支配收入由2020年的18,200元提高到2024年的21,875元，年均增长{4.7|7.4}%。",
    "五年来，高新技术企业由58家增加到142家，年均增长{19.6|16.9}%。",
    "火灾起数由2019年的1,302起下降到2023年的1,204起，年均下降{1.9|9.1}%。",
    "藏书由2020年的120万册增加到2024年的160万册，年均增加{10|40}万册。",
    "2020年至2024年，规上企业由120家增加到175家，年均增长{9.9|19.9}%。",
    "收入由2020-21年度的46.1億元增至2024-25年度的58.2億元，平均每年增長{6.0|9.6}%。",
    "Staff rose from 580 people in 2020 to 612 people in 2023, an average annual increase of {1.8|8.1}%.",
    "Revenue grew from £1.20 million in 2018 to £1.75 million in 2023, a compound annual growth rate of {7.8|8.7}%.",
)

SILENT = (
    "优良率83.9%，同比上升2.3个百分点（2023年全国优良率为87.1%）。",
    "生产总值120亿元，增长5.6%（2023年为110亿元）。",
    "销售额120亿元，增长5.6%（上年为110亿元，按可比口径为113.6亿元）。",
    "销售额120亿元，增长5.6%（2020年增长3.2%）。",
    "收入（同口径）30,161万元，同比增长14.6%，增收4,376万元。",
    "2024年支出3,217.31万元。与2023年度3,310.28万元相比，剔除一次性因素后增长2.4%。",
    "支出185.41万元，比上年增加4.68万元，其中工资增长5.29%。",
    "支出185.41万元，比上年增加4.68万元，同口径增长5.29%。",
    "居民人均可支配收入36,120元，比上年增加1,980元，实际增长5.2%。",
    "企业数由120家增加到250家，翻了一番多。",
    "Membership more than doubled from 12 clubs to 34 clubs.",
    "Membership nearly doubled from 12 clubs to 20 clubs.",
    "生产总值由800亿元增加到2025年的1,200亿元，年均增长7%。",
    "消防站由30座增加到42座，年均增长7%。",
    "消防站由2020年的30座增加到目前的42座，年均增长7%。",
    "财政收入12亿元，支出比上年的10亿元增加1亿元。",
    "财政收入12亿元，支出比上年增加1亿元，增长5%。",
    "全年立案120件，其中重大案件比上年的20件减少5件，下降25%。",
    "新建学校12所，比上年多2所，在校生增长3.2%。",
    "全市火灾1,204起，比上年的1,142起多62起，比2020年减少300起，减少19.9%。",
    "全年火灾1,204起，同比上升5.4%，环比下降3.2%。",
    "一季度120起，环比下降10.5%（去年同期110起）。",
    "6月末余额1,204亿元，比年初增加62亿元，同比增长9.6%。",
    "销售收入4.2亿元，比上年增加0.4亿元，增长10%以上。",
    "单位能耗0.45吨标准煤，比上年下降3.1%，比2020年的0.52吨标准煤累计下降13.5%。",
    "归母净利润约7,126亿元，较上年同期多赚近301亿元，同比增长约4.4%。",
    "查处案件12件，同比下降25%；罚款120万元，同比增长8%（去年同期查处16件）。",
    "Fires rose by 5 to 10 percent in each of 3 years.",
    "Council tax rose by 4.99% to £1,824.36, and the precept by 2.99% to £84.57.",
    "Of 612 staff, 402 were wholetime, an increase of 12 on 2022, and 118 were on call, up 3%.",
    "In 2023 there were 120 fires, down from 150 in 2018, and 45 rescues, up 20% on 2022.",
)

_FAULT = re.compile(r"\{([^|}]+)\|([^}]+)\}")


def warnings(text: str) -> list[Finding]:
    found = audit_document("x.txt", f"测试文件\n\n{text}\n".encode(), Options(isolated=True, lang="zh")).findings
    assert all(finding.severity is not Severity.ERROR for finding in found)
    return [finding for finding in found if finding.severity is Severity.WARNING]


@pytest.mark.parametrize("text", STATED)
def test_a_change_that_holds_gives_no_warning_and_a_wrong_figure_one(text: str) -> None:
    assert warnings(_FAULT.sub(r"\1", text)) == []
    wrong = warnings(_FAULT.sub(r"\2", text))
    assert wrong
    assert {finding.code for finding in wrong} == {"FA203"}


@pytest.mark.parametrize("text", SILENT)
def test_what_is_not_said_of_these_figures_is_not_held_to_them(text: str) -> None:
    assert [str(finding.derivation) for finding in warnings(text)] == []


@pytest.mark.parametrize(
    ("text", "derivation"),
    [
        (
            "人均收入由2020年的18,200元提高到2022年的21,875元，年均增长6.9%。",
            "18,200元 × (1 + 增长6.9%) × (1 + 增长6.9%) = 20798.2502元 (20778.79895元 … 20817.71055元) ≠ 21,875元",
        ),
        ("企业数由120家增加到300家，增长2.5倍。", "(300家 - 120家) ÷ 120家 = 1.5倍 ≠ 增长2.5倍"),
    ],
)
def test_the_sum_is_shown(text: str, derivation: str) -> None:
    assert [str(finding.derivation) for finding in warnings(text)] == [derivation]


@pytest.mark.parametrize(
    "piece",
    ["1个(2023年为2个)", "，同比分别增长1%和2%", "比上年的1个", "由1个", "由1个增加到2个，年均增长3%，", "与与与比较较1个", "是1个的2倍，", "up 1% (2023: 2) "],
)
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.process_time()
        read_prose([(Paragraph(text, Spot()), "")])
        return time.process_time() - begin

    cost(500)
    small, large = cost(2_500), cost(10_000)
    assert large < 10 * small + 0.2
