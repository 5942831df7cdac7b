"""Every pattern of the package, and for each the texts that make a careless one go back again and again: a beginning that fits, followed by
thousands of what an open repetition takes, and an end that does not fit."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import fireaudit

METHODS = ("match", "fullmatch", "search", "split", "finditer", "findall", "sub")
MANY = 20
"""A repetition that may go on longer than this is open."""
CLASSES = {op.CATEGORY_SPACE: " ", op.CATEGORY_DIGIT: "0", op.CATEGORY_WORD: "a"}


def patterns() -> dict[str, tuple[re.Pattern[str], list[str]]]:
    """Those that a module keeps, with the methods that it calls on them, and those that stand where they are used."""
    found: dict[str, tuple[re.Pattern[str], list[str]]] = {}
    for module in pkgutil.walk_packages(fireaudit.__path__, "fireaudit."):
        if module.name == "fireaudit.__main__":
            continue
        loaded = import_module(module.name)
        source = inspect.getsource(loaded)
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{module.name}.{name}"] = (value, [method for method in METHODS if f"{name}.{method}(" in source])
        for node in ast.walk(ast.parse(source)):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=method), args=[ast.Constant(value=str(text)), *_]) if method in METHODS:
                    found[f"{module.name}:{node.lineno}"] = (re.compile(text), [method])
    return found


def texts(pattern: re.Pattern[str], times: int) -> Iterator[str]:
    places: dict[tuple[str, str], None] = {}
    _walk(parser.parse(pattern.pattern, pattern.flags), "", places)
    for begun, unit in places:
        for pump in dict.fromkeys((unit, " ", "0", "甲")):
            yield begun + pump * times + "\0"
            yield (begun + pump * 3) * (times // 3) + "\0"


def _walk(tree: Any, begun: str, places: dict[tuple[str, str], None]) -> str:
    """A text that fits, behind one that has begun to; ``places``: what has been written where a repetition begins, and what it repeats."""
    for kind, of in tree:
        if kind is op.LITERAL:
            begun += chr(of)
        elif kind in (op.NOT_LITERAL, op.ANY):
            begun += "甲"
        elif kind is op.IN:
            begun += _one_of(of)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, repeated = of
            if most is op.MAXREPEAT or most > MANY:
                places[begun, _walk(repeated, "", {})] = None
            for _ in range(max(least, 1)):
                begun = _walk(repeated, begun, places)
        elif kind is op.SUBPATTERN:
            begun = _walk(of[3], begun, places)
        elif kind is op.ATOMIC_GROUP or (kind is op.ASSERT and of[0] < 0):
            begun = _walk(of if kind is op.ATOMIC_GROUP else of[1], begun, places)
        elif kind is op.BRANCH:
            first, *others = of[1]
            for other in others:
                _walk(other, begun, places)
            begun = _walk(first, begun, places)
    return begun


def _one_of(members: Any) -> str:
    if members[0][0] is op.NEGATE:
        return "甲"
    kind, of = members[0]
    return CLASSES.get(of, "甲") if kind is op.CATEGORY else chr(of[0] if kind is op.RANGE else of)
