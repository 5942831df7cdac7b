"""FA605 references: A reference points to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.plan.headings import label_of
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, finding

_HEADING = re.compile(r"第.{1,4}[章节篇编]")
_ANNEX = re.compile(r"(?:附件|附表|附图|附录|专栏)[0-9一二三四五六七八九十]+")


def state(plan: Plan) -> Iterator[Stated]:
    headings = {label_of(heading.text) for heading in plan.outline}
    things = {label_of(text.text) for text in (*plan.annexes, *plan.boxes)}
    lost: dict[str, str | None] = {}

    def lost_in(text: str) -> str | None:
        """The first part that leads nowhere."""
        for part in text.split("/"):
            plain = re.sub(r"\s", "", part)
            if _HEADING.fullmatch(plain) and "outline" in plan.has and plain not in headings:
                return part
            if _ANNEX.fullmatch(plain) and {"annexes", "boxes"} & plan.has and plain not in things:
                return part
        return None

    own = () if plan.unconfirmed else plan.places  # what was read out of a document stands where it was read
    for place in (*own, *plan.references):
        if place.text not in lost:
            lost[place.text] = lost_in(place.text)
        part = lost[place.text]
        if part is not None:
            yield finding("FA605", Severity.WARNING, plan, place.span, text=place.text, part=part)


RULE = Rule(
    code="FA605",
    name="references",
    severity=Severity.WARNING,
    title=("所指的章节、附件或专栏不存在", "A reference points to nothing"),
    messages={
        "message": ("“{text}”中的“{part}”在文档中没有", "“{part}” of “{text}” is not in the document"),
    },
    what=(
        "at: 与 references: 中的章节、附件、附表、专栏须在 outline、annexes、boxes 中。",
        "Chapters, annexes and boxes named by at: and references: must be in outline, annexes and boxes.",
    ),
    why=("指向不存在的附件，是删改后常见的遗留。", "A reference to an annex that was dropped is a common leftover."),
    fix=("改正所指，或补上缺的部分。", "Correct the reference, or add what is missing."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
annexes: [附表1 甲]
references: [{to: 附表3}]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
annexes: [附表1 甲]
references: [{to: 附表1}]
""",
    state=state,
)
