"""Every machine format, read back as its consumer reads it: by schema, by parser, and with a hostile plan."""

from __future__ import annotations

import html
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from markdown_it import MarkdownIt

from fireaudit.app import Audit, Options, audit, audit_text
from fireaudit.files import CannotAudit, relative
from fireaudit.findings import Finding, Severity, Span
from fireaudit.messages import message_of
from fireaudit.outputs import FORMATS, Output, asked, deliver, render
from fireaudit.reports import github, gitlab, machine, markdown, sarif
from fireaudit.reports.place import uri
from fireaudit.reports.quote import plain

ROOT = Path(__file__).parent.parent
SCHEMAS = Path(__file__).parent / "schemas"
MACHINE = ["json", "jsonl", "markdown", "sarif", "github", "gitlab", "junit"]
HEAD = "fireaudit: 1\nplan: {title: 例}\n"
CLEAN = HEAD + "quantities: {a: {label: 站, stated: [3个, 三个]}}\n"

HOSTILE = [
    "::error::x",
    "\n::stop-commands::y",
    "%0A::warning::y",
    "a%0D%0Ab%25c",
    "##[error]z",
    "##vso[task.complete]",
    "</script><img src=x onerror=1>",
    "<!-- --><b>b</b>&amp;&#64;",
    "]]>",
    "[b]x[/b]",
    "[click](https://evil.example/a_b_c)",
    "![i](x)",
    "<https://evil.example>",
    "https://evil.example www.evil.example a@evil.example",
    "@someone #12 !12 GH-12 :bomb:",
    "a|b||c",
    "`code` ``x",
    "*b* _i_ ~~s~~ $m$ ^u^",
    "{0} {{x}} {% y %}",
    "back\\slash \\",
    "- item",
    "1. item",
    "# heading",
    "===",
    "\x1b[31mred\x1b]0;t\x07",
    "\u202eevil\u2066\u200f\u061c\ufeff",
    "\0\x08\x0b\x7f\x85\u2028\ufffe\uffff",
    "a,b:c=d;e",
    "🚒 云",
]


def quoted(text: str) -> str:
    """A YAML scalar; the escapes of JSON are escapes of YAML, but astral characters have none and DEL needs one."""
    return re.sub(r"\\ud[89ab]..\\u(....)", lambda pair: json.loads(f'"{pair[0]}"'), json.dumps(text)).replace("\x7f", "\\x7f")


def hostile() -> Audit:
    text = "fireaudit: 1\nplan: {title: " + quoted(" ".join(HOSTILE)[:380]) + "}\nquantities:\n"
    for number, piece in enumerate(HOSTILE):
        text += f"  q{number}: {{label: {quoted(piece)}, stated: [1个, {{text: 2个, at: {quoted(piece)}, scope: {quoted(piece)}}}, 3个]}}\n"
    rows = ", ".join(f"[{quoted(piece)}, 1], [{quoted(piece)}, 2]" for piece in HOSTILE)
    text += f"tables:\n  t: {{title: {quoted(HOSTILE[0])}, columns: {{n: {{role: name}}, x: {quoted(HOSTILE[6])}}}, rows: [{rows}], total: [合计, 1]}}\n"
    text += "checks: [" + ", ".join(quoted(piece) for piece in HOSTILE) + "]\n"
    return Audit((audit_text("plans/hostile.yaml", text.encode(), Options(unchecked=True, unassessed=True)),))


def of_text(*texts: str) -> Audit:
    return Audit(tuple(audit_text(f"plans/{number}.yaml", text.encode(), Options()) for number, text in enumerate(texts)))


def many(errors: int, warnings: int, notes: int = 0) -> Audit:
    counts = {Severity.ERROR: errors, Severity.WARNING: warnings, Severity.NOTE: notes}
    found = [(severity, number) for severity, count in counts.items() for number in range(count)]
    extra = [Finding("FA602", s, "p.yaml", Span(n + 1, 1, n + 1, 2), {"table": "表", "name": f"{s.word}{n}"}) for s, n in found]
    return Audit((), tuple(extra))


