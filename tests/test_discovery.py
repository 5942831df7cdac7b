"""Discovery: what is planted is found with its support and its broken row, and nothing is found where nothing is."""

from __future__ import annotations

import importlib.util
import json
import random
import re
import sys
import time
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from typer.testing import CliRunner

from fireaudit.app import Options, audit_text
from fireaudit.checks.relation import decide
from fireaudit.cli import program
from fireaudit.discovery.labels import Labels, compatible, longest_common, same_kind
from fireaudit.discovery.proposal import Proposal, relations, yaml
from fireaudit.discovery.propose import proposals
from fireaudit.discovery.taken import taken
from fireaudit.documents import plan_of
from fireaudit.plan.schema import schema_text

ROOT = Path(__file__).parent.parent


def _bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_discovery", ROOT / "bench" / "discovery.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BENCH = _bench()
HEAD = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n"


def found(body: str) -> tuple[Proposal, ...]:
    audited = audit_text("plan.yaml", (HEAD + body).encode(), Options())
    assert [f for f in audited.findings if f.code < "FA110"] == []
    return proposals(audited.plan)


def said(body: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(p.kind, p.checks, p.support) for p in found(body)]


def table(columns: str, rows: list[str], rest: str = "") -> str:
    return f"tables:\n  t:\n    columns: {{{columns}}}\n    rows:\n" + "".join(f"      - [{row}]\n" for row in rows) + rest


def test_a_budget_with_subtotals_that_are_not_marked() -> None:
    rows = ["人员经费, 1250, 1310", "公用经费, 380, 402", "基本支出小计, 1630, 1712", "装备购置, 2075, 1960", "站点建设, 5420, 6105", "信息化, 633, 590",
            "项目支出小计, 8128, 8655", "总计, 9758, 10367"]  # fmt: skip
    assert said(table("item: {label: 项目, role: name}, a: {label: 2020年, unit: 万元}, b: {label: 2021年, unit: 万元}", rows)) == [
        ("total_row", ('a["基本支出小计"] == a["人员经费"] + a["公用经费"]', 'b["基本支出小计"] == b["人员经费"] + b["公用经费"]'), "2/2"),
        ("total_row", ('a["项目支出小计"] == sum(a["装备购置":"信息化"])', 'b["项目支出小计"] == sum(b["装备购置":"信息化"])'), "2/2"),
        ("total_row", ('a["总计"] == a["基本支出小计"] + a["项目支出小计"]', 'b["总计"] == b["基本支出小计"] + b["项目支出小计"]'), "2/2"),
    ]


def test_rows_of_one_name_are_told_apart() -> None:
    rows = ["甲, 311, 92", "乙, 257, 41", "小计, 568, 133", "丙, 822, 36", "丁, 129, 77", "小计, 951, 113"]
    checks = [check for p in found(table("x: {role: name}, a: 人口, b: 户数", rows)) for check in p.checks]
    assert sorted(checks) == sorted(
        ['a["小计", 1] == a["甲"] + a["乙"]', 'b["小计", 1] == b["甲"] + b["乙"]', 'a["小计", 2] == a["丙"] + a["丁"]', 'b["小计", 2] == b["丙"] + b["丁"]']
    )


def test_a_balance_with_a_row_that_is_taken_off() -> None:
    rows = ["年初余额, 5312, 4120, 887", "本年收入, 2210, 1935, 402", "减：本年支出, 1984, 2051, 377", "年末余额, 5538, 4004, 912"]
    (proposal,) = found(table("x: {role: name}, a: 基金, b: 专户, c: 代管", rows))
    assert proposal.checks[0] == 'a["年末余额"] == a["年初余额"] + a["本年收入"] - a["减：本年支出"]'
    assert proposal.support == "3/3"


def test_the_row_that_breaks_an_identity_is_pointed_at() -> None:
    rows = [
        f"镇{i}, {have}, {lack}, {have + lack + (i == 7)}"
        for i, (have, lack) in enumerate(zip(range(31, 91, 4), [7, 3, 9, 2, 8, 5, 4, 6, 1, 9, 3, 7, 2, 8, 5], strict=True))
    ]
    (proposal,) = found(table("x: {role: name}, have: 现有, lack: 缺口, need: 应建", rows))
    assert (proposal.checks, proposal.support) == (("have + lack == need",), "14/15")
    assert [outcome.relation.arguments["row"] for outcome in proposal.broken] == ["镇7"]


