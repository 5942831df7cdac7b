"""FA501 count-of-items: A stated count is not the number of items listed."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.checks.expression import Number, Ref
from fireaudit.checks.relation import Relation
from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, severity_of


def state(plan: Plan) -> Iterator[Stated]:
    for listing in plan.lists.values():
        count = listing.count
        if count is None or count.quantity.missing:
            continue
        op = ">=" if listing.open else "=="
        arguments = {"label": listing.label, "count": count.text, "items": str(len(listing.items))}
        yield Relation("FA501", Ref(count), op, Number(len(listing.items)), count.span, count,
                       severity_of(listing.reading), listing.reading, arguments=arguments, at=listing.at)  # fmt: skip


RULE = Rule(
    code="FA501",
    name="count-of-items",
    severity=Severity.ERROR,
    title=("陈述的个数与列出的项数不符", "A stated count is not the number of items listed"),
    messages={
        "message": ("{label}：称 {count}，列出 {items} 项", "{label}: says {count}, lists {items}"),
    },
    what=(
        "清单的 count 须等于 items 的项数；以“等”结尾的，列出的不多于所称的。",
        "count must equal the number of items; a list that ends in 等 may list fewer.",
    ),
    why=("“五个方面”列了四个，读者会数。", "Readers do count."),
    fix=("改个数或补项；未列全的写 open: true。", "Correct the count or the items; set open: true where the list is not complete."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
lists:
  l: {label: 模块, count: 四个, items: [甲, 乙, 丙]}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
lists:
  l: {label: 模块, count: 四个, items: [甲, 乙, 丙, 等]}
""",
    state=state,
)
