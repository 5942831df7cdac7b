"""What checks each figure is worked out relation by relation; it must be the same as figure by figure."""

from __future__ import annotations

import pytest

from fireaudit.app import Audited, Options, audit_text
from fireaudit.diagnosis import coverage
from fireaudit.diagnosis.coverage import Cover, covered, covers
from fireaudit.diagnosis.network import Network
from tests.hostile.plans import PLANS

CROSSED = """
tables:
  t:
    columns: {k: {role: name}, a: x, b: x, all: x}
    rows: [[r, 1, 2, 3], [s, 3, 4, 7], [u, 约5, 6, 12]]
    total: [合计, 9, 12, 22]
quantities: {f: {stated: [22, 23]}, g: {stated: [1.5]}}
checks: [t.a + t.b == t.all, f == total(t.all), g <= f, f / g == 14.7]
"""


def audited(name: str) -> Audited:
    data = PLANS[name]() if name in PLANS else ("fireaudit: 1\nplan: {title: 例}\n" + CROSSED).encode()
    return audit_text("p.yaml", data, Options())


@pytest.mark.parametrize("name", ["crossed", "shares_of_many", "contradicting_totals", "dense_equations", "many_statements", "odd_denominators"])
def test_both_ways_to_the_cover_of_a_figure_are_one(name: str) -> None:
    plan = audited(name)
    found, alone = covers(Network(plan.plan, plan.outcomes)), Network(plan.plan, plan.outcomes)
    assert found and found == {cell: covered(alone, cell) for cell in plan.plan.cells}


def test_equations_that_meet_in_one_figure_alone_cross_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = audited("crossed")
    found = {name: cover.cover for name, cover in covers(Network(plan.plan, plan.outcomes)).items()}
    assert found['t["r"].a'] is Cover.CROSSED and found["g"] is Cover.BOUNDED
    monkeypatch.setattr(coverage, "MOST_COMPARED", -1)
    assert Cover.CROSSED not in {cover.cover for cover in covers(Network(plan.plan, plan.outcomes)).values()}
