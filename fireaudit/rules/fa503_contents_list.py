"""FA503 contents-list: The contents list does not match the headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.nearest import nearest
from fireaudit.plan.model import Plan, Text
from fireaudit.rules.base import Rule, Stated, finding


def state(plan: Plan) -> Iterator[Stated]:
    if "contents" not in plan.has or "outline" not in plan.has:
        return
    headings: dict[str, list[int]] = {}
    for index, heading in enumerate(plan.outline):
        headings.setdefault(_plain(heading.text), []).append(index)
    listed: set[int] = set()
    position = page = -1
    for text, printed in plan.contents:
        places = headings.get(_plain(text.text), [])
        # The same title may head several sections: the next one not yet listed is meant.
        place = next((p for p in places if p > position), places[0] if places else None)
        if place is None:
            yield _unmatched(plan, text, headings)
        else:
            if place < position:
                yield finding("FA503", Severity.WARNING, plan, text.span, message="order", text=text.text)
            listed.add(place)
            position = max(position, place)
        if printed.isascii() and printed.isdigit() and len(printed) < 6:
            if int(printed) < page:
                yield finding("FA503", Severity.WARNING, plan, text.span, message="page", text=text.text,
                              page=printed, before=str(page))  # fmt: skip
            page = max(page, int(printed))
    near = {_near(text.text, headings) for text, _ in plan.contents if _plain(text.text) not in headings}
    parents = {plan.outline[index].parent for index in listed}
    for index, heading in enumerate(plan.outline):
        if heading.parent in parents and index not in listed and _plain(heading.text) not in near:
            yield finding("FA503", Severity.WARNING, plan, heading.span, message="unlisted", text=heading.text)


def _unmatched(plan: Plan, text: Text, headings: dict[str, list[int]]) -> Stated:
    close = _near(text.text, headings)
    if close:
        other = plan.outline[headings[close][0]].text
        return finding("FA503", Severity.WARNING, plan, text.span, message="near", text=text.text, other=other)
    return finding("FA503", Severity.WARNING, plan, text.span, message="absent", text=text.text)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def _near(text: str, headings: dict[str, list[int]]) -> str:
    return nearest(_plain(text), headings)


RULE = Rule(
    code="FA503",
    name="contents-list",
    severity=Severity.WARNING,
    title=("目录与正文标题不符", "The contents list does not match the headings"),
    messages={
        "absent": ("目录“{text}”在正文中没有对应的标题", "“{text}” is in the contents list but is no heading"),
        "near": ("目录作“{text}”，正文作“{other}”", "“{text}” in the contents list, “{other}” in the text"),
        "unlisted": ("标题“{text}”不在目录中，同级的其他标题在", "the heading “{text}” is not in the contents list, though its neighbours are"),
        "order": ("目录“{text}”的次序与正文不同", "“{text}” stands elsewhere in the contents list than in the text"),
        "page": ("目录“{text}”的页码 {page} 小于前一条的 {before}", "“{text}”: page {page} comes after page {before}"),
    },
    what=(
        "目录各条须是正文标题（不计空格），次序相同，页码不减；目录列出某级标题，同级的都须列出。",
        "Every entry is a heading (white space aside), in the same order, pages never going back; where a heading is listed, so are its neighbours.",
    ),
    why=("目录往往是旧稿留下的。", "The contents list is often left from an earlier draft."),
    fix=("更新目录。", "Update the contents list."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
outline: [第一章 甲, 第二章 乙]
contents: [[第一章 甲, 1], [第二章 丙丁, 3]]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
outline: [第一章 甲, 第二章 乙]
contents: [[第一章 甲, 1], [第二章  乙, 3]]
""",
    state=state,
)
