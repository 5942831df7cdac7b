"""Official names of towns and districts, shipped as data and extended by files of the same shape."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources


@cache
def official_names(code: str) -> tuple[str, ...] | None:
    """The names below the jurisdiction with this code; ``None`` where no list is known."""
    if not code.isascii() or not code.isalnum():
        return None
    entry = resources.files("fireaudit") / "data" / f"{code}.json"
    if not entry.is_file():
        return None
    data = json.loads(entry.read_text(encoding="utf-8"))
    return tuple(data["names"])
