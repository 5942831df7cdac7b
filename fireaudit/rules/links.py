"""Relations that a quantity states of others: part_of, new_in, sum_of."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import add
from fireaudit.checks.parse import CheckError, parse_expression
from fireaudit.checks.relation import Relation
from fireaudit.plan.listed import listed
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Stated, severity_of
from fireaudit.rules.fa106_unknown_name import misunderstood


def linked(plan: Plan, code: str, kind: str, op: str) -> Iterator[Stated]:
    """``fact op sum of those it names under kind``, for every quantity that has such a link."""
    for fact in plan.facts.values():
        links = fact.links.get(kind, ())
        if not links:
            continue
        try:
            parts = [parse_expression(text, plan) for text, _ in links]
            whole = parse_expression(fact.name, plan)
        except CheckError as error:
            yield misunderstood(plan, links[0][1], listed(text for text, _ in links), error)
            continue
        named = listed(plan.facts[text].label if text in plan.facts else text for text, _ in links)
        arguments = {"label": fact.label, "of": named}
        focus = next(whole.cells(), None)
        right = parts[0] if len(parts) == 1 else add(*parts)
        at = focus.at if focus else ""
        yield Relation(code, whole, op, right, fact.span, focus, severity_of(fact.reading), fact.reading, kind, arguments, at)
