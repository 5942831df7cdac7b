"""Where a finding is, as tools outside want to be told."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from fireaudit.files import relative
from fireaudit.plan.source import Span


def uri(path: str) -> str:
    """A path, from the working directory where it can be, as a URI reference, percent-encoded."""
    shown = relative(path)
    return Path(shown).as_uri() if os.path.isabs(shown) else quote(os.fsencode(shown), safe="/")


def last_line(span: Span) -> int:
    """The last line with a character of the span on it, for the end is exclusive."""
    return span.end_line - 1 if span.end_column == 1 and span.end_line > span.line else span.end_line
