"""The command line: wiring and exit codes only. 0 nothing at the fail level, 1 something, 2 the audit was not done."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from fireaudit.cli.base import ENGLISH, app, say

COMMANDS = ("check", "read", "suggest", "verify", "show", "fix", "prove", "coverage", "mutate", "figure", "schema", "new", "rule")
"""In the order of the help; importing a command registers it."""

for _command in COMMANDS:
    import_module(f"fireaudit.cli.{_command}")


def run() -> None:
    """The program: no traceback ever reaches a user."""
    from fireaudit.app import CannotAudit

    try:
        app()
    except CannotAudit as error:
        from fireaudit.messages import word

        about = f"{error.arguments['path']}{' ' if ENGLISH else '：'}" if error.key.startswith("readers.") else ""
        say(about + word(error.key, "en" if ENGLISH else "zh", **error.arguments))
        code = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 0
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        from fireaudit.messages import word

        say(word("internal", "en" if ENGLISH else "zh", problem=f"{type(error).__name__}: {error}"[:300]))
        code = 2
    else:
        code = 0
    sys.exit(code)
