"""How much a comparison may look at: no plan and no document makes ``verify`` work without end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeVar

NEAR = 64
"""Among more figures alike at one place, or rows of one name, only the first that are still free are weighed against each other."""

T = TypeVar("T")


class Work:
    """Steps that may still be taken; one is about a figure, a row or a place looked at."""

    def __init__(self, most: int) -> None:
        self.left = most

    def spend(self, steps: int = 1) -> None:
        self.left -= steps

    @property
    def spent(self) -> bool:
        return self.left <= 0


def first(those: deque[T], free: Callable[[T], bool], most: int = NEAR) -> list[T]:
    """The first that are still free; those that are not, and stand before or among them, are dropped for good."""
    found: list[T] = []
    while those and len(found) < most:
        one = those.popleft()
        if free(one):
            found.append(one)
    those.extendleft(reversed(found))
    return found
