"""Bytes of text files and web pages → text: what is declared, else what the bytes say; a few bad bytes are let pass."""

from __future__ import annotations

from fireaudit.plan.source import Unreadable, decode, encoding_of
from fireaudit.readers.limits import UnreadableDocument

_CHINESE = ("gb2312", "gbk", "gb_2312-80", "x-gbk")


def decoded(data: bytes, declared: str = "") -> str:
    """Raises ``UnreadableDocument`` where it is no text in any encoding."""
    bom, found = encoding_of(data)
    wanted = "gb18030" if declared.lower() in _CHINESE else declared
    if wanted and not bom:
        try:
            return data.decode(wanted)
        except (LookupError, ValueError):
            pass  # what is declared is wrong; what the bytes say counts
    if not bom and found == "gb18030" and (text := _nearly(data, "utf-8")) is not None:
        return text
    try:
        return decode(data)
    except Unreadable:
        text = _nearly(data[len(bom) :], found) if b"\0" not in data else None
        if text is None:
            raise UnreadableDocument("not_text") from None
        return text


def _nearly(data: bytes, name: str) -> str | None:
    """The text, if nearly all that is not plain ASCII in it makes sense; each bad byte becomes U+FFFD."""
    text = data.decode(name, errors="replace")
    bad = text.count("\ufffd")
    return text if bad * 20 < sum(not c.isascii() for c in text) else None