def test_a_yearly_schedule_and_its_target_in_the_text() -> None:
    body = table(
        "year: {label: 年份, role: year}, n: {label: 新建市政消火栓, unit: 个}", ["2021年, 213", "2022年, 187", "2023年, 325", "2024年, 298", "2025年, 194"]
    )
    texts = "quantities:\n  goal: {label: 新增市政消火栓, stated: [1217个]}\n  other: {label: 在校学生, stated: [1217人]}\n  cars: {label: 消防车, stated: [37辆]}\n"
    assert said(texts + body) == [("stated_total", ("goal == sum(t.n)",), "1/1")]


def test_prose_that_repeats_a_cell_and_a_figure_stated_under_one_name_twice() -> None:
    body = table("town: {label: 镇, role: name}, n: {label: 登记出租屋, unit: 栋}", ["青溪镇, 1846", "石桥镇, 2075", "白塔镇, 993"])
    texts = "quantities:\n  a: {label: 石桥镇登记出租屋, stated: [2075栋]}\n  b: {label: 网格员, stated: [{text: 412名, at: 一}]}\n"
    texts += "  c: {label: 网格员（附件）, stated: [{text: 412名, at: 附件}]}\n  d: {label: 保安员, stated: [412名]}\n"
    assert said(texts + body) == [("restated", ('a == t.n["石桥镇"]',), "1/1"), ("twice", ("c == b",), "1/1")]


@pytest.mark.parametrize(
    ("entry", "proposed"),
    [
        ("during: 2023, stated: [2075栋]", True),
        ("as_of: 2023, stated: [2075栋]", True),
        ("during: 2022, stated: [2075栋]", False),
        ("during: 2021-2025, stated: [2075栋]", False),
        ("during: 2023, stated: [增加2075栋]", False),
        ("during: 2023, stated: [{text: 2075栋, scope: 计划}]", True),
        ("during: 2023, stated: [{text: 2075栋, scope: 农村}]", False),
        ("during: 2023, stated: [{text: 2075栋, scope: 石桥镇}]", True),
    ],
)
def test_prose_repeats_a_cell_only_of_its_own_year_and_place(entry: str, proposed: bool) -> None:
    body = table("town: {label: 镇, role: name}, n: {label: 2023年登记出租屋, unit: 栋}", ["青溪镇, 1846", "石桥镇, 2075", "白塔镇, 993"])
    texts = f"quantities:\n  a: {{label: 石桥镇登记出租屋, {entry}}}\n"
    assert said(texts + body) == ([("restated", ('a == t.n["石桥镇"]',), "1/1")] if proposed else [])


def test_equal_figures_of_two_years_are_not_one() -> None:
    texts = "quantities:\n  a: {label: 网格员, during: 2022, stated: [{text: 412名, at: 一}]}\n  b: {label: 网格员, during: 2023, stated: [{text: 412名, at: 二}]}\n"
    assert said(texts) == []
    assert said(texts.replace("2023", "2022")) == [("twice", ("b == a",), "1/1")]


def test_figures_of_one_place_that_make_up_a_total() -> None:
    texts = "quantities:\n" + "".join(
        f"  {name}: {{label: {label}, stated: [{{text: {text}, at: 第二节}}]}}\n"
        for name, label, text in [
            ("a", "一级消防站", "117座"),
            ("b", "二级消防站", "236座"),
            ("c", "小型消防站", "48座"),
            ("all", "消防站总数", "401座"),
            ("d", "消防水池", "93座"),
        ]
    )
    assert said(texts) == [("sum_of", ("a + b + c == all",), "1/1")]


