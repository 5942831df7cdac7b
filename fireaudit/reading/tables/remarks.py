"""What a document says in words of the totals of its tables: that figures are rounded, that rows overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_CAPTION = 80
_ROUNDED = re.compile(r"四[舍捨]五入|[尾舍捨]入|进位|(?i:\brounding\b|\brounded\b|(?:may|do|does|might|will) not (?:always )?(?:add|sum|total))")
_SCALED = re.compile(
    r"(?i:\b(?:in|by) (?:hundreds|thousands|millions|billions)\b|\b(?:hundreds|thousands|millions|billions) of\b|[’'‘]000\b"
    r"|[$£€]\s?(?:m|mn|bn|million|billion|thousand)\b)"
)
_OVERLAP = re.compile(r"去重|剔重|剔除重|重[复複]|(?i:\bdistinct\b|\boverlap|\bdeduplicat|\bcounted (?:more than )?once\b|\bunique\b)")
_TOUCHED = re.compile(r"受益|涉及|覆盖|覆蓋|惠及|(?i:\bcovered\b|\bserved\b|\bbenefi|\binvolved\b)")
_NOTE = re.compile(r"[(（]?\s*(?:[备附]?[注註]|说明|說明|[*＊※①]|(?i:notes?|totals?|figures?|details?)\b)")


@dataclass(frozen=True, slots=True)
class Remarks:
    rounded: bool = False
    overlapping: bool = False
    blanks: bool = False
    """A blank counts nothing, as in the shorter side of a statement."""

    def with_texts(self, captions: Iterable[str], notes: Iterable[str]) -> Remarks:
        """With what the captions and headings of a table say, and the notes to it."""
        captions = tuple(captions)
        said = (*captions, *notes)
        return Remarks(
            self.rounded or any(_SCALED.search(text) for text in captions) or any(_ROUNDED.search(text) for text in said),
            self.overlapping or any(_OVERLAP.search(text) for text in said),
        )


NOTHING = Remarks()


def overlaps(label: str, unit: str = "") -> bool:
    """Whether what a column counts may be counted in several rows, by its heading: one village may gain by two works; but each time counts in 个次."""
    return bool(_OVERLAP.search(label) or _TOUCHED.search(label)) and not unit.endswith("次")


def said_of_all(texts: Iterable[str]) -> Remarks:
    """A note on rounding holds for all tables of a document, wherever it stands."""
    return Remarks(rounded=any(_ROUNDED.search(text) for text in texts))


def is_note(text: str) -> bool:
    """Whether a paragraph below a table is a note to it."""
    return bool(_NOTE.match(text))
