"""Plan text to a tree in which every scalar keeps its place.

Uses libyaml through ruamel.yaml's C parser, event by event: duplicate keys, tags, aliases and merge keys are seen and
refused here, nothing in the text is ever constructed, and depth and size are bounded while reading.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from fireaudit.limits import USUAL

FEWEST_ZEROS = 8
"""Zero bytes in every other place that tell UTF-16 without a mark from stray zero characters; in a short text a quarter of its characters."""

MAX_DEPTH = 40
"""Levels of nesting; the format itself has fewer."""


class Span(NamedTuple):
    """Place of a piece of text: lines and columns count characters from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)


NULLS = frozenset(("", "~", "null", "Null", "NULL"))
"""What a plain scalar says where it says nothing."""


class Scalar(NamedTuple):
    text: str
    span: Span
    plain: bool = True

    def value(self) -> object:
        """What JSON Schema sees: YAML 1.2 core types for plain scalars, text for quoted ones."""
        text = self.text
        if not self.plain or not text.isascii():
            return text
        if text in NULLS:
            return None
        if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
            return text[0] in "tT"
        digits = text[1:] if text[0] in "+-" else text
        if digits.isdigit():
            return int(text) if len(text) < 19 else Decimal(0)
        if digits.count(".") == 1 and digits.replace(".", "").isdigit():
            return Decimal("0.5")
        return text


@dataclass(slots=True)
class Mapping:
    """A mapping, and where each of its keys stands."""

    span: Span
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Span] = field(default_factory=dict)

    def get(self, key: str) -> Node | None:
        return self.entries.get(key)

    def value(self) -> object:
        return {key: node.value() for key, node in self.entries.items()}


@dataclass(slots=True)
class Sequence:
    """A sequence and its items."""

    span: Span
    items: list[Node] = field(default_factory=list)

    def value(self) -> object:
        return [node.value() for node in self.items]


Node = Scalar | Mapping | Sequence


class Fault(NamedTuple):
    """Something wrong with the YAML itself: a finding code, a place, and the arguments of its message."""

    code: str
    span: Span
    arguments: dict[str, str]


class Unreadable(Exception):
    """The file is no text; ``reason`` is a key of the messages."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class Source:
    """One plan file: its path, its lines, its tree (``None`` where the YAML could not be read) and its faults."""

    path: str
    lines: tuple[str, ...]
    root: Node | None
    faults: tuple[Fault, ...]


def decode(data: bytes, max_bytes: int = USUAL.max_bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM or told by its zero bytes, GB18030."""
    if len(data) > max_bytes:
        raise Unreadable("too_large", f"> {max_bytes}")
    bom, name = encoding_of(data)
    return _strict(data[len(bom) :], name)


def encode_like(data: bytes, text: str) -> bytes:
    """``text`` in the encoding of ``data``, with its byte order mark."""
    bom, name = encoding_of(data)
    return bom + text.encode(name)


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """The byte order mark that ``data`` begins with, and the name of its encoding."""
    for bom, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(bom):
            return bom, name
    head = data[:4096]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) >= FEWEST_ZEROS or max(odd, even) * 8 > len(head):
        return b"", "utf-16-le" if odd >= even else "utf-16-be"
    if odd or even:
        return b"", "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "gb18030"
    return b"", "utf-8"


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise Unreadable("encoding", f"{name}, byte {error.start}") from None


_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def lines_of(text: str) -> tuple[str, ...]:
    """The lines without their ends, parted where libyaml parts them, so that its places are places in them."""
    return tuple(_BREAK.split(text))


def line_starts(text: str) -> list[int]:
    """Where each of these lines begins."""
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def parse(path: str, text: str, max_values: int = USUAL.max_values) -> Source:
    """Read plan text; never raises for what is in it."""
    if max(map(text.count, "\n\r\x85\u2028\u2029")) > max_values:
        return Source(path, (), None, (Fault("FA001", START, {"problem": f"lines > {max_values} (max-values)"}),))
    faults: list[Fault] = []
    root = None
    lines = lines_of(text)
    bad = _UNPRINTABLE.search(text)
    if bad is not None:
        starts = line_starts(text[: bad.start()])
        line, column = len(starts), bad.start() - starts[-1] + 1
        faults.append(Fault("FA001", Span(line, column, line, column + 1), {"problem": f"U+{ord(bad[0]):04X}"}))
    else:
        from ruamel.yaml.error import YAMLError

        try:
            root = _Tree(text, faults, max_values).document()
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
            problem = str(getattr(error, "problem", None) or "YAML")
            faults.append(Fault("FA001", Span(line, column, line, column + 1), {"problem": problem}))
        except RecursionError:
            faults.append(Fault("FA001", START, {"problem": "nesting"}))
        except _TooMuch as much:
            faults.append(Fault("FA001", much.span, {"problem": much.what}))
    return Source(path, lines, root, tuple(faults))


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class _TooMuch(Exception):
    def __init__(self, span: Span, what: str) -> None:
        super().__init__(what)
        self.span, self.what = span, what


