"""Rows of a table by kind: totals, subtotals, part rows. Where the printed structure allows two readings, the one its figures bear out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fireaudit.quantity import COUNT, Exact, Quantity, Unit, take_unit
from fireaudit.reading.figures import figure
from fireaudit.reading.grid import Piece
from fireaudit.reading.numbering import numbered
from fireaudit.reading.texts import compare

_TOTAL = re.compile(
    r"[^，,。；;0-9]{0,8}(?:總計|總數|總额|累計|合计|總計|总计|合計|共计|共計|总数|累计)(?:数|额|金额|人数)?(?:[(（].*)?|(?i:(?:grand |overall )?totals?(?: .{0,20})?|sum|.{0,20} total)"
)
_SUBTOTAL = re.compile(r".{0,12}小[计計](?:[(（].*)?|(?i:sub-?totals?.{0,20}|.{0,20} sub-?total)")
_TOTAL_WORD = re.compile(r"(?:合|总|總|共)[计計].*|[总總][数數].*|(?i:\b(?:sub-?|grand |overall )?totals?\b)")
_PART = re.compile(r"(?:其中|其 中|#|含)\s*[:：]?|(?i:of which|including)\b[:]?")
MOST_ROWS, MOST_PARTS = 1000, 30
"""Beyond these, rows are not tried for structures that their print does not show."""
_MINUS = re.compile(r"[减減扣]\s*(?:除)?\s*[:：]|(?i:less|minus)\s*[:：]")
_NUMBERED = ("han", "han_paren", "arabic", "arabic_paren", "decimal1", "decimal2", "circle")


@dataclass(frozen=True, slots=True)
class Row:
    """``kind``: plain, of_which, subtotal or total; ``label`` with its indentation, ``first`` the text of its first cell."""

    kind: str
    cells: tuple[Piece, ...]
    label: str = ""
    first: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Arranged:
    """``others``: rows that are no part of what the total adds up, each run with the total it adds up to itself, if any.
    ``blanks_are_none``: columns whose total holds if blank cells count nothing; ``means``: those whose total is no plain sum, for it
    lies among its rows as a mean does, or rows are taken off; ``weights``: how much it weighs if the total of a column is no sum
    (warning, note), where that may well be meant."""

    rows: list[Row]
    total: Row | None
    others: tuple[tuple[list[Row], Row | None], ...] = ()
    blanks_are_none: frozenset[int] = frozenset()
    means: frozenset[int] = frozenset()
    weights: Mapping[int, str] = field(default_factory=dict)


def kind_of(label: str) -> str:
    """total, subtotal or of_which where the label of a row says so, else empty."""
    plain = re.sub(r"\s+", " " if label.isascii() else "", label).strip("：: ")
    if _SUBTOTAL.fullmatch(plain):
        return "subtotal"
    if len(plain) <= 30 and _TOTAL.fullmatch(plain):
        return "total"
    return "of_which" if _PART.match(plain) else ""


def arranged(rows: Sequence[Row], adding: Sequence[int], units: Sequence[str], overlapping: Sequence[int] = ()) -> Arranged:
    """``adding``: the columns whose totals are sums. ``overlapping``: those whose rows may count one thing several times."""
    sums = _Sums(adding, [_unit(text) for text in units])
    leads = bool(rows) and rows[0].kind == "total"
    rows, total, after = _totals(list(rows)) if not _in_blocks(rows) else (sums.blocks(rows), None, [])
    rows = _indented(rows)
    readings = [
        *_by_level(rows, _code_lengths(rows)),
        *_by_level(rows, [_style(row) for row in rows]),
        rows,
        *_by_level(rows, [_indent(row.label) for row in rows]),
        *_subtotals_first(rows),
    ]
    best = min(readings, key=lambda reading: (sums.broken(reading, total), readings.index(reading)))
    others: list[tuple[list[Row], Row | None]] = [(after, None)] if after else []
    if total is not None and sums.nothing_holds(best, total, 1):
        best, apart = _by_sums(best, total, sums)
        others += apart
    deep = [replace(row, kind="plain") for row in best if row.kind == "deep"]
    if deep:
        best = [row for row in best if row.kind != "deep"]
        others.append((deep, None))
    complete = sums.completes(best)
    all_must = any(best[index].complete for index in complete)  # where one subtotal above its rows is their sum, the others are
    best = [replace(row, complete=index in complete or (row.complete and all_must)) if row.kind == "of_which" else row for index, row in enumerate(best)]
    none = frozenset(c for c in adding if total is not None and sums.holds_without_blanks(best, total, c))
    weights = sums.weights(best, total, leads, overlapping) if total is not None else {}
    taken_off = any(_MINUS.match(row.label.strip()) for row in best)
    means = frozenset(c for c in adding if total is not None and (taken_off or sums.is_mean(best, total, c)))
    return Arranged(best, total, tuple(others), none, means, weights)


def _unit(text: str) -> Unit:
    unit, rest = take_unit(text) if text else (COUNT, "")
    return COUNT if rest else unit


def _in_blocks(rows: Sequence[Row]) -> bool:
    """Several totals of different things (收入合计, 支出合计), and none of everything: each is the total of a block of rows."""
    of = [_TOTAL_WORD.sub("", compare(row.label)) for row in rows if row.kind == "total"]
    return len(of) > 1 and all(of) and not any(a.endswith(b) or b.endswith(a) for i, a in enumerate(of) for b in of[:i])


def _totals(rows: list[Row]) -> tuple[list[Row], Row | None, list[Row]]:
    """The one total row set apart: the last that says so; others before it are subtotals. Rows below it stand for themselves."""
    places = [i for i, row in enumerate(rows) if row.kind == "total"]
    if not places:
        return rows, None, []
    inside = [i for i in places if 0 < i < len(rows) - 1]
    pure = [i for i in places if len(compare(rows[i].label)) <= 4]
    chosen = places[-1] if places[-1] == len(rows) - 1 else places[0] if places[0] == 0 else (pure or places)[-1]
    if len(places) == 1 and inside and not pure:
        return [replace(row, kind="subtotal") if row.kind == "total" else row for row in rows], None, []
    others = [replace(row, kind="subtotal") if row.kind == "total" else row for row in rows]
    if chosen == 0:
        rest = others[1:]
        parts = next((i for i, row in enumerate(rest) if row.kind != "of_which"), len(rest))
        # 其中 right below a total that comes first: the rows are its parts.
        return ([replace(row, kind="plain") for row in rest] if parts == len(rest) else rest), rows[0], []
    return others[:chosen], rows[chosen], others[chosen + 1 :]


def _indented(rows: list[Row]) -> list[Row]:
    """Rows below 其中 that stand as deep as it are parts too."""
    result, deep = [], -1
    for row in rows:
        if row.kind == "of_which":
            deep = _indent(row.label) + len(re.sub(r"\s", "", _PART.match(row.label.strip())[0])) if _PART.match(row.label.strip()) else 0  # type: ignore[index]
        elif row.kind == "plain" and deep > 0 and _indent(row.label) >= min(deep, 2) > 0:
            row = replace(row, kind="of_which")
        else:
            deep = -1
        result.append(row)
    return result


def _indent(label: str) -> int:
    return len(label) - len(label.lstrip(" \t\u3000\u00a0"))


def _by_level(rows: list[Row], marks: Sequence[str] | Sequence[int]) -> list[list[Row]]:
    """Rows by the level that their numbers or their indentation show: those of the second level are parts of the first."""
    levels = _levels(marks)
    kinds = ("plain", "of_which", "deep")
    return [[replace(row, kind=kinds[min(level, 2)]) if row.kind == "plain" else row for row, level in zip(rows, levels, strict=True)]] if levels else []


def _levels(marks: Sequence[str] | Sequence[int]) -> list[int]:
    """Levels by order of first appearance; a row without a mark goes with the row above. Empty where there is one level only."""
    order: list[str | int] = []
    levels: list[int] = []
    for mark in marks:
        if mark == "":
            levels.append(levels[-1] if levels else 0)
            continue
        if mark not in order:
            order.append(mark)
        levels.append(order.index(mark))
    return levels if len(order) > 1 else []


def _code_lengths(rows: Sequence[Row]) -> list[int]:
    """The lengths of the codes that rows begin with, where each goes on from one above it: 208, 20805, 2080505. Else empty."""
    codes = [compare(row.first) for row in rows]
    above: list[str] = []
    nested = False
    for code in codes:
        while above and (not code.startswith(above[-1]) or code == above[-1]):
            above.pop()
        if not (code.isascii() and code.isdigit()) or (not above and len(code) != len(codes[0])):
            return []
        nested = nested or bool(above)
        above.append(code)
    return [len(code) for code in codes] if nested else []


def _style(row: Row) -> str:
    """The style of the number that a row's label or its first cell begins with."""
    for text in (row.first, row.label.strip()):
        plain = compare(text)
        if re.fullmatch("[一二三四五六七八九十]{1,3}", plain):
            return "han"
        if re.fullmatch(r"[(（][一二三四五六七八九十]{1,3}[)）]", plain):
            return "han_paren"
        if re.fullmatch(r"[0-9]{1,2}", plain):
            return "arabic"
        if re.fullmatch(r"[0-9]{1,2}[.．-][0-9]{1,2}", plain):
            return "decimal1"
        number = numbered(text)
        if number is not None and number.style in _NUMBERED:
            return number.style
    return ""


