"""Whose figure it is: the subject that a clause names before what is counted, or the words that lead a paragraph (城东消防站：…)."""

from __future__ import annotations

import re

from fireaudit.quantity.plain import is_han
from fireaudit.reading.words import ends_in_verb, trimmed_left, trimmed_right, without_verb

_LEAD = re.compile(r"\s{0,9}(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）.、]+|[—·●○◆■▲★※①-⑳])?\s{0,9}(?P<lead>[^，。;:、0-9]{2,16}):")
_NO_LEAD = re.compile("目标|任务|其中|注|说明|要求|内容|措施|情况|如下|单位|指标|来源|一是|重点|方面|为|即|包括|[是指]$")
_PERIOD = re.compile(
    r"民国[0-9]{2,3}年度?|1[0-4][0-9]年度?[底末]?|“?[一二三四五六七八九十]{1,3}五”?(?:规划)?(?:时期|期间|以来|期末|末)?|(?:19|20|21)[0-9]{2}.{0,12}?年(?:度|[0-9]{1,2}月)?[底末初]?|近年来|(?:近|过去)[^，]{1,3}年来?|年[内末底初中]|截至|目前|[到至在]|预计|计划|将|规划"
)
_FIGURE = re.compile("[0-9]")
_NO_SUBJECT = re.compile("^(?:[较比与每由从自按]|实际|总数|总量|合计|共计|其|均)|的$")
_NAMED = re.compile(r"\b(?:the |The )?(?P<name>[A-Z][A-Za-z'&-]+(?: (?:[A-Z][A-Za-z'&-]+|of|and|for))*(?: [A-Z][A-Za-z'&-]+)?)")
_NOBODY = re.compile(
    "The|A|An|In|By|At|On|Of|For|From|During|Since|Until|Between|And|But|Total|We|It|They|This|These|There|Each|Its|Our|Their|Net|Gross|All|About|Over|Some|Nearly|Almost"
    "|Service|Authority|Council|Department|Board|City|County|Government|Group|Company|Brigade|Committee|Ministry"
    "|January|February|March|April|May|June|July|August|September|October|November|December|of|and|for"
)


def subject_of(before: str, behind: str, label: str) -> str:
    """``before``: the clause up to the figure; ``label``: what is counted. Empty where the clause names nobody."""
    if not any(map(is_han, before + label + behind)):
        return _named(before, label)
    place = before.rfind(label[:2]) if label else -1
    head = _FIGURE.split(_PERIOD.sub("", before[:place] if place >= 0 else before), maxsplit=1)[0]
    while (shorter := without_verb(trimmed_right(trimmed_left(head)))) != head:
        head = shorter
    return "" if len(head) < 2 or head in label or ends_in_verb(head) or _NO_SUBJECT.search(head) else head


def _named(before: str, label: str) -> str:
    """The last proper name, if it is more than the body the document speaks of; a word that only begins a clause is none."""
    names = [" ".join(word for word in match["name"].split() if not _NOBODY.fullmatch(word)) for match in _NAMED.finditer(before)]
    return next((name for name in reversed(names) if name and name not in label and (" " in name or not before.lstrip().startswith(name))), "")


def lead_of(text: str, label: str) -> str:
    """What a paragraph is about by the words before its first colon, unless they only say what the label says, or that a list follows."""
    match = _LEAD.match(text)
    if match is None or not any(map(is_han, match["lead"])) or _NO_LEAD.search(match["lead"]):
        return ""
    lead = match["lead"]
    return "" if any(lead[i : i + 2] in label for i in range(len(lead) - 1)) else lead
