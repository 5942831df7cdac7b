"""FA504 items-of-lists: A list repeats an item, or two lists of the same things differ."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.parse import CheckError
from fireaudit.findings import Severity
from fireaudit.plan.listed import listed
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, finding, severity_of
from fireaudit.rules.fa106_unknown_name import misunderstood


def state(plan: Plan) -> Iterator[Stated]:
    for listing in plan.lists.values():
        severity = severity_of(listing.reading, Severity.WARNING)
        seen: set[str] = set()
        for item, span in listing.items:
            if item in seen:
                yield finding("FA504", severity, plan, span, message="twice", at=listing.at, label=listing.label, item=item)
            seen.add(item)
        if listing.same_as is None:
            continue
        name, span = listing.same_as
        other = plan.lists.get(name)
        if other is None:
            yield misunderstood(plan, span, name, CheckError("unknown", name))
            continue
        there = [item for item, _ in other.items if item not in seen]
        known = {item for item, _ in other.items}
        here = [(item, place) for item, place in listing.items if item not in known]
        if here or there:
            yield finding("FA504", severity, plan, here[0][1] if here else listing.span, message="differ", at=listing.at,
                          label=listing.label, place=other.at or other.label, here=listed(i for i, _ in here) or "—",
                          there=listed(there) or "—")  # fmt: skip


RULE = Rule(
    code="FA504",
    name="items-of-lists",
    severity=Severity.WARNING,
    title=("清单各项重复，或两处所列不同", "A list repeats an item, or two lists of the same things differ"),
    messages={
        "twice": ("{label}：“{item}”列了两次", "{label}: “{item}” is listed twice"),
        "differ": ("{label}：与 {place} 所列不同：此处 {here}，彼处 {there}", "{label}: not what {place} lists: {here} here, {there} there"),
    },
    what=("清单内不得重复；写明 same_as 的两处须列同样的项。", "No item twice; a list with same_as holds the items of the other."),
    why=("同一套东西两处名称不同，是名称没有定稿。", "Two names for one thing mean that the name was never settled."),
    fix=("统一名称。", "Use one name."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
lists:
  l: {label: 模块, count: 3个, items: [甲, 乙, 甲]}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
lists:
  l: {label: 模块, count: 3个, items: [甲, 乙, 丙]}
""",
    state=state,
)
