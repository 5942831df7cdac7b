"""Figures of the text that would repeat a cell of a table, or an indicator, but for a slip of the pen: same name, unit and time, nearly the same digits."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb

from fireaudit.discovery.grid import TOTAL
from fireaudit.discovery.labels import same_kind, tokens
from fireaudit.discovery.proposal import keys
from fireaudit.plan.model import Cell, Fact, Plan, Table
from fireaudit.quantity import Qualifier, Quantity
from fireaudit.quantity.digits import differing, transposed
from fireaudit.quantity.plain import plain_of
from fireaudit.quantity.unit import Dimension

ENOUGH = 8
"""Points of evidence: bits of the digits that agree, and some for a name, a unit and a time that agree wholly."""
MOST_CELLS = 5000
MOST_NAMED = 400
Years = tuple[int, int]
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?:年度?|年?[末底])?(?![0-9])")
_BRACKETS = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_GENERIC = re.compile(
    r"合计|总计|小计|共计|总数|总量|总额|数量|个数|起数|人数|家数|金额|数额|规模|情况|一览|统计|年末|年底|本年|全年|全[市县区省国]|我[市县区省]|主要|其中:?|分行业|各地区|"
    r"\b(?:total|number|amount|of|the|by|in|and|a|an|table|figures?)\b|表\s*[0-9一二三四五六七八九十-]*|[0-9]+|[数量额表](?=\s|$)|(?<=[\u4e00-\u9fff]{2})收入$",
    re.IGNORECASE,
)
_DOING = re.compile(r"^(?:.{0,8}?(?:共计?|累计))?(?:发生|完成|实现|达到?|安排|投入|处理|接获|接报|扑救|拥有|现有|共有|建成)")
_OTHER_TIME = re.compile("增加|减少|增长|下降|比上年|同比|增减|增幅|增速|变动|差额|较|占比|比重|比例|排名|位次|change|variance|share|growth", re.IGNORECASE)
_STAGE = re.compile("(?:年初|调整|全年)?(?:预算|决算|执行|计划|目标|完成|实际|安排)数?")
_PLANNED = re.compile("目标|规划|计划|预算|任务|应|需|拟|target|budget|plan", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A cell with the words that say what it is."""

    expression: str
    cell: Cell
    row: frozenset[str]
    column: frozenset[str]
    title: frozenset[str]
    years: Years | None
    several: bool
    """Whether the table has such figures for several years."""
    planned: bool


def nearly(plan: Plan) -> Iterator[str]:
    """Of each figure of the text that no cell of its name repeats, the one cell that it misses by a slip, as the check that they are equal."""
    index = _Index([*_cells(plan), *_indicators(plan)])
    context = _words(plan.title)
    for fact in plan.facts.values():
        quantity = one_value(fact)
        if quantity is None or not _words(_STAGE.sub(" ", fact.label)):  # 预算 alone names nothing
            continue
        words = _words(fact.label)
        near = index.near(words, quantity)
        if len(near) > MOST_NAMED:
            continue  # a name so common tells no cell from the others
        named = [(points, entry) for entry in near if (points := _alike(plan, fact, words, quantity, entry, context)) is not None]
        found = _missed(quantity, named)
        if found is not None:
            yield f"{fact.name} == {found.expression}"


