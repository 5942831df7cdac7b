"""verify: a faithful plan is found faithful, and whatever is changed in it, or lost from it, is found with both places."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fireaudit.cli import program
from fireaudit.evidence.index import times_in
from fireaudit.evidence.places import Places
from fireaudit.evidence.verify import verify
from fireaudit.evidence.work import Work
from fireaudit.findings import Finding, Severity
from fireaudit.limits import Limits
from fireaudit.messages import message_of
from fireaudit.plan.build import build
from fireaudit.plan.model import Plan
from fireaudit.plan.source import parse
from fireaudit.readers.document import Document
from fireaudit.readers.read import read_document
from fireaudit.reading.material import gather

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"

DOCUMENT = """青溪市消防事业发展规划

第一章 发展基础

第一节 主要成效

“十三五”期间，全市共发生火灾1,846起，死亡12人，直接财产损失2075.4万元。新建消防站14个，新增市政消火栓约2300个，现有消防车96辆。火灾起数、亡人数分别下降8.6%、52.2%。

第二节 存在问题

全市每万人拥有消防员3.17名，专职人员不足450人。抽查单位的消防设施完好率仅为87.5%。

第二章 主要任务

第一节 加强力量建设

到2025年，新建消防站9个，其中一级站4个、二级站5个；新配消防车31辆，培训人员不少于6万人次。建立值班、巡查、通报三项制度。

第二节 加强水源建设

期内新建市政消火栓1350个，完好率达到98%以上。

附表1 消火栓建设任务表

| 序号 | 镇街 | 2021年（个） | 2022年（个） | 2023年（个） | 备注 |
| --- | --- | --- | --- | --- | --- |
| 1 | 石桥镇 | 120 | 135 | 150 | 含老城区 |
| 2 | 白塔镇 | 88 | 97 | 110 | |
| 3 | 青溪街道 | 205 | 215 | 230 | |
| | 合计 | 413 | 447 | 490 | |
"""

PLAN = """fireaudit: 1
plan: {title: 青溪市消防事业发展规划, period: 2021-2025}
quantities:
  fires: {label: 火灾起数, stated: [{text: "1,846起", at: 第一章/第一节}]}
  deaths: {label: 死亡, stated: [{text: 12人, at: 第一章/第一节}]}
  losses: {label: 直接财产损失, stated: [{text: 2075.4万元, at: 第一章/第一节}]}
  stations_built: {label: 新建消防站, stated: [{text: 14个, at: 第一章/第一节}]}
  hydrants_built: {label: 新增市政消火栓, stated: [{text: 约2300个, at: 第一章/第一节}]}
  cars: {label: 消防车, stated: [{text: 96辆, at: 第一章/第一节}]}
  fires_change: {label: 火灾起数, stated: [{text: 下降8.6%, at: 第一章/第一节}]}
  deaths_change: {label: 亡人数, stated: [{text: 下降52.2%, at: 第一章/第一节}]}
  rate: {label: 每万人拥有消防员, stated: [{text: 每万人3.17名, at: 第一章/第二节}]}
  staff: {label: 专职人员, stated: [{text: 不足450人, at: 第一章/第二节}]}
  intact_now: {label: 消防设施完好率, stated: [{text: 87.5%, at: 第一章/第二节/完好率}]}
  stations: {label: 新建消防站, stated: [{text: 9个, at: 第二章/第一节}]}
  first: {label: 一级站, part_of: stations, stated: [{text: 4个, at: 第二章/第一节}]}
  second: {label: 二级站, part_of: stations, stated: [{text: 5个, at: 第二章/第一节}]}
  cars_new: {label: 新配消防车, stated: [{text: 31辆, at: 第二章/第一节}]}
  trained: {label: 培训人员, stated: [{text: 不少于6万人次, at: 第二章/第一节}]}
  hydrants: {label: 新建市政消火栓, stated: [{text: 1350个, at: 第二章/第二节}]}
  intact: {label: 完好率, stated: [{text: 98%以上, at: 第二章/第二节}]}
