"""Numerals as Chinese documents print them: 1,919 · 51.7万 · 4千万 · 三千五 · 二十七."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from fireaudit.quantity.interval import Exact, canonical

_DIGITS = dict(zip("〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖", [0, *range(10), 2, *range(1, 10)], strict=True))
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SCALE = _SMALL | _LARGE | {"thousand": 1000, "million": 10**6, "billion": 10**9}
_HAN = "".join(_DIGITS) + "".join(_SMALL) + "".join(_LARGE)

_ASCII = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\.(?P<part>[0-9]{1,20}))?")
_SCALES = re.compile(r" ?(?P<scale>thousand|million|billion|[十百千万萬亿億]{1,3})")
_CHINESE = re.compile(rf"[{_HAN}]{{1,24}}(?:点[{''.join(_DIGITS)}]{{1,12}})?")
_HALF = re.compile(r"半(?:个(?=小时|钟头))?(?=年|个?月|小时|钟头|天|日|分钟|公里|里|亩)")
ODD = re.compile("余|餘|多|来")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number.

    ``step`` is one unit of its last printed digit, ``unit`` one of its last digit that is not zero;
    ``rounded`` says that it stands for every value that rounds to it; ``odd`` that 余 or 多 stands in it.
    """

    value: Exact
    step: Exact
    unit: Exact
    rounded: bool
    odd: bool = False


def take_numeral(text: str) -> tuple[Numeral, str] | None:
    """The numeral that ``text`` begins with, and the rest; ``None`` where it begins with no number."""
    found = _take_ascii(text) or _take_half(text) or _take_chinese(text)
    if found is None:
        return None
    numeral, rest = found
    odd = ODD.match(rest)
    if odd is None:
        return numeral, rest
    rest = rest[odd.end() :]
    scale, after = _take_scale(rest)
    grown = Numeral(numeral.value * scale, numeral.step * scale, numeral.unit * scale, False, odd=True)
    return grown, after


def _take_scale(text: str) -> tuple[int, str]:
    match = _SCALES.match(text)
    if match is None:
        return 1, text
    words = match["scale"]
    if words in _SCALE:
        return _SCALE[words], text[match.end() :]
    factor = 1
    for word in words:
        factor *= _SCALE[word]
    return factor, text[match.end() :]


def _take_ascii(text: str) -> tuple[Numeral, str] | None:
    value: Exact = 0
    step: Exact = 1
    unit: Exact = 1
    rounded = False
    last_scale: int | None = None
    rest = text
    while match := _ASCII.match(rest):
        whole, part = match["whole"].replace(",", ""), match["part"] or ""
        scale, after = _take_scale(rest[match.end() :])
        if last_scale is not None and not (scale < last_scale and not part):
            break
        digits = whole + part
        base = Fraction(scale, 10 ** len(part)) if part else scale
        nonzero = len(digits) - len(digits.rstrip("0")) if int(digits) else 0
        value += canonical(int(digits) * base)
        step, unit = canonical(base), canonical(base * 10**nonzero)
        rounded = bool(part) or scale > 1
        rest = after
        last_scale = scale
        if scale == 1:
            break
    if last_scale is None:
        return None
    return Numeral(value, step, unit, rounded), rest


def _take_half(text: str) -> tuple[Numeral, str] | None:
    """半 before a measure of time or size: 半年, 半个小时."""
    match = _HALF.match(text)
    tenth = Fraction(1, 10)
    return None if match is None else (Numeral(Fraction(1, 2), tenth, tenth, False), text[match.end() :])


def _take_chinese(text: str) -> tuple[Numeral, str] | None:
    match = _CHINESE.match(text)
    if match is None:
        return None
    whole, _, part = match[0].partition("点")
    try:
        value = _read_chinese(whole)
    except ValueError:
        return None
    if part:
        value_ = value + Fraction(int("".join(str(_DIGITS[c]) for c in part)), 10 ** len(part))
        step = Fraction(1, 10 ** len(part))
        return Numeral(canonical(value_), step, step, True), text[match.end() :]
    unit = 1
    while value and value % (unit * 10) == 0:
        unit *= 10
    return Numeral(value, 1, unit, False) if whole[-1] not in _LARGE else Numeral(value, _LARGE[whole[-1]], unit, True), text[match.end() :]


def _read_chinese(text: str) -> int:
    """Sections of 亿 and 万, each read by its own 千百十; a last bare digit is of the next lower place (二百五)."""
    if all(c in _DIGITS for c in text):
        if len(text) > 1 and "两" in text:
            raise ValueError(text)
        return int("".join(str(_DIGITS[c]) for c in text))
    result = section = 0
    digit: int | None = None
    place = 1
    for c in text:
        if c in _DIGITS:
            if digit is not None and digit != 0:
                raise ValueError(text)
            digit = _DIGITS[c]
            if digit == 0:
                place = 1
        elif c in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[c]
            digit, place = None, _SMALL[c] // 10
        else:
            section += digit or 0
            result = (result + section or 1) * _LARGE[c] if c in "亿億" else result + (section or 1) * _LARGE[c]
            section, digit, place = 0, None, _LARGE[c] // 10
    return result + section + (digit or 0) * (place if digit else 1)
