"""The command line: wiring and exit codes only. 0 nothing at the fail level, 1 something, 2 the audit was not done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from fireaudit import __version__


def _asked_language() -> str:
    """``--lang`` as typed, so that help speaks it too; else by the locale."""
    words = sys.argv[1:]
    for index, argument in enumerate(words):
        if argument.startswith("--lang="):
            return "zh" if argument[7:].startswith("zh") else "en"
        if argument == "--lang" and index + 1 < len(words):
            return "zh" if words[index + 1].startswith("zh") else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "en"


_ENGLISH = _asked_language() == "en"


def _(zh: str, en: str) -> str:
    return en if _ENGLISH else zh


class Format(str, Enum):
    text = "text"
    concise = "concise"
    json = "json"


class Lang(str, Enum):
    zh = "zh"
    en = "en"


class Level(str, Enum):
    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


SCHEMAS = ("plan", "report", "coverage", "mutation", "conflicts")

app = typer.Typer(
    name="fireaudit",
    help=_("核对公共规划中的数。", "Audits the figures of public plans."),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help=_("规划文件、文件夹，或 -（标准输入）", "Plan files, folders, or - for stdin"))]
OneLang = Annotated[Lang | None, typer.Option("--lang", help=_("语言，默认按区域设置", "Language, by the locale unless given"))]
TextOrJson = Annotated[Format, typer.Option("--format", help=_("输出格式", "Output format"))]


def _emit(text: str) -> None:
    data = text.encode("utf-8", "backslashreplace")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _say(text: str) -> None:
    from fireaudit.messages import inert

    sys.stderr.buffer.write(("fireaudit: " + inert(text) + "\n").encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()


def _lang(lang: Lang | None) -> str:
    from fireaudit.messages import language

    return language(lang.value if lang else None)


def _version(wanted: bool) -> None:
    if wanted:
        _emit(f"fireaudit {__version__}\n")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=_("版本", "Version"))] = False,
) -> None:
    pass


def _formats(incomplete: str) -> list[str]:
    from fireaudit.outputs import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


OneFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", autocompletion=_formats, help="text | concise | json | jsonl | markdown | sarif | github | gitlab | junit"),
]
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        metavar="FORMAT[:FILE]",
        autocompletion=_formats,
        help=_("以此格式写到文件（无文件则为标准输出），可多次", "Write this format to a file, or to stdout without one; repeatable"),
    ),
]


@app.command(help=_("审核规划。", "Audit plans."))
def check(
    paths: Paths,
    format: OneFormat = None,
    output: Outputs = None,
    lang: OneLang = None,
    fail_level: Annotated[Level, typer.Option("--fail-level", help=_("到此级别即以 1 退出", "Exit with 1 from this level on"))] = Level.error,
    unchecked: Annotated[bool, typer.Option("--unchecked", help=_("列出没有关系核对的数", "List figures that nothing checks"))] = False,
    names: Annotated[
        list[str] | None,
        typer.Option("--names", metavar="FILE", help=_("官方名单文件（JSON：code、names），可多次", "File of official names (JSON: code, names); repeatable")),
    ] = None,
    unassessed: Annotated[bool, typer.Option("--unassessed", help=_("列出无法核对的关系", "List relations that could not be assessed"))] = False,
) -> None:
    from fireaudit import outputs
    from fireaudit.app import Options, audit
    from fireaudit.findings import Severity

    wanted = outputs.asked(format, output or ())
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    audited = audit(paths, Options(unchecked, unassessed, tuple(names or ())), stdin)
    language = _lang(lang)
    report = outputs.deliver(audited, language, wanted, os.environ)
    if outputs.Output("text") in wanted:
        _show(audited, language)
    elif report is not None:
        _emit(report)
    levels = {severity.word: severity for severity in Severity}
    if fail_level is not Level.never and any(f.severity >= levels[fail_level.value] for f in audited.findings):
        raise typer.Exit(1)


def _show(audited: object, language: str) -> None:
    from fireaudit.app import Audit
    from fireaudit.reports import text

    assert isinstance(audited, Audit)
    _draw(text.segments(audited, language))


_STYLES = {
    "error": "bold red", "warning": "yellow", "note": "cyan", "strong": "bold", "dim": "dim", "plain": "",
    "crossed": "black on green", "pinned": "black on cyan", "bounded": "black on yellow", "untouched": "white on red", "missing": "dim",
}  # fmt: skip


def _draw(segments: Iterator[tuple[str, str]]) -> None:
    """Styled where a terminal is; plain when piped."""
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ:
        _emit("".join(piece for piece, _ in segments))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for piece, style in segments:
        console.print(Text(piece, style=_STYLES[style]), end="")


@app.command(help=_("列出规划的每个数、它的读法和核对它的关系数。", "List every figure of a plan, its reading and the relations that touch it."))
def show(paths: Paths, lang: OneLang = None, format: TextOrJson = Format.text) -> None:
    from fireaudit.app import audit
    from fireaudit.messages import inert, word
    from fireaudit.quantity import spell
    from fireaudit.reports.machine import dump

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    audited = audit(paths, None, stdin)
    language = _lang(lang)
    rows = []
    for plan in audited.plans:
        touching = plan.touching()
        for cell in plan.plan.cells.values():
            quantity = cell.quantity
            relations = [
                {"code": o.relation.code, "verdict": o.verdict.value, "text": f"{o.relation.left.text()} {o.relation.op} {o.relation.right.text()}"}
                for o in touching.get(cell.name, [])
            ]
            rows.append(
                {"path": plan.source.path, "line": cell.span.line, "column": cell.span.column, "name": cell.name, "label": cell.label,
                 "at": cell.at or None, "text": cell.text, "reading": None if quantity.missing else str(quantity.interval),
                 "unit": spell(quantity.unit.dimension), "relations": relations}
            )  # fmt: skip
    if format is Format.json:
        _emit(dump(rows))
        return
    for row in rows:
        reading = word("missing", language) if row["reading"] is None else f"{row['reading']} {row['unit']}"
        _emit(inert(f"{row['path']}:{row['line']}:{row['column']} {row['name']}  {row['label']}  “{row['text']}” = {reading}") + "\n")
        for relation in row["relations"] if isinstance(row["relations"], list) else []:
            _emit(inert(f"    {relation['code']} {relation['verdict']}: {relation['text'][:160]}") + "\n")
        if not row["relations"]:
            _emit(f"    {word('untouched', language)}\n")


CaseNumber = Annotated[int | None, typer.Option("--case", min=1, help=_("案例编号，如审核报告所列", "Number of the case, as the report lists them"))]


@app.command(help=_("把一个案例的改法显示为差异；加 --write 才写入文件。", "Show the repair of a case as a diff; it is written only with --write."))
def fix(
    path: Annotated[str, typer.Argument(metavar="PLAN", help=_("规划文件，或 -（标准输入）", "A plan file, or - for stdin"))],
    case: CaseNumber = None,
    repair: Annotated[int | None, typer.Option("--repair", min=1, help=_("案例有几种改法时，选第几种", "Which repair, where a case has several"))] = None,
    write: Annotated[bool, typer.Option("--write", help=_("写入文件", "Write the file"))] = False,
    lang: OneLang = None,
) -> None:
    from fireaudit.app import audit, read, replace_file
    from fireaudit.fix import CannotFix, edit
    from fireaudit.messages import word
    from fireaudit.reports.repairs import short

    language = _lang(lang)
    if write and (case is None or path == "-"):
        _say(word("fix_stdin" if path == "-" else "fix_needs_case", language))
        raise typer.Exit(2)
    data = sys.stdin.buffer.read() if path == "-" else read(path)
    plan = audit(["-"], None, data, path).plans[0]
    _in_range("no_such_case", case, len(plan.cases), language)
    failed = False
    for number, found in enumerate(plan.cases, 1):
        if case not in (None, number):
            continue
        if case is not None:
            _in_range("no_such_repair", repair, len(found.repairs), language, case=case)
        if not found.repairs or (repair is None and not found.certain):
            _say(word("fix_choose" if found.repairs else "fix_none", language, case=number, count=len(found.repairs)))
            failed = failed or case is not None
            continue
        chosen = found.repairs[(repair or 1) - 1 if case else 0]
        try:
            made = edit(plan, data, found, chosen, path)
        except CannotFix as error:
            _say(word(error.key, language, **error.arguments))
            failed = True
            continue
        if write:
            replace_file(path, made.data)
            _say(word("fix_written", language, path=path, what=short(chosen, language)))
        _emit(made.diff)
    if not plan.cases:
        _say(word("no_cases", language))
    if failed:
        raise typer.Exit(1)


def _in_range(key: str, number: int | None, count: int, language: str, **arguments: int) -> None:
    from fireaudit.messages import word

    if number is not None and number > count:
        _say(word(key, language, number=number, count=count, **arguments))
        raise typer.Exit(2)


@app.command(help=_("证明一个案例：哪些数不能同真。", "Prove a case: which figures cannot all be true."))
def prove(paths: Paths, case: CaseNumber = None, format: TextOrJson = Format.text, lang: OneLang = None) -> None:
    from fireaudit.app import audit
    from fireaudit.diagnosis.conflict import conflict
    from fireaudit.diagnosis.network import Network
    from fireaudit.messages import word
    from fireaudit.reports import proof
    from fireaudit.reports.machine import dump

    language, rows = _lang(lang), []
    plans = audit(paths, None, sys.stdin.buffer.read() if "-" in paths else None).plans
    for plan in plans:
        _in_range("no_such_case", case, len(plan.cases), language)
        state = Network(plan.plan, plan.outcomes).printed
        for number, found in enumerate(plan.cases, 1):
            if case in (None, number):
                shown = conflict(state, found.relations)
                rows.append(proof.document(plan, number, shown))
                if format is not Format.json:
                    _emit(proof.render(plan, number, shown, language) + "\n")
    if format is Format.json:
        _emit(dump({"version": 1, "conflicts": rows}))
    elif not rows:
        _say(word("no_cases", language))


@app.command(help=_("每个数由什么核对：等式、上下限，还是什么也没有。", "What checks each figure: equations, bounds, or nothing."))
def coverage(
    paths: Paths,
    format: TextOrJson = Format.text,
    fail_under: Annotated[
        int, typer.Option("--fail-under", min=0, max=100, help=_("钉住的比例低于此数（%）即以 1 退出", "Exit with 1 below this percentage pinned"))
    ] = 0,
    lang: OneLang = None,
) -> None:
    from fireaudit.app import audit
    from fireaudit.messages import word
    from fireaudit.reports import coverage as report
    from fireaudit.reports.machine import dump

    language = _lang(lang)
    plans = audit(paths, None, sys.stdin.buffer.read() if "-" in paths else None).plans
    found = [(plan, report.of(plan)) for plan in plans]
    if format is Format.json:
        _emit(dump({"version": 1, "plans": [report.document(plan, cells) for plan, cells in found]}))
    else:
        for plan, cells in found:
            _draw(report.segments(plan, cells, language))
    part, whole = (sum(numbers) for numbers in zip(*(report.pinned(cells) for _, cells in found), strict=True))
    if part * 100 < fail_under * whole:
        _say(word("coverage_under", language, percent=report.percent(part, whole), wanted=fail_under))
        raise typer.Exit(1)


@app.command(
    help=_("逐个篡改规划中的数，看审核能察觉多少、能否指出是哪个数。", "Corrupt the figures one by one: how many corruptions does the audit notice and locate?")
)
def mutate(
    paths: Paths,
    format: TextOrJson = Format.text,
    pairs: Annotated[int, typer.Option("--pairs", min=0, max=100_000, help=_("成对篡改的次数", "Pairs to corrupt"))] = 200,
    seed: Annotated[int, typer.Option("--seed", help=_("抽取成对篡改的种子", "Seed of the pairs drawn"))] = 1,
    weakest: Annotated[int, typer.Option("--weakest", min=0, help=_("列出最缺保护的几个数", "How many of the least protected figures to list"))] = 10,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help=_("进程数，0 为每核一个", "Processes; 0: one a core"))] = 0,
    lang: OneLang = None,
) -> None:
    from fireaudit.app import plan_files, read
    from fireaudit.mutate import mutate as run_mutations
    from fireaudit.reports import mutation as report
    from fireaudit.reports.machine import dump

    language, documents = _lang(lang), []
    for path in plan_files(paths):
        data = sys.stdin.buffer.read() if path == "-" else read(path)
        with _progress(path) as step:
            score = run_mutations(path, data, pairs, seed, jobs, step)
        if format is Format.json:
            documents.append(report.document(score))
        else:
            _emit(report.render(score, language, weakest))
    if format is Format.json:
        _emit(dump({"version": 1, "plans": documents}))


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress
    from rich.text import Text

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(Text(what).plain.replace("[", "\\["), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@app.command(help=_("印出的数怎么读。", "How printed figures are read."), context_settings={"ignore_unknown_options": True})
def figure(
    texts: Annotated[list[str], typer.Argument(metavar="TEXT...", help=_("印出的数", "Printed figures"))],
    format: TextOrJson = Format.text,
    lang: OneLang = None,
) -> None:
    from fireaudit.messages import inert, word
    from fireaudit.quantity import FigureError, decimal_text, read_figure, spell
    from fireaudit.reports.machine import dump

    language, rows, failed = _lang(lang), [], False
    for text in texts:
        row: dict[str, object] = {"text": text, "low": None, "high": None, "low_open": True, "high_open": True, "unit": "1", "missing": False}
        try:
            quantity = read_figure(text)
            interval = quantity.interval
            row.update(unit=spell(quantity.unit.dimension), missing=quantity.missing, qualifier=quantity.qualifier.value, change=quantity.change.value)
            if interval is not None:
                row.update(
                    low=None if interval.low is None else decimal_text(interval.low),
                    high=None if interval.high is None else decimal_text(interval.high),
                    low_open=interval.low_open,
                    high_open=interval.high_open,
                )
            line = f"{text}  =  " + (word("missing", language) if interval is None else f"{_brackets(row)} {row['unit']}  ({quantity.qualifier.value})")
        except FigureError as error:
            failed = True
            row["error"] = {"reason": error.reason, "fragment": error.fragment}
            line = f"{text}  ✗  {word('reason_' + error.reason, language)}: {error.fragment}"
        rows.append(row)
        if format is not Format.json:
            _emit(inert(line) + "\n")
    if format is Format.json:
        _emit(dump(rows))
    if failed:
        raise typer.Exit(1)


def _brackets(row: dict[str, object]) -> str:
    left, right = "(" if row["low_open"] else "[", ")" if row["high_open"] else "]"
    return f"{left}{'-∞' if row['low'] is None else row['low']}, {'∞' if row['high'] is None else row['high']}{right}"


@app.command(help=_("打印规划文件或某种 JSON 输出的 JSON Schema。", "Print the JSON Schema of plan files, or of an output."))
def schema(name: Annotated[str, typer.Argument(help=" | ".join(SCHEMAS))] = "plan") -> None:
    from fireaudit.plan.schema import schema_text

    if name not in SCHEMAS:
        raise typer.BadParameter(" | ".join(SCHEMAS))
    _emit(schema_text(name))


@app.command(help=_("写出一份带注释、能通过审核的起步规划。", "Write a commented starting plan that passes the audit."))
def new(
    path: Annotated[str, typer.Argument(help=_("新文件；- 为标准输出", "The new file; - for stdout"))] = "-",
    lang: OneLang = None,
) -> None:
    from fireaudit.messages import word

    text = (Path(__file__).parent / "starter.yaml").read_text(encoding="utf-8")
    if path == "-":
        _emit(text)
        return
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        _say(word("exists", _lang(lang), path=path))
        raise typer.Exit(2) from None
    except OSError as error:
        _say(word("cannot_read", _lang(lang), path=path, problem=error.strerror or ""))
        raise typer.Exit(2) from None
    _say(word("written", _lang(lang), path=path))


@app.command(help=_("解释一条规则；不带代码则列出全部。", "Explain a rule; without a code, list them all."))
def rule(code: Annotated[str, typer.Argument()] = "", lang: OneLang = None) -> None:
    from fireaudit.messages import word
    from fireaudit.nearest import nearest
    from fireaudit.rules import BY_CODE
    from fireaudit.rules.page import page

    language = _lang(lang)
    if not code:
        for known in BY_CODE.values():
            _emit(f"{known.code} {known.name}  {known.title[language == 'en']}\n")
        return
    if code.upper() not in BY_CODE:
        close = nearest(code.upper(), BY_CODE)
        _say(word("unknown_rule", language, code=code) + (f" → {close}" if close else ""))
        raise typer.Exit(2)
    _emit(page(BY_CODE[code.upper()], language))


def run() -> None:
    """The program: no traceback ever reaches a user."""
    from fireaudit.app import CannotAudit

    try:
        app()
    except CannotAudit as error:
        from fireaudit.messages import word

        _say(word(error.key, "en" if _ENGLISH else "zh", **error.arguments))
        code = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 0
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        from fireaudit.messages import word

        _say(word("internal", "en" if _ENGLISH else "zh", problem=f"{type(error).__name__}: {error}"[:300]))
        code = 2
    else:
        code = 0
    sys.exit(code)
