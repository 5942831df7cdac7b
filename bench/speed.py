"""fireaudit against the tools that users would pick instead, on the same files in the same run; writes docs/speed.md.

``python bench/speed.py [PLANS]`` (10000 unless given). Every command is a process of its own; the best of several rounds
counts, the tools taking turns.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import corpus

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
SCHEMA = str(ROOT / "schemas" / "plan.schema.json")
ROUNDS = 5
SOME, ROWS, COLUMNS = 300, 100_000, 8
SMALL = "fireaudit: 1\nplan: {title: 例}\nquantities:\n  a: {label: 站, stated: [3个, 三个]}\nchecks: [a >= 1]\n"
FLOOR = """
import sys
from ruamel.yaml.cyaml import CParser
from ruamel.yaml.events import StreamEndEvent
for path in sys.argv[1:]:
    event = CParser(open(path, encoding="utf-8").read()).get_event
    while type(event()) is not StreamEndEvent:
        pass
"""


@dataclass(frozen=True)
class Run:
    """Seconds on the clock, seconds of both cores, and the most memory one process held, in MB."""

    clock: float
    cpu: float
    memory: float


def run(*command: str) -> Run:
    start = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, cwd=ROOT)
        _, _, used = os.wait4(process.pid, 0)
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def fireaudit(*words: str) -> list[str]:
    return [sys.executable, "-m", "fireaudit", *words]


def best(rounds: int, **commands: list[str]) -> dict[str, Run]:
    """The fastest of several rounds for each command, by turns so that a busy moment hits them all."""
    seen: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            seen[name].append(run(*command))
    return {name: Run(min(r.clock for r in runs), min(r.cpu for r in runs), max(r.memory for r in runs)) for name, runs in seen.items()}


def table_of(rows: int) -> str:
    """A plan with one table: a number, a name and six figures a row, a total row, one check row by row."""
    chance = random.Random(rows)
    figures = [[chance.randint(0, 999) for _ in range(COLUMNS - 2)] for _ in range(rows)]
    for row in figures:
        row[2] = row[0] + row[1]
    names = [f"c{index}" for index in range(COLUMNS - 2)]
    return "\n".join([
        "fireaudit: 1", "plan: {title: 大表}", "tables:", "  t:",
        "    columns: {no: {label: 序号, role: number}, town: {label: 镇街, role: name}, " + ", ".join(f"{n}: {{label: 列{n}, unit: 个}}" for n in names) + "}",
        "    rows:", *(f"      - [{number}, 第{number}镇, {', '.join(map(str, row))}]" for number, row in enumerate(figures, 1)),
        f'    total: ["", 合计, {", ".join(str(sum(column)) for column in zip(*figures, strict=True))}]',
        "    checks: [c0 + c1 == c2]", "",
    ])  # fmt: skip


def start_up(folder: Path) -> list[str]:
    small = folder / "small.yaml"
    small.write_text(SMALL, encoding="utf-8")
    found = best(
        4 * ROUNDS,
        yamllint=[str(BIN / "yamllint"), "--version"],
        version=fireaudit("--version"),
        small=fireaudit("check", str(small), "--isolated"),
        schema=[str(BIN / "check-jsonschema"), "--schemafile", SCHEMA, str(small)],
    )
    lint = found["yamllint"].cpu
    said = {
        "yamllint": "`yamllint --version`",
        "version": "`fireaudit --version`",
        "small": "`fireaudit check`, one small plan",
        "schema": "`check-jsonschema`, the same plan",
    }
    return table("start-up · 启动", "ms of CPU", "of yamllint's", [(said[name], f"{r.cpu * 1000:.0f}", f"{r.cpu / lint:.2f}") for name, r in found.items()])


def some(folder: Path) -> list[str]:
    corpus.write(folder / "some", SOME)
    plans = [str(path) for path in sorted((folder / "some").rglob("*.yaml"))]
    found = best(
        ROUNDS,
        fireaudit=fireaudit("check", str(folder / "some"), "--isolated", "--no-cache"),
        one=fireaudit("check", str(folder / "some"), "--isolated", "--no-cache", "--jobs", "1"),
        schema=[str(BIN / "check-jsonschema"), "--schemafile", SCHEMA, *plans],
    )
    lint = run(str(BIN / "yamllint"), "-d", "relaxed", *plans)  # once: it is slow
    said = {"fireaudit": "fireaudit, full audit", "one": "fireaudit, one process", "schema": "check-jsonschema, schema alone"}
    rows = [(said[name], r) for name, r in found.items()] + [("yamllint, style alone", lint)]
    base = found["schema"].clock
    return table(
        f"{SOME} plans of some 400 lines, cold · {SOME} 份各约 400 行，无缓存", "files/s", "of check-jsonschema's", [(n, f"{SOME / r.clock:.0f}", f"{base / r.clock:.1f}") for n, r in rows],
        ("ms of CPU a file", [f"{r.cpu * 1000 / SOME:.1f}" for _, r in rows]),
    )  # fmt: skip


def many(folder: Path, count: int) -> list[str]:
    corpus.write(folder / "many", count)
    command = fireaudit("check", str(folder / "many"), "--isolated", "--cache-dir", str(folder / "cache"))
    cold, warm = run(*command), best(3, warm=command)["warm"]
    (folder / "many" / "000" / "plan-00000.yaml").write_text(corpus.plan(count + 1), encoding="utf-8")
    changed = run(*command)
    rows = [("cold, cache written · 首次", cold), ("unchanged · 未改动", warm), ("one changed · 改一份", changed)]
    return table(
        f"{count:,} plans · {count:,} 份规划", "seconds", "times as fast as cold", [(n, f"{r.clock:.1f}", f"{cold.clock / r.clock:.1f}") for n, r in rows],
        ("MB, largest process", [f"{r.memory:.0f}" for _, r in rows]),
    )  # fmt: skip


def large(folder: Path) -> list[str]:
    rows = []
    for size in (ROWS // 4, ROWS // 2, ROWS):
        path = folder / f"{size}.yaml"
        path.write_text(table_of(size), encoding="utf-8")
        found = best(2, floor=[sys.executable, "-c", FLOOR, str(path)], audit=fireaudit("check", str(path), "--isolated", "--no-cache"))
        floor, audit = found["floor"].cpu, found["audit"].cpu
        rows.append((f"{size:,} rows", f"{audit:.1f}", f"{audit / floor:.1f}", f"{floor:.2f}", f"{found['audit'].memory:.0f}"))
    extra = ("floor, s · audit, MB", [f"{row[3]} · {row[4]}" for row in rows])
    lines = table(
        f"one table of {COLUMNS} columns, with totals and a check of every row · 一张 {COLUMNS} 列的大表",
        "s of CPU",
        "of the floor",
        [row[:3] for row in rows],
        extra,
    )
    return [*lines, *where(table_of(ROWS // 4))]


def where(text: str) -> list[str]:
    """Where the time beyond the floor goes: the phases of one audit, in this process."""
    import gc

    from fireaudit import app
    from fireaudit.checks.relation import decide
    from fireaudit.config import DEFAULT
    from fireaudit.plan.build import build
    from fireaudit.plan.schema import violations
    from fireaudit.plan.source import parse

    gc.disable()
    spent: list[tuple[str, float]] = []

    def timed(name: str, start: float) -> float:
        spent.append((name, time.process_time() - start))
        return time.process_time()

    violations(parse("p", SMALL).root)
    start = time.process_time()
    source = parse("p", text)
    start = timed("tree with places", start)
    violations(source.root)
    start = timed("schema", start)
    plan, _ = build(source)
    start = timed("figures read", start)
    relations, _ = app._state(plan, DEFAULT)
    start = timed("relations stated", start)
    for relation in relations:
        decide(relation)
    timed("relations decided", start)
    whole = sum(seconds for _, seconds in spent)
    gc.enable()
    return ["", "Of the audit itself: " + ", ".join(f"{name} {seconds * 100 / whole:.0f}%" for name, seconds in spent) + "."]


def table(title: str, first: str, second: str, rows: list[tuple[str, ...]], extra: tuple[str, list[str]] | None = None) -> list[str]:
    head = ["", first, second, *([extra[0]] if extra else [])]
    lines = ["", f"## {title[0].upper()}{title[1:]}", "", "| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    more = extra[1] if extra else []
    return lines + ["| " + " | ".join((*row, *more[index : index + 1])) + " |" for index, row in enumerate(rows)]


HEAD = """# Speed · 速度

