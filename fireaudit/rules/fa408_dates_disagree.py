"""FA408 dates-disagree: Dates of one task disagree."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.findings import Severity
from fireaudit.plan.model import Plan
from fireaudit.rules.base import Rule, Stated, finding, severity_of


def state(plan: Plan) -> Iterator[Stated]:
    for milestone in plan.milestones.values():
        severity = severity_of(milestone.reading, Severity.WARNING)
        for index, dated in enumerate(milestone.stated):
            for other in milestone.stated[:index]:
                if not dated.moment.meets(other.moment):
                    yield finding("FA408", severity, plan, dated.span, at=dated.at, label=milestone.label,
                                  when=dated.text, other=other.text, place=other.at or "—")  # fmt: skip
                    break
        before = plan.milestones.get(milestone.after[0]) if milestone.after else None
        for dated in milestone.stated if before else ():
            assert before is not None
            for other in before.stated:
                last, first = dated.moment.last, other.moment.first
                if last is not None and first is not None and last < first:
                    yield finding("FA408", severity, plan, dated.span, message="order", at=dated.at, label=milestone.label,
                                  when=dated.text, other=other.text, place=other.at or before.label)  # fmt: skip
                    break


RULE = Rule(
    code="FA408",
    name="dates-disagree",
    severity=Severity.WARNING,
    title=("同一任务的时限不一", "Dates of one task disagree"),
    messages={
        "message": ("{label}：此处为 {when}，{place} 为 {other}，不能同真", "{label}: {when} here and {other} at {place} cannot both be true"),
        "order": ("{label}：{when} 早于它所依赖的 {other}（{place}）", "{label}: {when} comes before {other} ({place}), which it follows"),
    },
    what=(
        "同一任务各处的时限须有交集；写明 after 的不得早于前一项。",
        "All stated dates of a task must have a day in common; a task with after must not come before the other.",
    ),
    why=("任务在正文和附表的年份不同，考核时各执一词。", "Two dates for one task leave its assessment open to dispute."),
    fix=("改成一致；若指不同的事，写 because。", "Make them agree; say so where different things are meant."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
milestones:
  m: {label: 建站, stated: [{when: 2022年}, {when: 2024年}]}
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025, jurisdiction: {name: 连州市, code: "441882"}}
milestones:
  m: {label: 建站, stated: [{when: 2022年}, {when: 到2025年}]}
""",
    state=state,
)
