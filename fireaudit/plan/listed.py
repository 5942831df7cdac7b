"""Lists among the arguments of a message: each language writes its own mark between the items."""

from __future__ import annotations

from collections.abc import Iterable

MARK = "\x1f"


def listed(items: Iterable[str]) -> str:
    return MARK.join(items)