Measured by `make bench` on two shared cores with Python 3.11: the tools by turns, on the same files, in one run. A busy
neighbour slows them all, so the ratios say more than the seconds. The plans come from `bench/corpus.py`: quantities stated
twice, indicators, a table of sixty towns with totals and row checks, a schedule, lists, an outline. fireaudit reads, validates,
states and decides every relation; check-jsonschema checks the schema, yamllint the style.

A run of eight plans or more uses both cores (`--jobs`) and the cache (`--cache-dir`, `FIREAUDIT_CACHE_DIR`, off with
`--no-cache`). An entry belongs to the bytes of a plan, its settings and options, the lists of names, its part of the
baseline, the program's own files, and the day where an acceptance may end. The cache holds at most 256 MB; it may be
deleted at any time, and shared by runs that are killed.

由 `make bench` 在两个共用的核、Python 3.11 上测得：各工具在同一次运行中轮流处理相同的文件。机器忙时各项一同变慢，故应看比值，
不必看秒数。规划文件由 `bench/corpus.py` 生成：各数两处陈述，有指标、六十行带合计与逐行校核的镇街表、分年安排、清单和目录。
fireaudit 完成读入、校验和全部关系的判定；check-jsonschema 只核对模式，yamllint 只查格式。

八份以上的规划用上全部核（`--jobs`）和缓存（`--cache-dir`、`FIREAUDIT_CACHE_DIR`，以 `--no-cache` 关闭）。缓存按规划文件的内容、
设置与选项、名称表、所属基线、程序自身，以及接受到期时的日期存取，至多 256 MB；随时可删，运行中断也不损坏。"""


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.pop("FIREAUDIT_CACHE_DIR", None)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        lines = [HEAD]
        for part in (start_up(Path(name)), some(Path(name)), many(Path(name), count), large(Path(name))):
            sys.stdout.write("\n".join(part) + "\n")
            sys.stdout.flush()
            lines += part
    if count == 10_000:
        (ROOT / "docs" / "speed.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
