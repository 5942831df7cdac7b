"""A stated count and what is listed with it: 四个宣传阵地（a、b、c、d） · a、b、c三类人才 · 五大应用域：a、b、c、d、e."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fireaudit.quantity.numeral import take_numeral
from fireaudit.reading.prose.clauses import Clauses
from fireaudit.reading.prose.items import LONGEST, MOST, cut, first_trimmed, items_named, split
from fireaudit.reading.words import noun_at_start, object_of, trimmed_left

_MEASURE = "大类|大|小类|类|个|项|种|级|份|部|条|方面|环节|部门|行业|领域|家|名|位|座|处|所|件|步|期|阶段|层|支|套|批|场|镇|村|区|市|县|片|库|张|套|门|款|章|篇|道|线|网|单位|种类|组|轮"
_COUNT = re.compile(
    rf"(?<![0-9.,第〇零一二三四五六七八九十百千万两+])(?P<n>[0-9]{{1,3}}|[二三四五六七八九两]|[二三四五六七八九]?十[一二三四五六七八九]?)(?P<m>{_MEASURE})?"
)
_IN_QUOTES = re.compile(r"[“「『]([^“”「」『』]{1,24})[”」』]")
_INTRODUCES = re.compile(r"(?::|—{1,2}|，?(?:即|分别是|分别为|分别指|包括|具体是|具体为|依次为|依次是)):?")
_FEW = ("类", "项", "种", "大", "级", "个", "方面", "环节", "部门", "行业", "领域", "大类", "阶段", "单位")
_CLOSED = re.compile("(?<![高中初平同相])等(?![级待效同于])")  # 等 ends an enumeration; what follows it belongs to none
_KINDS = ("类", "项", "种", "大", "方面", "环节", "领域", "大类")
_TOLD = 3  # a list of fewer may count anything
_MOST_OTHERS = 50  # notes and items that are looked at for the list of a count
_PREDICATE = re.compile("根据|从事|按|依|开展|进行|对|向|以|为|与|和|及|共同|协同|统一|分别|同时|全部|均|都|已|将|负责|要|可|实行|组成|分|完善|建立|是")
_NOUN_ENDS = re.compile("[的和及与0-9(—]|对(?![象策口手])")
_MARK = re.compile(r"[\s①-⑳\[\]()0-9*†]{0,8}")
_NAME_AND_FIGURE = re.compile(r"[^0-9，,;:]{2,24}[0-9][0-9,]*(?:\.[0-9]+)?([^0-9，,;:]{1,4})")
_LONGEST_PHRASE = 24
_NUMERAL = re.compile("[一二两三四五六七八九十]+(?=[^一二两三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class Listed:
    """Places are those of the plain text; ``start`` to ``end`` holds count and list. ``note``: the footnote the items stand in."""

    label: str
    count: tuple[int, int]
    items: tuple[tuple[int, int], ...]
    open: bool
    start: int
    end: int
    note: int | None = None


@dataclass(frozen=True, slots=True)
class _Count:
    value: int
    start: int
    end: int
    measure: str
    quoted: bool
    noun: tuple[int, int]  # the noun counted, or the whole slogan


def listings(clauses: Clauses, barred: Sequence[tuple[int, int]], notes: Sequence[str] = (), further: Sequence[str] = ()) -> list[Listed]:
    """Every stated count with its list; ``barred`` stretches (dates, ordinals, titles) hold no counts.

    ``notes`` are the plain texts of the footnotes to this text, in order; ``further`` the items that follow it in its cell.
    """
    text = clauses.text
    taken = bytearray(len(text))
    for start, end in barred:
        taken[start:end] = b"\1" * (end - start)
    found: list[Listed] = []
    quotes = [match.span(1) for match in _IN_QUOTES.finditer(text)]
    counts = [count for count in _counts(text, clauses, quotes) if not taken[count.start]]
    quoted: dict[tuple[int, int], list[int]] = {}
    for count in counts:
        if count.quoted:
            quoted.setdefault(count.noun, []).append(count.start)
    done: set[int] = set()
    for count in counts:
        if count.start in done:
            continue
        readings = [listed for reading in (_behind, _before) if (listed := reading(clauses, count)) is not None]
        readings = [listed for listed in readings if all(a < b and text[a:b].strip() for a, b in listed.items)]
        if count.quoted and readings and all(count.value != len(listed.items) in _together(text[slice(*count.noun)]) for listed in readings):
            done.update(quoted[count.noun])
            continue
        if readings:
            found.append(next((listed for listed in readings if len(listed.items) == count.value), readings[0]))
            done.update(quoted[count.noun] if count.quoted else ())
    found = _in_notes(text, counts, found, notes)
    return _without_overlap([*found, *_further_on(text, counts, found, ["", *notes, *further])])


def _together(slogan: str) -> tuple[int, ...]:
    """How many items a slogan of several counts may have: 一减两稳五增 one for each of its counts, or all eight."""
    counts = [_value(numeral) for numeral in _NUMERAL.findall(slogan)]
    return (len(counts), sum(counts)) if len(counts) > 1 else ()


def _further_on(text: str, counts: Sequence[_Count], found: Sequence[Listed], others: Sequence[str]) -> Iterator[Listed]:
    """Counts of kinds that have no list, with the enumeration of just so many further on, in this text or in others that belong to it."""
    taken = {listed.count[0] for listed in found}
    for count in counts:
        noun = text[slice(*count.noun)]
        if count.start in taken or count.quoted or count.measure not in _KINDS or count.value < _TOLD or len(noun) < 2:
            continue
        for number, other in enumerate(others[:_MOST_OTHERS]):
            items = items_named(other or text, 0 if other else count.noun[1], noun, count.value)
            if items:
                yield Listed(noun, (count.start, count.end), tuple(items), False, count.start, count.noun[1], number - 1 if other else None)
                break


def _in_notes(text: str, counts: Sequence[_Count], found: list[Listed], notes: Sequence[str]) -> list[Listed]:
    """A footnote that lists just as many things as one of the counts states lists them; both go in the same order."""
    complete = {listed.count[0] for listed in found if not listed.open}
    waiting: dict[int, list[_Count]] = {}  # by how many things they count
    for count in sorted(counts, key=lambda count: (count.start, count.end)):
        if count.start not in complete and 2 <= count.value <= MOST:
            waiting.setdefault(count.value, []).append(count)
    listing: dict[int, Listed] = {}
    reached = 0
    for number, note in enumerate(notes):
        fitting = [(one, read) for value, of in waiting.items() if (one := _from(of, reached)) and (read := footnote_items(note, value))[0]]
        if fitting:
            count, (items, more) = min(fitting, key=lambda one: one[0].start)
            label = text[count.noun[0] : count.noun[1]] or text[count.start : count.end]
            listing[count.start] = Listed(label, (count.start, count.end), tuple(items), more, count.start, count.noun[1], number)
            reached = count.start + 1
    return [*(listed for listed in found if listed.count[0] not in listing), *listing.values()]


def _from(counts: Sequence[_Count], place: int) -> _Count | None:
    """The first count that stands at ``place`` or behind it."""
    at = bisect_left(counts, place, key=lambda count: count.start)
    return counts[at] if at < len(counts) else None


def _counts(text: str, clauses: Clauses, quotes: list[tuple[int, int]]) -> Iterator[_Count]:
    quoted_at = dict(quotes)
    inside = bytearray(len(text))
    for start, end in quotes:
        inside[start:end] = b"\1" * (end - start)
        matches = list(_COUNT.finditer(text, start, end))
        for match in reversed(matches):
            measured = match["m"] if match["m"] in _FEW else ""
            yield _Count(_value(match["n"]), match.start(), match.end("n") + len(measured), measured, True, (start, end))
    for match in _COUNT.finditer(text):
        if inside[match.start()] or match.start() in quoted_at or not match["m"]:
            continue
        begin = match.end()
        end = clauses.end(begin, min(len(text), begin + 40)) if begin < len(text) else begin
        yield _Count(_value(match["n"]), match.start(), begin, match["m"], False, (begin, begin + _noun_length(text[begin:end])))


def _noun_length(text: str) -> int:
    """How much of ``text`` is the noun counted: 人群 of 人群和企业法定代表人的培训; nothing where a predicate follows the count."""
    if not text or _PREDICATE.match(text):
        return 0
    end = _NOUN_ENDS.search(text, 1)
    noun = noun_at_start(text[: end.start()] if end else text)
    return len(noun) if text.startswith(noun) else 0


def _value(numeral: str) -> int:
    read = take_numeral(numeral)
    return int(read[0].value) if read else 0


def _behind(clauses: Clauses, count: _Count) -> Listed | None:
    """四个阵地（a、b、c、d）, “一案三查”（…）, 分三级：a、b、c."""
    text = clauses.text
    place = count.noun[1] + (1 if count.quoted else 0)
    if place < len(text) and text[place] in "(〔":
        end = _closing(clauses, place)
        items, more = split(text, place + 1, end, count.value)
        if _fits(count, items, more) and not any(re.search("[0-9]", text[a:b]) for a, b in items):
            return _listed(text, count, items, more, count.start, end + 1)
        return None
    match = _INTRODUCES.match(text, place)
    if match is None or match.end() == match.start():
        return None
    start = match.end()
    end = clauses.end(start, min(len(text), start + LONGEST)) if start < len(text) else start
    if text[start:end].count("、") == 0:
        end = _sentence_end(clauses, start)
    items, more = split(text, start, end, count.value)
    if count.measure in _FEW and abs(len(items) - count.value) <= 2 and _each_with_a_figure(text, items):
        return _listed(text, count, items, more, count.start, end)
    if _parted_by_semicolons(text, start, end, items) and abs(len(items) - count.value) <= 2 and count.measure in _FEW:
        return _listed(text, count, items, more, count.start, end)
    if len(items) == count.value >= 2 or (more and 2 <= len(items) < count.value) or (_fits(count, items, more) and "、" in text[start:end]):
        return _listed(text, count, items, more, count.start, end)
    return None


def _parted_by_semicolons(text: str, start: int, end: int, items: Sequence[tuple[int, int]]) -> bool:
    """Short phrases between semicolons, each of which can be nothing but an item."""
    whole = 2 <= len(items) == text.count(";", start, end) + 1
    return whole and all(b - a <= _LONGEST_PHRASE and not re.search("[，,:0-9]|[一二三四五六七八九]是", text[a:b]) for a, b in items)


def _each_with_a_figure(text: str, items: Sequence[tuple[int, int]]) -> bool:
    """甲项目6.5亿元，乙项目9.8亿元: a name and a figure of one unit each."""
    found = [_NAME_AND_FIGURE.fullmatch(text, a, b) for a, b in items]
    return len(items) > 2 and all(found) and len({match[1] for match in found if match}) == 1


def _before(clauses: Clauses, count: _Count) -> Listed | None:
    """a、b和c三类人才, （a、b、c）6类处置队, a、b等六类人群, 《a》和《b》两份文件."""
    text = clauses.text
    end = count.noun[0] - 1 if count.quoted else count.start
    if count.quoted and count.start != count.noun[0] and not _slogan(text[count.noun[0] : count.noun[1]]):
        return None
    tail = _tail(text, end, ("共计", "共", "这"))
    end -= len(tail)
    if tail.startswith("共") and text[end - 1 : end] in ("，", ","):
        end -= 1  # a、b、c，共三个
    more = text[end - 1 : end] == "等"
    end -= more
    if end <= 0:
        return None
    if text[end - 1] in ")”":
        opening = _opening(clauses, end - 1)
        items, inner = split(text, opening + 1, end - 1, count.value)
        if len(items) == count.value >= 2 or (len(items) >= 3 and inner):
            return _listed(text, count, items, inner, opening, count.noun[1])
    start = clauses.start(end, max(0, end - LONGEST))
    first = _after_figure(text, start, end)
    if "分别" in text[first:end] or (count.measure == "级" and re.search("[一二三四五六]级", text[first:end])):
        return None
    items, _ = split(text, first, end, count.value)
    items = first_trimmed(text, items)
    if more and len(items) == 1 and count.value > 2:
        items = _over_commas(clauses, end, count.value) or items
    if any(_CLOSED.search(text, a, b) for a, b in items):
        return None
    if not items or not _fits(count, items, more):
        return None
    if len(items) == 1 and not (more and count.measure in _FEW):
        return None
    return _listed(text, count, items, more and len(items) < count.value, items[0][0], count.noun[1])


def _over_commas(clauses: Clauses, end: int, wanted: int) -> list[tuple[int, int]]:
    """a，b，c等三个: an enumeration parted by commas, if it has just as many parts as are stated."""
    start = max(clauses.sentence(end), end - LONGEST)
    pieces = cut(clauses.text, start, end, "，")
    return first_trimmed(clauses.text, pieces) if len(pieces) == wanted else []


def _slogan(quoted: str) -> bool:
    """五到位, 四位一体, 三大基础设施: a count leads the slogan."""
    return _COUNT.match(quoted) is not None


def _tail(text: str, end: int, words: tuple[str, ...]) -> str:
    return next((word for word in words if text.endswith(word, 0, end)), "")


def _after_figure(text: str, start: int, end: int) -> int:
    """An enumeration does not reach back over an earlier figure of its clause: 新增4支、甲、乙两个."""
    last = start
    for match in re.finditer(r"[0-9%][个座支辆套人名起次家户栋处项类种件]?[、，]", text[start:end]):
        last = start + match.end()
    return last


def _fits(count: _Count, items: Sequence[tuple[int, int]], more: bool) -> bool:
    number = len(items)
    if number == count.value:
        return number >= 2
    if more and number < count.value:
        return number >= 1
    near = number >= 3 and count.value >= 3 and abs(number - count.value) <= 2
    return near and (count.measure in _FEW or count.quoted)


def _listed(text: str, count: _Count, items: Sequence[tuple[int, int]], more: bool, start: int, end: int) -> Listed:
    label = text[count.noun[0] : count.noun[1]]
    if not label:
        before = object_of(text[max(0, count.start - 12) : count.start]) if count.start < items[0][0] else ""
        label = before or text[count.start : count.end]
    return Listed(trimmed_left(label) or label, (count.start, count.end), tuple(items), more, start, end)


def _closing(clauses: Clauses, opening: int) -> int:
    """The bracket that closes the one at ``opening``, or as far as a list may reach."""
    depth = clauses.depth[opening]
    limit = min(len(clauses.text), opening + LONGEST)
    return next((i for i in range(opening + 1, limit) if clauses.depth[i] <= depth), limit)


def _opening(clauses: Clauses, closing: int) -> int:
    depth = clauses.depth[closing]
    limit = max(0, closing - LONGEST)
    return next((i for i in range(closing - 1, limit, -1) if clauses.depth[i] <= depth and clauses.text[i] in "(〔“"), limit)


def _sentence_end(clauses: Clauses, start: int) -> int:
    text, limit = clauses.text, min(len(clauses.text), start + LONGEST)
    return next((i for i in range(start, limit) if text[i] in "。\n!?" and clauses.depth[i] <= clauses.depth[start]), limit)


def footnote_items(text: str, value: int) -> tuple[list[tuple[int, int]], bool]:
    """The items of a footnote that only lists what a count of ``value`` states, with whether it says there are more."""
    start = _MARK.match(text)
    first = start.end() if start else 0
    colon = text.find(":", first, first + 40)
    first = colon + 1 if colon >= 0 else first
    stops = [place for mark in "，。;" if (place := text.find(mark, first)) >= 0 and "、" in text[first:place]]
    items, more = split(text, first, min(stops, default=len(text)), value)
    if items and (closed := _CLOSED.search(text, *items[-1])):
        items, more = [*items[:-1], (items[-1][0], closed.start())], True
    lists = len(items) == value >= 2 and all(text[a:b].strip() and not re.search("[0-9。;]", text[a:b]) for a, b in items)
    return (items, more) if lists else ([], False)


def _without_overlap(found: list[Listed]) -> list[Listed]:
    """Of two readings of one stretch the one with a fitting number of items; counts in order of the text."""
    kept: dict[tuple[int | None, int], Listed] = {}
    for listed in found:
        kept.setdefault((listed.note, listed.items[0][0]), listed)
    return sorted(kept.values(), key=lambda listed: listed.count)
