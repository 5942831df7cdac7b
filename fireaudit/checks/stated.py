"""The checks that a plan states itself, parsed once for all who ask."""

from __future__ import annotations

from functools import lru_cache

from fireaudit.checks.parse import CheckError, Comparison, parse_check
from fireaudit.plan.model import Check, Plan


@lru_cache(maxsize=1)
def stated(plan: Plan) -> tuple[tuple[Check, tuple[Comparison, ...] | CheckError], ...]:
    """Every check of the plan and of its tables, with its comparisons or why it cannot be understood: as many of the latter as may be listed, and one more."""
    found, wrong = [], 0
    for check in (*plan.checks, *(check for table in plan.tables.values() for check in table.checks)):
        found.append((check, _parsed(check, plan)))
        wrong += isinstance(found[-1][1], CheckError)
        if wrong > plan.limits.max_findings:
            break
    return tuple(found)


def _parsed(check: Check, plan: Plan) -> tuple[Comparison, ...] | CheckError:
    try:
        return tuple(parse_check(check.text, plan, check.table))
    except CheckError as error:
        return error
