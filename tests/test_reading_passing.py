"""Numerals that are no quantities, and quantities that look like such numerals: dates, years, telephone numbers, codes, references, times, ratios, money."""

from __future__ import annotations

import pytest

from fireaudit.readers.document import Paragraph, Spot
from fireaudit.reading.prose.prose import read_prose

NO_FIGURES = [
    # years and spans of years
    "In 2022/23 the Service reviewed its plans.",
    "During 2022-23 and 2023–24 the team grew.",
    "The 2021/2022 report was published.",
    "FY2023 and FY2023/24 accounts are available.",
    "Results for the financial years 2019/20 to 2022/23 are shown.",
    "Buildings of the 1990s and the mid-1980s were surveyed.",
    "2022/23年度预算执行情况如下。",
    "2021—25年规划已经印发。",
    "2022-2023学年开学。",
    "民國112年度預算案業經審議。",
    "截至民国112年底，相关工作已经完成。",
    "依據112年1月1日施行之規定辦理。",
    "112年度單位決算書。",
    "112學年度招生名額另行公布。",
    "自令和5年起实施。",
    "上世纪八十年代建成的老旧小区。",
    # dates
    "会议于2023-05-01召开，次日（2023/5/2）闭幕。",
    "发布日期：2023.05.01",
    "Approved on 1 May 2023 and revised on 15th June 2023.",
    "Published May 1, 2023; effective from 30 September.",
    "Accounts for the year ended 31 March 2023.",
    "The consultation runs from 3 to 28 February 2023.",
    "The meeting of Monday, 5 June was adjourned.",
    "自二〇二三年五月一日起施行。",
    "一季度和三季度各通报一次进展情况。",
    "前三季度，运行总体平稳。",
    "1—11月，运行情况良好。",
    "5月上旬至9月30日为汛期。",
    # times of day
    "办公时间为上午9:00至12:00，下午14:30—17:30。",
    "每日8:30-17:30开放。",
    "火灾发生于凌晨3时15分。",
    "接警时间为14:05:32。",
    "Lines are open from 9:00 to 17:30 and again at 8.30pm.",
    "Doors open at 9 am and close at 5:30 p.m.",
    "A control room works 24/7.",
    # telephone, postal and other numbers
    "联系电话：0451-8765432。监督举报热线：12345。",
    "咨询电话（0755）88123456，传真0755—88123457。",
    "电话：86-10-66012345转8012。",
    "值班手机13800138000，邮编518000。",
    "邮政编码：100053",
    "服务热线400-820-8820或95598。",
    "查詢請致電2733 7666或傳真至2722 5151。",
    "Tel: +44 20 7946 0958; Fax 020 7946 0959.",
    "Call (852) 2733-7666 or 1-800-555-0199 for details.",
    "Please phone 01632 960123.",
    "统一社会信用代码：123100004140123456",
    "项目编号：20230512008，合同编号2023-118。",
    "开户账号：6222021234567890123",
    "身份证号230102198001011234",
    "ISBN 978-7-5046-1234-5，ISSN 1000-1234，CN 11-2345/D",
    "详见https://www.example.gov.cn/2023/05/t20230512_123456.html。",
    "Write to info2023@example.org or visit www.example.org/news/2023/12.",
    "软件版本为V2.3.1，模板采用2.0版。",
    "Version 3.2 of the standard replaces v1.0.",
    "Ref: 2023/118/4",
    "车牌号京A12345，桩号K12+300至K15+800。",
    "沿107国道和省道231线布设。",
    "地址：中山路128号3号楼2单元501室。",
    "地铁3号线2号口附近。",
    "地理坐标为东经113°15′、北纬23°06′。",
    # references
    "依据第二十三条第一款第（三）项处理。",
    "根据第十二、十三条和第十五至十八条的规定。",
    "违反本办法第8条、第9.2款的，责令改正。",
    "See section 4.2, clause 7(2), paragraphs 12 and 13, pp. 14-16 and note 9.",
    "Under Article 12(1) and Regulations 5 to 7, as shown in Annex 3 and Schedule 2.",
    "按照GB/T 19001-2016、GB50016—2014（2018年版）和T/CECS 123-2020执行。",
    "见专栏2、表3-1和图1.2。",
    "各项工作任务见附件1、2、3。",
    "国发〔2021〕12号、国务院令第412号",
    "Report No. 12/2023 and Paper 7.",
    # names and terms
    "推进“一带一路”和“三北”工程。",
    "90后、00后队员占多数。",
    "落实7×24小时值守。",
    "PM2.5、CO2和COVID-19的情况另行通报。",
    "在“5·12”“11·9”和6·16期间开展宣传。",
    "升级为Windows 10和5G网络。",
    "进入全省前10位。",
    "It ranked among the top 10 services, in 3rd place.",
    "党的二十届三中全会精神。",
    "高一、高二年级和三年级学生参加。",
    # ratios of several parts
    "三次产业结构为9.0∶44.0∶47.0。",
    "三次产业比例由10.2：45.1：44.7调整为9.0：44.0：47.0。",
    "The sectors stand at 9.0:44.0:47.0.",
]  # fmt: skip

