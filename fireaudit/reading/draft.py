"""The plan file that a document amounts to, as YAML text, and for each of its scalars where it came from."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from fireaudit.limits import USUAL
from fireaudit.quantity import Quantity, take_unit
from fireaudit.quantity.plain import plain_of
from fireaudit.readers.document import Document, Paragraph, Spot
from fireaudit.reading.figures import figure
from fireaudit.reading.grid import Piece
from fireaudit.reading.material import Material, Unplaced
from fireaudit.reading.names import Names
from fireaudit.reading.outline import Heading
from fireaudit.reading.prose.nature import Nature
from fireaudit.reading.prose.prose import Stated, StatedList, StatedRelation
from fireaudit.reading.tables.indicators import ReadIndicator
from fireaudit.reading.tables.row import Row
from fireaudit.reading.tables.stated import Proposed, accounted, grand_total
from fireaudit.reading.tables.table import ReadTable, TableColumn
from fireaudit.reading.texts import compare, cut, one_line
from fireaudit.reading.writer import Mark, Token, Writer, joined, pairs

_STAGE = re.compile(r"[(（]?(征求意见稿|公开征求意见稿|送审稿|报批稿|公示稿|讨论稿|草案|审议稿|徵求意見稿)[)）]?")
_DATE = re.compile(r"(?:19|20)[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?")
_FIVE = re.compile(r"[“\"「]?十([一二三四五六七八九])五[”\"」]?")
_YEARS = re.compile(r"(?P<a>20[0-9]{2})年?\s*[-—–~至]{1,2}\s*(?P<b>20[0-9]{2})\s*年?")
_PERIOD = re.compile(r"[0-9]{4}(?:-[0-9]{4})?")
_Item = TypeVar("_Item")
_VAGUE = re.compile(
    "(?:总|合计|共计|其中|各|年度|年初|调整|全年|本年|计划|实际|同口径|主要|重点|完成|新增|新建|建设|安排|财政|专项|累计|有关|相关|全部|主营|营业|业务|经营|销售|净|平均)*"
    "(?:(?:投资|资金|项目|人员|人数|数量|金额|面积|任务|目标|收入|支出|成本|利润|资产|负债|产值|产量|经费|预算|决算|比重|占比|比例|增幅|增速|增长|降幅|减幅|总数|合计|余额|结余"
    "|工程|方面|措施|指标|单位|部门|个|家|项|完成|执行|应建|应有)(?:额|数|总额|总量|总数|个数|率|量)?)+"
    "|(?:we|it|they|you|this|there|these|which|who|our|its|their|he|she|spent|increase|decrease|rise|fall|reduction|average|share|rate|total|number|amount|year|underspend|overspend"
    "|budget|target|plan|including|with|and|the|of|of which)(?: .{0,30})?",
    re.IGNORECASE,
)
"""Labels that say what is measured but not of what."""
_SHARE_OF = re.compile("占(?![地用道])|占比|比重")  # of what subject, no label says
_OF_EACH = re.compile("标准|补助|补贴|补偿|造价|单价|价格|工期|期限|建筑面积|占地|用地面积|总投资|投资额|概算|估算|[每户人]均|每[户人亩]|规模$")
"""What every project and every scheme of a document has one of."""
MOST_ALIKE = 16
"""Statements of one quantity in the same words; more are taken for another one."""
_LONG = 6
"""Characters of a label that says enough by itself; a shorter one means the same thing only under one heading."""
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
        self.named: dict[Stated, str] = {}
        self.balances: list[Proposed] = []
        self.grand: list[str] = []
        self.sources: dict[Spot, list[str]] = {}
        for spot, text in material.texts:
            self.sources.setdefault(spot, []).append(text)

    def write(self, proposed: Sequence[Proposed]) -> None:
        self._head()
        self.proposed = proposed
        self._section("quantities", _facts(self.material.figures, self.material.relations), self._fact)
        self._section("indicators", self.material.indicators, self._indicator)
        self._section("tables", self.material.tables, self._table)
        self._section("lists", [one for one in self.material.lists if one.items], self._list)
        self._outline()
        self._checks(0, None, self.balances)
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
        self.out.line(1, "unconfirmed: true  # 与文档核对后删去此行 · take this line away once compared with the document")

    def _section(self, key: str, items: Sequence[_Item], write: Callable[[_Item], None]) -> None:
        if items:
            self.out.line(0)
            self.out.line(0, f"{key}:")
            for item in items:
                write(item)

    def _mark(self, said: Stated) -> Mark:
        wanted = "".join(said.text.split())  # 20,323.21 万元 is printed with a space, and stated without
        text = next((t for t in self.sources.get(said.spot, ()) if "".join(t[said.start : said.end].split()) == wanted), said.text)
        found = "".join(text[said.start : said.end].split()) == wanted
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
        if fact.unit:
            self.out.line(2, "unit: ", Token(fact.unit))
        self.out.line(2, "stated:")
        for said in fact.statements:
            self.figures += 1
            self.named[said] = name
            scope = Token(cut(said.nature.scope, LABEL)) if said.nature.scope else None
            entries = pairs(
                [("text", Token(said.text, self._mark(said), figure=True)), ("at", Token(cut(said.at, LABEL)) if said.at else None), ("scope", scope)]
            )
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
        named = [columns.name(column.label, f"c{index}") for index, column in enumerate(table.columns, 1)]
        for column_name, column in zip(named, table.columns, strict=True):
            self._column(column_name, column)
        self.out.line(2, "rows:" if table.rows else "rows: []")
        for row in table.rows:
            self._row(table, row)
        if table.total is not None:
            self.out.line(2, "total: [", *joined(self._cells(table, table.total)), "]")
        self._checks(2, name, accounted(name, table, named))
        self._balance(name, table, named)
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
        start = text.find(one.count, one.start) if one.count else 0
        mark = Mark(one.spot, text, start, start + len(one.count)) if start >= 0 else Mark(one.spot, text, one.start, one.end)
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

    def _balance(self, name: str, table: ReadTable, columns: Sequence[str]) -> None:
        """The grand total of this table is that of the one before it, column by column."""
        figures = [(column, i) for i, (column, c) in enumerate(zip(columns, table.columns, strict=True)) if c.role == "figure"]
        grand = [grand_total(name, table, column, i) for column, i in figures]
        if table.balanced and len(grand) == len(self.grand):
            self.balances += [Proposed(f"{a} == {b}", "") for a, b in zip(self.grand, grand, strict=True) if a and b]
        self.grand = grand

    def _checks(self, indent: int, table: str | None, accounted: Sequence[Proposed] = ()) -> None:
        """The relations that a table's rows show and those proposed for it, or those of no table with what the text states of its own figures."""
        own = [*accounted, *(one for one in self.proposed if one.table == table)]
        stated = self._stated() if table is None else {}
        if own or stated:
            self.out.line(indent, "checks:")
        for check, relation in stated.items():
            entries = pairs([("check", Token(check, self._mark(relation.figures[-1]))), ("severity", "warning"), ("states", relation.kind)])
            self.out.line(indent + 1, "- {", *entries, "}")
        for one in own:
            why = ("states", one.states) if one.states else ("proposed", Token(one.support) if one.support else None)
            entries = pairs([("check", Token(one.check)), ("severity", "warning"), why])
            self.out.line(indent + 1, "- {", *entries, "}")

    def _stated(self) -> dict[str, StatedRelation]:
        """What the text states of its figures, by the check that says it; nothing of figures that are one quantity."""
        found: dict[str, StatedRelation] = {}
        for relation in self.material.relations:
            names = [self.named.get(said, "") for said in relation.figures]
            check = relation.check.format(*names)
            if check and all(names) and len(set(names)) > 1 and names[-1] not in names[:-1] and len(check) <= USUAL.max_check:
                found.setdefault(check, relation)
        return found

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


