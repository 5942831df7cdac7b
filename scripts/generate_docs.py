"""Writes what is generated: rule pages in each language, copies of the schemas, golden reports of both plans."""

from __future__ import annotations

from pathlib import Path

from fireaudit.app import Audit, Options, audit_text
from fireaudit.plan.schema import schema_text
from fireaudit.reports.text import headline, render
from fireaudit.rules import RULES
from fireaudit.rules.page import page

ROOT = Path(__file__).parent.parent


SHOWN = ("≠ 150万人次", "≱ min(", "= 15个 ≠ 16")


def excerpt(lang: str) -> str:
    """The README's report: three findings of the Dongguan plan, word for word, and the summary."""
    path = ROOT / "plans" / "dongguan.yaml"
    audited = audit_text("plans/dongguan.yaml", path.read_bytes(), Options())
    *findings, tail = render(Audit((audited,)), lang).rstrip().split("\n\n")
    return "\n\n".join([block for block in findings if any(mark in block for mark in SHOWN)] + [tail])


def with_excerpt(readme: str, lang: str) -> str:
    before, _, rest = readme.partition("```text\n")
    _, _, after = rest.partition("\n```\n")
    return f"{before}```text\n{excerpt(lang)}\n```\n{after}"


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
            lines = "".join(headline(finding, lang) + "\n" for finding in audited.findings)
            (ROOT / "tests" / "golden" / f"{path.stem}.{lang}.txt").write_text(lines, encoding="utf-8")
    for name in ("plan", "report"):
        (ROOT / "schemas" / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")


if __name__ == "__main__":
    main()
