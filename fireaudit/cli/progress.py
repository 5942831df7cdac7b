"""How far long work is: one line on stderr where that is a terminal, written over and gone at the end."""

from __future__ import annotations

import os
import sys
import time

from fireaudit.messages import word

PAUSE = 100_000_000
"""Nanoseconds between two lines at least, and before the first: short work shows nothing."""


class Progress:
    """So many of ``total`` plans."""

    def __init__(self, total: int, language: str) -> None:
        self.total, self.language = total, language
        self.shown = False
        self.last = time.monotonic_ns() if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" else None

    def show(self, done: int) -> None:
        if self.last is not None and time.monotonic_ns() - self.last > PAUSE:
            self.last, self.shown = time.monotonic_ns(), True
            self._write("\r\x1b[K" + word("survey.progress", self.language, done=done, total=self.total))

    def clear(self) -> None:
        """Make way for what is to be printed."""
        if self.shown:
            self.shown = False
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stderr.buffer.flush()
