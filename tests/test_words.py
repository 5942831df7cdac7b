"""What people read: the scale of a figure, points, lists, what a schema asks for, what a check lacks, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from fireaudit.app import Audit, Audited, Options, audit_text
from fireaudit.config import BadSettings, read_settings
from fireaudit.messages import message_of, word
from fireaudit.outputs import render
from fireaudit.plan.schema import DEMANDS, FURTHER, PATTERNS, schema_text
from fireaudit.quantity import amount, read_figure, shown_in
from fireaudit.rules import RULES
from fireaudit.words.schema import WORDS

HEAD = "fireaudit: 1\nplan: {title: 例}\n"


def of(body: str) -> Audited:
    return audit_text("p.yaml", (HEAD + body).encode(), Options())


def facts(checks: str, **figures: str) -> Audited:
    stated = "".join(f"  {name}: {{label: {name}, stated: ['{text}']}}\n" for name, text in figures.items())
    return of(f"quantities:\n{stated}checks: ['{checks}']\n")


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        ("310万元", 3_000_000, "300万元"),
        ("约38万家", 125_000, "12.5万家"),
        ("1亿2000万元", 120_000_000, "12000万元"),
        ("10余万人", 200_000, "20万人"),
        ("三千万元", 5_000_000, "500万元"),
        ("51.7万", 20_000, "2万"),
        ("3.4 million yuan", 1_500_000, "1.5 million yuan"),
        ("5千个", 3000, "3000个"),
        ("3000000元", 3_000_000, "3000000元"),
        ("2.08名/万人", 1, "10000名/万人"),
        ("45%", 1, "100%"),
    ],
)
def test_numbers_are_told_in_the_scale_of_the_printed_figure(text: str, number: int, shown: str) -> None:
    assert amount(number, shown_in(read_figure(text))) == shown


def test_expected_bounds_and_difference_are_in_that_scale() -> None:
    (finding,) = facts("y + z == x", x="310万元", y="150万元", z="1500000元").findings
    assert (finding.expected, finding.difference) == ("300万元 (299.5万元 … 300.5万元)", "+10万元")


def test_differences_of_percentages_are_points_where_people_read_them() -> None:
    audited = facts("a == b", a="45%", b="50%")
    (finding,) = audited.findings
    assert finding.difference == "-5%" and json.loads(render("json", Audit((audited,)), "zh"))["findings"][0]["difference"] == "-5%"
    assert "相差 -5个百分点" in render("text", Audit((audited,)), "zh") and "difference -5 percentage points" in render("text", Audit((audited,)), "en")
    page = render("html", Audit((audited,)), "zh")
    assert "-5个百分点" in page and "-5 percentage points" in page


@pytest.mark.parametrize(
    ("check", "figures", "derivation"),
    [
        ("a / b == c", {"a": "106", "b": "1111", "c": "0.2"}, "106 ÷ 1111 ≈ 0.09541 ≠ 0.2"),
        ("a < 10", {"a": "13人"}, "13人 ≮ 10人"),
        ("a + b == 1", {"a": "45%", "b": "50%"}, "45% + 50% = 95% (94% … 96%) ≠ 100%"),
        ("1 == a + b", {"a": "45%", "b": "50%"}, "100% ≠ 45% + 50% = 95% (94% … 96%)"),
        ("0.9 >= a + b", {"a": "45%", "b": "50%"}, "90% ≱ 45% + 50% = 95%"),
    ],
)
def test_derivations_say_every_number_once(check: str, figures: dict[str, str], derivation: str) -> None:
    (finding,) = (f for f in facts(check, **figures).findings if f.code == "FA203")
    assert finding.derivation == derivation


def test_what_is_worked_out_is_not_called_printed() -> None:
    text = render("text", Audit((facts("a + b == 1", a="45%", b="50%"),)), "zh")
    assert "得 95% (94% … 96%)  应为 100%  相差 -5个百分点" in text and "印出" not in text


@pytest.mark.parametrize(
    ("body", "zh", "en"),
    [
        (
            "tables: {t: {columns: {a: x}, rows: [[1, [2]]]}}",
            "tables/t/rows 第 1 项 第 2 项：“[…] (1)”应为",
            "tables/t/rows item 1 item 2: “[…] (1)” should be",
        ),
        ("tables: {t: {columns: {a: x}, rows: [1]}}", "tables/t/rows 第 1 项：“1”应为列表", "tables/t/rows item 1: “1” should be a list"),
        ("quantities: {a: {stated: []}}", "quantities/a/stated：“[…] (0)”不能为空", "quantities/a/stated: “[…] (0)” should not be empty"),
        (
            "quantities: {a: {stated: [1], during: soon}}",
            "quantities/a/during：“soon”应为年份或起止年份，如 2021、2021-2025",
            "should be a year or two, as 2021 or 2021-2025",
        ),
        ("indicators: {a: {kind: 必做}}", "“必做”只能是 约束性、预期性、binding、expected 之一", "should be one of 约束性, 预期性, binding, expected"),
        ("indicators: {a: {targets: {二五: 1}}}", "“二五”应为四位年份或 baseline", "should be a year of four digits, or baseline"),
    ],
)
def test_what_a_schema_asks_for_is_said_in_words(body: str, zh: str, en: str) -> None:
    found = of(body).findings
    assert any(zh in message_of(f, "zh") for f in found), [message_of(f, "zh") for f in found]
    assert any(en in message_of(f, "en") for f in found), [message_of(f, "en") for f in found]


def test_the_top_level_has_a_name() -> None:
    (finding,) = audit_text("p.yaml", b"fireaudit: 1\n", Options()).findings
    assert message_of(finding, "zh") == "文件顶层 缺少“plan”" and message_of(finding, "en") == "the top level lacks “plan”"


def subschemas(node: object) -> Iterator[dict[str, object]]:
    if isinstance(node, dict):
        yield node
        for below in node.values():
            yield from subschemas(below)
    elif isinstance(node, list):
        for below in node:
            yield from subschemas(below)


@pytest.mark.parametrize("name", ["plan", "settings"])
def test_every_demand_of_the_schemas_has_words(name: str) -> None:
    assert {*DEMANDS, *PATTERNS.values()} <= set(WORDS)
    for schema in subschemas(json.loads(schema_text(name))):
        pattern = schema.get("pattern")
        assert not isinstance(pattern, str) or pattern in PATTERNS or FURTHER in pattern
        kinds = schema.get("type", [])
        assert all(f"type_{kind}" in WORDS for kind in ([kinds] if isinstance(kinds, str) else kinds) if isinstance(kind, str))


def test_settings_say_it_in_the_same_words() -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings("fireaudit.toml", '\n\nselect = ["FA301", "F9"]')
    assert word(refused.value.key, "zh", **refused.value.arguments) == "fireaudit.toml:3：select 第 2 项：“F9”应为规则编号或类别，如 FA301、FA3"


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("a = b", "equality is written ==, not ="),
        ("min() == a", "min() needs something between its brackets"),
        ("a[2025] == b", "“a” is a single figure, so no […] can follow it"),
        ("mni(a) == b", "is “min()” meant?"),
        ("a <= = b", "equality is written"),
    ],
)
def test_a_check_that_cannot_be_read_is_answered_with_what_to_write(check: str, said: str) -> None:
    (finding,) = (f for f in facts(check, a="3", b="3").findings if f.code == "FA106")
    assert said in message_of(finding, "en").replace("is “min” meant?", "is “min()” meant?")


def test_lists_are_parted_as_each_language_does() -> None:
    body = "quantities: {a: {label: 甲, stated: [9], sum_of: [b, c]}, b: {label: 乙, stated: [1]}, c: {label: 丙, stated: [1]}}\n"
    (finding,) = (f for f in of(body).findings if f.code == "FA205")
    assert "乙、丙" in message_of(finding, "zh") and "乙, 丙" in message_of(finding, "en")


def test_lines_that_would_say_nothing_are_left_out() -> None:
    audited = Audit((facts("a == b", a="1", b="1"),))
    assert "有 0 个数" not in render("text", audited, "zh") and "每个数都有关系核对" in render("text", audited, "zh")
    assert "HEAD" not in render("text", Audit(audited.plans, since="HEAD"), "zh")
    assert "HEAD" in render("text", Audit(audited.plans, since="HEAD", older=1), "zh")
    assert "关系核对" not in render("text", Audit((of(""),)), "zh").replace("没有关系核对", "")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.code > "FA900"], ids=lambda rule: rule.code)
def test_pages_of_hygiene_rules_say_more_than_their_title(rule: object) -> None:
    assert all(len(what) > len(title) for what, title in zip(rule.what, rule.title, strict=True))  # type: ignore[attr-defined]


def test_no_chinese_message_has_an_english_mark() -> None:
    """Behind a Chinese character a sentence goes on with Chinese marks."""
    for rule in RULES:
        for zh, en in (*rule.messages.values(), rule.title, rule.what, rule.why, rule.fix):
            assert not re.search(r"[一-鿿][;,!?](?:\s|$)", zh), zh
            assert not re.search(r"[；，、。（）]", en), en
