"""Many plans: the same over one process or several, from the cache or not; the cache is never wrong, never in the way."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from fireaudit import cache as caching
from fireaudit.app import Audited, Options, audit, audit_text, audit_under
from fireaudit.brief import Brief, NotPacked, Overview, pack, unpack
from fireaudit.cache import Cache, default_folder, key
from fireaudit.config import DEFAULT
from fireaudit.executor import FEWEST, Executor, Here, Processes, executor
from fireaudit.files import CannotAudit
from fireaudit.outputs import FORMATS, WHOLE, render
from fireaudit.scope import Scope
from fireaudit.survey import Survey

ROOT = Path(__file__).parent.parent
HEAD = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n"
FIGURES = HEAD + "quantities:\n  a: {label: 站, stated: [3个, 三个]}\n"
CLASH = HEAD + "quantities:\n  a: {label: 站, stated: [3个, 4个]}\n  b: {label: 栓, stated: [约190个, 250个]}\n"
TABLE = HEAD + "tables:\n  t:\n    title: 表\n    columns: {n: {label: 镇, role: name}, x: 数}\n    rows: [[甲, 1], [乙, 2]]\n    total: [合计, 4]\n"
TEXTS = [FIGURES, CLASH, TABLE, "fireaudit: [1\n", HEAD + "quantity: {}\n", FIGURES + "checks: [a == 1, c > 2]\n"]
LIGHT = [format for format in FORMATS if format not in WHOLE]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    plans = tmp_path / "plans"
    plans.mkdir()
    for number in range(FEWEST + 4):
        (plans / f"{number:02}.yaml").write_text(TEXTS[number % len(TEXTS)].replace("例", f"例{number}"), encoding="utf-8")
    return str(plans)


def overview(folder: str, executor: Executor | None = None, cache: Cache | None = None, options: Options | None = None) -> Overview:
    survey = Survey([folder], options or Options(isolated=True), executor or Here(), cache)
    assert [plan.path for plan in survey] == survey.paths
    return survey.overview()


@pytest.fixture
def audits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The plans that were really audited, in this process."""
    done: list[str] = []

    def counted(scope: Scope, options: Options, path: str, data: bytes) -> Audited:
        done.append(os.path.basename(path))
        return audit_under(scope, options, path, data)

    monkeypatch.setattr("fireaudit.survey.audit_under", counted)
    return done


@pytest.mark.parametrize("format", LIGHT)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_brief_says_what_the_audit_says(folder: str, format: str, lang: str) -> None:
    options = Options(isolated=True, unchecked=True, unassessed=True)
    assert render(format, overview(folder, options=options), lang) == render(format, audit([folder], options), lang)


