"""Dates as plans print them, in milestones and in the year column of a table."""

from __future__ import annotations

from datetime import date

import pytest

from fireaudit.app import Options, audit_text
from fireaudit.plan.dates import Moment, read_when, read_years


def days(first: tuple[int, int, int] | None, last: tuple[int, int, int]) -> Moment:
    return Moment(date(*first).toordinal() if first else None, date(*last).toordinal())


YEAR_2025 = days((2025, 1, 1), (2025, 12, 31))
PERIOD_14 = days((2021, 1, 1), (2025, 12, 31))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("十四五末", YEAR_2025),
        ("“十四五”末", YEAR_2025),
        ("“十四五”期末", YEAR_2025),
        ("到十四五末", days(None, (2025, 12, 31))),
        ("“十四五”期间", PERIOD_14),
        ("十四五时期", PERIOD_14),
        ("十三五末", days((2020, 1, 1), (2020, 12, 31))),
        ("近期（2021-2025年）", PERIOD_14),
        ("规划期末", days((2035, 1, 1), (2035, 12, 31))),
        ("规划末期", days((2035, 1, 1), (2035, 12, 31))),
        ("到规划期末", days(None, (2035, 12, 31))),
        ("规划期内", days((2026, 1, 1), (2035, 12, 31))),
    ],
)
def test_named_times_are_read(text: str, moment: Moment) -> None:
    assert read_when(text, (2026, 2035)) == moment


@pytest.mark.parametrize("text", ["规划期末", "一五末", "九十九五末", "近期", "近期（明年）", "四五六", "期末", ""])
def test_what_names_no_known_years_is_refused(text: str) -> None:
    assert read_when(text) is None and read_years(text) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("近期（2021-2025年）", (2021, 2025)),
        ("远期(2026—2035年)", (2026, 2035)),
        ("十四五", (2021, 2025)),
        ("十四五末", (2025, 2025)),
        ("2021年", (2021, 2021)),
    ],
)
def test_rows_of_a_schedule(text: str, years: tuple[int, int]) -> None:
    assert read_years(text) == years


def test_a_schedule_with_such_rows_misses_no_year() -> None:
    plan = "fireaudit: 1\nplan: {title: 例, period: 2021-2035}\n"
    plan += "tables: {t: {columns: {y: {role: year}, n: 数}, rows: [[近期（2021-2025年）, 1], [远期（2026-2034年）, 2], [规划期末, 3]]}}\n"
    plan += "milestones: {m: {stated: [{when: 规划期末}, {when: 2035年}]}}\n"
    assert not audit_text("p.yaml", plan.encode(), Options()).findings
