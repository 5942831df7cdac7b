"""The checks that a plan states itself, parsed once for all who ask."""

from __future__ import annotations

from functools import lru_cache

from fireaudit.checks.parse import CheckError, Comparison, parse_check
from fireaudit.plan.model import Check, Plan


@lru_cache(maxsize=1)
def stated(plan: Plan) -> tuple[tuple[Check, tuple[Comparison, ...] | CheckError], ...]:
    """Every check of the plan and of its tables, with its comparisons or why it cannot be understood."""
    checks = [*plan.checks, *(check for table in plan.tables.values() for check in table.checks)]
    return tuple((check, _parsed(check, plan)) for check in checks)


def _parsed(check: Check, plan: Plan) -> tuple[Comparison, ...] | CheckError:
    try:
        return tuple(parse_check(check.text, plan, check.table))
    except CheckError as error:
        return error
