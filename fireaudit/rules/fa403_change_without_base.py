"""FA403 change-without-base: A change target without a base."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.quantity import Change
from fireaudit.rules.base import Rule, Stated, finding


def state(plan: Plan) -> Iterator[Stated]:
    for indicator in plan.indicators.values():
        based = indicator.baseline is not None and not indicator.baseline.quantity.missing
        for cell in indicator.targets.values():
            if cell.quantity.change is not Change.NONE and not based:
                yield finding("FA403", Severity.WARNING, plan, cell.span, at=indicator.at, label=indicator.label, target=cell.text)


RULE = Rule(
    code="FA403",
    name="change-without-base",
    severity=Severity.WARNING,
    title=("下降或增长没有基数", "A change target without a base"),
    messages={
        "message": ("{label}：目标“{target}”没有基期值，无从考核", "{label}: the target “{target}” has no baseline to be measured from"),
    },
    what=("以增减幅度写的目标须有基期值。", "A target written as a change needs a baseline."),
    why=(
        "没有基数，规划期末无法判断是否完成；占比的“下降10%”还可能指 10 个百分点。",
        "Without a base nobody can tell at the end whether it was met; for a share, 10% may also mean ten points.",
    ),
    fix=("补上基期值，或改写为水平目标。", "Give the baseline, or write the target as a level."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
indicators:
  r: {label: 较大火灾占比, targets: {2025: 下降10%}}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
indicators:
  r: {label: 较大火灾占比, baseline: 0.5%, targets: {2025: 下降10%}}
""",
    state=state,
)
