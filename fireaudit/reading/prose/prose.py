"""Running text → the figures it states, with what they count and when; its stated counts with their lists; and what was passed over."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from fireaudit.quantity.figure import FigureError, read_figure
from fireaudit.quantity.plain import Plain, is_han, plain_of
from fireaudit.quantity.quantity import Change, Qualifier, Quantity
from fireaudit.quantity.scan import NUMERAL, scan
from fireaudit.quantity.unit import COUNT
from fireaudit.readers.document import Footnote, Paragraph, Spot
from fireaudit.reading.claims.levels import Item
from fireaudit.reading.claims.related import related
from fireaudit.reading.prose.clauses import Clauses, clauses_of
from fireaudit.reading.prose.counted import CHANGE_VERB, PER, Counted, Figure, Labels
from fireaudit.reading.prose.doubtful import doubt
from fireaudit.reading.prose.listings import Listed, listings
from fireaudit.reading.prose.nature import ORIGINS, Nature, nature_of
from fireaudit.reading.prose.passing import passed
from fireaudit.reading.prose.periods import Period, Times, periods_of
from fireaudit.reading.prose.trailing import trailing_units


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
    unit: str = ""
    """The unit printed only behind the last of several figures: 30、40、50公里."""
    nature: Nature = Nature()
    own: bool = False  # its own words say what it counts, and it is no part told of behind 其中


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
class StatedRelation:
    """What a text states of its own figures; ``check`` has ``{0}``, ``{1}`` … for them, ``kind`` says what they state."""

    kind: str
    check: str
    figures: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    figures: tuple[Stated, ...]
    lists: tuple[StatedList, ...]
    passed_over: tuple[Numeral, ...]
    unplaced: tuple[Numeral, ...]
    relations: tuple[StatedRelation, ...] = ()


_AT_A_DISTANCE = re.compile(r"(至少|最少|最多|至多|不少于|不超过|不低于)(?:各|分别)?[\u4e00-\u9fff]{1,6}$")
_STOCK = re.compile(r"总数|总量|总人数|总面积|现有|共有|拥有|实有|已有|保有|在册|在编|存量|[Tt]here (?:are|were)|\b(?:has|have)\b")
_TARGET = re.compile("力争|确保|争取|计划|目标|拟|预计|到时|将|不少于|不低于|不超过|不高于|at least|will|target")
_NOW = re.compile("现有|现共有|目前|当前|[Cc]urrently")
_PART = re.compile("其中|[Oo]f (?:these|those|which)|including|(?:[Ee]ach|[Oo]ne) of")
_CAME_TO = re.compile("[0-9][^，。;]{0,20}[到至为]$")
_YEAR_END = re.compile("年[末底]|期末")
_FLOW = re.compile("累计|新增|新建|改建|扩建|改造|购置|新购|培训|投入|检查|整改|查处|发生|接报|出动|处置|抢救|招录|罚|发放|查封|增|built|trained|spent|added")


def read_prose(
    paragraphs: Iterable[tuple[Paragraph, str]], footnotes: Iterable[tuple[Footnote, str]] = (), titles: Mapping[Spot, tuple[str, ...]] | None = None
) -> Prose:
    """Each paragraph and footnote comes with its place; ``titles``: that of the document and of the headings above each paragraph.

    A figure that names no period has the one of the heading it stands under, a flow also that of the paragraphs before it at the same place.
    A footnote that only lists things may be the list of a count stated in the block it belongs to.
    """
    figures: list[Stated] = []
    lists: list[StatedList] = []
    over: list[Numeral] = []
    unplaced: list[Numeral] = []
    relations: list[StatedRelation] = []
    notes = list(footnotes)
    anchored: dict[Spot, list[Plain]] = {}
    for note, _ in notes:
        if note.anchor is not None:
            anchored.setdefault(note.anchor, []).append(plain_of(note.text))
    section = _Section()
    texts = [*paragraphs, *((Paragraph(note.text, note.spot), at) for note, at in notes)]
    for index, (paragraph, at) in enumerate(texts):
        section.enter(paragraph, at, (titles or {}).get(paragraph.spot, ()))
        further = [plain_of(other.text) for other, _ in texts[index + 1 : index + 1 + _FURTHER] if other.spot == paragraph.spot]
        reader = _Reader(paragraph, at, section, anchored.get(paragraph.spot, ()), further)
        reader.read()
        section.leave(reader)
        figures += reader.figures
        lists += reader.lists
        over += reader.over
        unplaced += reader.unplaced
        relations += reader.relations
    return Prose(tuple(figures), tuple(lists), tuple(over), tuple(unplaced), tuple(relations))


_FURTHER = 2
"""Items of a cell behind one that may hold the list of a count in it."""
_YEARLY = re.compile("公报|年[报報]|年度|决算|決算|执行情况|统计|[Aa]nnual|[Ss]tatement|[Aa]ccounts")
_TITLE_YEAR = re.compile("(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")


class _Section:
    """What holds where a paragraph does not say so itself: the titles above it, their period, and that of the paragraphs before it."""

    def __init__(self) -> None:
        self.titles: tuple[str, ...] = ()
        self.heading: Period | None = None
        self.period: Period | None = None
        self.at: str | None = None
        self.lead = ""

    def enter(self, paragraph: Paragraph, at: str, titles: tuple[str, ...]) -> None:
        if is_heading(paragraph):
            self.lead = paragraph.text.strip()[:200]
        elif at != self.at:
            self.lead = ""
        if is_heading(paragraph) or at != self.at:
            self.titles = (*titles, self.lead) if self.lead else titles
            self.heading = self.period = _of_titles(self.titles)
        self.at = at

    def leave(self, reader: _Reader) -> None:
        """The period that a paragraph begins with goes on in those behind it."""
        self.period = _only_span([period for period in reader.times.periods if reader.leads(period)]) or self.period


def _of_titles(titles: tuple[str, ...]) -> Period | None:
    """The period of the nearest heading that names one, or of a document that is about one year."""
    for title in reversed(titles[1:] if len(titles) > 1 else titles):
        if span := _only_span(periods_of(plain_of(title).text)):
            return span
    if not titles or not _YEARLY.search(titles[0]):
        return None
    if span := _only_span(periods_of(plain_of(titles[0]).text)):
        return span
    years = set(_TITLE_YEAR.findall(titles[0]))
    return Period(0, 0, years.pop(), "flow") if len(years) == 1 else None


def _only_span(periods: list[Period]) -> Period | None:
    spans = {period.during: period for period in periods if period.kind == "flow" and not period.day}
    return next(iter(spans.values())) if len(spans) == 1 else None


def is_heading(paragraph: Paragraph) -> bool:
    """By its style, or by its looks: short, and no sentence."""
    text = paragraph.text.strip()
    return paragraph.level is not None or (0 < len(text) <= 40 and not any(mark in text for mark in "。；;！？!?，,：:"))


class _Reader:
    """One paragraph."""

    def __init__(self, paragraph: Paragraph, at: str, section: _Section, notes: Sequence[Plain], further: Sequence[Plain]) -> None:
        self.spot, self.at, self.section, self.notes, self.further = paragraph.spot, at, section, notes, further
        self.plain: Plain = plain_of(paragraph.text)
        self.text = self.plain.text
        self.times = Times(self.text)
        self.figures: list[Stated] = []
        self.lists: list[StatedList] = []
        self.over: list[Numeral] = []
        self.unplaced: list[Numeral] = []
        self.relations: list[StatedRelation] = []
        self._printed_as: dict[int, str] | None = None

    @cached_property
    def clauses(self) -> Clauses:
        """Most paragraphs state no figure, and need none."""
        return clauses_of(self.text)

    def leads(self, period: Period) -> bool:
        """Whether a sentence begins with a period."""
        return period.start - self.clauses.sentence(period.start) <= 3

    def read(self) -> None:
        if NUMERAL.search(self.text) is None:
            return
        claimed = passed(self.plain)
        for start, end, reason in claimed:
            if NUMERAL.search(self.text, start, end):
                self.over.append(self._numeral(start, end, reason))
        counts = self._read_lists([(start, end) for start, end, reason in claimed if reason not in ("term", "level")])
        self._read_figures([(start, end) for start, end, _ in claimed], counts)
        self.over.sort(key=lambda numeral: numeral.start)

    def _numeral(self, start: int, end: int, reason: str) -> Numeral:
        return Numeral(self.plain.as_printed(start, end), reason, self.spot, *self.plain.span(start, end), self.at)

    def _read_lists(self, barred: list[tuple[int, int]]) -> set[int]:
        counts: set[int] = set()
        for listed in listings(self.clauses, barred, [note.text for note in self.notes], [one.text for one in self.further]):
            self.lists.append(self._list(listed))
            counts.update(range(*listed.count))
        return counts

    def _list(self, listed: Listed) -> StatedList:
        printed = self.plain.as_printed
        source = self.plain if listed.note is None else [*self.notes, *self.further][listed.note]
        items = tuple(source.as_printed(*item).strip() for item in listed.items)
        return StatedList(self._label(listed.label), printed(*listed.count), items, listed.open, self.spot, *self.plain.span(listed.start, listed.end), self.at)

    def _read_figures(self, masked: list[tuple[int, int]], counts: set[int]) -> None:
        found: list[tuple[int, int, Quantity]] = []
        bare: list[tuple[int, int]] = []
        for start, end in scan(self.plain, masked):
            if start in counts or end - 1 in counts:
                continue
            quantity = _read(self._printed(start, end))
            if quantity is None:
                self.unplaced.append(self._numeral(start, end, "unread"))
                continue
            reason = doubt(self.text, start, end, quantity)
            if reason == "word":
                continue
            if reason == "bare":
                bare.append((start, end))
            elif reason:
                self.over.append(self._numeral(start, end, reason))
            else:
                found.append((start, end, quantity))
        units = trailing_units(self.text, bare, found)
        self.unplaced += [self._numeral(*place, "bare") for place in bare if place not in units]
        found = sorted([*found, *((*place, read_figure(self._printed(*place), unit)) for place, unit in units.items())], key=lambda one: one[:2])
        places = [Figure(start, end, is_share(quantity), quantity.change is not Change.NONE, quantity.unit.text) for start, end, quantity in found]
        items = []
        for (start, end, quantity), counted in zip(found, Labels(self.clauses, places).all(), strict=True):
            said = self._stated(start, end, quantity, counted)
            unit = units.get((start, end), COUNT)
            said = said if unit is COUNT else replace(said, unit=unit.text)
            self.figures.append(said)
            items.append(Item(start, end, read_figure(said.text, unit), counted.label, said.during))
        claims = list(related(self.text, items))
        for claim in claims:
            if claim.kind == "sum" and items[claim.which[-1]].label in {items[part].label for part in claim.which[:-1]}:
                self.figures[claim.which[-1]] = replace(
                    self.figures[claim.which[-1]], label=self._total_label([items[part].label for part in claim.which[:-1]])
                )
        for claim in claims:
            self.relations.append(StatedRelation(claim.kind, claim.check, tuple(self.figures[which] for which in claim.which)))

    def _total_label(self, parts: list[str]) -> str:
        """What a total without a noun of its own counts: what the names of its parts end in alike."""
        ends = os.path.commonprefix([part[::-1] for part in parts])[::-1].lstrip("级类型等期批个")
        total = "合计" if any(map(is_han, self.text)) else "total"
        return self._label(ends) + total if len(ends) > 1 and is_han(ends[0]) else total

    def _printed(self, start: int, end: int) -> str:
        return self.plain.as_printed(start, end).strip()

    def _stated(self, start: int, end: int, quantity: Quantity, counted: Counted) -> Stated:
        first = start
        start, printed = self._as_stated(start, end, quantity, counted)
        quantity = _read(printed) or quantity
        during, kind = self._time(start, end, quantity, counted)
        nature = nature_of(
            self.text, max(first, start), end, quantity, self.clauses, self.section.titles, counted.label, kind, during is not None and "-" in during
        )
        if nature.stage in ORIGINS and kind == "target":
            during, kind = None, None  # 到2030年由19.7%降至10%: the year is that of where it comes to
        own = self._is_own(start, end, counted.label, change=nature.aspect != "")
        return Stated(self._label(counted.label), printed, during, kind, self.spot, *self.plain.span(start, end), self.at, nature=nature, own=own)

    def _is_own(self, start: int, end: int, label: str, change: bool) -> bool:
        """A change is of what the clause before it counts; a level there without a noun of its own is hardly that again."""
        clause = self.text[self.clauses.start(start, max(0, start - 100)) : self.clauses.end(end, end + 60)]
        return (change or label[-2:] in clause) and not _PART.search(self.text, max(self.clauses.sentence(start), start - 160), start)

    def _as_stated(self, start: int, end: int, quantity: Quantity, counted: Counted) -> tuple[int, str]:
        """The figure with the words that belong to it but stand apart: 分别下降, 至少开展一次, 每万人拥有消防员3名."""
        printed = self._printed(start, end)
        if counted.change:
            printed = _readable(counted.change + printed, printed)
        elif counted.per:
            return start, _readable(counted.per + printed, printed)
        elif counted.noun_behind and quantity.change is Change.ABSOLUTE:
            start, printed = self._without_change(start, end)
        for apart in (_AT_A_DISTANCE.search(self.text, max(0, start - 10), start), PER.search(self.text, max(0, start - 24), start)):
            if apart and (whole := _readable(apart[1] + printed, printed)) != printed:
                start, printed = apart.start(1), whole
        return start, printed

    def _without_change(self, start: int, end: int) -> tuple[int, str]:
        """增加约190个市政消火栓 states a number of hydrants, not a change of one."""
        verb = CHANGE_VERB.match(self.text, start, end)
        behind = verb.end() if verb else start
        printed = self._printed(behind, end)
        return (behind, printed) if _readable(printed, "") else (start, self._printed(start, end))

    def _time(self, start: int, end: int, quantity: Quantity, counted: Counted) -> tuple[str | None, str | None]:
        """The years a figure is of, and whether it is a flow, a stock or a target."""
        clause = self.text[self.clauses.start(start, max(0, start - 80)) : end]
        sentence = self.clauses.sentence(start)
        flow = not is_share(quantity) and (_FLOW.search(counted.label) is not None or "累计" in clause)
        changes = quantity.change is not Change.NONE
        period = self.times.at(start, end, self.clauses, flow)
        if period is not None and self.text.startswith("的", period.end) and _CAME_TO.search(self.text, period.end, start):
            period = None  # 由2022年的7.1%下降至6.4%: the year is that of where it came from
        if period is None or period.kind == "same":
            period = self._of_section(flow or changes, clause)
        if counted.when:
            period = Period(start, end, counted.when, "flow")
        kind = _kind(period, clause, flow)
        if period is None or period.during is None:
            return None, kind
        spans = "-" in period.during
        if changes and not spans and "年均" in clause[-24:]:  # a yearly change is of no single year
            return None, kind
        if kind == "stock" and spans:  # a level reached in a span of years is that of its last
            return (period.during[-4:] if period.start >= sentence else None), kind
        return period.during, kind

    def _of_section(self, flow: bool, clause: str) -> Period | None:
        """The period of the section: any for a flow or a change, the single year of a heading for a level, too; its end for 年末."""
        about = self.section.heading
        if about is not None and about.during and "-" not in about.during and not flow:
            if _YEAR_END.search(clause):
                return Period(about.start, about.end, about.during, "stock")
            if _STOCK.search(clause):
                return None if _NOW.search(clause) else Period(about.start, about.end, about.during, "stock")
            return about
        return self.section.period if flow and not _STOCK.search(clause) else None

    def _label(self, label: str) -> str:
        """The label in the characters printed, which the plain text may have simplified or folded."""
        if self._printed_as is None:
            self._printed_as = {ord(plain): self.plain.printed[place] for plain, place in zip(self.text, self.plain.places, strict=True)}
        return label.translate(self._printed_as)


def _kind(period: Period | None, clause: str, flow: bool) -> str | None:
    if period is not None and period.kind == "target":
        return "target"
    if flow:
        return "flow"
    if _STOCK.search(clause) or (period is not None and period.kind == "stock"):
        return "stock"
    if period is not None and period.kind == "flow":
        return "flow"
    return "target" if _TARGET.search(clause) else None


def _read(text: str) -> Quantity | None:
    try:
        return read_figure(text)
    except FigureError:
        return None


def _readable(text: str, otherwise: str) -> str:
    return text if _read(text) is not None else otherwise


def is_share(quantity: Quantity) -> bool:
    """Whether a figure is a rate, a share or a relative change, which only the subject of its clause can have."""
    return (
        quantity.unit.text in ("%", "‰", "成", "percent", "per cent", "百分点")
        or quantity.change in (Change.RELATIVE, Change.POINTS)
        or (quantity.unit is COUNT and not isinstance(quantity.nominal, int) and quantity.qualifier is not Qualifier.RANGE)
    )
