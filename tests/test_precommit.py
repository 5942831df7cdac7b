"""The hooks under the real pre-commit, in a fresh repository with real git."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
GOOD = "fireaudit: 1\nplan: {title: 例}\nquantities:\n  a: {label: 站, stated: [3个, 三个]}\n"
BAD = GOOD.replace("三个", "4个")


class Repository:
    """A git repository and the pre-commit that looks after it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "a"), ("EMAIL", "a@example.org"))}
        outside = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self.environment = {**outside, **who, "PRE_COMMIT_HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "GIT_CONFIG_GLOBAL": os.devnull}
        folder.mkdir()
        self.run("git", "init", "-q")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert "Traceback" not in done.stderr + done.stdout, done.stderr
        return done

    def precommit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "pre_commit", *arguments)

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")
        self.run("git", "add", "--", path)

    def commit(self) -> subprocess.CompletedProcess[str]:
        return self.run("git", "commit", "-q", "-m", "x")


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r", tmp_path / "home")
    assert repository.precommit("validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")).returncode == 0
    assert [hook["id"] for hook in HOOKS] == ["fireaudit", "fireaudit-all"]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with the hooks as they stand, run by the Python at hand instead of one made for them."""
    made = Repository(tmp_path / "r", tmp_path / "home")
    hooks = [{**hook, "language": "system", "entry": f"env PYTHONPATH={ROOT} {sys.executable} -P -m {hook['entry']}"} for hook in HOOKS]
    with (made.folder / ".pre-commit-config.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump({"repos": [{"repo": "local", "hooks": hooks}]}, file)
    made.run("git", "add", ".pre-commit-config.yaml")
    made.precommit("install")
    return made


def test_a_commit_is_stopped_by_its_own_plans_and_by_all_plans(repository: Repository) -> None:
    repository.write("plans/good.yaml", GOOD)
    repository.write("notes.yaml", BAD)
    repository.write("plans/notes.txt", BAD)
    done = repository.commit()
    assert done.returncode == 0, done.stdout + done.stderr

    repository.write("plans/bad year.yml", BAD)
    done = repository.commit()
    assert done.returncode == 1 and done.stderr.count("plans/bad year.yml:4:30 error FA301") == len(HOOKS), done.stderr
    assert "good.yaml" not in done.stderr and "notes" not in done.stderr

    repository.environment["SKIP"] = ",".join(hook["id"] for hook in HOOKS)
    assert repository.commit().returncode == 0
    del repository.environment["SKIP"]
    repository.write("plans/good.yaml", GOOD + "# \n")
    done = repository.commit()
    states = re.findall(r"^fireaudit.*?\.+(?:\(.*\))?(Passed|Failed|Skipped)$", done.stderr, re.MULTILINE)
    assert states == ["Passed", "Failed"], done.stderr


def test_a_plan_that_is_no_plan_or_hostile_stops_the_commit_in_plain_text(repository: Repository) -> None:
    repository.write("plans/x.yaml", 'fireaudit: 1\nplan: {title: "\\e[31m::error::"}\nquantities: {a: {label: "\\e[2J\\n::error::", stated: [1个, 2个]}}\n')
    repository.write("plans/y.yaml", "a: [\n")
    done = repository.commit()
    assert done.returncode == 1 and "FA301" in done.stderr and "FA001" in done.stderr
    assert "\x1b" not in done.stderr and not re.search(r"^\s*::", done.stderr, re.MULTILINE)


def test_pre_commit_installs_the_working_copy_and_runs_it(wheels: dict[str, str], tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git repository, which pre-commit needs to install from")
    repository = Repository(tmp_path / "r", tmp_path / "home")
    repository.environment |= wheels
    repository.write("plans/bad.yaml", BAD)
    done = repository.precommit("try-repo", str(ROOT), "--all-files", "--color=never")
    assert "Installing environment" in done.stdout + done.stderr
    assert done.returncode == 1 and done.stdout.count("plans/bad.yaml:4:30 error FA301") == len(HOOKS), done.stdout + done.stderr
