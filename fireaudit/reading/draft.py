"""The plan file that a document amounts to, as YAML text, and for each of its scalars where it came from."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fireaudit.readers.document import Document, Paragraph, Spot
from fireaudit.reading.figures import figure
from fireaudit.reading.grid import Piece
from fireaudit.reading.indicators import ReadIndicator
from fireaudit.reading.material import Material, Unplaced
from fireaudit.reading.names import Names
from fireaudit.reading.outline import Heading
from fireaudit.reading.prose import Stated, StatedList
from fireaudit.reading.rows import Row
from fireaudit.reading.tables import ReadTable, TableColumn
from fireaudit.reading.texts import compare, cut, one_line
from fireaudit.reading.writer import Mark, Token, Writer, joined, pairs

_STAGE = re.compile(r"[(（]?(征求意见稿|公开征求意见稿|送审稿|报批稿|公示稿|讨论稿|草案|审议稿|徵求意見稿)[)）]?")
_DATE = re.compile(r"(?:19|20)[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?")
_FIVE = re.compile(r"[“\"「]?十([一二三四五六七八九])五[”\"」]?")
_YEARS = re.compile(r"(?P<a>20[0-9]{2})年?\s*[-—–~至]{1,2}\s*(?P<b>20[0-9]{2})\s*年?")
_PERIOD = re.compile(r"[0-9]{4}(?:-[0-9]{4})?")
_Item = TypeVar("_Item")
MOST_COMMENTS = 200
LABEL, TEXT, CELL, FIGURE = 200, 400, 200, 120
"""Longest texts of each kind, within what the schema allows."""


@dataclass(frozen=True, slots=True)
class Draft:
    """``marks``: line and column of each scalar of ``text`` → where it came from. ``figures``: how many figures it holds."""

    text: str
    marks: Mapping[tuple[int, int], Mark]
    figures: int
    tables: int
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A relation that the figures seem to satisfy, as a check of a table (or of the plan), and how many rows bear it out."""

    check: str
    support: str
    table: str | None = None


@dataclass(frozen=True, slots=True)
class _Fact:
    """One quantity and every statement of it."""

    label: str
    unit: str
    statements: tuple[Stated, ...]


def draft(document: Document, material: Material, proposed: Sequence[Proposed] = ()) -> Draft:
    """``material`` of ``document`` written as a plan, with ``proposed`` relations among its checks."""
    drafter = _Drafter(document, material)
    drafter.write(proposed)
    return Draft(drafter.out.text(), drafter.out.marks, drafter.figures, len(material.tables), material.unplaced)


