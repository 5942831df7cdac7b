"""The page: what holds of its text always, and what a reader does with it in a real browser."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from test_outputs import AUDITS, HOSTILE, each, in_both

from fireaudit.app import Audit, Audited, Options, audit_text
from fireaudit.files import CannotAudit
from fireaudit.findings import Acceptance, Accepted
from fireaudit.messages import message_of
from fireaudit.outputs import render
from fireaudit.plan.model import Indicator
from fireaudit.reports import html as reports_html
from fireaudit.reports import plots
from fireaudit.reports.html import Desk
from fireaudit.reports.quote import plain
from fireaudit.words import dossier, html

ROOT = Path(__file__).parent.parent
HEAD = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n"
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """The page as a parser sees it: elements with their attributes, texts outside scripts and styles, tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text.encode("utf-8", "backslashreplace").decode("utf-8")
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inside: list[str] = []
        self.texts: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.unbalanced: list[str] = []
        self.comments: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.inside.append(tag)
        if tag in self.raw:
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if not self.inside or self.inside.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] in self.raw:
            self.raw[self.inside[-1]][-1] += data
        else:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    @cached_property
    def data(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.raw["script"][0])
        return loaded

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


READ: dict[tuple[int, str], Page] = {}


def page(found: Audit, lang: str = "zh") -> Page:
    """The page of an audit, read once."""
    if (id(found), lang) not in READ or not any(found is known for known in AUDITS.values()):
        READ[id(found), lang] = Page(render("html", found, lang))
    return READ[id(found), lang]


def of_text(body: str) -> Audited:
    return audit_text("plan.yaml", (HEAD + body).encode(), Options())


# What holds of every page


@each
@in_both
def test_the_page_is_well_formed_and_its_links_lead_somewhere(found: Audit, lang: str) -> None:
    read = page(found, lang)
    assert not read.unbalanced and read.inside == [] and not read.comments
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in read.values("href")} <= set(ids)
    for name in ("aria-controls", "aria-labelledby"):
        assert set(read.values(name)) <= set(ids)
    assert {"header", "main", "aside", "footer"} <= {tag for tag, _ in read.elements}


@each
@in_both
def test_nothing_of_a_plan_is_live_in_the_page(found: Audit, lang: str) -> None:
    read = page(found, lang)
    text = read.source
    names = {name for _, attributes in read.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")} and not names & {"style", "src", "srcset", "action", "background", "srcdoc"}
    assert all(href.startswith("#") for href in read.values("href"))
    assert not {tag for tag, _ in read.elements} & {"img", "iframe", "object", "embed", "base", "link", "video", "audio", "b-b", "template", "a-b"}
    assert len(read.raw["script"]) == 2 and len(read.raw["style"]) == 1
    assert not re.search("[<>&]", read.raw["script"][0])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]", text)
    assert "##" not in text and not any(line.lstrip().startswith("::") for line in text.splitlines())


@each
def test_only_the_style_and_the_script_of_the_page_may_run(found: Audit) -> None:
    read = page(found)
    (policy,) = [a["content"] for _, a in read.elements if a.get("http-equiv") == "Content-Security-Policy"]
    told = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for kind, text in (("style-src", read.raw["style"][0]), ("script-src", read.raw["script"][1])):
        assert told[kind] == f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
    assert told["default-src"] == "'none'" and told["require-trusted-types-for"] == "'script'"
    assets = ROOT / "fireaudit" / "reports" / "desk"
    for name in ("page.html", "desk.css", "desk.js"):
        asset = (assets / name).read_text(encoding="utf-8")
        assert not re.search(r"https?:|//[a-z]|@import|url\(|innerHTML|outerHTML|insertAdjacent|document\.write|eval|fetch\(|XMLHttp", asset), name


def test_hostile_text_is_there_to_be_read() -> None:
    read = page(AUDITS["hostile"])
    seen = " ".join(read.text.split())
    for piece in HOSTILE:
        assert plain(piece) in seen
    figures = read.data["plans"][0]["figures"]
    assert {plain(piece) for piece in HOSTILE} <= {figure["label"] for figure in figures} | {figure["text"] for figure in figures}