def test_years_running_totals_growth_and_differences() -> None:
    rows = ["2017年, 412, 3310", "2018年, 377, 3687", "2019年, 508, 4195", "2020年, 291, 4486", "2021年, 463, 4949"]
    assert said(table("y: {label: 年份, role: year}, n: 当年新建, all: 累计", rows)) == [
        ("cumulative", ('all[:"2020年"] + n["2018年":] == all["2018年":]',), "4/4")
    ]
    rows = ["2017年, 705, -", "2018年, 812, 15.2", "2019年, 640, -21.2", "2020年, 733, 14.5", "2021年, 901, 22.9"]
    growth = said(table("y: {label: 年份, role: year}, n: 火灾起数, g: {label: 比上年增长, unit: '%'}", rows))
    assert growth == [("by_year", ('(n["2018年":] - n[:"2020年"]) / n[:"2020年"] == g["2018年":]',), "4/4")]


def test_parts_are_at_most_their_whole() -> None:
    rows = ["甲, 31, 12", "乙, 25, 9", "丙, 44, 17"]
    assert said(table("x: {role: name}, all: 消防员, part: '其中：专职'", rows)) == [("part", ("part <= all",), "3/3")]
    rows = ["消防员, 310, 420", "'其中：专职', 120, 305", "车辆, 57, 66"]
    assert said(table("x: {role: name}, a: 甲市, b: 乙市", rows)) == [("part_row", ('a["其中：专职"] <= a["消防员"]', 'b["其中：专职"] <= b["消防员"]'), "2/2")]


def test_what_is_stated_or_follows_is_not_proposed() -> None:
    rows = [
        f"镇{i}, {have}, {lack}, {have + lack}, {lack + have + 1000}" for i, (have, lack) in enumerate([(311, 42), (278, 65), (190, 87), (355, 24), (402, 59)])
    ]
    columns = "x: {role: name}, have: 现有, lack: 缺口, need: 应建, high: 远期"
    assert said(table(columns, rows, "checks: [t.need - t.lack == t.have]\n")) == []
    marked = "tables:\n  t:\n    columns: {x: {role: name}, n: 数}\n    rows: [[甲, 311], [乙, 278], [丙, 190]]\n    total: [合计, 779]\n"
    assert said(marked) == []


TRAPS = {
    "averages": ("x: {role: name}, a: 人口, b: 人均面积, c: 户均人数", ["甲, 1310, 31.5, 3.2", "乙, 4127, 28.6, 3.1", "丙, 2270, 35.1, 2.9", "平均, 2569, 31.7, 3.1"]),
    "percentages": ("x: {role: name}, a: {label: 达标率, unit: '%'}, b: {label: 覆盖率, unit: '%'}, c: {label: 综合率, unit: '%'}",
                    ["甲, 31, 42, 73", "乙, 25, 61, 86", "丙, 44, 17, 61", "丁, 38, 29, 67", "戊, 12, 53, 65"]),
    "ranks": ("x: {role: name}, a: 排名, b: 上年排名, c: 位次变化", ["甲, 1, 2, 3", "乙, 2, 3, 5", "丙, 3, 1, 4", "丁, 4, 5, 9", "戊, 5, 4, 9", "己, 6, 8, 14"]),
    "codes": ("x: {role: name}, code: 行政区划代码, n: 邮编, k: 编号", ["甲, 441881, 513000, 954881", "乙, 441882, 513400, 955282", "丙, 441883, 513200, 955083"]),
    "parts that are not all": ("x: {role: name}, a: 甲市, b: 乙市", ["消防员, 3107, 4208", "特勤, 120, 305", "女消防员, 57, 66"]),
    "years": ("x: {role: name}, a: 建成年份, b: 改造年份", ["甲站, 1998, 2012", "乙站, 2003, 2015", "丙站, 1987, 2009", "丁站, 2011, 2019"]),
    "serial": ("no: {label: 序}, x: {role: name}, a: 个数, b: 套数", ["1, 甲, 2, 3", "2, 乙, 3, 5", "3, 丙, 4, 7", "4, 丁, 1, 5", "5, 戊, 3, 8", "6, 己, 2, 8"]),
    "one value throughout": ("x: {role: name}, a: 甲项, b: 乙项, c: 丙项", [f"镇{i}, 50, 50, 100" for i in range(6)]),
    "zeros": ("x: {role: name}, a: 甲项, b: 乙项, c: 丙项", [f"镇{i}, 0, {i % 2}, {i % 2}" for i in range(12)]),
}  # fmt: skip