tables:
  tasks:
    title: 消火栓建设任务表
    at: 附表1
    columns: {no: {label: 序号, role: number}, town: {label: 镇街, role: name}, a: {label: 2021年, unit: 个}, b: {label: 2022年, unit: 个}, c: {label: 2023年, unit: 个}, remark: {label: 备注, role: text}}
    rows:
      - [1, 石桥镇, 120, 135, 150, 含老城区]
      - [2, 白塔镇, 88, 97, 110, ""]
      - [3, 青溪街道, 205, 215, 230, ""]
    total: ["", 合计, 413, 447, 490, ""]
lists:
  systems: {label: 制度, count: 三项, items: [值班, 巡查, 通报], at: 第二章/第一节}
milestones:
  done: {label: 新建消防站, stated: [{when: 到2025年, at: 第二章/第一节}]}
outline:
  - 第一章 发展基础: [第一节 主要成效, 第二节 存在问题]
  - 第二章 主要任务: [第一节 加强力量建设, 第二节 加强水源建设]
annexes: [附表1 消火栓建设任务表]
"""


def plan_of(text: str) -> Plan:
    plan, faults = build(parse("plan.yaml", text))
    assert faults == []
    return plan


def document_of(text: str) -> Document:
    return read_document("document.txt", text.encode())


def differences(plan: str = PLAN, document: str = DOCUMENT) -> tuple[Finding, ...]:
    return verify(plan_of(plan), document_of(document), "zh").findings


def told(plan: str = PLAN, document: str = DOCUMENT) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.message, finding.arguments["text"]) for finding in differences(plan, document)]


def test_a_faithful_plan_is_found_faithful() -> None:
    result = verify(plan_of(PLAN), document_of(DOCUMENT), "zh")
    assert result.findings == ()
    assert result.found == result.claimed == 31


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("text: 14个", "text: 41个", ("FA801", "near", "41个")),
        ("约2300个", "约3200个", ("FA801", "near", "约3200个")),
        ("2075.4万元", "2075.4亿元", ("FA801", "near", "2075.4亿元")),
        ("不足450人", "不足405人", ("FA801", "near", "不足405人")),
        ("下降52.2%", "下降25.2%", ("FA801", "near", "下降25.2%")),
        ("count: 三项", "count: 四项", ("FA801", "near", "四项")),
        ("text: 31辆, at: 第二章/第一节", "text: 31辆, at: 第一章/第二节", ("FA802", "message", "31辆")),
        ("when: 到2025年, at: 第二章/第一节", "when: 到2023年, at: 第二章/第一节", ("FA801", "message", "到2023年")),
        ("白塔镇, 88", "白塔镇, 89", ("FA804", "message", "89")),
        ("413, 447", "413, 474", ("FA804", "message", "474")),
        ("[值班, 巡查", "[值班, 巡逻", ("FA805", "item", "巡逻")),
        ("第二节 加强水源建设", "第二节 强化水源建设", ("FA805", "message", "第二节 强化水源建设")),
    ],
)
def test_one_change_is_one_finding(old: str, new: str, expected: tuple[str, str, str]) -> None:
    assert PLAN.count(old) == 1
    found = told(PLAN.replace(old, new))
    assert expected in found
    assert {code for code, _, _ in found} <= {expected[0], "FA803"}


def test_a_figure_that_the_plan_lacks_is_told_with_its_place() -> None:
    lost = "\n".join(line for line in PLAN.splitlines() if "cars_new" not in line) + "\n"
    (finding,) = differences(lost)
    assert (finding.code, finding.path, finding.at) == ("FA803", "document.txt", "第二章/第一节")
    assert "31辆" in message_of(finding, "zh") and "31辆" in message_of(finding, "en")
    assert finding.span.line == DOCUMENT.splitlines().index(next(line for line in DOCUMENT.splitlines() if "31辆" in line)) + 1


def test_what_is_left_out_on_purpose_is_not_told() -> None:
    lost = "\n".join(line for line in PLAN.splitlines() if "cars_new" not in line) + "\n"
    assert differences(lost + "left_out: [{text: 31辆, at: 第二章/第一节, because: 另有装备规划}]\n") == ()
    assert [code for code, _, _ in told(lost + "left_out: [{text: 31辆, at: 第一章, because: 另有装备规划}]\n")] == ["FA803"]


def test_all_that_is_left_out_is_left_out_however_often_it_stands_there() -> None:
    document = DOCUMENT.replace("三项制度。", "三项制度。" + "各镇另配巡逻艇77艘。" * 150)
    assert len(told(document=document)) == 150
    assert told(PLAN + "left_out: [{text: 77艘, at: 第二章/第一节, because: 另有装备规划}]\n", document) == []


def test_a_lost_row_and_a_lost_table_are_told() -> None:
    row = PLAN.replace('      - [2, 白塔镇, 88, 97, 110, ""]\n', "")
    assert [(code, text) for code, _, text in told(row)] == [("FA803", "88"), ("FA803", "97"), ("FA803", "110")]
    head, _, rest = PLAN.partition("tables:\n")
    assert len(told(head + "lists:" + rest.partition("lists:")[2])) == 12


def test_spelling_does_not_matter_but_value_does() -> None:
    other = DOCUMENT.replace("1,846起", "１８４６起").replace("14个", "14 个").replace("2075.4万元", "2,075.4 万元").replace("| 205 |", "| ２０５ |")
    assert differences(document=other) == ()
    assert told(document=DOCUMENT.replace("1,846起", "1,864起")) == [("FA801", "near", "1,846起")]


def test_columns_in_another_order_are_matched_by_content() -> None:
    document = DOCUMENT.replace("2021年（个） | 2022年（个）", "2022年（个） | 2021年（个）")
    for a, b in (("120", "135"), ("88", "97"), ("205", "215"), ("413", "447")):
        document = document.replace(f"| {a} | {b} |", f"| {b} | {a} |")
    assert differences(document=document) == ()


def test_a_table_that_the_plan_turns_round_is_matched_by_content() -> None:
    head, _, rest = PLAN.partition("    columns: {no:")
    turned = """    columns: {year: {label: 年份, role: year}, a: {label: 石桥镇, unit: 个}, b: {label: 白塔镇, unit: 个}, c: {label: 青溪街道, unit: 个}, all: {label: 合计, unit: 个}}
    rows:
      - [2021年, 120, 88, 205, 413]
      - [2022年, 135, 97, 215, 447]
      - [2023年, 150, 110, 230, 490]
