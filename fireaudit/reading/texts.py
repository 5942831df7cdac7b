"""White space as print has it: none beside a Han character, one space between words."""

from __future__ import annotations

import re
import unicodedata

_HAN = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d"
_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}]) | (?=[{_HAN}])")
_BROKEN_NUMBER = re.compile(r"(?<=[0-9][.])\s+(?=[0-9])|(?<=[0-9])\s+(?=[.][0-9])|(?<=[0-9],)\s+(?=[0-9]{3}(?![0-9]))")
_BROKEN_RANGE = re.compile(r"(?<=[0-9])\s*([-~～—–－])\s*(?=[0-9])")


def tidy(text: str) -> str:
    """A cell or label on one line, without the spaces that only set it on the page, and its numbers in one piece."""
    plain = " ".join(text.split())
    return _BROKEN_RANGE.sub(r"\1", _BROKEN_NUMBER.sub("", _BESIDE_HAN.sub("", plain))) if plain else ""


def one_line(text: str) -> str:
    """A heading on one line: runs of white space are one space, because the space after its number is printed."""
    return " ".join(text.split())


def compare(text: str) -> str:
    """What is left to compare two texts by: no white space, full-width and half-width alike."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