@pytest.mark.parametrize("name", TRAPS)
def test_traps(name: str) -> None:
    columns, rows = TRAPS[name]
    assert said(table(columns, rows)) == []


def test_planted_relations_are_found_and_hardly_anything_else() -> None:
    scores = BENCH.measure(110, 3)
    planted, hit, wrong = (sum(score[key] for score in scores.values()) for key in ("planted", "found", "wrong"))
    broken, pointed = (sum(score[key] for score in scores.values()) for key in ("broken", "pointed at"))
    assert planted > 110 and hit >= planted - 1
    assert wrong == 0
    assert broken > 40 and pointed * 10 >= broken * 9  # a last digit may lie within rounding


def test_unrelated_figures_give_no_proposal() -> None:
    score = BENCH.false_rate(80, 11)
    assert score.total() - score["tables"] == 0, score


STATED = re.compile(r", \{is: (?:'[^']*'|[^,}]+)(?:, [^}]*)?\}|, (?:adds_up_to|part_of|new_in|improves): [^,}]+")


def stripped(name: str) -> str:
    """A hand-made plan without its checks and without what ties its figures together."""
    text = (ROOT / "plans" / f"{name}.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^( *)checks:\n(?:\1 *- .*\n?)+", "", text)
    text = re.sub(r"(?m)^    (?:sum_of|from):.*\n(?:      .*\n)*|^ +- \{is: .*\n", "", text)
    return STATED.sub("", text)


def test_relations_of_the_town_table_are_found_again() -> None:
    audited = audit_text("dongguan.yaml", stripped("dongguan").encode(), Options())
    got = {(p.table, p.checks[0]): p.support for p in proposals(audited.plan)}
    assert got == {
        ("towns", "existing + gap == required"): "35/35",
        ("towns", "across(tasks) == gap"): "34/35",  # the printed total of one year is wrong
        (None, "hydrants_new == total(towns.hydrants)"): "1/1",
        (None, "stations_total == total(towns.required)"): "1/1",
        (None, "stations_new + stations_rail + stations_water == total(towns.gap)"): "1/1",
    }


def test_schedules_and_totals_of_the_other_plan_are_found_again() -> None:
    audited = audit_text("lianzhou.yaml", stripped("lianzhou").encode(), Options())
    got = {p.checks[0] for p in proposals(audited.plan)}
    assert {"fires == total(fires_by_year.fires)", "losses == total(fires_by_year.losses)", "hydrants_new == sum(hydrants_by_year.built)"} <= got
    assert got - {"fires == total(fires_by_year.fires)", "losses == total(fires_by_year.losses)", "hydrants_new == sum(hydrants_by_year.built)"} == {
        f'cost_{year} == vehicles.cost["{year}年"]' for year in (2021, 2022, 2023)
    }


@pytest.mark.parametrize("name", ["dongguan", "lianzhou"])
def test_hand_made_plans_state_all_that_can_be_found(name: str) -> None:
    path = ROOT / "plans" / f"{name}.yaml"
    assert proposals(audit_text(path.name, path.read_bytes(), Options()).plan) == ()


def test_a_long_table_is_searched_in_bounded_time() -> None:
    rows = [f"'{i}号', {i * 7919 % 1009}, {i * 104729 % 499}, {i * 7919 % 1009 + i * 104729 % 499}, {i * 15485863 % 777}" for i in range(5000)]
    body = table("x: {role: name}, a: 甲, b: 乙, c: 丙, d: 丁", rows)
    audited = audit_text("plan.yaml", (HEAD + body).encode(), Options())
    began = time.process_time()
    got = proposals(audited.plan)
    assert [(p.checks, p.support) for p in got] == [(("a + b == c",), "5000/5000")]
    assert time.process_time() - began < 10


