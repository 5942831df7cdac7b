"""FA601 official-names: A name is not on the official list."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.nearest import nearest
from fireaudit.plan.mentions import mentions
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, finding


def state(plan: Plan) -> Iterator[Stated]:
    if plan.official is None:
        return
    known = {*plan.official, *plan.extra_names}
    for text in mentions(plan):
        if text.text in known:
            continue
        close = _meant(text.text, plan.official)
        yield finding("FA601", Severity.WARNING, plan, text.span, message="close" if close else "message", at=text.at,
                      name=text.text, jurisdiction=plan.code, close=close)  # fmt: skip
    for table in plan.tables.values():
        column = next((c.name for c in table.columns.values() if c.names), None)
        if table.complete and column is not None:
            there = {row.texts[column][0] for row in table.plain_rows()}
            for name in plan.official:
                if name not in there:
                    yield finding("FA601", Severity.WARNING, plan, table.span, message="missing", at=table.at,
                                  table=table.title, name=name)  # fmt: skip


def _meant(name: str, official: tuple[str, ...]) -> str:
    """A short form shares its first two characters with one official name; else the nearest spelling."""
    starts = [full for full in official if full[:2] == name[:2]]
    return starts[0] if len(starts) == 1 else nearest(name, official)


RULE = Rule(
    code="FA601",
    name="official-names",
    severity=Severity.WARNING,
    title=("名称不在官方名单中", "A name is not on the official list"),
    messages={
        "message": ("“{name}”不在 {jurisdiction} 的官方名单中", "“{name}” is not on the official list of {jurisdiction}"),
        "close": ("“{name}”不在 {jurisdiction} 的官方名单中，是否“{close}”？", "“{name}” is not on the official list of {jurisdiction}; is “{close}” meant?"),
        "missing": ("{table}：缺官方名单中的 {name}", "{table}: {name} of the official list is missing"),
    },
    what=(
        "写明 names: official 的列、清单，以及 names 中的地名，须与辖区的官方名单一致。",
        "Columns and lists with names: official, and the entries of names, must match the jurisdiction's official list.",
    ),
    why=("地名写错，任务就落不到单位。", "A misspelt town leaves a task with nobody."),
    fix=(
        "按官方全称改正；名单外确有其名的，写入 jurisdiction.names，或用 --names 给出名单文件。",
        "Use the official full name, or add a valid one to jurisdiction.names, or give a list with --names.",
    ),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
names: [{name: 九坡镇}]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
names: [{name: 九陂镇}]
""",
    state=state,
)
