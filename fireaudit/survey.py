"""Many plans: audited over several processes, told one by one in order, what is known already taken from the cache."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from fireaudit.app import Options, audit_under, of_acceptances
from fireaudit.brief import Brief, NotPacked, Overview, pack, unpack
from fireaudit.cache import Cache, code, key
from fireaudit.checks.parse import desk
from fireaudit.checks.stated import stated
from fireaudit.config import Settings
from fireaudit.documents import is_document
from fireaudit.executor import FEWEST, Executor
from fireaudit.files import plan_files, read
from fireaudit.scope import Scope, beside, today

WINDOW = 1000
"""So many plans are looked up in the cache before those that are not there are handed out; fewer than ``FEWEST`` are not looked up at all."""


class Survey:
    """The plans at ``paths`` (``-`` is ``stdin``), each audited when it is asked for. Raises ``CannotAudit``, now or then."""

    def __init__(self, paths: Iterable[str], options: Options, executor: Executor, cache: Cache | None = None, stdin: bytes | None = None) -> None:
        self.options = replace(options, today=options.today or today())
        self.paths = plan_files(paths)
        self.scope = options.scope()
        self.executor = executor
        cache = cache if len(self.paths) >= FEWEST else None
        self.auditor = Auditor(self.scope, self.options, cache, code() if cache is not None else b"", stdin)
        self.told: list[Brief] = []

    def __iter__(self) -> Iterator[Brief]:
        for start in range(0, len(self.paths), WINDOW):
            window = self.paths[start : start + WINDOW]
            known = [self.auditor.known(path) for path in window]
            results = self.executor.map(self.auditor, [path for path, brief in zip(window, known, strict=True) if brief is None])
            for path, brief in zip(window, known, strict=True):
                self.told.append(brief if brief is not None else unpack(next(results), *self.auditor.under(path)))
                yield self.told[-1]

    def overview(self) -> Overview:
        """What was told, and what is to be said of settings and baselines once all is."""
        assert self.options.today is not None
        return Overview(tuple(self.told), tuple(of_acceptances(self.scope, self.told, self.options.today)))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """What one plan takes is freed with it: to look for cycles among millions of its figures meanwhile finds none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Auditor:
    """Audits the plan at a path, to a packed brief; a plain value, so that it can be sent to another process."""

    def __init__(self, scope: Scope, options: Options, cache: Cache | None, program: bytes, stdin: bytes | None) -> None:
        self.scope, self.options, self.cache, self.stdin = scope, options, cache, stdin
        self.program = program
        self._contexts: dict[str, tuple[Settings, bytes]] = {}

    def __call__(self, path: str) -> str:
        name, data = self._read(path)
        with _without_collecting():
            packed = pack(audit_under(self.scope, self.options, name, data))
            stated.cache_clear()  # these keep the plan
            desk.cache_clear()
        if self.cache is not None and not is_document(name, data):
            self.cache.put(self._key(name, data), packed.encode("ascii"))
        return packed

    def under(self, path: str) -> tuple[str, Settings]:
        """The name that a path is reported by, and its settings."""
        name = "<stdin>" if path == "-" else path
        return name, self.scope.settings(name)

    def known(self, path: str) -> Brief | None:
        """What the cache knows of the plan as it is now."""
        if self.cache is None:
            return None
        name, data = self._read(path)
        if is_document(name, data):  # what its readers depend on is no part of the key
            return None
        entry = self.cache.get(self._key(name, data))
        try:
            return unpack(entry, name, self.scope.settings(name)) if entry is not None else None
        except NotPacked:
            return None

    def _read(self, path: str) -> tuple[str, bytes]:
        return ("<stdin>", self.stdin or b"") if path == "-" else (path, read(path, self.scope.settings(path).limits.max_bytes))

    def _key(self, path: str, data: bytes) -> str:
        """Of everything that the result depends on, which the place of the plan is only where something is accepted by it."""
        settings = self.scope.settings(path)
        baseline = None if self.options.unbased else self.scope.baseline(settings)
        parts = [data, self.program, self._context(settings)]
        if settings.accept:
            parts.append(beside(settings.path, path).encode("utf-8", "surrogateescape"))
        if baseline is not None:
            there = beside(baseline.path, path)
            parts.append(repr([there, sorted(map(repr, baseline.known.get(there, {}).items()))]).encode("utf-8", "backslashreplace"))
        if data.lower().count(b"fireaudit") != 1 or any(entry.until for entry in settings.accept):
            parts.append(str(self.options.today).encode())  # a comment may accept something until a day
        return key(*parts)

    def _context(self, settings: Settings) -> bytes:
        """Settings, options and lists of names, but for the day; the same object for plans of one folder, so spelled once."""
        known = self._contexts.get(settings.path)
        if known is None or known[0] != settings:
            said = [settings, replace(self.options, today=None), sorted(self.scope.names(settings).items())]
            known = self._contexts[settings.path] = settings, repr(said).encode("utf-8", "backslashreplace")
        return known[1]
