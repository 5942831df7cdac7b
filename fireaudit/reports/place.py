"""Where a finding is, as tools outside want to be told."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from fireaudit.plan.source import Span


def relative(path: str) -> str:
    """From the working directory with forward slashes; an absolute path that lies elsewhere stays as it is."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    outside = near.split(os.sep)[0] == os.pardir
    return (path if outside and os.path.isabs(path) else near).replace(os.sep, "/")


def uri(path: str) -> str:
    """The same as a URI reference, percent-encoded."""
    near = relative(path)
    return Path(near).as_uri() if os.path.isabs(near) else quote(os.fsencode(near), safe="/")


def last_line(span: Span) -> int:
    """The last line with a character of the span on it, for the end is exclusive."""
    return span.end_line - 1 if span.end_column == 1 and span.end_line > span.line else span.end_line
