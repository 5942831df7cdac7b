"""Measures discovery on made-up statistical tables: planted relations that are found, and proposals where nothing was planted.

Run it from the top folder: ``python bench/discovery.py [TABLES] [SEED]``.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from fireaudit.discovery.proposal import Proposal
from fireaudit.discovery.propose import proposals
from fireaudit.plan.build import build
from fireaudit.plan.source import parse

Rows = list[list[str]]


@dataclass(frozen=True)
class Made:
    """A table as plan text, the checks that hold in it, and the row that was made wrong, if one was."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: Rows
    planted: tuple[frozenset[str], ...] = ()
    broken: str = ""

    def text(self) -> str:
        heads = ", ".join(f"{name}: {{{details}}}" for name, details in self.columns)
        rows = "".join("      - [" + ", ".join(f"'{cell}'" for cell in row) + "]\n" for row in self.rows)
        return f"fireaudit: 1\nplan: {{title: 例}}\ntables:\n  t:\n    columns: {{{heads}}}\n    rows:\n{rows}"

    def proposals(self) -> tuple[Proposal, ...]:
        return proposals(build(parse("made.yaml", self.text()))[0])


TOWN = ("town", "label: 地区, role: name")


def _sizes(r: random.Random, rows: int) -> list[int]:
    return [int(1000 * r.lognormvariate(0, 0.8)) + 20 for _ in range(rows)]


def _towns(rows: int) -> list[str]:
    return [f"{'甲乙丙丁戊己庚辛壬癸'[i % 10]}{i // 10 or ''}镇" for i in range(rows)]


def _decimal(value: int, places: int) -> str:
    """A whole number of the last place, printed."""
    sign, digits = "-" if value < 0 else "", str(abs(value)).zfill(places + 1)
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _rounded(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)


def _corrupted(r: random.Random, rows: Rows, columns: list[int], wrong: bool) -> str:
    """One figure changed in one row; the name of that row."""
    if not wrong:
        return ""
    row = r.choice(rows)
    column = r.choice(columns)
    digits = list(row[column])
    place = r.choice([i for i, c in enumerate(digits) if c.isdigit()])
    digits[place] = str((int(digits[place]) + r.randint(1, 9)) % 10)
    row[column] = "".join(digits)
    return row[0]


def total_column(r: random.Random, wrong: bool) -> Made:
    """A total before or after its parts, among columns that have nothing to do with it."""
    count, rows, parts, first = r.randint(6, 40), Rows(), r.randint(2, 6), r.random() < 0.5
    for name, size in zip(_towns(count), _sizes(r, count), strict=True):
        values = [int(size * r.random()) for _ in range(parts)]
        row = [sum(values), *values] if first else [*values, sum(values)]
        rows.append([name, str(int(size * r.random() * 3)), *map(str, row), str(r.randint(1, 99))])
    labels = ["合计", *(f"第{'一二三四五六'[i]}类" for i in range(parts))] if first else [*(f"第{'一二三四五六'[i]}类" for i in range(parts)), "合计"]
    names = [f"c{i}" for i in range(parts + 1)]
    columns = (TOWN, ("other", "label: 面积"), *((n, f"label: {label}") for n, label in zip(names, labels, strict=True)), ("more", "label: 村数"))
    broken = _corrupted(r, rows, list(range(2, parts + 3)), wrong)
    return Made("total_column", columns, rows, (frozenset(names),), broken)


def difference(r: random.Random, wrong: bool) -> Made:
    """应有, 现有, 缺: a small difference of two counts; with unrelated decimals."""
    count, rows = r.randint(12, 40), Rows()
    for name, size in zip(_towns(count), _sizes(r, count), strict=True):
        have, lack = size // r.randint(50, 150) + 1, r.randint(0, 9)
        rows.append([name, _decimal(size + r.randint(1, 99), 2), str(have), str(have + lack), str(lack)])
    columns = (TOWN, ("area", "label: 面积"), ("have", "label: 现有数"), ("need", "label: 应建数"), ("lack", "label: 缺口"))
    broken = _corrupted(r, rows, [2, 3, 4], wrong)
    return Made("difference", columns, rows, (frozenset({"have", "need", "lack"}),), broken)


def balance(r: random.Random, wrong: bool) -> Made:
    """年初 + 增加 - 减少 = 年末."""
    count, rows = r.randint(5, 30), Rows()
    for name, size in zip(_towns(count), _sizes(r, count), strict=True):
        more, less = r.randint(1, 400), r.randint(1, 300)
        rows.append([name, str(5 * size), str(more), str(less), str(5 * size + more - less), str(r.randint(100, 999))])
    columns = (TOWN, ("start", "label: 年初数"), ("more", "label: 本年增加"), ("less", "label: 本年减少"), ("end", "label: 年末数"), ("cars", "label: 车辆"))
    broken = _corrupted(r, rows, [1, 2, 3, 4], wrong)
    return Made("balance", columns, rows, (frozenset({"start", "more", "less", "end"}),), broken)