@each
def test_every_figure_is_drawn_once_and_known_to_the_panel(found: Audit) -> None:
    read = page(found)
    data = read.data["plans"]
    homes = [a for tag, a in read.elements if tag == "button" and re.fullmatch(r"p\d+c\d+", a.get("id", ""))]
    assert sorted(a["id"] for a in homes) == sorted(f"p{p}c{c}" for p, plan in enumerate(data) for c in range(len(plan["figures"])))
    for p, plan in enumerate(data):
        assert [figure["name"] for figure in plan["figures"]] == [plain(name) for name in found.plans[p].plan.cells]
        for figure in plan["figures"]:
            assert all(number < len(plan["relations"]) for number in figure.get("relations", []))
            assert all(href in read.values("id") for href, _ in figure.get("cases", []))


@each
def test_without_a_script_every_finding_is_there_in_both_languages(found: Audit) -> None:
    read = page(found)
    seen = " ".join(read.text.split())
    shown = [a for tag, a in read.elements if "finding" in a.get("class", "").split()]
    assert len(shown) == len(found.findings)
    for finding in found.findings:
        for lang in ("zh", "en"):
            parts = [finding.arguments["check"], finding.arguments["label"]] if finding.code == "FA203" else [message_of(finding, lang)]
            assert all(plain(part) in seen for part in parts)
        assert finding.derivation is None or plain(finding.derivation) in seen


def test_both_plans_fit_into_a_mail() -> None:
    for lang in ("zh", "en"):
        assert len(page(AUDITS["plans"], lang).source.encode()) < 1_000_000


def test_the_same_audit_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for seed in ("0", "1"):
        target = tmp_path / f"{seed}.html"
        command = [sys.executable, "-m", "fireaudit", "check", "plans", "--lang", "zh", "--fail-level", "never", "--output", f"html:{target}"]
        subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        made.append(target.read_bytes())
    assert made[0] == made[1] == page(AUDITS["plans"]).source.encode().replace(str(ROOT).encode() + b"/", b"")


def test_the_languages_differ_only_in_which_is_shown_first() -> None:
    zh, en = page(AUDITS["plans"], "zh"), page(AUDITS["plans"], "en")
    assert zh.data == en.data
    assert [tag for tag, _ in zh.elements] == [tag for tag, _ in en.elements]
    assert zh.elements[0][1]["lang"] == "zh-CN" and en.elements[0][1]["lang"] == "en"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"fireaudit: [\n", "没有读出的部分未核对"),
        (b"\xff\xfe\xff", "没有读出的部分未核对"),
        (HEAD.encode(), "规划中没有数"),
        ((HEAD + "quantities: {a: {stated: [1个]}}\n").encode(), "没有发现矛盾"),
    ],
)
def test_silence_is_told_from_a_clean_result(text: bytes, said: str) -> None:
    seen = page(Audit((audit_text("x.yaml", text, Options()),))).text
    assert [known for known in ("没有读出的部分未核对", "规划中没有数", "没有发现矛盾") if known in seen] == [said]


def test_every_word_of_the_page_is_used() -> None:
    package = ROOT / "fireaudit" / "reports"
    said = "".join(path.read_text(encoding="utf-8") for path in [*package.glob("*.py"), *(package / "desk").iterdir()])
    made = ("key_", "family_", "by_", "must_", "change_", "verdict_", "reads_", "play")
    for words in (html.WORDS, dossier.WORDS):
        assert [key for key in words if f'"{key}"' not in said and f".{key}" not in said and not key.startswith(made)] == []


def test_accepted_findings_are_listed_with_their_reasons() -> None:
    audited = of_text("quantities: {a: {label: 站, stated: [{text: 3个, at: 一}, {text: 4个, at: 二}]}}\n")
    (finding,) = audited.findings
    accepted = Accepted(finding, Acceptance("comment", "口径不同 <b>", "2026-12-31"))
    read = page(Audit((replace(audited, findings=(), cases=(), accepted=(accepted,)),)))
    assert "口径不同 <b>" in read.text and "2026-12-31" in read.text and "规划文件中的批注" in read.text
    assert not [a for _, a in read.elements if "finding" in a.get("class", "").split()]
    assert any("口径不同" in str(figure.get("accepted")) for figure in read.data["plans"][0]["figures"])


