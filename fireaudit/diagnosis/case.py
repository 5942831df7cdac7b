"""Cases: violated relations with one cause, and the minimal repairs, each verified on the figures as they would print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from fireaudit.cases import Case, Correction, Repair
from fireaudit.checks.expression import Instead
from fireaudit.checks.relation import Outcome, Verdict
from fireaudit.diagnosis.corruption import corruptions
from fireaudit.diagnosis.cover import Explained, explain
from fireaudit.diagnosis.integers import Range
from fireaudit.diagnosis.network import Network, State
from fireaudit.diagnosis.search import Candidate, Search
from fireaudit.diagnosis.slip import KINDS, SWAPPED, slip
from fireaudit.findings import CellMention
from fireaudit.plan.model import Cell, Plan, Row
from fireaudit.quantity import Exact, Qualifier, Quantity, amount
from fireaudit.quantity.interval import canonical, point, quotient
from fireaudit.quantity.reprint import reprint, reread

FEWEST_REPAIRS = 20
MOST_EVALUATED, MOST_VERIFIED = 200_000, 400_000
"""Figures in the relations of one case, and in all that the candidates of all cases touch, gone through to verify repairs;
candidates beyond that are counted, not worked out."""


def cases(plan: Plan, outcomes: Sequence[Outcome], told: Iterable[int]) -> list[Case]:
    """The cases of the violated relations that are ``told``, in order of their first; empty where nothing is violated."""
    if not any(outcome.verdict is Verdict.VIOLATED for outcome in outcomes):
        return []
    state = Network(plan, outcomes).printed
    violated = sorted({*state.all_violated()}.intersection(told))
    surroundings, affordable = Surroundings(plan), Affordable(state)
    diagnosed = []
    for found in explain(Search(state, plan.limits.max_tries, violated), violated):
        listed, unlisted = affordable.of(found)
        repairs = tuple(repairs_of(state, listed, surroundings))
        diagnosed.append(Case(plan.path, found.relations, repairs, listed.complete, unlisted))
    return diagnosed


class Affordable:
    """As many candidates of each case as can be verified in good time, the figures that relations look at first before the others."""

    def __init__(self, state: State) -> None:
        self.state, self.left = state, MOST_VERIFIED
        self._sizes: dict[int, int] = {}

    def of(self, explained: Explained) -> tuple[Explained, int]:
        """The case with the candidates that are worked out, and how many are not."""
        size = sum(map(self._size, explained.relations))
        most = max(FEWEST_REPAIRS, MOST_EVALUATED // max(1, size))
        focus = {self.state.outcome(index).relation.focus for index in explained.relations}
        names = {cell.name for cell in focus if cell is not None}
        ordered = sorted(explained.repairs, key=lambda repair: not any(cell in names for candidate in repair for cell in candidate.cells))
        listed = tuple(takewhile(self._bearable, ordered[:most]))
        complete = explained.complete and bool(listed or not ordered)
        return replace(explained, repairs=listed, complete=complete), len(ordered) - len(listed)

    @property
    def spent(self) -> int:
        return MOST_VERIFIED - self.left

    def _bearable(self, repair: tuple[Candidate, ...]) -> bool:
        cells = {cell for candidate in repair for cell in candidate.cells}
        self.left -= sum(map(self._size, self.state.network.touched(cells)))
        return self.left >= 0

    def _size(self, index: int) -> int:
        if index not in self._sizes:
            self._sizes[index] = len(self.state.outcome(index).relation.cells())
        return self._sizes[index]


class Surroundings:
    """What stands beside a figure of a table, and which figures are totals."""

    def __init__(self, plan: Plan) -> None:
        self._places: dict[str, tuple[list[Row], int, str]] = {}
        self.totals: set[str] = set()
        for table in plan.tables.values():
            rows = [*table.rows, *([table.total] if table.total else [])]
            for index, row in enumerate(rows):
                self._places.update((cell.name, (rows, index, column)) for column, cell in row.cells.items())
            if table.total:
                self.totals.update(cell.name for cell in table.total.cells.values())

    def beside(self, name: str) -> list[Cell]:
        """The cells to the left, to the right, above and below."""
        if name not in self._places:
            return []
        rows, index, column = self._places[name]
        cells = rows[index].cells
        columns = list(cells)
        place = columns.index(column)
        found = [cells[columns[p]] for p in (place - 1, place + 1) if 0 <= p < len(columns)]
        return found + [rows[i].cells[column] for i in (index - 1, index + 1) if 0 <= i < len(rows) and column in rows[i].cells]

    def neighbours(self, name: str) -> tuple[str, ...]:
        """What stands in them."""
        return tuple(cell.text.strip() for cell in self.beside(name))


def repairs_of(state: State, explained: Explained, surroundings: Surroundings) -> list[Repair]:
    """The repairs of a case that hold good when the corrected texts are read again, likeliest first."""
    found = []
    for candidates in explained.repairs:
        reach = {cell: r for candidate in candidates for cell, r in zip(candidate.cells, candidate.ranges, strict=True)}
        nearest = {cell: v for candidate in candidates for cell, v in zip(candidate.cells, candidate.values, strict=True)}
        if (exchanged := _exchanged(state, tuple(reach), surroundings)) and settles(state, exchanged, explained.relations):
            found.append(Repair(tuple(_correction(state, cell, reach[cell], exchanged, explained, surroundings, SWAPPED) for cell in exchanged)))
            continue
        meeting = _meeting(state, reach)
        middle = {cell: _middle(state, cell, reach[cell], value) for cell, value in nearest.items()}
        for values in (middle | meeting, nearest | meeting, middle, nearest):
            changed = {cell: moved(state, cell, value) for cell, value in values.items()}
            if settles(state, changed, explained.relations):
                met = {cell for cell, value in values.items() if meeting.get(cell) == value}
                if len(changed) == 1 and (slipped := _as_slip(state, changed, explained.relations)) is not changed:
                    changed, met = slipped, set(slipped)
                made = [_correction(state, cell, reach[cell], changed, explained, surroundings, meets=cell in met) for cell in changed]
                found.append(Repair(tuple(made)))
                break
    return sorted(found, key=lambda repair: _likelihood(state, repair))


def _exchanged(state: State, cells: tuple[str, ...], surroundings: Surroundings) -> dict[str, Quantity] | None:
    """Two neighbours of a table in each other's place, where they print different numbers."""
    if len(cells) != 2 or all(cell.name != cells[1] for cell in surroundings.beside(cells[0])):
        return None
    one, other = (state.quantity(cell) for cell in cells)
    texts = reread(one, other.text.strip()), reread(other, one.text.strip())
    return {cell: text for cell, text in zip(cells, texts, strict=True) if text is not None} if None not in texts else None


