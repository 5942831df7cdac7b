"""Settings, accepted findings and baselines, as a repository uses them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from fireaudit.accept import Known, comments, read_baseline
from fireaudit.app import Audit, Audited, Options, audit, audit_text
from fireaudit.config import BadSettings, Settings, read_settings
from fireaudit.files import CannotAudit
from fireaudit.findings import Severity
from fireaudit.outputs import FORMATS, render
from fireaudit.plan.source import parse
from fireaudit.scope import today

ROOT = Path(__file__).parent.parent
HEAD = "fireaudit: 1\nplan: {title: 例}\n"
CLASH = HEAD + "quantities:\n  a: {label: 站, stated: [3个, 4个]}\n"
TOTALS = HEAD + "tables:\n  t:\n    columns: {n: {role: name}, x: 甲数, y: 乙数}\n    rows: [[甲, 1, 2], [乙, 1, 2]]\n    total: [合计, 3, 5]\n"
DAY = date(2026, 6, 1)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A folder with the given files in it, the working directory of the test."""
    monkeypatch.chdir(tmp_path)

    def fill(**files: str) -> Path:
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_toml", ".toml").replace("_yaml", ".yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return fill


def check(*paths: str, **options: object) -> Audit:
    return audit(paths or ["."], Options(today=DAY, **options))  # type: ignore[arg-type]


def codes(audited: Audit | Audited) -> list[str]:
    return sorted(finding.code for finding in audited.findings)


def of(text: str) -> Audited:
    return audit_text("p.yaml", text.encode(), Options(today=DAY))


# Settings


def test_settings_are_found_upward_and_the_nearest_counts(repo: Callable[..., Path]) -> None:
    repo(fireaudit_toml='ignore = ["FA3"]', a__p_yaml=CLASH, b__fireaudit_toml='ignore = ["FA5"]', b__c__p_yaml=CLASH)
    assert [codes(plan) for plan in check().plans] == [[], ["FA301"]]
    assert codes(check(isolated=True)) == ["FA301", "FA301"]
    assert codes(check("a", config="b/fireaudit.toml")) == ["FA301"]


def test_pyproject_counts_only_with_a_section_of_ours(repo: Callable[..., Path]) -> None:
    repo(pyproject_toml='[tool.fireaudit]\nignore = ["FA301"]', a__pyproject_toml="[tool.other]\nx = 1", a__p_yaml=CLASH)
    assert codes(check()) == []
    repo(fireaudit_toml="")
    assert codes(check()) == ["FA301"]


def test_the_more_specific_of_select_and_ignore_counts() -> None:
    settings = Settings(select=("FA2", "FA301"), ignore=("FA203", "FA3"))
    assert [code for code in ("FA201", "FA203", "FA301", "FA302", "FA401") if settings.applies(code)] == ["FA201", "FA301"]
    assert not Settings(select=("FA2",), ignore=("FA2",)).applies("FA201")


def test_what_could_not_be_read_is_said_whatever_the_settings(repo: Callable[..., Path]) -> None:
    repo(fireaudit_toml='ignore = ["FA"]', p_yaml="fireaudit: [\n")
    assert codes(check()) == ["FA001"]


def test_a_rule_left_out_states_nothing_and_the_report_says_so(repo: Callable[..., Path]) -> None:
    repo(fireaudit_toml='ignore = ["FA301"]', p_yaml=CLASH)
    found = check()
    assert sum(found.plans[0].counts().values()) == 0 and len(found.plans[0].unchecked()) == 2
    assert "FA301" in render("text", found, "en").splitlines()[-1]
    (plan,) = json.loads(render("json", found, "en"))["plans"]
    assert plan["not_applied"] == ["FA301"]
    assert 'skipped message="rules not applied, by the settings: FA301"' in render("junit", found, "en")


def test_severities_fail_levels_and_languages(repo: Callable[..., Path]) -> None:
    repo(fireaudit_toml='severity = {FA3 = "note", FA301 = "warning"}\nlang = "zh"\nfail-level = "warning"', p_yaml=CLASH)
    found = check()
    assert [f.severity for f in found.findings] == [Severity.WARNING] and found.plans[0].cases[0].severity is Severity.WARNING
    assert found.fails() and not found.fails("error") and not found.fails("never") and found.lang == "zh"


