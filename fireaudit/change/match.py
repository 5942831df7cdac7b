"""Which figure of the new plan is which of the old one, whatever was renamed, moved or put in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fireaudit.change.align import align, pair
from fireaudit.plan.model import Cell, Fact, Plan, Row, Table


class Pair(NamedTuple):
    """The two versions of a figure; ``None`` where it was not there yet, or is no more."""

    old: Cell | None
    new: Cell | None


@dataclass(frozen=True, slots=True)
class Rename:
    """A quantity, table, column or row under a new name, with as many figures."""

    old: str
    new: str
    figures: int


@dataclass(frozen=True, slots=True)
class Matched:
    """The figures in pairs, what was renamed, and what old cells and their rows are called now."""

    pairs: tuple[Pair, ...]
    renamed: tuple[Rename, ...]
    names: Mapping[str, str]
    rows: Mapping[str, tuple[str, str]]


class _Part(NamedTuple):
    """Figures that stay together: a statement, the targets of an indicator, a row. ``key`` tells it from its like."""

    key: tuple[str, str]
    name: str
    content: Mapping[str, str]
    cells: Mapping[str, Cell]
    row: str = ""


@dataclass(frozen=True, slots=True)
class _Owner:
    """What bears a name in the plan; ``label`` and the labels of ``columns`` are empty where none is printed."""

    kind: str
    name: str
    label: str
    parts: tuple[_Part, ...]
    columns: Mapping[str, str] = field(default_factory=dict)

    def figures(self) -> int:
        return sum(len(part.cells) for part in self.parts)

    def texts(self) -> tuple[object, ...]:
        return self.kind, self.label, tuple((key, cell.text, cell.at) for part in self.parts for key, cell in part.cells.items())


def match(old: Plan, new: Plan) -> Matched:
    pairs: list[Pair] = []
    renamed: list[Rename] = []
    rows: dict[str, tuple[str, str]] = {}
    for before, after in _owners(list(_named(old)), list(_named(new))):
        if before is None or after is None:
            pairs += [Pair(cell, None) for part in (before.parts if before else ()) for cell in part.cells.values()]
            pairs += [Pair(None, cell) for part in (after.parts if after else ()) for cell in part.cells.values()]
            continue
        if before.name != after.name:
            renamed.append(Rename(before.name, after.name, after.figures()))
        columns = _columns(before.columns, after.columns)
        for name, now in columns.items():
            renamed.append(Rename(f"{before.name}.{name}", f"{after.name}.{now}", sum(now in part.cells for part in after.parts)))
        for was, now_ in _parts([_under(part, columns) for part in before.parts], after.parts, before.kind):
            pairs += _cells(was, now_)
            if was and now_ and was.key != now_.key and was.row:
                renamed.append(Rename(was.name, now_.name, len(now_.cells)))
            if was and now_ and was.row != now_.row:
                rows.update((cell.name, (was.row, now_.row)) for cell in was.cells.values())
    names = {a.name: b.name for a, b in pairs if a and b and a.name != b.name}
    return Matched(tuple(sorted(pairs, key=_place)), tuple(renamed), names, rows)


def _place(found: Pair) -> tuple[bool, object]:
    """In the order of the new file, what is no more last."""
    return found.new is None, (found.new or found.old).span  # type: ignore[union-attr]


def _named(plan: Plan) -> Iterator[_Owner]:
    for fact in plan.facts.values():
        yield _Owner("quantity", fact.name, _printed(fact.label, fact.name), tuple(_statements(fact)))
    for indicator in plan.indicators.values():
        cells = {cell.name.removeprefix(indicator.name): cell for cell in indicator.cells()}
        yield _Owner("indicator", indicator.name, _printed(indicator.label, indicator.name), (_whole(cells),))
    for table in plan.tables.values():
        columns = {column.name: _printed(column.label, column.name) for column in table.columns.values()}
        yield _Owner("table", table.name, _printed(table.title, table.name), tuple(_rows(table)), columns)
    for listing in plan.lists.values():
        counted = {"count": listing.count} if listing.count else {}
        yield _Owner("list", listing.name, _printed(listing.label, listing.name), (_whole(counted),))


def _printed(label: str, name: str) -> str:
    """The label, unless the name stands in for it."""
    return "" if label == name else label


def _whole(cells: Mapping[str, Cell]) -> _Part:
    return _Part(("", ""), "", {key: cell.text for key, cell in cells.items()}, cells)


def _statements(fact: Fact) -> Iterator[_Part]:
    for statement in fact.statements:
        if statement.cell is not None:
            content = {"text": statement.cell.text, "scope": statement.scope}
            yield _Part(("", statement.at), statement.cell.name, content, {"": statement.cell})


def _rows(table: Table) -> Iterator[_Part]:
    """A row is known by what is printed in its first column of names, and where that does not tell rows apart by what else it says."""
    column = next((c.name for role in ("name", "year", "date", "text") for c in table.columns.values() if c.role == role), None)
    running = column is not None and table.columns[column].role == "text" and all(row.key.isdigit() for row in table.rows)
    keyed = None if running else column
    for row in (*table.rows, *([table.total] if table.total else [])):
        key = row.texts[keyed][0] if keyed in row.texts and row is not table.total else ""
        yield _Part((row.kind, key), f'{table.name}["{row.key}"]', _content(row, keyed), row.cells, row.key)


def _content(row: Row, keyed: str | None) -> dict[str, str]:
    said = {name: text for name, (text, _) in row.texts.items() if name != keyed}
    return said | {name: cell.text for name, cell in row.cells.items()}


def _owners(old: Sequence[_Owner], new: Sequence[_Owner]) -> list[tuple[_Owner | None, _Owner | None]]:
    """By name; then by all they say, if that is anything; then by a label that no other bears."""
    by_name = pair(old, new, [lambda owner: (owner.kind, owner.name)])
    gone, come = [a for a, b in by_name if a and not b], [b for a, b in by_name if b and not a]
    labels = [Counter((owner.kind, owner.label) for owner in owners) for owners in (gone, come)]

    def by_texts(owner: _Owner) -> object:
        return owner.texts() if owner.figures() else id(owner)

    def by_label(owner: _Owner) -> object:
        mark = (owner.kind, owner.label)
        return mark if owner.label and all(count[mark] == 1 for count in labels) else id(owner)

    return [found for found in by_name if all(found)] + pair(gone, come, [by_texts, by_label])


def _columns(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Columns under a new name: those whose label only one that went and one that came bear."""
    gone, come = ({name: label for name, label in a.items() if label and name not in b} for a, b in ((old, new), (new, old)))
    counts = [Counter(labels.values()) for labels in (gone, come)]
    now = {label: name for name, label in come.items()}
    return {name: now[label] for name, label in gone.items() if all(count[label] == 1 for count in counts)}


