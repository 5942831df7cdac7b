"""Lines of running text put together again into paragraphs, where a line breaks in mid-sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

REFERENCE = "\ufdd3"  # a noncharacter that readers put where a note is referred to, until the note has its anchor
_CLOSERS = "”’」』）)】》〉]\"'"
_ENDS = "。！？；：…!?;:."
_OPEN = "，、（《“‘「『【,("
_ITEM = re.compile(
    r"""\s*(?:
        第\s*[0-9０-９〇零一二三四五六七八九十百]+\s*[编篇章节節条條款部]
      | [（(]\s*(?:[0-9０-９]{1,3}|[〇零一二三四五六七八九十百]{1,4}|[a-zA-Z]|[ivxIVX]{1,4})\s*[)）]
      | [〇零一二三四五六七八九十百]{1,4}\s*[、，.．]
      | [0-9０-９]{1,3}(?:[.．][0-9]{1,3}){0,4}\s*(?:[、)）]|[.．](?![0-9])|\s+(?=[^\s0-9%‰.]))
      | [①-⑳⑴-⒇⒈-⒛㈠-㈩]
      | [—－–-]{2}(?=[^—－–-])
      | [•●○■□◆◇▲△★☆※◎▶►·]\s*
      | (?:附表|附件|附图|附录|表|图|專欄|专栏)\s*[0-9０-９一二三四五六七八九十]+
      | (?:注|备注|註|说明|资料来源|数据来源|单位)\s*[:：]
      | (?:附表|附件|附录|目\s*录|目\s*錄)\s*$
      | (?:Chapter|Section|Article|Table|Figure|Box|Annex|Appendix|Note)\s+[0-9IVXA-Z]+\b
    )""",
    re.VERBOSE,
)
_DIVIDED = re.compile(r"[0-9][.,]?$")
_LATIN = re.compile(r"[0-9A-Za-z.,;:!?%)\]'\"-]")


def width(text: str) -> int:
    """How many half-width columns the text takes."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 0 if unicodedata.combining(c) else 1 for c in text)


def starts_item(line: str) -> bool:
    """The line begins with the number of a heading or item, a bullet, or the word of a note or caption."""
    return _ITEM.match(line) is not None


def ends_sentence(line: str) -> bool:
    text = line.rstrip().rstrip(_CLOSERS + REFERENCE)
    return text[-1:] in _ENDS if text else bool(line.strip())


def is_title(line: str) -> bool:
    """A numbered line without a comma or stop in it: a heading, however long."""
    return starts_item(line) and not re.search(r"[，。；,;]|\.\s", line.strip()[:-1])


def measure(lines: Sequence[str]) -> int | None:
    """The width at which the lines were wrapped: where at least three lines break in mid-sentence, ``None`` if nowhere.

    ``lines`` with an empty string for every blank line."""
    broken = [width(a) for a, b in zip(lines, lines[1:], strict=False) if a and b and _may_break(a, b)]
    widths = sorted(w for w in broken if w >= 40)
    best, found = 2, None
    low = 0
    for high, w in enumerate(widths):
        while widths[low] < w - 5:
            low += 1
        if high - low + 1 >= max(best, 3):
            best, found = high - low + 1, w
    return found


def continues(before: str, line: str, wrapped_at: int | None, first: str = "") -> bool:
    """``line`` goes on with the sentence that ``before`` breaks off; ``wrapped_at`` as measured, ``first`` the first line
    of the paragraph: under an indented one, a long line that is followed by one that is not indented was wrapped."""
    if not before.strip() or not line.strip() or not _may_break(before, line):
        return False
    if before.rstrip()[-1] in _OPEN or (_indented(first) and width(before.strip()) >= 40):
        return True
    if wrapped_at is None:
        return False
    slack = 14 if before.rstrip()[-1].isascii() else 6
    return wrapped_at - slack <= width(before.strip()) <= wrapped_at + 4


def joined(lines: Iterable[str]) -> str:
    """Pieces of one paragraph as one text: Chinese set close, words kept apart. A figure that a line end divides is one
    figure in Chinese, where two never follow each other bare."""
    text = before = ""
    for line in lines:
        piece = line.strip()
        if text and piece and _LATIN.match(text[-1]) and piece[0].isascii() and piece[0].isalnum():
            if _DIVIDED.search(text) and piece[0].isdigit() and not (before.isascii() and piece.isascii()):
                pass
            elif len(text) > 1 and text[-1] == "-" and text[-2].islower() and piece[0].islower():
                text = text[:-1]
            elif text[-1] != "-":
                text += " "
        text += piece
        before = piece
    return text


def _may_break(before: str, line: str) -> bool:
    return not (_indented(line) or starts_item(line) or ends_sentence(before) or is_title(before))


def _indented(line: str) -> bool:
    return line.startswith(("\u3000", "  ", "\t", "\xa0\xa0"))


def broken(text: str) -> list[str]:
    """The paragraphs of a text in which line ends were put by hand: a break in mid-sentence is none."""
    if "\n" not in text:
        return [text.strip()] if text.strip() else []
    found: list[list[str]] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        before = found[-1][-1] if found else ""
        if found and not (_indented(line) or starts_item(line) or ends_sentence(before)):
            found[-1].append(line)
        else:
            found.append([line])
    return [joined(lines) for lines in found]
