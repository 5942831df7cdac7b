"""Documents on the command line: read into a draft, audited straight with places in the document, refused where they cannot be."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from fireaudit.app import Options, audit
from fireaudit.documents import audit_document, drafted, is_document
from fireaudit.findings import Severity
from fireaudit.plan.schema import schema_text, violations
from fireaudit.plan.source import parse
from fireaudit.reports import machine, text

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"

ROWS = [
    ("东河镇", 13, 24),
    ("西岭镇", 32, 41),
    ("南坪镇", 21, 38),
    ("北塘镇", 44, 25),
    ("中和镇", 29, 17),
    ("上桥镇", 18, 33),
    ("石门镇", 37, 12),
    ("青云镇", 26, 45),
]


def cells(*texts: object) -> str:
    return "".join(f"\t{text}\n" for text in texts) + "\n"


def plan_text(new: int = 235) -> str:
    """A plan as plain text, a tab before each cell. ``new``: the printed total of new hydrants, in truth 235."""
    rows = "".join(cells(name, old, added, old + added) for name, old, added in ROWS)
    table = cells("镇", "现有（座）", "新建（座）", "合计（座）") + rows + cells("合计", 220, new, 455)
    return f"某县消防规划（2026-2030年）\n\n第一章 现状\n\n全县现有水泵 7 台，“十四五”期间新购水泵 3 台。\n\n第二章 任务\n\n表1 各镇消火栓建设表\n\n{table}\n"


PLAN = plan_text(236)


def run(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "zh_CN.UTF-8"}
    return subprocess.run([sys.executable, "-m", "fireaudit", *arguments], cwd=cwd, input=stdin, capture_output=True, env=environment, timeout=60)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "规划.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_a_wrong_total_is_an_error_at_its_cell_and_what_is_only_proposed_a_warning(plan: Path) -> None:
    audited = audit_document(str(plan), plan.read_bytes(), Options(lang="zh"))
    found = {finding.code: finding for finding in audited.findings}
    total = found["FA201"]
    assert (total.severity, total.actual, total.span[:2], total.at) == (Severity.ERROR, "236", (58, 2), "第二章/表1 · 表1 第10行 第3列")
    assert [finding.code for finding in audited.findings if finding.severity is Severity.ERROR] == ["FA201"]
    assert found["FA203"].severity is Severity.WARNING and found["FA203"].arguments["support"]
    assert {cell.at for cell in total.cells} == {f"第二章/表1 · 表1 第{row}行 第3列" for row in range(2, 11)}


def test_places_are_said_in_the_language_of_the_report(plan: Path) -> None:
    audited = audit([str(plan)], Options(lang="en"))
    assert "第二章/表1 · table 1, row 10, column 3" in {finding.at for finding in audited.findings}


def test_the_report_shows_the_cell_and_says_how_much_was_read(plan: Path) -> None:
    report = text.render(audit([str(plan)]), "zh")
    assert "  │ 236\n  │ ~~~\n" in report
    assert "识别出 29 个数，0 个未能归位；1 张表" in report


def test_the_json_report_says_what_was_read_and_keeps_to_its_schema(plan: Path) -> None:
    document = json.loads(machine.render(audit([str(plan)]), "zh"))
    jsonschema.validate(document, json.loads(schema_text("report")))
    assert document["plans"][0]["document"] == {"format": "text", "pages": None, "figures": 29, "unplaced": 0, "tables": 1, "textless_pages": []}
    (finding,) = [finding for finding in document["findings"] if finding["code"] == "FA201"]
    assert (finding["line"], finding["column"], finding["path"]) == (58, 2, str(plan))


def test_a_plan_in_yaml_says_nothing_of_a_document() -> None:
    document = json.loads(machine.render(audit([str(ROOT / "plans" / "lianzhou.yaml")]), "zh"))
    assert "document" not in document["plans"][0]


def test_read_writes_a_plan_that_passes_the_schema_and_keeps_what_is_there(plan: Path, tmp_path: Path) -> None:
    first = run("read", plan.name, "-o", "plan.yaml", cwd=tmp_path)
    assert first.returncode == 0 and first.stdout == b""
    assert "识别出 29 个数" in first.stderr.decode()
    written = (tmp_path / "plan.yaml").read_bytes()
    assert violations(parse("plan.yaml", written.decode()).root) == []
    refused = run("read", plan.name, "-o", "plan.yaml", cwd=tmp_path)
    assert refused.returncode == 2 and "--force" in refused.stderr.decode()
    assert run("read", plan.name, "-o", "plan.yaml", "--force", cwd=tmp_path).returncode == 0
    shown = run("read", "-", cwd=tmp_path, stdin=plan.read_bytes())
    assert shown.stdout.partition(b"quantities:")[2] == written.partition(b"quantities:")[2]


def test_check_fails_on_the_document_as_on_a_plan(plan: Path, tmp_path: Path) -> None:
    failed = run("check", plan.name, "--format", "concise", cwd=tmp_path)
    assert failed.returncode == 1 and failed.stdout.decode().startswith("规划.txt:")
    plan.write_text(plan_text(), encoding="utf-8")
    assert run("check", plan.name, cwd=tmp_path).returncode == 0


def web_page(source: str) -> bytes:
    """The same plan as a web page, its table with its cells in elements."""
    paragraphs, table = source.partition("\t")[0].split("\n\n"), source[source.index("\t") :].strip("\n").split("\n\n")
    rows = ["".join(f"<td>{cell.strip()}</td>" for cell in row.split("\n")) for row in table]
    body = "".join(f"<p>{text}</p>" for text in paragraphs if text.strip())
    return f"<!doctype html><meta charset=utf-8><body>{body}<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>".encode()


def word_file(source: str, path: Path) -> bytes:
    """The same plan as a Word document."""
    docx = pytest.importorskip("docx", reason="python-docx makes the document")
    document = docx.Document()
    for line in source.partition("\t")[0].split("\n\n"):
        if line.strip():
            document.add_paragraph(line)
    rows = [[cell.strip() for cell in row.split("\n")] for row in source[source.index("\t") :].strip("\n").split("\n\n")]
    table = document.add_table(len(rows), len(rows[0]))
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            table.cell(i, j).text = cell
    document.save(str(path))
    return path.read_bytes()


def test_the_same_document_gives_the_same_findings_in_every_format(tmp_path: Path) -> None:
    files = {"a.txt": PLAN.encode(), "a.html": web_page(PLAN), "a.docx": word_file(PLAN, tmp_path / "a.docx")}
    told = {
        name: [(f.code, f.severity, dict(f.arguments), f.derivation) for f in audit_document(name, data, Options()).findings] for name, data in files.items()
    }
    told = {name: sorted(found, key=repr) for name, found in told.items()}
    assert told["a.txt"] and told["a.txt"] == told["a.html"] == told["a.docx"]


def test_two_versions_of_a_document_are_compared_and_none_counts_as_unread(tmp_path: Path) -> None:
    for name, figure in (("old.txt", 12), ("new.txt", 13)):
        (tmp_path / name).write_text(f"一、现状\n全市现有消防站{figure}座。\n", encoding="utf-8")
    compared = run("diff", "old.txt", "new.txt", "--format", "json", cwd=tmp_path)
    (one,) = json.loads(compared.stdout)["plans"]
    assert (one["unreadable"], [(change["old"]["text"], change["new"]["text"]) for change in one["figures"]]) == (False, [("12座", "13座")])
    assert b"skipped" not in run("check", "new.txt", "--format", "junit", cwd=tmp_path).stdout.partition(b"testcase")[2]


def test_fix_leaves_documents_alone(plan: Path, tmp_path: Path) -> None:
    before = plan.read_bytes()
    refused = run("fix", plan.name, "--case", "1", "--write", cwd=tmp_path)
    assert refused.returncode == 2 and "fireaudit read" in refused.stderr.decode()
    assert plan.read_bytes() == before


def test_mutate_asks_for_a_plan(plan: Path, tmp_path: Path) -> None:
    refused = run("mutate", plan.name, cwd=tmp_path)
    assert refused.returncode == 2 and "fireaudit read" in refused.stderr.decode()


def test_a_plan_is_not_read_as_a_document(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("fireaudit: 1\nplan: {title: 例}\n", encoding="utf-8")
    refused = run("read", "p.yaml", cwd=tmp_path)
    assert refused.returncode == 2 and "fireaudit check" in refused.stderr.decode()


@pytest.mark.parametrize(
    ("name", "data", "document"),
    [
        ("a.yaml", b"fireaudit: 1\n", False),
        ("a.txt", b"fireaudit: 1\nplan: {title: x}\n", False),
        ("a.txt", b"Plan of a town\n", True),
        ("a.yaml", b"%PDF-1.7\n", True),
        ("<stdin>", b"PK\x03\x04", True),
        ("<stdin>", b"plan: {title: x}\n", False),
        ("a.docx", b"", True),
        ("a.csv", b"a,b\n", True),
        ("a.tsv", b"a\tb\n", True),
        ("a", b"\xef\xbb\xbf<!DOCTYPE html>", True),
    ],
)
def test_documents_are_told_from_plans(name: str, data: bytes, document: bool) -> None:
    assert is_document(name, data) is document


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut short", b"%PDF-1.7 cut short"])
def test_what_cannot_be_read_is_one_line_and_exit_code_2(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    for command in ("check", "read"):
        refused = run(command, "a.docx", cwd=tmp_path)
        assert refused.returncode == 2 and refused.stdout == b""
        (line,) = refused.stderr.decode().splitlines()
        assert line.startswith("fireaudit: a.docx：")


def test_hostile_text_is_inert_in_the_report(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(PLAN.replace("东河镇", "东\x1b[31m河\u202e镇").replace("某县", "::error::##[error]某县"), encoding="utf-8")
    report = text.render(audit([str(path)]), "zh")
    assert "\x1b" not in report and "\u202e" not in report and "##[" not in report


def random_table(seed: int, wrong: bool) -> tuple[str, str]:
    """A table of sums in one of several makes, as text; ``wrong``: one printed total is off. And that total's text."""
    chance = random.Random(seed)
    width, height, places = chance.randint(2, 6), chance.randint(3, 14), chance.choice([0, 0, 1, 2])
    rows = [[Decimal(chance.randint(1, 99_999)).scaleb(-places) for _ in range(width)] for _ in range(height)]
    totals = [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]
    column = chance.randrange(width)
    if wrong:
        totals[column] += Decimal(chance.choice([1, -1, 9, 10]) * (height + 1)).scaleb(-places)
    comma = chance.random() < 0.5
    printed = [[f"{number:,}" if comma else str(number) for number in row] for row in (*rows, totals)]
    head = ["单位", *(f"项目{chr(65 + i)}（个）" for i in range(width))]
    body = [[f"第{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[i]}所", *row] for i, row in enumerate(printed[:-1])]
    total = [chance.choice(["合计", "总 计", "全市合计", "共计"]), *printed[-1]]
    ordered = [total, *body] if chance.random() < 0.3 else [*body, total]
    if chance.random() < 0.5:
        head, ordered = ["序号", *head], [["" if row is total else str(ordered.index(row) + 1), *row] for row in ordered]
    return "规划\n\n一、情况\n\n各所情况表\n\n" + "".join(cells(*row) for row in (head, *ordered)) + "\n", printed[-1][column]