class _Tree:
    """Builds nodes from the events of libyaml's parser."""

    def __init__(self, text: str, faults: list[Fault], max_values: int) -> None:
        from ruamel.yaml import events
        from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stub forgets it

        self.next = CParser(text).get_event
        self.faults = faults
        self.depth = 0
        self.left = self.max_values = max_values
        self.Scalar, self.Alias = events.ScalarEvent, events.AliasEvent
        self.Mapping, self.MappingEnd = events.MappingStartEvent, events.MappingEndEvent
        self.Sequence, self.SequenceEnd = events.SequenceStartEvent, events.SequenceEndEvent
        self.starts = (events.ScalarEvent, events.AliasEvent, events.MappingStartEvent, events.SequenceStartEvent)
        self.StreamEnd = events.StreamEndEvent

    def document(self) -> Node | None:
        root: Node | None = None
        while not isinstance(event := self.next(), self.StreamEnd):
            if not isinstance(event, self.starts):
                continue
            node = self._node(event)
            if root is None:
                root = node
            else:
                self.faults.append(Fault("FA003", node.span, {"what": "---"}))
        return root

    def _node(self, event: Any) -> Node:
        kind, span = type(event), _span(event.start_mark, event.end_mark)
        self.left -= 1
        if self.left < 0:
            raise _TooMuch(span, f"values > {self.max_values} (max-values)")
        if event.anchor is None and kind is self.Scalar and event.ctag is None:
            scalar: Scalar = _new(Scalar, (event.value, span, event.style == "" and event.implicit[0]))
            return scalar
        return self._marked(event, kind, span)

    def _marked(self, event: Any, kind: type, span: Span) -> Node:
        """A collection, or what plans do not use."""
        if kind is self.Alias:
            self.faults.append(Fault("FA003", span, {"what": f"*{event.anchor}"}))
            return Scalar("", span)
        if event.anchor is not None:
            self.faults.append(Fault("FA003", span, {"what": f"&{event.anchor}"}))
        tag = event.ctag
        if tag and str(tag) != "!":
            self.faults.append(Fault("FA003", span, {"what": str(tag)}))
        if kind is self.Scalar:
            return Scalar(event.value, span, event.style == "" and event.implicit[0])
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _TooMuch(span, f"nesting > {MAX_DEPTH}")
        node = self._mapping(event) if kind is self.Mapping else self._sequence(event)
        self.depth -= 1
        return node

    def _sequence(self, start: Any) -> Sequence:
        items: list[Node] = []
        next_, node, end = self.next, self._node, self.SequenceEnd
        while type(event := next_()) is not end:
            items.append(node(event))
        return Sequence(_span(start.start_mark, event.end_mark), items)

    def _mapping(self, start: Any) -> Mapping:
        entries: dict[str, Node] = {}
        keys: dict[str, Span] = {}
        next_, node, end = self.next, self._node, self.MappingEnd
        while type(event := next_()) is not end:
            key, value = node(event), node(next_())
            if type(key) is not Scalar:
                self.faults.append(Fault("FA003", key.span, {"what": "? "}))
                continue
            text = key.text
            if text == "<<" and key.plain:
                self.faults.append(Fault("FA003", key.span, {"what": "<<"}))
            elif text in entries:
                self.faults.append(Fault("FA002", key.span, {"key": text, "line": str(keys[text].line)}))
            else:
                entries[text] = value
                keys[text] = key.span
        return Mapping(_span(start.start_mark, event.end_mark), entries, keys)


_new: Any = tuple.__new__
"""Named tuples by the million: their own constructor costs twice as much."""


def _span(start: Any, end: Any) -> Span:
    """From one mark of libyaml's to another."""
    line = start.line + 1  # one number for both ends, by the million
    made: Span = _new(Span, (line, start.column + 1, line if end.line == start.line else end.line + 1, end.column + 1))
    return made
