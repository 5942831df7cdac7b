"""A stated count and what is listed with it: 四个宣传阵地（a、b、c、d） · a、b、c三类人才 · 五大应用域：a、b、c、d、e."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fireaudit.quantity.numeral import take_numeral
from fireaudit.reading.prose.clauses import Clauses
from fireaudit.reading.words import item_of, noun_at_start, object_of, trimmed_left

_MEASURE = "大类|大|小类|类|个|项|种|级|份|部|条|方面|环节|部门|行业|领域|家|名|位|座|处|所|件|步|期|阶段|层|支|套|批|场|镇|村|区|市|县|片|库|张|套|门|款|章|篇|道|线|网|单位|种类|组|轮"
_COUNT = re.compile(
    rf"(?<![0-9.,第〇零一二三四五六七八九十百千万两+])(?P<n>[0-9]{{1,3}}|[二三四五六七八九两]|[二三四五六七八九]?十[一二三四五六七八九]?)(?P<m>{_MEASURE})?"
)
_IN_QUOTES = re.compile(r"[“「『]([^“”「」『』]{1,24})[”」』]")
_AND = re.compile("以及|和|(?<!参)与|及(?!其|时)")
_INTRODUCES = re.compile(r"(?::|—{1,2}|，?(?:即|分别是|分别为|分别指|包括|具体是|具体为|依次为|依次是)):?")
_FEW = ("类", "项", "种", "大", "级", "个", "方面", "环节", "部门", "行业", "领域", "大类", "阶段", "单位")
_PREPOSITION = re.compile("在|由|对|以|将|把|向|从|于|包括|含|即|按|为|的|是")
_CLOSED = re.compile("(?<![高中初平同相])等(?![级待效同于])")  # 等 ends an enumeration; what follows it belongs to none
_PREDICATE = re.compile("根据|从事|按|依|开展|进行|对|向|以|为|与|和|及|共同|协同|统一|分别|同时|全部|均|都|已|将|负责|要|可|实行|组成|分|完善|建立|是")
_NOUN_ENDS = re.compile("[的和及与0-9(—]|对(?![象策口手])")
_MARK = re.compile(r"[\s①-⑳\[\]()0-9*†]{0,8}")
_LONGEST = 400  # characters of an enumeration that are looked at
_NAME_AND_FIGURE = re.compile(r"[^0-9，,;:]{2,24}[0-9][0-9,]*(?:\.[0-9]+)?([^0-9，,;:]{1,4})")
_LONGEST_PHRASE = 24
_MOST = 60  # items


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


def listings(clauses: Clauses, barred: Sequence[tuple[int, int]], notes: Sequence[str] = ()) -> list[Listed]:
    """Every stated count with its list; ``barred`` stretches (dates, ordinals, titles) hold no counts.

    ``notes`` are the plain texts of the footnotes to this text, in order.
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
        if readings:
            found.append(next((listed for listed in readings if len(listed.items) == count.value), readings[0]))
            done.update(quoted[count.noun] if count.quoted else ())
    return _without_overlap(_in_notes(text, counts, found, notes))


def _in_notes(text: str, counts: Sequence[_Count], found: list[Listed], notes: Sequence[str]) -> list[Listed]:
    """A footnote that lists just as many things as one of the counts states lists them; both go in the same order."""
    complete = {listed.count[0] for listed in found if not listed.open}
    reached = 0
    for number, note in enumerate(notes):
        for count in sorted(counts, key=lambda count: (count.start, count.end)):
            if count.start < reached or count.start in complete:
                continue
            items, more = footnote_items(note, count.value)
            if items:
                label = text[count.noun[0] : count.noun[1]] or text[count.start : count.end]
                found = [listed for listed in found if listed.count[0] != count.start]
                found.append(Listed(label, (count.start, count.end), tuple(items), more, count.start, count.noun[1], number))
                reached = count.start + 1
                break
    return found


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
        items, more = _split(text, place + 1, end, count.value)
        if _fits(count, items, more) and not any(re.search("[0-9]", text[a:b]) for a, b in items):
            return _listed(text, count, items, more, count.start, end + 1)
        return None
    match = _INTRODUCES.match(text, place)
    if match is None or match.end() == match.start():
        return None
    start = match.end()
    end = clauses.end(start, min(len(text), start + _LONGEST)) if start < len(text) else start
    if text[start:end].count("、") == 0:
        end = _sentence_end(clauses, start)
    items, more = _split(text, start, end, count.value)
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
        items, inner = _split(text, opening + 1, end - 1, count.value)
        if len(items) == count.value >= 2 or (len(items) >= 3 and inner):
            return _listed(text, count, items, inner, opening, count.noun[1])
    start = clauses.start(end, max(0, end - _LONGEST))
    first = _after_figure(text, start, end)
    if "分别" in text[first:end] or (count.measure == "级" and re.search("[一二三四五六]级", text[first:end])):
        return None
    items, _ = _split(text, first, end, count.value)
    items = _first_trimmed(text, items)
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
    start = max(clauses.sentence(end), end - _LONGEST)
    pieces = _cut(clauses.text, start, end, "，")
    return _first_trimmed(clauses.text, pieces) if len(pieces) == wanted else []


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


