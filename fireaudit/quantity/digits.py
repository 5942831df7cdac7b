"""How two runs of digits differ."""

from __future__ import annotations


def transposed(a: str, b: str) -> bool:
    """Whether they differ only in two neighbouring digits, each of which stands in the other's place."""
    places = differing(a, b)
    return len(places) == 2 and places[1] == places[0] + 1 and a[places[0]] == b[places[1]] and a[places[1]] == b[places[0]]


def differing(a: str, b: str) -> list[int]:
    """The places, from 0, at which runs of one length differ; none where they are of different lengths."""
    return [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y] if len(a) == len(b) else []