# A sentence and the figures in it, as printed.
FIGURES: list[tuple[str, list[str]]] = [
    ("In 2022/23 the Service attended 8,412 incidents.", ["8,412"]),
    ("Net expenditure was £42.3 million, against £41.6 million in 2021/22.", ["£42.3 million", "£41.6 million"]),
    ("The grant of $5m was topped up with US$1.2bn.", ["$5m", "US$1.2bn"]),
    ("A loan of HK$1.2 billion and €350,000 were agreed.", ["HK$1.2 billion", "€350,000"]),
    ("撥款HK$3,200萬元，另獲捐助1,500萬港元。", ["HK$3,200萬元", "1,500萬港元"]),
    ("預算為新臺幣1,658,855千元。", ["新臺幣1,658,855千元"]),
    ("The bid was worth NT$480 million and S$2.5 million.", ["NT$480 million", "S$2.5 million"]),
    ("Costs fell to £950k.", ["£950k"]),
    ("A total of 1,850 hydrants will be installed by 31 March 2025.", ["1,850"]),
    ("On 1 May 2023 the city had 15 stations.", ["15 stations"]),
    ("In March 2023, 14 vehicles were bought.", ["14 vehicles"]),
    ("2023年5月1日起新增站点12个。", ["12个"]),
    ("2023-05-01共出动消防车12辆。", ["12辆"]),
    ("民國112年處理火警3,712件。", ["3,712件"]),
    ("112年度預算數1,658,855千元。", ["1,658,855千元"]),
    ("24小时内办结率达98%。", ["24小时内", "98%"]),
    ("值守人员与车辆比例为3:1。", ["3:1"]),
    ("师生比1∶15.2。", ["1∶15.2"]),
    ("检查12345家单位，整改隐患400处。", ["12345家", "400处"]),
    ("接听热线12345个，办结119件。", ["12345个", "119件"]),
    ("全县有国道3条、省道7条。", ["3条", "7条"]),
    ("修订条文13条，新增条文5条。", ["13条", "5条"]),
    ("制定制度第一批12项。", ["12项"]),
    ("完成前三季度任务的82.5%。", ["82.5%"]),
    ("前10名企业实现税收3.2亿元。", ["3.2亿元"]),
    ("购买图书2023册。", ["2023册"]),
    ("新建楼房3栋、电梯5部。", ["3栋", "5部"]),
    ("平均气温22.5摄氏度，降水量1,200.5毫米。", ["22.5摄氏度", "1,200.5毫米"]),
    ("新增5A级景区2家。", ["2家"]),
    ("建设5G基站1,260个。", ["1,260个"]),
    ("PM2.5平均浓度31微克/立方米。", ["31微克/立方米"]),
    ("邮政业务总量12.3亿元，电话用户45.6万户。", ["12.3亿元", "45.6万户"]),
    ("固定电话用户518000户。", ["518000户"]),
    ("The hotline took 12,345 calls.", ["12,345"]),
    ("Response time fell from 9.5 to 8.30 minutes.", ["9.5", "8.30 minutes"]),
]  # fmt: skip


def figures(sentence: str) -> list[str]:
    return [figure.text for figure in read_prose([(Paragraph(sentence, Spot()), "")]).figures]


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_what_is_no_quantity(sentence: str) -> None:
    prose = read_prose([(Paragraph(sentence, Spot()), "")])
    assert [figure.text for figure in prose.figures] == []
    assert [numeral.text for numeral in prose.unplaced] == []


@pytest.mark.parametrize(("sentence", "wanted"), FIGURES)
def test_what_is_one(sentence: str, wanted: list[str]) -> None:
    assert [text.split("分别")[-1] for text in figures(sentence)] == wanted
