"""Rows that are signed sums of rows above or below them, as the figures of most columns bear out: totals, net amounts, results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, takewhile

from fireaudit.discovery.chance import ENOUGH, price
from fireaudit.quantity import Exact
from fireaudit.reading.figures import is_figure
from fireaudit.reading.tables.fits import Sums
from fireaudit.reading.tables.row import MINUS, PART, Row

MOST_TERMS = 40
MOST_LINES, MOST_CELLS = 240, 5_000
"""Rows beyond these are not tried: statements are short."""
MOST_BACK = 16
LABELLED = 8
"""What it is worth in bits that a label speaks of a total or a result."""
_PLUS = re.compile(r"加\s*[:：]|(?i:(?:add|plus)\s*:?\s)")
_COST = re.compile(r"成本|费用|費用|支出|税金|损失|流出|^减\s*[:：]|(?i:\bcosts?\b|\bexpen(?:se|diture)s?\b|\btax(?:es)?\b|\bpayments?\b|\bdistribution)")
_GAIN = re.compile(r"收入|流入|(?i:\bincome\b|\brevenue|\breceipts?\b)")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]\s*$")
_LEAD = re.compile(r"^[\s\W]*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[)）]?\s*[、.．]?\s*)?")
_RESULT = re.compile(
    r"[合总總小共][计計]|总(?:收入|支出|成本|投资)|总[额额数量]|總額|^净|淨|净[额值利资收流增]|利润|毛利|损益|收益总额|结余$|结转$|余额$|差额|盈余|[净总]额|^全[市省国县区州镇]|^本年[收支][入出]$"
    r"|(?i:\b(?:sub-?)?totals?\b|\bnet\b|\bgross\b|\bprofit\b|\bincome (?:before|after|from)\b|\bearnings before\b|\bsurplus\b|\bdeficit\b|\boperating (?:income|result|loss)\b"
    r"|\bmargin\b|\bbalance (?:at|as|carried)\b|\bcomprehensive income\b|\bclosing\b|^all\b)"
)


@dataclass(frozen=True, slots=True)
class Account:
    """``whole`` is the signed sum of ``terms``; ``hits`` and ``misses`` are the columns that bear it out and those that do not."""

    whole: Row
    terms: tuple[tuple[int, Row], ...]
    hits: tuple[int, ...]
    misses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Tried:
    bits: int
    terms: tuple[tuple[int, int], ...]
    hits: tuple[int, ...]
    misses: tuple[int, ...]
    above: bool

    @property
    def order(self) -> tuple[int, bool, int, int]:
        return (len(self.misses) - len(self.hits), not self.above, -self.bits, len(self.terms))


def accounts(rows: Sequence[Row], sums: Sums, known: Sequence[Account] = ()) -> list[Account]:
    """Each row with the rows it is made of. A row that is part of one above or below it is open to no other; ``known``
    is what the print shows already."""
    found = list(known)
    if len(rows) > MOST_LINES or len(rows) * len(sums.columns) > MOST_CELLS or not sums.columns:
        return found
    ledger = _Ledger(rows, sums)
    ledger.below = {number for number, row in enumerate(rows) for account in known if any(part.cells is row.cells for _, part in account.terms)}
    wholes = {id(account.whole.cells) for account in known}
    for number in range(len(rows)):
        if number in ledger.below or id(rows[number].cells) in wholes:
            ledger.enter(number)
            continue
        for tried in ledger.made_of(number):
            found.append(Account(rows[number], tuple((sign, rows[part]) for sign, part in tried.terms), tried.hits, tried.misses))
    return found


def nested(rows: Sequence[Row], levels: Sequence[int], sums: Sums, whole: bool) -> list[Account]:
    """Each row with the rows of the next level below it, where nearly all of them add up so. Unless the parts are the
    ``whole`` by their nature, as those of codes are, one that adds up in no column is a selection."""
    found: list[Account] = []
    for number, level in enumerate(levels):
        below: list[int] = []
        for other in range(number + 1, len(levels)):
            if levels[other] <= level:
                break
            if not below or levels[other] <= levels[below[0]]:
                below.append(other)
        parts = [rows[other] for other in below]
        if parts:
            fits = {c: sums.fits(rows[number], parts, c) for c in sums.columns}
            hits, misses = (tuple(c for c, fit in fits.items() if fit is wanted) for wanted in (True, False))
            found.append(Account(rows[number], tuple((1, part) for part in parts), hits, misses))
    found = [account for account in found if whole or account.hits or len(account.misses) == 1]
    held, broken = sum(len(account.hits) for account in found), sum(len(account.misses) for account in found)
    return found if held >= (2 if whole or len(sums.columns) > 1 else 3) * broken and held > 1 else []


class _Ledger:
    def __init__(self, rows: Sequence[Row], sums: Sums) -> None:
        self.rows, self.sums = rows, sums
        self.open: list[int] = []
        self.runs = 0
        self.below: set[int] = set()
        self.labels = [_BRACKETED.sub("", _LEAD.sub("", row.label)) for row in rows]

    def made_of(self, number: int) -> list[_Tried]:
        """What a row is made of is closed by it; the row itself is open, unless it is part of one above it. A row may be
        broken down in several ways, one below the other."""
        found: list[_Tried] = []
        start = number + 1
        while self._says(number) and not PART.match(self.labels[number]) and (tried := self._best(number, start, not found)) is not None:
            found.append(tried)
            parts = {part for _, part in tried.terms}
            self.open = [other for other in self.open if other not in parts]
            if tried.above:
                break
            self.below |= parts
            start = max(parts) + 1
        self.enter(number)
        return found

    def enter(self, number: int) -> None:
        """A row is open to those below it, unless it is part of one above it."""
        if number not in self.below and self._says(number):
            self.open.append(number)

    def _says(self, number: int) -> bool:
        return any(self.sums.bounds(self.rows[number], c) is not None for c in self.sums.columns)

    def _best(self, number: int, start: int, first: bool) -> _Tried | None:
        result = bool(_RESULT.search(self.labels[number])) or is_figure(self.rows[number].label)  # the total often bears no label
        tried: list[_Tried] = []
        for search in (
            (
                self._above(number, result),
                self._surplus(number) if result else (),
                self._differences(number) if result else (),
                self._below(number, start, result),
            )
            if first
            else (self._below(number, start, result),)
        ):
            self.runs = 1
            found = list(search)
            tried += [replace(one, bits=one.bits - price(self.runs)) for one in found]
        if not tried:
            return None
        best = min(tried, key=lambda one: one.order)
        needed = ENOUGH + 3 * len(best.misses) + (-LABELLED if result else price(len(self.rows)))
        few = len(best.misses) == 1 or 3 * len(best.misses) <= len(best.hits)  # one wrong figure breaks one column
        sure = not best.misses or (result and few and (len(best.terms) > 1 or self._slipped(number, best)))
        return best if sure and best.bits >= needed else None

    def _slipped(self, number: int, best: _Tried) -> bool:
        """A row that repeats another in most columns need not do so in all, unless a slip is seen."""
        return all(self.sums.slipped(self.rows[number], [self.rows[part] for _, part in best.terms], c) for c in best.misses)

    def _above(self, number: int, result: bool) -> Iterator[_Tried]:
        shallow = [other for other in self.open if not PART.match(self.labels[other])]
        for other in (shallow, self.open) if len(shallow) < len(self.open) else (self.open,):
            above = other[-MOST_TERMS:][::-1]
            for signs in self._signs(above):
                yield from self._runs(number, above, signs, True, result)

    def _below(self, number: int, start: int, result: bool) -> Iterator[_Tried]:
        below = [other for other in range(start, min(len(self.rows), start + MOST_TERMS)) if self._says(other)]
        # A deduction begins the next step of an account; and what is left of a gross amount is a result, not a part.
        below = list(takewhile(lambda other: not MINUS.match(self.labels[other]) and (result or not _RESULT.search(self.labels[other])), below))
        yield from self._runs(number, below, dict.fromkeys(below, 1), False, result)

    def _surplus(self, number: int) -> Iterator[_Tried]:
        """The nearest row of what came in less the nearest of what was spent."""
        above = [other for other in range(number - 1, -1, -1) if self._says(other) and not PART.match(self.labels[other])]
        gain, cost = (next((other for other in above if pattern.search(self.labels[other])), None) for pattern in (_GAIN, _COST))
        if gain is not None and cost is not None and gain != cost:
            pair = (max(gain, cost), min(gain, cost))
            yield from self._runs(number, pair, {gain: 1, cost: -1}, True, False)

    def _differences(self, number: int) -> Iterator[_Tried]:
        """A balance: what came in less what went out, or what was left before with what was left over; any two rows above."""
        above = [other for other in range(max(0, number - MOST_BACK), number) if self._says(other) and not PART.match(self.labels[other])]
        for later, earlier in combinations(above[::-1], 2):
            for signs in ({earlier: 1, later: -1}, {earlier: 1, later: 1}):
                yield from self._runs(number, (later, earlier), signs, True, False)

    def _signs(self, numbers: Sequence[int]) -> Iterator[dict[int, int]]:
        """All added up; what is spent taken off; those marked 减 taken off; and 减 holding for what follows it, until 加 or a row with a number."""
        yield dict.fromkeys(numbers, 1)
        spent = {number: -1 if _COST.search(self.labels[number]) else 1 for number in numbers}
        if len(set(spent.values())) > 1:
            yield spent
        marked = {number: -1 if MINUS.match(self.labels[number]) else 1 for number in numbers}
        if -1 in marked.values():
            yield marked
            scope, scoped = 1, dict[int, int]()
            for number in sorted(numbers):
                label = self.rows[number].label.strip()
                if marked[number] < 0:
                    scope = -1
                elif _PLUS.match(self.labels[number]) or self.labels[number] != label or _RESULT.search(label):
                    scope = 1
                scoped[number] = scope
            yield scoped

    def _runs(self, number: int, others: Sequence[int], signs: dict[int, int], above: bool, result: bool) -> Iterator[_Tried]:
        """The nearest rows, two or more, whose sum is the row in most columns."""
        whole = self.rows[number]
        known = [(c, bounds) for c in (*self.sums.columns, *self.sums.shares) if (bounds := self.sums.bounds(whole, c)) is not None]
        added: dict[int, tuple[Exact, Exact] | None] = {c: (0, 0) for c, _ in known}
        for count, other in enumerate(others, 1):
            for c, _ in known:
                added[c] = self._plus(added[c], other, c, signs[other])
            if count < 2 and not (result and above):
                continue
            self.runs += 1
            hits = [(c, bounds) for c, bounds in known if _within(bounds, added[c])]
            if hits:
                missed = (c for c, bounds in known if c in self.sums.columns and added[c] is not None and not _within(bounds, added[c]))
                misses = tuple(c for c in missed if not self._mean(number, others[:count], c))
                if len(misses) <= len(hits):
                    found = {c: self.sums.bits(bounds, there, c) for c, bounds in hits if (there := added[c]) is not None}
                    figures = [found[c] for c in found if c in self.sums.columns]
                    bits = sum(figures or found.values())  # where figures bear it out, shares follow from them
                    terms = tuple((signs[part], part) for part in others[:count])
                    yield _Tried(bits, terms if not above else terms[::-1], tuple(c for c, _ in hits), misses, above)

    def _mean(self, number: int, parts: Sequence[int], column: int) -> bool:
        """The figure lies close among those of its parts, as their mean does."""
        whole, known = self.sums.bounds(self.rows[number], column), [self.sums.bounds(self.rows[part], column) for part in parts]
        there = [bounds for bounds in known if bounds is not None]
        if whole is None or len(there) < 2:
            return False
        least, most = min(low for low, _ in there), max(high for _, high in there)
        return 0 < least <= whole[0] and whole[1] <= most <= 2 * least

    def _plus(self, so_far: tuple[Exact, Exact] | None, other: int, column: int, sign: int) -> tuple[Exact, Exact] | None:
        """A blank counts nothing; a cell that cannot be read leaves the sum unknown."""
        bounds = self.sums.bounds(self.rows[other], column)
        if so_far is None or bounds is None:
            return so_far if self.sums.none(self.rows[other], column) else None
        return (so_far[0] + bounds[0], so_far[1] + bounds[1]) if sign > 0 else (so_far[0] - bounds[1], so_far[1] - bounds[0])


def _within(bounds: tuple[Exact, Exact], added: tuple[Exact, Exact] | None) -> bool:
    return added is not None and added[0] <= bounds[1] and added[1] >= bounds[0]
