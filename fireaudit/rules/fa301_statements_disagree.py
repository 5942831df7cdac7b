"""FA301 statements-disagree: Statements of one quantity disagree."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import Expression, Ref
from fireaudit.checks.parse import CheckError, parse_expression
from fireaudit.checks.relation import Relation
from fireaudit.checks.rounding import together
from fireaudit.findings import Severity
from fireaudit.plan.model import Fact, Plan, Statement
from fireaudit.rules.base import Rule, Stated
from fireaudit.rules.fa106_unknown_name import misunderstood


def state(plan: Plan) -> Iterator[Stated]:
    for fact in plan.facts.values():
        known: list[tuple[Statement, Expression]] = []
        for statement in fact.statements:
            try:
                known.append((statement, _expression(fact.name, statement, plan)))
            except CheckError as error:
                yield misunderstood(plan, statement.span, statement.expression or "", error)
        yield from _pairs(fact, known)


def _expression(name: str, statement: Statement, plan: Plan) -> Expression:
    return Ref(statement.cell) if statement.cell else parse_expression(statement.expression or "", plan, (name,))


def _pairs(fact: Fact, known: list[tuple[Statement, Expression]]) -> Iterator[Relation]:
    """Each statement against all earlier ones of its scope together, then each scope against all earlier scopes.

    Intervals on a line share a point exactly if each two of them do, so nothing escapes, and one odd statement among
    many is reported once.
    """
    scopes: dict[str, list[tuple[Statement, Expression]]] = {}
    for pair in known:
        group = scopes.setdefault(pair[0].scope, [])
        if group:
            yield _relation(fact, [pair], group, Severity.ERROR)
        group.append(pair)
    groups = list(scopes.values())
    for index, group in enumerate(groups[1:], 1):
        yield _relation(fact, group, [pair for other in groups[:index] for pair in other], Severity.WARNING)


def _relation(fact: Fact, these: list[tuple[Statement, Expression]], those: list[tuple[Statement, Expression]], default: Severity) -> Relation:
    own = {"warning": Severity.WARNING, "note": Severity.NOTE}.get(fact.reading.severity or "", default)
    focus = next((s.cell for s, _ in (*these, *those) if s.cell is not None), None)
    scopes = " / ".join(dict.fromkeys(s.scope or "—" for s, _ in (*those, *these)))
    message = "message" if default is Severity.ERROR else "scope"
    arguments = {"label": fact.label, "scopes": scopes}
    first = these[0][0]
    return Relation("FA301", _together(these), "==", _together(those), first.span, focus, own, fact.reading, message, arguments, first.at)


def _together(pairs: list[tuple[Statement, Expression]]) -> Expression:
    return pairs[0][1] if len(pairs) == 1 else together(tuple(expression for _, expression in pairs))


RULE = Rule(
    code="FA301",
    name="statements-disagree",
    severity=Severity.ERROR,
    title=("同一数前后不一", "Statements of one quantity disagree"),
    messages={
        "message": ("{label}：与别处所述不一", "{label}: stated differently elsewhere"),
        "scope": ("{label}：与别处所述不一（口径：{scopes}）", "{label}: stated differently elsewhere (scopes: {scopes})"),
    },
    what=(
        "同一项事实在正文、表、附件中的各处陈述须能同真；约数、取整按其容许范围比较，单位不同也比较。",
        "All statements of a fact must be able to be true together, across units; hedged and rounded figures within what they allow.",
    ),
    why=("同一数在不同章节出现两个值，读者不知信谁。", "Two values for one fact leave the reader not knowing which to trust."),
    fix=("改成一致；若口径不同，给各处写 scope。", "Make them agree; where the scopes differ, give the statements a scope."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  a: {label: 新增消火栓, stated: [{text: 190个, at: 一}, {text: 200个, at: 二}]}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
quantities:
  a: {label: 新增消火栓, stated: [{text: 约190个, at: 一}, {text: 200个, at: 二}]}
""",
    state=state,
)
