"""A tree against the JSON Schema: every violation with its place and what was expected.

jsonschema-rs answers the common case (valid) in microseconds; jsonschema is loaded only to explain a violation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from fireaudit.limits import USUAL
from fireaudit.nearest import nearest
from fireaudit.plan.listed import listed
from fireaudit.plan.source import START, Fault, Mapping, Node, Sequence, Span

LETTER, FURTHER = r"[\p{L}_]", r"[\p{L}\p{N}_]"
"""What a name begins with, and what follows."""


SCHEMAS = Path(__file__).parent.parent / "schemas"
PATTERNS = {
    "^[0-9]{4}(-[0-9]{4})?$": "years",
    "^([0-9]{4}|baseline)$": "year_or_baseline",
    "^FA[0-9]{0,3}$": "code",
    "^[0-9a-f]{16}$": "fingerprint",
    r"\S": "text",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "date",
    r"\S\s*(≠|!=)\s*\S": "says",
}
DEMANDS = ("type", "enum", "const", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minimum", "maximum")
"""What is explained in words, by the phrase that does it."""


def schema_text(name: str = "plan") -> str:
    """The JSON Schema as shipped: ``plan`` for plan files, ``settings`` for settings, the others for the JSON that the commands print."""
    return (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")


@cache
def _schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(schema_text(name))
    return loaded


@cache
def _fast(name: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(_schema(name))


@cache
def _slow(name: str) -> Any:
    """A validator that explains. Patterns are ECMA's, as the standard says and editors read them; what stands for letters there is Python's ``\\w``."""
    import re

    import jsonschema

    def pattern(validator: Any, wanted: str, instance: object, schema: object) -> Iterator[Any]:
        if isinstance(instance, str) and not re.search(wanted.replace(LETTER, r"[^\W\d]").replace(FURTHER, r"\w"), instance):
            yield jsonschema.ValidationError(f"{instance!r} does not match {wanted!r}")

    extend: Any = jsonschema.validators.extend
    return extend(jsonschema.Draft202012Validator, {"pattern": pattern})(_schema(name))


def violations(root: Node | None, name: str = "plan", most: int = USUAL.max_findings) -> list[Fault]:
    """The violations of a schema, each at its own scalar; a missing key at its parent. One more than ``most`` at most."""
    instance = None if root is None else root.value()
    if root is not None and _fast(name).is_valid(instance):
        return []
    found = _different(fault for error in _slow(name).iter_errors(instance) for fault in _explain(error, root))
    return sorted(islice(found, most + 1), key=lambda fault: (fault.span, fault.code))


def _different(faults: Iterable[Fault]) -> Iterator[Fault]:
    seen: set[tuple[object, ...]] = set()
    for fault in faults:
        key = (fault.code, fault.span, *sorted(fault.arguments.items()))
        if key not in seen:
            seen.add(key)
            yield fault


def _explain(error: Any, root: Node | None) -> Iterator[Fault]:
    path = list(error.absolute_path)
    node, span = _locate(root, path)
    where = _where(path)
    if error.validator in ("anyOf", "oneOf") and error.context:
        yield from _branch(error, root)
        return
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = list(error.schema.get("properties", {}))
        for key in error.instance:
            if key not in known:
                close = nearest(key, known)
                place = node.keys.get(key, span) if isinstance(node, Mapping) else span
                yield Fault("FA102", place, {"key": key, "close": close, "known": listed(known), "where": where})
        return
    if error.validator == "required":
        for key in error.validator_value:
            if key not in error.instance:
                yield Fault("FA103", span, {"key": key, "where": where})
        return
    if "propertyNames" in error.absolute_schema_path and isinstance(node, Mapping):
        span = node.keys.get(error.instance, span)
    yield Fault("FA101", span, {"where": where, "found": _short(error.instance), **_expected(error)})


def _branch(error: Any, root: Node | None) -> Iterator[Fault]:
    """Of several allowed shapes, explain the one the text comes nearest to."""
    branches: dict[int, list[Any]] = {}
    for child in error.context:
        branches.setdefault(child.schema_path[0], []).append(child)
    depth = len(error.absolute_path)

    def misses(children: list[Any]) -> tuple[bool, int]:
        wrong_type = any(c.validator == "type" and len(c.absolute_path) == depth for c in children)
        return wrong_type, len(children)

    nearest = min(branches.values(), key=misses)
    if misses(nearest)[0]:
        _, span = _locate(root, list(error.absolute_path))
        allowed = sorted({name for cs in branches.values() for c in cs if c.validator == "type" for name in _several(c.validator_value)})
        where = _where(error.absolute_path)
        yield Fault("FA101", span, {"where": where, "found": _short(error.instance), "demand": "type", "wanted": listed(allowed)})
        return
    for child in nearest:
        yield from _explain(child, root)


def _expected(error: Any) -> dict[str, str]:
    """What was asked for, as ``words/schema`` says it: the name of the phrase and what goes into it."""
    rule, value = str(error.validator), error.validator_value
    if rule == "pattern":
        return {"reason": "name"} if FURTHER in value else {"demand": PATTERNS.get(value, "other"), "wanted": value}
    if rule in ("minLength", "minItems") and value == 1:
        return {"demand": "text", "wanted": ""}
    known = rule in DEMANDS
    return {"demand": rule if known else "other", "wanted": listed(map(str, _several(value))) if known else rule}


def _several(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _where(path: Iterable[Any]) -> str:
    """The keys on the way, numbers of items as ``#0``; ``.`` at the top."""
    return "/".join(f"#{step}" if isinstance(step, int) else str(step) for step in path) or "."


def _short(instance: object) -> str:
    if isinstance(instance, dict):
        return "{…}"
    if isinstance(instance, list):
        return f"[…] ({len(instance)})"
    text = "null" if instance is None else str(instance)
    return text if len(text) <= 40 else text[:39] + "…"


def _locate(root: Node | None, path: list[Any]) -> tuple[Node | None, Span]:
    node, span = root, START if root is None else _head(root)
    for step in path:
        if isinstance(node, Mapping) and str(step) in node.entries:
            child = node.entries[str(step)]
            span = node.keys[str(step)] if isinstance(child, Mapping | Sequence) else child.span
            node = child
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            span = _head(node)
        else:
            break
    return node, span


def _head(node: Node) -> Span:
    """The first character of a collection: underlining all of it would say nothing."""
    if isinstance(node, Mapping | Sequence):
        return Span(node.span.line, node.span.column, node.span.line, node.span.column + 1)
    return node.span
