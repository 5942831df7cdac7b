"""Plans as they were: the versions that ``diff`` compares, and what an audit says that it did not say at a revision."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from fireaudit import vcs
from fireaudit.app import Audit, Audited
from fireaudit.cases import Case
from fireaudit.change.compare import Compared, Fate, compare
from fireaudit.files import CannotAudit, plan_files, read
from fireaudit.findings import Finding

Auditor = Callable[[str, bytes], Audited]
"""Audits the bytes of a plan as if they stood at a path."""

_AFTER_REVISION = re.compile(r"^(?:[^:{]|\{[^}]*\})*:(?:[0-3]:)?")
"""All before the path in git's notation; a colon in braces belongs to the revision."""
_KEPT = (Fate.NEW, Fate.ALTERED)


@dataclass(frozen=True, slots=True)
class Version:
    """The bytes of a plan, the path it has (or had) and the words that name this version to a reader."""

    path: str
    label: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Versions:
    """A plan before and after; ``None`` where there is none."""

    old: Version | None
    new: Version | None


def since(audit: Audit, revision: str, again: Auditor) -> Audit:
    """The audit without the findings that the plans had at ``revision`` already, said of the same figures. Raises ``CannotAudit``."""
    now = {plan.source.path: read(plan.source.path) for plan in audit.plans}
    before = _before(now, revision)
    plans, older = [], 0
    for plan in audit.plans:
        path = plan.source.path
        if path in before:
            kept = [] if before[path].data == now[path] else _news(again(path, before[path].data), plan)
            older += len(plan.findings) - len(kept)
            plan = replace(plan, findings=tuple(kept), cases=_within(plan.cases, kept))
        plans.append(plan)
    return replace(audit, plans=tuple(plans), since=revision, older=older)


def _news(old: Audited, new: Audited) -> list[Finding]:
    kept = {id(change.new) for change in compare(old, new).findings if change.fate in _KEPT}
    return [finding for finding in new.findings if id(finding) in kept]


def _within(cases: Iterable[Case], kept: Iterable[Finding]) -> tuple[Case, ...]:
    """The cases as far as these findings are concerned."""
    known = {repr(finding.sort_key()) for finding in kept}
    return tuple(left for case in cases if (left := case.only(known)) is not None)


def _before(plans: Mapping[str, bytes], revision: str) -> dict[str, Version]:
    """What each plan was at a revision; a plan that is new since then is left out."""
    found: dict[str, Version] = {}
    for repository, files in _repositories(plans).items():
        stored = repository.files(repository.commit(revision))
        for path, old in _names(repository, stored, {path: plans[file] for path, file in files.items()}).items():
            data = plans[files[path]]
            was = data if vcs.is_object(stored[old], data) else vcs.blob(repository.top, stored[old])
            found[files[path]] = Version(repository.file(old), f"{revision}:{old}", was)
    return found


def _repositories(files: Iterable[str]) -> dict[vcs.Repository, dict[str, str]]:
    """The repositories that files lie in, each with the names it has for them."""
    folders: dict[str, vcs.Repository] = {}
    found: dict[vcs.Repository, dict[str, str]] = {}
    for file in files:
        folder = os.path.dirname(os.path.realpath(file))
        if folder not in folders:
            folders[folder] = vcs.repository(folder)
        found.setdefault(folders[folder], {})[folders[folder].path(file)] = file
    return found


def _names(repository: vcs.Repository, stored: Mapping[str, str], plans: Mapping[str, bytes]) -> dict[str, str]:
    """What each plan was called then: the same, or what git finds it was renamed from, among the files that are gone."""
    come = {path: data for path, data in plans.items() if path not in stored}
    kinds = {os.path.splitext(path)[1] for path in come}
    gone = {path: object for path, object in stored.items() if os.path.splitext(path)[1] in kinds and not os.path.lexists(repository.file(path))}
    return {path: path for path in plans if path in stored} | (repository.renamed(gone, come) if gone and come else {})