def test_the_worst_comes_first_and_names_the_figure_to_correct() -> None:
    text = "tables:\n  t: {columns: {n: {role: name}, x: {label: 站}}, rows: [[甲, 1], [乙, 2]], total: [合计, 9]}\nlists: {l: {label: 单, count: 3项, items: [a, b]}}\n"
    mild = of_text("quantities: {a: {label: 甲, severity: warning, stated: [3个, 4个]}}\n")
    grave = of_text(text)
    seen = page(Audit((mild, grave))).text
    assert seen.index("印出的合计与各行之和不符") < seen.index("与别处所述不一")
    assert "3 处" not in seen


# How figures look


def standings(audited: Audited) -> dict[str, str]:
    return {name: figure.standing for name, figure in Desk(0, audited).figures.items()}


def test_the_figure_to_blame_is_told_from_those_beside_it() -> None:
    body = "tables:\n  t:\n    columns: {n: {role: name}, x: {label: 甲}, y: {label: 乙}, s: {label: 和}}\n"
    body += "    rows: [[a, 1, 2, 3], [b, 3, 4, 7]]\n    total: [合计, 4, 6, 11]\n    checks: [x + y == s]\n"
    found = standings(of_text(body))
    assert found["total(t.s)"] == "suspect" and found["total(t.x)"] == "involved" and found['t["a"].x'] == "exact"
    tied = standings(of_text("quantities: {a: {stated: [3个]}, b: {stated: [4个]}, c: {stated: [5个]}}\nchecks: [a == b]\n"))
    assert tied == {"a": "candidate", "b": "candidate", "c": "untouched"}


def test_only_the_figure_that_rounding_saves_is_marked_so() -> None:
    found = standings(of_text("tables:\n  t: {columns: {n: {role: name}, x: 甲}, rows: [[a, 0.60], [b, 0.25]], total: [合计, 0.86]}\n"))
    assert found == {'t["a"].x': "exact", 't["b"].x': "exact", "total(t.x)": "rounding"}


# Plots


def indicator(entry: str) -> Indicator:
    return of_text(f"indicators: {{a: {entry}}}\n").plan.indicators["a"]


def test_a_trajectory_draws_intervals_as_bands_and_bounds_as_arrows() -> None:
    plot = plots.trajectory(indicator("{label: 率, baseline: 0.5, targets: {2023: 0.6-0.8, 2025: ≥0.9, 2030: ≤1.5}}"))
    assert plot is not None and not plot.bars
    start, spread, least, most = plot.points
    assert [point.label for point in plot.points] == [plots.BASELINE, "2023", "2025", "2030"]
    assert spread.band is not None and spread.band[0] < spread.y < spread.band[1]
    assert (start.arrow, spread.arrow, least.arrow, most.arrow) == (0, 0, 1, -1) and least.band is None
    assert start.y > spread.y > least.y > most.y and len({point.x for point in plot.points}) == 4


@pytest.mark.parametrize(
    "entry",
    [
        "{label: 率, baseline: 0.5}",
        "{label: 率, baseline: 0.5, targets: {2025: 下降10%}}",
        '{label: 率, baseline: "-", targets: {2025: 1}}',
        "{label: 率, baseline: 1公里, targets: {2025: 1元}}",
    ],
)
def test_what_cannot_be_compared_is_not_drawn(entry: str) -> None:
    assert plots.trajectory(indicator(entry)) is None


