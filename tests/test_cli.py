"""The command line as users meet it: exit codes, formats, encodings, hostile files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent
GOOD = "fireaudit: 1\nplan: {title: 例}\nquantities:\n  a: {label: 站, stated: [3个, 三个]}\n"
BAD = GOOD.replace("三个", "4个")


def run(*arguments: str, stdin: bytes = b"", cwd: Path = ROOT, lang: str = "") -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)} | ({"LC_ALL": "zh_CN.UTF-8"} if lang == "zh" else {})
    done = subprocess.run([sys.executable, "-m", "fireaudit", *arguments], input=stdin, capture_output=True, cwd=cwd, env=env)
    assert b"Traceback" not in done.stderr + done.stdout
    return done


def report(*arguments: str, stdin: bytes = b"") -> dict[str, object]:
    document = json.loads(run("check", *arguments, "--format", "json", stdin=stdin).stdout)
    jsonschema.validate(document, json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8")))
    assert isinstance(document, dict)
    return document


def codes(stdin: bytes) -> list[str]:
    found = report("-", stdin=stdin)["findings"]
    assert isinstance(found, list)
    return [finding["code"] for finding in found]


def test_exit_codes(tmp_path: Path) -> None:
    assert run("check", "-", stdin=GOOD.encode()).returncode == 0
    assert run("check", "-", stdin=BAD.encode()).returncode == 1
    assert run("check", "-", "--fail-level", "never", stdin=BAD.encode()).returncode == 0
    for arguments in (["check", "no/such/file.yaml"], ["check", str(tmp_path)], ["check"], ["nonsense"], ["rule", "FA999"]):
        done = run(*arguments)
        assert done.returncode == 2 and done.stderr, arguments


def test_a_finding_is_at_its_scalar_with_its_derivation() -> None:
    found = report("-", "--lang", "zh", stdin=BAD.encode())["findings"]
    assert isinstance(found, list)
    (finding,) = found
    assert (finding["code"], finding["line"], finding["column"]) == ("FA301", 4, 30)
    assert (finding["actual"], finding["expected"], finding["difference"]) == ("4个", "3个", "+1个")
    assert "站" in finding["message"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(encoding: str) -> None:
    assert codes(BAD.encode(encoding)) == ["FA301"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "FA101"),
        (b"a: [1\n", "FA001"),
        (b"\xff\xff", "FA004"),
        (b"fireaudit: 1\nplan: {title: x}\nplan: {title: y}\n", "FA002"),
        (b"fireaudit: 1\nplan: &a {title: x}\nnames: *a\n", "FA003"),
        (b"fireaudit: 1\nplan: !!python/object:os.system {title: x}\n", "FA003"),
        (b"fireaudit: 1\n", "FA103"),
        (b"fireaudit: 1\nplan: {titel: x}\n", "FA102"),
        (b"fireaudit: 1\nplan: {title: \x01}\n", "FA001"),
        (b"[" * 5000, "FA001"),
        (b"- 1\n- 2\n", "FA101"),
        (b"fireaudit: 1\nplan: {title: x}\nchecks: ['9**9**9 == 1', '1 == (', 'a == 1', '__import__(\"os\") == 1']\n", "FA106"),
    ],
)
def test_malformed_input_is_a_finding(text: bytes, code: str) -> None:
    assert code in codes(text)
    for lang in ("zh", "en"):
        assert run("check", "-", "--lang", lang, stdin=text).returncode == 1


def test_unknown_key_says_what_was_meant() -> None:
    done = run("check", "-", "--lang", "en", "--format", "concise", stdin=b"fireaudit: 1\nplan: {titel: x}\n")
    assert "“title”" in done.stdout.decode()


def test_text_of_a_plan_is_inert() -> None:
    text = 'fireaudit: 1\nplan: {title: x}\nquantities:\n  a: {label: "\\e[31m[red]\\u202E", stated: [1个, 2个]}\n'
    for form in ("text", "concise", "json"):
        out = run("check", "-", "--format", form, stdin=text.encode()).stdout.decode()
        assert "\x1b" not in out and "\u202e" not in out
        assert "[red]" in out


def test_same_bytes_twice_and_order_of_keys_does_not_matter() -> None:
    one = "fireaudit: 1\nplan: {title: x}\nquantities:\n  a: {stated: [1个, 2个]}\n  b: {stated: [{text: 1个, at: 甲}, {text: 3个, at: 乙}]}\n"
    two = "plan: {title: x}\nquantities:\n  b: {stated: [{at: 甲, text: 1个}, {at: 乙, text: 3个}]}\n  a: {stated: [1个, 2个]}\nfireaudit: 1\n"
    assert run("check", "-", stdin=one.encode()).stdout == run("check", "-", stdin=one.encode()).stdout

    def prints(text: str) -> set[str]:
        found = report("-", stdin=text.encode())["findings"]
        assert isinstance(found, list)
        return {finding["fingerprint"] for finding in found}

    assert prints(one) == prints(two)


def test_names_from_a_file(tmp_path: Path) -> None:
    plan = "fireaudit: 1\nplan: {title: x, jurisdiction: {code: '999'}}\nnames: [{name: 甲镇}, {name: 乙镇}]\n".encode()
    names = tmp_path / "names.json"
    names.write_text('{"code": "999", "names": ["甲镇"]}', encoding="utf-8")
    assert codes(plan) == []
    found = report("-", "--names", str(names), stdin=plan)["findings"]
    assert isinstance(found, list) and [f["code"] for f in found] == ["FA601"]
    names.write_text("[", encoding="utf-8")
    assert run("check", "-", "--names", str(names), stdin=plan).returncode == 2


def test_statements_in_a_circle_are_a_finding() -> None:
    text = b"fireaudit: 1\nplan: {title: x}\nquantities: {a: {stated: [{is: b}]}, b: {stated: [{is: a}]}}\nchecks: ['a == 1']\n"
    assert set(codes(text)) == {"FA106"}


def test_figure_json() -> None:
    rows = json.loads(run("figure", "--format", "json", "约190个", "-", "≥0.45‰").stdout)
    assert [(r["low"], r["high"], r["missing"]) for r in rows] == [("180", "200", False), (None, None, True), ("0.00045", None, False)]
    assert run("figure", "胡说").returncode == 1


def test_new_writes_a_plan_that_passes_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    assert run("new", str(path)).returncode == 0
    assert run("check", str(path), "--fail-level", "note").returncode == 0
    assert run("new", str(path)).returncode == 2


def test_schema_is_the_one_in_the_repository() -> None:
    for name in ("plan", "report"):
        assert run("schema", name).stdout.decode() == (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")


def test_every_key_of_the_schema_is_described_in_both_languages() -> None:
    def walk(node: object, path: str) -> None:
        if isinstance(node, dict):
            for key, below in node.get("properties", {}).items():
                assert " / " in below.get("description", "") or "$ref" in below, f"{path}.{key}"
            for key, below in node.items():
                walk(below, f"{path}.{key}")
        elif isinstance(node, list):
            for below in node:
                walk(below, path)

    walk(json.loads((ROOT / "schemas" / "plan.schema.json").read_text(encoding="utf-8")), "")


def test_the_name_of_a_file_is_no_command_to_a_runner(tmp_path: Path) -> None:
    (tmp_path / "::error::x.yaml").write_text(BAD, encoding="utf-8")
    for form in ("text", "concise"):
        done = subprocess.run([sys.executable, "-m", "fireaudit", "check", "::error::x.yaml", "--format", form], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 1 and "::error::x.yaml:4:30" in done.stdout
        assert not any(line.startswith("::") for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "缺少参数 PATH..."),
        (["check", "--nope", "x"], "没有选项 --nope"),
        (["check", "--since"], "选项 --since 后面要写值"),
        (["check", "--watch=1", "x"], "选项 --watch 后面不写值"),
        (["check", "x", "--fail-level", "grave"], "--fail-level 的值不对：“grave”不在可选的值之中：error、warning、note、never"),
        (["mutate", "x", "--pairs", "-1"], "--pairs 的值不对：-1 不在范围 0<=x<=100000 之内"),
        (["mutate", "x", "--seed", "many"], "--seed 的值不对：“many”不是整数"),
        (["explain", "a", "b", "c"], "多出的参数：c"),
        (["verify", "a"], "缺少选项 --source"),
        (["fix", "plans"], "plans：无法读取：是文件夹"),
        (["check", "plans", "--config", "nowhere.toml"], "nowhere.toml：无法读取：没有这个文件或文件夹"),
        (["new", "nowhere/p.yaml"], "nowhere/p.yaml：无法写入：没有这个文件或文件夹"),
    ],
)
def test_errors_of_a_call_are_chinese_where_that_is_asked_for(arguments: list[str], said: str) -> None:
    done = run(*arguments, *(["--lang", "zh"] if "--since" not in arguments else []), lang="zh")
    told = done.stderr.decode()
    assert done.returncode == 2 and len(told.splitlines()) == 1 and told.startswith(f"fireaudit: {said}"), told


def test_an_unknown_command_is_chinese_too_and_english_stays_as_typer_says_it() -> None:
    assert run("chek", lang="zh").stderr.decode().startswith("fireaudit: 没有命令 chek（相近的：check、schema）")
    assert run("chek").stderr.decode().startswith("fireaudit: No such command 'chek'.")


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["mutate", "--help"], []])
def test_help_has_chinese_heads(arguments: list[str]) -> None:
    told = run(*arguments, lang="zh").stdout.decode()
    assert "用法：" in told and "选项：" in told and "显示这份帮助" in told
    assert not any(word in told for word in ("Usage", "Options:", "Arguments:", "Commands:", "Show ", "[required]", "[default:"))
    english = run(*arguments).stdout.decode()
    assert "Usage: " in english and "用法" not in english
