"""Writes what is generated: pages of rules and commands in each language, copies of the schemas, golden reports of both plans."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from fireaudit.app import Audit, Options, audit_text
from fireaudit.cli.schema import SCHEMAS
from fireaudit.mutate import Score, mutate
from fireaudit.plan.schema import schema_text
from fireaudit.reports import mutation
from fireaudit.reports.text import render
from fireaudit.rules import RULES
from fireaudit.rules.page import page

ROOT = Path(__file__).parent.parent


def excerpt(lang: str) -> str:
    """The README's report: one case of the Dongguan plan with its findings, word for word, and the summary."""
    path = ROOT / "plans" / "dongguan.yaml"
    audited = audit_text("plans/dongguan.yaml", path.read_bytes(), Options())
    *blocks, tail = render(Audit((audited,)), lang).rstrip().split("\n\n")
    start = next(index for index, block in enumerate(blocks) if block.startswith("── ") and "16 → 15" in block)
    return "\n\n".join([*blocks[start : start + 3], tail])


def with_excerpt(readme: str, lang: str) -> str:
    before, _, rest = readme.partition("```text\n")
    _, _, after = rest.partition("\n```\n")
    return f"{before}```text\n{excerpt(lang)}\n```\n{after}"


@cache
def scores() -> tuple[Score, ...]:
    """A run over both plans, the same on any machine and any number of processes."""
    return tuple(mutate(f"plans/{path.name}", path.read_bytes(), 200, 1) for path in sorted((ROOT / "plans").glob("*.yaml")))


def mutation_page(lang: str) -> str:
    """What is measured, and a real run over both plans."""
    before = (ROOT / "docs" / f"mutation.{lang}.md").read_text(encoding="utf-8").partition("```text\n")[0]
    return f"{before}```text\n{''.join(mutation.render(score, lang, 5) for score in scores()).rstrip()}\n```\n"


HELP = """
import sys
from fireaudit.cli import COMMANDS, program
for words in ([], *([name] for name in COMMANDS)):
    print("\\n## " + " ".join(["fireaudit", *words]) + "\\n\\n```text")
    program()([*words, "--help"], standalone_mode=False, prog_name="fireaudit")
    print("```")
"""


@cache
def commands_page(lang: str) -> str:
    """What every command says of itself."""
    env = {**os.environ, "LC_ALL": {"zh": "zh_CN.UTF-8", "en": "C.UTF-8"}[lang], "PYTHONUTF8": "1", "COLUMNS": "110", "TERMINAL_WIDTH": "110"}
    done = subprocess.run([sys.executable, "-c", HELP], env=env, cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8")
    title = {"zh": "# 命令\n\n[English](commands.en.md)", "en": "# Commands\n\n[中文](commands.zh.md)"}[lang]
    return title + "\n" + "\n".join(line.rstrip() for line in done.stdout.split("\n"))


def main() -> None:
    for lang, name in (("en", "README.md"), ("zh", "README.zh.md")):
        path = ROOT / name
        path.write_text(with_excerpt(path.read_text(encoding="utf-8"), lang), encoding="utf-8")
    for lang in ("zh", "en"):
        folder = ROOT / "docs" / "rules" / lang
        folder.mkdir(parents=True, exist_ok=True)
        for rule in RULES:
            (folder / f"{rule.code}.md").write_text(page(rule, lang), encoding="utf-8")
        for path in sorted((ROOT / "plans").glob("*.yaml")):
            audited = audit_text(f"plans/{path.name}", path.read_bytes(), Options())
            (ROOT / "tests" / "golden" / f"{path.stem}.{lang}.txt").write_text(render(Audit((audited,)), lang), encoding="utf-8")
        (ROOT / "docs" / f"commands.{lang}.md").write_text(commands_page(lang), encoding="utf-8")
        (ROOT / "docs" / f"mutation.{lang}.md").write_text(mutation_page(lang), encoding="utf-8")
    for name in SCHEMAS:
        (ROOT / "schemas" / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")


if __name__ == "__main__":
    main()
