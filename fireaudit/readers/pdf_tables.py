"""Tables on a page of a PDF: between ruled lines, or set apart by white space where that is certain."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fireaudit.readers.flow import ends_sentence, joined, starts_item
from fireaudit.readers.lattice import rectangles
from fireaudit.readers.pdf_lines import Mark, TextLine, text_lines
from fireaudit.readers.plaintable import contents_list

_SNAP = 250  # lines that lie closer than this are one
_PADDING = 530  # there is hardly less room between the text of a cell and its edge
_FIGURE = re.compile(r"[0-9.,%‰]+")
_TAIL, _HEAD = re.compile(r"(?<![0-9A-Za-z.,%‰])[0-9A-Za-z.,%‰]+$"), re.compile(r"[0-9A-Za-z.,%‰]+")
MOST_RULES = 3_000  # a page with more is a drawing
_MOST_POSITIONS = 50_000  # lines drawn that cut a page into more are a drawing too
_MOST_TRIED = 20  # lines one below the other from which a table without lines between columns is looked for


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn across or down: where it lies, from, to."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its text, and where it stands in the table, from 0."""

    text: str
    row: int
    column: int
    rows: int
    columns: int
    page: int


@dataclass(frozen=True, slots=True)
class Table:
    """``edges`` are the columns' bounds, by which a table is known again on the next page; none for one without lines."""

    boxes: tuple[Box, ...]
    edges: tuple[int, ...]
    height: int
    left: int
    top: int
    right: int
    bottom: int
    page: int


def rules(flat: Sequence[int]) -> list[Rule]:
    """Lines that continue each other made one, in order of where they lie."""
    triples = sorted(zip(flat[::3], flat[1::3], flat[2::3], strict=True))
    merged: list[Rule] = []
    group: list[tuple[int, int, int]] = []
    for triple in triples:
        if group and triple[0] - group[-1][0] > _SNAP // 2:
            merged += _merged(group)
            group = []
        group.append(triple)
    return sorted(merged + _merged(group), key=_place)


def lying(ruled: Sequence[Rule], above: int, to: int) -> Sequence[Rule]:
    """Of lines in order those that lie beyond ``above``, as far as ``to``."""
    return ruled[bisect_right(ruled, above, key=_place) : bisect_right(ruled, to, key=_place)]


def _place(rule: Rule) -> int:
    return rule.at


def _merged(group: list[tuple[int, int, int]]) -> list[Rule]:
    done: list[Rule] = []
    for at, start, end in sorted(group, key=lambda t: (t[1], t[2])):
        if done and start <= done[-1].end + _SNAP:
            done[-1] = Rule(done[-1].at, done[-1].start, max(done[-1].end, end))
        else:
            done.append(Rule(at, start, end))
    return done


def ruled_tables(across: Sequence[Rule], down: Sequence[Rule], marks: Sequence[Mark], page: int, area: int) -> tuple[list[Table], list[Mark]]:
    """The tables between lines that cross, and the characters that stand outside of them."""
    across = [rule for rule in across if rule.end - rule.start > 2 * _SNAP]
    down = [rule for rule in down if rule.end - rule.start > 2 * _SNAP]
    if not across or not down or len(across) + len(down) > MOST_RULES:
        return [], list(marks)
    tables: list[Table] = []
    heights = sorted((_middle(mark)[1], number) for number, mark in enumerate(marks))
    taken = bytearray(len(marks))
    for flat, upright in _crossing(across, down):
        ys, xs = _positions(flat, upright), _positions(upright, flat)
        if len(xs) < 2 or len(ys) < 2 or (len(xs) == len(ys) == 2 and (xs[1] - xs[0]) * (ys[1] - ys[0]) * 2 > area):
            continue  # no cell, or the frame of a page
        if (len(xs) - 1) * (len(ys) - 1) > _MOST_POSITIONS:
            continue
        band = heights[bisect_right(heights, (ys[0], len(marks))) : bisect_left(heights, (ys[-1], 0))]
        numbers = sorted(number for _, number in band if not taken[number] and xs[0] < _middle(marks[number])[0] < xs[-1])
        inside = [marks[number] for number in numbers]
        if not inside or all(m.text.isspace() for m in inside):
            continue
        for number in numbers:
            taken[number] = 1
        boxes = tuple(_boxes(xs, ys, flat, upright, inside, page))
        tables.append(Table(boxes, tuple(xs), len(ys) - 1, xs[0], ys[0], xs[-1], ys[-1], page))
    return tables, [mark for mark, gone in zip(marks, taken, strict=True) if not gone]


def _middle(mark: Mark) -> tuple[int, int]:
    return (mark.left + mark.right) // 2, (mark.top + mark.bottom) // 2


