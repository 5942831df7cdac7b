"""FA204 shares: Shares do not fit their whole."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import Number, Quotient, Ref, add
from fireaudit.checks.relation import Relation
from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated


def state(plan: Plan) -> Iterator[Stated]:
    for table in plan.tables.values():
        for column in table.columns.values():
            of = column.share_of
            if of is None or of not in table.columns:
                continue
            rows = [row for row in table.plain_rows() if column.name in row.cells]
            if not rows:
                continue
            shares = add(*(Ref(row.cells[column.name], as_rounded=True) for row in rows))
            arguments = {"table": table.title, "column": column.label, "row": ""}
            last = rows[-1].cells[column.name]
            yield Relation("FA204", shares, "==", Number(1), last.span, last, arguments=arguments, at=table.at)
            parts = [Ref(row.cells[of]) for row in rows if of in row.cells]
            for row in rows:
                if of in row.cells:
                    cell = row.cells[column.name]
                    computed = Quotient(Ref(row.cells[of]), add(*parts))
                    yield Relation("FA204", Ref(cell, as_rounded=True), "==", computed, cell.span, cell, message="row",
                                   arguments=arguments | {"row": row.key}, at=table.at)  # fmt: skip


RULE = Rule(
    code="FA204",
    name="shares",
    severity=Severity.ERROR,
    title=("份额与整体不符", "Shares do not fit their whole"),
    messages={
        "message": ("{table} · {column}：各份额之和不是 100%", "{table} · {column}: the shares do not add up to 100%"),
        "row": ("{table} · {row} · {column}：份额与按数重算的不符", "{table} · {row} · {column}: the share is not what the figures give"),
    },
    what=(
        "写明 share_of 的列，各行份额合为 100%，每行等于该行数除以总数（按印出的位数舍入）。",
        "A column with share_of adds up to 100%, and each share is its row divided by the whole, rounded as printed.",
    ),
    why=("改了数而忘改占比，一眼看不出来。", "A share left behind when its figure changes is not seen at a glance."),
    fix=("重算占比。", "Recompute the shares."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {town: {role: name}, n: x, p: {unit: '%', share_of: n}}
    rows: [[甲, 1, 25], [乙, 3, 70]]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {town: {role: name}, n: x, p: {unit: '%', share_of: n}}
    rows: [[甲, 1, 25], [乙, 3, 75]]
""",
    state=state,
)