BROKEN = "fireaudit: [\n"
FAULT = Audit((), (Finding("FA005", Severity.ERROR, "p.yaml", Span(1, 1, 1, 1), {"rule": "FA201", "problem": "E: x"}),))
SURROGATES = Audit((), (Finding("FA602", Severity.ERROR, "p\udcff.yaml", Span(1, 1, 1, 1), {"table": "\ud800", "name": "\udfff"}),))
AUDITS = {
    "none": Audit(()),
    "clean": of_text(CLEAN),
    "hostile": hostile(),
    "broken": of_text(BROKEN, CLEAN),
    "plans": audit([str(ROOT / "plans")]),
    "fault": FAULT,
    "surrogates": SURROGATES,
    "many": many(30, 30, 3),
}
each = pytest.mark.parametrize("found", AUDITS.values(), ids=AUDITS)
in_both = pytest.mark.parametrize("lang", ["zh", "en"])


# What holds for every format


@each
@in_both
@pytest.mark.parametrize("format", MACHINE)
def test_nothing_of_a_plan_is_live_in_a_build_log(format: str, lang: str, found: Audit) -> None:
    out = render(format, found, lang)
    assert out == render(format, found, lang)
    text = out.encode("utf-8", "backslashreplace").decode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", text)
    assert format == "json" or not re.search("[\u061c\ufffe\uffff]", text)
    if format not in ("json", "github"):
        assert "##[" not in text and "##vso" not in text
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert text == "" or text.endswith("\n")


def test_hostile_texts_are_in_the_findings() -> None:
    said = " ".join(plain(message_of(f, "en")) for f in hostile().findings)
    for piece in ("::error::x", "%0A::warning::y", "<img src=x", "[b]x[/b]", "\\u001b[31m", "\\u202e", "]]>", "`code`", "\\u0000", "a|b"):
        assert piece in said


@pytest.mark.parametrize("format", FORMATS)
def test_language_changes_the_words_and_not_the_findings(format: str) -> None:
    assert render(format, AUDITS["plans"], "zh") != render(format, AUDITS["plans"], "en")


# Places


def test_paths_are_relative_to_the_working_directory_with_forward_slashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert relative(str(tmp_path / "a" / "b.yaml")) == relative("./a/b.yaml") == relative("a//b.yaml") == "a/b.yaml"
    assert relative("../b.yaml") == "../b.yaml"
    assert relative("/elsewhere/b.yaml") == "/elsewhere/b.yaml"
    assert uri("规 划#1%?:a.yaml") == "%E8%A7%84%20%E5%88%92%231%25%3F%3Aa.yaml"
    assert uri("/else where/b.yaml") == "file:///else%20where/b.yaml"
    assert uri(os.fsdecode(b"p\xff.yaml")) == "p%FF.yaml"


# SARIF


def run_of(text: str) -> dict[str, Any]:
    (run,) = json.loads(text)["runs"]
    assert isinstance(run, dict)
    return run


@each
@in_both
def test_sarif_follows_its_schema_and_what_code_scanning_asks(found: Audit, lang: str) -> None:
    document = json.loads(sarif.render(found, lang))
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(document)
    run = run_of(json.dumps(document))
    assert document["version"] == "2.1.0" and run["columnKind"] == "unicodeCodePoints"
    assert "security-severity" not in json.dumps(document)
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert len(rule["shortDescription"]["text"]) <= 1024 and len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"] and rule["help"]["markdown"]
    assert len(run["results"]) == len(found.findings)
    for result, finding in zip(run["results"], found.findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["partialFingerprints"] == {"fireaudit/v1": finding.fingerprint}
        for location in (*result["locations"], *result.get("relatedLocations", [])):
            place = location["physicalLocation"]
            where, region = urlsplit(place["artifactLocation"]["uri"]), place["region"]
            assert not where.query and not where.fragment and "\\" not in where.path
            assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"} and min(region.values()) >= 1
            assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])


def test_sarif_messages_hold_no_link_and_no_placeholder() -> None:
    found = AUDITS["hostile"]
    for result, finding in zip(run_of(sarif.render(found, "en"))["results"], found.findings, strict=True):
        text = result["message"]["text"]
        assert not re.search(r"\[[^\[\]]*\]\(", text)
        assert not re.search(r"[{}]", text.replace("{{", "").replace("}}", ""))
        read = text.replace("{{", "{").replace("}}", "}")
        assert read.replace("] (", "](") == plain(message_of(finding, "en")).replace("] (", "](")


