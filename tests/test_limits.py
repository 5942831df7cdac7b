"""Every limit is a documented setting, and crossing it is a finding or a refusal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fireaudit.app import Audited, Options, audit, audit_text
from fireaudit.config import Settings
from fireaudit.files import CannotAudit, plan_files, read
from fireaudit.limits import MOST_BYTES, Limits
from fireaudit.messages import message_of
from tests.conftest import ROOT

CHECK = [sys.executable, "-m", "fireaudit", "check", "--isolated", "--lang", "en"]
HEAD = "fireaudit: 1\nplan: {title: 例}\n"
GOOD = HEAD + "quantities: {a: {stated: [1个, 2个]}}\n"
THREE = "quantities:\n" + "".join(f"  a{i}: {{stated: [1个, 2个]}}\n" for i in range(3))


def within(limits: Limits, body: str) -> Audited:
    return audit_text("plan.yaml", (HEAD + body).encode(), Options(), settings=Settings(limits=limits))


def codes(limits: Limits, body: str) -> list[str]:
    return [finding.code for finding in within(limits, body).findings]


def test_findings_of_one_rule_are_listed_up_to_the_limit_and_the_rest_is_counted() -> None:
    assert codes(Limits(max_findings=3), THREE) == ["FA301"] * 3
    audited = within(Limits(max_findings=2), THREE)
    assert [finding.code for finding in audited.findings] == ["FA006", "FA301", "FA301"]
    beyond = audited.findings[0]
    assert beyond.severity.word == "error" and dict(beyond.arguments) == {"rule": "FA301", "limit": "2", "more": "1"}
    assert message_of(beyond, "zh").startswith("规则 FA301 的发现只列出前 2 条，另有 1 条没有列出")
    assert len(audited.cases) == 2


def test_keys_that_are_unknown_are_listed_up_to_the_limit() -> None:
    assert codes(Limits(max_findings=3), "".join(f"k{i}: 1\n" for i in range(4))) == ["FA006", "FA102", "FA102", "FA102"]


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ("".join(f"k{i}: 1\n" for i in range(4)), "FA102", "message"),
        ("names: [" + ", ".join(["{name: 1}"] * 4) + "]\nreferences: [1, 2, 3, 4]\n", "FA101", "message"),
        ("".join("plan: 1\n" for _ in range(4)), "FA002", "more"),
        ("names: [{name: !a 甲}, {name: !b 乙}, {name: !c 丙}, {name: !d 丁}]\n", "FA003", "more"),
        ("quantities: {a: {stated: [x, y, z, u]}}\n", "FA104", "more"),
        ("checks: [a == 1, b == 1, c == 1, d == 1]\n", "FA106", "message"),
        ("checks: [1 == 1, 2 == 2, 3 == 3, 4 == 4]\n", "FA207", "message"),
        ("quantities: {a: {stated: [1]}}\n" + "# fireaudit: x\n" * 4, "FA905", "more"),
    ],
)
def test_whatever_the_findings_are_of_they_are_bounded(body: str, code: str, message: str) -> None:
    audited = within(Limits(max_findings=3), body)
    assert 0 < [finding.code for finding in audited.findings].count(code) <= 3
    (said,) = [finding for finding in audited.findings if finding.code == "FA006"]
    assert said.message == message and said.arguments["rule"] == code
    assert message_of(said, "en") != message_of(said, "zh")


def test_figures_of_all_relations_are_counted_together() -> None:
    assert codes(Limits(max_figures=6), THREE) == ["FA301"] * 3
    assert codes(Limits(max_figures=5), THREE) == ["FA006", "FA301", "FA301"]


def test_a_plan_and_a_check_may_be_so_long() -> None:
    assert codes(Limits(max_bytes=50), THREE) == ["FA004"]
    check = "quantities: {a: {stated: [1]}}\nchecks: [a == 1 + 0]\n"
    assert codes(Limits(max_check=10), check) == []
    assert codes(Limits(max_check=9), check) == ["FA106"]


def test_a_diagnosis_that_may_try_nothing_says_that_it_is_not_complete() -> None:
    # Two figures must change together, so that no single one will do.
    body = "quantities: {a: {stated: [1]}, b: {stated: [1]}, c: {stated: [3]}, d: {stated: [5]}}\nchecks: [a + b == c, a - b == d, a + b + c == 9, a + b + d == 9]\n"
    assert all(case.complete for case in within(Limits(), body).cases)
    assert not all(case.complete for case in within(Limits(max_tries=0), body).cases)


def test_reaching_a_limit_is_said_whatever_is_selected() -> None:
    settings = Settings(limits=Limits(max_findings=2), select=("FA301",), barred=("FA0",))
    audited = audit_text("plan.yaml", (HEAD + THREE).encode(), Options(), settings=settings)
    assert [finding.code for finding in audited.findings] == ["FA006", "FA301", "FA301"]


def test_limits_come_from_the_settings(tmp_path: Path) -> None:
    settings, plan = tmp_path / "fireaudit.toml", tmp_path / "p.yaml"
    plan.write_text(GOOD, encoding="utf-8")
    settings.write_text("[limits]\nmax-bytes = 20\n", encoding="utf-8")
    assert [finding.code for finding in audit([str(plan)]).findings] == ["FA004"]
    (tmp_path / "p.html").write_text("<html><p>共1个</p></html>", encoding="utf-8")
    with pytest.raises(CannotAudit) as refused:
        audit([str(tmp_path / "p.html")])
    assert refused.value.key == "file_too_large"
    keys = []
    for wrong in ("\n".join(f"[per-file.p{i}]" for i in range(1001)), "max-bytes = 0", "max-findings = 1.5", f"max-bytes = {MOST_BYTES + 1}", "max-heap = 1"):
        settings.write_text(f"[limits]\n{wrong}\n", encoding="utf-8")
        with pytest.raises(CannotAudit) as refused:
            audit([str(plan)])
        keys.append(refused.value.key)
    assert keys == ["settings_wrong", "settings_wrong", "settings_wrong", "settings_wrong", "settings_key_close"]


@pytest.mark.parametrize("page", ["limits.md", "limits.zh.md"])
def test_the_docs_name_every_setting_with_its_default(page: str) -> None:
    said = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for name in Limits.__dataclass_fields__:
        assert f"| `{name.replace('_', '-')}` | {getattr(Limits(), name)} |" in said


# Files


def test_folders_hold_no_traps(tmp_path: Path) -> None:
    inside = tmp_path / "plans"
    inside.mkdir()
    (inside / "a.yaml").write_text(GOOD, encoding="utf-8")
    (inside / "a\n::error::b\x1b[31m.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "outside.yaml").write_text(GOOD, encoding="utf-8")
    (inside / "loop").symlink_to(inside)
    (inside / "loop.yaml").symlink_to(inside / "loop.yaml")
    (inside / "out.yaml").symlink_to(tmp_path / "outside.yaml")
    (inside / "zero.yaml").symlink_to("/dev/zero")
    (inside / "in.yaml").symlink_to(inside / "a.yaml")
    os.mkfifo(inside / "pipe.yaml")
    assert [Path(path).name for path in plan_files([str(inside)])] == ["a\n::error::b\x1b[31m.yaml", "a.yaml", "in.yaml"]
    for format in ("text", "concise", "github", "markdown"):
        done = subprocess.run([*CHECK, str(inside), "--format", format], capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 1 and "\x1b" not in done.stdout, done.stderr
        assert format == "github" or "\n::" not in done.stdout


@pytest.mark.parametrize("name", ["pipe", "/dev/zero", "folder", "nothing", "zero\0character"])
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, name: str) -> None:
    path = os.path.join(tmp_path, name)
    if name == "pipe":
        os.mkfifo(path)
    elif name == "folder":
        os.mkdir(path)
    with pytest.raises(CannotAudit):
        read(path)
    if name in ("pipe", "/dev/zero"):
        with pytest.raises(CannotAudit) as refused:
            plan_files([path])
        assert refused.value.key == "no_regular_file"


HOSTILE_SETTINGS = {
    'baseline = "pipe"': "no regular file", 'names = ["/dev/zero"]': "no regular file", 'names = ["big.json"]': "more than 67108864 bytes",
    "x = " + "9" * 5_000: "not valid TOML", "a." * 5_000 + "a = 1": "TOML", "x = " + "[" * 100_000: "TOML", "x = nan": "unknown setting",
    "limits = {max-figures = 999999999999}": "limits/max-figures", "accept = [" + "{}, " * 10_000 + "]": "accept item 1", "#" * 2_000_000: "more than 1048576 bytes",
    'names = ["deep.json"]': "cannot be read", 'baseline = "deep.json"': "cannot be read", "\ufeff\0": "TOML",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE_SETTINGS, ids=lambda text: text[:20])
def test_settings_make_no_reader_wait_or_fill_the_memory(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.yaml").write_text(GOOD, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    big = tmp_path / "big.json"
    big.touch()
    os.truncate(big, 1 << 40)
    (tmp_path / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "fireaudit.toml").write_text(text + "\n", encoding="utf-8")
    command = [*CHECK[:4], "--lang", "en", "p.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=20, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 2 and done.stdout == "" and len(done.stderr.splitlines()) == 1, done.stderr
    assert HOSTILE_SETTINGS[text] in done.stderr


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"version": ' + b"9" * 5_000 + b"}", b"\xff", b"{}", b'{"version": 1, "findings": [[]]}', b"NaN"])
def test_baselines_and_lists_of_names_that_are_none_are_refused(tmp_path: Path, data: bytes) -> None:
    path, plan = tmp_path / "x.json", tmp_path / "p.yaml"
    path.write_bytes(data)
    plan.write_text(GOOD, encoding="utf-8")
    for options in (Options(baseline=str(path)), Options(names=(str(path),))):
        with pytest.raises(CannotAudit) as refused:
            audit([str(plan)], options)
        assert refused.value.key == "cannot_read"


@pytest.mark.parametrize(("last", "codes"), [("90-200个", ["FA301"]), ("40-200个", [])])
def test_what_only_a_worked_out_statement_contradicts_is_found_among_very_many(last: str, codes: list[str]) -> None:
    ranges = ", ".join(f"{i}-{i + 99}个" for i in range(1, 80))
    text = f"fireaudit: 1\nplan: {{title: 例}}\nquantities:\n  b: {{stated: [80个]}}\n  a: {{stated: [{ranges}, {{is: b}}, {last}]}}\n"
    assert [f.code for f in audit_text("p.yaml", text.encode(), Options()).findings] == codes
