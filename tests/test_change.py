"""What changed between two versions, and what an audit says that it did not say at a revision: with real repositories."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_outputs import HOSTILE, quoted

from fireaudit import history, vcs
from fireaudit.app import Audit, Audited, Options, audit, audit_text, auditor
from fireaudit.change.align import align, pair
from fireaudit.change.compare import Change, Compared, Fate, Figure, compare
from fireaudit.files import CannotAudit
from fireaudit.messages import inert, word
from fireaudit.outputs import FORMATS, render
from fireaudit.reports import change as report

ROOT = Path(__file__).parent.parent
HEAD = "fireaudit: 1\nplan: {title: 例}\n"
TABLE = HEAD + "tables:\n  t:\n    title: 建站表\n    columns: {n: {role: name, label: 镇}, a: {label: 甲}, b: {label: 乙}, s: {label: 计}}\n    rows:\n"
ROWS = ["      - [东镇, 1, 2, 3]\n", "      - [西镇, 4, 5, 9]\n", "      - [南镇, 6, 7, 13]\n"]
CHECKS = "    checks: [a + b == s]\n"
AUDITOR = auditor(Options())


def changed(old: str, new: str) -> Change:
    return compare(*(audit_text("p.yaml", text.encode(), Options()) for text in (old, new)))


def figures(change: Change) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (found.kind.value, (found.new or found.old).name, found.old and found.old.text, found.new and found.new.text)  # type: ignore[union-attr]
        for found in change.figures
    ]


def fates(change: Change) -> list[tuple[str, str]]:
    return [(found.fate.value, (found.new or found.old).code) for found in change.findings]  # type: ignore[union-attr]


def table(*rows: str, total: str = "", checks: str = CHECKS) -> str:
    return TABLE + "".join(rows) + total + checks


# Sequences


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=7), st.lists(st.sampled_from(["a", "b", "c"]), max_size=7))
def test_an_alignment_keeps_the_order_and_loses_nothing_that_stayed(old: list[str], new: list[str]) -> None:
    found = align([(text,) for text in old], [(text,) for text in new])
    assert found == sorted(found) and len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    assert align([(text,) for text in old], [(text,) for text in old]) == [(i, i) for i in range(len(old))]
    inserted = align([(text,) for text in old], [(text,) for text in [*old[:3], "z", *old[3:]]])
    assert [(old[i], [*old[:3], "z", *old[3:]][j]) for i, j in inserted] == [(text, text) for text in old]


def test_an_item_that_differs_least_is_the_same_one() -> None:
    assert align([("a", "1", "2"), ("a", "8", "9")], [("a", "5", "5"), ("a", "1", "3"), ("a", "8", "9")]) == [(0, 1), (1, 2)]


def test_long_stretches_are_taken_in_order_rather_than_for_ever() -> None:
    old, new = ([(f"{side}{i}",) for i in range(5000)] for side in "ab")
    assert align(old, [*new, ("c",)]) == [(i, i) for i in range(5000)]


def test_long_stretches_are_cut_at_what_stayed() -> None:
    old = [(str(i), "x") for i in range(900)]
    new = [("first", "x"), *((a, "y" if int(a) % 50 == 1 else "x") for a, _ in old if a != "450"), ("last", "x")]
    found = align(old, new)
    assert sorted(found) == found and {(i, j - i) for i, j in found if i < 450} == {(i, 1) for i in range(450)}
    assert {(i, j - i) for i, j in found if i > 450} == {(i, 0) for i in range(451, 900)}


def test_pairs_go_by_the_strictest_key_first() -> None:
    keys: list[Callable[[str], object]] = [lambda text: text, lambda text: text[0]]
    assert pair(["a1", "a2", "b1"], ["a2", "a3", "c1"], keys) == [("a2", "a2"), ("a1", "a3"), ("b1", None), (None, "c1")]


# Figures


def test_figures_changed_added_and_vanished() -> None:
    old = HEAD + "quantities:\n  a: {label: 站, stated: [{text: 3个, at: 第一章}]}\n  b: {label: 队, stated: [5支]}\n"
    new = HEAD + "quantities:\n  c: {label: 车, stated: [7辆]}\n  a: {label: 站, stated: [{text: 4个, at: 第二章}]}\n"
    change = changed(old, new)
    assert figures(change) == [("added", "c", None, "7辆"), ("changed", "a", "3个", "4个"), ("vanished", "b", "5支", None)]
    text = report.render([Compared("old", "new", change)], "en")
    assert "~ 站  3个 → 4个  [第二章 · line 5 · was line 4 · was in 第一章]" in text


def test_what_only_moved_in_document_or_file_is_counted_and_no_more() -> None:
    old = HEAD + "quantities:\n  a: {stated: [{text: 3个, at: 第一章}]}\n  b: {stated: [5支]}\n"
    new = HEAD + "quantities:\n\n\n  b: {stated: [5支]}\n  a: {stated: [{text: 3个, at: 第二章}]}\n"
    assert figures(changed(old, new)) == [("moved", "a", "3个", "3个")]
    assert "~" not in report.render([Compared("old", "new", changed(old, new))], "en")
    assert changed(old, old).same and not changed(old, new).same


def test_a_text_read_as_another_quantity_is_told() -> None:
    old = HEAD + "quantities: {a: {label: 车库, unit: 平方米, stated: ['300']}}\n"
    assert figures(changed(old, old.replace("平方米", "万元"))) == [("reread", "a", "300", "300")]


def test_a_further_statement_leaves_the_others_what_they_were() -> None:
    old = HEAD + "quantities: {a: {label: 站, stated: [{text: 3个, at: 第一章}]}}\n"
    new = HEAD + "quantities: {a: {label: 站, stated: [{text: 5个, at: 第二章}, {text: 3个, at: 第一章}]}}\n"
    change = changed(old, new)
    assert figures(change) == [("added", "a@第二章", None, "5个")] and not change.renamed
    assert fates(change) == [("new", "FA301")]


def test_a_renamed_quantity_is_no_new_one_and_its_findings_stand() -> None:
    old = HEAD + "quantities: {a: {label: 站, stated: [{text: 3个, at: 第一章}, {text: 4个, at: 第二章}]}}\n"
    change = changed(old, old.replace("{a:", "{stations:"))
    assert [(r.old, r.new, r.figures) for r in change.renamed] == [("a", "stations", 2)]
    assert figures(change) == [] and fates(change) == [("standing", "FA301")]
    assert not change.new_cases and not change.gone_cases


def test_a_renamed_quantity_with_another_figure_is_known_by_its_label_if_that_is_its_own() -> None:
    old = HEAD + "quantities: {a: {label: 站, stated: [3个]}, b: {label: 队, stated: [3支]}, c: {label: 队, stated: [4支]}}\n"
    new = HEAD + "quantities: {x: {label: 站, stated: [4个]}, y: {label: 队, stated: [5支]}, z: {label: 队, stated: [6支]}}\n"
    change = changed(old, new)
    assert [(r.old, r.new) for r in change.renamed] == [("a", "x")]
    assert figures(change)[0] == ("changed", "x", "3个", "4个")
    assert sorted(kind for kind, *_ in figures(change)[1:]) == ["added", "added", "vanished", "vanished"]


def test_an_unlabelled_quantity_is_not_taken_for_another() -> None:
    old = HEAD + "quantities: {a: {stated: [3个]}}\n"
    assert [kind for kind, *_ in figures(changed(old, HEAD + "quantities: {b: {stated: [4个]}}\n"))] == ["added", "vanished"]


def test_a_row_put_in_is_the_only_news() -> None:
    old = table(*ROWS)
    change = changed(old, table(ROWS[0], "      - [北镇, 1, 1, 2]\n", *ROWS[1:]))
    assert {(kind, name.partition("]")[0]) for kind, name, *_ in figures(change)} == {("added", 't["北镇"')}


@pytest.mark.parametrize("columns", ["{a: 甲, b: 乙, s: 计}", "{k: {role: text, label: 序号}, a: 甲, b: 乙, s: 计}"])
def test_a_row_put_into_a_table_without_names_is_the_only_news(columns: str) -> None:
    numbered = "role" in columns

    def plan(*rows: str) -> str:
        listed = "".join(f"      - [{f'{number}, ' if numbered else ''}{row}]\n" for number, row in enumerate(rows, 1))
        return HEAD + f"tables:\n  t:\n    columns: {columns}\n    rows:\n{listed}    checks: [a + b == s]\n"

    change = changed(plan("1, 2, 3", "4, 5, 8", "6, 7, 13"), plan("1, 1, 2", "1, 2, 3", "4, 5, 8", "6, 7, 13"))
    assert [(kind, new) for kind, _, _, new in figures(change)] == [("added", "1"), ("added", "1"), ("added", "2")]
    assert fates(change) == [("standing", "FA203")]
    assert not change.renamed


def test_rows_of_one_name_are_told_apart_by_what_they_say() -> None:
    old = table("      - [合用, 1, 2, 3]\n", "      - [合用, 4, 5, 9]\n")
    change = changed(old, table("      - [合用, 7, 7, 14]\n", "      - [合用, 1, 2, 3]\n", "      - [合用, 4, 6, 10]\n"))
    assert [(kind, was, now) for kind, _, was, now in figures(change)] == [
        ("added", None, "7"), ("added", None, "7"), ("added", None, "14"), ("changed", "5", "6"), ("changed", "9", "10"),
    ]  # fmt: skip


def test_renamed_tables_columns_and_rows() -> None:
    old = table(*ROWS)
    assert [(r.old, r.new, r.figures) for r in changed(old, old.replace("  t:\n", "  stations:\n")).renamed] == [("t", "stations", 9)]
    column = old.replace(" b: {", " bb: {").replace("a + b", "a + bb").replace("7, 13", "8, 14")
    assert [(r.old, r.new, r.figures) for r in changed(old, column).renamed] == [("t.b", "t.bb", 3)]
    assert [kind for kind, *_ in figures(changed(old, column))] == ["changed", "changed"]
    row = changed(old, old.replace("西镇", "西城镇"))
    assert [(r.old, r.new, r.figures) for r in row.renamed] == [('t["西镇"]', 't["西城镇"]', 3)] and figures(row) == []


def test_a_broken_row_stays_known_under_its_new_name() -> None:
    old = table(*ROWS).replace("9]", "8]")
    assert fates(changed(old, old.replace("西镇", "西城镇"))) == [("standing", "FA203")]


def test_indicators_and_lists() -> None:
    old = HEAD + "indicators: {r: {label: 率, baseline: 50%, targets: {2023: 60%, 2025: 70%}}}\nlists: {l: {label: 类, count: 2类, items: [甲, 乙]}}\n"
    new = old.replace("2023: 60%", "2024: 65%").replace("2类", "3类")
    assert figures(changed(old, new)) == [
        ("added", "r[2024]", None, "65%"), ("changed", "l.count", "2类", "3类"), ("vanished", "r[2023]", "60%", None),
    ]  # fmt: skip


# Findings


def test_newly_broken_newly_settled_and_standing() -> None:
    old = table(ROWS[0].replace("3]", "4]"), ROWS[1].replace("9]", "8]"), ROWS[2])
    new = table(ROWS[0], ROWS[1].replace("9]", "8]"), ROWS[2].replace("13", "14"))
    change = changed(old, new)
    assert fates(change) == [("new", "FA203"), ("settled", "FA203"), ("standing", "FA203")]
    assert [found.breaks is not None for found in change.findings] == [True, False, False]
    assert len(change.new_cases) == len(change.gone_cases) == 1


def test_a_finding_on_other_figures_is_altered_and_breaks_nothing() -> None:
    old = table(ROWS[0].replace("3]", "4]"))
    (found,) = changed(old, old.replace("4]", "5]")).findings
    assert found.fate is Fate.ALTERED and found.breaks is None
    graver = changed(old.replace("[a + b == s]", "[{check: a + b == s, severity: warning}]"), old).findings[0]
    assert graver.fate is Fate.ALTERED and graver.breaks is not None


def test_equal_findings_are_counted() -> None:
    rows = "quantities:\n  a: {label: 站, stated: [1个, 2个]}\n"
    old, new = HEAD + rows, HEAD + rows.replace("2个", "2个, 3个")
    counts = [sum(f.code == "FA301" for f in audit_text("p", text.encode(), Options()).findings) for text in (old, new)]
    change = changed(old, new)
    assert counts == [1, 2] and sorted(fates(change)) == [("new", "FA301"), ("standing", "FA301")]


def test_a_blank_figure_settles_nothing() -> None:
    old = table(ROWS[0].replace("3]", "4]"), ROWS[1])
    change = changed(old, old.replace("4]", "'']").replace("9]", "'']"))
    assert fates(change) == [("unassessed", "FA203")]
    assert [outcome.missing for outcome in change.lost] == [('t["东镇"].s',), ('t["西镇"].s',)]
    text = report.render([Compared("a", "b", change)], "zh")
    assert word("change.unassessed", "zh") in text and '缺 t["西镇"].s' in text and "4 → （空）" in text


def test_a_deleted_check_settles_nothing() -> None:
    old = table(ROWS[0].replace("3]", "4]"))
    assert fates(changed(old, old.replace(CHECKS, ""))) == [("withdrawn", "FA203")]


def test_a_contradiction_left_to_rounding_is_settled() -> None:
    old = HEAD + "quantities: {a: {stated: ['1.04']}, b: {stated: ['1.1']}}\nchecks: [a == b]\n"
    change = changed(old, old.replace("'1.04'", "'1.0'").replace("'1.1'", "'1.04'"))
    assert ("settled", "FA203") in fates(change) and all(found.breaks is None or found.breaks.word == "note" for found in change.findings)


def test_the_repair_that_takes_back_the_change_is_named_first() -> None:
    old = table(*ROWS)
    change = changed(old, old.replace("[南镇, 6, 7", "[南镇, 6, 9"))
    (case,) = change.new_cases
    suspect = change.suspect(case)
    assert suspect is not None and [(c.cell.text, c.becomes) for c in suspect.corrections] == [("9", "7")]
    assert len(case.repairs) > 1 and "9 → 7" in report.render([Compared("a", "b", change)], "en")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (table(ROWS[0].replace("3]", "4]")), "a: [\n", [("new", "FA001")]),
        ("a: [\n", table(ROWS[0].replace("3]", "4]")), [("new", "FA203"), ("settled", "FA001")]),
    ],
)
def test_a_version_that_cannot_be_read_is_said_to_be_so(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    change = changed(old, new)
    assert change.unreadable and not change.figures and fates(change) == expected
    assert word("change.unreadable", "en") in report.render([Compared("a", "b", change)], "en")


# Repositories


class Repository:
    """A real one, with no configuration but its own."""

    def __init__(self, top: Path) -> None:
        self.top = top
        top.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        return subprocess.run(["git", "-C", str(self.top), *arguments], check=True, capture_output=True, text=True).stdout.strip()

    def write(self, name: str, text: str) -> str:
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return str(path)

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")
        return self.git("rev-parse", "HEAD")


@pytest.fixture(autouse=True)
def lone_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {"CONFIG_GLOBAL": os.devnull, "CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(f"GIT_{name}", value)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "x")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "x@example.org")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path / "仓 库")
    monkeypatch.chdir(made.top)
    return made


ONE = table(ROWS[0].replace("3]", "4]"), *ROWS[1:])
TWO = ONE.replace("9]", "8]")
"""A plan with an old contradiction, and the same with a new one beside it."""


def since(revision: str, *paths: str) -> Audit:
    return history.since(audit(paths), revision, AUDITOR)


def rows(found: Audit) -> list[str]:
    return [finding.arguments["row"] for finding in found.findings]


def told(old: str, new: str) -> list[tuple[str | None, str | None]]:
    return [(pair.old and pair.old.label, pair.new and pair.new.label) for pair in history.versions(old, new)]


def failure(call: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(CannotAudit) as caught:
        call(*arguments)
    for lang in ("zh", "en"):
        assert "\n" not in inert(word(caught.value.key, lang, **caught.value.arguments))
    return caught.value.key


def test_only_what_is_new_since_a_revision_is_reported(repository: Repository) -> None:
    path = repository.write("规 划/连州 a.yaml", ONE)
    repository.commit()
    assert rows(since("HEAD", path)) == [] and since("HEAD", path).older == 1
    repository.write("规 划/连州 a.yaml", TWO)
    found = since("HEAD", path)
    assert rows(found) == ["西镇"] and (found.older, found.since) == (1, "HEAD")
    assert [len(case.findings) for case in found.plans[0].cases] == [1]
    repository.commit()
    assert rows(since("HEAD~1", "规 划")) == ["西镇"] and rows(since("HEAD", ".")) == []


def test_a_finding_whose_figure_changed_is_reported(repository: Repository) -> None:
    repository.write("a.yaml", TWO)
    repository.commit()
    repository.write("a.yaml", "# 上移\n" + TWO.replace("2, 4]", "2, 5]"))
    found = since("HEAD", "a.yaml")
    assert rows(found) == ["东镇"] and found.older == 1


def test_a_new_file_is_wholly_new_and_an_untouched_one_old(repository: Repository) -> None:
    repository.write("a.yaml", TWO)
    repository.commit()
    repository.write("b.yaml", ONE.replace("[西镇, 4, 5, 9]", "[西镇, 1, 1, 2]"))
    found = since("HEAD", "a.yaml", "b.yaml")
    assert [finding.path for finding in found.findings] == ["b.yaml"] and found.older == 2


@pytest.mark.parametrize("added", [True, False], ids=["in the index", "untracked"])
def test_a_renamed_file_is_followed(repository: Repository, added: bool) -> None:
    repository.write("旧 名.yaml", ONE)
    repository.write("stays.yaml", ONE + "# other\n")
    repository.commit()
    (repository.top / "旧 名.yaml").unlink()
    repository.write('sub/新\n"名\\.yaml', TWO)
    if added:
        repository.git("add", "-A")
    before = repository.git("status", "--porcelain", "-z"), sorted((repository.top / ".git").rglob("*"))
    found = since("HEAD", ".")
    assert rows(found) == ["西镇"] and found.older == 2
    assert told("HEAD", ".") == [("HEAD:stays.yaml", "./stays.yaml"), ("HEAD:旧 名.yaml", './sub/新\n"名\\.yaml')]
    assert (repository.git("status", "--porcelain", "-z"), sorted((repository.top / ".git").rglob("*"))) == before


def test_line_ends_and_encodings_are_no_change(repository: Repository) -> None:
    path = repository.write("a.yaml", ONE)
    repository.commit()
    for data in (ONE.replace("\n", "\r\n").encode(), ONE.encode("gb18030"), ONE.encode("utf-8-sig")):
        Path(path).write_bytes(data)
        assert since("HEAD", path).older == 1 and rows(since("HEAD", path)) == []
        (compared,) = history.compared(history.versions("HEAD", path), AUDITOR)
        assert compared.change.same


def test_from_a_subfolder_from_outside_and_through_a_link(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.write("sub/a.yaml", ONE)
    repository.commit()
    repository.write("sub/a.yaml", TWO)
    (tmp_path / "link.yaml").symlink_to(repository.top / "sub" / "a.yaml")
    monkeypatch.chdir(repository.top / "sub")
    assert rows(since("HEAD", "a.yaml")) == ["西镇"]
    assert told("HEAD:./a.yaml", "a.yaml") == [("HEAD:./a.yaml", "a.yaml")] and told("HEAD", "../sub") == [("HEAD:sub/a.yaml", "../sub/a.yaml")]
    monkeypatch.chdir(tmp_path)
    assert rows(since("HEAD", str(repository.top))) == rows(since("HEAD", "link.yaml")) == ["西镇"]


def test_plans_of_several_repositories(repository: Repository) -> None:
    for folder in (".", "inner"):
        one = Repository(repository.top / folder)
        one.write("a.yaml", ONE)
        one.commit()
        one.write("a.yaml", TWO)
    found = since("HEAD", "a.yaml", "inner/a.yaml")
    assert rows(found) == ["西镇", "西镇"] and found.older == 2


def test_inside_a_hook(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git runs fireaudit, its variables say where its index is, relative to another folder."""
    repository.write("sub/a.yaml", ONE)
    repository.commit()
    repository.write("sub/a.yaml", TWO)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert rows(since("HEAD", "sub/a.yaml")) == ["西镇"]