def _under(part: _Part, columns: Mapping[str, str]) -> _Part:
    """The part with its columns called as they are now."""
    if not columns:
        return part
    content, cells = ({columns.get(name, name): value for name, value in was.items()} for was in (part.content, part.cells))
    return part._replace(content=content, cells=cells)  # type: ignore[arg-type]


def _parts(old: Sequence[_Part], new: Sequence[_Part], kind: str) -> list[tuple[_Part | None, _Part | None]]:
    """By key, in order where several share one; then those that say the same under another key."""
    found: list[tuple[_Part | None, _Part | None]] = []
    groups: dict[tuple[str, str], tuple[list[_Part], list[_Part]]] = {}
    for side, parts in enumerate((old, new)):
        for part in parts:
            groups.setdefault(part.key, ([], []))[side].append(part)
    for before, after in groups.values():
        fields = list(dict.fromkeys(name for part in (*before, *after) for name in part.content))
        found += [(before[i], after[j]) for i, j in align(_contents(before, fields), _contents(after, fields))]
    taken = {id(part) for both in found for part in both}
    gone, come = ([part for part in parts if id(part) not in taken] for parts in (old, new))
    if kind == "quantity" and len(gone) == len(come) == 1:
        return [*found, (gone[0], come[0])]  # the one other statement of a fact is that statement, changed and moved
    return found + pair(gone, come, [lambda part: (part.key[0], tuple(sorted(part.content.items())))])


def _contents(parts: Iterable[_Part], fields: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(part.content.get(name, "") for name in fields) for part in parts]


def _cells(old: _Part | None, new: _Part | None) -> Iterator[Pair]:
    before, after = old.cells if old else {}, new.cells if new else {}
    for key in dict.fromkeys((*before, *after)):
        yield Pair(before.get(key), after.get(key))
