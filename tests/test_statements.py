"""Statements, budgets and yearbook tables as documents: right ones raise nothing, and one figure made wrong is told of."""

from __future__ import annotations

import pytest
from statements import FAULTS, STATEMENTS

from fireaudit.app import Audited, Options, audit
from fireaudit.findings import Finding, Severity


def audited(text: str) -> Audited:
    (found,) = audit(["-"], Options(isolated=True, lang="zh"), text.encode(), "statement.txt").plans
    return found


def told(text: str) -> list[Finding]:
    return [finding for finding in audited(text).findings if finding.severity > Severity.NOTE]


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_right_statement_raises_nothing(name: str) -> None:
    assert [(finding.code, finding.derivation) for finding in told(STATEMENTS[name])] == []


@pytest.mark.parametrize(("name", "line", "right", "wrong"), FAULTS)
def test_a_wrong_figure_is_told_of_by_what_it_breaks(name: str, line: int, right: str, wrong: str) -> None:
    lines = STATEMENTS[name].split("\n")
    assert right in lines[line]
    lines[line] = lines[line].replace(f" {right} |", f" {wrong} |", 1)
    plain = wrong.strip("$()△ -")
    assert any(plain in str(finding.derivation) for finding in told("\n".join(lines)))