@pytest.mark.parametrize("seed", range(60))
def test_a_wrong_total_is_found_in_tables_of_many_makes_and_a_right_one_left_alone(seed: int) -> None:
    text, printed = random_table(seed, wrong=True)
    errors = [f for f in audit_document("x.txt", text.encode(), Options()).findings if f.severity is Severity.ERROR]
    assert [(f.code, f.actual) for f in errors] == [("FA201", printed)]
    right, _ = random_table(seed, wrong=False)
    assert [f for f in audit_document("x.txt", right.encode(), Options()).findings if f.severity > Severity.NOTE and f.code != "FA502"] == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents of ../shared/seeds are not here")
def test_the_real_documents_raise_no_error_but_the_total_that_is_wrong() -> None:
    errors = {}
    for path in sorted(SEEDS.glob("*.txt")):
        audited = audit_document(path.name, path.read_bytes(), Options())
        errors[path.name[:3]] = [(f.code, f.actual, f.expected) for f in audited.findings if f.severity is Severity.ERROR]
    assert errors == {"000": [], "003": [("FA201", "16", "15个")]}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents of ../shared/seeds are not here")
def test_the_same_document_gives_the_same_draft() -> None:
    path = min(SEEDS.glob("*.txt"))
    assert drafted("a.txt", path.read_bytes()).draft == drafted("a.txt", path.read_bytes()).draft


