"""``fireaudit check --watch``: for drafting, the audit is done again whenever one of its files changes; Ctrl-C ends it."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

from fireaudit.app import Options
from fireaudit.cli.base import say
from fireaudit.config import FILES
from fireaudit.files import CannotAudit, plan_files, read
from fireaudit.messages import word
from fireaudit.outputs import Output
from fireaudit.scope import Scope, from_file

POLL = 300
"""Milliseconds between two looks at the files."""

FRESH = 2_000_000_000
"""Nanoseconds within which a file may change again and its date not show it, on the coarsest file systems."""

Files = Callable[[], Iterable[str]]
"""The files to watch, asked for at every look: plans come and go in a folder. May raise ``CannotAudit``."""


def refuse(paths: Iterable[str], outputs: Iterable[Output]) -> None:
    """Stdin has no second version, and a program's report has no place on a screen that is cleared. Raises ``CannotAudit``."""
    if "-" in paths:
        raise CannotAudit("watch.stdin")
    for output in outputs:
        if output.file is None and output.format not in ("text", "concise"):
            raise CannotAudit("watch.machine", format=output.format)


def concerned(paths: Iterable[str], options: Options) -> list[str]:
    """Every file with a say in the audit, there already or not: plans, settings above them, and what settings and options name. Raises ``CannotAudit``."""
    plans = plan_files(paths)
    files = [*plans, *options.names, *filter(None, (options.config, options.baseline))]
    if options.config is None and not options.isolated:
        files += [str(folder / name) for folder in {above for plan in plans for above in Path(os.path.realpath(plan)).parents} for name in FILES]
    try:
        scope = Scope(options.config, options.isolated, (), (), (), None)
        found = [scope.settings(plan) for plan in plans]
    except CannotAudit:  # settings that cannot be read name nothing, and the audit says so
        found = []
    return files + [from_file(settings.path, name) for settings in found for name in (*settings.names, settings.baseline) if name]


def keep(audit: Callable[[], object], files: Files, language: str) -> None:
    """Audit now and after each change of ``files``, until Ctrl-C. A change counts once it has stood for a whole poll: a save that is half
    written, or that removes the file to replace it, is waited for. Raises ``CannotAudit`` where the first audit cannot be done."""
    look = Look(files)
    try:
        shown = seen = look()
        audit()
        while True:
            say(word("watch.waiting", language, time=time.strftime("%H:%M:%S")))
            while True:
                time.sleep(POLL / 1000)
                before, seen = seen, look()
                if seen == before != shown:
                    break
            shown = seen
            _clear()
            try:
                audit()
            except CannotAudit as error:  # the next save may mend it
                say(word(error.key, language, **error.arguments))
    except KeyboardInterrupt:
        say(word("watch.ended", language))


def _clear() -> None:
    if sys.stdout.isatty():
        from rich.console import Console

        Console().clear()


class Look:
    """A look at what the files hold: their digests by path, nothing where they cannot be named. A file is read again only
    where its date or size has changed, or is too fresh to tell."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.known: dict[str, tuple[tuple[int, int, int], bytes]] = {}

    def __call__(self) -> dict[str, bytes]:
        try:
            return {path: self._digest(path) for path in self.files()}
        except CannotAudit:
            return {}

    def _digest(self, path: str) -> bytes:
        try:
            status = os.stat(path)
            state = status.st_mtime_ns, status.st_size, status.st_ino
            known, digest = self.known.get(path, (None, b""))
            if stat.S_ISREG(status.st_mode) and (state != known or abs(time.time_ns() - status.st_mtime_ns) < FRESH):
                digest = sha256(read(path)).digest()
                self.known[path] = state, digest
        except (OSError, CannotAudit):  # gone, or not ours to read
            return b""
        return digest
