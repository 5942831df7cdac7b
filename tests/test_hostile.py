"""Nothing in a file crashes, hangs, fills the memory, deceives or escapes; what is written is whole; limits are settings."""

from __future__ import annotations

import inspect
import json
import os
import pkgutil
import re
import resource
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest

import fireaudit
from fireaudit.app import Options, audit, audit_text
from fireaudit.config import Settings
from fireaudit.files import CannotAudit, plan_files, read, replace_file
from fireaudit.limits import Limits
from tests.conftest import ROOT
from tests.hostile.plans import PLANS

CHECK = [sys.executable, "-m", "fireaudit", "check", "--isolated", "--lang", "en"]
GOOD = "fireaudit: 1\nplan: {title: 例}\nquantities: {a: {stated: [1个, 2个]}}\n"


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, object]]:
    """What became of each plan, in one process with little memory that gives up on a plan after 20 seconds."""
    run = [sys.executable, "-m", "tests.hostile.run"]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, timeout=300, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr[-2000:]
    return {said["name"]: said for said in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", PLANS)
def test_hostile_plans_end_in_findings(outcomes: dict[str, dict[str, object]], name: str) -> None:
    said = outcomes[name]
    assert "error" not in said, said
    assert not said["faults"] and not said["live"] and said["same"], said
    sizes = said["sizes"]
    assert isinstance(sizes, dict) and all(size < 20_000_000 for size in sizes.values()), sizes


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("alias_bomb", {"FA003"}), ("tags", {"FA003"}), ("deep_flow", {"FA001"}), ("deep_blocks", {"FA001"}), ("nul", {"FA001"}),
        ("mixed_encodings", {"FA004"}), ("lone_surrogates", {"FA004"}), ("many_duplicates", {"FA002", "FA006"}), ("line_separators", {"FA106"}),
        ("million_keys", {"FA102", "FA006"}), ("powers", {"FA106"}), ("doubling_facts", {"FA106"}), ("circle_of_facts", {"FA106"}),
        ("column_against_sum", {"FA106"}), ("many_statements", {"FA006", "FA301"}), ("odd_denominators", {"FA902"}), ("odd_digits", {"FA104"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(outcomes: dict[str, dict[str, object]], name: str, codes: set[str]) -> None:
    found = outcomes[name]["codes"]
    assert isinstance(found, list) and codes <= set(found), found


def test_a_bomb_on_the_command_line_is_refused_in_little_memory(tmp_path: Path) -> None:
    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))

    path = tmp_path / "plan.yaml"
    path.write_bytes(PLANS["deep_flow"]())
    done = subprocess.run([*CHECK, str(path)], capture_output=True, text=True, cwd=ROOT, preexec_fn=little)
    assert done.returncode == 1 and "nesting > 40" in done.stdout and not done.stderr


# Limits


def found_within(body: str, limits: Limits) -> list[tuple[str, str, dict[str, str]]]:
    text = "fireaudit: 1\nplan: {title: 例}\n" + body
    found = audit_text("plan.yaml", text.encode(), Options(), settings=Settings(limits=limits)).findings
    return [(f.code, f.severity.word, dict(f.arguments)) for f in found]


def test_each_limit_is_a_setting_and_crossing_it_a_finding() -> None:
    three = "quantities:\n" + "".join(f"  a{i}: {{stated: [1个, 2个]}}\n" for i in range(3))
    assert len(found_within(three, Limits(max_findings=3))) == 3
    crossed = found_within(three, Limits(max_findings=2))
    assert [code for code, *_ in crossed] == ["FA006", "FA301", "FA301"] and crossed[0][1:] == ("error", {"rule": "FA301", "limit": "2", "more": "1"})
    assert [code for code, *_ in found_within(three, Limits(max_figures=6))] == ["FA301"] * 3
    assert [code for code, *_ in found_within(three, Limits(max_figures=5))] == ["FA006", "FA301", "FA301"]
    assert [code for code, *_ in found_within(three, Limits(max_bytes=50))] == ["FA004"]
    check = "quantities: {a: {stated: [1]}}\nchecks: [a == 1 + 0]\n"
    assert found_within(check, Limits(max_check=10)) == []
    assert [code for code, *_ in found_within(check, Limits(max_check=9))] == ["FA106"]
    unknown = "".join(f"k{i}: 1\n" for i in range(4))
    assert [code for code, *_ in found_within(unknown, Limits(max_findings=3))] == ["FA006", "FA102", "FA102", "FA102"]


def test_limits_come_from_the_settings(tmp_path: Path) -> None:
    (tmp_path / "fireaudit.toml").write_text("[limits]\nmax-bytes = 20\n", encoding="utf-8")
    (tmp_path / "p.yaml").write_text(GOOD, encoding="utf-8")
    assert [f.code for f in audit([str(tmp_path / "p.yaml")]).findings] == ["FA004"]
    (tmp_path / "fireaudit.toml").write_text("[limits]\nmax-bytes = 0\n", encoding="utf-8")
    with pytest.raises(CannotAudit) as refused:
        audit([str(tmp_path / "p.yaml")])
    assert refused.value.key == "settings_wrong"


def test_the_documents_name_every_limit_with_its_default() -> None:
    said = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
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


@pytest.mark.parametrize("make", ["fifo", "zero", "folder", "nothing", "null\0character"])
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, make: str) -> None:
    path = str(tmp_path / make)
    if make == "fifo":
        os.mkfifo(path)
    elif make == "folder":
        os.mkdir(path)
    with pytest.raises(CannotAudit):
        read("/dev/zero" if make == "zero" else path)


