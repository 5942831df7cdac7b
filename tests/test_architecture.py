"""The house rules: who may import whom, who may print, who may open a file, and no number is a float."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "fireaudit"
FILES = sorted(PACKAGE.rglob("*.py"))
BELOW = {
    "quantity": 0,
    "nearest": 0,
    "limits": 0,
    "plan": 1,
    "readers": 2,
    "reading": 4,
    "findings": 1,
    "cases": 1,
    "checks": 2,
    "rules": 3,
    "diagnosis": 3,
    "discovery": 4,
    "words": 4,
    "messages": 4,
    "config": 4,
    "accept": 4,
    "files": 4,
    "scope": 4,
    "documents": 4,
    "telling": 4,
    "evidence": 5,
    "app": 4,
    "brief": 4,
    "executor": 0,
    "cache": 0,
    "survey": 5,
    "fix": 5,
    "mutate": 5,
    "change": 5,
    "vcs": 5,
    "history": 6,
    "reports": 5,
    "outputs": 6,
    "cli": 7,
    "__main__": 8,
}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_house_rules(path: Path) -> None:
    here = room(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("fireaudit."):
            there = str(node.module).split(".")[1]
            if path.name != "page.py":
                assert BELOW[there] <= BELOW[here], f"{here} imports {there}"
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float) or here == "nearest", node.value
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("print", "float", "eval", "exec"), node.func.id
            if node.func.id == "open":
                assert here in ("cache", "cli", "files", "outputs")
