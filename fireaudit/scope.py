"""What applies to each plan: its settings, lists of official names and baseline, found upward from it and read once each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from fireaudit.accept import Baseline, read_baseline
from fireaudit.config import DEFAULT, FILES, BadSettings, Settings, read_settings
from fireaudit.files import CannotAudit, read_whole, relative
from fireaudit.plan.names import read_names

MOST_SETTINGS = 1024 * 1024
"""Bytes of a settings file."""

Names = Mapping[str, tuple[str, ...]]


class Scope:
    """Settings as the files and the command line give them.

    ``file``: this settings file for all plans; ``isolated``: none at all. ``baseline`` and ``names`` are the command line's;
    ``narrowed``: it selects rules or leaves some out.
    """

    def __init__(self, file: str | None, isolated: bool, select: Iterable[str], ignore: Iterable[str], names: Iterable[str], baseline: str | None) -> None:
        self._file = _settings(file) if file is not None else DEFAULT if isolated else None
        self._select, self._ignore, self._baseline = tuple(select), tuple(ignore), baseline
        self._names = [_names(path) for path in names]
        self.narrowed = bool(self._select or self._ignore)
        self._by_folder: dict[str, Settings] = {}
        self._by_list: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._by_baseline: dict[str, Baseline] = {}

    def settings(self, path: str) -> Settings:
        """The settings for the plan at ``path``. Raises ``CannotAudit``."""
        found = self.repository(path)
        try:
            return found.of_file(beside(found.path, path)).narrowed(self._select, self._ignore)
        except BadSettings as error:
            raise CannotAudit(error.key, **error.arguments) from None

    def repository(self, path: str) -> Settings:
        """The settings file that the plan at ``path`` is under, before what it says of single files."""
        return self._file if self._file is not None else self._upward(os.path.dirname(os.path.realpath(path)))

    def names(self, settings: Settings) -> Names:
        """The lists of official names by jurisdiction: the settings', over them those of the command line."""
        found = []
        for name in settings.names:
            path = from_file(settings.path, name)
            if path not in self._by_list:
                self._by_list[path] = _names(path)
            found.append(self._by_list[path])
        return dict([*found, *self._names])

    def baseline(self, settings: Settings) -> Baseline | None:
        path = self._baseline or (settings.baseline and from_file(settings.path, settings.baseline))
        if not path:
            return None
        path = relative(path)
        if path not in self._by_baseline:
            self._by_baseline[path] = baseline_at(path)
        return self._by_baseline[path]

    def _upward(self, folder: str) -> Settings:
        if folder not in self._by_folder:
            found = next((own for name in FILES if (own := _found(relative(os.path.join(folder, name)))) is not None), None)
            parent = os.path.dirname(folder)
            self._by_folder[folder] = found if found is not None else DEFAULT if parent == folder else self._upward(parent)
        return self._by_folder[folder]


def from_file(path: str, name: str) -> str:
    """A path that is written in the file ``path``."""
    return os.path.join(os.path.dirname(path), name)


def beside(path: str, plan: str) -> str:
    """The plan as the file ``path`` would name it: from its folder, with forward slashes."""
    try:
        near = os.path.relpath(os.path.realpath(plan), os.path.dirname(os.path.realpath(path)) if path else None)
    except ValueError:  # another drive
        near = plan
    return near.replace(os.sep, "/")


def today(environment: Mapping[str, str] | None = None) -> date:
    """The day acceptances are held against: the clock's, or that of ``SOURCE_DATE_EPOCH`` for runs that must repeat."""
    epoch = (os.environ if environment is None else environment).get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isascii() and epoch.isdigit() and len(epoch) < 12 else date.today()


def _found(path: str) -> Settings | None:
    return _settings_in(path) if os.path.isfile(path) else None


def _settings(path: str) -> Settings:
    path = relative(path)
    found = _settings_in(path)
    return found if found is not None else replace(DEFAULT, path=path)


def _settings_in(path: str) -> Settings | None:
    try:
        return read_settings(path, read_whole(path, MOST_SETTINGS).decode("utf-8-sig"))
    except BadSettings as error:
        raise CannotAudit(error.key, **error.arguments) from None
    except UnicodeDecodeError:
        raise CannotAudit("cannot_read", path=path, problem="UTF-8") from None


def _names(path: str) -> tuple[str, tuple[str, ...]]:
    try:
        return read_names(read_whole(path))
    except (ValueError, RecursionError) as error:
        raise CannotAudit("cannot_read", path=path, problem=str(error)[:100]) from None


def baseline_at(path: str) -> Baseline:
    """The baseline in a file. Raises ``CannotAudit``."""
    try:
        return read_baseline(path, read_whole(path))
    except (ValueError, RecursionError) as error:
        raise CannotAudit("cannot_read", path=path, problem=str(error)[:100]) from None
