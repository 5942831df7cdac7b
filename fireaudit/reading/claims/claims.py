"""What a text states of its own figures, in the words of the check language with the figures left open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """``check`` has ``{0}``, ``{1}`` … for the figures ``which``; ``kind`` says what the text states, in the words of
    FA203. Without a check it only says that the figures are not one quantity."""

    kind: str
    check: str
    which: tuple[int, ...]


def adds_up(kind: str, parts: tuple[int, ...], op: str, whole: int) -> Claim:
    """The parts are the whole, or no more than it."""
    left = " + ".join(f"{{{i}}}" for i in range(len(parts)))
    return Claim(kind, f"{left} {op} {{{len(parts)}}}", (*parts, whole))
