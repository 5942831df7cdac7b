"""How texts say that something rose or fell, and against when."""

from __future__ import annotations

import re

UP = (
    "增长率|成长率|增长幅度|增幅|升幅|涨幅|增速|成长|净增(?:加|长)?|增加|增长|提高|提升|上升|上涨|扩大|增产|增收|增支|超收|偏多|偏高|高出|多出|"
    "(?<![新递])增|升|涨|(?<!较)多|(?<![提较最])高"
)
DOWN = (
    "下降率|下降幅度|降幅|减幅|跌幅|净减(?:少)?|减少|下降|降低|压减|压降|缩减|缩短|缩小|收窄|下滑|回落|减产|减收|减支|短收|偏少|偏低|减|降|跌|"
    "(?<![减缺至])少|(?<![降偏最])低"
)
VERB = rf"(?P<verb>(?P<up>{UP})|(?P<down>{DOWN}))"
VERBS = rf"(?:{UP}|{DOWN})"
REACHING = "(?:达到?|增加?[至到]|增长[到至]|[升降][至到]|提高[到至]|上升[到至]|下降[到至]|减少?[到至]|回落[到至]|[至到为])了?"
EARLIER = r"(?:上年度?|去年|前一?年度?|上一年度?|上届|上期|上季度?|上月|往年|多年平均值?|(?:19|20)[0-9]{2}(?:[-/][0-9]{2,4})?(?:年度?)?|[0-9]{3}年度?)(?:同期|年?末|年?底|平均)?"
OTHER_PRICES = re.compile("可比|不变价|扣除|剔除|同口径|实际增|名义|生产总值|增加值|产值|GDP|constant|real terms|like-for-like", re.IGNORECASE)
MEAN = re.compile("年均|平均每年|每年|年平均|[月日]均|递增|递减|annual|average|a year|per year|CAGR", re.IGNORECASE)

EN_UP = "increase|increases|increasing|rise|rising|growth|growing|up|more|gain|higher|above|improvement"
EN_DOWN = "decrease|decreases|decreasing|fall|falling|decline|declining|drop|reduction|down|fewer|less|lower|below|cut|underspend|saving"
EN_VERB = rf"\b(?P<verb>(?P<up>{EN_UP})|(?P<down>{EN_DOWN}))\b"
EN_FINITE = r"\b(?P<verb>(?P<up>increased|rose|grew|climbed|went up)|(?P<down>decreased|fell|declined|dropped|went down))\b"

MEAN_OF_IT = re.compile("(?:[年月日人户]均|平均)[^，,。;:()]{0,8}$")
"""What leads to a mean told beside its total (全年130件，日均3件): what follows goes on about the total."""