def test_a_wide_table_is_searched_in_bounded_time() -> None:
    draw, names = random.Random(5), [f"c{i}" for i in range(120)]
    rows = [[draw.randint(0, 99_999) for _ in names] for _ in range(6)]
    for row in rows:
        row[60] = sum(row[61:75])
    began = time.process_time()
    got = found(table("x: {role: name}, " + ", ".join(f"{n}: 指标{n}" for n in names), [f"镇{i}, " + ", ".join(map(str, row)) for i, row in enumerate(rows)]))
    assert [p.checks for p in got] == [(f"across({', '.join(names[61:75])}) == c60",)]
    assert time.process_time() - began < 10


def test_figures_as_regular_as_a_ruler_give_no_list_of_sums() -> None:
    names = [f"c{i}" for i in range(30)]
    rows = [f"镇{r}, " + ", ".join(str((r + 3) * (i + 7)) for i in range(30)) for r in range(6)]
    assert found(table("x: {role: name}, " + ", ".join(f"{n}: 指标{n}" for n in names), rows)) == ()


def test_thousands_of_figures_in_the_text_take_bounded_time() -> None:
    draw = random.Random(2)
    kinds, things = ["新建", "改造", "现有", "配备"], ["消防站", "消火栓", "训练塔", "水池", "车辆"]
    texts = "".join(
        f"  f{i}: {{label: {draw.choice(kinds)}{i % 97}号{draw.choice(things)}, stated: [{{text: {draw.randint(2, 99999)}个, at: 第{i % 40}节}}]}}\n"
        for i in range(2000)
    )
    audited = audit_text("plan.yaml", (HEAD + "quantities:\n" + texts).encode(), Options())
    began = time.process_time()
    proposals(audited.plan)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("check", "value"),
    [('sum(t.n["乙":"丙"]) == 12', "exact"), ('sum(t.n[:"乙"]) == 8', "exact"), ('t.n["丙", 2] == 9', "exact"), ('t.n["丙", 1] + 2 == t.n["丙", 2]', "exact")],
)
def test_slices_of_columns(check: str, value: str) -> None:
    body = table("x: {role: name}, n: 数", ["甲, 3", "乙, 5", "丁, 0", "丙, 7", "丙, 9"], f"checks:\n  - '{check}'\n")
    body = body.replace('["乙":"丙"]', '["乙":("丙", 1)]')
    audited = audit_text("plan.yaml", (HEAD + body).encode(), Options())
    assert {f.code for f in audited.findings} <= {"FA602"}
    assert [outcome.verdict.value for outcome in audited.outcomes] == [value]


@pytest.mark.parametrize(
    "check", ['t.n["丙"] == 1', 'sum(t.n["丁":"甲"]) == 1', 't.n["甲", 2] == 1', 't.n["甲", 0] == 1', "sum(t.n[::2]) == 1", 'sum(t.n["无":]) == 1']
)
def test_slices_that_mean_nothing_are_reported(check: str) -> None:
    body = table("x: {role: name}, n: 数", ["甲, 3", "丁, 0", "丙, 7", "丙, 9"], f"checks:\n  - '{check}'\n")
    assert {f.code for f in audit_text("plan.yaml", (HEAD + body).encode(), Options()).findings} == {"FA106", "FA602"}


def test_labels() -> None:
    assert longest_common("消防救援站", "缺配消防站数量") == 3
    assert same_kind("个", "座") and same_kind("万人", "名") and not same_kind("人", "个") and same_kind("", "辆")
    assert compatible("2021年新建", "新建") and not compatible("2021年新建", "2022年新建")
    labels = Labels(["新建消火栓", "新建消防站", "新建水池", "出租屋"])
    assert labels.shared("消火栓", "市政消火栓") > labels.shared("新建水池", "新建消防站")


@pytest.mark.parametrize(
    ("check", "text"), [("a + b == c", "a + b == c"), ('a["甲: #"] == 1', "'a[\"甲: #\"] == 1'"), ("""a["it's"] == 1""", """'a["it''s"] == 1'""")]
)
def test_checks_are_ready_to_paste(check: str, text: str) -> None:
    assert yaml(check) == text


RUN = CliRunner()
BROKEN = HEAD + table(
    "x: {role: name}, have: 现有, lack: 缺口, need: 应建", [f"镇{i}, {311 + 13 * i}, {42 + i * i}, {353 + 13 * i + i * i + (i == 3)}" for i in range(9)]
)


