"""FA301 statements-disagree: Statements of one quantity disagree."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import Expression, Ref, UnitClash
from fireaudit.checks.parse import CheckError, parse_expression
from fireaudit.checks.relation import Relation
from fireaudit.checks.rounding import together
from fireaudit.findings import Severity
from fireaudit.plan.model import Fact, Plan, Statement
from fireaudit.quantity import Exact, Interval
from fireaudit.quantity.interval import high_key, low_key
from fireaudit.rules.base import Rule, Stated
from fireaudit.rules.fa106_unknown_name import misunderstood

Key = tuple[int, Exact, int]
Stating = tuple[Statement, Expression]
MANY = 64
"""Statements of one fact that are all held against each other."""


def state(plan: Plan) -> Iterator[Stated]:
    for fact in plan.facts.values():
        known: list[Stating] = []
        for statement in fact.statements:
            try:
                known.append((statement, _expression(fact.name, statement, plan)))
            except CheckError as error:
                yield misunderstood(plan, statement.span, statement.expression or "", error)
        yield from _pairs(fact, known)


def _expression(name: str, statement: Statement, plan: Plan) -> Expression:
    return Ref(statement.cell) if statement.cell else parse_expression(statement.expression or "", plan, (name,))


def _pairs(fact: Fact, known: list[Stating]) -> Iterator[Relation]:
    """Each statement against all earlier ones of its scope together, then each scope against all earlier scopes.

    Intervals on a line share a point exactly if each two of them do, so nothing escapes, and one odd statement among
    many is reported once.
    """
    scopes: dict[str, _Stated] = {}
    for pair in known:
        scope = pair[0].scope
        group = scopes[scope] = scopes.get(scope) or _Stated()
        if not group.repeats(pair):
            if group.all:
                yield _relation(fact, [pair], group.together(), Severity.ERROR)
            group.add(pair)
    groups = list(scopes.values())
    for group in groups:
        for first, repeated in group.repeated():
            yield _relation(fact, repeated, [first], Severity.ERROR)
    if len(groups) < 2:
        return
    earlier = _Stated()
    for group in groups:
        if earlier.all:
            yield _relation(fact, group.together(), earlier.together(), Severity.WARNING)
        for pair in group.all:
            earlier.add(pair)


class _Stated:
    """Statements, as further ones are held against them.

    So that very many of them take no more work than they are: beyond ``MANY``, what states the same is held together
    against the first that does; and of more than ``MANY`` that differ, only the two that leave others least room count.
    """

    def __init__(self) -> None:
        self.all: list[Stating] = []
        self._again: dict[object, list[Stating]] = {}
        self._different: dict[object, Stating] = {}
        self._highest: tuple[Key, Stating] | None = None
        self._lowest: tuple[Key, Stating] | None = None

    def add(self, pair: Stating) -> None:
        self.all.append(pair)
        if len(self.all) >= MANY:
            for one in self.all if len(self.all) == MANY else (pair,):
                self._weigh(one)

    def _weigh(self, pair: Stating) -> None:
        """What it says beside the others, which matters only where they are many."""
        self._different.setdefault(_says(pair), pair)
        interval = _interval(pair[1])
        if interval is not None:
            above, below = low_key(interval)[0], high_key(interval)[0]
            if self._highest is None or above > self._highest[0]:
                self._highest = above, pair
            if self._lowest is None or below < self._lowest[0]:
                self._lowest = below, pair

    def repeats(self, pair: Stating) -> bool:
        """Whether it says only what one of many has said; it is kept to be held against that one."""
        if len(self.all) < MANY or (says := _says(pair)) not in self._different:
            return False
        self._again.setdefault(says, []).append(pair)
        return True

    def repeated(self) -> Iterator[tuple[Stating, list[Stating]]]:
        """The first that says something, and so many at a time that say it again."""
        for says, pairs in self._again.items():
            for start in range(0, len(pairs), MANY):
                yield self._different[says], pairs[start : start + MANY]

    def together(self) -> list[Stating]:
        if len(self.all) <= MANY:
            return self.all
        if len(self._different) <= MANY or self._highest is None or self._lowest is None:
            return list(self._different.values())[:MANY]
        return [self._highest[1], self._lowest[1]] if self._highest[1] is not self._lowest[1] else [self._highest[1]]


def _interval(expression: Expression) -> Interval | None:
    """What a statement allows, one that is worked out too."""
    try:
        return expression.evaluate().interval
    except UnitClash:
        return None


def _says(pair: Stating) -> object:
    """The same for statements that print the same figure."""
    cell = pair[0].cell
    return id(pair[1]) if cell is None else (cell.quantity.interval, cell.quantity.unit.dimension, cell.quantity.step, cell.quantity.nominal)


def _relation(fact: Fact, these: list[Stating], those: list[Stating], default: Severity) -> Relation:
    own = {"warning": Severity.WARNING, "note": Severity.NOTE}.get(fact.reading.severity or "", default)
    focus = next((s.cell for s, _ in (*these, *those) if s.cell is not None), None)
    scopes = " / ".join(dict.fromkeys(s.scope or "—" for s, _ in (*those, *these)))
    message = "message" if default is Severity.ERROR else "scope"
    arguments = {"label": fact.label, "scopes": scopes}
    first = these[0][0]
    return Relation("FA301", _together(these), "==", _together(those), first.span, focus, own, fact.reading, message, arguments, first.at)


def _together(pairs: list[Stating]) -> Expression:
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
