"""Settings: what a repository wants of its audits. Read from TOML text here; ``app`` finds the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fnmatch import translate
from functools import lru_cache
from typing import Any

from fireaudit.findings import Severity
from fireaudit.limits import USUAL, Limits
from fireaudit.plan.schema import violations
from fireaudit.plan.source import START, Fault, Node, Scalar
from fireaudit.plan.source import Mapping as Tree
from fireaudit.plan.source import Sequence as Items
from fireaudit.rules import BY_CODE, like

FILES = ("fireaudit.toml", "pyproject.toml")
ALWAYS = ("FA001", "FA004", "FA005", "FA006")
"""What could not be read or done is said whatever the settings are: silence is no pass."""

LEVELS = {severity.word: severity for severity in Severity}


class BadSettings(Exception):
    """Settings that cannot be used; ``key`` and ``arguments`` name the message."""

    def __init__(self, key: str, **arguments: str) -> None:
        super().__init__(key)
        self.key, self.arguments = key, arguments


@dataclass(frozen=True, slots=True)
class Entry:
    """An accepted finding: its fingerprint, in one plan (``path``) or any, why, until when, only while it ``says`` ``16≠15``, and its line in the file."""

    fingerprint: str
    reason: str
    path: str | None = None
    until: date | None = None
    says: str | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths are as written, relative to the folder of ``path`` (empty: no file). ``select`` empty is everything; ``barred``
    rules are left out whatever else is said of them."""

    path: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_level: str | None = None
    lang: str | None = None
    rounding: str | None = None
    names: tuple[str, ...] = ()
    baseline: str | None = None
    accept: tuple[Entry, ...] = ()
    limits: Limits = USUAL
    per_file: tuple[tuple[str, Settings], ...] = ()

    def of_file(self, path: str) -> Settings:
        """The settings for one plan, ``path`` being relative to the settings file, with forward slashes."""
        merged = self
        for pattern, own in self.per_file:
            if _compiled(pattern).match(path):
                merged = replace(
                    merged,
                    select=own.select or merged.select,
                    ignore=(*merged.ignore, *own.ignore),
                    severity={**merged.severity, **own.severity},
                    fail_level=own.fail_level or merged.fail_level,
                    rounding=own.rounding or merged.rounding,
                    names=(*merged.names, *own.names),
                )
        return merged

    def narrowed(self, select: Iterable[str], ignore: Iterable[str]) -> Settings:
        """With what the command line selects instead of it, or leaves out of it: over what the settings say, in any words."""
        select, ignore = tuple(select), tuple(ignore)
        unknown_codes((*select, *ignore), "")
        return replace(self, select=select, ignore=ignore) if select else replace(self, barred=ignore)

    def applies(self, code: str) -> bool:
        """Whether a rule is wanted: of what is selected and what is ignored, the more specific counts."""
        if code in ALWAYS:
            return True
        if code.startswith(self.barred):
            return False
        wanted = max((len(prefix) for prefix in self.select or ("",) if code.startswith(prefix)), default=-1)
        return wanted > max((len(prefix) for prefix in self.ignore if code.startswith(prefix)), default=-1)

    def unapplied(self) -> tuple[str, ...]:
        """The rules that are left out."""
        return tuple(code for code in BY_CODE if not self.applies(code))

    def weighed(self, code: str, severity: Severity) -> Severity:
        prefix = max((prefix for prefix in self.severity if code.startswith(prefix)), key=len, default=None)
        return severity if prefix is None else self.severity[prefix]


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    """As many as settings may have (the schema's maxProperties): the library forgets them sooner, and compiles them anew for every plan."""
    return re.compile(translate(pattern))


DEFAULT = Settings()
_DEEP_KEY = re.compile(r"(?<![\w-])[\w-]+(?:[ \t]*\.[ \t]*[\w-]+){60}")