def _facts(figures: Sequence[Stated], relations: Sequence[StatedRelation]) -> list[_Fact]:
    """Figures by the quantity they state. Two are one quantity only where label, unit, period and nature agree, they stand in two
    paragraphs (not in two rows of one table), the text does not relate them to each other, and the figures agree too or what is
    said of them is enough to be sure."""
    related: dict[Stated, set[int]] = {}  # by figure, the relations it stands in
    for number, relation in enumerate(relations):
        for said in relation.figures:
            related.setdefault(said, set()).add(number)
    groups: list[list[Stated]] = []
    within: list[set[int]] = []  # by group, the relations its figures stand in
    known: dict[tuple[object, ...], int] = {}
    told: set[tuple[object, ...]] = set()
    whole = next((word for word, _ in Counter(said.nature.whole for said in figures if said.nature.whole).most_common(1)), "")
    for said in figures:
        quantity = figure(said.text, take_unit(said.unit)[0])
        if quantity is None or quantity.missing or len(said.text) > FIGURE:
            continue
        label = compare(said.label)
        sure = (
            said.own
            and _is_telling(label)
            and _SHARE_OF.search(label) is None
            and (said.during is not None or (said.kind == "stock" and said.nature.whole != ""))
        )
        under = "" if said.nature.whole or (len(label) >= _LONG and not _OF_EACH.search(label)) else said.at
        shape = (_kind_of(quantity), bool(said.unit), under)
        key: tuple[object, ...] = (label, shape, said.during, said.kind, _nature(said, whole), "" if sure else compare(said.text))
        here = (key, said.spot if said.spot.table is None else said.spot.table)
        own = related.get(said, set())
        fits = key in known and here not in told and within[known[key]].isdisjoint(own)
        if fits and (sure or _is_telling(label) or _significant(said.text)):
            groups[known[key]].append(said)
            within[known[key]] |= own
        else:
            known.setdefault(key, len(groups))
            groups.append([said])
            within.append(set(own))
        told.add(here)
    apart = (one for group in groups for part in _apart(group) for one in _bearable(part))
    return [_Fact(one_line(one[0].label) or one[0].text, one[0].unit, tuple(one)) for one in apart]


