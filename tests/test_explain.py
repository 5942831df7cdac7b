"""``explain``: which figure is meant, and what is said of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from test_outputs import AUDITS, HOSTILE

from fireaudit.app import Audited, Options, audit_text
from fireaudit.checks.derivation import derive
from fireaudit.files import CannotAudit
from fireaudit.quantity import Rounding, read_figure
from fireaudit.reports import dossier, explained
from fireaudit.reports.dossier import Dossiers, select
from fireaudit.rules import RULES

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "schemas" / "explain.schema.json").read_text(encoding="utf-8"))
PLAN = """fireaudit: 1
plan: {title: 例, period: 2021-2025}
quantities:
  hydrants: {label: 消火栓, stated: [{text: 约190个, at: 第一章}, {text: 200个, at: 附表1}, {is: total(t.built)}]}
  alone: {label: 独数, stated: [{text: 0.60, at: 第二章}]}
  none: {label: 空数, stated: ["-"]}
indicators:
  rate: {label: 率, baseline: 0.5, targets: {2025: ≥0.6}}
tables:
  t: {title: 表, at: 附表2, columns: {town: {role: name}, built: {label: 新建, unit: 个}, left: {label: 缺, unit: 个}}, rows: [[甲, 80, 1], [乙, 120, 2]], total: [合计, 201, 3]}