class _Drafter:
    def __init__(self, document: Document, material: Material) -> None:
        self.document, self.material = document, material
        self.out, self.names, self.figures = Writer(), Names(), 0
        self.proposed: Sequence[Proposed] = ()
        self.sources: dict[Spot, list[str]] = {}
        for spot, text in material.texts:
            self.sources.setdefault(spot, []).append(text)

    def write(self, proposed: Sequence[Proposed]) -> None:
        self._head()
        self.proposed = proposed
        self._section("quantities", _facts(self.material.figures), self._fact)
        self._section("indicators", self.material.indicators, self._indicator)
        self._section("tables", self.material.tables, self._table)
        self._section("lists", [one for one in self.material.lists if one.items], self._list)
        self._outline()
        self._checks(0, None)
        self._unplaced()

    def _head(self) -> None:
        outline = self.material.outline
        first = next((block.spot for block in self.document.blocks), Spot())
        title = outline.title or os.path.splitext(os.path.basename(self.document.path))[0] or "—"
        self.out.line(0, "fireaudit: 1")
        self.out.line(0, "plan:")
        self.out.line(1, "title: ", Token(cut(title, TEXT), Mark(first, title)))
        front = [one_line(b.text) for b in self.document.blocks[:14] if isinstance(b, Paragraph)]
        stage = next((match[1] for text in front if (match := _STAGE.fullmatch(text))), "")
        date = next((text for text in front if _DATE.fullmatch(text)), "")
        for key, value in (("stage", stage), ("date", date), ("period", _period(title, self.material, self.document))):
            if value:
                self.out.line(1, f"{key}: ", Token(value, figure=key == "period"))

    def _section(self, key: str, items: Sequence[_Item], write: Callable[[_Item], None]) -> None:
        if items:
            self.out.line(0)
            self.out.line(0, f"{key}:")
            for item in items:
                write(item)

    def _mark(self, said: Stated) -> Mark:
        text = next((t for t in self.sources.get(said.spot, ()) if t[said.start : said.end] == said.text), said.text)
        found = text[said.start : said.end] == said.text
        return Mark(said.spot, text, said.start if found else 0, said.end if found else len(text))

    def _fact(self, fact: _Fact) -> None:
        first = fact.statements[0]
        name = self.names.name(fact.label, f"q{len(self.names.taken) + 1}")
        during = first.during or ""
        period = during if _PERIOD.fullmatch(during) and first.kind != "target" else ""
        by = during if not period else ""
        self.out.line(1, Token(name, self._mark(first)), ":")
        self.out.line(2, "label: ", Token(cut(fact.label, LABEL)))
        if period:
            self.out.line(2, "during: " if first.kind != "stock" else "as_of: ", Token(period, figure=True))
        elif by:
            self.out.line(2, "by: ", Token(by, figure=True))
        self.out.line(2, "stated:")
        for said in fact.statements:
            self.figures += 1
            entries = pairs([("text", Token(said.text, self._mark(said), figure=True)), ("at", Token(cut(said.at, LABEL)) if said.at else None)])
            self.out.line(3, "- {", *entries, "}")

    def _indicator(self, one: ReadIndicator) -> None:
        name = self.names.name(one.label.text, f"i{len(self.names.taken) + 1}")
        self.out.line(1, Token(name, _of(one.label)), ":")
        for key, value in (("label", cut(one.label.text, LABEL)), ("no", one.no), ("kind", one.kind), ("unit", one.unit), ("at", cut(one.at, LABEL))):
            if value:
                self.out.line(2, f"{key}: ", Token(value, _of(one.label), figure=key == "no"))
        if one.baseline is not None:
            self.figures += 1
            self.out.line(2, "baseline: ", Token(one.baseline.text, _of(one.baseline), figure=True))
        if one.baseline_year:
            self.out.line(2, f"baseline_year: {one.baseline_year}")
        self.figures += len(one.targets)
        targets = pairs([(str(year), Token(piece.text, _of(piece), figure=True)) for year, piece in one.targets])
        self.out.line(2, "targets: {", *targets, "}")

    def _table(self, table: ReadTable) -> None:
        number = len([name for name in self.names.taken if name.startswith("t")]) + 1
        name = self.names.name(table.title, f"t{table.spot.table or number}")
        self.out.line(1, Token(name, Mark(table.spot, table.title)), ":")
        for key, value in (("title", cut(table.title, LABEL)), ("at", cut(table.at, LABEL)), ("during", table.during)):
            if value:
                self.out.line(2, f"{key}: ", Token(value, Mark(table.spot, table.title), figure=key == "during"))
        self.out.line(2, "columns:")
        columns = Names()
        for index, column in enumerate(table.columns, 1):
            self._column(columns.name(column.label, f"c{index}"), column)
        self.out.line(2, "rows:" if table.rows else "rows: []")
        for row in table.rows:
            self._row(table, row)
        if table.total is not None:
            self.out.line(2, "total: [", *joined(self._cells(table, table.total)), "]")
        self._checks(2, name)
        if table.legend:
            self.out.line(2, "legend:")
            for symbol, means, spot in table.legend:
                self.out.line(3, "- {symbol: ", Token(symbol, Mark(spot, symbol, 0, len(symbol))), ", means: ", Token(means), "}")
        if table.notes:
            self.out.line(2, "notes: ", Token(cut(" ".join(piece.text for piece in table.notes), TEXT), _of(table.notes[0])))

    def _column(self, name: str, column: TableColumn) -> None:
        entries: list[tuple[str, Token | str | None]] = [
            ("label", Token(cut(column.label or name, LABEL))),
            ("role", column.role if column.role != "figure" else None),
            ("unit", Token(column.unit) if column.unit else None),
            ("empty", "0" if column.empty_is_none else None),
            ("aggregate", None if column.adds else "none"),
            ("rounding", "rounded" if column.rounded else None),
            ("severity", column.severity or None),
        ]
        self.out.line(3, Token(name, Mark(column.spot, column.label)), ": {", *pairs(entries), "}")

    def _row(self, table: ReadTable, row: Row) -> None:
        cells = joined(self._cells(table, row))
        if row.kind == "plain":
            self.out.line(3, "- [", *cells, "]")
        else:
            self.out.line(3, f"- {{{row.kind}: [", *cells, "], complete: true}" if row.complete else "]}")

    def _cells(self, table: ReadTable, row: Row) -> Iterable[Token]:
        for piece, column in zip(row.cells, table.columns, strict=True):
            is_figure = column.role == "figure"
            quantity = figure(piece.text) if is_figure else None
            self.figures += quantity is not None and not quantity.missing
            yield Token(cut(piece.text, FIGURE if is_figure else CELL), _of(piece), figure=is_figure or column.role == "number")

    def _list(self, one: StatedList) -> None:
        name = self.names.name(one.label, f"l{len(self.names.taken) + 1}")
        text = next(iter(self.sources.get(one.spot, ())), "")
        start = max(text.find(one.count), 0) if one.count else 0
        mark = Mark(one.spot, text, start, start + len(one.count))
        self.figures += bool(one.count)
        self.out.line(1, Token(name, mark), ":")
        self.out.line(2, "label: ", Token(cut(one.label or name, LABEL)))
        if one.count:
            self.out.line(2, "count: ", Token(one.count, mark, figure=True))
        self.out.line(2, "items: [", *joined(Token(cut(item, LABEL), mark) for item in one.items), "]")
        if one.open:
            self.out.line(2, "open: true")
        if one.at:
            self.out.line(2, "at: ", Token(cut(one.at, LABEL), mark))

    def _outline(self) -> None:
        outline = self.material.outline
        if outline.headings:
            self.out.line(0)
            self.out.line(0, "outline:")
            self._headings(outline.headings)
        if outline.contents:
            self.out.line(0)
            self.out.line(0, "contents:")
            for entry in outline.contents:
                token = Token(cut(entry.text, TEXT), Mark(entry.spot, entry.text))
                page = Token(entry.page, figure=True)
                self.out.line(1, "- ", *(["[", token, ", ", page, "]"] if entry.page else [token]))
        for key, entries in (("annexes", outline.annexes), ("boxes", outline.boxes)):
            if entries:
                self.out.line(0)
                self.out.line(0, f"{key}:")
                for entry in entries:
                    self.out.line(1, "- ", Token(cut(entry.text, TEXT), Mark(entry.spot, entry.text)))

    def _headings(self, headings: Sequence[Heading]) -> None:
        parents = {heading.parent for heading in headings}
        for index, heading in enumerate(headings):
            token = Token(cut(heading.text, TEXT), Mark(heading.spot, heading.text))
            self.out.line(1 + 2 * _depth(headings, index), "- ", token, ":" if index in parents else "")

    def _checks(self, indent: int, table: str | None) -> None:
        """The proposed relations of a table, or those of no table."""
        own = [one for one in self.proposed if one.table == table]
        if own:
            self.out.line(indent, "checks:")
        for one in own:
            entries = pairs([("check", Token(one.check)), ("severity", "warning"), ("proposed", Token(one.support))])
            self.out.line(indent + 1, "- {", *entries, "}")

    def _unplaced(self) -> None:
        """What was seen and is not in the plan, for whoever works the draft over: comments, so that nothing rests on it."""
        if self.material.unplaced:
            self.out.line(0)
            self.out.line(0, "# 未能归位的数 · figures that could not be placed:")
        for one in self.material.unplaced[:MOST_COMMENTS]:
            self.out.line(0, "# - ", Token(cut(one.text, FIGURE)), "  ", Token(cut(one.at, LABEL)))


