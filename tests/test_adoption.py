"""A repository with both plans takes fireaudit into its CI: ten lines, annotations, acceptances, a baseline, changes only."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
STATION_TOTAL = 'total: ["", 合计, 1111.27, 1046.66, 106, 190, 84, 1919, 15.07, 29, 33, 16, 7, "", ""]'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    plans = tmp_path / "plans"
    plans.mkdir()
    for path in (ROOT / "plans").glob("*.yaml"):
        (plans / path.name).write_bytes(path.read_bytes())
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    names = {f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(["git", *arguments], cwd=folder, env=env, check=True, capture_output=True, text=True).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")


def fireaudit(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fireaudit", *arguments]
    done = subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), **env}, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    return done


def edit(folder: Path, plan: str, change: Callable[[str], str]) -> None:
    path = folder / "plans" / f"{plan}.yaml"
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")


def annotations(out: str) -> list[tuple[str, str, int, int, str]]:
    """Level, file, line, column and title of each workflow command."""
    found = re.findall(r"^::(error|warning) file=([^,]*),line=(\d+),endLine=\d+,col=(\d+),endColumn=\d+,title=(\w+)", out, re.MULTILINE)
    return [(level, file, int(line), int(column), code) for level, file, line, column, code in found]


def test_the_workflow_of_the_docs_has_ten_lines() -> None:
    workflow = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    lines = [line for line in workflow.splitlines() if not line.startswith("#")]
    assert len(lines) <= 10 and "jobs" in yaml.safe_load(workflow)


def test_annotations_stand_at_the_figures_and_code_scanning_gets_them_too(repository: Path) -> None:
    summary = repository.parent / "summary.md"
    done = fireaudit(repository, "check", "plans", "--output", "github", "--output", "sarif:audit.sarif", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1
    text = (repository / "plans" / "dongguan.yaml").read_text(encoding="utf-8")
    line = text.splitlines().index(f"    {STATION_TOTAL}") + 1
    column = len("    ") + STATION_TOTAL.index("16, 7") + 1
    assert ("error", "plans/dongguan.yaml", line, column, "FA201") in annotations(done.stdout)
    assert summary.read_text(encoding="utf-8").startswith("### fireaudit")
    results = json.loads((repository / "audit.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert (line, column) in [(r["startLine"], r["startColumn"]) for s in results if (r := s["locations"][0]["physicalLocation"]["region"])]


def test_what_is_known_is_accepted_with_a_reason_and_a_change_is_held_to_what_it_breaks(repository: Path) -> None:
    # Known contradictions: one accepted at its figure, the rest in a baseline. The repository starts clean.
    edit(
        repository,
        "lianzhou",
        lambda text: text.replace(
            "stated: [{text: 32人, at: 第一章/第一节/5}]", "stated: [{text: 32人, at: 第一章/第一节/5}]  # fireaudit: 接受 FA206 “32人”：有人离职"
        ),
    )
    (repository / "fireaudit.toml").write_text('baseline = "known.json"\nfail-level = "warning"\n', encoding="utf-8")
    assert fireaudit(repository, "baseline", "plans").returncode == 0
    commit(repository)
    clean = fireaudit(repository, "check", "plans", "--output", "github", "--output", "json:report.json")
    report = json.loads((repository / "report.json").read_text(encoding="utf-8"))
    assert clean.returncode == 0 and clean.stdout == "" and report["findings"] == []
    assert {a["acceptance"]["by"] for a in report["accepted"]} == {"comment", "baseline"}
    (repository / "report.json").unlink()

    # A change on a branch breaks one figure: only that is annotated, with and without the baseline.
    git(repository, "switch", "-q", "-c", "change")
    town = "      - [1, 南城街道, 32.4, 41.83, 3, 7, "
    edit(repository, "dongguan", lambda text: text.replace(f"{town}4", f"      # 一行之差\n{town}5"))
    commit(repository)
    broken = fireaudit(repository, "check", "plans", "--output", "github")
    assert broken.returncode == 1
    assert {(file, code) for _, file, _, _, code in annotations(broken.stdout)} == {
        ("plans/dongguan.yaml", "FA201"),
        ("plans/dongguan.yaml", "FA203"),
    }
    (repository / "fireaudit.toml").write_text("", encoding="utf-8")
    since = fireaudit(repository, "check", "plans", "--since", "main", "--output", "github")
    assert since.returncode == 1
    assert {(file, code) for _, file, _, _, code in annotations(since.stdout)} == {
        ("plans/dongguan.yaml", "FA201"),
        ("plans/dongguan.yaml", "FA203"),
    }
    told = fireaudit(repository, "diff", "main", "plans", "--lang", "zh")
    assert told.returncode == 1 and "南城街道" in told.stdout and "4 → 5" in told.stdout

    # Mended, nothing is left to say of the change.
    git(repository, "checkout", "-q", "main", "--", "plans")
    assert fireaudit(repository, "check", "plans", "--since", "main", "--output", "github").returncode == 0