def test_every_way_to_name_a_version(repository: Repository, tmp_path: Path) -> None:
    repository.write("p/a.yaml", ONE)
    repository.write("p/gone.yaml", ONE + "# 1\n")
    repository.write("p/.hidden/x.yaml", ONE)
    first = repository.commit()
    repository.write("p/a.yaml", TWO)
    repository.write("p/come.yaml", HEAD)
    (repository.top / "p/gone.yaml").unlink()
    outside = tmp_path / "a.yaml"
    outside.write_text(ONE, encoding="utf-8")
    expected = [("HEAD:p/a.yaml", "p/a.yaml"), (None, "p/come.yaml"), ("HEAD:p/gone.yaml", None)]
    assert told("HEAD", "p") == told("HEAD:p", "p") == told("HEAD:p/", "p") == expected
    assert told("HEAD", "p/a.yaml") == told("HEAD:p/a.yaml", "p/a.yaml") == expected[:1]
    assert told(str(outside), "p/a.yaml") == [(str(outside), "p/a.yaml")]
    assert told(f"{first}:p/a.yaml", ":p/a.yaml") == [(f"{first}:p/a.yaml", ":p/a.yaml")]
    assert told("HEAD^{/x}:p/a.yaml", "main:p/a.yaml") == [("HEAD^{/x}:p/a.yaml", "main:p/a.yaml")]
    assert told("HEAD:", "p")[0] == (None, "p/a.yaml") and told("HEAD:", "p")[-1] == ("HEAD:p/gone.yaml", None)
    assert history.versions("-", "p/a.yaml", ONE.encode())[0].old == history.Version("<stdin>", "<stdin>", ONE.encode())
    for file in (repository.top / "p").glob("*.yaml"):
        file.unlink()
    assert told("HEAD", "p") == [("HEAD:p/a.yaml", None), ("HEAD:p/gone.yaml", None)]


