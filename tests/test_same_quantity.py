"""Which figures of prose are one quantity: stated twice with different values they contradict each other, and nothing else ever does."""

from __future__ import annotations

import pytest

from fireaudit.app import Options
from fireaudit.documents import audit_document

# Paragraphs that state one quantity twice, with the two figures.
CONTRADICTIONS: list[tuple[list[str], tuple[str, str]]] = [
    (["2023年，全市地区生产总值1286.4亿元，增长5.8%。", "2023年，全市地区生产总值1268.4亿元，其中工业增加值占比最大。"], ("1286.4亿元", "1268.4亿元")),
    (["2023年全县专职消防员总数为321人。", "近年来队伍不断壮大，2023年专职消防员总数为312人。"], ("321人", "312人")),
    (["“十四五”期间，新增市政消火栓190个。", "为补齐短板，“十四五”期间新增市政消火栓200个。"], ("190个", "200个")),
    (["2021-2025年，全市新建消防救援站12座。", "2021年至2025年新建消防救援站13座，实现全覆盖。"], ("12座", "13座")),
    (["到2025年，农村自来水普及率达到95%。", "到2025年，全县农村自来水普及率达到96%，供水保证率明显提高。"], ("95%", "96%")),
    (["目标：到2025年，城市建成区消防站覆盖率达到90%以上。", "到2025年，确保城市建成区消防站覆盖率达到85%。"], ("90%以上", "85%")),
    (["2022年全市接报火灾312起。", "全市2022年接报火灾321起，同比下降。"], ("312起", "321起")),
    (["2023年，一般公共预算收入18.73亿元，增长8.1%。", "2023年一般公共预算收入比上年增长8.7%。"], ("增长8.1%", "增长8.7%")),
    (["截至2022年底，全市拥有各类消防车辆7840辆。", "截至2022年底，各类消防车辆7480辆，其中举高车120辆。"], ("7840辆", "7480辆")),
    (["全市现有消防救援站12座，消防车86辆。", "目前，全市现有消防救援站14座。"], ("12座", "14座")),
    (["2023年全市新增城镇就业4.62万人。", "2023年，新增城镇就业46300人，超额完成。"], ("4.62万人", "46300人")),
    (["2023年，完成固定资产投资508亿元。", "2023年完成固定资产投资50.9亿元，增速居前。"], ("508亿元", "50.9亿元")),
    (["2023年末全市常住人口312.48万人。", "2023年末，全市常住人口321.48万人，城镇化率提高。"], ("312.48万人", "321.48万人")),
    (["2023年，粮食总产量达到86.5万吨。", "粮食生产再获丰收，2023年粮食总产量85.6万吨。"], ("86.5万吨", "85.6万吨")),
    (["“十三五”期间，全县累计完成水利投资32.6亿元。", "“十三五”期间完成水利投资36.2亿元。"], ("32.6亿元", "36.2亿元")),
    (["2023年全年共處理火警召喚37,250宗。", "2023年處理火警召喚37,520宗，較上年增加。"], ("37,250宗", "37,520宗")),
    (["民國112年火災發生件數為3,712件。", "民國112年，火災發生件數為3,721件。"], ("3,712件", "3,721件")),
    (["到2026年，全港設有救護車站47間。", "到2026年，救護車站48間投入服務。"], ("47間", "48間")),
    (["In 2023 the Service attended 8,412 incidents.", "Demand rose: in 2023 the Service attended 8,421 incidents."], ("8,412", "8,421")),
    (["By 2025 the city will build 12 fire stations.", "By 2025 the city will build 14 fire stations in all."], ("12", "14")),
    (["In 2022/23 the Authority inspected 1,850 commercial premises.", "In 2022/23, 1,580 commercial premises were inspected."], ("1,850", "1,580")),
    (["Net expenditure in 2023 was £41.6 million.", "Net expenditure in 2023 was £46.1 million, below budget."], ("£41.6 million", "£46.1 million")),
]  # fmt: skip

