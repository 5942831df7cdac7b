"""FA405 recomputed-target: An indicator is not what the plan's own figures give."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import Ref
from fireaudit.checks.parse import CheckError, parse_expression
from fireaudit.checks.relation import Relation
from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, severity_of
from fireaudit.rules.fa106_unknown_name import misunderstood


def state(plan: Plan) -> Iterator[Stated]:
    for indicator in plan.indicators.values():
        for year, (text, span) in indicator.sources.items():
            cell = indicator.baseline if year == "baseline" else indicator.targets.get(int(year)) if year.isdecimal() else None
            try:
                if cell is None:
                    raise CheckError("unknown", year)
                computed = parse_expression(text, plan)
            except CheckError as error:
                yield misunderstood(plan, span, text, error)
                continue
            arguments = {"label": indicator.label, "year": year}
            yield Relation("FA405", Ref(cell), "==", computed, cell.span, cell, severity_of(indicator.reading),
                           indicator.reading, arguments=arguments, at=indicator.at)  # fmt: skip


RULE = Rule(
    code="FA405",
    name="recomputed-target",
    severity=Severity.ERROR,
    title=("指标与按规划自身数字重算的不符", "An indicator is not what the plan's own figures give"),
    messages={
        "message": ("{label}（{year}）：印出的值与重算的不符", "{label} ({year}): not what the plan's own figures give"),
    },
    what=(
        "指标的 from 给出由规划自身数字重算的式子；重算值须能等于（或满足）印出的值。",
        "from gives, by year, an expression over the plan's own figures; its value must be able to equal or meet the printed one.",
    ),
    why=(
        "人均、每十万人这类指标，分子分母改了而指标不改，单看哪一处都看不出。",
        "A ratio left behind when its parts change cannot be seen at any single place.",
    ),
    fix=("核对分子、分母与指标；口径不同就写 severity 和 because。", "Check both parts and the ratio; say so where scopes differ."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  a: {label: 站, stated: [100个]}
  p: {label: 人口, stated: [1000000人]}
indicators:
  r: {label: 每10万人消防站, baseline: 1.2, targets: {2025: ≥1.7}, from: {baseline: a / p * 100000}}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  a: {label: 站, stated: [120个]}
  p: {label: 人口, stated: [1000000人]}
indicators:
  r: {label: 每10万人消防站, baseline: 12.0, targets: {2025: ≥1.7}, from: {baseline: a / p * 100000}}
""",
    state=state,
)
