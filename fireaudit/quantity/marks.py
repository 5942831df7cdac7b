"""Footnote marks on a printed figure: 100① is a hundred, and 100² may be ten thousand, so it is no figure at all."""

from __future__ import annotations

import re

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SIGNS = "[①-⑳⑴-⒇⒈-⒛㉑-㉟㊱-㊿⓪⓿❶-➓]+"
_CIRCLED = re.compile(rf"(?<=\S){_SIGNS}|^\s*{_SIGNS}(?=\s*\S)")
_TRAILING = re.compile(r"(?<=[^\s*＊†‡])[*＊†‡]+\s*$")
# Behind a letter or a character a raised figure is a mark, but behind 米, 里 and m it is a square or a cube.
_NOTE = re.compile(rf"(?<=[^\W\d米里m]|[%‰％)）]|(?<=平方|立方)[米里])[{_RAISED}]{{1,6}}\s{{0,9}}$")
_POWER = re.compile(rf"[0-9０-９][{_RAISED}₀-₉]")


def without_marks(text: str) -> str:
    """``text`` without the marks of footnotes; full-width forms and squares (m²) stay as they are."""
    if text.isascii() and "*" not in text:
        return text
    return _NOTE.sub("", _TRAILING.sub("", _CIRCLED.sub("", text)))


def has_power(text: str) -> bool:
    """A raised or lowered figure stands right behind a digit: a power, or a mark, nobody can tell."""
    return not text.isascii() and _POWER.search(text) is not None
