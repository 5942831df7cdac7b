"""How dates, years and times of day are printed, in Chinese and English: 2022/23 · 民国112年 · 1 May 2023 · 三季度 · 14:30."""

from __future__ import annotations

import re
from collections.abc import Iterator

_N = "[〇零一二三四五六七八九十百千两]"
_YEAR = "(?:19|20|21)[0-9]{2}"
_MONTH = "(?:1[0-2]|0?[1-9])"
_DASH = "(?:[-—~～–－至到]{1,2})"
_FREE = r"(?<![0-9.,])"
_NAME = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DAY = "[0-3]?[0-9](?:st|nd|rd|th)?"
_NOUNS = "people|persons|hydrants|stations|vehicles|units|items|times|yuan|km|m\\b"

DATES: tuple[re.Pattern[str], ...] = (
    re.compile(rf"{_FREE}{_YEAR}([-./]){_MONTH}\1[0-3]?[0-9](?![0-9])"),
    re.compile(rf"{_FREE}{_YEAR}(?:年度?)?{_DASH}(?:{_YEAR})(?:学?年度?)?(?![0-9])"),
    re.compile(rf"{_FREE}{_YEAR}[-/–—](?:{_YEAR}|[0-9]{{2}})(?![0-9]|[-./,][0-9]|[%‰])(?:学?年度?)?"),
    re.compile(rf"{_FREE}{_YEAR}(?:学?年度?(?:{_MONTH}(?:{_DASH}{_MONTH})?月(?:[0-3]?[0-9]日)?)?|版|届)"),
    re.compile(rf"(?:民国|令和|平成|昭和|公元|西元)前?(?:[0-9]{{1,4}}|{_N}{{1,4}}|元)年(?:度|[底末初])?(?:{_MONTH}月(?:[0-3]?[0-9]日)?)?"),
    re.compile(rf"{_FREE}(?:9[0-9]|1[0-4][0-9])(?:学?年度|年[底末初]|年{_MONTH}月(?:[0-3]?[0-9]日)?)"),
    re.compile(r"(?:(?<![0-9.,])(?<=[，。;:、(較较比至自从截于在与及到])|(?m:^))1[0-4][0-9]年(?![来历间以之内])[底末初]?"),
    re.compile("[一二][〇零○Oo0九八][〇零○Oo0一二三四五六七八九]{2}年"),
    re.compile(rf"(?<![0-9.,个]){_MONTH}(?:月)?{_DASH}{_MONTH}月(?:份|底|末)?"),
    re.compile(rf"(?<![0-9.,个]){_MONTH}月(?:[0-3]?[0-9]日?)?"),
    re.compile("(?<=每月)[0-3]?[0-9][日号]"),
    re.compile(rf"(?<!个)(?:{_N}{{1,2}})月(?={_N}{{1,3}}日|份|底|末|初|上旬|中旬|下旬)(?:{_N}{{1,3}}日)?"),
    re.compile("前[二两三]个?季度?|(?<![0-9前个])[一二三四1-4]季度?(?!度?[人次])"),
    re.compile(rf"(?:[0-9]{{1,2}}|{_N}{{1,3}})世纪(?:[0-9]{{2}}|{_N}{{1,2}})?(?:年代)?|(?:[0-9]{{2}}|{_N}{{1,2}})年代|\b{_YEAR}s\b"),
    re.compile("(?<![0-9.])[0-9]0后(?![续期来])"),
    re.compile(rf"\b{_DAY}(?:(?: ?[-–,] ?| to | and ){_DAY})?(?: of)? {_NAME}(?:,? {_YEAR}\b)?"),
    re.compile(rf"\b{_NAME},? {_YEAR}\b"),
    re.compile(rf"\b{_NAME} {_DAY}(?![0-9]|[.,][0-9]|%)(?:,? {_YEAR}\b)?"),
    re.compile(r"(?<![0-9])[0-2]?[0-9]时(?:[0-5]?[0-9]分)?(?=[，。,;至到许左、前后起]|$)|(?<=[午晚晨夜])[0-2]?[0-9](?:时(?:[0-5]?[0-9]分)?|点|:[0-5][0-9])"),
    re.compile(r"(?<![A-Za-z])[0-9]{1,2}(?:[.:][0-5][0-9])? ?(?:[ap]\.m\.|[ap]m\b)", re.IGNORECASE),
    re.compile(r"(?<![0-9/])24/7(?![0-9/])|(?<![0-9])[57] ?[×x*] ?(?:24|12|8)(?:小时|h\b)?"),
    re.compile(rf"{_FREE}(?<!\.)\b{_YEAR}\b(?![0-9,.]?[0-9%‰]| ?(?:{_NOUNS})|[\u3400-\u9fff])"),
    re.compile(r"(?<![0-9.,])[0-9]{1,2}[·・•][0-9]{1,2}(?![0-9])"),
)  # fmt: skip
_CLOCK = re.compile(r"(?<![0-9:.])(?P<hour>[01]?[0-9]|2[0-4]):(?P<minute>[0-5][0-9])(?P<second>:[0-5][0-9])?(?![0-9:.])")
_RATIO = re.compile("比|ratio|scale", re.IGNORECASE)
_QUARTERS = ("00", "15", "30", "45")


def clocks(text: str) -> Iterator[tuple[int, int]]:
    """Times of day: 14:05, 8:30. What follows 比 is a ratio, and so is an hour of one digit with odd minutes (1:12)."""
    for match in _CLOCK.finditer(text):
        told = len(match["hour"]) == 2 or match["minute"] in _QUARTERS or match["second"]
        if told and not _RATIO.search(text, max(0, match.start() - 12), match.start()):
            yield match.span()