def read_settings(path: str, text: str) -> Settings | None:
    """The settings in a TOML file; ``None`` where a ``pyproject.toml`` has none. Raises ``BadSettings``."""
    import tomllib

    if found := _DEEP_KEY.search(text):  # the library takes memory by the square of its length
        raise BadSettings("settings_syntax", path=path, problem=f"{found[0][:40]}…")
    try:
        loaded = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of too many digits
        raise BadSettings("settings_syntax", path=path, problem=str(error)[:200]) from None
    if path.endswith(FILES[1]):
        tool = loaded.get("tool")
        if not isinstance(tool, dict) or "fireaudit" not in tool:
            return None
        loaded = tool["fireaudit"]
    try:
        faults = violations(_tree(loaded), "settings", most=1)
    except RecursionError as error:
        raise BadSettings("settings_syntax", path=path, problem=str(error)[:200]) from None
    if faults:
        raise _bad(path, text, faults[0])
    return _settings(path, text, loaded)


def unknown_codes(codes: Iterable[str], path: str) -> None:
    """Raises ``BadSettings`` for the first that begins no rule's code."""
    for code in codes:
        if not any(known.startswith(code) for known in BY_CODE) or not code.startswith("FA"):
            raise BadSettings("settings_code", path=path and f"{path}: ", code=code, known=" ".join(like(code)))


def _settings(path: str, text: str, loaded: Mapping[str, Any]) -> Settings:
    codes = [*loaded.get("select", ()), *loaded.get("ignore", ()), *loaded.get("severity", ())]
    unknown_codes(codes, path)
    return Settings(
        path=path,
        select=tuple(loaded.get("select", ())),
        ignore=tuple(loaded.get("ignore", ())),
        severity={code: LEVELS[word] for code, word in loaded.get("severity", {}).items()},
        fail_level=loaded.get("fail-level"),
        lang=loaded.get("lang"),
        rounding=loaded.get("rounding"),
        names=tuple(loaded.get("names", ())),
        baseline=loaded.get("baseline"),
        accept=tuple(_entry(path, text, item) for item in loaded.get("accept", ())),
        limits=Limits(**{name.replace("-", "_"): number for name, number in loaded.get("limits", {}).items()}),
        per_file=tuple((pattern, _settings(path, text, own)) for pattern, own in loaded.get("per-file", {}).items()),
    )


def _entry(path: str, text: str, item: Mapping[str, Any]) -> Entry:
    fingerprint, until = item["fingerprint"], item.get("until")
    try:
        last = None if until is None else until if isinstance(until, date) else date.fromisoformat(until)
    except ValueError:
        raise BadSettings(
            "settings_wrong", path=path, line=_line_of(text, str(until)), where="accept/#0/until", found=str(until), demand="date", wanted=""
        ) from None
    return Entry(fingerprint, item["reason"], item.get("path"), last, item.get("says"), int(_line_of(text, fingerprint)))


def _tree(value: object) -> Node:
    """The value as the schema's reader knows it; TOML keeps no places."""
    if isinstance(value, dict):
        return Tree(START, {key: _tree(below) for key, below in value.items()}, dict.fromkeys(value, START))
    if isinstance(value, list):
        return Items(START, [_tree(below) for below in value])
    if isinstance(value, date) and not isinstance(value, datetime):
        return Scalar(value.isoformat(), START, plain=False)
    return Scalar(str(value).lower() if isinstance(value, bool) else str(value), START, plain=not isinstance(value, str))


def _bad(path: str, text: str, fault: Fault) -> BadSettings:
    said = fault.arguments
    if fault.code == "FA102":
        key = "settings_key_close" if said["close"] else "settings_key"
        return BadSettings(key, path=path, line=_line_of(text, said["key"]), name=said["key"], close=said["close"], known=said["known"])
    if fault.code == "FA103":
        return BadSettings("settings_lacks", path=path, where=said["where"], name=said["key"])
    key = said["where"].rpartition("/")[2]
    line = _line_of(text, said["found"] if key.startswith("#") else key)
    return BadSettings("settings_wrong", path=path, line=line, **said)


def _line_of(text: str, word: str) -> str:
    """The first line on which a word stands, for TOML is read without places."""
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    return str(text.count("\n", 0, found.start()) + 1 if found else 1)
