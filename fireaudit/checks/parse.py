"""The check language, a small subset of Python's expression grammar, bound to the cells of a plan.

Nothing is evaluated by Python: ``ast`` parses, this module walks the tree and builds expressions over cells.
"""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from fireaudit.checks.expression import Expression, Extreme, Figure, Fused, Number, Product, Quotient, Ref, Step, Sum, add
from fireaudit.checks.rounding import together
from fireaudit.checks.size import Sizes
from fireaudit.nearest import nearest
from fireaudit.plan.model import Fact, Indicator, Listing, Plan, Row, Table
from fireaudit.quantity import FigureError, read_figure
from fireaudit.quantity.interval import canonical

DEEPEST = 60
"""Levels of nesting, those of the quantities that a check names and that are stated by expressions among them."""

LOOKED_THROUGH = 16
"""Rows that are looked through for a name cost as much as one figure."""

_OPS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_ASSIGNED = re.compile(r"(?<![=<>!])=(?!=)")
_NUMBER = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?")


class CheckError(Exception):
    """``reason`` is a key of the messages; ``name`` what could not be understood, ``close`` what was meant perhaps."""

    def __init__(self, reason: str, name: str = "", close: str = "") -> None:
        super().__init__(reason)
        self.reason, self.name, self.close = reason, name, close


@dataclass(frozen=True, slots=True)
class Vector:
    """A column, or what was computed from columns of one table: an expression for each plain row.

    ``on_total`` is the same for the printed total row, and only there as long as sums carry the expression over.
    """

    table: str
    items: tuple[tuple[Row, Expression], ...]
    on_total: Expression | None
    linear: bool = True


@dataclass(frozen=True, slots=True)
class Columns:
    """Several columns of one table, or several cells of one row."""

    members: tuple[Vector | Expression, ...]


class Comparison(NamedTuple):
    """One comparison: two expressions, and the row it is about where it came from columns."""

    left: Expression
    op: str
    right: Expression
    row: str | None = None


Operand = Number | Figure | Ref | Fused | Sum | Product | Quotient | Extreme | Step | Vector | Columns | Table | Listing | Indicator | Row


class Desk:
    """What the expressions of one plan have in common, and how many more figures they may take in, each wherever it stands."""

    def __init__(self, plan: Plan) -> None:
        self.left = plan.limits.max_figures
        self.sizes = Sizes()
        self.columns: dict[tuple[str, str], Vector] = {}
        self.facts: dict[str, tuple[Expression, int]] = {}
        names = (*plan.facts, *plan.indicators, *plan.tables, *plan.lists)
        self.spellings = {unicodedata.normalize("NFKC", name): name for name in reversed(names)}

    def spend(self, figures: int) -> None:
        """Raises ``CheckError`` where that is more than is left."""
        if figures > self.left:
            raise CheckError("large")
        self.left -= figures


@lru_cache(maxsize=1)
def desk(plan: Plan) -> Desk:
    """Kept as long as the expressions of the same plan are asked for."""
    return Desk(plan)


def parse_check(text: str, plan: Plan, table: str | None = None) -> list[Comparison]:
    """All comparisons that a check states; raises ``CheckError``."""
    body = _tree(text, plan.limits.max_check)
    if not isinstance(body, ast.Compare):
        raise CheckError("no_comparison")
    binder = _Binder(text, plan, table)
    sides = [binder.operand(side) for side in (body.left, *body.comparators)]
    found: list[Comparison] = []
    for left, op, right in zip(sides, body.ops, sides[1:], strict=False):
        if type(op) not in _OPS:
            raise CheckError("syntax", type(op).__name__)
        binder.spread(left, right)
        found.extend(_pair(left, _OPS[type(op)], right))
    return found


def parse_expression(text: str, plan: Plan, within: tuple[str, ...] = ()) -> Expression:
    """A single value; raises ``CheckError``. ``within``: the facts whose statements led here, so that circles end."""
    return _scalar(_Binder(text, plan, None, within).operand(_tree(text, plan.limits.max_check)))


