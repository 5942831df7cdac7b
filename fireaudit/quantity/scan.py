"""Every figure of a running text, with the words that qualify it: 不少于200场 · 近9万户 · 下降8.6% · 每8.9平方公里1个.

What only looks like a figure (a date, a document number, a slogan) is for the reader of prose to mask beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from fireaudit.quantity.figure import LONGEST, FigureError, figure_length, read_figure
from fireaudit.quantity.marks import has_power
from fireaudit.quantity.plain import Plain, is_han, plain_of
from fireaudit.quantity.quantity import Quantity

# A numeral, in either script. Every alternative takes a whole run, so the search is linear in the text.
NUMERAL = re.compile(r"[0-9][0-9,.]*|[〇零一二三四五六七八九十百千万亿两]+|[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]{2,}")
_LOOK_BACK = 26
_QUALIFIER = re.compile(
    r"(?:不(?:超过|多于|高于|大于|少于|低于|小于|得(?:超过|少于|低于|高于|多于))|至多|最多|至少|最少|大于等于|小于等于|[≤≥<>≦≧]=?"
    r"|超过|超出|大于|高于|多于|突破|不足|不到|不满|小于|低于|少于|未满|大约|约为|(?<![节预签制条公合契特违履])约|大概|接近|将近"
    r"|(?<![最附就临邻靠新远])近|(?<![赶])超|(?<![通经超不越错])过|逾"
    r"|(?:(?<![A-Za-z])(?:RMB|CNY|USD|HKD|TWD|NTD|MOP|SGD|AUD|GBP|EUR|JPY)|(?<![A-Za-z])(?:US|HK|NT|S|A|AU|MOP)\$|[¥￥$£€]|人民币|新台币|港币|澳门币) ?"
    r"|\b(?:at least|at most|up to|no (?:fewer|less|more) than|not (?:less|more) than|(?:more|less|fewer) than|over|exceeding|under|below"
    r"|about|around|approximately|roughly|some|nearly|almost|close to|between) ?)$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"(?:(?:下降|减少|降低|压减|压降|缩减|缩短|下滑|增长|增加|提高|提升|上升|上涨|(?<=[年比期均量额数])[增降升减])了?"
    r"|\b(?:fell|fall|fallen|falls|declined?|decreased?|dropped|reduced?|down|cut|rose|risen|rises?|grew|grown|increased?|up)(?: by)? ?)$",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[¥$£€]|[A-Z]{3}) ?$")
_MAGNITUDE = re.compile(" ?(?:bn|tn|m|k)(?![A-Za-z])")
_PARTED = re.compile(r"[-~～—–－−至到]| to ")
_MOVED = (
    r"\b(?:rise|rose|risen|rises|rising|fell|fallen|falls?|falling|grew|grown|grows?|growing|increas\w{1,3}|decreas\w{1,3}|declin\w{1,3}|dropp?\w{0,3}"
    r"|doubl\w{1,3}|tripl\w{1,3}|improv\w{1,3}|widen\w{0,3}|narrow\w{0,3}|up|down|cut)"
)
_FROM = re.compile(rf"{_MOVED}(?: by [^;,]{{0,30}},)? from $", re.IGNORECASE)
_BY = re.compile(rf"{_MOVED} by $", re.IGNORECASE)
_NUMBER = re.compile("[0-9][0-9,.]*")
_EACH = re.compile(r"(?:每|平均每|per )$")
_SIGNED = re.compile(r"(?:^|[长降为是到至,，:(])[-−]$")
# Nouns that count places and parts only where no longer word begins: 34镇街, but 百万市民.
_NOUNS = ("村", "镇", "乡", "县", "区", "市", "省", "点", "站", "队", "面", "头", "口", "门", "部", "本", "字", "道", "步", "代", "回", "期", "度", "单", "对")
_ENDS_WORD = "的、和与及或等均全已都以之，。;:)」”"


def find_figures(text: str) -> list[tuple[int, int, Quantity]]:
    """Start, end and reading of every printed figure, in the order of the text."""
    plain = plain_of(text)
    found = []
    for start, end in scan(plain):
        quantity = read_span(plain, start, end)
        if quantity is not None:
            found.append((*plain.span(start, end), quantity))
    return found


def read_span(plain: Plain, start: int, end: int) -> Quantity | None:
    try:
        return read_figure(plain.as_printed(start, end).strip())
    except FigureError:
        return None


def scan(plain: Plain, masked: Iterable[tuple[int, int]] = ()) -> Iterator[tuple[int, int]]:
    """Where figures stand in the plain text, qualifiers included; nothing in a masked stretch is looked at."""
    text = plain.text
    mask = bytearray(len(text))
    for start, end in masked:
        mask[start:end] = b"\1" * (end - start)
    done = 0
    for numeral in NUMERAL.finditer(text):
        begin = numeral.start()
        if begin < done or mask[begin]:
            continue
        if numeral.end() - begin > LONGEST // 2:
            continue
        per = _EACH.search(text, max(done, begin - 4), begin)
        first = per.start() if per and text[per.start()] in "每平" else begin
        length = figure_length(text[first if text[first] != "平" else first + 2 : begin + LONGEST - 20]) if first < begin else 0
        if not length or "每" not in text[first:begin] or first + length <= numeral.end():
            first, length = begin, _length(text, begin)
        if not length:
            continue
        if has_power(text[begin : first + length + 1]):
            done = first + length
            continue
        end = _end(text, first, first + length)
        start = first if first < begin else _start(text, done, begin)
        if any(mask[start:end]):
            end = next(i for i in range(begin, end + 1) if i == end or mask[i])
            start = begin if any(mask[start:begin]) else start
        if _MONEY.search(text, start, begin) and (magnitude := _MAGNITUDE.match(text, end)):
            end = magnitude.end()
        if "between" in text[start:begin].lower() or text[start:begin].endswith("-"):
            end = start + (figure_length(text[start : start + LONGEST]) or end - start)
        yield start, end
        done = end


def _length(text: str, begin: int) -> int:
    """How much the figure takes from its numeral on; what cannot be a range (from 9 to 7, 10个至3个) is two figures."""
    window = text[begin : begin + LONGEST - 20]
    parted = _PARTED.search(window)
    if parted and (_FROM.search(text, max(0, begin - 60), begin) or (_BY.search(text, max(0, begin - 40), begin) and _far_apart(window))):
        window = window[: parted.start()]
    return figure_length(window) or (figure_length(window[: parted.start()]) if parted else 0)


def _far_apart(window: str) -> bool:
    """rose by 267 to 2,871 is a change and a level, rose by 5 to 10 a range."""
    first, second = ([Fraction(one.rstrip(".,").replace(",", "")) for one in _NUMBER.findall(window)[:2] if one.count(".") < 2] + [Fraction(0)] * 2)[:2]
    return second > 4 * first


def _start(text: str, floor: int, begin: int) -> int:
    """Where the words in front that belong to a figure begin."""
    floor = max(floor, begin - _LOOK_BACK)
    start = begin
    if sign := _SIGNED.search(text, floor, start):
        start = sign.end() - 1
    while match := _QUALIFIER.search(text, floor, start):
        start = match.start()
    if match := _CHANGE.search(text, floor, start):
        start = match.start()
        if before := _QUALIFIER.search(text, floor, start):
            start = before.start()
    return start


def _end(text: str, start: int, end: int) -> int:
    """Where a figure ends, once a noun that is no measure word is given back to the sentence."""
    while end > start and text[end - 1] == " ":
        end -= 1
    following = text[end : end + 1]
    if text[end - 1] == "多" and following.isdigit():
        return end - 1  # 比上年的1,142起多62起
    if text[start:end].endswith("项目"):
        return end - 1
    if following and is_han(following) and following not in _ENDS_WORD and text[end - 1] in _NOUNS and not text[end - 2 : end].startswith(("个", "大")):
        return end - 1
    return end
