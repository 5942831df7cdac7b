"""FA201 printed-total: A printed total is not the sum of its rows."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import Ref, add
from fireaudit.checks.relation import Relation
from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, severity_of


def state(plan: Plan) -> Iterator[Stated]:
    for table in plan.tables.values():
        rows = table.plain_rows()
        for name, cell in table.total.cells.items() if table.total else ():
            column = table.columns[name]
            addends = [Ref(row.cells[name]) for row in rows if name in row.cells]
            unread = len(addends) != len(rows)  # a cell that is no figure may hold any
            # A percentage, a rate or a column declared otherwise is not added up.
            ratio = any(mark in cell.quantity.unit.text for mark in "%‰/") or column.share
            if not addends or unread or not column.sums or ratio or cell.quantity.missing:
                continue
            arguments = {"table": table.title, "column": column.label}
            severity = severity_of(column.reading)
            yield Relation("FA201", Ref(cell), "==", add(*addends), cell.span, cell, severity, column.reading,
                           arguments=arguments, at=table.at)  # fmt: skip


RULE = Rule(
    code="FA201",
    name="printed-total",
    severity=Severity.ERROR,
    title=("合计与各行之和不符", "A printed total is not the sum of its rows"),
    messages={
        "message": ("{table} · {column}：印出的合计与各行之和不符", "{table} · {column}: the printed total is not the sum of the rows"),
    },
    what=(
        "表格的合计行须等于各行之和；每行是四舍五入的数时，按舍入容许的范围比较。人均、率、占比之类的列不求和，除非写 aggregate: sum。",
        "The total row of a table must equal the sum of its rows; rounded rows are compared within what rounding allows. Columns of means, rates and shares are not added up unless aggregate: sum says so.",
    ),
    why=("合计行常在改动某一行后忘了重算。", "A total row is often left behind when a row is edited."),
    fix=(
        "重算该列，改正合计或改正错的那一行；合计行若不是求和，给该列写 aggregate: none。",
        "Recompute the column and correct the total or the wrong row; where the row is no sum, give the column aggregate: none.",
    ),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {town: {role: name}, n: {unit: 个}}
    rows: [[甲镇, 1], [乙镇, 2]]
    total: [合计, 4]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {town: {role: name}, n: {unit: 个}}
    rows: [[甲镇, 1], [乙镇, 2]]
    total: [合计, 3]
""",
    state=state,
)
