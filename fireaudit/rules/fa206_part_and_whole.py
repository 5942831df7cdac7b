"""FA206 part-and-whole: A part is larger than its whole."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated
from fireaudit.rules.links import linked


def state(plan: Plan) -> Iterator[Stated]:
    for kind in ("part_of", "new_in"):
        yield from linked(plan, "FA206", kind, "<=")


RULE = Rule(
    code="FA206",
    name="part-and-whole",
    severity=Severity.ERROR,
    title=("部分大于整体", "A part is larger than its whole"),
    messages={
        "part_of": ("{label} 大于它所属的 {of}", "{label} is larger than {of}, of which it is a part"),
        "new_in": ("新增的 {label} 多于现有的 {of}", "more newly added ({label}) than there are now ({of})"),
    },
    what=(
        "写明 part_of 的数不大于整体；写明 new_in 的新增数不大于存量。",
        "A quantity with part_of is at most its whole; one with new_in at most the stock it went into.",
    ),
    why=("部分多于整体，总有一个数是错的，或口径没有写明。", "If a part exceeds its whole, one figure is wrong or a scope is not stated."),
    fix=("核对两数；口径不同就写明。", "Check both figures, or state the scopes."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  new: {label: 新建, stated: [80个], new_in: now}
  now: {label: 现有, stated: [5个]}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  new: {label: 新建, stated: [4个], new_in: now}
  now: {label: 现有, stated: [5个]}
""",
    state=state,
)