def product(r: random.Random, wrong: bool) -> Made:
    """单价 × 数量 = 金额."""
    rows = [
        [f"物资{i}", str(price), str(count), str(price * count)] for i in range(r.randint(5, 20)) for price, count in [(r.randint(20, 9000), r.randint(2, 99))]
    ]
    columns = (("item", "label: 名称, role: name"), ("price", "label: 单价"), ("count", "label: 数量"), ("cost", "label: 金额"))
    return Made("product", columns, rows, (frozenset({"price", "count", "cost"}),), _corrupted(r, rows, [1, 2, 3], wrong))


def rate(r: random.Random, wrong: bool) -> Made:
    """起数 ÷ 人口, for 10,000 people, to two decimals."""
    count, rows = r.randint(6, 30), Rows()
    for name, size in zip(_towns(count), _sizes(r, count), strict=True):
        people, fires = size * 97 + r.randint(0, 96), r.randint(20, 900)
        rows.append([name, str(people), str(fires), _decimal(_rounded(fires * 10_000 * 100, people), 2), str(r.randint(1, 500))])
    columns = (TOWN, ("people", "label: 常住人口"), ("fires", "label: 火灾起数"), ("rate", "label: 每万人火灾起数"), ("extra", "label: 社区数"))
    return Made("rate", columns, rows, (frozenset({"people", "fires", "rate"}),), _corrupted(r, rows, [1, 2, 3], wrong))


def growth(r: random.Random, wrong: bool) -> Made:
    """This year, last year, growth in per cent to one decimal."""
    count, rows = r.randint(6, 30), Rows()
    for name, size in zip(_towns(count), _sizes(r, count), strict=True):
        before, now = 3 * size, int(3 * size * r.uniform(0.7, 1.5))
        rows.append([name, str(now), str(before), _decimal(_rounded((now - before) * 1000, before), 1)])
    columns = (TOWN, ("now", "label: 2021年"), ("before", "label: 2020年"), ("growth", "{label: 增长, unit: '%'}".strip("{}")))
    return Made("growth", columns, rows, (frozenset({"now", "before", "growth"}),), _corrupted(r, rows, [1, 2], wrong))


def share(r: random.Random, wrong: bool) -> Made:
    """Each row in per cent of all, to one decimal."""
    sizes = _sizes(r, r.randint(5, 20))
    rows = [[name, str(size), _decimal(_rounded(size * 1000, sum(sizes)), 1)] for name, size in zip(_towns(len(sizes)), sizes, strict=True)]
    columns = (TOWN, ("n", "label: 起数"), ("p", "label: 占比, unit: '%'"))
    return Made("share", columns, rows, (frozenset({"n", "p"}),), _corrupted(r, rows, [2], wrong))


def subtotals(r: random.Random, wrong: bool) -> Made:
    """Groups with a subtotal after them and a total at the end, in several columns, none of them marked."""
    rows, columns = Rows(), r.randint(2, 5)
    every: list[list[int]] = []
    planted = []
    for group in range(r.randint(2, 4)):
        inside = [[r.randint(10, 3000) for _ in range(columns)] for _ in range(r.randint(2, 6))]
        rows += [[f"{group}组{i}", *map(str, values)] for i, values in enumerate(inside)]
        sums = [sum(values) for values in zip(*inside, strict=True)]
        rows.append([f"{group}组小计", *map(str, sums)])
        planted.append(frozenset({f"{group}组小计"}))
        every.append(sums)
    rows.append(["总计", *(str(sum(values)) for values in zip(*every, strict=True))])
    planted.append(frozenset({"总计"}))
    heads = (TOWN, *((f"c{i}", f"label: {'人口户数车辆面积水源'[2 * i : 2 * i + 2]}") for i in range(columns)))
    wrong = wrong and columns > 2
    return Made("subtotals", heads, rows, tuple(planted), _corrupted(r, rows, list(range(1, columns + 1)), wrong))


def total_first(r: random.Random, wrong: bool) -> Made:
    """全市 in the first row, the districts below."""
    columns, districts = r.randint(2, 6), [[r.randint(5, 9000) for _ in range(6)] for _ in range(r.randint(3, 25))]
    rows = [["全市", *(str(sum(values)) for values in list(zip(*districts, strict=True))[:columns])]]
    rows += [[name, *map(str, values[:columns])] for name, values in zip(_towns(len(districts)), districts, strict=True)]
    heads = (TOWN, *((f"c{i}", f"label: {'人口户数车辆面积水源站点'[2 * i : 2 * i + 2]}") for i in range(columns)))
    wrong = wrong and columns > 2
    return Made("total_first", heads, rows, (frozenset({"全市"}),), _corrupted(r, rows, list(range(1, columns + 1)), wrong))


def cumulative(r: random.Random, wrong: bool) -> Made:
    """A year's work and all work so far."""
    rows, so_far = Rows(), r.randint(100, 900)
    for year in range(2014, 2014 + r.randint(6, 10)):
        work = r.randint(20, 400)
        so_far += work
        rows.append([f"{year}年", str(work), str(so_far)])
    columns = (("year", "label: 年份, role: year"), ("work", "label: 当年新建"), ("sum", "label: 累计建成"))
    return Made("cumulative", columns, rows, (frozenset({"work", "sum"}),), "")


