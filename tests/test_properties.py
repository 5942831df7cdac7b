"""Laws that hold for any text: of figures, expressions, YAML, settings, comments, and of whole audits."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fireaudit.accept import comments
from fireaudit.app import Audit, Options, audit_text
from fireaudit.checks.parse import CheckError, parse_check, parse_expression
from fireaudit.config import BadSettings, Settings, read_settings
from fireaudit.plan.build import build
from fireaudit.plan.model import Plan
from fireaudit.plan.schema import _locate, _schema, schema_text, violations
from fireaudit.plan.source import Mapping, Node, Scalar, Source, Unreadable, decode, parse
from fireaudit.quantity import FigureError, Quantity, read_figure
from fireaudit.quantity.interval import total
from fireaudit.quantity.reprint import reprint
from fireaudit.reports import text as report
from fireaudit.rules import BY_CODE

PLANS = sorted((Path(__file__).parent.parent / "plans").glob("*.yaml"))
DAY = date(2026, 1, 1)
PIECES = [
    "约",
    "≥",
    "不少于",
    "0",
    "1",
    "9",
    ".",
    ",",
    "-",
    "~",
    "至",
    "十",
    "百",
    "两",
    "点",
    "万",
    "亿",
    "余",
    "个",
    "人",
    "%",
    "‰",
    "/",
    "每",
    "平方公里",
    "以上",
    "下降",
    "到",
    "百分点",
    ":",
    "分之",
    " ",
    "²",
    "٣",
    "１",
    "𝟙",
]
figures = st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(figures)
@settings(max_examples=400)
def test_any_text_is_a_figure_or_is_refused(text: str) -> None:
    try:
        found = read_figure(text)
    except FigureError as error:
        assert error.reason in FigureError.REASONS and error.text == text[: len(error.text)]
        return
    assert isinstance(found, Quantity) and found.text == text
    if found.interval is not None and found.nominal is not None and found.qualifier.value in ("exact", "rounded", "about"):
        assert found.nominal in found.interval


@given(figures, st.integers(0, 10**6))
@settings(max_examples=200)
def test_a_figure_printed_anew_says_the_new_number(text: str, number: int) -> None:
    try:
        found = read_figure(text)
    except FigureError:
        return
    again = reprint(found, number) if found.nominal is not None and "每" not in text else None
    if again is not None:
        assert read_figure(again, found.unit).nominal == number


# Expressions


def plan_of(values: dict[str, int]) -> Plan:
    body = "".join(f"  {name}: {{stated: [{value}]}}\n" for name, value in values.items())
    return build(parse("p.yaml", "fireaudit: 1\nplan: {title: 例}\nquantities:\n" + body))[0]


VALUES = {"a": 3, "b": 7, "c": 0, "d": 1000}
PLAN = plan_of(VALUES)
Pair = tuple[str, Fraction | None]


def joined(op: str, left: Pair, right: Pair) -> Pair:
    """The text of a computation and its value by exact rational arithmetic, ``None`` where it has none."""
    x, y = left[1], right[1]
    value = None
    if x is not None and y is not None:
        value = {"+": x + y, "-": x - y, "*": x * y, "/": None if y == 0 else x / (y or 1), "min": min(x, y), "max": max(x, y)}[op]
    return (f"{op}({left[0]}, {right[0]})" if op in ("min", "max") else f"({left[0]} {op} {right[0]})"), value


leaves = st.sampled_from([(name, Fraction(value)) for name, value in VALUES.items()]) | st.integers(0, 99).map(lambda n: (str(n), Fraction(n)))
expressions = st.recursive(leaves, lambda below: st.builds(joined, st.sampled_from(["+", "-", "*", "/", "min", "max"]), below, below), max_leaves=12)


@given(expressions)
@settings(max_examples=300)
def test_expressions_over_points_are_exact_rational_arithmetic(pair: Pair) -> None:
    value = parse_expression(pair[0], PLAN).evaluate()
    if pair[1] is None:
        assert value.interval is None and value.missing
    else:
        assert value.interval is not None and value.interval.low == value.interval.high == value.nominal == pair[1]


@given(
    st.text() | st.lists(st.sampled_from([*"abct()[]'\"+-*/=<>.,:0129", "==", "sum", "across", "round", " ", "**", "lambda ", "约"]), max_size=20).map("".join)
)
@settings(max_examples=400)
def test_any_text_is_a_check_or_is_refused(text: str) -> None:
    try:
        assert parse_check(text, PLAN)
    except CheckError as error:
        assert error.reason in BY_CODE["FA106"].messages


@given(st.lists(st.integers(-(10**9), 10**9).map(lambda n: f"{Decimal(n).scaleb(-3):.3f}"), min_size=1, max_size=30))
def test_sums_are_exact(texts: list[str]) -> None:
    quantities = [read_figure(text) for text in texts]
    found = total(quantity.interval for quantity in quantities if quantity.interval is not None)
    exact = sum(Fraction(text) for text in texts)
    assert found.low == exact - Fraction(len(texts), 2000) and found.high == exact + Fraction(len(texts), 2000)


# YAML

YAML = [
    "a",
    "b: ",
    "- ",
    "? ",
    "\n",
    "\n  ",
    " ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    ": ",
    "'",
    '"',
    "#",
    "&a ",
    "*a",
    "!t ",
    "|\n",
    ">\n",
    "---\n",
    "\r\n",
    "\r",
    "\t",
    "约",
    "𠮷",
    "\ufeff",
    "\u2028",
    "\\",
    "<<: ",
    "%YAML 1.1\n",
]
texts = st.text(max_size=40) | st.lists(st.sampled_from(YAML), max_size=25).map("".join)


@given(st.binary(max_size=60) | texts.map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=400)
def test_any_bytes_are_a_source_or_unreadable(data: bytes) -> None:
    try:
        text = decode(data)
    except Unreadable:
        return
    source = parse("p.yaml", text)
    empty = not re.sub(r"#.*|---|\.\.\.|\ufeff", "", text).strip()
    assert isinstance(source, Source) and (source.root is not None or source.faults or empty or "%" in text)


def scalars(node: Node | None) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Mapping):
        return [Scalar(key, span, False) for key, span in node.keys.items()] + [s for below in node.entries.values() for s in scalars(below)]
    return [s for below in node.items for s in scalars(below)] if node is not None else []


@given(texts.filter(lambda text: not text.startswith("\ufeff")))  # a mark that ``decode`` has taken off
@settings(max_examples=400)
def test_a_place_is_where_an_independent_scan_finds_the_text(text: str) -> None:
    source = parse("p.yaml", text)
    lines = re.findall("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|\\Z)", text)  # counted by hand, not by the parser
    for scalar in scalars(source.root):
        span = scalar.span
        if span.line != span.end_line or not scalar.text:
            continue
        printed = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        if printed[:1] == "'":
            assert printed == "'" + scalar.text.replace("'", "''") + "'"
        elif printed[:1] not in ('"', "|", ">", "&", "!", "*"):
            assert printed.rstrip(" \t") == scalar.text


# Schemas

trees = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3000) | st.sampled_from(["例", "a", "2021", "rounded", ""]),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from([*_schema("plan")["properties"], "title", "stated", "rows", "columns", "check", "a b", "x"]), below, max_size=4)
    ),
    max_leaves=12,
)


@given(trees.filter(lambda tree: isinstance(tree, dict)).map(lambda tree: {"fireaudit": 1, "plan": {"title": "例"}, **tree}))
@settings(max_examples=150)
def test_schema_findings_are_those_of_jsonschema(tree: dict[str, object]) -> None:
    schema = _schema("plan")
    # Python's patterns know no \\p; all else is jsonschema's own.
    spelled = json.loads(schema_text().replace(r"[\\p{L}_]", r"[^\\W\\d]").replace(r"[\\p{L}\\p{N}_]", r"\\w"))
    root = parse("p.yaml", json.dumps(tree, ensure_ascii=False)).root
    assert root is not None
    invalid = [list(error.absolute_path) for error in jsonschema.Draft202012Validator(spelled).iter_errors(tree)]
    assert jsonschema_rs.validator_for(schema).is_valid(tree) is (not invalid)
    found = violations(root)
    assert bool(found) is bool(invalid)
    for path in invalid:  # each is told at its place or below it
        _, place = _locate(root, path)
        assert any(fault.span[:2] >= place[:2] for fault in found), path


# Settings and comments


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                "select",
                "ignore",
                "limits",
                "max-bytes",
                "accept",
                "per-file",
                "until",
                " = ",
                "[",
                "]",
                "{",
                "}",
                '"FA2"',
                "'x'",
                "1",
                "nan",
                "2026-01-01",
                "\n",
                ".",
                "[[",
                "]]",
                "true",
                ", ",
                "1e9",
                "-",
            ]
        ),
        max_size=20,
    ).map("".join)
)
@settings(max_examples=300)
def test_any_settings_are_read_or_refused(text: str) -> None:
    try:
        assert isinstance(read_settings("fireaudit.toml", text), Settings)
    except BadSettings as error:
        assert error.key.startswith("settings_")


@given(
    st.lists(
        st.sampled_from(["accept ", "接受", "FA301", "FA999", ",", "、", " ", ":", "：", '"', "until ", "2026-01-01", "2026-13-01", "理由", "#", "fireaudit:"]),
        max_size=12,
    ).map("".join)
    | st.text(max_size=40)
)
@settings(max_examples=300)
def test_any_acceptance_is_understood_or_said_not_to_be(text: str) -> None:
    line = " ".join(text.split())
    source = parse("p.yaml", f"a: 1 # fireaudit: {line}\n")
    if source.root is None:
        return
    understood, unclear = comments(source)
    assert 1 <= len(understood) + len(unclear) <= 1 + line.count("fireaudit:")


# Whole audits


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_a_mangled_plan_ends_in_findings_and_the_same_bytes_twice(path: Path, data: st.DataObject) -> None:
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 200))
    put = data.draw(
        st.binary(max_size=20) | st.sampled_from([b"\0", b"*a", b"&a ", b"[[[[", b"}", b'"', b": ", b"99999999", b"\n\n- ", "万".encode(), b"\xff"])
    )
    mangled = whole[:start] + put + whole[start + length :]
    first, second = (Audit((audit_text("p.yaml", mangled, Options(today=DAY)),)) for _ in range(2))
    assert not [f for f in first.findings if f.code == "FA005"]
    assert report.render(first, "zh") == report.render(second, "zh")