def test_a_note_of_rounding_stays_a_note(repo: Callable[..., Path]) -> None:
    repo(fireaudit_toml='severity = {FA2 = "error"}', p_yaml=TOTALS.replace("甲, 1,", "甲, 1.04,").replace("乙, 1,", "乙, 1.04,").replace("3, 5", "2.09, 4"))
    assert [f.severity for f in check().findings] == [Severity.NOTE]


def test_settings_by_file(repo: Callable[..., Path]) -> None:
    repo(fireaudit_toml='[per-file."old/*"]\nignore = ["FA301"]\nfail-level = "never"', old__x__p_yaml=CLASH, new__p_yaml=CLASH)
    found = check()
    assert [(plan.source.path, codes(plan), plan.settings.fail_level) for plan in found.plans] == [
        ("./new/p.yaml", ["FA301"], None),
        ("./old/x/p.yaml", [], "never"),
    ]


def test_rounding_and_names_of_the_settings(repo: Callable[..., Path]) -> None:
    cut = HEAD.replace("例", "例, jurisdiction: {code: '9'}") + "quantities:\n  t: {stated: ['0.09']}\n  a: {stated: ['0.5']}\n  b: {stated: ['0.5']}\n"
    cut += "checks: [a - b == t]\nnames: [{name: 丙镇}]\n"
    repo(p_yaml=cut, etc__n_json='{"code": "9", "names": ["丁镇"]}')
    (Path("etc/n_json")).rename("etc/n.json")
    assert [f.severity for f in check().findings] == [Severity.NOTE]
    repo(fireaudit_toml='rounding = "exact"\nnames = ["etc/n.json"]')
    assert [(f.code, f.severity) for f in check().findings] == [("FA203", Severity.ERROR), ("FA601", Severity.WARNING)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selct = []", "fireaudit.toml:1: unknown setting “selct”; is “select” meant?"),
        ("\nzzzz = 1", "fireaudit.toml:2: unknown setting “zzzz”; there are:"),
        ('select = ["FA9x"]', "select item 1: “FA9x” should be the code of a rule or a family"),
        ('ignore = ["FA777"]', "no rule or family “FA777”"),
        ('[severity]\nFA301 = "grave"', "fireaudit.toml:2: severity/FA301: “grave” should be one of error, warning, note"),
        ("select = ", "not valid TOML"),
        ("[[accept]]\nfingerprint = '0123456789abcdef'", "accept item 1 lacks “reason”"),
        (
            "[[accept]]\nfingerprint = '0123456789abcdef'\nreason = 'x'\nuntil = '2026-13-01'",
            "accept item 1/until: “2026-13-01” should be a date, as 2026-12-31",
        ),
        ("x = " + "[" * 5000, "not valid TOML"),
    ],
)
def test_settings_that_cannot_be_used_are_one_line_and_exit_code_2(repo: Callable[..., Path], text: str, said: str) -> None:
    folder = repo(fireaudit_toml=text, p_yaml=CLASH)
    done = subprocess.run([sys.executable, "-m", "fireaudit", "check", str(folder), "--lang", "en"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 2 and done.stdout == "" and len(done.stderr.splitlines()) == 1 and said in done.stderr


def test_unknown_codes_on_the_command_line_and_missing_files(repo: Callable[..., Path]) -> None:
    repo(p_yaml=CLASH)
    for options in ({"select": ("FB2",)}, {"ignore": ("",)}, {"config": "none.toml"}, {"baseline": "none.json"}):
        with pytest.raises(CannotAudit):
            check(**options)


def test_settings_schema_says_what_the_reader_takes() -> None:
    schema = json.loads((ROOT / "schemas" / "settings.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    text = "\n".join(
        [
            'select = ["FA"]', 'ignore = ["FA502"]', 'fail-level = "note"', 'lang = "zh"', 'rounding = "truncated"', 'names = ["n.json"]', 'baseline = "b.json"',
            'severity = {FA3 = "note"}', '[per-file."a/*"]', 'select = ["FA2"]', "[[accept]]", 'fingerprint = "0123456789abcdef"', 'reason = "r"',
            "until = 2026-12-31", 'path = "p.yaml"',
        ]
    )  # fmt: skip
    settings = read_settings("fireaudit.toml", text)
    assert settings is not None and set(schema["properties"]) == {
        "select",
        "ignore",
        "fail-level",
        "lang",
        "rounding",
        "names",
        "baseline",
        "severity",
        "per-file",
        "accept",
        "limits",
    }
    assert settings.accept[0].until == date(2026, 12, 31) and settings.accept[0].line == 12 and settings.per_file[0][1].select == ("FA2",)
    with pytest.raises(BadSettings):
        read_settings("fireaudit.toml", "until = 1")


# Comments


@pytest.mark.parametrize(
    "comment",
    [
        "# fireaudit: accept FA301: 两处口径不同",
        "#fireaudit:accept FA301 until 2026-06-01: x",
        "# fireaudit：接受 FA301 至 2026-12-31：两处口径不同",
        "# fireaudit: accept FA205, FA301 “4个”: x",
        '# fireaudit: accept FA301 "4个" until 2027-01-01: x: y',
        "# Fireaudit: Accept fa301 Until 2026-06-01: x",
        '# fireaudit: accept FA301 "4个≠3个": x',
        "# fireaudit：接受 FA301 “4个 != 3 个” 至 2026-12-31：x",
        "# another remark # fireaudit: accept FA301: x",
    ],
)
def test_a_comment_at_the_figure_accepts_its_finding(comment: str) -> None:
    behind = of(CLASH.rstrip() + f"  {comment}\n")
    before = of(CLASH.replace("  a: {", f"  {comment}\n\n  # anything\n  a: {{"))
    for found in (behind, before):
        assert codes(found) == [] and [a.finding.code for a in found.accepted] == ["FA301"] and found.cases == ()
        assert found.accepted[0].acceptance.by == "comment" and found.accepted[0].acceptance.reason


@pytest.mark.parametrize(
    ("comment", "code", "key"),
    [
        ("accept FA301", "FA905", "reason"),
        ("accept FA301:  ", "FA905", "reason"),
        ("accept: x", "FA905", "message"),
        ("acept FA301: x", "FA905", "message"),
        ("accept FA310: x", "FA905", "code"),
        ("accept FA3: x", "FA905", "family"),
        ("accept FA20: x", "FA905", "family"),
        ('accept FA301 "4个≠5个": x', "FA904", "changed"),
        ("accept FA301 until 2026-02-30: x", "FA905", "date"),
        ("accept FA301 until tomorrow: x", "FA905", "date"),
        ("accept FA201: x", "FA904", "message"),
        ('accept FA301 "3个": x', "FA904", "message"),
        ("accept FA301 until 2026-05-31: x", "FA903", "message"),
    ],
)
def test_a_comment_that_accepts_nothing_is_a_finding_at_the_comment(comment: str, code: str, key: str) -> None:
    text = CLASH.rstrip() + f"  # fireaudit: {comment}\n"
    found = of(text)
    assert codes(found) == ["FA301", code] and not found.accepted
    said = next(f for f in found.findings if f.code == code)
    assert said.message == key and (said.span.line, said.span.column) == (4, text.splitlines()[3].index("#") + 1)


def test_a_comment_speaks_of_one_figure_where_it_names_it() -> None:
    all_of_the_row = of(TOTALS.rstrip() + "  # fireaudit: accept FA201: 合计另有来源\n")
    one = of(TOTALS.rstrip() + "  # fireaudit: accept FA201 “3”: 合计另有来源\n")
    assert codes(all_of_the_row) == [] and len(all_of_the_row.accepted) == 2
    assert [f.actual for f in one.findings] == ["5"] and [a.finding.actual for a in one.accepted] == ["3"]
    assert [len(case.findings) for case in one.cases] == [1]


def test_a_comment_that_names_both_figures_covers_nothing_else() -> None:
    mark = "  # fireaudit: accept FA201 “3≠2”: x"
    text = TOTALS.rstrip() + mark + "\n"
    assert [(a.finding.actual, a.finding.expected) for a in of(text).accepted] == [("3", "2")]
    later = of(text.replace("[甲, 1, 2]", "[甲, 7, 2]"))
    assert [f.message for f in later.findings if f.code == "FA904"] == ["changed"] and not later.accepted
    said = next(f for f in later.findings if f.code == "FA904").arguments
    assert said["says"] == "3≠2" and said["now"] == "3≠8"


def test_both_figures_are_compared_as_they_are_told_less_their_bounds() -> None:
    rounded = TOTALS.replace("甲, 1,", "甲, 1.5,").replace("乙, 1,", "乙, 1.5,").replace("3, 5", "4.5, 4")
    (finding,) = of(rounded).findings
    assert finding.expected is not None and finding.expected.startswith("3 (")
    for says, accepted in (("4.5≠3", 1), (f"4.5≠{finding.expected}", 1), ("4.5≠3.1", 0), ("4.6≠3", 0)):
        assert len(of(rounded.rstrip() + f"  # fireaudit: accept FA201 “{says}”: x\n").accepted) == accepted


def test_every_mark_on_a_line_counts_that_is_no_text() -> None:
    quoted = '{text: 4个, at: "x # fireaudit: accept FA301: 假的"}'
    real = HEAD + f"quantities:\n  a: {{label: 站, stated: [3个, {quoted}]}}"
    assert codes(of(real + "\n")) == ["FA301"]
    assert [a.acceptance.reason for a in of(real + "  # fireaudit: accept FA301: 一\n").accepted] == ["一"]
    two = of(CLASH.rstrip() + "  # fireaudit: accept FA201: 甲 # fireaudit: accept FA301: 乙\n")
    assert [a.acceptance.reason for a in two.accepted] == ["乙"]
    assert [(f.code, f.arguments["reason"]) for f in two.findings] == [("FA904", "甲")]


def test_text_in_a_scalar_is_no_comment() -> None:
    for scalar in ('"x # fireaudit: accept FA301: y"', "'x # fireaudit: accept FA301: y'"):
        found = of(HEAD + f"quantities:\n  a: {{label: {scalar}, stated: [3个, 4个]}}\n")
        assert codes(found) == ["FA301"] and not found.accepted
    block = parse("p", "a: |\n  b\n  # fireaudit: accept FA301: y\nc: 1\n")
    assert comments(block) == ([], [])


def test_an_acceptance_of_a_rule_left_out_is_not_called_needless() -> None:
    text = CLASH.rstrip() + "  # fireaudit: accept FA301: x\n"
    assert codes(audit_text("p", text.encode(), Options(today=DAY), settings=Settings(ignore=("FA301",)))) == []


def test_the_day_can_be_set_for_runs_that_must_repeat() -> None:
    assert today({"SOURCE_DATE_EPOCH": "1780272000"}) == date(2026, 6, 1)
    assert today({"SOURCE_DATE_EPOCH": "x"}) == date.today()


# Entries and baselines


def test_an_entry_of_the_settings_accepts_by_fingerprint(repo: Callable[..., Path]) -> None:
    mark = of(CLASH).findings[0].fingerprint
    repo(p_yaml=CLASH, q_yaml=CLASH, fireaudit_toml=f"[[accept]]\nfingerprint = '{mark}'\npath = 'p.yaml'\nreason = '口径不同'\nuntil = 2026-06-01\n")
    found = check()
    assert [codes(plan) for plan in found.plans] == [[], ["FA301"]] and [a.acceptance.until for a in found.accepted] == ["2026-06-01"]
    late = audit(["."], Options(today=date(2026, 6, 2)))
    assert codes(late) == ["FA301", "FA301", "FA903"]
    assert [(os.path.basename(f.path), f.span.line) for f in late.extra] == [("fireaudit.toml", 2)]


def test_an_entry_is_needless_only_where_its_plans_were_audited(repo: Callable[..., Path]) -> None:
    entry = "[[accept]]\nfingerprint = '{}'\nreason = 'x'\n"
    repo(p_yaml=CLASH, q_yaml=HEAD, fireaudit_toml=entry.format("0" * 16) + entry.format("1" * 16) + "path = 'q.yaml'\n")
    assert codes(check("p.yaml")) == ["FA301"]
    assert codes(check("q.yaml")) == ["FA904"]
    assert codes(check()) == ["FA301", "FA904", "FA904"]
    assert [f.span.line for f in check().extra] == [2, 5]
    assert "FA904" in render("text", check(), "zh")


def test_an_entry_may_name_both_figures(repo: Callable[..., Path]) -> None:
    mark = of(CLASH).findings[0].fingerprint
    entry = f"[[accept]]\nfingerprint = '{mark}'\nreason = '口径不同'\nsays = '4个≠3个'\n"
    repo(p_yaml=CLASH, fireaudit_toml=entry)
    assert codes(check()) == []
    repo(p_yaml=CLASH.replace("4个", "9个"))
    assert [(f.code, f.message) for f in check().findings] == [("FA301", "message"), ("FA904", "changed")]
    repo(fireaudit_toml=entry.replace("4个≠3个", "4个"))
    with pytest.raises(CannotAudit):
        check()


def test_an_entry_for_a_plan_that_is_nowhere_is_told(repo: Callable[..., Path]) -> None:
    repo(p_yaml=CLASH, q_yaml=HEAD, fireaudit_toml=f"[[accept]]\nfingerprint = '{'0' * 16}'\npath = 'gone.yaml'\nreason = 'x'\n")
    (said,) = check("q.yaml").findings
    assert (said.code, said.message, said.arguments["plan"], said.path) == ("FA904", "nowhere", "gone.yaml", "fireaudit.toml")


def test_rules_left_out_on_the_command_line_make_no_acceptance_needless(repo: Callable[..., Path]) -> None:
    mark = of(CLASH).findings[0].fingerprint
    folder = repo(p_yaml=CLASH, fireaudit_toml=f"baseline = 'b.json'\n[[accept]]\nfingerprint = '{mark}'\npath = 'p.yaml'\nreason = 'x'\n", b_json="")
    (folder / "b_json").rename(folder / "b.json")
    known = {"path": "p.yaml", "fingerprint": "0" * 16}
    (folder / "b.json").write_text(json.dumps({"version": 1, "findings": [{**known, "code": "FA301"}]}), encoding="utf-8")
    for options in ({"ignore": ("FA301",)}, {"select": ("FA2", "FA9")}):
        assert codes(check(**options)) == []
    assert codes(check()) == ["FA904"]


def test_the_command_line_goes_over_the_settings() -> None:
    settings = Settings(select=("FA201", "FA301"), ignore=("FA5",))
    assert not settings.narrowed((), ("FA2",)).applies("FA201") and settings.narrowed((), ("FA2",)).applies("FA301")
    chosen = settings.narrowed(("FA5",), ())
    assert chosen.applies("FA501") and not chosen.applies("FA301")
    assert Settings(select=("FA2",)).narrowed(("FA2",), ("FA203",)).unapplied() == Settings(select=("FA2",), ignore=("FA203",)).unapplied()


def test_an_unknown_code_is_answered_with_its_family(repo: Callable[..., Path]) -> None:
    repo(p_yaml=CLASH)
    for code, known in (("FA999", "FA901 FA902"), ("FA2x", "FA201 FA202"), ("XY", "FA0 FA1")):
        with pytest.raises(CannotAudit) as refused:
            check(select=(code,))
        assert refused.value.arguments["known"].startswith(known)


def test_settings_and_baselines_are_named_from_the_working_directory(repo: Callable[..., Path]) -> None:
    folder = repo(sub__p_yaml=HEAD, sub__b_json='{"version": 1, "findings": [{"path": "p.yaml", "fingerprint": "x"}]}')
    repo(sub__fireaudit_toml="baseline = 'b_json'\n" + f"[[accept]]\nfingerprint = '{'0' * 16}'\nreason = 'x'\n")
    assert {f.path for f in check(str(folder / "sub")).findings} == {"sub/fireaudit.toml", "sub/b_json"}
    assert {f.path for f in check("sub", config=str(folder / "sub" / "fireaudit.toml")).findings} == {"sub/fireaudit.toml", "sub/b_json"}
    assert "sub/b_json" in render("text", check("sub"), "en") and str(folder) not in render("json", check("sub"), "en")


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, "-m", "fireaudit", *arguments], capture_output=True, text=True, cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert "Traceback" not in done.stderr
    return done


def test_with_a_baseline_only_new_findings_fail(repo: Callable[..., Path]) -> None:
    folder = repo(plans__p_yaml=CLASH, fireaudit_toml="baseline = 'known.json'\n")
    assert run("check", "plans", cwd=folder).returncode == 2  # the file is not there yet
    assert run("baseline", "plans", cwd=folder).returncode == 0
    text = (folder / "known.json").read_text(encoding="utf-8")
    jsonschema.validate(json.loads(text), json.loads((ROOT / "schemas" / "baseline.schema.json").read_text(encoding="utf-8")))
    assert run("check", "plans", cwd=folder).returncode == 0
    assert run("baseline", "plans", cwd=folder).returncode == 0 and (folder / "known.json").read_text(encoding="utf-8") == text
    repo(plans__p_yaml=CLASH + "  b: {label: 车, stated: [1辆, 2辆]}\n")
    after = run("check", "plans", "--format", "json", cwd=folder)
    document = json.loads(after.stdout)
    assert after.returncode == 1 and [f["actual"] for f in document["findings"]] == ["2辆"] and document["summary"]["accepted"] == 1
    repo(plans__p_yaml=HEAD)
    assert codes(check("plans")) == ["FA904"] and check("plans").findings[0].severity is Severity.NOTE


def test_a_baseline_covers_what_its_findings_said(repo: Callable[..., Path]) -> None:
    folder = repo(p_yaml=CLASH)
    assert run("baseline", "p.yaml", "-o", "b.json", cwd=folder).returncode == 0
    (stored,) = json.loads((folder / "b.json").read_text(encoding="utf-8"))["findings"]
    assert (stored["actual"], stored["expected"]) == ("4个", "3个")
    assert codes(check("p.yaml", baseline="b.json")) == []
    repo(p_yaml=CLASH.replace("4个", "9个"))
    assert codes(check("p.yaml", baseline="b.json")) == ["FA301", "FA904"]
    old = {key: value for key, value in stored.items() if key not in ("actual", "expected")}
    (folder / "b.json").write_text(json.dumps({"version": 1, "findings": [old]}), encoding="utf-8")
    assert codes(check("p.yaml", baseline="b.json")) == []


def test_a_baseline_keeps_what_was_not_audited(repo: Callable[..., Path]) -> None:
    folder = repo(a_yaml=CLASH, b_yaml=CLASH, c_yaml=CLASH)
    assert run("baseline", ".", "-o", "k.json", cwd=folder).returncode == 0
    whole = (folder / "k.json").read_text(encoding="utf-8")
    repo(a_yaml=HEAD)
    (folder / "c.yaml").unlink()
    done = run("baseline", "a.yaml", "-o", "k.json", cwd=folder)
    assert [row["path"] for row in json.loads((folder / "k.json").read_text(encoding="utf-8"))["findings"]] == ["b.yaml"]
    assert "1 of them are kept" in done.stderr and "1 were dropped" in done.stderr
    repo(a_yaml=CLASH, c_yaml=CLASH)
    assert run("baseline", ".", "-o", "k.json", cwd=folder).returncode == 0
    assert run("baseline", ".", "-o", "k.json", "--ignore", "FA3", cwd=folder).returncode == 0
    assert (folder / "k.json").read_text(encoding="utf-8") == whole
    (folder / "k.json").write_text("[]")
    assert run("baseline", ".", "-o", "k.json", cwd=folder).returncode == 2 and (folder / "k.json").read_text() == "[]"


def test_a_baseline_counts_how_often_a_finding_is_there(repo: Callable[..., Path]) -> None:
    known = {"version": 1, "findings": [{"path": "p.yaml", "fingerprint": of(CLASH).findings[0].fingerprint, "count": 1}]}
    repo(p_yaml=CLASH, b_json=json.dumps(known))
    assert codes(check("p.yaml", baseline="b_json")) == []
    known["findings"][0]["path"] = "other.yaml"  # type: ignore[index]
    repo(b_json=json.dumps(known))
    assert codes(check("p.yaml", baseline="b_json")) == ["FA301"]


@pytest.mark.parametrize("text", ["", "[]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [{}]}', "\x00", "[" * 100_000])
def test_a_broken_baseline_is_one_line_and_exit_code_2(repo: Callable[..., Path], text: str) -> None:
    folder = repo(p_yaml=CLASH, b_json=text)
    done = run("check", "p.yaml", "--baseline", "b_json", cwd=folder)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and done.stdout == ""


def test_read_baseline_bounds_its_counts() -> None:
    data = {"version": 1, "findings": [{"path": "p", "fingerprint": "x", "count": True}, {"path": "p", "fingerprint": "x", "count": -5}]}
    assert read_baseline("b", json.dumps(data).encode()).known == {"p": {Known("x"): 2}}
    for wrong in ('"actual": 3', '"expected": ["x"]'):
        with pytest.raises(ValueError, match="actual"):
            read_baseline("b", f'{{"version": 1, "findings": [{{"path": "p", "fingerprint": "x", {wrong}}}]}}'.encode())


# Every report counts and lists what is accepted


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_accepted_findings_are_listed_with_their_reason_and_do_not_count(format: str, lang: str) -> None:
    found = Audit((of(CLASH.rstrip() + "  # fireaudit: accept FA301 until 2026-12-31: 两处<b>口径\n"),))
    text = render(format, found, lang)
    if format == "github":
        from fireaudit.reports import github

        assert text == ""
        text = github.summary(found, lang)
    assert "FA301" in text
    assert "口径" in text and "2026-12-31" in text
    if format == "junit":
        assert "<failure" not in text and "<skipped" in text
    if format == "sarif":
        (sarif,) = json.loads(text)["runs"]
        assert sarif["results"] == [] and sarif["invocations"][0]["executionSuccessful"] is True
    if format == "gitlab":
        assert [issue["severity"] for issue in json.loads(text)] == ["info"]


def test_the_docs_say_of_every_format_how_it_tells_what_does_not_count() -> None:
    page = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8").partition("What does not count is never silent")[2]
    rows = {cells[0].strip("` "): [cell.strip() for cell in cells[1:]] for line in page.splitlines() if len(cells := line.strip("|").split("|")) == 4}
    assert [name for name in rows if name in FORMATS] == list(FORMATS)
    plan = audit_text("p.yaml", (CLASH.rstrip() + "  # fireaudit: accept FA301: 口径\n").encode(), Options(today=DAY), settings=Settings(ignore=("FA502",)))
    for name in FORMATS:
        text = render(name, Audit((plan,), since="HEAD~3", older=7), "en")
        assert ("7 finding" in text or '"older": 7' in text) is (rows[name][1] in ("counted", "`since.older`")), name
        named = "by the settings: FA502" in text or '"not_applied": [\n        "FA502"' in text
        assert named is (rows[name][2] != "–"), name


def test_a_correction_goes_by_the_settings_and_may_leave_an_acceptance_needless(repo: Callable[..., Path]) -> None:
    plan = HEAD + "tables:\n  t:\n    columns: {n: {role: name}, x: 甲数}\n    rows: [[甲, 1], [乙, 1]]\n    total: [合计, 3]  # fireaudit: accept FA602: x\n"
    plan += "quantities:\n  a: {stated: [{is: total(t.x)}, 2个]}\n  b: {label: 站, stated: [3个, 4个]}\n"
    folder = repo(p_yaml=plan, fireaudit_toml='ignore = ["FA301"]\n')
    (case,) = check("p.yaml").plans[0].cases
    assert [f.code for f in case.findings] == ["FA201"]
    done = run("fix", "p.yaml", "--case", "1", "--repair", "1", "--write", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert codes(check("p.yaml")) == ["FA904"]


@pytest.mark.parametrize("page", ["settings.md", "settings.zh.md"])
def test_the_settings_of_the_docs_can_be_read(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    settings = read_settings("fireaudit.toml", text)
    assert settings is not None and settings.accept and settings.per_file and settings.baseline and settings.severity
