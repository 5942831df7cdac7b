"""How well documents are read: the drafts of the two documents in ../shared/seeds against the plans made of them by hand.

Run from the project root: ``python -m bench.reading``. Prints nothing but a word where the documents are absent.
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path

from fireaudit.documents import drafted
from fireaudit.plan.build import build
from fireaudit.plan.model import Plan, Row, Table
from fireaudit.plan.source import decode, parse

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
PLANS = {"连州": "lianzhou", "东莞": "dongguan"}


def say(*parts: object, end: str = "\n", sep: str = " ") -> None:
    sys.stdout.write(sep.join(map(str, parts)) + end)


def plain(text: str) -> str:
    """A cell without white space and without the measure word that its column names."""
    return re.sub(r"(?<=[0-9])[个座支人辆]$", "", re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))


def cells(table: Table, row: Row) -> list[str]:
    return [plain(row.cells[c].text if c in row.cells else row.texts.get(c, ("", None))[0]) for c in table.columns]


def rows(table: Table) -> list[list[str]]:
    return [cells(table, row) for row in table.rows]


def twin(table: Table, plan: Plan) -> Table | None:
    """The drafted table with the same title, else the one that shares most cells."""
    wanted = Counter(text for row in rows(table) for text in row if text)
    scored = [(sum((wanted & Counter(text for row in rows(other) for text in row if text)).values()), other) for other in plan.tables.values()]
    best = max(scored, key=lambda pair: (pair[1].title == table.title, pair[0]), default=(0, None))
    return best[1]


def compared(table: Table, other: Table) -> tuple[int, int, int]:
    """Cells right, cells wanted, cells found: columns are paired by their cells, rows by their order. A table that was made
    of another shape by hand is compared by its texts."""
    wanted, found = rows(table), rows(other)
    if len(wanted) != len(found):
        a, b = (Counter(text for row in side for text in row if text) for side in (wanted, found))
        return sum((a & b).values()), sum(a.values()), sum((a & b).values())
    total = table.total is not None
    if table.total is not None:
        wanted.append(cells(table, table.total))
        found.append(cells(other, other.total) if other.total is not None else [""] * len(other.columns))
    right = asked = given = 0
    for c, column in enumerate(table.columns.values()):
        mine = [row[c] for row in wanted]
        pairs = [sum(a == row[d] for a, row in zip(mine, found, strict=True)) for d in range(len(other.columns))]
        if column.role == "text" and max(pairs) < len(mine) - total:
            continue  # abridged by hand, for a plan holds no sentences
        right, asked, given = right + max(pairs), asked + len(mine), given + len(found)
    return right, asked, given


def f1(right: int, asked: int, given: int) -> Fraction:
    return Fraction(2 * right, asked + given) if asked + given else Fraction(1)


def shown(value: Fraction) -> str:
    return f"{int(value * 10_000) / Fraction(10_000):.4f}" if sys.version_info >= (3, 12) else f"{int(value * 10_000) / 10_000:.4f}"


def near(a: str, b: str) -> bool:
    """Places that name one another: one goes on where the other stops."""
    return not a or not b or a.startswith(b) or b.startswith(a)


def matched(wanted: list[tuple[str, str]], found: list[tuple[str, str]]) -> tuple[int, list[tuple[str, str]], list[tuple[str, str]]]:
    """How many statements have a partner with the same text at the same place; those that have none, on either side."""
    left, missing = list(found), []
    for text, at in wanted:
        partner = next((one for one in left if plain(one[0]) == plain(text) and near(at, one[1])), None)
        if partner is None:
            missing.append((text, at))
        else:
            left.remove(partner)
    return len(wanted) - len(missing), missing, left


def statements(plan: Plan) -> list[tuple[str, str]]:
    return [(s.cell.text, s.at) for fact in plan.facts.values() for s in fact.statements if s.cell is not None]


def report(name: str, path: Path, verbose: bool) -> None:
    data = path.read_bytes()
    start = time.perf_counter()
    made = drafted(path.name, data)
    seconds = time.perf_counter() - start
    plan, faults = build(parse("draft.yaml", made.draft.text))
    hand, _ = build(parse("hand.yaml", decode((ROOT / "plans" / f"{name}.yaml").read_bytes())))
    say(f"== {name}: {made.draft.figures} figures, {len(made.draft.unplaced)} unplaced, {len(faults)} unreadable, {seconds:.2f} s")
    sums = [0, 0, 0]
    for table in hand.tables.values():
        other = twin(table, plan)
        score = compared(table, other) if other is not None else (0, sum(map(len, rows(table))), 0)
        sums = [a + b for a, b in zip(sums, score, strict=True)]
        totals = (
            "-" if table.total is None else "right" if other and other.total and cells(table, table.total)[2:] == cells(other, other.total)[2:] else "WRONG"
        )
        labels = sum(any(plain(c.label) == plain(d.label) for d in other.columns.values()) for c in table.columns.values()) if other else 0
        say(f"  table {table.title}: F1 {shown(f1(*score))}, total row {totals}, headings {labels}/{len(table.columns)}")
    say(f"  table cells F1 {shown(f1(sums[0], sums[1], sums[2]))}")
    wanted_indicators = [(i.label, str(y), c.text) for i in hand.indicators.values() for y, c in [("b", i.baseline), *i.targets.items()] if c is not None]
    found_indicators = {(plain(i.label), str(y), plain(c.text)) for i in plan.indicators.values() for y, c in [("b", i.baseline), *i.targets.items()] if c}
    say(f"  indicator cells {sum((plain(a), y, plain(t)) in found_indicators for a, y, t in wanted_indicators)}/{len(wanted_indicators)}")
    headings = [h.text for h in hand.outline]
    say(f"  headings {sum(a == b for a, b in zip(headings, [h.text for h in plan.outline], strict=False))}/{len(headings)} of {len(plan.outline)},", end=" ")
    say(f"contents {[(t.text, p) for t, p in hand.contents] == [(t.text, p) for t, p in plan.contents]},", end=" ")
    say(f"annexes and boxes {[t.text for t in (*hand.annexes, *hand.boxes)] == [t.text for t in (*plan.annexes, *plan.boxes)]}")
    wanted, found = statements(hand), statements(plan)
    counted = [(one.count.text, one.at) for one in hand.lists.values() if one.count]
    listed = [(one.count.text, one.at) for one in plan.lists.values() if one.count]
    right, missing, extra = matched(wanted, found + listed)
    say(f"  prose recall {right}/{len(wanted)} = {shown(Fraction(right, max(len(wanted), 1)))},", end=" ")
    beyond = matched([one for one in found if one in extra], counted)[0]
    say(f"precision {right + beyond}/{len(found)} = {shown(Fraction(right + beyond, max(len(found), 1)))}")
    got, lost, _ = matched(counted, listed)
    same = sum(
        any(set(map(plain, (t for t, _ in a.items))) == set(map(plain, (t for t, _ in b.items))) for b in plan.lists.values()) for a in hand.lists.values()
    )
    say(f"  stated counts with lists {got}/{len(counted)}, item for item {same}/{len(hand.lists)}")
    if verbose:
        say("  missing:", *missing, "\n  extra:", *[one for one in extra if one in found], "\n  lists missing:", *lost, sep="\n    ")


def main() -> None:
    paths = sorted(SEEDS.glob("*.txt"))
    if not paths:
        say("no documents in ../shared/seeds: nothing to measure")
    for path in paths:
        name = next((plan for mark, plan in PLANS.items() if mark in path.read_text(encoding="utf-8")[:60_000]), None)
        if name is not None:
            report(name, path, "-v" in sys.argv)


if __name__ == "__main__":
    main()
