"""Nothing is imported before it is needed: what a command starts is what it uses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CLEAN = "fireaudit: 1\nplan: {title: 例}\nquantities:\n  a: {label: 站, stated: [3个, 三个]}\nchecks: [a >= 1]\n"
WRONG = CLEAN.replace("三个", "4个")
HEAVY = {
    "typer", "rich", "ruamel", "jsonschema", "jsonschema_rs", "jinja2", "tempfile", "hashlib", "concurrent", "multiprocessing", "tomllib",
    "fireaudit.app", "fireaudit.rules", "fireaudit.quantity", "fireaudit.diagnosis", "fireaudit.reports.html", "fireaudit.reports.sarif",
    "fireaudit.change", "fireaudit.vcs", "fireaudit.history", "fireaudit.cli.diff", "fireaudit.cli.explain", "fireaudit.mutate", "fireaudit.fix",
}  # fmt: skip
AUDITING = {"typer", "ruamel", "jsonschema_rs", "fireaudit.app", "fireaudit.rules", "fireaudit.quantity"}
DIAGNOSING = {*AUDITING, "fireaudit.diagnosis", "hashlib"}


@pytest.mark.parametrize(
    ("words", "stdin", "needed"),
    [
        (["--version"], "", set()),
        (["new"], "", {"typer", "fireaudit.rules", "fireaudit.quantity"}),
        (["figure", "3个"], "", {"typer", "fireaudit.rules", "fireaudit.quantity"}),
        (["check", "-", "--isolated"], CLEAN, AUDITING),
        (["check", "-", "--isolated", "--format", "json"], CLEAN, AUDITING),
        (["check", "-", "--isolated"], WRONG, DIAGNOSING),
    ],
    ids=["version", "new", "figure", "clean plan", "clean plan as JSON", "contradiction"],
)
def test_only_what_is_needed_is_imported(words: list[str], stdin: str, needed: set[str]) -> None:
    code = f"import sys; sys.argv = ['fireaudit', *{words!r}]\nfrom fireaudit.cli import run\ntry: run()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], input=stdin.encode(), capture_output=True, cwd=ROOT)
    assert done.returncode == (stdin == WRONG)
    loaded = set(done.stderr.decode().split())
    assert "fireaudit.cli" in loaded
    assert HEAVY & loaded == needed


def test_a_command_line_that_names_no_command_knows_them_all() -> None:
    done = subprocess.run([sys.executable, "-m", "fireaudit", "--help"], capture_output=True, cwd=ROOT, check=True)
    from fireaudit.cli import COMMANDS

    assert all(f"\n  {command} ".encode() in done.stdout for command in COMMANDS)