def _meeting(state: State, reach: Mapping[str, Range]) -> dict[str, int]:
    """For each cell the steps to the number that most other figures print or come to, the nearest one of several."""
    found = {}
    for cell, within in reach.items():
        step, met = state.step(cell), Counter[int]()
        for _, constraint in state.on(cell):
            if constraint.meets is not None and len(constraint.coefficients.keys() & reach.keys()) == 1:
                steps = quotient(quotient(constraint.meets, constraint.coefficients[cell]), step)
                if isinstance(steps, int) and steps and _inside(steps, within):
                    met[steps] += 1
        if met:
            found[cell] = min(met, key=lambda steps: (-met[steps], abs(steps), steps))
    return found


def _inside(value: int, reach: Range) -> bool:
    return (reach[0] is None or reach[0] <= value) and (reach[1] is None or value <= reach[1])


def _as_slip(state: State, changed: dict[str, Quantity], relations: tuple[int, ...]) -> dict[str, Quantity]:
    """Where the number found is only what the right one rounds to at the printed digits, the slip that explains it.

    150.7 for 15.07: at one decimal the repair is 15.1, but undoing a shifted point settles the case as well.
    """
    ((cell, found),) = changed.items()
    printed = state.quantity(cell)
    step = state.step(cell)
    if found.nominal is None or (printed.qualifier is Qualifier.EXACT and step == printed.step):
        return changed
    for _, read in corruptions(printed).values():
        if read.nominal is None or read.text == found.text or (read.step < step and "." not in printed.text):
            continue
        apart: Exact = read.nominal - found.nominal
        near = max(apart, -apart) * 2 <= max(step, printed.step)
        if near and (slip(printed, read) or "last_digit") not in ("last_digit", "one_digit") and settles(state, {cell: read}, relations):
            return {cell: read}
    return changed


