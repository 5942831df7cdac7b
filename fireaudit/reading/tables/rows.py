"""Rows of a table by kind: totals, subtotals, part rows. Where the printed structure allows two readings, the one its figures bear out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, product, takewhile

from fireaudit.reading.numbering import numbered
from fireaudit.reading.tables.accounts import Account, accounts, nested
from fireaudit.reading.tables.fits import Sums, unit_of
from fireaudit.reading.tables.row import MINUS, PART, Row
from fireaudit.reading.texts import compare

MOST_WAYS = 2000
_TOTAL_WORD = re.compile(r"(?:合|总|總|共)[计計].*|[总總][数數].*|(?i:\b(?:sub-?|grand |overall )?totals?\b)")
_NUMBERED = ("han", "han_paren", "arabic", "arabic_paren", "decimal1", "decimal2", "circle")


@dataclass(frozen=True, slots=True)
class Arranged:
    """``others``: rows that are no part of what the total adds up, each run with the total it adds up to itself, if any.
    ``blanks_are_none``: columns whose total holds if blank cells count nothing; ``means``: those whose total is no plain sum, for it
    lies among its rows as a mean does, or rows are taken off; ``weights``: how much it weighs if the total of a column is no sum
    (warning, note), where that may well be meant; ``accounts``: sums that the kinds of the rows do not state."""

    rows: list[Row]
    total: Row | None
    others: tuple[tuple[list[Row], Row | None], ...] = ()
    blanks_are_none: frozenset[int] = frozenset()
    means: frozenset[int] = frozenset()
    weights: Mapping[int, str] = field(default_factory=dict)
    accounts: tuple[Account, ...] = ()


def arranged(
    rows: Sequence[Row], adding: Sequence[int], units: Sequence[str], overlapping: Sequence[int] = (), shares: Sequence[int] = (), blanks: bool = False
) -> Arranged:  # fmt: skip
    """``adding``: the columns whose totals are sums. ``overlapping``: those whose rows may count one thing several times.
    ``shares``: columns of percentages. ``blanks``: they count nothing."""
    sums = Sums(rows, adding, [unit_of(text) for text in units], shares, blanks)
    coded = [row for row in rows if row.kind != "total"]
    codes = _code_lengths(coded, min((*adding, *shares), default=0))
    shown = nested(coded, codes, sums, whole=True) or nested(coded, _depths(coded), sums, whole=False)
    found = accounts(rows, sums, shown)
    leads = bool(rows) and rows[0].kind == "total"
    top = rows[0].cells if rows else ()
    rows, total, after = _totals(list(rows)) if not _in_blocks(rows) else (sums.blocks(rows), None, [])
    by_code = _by_level(rows, codes) if len(codes) == len(rows) else []
    best = by_code[0] if by_code and shown else _best(_indented(rows), by_code, total, sums)
    others: list[tuple[list[Row], Row | None]] = [(after, None)] if after else []
    best = _unmarked(_broken_down(_borne_out(best, found, sums), found), total, sums)
    if total is not None and sums.nothing_holds(best, total, 1):
        best, apart = _by_sums(best, total, sums)
        others += apart
        if sums.nothing_holds(best, total, 1) and any(account.whole.cells is total.cells for account in found):
            lone = replace(total, kind="apart")
            best, total = [lone, *best] if total.cells is top else [*best, lone], None
    complete = sums.completes(best)
    all_must = any(best[index].complete for index in complete)  # where one subtotal above its rows is their sum, the others are
    best = [replace(row, complete=index in complete or (row.complete and all_must)) if row.kind == "of_which" else row for index, row in enumerate(best)]
    none = frozenset(c for c in adding if total is not None and sums.holds_without_blanks(best, total, c))
    weights = sums.weights(best, total, leads, overlapping) if total is not None else {}
    taken_off = any(MINUS.match(row.label.strip()) for row in best) and total is not None and sums.nothing_holds(best, total, 1)
    means = frozenset(c for c in adding if total is not None and (taken_off or sums.is_mean(best, total, c)))
    return Arranged(best, total, tuple(others), none, means, weights, _unsaid(found, best, total))


def _best(rows: list[Row], by_code: Sequence[list[Row]], total: Row | None, sums: Sums) -> list[Row]:
    """The reading of what numbers, labels and indentation may mean of which the fewest sums are broken."""
    readings = [
        *by_code,
        *_by_level(rows, [_style(row) for row in rows]),
        rows,
        *_by_level(rows, [_indent(row.label) for row in rows]),
        *_subtotals_first(rows),
    ]
    return min(readings, key=lambda reading: (sums.broken(reading, total), readings.index(reading)))


def _borne_out(rows: list[Row], found: Sequence[Account], sums: Sums) -> list[Row]:
    """Subtotals that are no sums of the rows since the last one stand apart where they are sums of others, or where nothing shows
    that they are sums at all; where they are those of the last rows only, the rows before stand apart."""
    made_of = {id(account.whole.cells) for account in found}
    since: list[int] = []
    result = list(rows)
    for place, row in enumerate(rows):
        if row.kind == "plain":
            since.append(place)
        if row.kind != "subtotal":
            continue
        parts = [rows[i] for i in since]
        if sums.mostly(row, parts) is not False:
            since = []
        elif last := sums.last_rows(row, parts):
            for i in since[:-last]:
                result[i] = replace(rows[i], kind="apart")
            since = []
        elif id(row.cells) in made_of or not sums.may_be_sum(row, parts):
            result[place] = replace(row, kind="apart")
        else:
            since = []
    return result


def _broken_down(rows: list[Row], found: Sequence[Account]) -> list[Row]:
    """其中 marks the first of the rows that a row is broken down into: the others are parts as well. A second breakdown of the same row stands apart."""
    kinds = {id(row.cells): row.kind for row in rows}
    order = {name: number for number, name in enumerate(kinds)}
    begun: set[int] = set()
    for account in found:
        parts = [id(row.cells) for _, row in account.terms]
        above = order.get(id(account.whole.cells), len(order)) < order.get(parts[0], -1)
        if above and kinds.get(parts[0]) == "of_which" and PART.match(account.terms[0][1].label.strip()):
            again = id(account.whole.cells) in begun
            kinds.update(dict.fromkeys(parts, "apart" if again else "of_which"))
            begun.add(id(account.whole.cells))
    result: list[Row] = []
    for row in rows:
        after = bool(begun) and kinds[id(row.cells)] == "of_which" and bool(result) and result[-1].kind == "apart"
        result.append(replace(row, kind="apart" if after else kinds[id(row.cells)]))
    return result


def _unmarked(rows: list[Row], total: Row | None, sums: Sums) -> list[Row]:
    """Rows after 其中 that are parts as well, though nothing marks them: as many below each as leave rows that add up to the
    total. Where there is none, a part that is more than the row before it is one of an earlier row, and stands apart."""
    starts = [i for i, row in enumerate(rows) if row.kind == "of_which" and (i + 1 == len(rows) or rows[i + 1].kind != "of_which")]
    if not starts:
        return rows
    if total is None or not sums.nothing_holds(rows, total, 1):
        return _of_earlier(rows, sums) if total is None else rows
    reach = [next((n for n, row in enumerate(rows[i + 1 :]) if row.kind != "plain"), len(rows) - i - 1) for i in starts]
    ways = product(*(range(length + 1) for length in reach))
    for way in islice(ways, MOST_WAYS):
        parts = {i + n for i, count in zip(starts, way, strict=True) for n in range(1, count + 1)}
        tried = [replace(row, kind="of_which") if i in parts else row for i, row in enumerate(rows)]
        if parts and sums.borne_out(total, [row for row in tried if row.kind == "plain"]):
            return tried
    return rows


def _of_earlier(rows: list[Row], sums: Sums) -> list[Row]:
    """A part that is more than the row before it, where that row may be a part itself, and no more than the row before that."""
    result: list[Row] = []
    whole: Row | None = None
    earlier: Row | None = None
    for row in rows:
        if row.kind == "of_which" and whole is not None and earlier is not None and sums.more(row, whole) and not sums.more(row, earlier):
            row = replace(row, kind="apart")
        elif row.kind == "plain":
            earlier = whole if result and result[-1].kind == "of_which" else earlier
            whole = row
        result.append(row)
    return result


def _unsaid(found: Sequence[Account], rows: Sequence[Row], total: Row | None) -> tuple[Account, ...]:
    """Accounts that the kinds of the rows do not state already."""
    said: set[tuple[int, frozenset[int]]] = set()
    since: list[int] = []
    parts: list[int] = []
    whole = 0
    for row in [*rows, Row("end", ())]:
        if row.kind in ("of_which", "apart"):
            parts += [id(row.cells)] if row.complete else []
            continue
        said.add((whole, frozenset(parts)))
        whole, parts = id(row.cells), []
        if row.kind == "subtotal":
            said.add((id(row.cells), frozenset(since)))
            since = []
        elif row.kind == "plain":
            since.append(id(row.cells))
    if total is not None:
        said.add((id(total.cells), frozenset(id(row.cells) for row in rows if row.kind == "plain")))
    return tuple(a for a in found if (id(a.whole.cells), frozenset(id(row.cells) for _, row in a.terms)) not in said or any(sign < 0 for sign, _ in a.terms))


def _in_blocks(rows: Sequence[Row]) -> bool:
    """Several totals of different things (收入合计, 支出合计), and none of everything: each is the total of a block of rows."""
    of = [_TOTAL_WORD.sub("", compare(row.label)) for row in rows if row.kind == "total"]
    return len(of) > 1 and all(of) and not any(a.endswith(b) or b.endswith(a) for i, a in enumerate(of) for b in of[:i])


def _totals(rows: list[Row]) -> tuple[list[Row], Row | None, list[Row]]:
    """The one total row set apart: the last that says so; others before it are subtotals. Rows below it stand for themselves,
    but for rates and means."""
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
    after = others[chosen + 1 :]
    if all(row.kind == "apart" for row in after):
        return others[:chosen] + after, rows[chosen], []
    return others[:chosen], rows[chosen], after


def _indented(rows: list[Row]) -> list[Row]:
    """Rows below 其中 that stand as deep as it are parts too."""
    result, deep = [], -1
    for row in rows:
        if row.kind == "of_which":
            deep = _indent(row.label) + len(re.sub(r"\s", "", PART.match(row.label.strip())[0])) if PART.match(row.label.strip()) else 0  # type: ignore[index]
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
    kinds = ("plain", "of_which", "apart")
    result: list[Row] = []
    for row, level in zip(rows, levels, strict=False):
        deeper = row.kind == "of_which" and bool(result) and result[-1].kind in ("of_which", "apart") and _own(result[-1])
        result.append(replace(row, kind=kinds[min(level, 2)]) if row.kind == "plain" else replace(row, kind="apart") if deeper else row)
    return [result] if levels else []


def _own(row: Row) -> bool:
    """It is a part by its number or its place, not because 其中 says so; 其中 below it tells of its parts."""
    return not PART.match(row.label.strip()) and not PART.match(row.first.strip())


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


def _code_lengths(rows: Sequence[Row], before: int) -> list[int]:
    """The lengths of the codes that rows begin with, where each goes on from one above it: 208, 20805, 2080505. Else empty."""
    above: list[str] = []
    lengths: list[int] = []
    nested = False
    code = ""
    for row in rows:
        code = _code(row, before, code)
        while above and (not code.startswith(above[-1]) or code == above[-1]):
            above.pop()
        if not (code.isascii() and code.isdigit()) or (not above and lengths and len(code) != lengths[0]):
            return []
        nested = nested or bool(above)
        above.append(code)
        lengths.append(len(code))
    return lengths if nested else []


def _code(row: Row, before: int, above: str) -> str:
    """The code of a row, whether one column holds it or one for each level: 类 款 项; a blank repeats what stands above it."""
    texts = [compare(piece.text) for piece in row.cells[:before]]
    given = next((index for index, text in enumerate(texts) if text), 0)
    digits = list(takewhile(lambda text: text.isascii() and text.isdigit(), texts[given:]))
    return (above[: 1 + 2 * given] if given and digits else "") + "".join(digits)


def _depths(rows: Sequence[Row]) -> list[int]:
    """How deep the labels of rows stand; empty where all stand alike."""
    depths = [_indent(row.label) for row in rows]
    return depths if len(set(depths)) > 1 else []


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


def _by_sums(rows: list[Row], total: Row, sums: Sums) -> tuple[list[Row], list[tuple[list[Row], Row | None]]]:
    """Rows that add up in no column as printed, read as their own sums show: several breakdowns of one total, one below
    the other, or rows each followed by its parts. Only what makes every sum hold is believed."""
    if all(row.kind == "plain" for row in rows):
        runs = sums.breakdowns(rows, total)
        if len(runs) > 1:
            return runs[0], [(run, total) for run in runs[1:]]
    nested = sums.nested(rows)
    few = 2 if len(sums.columns) > 2 else 1  # a wrong figure breaks the sum that it is part of, and its own
    holds = sums.broken(nested, total) <= few and sums.mostly(total, [row for row in nested if row.kind == "plain"])
    return (nested, []) if holds else (rows, [])


def _subtotals_first(rows: list[Row]) -> list[list[Row]]:
    """Subtotals read as heading the rows below them."""
    if not rows or rows[0].kind != "subtotal":
        return []
    result, inside = [], False
    for row in rows:
        if row.kind == "subtotal":
            result.append(replace(row, kind="plain"))
            inside = True
        else:
            result.append(replace(row, kind="of_which", complete=True) if inside and row.kind == "plain" else row)
    return [result]
