"""A whole with its parts behind it: 共42个，其中A 12个、B 30个 · 42 staff: 30 full-time and 12 part-time · 五年60公里，2021年10公里、…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fireaudit.reading.claims.addends import MOST, NUMERALS, Addends, Row, noun_of, number_of
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.kinds import apart, exhaust
from fireaudit.reading.claims.leads import OF_WHICH, TAKEN_OFF, TOTAL
from fireaudit.reading.claims.levels import Item, Level

_CUMULATIVE = re.compile("年[底末]|达到|增至|提高到|增加到|扩大到|累计|总数|总量|[比较]")
_AND = re.compile("和|及|与|、|&|\\band\\b")
_LISTED = re.compile(r"(?:[^，,。;:(]{0,12}| [a-z -]{3,40})(?:[，,](?:具体|分年度?|按年度?|分类|分别|各年度?|年度)[^，,。;:(]{0,6})?:[^，,。;:]{0,24}")
_OF_THE = re.compile(r"(?:^|[.] )Of (?:the|these|those|all)?(?: total)? ?$|(?:^|[.] )Of $")
_YEARLY = re.compile(r"(?:^|[，,、;:(]|和)(?:到|在)?(?:19|20)[0-9]{2}年[^，,。;:、]{0,12}$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SPAN = re.compile(r"([两二三四五六七八九十]|[0-9]{1,2})年")
_NEEDED = {
    "of": 8,
    "colon": 5,
    "like": 4,
    "bracket": 3,
    "which": 5,
    "including": 8,
    "by": 8,
    "used": 4,
    "split": 0,
    "composed": 0,
    "made": 0,
    "listed": 0,
    "years": 0,
}
"""Bits by which one slip must explain parts that miss their whole, before they are taken for all of it."""


class Parts(Addends):
    """``settled``: figures that a total has taken. ``whole_of`` has for each part the figure it is a part of, once all have been gone through."""

    def __init__(self, level: Level, items: Sequence[Item], settled: set[int]) -> None:
        super().__init__(level, items)
        self.settled = settled
        self.whole_of: dict[int, int] = {}

    def wholes(self) -> Iterator[Claim]:
        """A whole with its parts behind it."""
        for first in range(1, self.count):
            how = self._introduced(first)
            whole = self._whole(first, how) if how is not None and self.addable[first] else None
            if how is None or whole is None:
                continue
            listed = self._list(first)
            if any(TAKEN_OFF.search(self.gaps[k]) for k in listed.marks):
                continue
            if how == "composed" and not re.match("[^，。;、]{0,12}[组构]成", self.level.behind(listed.marks[-1])):
                continue
            self.whole_of.update({self.level.which[k]: self.level.which[whole] for k in listed.marks})
            yield from self._parts(whole, listed, how)
            for parts, beside in self._beside(listed.marks, whole) if len(listed.marks) > 1 else ():
                self.whole_of.update({self.level.which[k]: self.level.which[beside] for k in parts})
                all_of_it = self._holds(listed.marks, whole) or exhaust([self._name(k) for k in listed.marks])
                yield from self._parts(beside, Row(parts, listed.loose), "made" if all_of_it else how)

    def _introduced(self, k: int) -> str | None:
        """How the figure is introduced as the first part of a whole, a key of ``_NEEDED``."""
        gap = self.gaps[k]
        found = list(OF_WHICH.finditer(gap))
        last = [match for match in found if match["of"]][-1:] or found[:1]
        if last and last[0]["like"] and "在内" in self.level.behind(k)[:24]:
            return None  # 包括七座站在内的10座 leads from a part to its whole
        if last and self._leads(gap[last[0].end() :]):
            named = last[0]["split"] and re.search(r"[^，,;:\s]", gap[: last[0].start()])  # 甲、乙分别为3个和5个 speaks of two things, not of a whole
            return None if named else "colon" if last[0]["colon"] else last[0].lastgroup
        if not last and k and _OF_THE.search(self.gaps[k - 1]) and re.fullmatch(r" ?[a-z -]{0,30}, (?:the )?", gap):
            return "which"
        if not last and gap != ":" and _LISTED.fullmatch(gap):
            return "listed"
        if not last and _YEARLY.search(gap) and k + 1 < self.count and _YEARLY.search(self.gaps[k + 1]):
            return "years"
        return "bracket" if not last and gap.startswith("(") and k == 1 and self._leads(gap[1:]) else None

    def _leads(self, text: str) -> bool:
        """Whether words lead straight to the first part."""
        return len(text) <= 40 and not re.search("[。;]", text) and not TOTAL.search(text)

    def _whole(self, first: int, how: str) -> int | None:
        """The figure that the parts are of: the last of their kind before, if it is no part of a list itself."""
        before = range(first - 1, max(-1, first - 1 - MOST), -1)
        place = next((k for k in before if self.addable[k] and self._same(k, first) and not (how == "by" and self._is_part(k))), None)
        if place is None:
            return None
        sentences = sum(self.strengths[k] > 2 for k in range(place + 1, first + 1))
        if sentences > (3 if how == "by" else 1) or (how in ("listed", "bracket", "years") and place != first - 1):
            return None
        last = place - 1
        alone = last < 0 or not (self.addable[last] and self._same(last, place)) or self.strengths[place] > 1
        total_word = TOTAL.search(self.gaps[place]) is not None or "总" in self.gaps[place] or how in ("bracket", "listed")
        if sentences and any(self.addable[k] and self._same(k, first) for k in self._sentence(place) if k != place):
            return None
        return place if alone or total_word else None

    def _is_part(self, k: int) -> bool:
        """Whether 其中 leads to a figure in its sentence."""
        start = next(iter(self._sentence(k)))
        return any("其中" in self.gaps[place] for place in range(start, k + 1))

    def _sentence(self, k: int) -> Iterator[int]:
        start, end = k, k + 1
        while start > max(0, k - MOST) and self.strengths[start] < 3:
            start -= 1
        while end < min(self.count, k + MOST) and self.strengths[end] < 3:
            end += 1
        yield from range(start, end)

    def _list(self, first: int) -> Row:
        """The parts: figures of one kind with the same mark between them, the last of them after 和."""
        marks, separator, widest, loose = [first], None, 0, False
        for k in range(first + 1, min(self.count, first + MOST)):
            widest = max(widest, self.strengths[k])
            if widest > 2 or TOTAL.search(self.gaps[k]) or "其中" in self.gaps[k]:
                break
            if not self.addable[k] or not self._same(k, first):
                continue
            if separator is None:
                separator = widest
            if widest > separator or (separator and _breaks(self.gaps[k])):
                break
            loose = loose or (widest < separator and not _AND.search(self.gaps[k]))
            marks.append(k)
            widest = 0
        else:
            loose = loose or first + MOST < self.count
        return Row(tuple(marks), loose)

    def _parts(self, whole: int, listed: Row, how: str) -> Iterator[Claim]:
        marks = listed.marks
        if self.settled.intersection(self.level.which[k] for k in marks) and self.level.which[whole] in self.settled:
            return
        if len(marks) == 1:
            if how in ("of", "colon", "which", "including") and not self._item(whole).label.endswith(("率", "比")):
                yield self._claim("part", marks, "<=", whole)
            return
        if len(marks) > 2 and "重复" in self._name(marks[-1]):  # 地表10.4、地下7.9，重复计算3.2, which is counted once
            if self._near(marks[:-1], whole):
                sums = " + ".join(f"{{{i}}}" for i in range(len(marks) - 1))
                which = tuple(self.level.which[k] for k in (*marks, whole))
                yield Claim("parts", f"{sums} - {{{len(marks) - 1}}} == {{{len(marks)}}}", which)
            return
        if self._holds(marks, whole):
            if not self._open(marks[-1]) and how != "years":
                yield self._claim("parts", marks, "==", whole)
            return
        names = [self._name(k) for k in marks]
        years = self._years(marks)
        if how == "years" and (years is None or not self._covers(whole, years)):
            return
        exact = not listed.loose and not self._open(marks[-1]) and self._near(marks, whole)
        found = None if self._rounded_off(marks, whole) else self._slip(marks, whole)
        shown = found is not None and found.bits >= _NEEDED[how] - 2 * (len(marks) > 2)
        meant = exact and found is not None and self._meant(marks, whole, names)
        disjoint = not listed.loose and self._disjoint(how, marks, whole, names, years) and self._near(marks, whole)
        if exact and (shown or self._certain(whole, marks, how, names, years)) or (meant and not (disjoint and self._exceeds(marks, whole))):
            yield self._claim("parts", marks, "==", whole)
        elif disjoint:
            yield self._claim("part", marks, "<=", whole)
        elif how in ("of", "colon", "which"):
            for k in marks:
                if k == marks[0] or self.strengths[k] == 0:  # behind a comma the list may be over
                    yield self._claim("part", (k,), "<=", whole)

    def _meant(self, marks: tuple[int, ...], whole: int, names: list[str]) -> bool:
        """Whether parts that a slip keeps from their whole miss it by so little that they were meant to be all of it: lists that leave something
        out leave out more, unless some of them overlap or are all of it without the rest."""
        if apart(names) is False or sum("以上" in name for name in names) > 1 or any(self._holds(marks[:end], whole) for end in range(1, len(marks))):
            return False
        return self._near(marks, whole, 10) if len(marks) > 2 else self.strengths[marks[1]] == 0 and self._near(marks, whole, 20)

    def _exceeds(self, marks: Sequence[int], whole: int) -> bool:
        return sum(self._item(k).quantity.nominal or 0 for k in marks) > (self._item(whole).quantity.nominal or 0)

    def _certain(self, whole: int, marks: tuple[int, ...], how: str, names: list[str], years: list[int] | None) -> bool:
        """Whether wording or what the parts are leaves nothing out."""
        if years is not None:
            return self._covers(whole, years)
        return how in ("split", "composed", "made") or exhaust(names)

    def _disjoint(self, how: str, marks: Sequence[int], whole: int, names: list[str], years: list[int] | None) -> bool:
        """Whether nothing can be counted in two of the parts, or one slip shows that nothing was meant to."""
        if years is not None or how in ("split", "composed", "made"):
            return True
        kinds = apart(names)
        if kinds is not None:
            return kinds
        found = self._slip(marks, whole)
        if found is None or (len(names) == 2 and found.bits < 1 and how not in ("listed", "bracket")):
            return False
        return how != "of" or (len(names) > 2 and self._near(marks, whole, 4))

    def _years(self, marks: tuple[int, ...]) -> list[int] | None:
        """The years that the parts are of, if each is of one and they run on."""
        found = []
        for k in marks:
            clause = self.gaps[k].rpartition("其中")[2]
            said = _YEAR.findall(clause)
            if len(said) != 1 or _CUMULATIVE.search(clause):
                return None
            found.append(int(said[0]))
        return found if found == list(range(found[0], found[0] + len(found))) else None

    def _covers(self, whole: int, years: list[int]) -> bool:
        """Whether the years are all that the whole is of."""
        during = self._item(whole).during or ""
        if during == f"{years[0]}-{years[-1]}":
            return True
        said = _SPAN.findall(self.gaps[whole][-24:])
        if not said and whole and self.strengths[whole] == 0 and self._item(whole - 1).quantity.text.endswith("年"):
            return self._item(whole - 1).quantity.text == f"{NUMERALS[len(years)]}年" if len(years) < len(NUMERALS) else False
        return bool(said) and number_of(said[-1]) == len(years)

    def _name(self, k: int) -> str:
        """The words that tell a part from the others."""
        gap = re.split("[，,;。:、]|其中|包括|和|及", self.gaps[k])[-1]
        return gap + noun_of(self.level.behind(k)) if not gap.strip() or gap.isascii() else gap


def _breaks(gap: str) -> bool:
    """A clause that goes on to something else: ，新增5所 · ，比上年多3所."""
    return re.search(r"[，,;](?:并|同时|另|还|此外)?(?:新增|比|较|同比|现有|总数|目前|累计|到20|力争)", gap) is not None