def test_sarif_columns_count_characters_from_one_and_the_end_is_exclusive() -> None:
    text = HEAD + "quantities: {a: {label: 🚒🚒𠀀, stated: [3个, 4个]}}\n"
    (result,) = run_of(sarif.render(of_text(text), "zh"))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = text.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "4个"
    assert [unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])] == ["plans/0.yaml"]
    assert result["relatedLocations"][0]["message"]["text"] == "3个"


def test_sarif_keeps_the_gravest_results_and_says_how_many_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "RESULTS", 35)
    run = run_of(sarif.render(many(30, 30), "en"))
    assert [r["level"] for r in run["results"]].count("error") == 30 and len(run["results"]) == 35
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "25" in told["message"]["text"] and run["invocations"][0]["executionSuccessful"] is True


def test_sarif_tells_a_fault_of_the_tool_from_a_finding() -> None:
    assert run_of(sarif.render(FAULT, "en"))["invocations"][0]["executionSuccessful"] is False


# GitHub


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them."""
    for line in text.splitlines():
        read = re.fullmatch(r"::([a-z]+)((?: [^:]*)?)::(.*)", line)
        assert read, line
        properties = {}
        for pair in read[2].strip().split(","):
            name, _, value = pair.partition("=")
            for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
                value = value.replace(code, character)
            properties[name] = value
        data = read[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        yield read[1], properties, data


@each
@in_both
def test_workflow_commands_say_the_finding_again(found: Audit, lang: str) -> None:
    read = list(commands(github.render(found, lang)))
    wanted = [f for s in ("error", "warning") for f in [f for f in found.findings if f.severity.word == s][:10]]
    assert [name for name, _, _ in read] == [finding.severity.word for finding in wanted]
    for (_, properties, data), finding in zip(read, wanted, strict=True):
        assert data.split("\n")[0] == plain(message_of(finding, lang))
        assert properties["file"] == plain(relative(finding.path)) and properties["line"] == str(finding.span.line)
        assert properties["title"].startswith(finding.code)
        one_line = finding.span.line == finding.span.end_line
        assert ("col" in properties) == ("endColumn" in properties) == one_line
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}


def test_properties_of_a_workflow_command_bear_any_path() -> None:
    path = "a:b,c%3A=d::e/规划.yaml"
    found = Audit((), (Finding("FA602", Severity.ERROR, path, Span(2, 3, 2, 5), {"table": "表", "name": "::"}),))
    ((_, properties, _),) = commands(github.render(found, "en"))
    assert {key: properties[key] for key in ("file", "line", "endLine", "col", "endColumn")} == {
        "file": path, "line": "2", "endLine": "2", "col": "3", "endColumn": "5",
    }  # fmt: skip


def test_a_region_that_ends_at_the_start_of_a_line_does_not_annotate_that_line() -> None:
    found = Audit((), (Finding("FA103", Severity.ERROR, "p.yaml", Span(2, 3, 5, 1), {"key": "x", "where": "."}),))
    ((_, properties, _),) = commands(github.render(found, "en"))
    assert (properties["line"], properties["endLine"]) == ("2", "4") and "col" not in properties


def test_annotations_are_budgeted_and_the_rest_is_in_the_summary() -> None:
    found = many(12, 13, 2)
    names = [name for name, _, _ in commands(github.render(found, "en"))]
    assert names == ["error"] * 10 + ["warning"] * 10
    text = github.summary(found, "en")
    assert re.findall(r"(?:error|warning|note)\d+", text) == ["error10", "error11", "warning10", "warning11", "warning12", "note0", "note1"]
    assert github.summary(many(10, 10), "en") == ""


def test_summary_fits_the_room_there_is() -> None:
    found = many(500, 0)
    whole = github.summary(found, "zh")
    for room in (0, 50, 1000, 5000, len(whole.encode()) - 1, len(whole.encode())):
        text = github.summary(found, "zh", room)
        assert len(text.encode()) <= room
        shown = len(re.findall(r"error\d+", text))
        assert text in ("", whole) or f"{490 - shown}" in text.splitlines()[-1]


# GitLab


@each
@in_both
def test_gitlab_follows_its_schema_and_fingerprints_are_unique(found: Audit, lang: str) -> None:
    text = gitlab.render(found, lang)
    assert not text.startswith("\ufeff")
    issues = json.loads(text)
    jsonschema.validate(issues, json.loads((SCHEMAS / "gitlab-code-quality.json").read_text(encoding="utf-8")))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(found.findings)
    for issue, finding in zip(issues, found.findings, strict=True):
        assert issue["fingerprint"].startswith(finding.fingerprint)
        assert issue["description"] == plain(f"{finding.code} {message_of(finding, lang)}")


def test_shared_fingerprints_are_told_apart_and_outlive_their_twins() -> None:
    text = HEAD + "quantities: {a: {label: 站, stated: [3个, 4个]}}\n"
    three, two = of_text(text, text, text), of_text(text, text)
    assert gitlab.unique(three.findings)[:2] == gitlab.unique(two.findings)
    assert gitlab.unique(three.findings)[1:] == gitlab.unique(three.findings[1:])
    (alone,) = of_text(text).findings
    assert gitlab.unique([alone]) == [alone.fingerprint]
    assert gitlab.unique([alone, alone]) == [alone.fingerprint, alone.fingerprint + "-2"]


# JUnit

ALLOWED = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"classname", "name"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"message"},
    "system-out": set(),
}


@each
@in_both
def test_junit_is_what_jenkins_and_gitlab_parse(found: Audit, lang: str) -> None:
    root = ET.fromstring(render("junit", found, lang).encode("utf-8"))
    for element in root.iter():
        assert set(element.attrib) == ALLOWED[element.tag], element.tag
    suites = root.findall("testsuite")
    assert root.tag == "testsuites" and len(suites) == len(found.plans) + bool(found.extra)
    for suite in suites:
        cases = suite.findall("testcase")
        assert len({case.get("name") for case in cases}) == len(cases) == int(suite.get("tests", ""))
        for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(key, "")) == sum(case.find(tag) is not None for case in cases)
        for case in cases:
            assert sum(case.find(tag) is not None for tag in ("failure", "error", "skipped")) <= 1
    told = [line for element in root.iter() for line in (element.text or "").splitlines() if line.startswith("- ")]
    assert len(told) == len(found.findings)


def cases(text: str) -> dict[str, ET.Element]:
    root = ET.fromstring(render("junit", of_text(text), "en"))
    return {str(case.get("name")): case for case in root.iter("testcase")}


def test_junit_case_of_a_clean_plan_passes() -> None:
    found = cases(CLEAN + "checks: [a == 3]\n")
    assert len(found["FA203 a == 3"]) == 0 and all(len(case) == 0 for case in found.values())


def test_junit_case_of_a_check_fails_passes_or_is_skipped() -> None:
    more = "quantities: {a: {stated: [3个]}, b: {stated: [-]}}\nchecks: [a == 3, a == 4, a == b, 'a ==', {check: a < 3, severity: warning}]\n"
    found = cases(HEAD + more)
    assert [child.tag for child in found["FA203 a == 4"]] == ["failure"]
    assert [child.tag for child in found["FA203 a == b"]] == ["skipped"] and "b" in str(found["FA203 a == b"][0].get("message"))
    assert [child.tag for child in found["FA203 a =="]] == ["skipped"]
    assert [child.tag for child in found["FA203 a < 3"]] == ["system-out"]
    assert len(found["FA203 a == 3"]) == 0


def test_junit_passes_nothing_of_a_file_that_could_not_be_read() -> None:
    tags = {name[:5]: [child.tag for child in case] for name, case in cases(BROKEN).items()}
    assert tags.pop("FA001") == ["failure"] and tags.pop("FA004") == []
    assert set(map(tuple, tags.values())) == {("skipped",)}


def test_junit_fault_of_a_rule_is_an_error_of_its_case(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(plan: object) -> Iterator[Any]:
        raise ValueError("<oops>")

    from dataclasses import replace

    from fireaudit import app

    monkeypatch.setattr(app, "RULES", [replace(rule, state=fails) if rule.code in ("FA201", "FA203") else rule for rule in app.RULES])
    found = cases(CLEAN)
    for code in ("FA201", "FA203"):
        (case,) = [case for name, case in found.items() if name.startswith(code)]
        assert [child.tag for child in case] == ["error"] and "<oops>" in str(case[0].get("message"))


# JSON lines


@each
@in_both
def test_json_lines_are_the_findings_of_the_report(found: Audit, lang: str) -> None:
    lines = render("jsonl", found, lang).splitlines()
    whole = machine.document(found, lang)
    assert [json.loads(line) for line in lines] == [{"version": 1, **finding} for finding in whole["findings"]]  # type: ignore[attr-defined]
    whole["findings"] = [{key: value for key, value in json.loads(line).items() if key != "version"} for line in lines]
    jsonschema.validate(whole, json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8")))


# Markdown


class Rendered(HTMLParser):
    """The tags of rendered Markdown, and the text of its table cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert not attrs
        self.tags.add(tag)
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data.replace("\u200b", "").rstrip("\n")


