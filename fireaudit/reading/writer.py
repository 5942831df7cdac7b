"""YAML written scalar by scalar: every text quoted where it must be, and the place of each remembered with what it came from."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from fireaudit.readers.document import Spot

_PLAIN = re.compile(r"[\w“（《≥≤<][\w“”‘’（）《》·、。；％‰%≥≤<+./—–＜＞-]*(?: [\w“”‘’（）《》·、。；％‰%≥≤<+./—–＜＞-]+)*")
_NOT_TEXT = re.compile(r"(?i:true|false|yes|no|on|off|null|y|n|[0-9.+_-]*(?:e[0-9+-]*)?|0[xob][0-9a-f_]*|\.inf|\.nan|[0-9]+:.*|[0-9]{4}-.*)")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}|(?:0|[1-9][0-9]{0,9})\.[0-9]{1,9}|[0-9]{4}-[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a scalar came from: the spot in the document, the text that stands there, and which part of it is meant."""

    spot: Spot
    text: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Token:
    """A scalar to be written. ``figure``: a number may stand without quotes, for the plan reads it as printed."""

    text: str
    mark: Mark | None = None
    figure: bool = False


@dataclass(slots=True)
class Writer:
    lines: list[str] = field(default_factory=list)
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)

    def line(self, indent: int, *parts: str | Token) -> None:
        """One line of syntax (``str``, written as it is) and scalars."""
        text = "  " * indent
        for part in parts:
            if isinstance(part, Token):
                if part.mark is not None:
                    self.marks[len(self.lines) + 1, len(text) + 1] = part.mark
                text += scalar(part)
            else:
                text += part
        self.lines.append(text.rstrip(" "))

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def joined(tokens: Iterable[Token]) -> list[str | Token]:
    """The parts of a flow sequence, without its brackets."""
    parts: list[str | Token] = []
    for token in tokens:
        parts += [", ", token] if parts else [token]
    return parts


def pairs(entries: Iterable[tuple[str, Token | str | None]]) -> list[str | Token]:
    """The parts of a flow mapping, without its braces; what is ``None`` or empty is left out."""
    parts: list[str | Token] = []
    for key, value in entries:
        if value is None or value == "" or (isinstance(value, Token) and not value.text and value.mark is None):
            continue
        parts += [f"{', ' if parts else ''}{key}: ", value]
    return parts


def scalar(token: Token) -> str:
    """``token`` as YAML: plain where that says the same and cannot be misread, else in double quotes with escapes."""
    text = token.text
    if token.figure and _NUMBER.fullmatch(text):
        return text
    if _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text) and text == unicodedata.normalize("NFC", text):
        return text
    return '"' + "".join(_escaped(c) for c in text) + '"'


def _escaped(c: str) -> str:
    if c in '"\\':
        return "\\" + c
    if 0xD800 <= ord(c) <= 0xDFFF:
        return "\\uFFFD"
    if c == " " or c.isprintable():
        return c
    return json.dumps(c)[1:-1] if ord(c) < 0x10000 else f"\\U{ord(c):08X}"
