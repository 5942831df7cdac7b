"""The GitHub action and the GitLab template: valid by their services' own schemas, their scripts run with what the services would give them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
GOOD = "fireaudit: 1\nplan: {title: 例}\nquantities:\n  a: {label: 站, stated: [3个, 三个]}\n"
BAD = GOOD.replace("三个", "4个") + "  b: {label: 队, stated: [5支]}\n"
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned;",
    "x'\"; touch pwned; '\"",
    "plans && touch pwned",
    "${PATH@P} $HOME ~",
    "--output=json:pwned",
    "--",
    "-",
    "pl* [a-z]* ?",
    "\\ \\n \\",
    "甲镇 plans",
    "%0A::error::y",
    "##[error]y",
    "\x1b[31m",
    "::error::y",
    "\n\nx\n::stop-commands::y\n",
]


def accepted(schema: str, instance: object, folder: Path) -> None:
    """Held to the schema by which editors of the service judge such files."""
    path = folder / "instance.json"
    path.write_text(json.dumps(instance), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


class Runner:
    """A job of a service: a repository with two plans, one of them wrong, and with files that would like to be imported, an environment, a bash."""

    def __init__(self, folder: Path) -> None:
        self.repository, self.temp, self.bin = folder / "repository", folder / "temp", folder / "bin"
        self.summary = folder / "summary.md"
        (self.repository / "plans").mkdir(parents=True)
        for name, text in (("good", GOOD), ("bad", BAD)):
            (self.repository / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")
        for name in ("fireaudit", "typer", "rich", "venv", "pip", "json", "sitecustomize"):
            (self.repository / f"{name}.py").write_text("open('pwned', 'w')\n", encoding="utf-8")
        self.temp.mkdir()
        self.bin.mkdir()
        self.summary.touch()

    def stand_in(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def bash(self, script: str, given: dict[str, str], shell: list[str] = BASH) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": f"{self.bin}:{Path(sys.executable).parent}:{os.defpath}", "HOME": str(self.temp), "LANG": "C.UTF-8", "CI": "true", **given}
        done = subprocess.run([*shell, script], cwd=self.repository, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert not (self.repository / "pwned").exists() and "Traceback" not in done.stderr, done.stderr
        return done

    def words(self, program: str, script: str, given: dict[str, str], shell: list[str] = BASH) -> list[str]:
        """What ``program`` is called with."""
        self.stand_in(program, "printf '%s\\0' \"$@\"")
        done = self.bash(script, given, shell)
        assert done.returncode == 0 and not done.stderr, done.stderr
        return done.stdout.split("\0")[:-1]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


ACTION = YAML(typ="safe").load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step.get("name", step.get("uses")): step for step in ACTION["runs"]["steps"]}


def given(step: str, runner: Runner, **inputs: str) -> dict[str, str]:
    """The environment of a step, its expressions filled in."""
    values = {name: one["default"] for name, one in ACTION["inputs"].items()} | {name.replace("_", "-"): value for name, value in inputs.items()}
    contexts = {"inputs": values, "runner": {"temp": str(runner.temp)}}

    def value(found: re.Match[str]) -> str:
        context, _, key = found[1].partition(".")
        return contexts[context][key]

    own = {name: re.sub(r"\$\{\{ ([\w.-]+) \}\}", value, text) for name, text in STEPS[step]["env"].items()}
    return {"GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_STEP_SUMMARY": str(runner.summary), **own}


def test_the_action_is_valid_and_safe_by_the_tools_of_the_trade(tmp_path: Path) -> None:
    accepted("vendor.github-actions", ACTION, tmp_path)
    zizmor = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--quiet", "--persona=pedantic", str(ROOT / "action.yml")]
    done = subprocess.run(zizmor, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert [name for name in STEPS if "@" in name] == [STEPS[name]["uses"] for name in STEPS if name.startswith("actions/setup-python@")]
    assert not [step for step in STEPS.values() if "${{" in step.get("run", "")]


def test_the_action_installs_itself_and_annotates(runner: Runner, wheels: dict[str, str]) -> None:
    install = runner.bash(STEPS["Install fireaudit"]["run"], given("Install fireaudit", runner) | wheels)
    assert install.returncode == 0, install.stderr
    assert (runner.temp / "fireaudit" / "fireaudit" / "schemas" / "plan.schema.json").is_file()
    done = runner.bash(STEPS["Audit"]["run"], given("Audit", runner, sarif="audit.sarif", args="--lang zh --unchecked"))
    assert done.returncode == 1 and "::error file=plans/bad.yaml,line=4,endLine=4,col=30,endColumn=32," in done.stdout, done.stderr
    assert json.loads((runner.repository / "audit.sarif").read_bytes())["version"] == "2.1.0"
    assert "plans/bad.yaml" in runner.summary.read_text(encoding="utf-8")
    assert runner.bash(STEPS["Audit"]["run"], given("Audit", runner, fail_level="never", paths="\nplans/bad.yaml\n")).returncode == 0
    assert runner.bash(STEPS["Audit"]["run"], given("Audit", runner, paths="absent")).returncode == 2


@pytest.mark.parametrize("value", HOSTILE)
def test_inputs_of_the_action_are_words(runner: Runner, value: str) -> None:
    def words(**inputs: str) -> list[str]:
        module, name, command, *rest = runner.words("python", STEPS["Audit"]["run"], given("Audit", runner, **inputs))
        assert (module, name, command) == ("-m", "fireaudit", "check")
        return rest

    always = ["--output", "github"]
    assert words(paths=value) == [*always, "--", *filter(None, value.split("\n"))]
    assert words(fail_level=value) == [*always, f"--fail-level={value}", "--", "plans"]
    assert words(sarif=value) == [*always, "--output", f"sarif:{value}", "--", "plans"]
    assert words(args=value) == [*value.split(), *always, "--", "plans"]


@pytest.mark.parametrize("value", ["::error::y", "\n::error::y", "##[error]y", "\x1b[31m\r::error::y"])
def test_nothing_in_an_input_is_a_command_to_the_log(runner: Runner, value: str) -> None:
    for inputs in ({"paths": value}, {"fail_level": "\n::error::y"}, {"sarif": f"absent/{value}"}, {"args": value}, {"args": f"--format {value}"}):
        filled = given("Audit", runner, **inputs) | {"PYTHONPATH": str(ROOT)}
        done = runner.bash(STEPS["Audit"]["run"], filled)
        assert done.returncode == 2 and not done.stdout
        assert not re.search(r"^\s*::|##\[|\x1b|\r", done.stderr, re.MULTILINE), done.stderr


HEADER, TEMPLATE = YAML(typ="safe").load_all((ROOT / "templates" / "fireaudit.yml").read_text(encoding="utf-8"))


def job(**inputs: str) -> tuple[dict[str, Any], dict[str, str], str]:
    """The job of the template with inputs filled in as GitLab does, after parsing; its variables and its script."""
    values = {"source": ""} | {name: one["default"] for name, one in HEADER["spec"]["inputs"].items() if "default" in one}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}

    def filled(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: filled(value) for key, value in node.items()}
        if isinstance(node, list):
            return [filled(value) for value in node]
        return re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: values[found[1]], node) if isinstance(node, str) else node

    (made,) = filled(TEMPLATE).values()
    return made, made["variables"], "\n".join(made["script"])


def test_the_template_is_valid(tmp_path: Path) -> None:
    accepted("vendor.gitlab-ci", HEADER, tmp_path)
    accepted("vendor.gitlab-ci", {"fireaudit": job()[0]}, tmp_path)
    used = set(re.findall(r"\$\[\[ inputs\.([\w-]+) \]\]", json.dumps(TEMPLATE)))
    assert used == set(HEADER["spec"]["inputs"])
    assert not [line for line in TEMPLATE["fireaudit"]["script"] if "$[[" in line]


@pytest.mark.parametrize("shell", [BASH, ["sh", "-ec"]], ids=["bash", "sh"])
def test_the_template_writes_the_reports_that_it_hands_over(runner: Runner, shell: list[str]) -> None:
    made, variables, script = job(args="--lang zh")
    runner.stand_in("fireaudit", f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m fireaudit "$@"')
    done = runner.bash(script, variables, shell)
    assert done.returncode == 1 and "错误" in done.stdout, done.stderr
    reports = made["artifacts"]["reports"]
    quality = json.loads((runner.repository / reports["codequality"]).read_bytes())
    assert [(issue["location"]["path"], issue["location"]["lines"]["begin"], issue["severity"]) for issue in quality] == [("plans/bad.yaml", 4, "major")]
    assert ET.parse(runner.repository / reports["junit"]).getroot().tag == "testsuites"


@pytest.mark.parametrize("shell", [BASH, ["sh", "-ec"]], ids=["bash", "sh"])
@pytest.mark.parametrize("value", HOSTILE)
def test_inputs_of_the_template_are_words(runner: Runner, value: str, shell: list[str]) -> None:
    def words(**inputs: str) -> list[str]:
        _, variables, script = job(**inputs)
        return runner.words("fireaudit", script, variables, shell)

    reports = ["--output", "text", "--output", "gitlab:gl-code-quality-report.json", "--output", "junit:fireaudit.xml"]
    assert words(paths=value) == ["check", *reports, "--", *filter(None, value.split("\n"))]
    assert words(args=value) == ["check", *value.split(), *reports, "--", "plans"]
    runner.stand_in("fireaudit", "")
    _, variables, script = job(source=value)
    assert runner.words("python", script, variables, shell) == ["-I", "-m", "pip", "install", "--quiet", "--", value]


PAGES = [ROOT / "docs" / "ci.md", ROOT / "docs" / "ci.zh.md"]


def blocks(page: Path) -> list[tuple[str, str]]:
    """The examples of a page: language and text."""
    return [(token.info, token.content) for token in MarkdownIt().parse(page.read_text(encoding="utf-8")) if token.type == "fence"]


def test_both_pages_give_the_same_examples() -> None:
    first, second = map(blocks, PAGES)
    assert first == second and len(first) >= 6


@pytest.mark.parametrize("text", [text for info, text in blocks(PAGES[0]) if info == "yaml" and "language-server" not in text])
def test_an_example_is_valid_and_short(tmp_path: Path, text: str) -> None:
    name = text.partition("\n")[0].removeprefix("# ")
    example = YAML(typ="safe").load(text)
    if name == ".pre-commit-config.yaml":
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", str(path)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
        manifest = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        assert {hook["id"] for hook in example["repos"][0]["hooks"]} <= {hook["id"] for hook in manifest}
    elif name == ".gitlab-ci.yml":
        accepted("vendor.gitlab-ci", example, tmp_path)
        (component,) = example["include"]
        assert re.search(r"/fireaudit/fireaudit@", component["component"]) and (ROOT / "templates" / "fireaudit.yml").is_file()
        required = {key for key, one in HEADER["spec"]["inputs"].items() if "default" not in one}
        assert required <= set(component["inputs"]) <= set(HEADER["spec"]["inputs"])
    else:
        assert name == ".github/workflows/fireaudit.yml"
        accepted("vendor.github-workflows", example, tmp_path)
        (own,) = [step for step in example["jobs"]["fireaudit"]["steps"] if "/fireaudit@" in step["uses"]]
        assert set(own["with"]) <= set(ACTION["inputs"])
    assert len(text.splitlines()) <= (15 if "sarif" in text else 12)


def test_commands_of_the_pages_run(runner: Runner) -> None:
    script = "\n".join(text for info, text in blocks(PAGES[0]) if info == "sh")
    runner.stand_in("fireaudit", f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m fireaudit "$@"')
    assert runner.bash(script, {}, ["bash", "-n", "-c"]).returncode == 0
    own = [line for line in script.splitlines() if line.startswith("fireaudit ") and "--watch" not in line]
    assert [runner.bash(line, {}).returncode for line in own] == [1, 0]
    assert (runner.repository / "fireaudit.xml").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_tables_name_every_input_and_its_default(page: Path) -> None:
    rows = re.findall(r"^\| `([\w-]+)` \|.*\| ?(?:`(.*?)`|无|none|) ?\|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = [(name, one.get("default", "")) for inputs in (ACTION["inputs"], HEADER["spec"]["inputs"]) for name, one in inputs.items()]
    assert sorted(rows) == sorted(wanted)