@each
@in_both
def test_markdown_reads_as_the_findings_and_holds_no_markup_of_theirs(found: Audit, lang: str) -> None:
    read = Rendered(markdown.render(found, lang))
    assert read.tags <= {"h1", "h2", "p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}
    rows = [read.cells[start : start + 5] for start in range(0, len(read.cells), 5)]
    assert [row[3] for row in rows] == [plain(message_of(finding, lang)) for finding in found.findings]
    assert [row[2] for row in rows] == [finding.code for finding in found.findings]


@pytest.mark.parametrize("piece", HOSTILE)
def test_markdown_escapes_and_breaks_what_would_be_found_in_rendered_text(piece: str) -> None:
    text = markdown.escape(piece)
    seen = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))
    assert not re.search(r"@\w|#\w|!\d|GH-\d|://|www\.|:[\w+-]+:", seen, re.IGNORECASE)
    for special in "|`[]<>*_":
        assert special not in re.sub(r"\\.|&#8203;|&\w+;", "", text)
    read = Rendered(f"| h |\n|---|\n| {text} |")
    assert read.cells == [plain(piece)] and read.tags == {"table", "thead", "tbody", "tr", "th", "td"}
    assert Rendered(text).tags == {"p"} and Rendered(f"- {text}").tags == {"ul", "li"}


