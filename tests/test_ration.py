"""What a command prints of one plan is bounded, and what it leaves out is counted and said."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fireaudit.limits import Limits
from fireaudit.reports import ration
from tests.conftest import ROOT

FIGURES = "fireaudit: 1\nplan: {title: 例}\nquantities:\n" + "".join(
    f"  a{i}: {{label: 站, stated: [{{text: {i}座, at: 一}}, {i + 1}座]}}\n" for i in range(40)
)
LOOSE = "fireaudit: 1\nplan: {title: 例}\nquantities:\n" + "".join(f"  a{i}: {{label: 站, stated: [{i}座]}}\n" for i in range(80))
GROWN = "fireaudit: 1\nplan: {title: 例}\ntables:\n  t:\n    columns: {k: {role: name}, a: x, b: x, c: x}\n    rows:\n" + "".join(
    f"      - [r{i}, {i * 37 % 101}, {i * 53 % 97}, {i * 37 % 101 + i * 53 % 97}]\n" for i in range(9)
)


def run(folder: Path, body: str, *arguments: str) -> tuple[str, str]:
    plan, settings = folder / "p.yaml", folder / "s.toml"
    plan.write_text(body, encoding="utf-8")
    settings.write_text("[limits]\nmax-output = 1000\n", encoding="utf-8")
    command = [sys.executable, "-m", "fireaudit", arguments[0], str(plan), *arguments[1:], "--config", str(settings), "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


@pytest.mark.parametrize(("command", "body", "what"), [("show", FIGURES, "figures"), ("coverage", LOOSE, "lines"), ("prove", FIGURES, "cases")])
def test_text_ends_with_how_much_is_not_listed(tmp_path: Path, command: str, body: str, what: str) -> None:
    said, _ = run(tmp_path, body, command)
    *listed, last = said.splitlines()
    assert sum(map(len, listed)) <= 1000 and last.endswith(f" more {what} are not listed (max-output = 1000)")
    assert int(last.split()[0]) > 0 and listed


def test_machines_get_what_fits_and_are_told_of_the_rest(tmp_path: Path) -> None:
    said, beside = run(tmp_path, FIGURES, "show", "--format", "json")
    listed = json.loads(said)
    assert 0 < len(listed) < 80 and beside == f"fireaudit: {80 - len(listed)} more figures are not listed (max-output = 1000)\n"
    said, beside = run(tmp_path, FIGURES, "coverage", "--format", "json")
    (plan,) = json.loads(said)["plans"]
    assert plan["not_listed"] + len(plan["cells"]) == plan["figures"] == 80 and f" {plan['not_listed']} more figures" in beside
    said, beside = run(tmp_path, GROWN, "suggest", "--format", "json")
    (plan,) = json.loads(said)["plans"]
    assert plan["proposals"] == [] and plan["not_listed"] == 1 and "1 more proposals" in beside
    said, beside = run(tmp_path, FIGURES, "explain", "a3", "--format", "json")
    assert json.loads(said)["not_listed"] + len(json.loads(said)["figures"]) == 2


def test_what_fits_is_printed_whole_and_nothing_is_said() -> None:
    limits = Limits(max_output=6)
    assert list(ration.pieces(["ab\n", "cd\n"], lambda text: [(text, "plain")], "figures", limits, "en")) == [("ab\n", "plain"), ("cd\n", "plain")]
    assert list(ration.lines([("ab\n", "plain"), ("cd\n", "dim")], limits, "en")) == [("ab\n", "plain"), ("cd\n", "dim")]
    assert ration.documents([1, 2], str, Limits(max_output=100)) == (["1", "2"], 0)


def test_a_line_is_never_left_open() -> None:
    said = "".join(text for text, _ in ration.lines([("a", "plain"), ("bcdefgh\n", "plain"), ("i\n", "plain")], Limits(max_output=3), "zh"))
    assert said == "a\n另有 2 行未列出（max-output = 3）\n"
