"""FA404 share-out-of-range: A share outside 0 to 100%."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import Number, Ref
from fireaudit.checks.relation import Relation
from fireaudit.findings import Severity
from fireaudit.plan.model import Cell, Plan
from fireaudit.quantity import Change
from fireaudit.rules.base import Rule, Stated

WORDS = ("占比", "覆盖率", "完好率", "达标率", "知晓率", "合格率", "配备率", "入网率", "持证率", "培训率")


def state(plan: Plan) -> Iterator[Stated]:
    for cell, share in _figures(plan):
        quantity = cell.quantity
        percent = quantity.unit.text in ("%", "‰") and quantity.change is Change.NONE
        if not quantity.missing and (share or (percent and cell.label.split("（")[0].endswith(WORDS))):
            arguments = {"label": cell.label, "text": cell.text}
            ref = Ref(cell, threshold=True)
            yield Relation("FA404", ref, "<=", Number(1), cell.span, cell, arguments=arguments, at=cell.at)
            yield Relation("FA404", ref, ">=", Number(0), cell.span, cell, arguments=arguments, at=cell.at)


def _figures(plan: Plan) -> Iterator[tuple[Cell, bool]]:
    for fact in plan.facts.values():
        for statement in fact.statements:
            if statement.cell is not None:
                yield statement.cell, fact.share and statement.cell.quantity.change is Change.NONE
    for indicator in plan.indicators.values():
        for cell in indicator.cells():
            yield cell, indicator.share and cell.quantity.change is Change.NONE
    for table in plan.tables.values():
        for row in table.rows:
            for name, cell in row.cells.items():
                if table.columns[name].share:
                    yield cell, True


RULE = Rule(
    code="FA404",
    name="share-out-of-range",
    severity=Severity.ERROR,
    title=("份额不在 0 到 100% 之间", "A share outside 0 to 100%"),
    messages={
        "message": ("{label}：{text} 不在 0 到 100% 之间", "{label}: {text} lies outside 0 to 100%"),
    },
    what=(
        "标明 share 的数，或名称以占比、覆盖率、完好率、达标率、知晓率等结尾而以百分数印出的数，须在 0 到 100% 之间。",
        "A figure marked share, or a percentage whose label ends in a word for a share of a whole, lies within 0 and 100%.",
    ),
    why=("占比超过 100% 多是错位或多打一位。", "A share above 100% is usually a misplaced or doubled digit."),
    fix=("核对该数；可以超过 100% 的写 share: false 或换名称。", "Check the figure; where more than 100% is meant, reword the label."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  r: {label: 消火栓完好率, stated: [1000%]}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  r: {label: 消火栓完好率, stated: [100%]}
""",
    state=state,
)
