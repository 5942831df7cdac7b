"""How many rows a label says there are below it: ``能源类（3项）``, ``合计（8个项目）``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fireaudit.reading.figures import figure
from fireaudit.reading.prose.prose import StatedList
from fireaudit.reading.tables.row import Row
from fireaudit.reading.tables.table import ReadTable

_COUNTED = re.compile(
    r".*[(（](?:共|计|計|合计)?\s*(?P<count>[0-9一二三四五六七八九十]{1,4}(?:\s*[个個项項类類]|(?=\s*(?:projects?|items?))))\s*(?:项目|項目|目|projects?|items?)?[)）]",
    re.DOTALL,
)


def counted_groups(table: ReadTable) -> list[StatedList]:
    """The counts with the rows they count; none where no count of the table is that of its rows, for then it counts something else."""
    found = list(_groups(table))
    serial = next((i for i, column in enumerate(table.columns) if column.role == "number"), None)
    numbers = [row.cells[serial].text for row in table.rows if row.cells[serial].text] if serial is not None else []
    numbered = bool(numbers) and numbers == [str(i) for i in range(1, len(numbers) + 1)]
    agreed = any(_number(one.count) == len(one.items) for one in found)
    return found if agreed or (numbered and len(found) == 1 and len(found[0].items) == len(numbers)) else []


def _groups(table: ReadTable) -> Iterator[StatedList]:
    rows = [row for row in table.rows if row.kind in ("plain", "of_which")]
    for index, row in enumerate(rows):
        if row.kind == "plain":
            end = next((i for i in range(index + 1, len(rows)) if rows[i].kind != "of_which"), len(rows))
            yield from _counted(table, row, rows[index + 1 : end])
    if table.total is not None:
        heads = {id(row.cells) for row, below in zip(rows, rows[1:], strict=False) if row.kind == "plain" and below.kind == "of_which"}
        yield from _counted(table, table.total, [row for row in rows if id(row.cells) not in heads])


def _counted(table: ReadTable, row: Row, below: Sequence[Row]) -> Iterator[StatedList]:
    for piece in row.cells:
        match = _COUNTED.fullmatch(piece.text)
        if match and len(below) > 1 and figure(match["count"].strip()) is not None:
            label = piece.text[: match.start("count") - 1].strip()
            names = tuple(other.label.strip() or str(i) for i, other in enumerate(below, 1))
            yield StatedList(label, match["count"].strip(), names, False, piece.spot, match.start("count"), match.end("count"), table.at)
            return


def _number(count: str) -> int | None:
    quantity = figure(count)
    return int(quantity.nominal) if quantity is not None and quantity.nominal is not None else None