def test_what_is_printed_can_be_pasted_and_then_is_stated(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    shown = RUN.invoke(program(), ["suggest", str(path), "--lang", "zh"])
    assert shown.exit_code == 0
    (pasted,) = re.findall(r"^    - (.*)$", shown.output, re.MULTILINE)
    assert "8/9 成立" in shown.output and "镇3" in shown.output and "350 + 51 ≠ 402" in shown.output
    path.write_text(BROKEN + f"    checks:\n      - {pasted}\n", encoding="utf-8")
    assert "没有发现" in RUN.invoke(program(), ["suggest", str(path), "--lang", "zh"]).output
    assert [f.code for f in audit_text("plan.yaml", path.read_bytes(), Options()).findings] == ["FA203"]


def test_json_is_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    result = RUN.invoke(program(), ["suggest", str(path), "--format", "json"])
    document = json.loads(result.output)
    jsonschema.validate(document, json.loads(schema_text("suggest")))
    (proposal,) = document["plans"][0]["proposals"]
    assert (proposal["support"], proposal["kind"], proposal["table"]) == ("8/9", "total_column", "t") or proposal["kind"] == "columns"
    broken = next(relation for relation in proposal["relations"] if relation["verdict"] == "violated")
    assert [(c["table"], c["row"], c["column"]) for c in broken["aggregate"]] == [("t", "镇3", "need")]
    assert [(c["row"], c["column"]) for c in broken["addends"]] == [("镇3", "have"), ("镇3", "lack")]


def test_of_sums_that_follow_from_each_other_the_nested_ones_are_stated() -> None:
    rows = [
        f"项{i}, {a}, {b}, {a + b}, {c}, {d}, {c + d}, {a + b + c + d}"
        for i, (a, b, c, d) in enumerate([(155, 740, 263, 163), (497, 763, 342, 360), (496, 916, 383, 292)])
    ]
    months = "item: {label: 项目, role: name}, m1: 1月, m2: 2月, x: 前两月, m3: 3月, m4: 4月, y: 后两月, z: 四个月"
    assert [checks[0] for _, checks, _ in said(table(months, rows))] == ["m1 + m2 == x", "m3 + m4 == y", "x + y == z"]


READ = """表1 各镇消防站

镇\t现有\t应建\t应有
甲镇\t11\t25\t36
乙镇\t7\t13\t20
戊镇\t6\t9\t15
小计\t24\t47\t71
丙镇\t12\t20\t32
其中：新建\t2\t3\t5
丁镇\t12\t20\t32
小计\t24\t40\t64
合计\t48\t87\t136

全市购置消防车12辆、水带30盘、水枪5支；接警火灾520起、救援310起，共830起。
"""


def test_of_a_document_what_was_taken_as_stated_is_told_too(tmp_path: Path) -> None:
    path = tmp_path / "read.txt"
    path.write_text(READ, encoding="utf-8")
    document = json.loads(RUN.invoke(program(), ["suggest", str(path), "--format", "json"]).output)
    jsonschema.validate(document, json.loads(schema_text("suggest")))
    proposals = [one for one in document["plans"][0]["proposals"] if one["taken"]]
    assert [(one["kind"], one["support"]) for one in proposals] == [("total_row", "8/9"), ("part_row", "3/3"), ("text", "1/1")]
    (wrong,) = [one for one in proposals[0]["relations"] if one["verdict"] == "violated"]
    (total,) = wrong["aggregate"]
    assert (total["text"], total["line"], total["printed"]) == ("136", 12, {"page": None, "sheet": None, "paragraph": None, "table": 1, "row": 10, "column": 4})
    assert [cell["text"] for cell in wrong["addends"]] == ["36", "20", "15", "32", "32"]
    shown = RUN.invoke(program(), ["suggest", str(path), "--lang", "zh"]).output
    assert "合计行、小计行等于各行之和\n      8/9 成立" in shown and "表1 第10行 第4列" in shown and "文中写明的关系\n      1/1 成立" in shown


def test_what_was_taken_as_stated_is_said_as_checks_of_the_same_figures() -> None:
    plan, _ = plan_of("read.txt", READ.encode())
    for one in taken(plan):
        parsed = [decide(relation) for check in one.checks for relation in relations(plan, check, one.table)]
        assert sorted(o.verdict.value for o in parsed) == sorted(o.verdict.value for o in one.outcomes)
        assert sorted(sorted(o.relation.cells()) for o in parsed) == sorted(sorted(o.relation.cells()) for o in one.outcomes)


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    rows = ['"甲\\u202e::error::", 311, 92', '"乙\\u001b[31m", 257, 41', '"合计##[x]\\"\'", 568, 133']
    path = tmp_path / "plan.yaml"
    path.write_text(HEAD + table("x: {role: name}, a: 人口, b: 户数", rows), encoding="utf-8")
    shown = RUN.invoke(program(), ["suggest", str(path), "--lang", "en"]).output
    assert "sum" in shown and not any(c in shown for c in "\u202e\x1b") and "##[" not in shown


def test_a_change_is_told_by_its_heading_from_few_rows() -> None:
    rows = ["站, 12, 14, 2", "车, 68, 75, 7", "人, 412, 450, 38", "栓, 5120, 5480, 630"]
    assert said(table("item: {label: 指标, role: name}, a: 2022年, b: 2023年, c: 增减", rows)) == [("columns", ("a + c == b",), "3/4")]
    assert said(table("item: {label: 指标, role: name}, a: 2022年, b: 2023年, c: 件数", rows)) == []


def test_a_relation_of_columns_holds_for_parts_too() -> None:
    rows = "tables:\n  t:\n    columns: {unit: {role: name}, a: {label: 男}, b: {label: 女}, c: {label: 合计}}\n    rows:\n      - [机关, 1205, 410, 1615]\n"
    rows += "      - {of_which: [其中：大队, 903, 311, 1214]}\n      - {apart: [编外, 217, 105, 332]}\n      - [基层, 5210, 833, 6043]\n"
    ((kind, checks, support),) = said(rows)
    assert (kind, support) == ("total_column", "3/4")
    assert checks == ("a + b == c", 't["其中：大队"].a + t["其中：大队"].b == t["其中：大队"].c', 't["编外"].a + t["编外"].b == t["编外"].c')


def test_a_rate_is_told_by_its_heading_and_holds_on_the_total() -> None:
    body = table(
        "item: {role: name}, plan: {label: 计划投资}, done: {label: 完成投资}, rate: {label: 完成率, unit: '%'}",
        ["路, 3400, 3300, 97.1", "桥, 1200, 1250, 104.2", "站, 2150, 1980, 92.1"], "    total: [合计, 6750, 6530, 69.7]\n",
    )  # fmt: skip
    assert said(body) == [("ratio", ("done / plan == rate", "total(done) / total(plan) == total(rate)"), "3/4")]


def test_growth_over_the_month_before_is_found() -> None:
    figures = [9120, 7684, 10236, 10871, 11540]
    rates = ["-"] + [f"{(b - a) * 100 / a:.1f}" for a, b in zip(figures, figures[1:], strict=False)]
    rows = [f"{i}月, {n}, '{rate}'" for i, (n, rate) in enumerate(zip(figures, rates, strict=True), 1)]
    assert [kind for kind, _, _ in said(table("month: {label: 月份, role: name}, n: {label: 受理量}, r: {label: 环比, unit: '%'}", rows))] == ["by_year"]


def test_totals_of_two_tables_under_the_same_headings() -> None:
    columns = "{item: {role: name}, a: {label: 工程}, b: {label: 设备}, c: {label: 其他}}"
    body = f"tables:\n  t:\n    columns: {columns}\n    rows: [[甲, 1213, 352, 77], [乙, 1486, 411, 91]]\n    total: [合计, 2699, 763, 168]\n"
    body += f"  u:\n    columns: {columns}\n    rows: [[东, 989, 302, 100], [西, 1710, 461, 86]]\n    total: [合计, 2699, 763, 186]\n"
    (found_one,) = [p for p in found(body) if p.kind == "restated"]
    assert found_one.checks[2] == "total(t.c) == total(u.c)" and found_one.support == "2/3"
