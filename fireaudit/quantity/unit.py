"""Units: a scale and a dimension. Measure words (个 座 支 人 …) count things and have no dimension."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from fireaudit.quantity.interval import Exact, canonical, quotient

Dimension = tuple[tuple[str, int], ...]

NONE: Dimension = ()

YEARS: Dimension = (("a", 1),)
SECONDS: Dimension = (("s", 1),)
# 年 and 月 have no fixed length in seconds, so they are a dimension of their own ("a").
_BASES: dict[str, tuple[Dimension, Exact]] = {}


def _define(dimension: Dimension, **names: Exact) -> None:
    for group, factor in names.items():
        for name in group.split("_"):
            _BASES[name] = (dimension, factor)


_MONEY, _METRE, _SECOND = (("元", 1),), (("m", 1),), SECONDS
_AREA, _VOLUME, _YEAR, _MASS = (("m", 2),), (("m", 3),), YEARS, (("kg", 1),)
_define(_MONEY, 元_人民币_块_yuan_RMB_CNY=1, 角=Fraction(1, 10), 分钱=Fraction(1, 100))
_define((("USD", 1),), 美元_USD=1)
_define((("HKD", 1),), 港元_港币_港幣_HKD=1)
_define((("TWD", 1),), 新台币_新台幣_新臺幣_新台币元_新臺幣元_TWD=1)
_define((("MOP", 1),), 澳门元_澳門元_澳门币_MOP=1)
_define((("SGD", 1),), 新加坡元_SGD=1)
_define((("AUD", 1),), 澳元_AUD=1)
_define((("GBP", 1),), 英镑_英鎊_GBP=1)
_define((("EUR", 1),), 欧元_歐元_EUR_euros=1)
_define((("JPY", 1),), 日元_日圆_日圓_JPY=1)
_define(_METRE, 米_m_公尺=1, 公里_千米_km=1000, 里=500, 厘米_cm=Fraction(1, 100), 毫米_mm=Fraction(1, 1000))
_define(_AREA, 平方米_m2_平米_平方公尺_平方=1, 平方公里_平方千米_km2=1_000_000, 公顷_ha=10_000, 亩_畝=Fraction(2000, 3))
_define(_VOLUME, 立方米_m3_方=1, 升_L_公升=Fraction(1, 1000), 毫升_ml=Fraction(1, 10**6))
_define(_SECOND, 秒_秒钟_s_seconds=1, 分钟_min_minutes=60, 小时_h_hours_钟头=3600, 天_日_days=86_400, 周_星期_weeks=604_800)
_define(_YEAR, 年_周年_years=1, 个月_月_months=Fraction(1, 12), 季度=Fraction(1, 4))
_define(_MASS, 千克_公斤_kg=1, 克_g=Fraction(1, 1000), 毫克_mg=Fraction(1, 10**6), 微克=Fraction(1, 10**9), 斤_市斤=Fraction(1, 2), 吨_t=1000)
_define((("W", 1),), 瓦_W=1, kW=1000, MW_兆瓦=1_000_000)
_define((("V", 1),), 伏_V=1, kV=1000)
_define((("B", 1),), MB=10**6, GB=10**9, TB=10**12, PB=10**15)
_define((("K", 1),), 摄氏度_攝氏度=1)
_define((("Pa", 1),), Pa_帕=1, kPa=1000, MPa_兆帕=1_000_000)
_BASES.update({"%": (NONE, Fraction(1, 100)), "‰": (NONE, Fraction(1, 1000)), "成": (NONE, Fraction(1, 10))})
_BASES.update({"倍": (NONE, 1), "percent": (NONE, Fraction(1, 100)), "per cent": (NONE, Fraction(1, 100))})

_COUNTED = [
    "个",
    "個",
    "座",
    "支",
    "辆",
    "輛",
    "套",
    "人",
    "名",
    "起",
    "次",
    "家",
    "户",
    "戶",
    "栋",
    "幢",
    "棵",
    "餐",
    "棟",
    "处",
    "處",
    "项",
    "項",
    "类",
    "類",
    "种",
    "種",
    "件",
    "条",
    "條",
    "份",
    "台",
    "臺",
    "部",
    "艘",
    "架",
    "队",
    "站",
    "所",
    "间",
    "間",
    "层",
    "層",
    "级",
    "級",
    "期",
    "批",
    "场",
    "場",
    "组",
    "組",
    "位",
    "只",
    "根",
    "把",
    "具",
    "块",
    "片",
    "张",
    "本",
    "册",
    "篇",
    "例",
    "宗",
    "桩",
    "单",
    "颗",
    "盏",
    "顶",
    "门",
    "口",
    "道",
    "面",
    "幅",
    "株",
    "头",
    "匹",
    "尾",
    "粒",
    "枚",
    "对",
    "双",
    "副",
    "包",
    "箱",
    "袋",
    "桶",
    "瓶",
    "罐",
    "车",
    "趟",
    "班",
    "代",
    "届",
    "轮",
    "遍",
    "回",
    "步",
    "大",
    "大类",
    "小类",
    "人次",
    "人份",
    "场次",
    "车次",
    "班次",
    "架次",
    "艘次",
    "件次",
    "户次",
    "人口",
    "常住人口",
    "家次",
    "个次",
    "人员",
    "队员",
    "岁",
    "点",
    "度",
    "床",
    "张床",
    "车位",
    "机组",
    "网格",
    "企业",
    "单位",
    "学校",
    "社区",
    "村",
    "镇",
    "乡",
    "镇街",
    "街道",
    "县",
    "区",
    "市",
    "省",
    "方面",
    "环节",
    "部门",
    "行业",
    "领域",
    "体系",
    "中心",
    "阶段",
    "重点",
    "任务",
    "指标",
    "工程",
    "项目",
    "课题",
    "方向",
    "系统",
    "平台",
    "模块",
    "库室",
    "要素",
    "专题",
    "专栏",
    "章",
    "节",
    "者",
    "字",
    "页",
    "页次",
    "people",
    "persons",
    "person",
    "stations",
    "vehicles",
    "units",
    "items",
    "times",
]
_BASES.update(dict.fromkeys(_COUNTED, (NONE, 1)))

# A Latin name ends where its letters end: 190 hydrants are no hours.
_NAMES = "|".join(re.escape(name) + ("(?![A-Za-z])" if name[-1].isascii() and name[-1].isalpha() else "") for name in sorted(_BASES, key=len, reverse=True))
# A pair in brackets repeats the measure word for another kind of thing: 件(套).
# A measure word with 次 behind it counts times: 46批次, 3万辆次.
WORD = re.compile(rf"(?P<name>{_NAMES})(?:(?<!次)次(?![数性序要生日年级]))?(?:\((?:{_NAMES})\))?")
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}
_DENOMINATOR = re.compile(r"([1-9][0-9]{0,8})?([十百千万萬亿億]{0,3})")


@dataclass(frozen=True, slots=True)
class Unit:
    """What one of it is worth in base units (元, m, s, …), its dimension, and how it is printed."""

    dimension: Dimension = NONE
    factor: Exact = 1
    text: str = ""

    def __hash__(self) -> int:
        return hash(self.text)

    def __truediv__(self, other: Unit) -> Unit:
        return Unit(
            combine(self.dimension, other.dimension, -1),
            quotient(self.factor, other.factor),
            f"{self.text}/{other.text}",
        )


COUNT = Unit()
UNKNOWN = Unit((("?", 1),))
"""Of a bare figure whose unit cannot be told: it can be compared with nothing."""


def combine(a: Dimension, b: Dimension, sign: int = 1) -> Dimension:
    """The dimension of a product (``sign=1``) or of a quotient (``sign=-1``)."""
    powers = dict(a)
    for base, power in b:
        powers[base] = powers.get(base, 0) + sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def spell(dimension: Dimension) -> str:
    """A dimension in base units: ``1`` for a plain count or share, ``元``, ``m²``, ``元/m²``, ``1/m²``."""

    def part(items: list[tuple[str, int]]) -> str:
        raised = {1: "", 2: "²", 3: "³"}
        return "·".join(base + raised.get(abs(power), f"^{abs(power)}") for base, power in items)

    above = part([item for item in dimension if item[1] > 0])
    below = part([item for item in dimension if item[1] < 0])
    return (above or "1") + (f"/{below}" if below else "")


DEEPEST = 4
"""Units one below the other: 元/平方米/年 has two."""


def take_scale(text: str) -> tuple[Exact, str]:
    """The scale words a unit begins with (``万`` in ``万人``, ``10万`` in ``10万人``) and what is left."""
    match = _DENOMINATOR.match(text)
    assert match is not None
    factor: Exact = int(match[1] or 1)
    for word in match[2]:
        factor *= 10 if word == "十" else _SCALES[word]
    return factor, text[match.end() :]


def take_unit(text: str, deepest: int = DEEPEST) -> tuple[Unit, str]:
    """The longest unit ``text`` begins with, and the rest. No unit there: ``COUNT`` and the whole text."""
    scale, rest = take_scale(text)
    match = WORD.match(rest)
    if match is None:
        if scale != 1 and not rest and not text[0].isdigit():
            return Unit(NONE, scale, text), ""
        return COUNT, text
    dimension, factor = _BASES[match["name"]]
    unit = Unit(dimension, canonical(scale * factor), text[: len(text) - len(rest) + match.end()])
    rest = rest[match.end() :]
    while rest[:1] in ("/", "每") and len(rest) > 1 and deepest:
        deepest -= 1
        below, left = take_unit(rest[1:], deepest)
        if below is COUNT:
            scale, after = take_scale(rest[1:])
            if after or scale == 1:
                break
            below, left = Unit(NONE, scale, rest[1:]), ""
        unit, rest = unit / below, left
    return unit, rest


def known_words() -> list[str]:
    """Every unit and measure word, for did-you-mean."""
    return list(_BASES)
