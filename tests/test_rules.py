"""Every rule: unique, documented, with an example that it alone reports and one that passes."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from fireaudit.app import Options, audit_text
from fireaudit.messages import message_of
from fireaudit.rules import BY_CODE, RULES, evidence
from fireaudit.rules.page import page

DOCS = Path(__file__).parent.parent / "docs" / "rules"
QUIET = {
    "FA004",
    "FA005",
    "FA006",
    *(rule.code for rule in evidence.RULES),
}  # bytes that are no text, faults of the tool, limits, a document beside: tested on their own


def test_means_and_rates_are_not_added_up() -> None:
    text = "fireaudit: 1\nplan: {title: 例}\ntables: {t: {columns: {town: {role: name}, n: 人均面积}, rows: [[甲, 3], [乙, 5]], total: [合计, 4]}}\n"
    assert audit_text("plan.yaml", text.encode(), Options()).findings == ()
    summed = text.replace("n: 人均面积", "n: {label: 人均面积, aggregate: sum}")
    assert [f.code for f in audit_text("plan.yaml", summed.encode(), Options()).findings] == ["FA201"]


@pytest.mark.parametrize("order", list(itertools.permutations(["不少于15万人次", "150万人次", "15.07万人次"])))
def test_no_order_of_statements_hides_a_contradiction(order: tuple[str, ...]) -> None:
    scope = {"150万人次": "甲"}
    stated = ", ".join(f"{{text: {text}, scope: {scope.get(text, '乙')}}}" for text in order)
    text = f"fireaudit: 1\nplan: {{title: 例}}\nquantities: {{a: {{stated: [{stated}]}}}}\n"
    found = audit_text("plan.yaml", text.encode(), Options()).findings
    assert [(f.code, f.severity.word) for f in found] == [("FA301", "warning")]


def test_codes_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES) == len(BY_CODE)
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", [r for r in RULES if r.code not in QUIET], ids=lambda r: r.code)
def test_failing_example_is_reported_and_isolated(rule: object) -> None:
    from fireaudit.rules.base import Rule

    assert isinstance(rule, Rule)
    found = audit_text("example.yaml", rule.fails.encode(), Options(rule.code == "FA901", rule.code == "FA902")).findings
    codes = {finding.code for finding in found}
    assert rule.code in codes, found
    # A broken file may miss what the broken part held; nothing else may be reported.
    allowed = {rule.code, "FA103", "FA102", "FA101"} if rule.code < "FA110" else {rule.code}
    if rule.code == "FA903":
        allowed.add("FA301")  # what was accepted counts again
    assert codes <= allowed, [(f.code, f.arguments) for f in found]
    for finding in found:
        assert message_of(finding, "zh") and message_of(finding, "en")
        assert message_of(finding, "zh") != message_of(finding, "en")


@pytest.mark.parametrize("rule", [r for r in RULES if r.passes], ids=lambda r: r.code)
def test_passing_example_is_clean(rule: object) -> None:
    from fireaudit.rules.base import Rule

    assert isinstance(rule, Rule)
    found = audit_text("example.yaml", rule.passes.encode(), Options()).findings
    assert [f for f in found if f.code == rule.code and f.severity.word != "note"] == []
    assert [f for f in found if f.severity.word == "error"] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rule_pages_are_generated(rule: object, lang: str) -> None:
    from fireaudit.rules.base import Rule

    assert isinstance(rule, Rule)
    assert (DOCS / lang / f"{rule.code}.md").read_text(encoding="utf-8") == page(rule, lang)
