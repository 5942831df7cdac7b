"""FA407 schedule-sum: A column does not add up to its target."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import Ref, add
from fireaudit.checks.parse import CheckError, parse_expression
from fireaudit.checks.relation import Relation
from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, severity_of
from fireaudit.rules.fa106_unknown_name import misunderstood


def state(plan: Plan) -> Iterator[Stated]:
    for table in plan.tables.values():
        for column in table.columns.values():
            if column.adds_up_to is None:
                continue
            addends = [Ref(row.cells[column.name]) for row in table.plain_rows() if column.name in row.cells]
            if not addends:
                continue
            try:
                target = parse_expression(column.adds_up_to, plan)
            except CheckError as error:
                yield misunderstood(plan, column.span, column.adds_up_to, error)
                continue
            fact = plan.facts.get(column.adds_up_to)
            label = fact.label if fact else column.adds_up_to
            arguments = {"table": table.title, "column": column.label, "target": label}
            focus = next(target.cells(), addends[-1].cell)
            yield Relation("FA407", add(*addends), "==", target, focus.span, focus, severity_of(column.reading),
                           column.reading, arguments=arguments, at=table.at)  # fmt: skip


RULE = Rule(
    code="FA407",
    name="schedule-sum",
    severity=Severity.ERROR,
    title=("分项之和达不到目标", "A column does not add up to its target"),
    messages={
        "message": ("{table} · {column}：各行之和与 {target} 不符", "{table} · {column}: the rows do not add up to {target}"),
    },
    what=("写明 adds_up_to 的列，各行之和须能等于所指的数。", "A column with adds_up_to sums to the quantity it names."),
    why=("分年、分镇的任务加起来完不成目标，规划从第一天起就落空。", "If the yearly or local tasks do not add up, the target fails from the first day."),
    fix=("核对各行与目标。", "Check the rows and the target."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  goal: {label: 目标, stated: [190个]}
tables:
  t:
    columns: {y: {role: year}, n: {unit: 个, adds_up_to: goal}}
    during: 2021-2022
    rows: [[2021, 100], [2022, 80]]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  goal: {label: 目标, stated: [约190个]}
tables:
  t:
    columns: {y: {role: year}, n: {unit: 个, adds_up_to: goal}}
    during: 2021-2022
    rows: [[2021, 100], [2022, 90]]
""",
    state=state,
)
