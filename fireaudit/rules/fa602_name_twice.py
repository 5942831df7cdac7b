"""FA602 name-twice: Two rows of a table bear one name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, finding

_TOTAL = re.compile(r"[合总小共總][计計]|(?i:(?:sub-?)?totals?)")
"""What each block of a table may have a row of."""


def state(plan: Plan) -> Iterator[Stated]:
    for table in plan.tables.values():
        column = next((c.name for c in table.columns.values() if c.role == "name"), None)
        seen: set[str] = set()
        for row in table.plain_rows() if column else ():
            name, span = row.texts[str(column)]
            if name and name in seen and not _TOTAL.fullmatch(name):
                yield finding("FA602", Severity.ERROR, plan, span, at=table.at, table=table.title, name=name)
            seen.add(name)


RULE = Rule(
    code="FA602",
    name="name-twice",
    severity=Severity.ERROR,
    title=("表中同名两行", "Two rows of a table bear one name"),
    messages={
        "message": ("{table}：“{name}”出现不止一次", "{table}: “{name}” stands more than once"),
    },
    what=("名称列中每个名称只出现一次。", "Each name stands once in a name column."),
    why=("重复的行会被加两次。", "A repeated row is added twice."),
    fix=("删去或改名。", "Drop or rename one."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {town: {role: name}, n: x}
    rows: [[甲镇, 1], [甲镇, 2]]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {town: {role: name}, n: x}
    rows: [[甲镇, 1], [乙镇, 2]]
""",
    state=state,
)
