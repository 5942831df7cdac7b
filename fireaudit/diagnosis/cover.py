"""Which candidates together settle every violated relation with the fewest changed figures, and what belongs together.

Two violated relations share a cause where a cheapest explanation settles both by one candidate. Relations that no
candidate settles stand alone, unexplained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from fireaudit.diagnosis.search import Candidate, Search

LARGEST = 3
"""Figures changed by one candidate at most."""

MOST_COVERS = 3000
AT_ONCE = 16
"""Relations of a group that are gone through as fast as one constraint."""

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
    cases = _cases(search, relations, list(pool.values()))
    # What nothing settles is told together where it shares figures: nobody knows yet how many causes there are.
    unexplained = [index for case in cases if not case.repairs for index in case.relations]
    together = [Explained(tuple(part), (), not search.exhausted) for part in _sharing(search, unexplained)]
    return sorted([case for case in cases if case.repairs] + together, key=lambda case: case.relations)


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
    """Single cells first; sets of more only where singles leave relations open, or settle them one by one.

    No cell settles more of the relations than it touches. A group that settles so many a changed figure cannot be
    bettered, so only the relations outside such groups are tried with larger sets.
    """
    pool = search.singles(part)
    touched = Counter(name for index in part for name in search.state.network.outcomes[index].relation.cells())
    most = max(touched.values())
    for size in range(2, LARGEST + 1):
        groups = _by_group(pool)
        cover = _best(search, frozenset(part).intersection(frozenset().union(*groups)), groups)
        settled = {index for group in cover for index in group}
        efficient = {index for group in cover if len(group) >= most * len(groups[group][0].cells) for index in group}
        cost = sum(len(groups[group][0].cells) for group in cover)
        seeds = [index for index in part if index not in efficient]
        if not seeds or (settled >= set(part) and cost <= size and len(part) <= most * cost):
            break
        if size > 2 and settled >= set(part):
            break
        pool += [found for seed in seeds for found in search.sets(seed, size)]
        pool = list({candidate.cells: candidate for candidate in pool}.values())
    return pool


def _best(search: Search, relations: frozenset[int], groups: dict[Group, list[Candidate]]) -> tuple[Group, ...]:
    """One cheapest cover, or as much of one as the most telling groups make up."""
    covers = _covers(search, relations, groups)
    return covers[0] if covers else _greedy(relations, groups)


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


def _covers(search: Search, relations: frozenset[int], groups: dict[Group, list[Candidate]]) -> list[tuple[Group, ...]]:
    """All cheapest partitions of ``relations`` into groups; where they are too many to try, one that was found."""
    costs = {group: len(found[0].cells) for group, found in groups.items() if group <= relations}
    greedy = _greedy(relations, groups)
    complete = frozenset().union(*greedy) == relations
    best: list[tuple[Group, ...]] = [greedy] if complete else []
    least = sum(costs[group] for group in greedy) if complete else len(relations) * LARGEST + 1
    tries = MOST_COVERS
    holding: dict[int, list[Group]] = {index: [] for index in relations}
    for group in sorted(costs, key=lambda g: (len(g) / costs[g], sorted(g))):
        for index in group:
            holding[index].append(group)
    # The relation that fewest groups settle is decided first; the last pushed, the most telling group, is tried first.
    order = sorted(relations, key=lambda index: (len(holding[index]), index))
    stack: list[tuple[frozenset[int], tuple[Group, ...], int]] = [(relations, (), 0)]
    while stack and tries:
        tries -= 1
        left, chosen, cost = stack.pop()
        if not left:
            if cost < least:
                best, least = [], cost
            best.append(chosen)
            continue
        first = next(index for index in order if index in left)
        if not search.spend(len(holding[first]) * (1 + len(left) // AT_ONCE)):
            break
        for group in holding[first]:
            rest = left - group
            if len(rest) + len(group) == len(left) and cost + costs[group] + (1 if rest else 0) <= least:
                stack.append((rest, (*chosen, group), cost + costs[group]))
    return list(dict.fromkeys(tuple(sorted(cover, key=sorted)) for cover in best))


def _greedy(relations: frozenset[int], groups: dict[Group, list[Candidate]]) -> tuple[Group, ...]:
    """Always the group that settles most a changed figure, as far as that goes."""
    left, chosen = set(relations), []
    for group in sorted(groups, key=lambda g: (-len(g) / len(groups[g][0].cells), sorted(g))):
        if group <= left:
            left -= group
            chosen.append(group)
    return tuple(chosen)


def _cases(search: Search, relations: list[int], pool: list[Candidate]) -> list[Explained]:
    groups = _by_group(pool)
    holding: dict[int, list[Group]] = {}
    for group in groups:
        for index in group:
            holding.setdefault(index, []).append(group)
    cases = [Explained((index,), (), not search.exhausted) for index in relations if index not in holding]
    for piece in _connected([index for index in relations if index in holding], groups):
        whole = frozenset(piece)
        inside = {group: groups[group] for index in piece for group in holding[index]}
        covers, complete = _covers(search, whole, inside), not search.exhausted
        if not covers:
            greedy = _greedy(whole, inside)
            cases += [Explained(tuple(sorted(group)), tuple((c,) for c in inside[group]), False) for group in greedy]
            cases += [Explained((index,), (), False) for index in piece if not any(index in group for group in greedy)]
            continue
        # What every cheapest cover settles as one group is a case of its own; the rest hangs together.
        always = set(covers[0]).intersection(*covers[1:])
        rest = whole.difference(*always)
        cases += [Explained(tuple(sorted(group)), tuple((c,) for c in inside[group]), complete) for group in always]
        if rest:
            repairs = [choice for cover in covers for choice in product(*(inside[g] for g in cover if g not in always))]
            cases.append(Explained(tuple(sorted(rest)), tuple(repairs[:MOST_REPAIRS]), complete and len(repairs) <= MOST_REPAIRS))
    return cases
