"""What git remembers of a file, asked of git itself: objects only, so that no filter, hook, monitor or diff program of a repository runs."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fireaudit.files import CannotAudit
from fireaudit.limits import LARGEST

_INERT = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "protocol.allow=never")
_KEPT = ("GIT_CONFIG", "GIT_CEILING_", "GIT_DISCOVERY_", "GIT_EXEC_PATH")
"""Variables of git's own that stay; a hook's others would point elsewhere than at the repository of the file."""
_OBJECT = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FILES = (b"100644", b"100755")


@dataclass(frozen=True, slots=True)
class Repository:
    """The working tree at ``top``. Paths are relative to it, with forward slashes; objects go by their names."""

    top: str

    def path(self, file: str) -> str:
        """A file of the working tree as git calls it, links followed."""
        return os.path.relpath(os.path.realpath(file), self.top).replace(os.sep, "/")

    def file(self, path: str) -> str:
        """Where a file of the repository lies (or would lie), from the working directory."""
        return os.path.relpath(os.path.join(self.top, path))

    def commit(self, revision: str) -> str:
        """The commit that a revision names. Raises ``CannotAudit``."""
        found = find(self.top, f"{revision}^{{commit}}")
        if found is None:
            shallow = _run(self.top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
            raise CannotAudit("vcs.shallow" if shallow else "vcs.no_revision", revision=revision)
        return found

    def files(self, tree: str) -> dict[str, str]:
        """The plain files of a commit or tree, each with the name of its object."""
        return files(self.top, tree)

    def renamed(self, gone: Mapping[str, str], come: Mapping[str, bytes]) -> dict[str, str]:
        """What each new path was called among those that are ``gone``, as git detects it; nothing in the repository changes."""
        import tempfile

        with tempfile.TemporaryDirectory(prefix="fireaudit-") as folder:
            environment = {
                "GIT_OBJECT_DIRECTORY": folder,
                "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(os.path.join(self.top, os.fsdecode(_ask(self.top, "rev-parse", "--git-path", "objects").strip()))),
            }
            written = {path: _ask(self.top, "hash-object", "-w", "--no-filters", "--stdin", data=data, more=environment) for path, data in come.items()}
            old = self._tree({path: object.encode() for path, object in gone.items()}, os.path.join(folder, "old"), environment)
            new = self._tree({path: object.strip() for path, object in written.items()}, os.path.join(folder, "new"), environment)
            command = ("diff-tree", "-r", "-z", "-M", "--name-status", "--diff-filter=R", "--no-ext-diff", "--no-textconv", old, new)
            told = _ask(self.top, *command, more=environment).split(b"\0")
        return {os.fsdecode(now): os.fsdecode(was) for was, now in zip(told[1::3], told[2::3], strict=True)}

    def _tree(self, entries: Mapping[str, bytes], index: str, environment: Mapping[str, str]) -> str:
        """A tree of these files, through an index of its own."""
        lines = b"".join(b"100644 " + object + b"\t" + os.fsencode(path) + b"\0" for path, object in entries.items())
        more = {**environment, "GIT_INDEX_FILE": index}
        _ask(self.top, "update-index", "-z", "--index-info", data=lines, more=more)
        return _ask(self.top, "write-tree", more=more).decode().strip()


def repository(folder: str) -> Repository:
    """The repository that a folder lies in. Raises ``CannotAudit``."""
    done = _run(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        if b"not a git repository" in done.stderr:
            raise CannotAudit("vcs.no_repository", path=folder)
        raise _failed(done.stderr)
    return Repository(os.path.realpath(os.fsdecode(done.stdout.removesuffix(b"\n"))))


def find(folder: str, name: str) -> str | None:
    """The object that ``name`` means in a folder, in git's own notation: ``HEAD~1``, ``v1:plans/a.yaml``, ``HEAD:./a.yaml``."""
    if not name or name.startswith("-"):
        return None
    done = _run(folder, "rev-parse", "--verify", "--quiet", name)
    found = done.stdout.strip()
    if done.returncode or not _OBJECT.fullmatch(found):
        return None
    return found.decode()


def is_tree(folder: str, object: str) -> bool:
    return _ask(folder, "cat-file", "-t", object).strip() == b"tree"


def files(folder: str, tree: str) -> dict[str, str]:
    """The plain files below a tree, each with the name of its object; links and submodules are none."""
    found = {}
    for entry in _ask(folder, "ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0"):
        about, _, path = entry.partition(b"\t")
        if about[:6] in _FILES:
            found[os.fsdecode(path)] = about.split(b" ")[2].decode()
    return found


def blob(folder: str, object: str) -> bytes:
    """The bytes of a file as they are stored. Raises ``CannotAudit``, also for a file larger than any plan may be."""
    size = int(_ask(folder, "cat-file", "-s", object))
    if size > LARGEST:
        raise CannotAudit("vcs.too_large", size=str(size), limit=str(LARGEST))
    return _ask(folder, "cat-file", "blob", object)


def is_object(object: str, data: bytes) -> bool:
    """Whether a stored file has exactly these bytes; git names it by their digest."""
    import hashlib

    digest = hashlib.sha256 if len(object) == 64 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data).hexdigest() == object


def _ask(folder: str, *arguments: str, data: bytes = b"", more: Mapping[str, str] | None = None) -> bytes:
    done = _run(folder, *arguments, data=data, more=more)
    if done.returncode:
        raise _failed(done.stderr)
    return done.stdout


def _failed(stderr: bytes) -> CannotAudit:
    lines: Iterable[str] = stderr.decode("utf-8", "replace").splitlines()
    return CannotAudit("vcs.failed", problem=next((line for line in lines if line.startswith(("fatal:", "error:"))), "?")[:300])


def _run(folder: str, *arguments: str, data: bytes = b"", more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    fixed = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    command = ["git", "-C", folder, "--no-pager", "--no-replace-objects", "--literal-pathspecs", *_INERT, *arguments]
    try:
        return subprocess.run(command, input=data, capture_output=True, env={**kept, **fixed, **(more or {})}, check=False)
    except FileNotFoundError:
        raise CannotAudit("vcs.no_git") from None
    except OSError as error:
        raise CannotAudit("vcs.failed", problem=error.strerror or "") from None


def _quoted(path: str) -> str:
    """A path among several in a variable of git's."""
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'
