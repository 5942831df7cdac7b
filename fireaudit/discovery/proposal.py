"""A proposal: checks ready to paste, and how the figures of the plan bear them out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from fireaudit.checks.expression import Ref
from fireaudit.checks.parse import CheckError, parse_check
from fireaudit.checks.relation import Outcome, Relation, Verdict, decide
from fireaudit.discovery.chance import misses_allowed
from fireaudit.discovery.grid import NO_SUM
from fireaudit.findings import Severity
from fireaudit.plan.model import Cell, Plan, Row, Table
from fireaudit.plan.source import START

KINDS = (
    "total_row", "rows", "total_column", "columns", "product", "ratio", "growth", "share", "cumulative", "difference", "by_year", "part", "part_row",
    "stated_total", "restated", "twice", "sum_of", "text",
)  # fmt: skip
"""In the order they are shown in; each has a name in ``words/suggest.py``."""


@dataclass(frozen=True)
class Proposal:
    """``checks`` belong into the checks of ``table``, or of the plan where there is none; ``bits`` is the evidence."""

    kind: str
    checks: tuple[str, ...]
    table: str | None
    bits: int
    outcomes: tuple[Outcome, ...]

    @cached_property
    def assessed(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.verdict is not Verdict.NOT_ASSESSABLE)

    @cached_property
    def broken(self) -> tuple[Outcome, ...]:
        """The rows that do not fit: each a finding about that row, a warning at most."""
        return tuple(outcome for outcome in self.assessed if outcome.verdict is Verdict.VIOLATED)

    @property
    def held(self) -> int:
        return len(self.assessed) - len(self.broken)

    @property
    def rounded(self) -> int:
        """How many hold only as the printed figures are rounded or hedged."""
        return sum(outcome.verdict is Verdict.POSSIBLE for outcome in self.assessed)

    @property
    def support(self) -> str:
        """``33/34``: how many of those that could be assessed hold."""
        return f"{self.held}/{len(self.assessed)}"

    def cells(self) -> set[str]:
        return {name for outcome in self.outcomes for name in outcome.relation.cells()}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation worth stating, before it is decided."""

    kind: str
    checks: tuple[str, ...]
    table: str | None
    bits: int
    order: tuple[int, ...] = ()


def proposal(plan: Plan, candidate: Candidate) -> Proposal | None:
    """The candidate with its verdicts; ``None`` where the check language cannot say it, or nothing could be assessed."""
    outcomes: list[Outcome] = []
    for check in candidate.checks:
        try:
            outcomes += [decide(relation) for relation in relations(plan, check, candidate.table)]
        except CheckError:
            return None
    if any(outcome.clash is not None for outcome in outcomes):
        return None
    made = Proposal(candidate.kind, candidate.checks, candidate.table, candidate.bits, tuple(outcomes))
    return made if made.held and len(made.broken) <= max(1, misses_allowed(len(made.assessed))) else None


def relations(plan: Plan, check: str, table: str | None) -> list[Relation]:
    found = []
    for comparison in parse_check(check, plan, table):
        focus = next((side.cell for side in (comparison.left, comparison.right) if isinstance(side, Ref)), None)
        arguments = {"check": check, "row": comparison.row or "", "label": focus.label if focus else ""}
        found.append(Relation("FA203", comparison.left, comparison.op, comparison.right, focus.span if focus else START, focus, Severity.WARNING,
                              message="row" if comparison.row else "message", arguments=arguments))  # fmt: skip
    return found


def aggregate(relation: Relation) -> tuple[list[Cell], list[Cell]]:
    """The figure that stands alone, and those it is made of."""
    left, right = list(relation.left.cells()), list(relation.right.cells())
    return (left, right) if isinstance(relation.left, Ref) or not isinstance(relation.right, Ref) else (right, left)


def in_order(plan: Plan, found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """By table, and each kind in its turn."""
    tables = {name: number for number, name in enumerate(plan.tables)}
    return tuple(sorted(found, key=lambda p: (tables.get(p.table or "", len(tables)), KINDS.index(p.kind), p.outcomes[0].relation.span)))


def keys(rows: Sequence[Row]) -> list[str]:
    """What stands between brackets for each row: its key, and which of several of that name."""
    often, seen = Counter(row.key for row in rows), Counter[str]()
    found = []
    for row in rows:
        seen[row.key] += 1
        found.append(json.dumps(row.key, ensure_ascii=False) + (f", {seen[row.key]}" if often[row.key] > 1 else ""))
    return found


def bound(key: str) -> str:
    """The same as an end of a slice."""
    return f"({key})" if key.endswith(tuple("0123456789")) else key


def throughout(table: Table, write: Callable[[Callable[[str], str]], str], linear: bool, without: Callable[[Row], bool] = lambda _: False) -> tuple[str, ...]:
    """A relation between columns as checks: of the plain rows together, then of each other row; of each by itself where there are rows
    ``without`` it. ``write`` puts it with what names a column there; a ``linear`` one holds on the total row by itself."""
    together = not any(without(row) for row in table.plain_rows())
    named = zip(table.rows, keys(table.rows), strict=True)
    others = [key for row, key in named if not (row.kind == "plain" and together) and not NO_SUM.search(row.key) and not without(row)]
    checks = [write(lambda column: column)] if table.plain_rows() and together else []
    checks += [write(partial(_cell, table, key)) for key in others]
    return (*checks, *([write(lambda column: f"total({column})")] if table.total and not linear and not without(table.total) else []))


def _cell(table: Table, key: str, column: str) -> str:
    return f"{table.name}[{key}].{column}"


_BARE = re.compile(r"[^\W\d][\w .()+*/-]*(?:(?:==|<=|>=|<|>) [\w .()+*/-]+)+")


def yaml(check: str) -> str:
    """The check as a YAML scalar."""
    return check if _BARE.fullmatch(check) else "'" + check.replace("'", "''") + "'"
