"""From a tree to a Plan. What is out of shape was reported by the schema; here it is passed over, not guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from fireaudit.limits import USUAL, Limits
from fireaudit.nearest import nearest
from fireaudit.plan.bare import beside, unit_of_bare
from fireaudit.plan.dates import read_when, read_years
from fireaudit.plan.model import (
    Cell,
    Check,
    Column,
    Dated,
    Fact,
    Heading,
    Indicator,
    Listing,
    Milestone,
    Plan,
    Reading,
    Row,
    Statement,
    Table,
    Text,
)
from fireaudit.plan.names import official_names
from fireaudit.plan.source import NULLS, START, Fault, Mapping, Node, Scalar, Sequence, Source, Span
from fireaudit.quantity import COUNT, FigureError, Quantity, Rounding, Unit, read_figure, take_unit

_ROUNDING = {"rounded": Rounding.HALF, "truncated": Rounding.TRUNCATE, "exact": Rounding.EXACT}
_EMPTY = Mapping(START)
LONGEST_NAME = 300
"""Characters of a cell's name or label: a row's key stands in those of all its cells. The middle of longer ones is left out."""


def build(source: Source, rounding: str | None = None, limits: Limits = USUAL) -> tuple[Plan, list[Fault]]:
    """The Plan of a source, and the faults met on the way (figures that cannot be read, rows of the wrong length).

    ``rounding`` is how decimals were cut where the plan does not say.
    """
    builder = _Builder(source, rounding, limits)
    return builder.plan(), builder.faults


# The total of such a column is a mean or a ratio, not a sum, unless the plan says so.
_NO_SUM = re.compile("均|率|比重|占比|比例|密度|增长|增速|增幅|同比|每|指数|排名|average|per |rate|ratio|share", re.IGNORECASE)


def _adds_up(declared: str, label: str) -> bool:
    return declared == "sum" or (declared != "none" and not _NO_SUM.search(label))


def _cut(text: str) -> str:
    half = LONGEST_NAME // 2
    return text if len(text) <= LONGEST_NAME else f"{text[:half]}…{text[-half:]}"


def _map(node: Node | None) -> Mapping:
    return node if isinstance(node, Mapping) else _EMPTY


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""


def _link(node: Node | None) -> tuple[str, Span] | None:
    return (node.text, node.span) if isinstance(node, Scalar) else None


def _printed(node: Node | None) -> str:
    """The figure of a scalar; a plain null prints nothing."""
    return node.text if isinstance(node, Scalar) and not (node.plain and node.text in NULLS) else ""


def _is_true(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.value() is True


def _years(node: Node | None) -> tuple[int, int] | None:
    return read_years(_text(node)) if isinstance(node, Scalar) else None


def _reading(entry: Mapping) -> Reading:
    return Reading(_text(entry.get("severity")) or None, _text(entry.get("because")) or None)


@lru_cache(maxsize=4096)
def _printed_unit(text: str) -> tuple[str, Unit, str]:
    """A unit as printed, read, and what of it could not be read."""
    text = unicodedata.normalize("NFKC", text)
    unit, rest = take_unit(text)
    return text, Unit(unit.dimension, unit.factor, text), rest


class _Builder:
    def __init__(self, source: Source, rounding: str | None, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.root = _map(source.root)
        self.faults: list[Fault] = []
        self.cells: dict[str, Cell] = {}
        self.places: list[Text] = []
        self.taken: dict[str, Span] = {}
        self.alike: dict[str, int] = {}
        self.rounding = _ROUNDING.get(rounding or "")
        self.period: tuple[int, int] | None = None

    def plan(self) -> Plan:
        head = _map(self.root.get("plan"))
        where = _map(head.get("jurisdiction"))
        self.rounding = _ROUNDING.get(_text(head.get("rounding")), self.rounding)
        code = _text(where.get("code"))
        self.period = _years(head.get("period"))
        return Plan(
            path=self.source.path,
            title=_text(head.get("title")),
            span=self.root.keys.get("plan", START),
            code=code,
            unconfirmed=_is_true(head.get("unconfirmed")),
            period=self.period,
            extra_names=tuple(_text(node) for node in _items(where.get("names"))),
            facts={name: self._fact(name, span, entry) for name, span, entry in self._section("quantities")},
            indicators={name: self._indicator(name, span, entry) for name, span, entry in self._section("indicators")},
            tables={name: self._table(name, span, entry) for name, span, entry in self._section("tables")},
            lists={name: self._list(name, span, entry) for name, span, entry in self._section("lists")},
            milestones={name: self._milestone(name, span, entry) for name, span, entry in self._section("milestones")},
            names=tuple(self._named(node) for node in _items(self.root.get("names"))),
            outline=tuple(self._headings()),
            contents=tuple(self._contents()),
            annexes=self._texts("annexes"),
            boxes=self._texts("boxes"),
            references=tuple(self._reference(node) for node in _items(self.root.get("references"))),
            places=tuple(self.places),
            checks=tuple(self._checks(self.root.get("checks"), None)),
            cells=self.cells,
            has=frozenset(self.root.entries),
            official=official_names(code) if code else None,
            left_out=tuple(self._left_out(node) for node in _items(self.root.get("left_out"))),
            limits=self.limits,
        )

    def _section(self, key: str) -> Iterator[tuple[str, Span, Mapping]]:
        section = _map(self.root.get(key))
        for name, node in section.entries.items():
            span = section.keys[name]
            if name in self.taken:
                self.faults.append(Fault("FA107", span, {"name": name, "line": str(self.taken[name].line)}))
                continue
            self.taken[name] = span
            if isinstance(node, Mapping):
                yield name, span, node

    def _place(self, entry: Mapping) -> str:
        node = entry.get("at")
        if not isinstance(node, Scalar):
            return ""
        self.places.append(Text(node.text.strip(), node.span))
        return node.text.strip()

    def _figure(self, node: Scalar, unit: Unit, rounding: Rounding | None = None) -> Quantity | None:
        text = _printed(node)
        try:
            # The plan-wide setting says how decimals were cut; whole numbers stay exact unless their column says so.
            quantity = read_figure(text, unit, rounding)
            if rounding is None and self.rounding is not None and quantity.qualifier.value == "rounded":
                quantity = read_figure(text, unit, self.rounding)
            return quantity
        except FigureError as error:
            arguments = {"text": error.text, "fragment": error.fragment, "reason": error.reason}
            self.faults.append(Fault("FA104", node.span, arguments))
            return None

    def _cell(self, name: str, node: Node | None, unit: Unit, label: str, at: str, rounding: Rounding | None) -> Cell | None:
        if not isinstance(node, Scalar):
            return None
        quantity = self._figure(node, unit, rounding)
        if quantity is None:
            return None
        name, label = _cut(name), _cut(label)
        base = name
        while name in self.cells:
            self.alike[base] = self.alike.get(base, 1) + 1
            name = f"{base}#{self.alike[base]}"
        cell = self.cells[name] = Cell(name, quantity, node.span, label, at)
        return cell

    def _unit(self, node: Node | None) -> Unit:
        if not isinstance(node, Scalar) or not node.text.strip():
            return COUNT
        text, unit, rest = _printed_unit(node.text.strip())
        if rest:
            self.faults.append(Fault("FA104", node.span, {"text": text, "fragment": rest, "reason": "unit"}))
            return COUNT
        return unit

    def _units(self, entry: Mapping, figures: list[Node | None]) -> Callable[[Node | None], Unit]:
        """The unit of a figure of this entry that prints none: the declared one, or that of the figures beside it."""
        if isinstance(entry.get("unit"), Scalar):
            declared = self._unit(entry.get("unit"))
            return lambda _: declared
        common = beside(map(_printed, figures))
        return lambda node: unit_of_bare(_printed(node), common)

    def _fact(self, name: str, span: Span, entry: Mapping) -> Fact:
        label = _text(entry.get("label")) or name
        rounding = _ROUNDING.get(_text(entry.get("rounding")))
        stated = _items(entry.get("stated"))
        unit = self._units(entry, [node.get("text") if isinstance(node, Mapping) else node for node in stated])
        statements = []
        for node in stated:
            item = _map(node)
            at, scope = self._place(item), _text(item.get("scope"))
            source = item.get("text") if isinstance(node, Mapping) else node
            expression = item.get("is")
            if isinstance(expression, Scalar):
                statements.append(Statement(expression.span, None, expression.text, at, scope))
            else:
                cell_name = name if len(stated) == 1 else f"{name}@{at}" if at else f"{name}@"
                cell = self._cell(cell_name, source, unit(source), label, at, rounding)
                if cell is not None:
                    statements.append(Statement(cell.span, cell, None, at, scope))
        links: dict[str, tuple[tuple[str, Span], ...]] = {}
        for key in ("improves", "part_of", "new_in"):
            if link := _link(entry.get(key)):
                links[key] = (link,)
        if parts := [link for node in _items(entry.get("sum_of")) if (link := _link(node))]:
            links["sum_of"] = tuple(parts)
        better = _text(entry.get("better")) or None
        given = next(((key, years) for key in ("during", "as_of", "by") if (years := _years(entry.get(key)))), None)
        when, moment = (given[1], given[0] != "during") if given else (None, False)
        return Fact(
            name, label, span, tuple(statements), links, better, _is_true(entry.get("share")), _reading(entry), when, moment, entry.get("by") is not None
        )

    def _indicator(self, name: str, span: Span, entry: Mapping) -> Indicator:
        label = _text(entry.get("label")) or name
        at = self._place(entry)
        rounding = _ROUNDING.get(_text(entry.get("rounding")))
        first, later = entry.get("baseline"), _map(entry.get("targets")).entries
        unit = self._units(entry, [first, *later.values()])
        baseline = self._cell(f'{name}["baseline"]', first, unit(first), label, at, rounding)
        targets = {}
        for year, node in later.items():
            cell = self._cell(f"{name}[{year}]", node, unit(node), f"{label}（{year}）", at, rounding)
            if cell is not None and year.isascii() and year.isdigit():
                targets[int(year)] = cell
        sources = {key: link for key, node in _map(entry.get("from")).entries.items() if (link := _link(node))}
        better = _text(entry.get("better")) or None
        return Indicator(
            name, label, span, baseline, dict(sorted(targets.items())), sources, better,
            _is_true(entry.get("share")), at, _reading(entry),
        )  # fmt: skip

    def _columns(self, entry: Mapping) -> dict[str, Column]:
        columns = {}
        section = _map(entry.get("columns"))
        for index, (name, node) in enumerate(section.entries.items()):
            item = _map(node)
            label = (_text(item.get("label")) if isinstance(node, Mapping) else _text(node)) or name
            adds = _link(item.get("adds_up_to"))
            columns[name] = Column(
                name=name,
                label=label,
                index=index,
                role=_text(item.get("role")) or "figure",
                unit=self._unit(item.get("unit")),
                span=section.keys[name],
                names=bool(_text(item.get("names"))),
                adds_up_to=adds[0] if adds else None,
                share_of=_text(item.get("share_of")) or None,
                share=_is_true(item.get("share")),
                sums=_adds_up(_text(item.get("aggregate")), label),
                reading=_reading(item),
            )
        return columns

    def _table(self, name: str, span: Span, entry: Mapping) -> Table:
        at = self._place(entry)
        columns = self._columns(entry)
        details = _map(entry.get("columns"))
        empty = {c: _map(details.get(c)).get("empty") for c in columns}
        rounding = {c: _ROUNDING.get(_text(_map(details.get(c)).get("rounding"))) for c in columns}
        keyed = next((c for role in ("name", "year", "date", "text") for c in columns.values() if c.role == role), None)
        figures = [column for column in columns.values() if column.role == "figure"]
        others = [column for column in columns.values() if column.role != "figure"]
        seen: dict[str, int] = {}

        def row(node: Node, kind: str, complete: bool = False) -> Row | None:
            items = _items(node)
            if not isinstance(node, Sequence):
                return None
            if len(items) != len(columns):
                row_span = Span(node.span.line, node.span.column, node.span.line, node.span.column + 1)
                first = _text(items[0]) if items else ""
                faults_arguments = {"table": name, "row": first, "found": str(len(items)), "wanted": str(len(columns))}
                self.faults.append(Fault("FA105", row_span, faults_arguments))
                return None
            key = _text(items[keyed.index]) if keyed else ""
            if kind != "total":
                key = key or f"{len(seen) + 1}"
                seen[key] = seen.get(key, 0) + 1
            suffix = f'"{key}"' + (f"#{seen[key]}" if seen.get(key, 0) > 1 else "")
            before, after = ("total(" + name, ")") if kind == "total" else (f"{name}[{suffix}]", "")
            heading = key or "合计"
            cells = {}
            for column in figures:
                item = items[column.index]
                if kind == "total" and not _text(item):
                    continue
                blank, rounds = empty[column.name], rounding[column.name]
                if blank is not None and isinstance(item, Scalar) and not item.text.strip() and isinstance(blank, Scalar):
                    item, rounds = Scalar(blank.text, item.span, False), Rounding.EXACT  # nothing was rounded where nothing is printed
                cell = self._cell(f"{before}.{column.name}{after}", item, column.unit, f"{heading} {column.label}", at, rounds)
                if cell is not None:
                    cells[column.name] = cell
            texts = {column.name: (_text(items[column.index]), items[column.index].span) for column in others}
            return Row(key, kind, node.span, cells, texts, complete)

        rows = []
        for node in _items(entry.get("rows")):
            if isinstance(node, Mapping):
                for kind in ("of_which", "subtotal", "apart"):
                    made = row(part, kind, _is_true(node.get("complete"))) if (part := node.get(kind)) else None
                    rows.append(made)
            else:
                rows.append(row(node, "plain"))
        total_node = entry.get("total")
        groups = {}
        for group, node in _map(entry.get("groups")).entries.items():
            members = []
            for item in _items(node):
                if _text(item) in columns:
                    members.append(_text(item))
                else:
                    self.faults.append(Fault("FA106", item.span, {"name": _text(item), "close": nearest(_text(item), columns)}))
            groups[group] = tuple(members)
        legend_node = entry.get("legend")
        legend = None
        if isinstance(legend_node, Sequence):
            legend = tuple((_text(_map(n).get("symbol")), _text(_map(n).get("means")), n.span) for n in legend_node.items)
        return Table(
            name=name,
            title=_text(entry.get("title")) or name,
            at=at,
            span=span,
            columns=columns,
            groups=groups,
            rows=tuple(r for r in rows if r is not None),
            total=row(total_node, "total") if total_node is not None else None,
            during=_years(entry.get("during")),
            checks=tuple(self._checks(entry.get("checks"), name)),
            complete=_is_true(entry.get("complete")),
            legend=legend,
        )

    def _list(self, name: str, span: Span, entry: Mapping) -> Listing:
        at = self._place(entry)
        label = _text(entry.get("label")) or name
        items = [(_text(node), node.span) for node in _items(entry.get("items"))]
        is_open = _is_true(entry.get("open"))
        if items and items[-1][0] in ("等", "等等", "etc.", "…"):
            items.pop()
            is_open = True
        count = self._cell(f"{name}.count", entry.get("count"), COUNT, label, at, None)
        names = bool(_text(entry.get("names")))
        same = _link(entry.get("same_as"))
        return Listing(name, label, span, count, tuple(items), is_open, at, names, same, _reading(entry))

    def _milestone(self, name: str, span: Span, entry: Mapping) -> Milestone:
        stated = []
        for node in _items(entry.get("stated")):
            item = _map(node)
            at, when = self._place(item), item.get("when")
            if isinstance(when, Scalar):
                moment = read_when(when.text, self.period)
                if moment is None:
                    arguments = {"text": when.text, "fragment": when.text, "reason": "date"}
                    self.faults.append(Fault("FA104", when.span, arguments))
                else:
                    stated.append(Dated(when.text, moment, when.span, at, _text(item.get("scope"))))
        label = _text(entry.get("label")) or name
        return Milestone(name, label, span, tuple(stated), _link(entry.get("after")), _reading(entry))

    def _checks(self, node: Node | None, table: str | None) -> Iterator[Check]:
        for item in _items(node):
            entry = _map(item)
            text = entry.get("check") if isinstance(item, Mapping) else item
            if isinstance(text, Scalar):
                self._place(entry)
                yield Check(text.text, text.span, _reading(entry), table, _text(entry.get("proposed")), _text(entry.get("states")))

    def _named(self, node: Node) -> Text:
        entry = _map(node)
        name = entry.get("name")
        return Text(_text(name), name.span if name else node.span, self._place(entry))

    def _reference(self, node: Node) -> Text:
        entry = _map(node)
        to = entry.get("to")
        return Text(_text(to), to.span if to else node.span, self._place(entry))

    def _left_out(self, node: Node) -> Text:
        entry = _map(node)
        text = entry.get("text")
        return Text(_text(text), text.span if text else node.span, self._place(entry))

    def _texts(self, key: str) -> tuple[Text, ...]:
        return tuple(Text(_text(node), node.span) for node in _items(self.root.get(key)))

    def _contents(self) -> Iterator[tuple[Text, str]]:
        for node in _items(self.root.get("contents")):
            parts = _items(node) if isinstance(node, Sequence) else [node]
            if parts and isinstance(parts[0], Scalar):
                yield Text(_text(parts[0]), parts[0].span), _text(parts[1]) if len(parts) > 1 else ""

    def _headings(self) -> Iterator[Heading]:
        found: list[Heading] = []

        def walk(nodes: list[Node], depth: int, parent: int) -> None:
            for node in nodes:
                if isinstance(node, Scalar):
                    found.append(Heading(_text(node), node.span, depth, parent))
                elif isinstance(node, Mapping):
                    for key, below in node.entries.items():
                        found.append(Heading(key.strip(), node.keys[key], depth, parent))
                        walk(_items(below), depth + 1, len(found) - 1)

        walk(_items(self.root.get("outline")), 1, -1)
        yield from found