def test_what_cannot_be_compared_is_said_in_a_line(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = repository.write("a.yaml", ONE)
    assert failure(since, "HEAD", path) == "vcs.no_revision"  # nothing committed yet
    repository.commit()
    for revision in ("nowhere", "--output=x", "-h", "HEAD:a.yaml", "", "a\nb", "HEAD~9"):
        assert failure(since, revision, path) == "vcs.no_revision", revision
    assert failure(history.versions, "HEAD:b.yaml", path) == "vcs.no_object"
    assert failure(history.versions, "--help:a.yaml", path) == "vcs.no_object"
    assert failure(history.versions, "nowhere", path) == "vcs.no_revision"
    assert failure(history.versions, "a.yaml", "b.yaml") == "no_such_file"
    assert failure(history.versions, "a.yaml", ".") == "change.unlike"
    outside = tmp_path / "b.yaml"
    outside.write_text(ONE, encoding="utf-8")
    assert failure(since, "HEAD", str(outside)) == "vcs.no_repository"
    assert failure(history.versions, "typo.yaml", str(outside)) == "no_such_file"
    monkeypatch.setattr(vcs, "LARGEST", 10)
    repository.write("a.yaml", TWO)
    assert failure(since, "HEAD", path) == "vcs.too_large"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert failure(since, "HEAD", path) == "vcs.no_git"


def test_a_shallow_clone_says_what_to_do(repository: Repository, tmp_path: Path) -> None:
    repository.write("a.yaml", ONE)
    first = repository.commit()
    repository.write("a.yaml", TWO)
    repository.commit()
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{repository.top}", str(clone)], check=True, capture_output=True)
    for revision in ("HEAD~1", first):
        assert failure(since, revision, str(clone / "a.yaml")) == "vcs.shallow"
    assert since("HEAD", str(clone / "a.yaml")).older == 2


def test_nothing_that_a_repository_configures_is_run(repository: Repository, tmp_path: Path) -> None:
    repository.write("a.yaml", ONE)
    repository.write("old.yaml", ONE + "# 1\n")
    repository.commit()
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch '{sprung}'\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    repository.write(".gitattributes", "*.yaml diff=trap filter=trap\n")
    names = ("core.fsmonitor", "diff.external", "diff.trap.command", "diff.trap.textconv", "filter.trap.clean", "filter.trap.smudge", "core.pager")
    for name in names:
        repository.git("config", name, str(trap))
    hooks = repository.top / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-commit"):
        (hooks / hook).write_text(trap.read_text(encoding="utf-8"), encoding="utf-8")
        (hooks / hook).chmod(0o755)
    (repository.top / "old.yaml").rename(repository.top / "new.yaml")
    repository.write("a.yaml", TWO)
    assert rows(since("HEAD", ".")) == ["西镇"]
    assert told("HEAD", ".") and told("HEAD:", ".")
    assert not sprung.exists()
    repository.git("status")
    assert sprung.exists(), "the trap would have been sprung by an ordinary git command"


# The commands and what they print


def run(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "fireaudit", *arguments], input=stdin, capture_output=True, cwd=cwd, env=environment)
    assert b"Traceback" not in done.stderr + done.stdout
    return done