FURTHER_CONTRADICTIONS: list[tuple[list[str], tuple[str, str]]] = [
    (["2023年，全市规模以上工业增加值增长7.8%。", "工业运行稳中有进，2023年规模以上工业增加值比上年增长8.7%。"], ("增长7.8%", "增长8.7%")),
    (["2023年城镇居民人均可支配收入48620元。", "2023年，城镇居民人均可支配收入达到46820元，增长5.2%。"], ("48620元", "46820元")),
    (["2023年全市空气质量优良天数比率为86.3%。", "生态环境持续改善，2023年空气质量优良天数比率83.6%，比上年提高2.1个百分点。"], ("86.3%", "83.6%")),
    (["#一、2023年工作回顾", "高新技术企业总数达到398家。", "#二、主要成效", "2023年，全市高新技术企业总数达到389家。"], ("398家", "389家")),
    (["#一、发展目标", "到2025年，全市消防站总数达到33座。", "#二、重点任务", "加快站点建设，到2025年全市消防站总数达到32座。"], ("33座", "32座")),
    (["2021—2025年，计划新购消防车辆46辆。", "“十四五”期间，拟新购消防车辆64辆，投资1.92亿元。"], ("46辆", "64辆")),
    (["截至2023年底，全县农村公路总里程9860公里。", "截至2023年末，农村公路总里程达9680公里。"], ("9860公里", "9680公里")),
    (["2023年全市城镇调查失业率平均值为5.2%。", "2023年，城镇调查失业率平均值5.5%。"], ("5.2%", "5.5%")),
    (["2023年，一般公共预算支出399.8亿元，增长3.1%。", "2023年，全市一般公共预算支出完成398.9亿元。"], ("399.8亿元", "398.9亿元")),
    (["截至2023年底，消防安全重點單位有1,126家。", "截至2023年底，消防安全重點單位共1,162家。"], ("1,126家", "1,162家")),
    (["112年緊急救護出勤件數為186,432件。", "112年緊急救護出勤件數達184,632件，創下新高。"], ("186,432件", "184,632件")),
    (["At 31 March 2023 the Service employed 402 wholetime firefighters.", "At 31 March 2023 there were 420 wholetime firefighters."], ("402", "420")),
    (["In 2023/24 we will replace 14 fire engines.", "In 2023/24 the Authority will replace 16 fire engines."], ("14", "16")),
]  # fmt: skip

