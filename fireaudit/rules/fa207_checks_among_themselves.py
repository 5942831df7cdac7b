"""FA207 checks-among-themselves: A check repeats, follows from, or contradicts other checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from fireaudit.checks.algebra import System, TooEntangled, Work, linear
from fireaudit.checks.expression import Expression, Fused, Ref, Sum
from fireaudit.checks.identity import identity
from fireaudit.checks.parse import CheckError, Comparison
from fireaudit.checks.relation import Relation
from fireaudit.checks.rounding import as_rounded, whole
from fireaudit.checks.stated import stated
from fireaudit.findings import Severity
from fireaudit.plan.listed import listed
from fireaudit.plan.model import Check, Plan
from fireaudit.plan.source import START
from fireaudit.rules.base import Rule, Stated, finding

MOST_ORIGINS = 40
"""Checks that one was found to come from, of which those that are not needed are looked for."""
FEW = 16
"""Figures that make a comparison a long one: of those there are fewer, and all they name would take much room."""

Parsed = Sequence[tuple[Check, Sequence[Comparison] | CheckError]]


def state(plan: Plan) -> Iterator[Stated]:
    # What was read out of a document or proposed for its figures nobody wrote, and may well say a thing twice.
    parsed: Parsed = [(check, found) for check, found in stated(plan) if not check.proposed and not check.states]
    work = Work()
    among = _Among(work, _named_once(parsed))
    for index, (check, comparisons) in enumerate(parsed):
        if isinstance(comparisons, CheckError):
            continue  # FA106 says so
        try:
            found = among.state(comparisons, index)
            if found is None:
                continue
            kind, origin = found
            others = [parsed[i][0] for i in _needed(work, parsed, comparisons, index, kind, origin)]
        except TooEntangled:
            yield finding("FA006", Severity.NOTE, plan, check.span, message="work", rule="FA207")
            return
        severity = Severity.ERROR if kind == "contradictory" else Severity.NOTE
        if not others:
            kind = "never" if kind == "contradictory" else "always"
        elif kind == "implied" and len(others) == 1 and _plain(others[0]) == _plain(check):
            kind = "twice"
        yield finding("FA207", severity, plan, check.span, message=kind, check=" ".join(check.text.split()),
                      others=listed(f"{' '.join(o.text.split())} ({o.span.line})" for o in others))  # fmt: skip


def _named_once(parsed: Parsed) -> frozenset[str]:
    """The figures of short comparisons that stand in one place of one comparison only."""
    named = [[cell.name for side in (one.left, one.right) for cell in islice(side.cells(), FEW)] for one in _comparisons(parsed)]
    counts = Counter(name for names in named if len(names) < FEW for name in names)
    for one, names in zip(_comparisons(parsed), named, strict=True):
        if len(names) >= FEW:
            counts.update(cell.name for side in (one.left, one.right) for cell in side.cells() if cell.name in counts)
    return frozenset(name for name, count in counts.items() if count == 1)


def _comparisons(parsed: Parsed) -> Iterator[Comparison]:
    return (comparison for _, found in parsed if not isinstance(found, CheckError) for comparison in found)


def _adds(expression: Expression, named: frozenset[str]) -> bool:
    """One of the figures ``named``, or a fact that it states, stands in it as a term of a sum."""
    if isinstance(expression, Sum):
        return any(_adds(term, named) for _, term in expression.terms)
    return isinstance(expression, (Ref, Fused)) and any(cell.name in named for cell in expression.cells())


def _plain(check: Check) -> str:
    return "".join(check.text.split())


def _needed(work: Work, parsed: Parsed, comparisons: Sequence[Comparison], index: int, kind: str, origin: frozenset[int]) -> list[int]:
    """The fewest of the earlier checks that already imply or contradict this one: what can be left out is."""
    needed = sorted(origin - {index})
    for left_out in list(needed) if len(needed) <= MOST_ORIGINS else ():
        rest = [i for i in needed if i != left_out]
        among = _Among(work)
        for i in rest:
            earlier = parsed[i][1]
            if not isinstance(earlier, CheckError):
                among.state(earlier, i)
        if (found := among.state(comparisons, index)) is not None and found[0] == kind:
            needed = rest
    return needed


class _Among:
    """The checks stated so far. One that rounding or a quotient makes inexact follows from none but its like.

    A sum with a figure ``named_once`` can come to anything whatever all others do: it follows from none, and none from it.
    """

    def __init__(self, work: Work, named_once: frozenset[str] = frozenset()) -> None:
        self.system, self.named_once = System(work), named_once
        self.inexact: dict[tuple[str, str, str], int] = {}

    def state(self, comparisons: Sequence[Comparison], index: int) -> tuple[str, frozenset[int]] | None:
        """Contradictory if any of its comparisons is; implied if all of them are."""
        found = [self._one(comparison, index) for comparison in comparisons]
        contradicted = next((origin for kind, origin in found if kind == "contradictory"), None)
        if contradicted is not None:
            return "contradictory", contradicted
        if found and all(kind == "implied" for kind, _ in found):
            return "implied", frozenset().union(*(origin for _, origin in found))
        return None

    def _one(self, comparison: Comparison, index: int) -> tuple[str, frozenset[int]]:
        sides = comparison.left, comparison.right
        if any(_adds(side, self.named_once) for side in sides):
            return "new", frozenset()
        if not all(map(whole, sides)) and as_rounded(comparison.left, comparison.op, comparison.right) != sides:
            first = self.inexact.setdefault(identity(Relation("FA207", comparison.left, comparison.op, comparison.right, START)), index)
            return ("new", frozenset()) if first == index else ("implied", frozenset((first,)))
        left, right = map(linear, sides)
        if left is None or right is None:
            return "new", frozenset()
        return self.system.state(left, comparison.op, right, frozenset((index,)))


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
        "不看数值，只看 checks 中的线性式：两条互相矛盾（错误），一条可由前面的推出、重复、总是成立（提示）。由数推得的（proposed）和从文档读出的（states）不论。",
        "Whatever the figures are: linear checks that contradict each other (an error), that follow from earlier ones, repeat them, or always hold (notes). "
        "Those that were proposed, or read out of a document (states), are left out.",
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
