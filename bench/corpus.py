"""Plans for benchmarks: as many as asked for, each of some 400 lines, like real ones and without contradictions."""

from __future__ import annotations

import random
from pathlib import Path

TOWNS = 60
YEARS = range(2021, 2026)


def plan(number: int) -> str:
    """One plan: quantities stated twice, indicators, a table of towns with totals, a yearly schedule, lists, an outline."""
    chance = random.Random(number)
    rows, totals = [], [0] * 8
    for town in range(TOWNS):
        existing, gap = chance.randint(0, 9), chance.randint(0, 9)
        tasks = [0] * 4
        for _ in range(gap):
            tasks[chance.randrange(4)] += 1
        figures = [existing, existing + gap, gap, *tasks, chance.randint(0, 300)]
        totals = [a + b for a, b in zip(totals, figures, strict=True)]
        rows.append(f"      - [{town + 1}, 第{town + 1}镇, {', '.join(map(str, figures))}]")
    built = [chance.randint(10, 60) for _ in YEARS]
    lines = [
        "fireaudit: 1",
        f"plan: {{id: plan-{number}, title: 第{number}号规划, date: 2021-09, period: 2021-2025}}",
        "quantities:",
        f"  stations_new: {{label: 新建消防站, unit: 个, stated: [{{text: {totals[2]}个, at: 第一章}}, {{is: total(towns.gap), at: 附表1}}]}}",
        f"  hydrants_new: {{label: 新增消火栓, unit: 个, during: 2021-2025, stated: [{{text: {sum(built)}个, at: 第一章}}]}}",
    ]
    for fact in range(120):
        value = chance.randint(1, 9999)
        lines.append(
            f"  fact_{fact}: {{label: 事项{fact}, unit: 个, stated: [{{text: {value}个, at: 第一章/第{'一二三四五六七八九'[fact % 9]}节}}, {{text: {value}个, at: 第二章}}]}}"
        )
    lines.append("indicators:")
    for index in range(20):
        base = chance.randint(10, 80)
        lines.append(
            f"  rate_{index}: {{label: 达标率{index}, better: higher, at: 第二章, baseline: {base}%, targets: {{2023: ≥{base + 5}%, 2025: ≥{base + 10}%}}}}"
        )
    lines += [
        "tables:",
        "  towns:",
        "    title: 任务分解表",
        "    at: 附表1",
        "    columns:",
        "      no: {label: 序号, role: number}",
        "      town: {label: 镇街, role: name}",
        *(f"      {name}: {{label: {label}, unit: 个}}" for name, label in (("existing", "现有"), ("required", "应建"), ("gap", "缺配"))),
        *(f"      y{year}: {{label: {year}年, unit: 个}}" for year in range(2022, 2026)),
        "      hydrants: {label: 消火栓, unit: 个}",
        "    groups: {tasks: [y2022, y2023, y2024, y2025]}",
        "    rows:",
        *rows,
        f'    total: ["", 合计, {", ".join(map(str, totals))}]',
        "    checks:",
        "      - existing + gap == required",
        "      - across(tasks) == gap",
        "  schedule:",
        "    title: 消火栓建设表",
        "    at: 附表2",
        "    during: 2021-2025",
        "    columns: {year: {label: 时间, role: year}, built: {label: 新建消火栓, unit: 个, adds_up_to: hydrants_new}}",
        "    rows:",
        *(f"      - [{year}年, {number}]" for year, number in zip(YEARS, built, strict=True)),
        "lists:",
        *(f"  list_{index}: {{label: 清单{index}, count: 3项, items: [甲{index}, 乙{index}, 丙{index}], at: 第三章}}" for index in range(40)),
        "outline:",
    ]
    for chapter in "一二三四五":
        lines.append(f"  - 第{chapter}章 篇目{chapter}:")
        lines += [f"      - 第{section}节 事项{chapter}{section}" for section in "一二三四五六七八九十"]
    lines.append("checks:")
    lines += [f"  - fact_{index} + fact_{index + 1} >= fact_{index}" for index in range(0, 60, 2)]
    return "\n".join(lines) + "\n"


def write(folder: Path, count: int) -> None:
    """``count`` plans in folders of a hundred."""
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"plan-{number:05}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(plan(number), encoding="utf-8")