# Fingerprints

SUMS = """quantities:
  a: {label: 甲数, stated: [3个, 4个]}
tables:
  t:
    columns: {town: {role: name}, x: 数, y: 另}
    rows:
      - [甲镇, 1, 2]
      - [乙镇, 2, 3]
    total: [合计, 4, 5]
  u:
    columns: {town: {role: name}, x: 数, y: 另}
    rows:
      - [甲镇, 1, 2]
      - [乙镇, 2, 3]
checks: ["u.x > u.y", a == total(u.x) + 9]
outline: [第一章 甲, 第三章 乙]
lists: {l: {label: 单, count: 三个, items: [甲, 乙]}}
"""


def prints(text: str) -> set[str]:
    return {finding.fingerprint for finding in audit_text("p.yaml", text.encode(), Options()).findings}


def test_fingerprints_outlive_moved_lines_and_further_rows() -> None:
    before = prints(HEAD + SUMS)
    assert len(before) == 7
    assert prints("# moved\n\n" + HEAD + SUMS) == before
    assert prints(HEAD + SUMS.replace("      - [甲镇, 1, 2]\n", "      - [丙镇, 0, 0]\n      - [甲镇, 1, 2]\n", 1)) == before
    assert prints(HEAD + SUMS.replace("lists:", "boxes: []\nlists:").replace("甲数, ", "甲数,    ")) == before
    with_more = prints(HEAD + SUMS.replace("checks:", "      - [丁镇, 5, 6]\nchecks:"))
    assert before < with_more and len(with_more) == len(before) + 1
    other = SUMS.replace(
        "columns: {town: {role: name}, x: 数, y: 另}\n    rows:\n      - [甲镇, 1, 2]",
        "columns: {town: {role: name}, x: 数, y: 另}\n    rows:\n      - [戊镇, 1, 2]",
        1,
    )
    assert prints(HEAD + other) == before


