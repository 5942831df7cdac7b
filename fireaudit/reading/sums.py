"""Sums that a text states: A 12个、B 30个，共42个 · 共42个，其中A 12个、B 30个 · 42 staff: 30 full-time and 12 part-time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fireaudit.quantity import Qualifier
from fireaudit.quantity.interval import total
from fireaudit.reading.claims import Claim, adds_up
from fireaudit.reading.kinds import apart, exhaust
from fireaudit.reading.levels import AMOUNT, Item, Level, alike
from fireaudit.reading.slips import Slip, slip

_FLOW = "新增|新建|建设|建成|改建|扩建|改造|更新|整治|治理|完成|投资|安排|投入|培训|检查|处置|配备|购置|铺设|发放|开展|办理|受理|查处|扑救|发生|接报|招录|新购"
_TOTAL = re.compile(
    r"(?:^|[，,;、:。(]|\bor )\s*(?:以上|上述|前述|(?P<these>[两三四五六七八九十])(?:者|项|类|家|期|个部门|个单位|类问题|类项目|个地区)|各项|(?P<span>[两三四五六七八九十])年|(?P<year>全年)|期内)*(?:规划|计划)?"
    r"(?P<word>共计|合计|合共|总计|总共|一共|累计|共(?![同用享有])|共有|总数|总量|总规模|总长度?|总投资|总面积|总人数|总额)(?:为|约为?|达到?|有|计|是|将)?"
    rf"(?P<noun>(?:{_FLOW})?[^，。;:、\ue000-\ue003]{{0,10}})$"
    r"|[，,;](?P<of>收入|支出|资金|投资|经费|人数|面积|里程)(?:总计|合计|共计)(?:为|达到?)?$"
    r"|(?:^|[,;(]|\band|\bor|\bfor|\bgiving|\bmaking) ?(?:a |an |the )?(?P<english>(?:grand |combined |overall )?total(?:l?ing|l?ed)?(?: of| to)?|altogether|together|in all|in total) $"
)
_SO_MANY = re.compile("[两二三四五六七八九十](?:者|项|类|家|期|个|年)")
_NAMED_TOTAL = re.compile("^[^，,。;:、]{1,6}(?=合计|合共|共计|总计|总共|共)")
_IN_TOTAL = re.compile(r"[^,;.]{0,24}\b(?:in total|in all|altogether)\b")
_NO_TOTAL = re.compile("涉及|惠及|覆盖|受益|服务|节约|减少|增加|增长|[比较]|占|其中|平均|年均|[人日月]均|每|目前|现有|保有|上年|去年|预计|力争|到20")
_UNSURE = re.compile("累计|总数|总量|共有|总人数")
_ALL_OF_IT = re.compile("总计|合计|合共|共计|总共|一共")
_ADDED = re.compile("新增|新建|改建|扩建|增建|新购|改造")
_OF_WHICH = re.compile(
    r"(?P<of>其中(?P<colon>:)?[，,]?)|(?P<like>包括|包含|涵盖|(?<![0-9])含(?:有)?)|(?P<split>分别(?:为|是|有|$)|分为|分成)|[，,]?(?P<composed>由)(?=[^由，。;]{0,12}$)"
    r"|(?P<by>(?:按|分)[^，。;:、]{2,10}?(?:统计|分类?|看|划分)[，,:])|(?P<used>(?:主要)?用于[^，。;:]{0,8}:)"
    r"|\b(?P<which>of (?:which|whom|these|them)|amongst? (?:which|whom|them))\b|\b(?P<including>including|includes?)\b"
    r"|\b(?P<made>compris(?:ing|ed of|es?)|made up of|consist(?:s|ing)? of|divided into|namely|split between)\b"
)
_MEAN = re.compile(
    r"平均|[人户日月年]均|均价|单价|比[率重例值]|[效速频概增]率|率$|最[高低大小长短多少]|密度|强度|指数|气温|温度|每|距离|排名|排第|位列|average|mean|per |rate|max|min",
    re.IGNORECASE,
)
_TIMES = re.compile("(?:19|20)[0-9]{2}年|季度|[0-9一二三四五六七八九十]月|[上下]半年|第[一二三四五六]年")
_CUMULATIVE = re.compile("年[底末]|达到|增至|提高到|增加到|扩大到|累计|总数|总量|[比较]")
_CHANGED = re.compile(
    r"(?:[比较]|同比|环比|相比)[^，。;]*(?:增加|减少|增|减|少|多|提高|下降|扩大|缩小|上升|增长|高|低)了?[约近]?$|净[增减](?:加|少)?$|[比较与][^，。;、]{0,14}[的年期末底季月]$"
)
_OPEN = re.compile("^[^，。;:]{0,14}?(?<![高中初平同相])等(?![级待效同于])|^[^.;]{0,40}\\b(?:among others|etc)")
_LAST = re.compile("和|及|与|&|\\band\\b")
_AND = re.compile("和|及|与|、|&|\\band\\b")
_LISTED = re.compile(r"(?:[^，,。;:(]{0,12}| [a-z -]{3,40})(?:[，,](?:具体|分年度?|按年度?|分类|分别|各年度?|年度)[^，,。;:(]{0,6})?:[^，,。;:]{0,24}")
_OF_THE = re.compile(r"(?:^|[.] )Of (?:the|these|those|all)?(?: total)? ?$|(?:^|[.] )Of $")
_YEARLY = re.compile(r"(?:^|[，,、;:(]|和)(?:到|在)?(?:19|20)[0-9]{2}年[^，,。;:、]{0,12}$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SPAN = re.compile(r"([两二三四五六七八九十]|[0-9]{1,2})年")
_MOST = 40  # figures of a list, and those looked at around one
_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class _List:
    """Figures of one kind in a row; ``loose`` where its separators leave open which of them belong together."""

    marks: tuple[int, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Total:
    """``all_of_it``: nothing of the sentence is left out; ``unsure``: it may be a stock that more went into; ``these``: of how many it is."""

    all_of_it: bool
    unsure: bool = False
    these: int = 0


class Sums:
    """The sums of one level; ``whole_of`` has for each part the figure it is a part of, once they have been gone through."""

    def __init__(self, level: Level, items: Sequence[Item]) -> None:
        self.level, self.items = level, items
        self.count = len(level.which)
        self.gaps = [level.before(k) for k in range(self.count)]
        self.strengths = [level.strength(k) for k in range(self.count)]
        self.addable = [self._adds(k) for k in range(self.count)]
        self.settled: set[int] = set()
        self.whole_of: dict[int, int] = {}

    def all(self) -> Iterator[Claim]:
        yield from self.totals()
        yield from self.wholes()

    def _item(self, k: int) -> Item:
        return self.items[self.level.which[k]]

    def _adds(self, k: int) -> bool:
        one, clause = self._item(k), re.split("[，,;。:]", self.gaps[k])[-1]
        named = _MEAN.search(one.label) or _MEAN.search(clause)
        plain = one.mark == AMOUNT and not one.changes and one.quantity.qualifier is not Qualifier.RANGE and one.quantity.interval is not None
        return plain and not named and one.quantity.unit.text not in ("倍", "度", "℃", "年", "天") and not _CHANGED.search(clause)

    def _same(self, a: int, b: int) -> bool:
        return alike(self._item(a), self._item(b))

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
        found = _TOTAL.search(gap)
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
        return _Total(bool(found["of"] or found["english"] or _ALL_OF_IT.fullmatch(word)), bool(_UNSURE.search(word)), _number(these) if these else 0)

    def _spans(self, t: int, years: str) -> bool:
        """Whether the parts before 五年共 are five years, if they are years; those before 全年共 four quarters or two halves, if they are any."""
        times = [match[0] for k in range(max(0, t - 12), t) if (match := _TIMES.search(self.gaps[k])) is not None]
        return not times or len(times) in ({_number(years)} if years else {2, 4, 12})

    def _counts_alike(self, t: int, claim: Claim) -> bool:
        """共涉及8个村 is no total of projects: places and people are what the list names, or something else."""
        noun = _noun(self.level.behind(t))
        if not _ELSE.search(noun):
            return True
        named = "".join(self.gaps[min(map(self.level.which.index, claim.which)) : t]) + "".join(self.items[w].label for w in claim.which[:-1])
        return noun[-1] in named

    def _beside(self, parts: Sequence[int], whole: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """The figures of another kind that stand behind each part and the whole: 甲5家、712张，乙12家、1334张，共17家、2046张."""
        pairs = [k + 1 for k in (*parts, whole)]
        if pairs[-1] >= self.count or set(pairs) & {*parts, whole} or not all(self.addable[k] and self._same(k, pairs[-1]) for k in pairs):
            return
        if all(self.gaps[k] in ("", "、") for k in pairs[:-1]) and re.fullmatch("[、，,]?[^，,。;:、]{0,8}", self.gaps[pairs[-1]]):
            yield tuple(pairs[:-1]), pairs[-1]

    def _total(self, t: int, announced: _Total) -> Claim | None:
        """Of the readings the one that holds; else the likeliest, if it is likely enough to be the one that was meant."""
        readings = [reading for reading in self._before(t) if len(reading.marks) > 1]
        if these := announced.these:
            dimension = self._item(t).quantity.unit.dimension
            counted = [k for k in range(max(0, t - _MOST), t) if self.addable[k] and self._item(k).quantity.unit.dimension == dimension]
            counted = [k for k in counted if not _SO_MANY.fullmatch(self._item(k).quantity.text)]
            readings = [_List(tuple(counted[-these:]))] if len(counted) >= these else []
        for reading in readings:
            if self._holds(reading.marks, t):
                return self._claim("sum", reading.marks, "==", t)
        if not readings:
            return None
        first = readings[-1 if announced.all_of_it else 0]
        if not self._near(first.marks, t):
            return None
        if self._open(t - 1):
            return self._claim("sum", first.marks, "<=", t)
        flows = any(_ADDED.search(self.gaps[k] + self._item(k).label) for k in first.marks)
        needed = 4 * (len(readings) > 1 and not announced.all_of_it) + 4 * first.loose + 5 * (announced.unsure and flows)
        return self._claim("sum", first.marks, "==", t) if not needed or self._bits(first.marks, t) >= needed else None

    def _before(self, t: int) -> list[_List]:
        """What may be added up before a total, the likeliest first: the list of one separator, the clauses, earlier totals."""
        reached, part_totals = [], []
        widest = 0
        runs: dict[int, list[int]] = {0: [], 1: [], 2: []}
        ended = {0: False, 1: False, 2: False}
        for k in range(t - 1, max(-1, t - 1 - _MOST), -1):
            if self.addable[k] and self._same(k, t):
                reached.append(k)
                if _TOTAL.search(self.gaps[k]):
                    part_totals.append(k)
                for sep in runs:
                    if not ended[sep]:
                        runs[sep].append(k)
            strength = self.strengths[k]
            widest = max(widest, strength)
            for sep in runs:
                ended[sep] = ended[sep] or strength > sep
            if strength > 2 or _OF_WHICH.search(self.gaps[k]) or (":" in self.gaps[k] and reached and reached[-1] == k):
                break
        if part_totals and len(part_totals) > 1:
            return [_List(tuple(reversed(part_totals)))]
        found: list[_List] = []
        closed = t > 2 and self.strengths[t - 1] == 0 and _LAST.search(self.gaps[t - 1])
        for sep, marks in runs.items():
            if closed and sep < self.strengths[t - 2]:
                continue  # a, b and c: the last mark is no comma
            inner = tuple(reversed(marks))
            if len(inner) > 1 and (not found or found[-1].marks != inner) and not any(k in part_totals for k in inner):
                found.append(_List(inner, loose=any(self._other(k, t) for k in range(inner[0], t)) and sep == 0))
        return found

    def _other(self, k: int, t: int) -> bool:
        return not self.addable[k] or not self._same(k, t)

    def wholes(self) -> Iterator[Claim]:
        """A whole with its parts behind it."""
        for first in range(1, self.count):
            how = self._introduced(first)
            whole = self._whole(first, how) if how is not None and self.addable[first] else None
            if how is None or whole is None:
                continue
            listed = self._list(first)
            if how == "composed" and not re.match("[^，。;、]{0,12}[组构]成", self.level.behind(listed.marks[-1])):
                continue
            self.whole_of.update({self.level.which[k]: self.level.which[whole] for k in listed.marks})
            yield from self._parts(whole, listed, how)
            for parts, beside in self._beside(listed.marks, whole) if len(listed.marks) > 1 else ():
                self.whole_of.update({self.level.which[k]: self.level.which[beside] for k in parts})
                all_of_it = self._holds(listed.marks, whole) or exhaust([self._name(k) for k in listed.marks])
                yield from self._parts(beside, _List(parts, listed.loose), "made" if all_of_it else how)

    def _introduced(self, k: int) -> str | None:
        """How the figure is introduced as the first part of a whole, a key of ``_NEEDED``."""
        gap = self.gaps[k]
        found = list(_OF_WHICH.finditer(gap))
        last = [match for match in found if match["of"]][-1:] or found[:1]
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
        return len(text) <= 40 and not re.search("[。;]", text) and not _TOTAL.search(text)

    def _whole(self, first: int, how: str) -> int | None:
        """The figure that the parts are of: the last of their kind before, if it is no part of a list itself."""
        place = next((k for k in range(first - 1, max(-1, first - 1 - _MOST), -1) if self.addable[k] and self._same(k, first)), None)
        if place is None:
            return None
        sentences = sum(self.strengths[k] > 2 for k in range(place + 1, first + 1))
        if sentences > 1 or (how in ("listed", "bracket", "years") and place != first - 1):
            return None
        before = place - 1
        alone = before < 0 or not (self.addable[before] and self._same(before, place)) or self.strengths[place] > 1
        total_word = _TOTAL.search(self.gaps[place]) is not None or "总" in self.gaps[place] or how == "bracket"
        if sentences and any(self.addable[k] and self._same(k, first) for k in self._sentence(place) if k != place):
            return None
        return place if alone or total_word else None

    def _sentence(self, k: int) -> Iterator[int]:
        start, end = k, k + 1
        while start > max(0, k - _MOST) and self.strengths[start] < 3:
            start -= 1
        while end < min(self.count, k + _MOST) and self.strengths[end] < 3:
            end += 1
        yield from range(start, end)

    def _list(self, first: int) -> _List:
        """The parts: figures of one kind with the same mark between them, the last of them after 和."""
        marks, separator, widest, loose = [first], None, 0, False
        for k in range(first + 1, min(self.count, first + _MOST)):
            widest = max(widest, self.strengths[k])
            if widest > 2 or _TOTAL.search(self.gaps[k]) or "其中" in self.gaps[k]:
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
        return _List(tuple(marks), loose)

    def _parts(self, whole: int, listed: _List, how: str) -> Iterator[Claim]:
        marks = listed.marks
        if self.settled.intersection(self.level.which[k] for k in marks) and self.level.which[whole] in self.settled:
            return
        if len(marks) == 1:
            if how in ("of", "colon", "which", "including") and not self._item(whole).label.endswith(("率", "比")):
                yield self._claim("part", marks, "<=", whole)
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
        slip = not self._rounded_off(marks, whole) and self._bits(marks, whole) >= _NEEDED[how] - 2 * (len(marks) > 2)
        if exact and (slip or self._certain(whole, marks, how, names, years)):
            yield self._claim("parts", marks, "==", whole)
        elif not listed.loose and self._disjoint(how, marks, whole, names, years) and self._near(marks, whole):
            yield self._claim("part", marks, "<=", whole)
        else:
            for k in marks:
                yield self._claim("part", (k,), "<=", whole)

    def _certain(self, whole: int, marks: tuple[int, ...], how: str, names: list[str], years: list[int] | None) -> bool:
        """Whether wording or what the parts are leaves nothing out."""
        if years is not None:
            return self._covers(whole, years)
        return how in ("split", "composed", "made") or exhaust(names) or (how == "listed" and self._slip(marks, whole) is not None)

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
            return self._item(whole - 1).quantity.text == f"{_NUMERALS[len(years)]}年" if len(years) < len(_NUMERALS) else False
        return bool(said) and _number(said[-1]) == len(years)

    def _name(self, k: int) -> str:
        """The words that tell a part from the others."""
        gap = re.split("[，,;。:、]|其中|包括|和|及", self.gaps[k])[-1]
        return gap + _noun(self.level.behind(k)) if not gap.strip() or gap.isascii() else gap

    def _open(self, last: int) -> bool:
        return bool(_OPEN.search(self.level.behind(last)))

    def _holds(self, parts: Sequence[int], whole: int) -> bool:
        intervals = [interval for k in parts if (interval := self._item(k).quantity.interval) is not None]
        target = self._item(whole).quantity.interval
        return target is not None and total(intervals).intersect(target) is not None

    def _near(self, parts: Sequence[int], whole: int, within: int = 1) -> bool:
        """Figures further from adding up than by one in ``within`` were not meant to."""
        values = [self._item(k).quantity.nominal for k in (*parts, whole)]
        known = [Fraction(value) for value in values if value is not None]
        if len(known) < len(values) or any(value < 0 for value in known):
            return False
        low, high = sorted((known[-1], sum(known[:-1])))
        return within * (high - low) < low or high == low or self._swapped(parts, whole)

    def _rounded_off(self, parts: Sequence[int], whole: int) -> bool:
        """Whether what is missing is so little that rounding, or a rest not worth listing, explains it."""
        values = [Fraction(self._item(k).quantity.nominal or 0) for k in (*parts, whole)]
        step = max(Fraction(self._item(k).quantity.step) for k in (*parts, whole))
        return abs(values[-1] - sum(values[:-1])) <= 2 * len(parts) * step

    def _slip(self, parts: Sequence[int], whole: int) -> Slip | None:
        return slip([self._item(k).quantity for k in parts], self._item(whole).quantity)

    def _bits(self, parts: Sequence[int], whole: int) -> int:
        found = self._slip(parts, whole)
        return found.bits if found else 0

    def _swapped(self, parts: Sequence[int], whole: int) -> bool:
        found = self._slip(parts, whole)
        return found is not None and found.swapped

    def _claim(self, kind: str, parts: Sequence[int], op: str, whole: int) -> Claim:
        return adds_up(kind, tuple(self.level.which[k] for k in parts), op, self.level.which[whole])


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
_ELSE = re.compile("(?:村居?|社区|街道|乡镇|[镇县区市户]|居民|群众|学生|家庭|企业|小区|楼栋|人口|市民|农户|村民)$")


def _breaks(gap: str) -> bool:
    """A clause that goes on to something else: ，新增5所 · ，比上年多3所."""
    return re.search(r"[，,;](?:并|同时|另|还|此外)?(?:新增|比|较|同比|现有|总数|目前|累计|到20|力争)", gap) is not None


def _noun(behind: str) -> str:
    return re.split("[，,;。:、.(\ue000-\ue003]|和|及", behind.strip())[0].strip()[:12]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 2 if text == "两" else _NUMERALS.find(text)
