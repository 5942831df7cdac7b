"""FA202 parts-of-rows: A subtotal or part row does not fit its rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fireaudit.checks.expression import Ref, add
from fireaudit.checks.relation import Relation
from fireaudit.findings import Severity
from fireaudit.plan.model import Plan, Row, Table
from fireaudit.rules.base import Rule, Stated


def state(plan: Plan) -> Iterator[Stated]:
    for table in plan.tables.values():
        since: list[Row] = []
        parts: list[Row] = []
        whole: Row | None = None
        for row in table.rows:
            if row.kind == "of_which":
                parts.append(row)
            if row.kind in ("of_which", "apart"):
                continue
            yield from _parts(table, whole, parts)
            parts = []
            if row.kind == "subtotal":
                yield from _subtotal(table, since, row)
                since, whole = [], None
            else:
                since.append(row)
                whole = row
        yield from _parts(table, whole, parts)


def _subtotal(table: Table, rows: list[Row], subtotal: Row) -> Iterator[Relation]:
    for name, cell in subtotal.cells.items():
        addends = [Ref(row.cells[name]) for row in rows if name in row.cells]
        if addends and len(addends) == len(rows) and table.columns[name].sums:
            arguments = {"table": table.title, "row": subtotal.key, "column": table.columns[name].label}
            yield Relation("FA202", Ref(cell), "==", add(*addends), cell.span, cell, arguments=arguments, at=table.at)


def _parts(table: Table, whole: Row | None, parts: list[Row]) -> Iterator[Relation]:
    """Each part is within its whole; together they need not be, where one thing may be among several of them."""
    if whole is None or not parts:
        return
    complete = all(part.complete for part in parts)
    for name, cell in whole.cells.items():
        named = [(part, part.cells[name]) for part in parts if name in part.cells and not part.cells[name].quantity.missing]
        if not named or not table.columns[name].sums:
            continue
        relation = partial(Relation, "FA202", right=Ref(cell), span=cell.span, focus=cell, at=table.at)
        arguments = {"table": table.title, "row": whole.key, "column": table.columns[name].label}
        together = add(*(Ref(part) for _, part in named))
        if complete:
            yield relation(left=together, op="==", message="complete", arguments=arguments)
            continue
        for row, part in named:
            yield relation(left=Ref(part), op="<=", message="part", arguments={**arguments, "part": row.key})
        if len(named) > 1:
            yield relation(left=together, op="<=", severity=Severity.WARNING, message="parts", arguments=arguments)


RULE = Rule(
    code="FA202",
    name="parts-of-rows",
    severity=Severity.ERROR,
    title=("小计或其中行与所属各行不符", "A subtotal or part row does not fit its rows"),
    messages={
        "message": ("{table} · {row} · {column}：小计与其各行之和不符", "{table} · {row} · {column}: the subtotal is not the sum of its rows"),
        "part": ("{table} · {row} · {column}：其中“{part}”一项大于整体", "{table} · {row} · {column}: the part “{part}” is more than the whole"),
        "parts": ("{table} · {row} · {column}：其中各项之和大于整体", "{table} · {row} · {column}: the parts add up to more than the whole"),
        "complete": ("{table} · {row} · {column}：其中各项之和不等于整体", "{table} · {row} · {column}: the parts do not add up to the whole"),
    },
    because={"parts": ("若各项有重叠，则各数可同真", "if the parts overlap, all the figures can be true")},
    what=(
        "小计行等于上一小计之后各行之和；“其中”各行均不大于所属行，标明 complete 时其和须与之相等；未标明而其和大于所属行的，是警告。",
        "A subtotal is the sum of the rows since the last one; no part row is more than its row, and where complete is set they add up to it. "
        "Parts that add up to more without it are a warning.",
    ),
    why=("“其中”数改了而总数未改，是审核中最常见的差错之一。", "A part edited without its whole is among the commonest slips."),
    fix=("核对小计、其中与所属行。", "Check the subtotal or the parts against their rows."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {town: {role: name}, n: {unit: 个}}
    rows: [[甲镇, 3], {of_which: [其中：新建, 4]}]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {town: {role: name}, n: {unit: 个}}
    rows: [[甲镇, 3], {of_which: [其中：新建, 2]}]
""",
    state=state,
)
