"""FA401 target-direction: Targets run the wrong way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from fireaudit.checks.expression import Ref
from fireaudit.checks.relation import Relation
from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.quantity import Change
from fireaudit.rules.base import Rule, Stated, severity_of


def state(plan: Plan) -> Iterator[Stated]:
    for indicator in plan.indicators.values():
        if indicator.better is None:
            continue
        op = ">=" if indicator.better == "higher" else "<="
        levels = [(year, cell) for year, cell in indicator.targets.items() if cell.quantity.change is Change.NONE]
        for (earlier, first), (later, second) in pairwise(levels):
            arguments = {"label": indicator.label, "earlier": str(earlier), "later": str(later)}
            yield Relation("FA401", Ref(second, threshold=True), op, Ref(first, threshold=True), second.span, second,
                           severity_of(indicator.reading), indicator.reading, arguments=arguments, at=indicator.at)  # fmt: skip


RULE = Rule(
    code="FA401",
    name="target-direction",
    severity=Severity.ERROR,
    title=("目标走向相反", "Targets run the wrong way"),
    messages={
        "message": ("{label}：{later} 的目标比 {earlier} 的还差", "{label}: the target for {later} is worse than the one for {earlier}"),
    },
    what=("写明 better 的指标，目标值逐年不应变差。", "Targets of an indicator with better must not get worse from year to year."),
    why=("中期目标与终期目标写反，是常见的抄写差错。", "Interim and final targets are easily swapped."),
    fix=("核对各年目标，或改正 better。", "Check the targets, or better."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
indicators:
  r: {label: 死亡率, better: lower, targets: {2023: ≤0.15, 2025: ≤0.17}}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
indicators:
  r: {label: 死亡率, better: lower, targets: {2023: ≤0.17, 2025: <0.15}}
""",
    state=state,
)
