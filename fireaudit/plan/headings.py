"""Numbers of headings: 第三章 · 第2节 · 12. · 一、 · （三） · 附表3 · 专栏14."""

from __future__ import annotations

import re
import unicodedata

from fireaudit.quantity.numeral import take_numeral

_NUMBER = "[0-9]{1,4}|[〇零一二三四五六七八九十百]{1,6}"
_PATTERNS = (
    re.compile(rf"(?P<before>第)(?P<n>{_NUMBER})(?P<after>[章节篇编条部分])"),
    re.compile(rf"(?P<before>附件|附表|附图|附录|专栏)\s*(?P<n>{_NUMBER})(?P<after>)"),
    re.compile(rf"(?P<before>\(?)(?P<n>{_NUMBER})(?P<after>[)、.,:]+)"),
)
_DECIMAL = re.compile(r"(?P<before>[0-9]{1,3}(?:\.[0-9]{1,3}){0,4})\.(?P<n>[0-9]{1,3})(?![0-9%‰])")


def number_of(text: str) -> tuple[str, int] | None:
    """The style and the number a heading begins with, or ``None`` where it is not numbered."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if decimal := _DECIMAL.match(plain):
        return f"{decimal['before']}.1", int(decimal["n"])
    for pattern in _PATTERNS:
        match = pattern.match(plain)
        if match is None:
            continue
        numeral = take_numeral(match["n"])
        if numeral is None or numeral[1]:
            return None
        kind = "1" if match["n"][0].isdigit() else "一"
        return f"{match['before']}{kind}{match['after']}", int(numeral[0].value)
    return None


def label_of(text: str) -> str:
    """The number as places write it: 第三章, 附表3, 12."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    for pattern in _PATTERNS:
        match = pattern.match(plain)
        if match is not None:
            named = match["before"] not in ("", "(")
            return match["before"] + match["n"] + match["after"] if named else match["n"]
    return plain
