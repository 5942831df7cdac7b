"""Elements of Office Open XML by their local names: transitional and strict files differ in the namespaces alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: _Element | None, name: str) -> _Element | None:
    if element is not None:
        for found in element:
            if local(found) == name:
                return found
    return None


def within(element: _Element | None, name: str) -> Iterator[_Element]:
    """The children of the child ``name``."""
    found = child(element, name)
    yield from found if found is not None else ()


def value(element: _Element | None, name: str = "val") -> str | None:
    """An attribute by its local name."""
    if element is not None:
        for key, text in element.attrib.items():
            if str(key).rpartition("}")[2] == name:
                return str(text)
    return None


def number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,9}", text) else otherwise


def on(element: _Element | None) -> bool:
    """A switch: there, and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
