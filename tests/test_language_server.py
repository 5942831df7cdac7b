"""The plan schema in the real YAML language server: what an editor completes, shows on hover and underlines."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from fireaudit.app import Audited

ROOT = Path(__file__).parent.parent
HOME = Path(__file__).parent / "yaml-language-server"
SERVER = HOME / "node_modules" / "yaml-language-server"
MODELINE = f"# yaml-language-server: $schema={(ROOT / 'schemas' / 'plan.schema.json').as_uri()}\n"
HEAD = "fireaudit: 1\nplan: {title: 例}\n"
CURSOR = "‸"


def install() -> None:
    """The server that the lock file pins, once; the tests are skipped where there is no node, no npm or no registry."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed")
    wanted = json.loads((HOME / "package-lock.json").read_text(encoding="utf-8"))["packages"]["node_modules/yaml-language-server"]["version"]
    manifest = SERVER / "package.json"
    if manifest.exists() and json.loads(manifest.read_text(encoding="utf-8"))["version"] == wanted:
        return
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=HOME, capture_output=True, text=True, timeout=300)
    if done.returncode:
        pytest.skip(f"npm did not install yaml-language-server {wanted}: {done.stderr.strip()[-200:]}")


class Editor:
    """An editor: as much of the language server protocol as opening plans and asking about them takes."""

    def __init__(self) -> None:
        self.server = subprocess.Popen(["node", SERVER / "bin" / "yaml-language-server", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.limit = Timer(90, self.server.kill)
        self.limit.start()
        self.asked = self.opened = 0
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        completion = {"completionItem": {"snippetSupport": True}}
        self.ask("initialize", processId=None, rootUri=None, capabilities={"textDocument": {"completion": completion}})
        self.tell("initialized")

    def close(self) -> None:
        self.ask("shutdown")
        self.tell("exit")
        self.limit.cancel()
        assert self.server.stdin and self.server.stdout
        self.server.stdin.close()
        self.server.wait(10)
        self.server.stdout.close()

    def send(self, **message: object) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self.server.stdin.flush()

    def tell(self, method: str, **params: object) -> None:
        self.send(method=method, params=params)

    def ask(self, method: str, **params: object) -> Any:
        self.asked += 1
        self.send(id=self.asked, method=method, params=params)
        while True:
            message = self.receive()
            if message.get("id") == self.asked and "method" not in message:
                return message["result"]

    def receive(self) -> dict[str, Any]:
        """The server's next message; its own questions are answered and its diagnostics kept."""
        pipe, length = self.server.stdout, 0
        assert pipe
        while line := pipe.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(pipe.read(length))
        if message.get("method") == "workspace/configuration":
            wanted = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
            self.send(id=message["id"], result=[wanted.get(item["section"], {}) for item in message["params"]["items"]])
        elif "method" in message and "id" in message:
            self.send(id=message["id"], result=None)
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def open(self, text: str) -> dict[str, Any]:
        """Opens a plan; the place of the cursor in it."""
        self.opened += 1
        uri = f"file:///plans/{self.opened}.yaml"
        before, _, after = (MODELINE + text).partition(CURSOR)
        self.tell("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": before + after})
        line = before.rpartition("\n")[2]
        return {"textDocument": {"uri": uri}, "position": {"line": before.count("\n"), "character": len(line.encode("utf-16-le")) // 2}}

    def completions(self, text: str) -> dict[str, dict[str, Any]]:
        found = self.ask("textDocument/completion", **self.open(text))
        return {item["label"]: item for item in found["items"]}

    def hover(self, text: str) -> str:
        found = self.ask("textDocument/hover", **self.open(text))
        return str(found["contents"]["value"])

    def problems(self, text: str) -> list[tuple[int, int, str]]:
        """Line, column and message of every underlined place, counted from 1 as fireaudit does, the modeline not counted."""
        uri = self.open(text)["textDocument"]["uri"]
        while uri not in self.diagnostics:
            self.receive()
        return [(d["range"]["start"]["line"], d["range"]["start"]["character"] + 1, d["message"]) for d in self.diagnostics[uri]]


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    install()
    one = Editor()
    yield one
    one.close()


@pytest.mark.parametrize("path", sorted((ROOT / "plans").glob("*.yaml")), ids=lambda path: path.name)
def test_the_plans_have_no_problem(editor: Editor, path: Path) -> None:
    assert editor.problems(path.read_text(encoding="utf-8")) == []


def test_a_starting_plan_has_no_problem(editor: Editor) -> None:
    assert editor.problems((ROOT / "fireaudit" / "starter.yaml").read_text(encoding="utf-8")) == []


def test_a_name_may_be_chinese_and_must_be_a_name(editor: Editor, audited: Callable[..., Audited]) -> None:
    body = "quantities:\n  消火栓: {stated: [3个]}\n  _b2: {stated: [3个]}\nchecks: [消火栓 == 3]\n"
    assert editor.problems(HEAD + body) == []
    for name in ("1号", "甲·乙", "a-b", "甲 乙"):
        text = f"quantities:\n  ok: {{stated: [1]}}\n  {name}: {{stated: [3个]}}\n"
        assert [place[:2] for place in editor.problems(HEAD + text)] == [(5, 3)], name
        (finding,) = audited(text, HEAD).findings
        assert (finding.code, finding.span.line, finding.span.column) == ("FA101", 5, 3), name


@pytest.mark.parametrize(
    ("body", "line", "column", "word"),
    [
        ("quantities:\n  a: {labl: 站, stated: [3个]}\n", 4, 7, "labl"),
        ("quantities:\n  a: {stated: [3个], share: perhaps}\n", 4, 28, "boolean"),
        ("indicators:\n  a:\n    label: 站\n    targets: {2025: 3}\n    better: more\n", 7, 13, "higher"),
        ("tables:\n  t:\n    columns: {n: {role: nam}}\n    rows: [[1]]\n", 5, 25, "name"),
        ("quantities:\n  a: {label: 站}\n", 4, 6, "stated"),
    ],
)
def test_an_error_is_underlined_where_fireaudit_reports_it(
    editor: Editor, audited: Callable[..., Audited], body: str, line: int, column: int, word: str
) -> None:
    ((at_line, at_column, message),) = editor.problems(HEAD + body)
    assert at_line == line and word in message
    places = {(finding.span.line, finding.span.column) for finding in audited(body, HEAD).findings if finding.code in ("FA101", "FA102", "FA103")}
    assert {at for at, _ in places} == {line}
    if word != "stated":  # of a missing key each shows the parent in its own way
        assert at_column == column and places == {(line, column)}


def test_keys_are_completed_with_words_in_both_languages(editor: Editor) -> None:
    schema = json.loads((ROOT / "schemas" / "plan.schema.json").read_text(encoding="utf-8"))["properties"]
    offered = editor.completions(CURSOR + "\n")
    assert {key: offered[key]["documentation"] for key in schema} == {key: below["description"] for key, below in schema.items()}
    for section, key in (("quantities", "part_of"), ("indicators", "targets"), ("tables", "columns"), ("lists", "items"), ("milestones", "after")):
        offered = editor.completions(f"{HEAD}{section}:\n  x:\n    {CURSOR}\n")
        known = schema[section]["additionalProperties"]["properties"]
        assert set(known) <= set(offered)
        assert offered[key]["documentation"] == known[key]["description"]


def test_values_are_completed(editor: Editor) -> None:
    assert {"higher", "lower"} <= set(editor.completions(f"{HEAD}quantities:\n  a:\n    better: {CURSOR}\n"))
    assert "official" in editor.completions(f"{HEAD}lists:\n  a:\n    names: {CURSOR}\n")
    assert {"text", "is", "at", "scope"} <= set(editor.completions(f"{HEAD}quantities:\n  a:\n    stated:\n      - {CURSOR}\n"))


@pytest.mark.parametrize(
    ("place", "snippet", "values"),
    [
        ("quantities:\n  x:\n    ", "label, stated", ["站", "3个", "附表1"]),
        ("indicators:\n  x:\n    ", "label, baseline, targets", ["站", "约束性", "higher", "3个", "2025", "5个"]),
        ("tables:\n  x:\n    ", "title, columns, rows", ["表", "附表1", "name", "镇", "count", "站数", "个", "甲镇", "3", "3"]),
        ("lists:\n  x:\n    ", "label, count, items", ["站", "1个", "甲站", "附表1"]),
        ("quantities:\n  x:\n    stated:\n      - ", "text, at", ["3个", "附表1"]),
    ],
)
def test_a_snippet_filled_in_is_a_plan_that_passes(editor: Editor, audited: Callable[..., Audited], place: str, snippet: str, values: list[str]) -> None:
    body = editor.completions(HEAD + place + CURSOR)[snippet]["insertText"]
    stops = re.findall(r"\$\{?(\d+)", body)
    assert stops == [str(number) for number in range(1, len(values) + 1)]
    filled = re.sub(r"\$(\d+)|\$\{(\d+)[:|][^}]*\}", lambda stop: values[int(stop[1] or stop[2]) - 1], body)
    indent = " " * len(place.rpartition("\n")[2].replace("- ", ""))
    text = place + filled.replace("\n", "\n" + indent) + "\n"
    assert editor.problems(HEAD + text) == []
    made = audited(text, HEAD)
    assert made.findings == () and made.plan.cells


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (f"{HEAD}quan{CURSOR}tities:\n  a: {{stated: [1]}}\n", "数", "Quantities"),
        (f"{HEAD}quantities:\n  消{CURSOR}火栓: {{stated: [1]}}\n", "不论文档陈述几次", "however often"),
        (f"{HEAD}quantities:\n  a: {{stated: [1], part{CURSOR}_of: b}}\n", "所属的整体", "The whole it is part of"),
        (f"{HEAD}tables:\n  t: {{columns: {{n: {{ro{CURSOR}le: name}}}}, rows: [[1]]}}\n", "number 序号", "What the column is"),
        (f"{HEAD}quantities:\n  a:\n    stated:\n      - at: 附{CURSOR}表1\n        text: 3个\n", "第三章/第三节/12", "Place in the document"),
    ],
)
def test_hover_speaks_both_languages(editor: Editor, text: str, zh: str, en: str) -> None:
    shown = editor.hover(text)
    assert zh in shown and en in shown and "…" not in shown
