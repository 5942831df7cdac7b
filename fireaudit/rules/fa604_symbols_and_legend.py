"""FA604 symbols-and-legend: Symbols and legend do not match."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, finding


def state(plan: Plan) -> Iterator[Stated]:
    for table in plan.tables.values():
        columns = [c.name for c in table.columns.values() if c.role == "symbol"]
        if not columns:
            continue
        used = {text: span for row in table.rows for c in columns for text, span in [row.texts[c]] if text}
        legend = table.legend or ()
        known = {symbol for symbol, _, _ in legend}
        for symbol, span in used.items():
            if symbol not in known:
                yield finding("FA604", Severity.WARNING, plan, span, at=table.at, table=table.title, symbol=symbol)
        for symbol, means, span in legend:
            if not symbol:
                yield finding("FA604", Severity.WARNING, plan, span, message="blank", at=table.at, table=table.title, means=means)
            elif symbol not in used:
                yield finding("FA604", Severity.NOTE, plan, span, message="unused", at=table.at, table=table.title, symbol=symbol)


RULE = Rule(
    code="FA604",
    name="symbols-and-legend",
    severity=Severity.WARNING,
    title=("符号与图例不符", "Symbols and legend do not match"),
    messages={
        "message": ("{table}：符号“{symbol}”不在图例中", "{table}: the symbol “{symbol}” is not in the legend"),
        "blank": ("{table}：图例“{means}”没有符号", "{table}: the legend entry “{means}” has no symbol"),
        "unused": ("{table}：图例中的“{symbol}”没有用到", "{table}: the symbol “{symbol}” of the legend is not used"),
    },
    what=(
        "表中用到的符号须在图例中；图例每项须有符号；没有用到的图例只作提示。",
        "Every symbol used is in the legend and every legend entry has one; an unused entry is a note.",
    ),
    why=("没有图例的符号，读者无从理解。", "A symbol without a legend means nothing to the reader."),
    fix=("补全图例。", "Complete the legend."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {s: {role: symbol}, n: x}
    rows: [[★, 1], [●, 2]]
    legend: [{symbol: ★, means: 提升}]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {s: {role: symbol}, n: x}
    rows: [[★, 1], [●, 2]]
    legend: [{symbol: ★, means: 提升}, {symbol: ●, means: 达标}]
""",
    state=state,
)
