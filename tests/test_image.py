"""The recipe of the image carried out without a container engine: its stages as folders, its scripts in bash, its entry point run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def instructions() -> list[list[tuple[str, str]]]:
    """The recipe by stage, each instruction as ``(KEYWORD, rest)``; the first part is what stands before any stage."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Containerfile").read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    stages: list[list[tuple[str, str]]] = [[]]
    for line in filter(None, text.splitlines()):
        keyword, rest = line.split(None, 1)
        if keyword == "FROM":
            stages.append([])
        stages[-1].append((keyword, rest))
    return stages


class Image:
    """What building the recipe leaves. The stage under way is always the folder ``root``, since paths get written into what is installed there."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.root, self.work = folder / "root", "/"
        self.settings: dict[str, list[str]] = {}
        environment = {"PATH": f"{Path(sys.executable).parent}:{os.defpath}", "HOME": str(folder), **environment}
        for stage in instructions()[1:]:
            (_, base), *rest = stage
            self.root.mkdir()
            self.settings, self.environment = {}, dict(environment)
            for keyword, argument in rest:
                getattr(self, keyword.lower())(argument)
            name = base.partition(" AS ")[2]
            if name:
                self.root.rename(folder / name)

    def inside(self, path: str) -> Path:
        return self.root / self.work.lstrip("/") / path if not path.startswith("/") else self.root / path.lstrip("/")

    def rooted(self, text: str) -> str:
        """Absolute paths of the recipe as they are here."""
        return re.sub(r"(?<![\w./])/(?=(opt|src|work)\b)", f"{self.root}/", text)

    def workdir(self, path: str) -> None:
        self.work = path
        self.inside("").mkdir(parents=True, exist_ok=True)

    def copy(self, argument: str) -> None:
        *sources, target = argument.split()
        stage = self.root.parent / sources.pop(0).partition("=")[2] if sources[0].startswith("--from=") else ROOT
        for source in sources:
            path, goal = stage / source.lstrip("/"), self.inside(target)
            if path.is_dir():
                shutil.copytree(path, goal, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, goal)

    def run(self, script: str) -> None:
        done = subprocess.run(["bash", "-ec", self.rooted(script)], cwd=self.inside(""), env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def env(self, argument: str) -> None:
        for name, _, value in (pair.partition("=") for pair in argument.split()):
            self.environment[name] = self.rooted(value).replace(f"${name}", self.environment.get(name, ""))

    def user(self, name: str) -> None:
        self.settings["user"] = name.split(":")

    def entrypoint(self, words: str) -> None:
        self.settings["entrypoint"] = json.loads(words)

    def cmd(self, words: str) -> None:
        self.settings["cmd"] = json.loads(words)

    def start(self, *arguments: str, lang: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
        command = [*self.settings["entrypoint"], *(arguments or self.settings["cmd"])]
        return subprocess.run(command, cwd=self.inside(""), env={**self.environment, "LANG": lang}, capture_output=True, text=True)


@pytest.fixture(scope="module")
def image(wheels: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Image:
    return Image(tmp_path_factory.mktemp("image"), wheels)


def test_it_runs_as_nobody_in_particular_and_needs_nothing_of_the_build(image: Image) -> None:
    assert all(number.isdigit() and int(number) > 0 for number in image.settings["user"])
    assert sorted(path.name for path in image.root.iterdir()) == ["opt", "work"] and not list((image.root / "opt" / "fireaudit" / "bin").glob("pip*"))
    assert image.environment["LANG"] == "C.UTF-8"


def test_the_entry_point_audits_what_is_mounted(image: Image) -> None:
    image.inside("plan.yaml").write_text("fireaudit: 1\nplan: {title: 例}\nquantities:\n  a: {label: 站, stated: [3个, 4个]}\n", encoding="utf-8")
    done = image.start("check", ".", "--format", "concise", lang="zh_CN.UTF-8")
    assert done.returncode == 1 and "plan.yaml:4:30 错误 FA301" in done.stdout, done.stderr
    assert str(image.root) in subprocess.run(["bash", "-c", "command -v fireaudit"], env=image.environment, capture_output=True, text=True).stdout
    done = image.start()
    assert done.returncode == 0 and "check" in done.stdout


def test_everything_installed_is_pinned(image: Image) -> None:
    def name(text: str) -> str:
        return re.sub("[-_.]+", "-", text.lower())

    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    pinned = {name(line.partition("==")[0]): line.partition("==")[2] for line in lines}
    parts = [path.name.removesuffix(".dist-info").rpartition("-") for path in image.root.glob("opt/fireaudit/lib/python*/site-packages/*.dist-info")]
    installed = {name(project): version for project, _, version in parts}
    assert "typer" in installed and "hatchling" not in installed
    (built,) = image.root.glob("opt/fireaudit/lib/python*/site-packages/fireaudit-*.dist-info/WHEEL")
    assert f"Generator: hatchling {pinned['hatchling']}\n" in built.read_text(encoding="utf-8")
    assert {project: pinned.get(project) for project in installed if project != "fireaudit"} == {
        project: version for project, version in installed.items() if project != "fireaudit"
    }


def test_nothing_but_what_is_copied_is_sent_to_the_builder() -> None:
    copied = {word for stage in instructions() for keyword, rest in stage if keyword == "COPY" and "--from" not in rest for word in rest.split()[:-1]}
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert sent[0] == "*" and {line.removeprefix("!") for line in sent if line.startswith("!")} == copied
