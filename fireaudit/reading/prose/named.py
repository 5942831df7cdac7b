"""Numbers that name things instead of counting them: telephones, addresses on the web and off it, codes, versions, roads, references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fireaudit.quantity.unit import COUNT, take_unit

_N = "[〇零一二三四五六七八九十百千两]"
_PHONE = r"\+?\(?[0-9][0-9() —–-]{3,24}[0-9](?:(?:转|ext\.? ?)[0-9]{1,6})?"
_LIST = r"(?:[,–-]| ?(?:,|and|to|or|&) )"
_REFERENCE = r"[0-9]{1,4}(?:\.[0-9]{1,3}){0,3}(?:\([0-9A-Za-z]{1,4}\)){0,3}"
_ENDS = r"(?![0-9]|[.,][0-9]|[%‰])"
_CAPITALISED = (
    "Windows|Android|Office|Industry|Tier|Grade|Category|Class|Band|Stage|Type|Level|Group|Zone|Route|Highway|Junction|Building|Block|Room|Floor|Gate|Platform"
    "|Line|Form|Paper|Report|Volume|Issue|Item|Head|Programme|Program|Option|Scenario|Objective|Target|Action|Priority|Pillar|Question|Recommendation|Theme"
    "|Lot|District|Ward|Region|Note|Case|Schedule|Goal|Phase|Step|Part|Act|Cap|Vote|Subhead|Version|Edition|Round"
)

NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("code", re.compile(r"(?:https?://|(?<![A-Za-z])www\.)[^\s，。；;、<>“”\u3400-\u9fff]{1,300}|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,100}")),
    ("document", re.compile(r"(?<![A-Za-z])(?:ISBN|ISSN|CN)[:： ]?[0-9][0-9 -]{5,20}[0-9Xx](?:/[A-Z][0-9]{0,3})?")),
    ("document", re.compile(r"(?<![A-Za-z])(?:Ref(?:erence)?|No|Nos|Case|File|Paper|Report)\b\.?(?: [Nn]o\.?| [Nn]umber)?[: ] ?[0-9]{1,6}(?:[/-][0-9]{1,6}){1,4}")),
    ("document", re.compile(r"(?<![A-Za-z])[A-Z]{1,4}(?:/[A-Z]{1,6})? ?[0-9]{2,6}(?:\.[0-9]{1,2})?[-—–](?:19|20)[0-9]{2}(?![0-9])")),
    ("code", re.compile(r"(?:编号|编码|代码|证号|账号|帐号|户号|批号|文号|档号|案号|身份证(?:号码?)?|号码)(?:为|是|:)?[0-9A-Z][0-9A-Z/-]{2,29}")),
    ("code", re.compile(r"(?:邮编|邮政编码|邮政区号|[Pp]ostcode|ZIP(?: code)?)(?:为|是|:)? ?[0-9]{3,6}(?![0-9.,])")),
    ("code", re.compile(r"(?<![A-Za-z])(?:[Vv]ersion|[Vv]er\.|[Rr]ev(?:ision)?\.?|版本号?)(?:为|是|:)? ?[Vv]?[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}|(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){1,2}版")),
    ("code", re.compile(r"(?<![0-9.,])[0-9]{15,}(?![0-9.,])")),
    ("code", re.compile(r"[0-9]{3}(?:国道|省道|县道|乡道)|(?:国道|省道|县道|乡道)[0-9]{3}(?![0-9.,]|公里|千米|米|条|亿|万)线?")),
    ("code", re.compile(r"(?:东经|西经|北纬|南纬)[0-9.]{1,12}[°度]?(?:[0-9.]{1,6}[′'分])?(?:[0-9.]{1,6}[″\"秒])?|[0-9.]{1,12}°(?! ?[CF])(?:[0-9.]{1,6}[′'″\"] ?){0,2}[NSEW]?")),
    ("code", re.compile(r"(?<![0-9.,个])[0-9]{1,3}单元(?:[0-9]{2,4}室)?|(?<![0-9.,])[0-9]{3,4}室")),
    ("ordinal", re.compile(rf"第(?:{_N}{{1,6}}|[0-9]{{1,4}}(?:\.[0-9]{{1,3}}){{0,3}})[条款项]?(?:[、和及与至到](?:{_N}{{1,6}}|[0-9]{{1,4}})){{1,8}}(?=[条款项章节页号批期届轮位])")),
    ("ordinal", re.compile(r"第[0-9]{1,4}(?:\.[0-9]{1,3}){1,3}(?=[条款项章节])")),
    ("ordinal", re.compile(rf"(?<!以)前(?:[0-9]{{1,4}}|{_N}{{1,3}})(?=[位名强](?!额))|(?<![A-Za-z])[Tt]op (?:[0-9]{{1,3}})\b(?![.,%]?[0-9%])")),
    ("ordinal", re.compile(r"[小初高大][一二三四五六](?=[年、级和及学])(?:年级)?|[一二三四五六七八九]年级")),
    ("heading", re.compile(r"(?:附件|附表|附图|附录|专栏|(?<![代报])表|图)[0-9]{1,3}(?:[、和及至到-][0-9]{1,2}(?=[、和及至到，。;)]|$)){1,8}")),
    ("heading", re.compile(
        rf"(?<![A-Za-z])(?:sections?|sub-?sections?|clauses?|paragraphs?|paras?|articles?|regulations?|rules?|schedules?|annex(?:es)?|appendix|appendices|chapters?|tables?|figures?"
        rf"|boxes|box|pages?|pp?\.|notes?|footnotes?|§) ?{_REFERENCE}(?:{_LIST}{_REFERENCE}){{0,8}}{_ENDS}", re.IGNORECASE)),
    ("heading", re.compile(rf"(?<![A-Za-z])(?:{_CAPITALISED})s? [0-9]{{1,4}}(?:\.[0-9]{{1,3}}){{0,3}}{_ENDS}")),
    ("ratio", re.compile(r"(?<![0-9.:])[0-9]{1,9}(?:\.[0-9]{1,6})?(?::[0-9]{1,9}(?:\.[0-9]{1,6})?){2,12}(?![0-9])")),
    ("term", re.compile("三次产业")),
)  # fmt: skip
_PHONES = re.compile(
    r"(?:电话|传真|手机|座机|热线|[致请]电|(?<![A-Za-z])(?:Tel|TEL|Telephone|Fax|FAX|Phone|Mobile|[Pp]hone|[Cc]all|[Dd]ial|[Ff]ax)\b\.?)"
    rf"(?:号码|至|为|是|:| )*{_PHONE}(?:(?:、|或|/|,|;| or ) ?{_PHONE}){{0,5}}"
    r"|(?<![0-9.,])(?:\(0[0-9]{2,3}\)|0[0-9]{2,3}[-—–])[0-9]{7,8}(?![0-9])|\+[0-9]{1,3}(?:[ -]\(?[0-9]{1,5}\)?){2,5}(?![0-9])"
    r"|\(\+?[0-9]{1,4}\) ?[0-9]{3,4}[- ][0-9]{4}(?![0-9])|\b1-[0-9]{3}-[0-9]{3}-[0-9]{4}\b|\b0[0-9]{2,4} [0-9]{3,4} ?[0-9]{3,4}\b"
    r"|(?<![0-9.,])[2-9][0-9]{3} [0-9]{4}(?![0-9.,])"
)


def telephones(text: str) -> Iterator[tuple[int, int]]:
    """Telephone numbers by their shape or by what stands in front; a number with a unit behind counts calls."""
    for match in _PHONES.finditer(text):
        after = text[match.end() : match.end() + 8]
        if not re.match(r"[0-9.,]*[0-9%‰]", after) and take_unit(after.lstrip())[0] is COUNT:
            yield match.span()