def test_settings_cannot_make_a_reader_wait_or_fill_the_memory(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(GOOD, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    big = tmp_path / "big.json"
    big.touch()
    os.truncate(big, 1 << 40)
    hostile = {
        'baseline = "pipe"': "no regular file", 'names = ["/dev/zero"]': "no regular file", 'names = ["big.json"]': "more than 67108864 bytes",
        "x = " + "9" * 5_000: "not valid TOML", "a." * 5_000 + "a = 1": "TOML", "x = " + "[" * 100_000: "TOML", "x = nan": "unknown setting",
        "limits = {max-figures = 999999999999}": "limits/max-figures", "accept = [" + "{}, " * 10_000 + "]": "accept item 1", "#" * 2_000_000: "more than 1048576 bytes",
    }  # fmt: skip
    for text, said in hostile.items():
        (tmp_path / "fireaudit.toml").write_text(text + "\n", encoding="utf-8")
        done = subprocess.run([*CHECK[:4], "--lang", "en", "p.yaml"], capture_output=True, text=True, cwd=tmp_path, timeout=20, env=here())
        assert done.returncode == 2 and done.stdout == "" and len(done.stderr.splitlines()) == 1, (text[:40], done.stderr)
        assert said in done.stderr, (text[:40], done.stderr)


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"version": ' + b"9" * 5_000 + b"}", b"\xff", b"{}", b'{"version": 1, "findings": [[]]}', b"NaN"])
def test_baselines_and_lists_of_names_that_are_none_are_refused(tmp_path: Path, data: bytes) -> None:
    path, plan = tmp_path / "x.json", tmp_path / "p.yaml"
    path.write_bytes(data)
    plan.write_text(GOOD, encoding="utf-8")
    for options in (Options(baseline=str(path)), Options(names=(str(path),))):
        with pytest.raises(CannotAudit) as refused:
            audit([str(plan)], options)
        assert refused.value.key == "cannot_read"


def here() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


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


def patterns() -> dict[str, tuple[re.Pattern[str], list[str]]]:
    """Every pattern that a module of the package keeps, with the methods that the module calls on it."""
    found = {}
    for module in pkgutil.walk_packages(fireaudit.__path__, "fireaudit."):
        if module.name == "fireaudit.__main__":
            continue
        loaded = import_module(module.name)
        source = inspect.getsource(loaded)
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{module.name}.{name}"] = (
                    value,
                    [m for m in ("match", "fullmatch", "search", "split", "finditer", "findall", "sub") if f"{name}.{m}(" in source],
                )
    return found


PATTERNS = patterns()


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_backtracks(name: str) -> None:
    """Text that a pattern nearly fits, thousands of times over, takes it no longer than its length does."""
    pattern, methods = PATTERNS[name]
    pumps = dict.fromkeys([*re.findall(r"\w{1,8}|[^\w\s]", pattern.pattern), " ", "0", "a", "年", "、"])
    for pump in list(pumps)[:24]:
        for text in (pump * 2_000 + "\0", " " * 2_000 + pump + " " * 2_000 + "\0"):
            begun = time.process_time()
            for method in methods:
                found = pattern.sub("", text) if method == "sub" else getattr(pattern, method)(text)
                if method == "finditer":
                    list(found)
            assert time.process_time() - begun < 0.5, (pattern.pattern, pump)