# Paragraphs (those that begin with # are headings) in which no two figures are one quantity.
SEPARATE: list[list[str]] = [
    # another year
    ["2023年，一般公共预算收入增长8.1%。", "2024年，一般公共预算收入增长6.5%。"],
    ["某县2024年政府工作报告", "——2024年1月16日在某县人民代表大会会议上", "#一、2023年工作回顾", "一般公共预算收入增长8.1%，城镇新增就业人数6320人。", "#二、2024年工作安排", "一般公共预算收入增长6.5%，城镇新增就业人数6000人。"],
    ["#一、过去一年工作", "2023年，高标准农田面积5.6万亩。", "#二、今年工作", "2024年，高标准农田面积6.5万亩。"],
    ["2022/23 figures: in 2022/23 the Service attended 8,412 incidents.", "In 2021/22 the Service attended 8,781 incidents."],
    ["In 2023 the Service attended 8,412 incidents.", "Last year the Service attended 8,781 incidents."],
    ["民國112年火災發生件數為3,712件。", "民國111年火災發生件數為3,721件。"],
    ["2023年全市接报火灾312起。去年同期接报火灾330起。"],
    # two levels at two times
    ["“十三五”期间，农村自来水普及率由82%提高到91%。"],
    ["“十三五”期间，农村自来水普及率由82%提高到91%。", "“十三五”期间，农村自来水普及率达到91%。"],
    ["2023年，高新技术企业由58家增加到71家，净增13家。", "2023年新增高新技术企业20家、减少7家。"],
    ["到2025年，消防安全重点单位达标率从76%提升至95%以上。"],
    ["2023年城乡居民收入比由2.35缩小至2.28。"],
    ["In 2022 the number of fire stations rose from 4 to 5."],
    ["Response times in 2023 fell from 9.5 minutes to 8.9 minutes."],
    ["2023年，救護車由85輛增至112輛。"],
    ["2023年市政消火栓总数比上年的3012个增加188个，达到3200个。"],
    # a level and its change
    ["2023年“三公”经费支出决算合计86.42万元，比上年减少5.18万元，下降5.7%。"],
    ["2023年末常住人口312.6万人，比上年末增加4.1万人。"],
    ["2023年全市粮食种植面积298.6千公顷，比上年增加1.2千公顷；粮食种植面积占比提高0.3个百分点。"],
    ["2023年夏粮产量72.5万吨，增产0.8%；秋粮产量114.8万吨，增产1.3%。"],
    ["預算數1,658,855千元，較上年度預算數增加63,223千元，約3.96％。"],
    ["Net expenditure in 2023 was £41.6 million against a budget of £42.3 million, an underspend of £0.7 million."],
    ["Net expenditure in 2023 was £41.6 million, down £0.7 million. Net expenditure in 2023 fell by 1.7%."],
    # two bases of one change
    ["2023年，地区生产总值较上年、较2020年分别增长5.8%和17.2%。"],
    ["2023年，规模以上工业增加值同比增长7.2%。", "2023年，规模以上工业增加值两年平均增长6.1%。", "2023年，规模以上工业增加值比2019年增长21.4%。"],
    ["2023年12月，居民消费价格同比上涨1.4%，环比下降0.2%。"],
    ["2023年，固定资产投资同比增长9.5%，固定资产投资比年初预期高2.5个百分点。"],
    # plan and actual, budget and account
    ["2023年计划新建消防救援站12座。", "2023年实际建成消防救援站10座。"],
    ["2023年，新增城镇就业目标6000人。", "2023年，新增城镇就业6320人。"],
    ["2023年公务接待费年初预算20.00万元。", "2023年公务接待费支出决算15.12万元。"],
    ["2023年教育支出预算调整为45,600万元。", "2023年教育支出年初预算42,000万元，教育支出决算数44,812万元。"],
    ["#一、发展目标", "2025年，农村自来水普及率95%。", "#二、发展现状", "2025年，农村自来水普及率91%。"],
    ["预计2023年实现地区生产总值1300亿元。", "2023年实现地区生产总值1286.4亿元。"],
    ["The 2023 target was 95 inspections of high-rise buildings.", "In 2023, 88 inspections of high-rise buildings were completed."],
    # another place
    ["2023年，全市常住人口城镇化率64.6%。", "2023年，市区常住人口城镇化率85.2%。", "2023年，县级常住人口城镇化率52.1%。"],
    ["2023年，河东镇新增市政消火栓20个。", "2023年，双桥镇新增市政消火栓30个。"],
    ["#一、河东镇", "到2025年，新增市政消火栓20个。", "#二、双桥镇", "到2025年，新增市政消火栓30个。"],
    ["#（一）一期工程", "到2025年，完成土建工程投资1.2亿元。", "#（二）二期工程", "到2025年，完成土建工程投资2.4亿元。"],
    ["2023年，全国居民消费价格上涨0.2%。", "2023年，全省居民消费价格上涨0.4%。", "2023年，全市居民消费价格上涨0.3%。"],
    ["2023年，城镇居民人均可支配收入41236元，农村居民人均可支配收入21875元，分别增长5.3%和7.6%。"],
    ["2023年市本级一般公共预算收入40.2亿元。", "2023年全市一般公共预算收入118.7亿元。"],
    ["By 2025 the city will build 12 fire stations, including 5 in the east, 4 in the west and 3 in the south."],
    ["In 2023 there were 120 accidental dwelling fires in Northtown.", "In 2023 there were 88 accidental dwelling fires in Southtown."],
    # another stretch of time
    ["2023年1—11月，规模以上工业企业利润总额86.4亿元。", "2023年，规模以上工业企业利润总额95.2亿元。"],
    ["2023年上半年，新增城镇就业3020人。", "2023年，新增城镇就业6320人。"],
    ["2023年6月，居民消费价格上涨0.4%。", "2023年9月，居民消费价格上涨0.1%。"],
    ["2023年年均新增市政消火栓40个。", "2023年新增市政消火栓60个。"],
    ["截至2023年6月底，各类经营主体12.5万户。", "截至2023年底，各类经营主体13.1万户。"],
    ["2023年，累计建成农村公路总里程3120公里。", "2023年，当年建成农村公路总里程120公里。"],
    ["过去五年，累计办理人大代表建议512件。", "2023年，办理人大代表建议112件。"],
    ["2023年全年共处理特别服务召唤43,816宗，平均每日处理特别服务召唤120宗。"],
    # things listed one by one
    ["2023年新建改建农村幼儿园6所，其中新建改建农村幼儿园分园2所、教学点4所。"],
    ["2023年，东区消防救援站3座；西区消防救援站4座；南区消防救援站5座。"],
    ["2021年、2022年和2023年分别新建站点3个、5个、8个。"],
    ["2023年，第一批下达补助资金1200万元。", "2023年，第二批下达补助资金800万元。"],
    ["Each of the 3 divisions in 2023 had 12 wholetime fire stations; the northern division had 15 wholetime fire stations."],
]  # fmt: skip


