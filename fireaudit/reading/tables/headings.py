"""Which rows of a grid are headings, and headings as wide as the table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fireaudit.reading.figures import is_figure, is_label, unit_in, unit_line
from fireaudit.reading.grid import Line, Piece, filled, length, periodic, stretched
from fireaudit.reading.outline import title_like
from fireaudit.reading.tables.captions import NOTE
from fireaudit.reading.tables.columns import LEVEL, SERIAL
from fireaudit.reading.texts import compare

_NAME = re.compile(r"名称|名稱|项目|項目|镇|街道|乡|区|县|单位|地区|机构|部门|指标|类别|(?i:name|item|town|district|department|category|programme|project)")
_COLUMN_LETTER = re.compile(r"[栏欄行][次目号]|[甲乙丙丁]|序号|(?i:column|line)")
MOST_HEADS = 4


def split(lines: list[Line], marked: int) -> tuple[list[Line], list[Line]]:
    """The heading rows and the rest."""
    count = min(marked, len(lines) - 1) or (1 if heads(lines[0], lines[1:4]) and len(lines) > 1 else 0)
    while 0 < count < len(lines) - 1 and _goes_on(lines[count - 1], lines[count], lines[count + 1]):
        count += 1
    if not marked:
        count = max(count, _words_over_figures(lines))
    if count and count < len(lines) - 1 and _column_numbers(lines[count]):
        return lines[:count], lines[count + 1 :]
    return lines[:count], lines[count:]


def _words_over_figures(lines: Sequence[Line]) -> int:
    """How many rows at the top have words where figures stand below, and no figures there."""
    below = lines[MOST_HEADS:]
    columns = [c for c in range(len(lines[0])) if below and sum(is_figure(line[c].text) for line in below) * 2 > len(below)]
    count = 0
    for number, line in enumerate(lines[:MOST_HEADS], 1):
        if any(is_figure(line[c].text) for c in columns):
            break
        count = number if sum(any(map(str.isalpha, line[c].text)) for c in columns) > 1 else count
    return count


def heads(line: Line, below: Sequence[Line]) -> bool:
    """Whether a first row can head the table: labels only, and not the same kinds of cells as every row below."""
    said = filled(line)
    if not said or any(not is_label(piece.text) for piece in said):
        return False
    if any(not title_like(piece.text) for piece in said):
        return False
    return len(line) > 2 or any(is_figure(row[-1].text) for row in below) or any(_NAME.search(p.text) or SERIAL.fullmatch(p.text) for p in said)


def _goes_on(upper: Line, line: Line, below: Line) -> bool:
    """Whether a row below headings is a further row of headings."""
    said = [piece for piece in filled(line) if piece.origin]
    if not said or any(not is_label(piece.text) for piece in said):
        return False
    unnamed = any(not over.text and piece.text and is_figure(under.text) for over, piece, under in zip(upper, line, below, strict=True))
    merged_down = any(not piece.origin and piece.text and piece.spot == over.spot for piece, over in zip(line, upper, strict=True))
    over_several = any(piece.columns > 1 and piece.text for piece in upper)
    short = length(upper) < length(line) and any(not piece.text for piece in line)
    units = all(unit_in(f"x（{piece.text.strip('()（）')}）")[1] or re.fullmatch(r"[0-9]{4}年?", piece.text) for piece in said)
    levels = any(LEVEL.fullmatch(compare(piece.text)) for piece in said)
    return levels or merged_down or over_several or short or unnamed or (units and len(said) > 1)


def _column_numbers(line: Line) -> bool:
    """A row that numbers the columns: 栏次 1 2 3."""
    texts = [compare(piece.text) for piece in line if piece.text]
    named = [text for text in texts if _COLUMN_LETTER.fullmatch(text)]
    numbers = [text.strip("()（）栏列").split("=")[0].strip("()（）") for text in texts if text not in named]
    if not numbers or not all(number.isascii() and number.isdigit() and len(number) < 4 for number in numbers):
        return len(numbers) > 2 and not named and _column_numbers(line[1:])
    counted = [int(number) for number in numbers]
    in_order = counted == list(range(counted[0], counted[0] + len(counted)))
    if any(len(word) > 1 for word in named):
        return all(a < b for a, b in zip(counted, counted[1:], strict=False))
    return (len(counted) >= 3 or "乙" in named) and in_order and counted[0] in (1, 2)


def without_repeats(headers: list[Line], body: list[Line]) -> tuple[list[Line], tuple[Piece, ...]]:
    """Rows that say the headings again, as after a page break, are dropped; notes are set apart."""
    heads = {tuple(compare(piece.text) for piece in line) for line in headers}
    kept, notes = [], []
    for line in body:
        said = filled(line)
        if tuple(compare(piece.text) for piece in line) in heads:
            continue
        if len(said) == 1 and (NOTE.match(said[0].text) or unit_line(said[0].text) is not None):
            notes.append(said[0])
        else:
            kept.append(line)
    return kept, tuple(notes)


def levelled(headers: list[Line], body: list[Line], kinds: Sequence[str]) -> list[Line]:
    """Heading rows as wide as the table."""
    if not headers or not body:
        return headers
    width = len(body[0])
    result: list[Line] = []
    for index, line in reversed(list(enumerate(headers))):
        line = stretched(line, result[0] if result else None, width)
        size = length(line)
        if 1 < size < width and not any(piece.columns > 1 for piece in line):
            lead = 1 if not line[0].text or index == 0 else 0
            plan = periodic(kinds[lead:], size - lead)
            if plan:
                line = [*line[:lead], *(piece for piece, count in zip(line[lead:size], plan, strict=True) for _ in range(count))]
        result.insert(0, _inherited(line, result[0]) if result else line)
    return result


def _inherited(line: Line, lower: Line) -> Line:
    """A heading over several columns that a flattened table prints once, blank over the others."""
    if any(piece.columns > 1 for piece in line):
        return line
    result = list(line)
    for c in range(1, len(result)):
        if not result[c].text and result[c - 1].text and lower[c].text and lower[c - 1].text and length(line) > c:
            result[c] = result[c - 1]
    return result