lists: {kinds: {label: 类, count: 2类, items: [a, b]}}
checks: [none == 1]
"""


def audited(text: str = PLAN) -> Audited:
    return audit_text("plan.yaml", text.encode(), Options())


def names(wanted: str, text: str = PLAN) -> list[str]:
    return [cell.name for cell in select(audited(text).plan, wanted)]


def explain(wanted: str, *arguments: str, text: str = PLAN) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run([sys.executable, "-m", "fireaudit", "explain", "-", wanted, *arguments], input=text.encode(), capture_output=True, cwd=ROOT)
    assert b"Traceback" not in done.stderr + done.stdout
    return done


# Which figure


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("total(t.built)", ["total(t.built)"]),
        (' t["甲"].built ', ['t["甲"].built']),
        ("hydrants", ["hydrants@第一章", "hydrants@附表1"]),
        ("消火栓", ["hydrants@第一章", "hydrants@附表1"]),
        ("alone", ["alone"]),
        ("rate", ['rate["baseline"]', "rate[2025]"]),
        ("kinds", ["kinds.count"]),
        ("合计 新建", ["total(t.built)"]),
        ("5", ["alone"]),
    ],
)
def test_a_figure_goes_by_many_names(wanted: str, found: list[str]) -> None:
    assert names(wanted) == found


def test_a_line_stands_for_all_its_figures_and_a_column_for_the_one_there() -> None:
    plan = audited().plan
    line = [cell.name for cell in plan.cells.values() if cell.span.line == 10]
    assert names("10") == line and len(line) == 6
    for cell in plan.cells.values():
        assert names(f"{cell.span.line}:{cell.span.column}") == [cell.name]
        assert names(f"{cell.span.line}:{cell.span.end_column - 1}") == [cell.name]


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ("hydrant", "no_figure_close"),
        ("total(t.buil)", "no_figure_close"),
        ("Ω", "no_figure"),
        ("", "no_figure"),
        ("99", "no_figure_at"),
        ("10:1", "no_figure_at"),
        ("同名", "several"),
        ("9" * 5000, "no_figure"),
    ],
)
def test_what_is_no_figure_is_said_in_one_line(wanted: str, key: str) -> None:
    text = TWINS if key == "several" else PLAN
    with pytest.raises(CannotAudit) as raised:
        select(audited(text).plan, wanted)
    assert raised.value.key == f"dossier.{key}"
    done = explain(wanted[:200], "--lang", "zh", text=text)
    assert done.returncode == 2 and done.stdout == b"" and done.stderr.count(b"\n") == 1


TWINS = "fireaudit: 1\nplan: {title: 例}\nquantities: {a: {label: 同名, stated: [1个]}, b: {label: 同名, stated: [2个]}}\n"


def test_a_folder_is_no_plan_and_an_unread_plan_has_no_figures() -> None:
    done = subprocess.run([sys.executable, "-m", "fireaudit", "explain", "plans", "1"], capture_output=True, cwd=ROOT)
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1 and b"Traceback" not in done.stderr
    assert explain("1", text="fireaudit: [\n").returncode == 2


# What is said


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("16个", "正好是 16个", "exactly 16个"),
        ("0.60", "取整的数，实际在 0.595 与 0.605 之间", "rounded: anything from 0.595 to 0.605"),
        ("约190个", "约数，在 180个 与 200个 之间", "about: from 180个 to 200个"),
        ("10余万人", "“余、多”：从 10万人 起、不到 20万人", "somewhat more: from 10万人 up to, not including, 20万人"),
        ("≥0.45‰", "不少于 0.45‰", "at least 0.45‰"),
        ("超过5个", "多于 5个", "more than 5个"),
        ("不超过5个", "不多于 5个", "at most 5个"),
        ("<0.15", "少于 0.15", "less than 0.15"),
        ("60-90人", "60人 至 90人 之间", "from 60人 to 90人"),
        ("-", "空缺，没有印出数", "missing: no figure is printed"),
    ],
)
def test_readings_in_words(text: str, zh: str, en: str) -> None:
    quantity = read_figure(text)
    assert (dossier.reading(quantity, "zh"), dossier.reading(quantity, "en")) == (zh, en)


def test_readings_of_changes_and_of_cut_decimals() -> None:
    assert dossier.reading(read_figure("下降10%"), "zh").endswith("是变化的比例，不是水平；下降为负")
    assert dossier.reading(read_figure("提高5个百分点"), "en").endswith("a change in percentage points, not a level; a decrease is negative")
    assert dossier.reading(read_figure("0.60", rounding=Rounding.TRUNCATE), "zh").startswith("截尾的数，从 0.6 起")


def test_a_dossier_holds_what_is_known_of_a_figure() -> None:
    found = Dossiers(audited()).of("total(t.built)")
    assert [related.verdict for related in found.related] == ["violated", "violated"]
    assert [cell.name for cell in found.elsewhere] == ["hydrants@第一章", "hydrants@附表1"]
    ((number, repairs),) = [(i.number, [[c.becomes for c in repair.corrections] for _, repair in i.repairs]) for i in found.involved]
    assert number == 1 and repairs == [["200"]] and found.standing == "violated"
    assert {finding.code for finding in found.findings} == {"FA201", "FA301"}


def test_parts_of_a_sum_state_no_quantity_that_stands_elsewhere() -> None:
    assert Dossiers(audited()).of('t["甲"].built').elsewhere == ()


def test_a_figure_nothing_checks_and_one_that_is_missing() -> None:
    dossiers = Dossiers(audited())
    assert (dossiers.of("alone").standing, dossiers.of("alone").related) == ("untouched", ())
    lacking = dossiers.of("none")
    assert lacking.standing == "not_assessable" and "none" in dossier.derivation(lacking.related[0].outcome, "en")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("a: {stated: [3个, 三个]}", "the smallest change is noticed"),
        ("a: {stated: [3个, 4个]}", "to fit the equations it would have to change by 1个"),
        ("a: {stated: [3个, 2-5个]}", "no equation notices a change between -1个 and 2个"),
        ("a: {stated: [3个, 6-8个]}", "to fit the equations it would have to change by 3个 to 5个"),
    ],
)
def test_how_far_a_figure_may_move(body: str, said: str) -> None:
    dossiers = Dossiers(audited(f"fireaudit: 1\nplan: {{title: 例}}\nquantities: {{{body}}}\n"))
    assert said in dossier.cover(dossiers.of("a@"), "en")


@pytest.mark.parametrize("plan", [*AUDITS["plans"].plans, *AUDITS["hostile"].plans, audited()], ids=lambda plan: plan.source.path.split("/")[-1])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_figure_is_explained_in_text_and_by_the_schema(plan: Audited, lang: str) -> None:
    dossiers = Dossiers(plan)
    found = [dossiers.of(name) for name in plan.plan.cells]
    document: Any = explained.document(plan, list(plan.plan.cells.values()), dossiers, lang)[0]
    jsonschema.validate(document, SCHEMA)
    assert [figure["name"] for figure in document["figures"]] == list(plan.plan.cells)
    for one in found:
        text = "".join(piece for piece, _ in explained.segments(plan, one, lang))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", text)
        assert text.count("\n") == len(text.split("\n")) - 1 and text.endswith("\n\n")


def test_the_derivation_is_the_one_of_the_finding() -> None:
    for plan in AUDITS["plans"].plans:
        told = {finding.derivation for finding in plan.findings if finding.derivation}
        assert told == {derive(outcome).text for outcome in plan.outcomes if outcome.verdict.value == "violated" or outcome.by_rounding}


def test_figures_printed_with_a_sign_are_kept_apart_from_the_sign_of_the_relation() -> None:
    plan = audited("fireaudit: 1\nplan: {title: 例}\nindicators: {a: {label: 率, better: lower, targets: {2023: ≤0.17, 2025: <0.15}}}\n")
    (outcome,) = plan.outcomes
    assert derive(outcome).text == "“<0.15” ≤ “≤0.17”"


def test_every_rule_that_states_relations_says_what_must_hold() -> None:
    for rule in RULES:
        for text in (rule.fails, rule.passes):
            for outcome in audited(text).outcomes if text else ():
                assert dossier.must(outcome.relation, "zh") != rule.title[0] and dossier.must(outcome.relation, "en")


def test_the_command_in_both_languages_and_as_json() -> None:
    zh, en = explain("total(t.built)", "--lang", "zh"), explain("total(t.built)", "--lang", "en")
    assert zh.returncode == en.returncode == 0
    assert "合计等于各行之和" in zh.stdout.decode() and "80 + 120 = 200个 ≠ 201" in en.stdout.decode()
    done = explain("10", "--format", "json")
    document = json.loads(done.stdout)
    jsonschema.validate(document, SCHEMA)
    assert len(document["figures"]) == 6


def test_a_hostile_name_does_no_harm() -> None:
    for piece in HOSTILE:
        if "\0" in piece or piece.startswith("-"):
            continue
        with pytest.raises(CannotAudit):
            select(audited().plan, piece)
    done = explain("\x1b[31m\u202ex", "--lang", "en")
    assert done.returncode == 2 and b"\x1b" not in done.stderr and "\u202e" not in done.stderr.decode()
