"""FA402 target-already-met: A target below what is already reached."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import Ref
from fireaudit.checks.parse import CheckError, parse_expression
from fireaudit.checks.relation import Relation
from fireaudit.findings import Severity
from fireaudit.plan.model import Fact, Plan
from fireaudit.quantity import Change
from fireaudit.rules.base import Rule, Stated, severity_of
from fireaudit.rules.fa106_unknown_name import misunderstood


def state(plan: Plan) -> Iterator[Stated]:
    for indicator in plan.indicators.values():
        base = indicator.baseline
        if indicator.better is None or base is None or base.quantity.missing:
            continue
        for cell in indicator.targets.values():
            if cell.quantity.change is Change.NONE:
                arguments = {"label": indicator.label, "target": cell.text, "reached": base.text}
                op = ">=" if indicator.better == "higher" else "<="
                yield Relation("FA402", Ref(cell, threshold=True), op, Ref(base, threshold=True), cell.span, cell,
                               severity_of(indicator.reading, Severity.WARNING), indicator.reading,
                               arguments=arguments, at=indicator.at)  # fmt: skip
    for fact in plan.facts.values():
        yield from _improves(fact, plan)


def _improves(fact: Fact, plan: Plan) -> Iterator[Stated]:
    target = next((statement.cell for statement in fact.statements if statement.cell), None)
    if "improves" not in fact.links or target is None:
        return
    text, span = fact.links["improves"][0]
    try:
        reached = parse_expression(text, plan)
    except CheckError as error:
        yield misunderstood(plan, span, text, error)
        return
    arguments = {"label": fact.label, "target": target.text, "reached": reached.text()}
    op = "<=" if fact.better == "lower" else ">="
    yield Relation("FA402", Ref(target, threshold=True), op, reached, target.span, target,
                   severity_of(fact.reading, Severity.WARNING), fact.reading, arguments=arguments, at=target.at)  # fmt: skip


RULE = Rule(
    code="FA402",
    name="target-already-met",
    severity=Severity.WARNING,
    title=("目标低于已达到的水平", "A target below what is already reached"),
    messages={
        "message": ("{label}：目标 {target} 还不如已达到的 {reached}", "{label}: the target {target} is worse than the {reached} already reached"),
    },
    what=(
        "目标不应比基期值或已公布的成绩更差（相等即保持，不报）。",
        "A target should not be worse than the baseline or an achievement stated (equal means maintaining it, which is fine).",
    ),
    why=("目标低于现状，说明目标或现状有一个写错了。", "A target below the present says that one of the two is wrong."),
    fix=("核对两处；口径不同就写明。", "Check both; state the scope where it differs."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  now: {label: 知晓率, stated: [100%]}
  goal: {label: 知晓率, better: higher, improves: now, stated: [95%以上]}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  now: {label: 知晓率, stated: [90%]}
  goal: {label: 知晓率, better: higher, improves: now, stated: [95%以上]}
""",
    state=state,
)
