"""Writes what is generated: rule pages in each language, copies of the schemas, golden reports of both plans."""

from __future__ import annotations

from pathlib import Path

from fireaudit.app import Options, audit_text
from fireaudit.plan.schema import schema_text
from fireaudit.reports.text import headline
from fireaudit.rules import RULES
from fireaudit.rules.page import page

ROOT = Path(__file__).parent.parent


def main() -> None:
    for lang in ("zh", "en"):
        folder = ROOT / "docs" / "rules" / lang
        folder.mkdir(parents=True, exist_ok=True)
        for rule in RULES:
            (folder / f"{rule.code}.md").write_text(page(rule, lang), encoding="utf-8")
        for path in sorted((ROOT / "plans").glob("*.yaml")):
            audited = audit_text(f"plans/{path.name}", path.read_bytes(), Options())
            lines = "".join(headline(finding, lang) + "\n" for finding in audited.findings)
            (ROOT / "tests" / "golden" / f"{path.stem}.{lang}.txt").write_text(lines, encoding="utf-8")
    for name in ("plan", "report"):
        (ROOT / "schemas" / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")


if __name__ == "__main__":
    main()
