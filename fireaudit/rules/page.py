"""The page of a rule, from its own file."""

from __future__ import annotations

from fireaudit.messages import word
from fireaudit.rules.base import Rule


def page(rule: Rule, lang: str) -> str:
    """Markdown: what, why, how to fix, examples."""
    en = lang == "en"
    parts = [f"# {rule.code} {rule.name}\n\n{rule.title[en]}", f"**{word('severity', lang)}** {word(rule.severity.word, lang)}"]
    parts += [f"## {word(key, lang)}\n\n{text[en]}" for key, text in (("what", rule.what), ("why", rule.why), ("fix", rule.fix))]
    parts += [f"## {word(key, lang)}\n\n```yaml\n{text}```" for key, text in (("fails", rule.fails), ("passes", rule.passes)) if text]
    return "\n\n".join(parts) + "\n"
