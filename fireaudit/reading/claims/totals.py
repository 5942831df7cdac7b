"""A list with its total behind it: A 12个、B 30个，共42个 · 20 pumps, 5 ladders and 3 boats, a total of 28."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fireaudit.reading.claims.addends import MOST, Addends, Row, noun_of, number_of
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.leads import OF_WHICH, TAKEN_OFF, TOTAL
from fireaudit.reading.claims.levels import Item, Level

_SO_MANY = re.compile("[两二三四五六七八九十](?:者|项|类|家|期|个|年)")
_NAMED_TOTAL = re.compile("^[^，,。;:、]{1,6}(?=合计|合共|共计|总计|总共|共)")
_IN_TOTAL = re.compile(r"[^,;.]{0,24}\b(?:in total|in all|altogether)\b")
_NO_TOTAL = re.compile("涉及|惠及|覆盖|受益|服务|节约|减少|增加|增长|[比较]|占|其中|平均|年均|[人日月]均|每|目前|现有|保有|上年|去年|预计|力争|到20")
_UNSURE = re.compile("累计|总数|总量|共有|总人数")
_ALL_OF_IT = re.compile("总计|合计|合共|共计|总共|一共")
_ADDED = re.compile("新增|新建|改建|扩建|增建|新购|改造")
_TIMES = re.compile("(?:19|20)[0-9]{2}年|季度|[0-9一二三四五六七八九十]月|[上下]半年|第[一二三四五六]年")
_PLUS = re.compile("[。\\n](?:加上?|再加)(?![强快大])")
_LAST = re.compile("和|及|与|&|\\band\\b")
_ELSE = re.compile("(?:村居?|社区|街道|乡镇|[镇县区市户]|居民|群众|学生|家庭|企业|小区|楼栋|人口|市民|农户|村民)$")


@dataclass(frozen=True, slots=True)
class _Total:
    """``all_of_it``: nothing of the sentence is left out; ``unsure``: it may be a stock that more went into; ``these``: of how many it is."""

    all_of_it: bool
    unsure: bool = False
    these: int = 0


class Totals(Addends):
    """``settled``: figures of the paragraph that a total has taken, once all have been gone through."""

    def __init__(self, level: Level, items: Sequence[Item]) -> None:
        super().__init__(level, items)
        self.settled: set[int] = set()

    def totals(self) -> Iterator[Claim]:
        """A list with its total behind it."""
        for t in range(2, self.count):
            announced = self._announced(t) if self.addable[t] else None
            claim = self._total(t, announced) if announced is not None else None
            if claim is None or not self._counts_alike(t, claim):
                continue
            self.settled.update(claim.which)
            yield claim
            marks = [self.level.which.index(which) for which in claim.which]
            for parts, whole in self._beside(marks[:-1], marks[-1]):
                yield self._claim("sum", parts, "==" if "==" in claim.check else "<=", whole)

    def _announced(self, t: int) -> _Total | None:
        """How a figure is said to be a total, or ``None`` where it is not: 共, 三者合计, 五年共, 收入总计, a total of."""
        gap, of = self.gaps[t], self._item(t - 1).quantity.text if self.strengths[t] == 0 else ""
        if _SO_MANY.fullmatch(of):  # 三类 and 五年 in front of a total were read as figures
            gap = _NAMED_TOTAL.sub("", gap)
        found = TOTAL.search(gap)
        if found is None:
            return _Total(True) if _IN_TOTAL.match(self.level.behind(t)) else None
        word, noun, these, span = found["word"] or "", found["noun"] or "", found["these"], found["span"]
        if _SO_MANY.fullmatch(of):
            these, span = (None, of[:-1]) if of.endswith("年") else (of[:1], None)
        led = re.split("[，,;。:]", gap)[-1].partition(word)[0] if word else ""
        if _NO_TOTAL.search(noun) or _NO_TOTAL.search(led) or (found["of"] and found["of"] not in "".join(self.gaps[max(0, t - 5) : t])):
            return None
        if (span or found["year"]) and not self._spans(t, span or ""):
            return None
        return _Total(bool(found["of"] or found["english"] or _ALL_OF_IT.fullmatch(word)), bool(_UNSURE.search(word)), number_of(these) if these else 0)

    def _spans(self, t: int, years: str) -> bool:
        """Whether the parts before 五年共 are five years, if they are years; those before 全年共 four quarters or two halves, if they are any."""
        times = [match[0] for k in range(max(0, t - 12), t) if (match := _TIMES.search(self.gaps[k])) is not None]
        return not times or len(times) in ({number_of(years)} if years else {2, 4, 12})

    def _counts_alike(self, t: int, claim: Claim) -> bool:
        """共涉及8个村 is no total of projects: places and people are what the list names, or something else."""
        noun = noun_of(self.level.behind(t))
        if not _ELSE.search(noun):
            return True
        named = "".join(self.gaps[min(map(self.level.which.index, claim.which)) : t]) + "".join(self.items[w].label for w in claim.which[:-1])
        return noun[-1] in named

    def _total(self, t: int, announced: _Total) -> Claim | None:
        """Of the readings the one that holds; else the likeliest, if it is likely enough to be the one that was meant."""
        readings = [reading for reading in map(self._added_to, self._before(t)) if len(reading.marks) > 1]
        if these := announced.these:
            dimension = self._item(t).quantity.unit.dimension
            counted = [k for k in range(max(0, t - MOST), t) if self.addable[k] and self._item(k).quantity.unit.dimension == dimension]
            counted = [k for k in counted if not _SO_MANY.fullmatch(self._item(k).quantity.text)]
            readings = [Row(tuple(counted[-these:]))] if len(counted) >= these else []
        for reading in readings:
            if self._holds(reading.marks, t):
                return self._claim("sum", reading.marks, "==", t)
        if not readings:
            return None
        first = readings[-1 if announced.all_of_it else 0]
        if not self._near(first.marks, t) or any(TAKEN_OFF.search(self.gaps[k]) for k in first.marks):
            return None
        if self._open(t - 1):
            return self._claim("sum", first.marks, "<=", t)
        flows = any(_ADDED.search(self.gaps[k] + self._item(k).label) for k in first.marks)
        needed = 4 * (len(readings) > 1 and not announced.all_of_it) + 4 * first.loose + 5 * (announced.unsure and flows)
        return self._claim("sum", first.marks, "==", t) if not needed or self._bits(first.marks, t) >= needed else None

    def _added_to(self, reading: Row) -> Row:
        """A list that begins with 加上 is added to the first such figure of the sentence before."""
        first = reading.marks[0]
        if self.strengths[first] < 3 or not _PLUS.search(self.gaps[first]):
            return reading
        start = first - 1
        while start > max(0, first - MOST) and self.strengths[start] < 3:
            start -= 1
        led = next((k for k in range(max(0, start), first) if self.addable[k] and self._same(k, first)), None)
        return reading if led is None else Row((led, *reading.marks), reading.loose)

    def _before(self, t: int) -> list[Row]:
        """What may be added up before a total, the likeliest first: the list of one separator, the clauses, earlier totals."""
        reached, part_totals = [], []
        widest = 0
        runs: dict[int, list[int]] = {0: [], 1: [], 2: []}
        ended = {0: False, 1: False, 2: False}
        for k in range(t - 1, max(-1, t - 1 - MOST), -1):
            if self.addable[k] and self._same(k, t):
                reached.append(k)
                if TOTAL.search(self.gaps[k]):
                    part_totals.append(k)
                for sep in runs:
                    if not ended[sep]:
                        runs[sep].append(k)
            strength = self.strengths[k]
            widest = max(widest, strength)
            for sep in runs:
                ended[sep] = ended[sep] or strength > sep
            if strength > 2 or OF_WHICH.search(self.gaps[k]) or (":" in self.gaps[k] and reached and reached[-1] == k):
                break
        else:
            if t > MOST:
                runs, part_totals = {sep: marks for sep, marks in runs.items() if ended[sep]}, []
        if part_totals and len(part_totals) > 1:
            return [Row(tuple(reversed(part_totals)))]
        found: list[Row] = []
        closed = t > 2 and self.strengths[t - 1] == 0 and _LAST.search(self.gaps[t - 1])
        for sep, marks in runs.items():
            if closed and sep < self.strengths[t - 2]:
                continue  # a, b and c: the last mark is no comma
            inner = tuple(reversed(marks))
            if inner and (not found or found[-1].marks != inner) and not any(k in part_totals for k in inner):
                found.append(Row(inner, loose=any(self._other(k, t) for k in range(inner[0], t)) and sep == 0))
        return found

    def _other(self, k: int, t: int) -> bool:
        return not self.addable[k] or not self._same(k, t)
