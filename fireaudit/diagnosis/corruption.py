"""Plausible slips of one printed figure: what a typist, a stale draft or a misread unit would have printed instead.

Most slips undone are slips themselves, so the same texts serve to corrupt a figure and to guess what was meant by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fireaudit.quantity import Quantity
from fireaudit.quantity.reprint import reprint, reread

_RUN = re.compile(r"[0-9]+(?:\.[0-9]+)?")

KINDS = ("last_digit", "dropped", "doubled", "transposed", "times_ten", "tenth", "wan", "neighbour")


def corruptions(quantity: Quantity, neighbours: Sequence[str] = ()) -> dict[str, tuple[str, Quantity]]:
    """By corrupted text: the kind of slip, and how the text reads. Only texts that are figures and allow other values."""
    found: dict[str, tuple[str, Quantity]] = {}
    for kind, text in _texts(quantity, neighbours):
        read = reread(quantity, text) if text != quantity.text and text not in found else None
        if read is not None and read.interval != quantity.interval:
            found[text] = (kind, read)
    return found


def _texts(quantity: Quantity, neighbours: Sequence[str]) -> Iterator[tuple[str, str]]:
    text = quantity.text
    runs = list(_RUN.finditer(text))
    for run in runs:
        head, tail = text[: run.start()], text[run.end() :]
        for kind, number in _numbers(run[0]):
            yield kind, head + number + tail
        yield "wan", head + run[0] + (tail.removeprefix("万") if tail.startswith("万") else "万" + tail)
    if not runs and quantity.nominal is not None:
        for step in (quantity.step, -quantity.step):
            yield "last_digit", reprint(quantity, quantity.nominal + step) or text
    for other in neighbours:
        yield "neighbour", other


def _numbers(number: str) -> Iterator[tuple[str, str]]:
    """Slips of the digits of a number, its decimal point left where it stands."""
    whole, point, part = number.partition(".")
    digits = whole + part
    for change in (1, -1):
        value = int(digits) + change
        if value >= 0:
            yield "last_digit", _pointed(str(value).zfill(len(digits)), len(part))
    for i in range(len(digits)):
        kept = len(part) - (1 if i >= len(whole) else 0)
        if len(digits) > 1 and not (i < len(whole) == 1):
            yield "dropped", _pointed(digits[:i] + digits[i + 1 :], kept)
        yield "doubled", _pointed(digits[: i + 1] + digits[i:], len(part) + (1 if i >= len(whole) else 0))
        if i + 1 < len(digits) and digits[i] != digits[i + 1]:
            yield "transposed", _pointed(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :], len(part))
    if int(digits):
        yield "times_ten", _pointed(digits, len(part) - 1) if part else digits + "0"
        yield "tenth", _pointed(digits.zfill(len(part) + 2), len(part) + 1) if part or not digits.endswith("0") else digits[:-1]


def _pointed(digits: str, places: int) -> str:
    """Digits with so many of them behind the point, without a leading zero too many."""
    whole, part = (digits[:-places], digits[-places:]) if places > 0 else (digits, "")
    return (whole.lstrip("0") or "0") + ("." + part if part else "")
