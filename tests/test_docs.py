"""The docs: each page in both languages, links that lead somewhere, examples that the audit reads, commands that exist."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typer.main import get_command

from fireaudit.app import Options, audit_text
from fireaudit.cli import program
from fireaudit.findings import Severity
from fireaudit.plan.schema import schema_text

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
BILINGUAL = {"figures.md", "licences.md", "speed.md"}
"""Pages that say everything in both languages themselves."""
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("README*.md")])
PLANS = [DOCS / "checks.md", DOCS / "checks.zh.md"]
HEAD = "fireaudit: 1\nplan: {title: 例}\n"
"""What the page says that its examples are put after."""


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def pairs() -> Iterator[tuple[Path, Path]]:
    for page in (p for p in PAGES if p.name.endswith(".zh.md")):
        stem = page.name.removesuffix(".zh.md")
        yield next((p for p in (page.with_name(f"{stem}{end}") for end in (".md", ".en.md")) if p.exists()), page.with_name(f"{stem}.md")), page


PAIRS = list(pairs())


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def without_blocks(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def test_every_page_is_there_in_both_languages() -> None:
    in_pairs = {page for pair in PAIRS for page in pair}
    assert [name(page) for page in PAGES if page not in in_pairs and page.name not in BILINGUAL] == []
    assert [name(page) for page in in_pairs if not page.exists()] == []


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=lambda page: page.name)
def test_the_two_pages_of_a_pair_link_to_each_other_and_are_built_alike(english: Path, chinese: Path) -> None:
    for page, other, language in ((english, chinese, "中文"), (chinese, english, "English")):
        top = page.read_text(encoding="utf-8").partition("```")[0].splitlines()
        assert any(re.fullmatch(rf"\[{language}.*\]\({re.escape(other.name)}\)", line) for line in top if page.parent == ROOT or line == top[2])
    levels = [re.findall(r"^(#+) ", without_blocks(page), re.MULTILINE) for page in (english, chinese)]
    rows = [len(re.findall(r"^\|", without_blocks(page), re.MULTILINE)) for page in (english, chinese)]
    examples = [re.findall(r"^```(\w+)$", page.read_text(encoding="utf-8"), re.MULTILINE) for page in (english, chinese)]
    assert levels[0] == levels[1] and rows[0] == rows[1] and examples[0] == examples[1]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", sorted([*PAGES, *DOCS.glob("rules/*/*.md"), ROOT / "ARCHITECTURE.md"]), ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", without_blocks(page)):
        if not re.match(r"[a-z]+:", link):
            file, _, anchor = link.partition("#")
            target = (page.parent / file) if file else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("chinese", [p for _, p in PAIRS], ids=lambda page: page.name)
def test_a_chinese_page_links_to_chinese_pages(chinese: Path) -> None:
    english = {pair[0].name for pair in PAIRS}
    links = re.findall(r"\[([^\]]+)\]\(([^)\s#]+)", without_blocks(chinese))
    assert [link for words, link in links if words != "English" and Path(link).name in english] == []


def plans(page: Path) -> list[str]:
    return [block if block.startswith("fireaudit:") else HEAD + block for block in blocks(page, "yaml")]


@pytest.mark.parametrize(("page", "number"), [(page, number) for page in PLANS for number in range(len(blocks(page, "yaml")))], ids=str)
def test_every_example_of_a_plan_is_read_and_holds(page: Path, number: int) -> None:
    """A note at most: the examples show what is right, and none may name a figure, key or column that is not there."""
    audited = audit_text("example.yaml", plans(page)[number].encode(), Options())
    graver = [(finding.code, finding.span.line) for finding in audited.findings if finding.severity > Severity.NOTE or finding.code < "FA2"]
    assert graver == []


def test_the_examples_are_the_same_in_both_languages() -> None:
    english, chinese = ([YAML(typ="safe").load(plan) for plan in plans(page)] for page in PLANS)
    assert english == chinese


def keys(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from keys(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from keys(part)


@pytest.mark.parametrize("page", PLANS, ids=name)
def test_every_key_of_the_format_is_explained_and_shown(page: Path) -> None:
    wanted = set(keys(json.loads(schema_text("plan"))))
    explained = set(re.findall(r"`([a-z_]+)(?:: [^`]*)?`", without_blocks(page)))
    shown = set(re.findall(r"([a-z_]+):", "\n".join(blocks(page, "yaml"))))
    assert wanted - explained - {"fireaudit", "to", "text", "check", "symbol", "means"} == set()
    assert wanted - shown == set()


@cache
def options(command: str = "") -> frozenset[str]:
    """The options of a command, or of fireaudit itself; raises ``KeyError`` where there is no such command."""
    group: Any = get_command(program())
    parameters = (group.commands[command] if command else group).params
    return frozenset(option for parameter in parameters for option in (*parameter.opts, *parameter.secondary_opts)) | {"--help", "--install-completion"}


def command_lines(page: Path) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"^ *```(?:sh|yaml|bash|console)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL):
        yield from re.findall(r"(?:^|[ |;&])(fireaudit +[a-z-].*)$", block, re.MULTILINE)
    yield from re.findall(r"`(fireaudit [^`]+)`", without_blocks(page))


def wrong(line: str) -> str | None:
    """What of a command line does not exist, or nothing."""
    words = shlex.split(line, comments=True)[1:]
    command = words[0] if words and not words[0].startswith("-") else ""
    try:
        known = options(command)
    except KeyError:
        return command
    return next((word for word in words if word.startswith("-") and word != "-" and word.split("=")[0] not in known), None)


@pytest.mark.parametrize("page", sorted([*PAGES, *DOCS.glob("rules/*/*.md")]), ids=name)
def test_commands_and_options_exist(page: Path) -> None:
    assert [(line, bad) for line in command_lines(page) if (bad := wrong(line)) is not None] == []


def test_what_does_not_exist_would_be_noticed() -> None:
    assert wrong("fireaudit chek plans/") == "chek"
    assert wrong("fireaudit check plans/ --formt json") == "--formt"
    assert wrong("fireaudit check plans/ --output json:-  # a comment --nonsense") is None
    assert sum(len(list(command_lines(page))) for page in PAGES) > 80
