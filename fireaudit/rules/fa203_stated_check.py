"""FA203 stated-check: A relation does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import Fused, Ref
from fireaudit.checks.parse import CheckError, Comparison
from fireaudit.checks.relation import Relation
from fireaudit.checks.stated import stated
from fireaudit.findings import Severity
from fireaudit.plan.model import Cell, Check, Plan
from fireaudit.rules.base import Rule, Stated, severity_of
from fireaudit.rules.fa106_unknown_name import misunderstood


def state(plan: Plan) -> Iterator[Stated]:
    for check, comparisons in stated(plan):
        if isinstance(comparisons, CheckError):
            yield misunderstood(plan, check.span, check.text, comparisons)
            continue
        text = " ".join(check.text.split())
        for comparison in comparisons:
            focus = _focus(comparison)
            if focus is not None:  # numbers alone say nothing of the plan; FA207 speaks of them
                yield _relation(check, text, comparison, focus)


def _relation(check: Check, text: str, found: Comparison, focus: Cell) -> Relation:
    arguments = {"check": text, "row": found.row or "", "label": focus.label}
    message, severity = "row" if found.row else "message", severity_of(check.reading)
    if check.proposed:
        arguments["support"] = check.proposed
        message, severity = f"proposed_{message}", min(severity, Severity.WARNING)
    elif check.states in STATED:
        message = check.states
    return Relation("FA203", found.left, found.op, found.right, check.span, focus, severity, check.reading, message, arguments)


def _focus(found: Comparison) -> Cell | None:
    """The cell that stands alone on a side, as a total does, the left one first; else the first there is."""
    for side in (found.left, found.right):
        if isinstance(side, (Ref, Fused)):
            return next(side.cells())
    return next(found.left.cells(), next(found.right.cells(), None))


STATED = {
    "sum": (
        "{label}：合计不等于所列各项之和，除非各项有重叠，或合计另含未列之数",
        "{label}: the total is not the sum of the items listed, unless items overlap or it holds more than is listed",
    ),
    "parts": (
        "{label}：所列各项加起来不等于此数，除非各项有重叠，或未列全",
        "{label}: the items listed do not add up to it, unless they overlap or not all are listed",
    ),
    "part": (
        "{label}：部分多于总数，除非各项有重叠，或“其中”所指另有其数",
        "{label}: a part is more than its whole, unless items overlap or are part of another figure",
    ),
    "change": (
        "{label}：增减数不等于前后两数之差，除非前后口径不同",
        "{label}: the change is not the difference of the two figures, unless they are of different scope",
    ),
    "growth": (
        "{label}：增减幅与前后两数不符，除非按可比价格或另一基数计算",
        "{label}: the rate of change is not that of the two figures, unless it is worked out in other prices or from another base",
    ),
    "share": ("{label}：比例与两数之比不符，除非另有分母", "{label}: the share is not the ratio of the two figures, unless it is a share of another whole"),
    "whole": (
        "{label}：各项比重之和不是100%，除非各项有重叠，或未列全",
        "{label}: the shares do not make up 100%, unless they overlap or not all are listed",
    ),
    "order": (
        "{label}：所列各数不是由大到小，除非按另一项排名",
        "{label}: the figures listed do not fall from one to the next, unless they are ranked by something else",
    ),
    "product": (
        "{label}：单价乘以数量不等于此数，除非另有其他款项",
        "{label}: the price times the number is not this figure, unless it holds other items",
    ),
    "average": ("{label}：平均数与总数不符，除非按另一期间平均", "{label}: the average does not follow from the total, unless it is one over another span"),
    "restated": ("{label}：换一种写法后数值不同，除非两数所指不同", "{label}: written another way it is another figure, unless the two are not the same thing"),
    "repeated": (
        "{label}：与另一处的同名之数相近而不等，除非两处口径不同",
        "{label}: nearly the figure of that name elsewhere, but not it, unless the two are of different scope",
    ),
}
"""What a document states of its figures, by ``states`` of a check: what is wrong, and the reading under which all of them could be true."""

RULE = Rule(
    code="FA203",
    name="stated-check",
    severity=Severity.ERROR,
    title=("关系不成立", "A relation does not hold"),
    messages={
        "message": ("{label}：检查不成立：{check}", "{label}: the check does not hold: {check}"),
        "row": ("{row}：检查不成立：{check}", "{row}: the check does not hold: {check}"),
        "proposed_message": (
            "{label}：与各数看来应有的关系不符：{check}（支持：{support}）",
            "{label}: breaks a relation that the figures suggest: {check} (support: {support})",
        ),
        "proposed_row": (
            "{row}：与其余各行都有的关系不符：{check}（支持：{support}）",
            "{row}: breaks a relation that the other rows keep: {check} (support: {support})",
        ),
        **STATED,
    },
    what=(
        "checks 中的每一条，逐行（线性的还在合计行上）核对；带 proposed 的是由数推得的，不符时至多是警告。",
        "Every line of checks, row by row, and on the total row where the check is linear; one with proposed was only suggested by the figures and is a warning at most.",
    ),
    why=("起草者知道哪些数必须相符；写下来，就不会再悄悄不符。", "A drafter knows which figures must agree; written down, they cannot drift apart in silence."),
    fix=("看推导，改正数字；检查写错了就改检查。", "Read the derivation and correct the figure, or the check where it is the one that is wrong."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {town: {role: name}, a: x, b: y, c: z}
    rows: [[甲镇, 1, 2, 4]]
checks: [t.a + t.b == t.c]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
tables:
  t:
    columns: {town: {role: name}, a: x, b: y, c: z}
    rows: [[甲镇, 1, 2, 3]]
checks: [t.a + t.b == t.c]
""",
    state=state,
)