def _tree(text: str, longest: int) -> ast.expr:
    if len(text) > longest:
        raise CheckError("long")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise CheckError("assignment" if _ASSIGNED.search(text) else "syntax", text.strip()[:60]) from None
    deepest = [(body, 1)]
    while deepest:
        node, depth = deepest.pop()
        if depth > DEEPEST:
            raise CheckError("long")
        deepest.extend((child, depth + 1) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))
    return body


def _pair(left: Operand, op: str, right: Operand) -> list[Comparison]:
    if not isinstance(left, Vector) and not isinstance(right, Vector):
        return [Comparison(_scalar(left), op, _scalar(right))]
    merged = _broadcast(left, right, lambda a, _: a)
    found = []
    for index, (row, _) in enumerate(merged.items):
        a, b = (side.items[index][1] if isinstance(side, Vector) else _scalar(side) for side in (left, right))
        found.append(Comparison(a, op, b, row.key))
    both = isinstance(left, Vector) and isinstance(right, Vector)
    if both and op == "==" and merged.linear and merged.on_total is not None:
        assert isinstance(left, Vector) and isinstance(right, Vector) and left.on_total and right.on_total
        found.append(Comparison(left.on_total, op, right.on_total, "合计"))
    return found


def _scalar(value: Operand) -> Expression:
    if isinstance(value, Vector):
        raise CheckError("column_here")
    if isinstance(value, Columns):
        raise CheckError("group_here")
    if isinstance(value, (Table, Listing, Indicator, Row)):
        raise CheckError("not_a_figure", getattr(value, "name", getattr(value, "key", "")))
    return value


def _broadcast(left: Operand, right: Operand, join: Callable[[Expression, Expression], Expression], linear: bool = True) -> Vector:
    """Row by row; a single value goes with every row, and then what holds for rows need not hold for their total."""
    if isinstance(left, Vector) and isinstance(right, Vector):
        if left.table != right.table or len(left.items) != len(right.items):
            raise CheckError("two_tables", f"{left.table}, {right.table}")
        items = tuple((row, join(a, b)) for (row, a), (_, b) in zip(left.items, right.items, strict=True))
        on_total = join(left.on_total, right.on_total) if left.on_total and right.on_total else None
        return Vector(left.table, items, on_total, linear and left.linear and right.linear)
    if isinstance(left, Vector):
        other = _scalar(right)
        return Vector(left.table, tuple((row, join(a, other)) for row, a in left.items), None, False)
    assert isinstance(right, Vector)
    first = _scalar(left)
    return Vector(right.table, tuple((row, join(first, b)) for row, b in right.items), None, False)


