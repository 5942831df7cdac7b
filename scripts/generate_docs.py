"""Writes the generated parts of the docs: a page for each rule in each language, and copies of the schemas."""

from __future__ import annotations

from pathlib import Path

from fireaudit.plan.schema import schema_text
from fireaudit.rules import RULES
from fireaudit.rules.page import page

ROOT = Path(__file__).parent.parent


def main() -> None:
    for lang in ("zh", "en"):
        folder = ROOT / "docs" / "rules" / lang
        folder.mkdir(parents=True, exist_ok=True)
        for rule in RULES:
            (folder / f"{rule.code}.md").write_text(page(rule, lang), encoding="utf-8")
    for name in ("plan", "report"):
        (ROOT / "schemas" / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")


if __name__ == "__main__":
    main()