def test_fingerprints_of_schema_faults_outlive_further_rows() -> None:
    text = HEAD + "tables: {t: {columns: {x: 数}, rows: [[1], 7]}}\n"
    assert prints(text) == prints(text.replace("[[1], 7]", "[[1], [2], 7]"))


def test_findings_about_rows_of_one_column_have_fingerprints_of_their_own() -> None:
    rows = "[甲, 3], {of_which: [甲一, 2]}, {of_which: [甲二, 2]}, [乙, 3], {of_which: [乙一, 2]}, {of_which: [乙二, 2]}, [丙, 4]"
    text = HEAD + f"tables: {{t: {{columns: {{n: {{role: name}}, x: 数}}, rows: [{rows}]}}}}\n"
    text += """checks: ['t["甲"].x == t["丙"].x', 't["乙"].x == t["丙"].x', sum(t.x) == 11, max(t.x) == 11]\n"""
    found = audit_text("p.yaml", text.encode(), Options()).findings
    assert sorted(f.code for f in found) == ["FA202"] * 2 + ["FA203"] * 4
    assert len({f.fingerprint for f in found}) == len(found)


def test_fingerprints_of_shares_outlive_a_last_row() -> None:
    text = HEAD + "tables: {t: {columns: {n: {role: name}, x: 数, p: {label: 占, share_of: x}}, rows: [[甲, 1, 50%], [乙, 1, 60%]]}}\n"
    before = prints(text)
    assert len(before) == 2 and before <= prints(text.replace("60%]]", "60%], [丙, 0, 0%]]"))


@pytest.mark.parametrize("name", ["dongguan", "lianzhou"])
def test_fingerprints_of_a_plan_outlive_moved_lines(name: str) -> None:
    text = (ROOT / "plans" / f"{name}.yaml").read_text(encoding="utf-8")
    found = audit_text("p.yaml", text.encode(), Options()).findings
    assert prints("\n# moved\n" + text) == prints(text) and len(prints(text)) == len(found)


def test_fingerprint_of_a_repeated_check_outlives_moved_lines() -> None:
    text = HEAD + "quantities: {a: {stated: [1个]}, b: {stated: [1个]}}\nchecks: [a == b, a == b + 0]\n"
    assert prints("\n\n" + text) == prints(text) != set()


# Where reports go


def run(*arguments: str, cwd: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = {name: value for name, value in os.environ.items() if name != "GITHUB_STEP_SUMMARY"} | {"PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run([sys.executable, "-m", "fireaudit", *arguments], input=stdin, capture_output=True, cwd=cwd, env=env)
    assert b"Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p.yaml").write_text(HEAD + "quantities: {a: {label: 站, stated: [3个, 4个]}}\n", encoding="utf-8")
    return tmp_path


def test_several_outputs_in_one_run(folder: Path) -> None:
    wanted = [f"--output={format}:{format}.out" for format in FORMATS]
    done = run("check", "p.yaml", "--lang", "en", *wanted, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    for format in FORMATS:
        alone = run("check", "p.yaml", "--lang", "en", "--format", format, cwd=folder, PYTHONHASHSEED="1")
        assert alone.returncode == 1 and alone.stdout == (folder / f"{format}.out").read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == sorted(["p.yaml", *(f"{format}.out" for format in FORMATS)])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "sarf"], "“sarif”"),
        (["--output", "gitlub:x"], "gitlab"),
        (["--output", "zzzzzz"], "sarif"),
        (["--output", "sarif:"], "sarif:"),
        (["--output", "sarif", "--output", "github"], "stdout"),
        (["--format", "json", "--output", "junit:-"], "stdout"),
        (["--output", "sarif:a", "--output", "json:./a"], "./a"),
        (["--output", "sarif:no/such/folder/a"], "no/such/folder/a"),
        (["--output", "sarif:."], "."),
        (["--output", "sarif:p.yaml"], "p.yaml"),
    ],
)
def test_what_cannot_be_written_is_one_line_and_exit_2(folder: Path, arguments: list[str], said: str) -> None:
    before = (folder / "p.yaml").read_bytes()
    done = run("check", "p.yaml", *arguments, cwd=folder, LC_ALL="en_US.UTF-8")
    told = done.stderr.decode()
    assert done.returncode == 2 and done.stdout == b""
    assert told.count("\n") == 1 and said in told
    assert [path.name for path in folder.iterdir()] == ["p.yaml"] and (folder / "p.yaml").read_bytes() == before