def valid(name: str, text: str | bytes) -> dict[str, object]:
    document = json.loads(text)
    jsonschema.validate(document, json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")))
    assert isinstance(document, dict)
    return document


def test_diff_fails_only_where_the_change_breaks_something(repository: Repository) -> None:
    repository.write("a.yaml", ONE)
    repository.commit()
    repository.write("a.yaml", TWO)
    new = run("diff", "HEAD", "a.yaml", "--format", "json", cwd=repository.top)
    assert new.returncode == 1
    document = valid("diff", new.stdout)
    assert document["summary"] == {"plans": 1, "differ": 1, "error": 1, "warning": 0, "note": 0, "settled": 0}
    assert run("diff", "HEAD", "a.yaml", "--fail-level", "never", cwd=repository.top).returncode == 0
    assert run("diff", "a.yaml", "HEAD:a.yaml", "--fail-level", "note", cwd=repository.top).returncode == 0
    assert run("diff", "a.yaml", "-", cwd=repository.top, stdin=TWO.encode()).returncode == 0
    assert run("diff", "-", "-", cwd=repository.top).returncode == 2
    text = run("diff", "HEAD", "a.yaml", "--lang", "zh", cwd=repository.top).stdout.decode()
    assert "~ 西镇 计  9 → 8  [第 9 行]" in text and "· a.yaml:9:20 错误 FA203" in text


def test_check_since(repository: Repository) -> None:
    repository.write("a.yaml", ONE)
    repository.commit()
    clean = run("check", "a.yaml", "--since", "HEAD", "--lang", "en", cwd=repository.top)
    assert clean.returncode == 0 and b"1 finding(s) older than HEAD are not shown" in clean.stdout
    repository.write("a.yaml", TWO)
    done = run("check", "a.yaml", "--since", "HEAD", "--format", "json", "--lang", "en", cwd=repository.top)
    document = valid("report", done.stdout)
    assert done.returncode == 1 and document["since"] == {"revision": "HEAD", "older": 1}
    assert b"1 finding(s) older than HEAD" in done.stderr
    for arguments in (["a.yaml", "--since", "nowhere"], ["a.yaml", "--since=-x"], ["-", "--since", "HEAD"]):
        failed = run("check", *arguments, cwd=repository.top)
        assert failed.returncode == 2 and failed.stderr.count(b"\n") == 1 and not failed.stdout


def test_settings_and_acceptances_count_then_as_now(repository: Repository) -> None:
    repository.write("a.yaml", TWO.replace("- [西镇, 4, 5, 8]", "# fireaudit: accept FA203: 待核\n      - [西镇, 4, 5, 8]"))
    repository.commit()
    assert (rows(since("HEAD", "a.yaml")), since("HEAD", "a.yaml").older) == ([], 1)
    repository.write("a.yaml", TWO)
    assert rows(since("HEAD", "a.yaml")) == ["西镇"]  # it counts again
    assert fates(history.compared(history.versions("a.yaml", "HEAD:a.yaml"), AUDITOR)[0].change) == [("standing", "FA203")]
    repository.write("b.yaml", ONE)
    repository.write("c.yaml", TWO)
    repository.write("fireaudit.toml", 'fail-level = "warning"\n[severity]\nFA203 = "warning"\n')
    assert run("diff", "b.yaml", "c.yaml", cwd=repository.top).returncode == 1
    assert run("diff", "b.yaml", "c.yaml", "--fail-level", "error", cwd=repository.top).returncode == 0
    assert run("diff", "b.yaml", "c.yaml", "--ignore", "FA203", cwd=repository.top).returncode == 0
    assert run("diff", "b.yaml", "c.yaml", "--isolated", "--fail-level", "error", cwd=repository.top).returncode == 1


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_shows_what_is_older(repository: Repository, format: str) -> None:
    repository.write("a.yaml", ONE)
    repository.commit()
    repository.write("a.yaml", TWO)
    text = render(format, since("HEAD", "a.yaml"), "zh")
    older = re.compile("东镇[^<>\n]{0,12}不成立")
    assert "西镇" in text and not older.search(text) and older.search(render(format, audit(["a.yaml"]), "zh"))
    if format in ("text", "markdown", "html"):
        assert "HEAD 时已有的 1 条发现没有列出" in text


def hostile(figure: str) -> Audited:
    text = "fireaudit: 1\nplan: {title: " + quoted(" ".join(HOSTILE)[:380]) + "}\nquantities:\n"
    for number, piece in enumerate(HOSTILE):
        label = quoted(piece)
        text += f"  q{number}: {{label: {label}, stated: [1个, {{text: {figure}, at: {label}, scope: {label}}}]}}\n"
    return audit_text("p.yaml", text.encode(), Options())


def test_nothing_of_a_plan_or_of_a_name_is_live(tmp_path: Path) -> None:
    old = audit_text("p.yaml", (HEAD + "quantities: {q0: {label: 站, stated: [1个, 2个]}}\n").encode(), Options())
    name = "::error::x\x1b[31m\n##[group]<b>|`.yaml"
    changes = [Compared(name, name + "2", compare(a, b)) for a, b in ((hostile("2个"), hostile("3个")), (old, hostile("2个")), (None, old), (old, None))]
    for lang in ("zh", "en"):
        text, comment = report.render(changes, lang), report.markdown(changes, lang)
        valid("diff", report.document(changes, lang))
        for out in (text, comment):
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\ufeff]", out)
            assert "##[" not in out and not re.search(r"(?m)^\s*(::|##)(?!\#)", out)
        rendered = MarkdownIt("commonmark").enable("table").render(comment)
        assert not re.search(r"<(?!/?(h3|h4|p|strong|table|thead|tbody|tr|t[hd]|ul|li)\b)", rendered)
        assert not re.search(r"(?<![\w​])@\w", comment)


