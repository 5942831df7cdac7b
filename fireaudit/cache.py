"""What was said of a plan, kept for the next run: a file for each plan and everything the result depends on.

An entry is data that is read back strictly, whatever cannot be read is as if it were not there, and no failure of the
cache is ever a failure of the audit. Files appear whole by renaming, so runs may share a cache and be killed at any time.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from fireaudit import __version__

NAME = "FIREAUDIT_CACHE_DIR"
MOST_ENTRY = 256 * 1024
MOST_SHARD = 1024 * 1024
"""Bytes of one entry, and of one of the 256 folders: the oldest entries go first."""

_TAG = "CACHEDIR.TAG"
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n# fireaudit: what plans were found to say; may be deleted at any time\n"
_OF_A_VERSION = re.compile(r"fireaudit-[0-9][0-9A-Za-z.+-]*")


def default_folder(environment: Mapping[str, str]) -> str:
    """Where the cache is: as the environment says, else where the system keeps such things."""
    if environment.get(NAME):
        return environment[NAME]
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(environment.get("LOCALAPPDATA") or home, "fireaudit", "cache")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "fireaudit")
    return os.path.join(environment.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "fireaudit")


class Cache:
    """Entries by key, under a folder of this version."""

    def __init__(self, folder: str) -> None:
        self.folder = os.path.join(folder, f"fireaudit-{__version__}")

    def get(self, key: str) -> bytes | None:
        try:
            with open(self._place(key), "rb") as file:
                return file.read(MOST_ENTRY + 1)
        except OSError:
            return None

    def put(self, key: str, entry: bytes) -> None:
        if len(entry) > MOST_ENTRY:
            return
        place = self._place(key)
        shard = os.path.dirname(place)
        try:
            if not os.path.isdir(shard):
                self._begin(shard)
            beside = f"{place}.{os.getpid()}"
            with open(beside, "wb") as file:
                file.write(entry)
            os.replace(beside, place)
            _bound(shard)
        except OSError:  # full, read-only, or swept by another run
            return

    def _place(self, key: str) -> str:
        return os.path.join(self.folder, key[:2], key[2:])

    def _begin(self, shard: str) -> None:
        """Make a folder; with the first one of a version, those of other versions go."""
        first = not os.path.isdir(self.folder)
        os.makedirs(shard, mode=0o700, exist_ok=True)
        if first:
            with open(os.path.join(self.folder, _TAG), "w", encoding="ascii") as file:
                file.write(_SIGNATURE)
            for other in os.scandir(os.path.dirname(self.folder)):
                if other.path != self.folder and _OF_A_VERSION.fullmatch(other.name) and other.is_dir(follow_symlinks=False) and _is_ours(other.path):
                    _drop(other.path)


def _is_ours(folder: str) -> bool:
    try:
        with open(os.path.join(folder, _TAG), encoding="ascii") as file:
            return file.read(len(_SIGNATURE) + 1) == _SIGNATURE
    except (OSError, ValueError):
        return False


def _drop(folder: str) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _bound(shard: str) -> None:
    """Remove the oldest entries of a folder that holds too much, those half written by a killed run among them."""
    entries = [(entry.stat(follow_symlinks=False), entry.path) for entry in os.scandir(shard)]
    size = sum(status.st_size for status, _ in entries)
    for status, path in sorted(entries, key=lambda entry: entry[0].st_mtime_ns):
        if size <= MOST_SHARD:
            return
        os.unlink(path)
        size -= status.st_size


def key(*parts: bytes) -> str:
    """The same for the same parts only: each is told apart from the next by its length."""
    from hashlib import blake2b

    found = blake2b(digest_size=20)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()


def code() -> bytes:
    """What stands for the program: its files and those of the readers it trusts with the text, by name, size and date."""
    here = Path(__file__).parent
    files = [*_files(str(here), ""), *_readers()]
    return "\n".join([__version__, sys.version, *sorted(files)]).encode("utf-8", "surrogateescape")


def _files(folder: str, under: str) -> Iterable[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path, f"{under}{entry.name}/")
        else:
            yield _stamp(under + entry.name, entry.stat())


def _readers() -> Iterable[str]:
    from importlib.util import find_spec

    for name in ("_ruamel_yaml", "jsonschema_rs"):
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            yield _stamp(name, os.stat(spec.origin))


def _stamp(name: str, status: os.stat_result) -> str:
    return f"{name} {status.st_size} {status.st_mtime_ns}"
