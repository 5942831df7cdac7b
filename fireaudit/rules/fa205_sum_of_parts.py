"""FA205 sum-of-parts: A whole is not the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated
from fireaudit.rules.links import linked


def state(plan: Plan) -> Iterator[Stated]:
    yield from linked(plan, "FA205", "sum_of", "==")


RULE = Rule(
    code="FA205",
    name="sum-of-parts",
    severity=Severity.ERROR,
    title=("总数不等于各部分之和", "A whole is not the sum of its parts"),
    messages={
        "sum_of": ("{label} 不等于 {of} 之和", "{label} is not the sum of {of}"),
    },
    what=("quantities 中写明 sum_of 的数等于所列各数之和。", "A quantity with sum_of equals the sum of those named."),
    why=("分项改了、总数没改，读者会先看见。", "When an item changes and the total does not, a reader sees it first."),
    fix=(
        "核对总数与分项；口径不同就写 severity: warning 和 because。",
        "Check whole and parts; where scopes differ, say so with severity: warning and because.",
    ),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  all: {label: 总数, stated: [5个], sum_of: [a, b]}
  a: {label: 甲, stated: [2个]}
  b: {label: 乙, stated: [2个]}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  all: {label: 总数, stated: [4个], sum_of: [a, b]}
  a: {label: 甲, stated: [2个]}
  b: {label: 乙, stated: [2个]}
""",
    state=state,
)
