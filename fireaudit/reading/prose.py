"""Running text → the figures it states, with what they count and when; its stated counts with their lists; and what was passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fireaudit.quantity.figure import FigureError, read_figure
from fireaudit.quantity.plain import Plain, is_han, plain_of
from fireaudit.quantity.quantity import Change, Qualifier, Quantity
from fireaudit.quantity.scan import NUMERAL, scan
from fireaudit.quantity.unit import COUNT
from fireaudit.readers.document import Footnote, Paragraph, Spot
from fireaudit.reading.clauses import Clauses, clauses_of
from fireaudit.reading.counted import Counted, Figure, Labels
from fireaudit.reading.listings import Listed, listings
from fireaudit.reading.passing import passed
from fireaudit.reading.periods import Period, Times, periods_of


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure in running text; ``text`` reads as a figure, ``start`` and ``end`` are places in the paragraph."""

    label: str
    text: str
    during: str | None
    kind: str | None  # flow, stock or target, where the text says
    spot: Spot
    start: int
    end: int
    at: str


@dataclass(frozen=True, slots=True)
class StatedList:
    """A stated count and what is listed; ``open`` where the text says that there are more."""

    label: str
    count: str
    items: tuple[str, ...]
    open: bool
    spot: Spot
    start: int
    end: int
    at: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral that is no figure of the result; ``reason`` a word of ``fireaudit.words.reading``."""

    text: str
    reason: str
    spot: Spot
    start: int
    end: int
    at: str


@dataclass(frozen=True, slots=True)
class Prose:
    figures: tuple[Stated, ...]
    lists: tuple[StatedList, ...]
    passed_over: tuple[Numeral, ...]
    unplaced: tuple[Numeral, ...]


_ONE_OF = re.compile(
    r"(?:配备|配置|增配加?|设置|设立|设|建立|建设|新建|建成|建|购置|购买|采购|新购|开展|召开|举办|组织|发生|至少|不少于|每[年月季周日人户县镇村校].{0,4}|[年月周]|打造|组建|成立|安装|发现|达到|仅有|只有|有|共|增设|新增)$"
)
_ABSTRACT = re.compile(
    "^(?:完整|完善|全新|崭新)?.{0,8}?(?:机制|制度|体系|模式|办法|方法|思路|局面|格局|理念|规律|系列|问题|意识|平安|道路|路径|力量|新局|大家庭|盘棋|张网|张图|主力军)"
)
_AT_A_DISTANCE = re.compile(r"(至少|最少|最多|至多|不少于|不超过|不低于)(?:各|分别)?[\u4e00-\u9fff]{1,6}$")
_PER = re.compile(r"(每(?:[0-9]{1,6}(?:\.[0-9]{1,3})?)?[十百千万亿]{0,2}(?:常住)?(?:人口?|平方公里|公里|平方米|公顷|亩|元|户))[^，。,;:0-9、]{1,12}$")
_CUES = re.compile(
    r"(?:[≤≥<>≦≧=约超近逾]|[率值度数比重量额积径距高宽长深均人口体]|达到?|为|至|到|在|控制在|不少于|不超过|不低于|不高于|超过|低于|高于|由|从|：|:|是|共|有|突破|评分|得分)$"
)
_STOCK = re.compile("总数|总量|总人数|总面积|现有|共有|拥有|实有|已有|保有|在册|在编|存量|[Tt]here (?:are|were)|\b(?:has|have)\b")
_TARGET = re.compile("力争|确保|争取|计划|目标|拟|预计|到时|将|不少于|不低于|不超过|不高于|at least|will|target")
_FLOW = re.compile("累计|新增|新建|改建|扩建|改造|购置|新购|培训|投入|检查|整改|查处|发生|接报|出动|处置|抢救|招录|罚|发放|查封|增|built|trained|spent|added")
_REASON_SHOWN = re.compile(f"{NUMERAL.pattern}")


def read_prose(paragraphs: Iterable[tuple[Paragraph, str]], footnotes: Iterable[tuple[Footnote, str]] = ()) -> Prose:
    """Each paragraph and footnote comes with its place.

    A flow that names no period has the one of the paragraphs before it at the same place, or of the heading.
    A footnote that only lists things may be the list of a count stated in the block it belongs to.
    """
    figures: list[Stated] = []
    lists: list[StatedList] = []
    over: list[Numeral] = []
    unplaced: list[Numeral] = []
    notes = list(footnotes)
    anchored: dict[Spot, list[Plain]] = {}
    for note, _ in notes:
        if note.anchor is not None:
            anchored.setdefault(note.anchor, []).append(plain_of(note.text))
    section = _Section()
    for paragraph, at in [*paragraphs, *((Paragraph(note.text, note.spot), at) for note, at in notes)]:
        section.enter(paragraph, at)
        reader = _Reader(paragraph, at, section.period, anchored.get(paragraph.spot, ()))
        reader.read()
        section.leave(reader.times.periods)
        figures += reader.figures
        lists += reader.lists
        over += reader.over
        unplaced += reader.unplaced
    return Prose(tuple(figures), tuple(lists), tuple(over), tuple(unplaced))


class _Section:
    """The span of years that holds where a paragraph names none."""

    def __init__(self) -> None:
        self.period: Period | None = None
        self.heading: Period | None = None
        self.at: str | None = None

    def enter(self, paragraph: Paragraph, at: str) -> None:
        if is_heading(paragraph):
            self.heading = self.period = _only_span(periods_of(plain_of(paragraph.text[:200]).text))
        elif at != self.at:
            self.period = self.heading
        self.at = at

    def leave(self, periods: list[Period]) -> None:
        self.period = _only_span(periods) or self.period


def _only_span(periods: list[Period]) -> Period | None:
    spans = {period.during: period for period in periods if period.kind == "flow"}
    return next(iter(spans.values())) if len(spans) == 1 else None


def is_heading(paragraph: Paragraph) -> bool:
    """By its style, or by its looks: short, and no sentence."""
    text = paragraph.text.strip()
    return paragraph.level is not None or (0 < len(text) <= 40 and not any(mark in text for mark in "。；;！？!?，,：:"))


class _Reader:
    """One paragraph."""

    def __init__(self, paragraph: Paragraph, at: str, section: Period | None, notes: Sequence[Plain]) -> None:
        self.spot, self.at, self.section, self.notes = paragraph.spot, at, section, notes
        self.plain: Plain = plain_of(paragraph.text)
        self.text = self.plain.text
        self.clauses: Clauses = clauses_of(self.text)
        self.times = Times(self.text, self.clauses.depth)
        self.figures: list[Stated] = []
        self.lists: list[StatedList] = []
        self.over: list[Numeral] = []
        self.unplaced: list[Numeral] = []
        self._printed_as: dict[int, str] | None = None

    def read(self) -> None:
        if NUMERAL.search(self.text) is None:
            return
        claimed = passed(self.plain)
        for start, end, reason in claimed:
            if _REASON_SHOWN.search(self.text, start, end):
                self.over.append(self._numeral(start, end, reason))
        counts = self._read_lists([(start, end) for start, end, reason in claimed if reason not in ("term", "level")])
        self._read_figures([(start, end) for start, end, _ in claimed], counts)
        self.over.sort(key=lambda numeral: numeral.start)

    def _numeral(self, start: int, end: int, reason: str) -> Numeral:
        return Numeral(self.plain.as_printed(start, end), reason, self.spot, *self.plain.span(start, end), self.at)

    def _read_lists(self, barred: list[tuple[int, int]]) -> set[int]:
        counts: set[int] = set()
        for listed in listings(self.clauses, barred, [note.text for note in self.notes]):
            self.lists.append(self._list(listed))
            counts.update(range(*listed.count))
        return counts

    def _list(self, listed: Listed) -> StatedList:
        printed = self.plain.as_printed
        source = self.plain if listed.note is None else self.notes[listed.note]
        items = tuple(source.as_printed(*item).strip() for item in listed.items)
        return StatedList(self._label(listed.label), printed(*listed.count), items, listed.open, self.spot, *self.plain.span(listed.start, listed.end), self.at)

    def _read_figures(self, masked: list[tuple[int, int]], counts: set[int]) -> None:
        found: list[tuple[int, int, Quantity]] = []
        for start, end in scan(self.plain, masked):
            if start in counts or end - 1 in counts:
                continue
            quantity = self._quantity(start, end)
            if quantity is None:
                self.unplaced.append(self._numeral(start, end, "unread"))
                continue
            reason = self._no_quantity(start, end, quantity)
            if reason == "word":
                continue
            if reason == "bare":
                self.unplaced.append(self._numeral(start, end, reason))
            elif reason:
                self.over.append(self._numeral(start, end, reason))
            else:
                found.append((start, end, quantity))
        places = [Figure(start, end, _is_share(quantity), quantity.change is not Change.NONE, quantity.unit.text) for start, end, quantity in found]
        for (start, end, quantity), counted in zip(found, Labels(self.clauses, places).all(), strict=True):
            self.figures.append(self._stated(start, end, quantity, counted))

    def _quantity(self, start: int, end: int) -> Quantity | None:
        try:
            return read_figure(self._printed(start, end))
        except FigureError:
            return None

    def _printed(self, start: int, end: int) -> str:
        return self.plain.as_printed(start, end).strip()

    def _no_quantity(self, start: int, end: int, quantity: Quantity) -> str | None:
        """Why a numeral that reads as a figure is none here, or ``None``. ``word``: part of a word, not worth telling."""
        text = self.text
        printed, before, after = text[start:end], text[max(0, start - 12) : start], text[end : end + 12]
        numeral = NUMERAL.search(printed)
        ascii_ = numeral is not None and numeral[0][0].isdigit()
        unit = quantity.unit.text
        if not ascii_:
            if not unit and printed[0] not in "超过近逾约不" and not after.startswith(("左右", "以上")) and quantity.qualifier is not Qualifier.BOUND:
                return "word"
            if numeral is not None and numeral[0] == "一":
                if unit in ("批", "系列"):
                    return "article"
                if (
                    unit == "成"
                    or (not _AT_A_DISTANCE.search(before) and not _ONE_OF.search(before))
                    or _ABSTRACT.match(after)
                    or unit in ("级", "角", "面", "方", "道", "般")
                ):
                    return "article" if before[-1:] not in "统唯单逐同" or not before else "word"
                if unit == "起" and not re.search("发生|[一]起$", before + printed):
                    return "word"
            if unit in (
                "角",
                "方",
                "面",
                "部",
                "道",
                "口",
                "头",
                "门",
                "块",
                "片",
                "度",
                "代",
                "回",
                "字",
                "点",
                "分",
                "升",
                "里",
                "克",
                "者",
                "本",
                "单",
                "对",
                "班",
                "步",
                "章",
                "节",
                "期",
                "届",
            ):
                return "word"
            if unit == "成" and after[:1] and after[0] in "立为果长效员熟功就品本绩都":
                return "word"
            if "分之" in printed:
                return None
            if numeral is not None and numeral[0][0] in "万亿百千" and len(numeral[0]) <= 1 and printed[0] == numeral[0][0]:
                return "unit" if unit else "word"
            if numeral is not None and numeral[0][0] in "万亿百千" and quantity.unit.dimension == () and printed[0] == numeral[0][0]:
                return "word"
            return None
        if unit or "万" in printed or "亿" in printed or quantity.qualifier not in (Qualifier.EXACT, Qualifier.ROUNDED) or ":" in printed:
            return None
        if not is_han(before[-1:] or " ") and not is_han(after[:1] or " ") and re.match(r" ?[A-Za-z]", after):
            return None
        if _CUES.search(before) or printed[0] not in "0123456789":
            return None
        if after[:1] and (is_han(after[0]) and after[0] not in "，。、；：）(“”"):
            return None if before[-1:] in ("、", "，", "；", ";", "：", ":") else "bare"
        return "bare"

    def _stated(self, start: int, end: int, quantity: Quantity, counted: Counted) -> Stated:
        printed = self._printed(start, end)
        if counted.change:
            printed = self._reread(counted.change + printed, printed)
        elif counted.noun_behind and quantity.change is Change.ABSOLUTE:
            printed = self._without_change(start, end, printed)
        if match := _AT_A_DISTANCE.search(self.text, max(0, start - 10), start):
            printed, start = self._reread(match[1] + printed, printed), match.start(1)
        if match := _PER.search(self.text, max(0, start - 24), start):
            rate = self._reread(match[1] + printed, printed)
            if rate != printed:
                printed, start = rate, match.start(1)
        clause = self.text[self.clauses.start(start, max(0, start - 80)) : end]
        sentence = self.clauses.sentence(start)
        flow = not _is_share(quantity) and (_FLOW.search(counted.label) is not None or "累计" in clause)
        period = self.times.at(start, end, sentence, self.clauses.end(end, min(len(self.text), end + 80)), flow)
        if period is None and (flow or quantity.change is not Change.NONE) and not _STOCK.search(clause):
            period = self.section
        if counted.when:
            period = Period(start, end, counted.when, "flow")
        kind = self._kind(period, clause, flow)
        during = period.during if period else None
        if quantity.change is not Change.NONE and clause.endswith("年均" + printed) and during and "-" not in during:
            during = None
        if during and kind == "stock" and "-" in during:
            during = during[-4:] if period and period.start >= sentence else None
        return Stated(self._label(counted.label), printed, during, kind, self.spot, *self.plain.span(start, end), self.at)

    def _label(self, label: str) -> str:
        """The label in the characters printed, which the plain text may have simplified or folded."""
        if self._printed_as is None:
            self._printed_as = {ord(plain): self.plain.printed[place] for plain, place in zip(self.text, self.plain.places, strict=True)}
        return label.translate(self._printed_as)

    def _reread(self, text: str, otherwise: str) -> str:
        try:
            read_figure(text)
        except FigureError:
            return otherwise
        return text

    def _without_change(self, start: int, end: int, printed: str) -> str:
        """增加约190个市政消火栓 states a number of hydrants, not a change of one."""
        match = re.match(r"(?:[^0-9一二三四五六七八九十百千万约超近不至]{1,3})", self.text[start:end])
        return self._reread(self._printed(start + match.end(), end), printed) if match else printed

    def _kind(self, period: Period | None, clause: str, flow: bool) -> str | None:
        if period is not None and period.kind == "target":
            return "target"
        if flow:
            return "flow"
        if _STOCK.search(clause) or (period is not None and period.kind == "stock"):
            return "stock"
        if period is not None and period.kind == "flow":
            return "flow"
        return "target" if _TARGET.search(clause) else None


def _is_share(quantity: Quantity) -> bool:
    return (
        quantity.unit.text in ("%", "‰", "成", "percent", "per cent", "百分点")
        or quantity.change in (Change.RELATIVE, Change.POINTS)
        or (quantity.unit is COUNT and not isinstance(quantity.nominal, int) and quantity.qualifier is not Qualifier.RANGE)
    )