def test_yearly_figures_are_drawn_from_rows_and_from_columns() -> None:
    tables = of_text(
        "tables:\n"
        "  rows: {columns: {y: {role: year}, a: {label: 栓, unit: 个}}, rows: [[2021年, 20], [2022年, -5], [2023年, 40]]}\n"
        "  across: {title: 表, columns: {n: {role: name}, a: {label: 2021年建}, b: {label: 2022年建}}, rows: [[甲, 1, 2], [乙, 3, 4]], total: [合计, 4, 6]}\n"
        "  flat: {columns: {y: {role: year}, a: {label: 栓}}, rows: [[2021年, 0], [2022年, 0]]}\n"
    ).plan.tables
    (rows,) = plots.schedules(tables["rows"])
    assert [p.cell.text for p in rows.points] == ["20", "-5", "40"] and rows.points[1].y > rows.floor > rows.points[2].y
    (across,) = plots.schedules(tables["across"])
    assert (across.title, [(p.label, p.cell.text) for p in across.points]) == ("建", [("2021", "4"), ("2022", "6")])
    (flat,) = plots.schedules(tables["flat"])
    assert {p.y for p in flat.points} == {flat.floor}


# In a browser

BROWSER, DRIVER = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
in_browser = pytest.mark.skipif(not (BROWSER and DRIVER), reason="needs chromium and chromedriver (apt-get install chromium chromium-driver)")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --lang=en --window-size=1440,1000"
)


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for flag in (*FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield started
    started.quit()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for name in ("plans", "hostile", "broken", "none"):
        made[name] = folder / f"{name}.html"
        made[name].write_text(page(AUDITS[name]).source, encoding="utf-8")
    made["printed"] = folder / "printed.html"
    made["printed"].write_text(page(PRINTED).source, encoding="utf-8")
    return made


class Reader:
    """Someone at the page."""

    def __init__(self, driver: Any, path: Path) -> None:
        self.driver = driver
        driver.get("about:blank")
        driver.get(path.as_uri())

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.driver.find_elements("css selector", selector)
        return found

    def one(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def click(self, selector: str) -> None:
        element = self.one(selector)
        self.run("arguments[0].scrollIntoView({block: 'center', inline: 'center'})", element)
        element.click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def shown(self, selector: str) -> int:
        return sum(element.is_displayed() for element in self.all(selector))

    @property
    def focus(self) -> Any:
        return self.driver.switch_to.active_element

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture
def reader(driver: Any, files: dict[str, Path]) -> Iterator[Reader]:
    read = Reader(driver, files["plans"])
    yield read
    assert read.complaints() == []


@in_browser
@pytest.mark.parametrize("name", ["plans", "hostile", "broken", "none"])
def test_the_page_opens_from_a_file_and_asks_for_nothing_else(driver: Any, files: dict[str, Path], name: str) -> None:
    read = Reader(driver, files[name])
    assert read.run("return performance.getEntriesByType('resource').length") == 0
    assert read.complaints() == []
    assert read.run("return document.documentElement.classList.contains('live')")


@in_browser
def test_a_click_on_a_figure_tells_its_dossier_and_the_others_of_its_relations(reader: Reader) -> None:
    reader.click(".printed .s-suspect")
    panel = reader.one("#dossier")
    assert "16" in panel.text and "正好是 16个" in panel.text and "16 → 15" in panel.text
    assert "29 + 33 + 16 + 7 = 85个 ≠ 84" in panel.text
    assert reader.focus.get_attribute("id") == "panel"
    chip = reader.one("#dossier .relation:last-child .f, #dossier ul.relations li:last-child .f")
    said = chip.text
    chip.click()
    assert reader.one("#dossier .big").text == said
    assert reader.one("main .f.open[id]").text == said
    reader.press("\ue00c")
    assert not reader.one("#dossier").text and "s-suspect" in reader.focus.get_attribute("class")


@in_browser
def test_a_case_is_reached_from_the_list_of_the_worst_and_from_a_figure(reader: Reader) -> None:
    reader.click(".worst li a")
    assert reader.focus.tag_name == "summary" and "16" in reader.run("return arguments[0].parentElement.textContent", reader.focus)
    reader.click(".printed .s-suspect")
    reader.click("#dossier .cases a")
    assert reader.focus.tag_name == "summary"


@in_browser
def test_the_keyboard_does_it_all(reader: Reader) -> None:
    reader.press("j")
    first = reader.focus
    assert first.tag_name == "summary"
    reader.press("j")
    assert "finding" in reader.focus.get_attribute("class")
    reader.press("k")
    assert reader.focus == first
    reader.press("/")
    assert reader.focus.get_attribute("id") == "text"
    reader.press("j")
    assert reader.focus.get_attribute("value") == "j"
    reader.press("\ue00c")
    assert reader.focus.get_attribute("value") == ""
    reader.press("\ue00c", "?")
    assert reader.one("#help").is_displayed()
    reader.press("\ue00c")
    assert not reader.one("#help").is_displayed()
    reader.run("document.querySelector('.printed tbody td .f').focus()")
    reader.press("\ue014", "\ue015")
    assert reader.focus.get_attribute("id") == reader.all(".printed tbody tr")[1].find_elements("css selector", ".f")[1].get_attribute("id")
    reader.press("\ue007")
    assert reader.one("#dossier .big").text == reader.one(".f.open[id]").text


@in_browser
def test_the_filter_narrows_by_severity_family_and_text(reader: Reader) -> None:
    every = len(reader.all("#plan0 .finding"))
    errors = len(reader.all("#plan0 .finding.error"))
    assert reader.shown("#plan0 .finding") == every > errors > 0
    for box in reader.all('input[name="severity"]')[1:]:
        reader.run("arguments[0].click()", box)
    assert reader.shown("#plan0 .finding") == errors and reader.shown("#plan0 .case.warning") == 0
    assert str(errors) in reader.one("#shown").text
    for box in reader.all('input[name="severity"]')[1:]:
        reader.run("arguments[0].click()", box)
    reader.one('#family option[value="FA5"]').click()
    assert {f.get_attribute("data-family") for f in reader.all("#plan0 .finding") if f.is_displayed()} == {"FA5"}
    reader.one('#family option[value=""]').click()
    reader.one("#text").send_keys("消防站密度")
    assert reader.shown("#plan0 .case") == 1 and 0 < reader.shown("#p0-facts .row") < len(reader.all("#p0-facts .row"))
    reader.one("#text").send_keys("没有的字")
    assert reader.shown(".finding") == 0 and "没有符合" in reader.one("#shown").text
    reader.press("\ue00c")
    assert reader.shown("#plan0 .finding") == every and reader.one("#shown").text == ""


@in_browser
def test_the_language_changes_in_the_page(reader: Reader) -> None:
    reader.click(".printed .s-suspect")
    assert "先看这里" in reader.one("main").text and "读法" in reader.one("#dossier").text
    reader.click("#language")
    assert "Start here" in reader.one("main").text and "先看这里" not in reader.one("main").text
    assert "exactly 16个" in reader.one("#dossier").text and reader.one("html").get_attribute("lang") == "en"
    assert reader.one(".printed .s-suspect").get_attribute("title") == "likeliest misprint"
    assert reader.one("#text").get_attribute("placeholder").startswith("Search")
    reader.press("l")
    assert "先看这里" in reader.one("main").text


@in_browser
def test_dark_as_the_system_has_it_and_as_the_reader_wants_it(reader: Reader) -> None:
    def paper() -> str:
        return str(reader.run("return getComputedStyle(document.body).backgroundColor"))

    light = paper()
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    dark = paper()
    assert dark != light
    reader.click("#theme")
    assert paper() == light
    reader.press("d")
    assert paper() == dark
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@in_browser
def test_one_plan_at_a_time_and_figures_coloured_by_coverage(reader: Reader) -> None:
    assert reader.one("#plan0").is_displayed() and not reader.one("#plan1").is_displayed()
    reader.click("#tab1")
    assert reader.one("#plan1").is_displayed() and not reader.one("#plan0").is_displayed()
    reader.press("\ue012")
    assert reader.one("#plan0").is_displayed() and reader.focus.get_attribute("id") == "tab0"

    def ground() -> str:
        return str(reader.run("return getComputedStyle(document.querySelector('#p0-tables .c-crossed.s-exact')).backgroundColor"))

    before = ground()
    reader.click('#p0-tables [data-set="cover"]')
    assert ground() != before


@in_browser
def test_a_narrow_screen_needs_no_sideways_scrolling(reader: Reader) -> None:
    reader.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 380, "height": 800, "deviceScaleFactor": 1, "mobile": True})
    try:
        assert reader.run("return document.documentElement.scrollWidth") <= 380
        assert not reader.one("#panel").is_displayed()
        numbers = [each for each in reader.all(".source .number") if each.is_displayed()]
        lines = "const text = document.createRange(); text.selectNodeContents(arguments[0]); return text.getClientRects().length"
        assert numbers and all(reader.run(lines, each) == 1 for each in numbers)
        reader.click(".case .f")
        panel = reader.one("#panel")
        assert panel.is_displayed() and panel.rect["width"] == 380 and panel.rect["height"] <= 800 * 3 / 4
        reader.click("#panel .close")
        assert not panel.is_displayed()
    finally:
        reader.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def wide() -> str:
    """A table that needs a page on its side, with a total that is wrong in its last column."""
    columns = ", ".join(f"c{number}: {{label: 第{number}类消防站, unit: 个}}" for number in range(1, 12))
    rows = ", ".join(f"[{town}镇, {', '.join(str(number) for number in range(1, 12))}]" for town in "甲乙丙丁")
    total = ", ".join(str(4 * number) for number in range(1, 11))
    return f"tables:\n  t: {{title: 分解表, columns: {{town: {{label: 镇, role: name}}, {columns}}}, rows: [{rows}], total: [合计, {total}, 45]}}\n"


