"""The numbers that headings begin with, in every style documents use, each with its usual rank."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from fireaudit.quantity.numeral import take_numeral

_HAN = "〇零一二三四五六七八九十百"
_N = rf"[0-9]{{1,3}}|[{_HAN}]{{1,5}}"
_ROMAN = "[IVXLC]{1,6}"
_STYLES = (
    ("part", 0, re.compile(rf"(?P<label>第\s*(?P<n>{_N})\s*(?:篇|编|編|部分|部份))(?P<title>.*)")),
    ("part", 0, re.compile(rf"(?P<label>(?i:part)\s+(?P<n>[0-9]{{1,2}}|{_ROMAN}))(?![A-Za-z])[\s.:：—–-]*(?P<title>.*)")),
    ("chapter", 1, re.compile(rf"(?P<label>第\s*(?P<n>{_N})\s*章)(?P<title>.*)")),
    ("chapter", 1, re.compile(rf"(?P<label>(?i:chapter)\s+(?P<n>[0-9]{{1,2}}|{_ROMAN}))(?![A-Za-z])[\s.:：—–-]*(?P<title>.*)")),
    ("section", 2, re.compile(rf"(?P<label>第\s*(?P<n>{_N})\s*[节節])(?P<title>.*)")),
    ("section", 2, re.compile(r"(?P<label>(?i:section)\s+(?P<n>[0-9]{1,2}(?:\.[0-9]{1,2})*))(?![A-Za-z0-9])[\s.:：—–-]*(?P<title>.*)")),
    ("article", 3, re.compile(rf"(?P<label>第\s*(?P<n>{_N})\s*[条條])(?P<title>.*)")),
    ("annex", -1, re.compile(rf"(?P<label>(?:附件|附表|附录|附錄|附图|附圖)\s*(?P<n>{_N}))(?![0-9{_HAN}])[\s:：、.．]*(?P<title>.*)")),
    ("annex", -1, re.compile(r"(?P<label>(?i:annex|appendix|schedule)\s+(?P<n>[0-9]{1,2}|[A-Z]))(?![A-Za-z0-9])[\s.:：—–-]*(?P<title>.*)")),
    ("box", -1, re.compile(rf"(?P<label>(?:专栏|專欄)\s*(?P<n>{_N}))(?![0-9{_HAN}])[\s:：、.．]*(?P<title>.*)")),
    ("box", -1, re.compile(r"(?P<label>(?i:box)\s+(?P<n>[0-9]{1,2}))(?![A-Za-z0-9])[\s.:：—–-]*(?P<title>.*)")),
    ("han", 4, re.compile(rf"(?P<label>(?P<n>[{_HAN}]{{1,4}}))\s*[、.．,，](?P<title>.*)")),
    ("han_paren", 5, re.compile(rf"[(（]\s*(?P<label>(?P<n>[{_HAN}]{{1,4}}))\s*[)）][、.．]?(?P<title>.*)")),
    ("decimal", 6, re.compile(r"(?P<label>(?P<n>[0-9]{1,2}(?:[.．][0-9]{1,2}){1,4}))(?![0-9%‰])[.．、]?\s*(?P<title>[^\s0-9.].*)")),
    ("arabic", 6, re.compile(r"(?P<label>(?P<n>[0-9]{1,3}))\s*(?:、|[.．:：](?:(?![0-9])|(?=20[0-9]{2}年)))(?P<title>.*)")),
    ("arabic_paren", 7, re.compile(r"[(（]?\s*(?P<label>(?P<n>[0-9]{1,2}))\s*[)）](?P<title>.*)")),
    ("circle", 8, re.compile(r"(?P<label>(?P<n>[①-⑳]))(?P<title>.*)")),
)
NAMED = ("part", "chapter", "section")
"""Styles that say of themselves that they head something; numbers of the others begin list items as often."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """``style`` and ``rank`` of the number, its value, its label as places write it, and the text after it."""

    style: str
    rank: int
    value: int
    label: str
    title: str


def numbered(text: str) -> Numbered | None:
    """The number that ``text`` begins with, or ``None``."""
    line = " ".join(text.split())
    for style, rank, pattern in _STYLES:
        match = pattern.match(line)
        if match is None:
            continue
        value = _value(match["n"])
        if value is None or (style == "decimal" and not _separated(match)):
            continue
        label = match["label"] if style == "circle" else unicodedata.normalize("NFKC", match["label"])
        label = label if label.isascii() else re.sub(r"\s", "", label)
        if style == "decimal":
            depth = label.count(".")
            style, rank = f"decimal{depth}", 6 + depth
        return Numbered(style, rank, value, label, match["title"].strip())
    return None


def _separated(match: re.Match[str]) -> bool:
    """Whether more than the number itself parts it from its title: ``3.5万人`` is a figure, ``3.5 人员`` and ``3.5.1人员`` are headings."""
    gap = match.string[match.end("label") : match.start("title")]
    return bool(gap) or match["label"].count(".") > 1


def _value(text: str) -> int | None:
    plain = unicodedata.normalize("NFKC", text)
    if re.fullmatch(_ROMAN, plain):
        return _roman(plain)
    if re.fullmatch("[A-Z]", plain):
        return ord(plain) - 64
    plain = plain.rpartition(".")[2]
    numeral = take_numeral(plain)
    return None if numeral is None or numeral[1] else int(numeral[0].value)


def _roman(text: str) -> int:
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    values = [worth[c] for c in text]
    return sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))
