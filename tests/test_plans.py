"""The two real plans: what is reported of them, and that a change to any figure an equation pins is noticed."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest

from fireaudit.app import Audit, Audited, Options, audit_text
from fireaudit.checks.relation import Verdict
from fireaudit.diagnosis.mutation import Trial, rate
from fireaudit.findings import Finding, Severity
from fireaudit.reports.text import render

ROOT = Path(__file__).parent.parent
PLANS = ["dongguan", "lianzhou"]


def read(name: str) -> str:
    return (ROOT / "plans" / f"{name}.yaml").read_text(encoding="utf-8")


def audit(name: str, text: str) -> Audited:
    return audit_text(f"plans/{name}.yaml", text.encode(), Options())


def identities(audited: Audited) -> list[tuple[str, str, str]]:
    return sorted((f.code, f.fingerprint, f.severity.word) for f in audited.findings)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PLANS)
def test_golden_report(name: str, lang: str) -> None:
    """Every diff of these files is to be read. `make docs` writes them anew."""
    expected = (ROOT / "tests" / "golden" / f"{name}.{lang}.txt").read_text(encoding="utf-8")
    assert render(Audit((audit(name, read(name)),)), lang) == expected


@pytest.fixture(scope="module")
def docs() -> Any:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "scripts" / "generate_docs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("lang", "name"), [("en", "README.md"), ("zh", "README.zh.md")])
def test_the_readme_shows_the_real_report(docs: Any, lang: str, name: str) -> None:
    readme = (ROOT / name).read_text(encoding="utf-8")
    assert docs.with_excerpt(readme, lang) == readme
    assert readme.count("~~\n") == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_docs_carry_the_real_mutation_run(docs: Any, lang: str) -> None:
    assert docs.mutation_page(lang) == (ROOT / "docs" / f"mutation.{lang}.md").read_text(encoding="utf-8")


def test_corruptions_are_noticed_and_located(docs: Any) -> None:
    """The promise of the diagnosis, over every figure of both plans."""
    for score in docs.scores():
        provable = [t for t in score.singles if t.provable]
        assert len(provable) > 400
        assert share(provable, "noticed") >= 99
        assert share(provable, "suspected") >= 99
        assert share([t for t in provable if t.crossed], "first") >= 90
        pairs = [t for t in score.pairs if t.provable]
        assert len(pairs) > 100
        assert share(pairs, "noticed") == 100
        assert share(pairs, "suspected") >= 90


def share(trials: list[Trial], what: str) -> int:
    part, whole = rate(trials, what)
    return part * 100 // whole


@pytest.mark.parametrize("name", PLANS)
def test_the_plan_file_itself_is_sound(name: str) -> None:
    audited = audit(name, read(name))
    assert [f for f in audited.findings if f.code < "FA200"] == []
    assert audited.counts()["not_assessable"] == 0
    for finding in audited.findings:
        line = audited.source.lines[finding.span.line - 1]
        if finding.cells:
            assert any(cell.text in line for cell in finding.cells)


def pinned(audited: Audited) -> dict[str, Finding | None]:
    names: dict[str, Finding | None] = {}
    for outcome in audited.outcomes:
        if outcome.relation.op == "==" and outcome.verdict is not Verdict.NOT_ASSESSABLE:
            names.update(dict.fromkeys(outcome.relation.cells()))
    return names


@pytest.mark.parametrize("name", PLANS)
def test_a_changed_last_digit_is_noticed(name: str) -> None:
    text = read(name)
    before = audit(name, text)
    known = {(f.code, f.derivation) for f in before.findings}
    lines = text.split("\n")
    missed = []
    names = [n for n in pinned(before) if re.fullmatch(r"\d+\D*", before.plan.cells[n].text)]
    assert len(names) > 40
    for cell_name in names[:: 5 if len(names) > 100 else 1]:
        cell = before.plan.cells[cell_name]
        line = lines[cell.span.line - 1]
        start, end = cell.span.column - 1, cell.span.end_column - 1
        if cell.text not in line[start:end]:
            continue  # an empty cell that its column reads as 0
        digit = max(i for i in range(start, end) if line[i].isdigit())
        changed = line[:digit] + str((int(line[digit]) + 1) % 10) + line[digit + 1 :]
        after = audit(name, "\n".join([*lines[: cell.span.line - 1], changed, *lines[cell.span.line :]]))
        if not {(f.code, f.derivation) for f in after.findings} - known:
            missed.append((cell_name, cell.text))
    assert missed == []


@pytest.mark.parametrize("name", PLANS)
def test_order_of_sections_changes_no_finding(name: str) -> None:
    head, *sections = re.split(r"(?m)^(?=[a-z]+:)", read(name))
    assert identities(audit(name, head + "".join(reversed(sections)))) == identities(audit(name, read(name)))


def test_rows_in_another_order_change_no_finding() -> None:
    text = read("dongguan")
    rows = re.findall(r"(?m)^      - \[\d+, .*\n", text)
    assert len(rows) == 34
    bodies = [row.split(", ", 1)[1] for row in rows]
    shuffled = "".join(f"      - [{i}, {body}" for i, body in enumerate(reversed(bodies), 1))
    assert identities(audit("dongguan", text.replace("".join(rows), shuffled))) == identities(audit("dongguan", text))


def test_errors_are_only_what_no_reading_saves() -> None:
    found = [f for name in PLANS for f in audit(name, read(name)).findings]
    assert all(f.because for f in found if f.severity is Severity.WARNING and f.code in ("FA203", "FA205", "FA206", "FA301"))
    assert sorted(f.actual or "" for f in found if f.severity is Severity.ERROR) == ["16", "60-90人", "84"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_of_commands_are_their_help(docs: Any, lang: str) -> None:
    assert (ROOT / "docs" / f"commands.{lang}.md").read_text(encoding="utf-8") == docs.commands_page(lang)
