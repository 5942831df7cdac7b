"""What the commands share: the app, its options, output and messages. Results on stdout, chatter on stderr."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fireaudit import __version__
from fireaudit.cli.language import ENGLISH
from fireaudit.cli.usage import Command, Group

if TYPE_CHECKING:
    from fireaudit.app import Options
    from fireaudit.cases import Case
    from fireaudit.limits import Limits


def _(zh: str, en: str) -> str:
    return en if ENGLISH else zh


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


class Program(typer.Typer):
    """Every command tells its help in the language of the call."""

    def command(self, name: str | None = None, **given: Any) -> Callable[..., Any]:
        return super().command(name, cls=Command, **given)


app = Program(
    name="fireaudit",
    cls=Group,
    help=_("核对公共规划中的数。", "Audits the figures of public plans."),
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help=_("规划文件、文件夹，或 -（标准输入）", "Plan files, folders, or - for stdin"))]
OneLang = Annotated[Lang | None, typer.Option("--lang", help=_("语言，默认按区域设置", "Language, by the locale unless given"))]
TextOrJson = Annotated[Format, typer.Option("--format", help=_("输出格式", "Output format"))]

Config = Annotated[
    str | None,
    typer.Option("--config", metavar="FILE", help=_("用这份设置，不向上找 fireaudit.toml", "Use these settings instead of the fireaudit.toml found upward")),
]
Isolated = Annotated[bool, typer.Option("--isolated", help=_("不用任何设置文件", "Use no settings file"))]
Select = Annotated[
    list[str] | None, typer.Option("--select", metavar="CODE", help=_("只用这条或这类规则，可多次", "Apply only this rule or family; repeatable"))
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="CODE", help=_("不用这条或这类规则，可多次", "Leave out this rule or family; repeatable"))
]
Under = dict[str, Any]
"""The keywords of ``Options`` that ``--select``, ``--ignore``, ``--config`` and ``--isolated`` amount to."""


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes these four options where it says ``under``, so that every command audits as ``check`` does."""

    def called(**given: Any) -> None:
        under = {name: given.pop(name) for name in own}
        command(**given, under={**under, "select": tuple(under["select"] or ()), "ignore": tuple(under["ignore"] or ())})

    def option(name: str, kind: object, default: object = None) -> inspect.Parameter:
        return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)

    own = {one.name: one for one in (option("select", Select), option("ignore", Ignore), option("config", Config), option("isolated", Isolated, False))}
    stated = inspect.signature(command, eval_str=True).parameters.values()
    parameters = [each for one in stated for each in (own.values() if one.name == "under" else [one.replace(kind=inspect.Parameter.KEYWORD_ONLY)])]
    called.__name__ = command.__name__
    called.__annotations__ = {one.name: one.annotation for one in parameters}
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what Typer reads
    return called


def options_of(under: Under, lang: Lang | None, **more: Any) -> Options:
    """How to audit, of what the options of a command say."""
    from fireaudit.app import Options

    return Options(**under, **more, lang=lang.value if lang else None)


CaseNumber = Annotated[int | None, typer.Option("--case", min=1, help=_("问题编号，如审核报告所列", "Number of the case, as the report lists them"))]


def piped() -> bytes:
    """What is piped in, as far as any file would be read."""
    from fireaudit.limits import MOST_BYTES

    return sys.stdin.buffer.read(MOST_BYTES + 1)


def emit(text: str) -> None:
    data = text.encode("utf-8", "backslashreplace")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    from fireaudit.messages import inert

    sys.stderr.buffer.write(("fireaudit: " + inert(text) + "\n").encode("utf-8", "backslashreplace"))
    sys.stderr.buffer.flush()


def not_listed(what: str, count: int, limits: Limits, language: str) -> None:
    """Says how much was left out of what a machine reads."""
    if count:
        from fireaudit.reports import ration

        say(ration.more(what, count, limits, language))


def language_of(lang: Lang | None, settings: str | None = None) -> str:
    """As asked for, else as the settings want it, else by the locale."""
    from fireaudit.messages import language

    return language(lang.value if lang else settings)


STYLES = {
    "error": "bold red", "warning": "yellow", "note": "cyan", "strong": "bold", "dim": "dim", "plain": "",
    "crossed": "black on green", "pinned": "black on cyan", "bounded": "black on yellow", "untouched": "white on red", "missing": "dim",
}  # fmt: skip


def draw(segments: Iterator[tuple[str, str]]) -> None:
    """Styled where a terminal is; plain when piped."""
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ:
        emit("".join(piece for piece, _ in segments))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for piece, style in segments:
        console.print(Text(piece, style=STYLES[style]), end="")


def known_case(number: int | None, cases: Sequence[Case], language: str) -> None:
    """Exits where no case has the number that was asked for."""
    from fireaudit.messages import word

    if number is not None and all(case.number != number for case in cases):
        say(word("no_such_case", language, number=number, count=len(cases)))
        raise typer.Exit(2)


def in_range(key: str, number: int | None, count: int, language: str, **arguments: int) -> None:
    from fireaudit.messages import word

    if number is not None and number > count:
        say(word(key, language, number=number, count=count, **arguments))
        raise typer.Exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        emit(f"fireaudit {__version__}\n")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=_("版本", "Version"))] = False,
) -> None:
    pass
