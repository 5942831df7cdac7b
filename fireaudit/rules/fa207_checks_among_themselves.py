"""FA207 checks-among-themselves: A check repeats, follows from, or contradicts other checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fireaudit.checks.algebra import System, linear
from fireaudit.checks.parse import CheckError, Comparison
from fireaudit.checks.stated import stated
from fireaudit.findings import Severity
from fireaudit.plan.listed import listed
from fireaudit.plan.model import Check, Plan
from fireaudit.rules.base import Rule, Stated, finding


def state(plan: Plan) -> Iterator[Stated]:
    checks = [check for check, _ in stated(plan)]
    system = System()
    for index, (check, comparisons) in enumerate(stated(plan)):
        if isinstance(comparisons, CheckError):
            continue  # FA106 says so
        found = _among(system, comparisons, index)
        if found is None:
            continue
        kind, origin = found
        others = [checks[i] for i in sorted(origin - {index})]
        severity = Severity.ERROR if kind == "contradictory" else Severity.NOTE
        if not others:
            kind = "never" if kind == "contradictory" else "always"
        elif kind == "implied" and len(others) == 1 and _plain(others[0]) == _plain(check):
            kind = "twice"
        yield finding("FA207", severity, plan, check.span, message=kind, check=" ".join(check.text.split()),
                      others=listed(f"{' '.join(o.text.split())} ({o.span.line})" for o in others))  # fmt: skip


def _plain(check: Check) -> str:
    return "".join(check.text.split())


def _among(system: System, comparisons: Sequence[Comparison], index: int) -> tuple[str, frozenset[int]] | None:
    """Contradictory if any of its comparisons is; implied if all of them are."""
    implied: list[frozenset[int]] = []
    contradicted: frozenset[int] | None = None
    for comparison in comparisons:
        left, right = linear(comparison.left), linear(comparison.right)
        if left is None or right is None:
            continue
        kind, origin = system.state(left, comparison.op, right, index)
        if kind == "contradictory" and contradicted is None:
            contradicted = origin
        if kind == "implied":
            implied.append(origin)
    if contradicted is not None:
        return "contradictory", contradicted
    if comparisons and len(implied) == len(comparisons):
        return "implied", frozenset().union(*implied)
    return None


RULE = Rule(
    code="FA207",
    name="checks-among-themselves",
    severity=Severity.ERROR,
    title=("检查之间重复、多余或矛盾", "A check repeats, follows from, or contradicts other checks"),
    messages={
        "contradictory": ("检查“{check}”与 {others} 不能同真，不论数是多少", "the check “{check}” cannot hold together with {others}, whatever the figures"),
        "implied": ("检查“{check}”可由 {others} 推出，是多余的", "the check “{check}” follows from {others} and adds nothing"),
        "twice": ("检查“{check}”写了两次：{others}", "the check “{check}” is stated twice: {others}"),
        "always": ("检查“{check}”总是成立，什么也没有核对", "the check “{check}” always holds and checks nothing"),
        "never": ("检查“{check}”永不成立", "the check “{check}” can never hold"),
    },
    what=(
        "不看数值，只看 checks 中的线性式：两条互相矛盾（错误），一条可由前面的推出、重复、总是成立（提示）。",
        "Whatever the figures are: linear checks that contradict each other (an error), that follow from earlier ones, repeat them, or always hold (notes).",
    ),
    why=("写错的检查会冤枉正确的数，或者什么也不查。", "A wrong check accuses a right figure, or checks nothing at all."),
    fix=("改正或删去其中一条。", "Correct or drop one of them."),
    fails="""fireaudit: 1
plan: {title: 例, period: 2021-2025}
quantities:
  a: {label: 甲, stated: [不少于10个]}
  b: {label: 乙, stated: [不少于10个]}
checks: [a == b, a == b + 1]
""",
    passes="""fireaudit: 1
plan: {title: 例, period: 2021-2025}
quantities:
  a: {label: 甲, stated: [不少于10个]}
  b: {label: 乙, stated: [不少于10个]}
checks: [a == b, a >= 1]
""",
    state=state,
)
