"""What a figure is, beside what it counts: a level or a change, before or after it, against what, planned or done, over which stretch of time, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fireaudit.quantity.quantity import Change, Quantity
from fireaudit.reading.prose.clauses import Clauses
from fireaudit.reading.prose.subject import lead_of, subject_of
from fireaudit.reading.words import ends_in_verb


@dataclass(frozen=True, slots=True)
class Nature:
    """Two figures say the same of a thing only where all of this agrees. ``scope`` is what of it the document prints, for the reader.

    ``whole``: the word for all of a place (全市), which makes figures of several paragraphs speak of the same.
    """

    aspect: str = ""
    base: str = ""
    stage: str = ""
    mood: str = ""
    reach: str = ""
    place: str = ""
    subject: str = ""
    whole: str = ""

    @property
    def scope(self) -> str:
        return "、".join(dict.fromkeys(part for part in (self.subject, self.place, self.mood, self.reach, self.stage, self.base) if part))


_PARTS = "[^，。;:!?\n]"
_HAN = "[\u4e00-\u9fff]"

# A change by its verb, where the grammar of figures does not read it as one: 增产1.1%, 净增13家.
_CHANGED = re.compile(
    r"(?:增产|减产|增收|减收|增支|减支|净增加?|净减少?|多增|少增|多收|少收|多支|少支|回升|回落|反弹|扩大|收窄|翻|增幅|降幅|减幅|涨幅|跌幅|增速)(?:了|约|为|达到?|:)?$"
    r"|\b(?:increase|decrease|rise|fall|drop|reduction|growth|gain|loss|underspend|overspend|saving|shortfall|difference|change) (?:of|by)(?: around| about)? ?$"
)
_BASE = re.compile(
    rf"(?P<same>同比|(?:[比较与同](?:上年|去年|上一年|前一年)(?:同期|年?末|年?底)?(?:相比)?))|(?P<other>环比|[二两三四五]年平均|年均|同口径|可比口径|可比价格?|不变价格?|[比较](?!例|重|大|好|快|多|少|高|低|为)(?:{_PARTS}{{1,14}}?)(?=[增下上提降减升回扩收多少净翻高低持]|分别|、|，)|与{_PARTS}{{1,14}}?相比)"
    r"|(?P<english>\b(?:on|over|compared (?:with|to)|from|than|against) (?:the )?(?:previous|prior|last|preceding) (?:year|quarter|month)|year[- ]on[- ]year|month[- ]on[- ]month)"
)
_LEADING_BASE = re.compile(rf"(?:与{_PARTS}{{1,20}}相比|[比较]{_PARTS}{{1,14}})，$")
ORIGINS = ("由", "从", "自", "from")
"""Stages of a figure that another comes from."""
_FROM = re.compile(r"(?:[由从自][^，。;:0-9]{0,20}(?:[0-9]{4}年[末底]?的?)?[^，。;:0-9]{0,6}|\b(?:from|between)(?: an?| the)?(?: [A-Za-z]+){0,4} ?)$")
_TO = re.compile(r"^[^0-9。;:]{0,20}[到至为]|^(?: [\w.%]+){0,5} (?:to|and)\b")
_COMPARED = re.compile(rf"[比较]{_PARTS}{{1,14}}的$|\b(?:compared (?:with|to)|against|than|up from|down from)(?: an?| the| about)* ?$")
_AGAINST = re.compile(rf"[比较](?![例重]){_PARTS}{{1,20}}$")
_THEN = re.compile("^[增减下上提降多少高低回扩缩净]")
_FORMER = re.compile(rf"(?:原有|原来|原为|原|此前|调整前|改造前|previously|formerly){_PARTS}{{0,6}}$")

_FIGURE = re.compile(r"的?(?<![0-9])(?![0-9]{2,4}年)[0-9]")

_DONE = re.compile("完成|实现(?!率)|实际|决算|执行|已(?:经)?(?!有计划)|累计完成|建成|achieved|actual|completed|was|were|had")
_PLANS = re.compile(
    "计划|规划(?![占用局期区院])|目标|预期|预计|力争|确保|争取|拟(?![定合])|将(?![军领])|到时|安排|要(?=[达实确])|[Pp]lan(?:ned|s)?\\b|\\btarget|\\bwill\\b|\\bexpected\\b|\\bforecast|\\bbudget(?:ed)?\\b"
)
_BUDGETS = re.compile("年初预算|调整预算|预算调整|(?<!公共)(?<!基金)(?<!经营)(?<!保险)预算(?![内外法收])|决算|概算|估算|结算|批复|核定|调整后|调整为|修订为")
_PLANNED_PART = re.compile("目标|任务|工作安排|工作打算|计划|展望|下一步|今后|举措|总体要求|[Oo]bjectives?|[Tt]argets?|[Oo]utlook|[Pp]lans?\\b")
_PLAN = re.compile("规划|方案|[Pp]lan\\b|[Ss]trategy")
_DONE_PART = re.compile("回顾|成效|成就|成绩|现状|基础|总结|情况|概况|背景|形势|[Rr]eview|[Pp]erformance|[Pp]rogress")

_REACH = re.compile(
    r"(?P<whole>全年|当年|本年|年内|in all|in total)|累计|(?:过去|近|最近|[五三十0-9])[二三四五六七八九十两0-9]{0,2}年(?:来|间)?累计|历年"
    r"|[前首][0-9一二三四五六七八九十]{1,2}个?月|上半年|下半年|(?:前|第)?[一二三四]个?季度|前[一二三]季度?|(?:1[0-2]|0?[1-9])(?:月份?)?[-—~至到]{1,2}(?:1[0-2]|[1-9])月份?"
    r"|(?<![0-9])(?:1[0-2]|0?[1-9])月(?!日)(?:[0-3]?[0-9]日|份|底|末)?|cumulative(?:ly)?|first (?:half|quarter)|half[- ]year"
)
"""Stretches of time within or beyond a year, which hold on to the end of the sentence."""
_EACH = re.compile(
    r"年均|每年|历年|月均|每月|日均|每[天日]|人均|户均|第[一二三四五六七八九十0-9]{1,3}(?:批|期|阶段|轮|次|标段|组|类)|per (?:year|month|day|head|capita)"
    r"|a (?:year|month|day)\b|each (?:year|month)|annually|average"
)
"""What a figure is for each of, which holds in its clause."""
_YEAR_END = re.compile("^(?:12|十二)月(?:底|末|31日)?$")
_WHOLE = re.compile(
    "全[市县区省国州港镇乡旗盟村校院]|我[市县区省国州镇乡]|本[市县区省港]|整个[市县区]|[Nn]ationwide|citywide|[Tt]he (?:city|county|district) as a whole"
)
_PLACE = re.compile(
    r"(?:全[市县区省国州港镇乡旗盟村校院])?(?P<kind>[省市县区镇乡村州]级(?!以上|财)|[市省县]本级|本级|市区|城区|城镇|农村|县城|主城区|中心城区|建成区|开发区|高新区|新区|园区|片区)"
    rf"|(?P<name>(?:^|[，。;:、“在于对]|其中|全市)(?P<own>(?!{_HAN}{{0,4}}[全各每本我该其年月与和])(?:{_HAN}{{2,6}}(?<!城)(?<!乡)(?<!地)(?<!社)[省市县区镇乡州旗村]|{_HAN}{{2,6}}街道)))(?![内外场政委级])|(?P<side>[东西南北中]部|[东西南北]片|[省市县区]外|[省市县区]内|境内|境外)"
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_IN_THE = re.compile(
    rf"(?:^| )(?:in|for|at|across|by) (?:the )?(?P<place>(?!{_MONTH}\b)(?:[A-Z][\w-]+|east|west|north|south|centre|center|urban|rural)(?: (?:[A-Z][\w-]+|areas?|districts?|part|side|region)){{0,3}})"
)
_UNDER = re.compile(
    "[省市县区镇乡村州旗]$|街道$|[一二三四五六七八九十0-9][期标]|项目|工程|方案|阶段|本级|公司|集团|中心|板块|业务|领域|行业|片区|线路|[站院校馆](?:$|[。:])|分[局院校]|[Dd]istrict|[Tt]own|[Pp]roject|[Pp]hase|[Oo]ption"
)
_REACHED = 60


def nature_of(
    text: str, start: int, end: int, quantity: Quantity, clauses: Clauses, headings: tuple[str, ...], label: str, kind: str | None, spans: bool
) -> Nature:
    """``headings``: the titles above the paragraph, outermost first; ``kind`` and ``spans``: whether its period is a target, and more than a year."""
    clause = clauses.start(start, max(0, start - 100))
    sentence = max(clauses.sentence(start), start - 160)
    before, behind = text[clause:start], text[end : clauses.end(end, end + _REACHED)]
    aspect = _aspect(quantity, before)
    place, whole = _place(text, sentence, start, behind, headings, label)
    return Nature(
        aspect=aspect,
        base=_base(text, sentence, start, end, clauses) if aspect else "",
        stage=_stage(text, clause, start, end),
        mood=_mood(before + text[start:end], kind == "target", headings),
        reach=_reach(text[max(sentence, start - _REACHED) : start], before, spans),
        place=place,
        subject=subject_of(before, behind, label) or lead_of(text[:40], label),
        whole=whole,
    )


def _aspect(quantity: Quantity, before: str) -> str:
    if quantity.change is not Change.NONE:
        return str(quantity.change.value)
    changed = _CHANGED.search(before)
    return changed.group() if changed else ""


def _base(text: str, sentence: int, start: int, end: int, clauses: Clauses) -> str:
    """What a change is against. Nothing said and 同比 are both the year before; of several bases each figure after 分别 has its own."""
    clause = clauses.start(start, max(0, start - 100))
    if lead := _LEADING_BASE.search(text, max(sentence, clause - 30), clause):
        clause = lead.start()
    found = list(_BASE.finditer(text, clause, start + 1))
    if not found:
        return ""
    each = text.rfind("分别", clause, start)
    if len(found) > 1 and each >= 0:
        behind = sum(1 for _ in re.finditer(r"[0-9][0-9,.]*", text[each:start]))
        return _unfigured(found[min(behind, len(found) - 1)][0])
    return "" if found[-1]["same"] else _unfigured(found[-1][0])


def _stage(text: str, clause: int, start: int, end: int) -> str:
    before, behind = text[clause:start], text[end : end + 40]
    if (match := _FROM.search(before)) and _TO.match(behind):
        return match[0][0] if match[0][0] in ORIGINS else "from"
    if match := _COMPARED.search(before) or _FORMER.search(before) or (_AGAINST.search(before) if _THEN.match(behind) else None):
        return _unfigured(match[0])
    return ""


def _unfigured(text: str) -> str:
    """What something is compared with, without its figure: 较2022年的34,127宗 → 较2022年."""
    return _FIGURE.split(text, maxsplit=1)[0].strip("，、 的")


def _mood(clause: str, target: bool, headings: tuple[str, ...]) -> str:
    """Budget and final account are two things; all words of intent are one."""
    budget = [match[0] for match in _BUDGETS.finditer(clause)]
    if budget:
        return budget[-1]
    if target or _PLANS.search(clause):
        return "计划"
    if _DONE.search(clause):
        return ""
    part = next((title for title in reversed(headings[1:]) if _PLANNED_PART.search(title) or _DONE_PART.search(title)), "")
    planned = not _DONE_PART.search(part) if part else _PLAN.search("".join(headings[:1])) is not None
    return "计划" if planned else ""


def _reach(sentence: str, clause: str, spans: bool) -> str:
    """What is counted over several years is cumulative, whether or not it says so."""
    found = [match for match in _REACH.finditer(sentence) if not (spans and match[0].endswith("累计"))]
    stretch = found[-1].group() if found and not found[-1]["whole"] and not _YEAR_END.match(found[-1].group()) else ""
    each = [match.group() for match in _EACH.finditer(clause)]
    return "、".join(dict.fromkeys(part for part in (stretch, *each[-1:]) if part))


def _place(text: str, sentence: int, start: int, behind: str, headings: tuple[str, ...], label: str) -> tuple[str, str]:
    """The place named last before the figure in its sentence, or what the headings above are about; not one that its label names anyhow."""
    if (match := _IN_THE.search(behind)) is not None:
        return match["place"], ""
    found = [(match.start(), match["kind"] or match["own"] or match["side"]) for match in _PLACE.finditer(text, sentence, start)]
    named = [] if _PLACE.search(label) else [(place, name) for place, name in found if name[-2:] not in label and not ends_in_verb(name[:-1])]
    all_of_it = [(match.start(), "全" + match.group()[-1]) for match in _WHOLE.finditer(text, sentence, start)]
    if named and (not all_of_it or named[-1][0] >= all_of_it[-1][0]):
        return named[-1][1], ""
    if all_of_it:
        return "", all_of_it[-1][1]
    return next((title for title in reversed(headings[1:]) if _UNDER.search(title)), ""), ""