def test_a_comment_is_short_however_much_changed() -> None:
    many = HEAD + "quantities:\n" + "".join(f"  q{i}: {{label: {'长' * 300}{i}, stated: [{{text: 1个, at: {'章' * 90}}}, 1个]}}\n" for i in range(60))
    change = changed(many, many.replace("1个", "2个"))
    assert change.count(Figure.CHANGED) == 120
    comment = report.markdown([Compared(f"{i}.yaml", f"{i}.yaml", change) for i in range(40)], "en")
    assert 20_000 < len(comment) < 65_000 and "more plan(s) are not listed" in comment
    assert len(report.markdown([Compared("a", "a", change)], "en")) < 10_000


def test_both_plans_against_themselves_and_a_slip(tmp_path: Path) -> None:
    for path in sorted((ROOT / "plans").glob("*.yaml")):
        data = path.read_bytes()
        before = audit_text("p.yaml", data, Options())
        assert compare(before, audit_text("p.yaml", b"# x\n" + data, Options())).same
        cell = next(c for c in before.plan.cells.values() if c.name.startswith("total(") and c.text.isdigit())
        lines = data.decode().split("\n")
        line = lines[cell.span.line - 1]
        lines[cell.span.line - 1] = line[: cell.span.column - 1] + str(int(cell.text) + 3) + line[cell.span.end_column - 1 :]
        change = compare(before, audit_text("p.yaml", "\n".join(lines).encode(), Options()))
        assert figures(change) == [("changed", cell.name, cell.text, str(int(cell.text) + 3))]
        assert not change.renamed and any(found.breaks for found in change.findings)
