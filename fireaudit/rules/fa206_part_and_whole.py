"""FA206 part-and-whole: A part is larger than its whole."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import add
from fireaudit.checks.parse import CheckError, parse_expression
from fireaudit.checks.relation import Relation
from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, severity_of
from fireaudit.rules.fa106_unknown_name import misunderstood


def state(plan: Plan) -> Iterator[Stated]:
    for fact in plan.facts.values():
        for kind in ("part_of", "new_in"):
            links = fact.links.get(kind, ())
            if not links:
                continue
            try:
                parts = [parse_expression(text, plan) for text, _ in links]
                whole = parse_expression(fact.name, plan)
            except CheckError as error:
                yield misunderstood(plan, links[0][1], "、".join(text for text, _ in links), error)
                continue
            arguments = {"label": fact.label, "of": "、".join(_label(plan, text) for text, _ in links)}
            focus = next(whole.cells(), None)
            yield Relation("FA206", whole, "<=", parts[0] if len(parts) == 1 else add(*parts), fact.span, focus, severity_of(fact.reading),
                           fact.reading, kind, arguments, focus.at if focus else "")  # fmt: skip


def _label(plan: Plan, text: str) -> str:
    return plan.facts[text].label if text in plan.facts else text


RULE = Rule(
    code="FA206",
    name="part-and-whole",
    severity=Severity.ERROR,
    title=("部分大于整体", "A part is larger than its whole"),
    messages={
        "part_of": ("{label} 大于它所属的 {of}", "{label} is larger than {of}, of which it is a part"),
        "new_in": ("新增的 {label} 多于现有的 {of}", "more newly added ({label}) than there are now ({of})"),
    },
    what=(
        "写明 part_of 的数不大于整体；写明 new_in 的新增数不大于存量。",
        "A quantity with part_of is at most its whole; one with new_in at most the stock it went into.",
    ),
    why=("部分多于整体，总有一个数是错的，或口径没有写明。", "If a part exceeds its whole, one figure is wrong or a scope is not stated."),
    fix=("核对两数；口径不同就写明。", "Check both figures, or state the scopes."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  new: {label: 新建, stated: [80个], new_in: now}
  now: {label: 现有, stated: [5个]}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  new: {label: 新建, stated: [4个], new_in: now}
  now: {label: 现有, stated: [5个]}
""",
    state=state,
)
