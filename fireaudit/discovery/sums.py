"""Lines that are sums and differences of other lines in nearly every position: totals of columns, of rows, balances.

Candidates come from a few telling positions, where sorted values answer "which line equals this sum" at once; each is
then tried on all positions, and what chance explains is dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from fireaudit.discovery.chance import ENOUGH, KEYWORD, Evidence, hopeless, misses_allowed, price, price_of_misses
from fireaudit.discovery.grid import MINUS, PART, Band, Line

TELLING = 8
"""Positions that candidates are drawn from."""
MOST_CANDIDATES = 3000
MOST_BALANCED = 24
"""Lines among which equations of two against two are looked for."""
MOST_LINES = 400
"""Beyond it, all pairs would be too many."""
LONGEST_STRIDE = 6

Terms = tuple[tuple[int, int], ...]
"""Sign and number of each line that is added up."""


@dataclass(frozen=True, slots=True)
class Identity:
    """``target`` equals the signed sum of ``terms``; ``misses`` are the positions where it does not. ``mixed``: some of its terms are sums
    themselves and some are not."""

    target: int
    terms: Terms
    hits: int
    misses: tuple[int, ...]
    bits: int
    run: bool
    mixed: bool = False


def identities(lines: Sequence[Line], alone: bool = True) -> list[Identity]:
    """All identities with enough evidence, the simplest first. ``alone``: a target may also stand away from its parts."""
    used = [number for number, line in enumerate(lines) if line.adds and any(line.bands)]
    if len(used) < 3 or len(used) > MOST_LINES:
        return []
    found: dict[tuple[int, Terms], Identity] = {}
    open_lines = used
    while True:
        new = [identity for identity in _searched(lines, open_lines, alone) if (identity.target, identity.terms) not in found]
        found.update({(identity.target, identity.terms): identity for identity in sorted(new, key=lambda identity: identity.bits)})
        parts = {number for identity in new if identity.run for _, number in identity.terms}
        left = [number for number in open_lines if number not in parts]
        if not new or len(left) == len(open_lines) or len(left) < 3:
            return _kept(lines, list(found.values()))
        open_lines = left


def _kept(lines: Sequence[Line], found: list[Identity]) -> list[Identity]:
    """Figures so regular that more sums hold among them than there are lines say nothing by it; runs still do."""
    loose = sum(not identity.run for identity in found)
    sums = {number for number, line in enumerate(lines) if line.total} | {identity.target for identity in found if identity.run}
    kept = [replace(i, mixed=len({number in sums for _, number in i.terms}) > 1) for i in found if i.run or loose <= len(lines)]
    return sorted(kept, key=rank)


def rank(identity: Identity) -> tuple[int, ...]:
    """Of identities that follow from each other, the one to state: no subtotal added to what is no subtotal, few misses, few parts."""
    return (identity.mixed, len(identity.misses), len(identity.terms) if not identity.run else 2, -identity.bits, identity.target)


def _searched(lines: Sequence[Line], used: Sequence[int], alone: bool) -> Iterator[Identity]:
    votes: Counter[tuple[int, Terms, str]] = Counter()
    telling = _telling(lines, used)
    for position in telling:
        here = _Position(lines, used, position)
        votes.update(dict.fromkeys(here.candidates(alone), 1))
    needed = 2 if len(telling) > 2 else 1
    for (target, terms, kind), count in votes.most_common(MOST_CANDIDATES):
        if count >= needed:
            identity = tried(lines, target, terms, _cost(kind, len(used)), kind)
            if identity is not None:
                yield identity


RUNS = ("whole", "series", "beside", "run", "stride")
"""A run of all lines; of lines headed alike, as years are; one beside its total; any; every second, third, … line."""


def _cost(kind: str, count: int) -> int:
    """Bits for the candidates of a kind, of which there are so many among ``count`` lines."""
    half = count**3 // 2
    tried = {"whole": 2, "series": 4 * count, "beside": 2 * count**2, "run": half, "stride": half * LONGEST_STRIDE, "pair": half, "balance": count**4 // 4}
    return price(tried[kind])


def _telling(lines: Sequence[Line], used: Sequence[int]) -> list[int]:
    """The positions with the most and the largest figures, no two alike."""
    scored: dict[tuple[Band | None, ...], tuple[int, int]] = {}
    for position in range(len(lines[used[0]].bands)):
        bands = tuple(lines[number].bands[position] for number in used)
        score = sum((abs(band[1]) // lines[number].grain(position)).bit_length() for number, band in zip(used, bands, strict=True) if band is not None)
        if score:
            scored.setdefault(bands, (-score, position))
    return [position for _, position in sorted(scored.values())[:TELLING]]


class _Position:
    """One position: its figures in order of size, and which of them equal a sum of others."""

    def __init__(self, lines: Sequence[Line], used: Sequence[int], position: int) -> None:
        self.lines = lines
        self.bands: dict[int, Band] = {number: band for number in used if (band := lines[number].bands[position]) is not None}
        self.order = list(self.bands)
        self.sorted = sorted((band[1], number) for number, band in self.bands.items() if band[1])
        self.values = [value for value, _ in self.sorted]
        self.widest = max((band[2] - band[0] for band in self.bands.values()), default=0)

    def candidates(self, alone: bool) -> Iterator[tuple[int, Terms, str]]:
        yield from self._runs(alone)
        if alone:
            yield from self._pairs()
            if len(self.order) <= MOST_BALANCED:
                yield from self._balances()

    def _equal(self, low: int, high: int) -> Iterator[int]:
        """The lines whose figure may lie in ``[low, high]``."""
        for index in range(bisect_left(self.values, low - self.widest), len(self.values)):
            if self.values[index] > high + self.widest:
                break
            number = self.sorted[index][1]
            band = self.bands[number]
            if band[0] <= high and band[2] >= low:
                yield number

    def _runs(self, alone: bool) -> Iterator[tuple[int, Terms, str]]:
        """Lines in a row, or every second, third, … one; a line headed 减 is taken off. 其中 lines stand aside."""
        plain = [number for number in self.order if not PART.search(self.lines[number].label)]
        signs = [-1 if MINUS.search(self.lines[number].label) else 1 for number in plain]
        count = len(plain)
        for stride in range(1, min(LONGEST_STRIDE, count // 3) + 1):
            for start in range(count):
                low = high = 0
                terms: list[tuple[int, int]] = []
                for index in range(start, count, stride):
                    number = plain[index]
                    least, _, most = self.bands[number]
                    sign = signs[index]
                    low, high = (low + least, high + most) if sign > 0 else (low - most, high - least)
                    terms.append((sign, number))
                    for target in self._equal(low, high) if len(terms) > 1 else ():
                        kind = self._kind(plain, target, start, index, stride)
                        wanted = kind in ("whole", "beside") or (alone and len(terms) > 2)
                        if wanted and all(target != number for _, number in terms):
                            yield target, tuple(terms), kind

    def _kind(self, plain: list[int], target: int, start: int, last: int, stride: int) -> str:
        if stride > 1:
            return "stride"
        before, after = plain[start - 1] if start else None, plain[last + 1] if last + 1 < len(plain) else None
        if target in (before, after):
            return "whole" if last - start + 2 == len(plain) else "beside"
        shape = _shape(self.lines[plain[start]].label)
        ends = [_shape(self.lines[number].label) for number in (before, after) if number is not None]
        alike = all(_shape(self.lines[number].label) == shape for number in plain[start : last + 1])
        return "series" if alike and shape not in ends else "run"

    def _pairs(self) -> Iterator[tuple[int, Terms, str]]:
        order = [number for number in self.order if self.bands[number][1]]
        for i, a in enumerate(order):
            for b in order[i + 1 :]:
                x, y = self.bands[a], self.bands[b]
                for target in self._equal(x[0] + y[0], x[2] + y[2]):
                    if target not in (a, b):
                        yield target, ((1, a), (1, b)), "pair"

    def _balances(self) -> Iterator[tuple[int, Terms, str]]:
        """a + b = c + d, as d = a + b - c with the last line standing alone."""
        order = [number for number in self.order if self.bands[number][1]]
        sums = sorted((self.bands[a][1] + self.bands[b][1], a, b) for i, a in enumerate(order) for b in order[i + 1 :])
        for i, (total, a, b) in enumerate(sums):
            for other, c, d in sums[i + 1 :]:
                if other - total > 2 * self.widest:
                    break
                if len({a, b, c, d}) == 4:
                    yield balanced(a, b, c, d)


def _shape(label: str) -> str:
    """A label without its numbers: 2021年任务 and 2022年任务 are headed alike."""
    return re.sub(r"[0-9]+|(?<![一二三四五六七八九十])[一二三四五六七八九十]+(?=季度|月|区|队|期|批)", "#", label)


def balanced(a: int, b: int, c: int, d: int) -> tuple[int, Terms, str]:
    last = max(a, b, c, d)
    (a, b), (c, d) = ((a, b), (c, d)) if last in (c, d) else ((c, d), (a, b))
    other = c if d == last else d
    return last, tuple(sorted([(1, a), (1, b), (-1, other)], key=lambda term: (-term[0], term[1]))), "balance"


def tried(lines: Sequence[Line], target: int, terms: Terms, cost: int, kind: str) -> Identity | None:
    """The identity on all positions, or ``None``: too many misses, too little evidence, or a part that adds nothing, but where it fails."""
    whole, parts = lines[target], [(sign, number, lines[number]) for sign, number in terms]
    total, each = Evidence(), {number: Evidence(1) for _, number in terms}
    often = Counter(band[1] for band in whole.bands if band is not None)
    misses: dict[int, tuple[int, int]] = {}
    missed: set[int] = set()
    hits = 0
    allowed = misses_allowed(len(whole.bands), whole.total)
    for position, band in enumerate(whole.bands):
        bands = [(sign, number, line.bands[position]) for sign, number, line in parts]
        if band is None or any(part is None for _, _, part in bands):
            continue
        there = [(sign, number, part) for sign, number, part in bands if part is not None]
        low = sum(part[0] if sign > 0 else -part[2] for sign, _, part in there)
        high = sum(part[2] if sign > 0 else -part[0] for sign, _, part in there)
        if low > band[2] or high < band[0]:
            misses[position] = (band[0] - high, band[2] - low)
            missed |= {number for _, number, part in there if part[1]}
            if hopeless(hits, len(misses), allowed):
                return None
            continue
        hits += 1
        window = (high - low) + (band[2] - band[0]) + whole.grain(position)
        what = (band[1], *(part[1] for _, _, part in there))
        total.match(band[1], window, what, often[band[1]], len(whole.bands))
        for _, number, part in there:
            if part[1]:
                each[number].match(part[1], window, what, often[band[1]], len(whole.bands))
    rows = hits + len(misses)
    only_missed = any(number in missed and not each[number].seen for _, number in terms)
    if not hits or only_missed or len(misses) > misses_allowed(rows, whole.total):
        return None
    if misses and (forgotten := _forgotten(lines, {target, *each}, misses)):
        return tried(lines, target, tuple(sorted((*terms, (forgotten[0], forgotten[1])), key=lambda term: term[1])), cost, kind)
    bits = total.bits + (KEYWORD if whole.total else 0) - cost - price_of_misses(rows, len(misses))
    return Identity(target, terms, hits, tuple(misses), bits, kind in RUNS) if bits >= ENOUGH and _all_count(each, terms, kind, len(lines)) else None


def _forgotten(lines: Sequence[Line], known: Set[int], misses: Mapping[int, tuple[int, int]]) -> tuple[int, int] | None:
    """Sign and number of the line whose figures are just what is lacking wherever a sum fails: it is a part too, blank elsewhere."""
    for number, line in enumerate(lines):
        for sign in (1, -1) if line.adds and number not in known else ():
            bands = [(line.bands[position], off) for position, off in misses.items()]
            if all(band is not None and band[1] and off[0] <= sign * band[1] <= off[1] for band, off in bands):
                return sign, number
    return None


def _all_count(each: dict[int, Evidence], terms: Terms, kind: str, lines: int) -> bool:
    """Every part must show: of a run its ends, for what stands between them belongs to it; of anything else each part."""
    if kind == "whole":
        return True
    shown = (terms[0], terms[-1]) if kind in RUNS else terms
    wanted = 3 if kind in RUNS else price(lines) + 5
    return all(each[number].bits >= wanted for _, number in shown)
