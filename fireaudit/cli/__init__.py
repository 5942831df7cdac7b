"""The command line: wiring and exit codes only. 0 nothing at the fail level, 1 something, 2 the audit was not done."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from fireaudit import __version__

if TYPE_CHECKING:
    from typer import Typer

COMMANDS = (
    "check",
    "diff",
    "show",
    "explain",
    "fix",
    "prove",
    "coverage",
    "mutate",
    "read",
    "suggest",
    "verify",
    "baseline",
    "figure",
    "schema",
    "new",
    "rule",
)
"""In the order of the help; importing a command registers it."""


def program(words: Sequence[str] = ()) -> Typer:
    """The app with the command that the words of the command line ask for; with all of them where that is not plain to see."""
    from fireaudit.cli.base import app

    first = words[0] if words else ""
    for command in (first,) if first in COMMANDS else COMMANDS:
        import_module(f"fireaudit.cli.{command}")
    return app


def _misused(error: Exception) -> None:
    """One line on what is wrong with the call and where help is; the help itself where nothing was asked for."""
    from fireaudit.cli.base import emit, say
    from fireaudit.cli.language import ENGLISH
    from fireaudit.cli.usage import chinese_error

    message = str(getattr(error, "format_message", error.__str__)())
    context = getattr(error, "ctx", None)
    if "\n" in message:
        emit(message + "\n")
    else:
        message = message if ENGLISH else chinese_error(message)
        say(message + (f"  ({context.command_path} --help)" if context is not None else ""))


def run() -> None:
    """The program: no traceback ever reaches a user."""
    words = sys.argv[1:]
    if words == ["--version"]:
        sys.stdout.write(f"fireaudit {__version__}\n")
        return
    # An audit makes millions of small values and next to no cycles: looking for those at every turn would double its time.
    gc.set_threshold(1_000_000, 50, 1000)
    _run(words)


def _run(words: Sequence[str]) -> None:
    from typer import Abort
    from typer.exceptions import TyperException

    from fireaudit.cli.base import say
    from fireaudit.cli.language import ENGLISH
    from fireaudit.files import CannotAudit

    try:
        code = program(words)(standalone_mode=False) or 0
    except CannotAudit as error:
        from fireaudit.messages import word

        about = f"{error.arguments['path']}{' ' if ENGLISH else '：'}" if error.key.startswith("readers.") else ""
        say(about + word(error.key, "en" if ENGLISH else "zh", **error.arguments))
        code = 2
    except TyperException as error:
        _misused(error)
        code = 2
    except Abort:
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 0
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        from fireaudit.messages import word

        say(word("internal", "en" if ENGLISH else "zh", problem=f"{type(error).__name__}: {error}"[:300]))
        code = 2
    gc.freeze()  # what is left is the system's to take back
    sys.exit(code)