def test_nothing_is_written_where_the_audit_could_not_be_done(folder: Path) -> None:
    assert run("check", "absent.yaml", "--output", "sarif:a.sarif", cwd=folder).returncode == 2
    assert not (folder / "a.sarif").exists()


def test_a_file_is_replaced_whole_and_keeps_its_mode(folder: Path) -> None:
    (folder / "a").write_text("x" * 100_000)
    (folder / "a").chmod(0o640)
    (folder / "link").symlink_to("a")
    assert run("check", "p.yaml", "--output", "json:link", cwd=folder).returncode == 1
    assert json.loads((folder / "a").read_text(encoding="utf-8"))["version"] == 1
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o640 and (folder / "link").is_symlink()


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no devices here")
def test_a_device_is_written_to_and_not_replaced(folder: Path) -> None:
    assert run("check", "p.yaml", "--output", "json:/dev/null", cwd=folder).returncode == 1
    assert Path("/dev/null").is_char_device()
    done = run("check", "p.yaml", "--output", "json:/dev/stdout", cwd=folder)
    assert json.loads(done.stdout)["version"] == 1


def test_a_failed_write_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fireaudit import app

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (folder / "a").write_text("old")
    monkeypatch.setattr(app.os, "replace", full)
    with pytest.raises(CannotAudit):
        deliver(AUDITS["clean"], "en", [Output("json", str(folder / "a"))], {})
    assert (folder / "a").read_text() == "old" and len(list(folder.iterdir())) == 2


def test_step_summary_is_added_to_and_only_for_github(folder: Path) -> None:
    lines = "".join(f"  q{n}: {{label: 站{n}, stated: [3个, 4个]}}\n" for n in range(12))
    (folder / "p.yaml").write_text(HEAD + "quantities:\n" + lines, encoding="utf-8")
    step = folder / "step.md"
    step.write_text("before\n")
    run("check", "p.yaml", "--output", "sarif:a", cwd=folder, GITHUB_STEP_SUMMARY=str(step))
    assert step.read_text() == "before\n"
    done = run("check", "p.yaml", "--output", "github", "--lang", "en", cwd=folder, GITHUB_STEP_SUMMARY=str(step))
    assert len(list(commands(done.stdout.decode()))) == 10
    text = step.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.count("| error |") == 2
    step.write_bytes(b"x" * (1024 * 1024 - 10))
    run("check", "p.yaml", "--output", "github", cwd=folder, GITHUB_STEP_SUMMARY=str(step))
    assert step.stat().st_size == 1024 * 1024 - 10
    done = run("check", "p.yaml", "--output", "github", cwd=folder, GITHUB_STEP_SUMMARY=str(folder / "no" / "such"))
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1


def test_help_names_every_format_and_completion_offers_them() -> None:
    from fireaudit.cli.check import _formats

    assert " | ".join(FORMATS).encode() in b" ".join(run("check", "--help", cwd=ROOT, COLUMNS="200").stdout.split())
    assert _formats("j") == ["json", "jsonl", "junit"]


def test_text_is_what_stdout_gets_unless_something_else_is_asked_for() -> None:
    assert asked(None, []) == (Output("text"),)
    assert asked(None, ["sarif:a:b"]) == (Output("sarif", "a:b"),)
    assert asked("json", ["sarif:a"]) == (Output("json"), Output("sarif", "a"))


def test_a_path_that_is_no_utf8_still_makes_utf8(folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"p\xff.yaml")).write_bytes((folder / "p.yaml").read_bytes())
    except OSError:
        pytest.skip("the file system takes no such name")
    for format in MACHINE:
        done = run("check", ".", "--format", format, cwd=folder)
        assert done.returncode == 1
        done.stdout.decode("utf-8")
        if format == "sarif":
            assert "p%FF.yaml" in done.stdout.decode()
