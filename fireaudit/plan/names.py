"""Official names of towns and districts, shipped as data and extended by files of the same shape."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

LISTS = Path(__file__).parent.parent / "data"


def read_names(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The code and the names of a names file: ``{"code": "441882", "names": ["连州镇", …]}``. Raises ``ValueError``."""
    loaded = json.loads(data.decode("utf-8-sig"))
    if not isinstance(loaded, dict) or not isinstance(loaded.get("code"), str) or not isinstance(loaded.get("names"), list):
        raise ValueError("code, names")
    return loaded["code"], tuple(str(name) for name in loaded["names"])


@cache
def official_names(code: str) -> tuple[str, ...] | None:
    """The names below the jurisdiction with this code; ``None`` where no list is known."""
    if not code.isascii() or not code.isalnum():
        return None
    entry = LISTS / f"{code}.json"
    if not entry.is_file():
        return None
    data = json.loads(entry.read_text(encoding="utf-8"))
    return tuple(data["names"])