FURTHER_SEPARATE: list[list[str]] = [
    ["2023年，甲公司完成新能源汽车销售3.2万辆。", "2023年，乙公司完成新能源汽车销售1.1万辆。"],
    ["In 2023 the Northern Area attended 3,120 incidents.", "In 2023 the Southern Area attended 2,210 incidents."],
    ["In 2023, 3,120 incidents were attended by the Northern Area.", "In 2023, 2,210 incidents were attended by the Southern Area."],
    ["1.城东消防站：2023年完成土建工程投资1200万元。", "2.城西消防站：2023年完成土建工程投资900万元。"],
    ["#一、总体情况", "2023年，集团实现营业收入28.63亿元。", "#（一）水务板块", "2023年，实现营业收入6.82亿元。", "#（二）公交板块", "2023年，实现营业收入2.15亿元。"],
    ["#一、全市情况", "2023年，一般公共预算收入预算数152.7亿元。", "#二、市本级情况", "2023年，一般公共预算收入预算数46.3亿元。"],
    ["2023年一季度，地区生产总值增长率5.1%。", "2023年二季度，地区生产总值增长率6.3%。"],
    ["2021—2023年，新增市政消火栓120个。", "2021—2025年，新增市政消火栓240个。"],
    ["2023年，男性平均预期寿命78.2岁。", "2023年，女性平均预期寿命83.1岁。"],
    ["2023年，新增减税降费18.2亿元。", "2023年，新增减税降费及退税缓税缓费25.6亿元。"],
    ["2023年，社会消费品零售总额905.3亿元。", "2023年，限额以上单位社会消费品零售总额312.6亿元。", "2023年，城镇社会消费品零售总额760.1亿元。"],
    ["2023年，0—14岁人口为89,581人，占17.10%；15—59岁人口为309,604人，占59.10%。", "2023年，60岁及以上人口为124,679人，占23.80%。"],
    ["2023年末，全市户籍人口432.6万人。", "2023年末，全市常住人口398.28万人。"],
    ["檢控個案由2022年的612宗增加至2023年的738宗。", "2022年檢控個案共612宗。"],
    ["2023-24年度修訂預算為84.3億港元，較2022-23年度實際開支79.6億港元增加5.9%。", "2023-24年度修訂預算個人薪酬61.0億港元。"],
    ["112年全年火災發生件數為1,846件，較111年1,902件減少56件，減幅2.9%。"],
    ["2023年全市一般公共预算收入预算150亿元，实际完成152.7亿元，为预算的101.8%，增长5.6%。", "2023年全市一般公共预算支出399.8亿元，为调整预算的98.2%，增长3.1%。"],
    ["2023年全市政府性基金预算收入86.4亿元，下降28.3%。支出112.5亿元，下降15.2%。"],
    ["Revenue in 2023 rose to £5.2m, an increase of £0.4m or 8.3% on 2022.", "Revenue in 2022 was £4.8m."],
    ["In 2023/24 we plan to spend £43.9 million.", "In 2023/24 we plan to invest £5.1 million in vehicles."],
    ["The Service attended 8,412 incidents in 2022/23, a decrease of 4.2% on the 8,781 incidents attended in 2021/22."],
    ["At 31 March 2023 the Service employed 612 people: 402 wholetime firefighters and 118 on-call firefighters.", "At 31 March 2022 the Service employed 598 people: 396 wholetime firefighters and 121 on-call firefighters."],
    ["到2025年，每个镇配备灭火器材不少于20套，每个村配备灭火器材不少于5套。"],
    ["#（一）危房改造", "2023年，农户补助标准每户2万元。", "#（二）厕所改造", "2023年，农户补助标准每户1500元。"],
    ["2023年，教育、卫生支出分别为18.6亿元和9.4亿元，分别增长3.2%和4.1%。", "2023年，教育支出占比21.3%。"],
]  # fmt: skip


def document(paragraphs: list[str]) -> str:
    return "消防工作报告\n\n" + "\n\n".join(text.removeprefix("#") for text in paragraphs) + "\n"


def disagreements(paragraphs: list[str]) -> list[set[str]]:
    audited = audit_document("a.txt", document(paragraphs).encode(), Options(isolated=True, lang="zh"))
    assert not any(finding.severity.word == "error" for finding in audited.findings)
    return [{cell.text for cell in finding.cells} for finding in audited.findings if finding.code == "FA301"]


@pytest.mark.parametrize(("paragraphs", "figures"), [*CONTRADICTIONS, *FURTHER_CONTRADICTIONS])
def test_one_quantity_with_two_values(paragraphs: list[str], figures: tuple[str, str]) -> None:
    assert disagreements(paragraphs) == [set(figures)]


@pytest.mark.parametrize(("paragraphs", "figures"), [*CONTRADICTIONS, *FURTHER_CONTRADICTIONS])
def test_one_quantity_with_one_value(paragraphs: list[str], figures: tuple[str, str]) -> None:
    assert disagreements([text.replace(figures[1], figures[0]) for text in paragraphs]) == []


@pytest.mark.parametrize("paragraphs", [*SEPARATE, *FURTHER_SEPARATE])
def test_two_quantities(paragraphs: list[str]) -> None:
    assert disagreements(paragraphs) == []