def _by_sums(rows: list[Row], total: Row, sums: _Sums) -> tuple[list[Row], list[tuple[list[Row], Row | None]]]:
    """Rows that add up in no column as printed, read as their own sums show: several breakdowns of one total, one below
    the other, or rows each followed by its parts. Only what makes every sum hold is believed."""
    if all(row.kind == "plain" for row in rows):
        runs = sums.breakdowns(rows, total)
        if len(runs) > 1:
            return runs[0], [(run, total) for run in runs[1:]]
    nested = sums.nested(rows)
    return (nested, []) if not sums.broken(nested, total) else (rows, [])


def _subtotals_first(rows: list[Row]) -> list[list[Row]]:
    """Subtotals read as heading the rows below them."""
    if not any(row.kind == "subtotal" for row in rows):
        return []
    result, inside = [], False
    for row in rows:
        if row.kind == "subtotal":
            result.append(replace(row, kind="plain"))
            inside = True
        else:
            result.append(replace(row, kind="of_which", complete=True) if inside and row.kind == "plain" else row)
    return [result]


Bounds = tuple[Exact, Exact]


class _Sums:
    """Whether sums of printed figures can be what is printed."""

    def __init__(self, columns: Sequence[int], units: Sequence[Unit]) -> None:
        self.columns, self.units = columns, units
        self.known: dict[tuple[int, int], Bounds | None] = {}

    def _figure(self, row: Row, column: int) -> Quantity | None:
        return figure(row.cells[column].text, self.units[column])

    def _bounds(self, row: Row, column: int) -> Bounds | None:
        key = (id(row.cells), column)
        if key not in self.known:
            quantity = self._figure(row, column)
            interval = quantity.interval if quantity is not None else None
            closed = interval is not None and interval.low is not None and interval.high is not None
            self.known[key] = (interval.low, interval.high) if closed else None  # type: ignore[union-attr, assignment]
        return self.known[key]

    def _sum(self, rows: Sequence[Row], column: int, blank_is_none: bool = False) -> Bounds | None:
        low: Exact = 0
        high: Exact = 0
        for row in rows:
            bounds = self._bounds(row, column)
            if bounds is None:
                if blank_is_none and not row.cells[column].text:
                    continue
                return None
            low, high = low + bounds[0], high + bounds[1]
        return low, high

    def _fits(self, whole: Row, parts: Sequence[Row], column: int, at_most: bool = False, blank_is_none: bool = False) -> bool | None:
        """Whether the parts can add up to the whole; ``None`` where it cannot be said."""
        added, bounds = self._sum(parts, column, blank_is_none), self._bounds(whole, column)
        if added is None or bounds is None or not parts:
            return None
        return added[0] <= bounds[1] and (at_most or added[1] >= bounds[0])

    def _all_fit(self, whole: Row, parts: Sequence[Row]) -> bool:
        found = {self._fits(whole, parts, c) for c in self.columns}
        return True in found and False not in found

    def broken(self, rows: Sequence[Row], total: Row | None) -> int:
        """How many sums of a reading do not hold."""
        plain = [row for row in rows if row.kind == "plain"]
        count = sum(self._fits(total, plain, c) is False for c in self.columns) if total is not None else 0
        since: list[Row] = []
        parts: list[Row] = []
        for row in [*rows, Row("end", ())]:
            if row.kind == "of_which":
                parts.append(row)
                continue
            if parts and since:
                count += sum(self._fits(since[-1], parts, c, at_most=True) is False for c in self.columns)
            parts = []
            if row.kind == "subtotal":
                count += sum(self._fits(row, since, c) is False for c in self.columns)
                since = []
            elif row.kind == "plain":
                since.append(row)
        return count

    def completes(self, rows: Sequence[Row]) -> set[int]:
        """The indexes of part rows that add up to their row in every column, so that they must."""
        result: set[int] = set()
        whole, parts = -1, list[int]()
        for index in range(len(rows) + 1):
            if index < len(rows) and rows[index].kind == "of_which":
                parts.append(index)
                continue
            if len(parts) > 1 and whole >= 0 and self._all_fit(rows[whole], [rows[i] for i in parts]):
                result |= set(parts)
            whole, parts = index, []
        return result

    def nothing_holds(self, rows: Sequence[Row], total: Row, columns: int) -> bool:
        """``columns`` or more were added up, and not one total is the sum."""
        plain = [row for row in rows if row.kind == "plain"]
        found = [fits for c in self.columns if (fits := self._fits(total, plain, c)) is not None]
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
        wrong = [c for c in self.columns if self._fits(total, plain, c) is False]
        none_holds = self.nothing_holds(rows, total, 1)
        selection = leads and none_holds and all(self._side(total, plain, c) > 0 for c in wrong)
        weights = dict.fromkeys(wrong, "warning") if none_holds and len(wrong) > 1 else {}
        for c in wrong:
            if selection or self._rounded(total, plain, c) or self._among(total, plain, c, c in overlapping):
                weights[c] = "note"
        return weights

    def _side(self, total: Row, plain: Sequence[Row], column: int) -> Exact:
        """More than zero where the total is more than the sum."""
        whole, added = self._bounds(total, column), self._sum(plain, column)
        return whole[0] - added[1] if whole is not None and added is not None else 0

    def _among(self, total: Row, plain: Sequence[Row], column: int, overlapping: bool) -> bool:
        """The total is the largest row, or the last; where rows overlap, it lies between the largest and the sum."""
        whole, known = self._bounds(total, column), [bounds for row in plain if (bounds := self._bounds(row, column)) is not None]
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
        whole, added = self._bounds(total, column), self._sum(plain, column)
        if whole is None or added is None or not printed:
            return False
        step = min(step for step, _ in printed)
        off = max(whole[0] - added[1], added[0] - whole[1])
        return 2 * off <= (len(plain) + 1) * step and max(printed[-1][1], -printed[-1][1]) >= 100 * step

    def is_mean(self, rows: Sequence[Row], total: Row, column: int) -> bool:
        """The total is not the sum, but lies among positive figures as their mean does."""
        plain = [row for row in rows if row.kind == "plain"]
        known = [bounds for row in plain if (bounds := self._bounds(row, column)) is not None]
        whole = self._bounds(total, column)
        if whole is None or len(known) < 2 or self._fits(total, plain, column) is not False:
            return False
        return min(low for low, _ in known) > 0 and min(low for low, _ in known) < whole[0] and whole[1] < max(high for _, high in known)

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
            end = next((e for e in ends if self._all_fit(rows[index], rows[index + 1 : e])), index + 1)
            if end > index + 1 and all(row.kind == "plain" for row in rows[index:end]):
                result += [replace(row, kind="of_which") for row in rows[index + 1 : end]]
                index = end
            else:
                index += 1
        return result

    def holds_without_blanks(self, rows: Sequence[Row], total: Row, column: int) -> bool:
        plain = [row for row in rows if row.kind == "plain"]
        blank = any(not row.cells[column].text for row in plain)
        return blank and self._fits(total, plain, column, blank_is_none=True) is True
