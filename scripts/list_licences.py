"""Writes docs/licences.md: the licences of all packages that an installation with ``[documents]`` brings, from their own metadata."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "licences.md"
HEAD = """# Licences · 许可证

What an installation with `[documents]` brings besides fireaudit itself (MIT), and the licence each states in its own
metadata. Written by `scripts/list_licences.py`.

安装 `fireaudit[documents]` 时一并装入的软件包，及其元数据自述的许可证；fireaudit 本身为 MIT。

| package | licence |
|---|---|
"""


def needed(requirements: Iterable[str], found: dict[str, Distribution]) -> dict[str, Distribution]:
    """The packages that are required, and what they require, without extras and without what this system does not need."""
    for requirement in requirements:
        wanted, _, condition = requirement.partition(";")
        below = re.split(r"[^\w.-]", wanted.strip(), maxsplit=1)[0]
        key = re.sub(r"[-_.]+", "-", below).lower()
        if "extra" in condition or "platform" in condition or key in found:
            continue
        try:
            found[key] = distribution(below)
        except PackageNotFoundError:  # for other versions of Python
            continue
        needed(found[key].requires or (), found)
    return found


def licence(found: Distribution) -> str:
    stated = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    if not stated or "\n" in stated:
        classified = [c.rpartition(" :: ")[2] for c in found.metadata.get_all("Classifier", []) if c.startswith("License")]
        stated = ", ".join(classified)
    return stated


def page() -> str:
    project = tomllib.loads((PAGE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["documents"]]
    return HEAD + "".join(f"| {name} | {licence(found)} |\n" for name, found in sorted(needed(wanted, {}).items()))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
