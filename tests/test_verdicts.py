"""Verdicts do not depend on how a check is written, and what nobody can tell is never an error."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fireaudit.app import Audit, Audited, Options, audit_text
from fireaudit.checks.relation import Verdict, decide
from fireaudit.messages import because_of
from fireaudit.quantity import read_figure
from fireaudit.reports.text import render

Auditing = Callable[[str], Audited]
HEAD = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n"


def verdicts(stated: dict[str, str], *checks: str) -> list[str]:
    """The verdict on each check, over quantities stated so."""
    body = "quantities:\n" + "".join(f"  {name}: {{stated: ['{text}']}}\n" for name, text in stated.items())
    lines = "".join(f'  - "{check}"\n' for check in checks)
    audited = audit_text("p", f"{HEAD}{body}checks:\n{lines}".encode(), Options())
    return [outcome.verdict.value for outcome in audited.outcomes if outcome.relation.code == "FA203"]


def statements(*texts: str) -> list[str]:
    """The verdicts on several statements of one quantity."""
    listed = ", ".join(f"'{text}'" for text in texts)
    audited = audit_text("p", f"{HEAD}quantities:\n  a: {{stated: [{listed}]}}\n".encode(), Options())
    return [outcome.verdict.value for outcome in audited.outcomes]


# --- what was rounded when it was printed ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "checks"),
    [
        (
            {"y": "823起", "x": "915起", "d": "下降10%"},
            ("y == x * (1 + d)", "y / x - 1 == d", "y / x == 1 + d", "x * (1 + d) == y", "y - x == x * d", "(y - x) / x == d"),
        ),
        ({"old": "5590人", "all": "12345人", "s": "45%"}, ("old == all * s", "old / all == s", "all == old / s", "s * all == old")),
        ({"a": "33%", "b": "33%", "c": "33%"}, ("a + b + c == '100%'", "a + b + c == 1", "1 - a - b == c", "a == 1 - b - c")),
        ({"s": "88%", "n": "123个", "g": "1000人"}, ("s + n / g == 1", "s == 1 - n / g", "n / g == 1 - s", "1 - s == n / g")),
        ({"p": "1000000人", "a": "123个"}, ("p / a == '8130'", "'8130' == p / a")),
        ({"t": "33个", "m": "7个"}, ("m == t / 5", "t / 5 == m")),
        ({"t": "301个", "a": "100.4个", "b": "200.4个"}, ("t == a + b", "a + b == t")),
        ({"n": "37人", "k": "35人"}, ("n == k * 1.05", "k * 1.05 == n")),
        ({"p": "每10万人12个", "a": "123个", "m": "1000000人"}, ("p == a / m",)),
    ],
)
def test_rounding_does_not_depend_on_how_a_check_is_written(stated: dict[str, str], checks: tuple[str, ...]) -> None:
    assert verdicts(stated, *checks) == ["possible"] * len(checks)


@pytest.mark.parametrize(
    ("stated", "checks"),
    [
        ({"a": "15个", "b": "16个"}, ("a == b", "b == a", "a - b == 0")),
        ({"a": "45%", "b": "46%"}, ("a == b", "a - b == 0")),
        ({"y": "25个", "a": "123个"}, ("y * 5 == a", "a == 5 * y")),
        ({"y": "821起", "x": "915起", "d": "下降11%"}, ("y == x * (1 + d)", "y / x - 1 == d", "y / x == 1 + d")),
        ({"a": "30%", "b": "33%", "c": "33%"}, ("a + b + c == 1", "a == 1 - b - c")),
        ({"a": "3个", "b": "4个", "c": "8个"}, ("a + b == c",)),
        ({"a": "三分之一", "b": "45%"}, ("a == b",)),
        ({"a": "1:3", "b": "34%"}, ("a == b",)),
        ({"p": "1000000人", "a": "123个"}, ("p / a == '8131'", "p / a == 8130")),
        ({"s": "45%", "old": "5590人", "all": "12345人"}, ("old <= all * s",)),
    ],
)
def test_what_rounding_cannot_explain_stays_violated(stated: dict[str, str], checks: tuple[str, ...]) -> None:
    assert verdicts(stated, *checks) == ["violated"] * len(checks)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("45%", "45.3%"), ["possible"]),
        (("45%", "45.6%"), ["violated"]),
        (("三分之一", "33%"), ["possible"]),
        (("1:3", "33%"), ["possible"]),
        (("100亩", "66667平方米"), ["possible"]),
        (("100亩", "68000平方米"), ["violated"]),
        (("84个", "85个"), ["violated"]),
        (("45%", "45.3%", "45.5%"), ["possible", "violated"]),
        (("80%", "80"), ["exact"]),
        (("80%", "81"), ["violated"]),
        (("80%", "0.8"), ["not_assessable"]),
        (("3个", "3"), ["exact"]),
        (("1个月", "30天"), ["not_assessable"]),
        (("1年", "12个月"), ["possible"]),
    ],
)
def test_statements_of_one_quantity(texts: tuple[str, ...], expected: list[str]) -> None:
    assert statements(*texts) == expected


def test_what_is_declared_exact_is_not_rounded() -> None:
    body = "quantities:\n  a: {rounding: exact, stated: ['45%']}\n  b: {stated: ['45.3%']}\nchecks: [a == b]\n"
    audited = audit_text("p", (HEAD + body).encode(), Options())
    assert [outcome.verdict for outcome in audited.outcomes] == [Verdict.VIOLATED]


def test_months_against_days_are_told_when_asked_for() -> None:
    data = f"{HEAD}quantities:\n  a: {{stated: [1个月, 30天]}}\n".encode()
    assert audit_text("p", data, Options()).findings == ()
    (found,) = audit_text("p", data, Options(unassessed=True)).findings
    assert (found.code, found.message, found.severity.word) == ("FA902", "calendar", "note")


def test_a_fact_with_contradicting_statements_is_one_of_them() -> None:
    stated = "quantities:\n  a: {stated: [60个, 62个]}\n  b: {stated: [61个]}\n  c: {stated: [62个]}\nchecks: [a == b, a == c, a <= b, b + 0 == a]\n"
    audited = audit_text("p", (HEAD + stated).encode(), Options())
    assert [o.verdict.value for o in audited.outcomes if o.relation.code == "FA203"] == ["violated", "possible", "possible", "violated"]


def test_many_torn_facts_are_still_decided() -> None:
    names = [f"q{i}" for i in range(8)]
    body = "quantities:\n" + "".join(f"  {name}: {{stated: [1个, 3个]}}\n" for name in names)
    audited = audit_text("p", f"{HEAD}{body}checks: ['{' + '.join(names)} == 100', '{' + '.join(names)} == 9']\n".encode(), Options())
    sums = [outcome for outcome in audited.outcomes if outcome.relation.code == "FA203"]
    assert [outcome.verdict.value for outcome in sums] == ["violated", "possible"]
    assert decide(sums[0].relation, {name: read_figure("50个") for name in sums[0].relation.cells()}).verdict is Verdict.VIOLATED


# --- parts that overlap, bare figures -------------------------------------------------------------------------------


def parts(*rows: str) -> list[tuple[str, str]]:
    listed = ", ".join(f"{{of_which: [{row}]}}" for row in rows)
    body = f"tables:\n  t:\n    columns: {{town: {{role: name}}, n: {{unit: 人}}}}\n    rows: [[甲镇, 10], {listed}]\n"
    audited = audit_text("p", (HEAD + body).encode(), Options())
    return [(finding.severity.word, finding.message) for finding in audited.findings]


def test_parts_that_overlap_are_no_error() -> None:
    assert parts("其中：党员, 6", "其中：女, 5") == [("warning", "parts")]
    assert parts("其中：党员, 6", "其中：女, 4") == []
    assert parts("其中：党员, 11") == [("error", "part")]
    assert ("error", "part") in parts("其中：党员, 11", "其中：女, 1")


def test_parts_declared_complete_must_add_up() -> None:
    body = "tables:\n  t:\n    columns: {town: {role: name}, n: {unit: 人}}\n    rows: [[甲镇, 10], {of_which: [男, 6], complete: true}, {of_which: [女, 5], complete: true}]\n"
    (found,) = audit_text("p", (HEAD + body).encode(), Options()).findings
    assert (found.severity.word, found.message) == ("error", "complete")


def test_the_reading_that_would_save_it_is_told(audited: Auditing) -> None:
    result = audited("tables:\n  t:\n    columns: {town: {role: name}, n: {unit: 人}}\n    rows: [[甲镇, 10], {of_which: [党员, 6]}, {of_which: [女, 5]}]\n")
    (found,) = result.findings
    assert because_of(found, "zh") == "若各项有重叠，则各数可同真"
    assert "if the parts overlap" in render(Audit((result,)), "en")


@pytest.mark.parametrize(
    ("indicator", "codes"),
    [
        ("better: higher, baseline: 5人/万人, targets: {2023: 6, 2025: 7人/万人}", []),
        ("better: higher, baseline: 5人/万人, targets: {2023: 4, 2025: 7人/万人}", ["FA402"]),
        ("better: lower, baseline: 80%, targets: {2025: 70}", []),
        ("better: lower, baseline: 80%, targets: {2025: 90}", ["FA402"]),
        ("better: lower, baseline: 0.17%, targets: {2025: 0.15}", []),
        ("better: higher, baseline: 5人/万人, targets: {2023: 6, 2025: 7%}", []),
        ("better: lower, baseline: 60, targets: {2025: 下降10%}", []),
        ("unit: '%', better: lower, baseline: 80, targets: {2025: 70%}", []),
    ],
)
def test_a_bare_figure_takes_the_unit_beside_it(indicator: str, codes: list[str]) -> None:
    audited = audit_text("p", f"{HEAD}indicators:\n  a: {{label: 数, {indicator}}}\n".encode(), Options())
    assert [finding.code for finding in audited.findings if finding.code != "FA401" or finding.severity.word == "error"] == codes


# --- checks among themselves ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        (["avg == total / 5", "total == avg * 5"], []),
        (["total == avg * 5", "avg == total / 5"], []),
        (["avg == total / 5", "avg  == total / 5"], [("twice", "avg == total / 5 (6)")]),
        (["x + y == '100%'", "x + y == 1"], []),
        (["avg == total / 5", "avg == total / 4"], []),
        (["avg + total == n", "avg < total", "total > avg"], [("implied", "avg < total (7)")]),
        (["avg < total", "avg == total"], [("contradictory", "avg < total (6)")]),
        (["avg != total", "n == avg", "total == n"], [("contradictory", "avg != total (6)\x1fn == avg (7)")]),
        (["avg <= total", "n == avg", "avg == total"], []),
        (["avg < n", "n < total", "avg == total + 1"], [("contradictory", "avg < n (6)\x1fn < total (7)")]),
    ],
)
def test_checks_among_themselves_name_only_what_is_needed(audited: Auditing, checks: list[str], expected: list[tuple[str, str]]) -> None:
    quantities = (
        "quantities: {" + ", ".join(f"{n}: {{stated: [{t}]}}" for n, t in {"avg": "7个", "total": "33个", "n": "9个", "x": "60%", "y": "40%"}.items()) + "}\n"
    )
    lines = "".join(f'  - "{check}"\n' for check in checks)
    found = audited(f"\n{quantities}checks:\n{lines}").findings
    assert [(f.message, f.arguments["others"]) for f in found if f.code == "FA207"] == expected


def test_a_row_that_stands_apart_is_in_no_sum_and_may_be_named(audited: Auditing) -> None:
    rows = "[[甲镇, 10], {apart: [补充, 7]}, {of_which: [男, 6], complete: true}, {of_which: [女, 4], complete: true}, {apart: [补充, 9]}]"
    body = f"tables:\n  t:\n    columns: {{town: {{role: name}}, n: {{unit: 人}}}}\n    rows: {rows}\n    total: [合计, 10]\nchecks:\n  - "
    assert [finding.code for finding in audited(body + 't["补充", 2].n == t["补充", 1].n + 2\n').findings] == []
    assert [finding.code for finding in audited(body + 't["补充", 2].n == t["补充", 1].n\n').findings] == ["FA203"]
    assert [finding.code for finding in audited(body + 't["补充"].n == 7\n').findings] == ["FA106"]


def test_checks_that_nobody_wrote_may_follow_from_each_other() -> None:
    body = HEAD + "quantities: {a: {stated: [3]}, b: {stated: [3]}, c: {stated: [3]}}\nchecks:\n  - a == b\n  - b == c\n  - {check: a == c, %s}\n"
    for mark, found in (("severity: warning", ["implied"]), ("proposed: 1/1", []), ("states: restated", [])):
        assert [f.message for f in audit_text("p.yaml", (body % mark).encode(), Options()).findings if f.code == "FA207"] == found