def _crossing(across: Sequence[Rule], down: Sequence[Rule]) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that hang together, each with at least one of either direction."""
    group = {id(rule): {id(rule)} for rule in (*across, *down)}
    places = [rule.at for rule in across]
    for upright in down:
        for flat in across[bisect_left(places, upright.start - _SNAP) : bisect_right(places, upright.end + _SNAP)]:
            if flat.start - _SNAP <= upright.at <= flat.end + _SNAP and group[id(flat)] is not group[id(upright)]:
                a, b = sorted((group[id(flat)], group[id(upright)]), key=len)
                b |= a
                for member in a:
                    group[member] = b
    seen: set[int] = set()
    for rule in across:
        if id(rule) not in seen:
            seen |= group[id(rule)]
            flat_ones = [r for r in across if id(r) in group[id(rule)]]
            uprights = [r for r in down if id(r) in group[id(rule)]]
            if uprights:
                yield flat_ones, uprights


def _positions(own: Sequence[Rule], other: Sequence[Rule]) -> list[int]:
    """Where the lines lie; and the open ends of those that cross them, where the table has no line at its side."""
    places = sorted([rule.at for rule in own])
    low, high = min(rule.start for rule in other), max(rule.end for rule in other)
    if low < places[0] - 4 * _SNAP:
        places.insert(0, low)
    if high > places[-1] + 4 * _SNAP:
        places.append(high)
    snapped: list[int] = []
    for place in places:
        if not snapped or place - snapped[-1] > _SNAP:
            snapped.append(place)
    return snapped


def _boxes(xs: list[int], ys: list[int], across: Sequence[Rule], down: Sequence[Rule], marks: Sequence[Mark], page: int) -> Iterable[Box]:
    upright = _drawn(xs, ys, down)
    flat = _drawn(ys, xs, across)
    where: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        spot = bisect_right(ys, (mark.top + mark.bottom) // 2) - 1, bisect_right(xs, (mark.left + mark.right) // 2) - 1
        where.setdefault(spot, []).append(mark)
    found = rectangles(len(ys) - 1, len(xs) - 1, lambda r, c: (c + 1, r) in upright, lambda r, c: (r + 1, c) in flat)
    for row, column, rows, columns in found:
        inside = [mark for r in range(row, row + rows) for c in range(column, column + columns) for mark in where.get((r, c), ())]
        text = _wrapped(text_lines(inside, page), xs[column], xs[column + columns]) if inside else ""
        yield Box(text, row, column, rows, columns, page)


def _drawn(places: list[int], stops: list[int], rules_: Sequence[Rule]) -> set[tuple[int, int]]:
    """(place, stretch) for each stretch between stops along which a line is drawn at that place."""
    drawn: set[tuple[int, int]] = set()
    for rule in rules_:
        place = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
        for stretch in range(max(bisect_left(stops, rule.start) - 1, 0), len(stops) - 1):
            if stops[stretch] > rule.end:
                break
            if rule.start <= (stops[stretch] + stops[stretch + 1]) // 2 <= rule.end:
                drawn.add((place, stretch))
    return drawn


def _wrapped(lines: Sequence[TextLine], left: int, right: int) -> str:
    """The lines of a cell as its paragraphs: a line goes on in the next where the next word had no room in it."""
    paragraphs: list[list[str]] = []
    before: TextLine | None = None
    for line in lines:
        text = line.text
        full = before is not None and right - before.right < line.room + before.size
        divided = full and before is not None and _divided(before, line, right - left)
        if divided:
            paragraphs[-1][-1] += text
        elif before is None or not full or (starts_item(text) and ends_sentence(before.text)) or (_FIGURE.fullmatch(before.text) and _FIGURE.fullmatch(text)):
            paragraphs.append([text])
        else:
            paragraphs[-1].append(text)
        before = line
    return "\n".join(joined(paragraph) for paragraph in paragraphs)


def _divided(before: TextLine, line: TextLine, width: int) -> bool:
    """A figure or word too wide for the cell, set on two lines; not two figures below each other."""
    tail, head = _TAIL.search(before.text), _HEAD.match(line.text)
    if tail is None or head is None:
        return False
    alone = tail[0] == before.text and head[0] == line.text
    alike = ("." in tail[0]) == ("." in head[0]) and tail[0][-1] not in ".,"
    if alone and alike and len(head[0]) >= len(tail[0]):
        return False
    taken = sum((of.right - of.left) * len(part[0]) // len(of.text) for of, part in ((before, tail), (line, head)))
    return taken > width - 2 * _PADDING


def spaced_table(lines: Sequence[TextLine], at: int, across: Sequence[Rule]) -> tuple[int, Table] | None:
    """A table without lines between its columns from line ``at`` on, and the index of the line after it: at least three
    lines whose gaps lie above each other, or two between rules drawn over the same width."""
    end = at + 1
    while end < len(lines) and _below(lines, end):
        end += 1
    if end - at < 2 or len(lines[at].segments) < 2:
        return None
    if at >= _MOST_TRIED and all(_below(lines, above) for above in range(at, at - _MOST_TRIED, -1)):
        return None  # tried from those lines already
    run = lines[at:end]
    top, size = run[0].top, run[0].size
    if end - at < 3 and not any(rule.end - rule.start > 10_000 for rule in lying(across, top - 3 * size, top + size // 3)):
        return None
    columns: list[tuple[int, int]] = []
    for left, right in sorted((segment[0], segment[1]) for line in run for segment in line.segments):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    gutters = [b[0] - a[1] for a, b in zip(columns, columns[1:], strict=False)]
    if not gutters or min(gutters) < run[0].size // 2:
        return None
    starts = [column[0] for column in columns]
    rows: list[list[str]] = []
    for line in run:
        row = [""] * len(columns)
        for left, _, text in line.segments:
            spot = bisect_right(starts, left) - 1
            if row[spot]:
                return None
            row[spot] = text
        rows.append(row)
    before = lines[at - 1].text if at else ""
    if contents_list(rows, before) or all(ends_sentence(row[-1]) for row in rows if row[-1]):
        return None
    boxes = tuple(Box(text, r, c, 1, 1, run[0].page) for r, row in enumerate(rows) for c, text in enumerate(row))
    return end, Table(boxes, (), len(rows), columns[0][0], run[0].top, columns[-1][1], run[-1].bottom, run[0].page)


def _below(lines: Sequence[TextLine], at: int) -> bool:
    """The line and the one above it may be rows of a table: both have parts, and stand near each other."""
    line, above = lines[at], lines[at - 1]
    return len(line.segments) > 1 < len(above.segments) and line.top - above.bottom < 3 * line.size