class _Binder:
    """``depth``: the levels of nesting at which the expression stands in those that led to it; ``height``: those that it adds."""

    def __init__(self, text: str, plan: Plan, table: str | None, within: tuple[str, ...] = (), depth: int = 0) -> None:
        self.text, self.plan, self.within = text.strip(), plan, within
        self.local = plan.tables.get(table) if table else None
        self.desk = desk(plan)
        self.tables: dict[int, Table] = {}
        self.depth, self.start, self.height = depth, depth, 0

    def spread(self, left: Operand, right: Operand) -> None:
        """Both are joined, row by row where one is a column: a single value is then taken in once for each row."""
        rows = max(len(side.items) if isinstance(side, Vector) else 1 for side in (left, right))
        for side in (left, right):
            self.desk.spend(rows * (self.desk.sizes.size(side) if isinstance(side, Expression) else 1))

    def operand(self, node: ast.expr) -> Operand:
        self.depth += 1
        self._reach(self.depth)
        self.desk.spend(1)
        found = self._operand(node)
        self.depth -= 1
        return found

    def _reach(self, depth: int) -> None:
        if depth > DEEPEST:
            raise CheckError("long")
        self.height = max(self.height, depth - self.start)

    def _operand(self, node: ast.expr) -> Operand:
        if isinstance(node, ast.Constant):
            return self._constant(node)
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Subscript):
            return self._subscript(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return self._each(self.operand(node.operand), lambda x: Sum(((-1, x),)), linear=True)
        if isinstance(node, ast.BinOp):
            return self._binary(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        raise CheckError("syntax", type(node).__name__)

    def _constant(self, node: ast.Constant) -> Operand:
        if isinstance(node.value, str):
            try:
                return Figure(read_figure(node.value))
            except FigureError:
                raise CheckError("figure", node.value[:40]) from None
        # The number is read from the text: Python has already made a float of 0.1.
        segment = (ast.get_source_segment(self.text, node) or "").replace("_", "")
        if isinstance(node.value, bool) or not _NUMBER.fullmatch(segment):
            raise CheckError("syntax", segment[:40] or str(type(node.value).__name__))
        return Number(canonical(Fraction(segment)))

    def _name(self, name: str) -> Operand:
        if self.local is not None and (name in self.local.columns or name in self.local.groups):
            return self._member(self.local, name)
        found = self._named(name)
        if found is None:  # Python normalizes the names it parses
            found = self._named(self.desk.spellings.get(name, name))
        if found is None:
            raise CheckError("unknown", name, nearest(name, self._known()))
        return found

    def _named(self, name: str) -> Operand | None:
        plan = self.plan
        if name in plan.facts:
            return self.fact(plan.facts[name])
        return plan.indicators.get(name) or plan.tables.get(name) or plan.lists.get(name)

    def _known(self) -> Iterator[str]:
        plan = self.plan
        local = chain(self.local.columns, self.local.groups) if self.local else ()
        return chain(local, plan.facts, plan.indicators, plan.tables, plan.lists)

    def fact(self, fact: Fact) -> Expression:
        """Bound once for all who name it, though its figures count wherever it stands."""
        if fact.name not in self.desk.facts:
            self.desk.facts[fact.name] = self._stated(fact)
        found, height = self.desk.facts[fact.name]
        self._reach(self.depth + height)
        self.desk.spend(self.desk.sizes.size(found))
        return found

    def _stated(self, fact: Fact) -> tuple[Expression, int]:
        """What a fact is, and the levels of nesting in that."""
        cells = tuple(Ref(statement.cell) for statement in fact.statements if statement.cell is not None)
        if cells:
            self.desk.spend(len(cells))
            return (cells[0] if len(cells) == 1 else together(cells)), 0
        source = next((s.expression for s in fact.statements if s.expression), None)
        if source is None:
            raise CheckError("not_a_figure", fact.name)
        if fact.name in self.within:
            raise CheckError("circle", fact.name)
        below = _Binder(source, self.plan, None, (*self.within, fact.name), self.depth)
        return _scalar(below.operand(_tree(source, self.plan.limits.max_check))), below.height

    def _attribute(self, node: ast.Attribute) -> Operand:
        owner = self.operand(node.value)
        if isinstance(owner, Table):
            return self._member(owner, node.attr)
        if isinstance(owner, Row):
            return self._of_row(owner, node.attr)
        if isinstance(owner, Listing) and node.attr == "count" and owner.count is not None:
            return Ref(owner.count)
        raise CheckError("unknown", node.attr)

    def _member(self, table: Table, name: str) -> Operand:
        if name in table.groups:
            return Columns(tuple(self._column(table, member) for member in table.groups[name]))
        if name not in table.columns:
            raise CheckError("unknown", f"{table.name}.{name}", nearest(name, chain(table.columns, table.groups)))
        return self._column(table, name)

    def _column(self, table: Table, name: str) -> Vector:
        if table.columns[name].role != "figure":
            raise CheckError("not_a_figure", f"{table.name}.{name}")
        if (table.name, name) not in self.desk.columns:
            items = tuple((row, Ref(row.cells[name])) for row in table.plain_rows() if name in row.cells)
            total = Ref(table.total.cells[name]) if table.total and name in table.total.cells else None
            self.desk.columns[table.name, name] = Vector(table.name, items, total)
        return self.desk.columns[table.name, name]

    def _of_row(self, row: Row, name: str) -> Operand:
        if name in row.cells:
            return Ref(row.cells[name])
        members = self.tables[id(row)].groups.get(name)
        if members is None:
            raise CheckError("unknown", name, nearest(name, row.cells))
        return Columns(tuple(Ref(row.cells[m]) for m in members if m in row.cells))

    def _subscript(self, node: ast.Subscript) -> Operand:
        owner = self.operand(node.value)
        if isinstance(owner, Vector):
            return self._of_vector(owner, node.slice)
        if isinstance(owner, Table):
            return self._of_table(owner, node.slice)
        key = self._key(node.slice)
        if isinstance(owner, Indicator):
            cell = owner.baseline if key == "baseline" else owner.targets.get(int(key)) if key.isdecimal() and len(key) < 5 else None
            if cell is None:
                raise CheckError("unknown", f"{owner.name}[{key}]", nearest(key, map(str, owner.targets)))
            return Ref(cell)
        single = isinstance(owner, Expression)
        raise CheckError("single" if single else "not_a_figure", (ast.get_source_segment(self.text, node.value) or "") if single else key)

    def _of_table(self, owner: Table, node: ast.expr) -> Row:
        """``t["甲"]``, of all rows; ``t["小计", 2]``, the second of that name."""
        which = 0
        if isinstance(node, ast.Tuple) and len(node.elts) == 2 and (number := self._key(node.elts[1])).isdecimal():
            which, node = int(number), node.elts[0]
        key = self._key(node)
        self.desk.spend(len(owner.rows) // LOOKED_THROUGH)
        rows = [row for row in owner.rows if row.key == key] or [row for row in owner.rows if row.key.removesuffix("年") == key]
        if (which == 0 and len(rows) == 1) or 0 < which <= len(rows):
            row = rows[which - 1]
            self.tables[id(row)] = owner
            return row
        raise CheckError("unknown" if which or not rows else "ambiguous", f'{owner.name}["{key}"]', nearest(key, (row.key for row in owner.rows)))

    def _of_vector(self, owner: Vector, node: ast.expr) -> Operand:
        """``n["甲"]``; ``n["小计", 2]``, the second row of that name; ``n["甲":"丙"]``, the rows from one to the other."""
        if not isinstance(node, ast.Slice):
            return owner.items[self._position(owner, node)][1]
        first = 0 if node.lower is None else self._position(owner, node.lower)
        last = len(owner.items) - 1 if node.upper is None else self._position(owner, node.upper)
        if node.step is not None:
            raise CheckError("syntax", "[::…]")
        if first > last:
            raise CheckError("empty", owner.table)
        self.desk.spend(last - first)
        return Vector(owner.table, owner.items[first : last + 1], None, owner.linear)

    def _position(self, owner: Vector, node: ast.expr) -> int:
        number = ""
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            number = self._key(node.elts[1])
            node = node.elts[0]
        key = self._key(node)
        self.desk.spend(len(owner.items) // LOOKED_THROUGH)
        found = [index for index, (row, _) in enumerate(owner.items) if row.key in (key, f"{key}年")]
        if len(found) > 1 and not number:
            raise CheckError("ambiguous", f'["{key}"]')
        which = int(number or 1) if (number or "1").isdecimal() else 0
        if 0 < which <= len(found):
            return found[which - 1]
        raise CheckError("unknown", key, nearest(key, (row.key for row, _ in owner.items)))

    def _key(self, node: ast.expr) -> str:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return str(node.value)[:40] if node.value.bit_length() < 1000 else "…"
        if isinstance(node, ast.Name):
            return node.id
        raise CheckError("syntax", "[…]")

    def _each(self, value: Operand, make: Callable[[Expression], Expression], linear: bool) -> Operand:
        if isinstance(value, Vector):
            self.desk.spend(len(value.items))
            on_total = make(value.on_total) if value.on_total is not None and linear else None
            return Vector(value.table, tuple((row, make(x)) for row, x in value.items), on_total, value.linear and linear)
        return make(_scalar(value))

    def _binary(self, node: ast.BinOp) -> Operand:
        left, right = self.operand(node.left), self.operand(node.right)
        makers: dict[type, Callable[[Expression, Expression], Expression]] = {
            ast.Add: add,
            ast.Sub: lambda a, b: Sum(((1, a), (-1, b))),
            ast.Mult: Product,
            ast.Div: Quotient,
        }
        make = makers.get(type(node.op))
        if make is None:
            raise CheckError("syntax", type(node.op).__name__)
        self.spread(left, right)
        if isinstance(left, Vector) or isinstance(right, Vector):
            linear = isinstance(node.op, (ast.Add, ast.Sub))
            constant = isinstance(right, Number) if isinstance(left, Vector) else isinstance(left, Number)
            if not linear and constant and (isinstance(left, Vector) or isinstance(node.op, ast.Mult)):
                number = _scalar(right if isinstance(left, Vector) else left)
                vector = left if isinstance(left, Vector) else right
                return self._each(vector, lambda x: make(x, number), linear=True)
            return _broadcast(left, right, make, linear)
        return make(_scalar(left), _scalar(right))

    def _call(self, node: ast.Call) -> Operand:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        functions = ("sum", "across", "total", "count", "min", "max", "round", "ceil", "floor")
        if name not in functions:
            raise CheckError("unknown", f"{name or '…'}()", nearest(name, list(functions)))
        if node.keywords or not node.args:
            raise CheckError("arguments" if node.keywords else "no_arguments", name)
        values = [self.operand(argument) for argument in node.args]
        if name == "across":
            return self._across(values)
        if name == "total":
            return self._total(values)
        if name == "count":
            return self._count(values)
        if name in ("round", "ceil", "floor"):
            if len(values) != 1:
                raise CheckError("arguments", name)
            return self._each(values[0], lambda x: Step(name, x), linear=False)
        flat = [item for value in values for item in self._flat(value)]
        if not flat:
            raise CheckError("empty", name)
        return add(*flat) if name == "sum" else Extreme(name, tuple(flat))

    def _flat(self, value: Operand) -> list[Expression]:
        if isinstance(value, Vector):
            self.desk.spend(len(value.items))
            return [item for _, item in value.items]
        if isinstance(value, Columns):
            return [item for member in value.members for item in self._flat(member)]
        return [_scalar(value)]

    def _across(self, values: list[Operand]) -> Operand:
        members: list[Operand] = []
        for value in values:
            members.extend(value.members if isinstance(value, Columns) else [value])
        columns = [member for member in members if isinstance(member, Vector)]
        self.desk.spend(sum(len(column.items) for column in columns))
        return _side_by_side(columns) if len(columns) == len(members) else add(*(_scalar(member) for member in members))

    def _total(self, values: list[Operand]) -> Operand:
        if len(values) == 1 and isinstance(values[0], Vector):
            if values[0].on_total is None:
                raise CheckError("no_total", values[0].table)
            return values[0].on_total
        if len(values) == 1 and isinstance(values[0], Columns):
            return add(*(_scalar(self._total([member])) for member in values[0].members))
        raise CheckError("arguments", "total")

    def _count(self, values: list[Operand]) -> Operand:
        value = values[0]
        if len(values) == 1 and isinstance(value, Vector):
            self.desk.spend(len(value.items))
            return Number(sum(1 for _, item in value.items if item.evaluate().interval is not None))
        if len(values) == 1 and isinstance(value, Table):
            return Number(len(value.plain_rows()))
        if len(values) == 1 and isinstance(value, Listing):
            return Number(len(value.items))
        raise CheckError("arguments", "count")


def _side_by_side(columns: list[Vector]) -> Vector:
    """The sums of columns of one table, row by row."""
    first, *others = columns
    for other in others:
        if other.table != first.table or len(other.items) != len(first.items):
            raise CheckError("two_tables", f"{first.table}, {other.table}")
    if not others:
        return first
    items = tuple((cells[0][0], _added([cell for _, cell in cells])) for cells in zip(*(column.items for column in columns), strict=True))
    totals = [column.on_total for column in columns if column.on_total is not None]
    return Vector(first.table, items, _added(totals) if len(totals) == len(columns) else None, all(column.linear for column in columns))


def _added(terms: list[Expression]) -> Expression:
    first, *others = terms
    return Sum((*(first.terms if isinstance(first, Sum) else ((1, first),)), *((1, other) for other in others)))