def _depth(headings: Sequence[Heading], index: int) -> int:
    depth = 0
    while headings[index].parent >= 0:
        index, depth = headings[index].parent, depth + 1
    return depth


def _of(piece: Piece) -> Mark:
    return Mark(piece.spot, piece.text, 0, len(piece.text))


def _facts(figures: Sequence[Stated]) -> list[_Fact]:
    """Figures by the quantity they state. Two are one quantity only where label, unit and period agree, and the figures
    do too or the label and period say enough to be sure."""
    groups: list[list[Stated]] = []
    known: dict[tuple[str, ...], int] = {}
    for said in figures:
        quantity = figure(said.text)
        if quantity is None or quantity.missing or len(said.text) > FIGURE:
            continue
        label = compare(said.label)
        sure = len(label) >= 6 and said.during is not None
        key = (label, quantity.unit.text, said.during or "", said.kind or "", "" if sure else compare(said.text))
        if key not in known:
            known[key] = len(groups)
            groups.append([])
        groups[known[key]].append(said)
    return [_Fact(one_line(group[0].label) or group[0].text, "", tuple(group)) for group in groups]


def _period(title: str, material: Material, document: Document) -> str:
    """The years of the plan: by its title, else by the five-year plan that headings and table titles speak of most."""
    if (years := _YEARS.search(title)) and int(years["a"]) < int(years["b"]):
        return f"{years['a']}-{years['b']}"
    if five := _FIVE.search(title):
        return _five_years(five[1])
    said = [heading.text for heading in material.outline.headings] + [table.title for table in material.tables]
    for texts in (said, [b.text for b in document.blocks if isinstance(b, Paragraph)]):
        counted = Counter(found for text in texts for found in _FIVE.findall(text))
        if counted:
            most = max(counted.values())
            return _five_years(max((c for c in counted if counted[c] == most), key="一二三四五六七八九".index))
    return ""


def _five_years(digit: str) -> str:
    first = 1951 + 5 * (10 + "零一二三四五六七八九".index(digit))
    return f"{first}-{first + 4}"
