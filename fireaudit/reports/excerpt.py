"""The line of a plan file around a place, cut to width."""

from __future__ import annotations

from dataclasses import dataclass

from fireaudit.plan.source import Span

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``shown`` begins with ``before``, then comes what is ``marked``, which may reach beyond it."""

    shown: str
    before: str
    marked: str
    cut_left: bool
    cut_right: bool

    @property
    def after(self) -> str:
        return self.shown[len(self.before) + len(self.marked) :]


def excerpt(span: Span, text: str | None) -> Excerpt | None:
    """The first line of ``span``, as much of its ``text`` as fits around the start; ``None`` where there is no such line."""
    if text is None:
        return None
    line = text.rstrip("\r\n").replace("\t", " ")
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = min(max(end, start + 1), start + WIDTH)
    left = max(0, min(start - 40, len(line) - WIDTH)) if len(line) > WIDTH else 0
    left += len(line[left:start]) - len(line[left:start].lstrip())
    cut_left = bool(left and line[:left].strip())
    return Excerpt(line[left : left + WIDTH], line[left:start], line[start:end], cut_left, left + WIDTH < len(line))
