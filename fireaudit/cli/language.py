"""The language of a call, known before anything is parsed."""

from __future__ import annotations

import os
import sys


def asked_language() -> str:
    """``--lang`` as typed, so that help and errors speak it too; else by the locale."""
    words = sys.argv[1:]
    typed = [value for flag, value in zip(words, words[1:], strict=False) if flag == "--lang"]
    typed += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    for known in typed:
        if known in ("zh", "en"):
            return known
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "en"


ENGLISH = asked_language() == "en"