@pytest.mark.parametrize("plan", sorted((ROOT / "plans").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_brief_of_a_real_plan_survives_packing(plan: Path) -> None:
    audited = audit_text("p.yaml", plan.read_bytes(), Options(today=date(2024, 1, 1)))
    told = unpack(pack(audited), "p.yaml", DEFAULT)
    assert (told.findings, told.cases, told.accepted, told.figures) == (audited.findings, audited.cases, audited.accepted, len(audited.plan.cells))
    inside = {id(finding) for finding in told.findings}
    assert all(id(finding) in inside for case in told.cases for finding in case.findings)
    assert unpack(pack(told), "p.yaml", DEFAULT) == told


@pytest.mark.parametrize(
    "packed", ["", "{}", "[]", "[1]", "null", "[" * 100_000, '["t",1,1,{},[],[[]],[],[],0]', '["t",1,1,{},[],[["FA201",9]],[],[],0]', b"\xff\xfe"]
)
def test_what_was_not_packed_here_is_refused(packed: str | bytes) -> None:
    with pytest.raises(NotPacked):
        unpack(packed, "p.yaml", DEFAULT)


def test_processes_say_the_same_in_the_same_order(folder: str) -> None:
    assert overview(folder, Processes(2)) == overview(folder, Here())


def double(number: int) -> int:
    if number == 99:
        raise CannotAudit("cannot_read", path="x", problem="y")
    return number * 2


@pytest.mark.parametrize("make", [Here, partial(Processes, 2), partial(Processes, 5)])
def test_every_executor_keeps_the_order(make: Callable[[], Executor]) -> None:
    for count in (0, 1, FEWEST - 1, FEWEST, 50):
        assert list(make().map(double, range(count))) == [2 * number for number in range(count)]
    with pytest.raises(CannotAudit) as raised:
        list(make().map(double, range(90, 105)))
    assert raised.value.arguments == {"path": "x", "problem": "y"}


def test_an_executor_that_is_left_early_ends(folder: str) -> None:
    results: Iterator[int] = Processes(2).map(double, range(90))
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]


def test_one_process_needs_no_pool() -> None:
    assert isinstance(executor(1), Here)
    assert isinstance(executor(2), Processes)


def test_unchanged_plans_are_not_audited_again(folder: str, tmp_path: Path, audits: list[str]) -> None:
    cache = Cache(str(tmp_path / "cache"))
    cold = overview(folder, cache=cache)
    assert len(audits) == FEWEST + 4
    audits.clear()
    assert overview(folder, cache=cache) == cold
    assert audits == []
    (Path(folder) / "03.yaml").write_text(CLASH, encoding="utf-8")
    warm = overview(folder, cache=cache)
    assert audits == ["03.yaml"]
    assert warm == overview(folder)


def test_a_renamed_plan_is_told_under_its_new_name(folder: str, tmp_path: Path, audits: list[str]) -> None:
    cache = Cache(str(tmp_path / "cache"))
    overview(folder, cache=cache)
    os.rename(f"{folder}/01.yaml", f"{folder}/zz.yaml")
    audits.clear()
    assert {finding.path for finding in overview(folder, cache=cache).plans[-1].findings} == {f"{folder}/zz.yaml"}
    assert audits == []


@pytest.mark.parametrize(
    "change",
    [
        {"unchecked": True}, {"unassessed": True}, {"ignore": ("FA301",)}, {"select": ("FA3",)}, {"names": ("names.json",)}, {"baseline": "base.json"},
        {"config": "strict.toml", "isolated": False}, {"config": "rounding.toml", "isolated": False}, {"config": "accepting.toml", "isolated": False},
    ],
    ids=lambda change: str(next(iter(change.values()))),
)  # fmt: skip
def test_other_options_are_another_audit(folder: str, tmp_path: Path, audits: list[str], change: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    print_ = audit([folder], Options(isolated=True)).plans[1].findings[0].fingerprint
    Path("names.json").write_text(json.dumps({"code": "441882", "names": ["甲镇"]}), encoding="utf-8")
    Path("base.json").write_text(json.dumps({"version": 1, "findings": [{"path": "plans/01.yaml", "fingerprint": print_}]}), encoding="utf-8")
    Path("strict.toml").write_text('severity = {FA301 = "note"}\n', encoding="utf-8")
    Path("rounding.toml").write_text('rounding = "truncated"\n', encoding="utf-8")
    Path("accepting.toml").write_text(f'[[accept]]\nfingerprint = "{print_}"\nreason = "x"\npath = "plans/01.yaml"\n', encoding="utf-8")
    cache = Cache("cache")
    overview(folder, cache=cache)
    audits.clear()
    options = Options(**({"isolated": True} | change))  # type: ignore[arg-type]
    assert overview(folder, cache=cache, options=options) == overview(folder, options=options)
    here = [name for name in audits if name == "01.yaml"]
    assert len(here) == 2  # with the cache, and without


@pytest.mark.parametrize("name", ["names.json", "base.json", "fireaudit.toml"])
def test_a_file_that_a_plan_refers_to_counts_as_changed(folder: str, tmp_path: Path, audits: list[str], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    print_ = audit([folder], Options(isolated=True)).plans[1].findings[0].fingerprint
    before = {"names.json": {"code": "441882", "names": []}, "base.json": {"version": 1, "findings": []}}
    after = {
        "names.json": {"code": "441882", "names": ["甲镇"]},
        "base.json": {"version": 1, "findings": [{"path": "plans/01.yaml", "fingerprint": print_}]},
    }
    for file, value in before.items():
        Path(file).write_text(json.dumps(value), encoding="utf-8")
    Path("fireaudit.toml").write_text('names = ["names.json"]\nbaseline = "base.json"\n', encoding="utf-8")
    cache = Cache("cache")
    overview(folder, cache=cache, options=Options())
    audits.clear()
    overview(folder, cache=cache, options=Options())
    assert audits == []
    if name in after:
        Path(name).write_text(json.dumps(after[name]), encoding="utf-8")
    else:
        Path(name).write_text('ignore = ["FA301"]\n', encoding="utf-8")
    assert overview(folder, cache=cache, options=Options()) == overview(folder, options=Options())
    assert audits.count("01.yaml") == 2


@pytest.mark.parametrize("mark", ["fireaudit", "Fireaudit"])
def test_an_acceptance_ends_on_its_day_in_the_cache_too(folder: str, tmp_path: Path, audits: list[str], mark: str) -> None:
    text = CLASH.replace("4个]}", f"4个]}}  # {mark}: accept FA301 until 2026-12-31: 口径不同")
    (Path(folder) / "01.yaml").write_text(text, encoding="utf-8")
    cache = Cache(str(tmp_path / "cache"))
    days = [Options(isolated=True, today=date(2026, 12, 31)), Options(isolated=True, today=date(2027, 1, 1))]
    accepted = [len(overview(folder, cache=cache, options=options).plans[1].accepted) for options in days]
    assert accepted == [1, 0]
    assert audits.count("01.yaml") == 2
    assert audits.count("00.yaml") == 1


def test_another_program_finds_nothing(folder: str, tmp_path: Path, audits: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(str(tmp_path / "cache"))
    overview(folder, cache=cache)
    audits.clear()
    monkeypatch.setattr("fireaudit.survey.code", lambda: b"another")
    overview(folder, cache=cache)
    assert len(audits) == FEWEST + 4


def entries(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file() and path.name != "CACHEDIR.TAG"]


@pytest.mark.parametrize("spoil", [b"", b"[", b"null", b"\x80\x04K\x01.", pickle.dumps(["x"]), b"[]" * 200_000])
def test_a_spoiled_entry_is_no_entry(folder: str, tmp_path: Path, spoil: bytes) -> None:
    cache = Cache(str(tmp_path / "cache"))
    cold = overview(folder, cache=cache)
    for entry in entries(tmp_path / "cache"):
        entry.write_bytes(spoil)
    assert overview(folder, cache=cache) == cold
    assert overview(folder, cache=cache) == cold


def test_an_unusable_cache_is_not_in_the_way(folder: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert overview(folder, cache=Cache(str(tmp_path / "file"))) == overview(folder)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


def test_a_cache_is_bounded_and_the_oldest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "MOST_SHARD", 1000)
    cache = Cache(str(tmp_path))
    names = [f"ab{number:02}" for number in range(6)]
    for number, name in enumerate(names):
        cache.put(name, b"x" * 300)
        os.utime(tmp_path / cache.folder / "ab" / name[2:], ns=(number, number))
    assert [name for name in names if cache.get(name) is not None] == names[-3:]


def test_an_entry_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path))
    cache.put("abcd", b"x" * (caching.MOST_ENTRY + 1))
    assert entries(tmp_path) == []


def test_what_other_versions_left_is_dropped_and_nothing_else(tmp_path: Path) -> None:
    old, mine, odd = tmp_path / "fireaudit-0.0.9", tmp_path / "fireaudit-2-plans", tmp_path / "plans"
    for place in (old, mine, odd):
        place.mkdir()
        (place / "a.yaml").write_text("x", encoding="utf-8")
    (old / "CACHEDIR.TAG").write_text(caching._SIGNATURE, encoding="ascii")
    Cache(str(tmp_path)).put("abcd", b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([Path(Cache(str(tmp_path)).folder).name, mine.name, odd.name])


def test_parts_of_a_key_do_not_run_together() -> None:
    assert len({key(b"ab", b"c"), key(b"a", b"bc"), key(b"abc"), key(b"abc", b"")}) == 4


def test_where_the_cache_is() -> None:
    assert default_folder({"FIREAUDIT_CACHE_DIR": "/x"}) == "/x"
    if sys.platform == "linux":
        assert default_folder({"XDG_CACHE_HOME": "/y"}) == "/y/fireaudit"


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "fireaudit", "check", *words]


def test_runs_share_a_cache_and_may_be_killed(folder: str, tmp_path: Path) -> None:
    words = command(folder, "--isolated", "--format", "json", "--cache-dir", str(tmp_path / "cache"), "--jobs", "2")
    wanted = subprocess.run(command(folder, "--isolated", "--format", "json", "--no-cache", "--jobs", "1"), capture_output=True, cwd=ROOT).stdout
    runs = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True) for _ in range(3)]
    os.killpg(runs[0].pid, signal.SIGKILL)
    assert [run.communicate() for run in runs[1:]] == [(wanted, b"")] * 2
    runs[0].communicate()
    again = subprocess.run(words, capture_output=True, cwd=ROOT)
    assert (again.stdout, again.stderr) == (wanted, b"")
    different = {path.read_bytes() for path in Path(folder).iterdir()}
    assert len([path for path in entries(tmp_path / "cache") if "." not in path.name]) == len(different)


def test_no_cache_leaves_no_trace(folder: str, tmp_path: Path) -> None:
    subprocess.run(command(folder, "--cache-dir", str(tmp_path / "cache"), "--no-cache"), capture_output=True, cwd=ROOT)
    assert not (tmp_path / "cache").exists()


def test_the_screen_shows_the_whole_report(folder: str) -> None:
    done = subprocess.run(command(folder, "--isolated", "--lang", "zh", "--no-cache"), capture_output=True, cwd=ROOT)
    assert done.stdout.decode() == render("text", audit([folder], Options(isolated=True)), "zh")
    assert done.returncode == 1


def test_progress_is_shown_on_a_terminal_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from fireaudit.cli import progress

    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "PAUSE", -1)
    bar = progress.Progress(20, "en")
    bar.show(7)
    bar.clear()
    bar.clear()
    assert screen.buffer.getvalue() == b"\r\x1b[Kaudited 7 of 20 plans\r\x1b[K"  # type: ignore[attr-defined]


def test_briefs_are_plain(folder: str) -> None:
    assert all(isinstance(plan, Brief) for plan in overview(folder).plans)