NOISE = random.Random(1).choices(range(0x81, 0xFE), k=3001)


@pytest.mark.parametrize("command", ["check", "read", "show"])
def test_what_is_no_text_is_refused_in_one_line(command: str, tmp_path: Path) -> None:
    (tmp_path / "noise.txt").write_bytes(bytes(NOISE))
    refused = run(command, "noise.txt", cwd=tmp_path)
    assert (refused.returncode, refused.stderr.decode().count("\n"), refused.stdout) == (2, 1, b"")
    assert refused.stderr.decode() == "fireaudit: noise.txt：不是文本文件，也不是能识别的文档格式\n"


CONTRADICTION = "某县消防报告\n\n一、现状\n\n2023年全县专职消防员总数为321人。\n\n二、经费\n\n2023年全县专职消防员总数为312人，经费有所增加。\n"


def test_a_draft_weighs_what_was_understood_as_its_document_does_until_somebody_confirms_it(tmp_path: Path) -> None:
    data = CONTRADICTION.encode()
    straight = audit_document("a.txt", data, Options(isolated=True))
    path = tmp_path / "a.yaml"
    path.write_text(drafted("a.txt", data).draft.text, encoding="utf-8")
    assert "  unconfirmed: true" in path.read_text(encoding="utf-8")

    def said() -> list[tuple[str, Severity]]:
        return [(found.code, found.severity) for found in audit([str(path)], Options(isolated=True)).findings]

    assert said() == [(found.code, found.severity) for found in straight.findings] == [("FA301", Severity.WARNING)]
    path.write_text(path.read_text(encoding="utf-8").replace("  unconfirmed: true", "  unconfirmed: false"), encoding="utf-8")
    assert said() == [("FA301", Severity.ERROR)]