class _Index:
    """Entries by the rarest word of their row and column, and by their size; those of no such word by the words of their titles."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        often = Counter(word for entry in entries for word in entry.row | entry.column)
        self.named: dict[tuple[str, Dimension, int], list[_Entry]] = defaultdict(list)
        self.titled: dict[tuple[str, Dimension, int], list[_Entry]] = defaultdict(list)
        for entry in entries:
            unit, size = entry.cell.quantity.unit.dimension, _size(entry.cell.quantity)
            if own := entry.row | entry.column:
                self.named[min(own, key=lambda word: (often[word], word)), unit, size].append(entry)
            for word in entry.title if not own else ():
                self.titled[word, unit, size].append(entry)

    def near(self, words: frozenset[str], quantity: Quantity) -> list[_Entry]:
        """Those whose row and column a name of these words may cover, or whose title covers the name, and which are about as large."""
        unit, size = quantity.unit.dimension, _size(quantity)
        found: list[_Entry] = []
        for sized in (size - 1, size, size + 1):
            for word in sorted(words):
                found += (entry for entry in self.named.get((word, unit, sized), ()) if entry.row | entry.column <= words)
            titled = [self.titled.get((word, unit, sized), []) for word in sorted(words)]
            fewest: list[_Entry] = min(titled, key=len, default=[])
            found += fewest
        return found


def _size(quantity: Quantity) -> int:
    """How many digits stand before the point."""
    return len(str(abs(int(quantity.nominal or 0))))


def _missed(quantity: Quantity, named: list[tuple[int, _Entry]]) -> _Entry | None:
    """The one cell, among those of this name, that the digits come near, unless one of them has the very figure."""
    scored = []
    for points, entry in named:
        if entry.cell.quantity.interval is not None and quantity.interval is not None and quantity.interval.intersect(entry.cell.quantity.interval) is not None:
            return None
        if points >= ENOUGH:
            scored.append((points, entry))
    best = max((score for score, _ in scored), default=0)
    first = [entry for score, entry in scored if score == best]
    return first[0] if first and len({entry.cell.quantity.nominal for entry in first}) == 1 else None


def one_value(fact: Fact) -> Quantity | None:
    """What a fact states, if all its statements say the same and it is a level."""
    said = {statement.cell.quantity.text: statement.cell.quantity for statement in fact.statements if statement.cell is not None}
    quantity = next(iter(said.values())) if len(said) == 1 else None
    return quantity if quantity is not None and is_level(quantity) else None


def is_level(quantity: Quantity) -> bool:
    return quantity.interval is not None and quantity.change.value == "none" and quantity.qualifier in (Qualifier.EXACT, Qualifier.ROUNDED)


def _alike(plan: Plan, fact: Fact, words: frozenset[str], quantity: Quantity, entry: _Entry, context: frozenset[str]) -> int | None:
    """Points for agreement of name, unit and time, with the digits; ``None`` where one of them differs."""
    unit, other = quantity.unit, entry.cell.quantity.unit
    if unit.dimension != other.dimension or not same_kind(unit.text, other.text) or ("/" in unit.text) != ("/" in other.text):
        return None
    own = entry.row | entry.column
    known = own | entry.title | context
    scopes = [statement.scope for statement in fact.statements if statement.scope]
    if any(not _PLANNED.search(scope) and not _covered(_bare(scope), known) for scope in scopes):
        return None
    if not words or not own <= words or not (own or words <= entry.title) or not _covered(_bare(fact.label), known):
        return None
    time = _time(plan, fact, entry)
    bits = None if time is None else digit_bits(quantity, entry.cell.quantity, sure=time > 0)
    return None if time is None else time + 2 + 2 * (unit.text != "" and unit.text == other.text) + (bits if bits is not None else -ENOUGH)


def _covered(text: str, known: frozenset[str]) -> bool:
    """Whether every character of a name stands in a word that is known."""
    plain = text.lower()
    pairs = [plain[i : i + 2] in known for i in range(len(plain) - 1)]
    han = all(not "\u3400" <= c <= "\u9fff" or any(pairs[max(0, i - 1) : i + 1]) for i, c in enumerate(plain))
    return han and all(_singular(word) in known for word in re.findall("[a-z]{2,}", plain))


def _time(plan: Plan, fact: Fact, entry: _Entry) -> int | None:
    """Points for the same time; none where it is not said; ``None`` where the two are of different times."""
    if entry.planned and not fact.target and not _PLANNED.search(f"{fact.label}{plan.title}"):
        return None
    said = fact.when
    if said is None:
        return 1 if not entry.several or (entry.years is not None and entry.years == plan.period) else 0
    if entry.years is None:
        return 0
    if said == entry.years or (fact.target and said[1] == entry.years[1] and entry.years[0] < entry.years[1]):
        return 2
    return None


def digit_bits(said: Quantity, cell: Quantity, sure: bool) -> int | None:
    """What the digits that agree would cost by chance: neighbours swapped, or one or two of many wrong.

    What two figures of different times have in common as they change little from year to year counts only if they are ``sure`` to be of one.
    """
    if said.nominal is None or cell.nominal is None or said.nominal <= 0 or cell.nominal <= 0:
        return None
    step = Fraction(said.step)
    a, b = Fraction(said.nominal) / step, round(Fraction(cell.nominal) / step)
    if a.denominator != 1 or len(str(int(a))) != len(str(b)):
        return None
    printed, right = str(int(a)), str(b)
    while len(printed) > 1 and printed.endswith("0") and right.endswith("0"):
        printed, right = printed[:-1], right[:-1]
    if not sure:
        near = len(str(int(a / max(1, abs(int(a) - b))))) - 1
        printed, right = printed[near:], right[near:]
    size = len(printed)
    wrong = len(differing(printed, right))
    if not 0 < wrong < 3 or size < 2:
        return None
    slips: int = size - 1 if transposed(printed, right) else comb(size, wrong) * 9**wrong
    sums: int = 10**size
    return (sums // slips).bit_length() - 1


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


@lru_cache(maxsize=65_536)
def _bare(text: str) -> str:
    """A name without years, brackets and words that any name may have."""
    plain = _YEAR.sub(" ", _BRACKETS.sub("", plain_of(text).text))
    return _GENERIC.sub(" ", _GENERIC.sub(" ", _DOING.sub("", plain))).strip()


@lru_cache(maxsize=65_536)
def _words(text: str) -> frozenset[str]:
    return frozenset(_singular(word) if word.isascii() else word for word in tokens(_bare(text)) if not word.isdigit())


def _cells(plan: Plan) -> Iterator[_Entry]:
    for table in plan.tables.values():
        rows = [*table.plain_rows(), *([table.total] if table.total else [])]
        if sum(len(row.cells) for row in rows) <= MOST_CELLS:
            yield from _of_table(plan, table)


def _of_table(plan: Plan, table: Table) -> Iterator[_Entry]:
    plain = table.plain_rows()
    spans = [_span(row.key) for row in plain]
    headed = [_span(column.label) for column in table.columns.values()]
    over = _over([years for years in spans if years]) or _over([years for years in headed if years])
    several = len({years for years in (*spans, *headed) if years}) > 1
    whole = table.during or _span(table.title) or (over if several else None)
    title = _words(table.title)
    often = Counter(row.key for row in table.rows)
    parts = [(None, row) for row in table.rows if row.kind != "plain" and often[row.key] == 1]
    for between, row in [*zip(keys(plain), plain, strict=True), *parts, *([(None, table.total)] if table.total else [])]:
        for name, cell in row.cells.items():
            column = table.columns[name]
            said = f"{row.key} {column.label}"
            total = row is table.total
            if not is_level(cell.quantity) or _OTHER_TIME.search(column.label) or (several and _span(said) is None and not TOTAL.search(said) and not total):
                continue
            among_all = f"{table.name}[{json.dumps(row.key, ensure_ascii=False)}].{name}"
            expression = f"total({table.name}.{name})" if total else f"{table.name}.{name}[{between}]" if between else among_all
            key = frozenset[str]() if total or TOTAL.search(row.key) else _words(row.key)
            yield _Entry(
                expression, cell, key, _words(column.label), title, _span(said) or whole, several, bool(_PLANNED.search(f"{table.title}{column.label}"))
            )


def _indicators(plan: Plan) -> Iterator[_Entry]:
    for indicator in plan.indicators.values():
        for year, cell in indicator.targets.items():
            if is_level(cell.quantity):
                yield _Entry(f"{indicator.name}[{year}]", cell, _words(indicator.label), frozenset(), frozenset(), (year, year), True, True)


@lru_cache(maxsize=65_536)
def _span(text: str) -> Years | None:
    plain = plain_of(text).text
    if span := re.search(r"((?:19|20)[0-9]{2})年?[-—~～–至到]{1,2}((?:19|20)[0-9]{2})", plain):
        return int(span[1]), int(span[2])
    found = [int(match[0][:4]) for match in _YEAR.finditer(plain)]
    return (found[0], found[0]) if len(found) == 1 else None


def _over(found: list[Years]) -> Years | None:
    return (min(first for first, _ in found), max(last for _, last in found)) if found else None
