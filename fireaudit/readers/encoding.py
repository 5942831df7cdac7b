"""Bytes of text files and web pages → text: what is declared, else what the bytes say; a few bad bytes are let pass."""

from __future__ import annotations

import unicodedata
from encodings import normalize_encoding
from encodings.aliases import aliases
from functools import cache

from fireaudit.plan.source import encoding_of
from fireaudit.readers.limits import UnreadableDocument

_KNOWN_AS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "x-x-big5": "big5hkscs"}
_NO_CHARSET = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "utf_7"}  # Python knows them; no page is written in them
_ENOUGH = 7
"""Tenths of the characters beyond ASCII that are at home in a text."""
_RARELY = 10
"""One character in so many is beyond ASCII, at most, in a text of Western Europe."""
_SAMPLE = 20_000


def decoded(data: bytes, declared: str = "") -> str:
    """Raises ``UnreadableDocument`` where it is no text in any encoding."""
    bom, found = encoding_of(data)
    wanted = _KNOWN_AS.get(declared.lower(), declared)
    if wanted and not bom and aliases.get(name := normalize_encoding(wanted).lower(), name) not in _NO_CHARSET:
        try:
            return data.decode(wanted)
        except (LookupError, ValueError):
            pass  # what is declared is wrong; what the bytes say counts
    text = _marked(data[len(bom) :], found) if bom or found != "gb18030" else _nearly(data, "utf-8") or _national(data)
    if text is None:
        raise UnreadableDocument("not_text")
    return text


def _marked(data: bytes, name: str) -> str | None:
    """A text whose encoding is certain; without a mark, two bytes a character are believed only where they make words."""
    text = _nearly(data, name)
    return None if text is None or (name != "utf-8" and _at_home(text) < _ENOUGH) else text


def _national(data: bytes) -> str | None:
    """A text in an encoding that any bytes may be: the one in which its characters are common ones."""
    read = [(_at_home(text), text) for name in ("gb18030", "big5hkscs") if (text := _nearly(data, name)) is not None]
    share, text = max(read, key=lambda one: one[0], default=(0, ""))
    return text if share >= _ENOUGH else _western(data)


def _nearly(data: bytes, name: str) -> str | None:
    """The text, if nearly all that is not plain ASCII in it makes sense; each bad byte becomes U+FFFD."""
    text = data.decode(name, errors="replace")
    bad = text.count("\ufffd")
    return text if not bad or bad * 20 < sum(not c.isascii() for c in text) else None


def _western(data: bytes) -> str | None:
    """English with pound signs, curved quotes and a few accents."""
    beyond = sum(byte > 0x7F for byte in data)
    try:
        return data.decode("cp1252") if beyond * _RARELY <= len(data) else None
    except UnicodeDecodeError:
        return None


def _at_home(text: str) -> int:
    """How many tenths of the characters beyond ASCII are common in writing: Chinese of the first rank, letters, marks."""
    beyond = [c for c in text[:_SAMPLE] if not c.isascii()]
    return 10 * sum(_is_common(c) for c in beyond) // len(beyond) if beyond else 10


def _is_common(char: str) -> bool:
    if "\u3400" <= char <= "\U0003ffff" and unicodedata.category(char) == "Lo":
        return char in _first_rank() or "\uac00" <= char <= "\ud7a3"
    return char < "\u0530" or "\u2000" <= char <= "\u33ff" or "\uff01" <= char <= "\uff5e" or "\ufe30" <= char <= "\ufe4f"


@cache
def _first_rank() -> frozenset[str]:
    """The characters that the Chinese standards, mainland and Taiwan, encode as the common ones."""
    simplified = b"".join(bytes((high, low)) for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF))
    traditional = b"".join(bytes((high, low)) for high in range(0xA4, 0xC6) for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return frozenset(simplified.decode("gb2312") + traditional.decode("big5"))
