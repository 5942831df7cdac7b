"""What a plan states already, and what follows from it: neither is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from fireaudit.checks.algebra import Linear, System, TooEntangled, Work, linear
from fireaudit.checks.parse import CheckError, parse_expression
from fireaudit.checks.relation import Relation
from fireaudit.plan.model import Plan
from fireaudit.rules import RULES
from fireaudit.telling import Allowance

NEAR = 60
"""Equations around a figure that are looked at, and the terms they may have."""
MOST_ROWS = 500
MOST_WORK = 600_000
"""Coefficients that are gone through, for all of a plan, to tell what is new from what follows."""


class Known:
    """Equations by the figures in them. A fact is one figure, however often it is stated."""

    def __init__(self, plan: Plan) -> None:
        self.names = _names(plan)
        self.work = Work(MOST_WORK)
        self.by_figure: dict[str, list[Linear]] = {}
        self.others: set[tuple[str, ...]] = set()
        derived = replace(plan, facts={name: fact for name, fact in plan.facts.items() if any(s.cell is None for s in fact.statements)})
        allowance = Allowance(plan.limits)  # as far as an audit goes, too
        for rule in RULES:
            # Figures that state one fact are one figure here: what FA301 says of them is nothing new.
            stated = rule.state(derived if rule.code == "FA301" else plan) if rule.state is not None else iter(())
            for one in allowance.stated(plan.path, rule.code, stated):
                if isinstance(one, Relation) and one.op == "==":
                    self.add(one)

    def add_all(self, relations: Sequence[Relation]) -> None:
        """Of a long column, the rows that are looked at again and the first few hundred."""
        picked = _picked(len(relations)) | set(range(min(len(relations), MOST_ROWS)))
        for index in sorted(picked):
            self.add(relations[index])

    def add(self, relation: Relation) -> None:
        form = self._form(relation)
        if form is None:
            self.others.add(self._figures(relation))
            return
        for name in form:
            self.by_figure.setdefault(name, []).append(form)

    def implies(self, relations: Sequence[Relation]) -> bool:
        """Whether all of some of these relations follow from what is known."""
        return all(self._implies(relations[index]) for index in sorted(_picked(len(relations))))

    def _implies(self, relation: Relation) -> bool:
        form = self._form(relation)
        if form is None or relation.op != "==":
            return relation.op == "==" and self._figures(relation) in self.others
        system = System(self.work)
        try:
            for number, near in enumerate(self._near(form)):
                system.state(near, "==", {}, frozenset((number,)))
            return system.state(form, "==", {}, frozenset())[0] == "implied"
        except TooEntangled:  # where so much is known, nothing more is worth proposing
            return True

    def _near(self, form: Linear) -> list[Linear]:
        """The equations that share figures with this one, and those that share figures with them."""
        found: dict[int, Linear] = {}
        names: Iterable[str] = form
        for _ in range(2):
            reached = [near for name in names for near in self.by_figure.get(name, ())[:NEAR]]
            found.update((id(near), near) for near in reached[: 2 * NEAR])
            names = [name for near in reached[:NEAR] for name in list(near)[:NEAR]]
        return list(found.values())[: 2 * NEAR]

    def _form(self, relation: Relation) -> Linear | None:
        left, right = linear(relation.left), linear(relation.right)
        if left is None or right is None:
            return None
        form: Linear = {}
        for side, sign in ((left, 1), (right, -1)):
            for name, factor in side.items():
                known = self.names.get(name, name)
                form[known] = form.get(known, Fraction(0)) + sign * factor
        return {name: factor for name, factor in form.items() if factor}

    def _figures(self, relation: Relation) -> tuple[str, ...]:
        return tuple(sorted({self.names.get(name, name) for name in relation.cells()}))


def _picked(count: int) -> set[int]:
    """The first, a middle and the last one."""
    return {0, count // 2, count - 1}


def _names(plan: Plan) -> dict[str, str]:
    """What stands for a fact in an equation, all its statements or any one, and the name of the fact."""
    names: dict[str, str] = {}
    for fact in plan.facts.values():
        names.update((statement.cell.name, fact.name) for statement in fact.statements if statement.cell is not None)
        try:
            form = linear(parse_expression(fact.name, plan))
        except CheckError:
            continue
        if form is not None and len(form) == 1:
            names.update((name, fact.name) for name in form if name)
    return names
