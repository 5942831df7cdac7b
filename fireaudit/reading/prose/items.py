"""An enumeration cut into its items: a、b和c · a；b；c, without the verb that governs the first of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fireaudit.reading.words import item_of

_AND = re.compile("以及|和|(?<!参)与|及(?!其|时)")
_PREPOSITION = re.compile("在|由|对|以|将|把|向|从|于|包括|含|即|按|为|的|是")
LONGEST = 400  # characters of an enumeration that are looked at
MOST = 60  # items
_CLAUSE = re.compile(r"[^，。;:!?\n]+")
_NAME = re.compile("[^0-9和及与]{2,16}")


def split(text: str, start: int, end: int, wanted: int) -> tuple[list[tuple[int, int]], bool]:
    """The items of an enumeration, and whether it says that there are more (等)."""
    end = min(end, start + LONGEST)
    while end > start and text[end - 1] in "。;，,.、 \n":
        end -= 1
    more = text.endswith(("等", "等等"), start, end)
    while more and end > start and text[end - 1] == "等":
        end -= 1
    separator = ";" if ";" in text[start:end] else "、" if "、" in text[start:end] or _AND.search(text, start, end) else "，"
    pieces = cut(text, start, end, separator)
    if pieces and len(pieces) != wanted and separator != ";":
        pieces = _with_and(text, pieces, wanted)
    pieces = [piece for piece in (_clean(text, a, b) for a, b in pieces[:MOST]) if piece[1] > piece[0]]
    return _heads(text, pieces), more


def _heads(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where every item has a modifier (泛在感知的消防救援网), the nouns alone."""
    heads = [(text.rfind("的", a, b) + 1, b) for a, b in pieces]
    return heads if len(pieces) > 1 and all(a < start < b for (a, b), (start, _) in zip(pieces, heads, strict=True)) else pieces


def cut(text: str, start: int, end: int, separator: str) -> list[tuple[int, int]]:
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


def first_trimmed(text: str, items: list[tuple[int, int]]) -> list[tuple[int, int]]:
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
        behind = max((match.end() for match in _PREPOSITION.finditer(text, start, end) if match.end() < end), default=start)
        if behind == start:
            break
        start = behind
    return [(start, end), *items[1:]]


def items_named(text: str, start: int, noun: str, wanted: int) -> list[tuple[int, int]]:
    """The first enumeration behind ``start`` of just so many items that ends in the noun counted: of 五大业务应用, 甲、乙、丙、丁及戊应用."""
    for clause in _CLAUSE.finditer(text, start, start + LONGEST):
        if "、" not in clause[0] or clause[0].count("、") + len(_AND.findall(clause[0])) < wanted - 1:
            continue
        *first, last = first_trimmed(text, split(text, *clause.span(), wanted)[0]) or [clause.span()]
        head = next((place for place in range(last[0] + 2, last[1] - 1) if text[place : place + 2] in noun), last[1])
        items = [*first, (last[0], head)]
        names = [text[a:b] for a, b in items]
        if head < last[1] and len(set(names)) == wanted == len(items) and all(_NAME.fullmatch(name) for name in names):
            return items
    return []