def years_total(r: random.Random, wrong: bool) -> Made:
    """Years as columns, and their total, in decimals that were rounded one by one."""
    count, rows, years = r.randint(5, 30), Rows(), range(2021, 2026)
    for name, size in zip(_towns(count), _sizes(r, count), strict=True):
        exact = [r.randint(100, 40 * size) for _ in years]
        rows.append([name, *(_decimal(_rounded(value, 10), 1) for value in exact), _decimal(_rounded(sum(exact), 10), 1)])
    columns = (TOWN, *((f"y{year}", f"label: {year}年投资") for year in years), ("all", "label: 总投资"))
    broken = _corrupted(r, rows, [1, 2, 3, 4, 5, 6], wrong)
    return Made("years_total", columns, rows, (frozenset({"all", *(f"y{year}" for year in years)}),), broken)


PLANTED: tuple[Callable[[random.Random, bool], Made], ...] = (
    total_column, difference, balance, product, rate, growth, share, subtotals, total_first, cumulative, years_total,
)  # fmt: skip

VALUES: dict[str, Callable[[random.Random, int, int], str]] = {
    "digits": lambda r, size, column: str(r.randint(0, 9)),
    "mostly zero": lambda r, size, column: str(r.choice([0, 0, 0, 1, 1, 2, 3])),
    "any size": lambda r, size, column: str(r.randint(0, 10 ** r.randint(1, 6))),
    "by size of town": lambda r, size, column: str(int(size * 3**column * r.lognormvariate(0, 0.3)) // 20),
    "nearly alike": lambda r, size, column: str(int(size * r.uniform(0.97, 1.03)) if column % 2 else r.randint(0, 30)),
    "shares": lambda r, size, column: _decimal(r.randint(0, 1000), 1),
    "money": lambda r, size, column: _decimal(int(size * r.lognormvariate(0, 0.6) * 100), 2),
    "mixed": lambda r, size, column: [str(r.randint(0, 20)), _decimal(r.randint(0, 100), 1), str(size), str(r.randint(1, 9) * 100)][column % 4],
}
SHAPES = (1, 2, 3, 4, 5, 6, 8, 12, 20, 34, 60)


def unrelated(r: random.Random, kind: str) -> Made:
    """Figures of a kind, drawn one by one: nothing holds between them but by chance."""
    count, columns = r.choice(SHAPES), r.choice([2, 3, 4, 5, 7, 10, 14])
    rows = [[name, *(VALUES[kind](r, size, c) for c in range(columns))] for name, size in zip(_towns(count), _sizes(r, count), strict=True)]
    return Made(kind, (TOWN, *((f"c{i}", f"label: 指标{i}") for i in range(columns))), rows)


def mentions(proposal: Proposal, made: Made) -> frozenset[str]:
    """The columns of an identity of columns, the total of one of rows."""
    cells = proposal.assessed[0].relation.cells()
    if proposal.kind in ("total_row", "rows"):
        return frozenset({proposal.checks[0].split('["')[1].split('"]')[0]})
    return frozenset(name for name, _ in made.columns if any(cell.endswith(f"].{name}") for cell in cells))


def measure(tables: int, seed: int) -> dict[str, Counter[str]]:
    """By kind of table: planted relations, those found, broken rows, those pointed at, proposals that were not planted."""
    r = random.Random(seed)
    scores: dict[str, Counter[str]] = {}
    for number in range(tables):
        make = PLANTED[number % len(PLANTED)]
        made = make(r, bool(number // len(PLANTED) % 2))
        found = made.proposals()
        said = [mentions(proposal, made) for proposal in found]
        score = scores.setdefault(made.name, Counter())
        score["planted"] += len(made.planted)
        score["found"] += sum(planted in said for planted in made.planted)
        score["wrong"] += sum(one not in made.planted for one in said)
        score["broken"] += bool(made.broken)
        score["pointed at"] += bool(made.broken) and any(proposal.broken for proposal in found)
    return scores


def false_rate(tables: int, seed: int) -> Counter[str]:
    """Tables with nothing in them, and how many of them got a proposal."""
    r = random.Random(seed)
    score: Counter[str] = Counter()
    for number in range(tables):
        kind = list(VALUES)[number % len(VALUES)]
        score["tables"] += 1
        score[kind] += bool(unrelated(r, kind).proposals())
    return score


def main() -> None:
    tables, seed = [int(argument) for argument in sys.argv[1:3]] or [1100, 1]
    began = time.perf_counter()
    for name, score in measure(tables, seed).items():
        sys.stdout.write(f"{name:14} found {score['found']}/{score['planted']}, broken rows pointed at {score['pointed at']}/{score['broken']}, ")
        sys.stdout.write(f"not planted {score['wrong']}\n")
    nothing = false_rate(tables, seed)
    sys.stdout.write(f"nothing planted: {nothing.total() - nothing['tables']} of {nothing['tables']} tables got a proposal\n")
    sys.stdout.write(f"{time.perf_counter() - began:.1f} s\n")


if __name__ == "__main__":
    main()
