"""A Word file of a hundred pages, read and audited: seconds of CPU, with LibreOffice's conversion of the same file beside it.

``PYTHONPATH=. python -m bench.long_document [PAGES]``. A page holds a heading, five paragraphs of four figures each and a table of
twelve towns with a total row and a total column; what it says is true, and names differ from page to page.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx

SYLLABLES = "安平河东西南北石龙泉桥岭塘坪岗清水沙田湖湾"
THINGS = ("消防站", "消火栓", "微型站", "取水码头", "应急避难点", "充电桩", "培训点", "监控点", "水泵", "哨所")
UNITS = ("座", "具", "个", "处", "套")


def written(path: Path, pages: int) -> None:
    chance = random.Random(pages)
    document = docx.Document()
    for page in range(1, pages + 1):
        document.add_heading(f"第{page}节 {_name(chance)}片区", 2)
        for _ in range(5):
            document.add_paragraph(_paragraph(chance))
        _table(document, chance)
        document.add_page_break()
    document.save(str(path))


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=3))


def _paragraph(chance: random.Random) -> str:
    place, thing, unit = _name(chance), chance.choice(THINGS), chance.choice(UNITS)
    a, b = chance.randint(2, 90), chance.randint(2, 90)
    year = chance.randint(2021, 2025)
    return (
        f"{year}年，{place}新建{thing}{a}{unit}、改建{thing}{b}{unit}，共计{a + b}{unit}；"
        f"各项工作按月调度，责任落实到人，验收合格后移交属地管理，日常维护由所在镇承担。{place}{thing}完好率不低于{chance.randint(85, 99)}%。"
    )


def _table(document: docx.document.Document, chance: random.Random) -> None:
    rows = [[chance.randint(0, 400) for _ in range(3)] for _ in range(12)]
    table = document.add_table(14, 6)
    lines = [["序号", "镇街", "新建（座）", "改建（座）", "迁建（座）", "合计（座）"]]
    lines += [[str(number), f"{_name(chance)}镇", *map(str, row), str(sum(row))] for number, row in enumerate(rows, 1)]
    columns = [sum(column) for column in zip(*rows, strict=True)]
    lines.append(["", "合计", *map(str, columns), str(sum(columns))])
    for line, row in zip(lines, table.rows, strict=True):
        for text, cell in zip(line, row.cells, strict=True):
            cell.text = text


def _seconds(*command: str) -> tuple[float, float, int]:
    """On the clock, of CPU, and the exit code."""
    start, before = time.perf_counter(), os.times()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=Path(__file__).parent.parent)
    after = os.times()
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    return time.perf_counter() - start, spent, done.returncode


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        for count in (pages // 4, pages // 2, pages):
            path = Path(folder) / f"{count}.docx"
            written(path, count)
            clock, spent, code = min(_seconds(sys.executable, "-m", "fireaudit", "check", str(path), "--isolated", "--no-cache") for _ in range(2))
            sys.stdout.write(f"{count} pages: {clock:.1f} s, {spent:.1f} s of CPU, exit code {code}\n")
        if (office := shutil.which("soffice")) is not None:
            profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
            clock, spent, _ = _seconds(office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(path))
            sys.stdout.write(f"LibreOffice, the same {pages} pages to PDF: {clock:.1f} s, {spent:.1f} s of CPU\n")


if __name__ == "__main__":
    main()
