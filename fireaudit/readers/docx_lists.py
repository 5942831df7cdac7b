"""Styles and automatic numbering of a Word document: heading levels, and the number each paragraph is printed with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from fireaudit.readers.ooxml import child, local, number, on, value
from fireaudit.readers.symbols import numbered, symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")
_MOST_STYLES = 50  # a chain of styles based on each other is no longer than this
_LEVELS = range(9)  # of a list
_LONGEST = 255  # no text of a list level that Word writes is longer


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    outline: int | None
    list_id: str | None
    list_level: int | None


class Styles:
    def __init__(self, root: _Element | None) -> None:
        self.styles: dict[str, _Style] = {}
        self.default = ""
        for style in root if root is not None else ():
            if local(style) != "style" or value(style, "type") not in (None, "paragraph"):
                continue
            identity = value(style, "styleId") or ""
            of = child(style, "pPr")
            listed = child(of, "numPr")
            outline = child(of, "outlineLvl")
            level = child(listed, "ilvl")
            self.styles[identity] = _Style(
                value(child(style, "name")) or "",
                value(child(style, "basedOn")),
                number(value(outline), 9) if outline is not None else None,
                value(child(listed, "numId")),
                number(value(level)) if level is not None else None,
            )
            if value(style, "default") in ("1", "true", "on"):
                self.default = identity
        self.heading = cache(self._heading)
        self.numbering = cache(self._numbering)

    def chain(self, identity: str | None) -> Iterator[tuple[str, _Style]]:
        """The style and those it is based on, nearest first."""
        here = identity or self.default
        for _ in range(_MOST_STYLES):
            style = self.styles.get(here)
            if style is None:
                return
            yield here, style
            here = style.based_on or ""

    def _numbering(self, identity: str | None) -> tuple[str, _Style] | None:
        """The nearest style that belongs to a list."""
        return next(((name, style) for name, style in self.chain(identity) if style.list_id is not None), None)

    def _heading(self, identity: str | None) -> int | None:
        for _, style in self.chain(identity):
            if style.outline is not None:
                return style.outline + 1 if 0 <= style.outline < 9 else None
            if named := _HEADING_NAME.match(style.name.strip()):
                return int(named[1])
        return None


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    font: str = ""
    style: str | None = None


@dataclass(slots=True)
class _List:
    """``counts`` go on over every list that is made from one definition."""

    levels: dict[int, _Level]
    counts: dict[int, int]
    starts: dict[int, int] = field(default_factory=dict)
    begun: bool = False


class Lists:
    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self.styles = styles
        self.lists: dict[str, _List] = {}
        definitions = {value(e, "abstractNumId"): e for e in root if local(e) == "abstractNum"} if root is not None else {}
        named = {value(link): e for e in definitions.values() if (link := child(e, "styleLink")) is not None}
        counts: dict[str | None, dict[int, int]] = {}
        levels_of = cache(_levels)
        for num in root if root is not None else ():
            if local(num) != "num":
                continue
            identity = value(child(num, "abstractNumId"))
            definition = definitions.get(identity)
            link = child(definition, "numStyleLink")
            if link is not None:
                definition = named.get(value(link), definition)
            levels = dict(levels_of(definition)) if definition is not None else {}
            made = _List(levels, counts.setdefault(identity, {}))
            for override in num:
                if local(override) != "lvlOverride":
                    continue
                at = number(value(override, "ilvl"))
                if at not in _LEVELS:
                    continue
                if (own := child(override, "lvl")) is not None:
                    levels[at] = _level(own)
                if (start := child(override, "startOverride")) is not None:
                    made.starts[at] = number(value(start), 1)
            self.lists[value(num, "numId") or ""] = made

    def printed(self, properties: _Element | None, style: str | None) -> str:
        """The number or bullet that stands before the paragraph, with what divides it from the text; counts on."""
        listed = child(properties, "numPr")
        identity, at = value(child(listed, "numId")), child(listed, "ilvl")
        level = number(value(at)) if at is not None else None
        through = None
        if identity is None and (by_style := self.styles.numbering(style)) is not None:
            through, of = by_style
            identity, level = of.list_id, of.list_level if level is None else level
        found = self.lists.get(identity or "0")
        if found is None or identity == "0":
            return ""
        if level is None:
            level = next((n for n, of_level in found.levels.items() if through is not None and of_level.style == through), 0)
        return self._next(found, level)

    def _next(self, of: _List, level: int) -> str:
        shape = of.levels.get(level)
        if shape is None:
            return ""
        if not of.begun:
            of.begun = True
            for at in of.starts:
                of.counts.pop(at, None)
        for at in [deeper for deeper in of.counts if deeper > level]:
            restart = of.levels[at].restart if at in of.levels else None
            if restart is None or (restart and level < restart):
                del of.counts[at]
        of.counts[level] = of.counts[level] + 1 if level in of.counts else self._start(of, level)
        if shape.form == "bullet":
            text = "".join(symbol(shape.font, ord(c)) for c in shape.text)
        else:
            text = _PLACE.sub(lambda place: self._count(of, int(place[1]) - 1, shape.legal), shape.text, len(_LEVELS))
        return text + (" " if text and shape.suffix != "nothing" else "")

    def _count(self, of: _List, level: int, legal: bool) -> str:
        shape = of.levels.get(level)
        if shape is None:
            return ""
        count = of.counts.setdefault(level, self._start(of, level))
        return numbered("decimal" if legal else shape.form, count)

    @staticmethod
    def _start(of: _List, level: int) -> int:
        return of.starts.get(level, of.levels[level].start if level in of.levels else 1)


def _levels(definition: _Element) -> dict[int, _Level]:
    return {at: _level(e) for e in definition if local(e) == "lvl" and (at := number(value(e, "ilvl"))) in _LEVELS}


def _level(element: _Element) -> _Level:
    made = _Level()
    for e in element:
        match local(e):
            case "start":
                made.start = number(value(e), 1)
            case "numFmt":
                made.form = value(e) or "decimal"
            case "lvlText":
                made.text = (value(e) or "")[:_LONGEST]
            case "suff":
                made.suffix = value(e) or "tab"
            case "isLgl":
                made.legal = on(e)
            case "lvlRestart":
                made.restart = number(value(e))
            case "pStyle":
                made.style = value(e)
            case "rPr":
                fonts = child(e, "rFonts")
                made.font = value(fonts, "ascii") or value(fonts, "hAnsi") or ""
            case "AlternateContent":  # number formats younger than the file format
                made.form = next((value(inner) or "decimal" for inner in e.iter() if local(inner) == "numFmt"), made.form)
    return made
