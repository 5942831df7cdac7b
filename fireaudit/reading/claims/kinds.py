"""Whether things named side by side can be counted twice: men and women cannot, women and graduates can."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Kinds whose values leave nothing out.
_COMPLETE = (
    ("女", "(?<!女)男"),
    ("城镇|城市", "乡村|农村"),
    ("第一产业|一产", "第二产业|二产", "第三产业|三产"),
    ("公办|公立", "民办|私立"),
    ("(?<!非)税收", "非税"),
    ("(?<!进)出口", "进口"),
    ("公益林", "商品林"),
    ("基本支出", "项目支出"),
    ("地上", "地下"),
    ("新开工|新建", "续建|结转"),
    ("上半[年月]", "下半[年月]"),
    ("约束性", "预期性"),
    ("(?<!集体)家庭户", "集体户"),
    ("连任", "新当选|新任"),
    ("物理[类科]", "历史[类科]"),
    ("国内游客", "入境游客|境外游客"),
    ("wholetime|full-time", "on-call|part-time|retained"),
)
_ALONE = "(?!.?以[上下])"  # 二级及以上 holds several of its kind
_OTHERS = (
    ("城区|市区", "乡镇|郊区|县城"),
    ("国有|国企", "民营|私营|民企", "外资|外商|港澳台", "集体"),
    ("夏粮|夏季", "早稻", "秋粮|秋季"),
    ("中央|国家级|部级", "省级|自治区级", "市级", "县级|区级", "乡级|镇级|乡镇级", "村级"),
    ("新建", "改建", "扩建|改扩建", "续建", "改造|更新", "加固"),
    ("特大型", "(?<!特)大型", "中型", "小型", "微型"),
    ("一般(?!公共)", "较大", "(?<!特别)重大", "特别重大|特大(?!型)"),
    ("一季度", "二季度", "三季度", "四季度"),
    ("本科|大学", "专科|大专", "研究生|硕士|博士", "高中|中专"),
    ("特勤|特级", *(f"{grade}级{_ALONE}" for grade in "一二三四五"), "小型", "战勤", "水上"),
    tuple(f"(?<![0-9]){grade}A{_ALONE}" for grade in "12345"),
    tuple(f"{grade}[类级档]{_ALONE}" for grade in "ABCDE"),
    tuple(f"{grade}[类级]{_ALONE}" for grade in "甲乙丙丁"),
    ("行政", "参公", "事业", "工勤"),
    ("岁",),
    ("少数民族",),
    ("(?<!非)党员",),
    ("普惠", "寄宿", "示范"),
    ("竣工|完工",),
    ("规模以上|规上", "高新技术"),
)
_KINDS = tuple(tuple(re.compile(value) for value in kind) for kind in (*_COMPLETE, *_OTHERS))


_REST = re.compile("其余|其它|其他|余下|(?i:others?\\b|the rest\\b|the remaining)")


def _values(name: str) -> dict[int, int]:
    found = {}
    for number, kind in enumerate(_KINDS):
        hits = [value for value, pattern in enumerate(kind) if pattern.search(name)]
        if hits:
            found[number] = hits[0] if len(hits) == 1 else -1
    return found


def apart(names: Sequence[str]) -> bool | None:
    """Whether one kind tells all names from each other; ``False`` where they are of several; else ``None``."""
    values = [_values(name) for name in names]
    if any(_separates(values, kind) for kind in values[0]):
        return True
    return False if len({kind for value in values for kind in value}) > 1 else None


def _separates(values: Sequence[dict[int, int]], kind: int) -> bool:
    found = [value.get(kind, -1) for value in values]
    return -1 not in found and len(set(found)) == len(found)


def exhaust(names: Sequence[str]) -> bool:
    """Whether the names leave nothing out: men and women; the three sectors; whatever ends in others."""
    if _REST.match(names[-1].strip()) or _opposed(names):
        return True
    values = [_values(name) for name in names]
    return any(_separates(values, kind) and len(values) == len(every) for kind, every in enumerate(_COMPLETE))


def _opposed(names: Sequence[str]) -> bool:
    """已开工 and 未开工, 危化品 and 非危化品: what is so and what is not."""
    if len(names) != 2:
        return False
    one, other = (name.strip() for name in names)
    return any(
        other.startswith(word) and len(other) > 2 and one.removeprefix("已").removeprefix("有") == other.removeprefix(word) for word in ("未", "非", "无", "不")
    )
