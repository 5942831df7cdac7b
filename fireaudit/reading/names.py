"""Names of the check language from printed labels: the label's own words, so that a relation reads like the document."""

from __future__ import annotations

import keyword
import re
import unicodedata

LONGEST = 24
_RESERVED = {"sum", "across", "total", "count", "min", "max", "round", "ceil", "abs", "baseline"}
_BRACKETS = re.compile(r"[(（\[［〔【][^()（）\[\]［］〔〕【】]*[)）\]］〕】]")
_LEAD = re.compile(r"(?:第\S{1,4}[章节条]|(?:附表|附件|附录|专栏|专欄|表|(?i:table|annex|box))\s*[0-9一二三四五六七八九十.-]+)[\s:：、.]*")


class Names:
    """Each name once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def name(self, label: str, otherwise: str) -> str:
        """A valid name not given before, from ``label`` or, where it holds no word, from ``otherwise``."""
        base = identifier(label) or otherwise
        found, number = base, self._numbers.get(base, 1)
        while found in self.taken:
            number += 1
            found = f"{base}_{number}"
        self._numbers[base] = number
        self.taken.add(found)
        return found


def _shortened(name: str) -> str:
    """At most ``LONGEST`` characters; a name of words may have twice as many and is cut between words."""
    if not name.isascii() or len(name) <= LONGEST:
        return name[:LONGEST]
    return name[: 2 * LONGEST] if len(name) <= 2 * LONGEST or "_" not in name[LONGEST : 2 * LONGEST] else name[: name.rindex("_", LONGEST, 2 * LONGEST)]


def identifier(label: str) -> str:
    """``2024年建设任务（个）`` → ``_2024年建设任务``; empty where nothing is left."""
    plain = unicodedata.normalize("NFKC", label)
    plain = _BRACKETS.sub("", plain) or plain
    plain = _LEAD.sub("", plain, count=1) or plain
    words = re.split(r"[^\w]+", plain) if plain.isascii() else [plain]
    kept = "".join(c for c in "_".join(w for w in words if w) if ("a" + c).isidentifier() and len(unicodedata.normalize("NFKC", c)) == 1)
    kept = _shortened(kept.strip("_")).strip("_")
    if not kept:
        return ""
    if not kept.isidentifier():
        kept = "_" + kept
    return kept + "_" if keyword.iskeyword(kept) or kept in _RESERVED or keyword.issoftkeyword(kept) else kept
