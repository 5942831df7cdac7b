"""The files that are read and written: plans found, text read, results whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable

from fireaudit.limits import LARGEST, MOST_BYTES


class CannotAudit(Exception):
    """The audit could not be done; ``key`` and ``arguments`` name its message."""

    def __init__(self, key: str, **arguments: str) -> None:
        super().__init__(key)
        self.key, self.arguments = key, arguments


def plan_files(paths: Iterable[str]) -> list[str]:
    """The plan files that ``paths`` name, folders searched, in order. Raises ``CannotAudit``."""
    found: dict[str, None] = {}
    for path in paths:
        if path == "-" or os.path.isfile(path):
            found[path] = None
        elif os.path.isdir(path):
            top = os.path.join(os.path.realpath(path), "")
            inside = sorted(
                file
                for folder, folders, names in os.walk(path)
                if not _hidden(folders)
                for name in names
                if name.endswith((".yaml", ".yml")) and not name.startswith(".") and _inside(file := os.path.join(folder, name), top)
            )
            if not inside:
                raise CannotAudit("no_plans", path=path)
            found.update(dict.fromkeys(inside))
        else:
            raise CannotAudit("no_regular_file" if os.path.exists(path) else "no_such_file", path=path)
    return list(found)


def relative(path: str) -> str:
    """From the working directory with forward slashes; an absolute path that lies elsewhere stays as it is."""
    try:
        found = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    outside = found.split(os.sep)[0] == os.pardir
    return (path if outside and os.path.isabs(path) else found).replace(os.sep, "/")


def _hidden(folders: list[str]) -> bool:
    """Leaves hidden folders out of the walk, and orders the rest."""
    folders[:] = sorted(name for name in folders if not name.startswith("."))
    return False


def _inside(path: str, top: str) -> bool:
    """A regular file in the folder that is searched: no link leads out of it, and nothing in it keeps a reader waiting."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return True  # whoever reads it will say why it cannot be read
    return stat.S_ISREG(mode) or (stat.S_ISLNK(mode) and os.path.isfile(path) and os.path.realpath(path).startswith(top))


def read(path: str, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file, one more than ``most`` at most. Raises ``CannotAudit``, also for what is no regular file."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise CannotAudit("no_regular_file", path=path)
            return file.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero character in it
        raise CannotAudit("cannot_read", path=path, problem=getattr(error, "strerror", None) or "") from None


def read_whole(path: str, most: int = LARGEST) -> bytes:
    """The bytes of a file that may have ``most`` of them. Raises ``CannotAudit``."""
    data = read(path, most)
    if len(data) > most:
        raise CannotAudit("file_too_large", path=path, limit=str(most))
    return data


def _without_waiting(path: str, flags: int) -> int:
    """Opens a pipe without waiting for whoever writes to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def replace_file(path: str, data: bytes) -> None:
    """Write a file whole or not at all: its mode stays, and a link is followed. Raises ``CannotAudit``."""
    import tempfile

    target = os.path.realpath(path)
    beside = ""
    try:
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(target), prefix=".fireaudit-", delete=False) as file:
            beside = file.name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode_of(target))
        os.replace(beside, target)
    except OSError as error:
        if beside and os.path.exists(beside):
            os.unlink(beside)
        raise CannotAudit("cannot_write", path=path, problem=error.strerror or "") from None


def _mode_of(path: str) -> int:
    """The mode of a file, or what a new file would have."""
    try:
        return os.stat(path).st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
