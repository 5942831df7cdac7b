"""FA502 numbering: Numbering skips, repeats or changes its style."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.plan.headings import number_of
from fireaudit.plan.model import Plan, Table, Text
from fireaudit.rules.base import Rule, Stated, finding

_NOTES = re.compile(r"附注|注释|註|(?i:\bnotes?\b)")
"""Heads of columns whose numbers refer to notes."""


def state(plan: Plan) -> Iterator[Stated]:
    yield from _outline(plan)
    for texts in (plan.boxes, plan.annexes):
        yield from _run(plan, texts)
    for table in plan.tables.values():
        yield from _rows(plan, table)


def _outline(plan: Plan) -> Iterator[Stated]:
    last: dict[tuple[int, str], int] = {}
    previous: dict[int, tuple[str, str]] = {}
    for heading in plan.outline:
        numbered = number_of(heading.text)
        if numbered is None:
            continue
        style, number = numbered
        before = previous.get(heading.parent)
        key = (heading.depth, style)
        if before is not None and before[0] != style:
            # The style changed in mid-list: the number still has to follow on.
            yield finding("FA502", Severity.WARNING, plan, heading.span, message="style", text=heading.text, other=before[1])
            last[key] = last[(heading.depth, before[0])] + 1
        wanted = last.get(key, 0) + 1
        if before is not None and before[0] != style:
            wanted = last[key]
        allowed = {wanted} if before is not None else {1, wanted}
        if plan.unconfirmed and (before is None and key not in last or number == 1 and style.strip("()").startswith("1")):
            allowed.add(number)  # a document may be an excerpt; and lists of it may begin anew under what is no numbered heading
        if number not in allowed:
            yield finding("FA502", Severity.WARNING, plan, heading.span, message="skip",
                          text=heading.text, wanted=str(wanted), found=str(number))  # fmt: skip
        last[key] = number
        previous[heading.parent] = (before[0] if before else style, heading.text)
        if before is not None and before[0] != style:
            last[(heading.depth, before[0])] = number


def _rows(plan: Plan, table: Table) -> Iterator[Stated]:
    """The first number that does not go on from the one before. Subtotals may have numbers of the run; behind a row of another
    numbering (一、), or a subtotal without one, it may begin anew; a drafted table may be the rest of one."""
    column = next((c for c in table.columns.values() if c.role == "number"), None)
    if column is None or _NOTES.search(column.label):
        return
    last, anew = 0, True
    for row in table.rows:
        text, span = row.texts[column.name]
        if not (text.isascii() and text.isdigit()):
            anew = anew or bool(text) or row.kind != "plain"
            continue
        number = int(text[:9])
        if number != last + 1 and not (anew and number == 1) and not (plan.unconfirmed and last == 0):
            yield finding("FA502", Severity.WARNING, plan, span, message="row", at=table.at, table=table.title, wanted=str(last + 1), found=text)
            return
        last, anew = number, False


def _run(plan: Plan, texts: tuple[Text, ...]) -> Iterator[Stated]:
    """A document may be the second annex of another one."""
    wanted: dict[str, int] = {}
    for text in texts:
        numbered = number_of(text.text)
        if numbered is None:
            continue
        style, number = numbered
        expected = wanted.get(style, number if plan.unconfirmed else 1)
        if number != expected:
            yield finding("FA502", Severity.WARNING, plan, text.span, message="skip",
                          text=text.text, wanted=str(expected), found=str(number))  # fmt: skip
        wanted[style] = number + 1


RULE = Rule(
    code="FA502",
    name="numbering",
    severity=Severity.WARNING,
    title=("编号跳号、重号或样式不一", "Numbering skips, repeats or changes its style"),
    messages={
        "skip": ("“{text}”：应为第 {wanted}，印作第 {found}", "“{text}”: number {wanted} expected, {found} printed"),
        "style": ("“{text}”：编号样式与同级的“{other}”不同", "“{text}”: numbered in another style than “{other}” beside it"),
        "row": ("{table}：序号应为 {wanted}，印作 {found}", "{table}: number {wanted} expected, {found} printed"),
    },
    what=(
        "章、节、条、专栏、附件与表中序号须连续；同级编号用同一样式；可跨节连续编号。",
        "Chapters, sections, items, boxes, annexes and row numbers run on without gaps, in one style; items may run on across sections.",
    ),
    why=("编号错了，引用就会指错。", "A wrong number makes references point to the wrong place."),
    fix=("改正编号。", "Correct the number."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
outline: [第一章 甲, 第三章 乙]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
outline: [第一章 甲, 第二章 乙]
""",
    state=state,
)
