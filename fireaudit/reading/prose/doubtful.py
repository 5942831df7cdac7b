"""Numerals that read as figures where they stand for something else: 一 as an article, part of a word, a bare number."""

from __future__ import annotations

import re

from fireaudit.quantity.plain import is_han
from fireaudit.quantity.quantity import Qualifier, Quantity
from fireaudit.quantity.scan import NUMERAL

# 一 counts only where something is provided or happens: 配备一套, 每年一次.
_COUNTS_ONE = re.compile(
    "(?:配备|配置|增配加?|设置|设立|设|建立|建设|新建|建成|建|购置|购买|采购|新购|开展|召开|举办|组织|发生|打造|组建|成立|安装|发现|达到|增设|新增|仅有|只有|有|共"
    "|(?:至少|不少于)[\u4e00-\u9fff]{0,6}|每[年月季周日人户县镇村校].{0,4}|[年月周])$"
)
_ABSTRACT = re.compile("^.{0,8}?(?:机制|制度|体系|模式|办法|方法|思路|局面|格局|理念|规律|系列|问题|意识|道路|路径|力量|盘棋|张网|张图|主力军)")
# Measure words that Chinese numerals make words with: 一道, 四面, 三角, 第一期 … They count nothing in prose.
_WORDY = frozenset("角方面部道口头门块片度代回字点分升里克者本单对班步章节期届")
_AFTER_TENTHS = frozenset("立为果长效员熟功就品本绩都")  # 三成立 is no 三成
_HEDGES = "超过近逾约不"
_CUES = re.compile(
    "(?:[≤≥<>≦≧=约超近逾:]|[率值度数比重量额积径距高宽长深均人口体]|达到?|为|至|到|在|不少于|不超过|不低于|不高于|超过|低于|高于|由|从|是|共|有|突破|评分|得分|的)$"
    r"|(?:^|[^A-Za-z])(?:to|was|were|is|are|totall?ed|reached|exceeded|from) ?$"
)
_FROM_TO = re.compile(
    r"\b(?:total|increase|decrease|rise|fall|drop|reduction|growth|average) of $|,? together $|\bfrom [0-9][0-9,]{0,9}(?:\.[0-9]{1,4})?(?: [a-z]{1,12}| in [0-9]{4}(?:/[0-9]{2})?){0,2} to $"
)
_WITH_SHARE = re.compile(r" ?\([0-9]{1,3}(?:\.[0-9]{1,3})?(?:%| per ?cent\b)")
_SCALES = "万亿百千"


def doubt(text: str, start: int, end: int, quantity: Quantity) -> str | None:
    """Why the numeral is no quantity, or ``None`` where it is one. ``word``: it is part of a word, which is not worth telling."""
    printed, before, after = text[start:end], text[max(0, start - 40) : start], text[end : end + 24]
    numeral = NUMERAL.search(printed)
    if numeral is None or numeral[0][0].isdigit():
        return _bare(printed, before, after, quantity)
    return _chinese(numeral[0], printed, before, after, quantity)


def _chinese(numeral: str, printed: str, before: str, after: str, quantity: Quantity) -> str | None:
    unit = quantity.unit.text
    hedged = printed[0] in _HEDGES or quantity.qualifier is Qualifier.BOUND or after.startswith(("左右", "以上"))
    if "分之" in printed:
        return None
    if (not unit and not hedged) or unit in _WORDY or (unit == "成" and after[:1] in _AFTER_TENTHS):
        return "word"
    if numeral == "一":
        return _one(unit, before, after)
    if numeral[0] in _SCALES and printed[0] == numeral[0]:  # 万家, 千方: no digit says how many
        if len(numeral) == 1:
            return "unit" if unit else "word"
        return "word" if quantity.unit.dimension == () else None
    return None


def _one(unit: str, before: str, after: str) -> str | None:
    if before[-1:] in tuple("统唯单逐同"):
        return "word"
    if unit in ("批", "系列", "成", "级") or not _COUNTS_ONE.search(before) or _ABSTRACT.match(after):
        return "article"
    return "word" if unit == "起" and not before.endswith("发生") else None


def _bare(printed: str, before: str, after: str, quantity: Quantity) -> str | None:
    """A number without a unit is a quantity where something says what it is: 死亡率为0.12, 190 hydrants, …、1举高消防车."""
    plain = quantity.qualifier in (Qualifier.EXACT, Qualifier.ROUNDED) and ":" not in printed and not any(scale in printed for scale in _SCALES)
    if quantity.unit.text or not plain or not printed[0].isdigit() or _CUES.search(before):
        return None
    if _FROM_TO.search(before) or (before.endswith("from ") and re.match(r"(?: in [0-9]{4}(?:/[0-9]{2})?)? to [0-9]", after)):
        return None
    if (re.match(" ?[A-Za-z]", after) and not is_han(before[-1:] or " ")) or _WITH_SHARE.match(after):
        return None
    counts_noun = "\u4e00" <= after[:1] <= "\u9fff" and before[-1:] in tuple("、，;:")
    return None if counts_noun else "bare"
