"""Two tables side by side in one grid: income and expenditure, assets and liabilities; or one list set in several columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fireaudit.reading.figures import is_figure
from fireaudit.reading.grid import Line, length
from fireaudit.reading.tables.columns import LEVEL
from fireaudit.reading.tables.row import kind_of
from fireaudit.reading.texts import compare

MOST_SIDES = 4
_GRAND = re.compile(r".*[总總][计計]|(?i:(?:grand )?total|total assets|total (?:equity and liabilities|liabilities and .*))")
_COUNTERPARTS = (("收入", "支出"), ("来源", "运用"), ("來源", "運用"), ("资产", "负债"), ("資產", "負債"))
_MARK = re.compile(r"行次|序号|序號|编号|(?i:no\.?|line|notes?)")


@dataclass(frozen=True, slots=True)
class Side:
    """The headings and rows of one side; ``balanced``: its last row is a grand total that must be that of the side before it."""

    headers: list[Line]
    body: list[Line]
    kinds: list[str]
    balanced: bool = False
    one_of_several: bool = False


def sides(headers: Sequence[Line], body: Sequence[Line], kinds: Sequence[str]) -> list[Side]:
    """The sides of a grid; the grid itself where it has one side only."""
    whole = Side(list(headers), list(body), list(kinds))
    width = len(kinds)
    for count in range(MOST_SIDES, 1, -1):
        if headers and width % count == 0 and width // count > 1 and _alike(headers, kinds, count):
            return _with_balance(_joined(_cut(whole, range(0, width, width // count))))
    if second := _second_side(headers, kinds):
        return _with_balance(_cut(whole, (0, second)))
    return [whole]


def _second_side(headers: Sequence[Line], kinds: Sequence[str]) -> int:
    """Where a second side of another width begins: a column of labels headed as the first is, or as its counterpart."""
    texts = [number for number, kind in enumerate(kinds) if kind == "text"]
    if not headers or len(texts) != 2 or texts[0] != 0 or texts[1] < 2 or "figure" not in kinds[texts[1] :]:
        return 0
    heads = [compare("".join(dict.fromkeys(line[number].text for line in headers))) for number in texts]
    alike = compare(headers[-1][0].text) == compare(headers[-1][texts[1]].text) and heads[0] != heads[1]
    return texts[1] if alike or any(a in heads[0] and b in heads[1] for a, b in _COUNTERPARTS) else 0


def _alike(headers: Sequence[Line], kinds: Sequence[str], count: int) -> bool:
    """Every side begins with a column of labels, behind numbers or codes, has figures, and the same headings over its other columns."""
    size = len(kinds) // count
    lowest = [compare(piece.text) for piece in headers[-1]]
    first = [_kind(kind, head) for kind, head in zip(kinds[:size], lowest[:size], strict=True)]
    label = next((i for i, kind in enumerate(first) if kind != "mark"), 0)
    if "text" not in first[label : label + 2] or "figure" not in first or not all(lowest):
        return False
    label = first.index("text")
    for start in range(size, len(kinds), size):
        if any(line[start].spot == line[start - 1].spot for line in headers[-1:]):
            return False
        if any(a != b for i, (a, b) in enumerate(zip(lowest[:size], lowest[start : start + size], strict=True)) if i != label):
            return False
        there = [_kind(kind, head) for kind, head in zip(kinds[start : start + size], lowest[start : start + size], strict=True)]
        if any(a != b and b for a, b in zip(first, there, strict=True)):
            return False
    return True


def _kind(kind: str, head: str) -> str:
    """Numbers of lines, notes to them and codes are neither labels nor figures."""
    return "mark" if _MARK.fullmatch(head) or LEVEL.fullmatch(head) else kind


def _cut(whole: Side, starts: Sequence[int]) -> list[Side]:
    result = []
    for start, end in zip(starts, [*starts[1:], len(whole.kinds)], strict=True):
        here = slice(start, end)
        rows = [line[here] for line in whole.body if any(piece.text for piece in line[here])]
        result.append(Side([line[here] for line in whole.headers], rows, whole.kinds[here], one_of_several=True))
    return result


def _joined(parts: Sequence[Side]) -> list[Side]:
    """A side that ends without a total, beside one under the same headings that ends with one, is a list that goes on there."""
    result = [parts[-1]]
    for side in reversed(parts[:-1]):
        result[:1] = [_in_one(side, result[0])] if _goes_on(side, result[0]) else [side, result[0]]
    return [replace(result[0], one_of_several=False)] if len(result) == 1 else result


def _heads(side: Side) -> list[list[str]]:
    return [[compare(piece.text) for piece in line] for line in side.headers]


def _goes_on(side: Side, rest: Side) -> bool:
    if not rest.body or _heads(side) != _heads(rest) or any(_is_sum(line) for line in side.body):
        return False
    return _is_sum(rest.body[-1]) or _in_two(side, rest)


def _in_two(side: Side, rest: Side) -> bool:
    """The word for the total stands below the one list, its figure below the next."""
    return bool(side.body) and kind_of(_label(side.body[-1])) == "total" and not _label(rest.body[-1][:-1])


def _is_sum(line: Line) -> bool:
    return kind_of(_label(line)) == "total" and any(is_figure(piece.text) for piece in line)


def _in_one(side: Side, rest: Side) -> Side:
    body, last = side.body, rest.body[-1]
    if _in_two(side, rest):
        body, last = body[:-1], [given if given.text else word for word, given in zip(body[-1], last, strict=True)]
    return replace(side, body=[*body, *rest.body[:-1], last])


def _with_balance(parts: list[Side]) -> list[Side]:
    """Two sides that end in a grand total each are in balance."""
    if len(parts) == 2 and all(side.body and _GRAND.fullmatch(compare(_label(side.body[-1]))) for side in parts):
        return [parts[0], replace(parts[1], balanced=True)]
    return parts


def _label(line: Line) -> str:
    return next((piece.text for piece in line[: max(length(line), 1)] if piece.text), "")
