"""Figures of the text against tables and each other: totals stated again, cells repeated in prose, a whole and its parts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from fireaudit.checks.expression import UnitClash, Value
from fireaudit.checks.parse import CheckError, parse_expression
from fireaudit.discovery.chance import Evidence, price
from fireaudit.discovery.grid import TOTAL, grid_of
from fireaudit.discovery.labels import Labels, compatible, counted, longest_common, same_kind
from fireaudit.discovery.proposal import Candidate, keys
from fireaudit.plan.model import Fact, Plan, Table
from fireaudit.quantity import Exact, Qualifier
from fireaudit.quantity.unit import Dimension

_YEAR = re.compile("(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")
ENOUGH = 8
"""Bits of digits and labels together, when what was tried is paid for."""
ENOUGH_OF_GROUP = 3
"""For all figures of one place whose labels end alike: there are few such groups."""
LEAST_SHARED = 3
MOST_PARTS = 6
MOST_CELLS = 5000


@dataclass(frozen=True)
class Time:
    """The first and last year of a figure; ``end``: it is of the end of that time, as a target is."""

    first: str
    last: str
    end: bool = False

    def meets(self, other: Time) -> bool:
        return self.last == other.last and (self.end or other.end or self.first == other.first)


@dataclass(frozen=True)
class Said:
    """A value that the document states: the expression for it, what it is called, and where."""

    kind: str
    expression: str
    label: str
    places: tuple[str, ...]
    unit: str
    dimension: Dimension
    low: Exact
    middle: Exact
    high: Exact
    step: Exact
    time: Time | None = None
    scope: tuple[str, ...] = ()

    def equals(self, other: Said) -> bool:
        return self.low <= other.high and self.high >= other.low

    def like(self, other: Said) -> bool:
        return (
            self.dimension == other.dimension
            and same_kind(self.unit, other.unit)
            and compatible(self.label, other.label)
            and (self.time is None or other.time is None or self.time.meets(other.time))
            and self.names(other.scope)
            and other.names(self.scope)
        )

    def names(self, scope: tuple[str, ...]) -> bool:
        """Whether what narrows another figure is said of this one, too."""
        return all(word in self.label or word in self.scope for word in scope)


def stated_again(plan: Plan) -> Iterator[Candidate]:
    """Each figure of the text with the one value it most probably repeats."""
    texts = list(_texts(plan))
    totals, cells = (list(_totals(plan)), _cells(plan)) if texts else ([], [])
    labels = Labels(said.label for said in (*texts, *totals))
    named: dict[str, list[Said]] = {}
    for said in texts:
        yield from _best(labels, said, totals, "stated_total")
        yield from _best(labels, said, cells, "restated")
        if said.kind == "fact" and not plan.unconfirmed:  # a draft has them as one already where they are
            yield from _best(labels, said, named.get(_bare(said.label), []), "twice")
            named.setdefault(_bare(said.label), []).append(said)
    yield from _wholes(labels, texts, totals)


def _best(labels: Labels, said: Said, others: list[Said], kind: str) -> Iterator[Candidate]:
    tried = [other for other in _near(said, others) if other.like(said)]
    cost = price(sum(other.like(said) for other in others) if len(others) <= 200 else len(others))
    scored = []
    for other in tried:
        shared = labels.shared(said.label, other.label)
        if shared >= LEAST_SHARED and said.equals(other):
            scored.append((_digits(said, other) + shared - cost, other.expression))
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    if scored and scored[0][0] >= ENOUGH and (len(scored) == 1 or scored[1][0] < scored[0][0]):
        bits, expression = scored[0]
        yield Candidate(kind, (f"{said.expression} == {expression}",), None, bits, (0, 0, -bits))


def _bare(label: str) -> str:
    """A label without what stands in brackets and without marks."""
    return re.sub(r"\W", "", re.sub(r"[(（][^()（）]*[)）]", "", label))


def _near(said: Said, others: list[Said]) -> list[Said]:
    """The values near in size; ``others`` of any number are in order of size."""
    if len(others) <= 200:
        return others
    return others[bisect_left(others, said.low, key=lambda o: o.high) : bisect_right(others, said.high, key=lambda o: o.low)]


def _digits(one: Said, other: Said) -> int:
    window = Fraction(one.high - one.low + other.high - other.low) + min(one.step, other.step)
    scale = window.denominator * Fraction(one.middle).denominator
    evidence = Evidence(2)
    evidence.match(int(one.middle * scale), int(window * scale), one.expression)
    return evidence.bits


def _texts(plan: Plan) -> Iterator[Said]:
    for fact in plan.facts.values():
        cells = [statement.cell for statement in fact.statements if statement.cell is not None]
        if cells and cells[0].quantity.change.value == "none" and cells[0].quantity.qualifier is not Qualifier.BOUND:
            unit, step, scope = cells[0].quantity.unit.text, cells[0].quantity.step, _scope(fact)
            yield from _said(plan, "fact", fact.name, fact.label, tuple(cell.at for cell in cells), unit, step, _time(fact), scope)
    for indicator in plan.indicators.values():
        for key, cell in (("baseline", indicator.baseline), *indicator.targets.items()):
            if cell is not None and cell.quantity.change.value == "none" and cell.quantity.qualifier is not Qualifier.BOUND:
                expression = f'{indicator.name}["{key}"]' if key == "baseline" else f"{indicator.name}[{key}]"
                label = indicator.label if key == "baseline" else f"{indicator.label} {key}"
                yield from _said(plan, "indicator", expression, label, (cell.at,), cell.quantity.unit.text, cell.quantity.step)


def _time(fact: Fact) -> Time | None:
    return Time(str(fact.when[0]), str(fact.when[1]), end=fact.moment) if fact.when is not None else None


def _scope(fact: Fact) -> tuple[str, ...]:
    """What narrows a fact; that it is planned is no such thing, as tables hardly say it."""
    words = {word for statement in fact.statements for word in statement.scope.split("、") if word}
    return tuple(sorted(words - {"计划"}))


def _time_of(table: Table, *labels: str) -> Time | None:
    """The years that row and column name, else those of the title or of the table."""
    for text in (" ".join(labels), table.title):
        if years := _YEAR.findall(text):
            return Time(years[0], years[-1])
    return Time(str(table.during[0]), str(table.during[1])) if table.during else None


def _totals(plan: Plan) -> Iterator[Said]:
    """The printed total of a column, or the sum of its rows where none is printed."""
    for table in plan.tables.values():
        for line in grid_of(table).columns:
            if not line.adds or any(TOTAL.search(row.key) for row in table.plain_rows()):
                continue
            column = table.columns[line.key]
            printed = table.total is not None and line.key in table.total.cells
            if printed or len(line.bands) > 1:
                expression = f"{'total' if printed else 'sum'}({table.name}.{line.key})"
                label, time = f"{table.title} {column.label}", _time_of(table, column.label)
                yield from _said(plan, "total", expression, label, (table.at,), column.unit.text, column.unit.factor, time)


def _cells(plan: Plan) -> list[Said]:
    found = [said for table in plan.tables.values() for said in _of_table(plan, table)]
    return sorted(found, key=lambda said: (said.low, said.expression))


def _of_table(plan: Plan, table: Table) -> Iterator[Said]:
    rows = table.plain_rows()
    if sum(len(row.cells) for row in rows) > MOST_CELLS:
        return
    for key, row in zip(keys(rows), rows, strict=True):
        for name, cell in row.cells.items():
            interval, nominal = cell.quantity.interval, cell.quantity.nominal
            if interval is not None and nominal is not None and interval.low is not None and interval.high is not None:
                label = f"{table.title} {row.key} {table.columns[name].label}"
                yield Said("cell", f"{table.name}.{name}[{key}]", label, (table.at,), cell.quantity.unit.text,
                           cell.quantity.unit.dimension, interval.low, nominal, interval.high, cell.quantity.step,
                           _time_of(table, row.key, table.columns[name].label))  # fmt: skip


def _said(
    plan: Plan, kind: str, expression: str, label: str, places: tuple[str, ...], unit: str, step: Exact, time: Time | None = None, scope: tuple[str, ...] = ()
) -> Iterator[Said]:
    try:
        value: Value = parse_expression(expression, plan).evaluate()
    except (CheckError, UnitClash):
        return
    interval = value.interval
    if interval is not None and value.nominal is not None and interval.low is not None and interval.high is not None:
        yield Said(kind, expression, label, places, unit, value.dimension, interval.low, value.nominal, interval.high, step, time, scope)


def _wholes(labels: Labels, texts: list[Said], totals: list[Said]) -> Iterator[Candidate]:
    """Figures of one place that count the same kind of thing, against a total of a table or a figure of that place."""
    at: dict[str, list[Said]] = {}
    for said in texts:
        for place in dict.fromkeys(said.places):
            at.setdefault(place, []).append(said)
    groups = {tuple(map(id, group)): (group, here) for here in at.values() for group in _groups(here)}
    tries = [(group, whole, common) for group, here in groups.values() for whole, common in _fitting(group, here, totals)]
    for group, whole, common in tries:
        low, high = sum(part.low for part in group), sum(part.high for part in group)
        total = Said("sum", "", "", (), whole.unit, whole.dimension, low, sum(part.middle for part in group), high, group[0].step)
        bits = _digits(total, whole) + labels.shared(whole.label, *(part.label for part in group)) + common - price(len(tries))
        if total.equals(whole) and bits >= ENOUGH_OF_GROUP:
            yield Candidate("sum_of", (f"{' + '.join(part.expression for part in group)} == {whole.expression}",), None, bits, (0, 1, -bits))


def _fitting(group: tuple[Said, ...], here: list[Said], totals: list[Said]) -> Iterator[tuple[Said, int]]:
    """What such figures may add up to, and how much of their common name it carries."""
    head = _common_end([part.label for part in group])
    parts = set(map(id, group))
    around = [said for said in here if id(said) not in parts]
    for whole in (*totals, *around):
        common = longest_common(head, whole.label)
        if common > 1 and head[-1] in whole.label and whole.like(group[0]):
            yield whole, common


def _groups(said: list[Said]) -> Iterator[tuple[Said, ...]]:
    """All figures of one time with the same unit whose labels end alike, as names of kinds of one thing do."""
    alike: dict[tuple[object, ...], list[Said]] = {}
    for one in said:
        if one.kind == "fact" and not TOTAL.search(one.label):
            alike.setdefault((_bare(one.label)[-2:], counted(one.unit), one.time, one.scope), []).append(one)
    yield from (tuple(group) for group in alike.values() if 2 <= len(group) <= MOST_PARTS)


def _common_end(labels: list[str]) -> str:
    first, length = _bare(labels[0]), 0
    while length < len(first) and all(_bare(label).endswith(first[len(first) - length - 1 :]) for label in labels):
        length += 1
    return first[len(first) - length :]
