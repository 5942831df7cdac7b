"""A stated count and the numbered paragraphs that it announces: 抓好以下六个方面工作：一是 … 六是 · 实施“四大工程” with its sections 1 to 4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fireaudit.quantity.numeral import take_numeral
from fireaudit.quantity.plain import Plain, plain_of
from fireaudit.readers.document import Block, Paragraph
from fireaudit.reading.numbering import numbered
from fireaudit.reading.prose.prose import StatedList
from fireaudit.reading.texts import one_line

_COUNT = re.compile(
    r"(?<![第〇零一二三四五六七八九十百千万两0-9.])(?P<count>(?P<n>[二三四五六七八九两]|十[一二三四五]?|[2-9]|1[0-5])(?:大|个|项|条|点|类|种|步|方面))"
    r"(?P<noun>(?:方面|环节)?[^，。;:!?“”「」()0-9]{0,10}?)[”」]?(?P<tail>[^，。;:!?“”「」()0-9]{0,6}[:。]?)\Z"
)
_ANNOUNCES = re.compile("以下|如下|下列|下述|:$")
_ABSTRACT = re.compile("方面|任务|重点|工作|问题|原则|举措|措施|要求|特点|环节|行动|意见|建议|步骤|目标|抓手|原因|困难|坚持|做到|突出|强化|狠抓|抓好")
_FIRST = re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})(?P<word>是|要)|第(?P<m>[一二三四五六七八九十]{1,3})(?P<mark>[，、,:])")
_INSIDE = re.compile(r"(?:^|[，。;:\n])(?P<n>[一二三四五六七八九十]{1,2})(?P<word>是|要)")
_LEADS = re.compile(
    r"(?<![第〇零一二三四五六七八九十百千万两0-9.])(?P<count>(?P<n>[二三四五六七八九两]|十[一二三四五]?|[2-9]|1[0-5])(?:大|个|项|条|点|类|种|步|方面))"
    r"(?P<noun>[^，。;:!?“”「」()0-9]{0,12})[”」]?[^，。;:!?()0-9]{0,6}[，。:]$"
)
_OFF = 2  # a count further off than this counts something else
_MOST_BETWEEN = 2  # paragraphs between a count and the first of what it announces
_TITLE = 40


@dataclass(frozen=True, slots=True)
class _Entry:
    style: str
    value: int
    title: str


def announced(blocks: Sequence[Block], places: Sequence[str]) -> Iterator[StatedList]:
    """Counts that end a paragraph or a heading, with the numbered paragraphs below; and those followed by 一是 … in their own."""
    entries = [_entry(block) for block in blocks]
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        plain = plain_of(block.text)
        below = _below(index, plain, entries)
        for found, titles in (below,) if below else _within(plain):
            yield _listed(block, plain, found, titles, places[index])


def _entry(block: Block) -> _Entry | None:
    if not isinstance(block, Paragraph):
        return None
    text = plain_of(one_line(block.text[:120])).text
    if match := _FIRST.match(text):
        value = _value(match["n"] or match["m"])
        return _Entry(match["word"] or "第", value, _title(text[match.end() :]))
    found = numbered(text)
    return _Entry(found.style, found.value, _title(found.title)) if found else None


def _title(text: str) -> str:
    return re.split("[，。;:!?,]", text.strip())[0].strip()[:_TITLE]


def _value(text: str) -> int:
    read = take_numeral(text)
    return int(read[0].value) if read and not read[1] else 0


def _below(index: int, plain: Plain, entries: Sequence[_Entry | None]) -> tuple[re.Match[str], list[str]] | None:
    """The count that a paragraph ends with, and the titles of the run of numbers that begins below it."""
    text = plain.text.rstrip()
    match = _COUNT.search(text, max(0, len(text) - 40))
    if match is None:
        return None
    own = entries[index]
    titles, broken = _run(index, own.style if own else None, entries)
    wanted = _value(match["n"].replace("两", "二"))
    if len(titles) < 2 or broken or abs(len(titles) - wanted) > _OFF:
        return None
    noun = (match["noun"] or match["tail"]).strip(":。")[-2:]
    of_noun = sum(noun in title for title in titles) if len(noun) == 2 else 0
    if of_noun == wanted != len(titles):
        return None  # five systems and a section on funds
    named = of_noun * 4 >= 3 * len(titles)
    sure = named or (_ANNOUNCES.search(text) is not None and (own is None or own.style != "arabic"))
    return (match, titles) if len(titles) == wanted or sure else None


def _run(index: int, own: str | None, entries: Sequence[_Entry | None]) -> tuple[list[str], bool]:
    """The titles numbered 1, 2, 3 … below a block; whether the numbers break off in the middle of their style."""
    titles: list[str] = []
    style, skipped = "", 0
    for entry in entries[index + 1 :]:
        if entry is None:
            skipped += 1
            if not titles and skipped > _MOST_BETWEEN:
                return [], False
            continue
        if not titles:
            if entry.value != 1 or entry.style == own:
                return [], False
            style = entry.style
        elif entry.style == own:
            break
        elif entry.style != style:
            if _outer(entry.style, style):
                break
            continue
        elif entry.value != len(titles) + 1:
            return titles, entry.value != 1
        titles.append(entry.title)
    return titles, False


_ORDER = ("part", "chapter", "section", "article", "annex", "box", "han", "han_paren", "是", "要", "第", "decimal1", "arabic", "arabic_paren", "circle")


def _outer(style: str, inner: str) -> bool:
    """Whether a number of one style ends a run of another."""
    return style in _ORDER and inner in _ORDER and _ORDER.index(style) < _ORDER.index(inner)


def _within(plain: Plain) -> Iterator[tuple[re.Match[str], list[str]]]:
    """抓好三个方面：一是……；二是……；三是……"""
    text = plain.text
    marks = list(_INSIDE.finditer(text))
    for first, mark in enumerate(marks):
        if mark["n"] != "一":
            continue
        run = [mark]
        for following in marks[first + 1 :]:
            if following["word"] == mark["word"] and _value(following["n"]) == len(run) + 1:
                run.append(following)
            elif following["n"] == "一":
                break
        before = text[: mark.start("n")]
        match = _LEADS.search(before, max(0, len(before) - 40))
        if (
            match is None
            or not (match[0].endswith(":") or _ABSTRACT.search(match[0]))
            or len(run) < 2
            or abs(_value(match["n"].replace("两", "二")) - len(run)) > _OFF
        ):
            continue
        yield match, [_title(text[one.end() :][: 2 * _TITLE]) for one in run]


def _listed(block: Paragraph, plain: Plain, match: re.Match[str], titles: Sequence[str], at: str) -> StatedList:
    start, end = plain.span(*match.span("count"))
    noun = (match["noun"] or "").strip(" :。")
    label = plain.as_printed(*match.span("noun")).strip() if noun else plain.as_printed(*match.span("count"))
    items = titles if all(titles) and len(set(titles)) == len(titles) else [f"{number} {title}".strip() for number, title in enumerate(titles, 1)]
    return StatedList(label, plain.as_printed(*match.span("count")), tuple(items), False, block.spot, start, end, at)
