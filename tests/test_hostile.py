"""Nothing in a file crashes, hangs, fills the memory, deceives or escapes; what is written is whole."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from fireaudit.files import CannotAudit, plan_files, replace_file
from fireaudit.readers.document import Grid, Paragraph
from fireaudit.readers.limits import UnreadableDocument
from fireaudit.readers.read import read_document
from tests.conftest import ROOT
from tests.hostile import run
from tests.hostile.documents import page, relations, word, workbook
from tests.hostile.pairs import PAIRS
from tests.hostile.patterns import patterns, texts
from tests.hostile.plans import PLANS

CHECK = [sys.executable, "-m", "fireaudit", "check", "--isolated", "--lang", "en"]
GOOD = "fireaudit: 1\nplan: {title: 例}\nquantities: {a: {stated: [1个, 2个]}}\n"


def hostile(*what: str) -> list[dict[str, Any]]:
    """What became of each, in a process of its own; the exit code says that none crossed a bound."""
    command = [sys.executable, "-m", "tests.hostile.run", *what]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300, env={**os.environ, "PYTHONPATH": str(ROOT)})
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, [one for one in said if one["crossed"] or one.get("error")] or done.stderr[-2000:]
    return said


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, Any]]:
    return {said["name"]: said for said in hostile("audits")}


@pytest.mark.parametrize("name", PLANS)
def test_hostile_plans_end_in_findings(outcomes: dict[str, dict[str, Any]], name: str) -> None:
    said = outcomes[name]
    assert not said["faults"] and not said["live"] and said["same"], said


def test_every_command_ends_on_hostile_plans_and_prints_little() -> None:
    said = hostile("commands", "shares_of_many")
    assert len(said) == 16 and all(one["code"] in (0, 1, 2) for one in said)
    assert {one["what"].split()[0] for one in said} == {
        "show", "coverage", "prove", "suggest", "explain", "fix", "check", "diff", "verify", "baseline", "mutate"
    }  # fmt: skip


def test_plans_that_are_hard_to_compare_with_their_documents_are_verified() -> None:
    said = hostile("pairs")
    assert [one["name"] for one in said] == list(PAIRS) and all(one["code"] in (0, 1, 2) for one in said)


def test_hostile_documents_are_audited_or_refused() -> None:
    names = ["text_without_numerals.txt", "sentence_of_items.txt", "brackets.txt", "table_of_many_columns.csv", "table_of_totals.csv", "merged_cells.html"]
    names += [
        "items_of_one_list.html", "links_to_one_block.html", "tag_of_attributes.html", "notes_in_notes.txt", "parts_of_nodes.docx", "lists_of_many_levels.docx",
        "list_of_long_numbers.docx", "notes_of_one_paragraph.docx", "columns_hidden_often.xlsx", "one_long_string.xlsx", "cells_far_apart.xlsx",
        "page_of_lines_drawn.pdf", "page_of_notes.pdf", "page_of_parts.pdf",
    ]  # fmt: skip
    said = hostile("documents", *names)
    assert [one["name"] for one in said] == names and all(one["code"] in (0, 1, 2) for one in said)


def test_what_crosses_a_bound_is_told_by_the_exit_code(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run, "MEGABYTES", 1)
    assert run.main("audits", "nul") == 1
    assert json.loads(capfd.readouterr().out)["crossed"] == ["megabytes"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("alias_bomb", {"FA003"}), ("tags", {"FA003"}), ("deep_flow", {"FA001"}), ("deep_blocks", {"FA001"}), ("nul", {"FA001"}),
        ("mixed_encodings", {"FA004"}), ("lone_surrogates", {"FA004"}), ("many_duplicates", {"FA002", "FA006"}), ("line_separators", {"FA106"}),
        ("million_keys", {"FA102", "FA006"}), ("powers", {"FA106"}), ("doubling_facts", {"FA106"}), ("circle_of_facts", {"FA106"}),
        ("column_against_sum", {"FA106"}), ("many_statements", {"FA006", "FA301"}), ("odd_denominators", {"FA902"}), ("odd_digits", {"FA104"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(outcomes: dict[str, dict[str, Any]], name: str, codes: set[str]) -> None:
    found = outcomes[name]["codes"]
    assert codes <= set(found), found


def test_a_bomb_on_the_command_line_is_refused_in_little_memory(tmp_path: Path) -> None:
    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))

    path = tmp_path / "plan.yaml"
    path.write_bytes(PLANS["deep_flow"]())
    done = subprocess.run([*CHECK, str(path)], capture_output=True, text=True, cwd=ROOT, preexec_fn=little)
    assert done.returncode == 1 and "nesting > 40" in done.stdout and not done.stderr


# Writing


def test_a_full_disk_and_what_cannot_be_written_are_one_line(tmp_path: Path) -> None:
    plan, old = tmp_path / "p.yaml", tmp_path / "report.json"
    plan.write_text(GOOD, encoding="utf-8")
    old.write_text("old", encoding="utf-8")

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    for target in ("/dev/full", str(tmp_path / "none" / "x"), str(tmp_path)):
        done = subprocess.run([*CHECK, str(plan), "--output", f"json:{target}"], capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr
    done = subprocess.run([*CHECK, str(plan), "--output", f"json:{old}"], capture_output=True, text=True, cwd=ROOT, preexec_fn=small)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr
    assert old.read_text(encoding="utf-8") == "old" and sorted(p.name for p in tmp_path.iterdir()) == ["p.yaml", "report.json"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*CHECK, str(plan)], stdout=full, stderr=subprocess.PIPE, cwd=ROOT)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr


def test_a_writer_killed_at_any_moment_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    old, new = b"old " * 250_000, b"new " * 250_000
    write = f"from fireaudit.files import replace_file\nprint(flush=True)\nwhile True: replace_file({str(path)!r}, {new[:4]!r} * 250_000)"
    path.write_bytes(old)
    for wait in (0, 0.003, 0.01, 0.03):
        with subprocess.Popen([sys.executable, "-c", write], stdout=subprocess.PIPE, cwd=ROOT) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(wait)
            writer.kill()
        assert path.read_bytes() in (old, new)
    assert all(left.name.startswith(".fireaudit-") for left in tmp_path.iterdir() if left != path)
    assert plan_files([str(path)]) == [str(path)]
    with pytest.raises(CannotAudit):
        plan_files([str(tmp_path)])  # what is left behind is never taken for a plan


def test_writers_at_the_same_time_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "shared"
    texts = [bytes([65 + i]) * 100_000 for i in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda data: replace_file(str(path), data), texts * 5))
    assert path.read_bytes() in texts and [p.name for p in tmp_path.iterdir()] == ["shared"]


# Patterns


PATTERNS = patterns()


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_backtracks(name: str) -> None:
    """Text that a pattern nearly fits, thousands of times over, takes it no longer than its length does."""
    pattern, methods = PATTERNS[name]
    for short, long in zip(texts(pattern, 2_000), texts(pattern, 8_000), strict=True):
        if spent(pattern, methods, long) > 0.1:
            times = [min(spent(pattern, methods, text) for _ in range(3)) for text in (short, long)]
            assert times[1] < 8 * times[0], (pattern.pattern, long[:40])


def spent(pattern: re.Pattern[str], methods: list[str], text: str) -> float:
    begun = time.process_time()
    for method in methods:
        found = pattern.sub("", text) if method == "sub" else getattr(pattern, method)(text)
        if method == "finditer":
            list(found)
    return time.process_time() - begun


# What a document says of itself


def test_an_office_file_is_in_the_encodings_that_office_files_have() -> None:
    for encoding in ("cp037", "utf-32"):
        body = '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>12</w:t></w:r></w:p></w:body></w:document>'
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as out:
            out.writestr("_rels/.rels", relations({"officeDocument": "word/document.xml"}))
            out.writestr("word/document.xml", f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding))
        with pytest.raises(UnreadableDocument):
            read_document("a.docx", packed.getvalue())


def test_numbers_that_no_office_program_writes_are_read_as_what_is_printed() -> None:
    row = '<w:tr><w:trPr><w:gridBefore w:val="{}"/></w:trPr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>'
    (grid,) = read_document("a.docx", word("<w:tbl>" + row.format(-99) + row.format(999_999_999) + "</w:tbl>")).blocks
    assert isinstance(grid, Grid) and [cell.column for cell in grid.cells] == [1, 1_001]
    styles = f'<styleSheet><numFmts><numFmt numFmtId="200" formatCode="{"%" * 250}0"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    sheet = read_document("a.xlsx", workbook('<sheetData><row><c s="0"><v>1.5</v></c></row></sheetData>', styles=styles))
    assert [block.text for block in sheet.blocks if isinstance(block, Paragraph)] == ["表", "1.5"]


def test_what_is_read_in_pieces_is_as_it_was_whole() -> None:
    web = '<ol start="3"><li>甲<ol type="a"><li>乙<li>丙</ol><li>丁</ol>'
    assert [block.text for block in read_document("a.html", web.encode()).blocks if isinstance(block, Paragraph)] == ["3. 甲", "a. 乙", "b. 丙", "4. 丁"]
    nested = '<w:footnote w:id="1"><w:p><w:r><w:t>注</w:t></w:r><w:p><w:r><w:t>内</w:t></w:r></w:p></w:p></w:footnote>'
    noted = read_document("a.docx", word('<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id="1"/></w:r></w:p>', footnotes=nested))
    assert [note.text for note in noted.footnotes] == ["注内"]


def test_a_pdf_is_read_under_a_limit_of_the_system(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(page("BT /F 10 Tf 50 700 Td (There are 12 stations.) Tj ET", "0 0 600 800"))

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    done = subprocess.run([*CHECK, "--no-cache", str(path)], capture_output=True, text=True, cwd=ROOT, preexec_fn=little)
    assert done.returncode == 0 and not done.stderr


def test_a_key_of_many_parts_in_the_settings_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fireaudit.toml").write_text("a." * 100_000 + "a = 1", encoding="utf-8")
    (tmp_path / "p.yaml").write_text(GOOD, encoding="utf-8")
    done = subprocess.run([CHECK[0], "-m", "fireaudit", "check", str(tmp_path)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and "a.a.a" in done.stderr