def _middle(state: State, cell: str, reach: Range, nearest: int) -> int:
    """The middle of what equations allow; where only inequalities bound a figure, the nearest value."""
    equations = any(state.outcome(index).relation.op == "==" and state.violated(index) for index, _ in state.on(cell))
    if not equations or reach[0] is None or reach[1] is None:
        return nearest
    return (reach[0] + reach[1]) // 2


def settles(state: State, changed: Instead, relations: Iterable[int]) -> bool:
    """With the changed quantities none of ``relations`` is violated, nor any other that held."""
    after = State(state.network, {**state.instead, **changed})
    broken = [i for i in state.network.touched(changed) if after.violated(i) and not state.violated(i)]
    return not broken and not any(after.violated(i) for i in relations)


def moved(state: State, cell: str, steps: int) -> Quantity:
    """The quantity of a cell whose number moves by so many steps: read from its new text, where that can be printed."""
    quantity = state.quantity(cell)
    move = steps * state.step(cell)
    if quantity.nominal is not None:
        nominal = canonical(quantity.nominal + move)
        text = reprint(quantity, nominal)
        found = reread(quantity, text) if text is not None else None
        if found is not None:
            return found
    assert quantity.interval is not None
    nominal_ = None if quantity.nominal is None else canonical(quantity.nominal + move)
    return Quantity("", quantity.interval + point(move), quantity.unit, nominal_, quantity.step, quantity.qualifier, quantity.change)


def _correction(
    state: State,
    cell: str,
    reach: Range,
    changed: dict[str, Quantity],
    explained: Explained,
    around: Surroundings,
    named: str | None = None,
    meets: bool = False,
) -> Correction:
    source, printed, becomes = state.network.cells[cell], state.quantity(cell), changed[cell]
    low = _end(state, cell, reach[0], changed, explained.relations)
    high = low if reach[0] == reach[1] else _end(state, cell, reach[1], changed, explained.relations)
    unique = low is not None and high is not None and low.text == high.text == becomes.text != ""
    least, step = state.lowest(cell), state.step(cell)
    if low is not None and least is not None and reach[0] is not None and (reach[0] * step - least) * 2 <= step:
        low = low if unique else None  # down to nothing: no end that says anything
    if unique or meets:  # of the other values of a range some always looks like a slip
        named = named or slip(printed, becomes, around.neighbours(cell), cell in around.totals)
        named = None if not unique and named in ("last_digit", "one_digit", "stale_total") else named
    mention = CellMention(cell, printed.text, source.span, source.at)
    lowest, highest = (None if end is None else _shown(end, lower) for end, lower in ((low, True), (high, False)))
    text = _shown(becomes, reach[0] is not None)
    return Correction(mention, source.label, text, unique, lowest, highest, named, bool(becomes.text), unique or meets)


def _end(state: State, cell: str, steps: int | None, changed: dict[str, Quantity], relations: tuple[int, ...]) -> Quantity | None:
    """The quantity at an end of a range, or where that cannot be printed exactly the one that was verified."""
    if steps is None:
        return None
    end = moved(state, cell, steps)
    if end == changed[cell]:
        return end
    return end if len(changed) > 1 or settles(state, {cell: end}, relations) else changed[cell]


def _shown(quantity: Quantity, lower: bool) -> str:
    """The text of a quantity, or where it has none (a range, whose ends move together) the end that matters."""
    if quantity.text:
        return quantity.text
    assert quantity.interval is not None
    end = quantity.nominal
    if quantity.qualifier is Qualifier.RANGE:
        end = quantity.interval.high if lower else quantity.interval.low
    return amount(end, quantity.unit) if end is not None else str(quantity.interval)


def _likelihood(state: State, repair: Repair) -> tuple[object, ...]:
    """Fewest figures, the most telling slips, the figures that fewest relations vouch for, order in the document."""
    slips = [KINDS.index(c.slip) if c.slip else len(KINDS) for c in repair.corrections]
    vouched = [len(state.network.touching[c.cell.name]) for c in repair.corrections]
    places = [state.network.position[c.cell.name] for c in repair.corrections]
    return len(slips), sum(slips), sum(vouched), places