def _split(text: str, start: int, end: int, wanted: int) -> tuple[list[tuple[int, int]], bool]:
    """The items of an enumeration, and whether it says that there are more (等)."""
    end = min(end, start + _LONGEST)
    while end > start and text[end - 1] in "。;，,.、 \n":
        end -= 1
    more = text.endswith(("等", "等等"), start, end)
    while more and end > start and text[end - 1] == "等":
        end -= 1
    separator = ";" if ";" in text[start:end] else "、" if "、" in text[start:end] or _AND.search(text, start, end) else "，"
    pieces = _cut(text, start, end, separator)
    if pieces and len(pieces) != wanted and separator != ";":
        pieces = _with_and(text, pieces, wanted)
    pieces = [piece for piece in (_clean(text, a, b) for a, b in pieces[:_MOST]) if piece[1] > piece[0]]
    return _heads(text, pieces), more


def _heads(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where every item has a modifier (泛在感知的消防救援网), the nouns alone."""
    heads = [(text.rfind("的", a, b) + 1, b) for a, b in pieces]
    return heads if len(pieces) > 1 and all(a < start < b for (a, b), (start, _) in zip(pieces, heads, strict=True)) else pieces


def _cut(text: str, start: int, end: int, separator: str) -> list[tuple[int, int]]:
    pieces, depth, last = [], 0, start
    for i in range(start, end):
        if text[i] in "(《“「〔":
            depth += 1
        elif text[i] in ")》”」〕":
            depth -= depth > 0
        elif text[i] == separator and depth == 0:
            pieces.append((last, i))
            last = i + 1
    pieces.append((last, end))
    return pieces


def _with_and(text: str, pieces: list[tuple[int, int]], wanted: int) -> list[tuple[int, int]]:
    """Every piece c和d in two if that gives the number stated, else the last one only."""
    halves = [half for piece in pieces for half in _halves(text, *piece)]
    tail = _common_tail([text[a:b].strip() for a, b in pieces])
    if tail and len(pieces) > 2 and any(not text[a:b].endswith(tail) or b - a <= len(tail) for a, b in halves):
        return pieces  # A机制、B和C机制: the whole pieces are alike, so 和 stands within one
    return halves if len(halves) == wanted else [*pieces[:-1], *_halves(text, *pieces[-1])]


def _common_tail(items: Sequence[str]) -> str:
    """The last two characters, if all items share them."""
    tails = {item[-2:] for item in items}
    return tails.pop() if len(tails) == 1 and all(len(item) > 2 for item in items) else ""


def _halves(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """c和d in two; a 和 inside brackets or at an edge is left."""
    depth = 0
    for i in range(a, b):
        depth += (text[i] in "(《“「") - (text[i] in ")》”」")
        match = _AND.match(text, i, b)
        if match and depth == 0 and i > a and match.end() < b:
            return [(a, i), (match.end(), b)]
    return [(a, b)]


def _clean(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " \n，,。;":
        end -= 1
    while start < end and (
        text[start] in " \n:—①②③④⑤⑥⑦⑧⑨⑩" or text.startswith(("和", "与", "及"), start) and end - start > 3 and text[start : start + 2] not in ("和谐", "和平")
    ):
        start += 1
    if match := re.match(r"(?:[0-9]{1,2}[.、)]|\([0-9一二三四五六七八九十]{1,2}\)|[一二三四五六七八九]是)", text[start:end]):
        start += match.end()
    if end - start > 2 and text[start] + text[end - 1] in ("《》", "“”") and text.find(text[end - 1], start) == end - 1:
        return start + 1, end - 1
    return start, end


def _first_trimmed(text: str, items: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first item without the verb that governs the list: 重点培养管理指挥 → 管理指挥."""
    if not items:
        return items
    start, end = items[0]
    if text[end - 1] in "》”":
        opening = text.rfind("《" if text[end - 1] == "》" else "“", start, end)
        return [(opening + 1, end - 1) if opening >= 0 else (start, end), *items[1:]]
    kept = item_of(text[start:end])
    start = end - len(kept) if kept and text[start:end].endswith(kept) else start
    longest = max((b - a for a, b in items[1:]), default=0)
    while longest and end - start > longest + max(1, longest * 3 // 5):
        cut = max((match.end() for match in _PREPOSITION.finditer(text, start, end) if match.end() < end), default=start)
        if cut == start:
            break
        start = cut
    return [(start, end), *items[1:]]


def _closing(clauses: Clauses, opening: int) -> int:
    """The bracket that closes the one at ``opening``, or as far as a list may reach."""
    depth = clauses.depth[opening]
    limit = min(len(clauses.text), opening + _LONGEST)
    return next((i for i in range(opening + 1, limit) if clauses.depth[i] <= depth), limit)


def _opening(clauses: Clauses, closing: int) -> int:
    depth = clauses.depth[closing]
    limit = max(0, closing - _LONGEST)
    return next((i for i in range(closing - 1, limit, -1) if clauses.depth[i] <= depth and clauses.text[i] in "(〔“"), limit)


def _sentence_end(clauses: Clauses, start: int) -> int:
    text, limit = clauses.text, min(len(clauses.text), start + _LONGEST)
    return next((i for i in range(start, limit) if text[i] in "。\n!?" and clauses.depth[i] <= clauses.depth[start]), limit)


def footnote_items(text: str, value: int) -> tuple[list[tuple[int, int]], bool]:
    """The items of a footnote that only lists what a count of ``value`` states, with whether it says there are more."""
    start = _MARK.match(text)
    first = start.end() if start else 0
    colon = text.find(":", first, first + 40)
    first = colon + 1 if colon >= 0 else first
    stops = [place for mark in "，。;" if (place := text.find(mark, first)) >= 0 and "、" in text[first:place]]
    items, more = _split(text, first, min(stops, default=len(text)), value)
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
