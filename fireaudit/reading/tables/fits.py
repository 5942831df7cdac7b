"""Whether figures of rows add up to what is printed, by columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from fireaudit.discovery.chance import ENOUGH
from fireaudit.quantity import COUNT, Exact, Quantity, Unit, take_unit
from fireaudit.reading.figures import figure
from fireaudit.reading.slips import slip
from fireaudit.reading.tables.row import Row

NONE = ("", "-", "—", "–", "－", "――", "——", "/", "\\")
MOST_ROWS, MOST_PARTS = 1000, 30
"""Beyond these, rows are not tried for structures that their print does not show."""
SURE = 6
"""Bits for a slip that is no chance where another reading is as likely."""

Bounds = tuple[Exact, Exact]


class Sums:
    """Sums of printed figures in the columns that are added up, each in its unit. ``shares``: columns of percentages, whose sums bear out a structure and are no findings.
    ``blanks``: they count nothing."""

    def __init__(self, rows: Sequence[Row], columns: Sequence[int], units: Sequence[Unit], shares: Sequence[int] = (), blanks: bool = False) -> None:
        self.rows, self.columns, self.units, self.shares, self.blanks = rows, columns, units, shares, blanks
        self.grain = cache(self._grain)
        self.known: dict[tuple[int, int], Bounds | None] = {}

    def _figure(self, row: Row, column: int) -> Quantity | None:
        return figure(row.cells[column].text, self.units[column])

    def bounds(self, row: Row, column: int) -> Bounds | None:
        key = (id(row.cells), column)
        if key not in self.known:
            quantity = self._figure(row, column)
            interval = quantity.interval if quantity is not None else None
            closed = interval is not None and interval.low is not None and interval.high is not None
            self.known[key] = (interval.low, interval.high) if closed else None  # type: ignore[union-attr, assignment]
        return self.known[key]

    def none(self, row: Row, column: int) -> bool:
        """A blank or a dash, which counts nothing; not a mark for what is withheld."""
        return row.cells[column].text.strip() in NONE

    def _grain(self, column: int) -> Exact:
        """The step that the figures of a column are printed in."""
        steps = [q.step for row in self.rows if (q := self._figure(row, column)) is not None and not q.missing]
        return min(steps, default=1)

    def _sum(self, rows: Sequence[Row], column: int, blank_is_none: bool = False) -> Bounds | None:
        low: Exact = 0
        high: Exact = 0
        for row in rows:
            bounds = self.bounds(row, column)
            if bounds is None:
                if (blank_is_none or self.blanks) and self.none(row, column):
                    continue
                return None
            low, high = low + bounds[0], high + bounds[1]
        return low, high

    def fits(self, whole: Row, parts: Sequence[Row], column: int, at_most: bool = False, blank_is_none: bool = False) -> bool | None:
        """Whether the parts can add up to the whole; ``None`` where it cannot be said."""
        added, bounds = self._sum(parts, column, blank_is_none), self.bounds(whole, column)
        if added is None or bounds is None or not parts:
            return None
        return added[0] <= bounds[1] and (at_most or added[1] >= bounds[0])

    def bits(self, whole: Bounds, added: Bounds, column: int) -> int:
        """How surprising it is that the sum is the whole, by the digits they share; to the last digit more so than within rounding."""
        size = abs(Fraction(whole[0]) + Fraction(whole[1]))
        exact = whole[0] + whole[1] == added[0] + added[1]
        window = 2 * self.grain(column) if exact else (whole[1] - whole[0]) + (added[1] - added[0]) + self.grain(column)
        return int(1 + size / (8 * window)).bit_length() - 1 if window and size else 0

    def borne_out(self, whole: Row, parts: Sequence[Row]) -> bool:
        """The parts are the whole in every column; or in most; or in half of them, to so many digits that it is no chance."""
        found = {c: fits for c in self.columns if (fits := self.fits(whole, parts, c)) is not None}
        hits = [c for c, fits in found.items() if fits]
        if len(hits) == len(found) or 2 * len(hits) != len(found):
            return 2 * len(hits) > len(found)
        return self._evidence(whole, parts, hits) >= ENOUGH

    def more(self, part: Row, whole: Row) -> bool:
        """The part is more than the whole in some column."""
        return any(self.fits(whole, [part], c, at_most=True) is False for c in self.columns)

    def mostly(self, whole: Row, parts: Sequence[Row]) -> bool | None:
        """Whether the parts add up to the whole in at least half of the columns; ``None`` where no column tells."""
        found = [fits for c in self.columns if (fits := self.fits(whole, parts, c, blank_is_none=True)) is not None]
        return 2 * sum(found) >= len(found) if found else None

    def last_rows(self, whole: Row, parts: Sequence[Row]) -> int:
        """How many of the last parts, two at least and not all, add up to the whole beyond chance in every column; 0 where none do."""
        for count in range(len(parts) - 1, 1, -1):
            tried = parts[-count:]
            if self._all_fit(whole, tried) and self._evidence(whole, tried, self.columns) >= ENOUGH:
                return count
        return 0

    def may_be_sum(self, whole: Row, parts: Sequence[Row]) -> bool:
        """Whether parts that miss the whole were meant to add up to it: of one column, a single slip must be all that keeps them from it."""
        if len(self.columns) != 1:
            return True
        figures = self._printed((*parts, whole), self.columns[0])
        return len(figures) < 3 or slip(figures[:-1], figures[-1]) is not None

    def slipped(self, whole: Row, parts: Sequence[Row], column: int, bits: int = 0) -> bool:
        """A single slip is all that keeps the parts from adding up to the whole, and so many ``bits`` speak against chance."""
        figures = self._printed((*parts, whole), column)
        found = slip(figures[:-1], figures[-1]) if len(figures) == len(parts) + 1 else None
        return found is not None and found.bits >= bits

    def _printed(self, rows: Sequence[Row], column: int) -> list[Quantity]:
        return [q for row in rows if (q := self._figure(row, column)) is not None and not q.missing]

    def _evidence(self, whole: Row, parts: Sequence[Row], columns: Sequence[int]) -> int:
        return sum(self.bits(bounds, self._sum(parts, c) or bounds, c) for c in columns if (bounds := self.bounds(whole, c)) is not None)

    def _all_fit(self, whole: Row, parts: Sequence[Row]) -> bool:
        found = {self.fits(whole, parts, c) for c in self.columns}
        return True in found and False not in found

    def broken(self, rows: Sequence[Row], total: Row | None) -> int:
        """How many sums of a reading do not hold."""
        plain = [row for row in rows if row.kind == "plain"]
        count = sum(self.fits(total, plain, c) is False for c in self.columns) if total is not None else 0
        since: list[Row] = []
        parts: list[Row] = []
        for row in [*rows, Row("end", ())]:
            if row.kind == "of_which":
                parts.append(row)
            if row.kind in ("of_which", "apart"):
                continue
            if parts and since:
                count += sum(self.fits(since[-1], parts, c, at_most=True) is False for c in self.columns)
            parts = []
            if row.kind == "subtotal":
                count += sum(self.fits(row, since, c) is False for c in self.columns)
                since = []
            elif row.kind == "plain":
                since.append(row)
        return count

    def completes(self, rows: Sequence[Row]) -> set[int]:
        """The indexes of part rows that add up to their row in nearly every column, so that they must."""
        result: set[int] = set()
        whole, parts = -1, list[int]()
        for index in range(len(rows) + 1):
            kind = rows[index].kind if index < len(rows) else ""
            if kind == "of_which":
                parts.append(index)
            if kind in ("of_which", "apart"):
                continue
            if len(parts) > 1 and whole >= 0 and self.borne_out(rows[whole], [rows[i] for i in parts]):
                result |= set(parts)
            whole, parts = index, []
        return result

    def nothing_holds(self, rows: Sequence[Row], total: Row, columns: int) -> bool:
        """``columns`` or more were added up, and not one total is the sum."""
        plain = [row for row in rows if row.kind == "plain"]
        found = [fits for c in self.columns if (fits := self.fits(total, plain, c)) is not None]
        return len(found) >= columns and not any(found)

    def blocks(self, rows: Sequence[Row]) -> list[Row]:
        """Rows in blocks, each with a total below its rows or above them. Above them, as many of the rows as add up to it are its parts."""
        if rows[0].kind != "total":
            return [replace(row, kind="subtotal") if row.kind == "total" else row for row in rows]
        starts = [i for i, row in enumerate(rows) if row.kind == "total"]
        result: list[Row] = []
        for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
            whole, below = rows[start], rows[start + 1 : end]
            ends = range(1, min(len(below), MOST_PARTS) + 1)
            parts = next((n for n in ends if self._all_fit(whole, below[:n])), 0)
            result += [replace(whole, kind="plain"), *(replace(row, kind="of_which") for row in below[:parts]), *below[parts:]]
        return result

    def weights(self, rows: Sequence[Row], total: Row, leads: bool, overlapping: Sequence[int]) -> dict[int, str]:
        """How much it weighs, by column, that a total is not the sum where that may be meant: a note where the rows were rounded,
        overlap, or are a selection below a total of more, and where the total is the largest row or the last; else a warning if no total is a sum."""
        plain = [row for row in rows if row.kind == "plain"]
        wrong = [c for c in self.columns if self.fits(total, plain, c) is False]
        none_holds = self.nothing_holds(rows, total, 1)
        may_select = leads and none_holds and all(self._side(total, plain, c) > 0 for c in wrong)
        selection = may_select and not all(self.slipped(total, plain, c, SURE) for c in wrong)
        sure = all(row.kind == "plain" for row in rows) and not self.blanks and not may_select
        weights = dict.fromkeys(wrong, "warning") if none_holds and (len(wrong) > 1 or not sure) else {}
        for c in wrong:
            if self._among_rows(total, plain, c):
                weights[c] = "warning"
            unclear = len(wrong) > 1 and none_holds and (leads or not sure)
            if selection or unclear or self._rounded(total, plain, c) or self._among(total, plain, c, c in overlapping):
                weights[c] = "note"
        return weights

    def _side(self, total: Row, plain: Sequence[Row], column: int) -> Exact:
        """More than zero where the total is more than the sum."""
        whole, added = self.bounds(total, column), self._sum(plain, column)
        return whole[0] - added[1] if whole is not None and added is not None else 0

    def _among_rows(self, total: Row, plain: Sequence[Row], column: int) -> bool:
        """The total lies among its rows, as a mean would."""
        whole, known = self.bounds(total, column), [bounds for row in plain if (bounds := self.bounds(row, column)) is not None]
        return whole is not None and len(known) > 1 and min(known)[0] < whole[0] and whole[1] < max(high for _, high in known)

    def _among(self, total: Row, plain: Sequence[Row], column: int, overlapping: bool) -> bool:
        """The total is the largest row, or the last; where rows overlap, it lies between the largest and the sum."""
        whole, known = self.bounds(total, column), [bounds for row in plain if (bounds := self.bounds(row, column)) is not None]
        if whole is None or len(known) < 2:
            return False
        largest = max(known)
        return whole in (largest, known[-1]) or (overlapping and largest[0] <= whole[0] and self._side(total, plain, column) <= 0)

    def _rounded(self, total: Row, plain: Sequence[Row], column: int) -> bool:
        """The sum misses by no more than rounding each row explains, and the numbers are large enough to be rounded ones."""
        if self.units[column].dimension == COUNT.dimension and self.units[column].text:
            return False  # what is counted one by one is printed as it is
        printed: list[tuple[Exact, Exact]] = [
            (q.step, q.nominal) for row in (*plain, total) if (q := self._figure(row, column)) is not None and q.nominal is not None
        ]
        whole, added = self.bounds(total, column), self._sum(plain, column)
        if whole is None or added is None or not printed or added[0] != added[1]:
            return False  # what was rounded by its print is within its bounds already
        step = min(step for step, _ in printed)
        off = max(whole[0] - added[1], added[0] - whole[1])
        return 2 * off <= (len(plain) + 1) * step and max(printed[-1][1], -printed[-1][1]) >= 100 * step

    def is_mean(self, rows: Sequence[Row], total: Row, column: int) -> bool:
        """The total is not the sum, but lies among positive figures as their mean does. It is rather a sum with one figure
        wrong where other columns of the unit have sums, the figures are far apart, and all but the largest are within it; or
        where a single slip explains it, and the shares printed beside the figures are those in the total."""
        plain = [row for row in rows if row.kind == "plain"]
        known = [bounds for row in plain if (bounds := self.bounds(row, column)) is not None]
        whole = self.bounds(total, column)
        if whole is None or len(known) < 2 or self.fits(total, plain, column) is not False:
            return False
        least, most = min(low for low, _ in known), max(high for _, high in known)
        near = most <= 2 * whole[0] and whole[1] <= 2 * least
        alike = any(self.units[c] == self.units[column] and self.fits(total, plain, c) for c in self.columns)
        if alike and all(low == high for low, high in (*known, whole)):
            return False  # a mean is hardly ever whole where the figures beside it are counted
        if not near and self.slipped(total, plain, column) and self._shared(total, plain, column):
            return False
        others = sum(low for low, _ in known) - max(low for low, _ in known)
        return 0 < least < whole[0] and whole[1] < most and (near or not alike or others > whole[1])

    def _shared(self, total: Row, rows: Sequence[Row], column: int) -> bool:
        """All figures but one are of the total what a column of shares prints of its own."""
        whole = self.bounds(total, column)
        for shares in self.shares:
            full, told = self.bounds(total, shares), [(a, b) for row in rows if (a := self.bounds(row, column)) and (b := self.bounds(row, shares))]
            if whole and full and whole[0] > 0 and full[0] > 0 and len(told) > 2:
                agree = sum(a[0] * full[0] <= b[1] * whole[1] and a[1] * full[1] >= b[0] * whole[0] for a, b in told)
                return agree >= len(told) - 1
        return False

    def breakdowns(self, rows: Sequence[Row], total: Row) -> list[list[Row]]:
        """Consecutive runs of two rows or more that each add up to the total; empty where the rows do not divide so."""
        runs: list[list[Row]] = []
        run: list[Row] = []
        for row in rows[:MOST_ROWS]:
            run.append(row)
            if 1 < len(run) <= MOST_PARTS and self._all_fit(total, run):
                runs.append(run)
                run = []
        return [] if run or len(rows) > MOST_ROWS else runs

    def nested(self, rows: Sequence[Row]) -> list[Row]:
        """Rows that the two or more rows below add up to, with these as their parts."""
        result: list[Row] = []
        index = 0
        while index < len(rows):
            result.append(rows[index])
            ends = range(index + 3, min(len(rows), index + MOST_PARTS) + 1) if index < MOST_ROWS else range(0)
            end = next((e for e in ends if self.borne_out(rows[index], rows[index + 1 : e])), index + 1)
            if end > index + 1 and all(row.kind == "plain" for row in rows[index:end]):
                result += [replace(row, kind="of_which") for row in rows[index + 1 : end]]
                index = end
            else:
                index += 1
        return result

    def holds_without_blanks(self, rows: Sequence[Row], total: Row, column: int) -> bool:
        plain = [row for row in rows if row.kind == "plain"]
        blank = any(not row.cells[column].text for row in plain)
        return blank and self.fits(total, plain, column, blank_is_none=True) is True


def unit_of(text: str) -> Unit:
    unit, rest = take_unit(text) if text else (COUNT, "")
    return COUNT if rest else unit
