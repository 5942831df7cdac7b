"""fix, prove, coverage and mutate as users meet them."""

from __future__ import annotations

import difflib
import json
import os
import stat
import subprocess
from pathlib import Path

import jsonschema
import pytest
from test_cli import ROOT, run

from fireaudit import fix
from fireaudit.cli import program
from fireaudit.config import Settings
from fireaudit.limits import Limits
from fireaudit.mutate import mutate

PLAN = """\
# 第一稿 / first draft
fireaudit: 1
plan: {title: 例}

tables:
  t:
    title: 建站表   # 附表
    columns: {n: {role: name}, a: {label: 甲}, b: {label: 乙}, s: {label: 计}}
    rows:
      - [东镇,  1,  2,   3]
      - [西镇,  4,  5,   '9']
      - ["南镇", 6,  7,  13]
    total: [合计, 11, 15, 25]   # 末行
    checks: [a + b == s]
"""


def valid(name: str, output: bytes) -> dict[str, object]:
    document = json.loads(output)
    jsonschema.validate(document, json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")))
    assert isinstance(document, dict)
    return document


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_fix_shows_a_diff_and_leaves_the_file(plan: Path) -> None:
    done = run("fix", str(plan))
    assert done.returncode == 0 and plan.read_text(encoding="utf-8") == PLAN
    changed = [line for line in done.stdout.decode().splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["-    total: [合计, 11, 15, 25]   # 末行", "+    total: [合计, 11, 14, 25]   # 末行"]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace("\n", "\u2028").encode(),
        lambda text: text.encode("gb18030"),
        lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    ],
)
def test_fix_writes_that_figure_and_no_other_byte(tmp_path: Path, encode: object) -> None:
    assert callable(encode)
    path = tmp_path / "p.yaml"
    path.write_bytes(encode(PLAN))
    path.chmod(0o640)
    done = run("fix", str(path), "--case", "1", "--write", "--lang", "zh")
    assert done.returncode == 0
    assert path.read_bytes() == encode(PLAN.replace("11, 15, 25", "11, 14, 25"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["p.yaml"]
    assert run("check", str(path)).returncode == 0


@pytest.mark.parametrize(("named", "header"), [("{}", "--- a/plan.yaml"), ("./plan.yaml", "--- a/plan.yaml"), ("../{here}/plan.yaml", "--- a/plan.yaml")])
def test_the_diff_can_be_applied(plan: Path, named: str, header: str) -> None:
    named = named.format(plan, here=plan.parent.name)
    done = run("fix", named, cwd=plan.parent)
    assert done.stdout.decode().splitlines()[:2] == [header, header.replace("--- a", "+++ b")]
    subprocess.run(["git", "apply", "-p1"], input=done.stdout, cwd=plan.parent, check=True)
    assert plan.read_text(encoding="utf-8") == PLAN.replace("11, 15, 25", "11, 14, 25")


def test_the_diff_of_a_file_elsewhere_has_its_bare_path(plan: Path) -> None:
    assert run("fix", str(plan)).stdout.decode().splitlines()[0] == f"--- {plan}"


@pytest.mark.parametrize(("lang", "said"), [("zh", "没有可核对的数"), ("en", "there are no figures")])
def test_a_plan_without_figures_is_not_all_checked(tmp_path: Path, lang: str, said: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("fireaudit: 1\nplan: {title: 例}\nquantities: {a: {stated: ['-']}}\n", encoding="utf-8")
    for command in ("coverage", "mutate"):
        done = run(command, str(path), "--lang", lang)
        assert done.returncode == 0 and said in done.stdout.decode() and "%" not in done.stdout.decode()
    done = run("coverage", str(path), "--lang", lang, "--fail-under", "1")
    assert done.returncode == 1 and said in done.stderr.decode()
    assert run("coverage", str(path), "--fail-under", "0").returncode == 0


def test_every_command_counts_cases_as_check_does(plan: Path) -> None:
    """A rule that the settings leave out makes no case, whichever command is asked."""
    plan.write_text(
        PLAN.replace("'9'", "'8'").replace("    checks: [a + b == s]\n", "") + "quantities:\n  q: {label: 站, stated: [3个, 4个]}\n", encoding="utf-8"
    )
    (plan.parent / "fireaudit.toml").write_text('ignore = ["FA2"]\nlang = "zh"\n', encoding="utf-8")
    assert b"FA301" in run("prove", str(plan), "--case", "1").stdout and run("fix", str(plan), "--case", "2").returncode == 2
    assert b"FA201" in run("prove", str(plan), "--case", "1", "--isolated").stdout
    assert run("prove", str(plan), "--ignore", "FA3").stderr.decode().startswith("fireaudit: 没有矛盾")
    assert "没有任何关系核对" in run("coverage", str(plan), "--select", "FA5").stdout.decode()
    assert json.loads(run("show", str(plan), "--select", "FA5", "--format", "json").stdout)[0]["relations"] == []
    assert run("fix", str(plan), "--config", str(plan.parent / "none.toml")).returncode == 2


@pytest.mark.parametrize("command", ["check", "diff", "show", "explain", "fix", "prove", "coverage", "mutate", "suggest", "verify", "baseline"])
def test_every_command_that_reads_plans_takes_the_settings_options(command: str) -> None:
    told = run(command, "--help").stdout.decode()
    assert all(f"--{option}" in told for option in ("select", "ignore", "config", "isolated"))


def test_fix_keeps_quotes(plan: Path) -> None:
    plan.write_text(PLAN.replace("11, 15, 25", "11, 14, 25").replace("'9'", "'8'"), encoding="utf-8")
    run("fix", str(plan), "--case", "1", "--write")
    assert "'9'" in plan.read_text(encoding="utf-8") and run("check", str(plan)).returncode == 0


def test_fix_asks_which_repair(plan: Path) -> None:
    text = "fireaudit: 1\nplan: {title: 例}\nquantities:\n  a: {label: 站, stated: [48个, 84个]}\n"
    plan.write_text(text, encoding="utf-8")
    done = run("fix", str(plan), "--case", "1", "--write", "--lang", "en")
    assert done.returncode == 1 and b"2 repairs" in done.stderr and plan.read_text(encoding="utf-8") == text
    assert run("fix", str(plan), "--case", "1", "--repair", "2", "--write").returncode == 0
    assert "[48个, 48个]" in plan.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [("--write",), ("--case", "2"), ("--case", "1", "--repair", "9"), ("--case", "0")],
)
def test_fix_refuses_in_one_line(plan: Path, arguments: tuple[str, ...]) -> None:
    done = run("fix", str(plan), *arguments)
    assert done.returncode == 2 and done.stdout == b"" and plan.read_text(encoding="utf-8") == PLAN


def test_fix_does_not_write_what_has_no_one_text(plan: Path) -> None:
    text = "fireaudit: 1\nplan: {title: 例}\nquantities:\n  a: {stated: [60-90人]}\nchecks: [\"a >= '140人'\"]\n"
    plan.write_text(text, encoding="utf-8")
    done = run("fix", str(plan), "--case", "1", "--write")
    assert done.returncode == 1 and plan.read_text(encoding="utf-8") == text


def test_a_link_is_followed_and_a_failed_write_leaves_the_file(tmp_path: Path, plan: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(plan)
    assert run("fix", str(link), "--case", "1", "--write").returncode == 0
    assert link.is_symlink() and "11, 14, 25" in plan.read_text(encoding="utf-8")


def test_prove(plan: Path) -> None:
    done = run("prove", str(plan), "--lang", "en")
    assert b"these 3 figures cannot all be true" in done.stdout
    found = valid("conflicts", run("prove", str(plan), "--format", "json").stdout)["conflicts"]
    assert isinstance(found, list) and found[0]["irreducible"] and [c["text"] for c in found[0]["statements"]] == ["11", "15", "25"]


def test_coverage(plan: Path) -> None:
    text = run("coverage", str(plan), "--lang", "zh").stdout.decode()
    assert "东镇              #  #  #" in text
    found = valid("coverage", run("coverage", str(plan), "--format", "json").stdout)["plans"]
    assert isinstance(found, list) and found[0]["pinned"] == found[0]["figures"] == 12
    assert run("coverage", str(plan), "--fail-under", "100").returncode == 0
    plan.write_text(PLAN + "quantities: {a: {stated: [1个]}}\n", encoding="utf-8")
    assert run("coverage", str(plan), "--fail-under", "100").returncode == 1
    assert run("coverage", str(plan), "--fail-under", "92").returncode == 0


def test_coverage_tells_bounds_from_equations(plan: Path) -> None:
    body = "quantities:\n  a: {stated: [1个]}\n  b: {stated: [2个]}\n  c: {stated: [3个]}\n  d: {stated: [-]}\n  e: {stated: [不少于3个, 4个]}\n"
    plan.write_text(f"fireaudit: 1\nplan: {{title: 例}}\n{body}checks: [a <= b]\n", encoding="utf-8")
    found = valid("coverage", run("coverage", str(plan), "--format", "json").stdout)["plans"]
    assert isinstance(found, list)
    covers = [cell["cover"] for cell in found[0]["cells"]]
    assert covers == ["bounded", "bounded", "untouched", "missing", "bounded", "bounded"]


def test_mutate_is_the_same_on_any_number_of_processes() -> None:
    data = (ROOT / "plans" / "lianzhou.yaml").read_bytes()
    one, two = (mutate("p", data, 20, 7, jobs) for jobs in (1, 2))
    assert (one.singles, one.pairs) == (two.singles, two.pairs)
    assert mutate("p", data, 20, 8, 1).pairs != one.pairs


def test_mutate_tries_as_much_as_is_allowed(plan: Path) -> None:
    """Less of the same: the figures drawn first, whatever number of processes, and what is left is counted."""
    data = (ROOT / "plans" / "lianzhou.yaml").read_bytes()
    whole = mutate("p", data, 20, 7, 1)
    few = [mutate("p", data, 20, 7, jobs, settings=Settings(limits=Limits(max_trials=20_000))) for jobs in (1, 2)]
    assert few[0].singles == few[1].singles and (few[0].figures_left, few[0].pairs_left) == (few[1].figures_left, few[1].pairs_left)
    assert whole.figures_left == whole.pairs_left == 0 and 0 < len(few[0].singles) < len(whole.singles) and few[0].pairs_left == 20
    assert [trial for trial in whole.singles if trial in few[0].singles] == list(few[0].singles)
    names = {trial.cells for trial in few[0].singles}
    assert all(trial in few[0].singles for trial in whole.singles if trial.cells in names)
    settings = plan.parent / "few.toml"
    settings.write_text("[limits]\nmax-trials = 0\n", encoding="utf-8")
    said = run("mutate", str(plan), "--lang", "en", "--config", str(settings)).stdout.decode()
    assert "not all was tried: 0 figures of " in said and "(max-trials = 0)" in said
    found = valid("mutation", run("mutate", str(plan), "--format", "json", "--config", str(settings)).stdout)["plans"][0]
    assert found["not_tried"]["figures"] == found["figures"]


def test_fix_tries_as_many_cases_as_are_affordable(plan: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    table = "    columns: {k: {role: name}, a: x}\n    rows: [[甲, 1], [乙, 2]]\n    total: [合计, 4]\n    checks: [sum(a) == 3]\n"
    plan.write_text("fireaudit: 1\nplan: {title: 例}\ntables:\n" + "".join(f"  {name}:\n{table}" for name in "stu"), encoding="utf-8")
    said = []
    for most in (1_000_000, 1):
        monkeypatch.setattr(fix, "MOST_AUDITED", most)
        program(words := ["fix", str(plan), "--lang", "en"])(words, standalone_mode=False)
        said.append(capfdbinary.readouterr())
    assert said[0].out.count(b"--- ") == 3 and not said[0].err
    assert said[1].out.count(b"--- ") == 1 and b"2 more cases" in said[1].err


@pytest.mark.parametrize("changed", [[0], [4], [9], [2, 3], [2, 5], [2, 6], [0, 3, 9]])
def test_a_fix_is_a_diff_as_others_write_it(changed: list[int]) -> None:
    was = [f"{index}\n" for index in range(10)]
    now = [f"new {line}" if index in changed else line for index, line in enumerate(was)]
    assert list(fix._hunks(was, now)) == list(difflib.unified_diff(was, now, n=1))[2:]


def test_mutate_reports(plan: Path) -> None:
    found = valid("mutation", run("mutate", str(plan), "--format", "json", "--pairs", "5").stdout)["plans"]
    assert isinstance(found, list) and found[0]["rates"]["provable_noticed"]["of"] > 20
    assert "种子 1" in run("mutate", str(plan), "--lang", "zh", "--pairs", "5").stdout.decode()


def test_cases_lead_the_report_and_are_in_the_json(plan: Path) -> None:
    text = run("check", str(plan), "--lang", "en").stdout.decode()
    assert text.startswith("── Case 1 (error)") and "15 → 14" in text.splitlines()[1]
    cases = valid("report", run("check", str(plan), "--format", "json").stdout)["cases"]
    assert isinstance(cases, list) and len(cases) == 1
    assert cases[0]["certain"] and cases[0]["repairs"][0]["corrections"][0]["becomes"] == "14"