PRINTED = Audit((of_text(wide()), of_text("quantities: {a: {label: 消火栓, stated: [{text: 190个, at: 一}, {text: 200个, at: 二}]}}\n")))


def squeezed(text: str) -> str:
    """Without spaces, and with the compatibility characters that fonts put into a PDF undone."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@in_browser
def test_it_prints_on_a4_with_every_case_open_and_no_controls(driver: Any, files: dict[str, Path]) -> None:
    from pypdf import PdfReader

    reader = Reader(driver, files["printed"])
    reader.run("document.querySelectorAll('.case').forEach((found) => { found.open = false; })")
    reader.one("#text").send_keys("没有的字")
    printed = reader.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    document = PdfReader(io.BytesIO(base64.b64decode(printed["data"])))
    sizes = [(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in document.pages]
    assert {tuple(sorted(size)) for size in sizes} == {(595, 842)} and (842, 595) in sizes
    text = squeezed("".join(sheet.extract_text() for sheet in document.pages))
    for plan in PRINTED.plans:
        assert squeezed(plan.plan.title) in text
        for finding in plan.findings:
            assert squeezed(message_of(finding, "zh")) in text and squeezed(finding.derivation or "") in text
    assert "没有的字" not in text and "English" not in text and "点任何一个数" not in text
    assert reader.shown(".case .finding") == 0 and reader.complaints() == []


@in_browser
def test_hostile_text_stays_text_in_every_dossier(driver: Any, files: dict[str, Path]) -> None:
    read = Reader(driver, files["hostile"])
    elements = "return document.querySelectorAll('img, iframe, b b, [onerror], [onclick]').length"
    data = page(AUDITS["hostile"]).data["plans"][0]
    for index in range(0, len(data["figures"]), 7):
        read.run("document.getElementById('p0c' + arguments[0]).click()", index)
        assert read.run("return document.querySelector('#dossier .lead').textContent") == data["figures"][index]["label"]
        assert read.run(elements) == 0
    assert read.complaints() == []


def test_a_page_that_no_browser_would_bear_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports_html, "MOST_BYTES", 10_000)
    with pytest.raises(CannotAudit) as refused:
        render("html", AUDITS["plans"], "zh")
    assert refused.value.key == "html_too_long" and refused.value.arguments == {"limit": "10000"}