def versions(old: str, new: str, stdin: bytes = b"") -> list[Versions]:
    """The plans to compare: two files, two folders, ``REV:path`` for either, or a revision and what it is compared with now."""
    if old != "-" and ":" not in old and not os.path.exists(old) and os.path.exists(new):
        try:
            return _since_then(old, new)
        except CannotAudit as error:
            raise CannotAudit("no_such_file", path=old) if error.key == "vcs.no_repository" else error from None
    before, after = _side(old, stdin), _side(new, stdin)
    if isinstance(before, Version) and isinstance(after, Version):
        return [Versions(before, after)]
    if isinstance(before, Version) or isinstance(after, Version):
        raise CannotAudit("change.unlike", old=old, new=new)
    return [Versions(before.get(name), after.get(name)) for name in sorted({*before, *after})]


def _since_then(revision: str, now: str) -> list[Versions]:
    """A file or folder against itself at a revision, renamed plans followed."""
    current = {path: Version(path, path, read(path)) for path in _plans_in(now)}
    before = _before({path: version.data for path, version in current.items()}, revision)
    pairs = [Versions(before.get(path), version) for path, version in current.items()]
    if os.path.isdir(now):
        pairs += [Versions(version, None) for version in _removed(revision, now, {version.path for version in before.values()})]
    return pairs


def _removed(revision: str, folder: str, known: set[str]) -> Iterator[Version]:
    """The plans that a folder had at a revision, under whose names nothing is there now and which are not ``known`` under others."""
    repository = vcs.repository(folder)
    here = repository.path(folder)
    prefix = "" if here == "." else here + "/"
    for path, object in repository.files(repository.commit(revision)).items():
        file = repository.file(path)
        if path.startswith(prefix) and _is_plan(path.removeprefix(prefix)) and file not in known and not os.path.lexists(file):
            yield Version(file, f"{revision}:{path}", vcs.blob(repository.top, object))


def _plans_in(path: str) -> list[str]:
    """The plan files at a path; a folder may have lost them all."""
    try:
        return plan_files([path])
    except CannotAudit as error:
        if error.key != "no_plans":
            raise
        return []


def compared(pairs: Iterable[Versions], audit: Auditor) -> list[Compared]:
    """Each pair audited and compared; what has the same bytes is audited once."""
    return [_compared(pair.old, pair.new, audit) for pair in pairs]


def _compared(old: Version | None, new: Version | None, audit: Auditor) -> Compared:
    after = audit(new.path, new.data) if new else None
    same = old is not None and new is not None and old.data == new.data
    before = after if same else audit(old.path, old.data) if old else None
    return Compared(old.label if old else None, new.label if new else None, compare(before, after))


def _side(name: str, stdin: bytes) -> Version | dict[str, Version]:
    """A plan, or the plans of a folder by their paths in it. What lies on disk goes before a revision."""
    if name == "-":
        return Version("<stdin>", "<stdin>", stdin)
    if os.path.isdir(name):
        return {os.path.relpath(path, name).replace(os.sep, "/"): Version(path, path, read(path)) for path in plan_files([name])}
    if os.path.exists(name):
        return Version(name, name, read(name))
    if ":" not in name:
        raise CannotAudit("no_such_file", path=name)
    return _stored(name)


def _stored(name: str) -> Version | dict[str, Version]:
    """What git has under ``REV:path``: a plan, or the plans of a folder."""
    here = os.getcwd()
    repository = vcs.repository(here)
    object = vcs.find(here, name)
    if object is None:
        raise CannotAudit("vcs.no_object", name=name)
    path = _AFTER_REVISION.sub("", name, 1).rstrip("/")
    file = path if path.startswith((".", "..")) else repository.file(path)
    if not vcs.is_tree(here, object):
        return Version(file, name, vcs.blob(here, object))
    lead = name.rstrip("/") + ("/" if path else "")
    inside = {inner: stored for inner, stored in vcs.files(here, object).items() if _is_plan(inner)}
    return {inner: Version(os.path.join(file, inner), lead + inner, vcs.blob(here, stored)) for inner, stored in inside.items()}


def _is_plan(path: str) -> bool:
    """What ``plan_files`` takes for a plan in a folder."""
    return path.endswith((".yaml", ".yml")) and not any(part.startswith(".") for part in path.split("/"))
