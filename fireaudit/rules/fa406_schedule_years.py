"""FA406 schedule-years: A schedule misses, repeats or leaves its years."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.plan.dates import read_years
from fireaudit.plan.model import Plan, Table
from fireaudit.rules.base import Rule, Stated, finding


def state(plan: Plan) -> Iterator[Stated]:
    for table in plan.tables.values():
        column = next((c.name for c in table.columns.values() if c.role == "year"), None)
        if column is not None:
            yield from _years(plan, table, column)


def _years(plan: Plan, table: Table, column: str) -> Iterator[Stated]:
    read = [(row.texts[column], read_years(row.texts[column][0], plan.period)) for row in table.plain_rows()]
    covered = [year for _, years in read if years and years[1] - years[0] < 50 for year in range(years[0], years[1] + 1)]
    period = table.during
    if period is None and plan.period is not None and any(plan.period[0] <= year <= plan.period[1] for year in covered):
        period = plan.period
    seen: set[int] = set()
    for (text, span), years in read:
        if years is None:
            yield finding("FA406", Severity.ERROR, plan, span, message="unreadable", at=table.at, table=table.title, year=text)
            continue
        for year in range(years[0], min(years[1], years[0] + 50) + 1):
            arguments = {"table": table.title, "year": str(year)}
            if year in seen:
                yield finding("FA406", Severity.ERROR, plan, span, message="twice", at=table.at, **arguments)
            if period and not period[0] <= year <= period[1]:
                arguments["period"] = f"{period[0]}-{period[1]}"
                yield finding("FA406", Severity.ERROR, plan, span, message="outside", at=table.at, **arguments)
            seen.add(year)
    for year in range(period[0], period[1] + 1) if period and covered else ():
        if year not in seen:
            yield finding("FA406", Severity.ERROR, plan, table.span, message="missing", at=table.at, table=table.title, year=str(year))


RULE = Rule(
    code="FA406",
    name="schedule-years",
    severity=Severity.ERROR,
    title=("年度安排缺年、重年或越期", "A schedule misses, repeats or leaves its years"),
    messages={
        "missing": ("{table}：缺 {year} 年", "{table}: the year {year} is missing"),
        "twice": ("{table}：{year} 年出现不止一次", "{table}: the year {year} stands more than once"),
        "outside": ("{table}：{year} 年不在 {period} 之内", "{table}: the year {year} is outside {period}"),
        "unreadable": ("{table}：“{year}”不是年份", "{table}: “{year}” is no year"),
    },
    what=("年度表中，期内每年恰有一行，期外没有。", "In a yearly table every year of its period has exactly one row, and there is none outside."),
    why=("漏一年的任务，分年之和就对不上目标。", "A missed year leaves the target short."),
    fix=("补上、删去或改正年份；表的年限写在 during。", "Add, drop or correct the year; during gives the table's period."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    during: 2021-2023
    columns: {y: {role: year}, n: x}
    rows: [[2021年, 1], [2023年, 2]]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    during: 2021-2023
    columns: {y: {role: year}, n: x}
    rows: [[2021-2022年, 1], [2023年, 2]]
""",
    state=state,
)
