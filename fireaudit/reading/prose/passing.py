"""Numerals that are no quantities: dates, ordinals, document numbers, hotlines, slogans. Each with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fireaudit.quantity.plain import Plain
from fireaudit.quantity.unit import COUNT, take_unit
from fireaudit.reading.prose.dated import DATES, clocks
from fireaudit.reading.prose.named import NAMES, telephones

_N = "[〇零一二三四五六七八九十百千两]"
_YEAR = "(?:19|20|21)[0-9]{2}"
_HEADED = "附件|附表|附图|附录|专栏|(?<![代报])表|图|脚注|公式|案例"
_PLANNING = f"(?:第{_N}{{1,4}}个)?五年(?:规划|计划)"

# In this order: a stretch belongs to the first that claims it. Every repetition is bounded, so all of it stays linear.
_REASONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *NAMES[:1],
    ("title", re.compile(r"《[^《》]{0,120}》")),
    ("page", re.compile(r"\A[-—–]{0,3} ?[0-9]{1,4} ?[-—–]{0,3}\Z|(?<=[.…·]{3})[0-9]{1,4}(?=\n|\Z)|第[0-9]{1,4}页(?:共[0-9]{1,4}页)?")),
    ("document", re.compile(rf"[〔\[【(]{_YEAR}[〕\]】)]第?[0-9]{{1,6}}(?:-[0-9]{{1,6}})?号?")),
    ("document", re.compile(r"(?:(?<![A-Za-z])(?:GB|GA|XF|DB|JGJ|CJJ|ISO|IEC|EN|NFPA|AQ|YY|JT|HG|SY)(?:/[A-Z])?|\bNo\.?) ?[0-9]{1,6}(?:[-—./:][0-9]{1,6}){0,3}")),
    ("document", re.compile(r"第?[0-9]{1,8}号")),
    *NAMES[1:],
    ("document", re.compile(r"[0-9]{21,}")),
    ("term", re.compile(r"[0-9NXn]{1,3}(?:\+(?:[0-9]{1,3}|[NXn])){1,6}")),
    ("term", re.compile(r"(?<![0-9])[0-9][NnXx](?![0-9A-Za-z])")),
    ("term", re.compile(r"“[^“”]{1,24}”|“[^“”0-9]{25,120}”|‘[^‘’]{1,24}’|「[^「」]{1,24}」|『[^『』]{1,24}』|\"[^\"\n]{1,24}\"")),
    ("period", re.compile(rf"(?<!{_N}){_N}{{1,3}}五(?=规划|时期|期间|以来|期末|末|计划)")),
    ("period", re.compile(rf"(?<![0-9.])(?:[0-9]{{1,3}}|{_N}{{1,3}})(?:年|个月|天)(?:多?以?前|以?后|以?来|间)(?![面方台续勤退])")),
    ("period", re.compile(_PLANNING)),
    ("period", re.compile("[二两三四五六七八九十]年平均")),
    ("period", re.compile(r"(?:近|过去|未来|今后|最近|此后|随后|上一个?|下一个?|前|头|in the (?:last|past|next) )[0-9〇一二三四五六七八九十两]{1,3}(?:个?年|个月|天|周| years)(?:多?来|内|间)?")),
    ("period", re.compile(rf"(?<![0-9多余]){_N}{{1,2}}年(?=[^，。,;、“”]{{0,4}}(?:行动|规划|计划|攻坚|方案))")),
    ("period", re.compile(rf"(?:第{_N}{{1,4}}|[0-9]{{1,2}})个?五年")),
    *(("date", pattern) for pattern in DATES),
    ("ordinal", re.compile(rf"第(?:[0-9]{{1,6}}|{_N}{{1,8}})")),
    ("ordinal", re.compile(r"\b[0-9]{1,6}(?:st|nd|rd|th)\b")),
    ("ordinal", re.compile(r"(?:排名?|位列|位居|居)(?:第|全[国省市县])?[0-9]{1,4}位")),
    ("term", re.compile(rf"(?:十[一二三四五六七八九]|二十[一二三四五]?)大(?=[^类项重工任行主专体产平型板领方难问\w]|[精报以召开确提胜\u3002，、和])|{_N}{{1,3}}届(?={_N}中|历次)|(?<!{_N})[一二三四五六七八九]中(?=[、和]|全会)")),
    ("heading", re.compile(r"(?m)^[(〔]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,4})(?:[)〕、]|\.(?![0-9]))")),
    ("heading", re.compile(r"\A[0-9]{1,2}(?:\.[0-9]{1,2}){0,3} (?=[A-Z][^.;:!?]{2,60}\Z)")),
    ("term", re.compile(r"(?<![0-9])[0-9]{1,3}(?:周?岁)?[-—~至到]{1,2}[0-9]{1,3}周?岁(?=[人老儿居男女学青妇常劳])|(?<![0-9])[0-9]{1,3}周?岁[及或]?以[上下](?=[人老儿居男女学青妇常劳])")),
    ("heading", re.compile(r"(?m)^[0-9]{1,2}(?:\.[0-9]{1,2}){2,4}(?![0-9%‰])")),
    ("heading", re.compile(r"\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\)|(?<=[;。:])[0-9]{1,2}[.、](?![0-9])")),
    ("heading", re.compile(r"(?<![统唯之单万第另])[一二三四五六七八九十]是|其[一二三四五六][是、，]")),
    ("heading", re.compile(rf"(?:{_HEADED})[0-9]{{1,3}}(?:[-.][0-9]{{1,3}})?(?![0-9.,%‰])")),
    ("heading", re.compile(r"\b(?:Table|Figure|Chapter|Section|Annex|Box|Article|Part|Phase|Appendix|Step|Goal) [0-9]{1,4}(?:\.[0-9]{1,3}){0,3}", re.IGNORECASE)),
    ("base", re.compile(r"(?<=年均)[0-9]{1,4}[十百千万亿]{0,2}(?:常住)?人口?")),
    ("base", re.compile(r"(?<![每0-9.])[0-9]{0,4}[十百千万亿]{1,2}(?:常住)?人口?(?=拥有|火灾|死亡|人均|[^，。,;、]{0,8}死亡率)")),
    ("base", re.compile(r"(?:万元|亿元|单位)(?=GDP|地区生产总值|产值|增加值)|万元户")),
    ("term", re.compile(r"([一二三四五六七八九十百千万两])(?![年月周天日一二三四五六七八九十百千万亿两])[\u4e00-\u9fff][一二三四五六七八九十百千万两](?![一二三四五六七八九十百千万亿两])[\u4e00-\u9fff](?![0-9])")),
    ("term", re.compile(
        "两个(?:维护|确立|至上|大局|一百年|结合|文明|毫不动摇|责任|健康)|[三四]个(?:意识|自信|全面|代表|服从|革命)|四个自我|三大(?:攻坚战|战略)|五位一体"
        "|三农|两会|两委|三公|四风|八项规定|六[稳保]|百姓|百年(?!以)|百日|千方百计|十分(?!之)|万一|万全|五一|八一|七一|十一黄金周|三伏|三九天|三角"
    )),
    ("level", re.compile(r"(?<![两0-9])[一二三四五六七八九十](?=级)(?!级(?:[^，。,;、]{0,6})(?:体系|网络|架构|机制|联动|政府|平台))")),
    ("level", re.compile(r"[0-9]{1,2}级(?![体网架机联])")),
    ("level", re.compile(r"[0-9]{1,3}A(?:级|景区)|[0-9]{1,2}星级")),
    ("indefinite", re.compile(r"(?:[几数][十百千万亿]+|[十百千万亿]几|几)(?:[个名人家起次支辆万亿元只]|余)?|成[百千]上[千万]|上[百千万亿]+")),
)  # fmt: skip
REASONS = frozenset({*(reason for reason, _ in _REASONS), "code", "hotline"})
_HOTLINE = re.compile(
    r"(?<![0-9.,:/])(?:1[0-9]{2}|911|999|1[0-9]{4}|9[0-9]{4}|400[- ]?[0-9]{3}[- ]?[0-9]{4}|0[0-9]{2,3}-[0-9]{7,8}|1[3-9][0-9]{9})(?![0-9.,%‰])"
)
_CALLS = re.compile(r"热线|电话|举报|投诉|报警|平台|接警|指挥|联动|急救|消防|宣传|应急|hotline|\bline\b|(?<!on[- ])\bcalls?\b|\bdial\b", re.IGNORECASE)
_SERVICES = frozenset({"110", "112", "114", "119", "120", "122", "911", "999"})
_STATES = re.compile(r"(?:达到?|为|至|到|有|共|[≥≤<>约近超])$")
_CODE = re.compile(
    r"[A-Za-z]{1,12}[-/]?[0-9][0-9A-Za-z./-]{0,24}|(?<![0-9A-Za-z.,])[0-9][0-9.,]{0,12}(?P<letters>[A-Za-z]{1,12})(?![A-Za-z])[0-9A-Za-z-]{0,12}"
)
_SIGN = re.compile(r"[$£€¥] ?$")
_MONEY = re.compile(r"(?:RMB|CNY|USD|HKD|US|HK)$")


def passed(plain: Plain) -> list[tuple[int, int, str]]:
    """Start, end and reason of every stretch that holds no quantity, in the order of the text, none over another."""
    text = plain.text
    claimed = bytearray(len(text))
    found = []
    for start, end, reason in _claims(text):
        if not any(claimed[start:end]):
            claimed[start:end] = b"\1" * (end - start)
            found.append((start, end, reason))
    return sorted(found)


def _claims(text: str) -> Iterator[tuple[int, int, str]]:
    yield from ((start, end, "hotline") for start, end in telephones(text))
    yield from ((start, end, "date") for start, end in clocks(text))
    for reason, pattern in _REASONS:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), reason
    for match in _CODE.finditer(text):
        letters = match["letters"]
        if letters is None:
            head = re.match("[A-Za-z]+", match[0])
            if head is None or not _MONEY.search(head[0]):
                yield match.start(), match.end(), "code"
        elif take_unit(match[0].lstrip("0123456789.,"))[0] is COUNT and not (
            letters in ("m", "k", "bn", "tn") and _SIGN.search(text, max(0, match.start() - 2), match.start())
        ):
            yield match.start(), match.end(), "code"
    for match in _HOTLINE.finditer(text):
        after, before = text[match.end() : match.end() + 8], text[max(0, match.start() - 6) : match.start()]
        if (take_unit(after.lstrip())[0] is not COUNT and not _CALLS.match(after)) or _STATES.search(before):
            continue
        if match[0] in _SERVICES or _CALLS.search(after) or _CALLS.search(before):
            yield match.start(), match.end(), "hotline"
