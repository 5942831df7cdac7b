"""A printed figure with another number in it: 约190个 with 200 is 约200个, 1,271万元 with 1281万 is 1,281万元.

The words, the scale, the decimals and the thousands separators stay; what comes out is read again before it is trusted.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from fireaudit.quantity.figure import FigureError, read_figure
from fireaudit.quantity.interval import Exact, quotient
from fireaudit.quantity.quantity import Change, Qualifier, Quantity

_DIGITS = "0-9０-９"
_RUN = re.compile(rf"[{_DIGITS}](?:[{_DIGITS},，.．]*[{_DIGITS}])?")
_HAN_RUN = re.compile("[〇零一二三四五六七八九十百千两]+")
MOST_PLACES = 6
_HAN = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_MINUS = ("-", "−")


def reread(quantity: Quantity, text: str) -> Quantity | None:
    """``text`` read as ``quantity`` was: with its unit where none is printed, and its rounding."""
    try:
        found = read_figure(text, quantity.unit, quantity.rounding)
    except FigureError:
        return None
    return None if found.missing or found.unit.dimension != quantity.unit.dimension else found


def reprint(quantity: Quantity, nominal: Exact) -> str | None:
    """The text of ``quantity`` with ``nominal`` (in base units) as its number; ``None`` where it cannot be printed so."""
    old = quantity.nominal
    if old is None or (quantity.change is not Change.NONE and old * nominal < 0):
        return None  # nobody prints 下降-5%
    if "每" in quantity.text:
        return _inverse(quantity, nominal)
    for run in (*_RUN.finditer(quantity.text), *_HAN_RUN.finditer(quantity.text)):
        value = _value(run[0])
        if value is None:
            continue
        scaled = quotient(value * nominal, old) if old and value else quotient(nominal, quantity.unit.factor)
        text = _with(quantity.text, run, scaled)
        found = reread(quantity, text) if text is not None else None
        if found is not None and found.nominal == nominal and _hedge(found) is _hedge(quantity):
            return text
    return None


def _hedge(quantity: Quantity) -> Qualifier:
    """Whether a number is rounded shows in its digits; only words hedge it."""
    return Qualifier.EXACT if quantity.qualifier is Qualifier.ROUNDED else quantity.qualifier


def _inverse(quantity: Quantity, nominal: Exact) -> str | None:
    """每8.9平方公里1个: the number that is divided by, to its printed decimals; what it allows must hold ``nominal``."""
    run = _RUN.search(quantity.text)
    if run is None or not nominal or not quantity.nominal:
        return None
    value = _value(run[0])
    if not value:
        return None
    places = len(run[0].partition(".")[2])
    text = _with(quantity.text, run, Fraction(round(Fraction(value) * quantity.nominal / nominal * 10**places), 10**places))
    found = reread(quantity, text) if text is not None else None
    return text if found is not None and found.interval is not None and nominal in found.interval else None


def _value(run: str) -> Exact | None:
    plain = unicodedata.normalize("NFKC", run).replace(",", "")
    if _HAN_RUN.fullmatch(run):
        read = reread(Quantity("", None), run)
        return None if read is None else read.nominal
    return None if plain.count(".") > 1 else Fraction(plain)


def _with(text: str, run: re.Match[str], value: Exact) -> str | None:
    start, printed = run.start(), run[0]
    head, tail = text[:start], text[run.end() :]
    if value < 0:
        value = -value
        head = head[:-1] if head.endswith(_MINUS) else head + "-"
    if _HAN_RUN.fullmatch(printed):
        number = _chinese(value)
    else:
        number = _decimal(printed, value)
    return None if number is None else head + number + tail


def _decimal(printed: str, value: Exact) -> str | None:
    """In the decimals printed, or in as many more as the number needs."""
    plain = unicodedata.normalize("NFKC", printed)
    places = len(plain.partition(".")[2])
    while Fraction(value).denominator > 1 and places < MOST_PLACES and (Fraction(value) * 10**places).denominator != 1:
        places += 1
    scaled = Fraction(value) * 10**places
    if scaled.denominator != 1:
        return None
    digits = str(scaled.numerator).zfill(places + 1)
    whole, part = (digits[:-places], "." + digits[-places:]) if places else (digits, "")
    if "," in plain:
        whole = f"{int(whole):,}"
    return (whole + part).translate(_WIDE) if plain != printed else whole + part


def _chinese(value: Exact) -> str | None:
    """Whole numbers below a hundred, as plans print them: 十一, 二十."""
    if not isinstance(value, int) and value.denominator != 1:
        return None
    number = int(value)
    if not 0 <= number < 100:
        return None
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones or not tens else "")
