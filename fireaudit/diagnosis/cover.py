"""Which candidates together settle every violated relation with the fewest changed figures, and what belongs together.

Two violated relations share a cause where a cheapest explanation settles both by one candidate. Relations that no
candidate settles stand alone, unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from fireaudit.diagnosis.search import Candidate, Search

LARGEST = 3
"""Figures changed by one candidate at most."""

MOST_COVERS = 3000
MOST_REPAIRS = 2000

Group = frozenset[int]


@dataclass(frozen=True, slots=True)
class Explained:
    """Violated relations with one cause, and the cheapest repairs: each a tuple of candidates that touch apart.

    ``complete``: every repair of that size was looked for.
    """

    relations: tuple[int, ...]
    repairs: tuple[tuple[Candidate, ...], ...]
    complete: bool = True


def explain(search: Search, violated: Iterable[int]) -> list[Explained]:
    """Partition violated relations into cases, in order of their first relation."""
    relations = list(violated)
    pool: dict[tuple[str, ...], Candidate] = {}
    for part in _sharing(search, relations):
        pool.update((candidate.cells, candidate) for candidate in _pool(search, part))
    return sorted(_cases(relations, list(pool.values()), not search.exhausted), key=lambda case: case.relations)


def _sharing(search: Search, violated: list[int]) -> list[list[int]]:
    """Violated relations connected by cells in common."""
    links: dict[str, list[int]] = {}
    for index in violated:
        for name in search.state.network.outcomes[index].relation.cells():
            links.setdefault(name, []).append(index)
    return _connected(violated, links.values())


def _connected(items: list[int], links: Iterable[Iterable[int]]) -> list[list[int]]:
    parent = {item: item for item in items}

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for link in links:
        first, *rest = (root(item) for item in link)
        for other in rest:
            parent[root(other)] = root(first)
    parts: dict[int, list[int]] = {}
    for item in items:
        parts.setdefault(root(item), []).append(item)
    return list(parts.values())


def _pool(search: Search, part: list[int]) -> list[Candidate]:
    """Single cells first; sets of more only where singles leave a relation open, or cost as much as a set could."""
    pool = search.singles(part)
    for size in range(2, LARGEST + 1):
        open_, cost = _cost(part, pool)
        if not open_ and cost <= size:
            break
        seeds = open_ if open_ and size > 2 else part
        pool += [found for seed in seeds for found in search.sets(seed, size)]
        pool = list({candidate.cells: candidate for candidate in pool}.values())
    return pool


def _by_group(pool: Iterable[Candidate]) -> dict[Group, list[Candidate]]:
    """The cheapest candidates for each set of relations they settle."""
    groups: dict[Group, list[Candidate]] = {}
    for candidate in pool:
        held = groups.setdefault(candidate.settles, [])
        if not held or len(candidate.cells) == len(held[0].cells):
            held.append(candidate)
        elif len(candidate.cells) < len(held[0].cells):
            groups[candidate.settles] = [candidate]
    return groups


def _cost(part: list[int], pool: list[Candidate]) -> tuple[list[int], int]:
    """Relations that nothing settles, and the changes that the cheapest cover of the others takes."""
    groups = _by_group(pool)
    open_ = [index for index in part if not any(index in group for group in groups)]
    covers = _covers(frozenset(part) - set(open_), groups)
    return open_, sum(len(groups[group][0].cells) for group in covers[0]) if covers else 0


def _covers(relations: frozenset[int], groups: dict[Group, list[Candidate]]) -> list[tuple[Group, ...]]:
    """All cheapest partitions of ``relations`` into groups; where they are too many to try, one that was found."""
    best: list[tuple[Group, ...]] = []
    least = _greedy_cost(relations, groups) or (len(relations) * LARGEST + 1)
    tries = MOST_COVERS
    costs = {group: len(found[0].cells) for group, found in groups.items() if group <= relations}
    stack: list[tuple[frozenset[int], tuple[Group, ...], int]] = [(relations, (), 0)]
    while stack and tries:
        tries -= 1
        left, chosen, cost = stack.pop()
        if not left:
            if cost < least:
                best, least = [], cost
            if cost == least:
                best.append(chosen)
            continue
        first = min(left)
        usable = sorted((g for g in costs if first in g and g <= left), key=lambda g: (len(g) / costs[g], sorted(g)))
        for group in usable:
            if cost + costs[group] + (1 if left - group else 0) <= least:
                stack.append((left - group, (*chosen, group), cost + costs[group]))
    return [tuple(sorted(cover, key=sorted)) for cover in best]


def _greedy_cost(relations: frozenset[int], groups: dict[Group, list[Candidate]]) -> int:
    """What a cover costs that always takes the group that settles most a change; 0 where none is found so."""
    left, cost = set(relations), 0
    for group in sorted(groups, key=lambda g: (-len(g) / len(groups[g][0].cells), sorted(g))):
        if group <= left:
            left -= group
            cost += len(groups[group][0].cells)
    return 0 if left else cost


def _cases(relations: list[int], pool: list[Candidate], complete: bool) -> list[Explained]:
    groups = _by_group(pool)
    open_ = [index for index in relations if not any(index in group for group in groups)]
    cases = [Explained((index,), (), complete) for index in open_]
    for piece in _connected([index for index in relations if index not in set(open_)], groups):
        whole = frozenset(piece)
        inside = {group: found for group, found in groups.items() if group <= whole}
        covers = _covers(whole, inside)
        if not covers:
            cases += [Explained((index,), tuple((c,) for c in inside.get(frozenset({index}), ())), complete) for index in piece]
            continue
        # What every cheapest cover settles as one group is a case of its own; the rest hangs together.
        always = set(covers[0]).intersection(*covers[1:])
        rest = whole.difference(*always)
        cases += [Explained(tuple(sorted(group)), tuple((c,) for c in inside[group]), complete) for group in always]
        if rest:
            repairs = [choice for cover in covers for choice in product(*(inside[g] for g in cover if g not in always))]
            cases.append(Explained(tuple(sorted(rest)), tuple(repairs[:MOST_REPAIRS]), complete and len(repairs) <= MOST_REPAIRS))
    return cases