def _apart(group: list[Stated]) -> list[list[Stated]]:
    """What three figures or more are called, all different and none of them most often, is what each of many things has: they are no one quantity."""
    alike: dict[str, list[Stated]] = {}
    for said in group:
        alike.setdefault(compare(said.text), []).append(said)
    if len(alike) < 3 or 2 * max(map(len, alike.values())) > len(group):
        return [group]
    read = (figure(one[0].text, take_unit(one[0].unit)[0]) for one in alike.values())
    intervals = [quantity.interval for quantity in read if quantity is not None and quantity.interval is not None]
    different = [one for i, one in enumerate(intervals) if all(one.intersect(other) is None for other in intervals[:i])]
    return list(alike.values()) if len(different) > 2 else [group]


def _bearable(group: list[Stated]) -> list[list[Stated]]:
    """What is said very often in the same words is taken in parts: every relation goes through all statements of its figures."""
    if len(group) <= MOST_ALIKE or len({compare(said.text) for said in group}) > 1:
        return [group]
    return [group[start : start + MOST_ALIKE] for start in range(0, len(group), MOST_ALIKE)]


def _nature(said: Stated, whole: str) -> Nature:
    """Without the word for all of the place that the document is about; that for all of another one tells figures apart."""
    return replace(said.nature, whole="") if said.nature.whole == whole else said.nature


def _is_telling(label: str) -> bool:
    """Whether a label says by itself what is counted: 地区生产总值, but not 总投资 or including."""
    return len(label) >= 4 and any(map(str.isalpha, label)) and _VAGUE.fullmatch(plain_of(label).text) is None


def _kind_of(quantity: Quantity) -> object:
    """What makes figures comparable: 万元 and 亿元 are, 个 and 人 are not, a share and a count are not."""
    unit = quantity.unit
    return unit.dimension or unit.text.lstrip("十百千万萬亿億")


def _significant(text: str) -> bool:
    """Whether two figures that print the same do so for more than chance: three digits and more."""
    return len("".join(filter(str.isdigit, text)).strip("0")) >= 3


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