def test_what_somebody_writes_into_a_draft_counts_in_full(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        drafted("a.txt", CONTRADICTION.encode()).draft.text + "checks:\n  - 专职消防员总数 == 999\n  - nothing == 3\nnonsense: 1\n", encoding="utf-8"
    )
    found = {finding.code: finding.severity for finding in audit([str(path)], Options(isolated=True)).findings}
    assert found == {"FA301": Severity.WARNING, "FA203": Severity.ERROR, "FA106": Severity.ERROR, "FA102": Severity.ERROR}


LEGEND = "表1 各镇达标情况\n\n\t序号\t镇\t站数\t达标\n\t1\t河东镇\t3\t●\n\t2\t双桥镇\t2\t▲\n\t3\t山口镇\t4\t★\n\n注：●表示达标，▲表示提升，■表示新建。\n"


def test_a_finding_about_a_legend_stands_at_its_symbol() -> None:
    audited = audit_document("a.txt", LEGEND.encode(), Options(isolated=True, lang="zh"))
    at = {str(finding.arguments["symbol"]): finding.span[:2] for finding in audited.findings if finding.code == "FA604"}
    assert at == {"★": (6, 10), "■": (8, 15)}


@pytest.mark.parametrize("command", [("explain", "a.txt", "专职消防员总数"), ("show", "a.txt"), ("coverage", "a.txt")])
@pytest.mark.parametrize(("lang", "words", "others"), [("zh", "第2段", "paragraph"), ("en", "paragraph 2", "段")])
def test_every_command_says_places_in_the_language_asked_for(command: tuple[str, ...], lang: str, words: str, others: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("某县消防报告\n\n2023年全县专职消防员总数为321人。\n", encoding="utf-8")
    environment = {"zh": "en_US.UTF-8", "en": "zh_CN.UTF-8"}[lang]
    arguments = [sys.executable, "-m", "fireaudit", *command, "--lang", lang, *(["--format", "json"] if command[0] != "explain" else [])]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": environment}, timeout=60)
    assert words in done.stdout.decode() and others not in done.stdout.decode()


def test_two_documents_are_compared_in_their_own_places(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(CONTRADICTION, encoding="utf-8")
    (tmp_path / "new.txt").write_text(CONTRADICTION.replace("321", "312").replace("\n\n二", "\n\n另有新的一段。\n\n二"), encoding="utf-8")
    told = json.loads(run("diff", "old.txt", "new.txt", "--format", "json", cwd=tmp_path).stdout)
    (change,) = told["plans"][0]["figures"]
    assert (change["old"]["line"], change["new"]["line"], change["new"]["at"]) == (5, 5, "一 · 第3段")
    assert [finding["old"]["line"] for finding in told["plans"][0]["findings"]] == [9]
