"""FA603 two-spellings: One name spelled two ways, perhaps."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.plan.mentions import mentions
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, finding

LONGEST = 60
"""What is longer is no name."""


def state(plan: Plan) -> Iterator[Stated]:
    official = set(plan.official or ()) | set(plan.extra_names)
    seen: dict[str, int] = {}
    alike: dict[tuple[int, str], list[str]] = {}
    for text in mentions(plan):
        name = text.text
        if name in seen or not 3 <= len(name) <= LONGEST:
            continue
        without = [(index, name[:index] + name[index + 1 :]) for index in range(len(name))]
        for other in sorted((other for key in without for other in alike.get(key, ())), key=seen.__getitem__):
            if not (name in official and other in official):
                yield finding("FA603", Severity.NOTE, plan, text.span, at=text.at, name=name, other=other)
        seen[name] = len(seen)
        for key in without:
            alike.setdefault(key, []).append(name)


RULE = Rule(
    code="FA603",
    name="two-spellings",
    severity=Severity.NOTE,
    title=("疑为同名异写", "One name spelled two ways, perhaps"),
    messages={
        "message": ("“{name}”与“{other}”疑为同一处的两种写法", "“{name}” and “{other}” may be one place spelled two ways"),
    },
    what=("只差一个字、又不都在官方名单中的两个名称。", "Two names one character apart that are not both official."),
    why=("同一处写成两样，统计时会算成两处。", "One place spelled two ways counts as two."),
    fix=("统一写法。", "Use one spelling."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025}
names: [{name: 高步镇}, {name: 高埗镇}]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025}
names: [{name: 九陂镇}, {name: 保安镇}]
""",
    state=state,
)