"""
    turned = head + turned + "lists:" + rest.partition("lists:")[2]
    assert differences(turned) == ()
    assert told(turned.replace("135, 97", "135, 79"))[0][::2] == ("FA801", "79")


HAN = "一二三四五六七八九"


def changed(draw: random.Random, text: str) -> str:
    """One digit of a printed figure changed."""
    places = [i for i, c in enumerate(text) if c.isdigit() or c in HAN]
    if not places:
        return text
    place = draw.choice(places)
    digits = "123456789" if text[place].isdigit() else HAN
    return text[:place] + draw.choice([d for d in digits if d != text[place]]) + text[place + 1 :]


def unnoticed(plan_text: str, document: Document, draws: int, seed: int) -> tuple[int, list[str]]:
    """How many figures were changed, one at a time, and which changes made no new finding."""
    draw, lines = random.Random(seed), plan_text.split("\n")
    plan, _ = build(parse("plan.yaml", plan_text))
    material = gather(document)
    known = {(f.code, f.span, f.message) for f in verify(plan, document, "zh", material).findings}
    cells = [cell for cell in plan.cells.values() if not cell.quantity.missing]
    tried, missed = 0, []
    for cell in draw.sample(cells, len(cells)):
        span = cell.span
        line = lines[span.line - 1]
        token = line[span.column - 1 : span.end_column - 1]
        new = changed(draw, token)
        other, faults = build(
            parse("plan.yaml", "\n".join([*lines[: span.line - 1], line[: span.column - 1] + new + line[span.end_column - 1 :], *lines[span.line :]]))
        )
        if new == token or faults:
            continue
        tried += 1
        if not {(f.code, f.span, f.message) for f in verify(other, document, "zh", material).findings} - known:
            missed.append(f"{cell.name}: {token} → {new}")
        if tried == draws:
            break
    return tried, missed


def test_every_changed_figure_is_found() -> None:
    assert unnoticed(PLAN, document_of(DOCUMENT), 31, 1) == (31, [])


@pytest.mark.parametrize(("name", "seed"), [("lianzhou", "000_"), ("dongguan", "003_")])
def test_hand_made_plans_are_faithful_and_changes_in_them_are_found(name: str, seed: str) -> None:
    path = next(SEEDS.glob(f"{seed}*.txt"), None) if SEEDS.is_dir() else None
    if path is None:
        pytest.skip("the documents are not beside the repository")
    document = read_document(path.name, path.read_bytes())
    text = (ROOT / "plans" / f"{name}.yaml").read_text(encoding="utf-8")
    plan, _ = build(parse("plan.yaml", text))
    assert [(f.code, dict(f.arguments)) for f in verify(plan, document, "zh").findings] == []
    tried, missed = unnoticed(text, document, 50, 8)
    assert (tried, missed) == (50, [])


def test_a_figure_is_all_of_the_number_that_stands_there() -> None:
    assert times_in("190个", "共190个、1190个、0.190个") == 1
    assert times_in("十类", "二十类和十类") == 1
    assert times_in("5", "5.5和1,5和5") == 1


def test_places_know_what_a_plan_adds_of_its_own() -> None:
    places = Places(["第一章/第二节/3", "附表4/2", "第一章/第二节/3/脚注⑩", "第一章/第二节"], Work(1000))
    assert places.within("第一章/第二节/3/总数", "第一章/第二节/3")
    assert places.within("附表4/2022年", "附表4/2")
    assert places.within("第一章/第二节/脚注⑩", "第一章/第二节/3/脚注⑩")
    assert not places.within("第一章/第二节/3", "第一章/第二节")
    assert places.within("第一章/第二节/3", "第一章/第二节", lenient=True)
    assert not places.within("附表4", "第一章/第二节/3")


def test_messages_read_in_both_languages() -> None:
    plan = PLAN.replace("text: 14个", "text: 41个").replace("白塔镇, 88", "白塔镇, 89").replace("[值班, 巡查", "[值班, 巡逻")
    for lang in ("zh", "en"):
        for finding in verify(plan_of(plan), document_of(DOCUMENT), lang).findings:
            assert finding.arguments["text"] in message_of(finding, lang)


RUN = CliRunner()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    plan, document = tmp_path / "plan.yaml", tmp_path / "document.txt"
    plan.write_text(PLAN, encoding="utf-8")
    document.write_text(DOCUMENT, encoding="utf-8")
    return plan, document


def test_exit_codes_and_formats(files: tuple[Path, Path]) -> None:
    plan, document = files
    assert RUN.invoke(program(), ["verify", str(plan), "--source", str(document)]).exit_code == 0
    plan.write_text(PLAN.replace("白塔镇, 88", "白塔镇, 89").replace("  cars_new", "  # cars_new"), encoding="utf-8")
    shown = RUN.invoke(program(), ["verify", str(plan), "--source", str(document), "--lang", "zh"])
    assert shown.exit_code == 1
    assert "FA804" in shown.output and "“88”" in shown.output and "FA803" in shown.output and "31辆" in shown.output
    assert RUN.invoke(program(), ["verify", str(plan), "--source", str(document), "--fail-level", "never"]).exit_code == 0
    machine = RUN.invoke(program(), ["verify", str(plan), "--source", str(document), "--format", "json"])
    assert sorted(f["code"] for f in json.loads(machine.stdout)["findings"]) == ["FA803", "FA804"]


def test_a_plan_is_no_source_and_a_document_no_plan(files: tuple[Path, Path]) -> None:
    plan, document = files
    for arguments in (["verify", str(plan), "--source", str(plan)], ["verify", str(document), "--source", str(document)]):
        result = RUN.invoke(program(), arguments)
        assert getattr(result.exception, "key", "") in ("evidence.no_source", "evidence.no_plan")


def test_hostile_text_of_a_document_stays_text(files: tuple[Path, Path]) -> None:
    plan, document = files
    document.write_text(DOCUMENT.replace("新配消防车31辆", "新配\u202e消防\x1b[31m车##[error]77辆"), encoding="utf-8")
    shown = RUN.invoke(program(), ["verify", str(plan), "--source", str(document), "--lang", "en"]).output
    assert not any(c in shown for c in "\u202e\x1b") and "##[" not in shown


@pytest.mark.parametrize("most", [0, 1, 5, 20, 60, 100, 150, 300])
def test_a_comparison_that_is_cut_short_says_so_and_accuses_nobody(most: int) -> None:
    """The plan is faithful, but lacks a figure of the document: as long as not all has been looked for, that is unknown."""
    lost = plan_of("\n".join(line for line in PLAN.splitlines() if "cars_new" not in line) + "\n")
    whole = verify(lost, document_of(DOCUMENT), "zh")
    cut = verify(replace(lost, limits=Limits(max_lookups=most)), document_of(DOCUMENT), "zh")
    (told,) = cut.findings
    if told.code == "FA006":
        assert told.arguments["limit"] == str(most) and told.severity is Severity.ERROR
        assert cut.found + cut.open == whole.found and cut.open <= int(told.arguments["more"])
        assert cut.claimed == whole.claimed == whole.found
    else:
        assert most >= 150 and cut == whole


def test_a_cut_at_any_step_ends_in_what_the_whole_says() -> None:
    """What is said of a wrong plan before the work runs out is said by the whole comparison, too."""
    wrong = plan_of(PLAN.replace("text: 14个", "text: 41个").replace("白塔镇, 88", "白塔镇, 89").replace("[值班, 巡查", "[值班, 巡逻"))
    whole = {(f.code, f.arguments["text"]) for f in verify(wrong, document_of(DOCUMENT), "zh").findings}
    said = [verify(replace(wrong, limits=Limits(max_lookups=most)), document_of(DOCUMENT), "zh").findings for most in range(0, 400, 7)]
    assert all({(f.code, f.arguments["text"]) for f in findings if f.code != "FA006"} <= whole for findings in said)
    assert {len(findings) for findings in said} >= {1, len(whole)}


def test_findings_of_one_kind_are_counted_beyond_the_limit() -> None:
    lost = replace(plan_of(PLAN), limits=Limits(max_findings=3))
    found = verify(lost, document_of("没有内容。\n"), "zh").findings
    assert [f.code for f in found].count("FA801") == 3
    assert {(f.arguments["rule"], f.arguments["more"]) for f in found if f.code == "FA006"} == {("FA801", "29"), ("FA805", "7")}


def test_nothing_of_the_plan_is_needed(files: tuple[Path, Path]) -> None:
    empty = replace(plan_of(PLAN), facts={}, tables={}, lists={}, indicators={}, milestones={}, outline=(), annexes=())
    assert {f.code for f in verify(empty, document_of(DOCUMENT), "zh").findings} == {"FA803"}
    assert {f.code for f in verify(plan_of(PLAN), document_of("没有内容。\n"), "zh").findings} == {"FA801", "FA805"}
