"""The plan as rules see it: frozen values, every figure a cell with a name, a reading and a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from fireaudit.limits import USUAL, Limits
from fireaudit.plan.dates import Moment
from fireaudit.plan.source import Span
from fireaudit.quantity import Quantity, Unit


class Cell(NamedTuple):
    """A printed figure. ``name`` is unique in the plan and, where it can be, an expression of the check language."""

    name: str
    quantity: Quantity
    span: Span
    label: str = ""
    at: str = ""

    @property
    def text(self) -> str:
        return self.quantity.text


@dataclass(frozen=True, slots=True)
class Reading:
    """How whoever stated a relation wants a failure weighed: its severity, and the reading that would save it."""

    severity: str | None = None
    because: str | None = None


class Statement(NamedTuple):
    """One statement of a fact: a cell, or an expression for what another part of the document says."""

    span: Span
    cell: Cell | None = None
    expression: str | None = None
    at: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the plan says, however often it says it."""

    name: str
    label: str
    span: Span
    statements: tuple[Statement, ...]
    links: dict[str, tuple[tuple[str, Span], ...]] = field(default_factory=dict)
    better: str | None = None
    share: bool = False
    reading: Reading = Reading()
    when: tuple[int, int] | None = None
    moment: bool = False
    """It is so at the end of ``when``, not throughout."""
    target: bool = False
    """It is to be so by the year given, and not so yet."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A line of the table of main indicators: where it stands, and what it is to be by which year."""

    name: str
    label: str
    span: Span
    baseline: Cell | None
    targets: dict[int, Cell]
    sources: dict[str, tuple[str, Span]]
    better: str | None
    share: bool
    at: str
    reading: Reading = Reading()

    def cells(self) -> list[Cell]:
        return [*([self.baseline] if self.baseline else []), *self.targets.values()]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table; ``index`` is its place in a row."""

    name: str
    label: str
    index: int
    role: str
    unit: Unit
    span: Span
    names: bool = False
    adds_up_to: str | None = None
    share_of: str | None = None
    share: bool = False
    sums: bool = True
    reading: Reading = Reading()


@dataclass(frozen=True, slots=True)
class Row:
    """``cells`` and ``texts`` by column name; ``kind`` is plain, of_which, subtotal, apart or total."""

    key: str
    kind: str
    span: Span
    cells: dict[str, Cell]
    texts: dict[str, tuple[str, Span]]
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table. ``total`` is its 合计 row, ``during`` the years it covers."""

    name: str
    title: str
    at: str
    span: Span
    columns: dict[str, Column]
    groups: dict[str, tuple[str, ...]]
    rows: tuple[Row, ...]
    total: Row | None
    during: tuple[int, int] | None
    checks: tuple[Check, ...]
    complete: bool
    legend: tuple[tuple[str, str, Span], ...] | None

    def plain_rows(self) -> list[Row]:
        return [row for row in self.rows if row.kind == "plain"]


@dataclass(frozen=True, slots=True)
class Listing:
    """Things listed one by one, and how many the document says there are."""

    name: str
    label: str
    span: Span
    count: Cell | None
    items: tuple[tuple[str, Span], ...]
    open: bool
    at: str
    names: bool
    same_as: tuple[str, Span] | None
    reading: Reading = Reading()


@dataclass(frozen=True, slots=True)
class Dated:
    """A stated date of a milestone."""

    text: str
    moment: Moment
    span: Span
    at: str
    scope: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A task and its dates."""

    name: str
    label: str
    span: Span
    stated: tuple[Dated, ...]
    after: tuple[str, Span] | None
    reading: Reading = Reading()


@dataclass(frozen=True, slots=True)
class Check:
    """A relation that the plan states itself, in the check language; ``table``: among the columns of one. ``proposed``: the
    support of a relation that nobody stated but the figures suggest. ``states``: what the document says of the figures, by a word
    that the messages of FA203 go by; empty for the expression itself."""

    text: str
    span: Span
    reading: Reading = Reading()
    table: str | None = None
    proposed: str = ""
    states: str = ""


class Heading(NamedTuple):
    """A printed heading: its number as printed, its title, how deep it stands, and the index of its parent."""

    text: str
    span: Span
    depth: int
    parent: int


class Text(NamedTuple):
    """A printed name or title, or a reference, with its place."""

    text: str
    span: Span
    at: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One plan. Two are never the same one, so that what is derived from a plan can be kept by it."""

    path: str
    title: str
    span: Span
    code: str
    period: tuple[int, int] | None
    extra_names: tuple[str, ...]
    facts: dict[str, Fact]
    indicators: dict[str, Indicator]
    tables: dict[str, Table]
    lists: dict[str, Listing]
    milestones: dict[str, Milestone]
    names: tuple[Text, ...]
    outline: tuple[Heading, ...]
    contents: tuple[tuple[Text, str], ...]
    annexes: tuple[Text, ...]
    boxes: tuple[Text, ...]
    references: tuple[Text, ...]
    places: tuple[Text, ...]
    checks: tuple[Check, ...]
    cells: dict[str, Cell]
    has: frozenset[str]
    official: tuple[str, ...] | None
    left_out: tuple[Text, ...] = ()
    unconfirmed: bool = False
    """It was drafted from a document and nobody has compared it with that yet."""
    limits: Limits = USUAL
