"""``check --watch`` as a drafter meets it: a real process, saves of every kind, a terminal, and Ctrl-C."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from fireaudit.cli import watch
from fireaudit.files import CannotAudit, plan_files

ROOT = Path(__file__).parent.parent
GOOD = "fireaudit: 1\nplan: {title: 例}\nquantities:\n  a: {label: 站, stated: [3个, 三个]}\n"
BAD = GOOD.replace("三个", "4个")
WAITING, ENDED = "waiting for changes", "no longer watching"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "TERM": "xterm"}
ENVIRONMENT.pop("NO_COLOR", None)


class Watched:
    """A ``check --watch`` under way, and what it has said on its screen since last asked."""

    def __init__(self, folder: Path, *arguments: str, terminal: bool = False) -> None:
        self.screen, theirs = pty.openpty() if terminal else os.pipe()
        command = [sys.executable, "-m", "fireaudit", "check", "--watch", "--lang", "en", *arguments]
        own = partial(fcntl.ioctl, theirs, termios.TIOCSCTTY, 0) if terminal else None
        self.process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, start_new_session=terminal, preexec_fn=own
        )
        os.close(theirs)

    def until(self, end: str, seconds: int = 20) -> str:
        """Everything said up to ``end``."""
        said, last = b"", time.monotonic() + seconds
        while end.encode() not in said:
            assert select.select([self.screen], [], [], max(0, last - time.monotonic()))[0], f"“{end}” was not said: {said.decode()}"
            said += os.read(self.screen, 65536)
        return said.decode()

    def silent(self) -> bool:
        """Nothing said for some polls."""
        return not select.select([self.screen], [], [], 4 * watch.POLL / 1000)[0]

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        assert ENDED in self.until(ENDED)
        return self.process.wait(10)


Start = Callable[..., Watched]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Watched] = []

    def run(*arguments: str, terminal: bool = False) -> Watched:
        started.append(Watched(tmp_path, *arguments, terminal=terminal))
        return started[-1]

    yield run
    for one in started:
        one.process.kill()
        one.process.wait()
        os.close(one.screen)


def refused(*arguments: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "fireaudit", "check", "--watch", "--lang", "en", *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        input=b"",
        capture_output=True,
        timeout=30,
    )
    assert done.returncode == 2 and not done.stdout and done.stderr.count(b"\n") == 1, done.stderr
    return done.stderr.decode()


def test_each_save_is_audited_and_ctrl_c_is_a_clean_end(start: Start, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(GOOD, encoding="utf-8")
    watched = start("plan.yaml", "--output", "json:report.json", "--output", "text")
    assert "0 error(s)" in watched.until(WAITING)
    assert b"FA301" not in (tmp_path / "report.json").read_bytes()

    plan.write_text(BAD, encoding="utf-8")
    said = watched.until(WAITING)
    assert "FA301" in said and "1 error(s)" in said and "\x1b" not in said
    assert b"FA301" in (tmp_path / "report.json").read_bytes()

    beside = tmp_path / "plan.yaml.new"
    beside.write_text(GOOD, encoding="utf-8")
    beside.replace(plan)
    assert "0 error(s)" in watched.until(WAITING)

    plan.unlink()
    said = watched.until(WAITING)
    assert "plan.yaml: no such file" in said and "Traceback" not in said
    plan.write_text(BAD, encoding="utf-8")
    assert "1 error(s)" in watched.until(WAITING)
    assert watched.interrupt() == 0


def test_what_does_not_change_a_plan_redraws_nothing(start: Start, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(GOOD, encoding="utf-8")
    watched = start("plan.yaml")
    watched.until(WAITING)
    os.utime(plan, (1, 1))
    plan.write_text(GOOD, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(BAD, encoding="utf-8")
    assert watched.silent()
    assert watched.interrupt() == 0


def test_a_save_under_way_is_waited_for(start: Start, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(GOOD, encoding="utf-8")
    watched = start("plan.yaml")
    watched.until(WAITING)
    with plan.open("w", encoding="utf-8") as file:
        for piece in BAD.splitlines(keepends=True):
            file.write(piece)
            file.flush()
            time.sleep(watch.POLL / 2000)
    said = watched.until(WAITING)
    assert "FA301" in said and "FA103" not in said and "FA001" not in said


def test_plans_come_and_go_in_a_folder_and_lists_of_names_count(start: Start, tmp_path: Path) -> None:
    folder, names = tmp_path / "plans", tmp_path / "names.json"
    folder.mkdir()
    (folder / "a.yaml").write_text("fireaudit: 1\nplan: {title: x, jurisdiction: {code: '999'}}\nnames: [{name: 甲镇}]\n", encoding="utf-8")
    names.write_text('{"code": "999", "names": ["甲镇"]}', encoding="utf-8")
    watched = start("plans", "--names", "names.json", "--format", "concise")
    assert "FA" not in watched.until(WAITING)
    (folder / "b.yaml").write_text(BAD, encoding="utf-8")
    assert "b.yaml:4:30" in watched.until(WAITING)
    (folder / "b.yaml").unlink()
    assert "FA" not in watched.until(WAITING)
    names.write_text("[", encoding="utf-8")
    assert "names.json: cannot be read" in watched.until(WAITING)
    names.write_text('{"code": "999", "names": ["乙镇"]}', encoding="utf-8")
    assert "FA601" in watched.until(WAITING)


def test_settings_count_from_when_they_appear_and_so_does_what_they_name(start: Start, tmp_path: Path) -> None:
    plans, settings = tmp_path / "plans", tmp_path / "fireaudit.toml"
    plans.mkdir()
    (plans / "a.yaml").write_text(BAD, encoding="utf-8")
    watched = start("plans", "--format", "concise")
    assert "FA301" in watched.until(WAITING)
    settings.write_text('ignore = ["FA301"]\n', encoding="utf-8")
    assert "FA301" not in watched.until(WAITING)
    settings.write_text("ignor = []\n", encoding="utf-8")
    assert "ignore" in watched.until(WAITING)
    settings.write_text('names = ["names.json"]\n', encoding="utf-8")
    assert "names.json: cannot be read" in watched.until(WAITING)
    (tmp_path / "names.json").write_text('{"code": "999", "names": ["甲镇"]}', encoding="utf-8")
    assert "FA301" in watched.until(WAITING)


def test_a_terminal_is_cleared_before_each_report_but_the_first(start: Start, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(BAD.replace("站", r'"\e[2J站"'), encoding="utf-8")
    watched = start("plan.yaml", terminal=True)
    first = watched.until(WAITING)
    assert "\x1b[2J" not in first and "\x1b[1;31m" in first and r"\u001b[2J站" in first
    plan.write_text(GOOD, encoding="utf-8")
    second = watched.until(WAITING)
    assert second.startswith("\x1b[2J") or second.startswith("\x1b[H\x1b[2J"), second[:40]
    assert "FA301" not in second and "0 error(s)" in second
    os.write(watched.screen, b"\x03")
    watched.until(ENDED)
    assert watched.process.wait(10) == 0


def test_what_cannot_be_watched_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(GOOD, encoding="utf-8")
    assert "stdin" in refused("plan.yaml", "-", folder=tmp_path)
    for arguments in (["--format", "json"], ["--output", "sarif"], ["--output", "github"], ["--output", "text:a.txt", "--output", "junit"]):
        assert f"--output {arguments[-1]}:FILE" in refused("plan.yaml", *arguments, folder=tmp_path)
    assert "no such file" in refused("absent.yaml", folder=tmp_path)
    assert not (tmp_path / "a.txt").exists()


def test_a_change_that_leaves_date_and_size_is_seen_while_fresh(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("1", encoding="utf-8")
    now = time.time_ns()
    os.utime(plan, ns=(now, now))
    look = watch.Look(lambda: plan_files([str(plan)]))
    before = look()
    plan.write_text("2", encoding="utf-8")
    os.utime(plan, ns=(now, now))
    assert look() != before


def test_an_old_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("1", encoding="utf-8")
    os.utime(plan, (1, 1))
    look = watch.Look(lambda: [str(plan), str(tmp_path), str(tmp_path / "gone")])
    before = look()
    assert before[str(tmp_path)] == before[str(tmp_path / "gone")] == b""

    def unread(path: str) -> bytes:
        raise CannotAudit("cannot_read", path=path, problem="read again")

    monkeypatch.setattr(watch, "read", unread)
    assert look() == before
