"""Figures, periods and lists read out of running prose: communiqués, budgets, fire plans; zh, zh-Hant, en.

The held-out sets were written before they were first measured and took no part in the writing of the rules until then.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fireaudit.messages import word
from fireaudit.quantity import read_figure
from fireaudit.quantity.scan import find_figures
from fireaudit.readers.document import Footnote, Paragraph, Spot
from fireaudit.reading.prose.prose import Prose, read_prose
from fireaudit.words.reading import WORDS
from tests.prose import takes_time_in_proportion

# A sentence with each of its figures, what it counts (None: either noun would do) and when.
Case = tuple[str, list[tuple[str, str | None, str | None]]]

WRITTEN_WITH_THE_CODE: list[Case] = [
    ("2024年末全市常住人口312.6万人，比上年末增加4.1万人。", [("312.6万人", "常住人口", "2024"), ("增加4.1万人", "常住人口", "2024")]),
    ("全年居民消费价格同比上涨1.4%，城镇登记失业率为3.2%。", [("上涨1.4%", "居民消费价格", None), ("3.2%", "城镇登记失业率", None)]),
    ("粮食总产量达到86.5万吨，蔬菜种植面积27.3万亩。", [("86.5万吨", "粮食总产量", None), ("27.3万亩", "蔬菜种植面积", None)]),
    ("2023年完成固定资产投资508亿元，其中工业投资占38.7%。", [("508亿元", "固定资产投资", "2023"), ("38.7%", "工业投资", "2023")]),
    ("年末共有卫生机构1042个、床位2.3万张，每千人口拥有执业医师3.1人。", [("1042个", "卫生机构", None), ("2.3万张", "床位", None), ("每千人口3.1人", "执业医师", None)]),
    ("“十三五”期间，全县新建消防站6座，新购消防车21辆，新增市政消火栓860个。", [("6座", "新建消防站", "2016-2020"), ("21辆", "新购消防车", "2016-2020"), ("860个", "新增市政消火栓", "2016-2020")]),
    ("建有小型站9个、微型站214个、志愿队37支，总数达到260个。", [("9个", "小型站", None), ("214个", "微型站", None), ("37支", "志愿队", None), ("260个", "总数", None)]),
    ("新建特勤站2座、普通站7座、战勤站1座，总数达到18座。", [("2座", "新建特勤站", None), ("7座", "新建普通站", None), ("1座", "新建战勤站", None), ("18座", "站总数", None)]),
    ("到2030年，消防站总数不少于45座，每座配备消防员20至30名。", [("不少于45座", "消防站总数", "2030"), ("20至30名", "消防员", "2030")]),
    ("建成消防站12个（含小型站5个），改造4个。", [("12个", "消防站", None), ("5个", "小型站", None), ("4个", "改造消防站", None)]),
    ("火灾起数、伤亡人数分别下降7.5%和21.3%。", [("下降7.5%", "火灾起数", None), ("下降21.3%", "伤亡人数", None)]),
    ("水罐车、泡沫车、登高车分别为16辆、9辆和3辆。", [("16辆", "水罐车", None), ("9辆", "泡沫车", None), ("3辆", "登高车", None)]),
    ("市政消火栓由2015年的1820个增加到2020年的3155个。", [("1820个", "市政消火栓", "2015"), ("3155个", "市政消火栓", "2020")]),
    ("万人消防员数从1.9名提高到2.6名。", [("1.9名", "万人消防员数", None), ("2.6名", "万人消防员数", None)]),
    ("参训人员合格率达98.5%，较培训前提高12个百分点。", [("98.5%", "参训人员合格率", None), ("提高12个百分点", "参训人员合格率", None)]),
    ("消火栓间距不应大于120米，保护半径不应大于150米。", [("大于120米", "消火栓间距", None), ("大于150米", "保护半径", None)]),
    ("与15家物业企业签订协议，向7个镇派驻驻点宣传员。", [("15家", "物业企业", None), ("7个", "镇", None)]),
    ("423名网格员每天开展巡查，186个社区建立微型消防站。", [("423名", "网格员", None), ("186个", "社区", None)]),
    ("发放宣传手册30余万份，张贴海报近5万张。", [("30余万份", "发放宣传手册", None), ("近5万张", "张贴海报", None)]),
    ("累计出动消防车3.2万辆次、指战员19.8万人次，营救被困群众4100余人。", [("3.2万辆次", "出动消防车", None), ("19.8万人次", "出动指战员", None), ("4100余人", "营救被困群众", None)]),
    ("每年至少组织2次跨区域演练，参演力量不少于10支。", [("至少2次", "跨区域演练", None), ("不少于10支", "参演力量", None)]),
    ("城区消防车5分钟到场率达到85%以上。", [("5分钟", "城区消防车", None), ("85%以上", "到场率", None)]),
    ("规划建设2万平方米的训练基地1处，总投资约1.2亿元。", [("2万平方米", "训练基地", None), ("1处", "训练基地", None), ("约1.2亿元", "总投资", None)]),
    ("其中，国家队站4个，专职队站11个，村级站53个。", [("4个", "国家队站", None), ("11个", "专职队站", None), ("53个", "村级站", None)]),
    ("配备消防机器人3台（套）、无人机12架。", [("3台（套）", "消防机器人", None), ("12架", "无人机", None)]),
    ("力争用三年时间，实现火灾亡人数下降三成。", [("三年", "时间", None), ("下降三成", "火灾亡人数", None)]),
    ("夏季火灾占全年的百分之二十六，冬季约占三分之一。", [("百分之二十六", "夏季火灾占全年", None), ("三分之一", "冬季", None)]),
    ("监督员与辅助人员比例不低于1:3。", [("不低于1:3", "监督员与辅助人员比例", None)]),
    ("超百万群众参加线上答题，点击量突破2.6亿次。", [("超百万", "群众", None), ("突破2.6亿次", "点击量", None)]),
    ("救援队由20人组成，24小时值班。", [("20人", "救援队", None), ("24小时", "值班", None)]),
    ("罚款 36.8 万元，行政拘留 4 人。", [("36.8万元", "罚款", None), ("4人", "行政拘留", None)]),
    ("截至目前，全镇有出租屋2.1万栋、“三合一”场所640家。", [("2.1万栋", "出租屋", None), ("640家", "“三合一”场所", None)]),
    ("安排消防经费2600万元，比上年增长9.6%，占一般公共预算支出的0.8%。", [("2600万元", "消防经费", None), ("增长9.6%", "消防经费", None), ("0.8%", "占一般公共预算支出", None)]),
    ("人员经费支出约占六成，公用经费不超过450万元。", [("六成", "人员经费支出", None), ("不超过450万元", "公用经费", None)]),
    ("2025年预算安排3.7亿元，其中装备购置8200万元，队站建设1.4亿元。", [("3.7亿元", "预算", "2025"), ("8200万元", "装备购置", "2025"), ("1.4亿元", "队站建设", "2025")]),
    ("依据国办发〔2019〕52号和《建筑设计防火规范》（GB 50016-2014）第5.3条制定本办法。", []),
    ("坚持“党政同责、一岗双责”，推行“双随机、一公开”监管，落实“1+3+N”机制。", []),
    ("拨打119、12345热线或登录96119平台举报。", []),
    ("学习贯彻二十大和二十届二中、三中全会精神，增强“四个意识”。", []),
    ("进一步统一思想，一方面压实责任，另一方面补齐短板，一律从严，一经发现坚决查处。", []),
    ("第一，健全机制；第二，加大投入；第三，严格考核。", []),
    ("一是抓宣传，二是抓整改，三是抓问责。", []),
    ("详见附件2和附表3，图4为站点布局，表5-1为投资估算。", []),
    ("自2021年9月1日起施行，2019年印发的旧办法同时废止。", []),
    ("推广5G、AI和B2B应用，建设4A级景区微型消防站。", []),
    ("建立三级医院、二级消防站和一级响应相衔接的机制。", []),
    ("一镇一队、一村一策，做到百姓放心、千家万户受益，十分重要。", []),
    ("在“11·9”消防日和“5.12”防灾日前后开展宣传。", []),
    ("19世纪80年代以来，第七次人口普查显示，20世纪90年代变化最大。", []),
    ("2023年共處理火警召喚3.6萬宗，較2022年減少4.2%。", [("3.6萬宗", "處理火警召喚", "2023"), ("減少4.2%", "處理火警召喚", "2023")]),
    ("全市設有消防分隊62個，義消人數約9,500人，預算逾18億元。", [("62個", "消防分隊", None), ("約9,500人", "義消人數", None), ("逾18億元", "預算", None)]),
    ("預計2028年前增建分隊不少於6處。", [("不少於6處", "增建分隊", "2028")]),
    ("救護車由85輛增至112輛，增幅達31.8%。", [("85輛", "救護車", None), ("112輛", "救護車", None), ("31.8%", "增幅", None)]),
    ("The city has 15 fire stations and about 190 hydrants.", [("15", "fire stations", None), ("about 190", "hydrants", None)]),
    ("Fire deaths fell by 10% between 2016 and 2020.", [("fell by 10%", "Fire deaths", "2016-2020")]),
    ("At least 1,500 premises will be certified by 2025.", [("At least 1,500", "premises", "2025")]),
    ("Each station is staffed by between 60 and 90 firefighters.", [("between 60 and 90", "firefighters", None)]),
    ("The number of teams rose from 26 to 40 in 2022.", [("26", "number of teams", "2022"), ("40", "number of teams", "2022")]),
    ("Spending increased to 3.2 million yuan, up 5.4% on the year.", [("3.2 million yuan", "Spending", None), ("up 5.4%", "Spending", None)]),
    ("See Section 4.2, Table 7 and Article 12; call 119 for help.", []),
    ("Coverage will reach 95 percent or more by 2030.", [("95 percent or more", "Coverage", "2030")]),
    ("Nearly 40,000 residents were trained in 2019.", [("Nearly 40,000", "residents", "2019")]),
    ("全县11个镇、187个村实现消防车通道全覆盖。", [("11个", "镇", None), ("187个", "村", None)]),
    ("实现灭火器配置率、疏散标志完好率均达到100%。", [("100%", "灭火器配置率、疏散标志完好率", None)]),
    ("建立约6.5万条隐患台账，销号率99.2%，逾期未改的仅37条。", [("约6.5万条", "隐患台账", None), ("99.2%", "销号率", None), ("37条", "逾期未改", None)]),
    ("培训保安员1.1万人、电工2300人、厨师860人。", [("1.1万人", "培训保安员", None), ("2300人", "培训电工", None), ("860人", "培训厨师", None)]),
    ("2021年、2022年和2023年分别新建站点3个、5个、8个。", [("3个", "新建站点", "2021"), ("5个", "新建站点", "2022"), ("8个", "新建站点", "2023")]),
    ("人口超过30万的镇应设2座以上消防站。", [("超过30万", "人口", None), ("2座以上", "消防站", None)]),
]  # fmt: skip

FIRST_HELD_OUT: list[Case] = [
    ("2023年，全县共接报火灾312起，死亡2人，受伤5人，直接财产损失486.7万元，同比分别下降6.3%、33.3%、16.7%和12.1%。", [("312起", "接报火灾", "2023"), ("2人", "死亡", "2023"), ("5人", "受伤", "2023"), ("486.7万元", "直接财产损失", "2023"), ("下降6.3%", "接报火灾", "2023"), ("下降33.3%", "死亡", "2023"), ("下降16.7%", "受伤", "2023"), ("下降12.1%", "直接财产损失", "2023")]),
    ("截至2022年底，全省拥有各类消防站1126个，消防车7840辆。", [("1126个", "消防站", "2022"), ("7840辆", "消防车", "2022")]),
    ("到2025年，每万人拥有专业消防员不少于3.2名，城市建成区消防站覆盖率达到95%以上。", [("每万人不少于3.2名", "专业消防员", "2025"), ("95%以上", "城市建成区消防站覆盖率", "2025")]),
    ("一般公共预算收入由2020年的26.4亿元增至2024年的38.9亿元，年均增长10.2%。", [("26.4亿元", "一般公共预算收入", "2020"), ("38.9亿元", "一般公共预算收入", "2024"), ("增长10.2%", "一般公共预算收入", None)]),
    ("依托“12350”热线和“双随机、一公开”平台，查处各类违法行为1.2万余起，其中重大隐患86处。", [("1.2万余起", "查处违法行为", None), ("86处", "重大隐患", None)]),
    ("根据《消防救援衔条例》和国发〔2018〕40号文件，第三批、第五批人员共计420名完成授衔。", [("420名", "第三批、第五批人员", None)]),
    ("东、西两个片区分别建设小型站3座和4座。", [("3座", "东小型站", None), ("4座", "西小型站", None)]),
    ("新购水罐车12辆、云梯车3辆、无人机27架，配齐个人防护装备1.8万件（套）。", [("12辆", "新购水罐车", None), ("3辆", "新购云梯车", None), ("27架", "新购无人机", None), ("1.8万件（套）", "个人防护装备", None)]),
    ("全区共有60-80平方米的微型消防站房35间，每间配备人员6-8名。", [("60-80平方米", "微型消防站房", None), ("35间", "微型消防站房", None), ("6-8名", "人员", None)]),
    ("市財政投入消防經費約3.6億元，較上年增長8.5個百分點。", [("約3.6億元", "投入消防經費", None), ("增長8.5個百分點", "投入消防經費", None)]),
    ("全港現有消防局85間，救護站47間，消防船約10艘。", [("85間", "消防局", None), ("47間", "救護站", None), ("約10艘", "消防船", None)]),
    ("By 2025 the city will build at least 40 new fire stations and 1,200 hydrants.", [("at least 40", "new fire stations", "2025"), ("1,200", "hydrants", "2025")]),
    ("Fires fell by 12.5% in 2023, while losses rose to 3.4 million yuan.", [("fell by 12.5%", "Fires", "2023"), ("3.4 million yuan", "losses", "2023")]),
    ("“十四五”期间，计划培训社会单位负责人5万人次，举办演练不少于200场。", [("5万人次", "培训社会单位负责人", "2021-2025"), ("不少于200场", "演练", "2021-2025")]),
    ("消火栓完好率从92%提高到98%，缺口减少310个。", [("92%", "消火栓完好率", None), ("98%", "消火栓完好率", None), ("减少310个", "缺口", None)]),
    ("县、乡、村三级联动，一方面加强巡查，另一方面整改隐患，整改率超过九成。", [("超过九成", "整改率", None)]),
    ("招录政府专职消防员150名，文员30名，队伍总人数达到1260人。", [("150名", "招录政府专职消防员", None), ("30名", "文员", None), ("1260人", "队伍总人数", None)]),
    ("2021年至2023年，累计改造老旧小区117个，惠及居民近9万户。", [("117个", "改造老旧小区", "2021-2023"), ("近9万户", "惠及居民", "2021-2023")]),
    ("规划占地面积约120亩，总投资2.3亿元，可同时容纳300人训练。", [("约120亩", "占地面积", None), ("2.3亿元", "总投资", None), ("300人", None, None)]),
    ("力争到2027年底，建成区每6平方公里设1座消防站，响应时间缩短至5分钟以内。", [("每6平方公里设1座", "消防站", "2027"), ("5分钟以内", "响应时间", "2027")]),
]  # fmt: skip

SECOND_HELD_OUT: list[Case] = [
    ("全年地区生产总值1286.4亿元，比上年增长5.8%；其中第一产业增加值96.2亿元，增长3.1%。", [("1286.4亿元", "地区生产总值", None), ("增长5.8%", "地区生产总值", None), ("96.2亿元", "第一产业增加值", None), ("增长3.1%", "第一产业增加值", None)]),
    ("2022年，市级财政安排专项资金1.85亿元，较2021年增加3200万元。", [("1.85亿元", "专项资金", "2022"), ("增加3200万元", "专项资金", "2022")]),
    ("“十四五”末，每个乡镇至少建成1支专职消防队，队员不少于8人。", [("至少1支", "专职消防队", "2025"), ("不少于8人", "队员", "2025")]),
    ("开展“敲门行动”3次，走访群众4.6万户，整改电气隐患1320处，免费更换插座近6000个。", [("3次", "“敲门行动”", None), ("4.6万户", "走访群众", None), ("1320处", "整改电气隐患", None), ("近6000个", "免费更换插座", None)]),
    ("目前，全区有消防安全重点单位486家、一般单位1.2万余家、“九小场所”3.4万家。", [("486家", "消防安全重点单位", None), ("1.2万余家", "一般单位", None), ("3.4万家", "“九小场所”", None)]),
    ("落实三年行动要求，2024年完成老旧电梯更新210台，占年度任务的84%。", [("210台", "老旧电梯更新", "2024"), ("84%", "占年度任务", "2024")]),
    ("按照GB 50016-2014要求，疏散通道净宽不应小于1.4米，室外消火栓间距不大于120米。", [("小于1.4米", "疏散通道净宽", None), ("不大于120米", "室外消火栓间距", None)]),
    ("队站建筑面积由850平方米扩大到1600平方米，可停放消防车8辆。", [("850平方米", "队站建筑面积", None), ("1600平方米", "队站建筑面积", None), ("8辆", "停放消防车", None)]),
    ("截至2023年6月30日，全市共登记电动自行车87.3万辆，建成充电端口12.6万个，桩车比约为1:7。", [("87.3万辆", "登记电动自行车", "2023"), ("12.6万个", "充电端口", "2023"), ("约为1:7", "桩车比", "2023")]),
    ("组织第十二届消防运动会，参赛队伍24支，运动员386名，其中女运动员四十二名。", [("24支", "参赛队伍", None), ("386名", "运动员", None), ("四十二名", "女运动员", None)]),
    ("2021—2025年新建一级站5座、二级站12座、小型站30座，合计47座。", [("5座", "新建一级站", "2021-2025"), ("12座", "新建二级站", "2021-2025"), ("30座", "新建小型站", "2021-2025"), ("47座", "新建站合计", "2021-2025")]),
    ("拨打119报警后，平均到场时间为6.5分钟，较五年前缩短1.2分钟。", [("6.5分钟", "平均到场时间", None), ("缩短1.2分钟", "平均到场时间", None)]),
    ("本預算案撥款2,350萬元，用於更換消防車18輛及改善消防局設施6處。", [("2,350萬元", "本預算案撥款", None), ("18輛", "更換消防車", None), ("6處", "改善消防局設施", None)]),
    ("截至2020年底，全縣消防人員共有327人，較2015年增加41人，增幅14.3%。", [("327人", "消防人員", "2020"), ("增加41人", "消防人員", "2020"), ("14.3%", "增幅", "2020")]),
    ("In 2022 the brigade answered 4,512 calls, of which 318 were false alarms.", [("4,512", "calls", "2022"), ("318", "false alarms", "2022")]),
    ("Response times fell from 9 minutes to 7 minutes; coverage reached 88 percent.", [("9 minutes", "Response times", None), ("7 minutes", "Response times", None), ("88 percent", "coverage", None)]),
    ("The plan provides for between 60 and 90 staff and about 25 vehicles by 2025.", [("between 60 and 90", "staff", "2025"), ("about 25 vehicles", "vehicles", "2025")]),
    ("居民家庭火灾占比超过四成，电气原因引发的火灾占34.6%。", [("超过四成", "居民家庭火灾占比", None), ("34.6%", "电气原因引发的火灾", None)]),
    ("建设10个消防科普体验馆，每馆年接待群众不低于5000人次，志愿者注册人数突破2万人。", [("10个", "消防科普体验馆", None), ("不低于5000人次", "每馆年接待群众", None), ("突破2万人", "志愿者注册人数", None)]),
    ("一是压实责任，二是补齐短板，全年召开联席会议4次，约谈镇街负责人11人次，挂牌督办重大隐患7家。", [("4次", "联席会议", None), ("11人次", "约谈镇街负责人", None), ("7家", "挂牌督办重大隐患", None)]),
]  # fmt: skip

THIRD_HELD_OUT: list[Case] = [
    ("初步核算，全年国内生产总值1349084亿元，比上年增长5.0%。", [("1349084亿元", "国内生产总值", None), ("增长5.0%", "国内生产总值", None)]),
    ("年末全国人口140828万人，比上年末减少139万人，其中城镇常住人口94350万人。", [("140828万人", "人口", None), ("减少139万人", "人口", None), ("94350万人", "城镇常住人口", None)]),
    ("居民消费价格上涨0.2%，全国城镇调查失业率平均为5.1%。", [("上涨0.2%", "居民消费价格", None), ("5.1%", "城镇调查失业率", None)]),
    ("今年发展主要预期目标是：国内生产总值增长5%左右，城镇新增就业1200万人以上，粮食产量1.4万亿斤左右。", [("增长5%左右", "国内生产总值", None), ("1200万人以上", "新增就业", None), ("1.4万亿斤左右", "粮食产量", None)]),
    ("全市公安机关破获电信诈骗案件1.1万起，同比上升14.2%，抓获犯罪嫌疑人3620名，挽损2.37亿元。", [("1.1万起", "破获电信诈骗案件", None), ("上升14.2%", "破获电信诈骗案件", None), ("3620名", "抓获犯罪嫌疑人", None), ("2.37亿元", "挽损", None)]),
    ("新改扩建中小学校32所，新增学位4.2万个；新建改建农村公路380公里。", [("32所", "新改扩建中小学校", None), ("4.2万个", "新增学位", None), ("380公里", "新建改建农村公路", None)]),
    ("PM2.5平均浓度27微克/立方米，优良天数比例87.4%，森林覆盖率稳定在58%以上。", [("27微克/立方米", "PM2.5平均浓度", None), ("87.4%", "优良天数比例", None), ("58%以上", "森林覆盖率", None)]),
    ("我省消防救援队伍现有指战员1.3万人、专职队员2.6万人，执勤车辆4100辆，每万人拥有量分别为1.9人、3.8人和0.6辆。", [("1.3万人", "指战员", None), ("2.6万人", "专职队员", None), ("4100辆", "执勤车辆", None), ("每万人1.9人", "指战员", None), ("每万人3.8人", "专职队员", None), ("每万人0.6辆", "执勤车辆", None)]),
    ("医院床位使用率由78.3%升至85.1%，平均住院日缩短0.8天。", [("78.3%", "医院床位使用率", None), ("85.1%", "医院床位使用率", None), ("缩短0.8天", "平均住院日", None)]),
    ("对3人以上群租房、10层以上住宅开展排查，发现问题2.4万处，已整改95.6%。", [("3人以上", "群租房", None), ("10层以上", "住宅", None), ("2.4万处", "发现问题", None), ("95.6%", "整改", None)]),
    ("“十二五”末，全市仅有消防站11座；到“十三五”末增至26座，翻了一番多。", [("11座", "消防站", "2015"), ("26座", "消防站", "2020")]),
    ("设立专项资金，市、区两级按6:4比例分担，2023至2025年每年投入不低于5000万元。", [("6:4", None, None), ("不低于5000万元", "投入", "2023-2025")]),
    ("The county employed 412 firefighters in 2020, compared with 356 in 2015, an increase of 15.7 percent.", [("412", "firefighters", "2020"), ("356", "firefighters", "2015"), ("15.7 percent", None, "2015")]),
    ("A total of RMB 86.5 million was allocated, of which 40% went to equipment.", [("RMB 86.5 million", None, None), ("40%", None, None)]),
    ("本港共有81間消防局，當值人員約10,800名，全年接獲火警召喚36,042宗，較前年上升6.1%。", [("81間", "消防局", None), ("約10,800名", "當值人員", None), ("36,042宗", "接獲火警召喚", None), ("上升6.1%", "接獲火警召喚", None)]),
    ("消防车通道净高净宽均不应小于4米，转弯半径不小于9米至12米。", [("小于4米", None, None), ("不小于9米至12米", "转弯半径", None)]),
]  # fmt: skip

FOURTH_HELD_OUT: list[Case] = [
    ("2024年，全国消防救援队伍共接处警299.3万起，参与抢险救援53.4万起，营救遇险被困人员15.6万人，疏散转移46.2万人。", [("299.3万起", None, "2024"), ("53.4万起", None, "2024"), ("15.6万人", "营救遇险被困人员", "2024"), ("46.2万人", "疏散转移", "2024")]),
    ("全年公路水路完成投资3.1万亿元，铁路营业里程达到16.2万公里，其中高铁4.8万公里。", [("3.1万亿元", None, None), ("16.2万公里", "铁路营业里程", None), ("4.8万公里", "高铁", None)]),
    ("财政拨款收入决算数为1538.62万元，比年初预算数增加212.4万元，增长16.01%。", [("1538.62万元", "财政拨款收入决算数", None), ("增加212.4万元", "财政拨款收入决算数", None), ("增长16.01%", "财政拨款收入决算数", None)]),
    ("“三公”经费支出18.5万元，完成预算的92.5%，其中公务用车运行维护费15.2万元。", [("18.5万元", "“三公”经费支出", None), ("92.5%", None, None), ("15.2万元", "公务用车运行维护费", None)]),
    ("本部门公务用车保有量12辆，国内公务接待46批次、358人次。", [("12辆", "公务用车保有量", None), ("46批次", None, None), ("358人次", None, None)]),
    ("各县区要确保2026年6月底前完成不少于70%的改造任务。", [("不少于70%", None, "2026")]),
    ("规划到2025年建成国家级示范基地3个以上、省级示范基地10个左右，培育龙头企业50家。", [("3个以上", "国家级示范基地", "2025"), ("10个左右", "省级示范基地", "2025"), ("50家", "龙头企业", "2025")]),
    ("参加单位由2家扩大到9家，覆盖率由20%提高到80%以上。", [("2家", "参加单位", None), ("9家", "参加单位", None), ("20%", "覆盖率", None), ("80%以上", "覆盖率", None)]),
    ("每个社区配备兼职消防宣传员1至2名，每季度入户宣传不少于1次。", [("1至2名", "兼职消防宣传员", None), ("不少于1次", "入户宣传", None)]),
    ("火灾四项指数与去年同期相比，起数下降15.4%，死亡人数上升1人，受伤人数持平，损失减少320万元。", [("四项", None, None), ("下降15.4%", "起数", None), ("上升1人", "死亡人数", None), ("减少320万元", "损失", None)]),
    ("队伍共有干部35人，其中大专以上学历占88.6%，35岁以下占六成以上。", [("35人", "干部", None), ("88.6%", None, None), ("35岁以下", None, None), ("六成以上", None, None)]),
    ("The budget rose by 12 percent to $4.2 million, enough for 18 new engines.", [("rose by 12 percent", "budget", None), ("$4.2 million", None, None), ("18", "new engines", None)]),
    ("本年度共巡查樓宇12,350幢次，發出消除火警危險通知書8,420份，檢控個案逾600宗。", [("12,350幢次", None, None), ("8,420份", "發出消除火警危險通知書", None), ("逾600宗", "檢控個案", None)]),
]  # fmt: skip

LISTS: list[tuple[str, tuple[str, str, tuple[str, ...], bool]]] = [
    ("打造五个示范片区（城东、城西、城南、城北、高新区）。", ("示范片区", "五个", ("城东", "城西", "城南", "城北", "高新区"), False)),
    ("深化“两查一改”（自查、互查）。", ("两查一改", "两", ("自查", "互查"), False)),
    ("组建建筑坍塌、水域、山岳和化工四支专业队。", ("专业队", "四支", ("建筑坍塌", "水域", "山岳", "化工"), False)),
    ("联合教育、民政、卫健等3个部门开展检查。", ("部门", "3个", ("教育", "民政", "卫健"), False)),
    ("抓好网格员、保安员等七类人员培训。", ("人员培训", "七类", ("网格员", "保安员"), True)),
    ("健全市、县、乡三级联动机制。", ("联动机制", "三级", ("市", "县", "乡"), False)),
    ("训练分三个阶段：基础训练、专项训练、综合演练。", ("阶段", "三个", ("基础训练", "专项训练", "综合演练"), False)),
    ("出台《某市消防条例》和《某市消火栓管理办法》两部法规。", ("法规", "两部", ("某市消防条例", "某市消火栓管理办法"), False)),
    ("建成（高层、地下、化工）3类攻坚队。", ("攻坚队", "3类", ("高层", "地下", "化工"), False)),
    ("落实人员、经费、装备“三到位”。", ("三到位", "三", ("人员", "经费", "装备"), False)),
    ("构建指挥、作战、保障“三大体系”。", ("三大体系", "三大", ("指挥", "作战", "保障"), False)),
    ("设置四个功能区，分别为训练区、生活区、办公区和停车区。", ("功能区", "四个", ("训练区", "生活区", "办公区", "停车区"), False)),
    ("完善六项制度（值班、交接、巡查、训练、会议）。", ("制度", "六项", ("值班", "交接", "巡查", "训练", "会议"), False)),
    ("推進預防、救援、教育三項工作。", ("工作", "三項", ("預防", "救援", "教育"), False)),
]  # fmt: skip

NO_LISTS = [
    "新增消防车12辆（含云梯车2辆、水罐车3辆）。",
    "593个村（社区）建立队伍。",
    "水罐车、云梯车共12辆。",
    "在甲镇、乙镇建站后，2021年新增3个。",
    "组织培训、演练等活动200场次。",
    "2022年、2023年两年新建5座。",
    "对教育、民政、住建等部门开展“三查一改”。",
]

PASSED = [
    ("依据国办发〔2019〕52号文件办理。", "〔2019〕52号", "document"),
    ("按照GB 50016-2014执行。", "GB 50016-2014", "document"),
    ("推行“双随机、一公开”监管。", "“双随机、一公开”", "term"),
    ("落实1+3+N机制。", "1+3+N", "term"),
    ("坚持一镇一队。", "一镇一队", "term"),
    ("拨打12345热线。", "12345", "hotline"),
    ("与120联动。", "120", "hotline"),
    ("自2021年9月1日起施行。", "2021年9月1日", "date"),
    ("第十四个五年规划实施以来。", "第十四个五年规划", "period"),
    ("推进三年行动。", "三年", "period"),
    ("第三条规定。", "第三", "ordinal"),
    ("见附表3。", "附表3", "heading"),
    ("推广5G应用。", "5G", "code"),
    ("建设二级站。", "二", "level"),
    ("年均10万人口火灾死亡率下降。", "10万人口", "base"),
    ("数百名群众参加。", "数百名", "indefinite"),
    ("培育一批骨干。", "一批", "article"),
    ("《2021年工作要点》印发。", "《2021年工作要点》", "title"),
    ("— 12 —", "—12—", "page"),
    ("See Table 7.", "Table 7", "heading"),
]


def read(*texts: str) -> Prose:
    return read_prose([(Paragraph(text, Spot(paragraph=number)), "第一章") for number, text in enumerate(texts, 1)])


@pytest.mark.parametrize("case", [*WRITTEN_WITH_THE_CODE, *FIRST_HELD_OUT, *SECOND_HELD_OUT, *THIRD_HELD_OUT, *FOURTH_HELD_OUT], ids=lambda case: case[0][:20])
def test_figures_labels_and_periods(case: Case) -> None:
    sentence, expected = case
    stated = read(sentence).figures
    assert [figure.text for figure in stated] == [text for text, _, _ in expected]
    assert [figure.label for figure, (_, label, _) in zip(stated, expected, strict=True) if label is not None] == [
        label for _, label, _ in expected if label is not None
    ]
    assert [figure.during for figure in stated] == [during for _, _, during in expected]


def test_there_are_sentences_enough() -> None:
    assert len(WRITTEN_WITH_THE_CODE) >= 60 and len(FIRST_HELD_OUT) == len(SECOND_HELD_OUT) == 20


@pytest.mark.parametrize(("sentence", "listed"), LISTS)
def test_lists(sentence: str, listed: tuple[str, str, tuple[str, ...], bool]) -> None:
    prose = read(sentence)
    assert [(found.label, found.count, found.items, found.open) for found in prose.lists] == [listed]
    assert prose.figures == (), "the count of a list is no figure besides"


@pytest.mark.parametrize("sentence", NO_LISTS)
def test_what_is_no_list(sentence: str) -> None:
    assert read(sentence).lists == ()


def test_a_list_with_one_item_too_few_is_still_one() -> None:
    """The contradiction is for a rule to find, so it must be read."""
    (found,) = read("打造五个示范片区（城东、城西、城南、城北）。").lists
    assert found.count == "五个" and len(found.items) == 4 and not found.open


def test_a_footnote_holds_the_list() -> None:
    spot = Spot(paragraph=1)
    note = Footnote("①", "① 民政、教育、卫健、文旅。", Spot(paragraph=9), spot)
    prose = read_prose([(Paragraph("4个重点部门完成达标创建，建成站点4座。", spot), "第一章")], [(note, "第一章/脚注①")])
    (found,) = prose.lists
    assert (found.label, found.count, found.items, found.open) == ("重点部门", "4个", ("民政", "教育", "卫健", "文旅"), False)
    assert [figure.text for figure in prose.figures] == ["4座"]


FURTHER_ON = [
    (("推进三大业务平台创新建设，融入全市体系；", "开展接警调度、火灾防控和队伍管理平台建设。"), "三大", ("接警调度", "火灾防控", "队伍管理")),
    (
        ("建设四类专业队伍；", "配齐人员和装备；", "组建水域救援、高层灭火、地震救援、山岳救援队伍，开展训练。"),
        "四类",
        ("水域救援", "高层灭火", "地震救援", "山岳救援"),
    ),
    (("实施五项惠民行动，年内见效。全面开展暖心、安居、畅行、增绿及强基行动。",), "五项", ("暖心", "安居", "畅行", "增绿", "强基")),
    (("推進三大訓練課程建設；", "開設救護技術、火場指揮及車輛駕駛課程。"), "三大", ("救護技術", "火場指揮", "車輛駕駛")),
]


@pytest.mark.parametrize(("items", "count", "listed"), FURTHER_ON)
def test_a_list_further_on_in_the_cell(items: tuple[str, ...], count: str, listed: tuple[str, ...]) -> None:
    spot = Spot(table=1, row=2, column=3)
    (found,) = read_prose([(Paragraph(item, spot), "附件1") for item in items]).lists
    assert (found.count, found.items) == (count, listed)


@pytest.mark.parametrize(
    "items",
    [
        ("推进三大业务平台创新建设；", "开展接警调度、火灾防控、战勤保障和队伍管理平台建设。"),  # four
        ("推进三大业务平台创新建设；", "开展接警调度、火灾防控和队伍管理系统建设。"),  # of something else
        ("推进三大业务平台创新建设；", "购置平台3个、软件2套、终端5台。"),
        ("新建三个消防站；", "改造东街、西街和南街消防站。"),  # what is built is not what is rebuilt
    ],
)
def test_what_is_no_list_further_on(items: tuple[str, ...]) -> None:
    spot = Spot(table=1, row=2, column=3)
    assert read_prose([(Paragraph(item, spot), "附件1") for item in items]).lists == ()


def test_another_cell_does_not_hold_the_list() -> None:
    texts = ("推进三大业务平台创新建设；", "开展接警调度、火灾防控和队伍管理平台建设。")
    assert read_prose([(Paragraph(text, Spot(table=1, row=row, column=3)), "附件1") for row, text in enumerate(texts)]).lists == ()


@pytest.mark.parametrize(("sentence", "text", "reason"), PASSED)
def test_what_is_no_quantity_is_passed_over_with_the_reason(sentence: str, text: str, reason: str) -> None:
    prose = read(sentence)
    assert prose.figures == () and prose.unplaced == ()
    assert (text, reason) in [(numeral.text, numeral.reason) for numeral in prose.passed_over]
    assert word(f"reading.{reason}", "zh") != word(f"reading.{reason}", "en")


def test_every_reason_has_words() -> None:
    from fireaudit.reading.prose.passing import REASONS

    assert {*REASONS, "unread", "bare", "article", "unit"} == set(WORDS)


def test_a_bare_number_is_unplaced() -> None:
    (numeral,) = read("编号 88 的材料。").unplaced
    assert (numeral.text, numeral.reason) == ("88", "bare")


def test_a_period_is_handed_on_to_flows_of_the_same_place_only() -> None:
    prose = read_prose([
        (Paragraph("“十三五”期间成效显著。", Spot(paragraph=1)), "第一章"),
        (Paragraph("新建消防站6座。现有消火栓900个。", Spot(paragraph=2)), "第一章"),
        (Paragraph("新建消防站9座。", Spot(paragraph=3)), "第二章"),
    ])  # fmt: skip
    assert [(figure.text, figure.during, figure.kind) for figure in prose.figures] == [
        ("6座", "2016-2020", "flow"),
        ("900个", None, "stock"),
        ("9座", None, "flow"),
    ]


def test_a_year_in_brackets_is_that_of_its_figure_alone() -> None:
    read = read_prose([(Paragraph("到2035年，漏损率由19.7%（2025年）降至10%以内（2030年），覆盖率达到95%。", Spot()), "")]).figures
    assert [(one.text, one.during) for one in read] == [("19.7%", "2025"), ("10%以内", "2030"), ("95%", "2035")]


def test_the_period_of_a_heading() -> None:
    prose = read("“十三五”期间建设成效", "火灾起数下降8%，新购消防车12辆，城区人口40万人。")
    assert [figure.during for figure in prose.figures] == ["2016-2020", "2016-2020", None]


def test_kinds() -> None:
    prose = read("目前有消防站30座。“十四五”期间新建站20座，总数达到50座。到2035年，覆盖率达到98%。")
    assert [(figure.text, figure.during, figure.kind) for figure in prose.figures] == [
        ("30座", None, "stock"), ("20座", "2021-2025", "flow"), ("50座", "2025", "stock"), ("98%", "2035", "target"),
    ]  # fmt: skip


def test_places_point_at_the_printed_text() -> None:
    text = "到 2025 年，增加約 190 個\n市政消火栓，面积8000㎡。"
    for figure in read(text).figures:
        assert "".join(text[figure.start : figure.end].split()) == figure.text


def test_find_figures() -> None:
    text = "新增约190个，下降8.6%，每8.9平方公里1个，60-90人，近40万人，不少于1:4"
    assert [text[start:end] for start, end, _ in find_figures(text)] == ["约190个", "下降8.6%", "每8.9平方公里1个", "60-90人", "近40万人", "不少于1:4"]


PIECES = st.sampled_from(
    [
        *"一二三十百千万亿两0123456789.,，。、；：（）“”《》等和年月日个座人%名",
        "分别",
        "每",
        "约",
        "不少于",
        "下降",
        "提高到",
        "“十三五”期间",
        "2025年",
        "新增消防站",
        "三类",
        "第",
        " to ",
        "from ",
        "between ",
        "about ",
        "stations",
        "\n",
        " ",
        "①",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    prose = read_prose([(Paragraph(text, Spot(line=1)), "第一章")], [(Footnote("①", text, Spot(line=2), Spot(line=1)), "脚注")])
    for figure in prose.figures:
        assert 0 <= figure.start < figure.end <= len(text)
        assert not read_figure(figure.text).missing
    for found in prose.lists:
        assert found.items and all(found.items) and 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    ["1", "一", "1,", "1个", "、1个", "“", "(", "(1个", "三类(", "甲、", "分别1个", "2021-", "每", "的1个", "1 to ", "between 1 and ", "a1", "2021年新建1座，"],
)
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    assert takes_time_in_proportion(piece, "共三类")


def test_a_million_digits() -> None:
    begin = time.process_time()
    prose = read("1" * 1_000_000)
    assert prose.figures == () and time.process_time() - begin < 10
