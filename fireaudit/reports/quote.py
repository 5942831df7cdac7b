"""Text of a plan made inert for formats that machines read: shown as it is, obeyed by none."""

from __future__ import annotations

import json
import re

from fireaudit.messages import visible

_BEYOND = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What ``visible`` leaves and XML 1.0, UTF-8 or a reader's eye does not bear."""


def shown(text: str) -> str:
    """Control, bidirectional and unpaired characters as ``\\uXXXX``. JSON that goes through here still says the same."""
    return _BEYOND.sub(lambda found: f"\\u{ord(found[0]):04x}", visible(text))


def plain(text: str) -> str:
    """One line, with nothing in it that is not a printed character."""
    return shown(" ".join(text.split()))


def json_text(value: object, indent: int | None = None) -> str:
    """JSON that can stand in a build log: ``##`` starts a command there, so the second one is escaped."""
    return shown(json.dumps(value, ensure_ascii=False, indent=indent)).replace("##", "#\\u0023") + "\n"
