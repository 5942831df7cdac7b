"""Numbers of a workbook as its cells display them, by their number formats; exact decimals throughout."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|(?P<bracket>\[[^\]]*\]?)|(?P<date>(?i:AM/PM|A/P|上午/下午|y{1,4}|m{1,5}|d{1,4}|h{1,2}|s{1,2}|a{3,4}))"""
    r"""|(?P<exponent>[Ee][+-])|(?P<general>(?i:General|G/通用格式))|(?P<place>[0#?.,]+)|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]{1,20})\]")
_SHORT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")  # already as a cell without a format shows it
_LONGEST = 255  # no number format that Excel writes is longer


class _Token(NamedTuple):
    kind: str
    text: str


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    sections: list[list[_Token]] = [[]]
    for found in _TOKEN.finditer(code[:_LONGEST]):
        kind, text = str(found.lastgroup), found[found.lastgroup or 0]
        if kind == "other" and text == ";":
            sections.append([])
        else:
            sections[-1].append(_Token(kind, text.strip('"') if kind == "quoted" else text))
    return tuple(tuple(section) for section in sections)


def displayed(text: str, code: str, from_1904: bool = False) -> str:
    """The stored number ``text`` under the format ``code``. What is no number is given back as it is."""
    if code == "General" and len(text) <= 11 and _SHORT.fullmatch(text):
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > 60:
        return text
    with localcontext() as context:
        context.prec = 80
        try:
            return _shown(_fifteen(number), code, from_1904)
        except InvalidOperation:  # a format of more places than any number has
            return text


def _fifteen(number: Decimal) -> Decimal:
    """Fifteen digits are what a workbook holds; the rest is noise of binary fractions."""
    if not number:
        return Decimal(0)
    return number.quantize(Decimal(1).scaleb(number.adjusted() - 14), ROUND_HALF_UP)


def _shown(number: Decimal, code: str, from_1904: bool) -> str:
    section, bare = _chosen(number, _sections(code))
    kinds = {token.kind for token in section}
    if not section and number:
        return ""
    if "date" in kinds:
        return _date(number, section, from_1904)
    sign = "-" if number < 0 and not bare else ""
    if "general" in kinds or not kinds & {"place", "exponent"}:
        literal = "".join(_literal(t) if t.kind != "general" else general(abs(number)) for t in section if t.kind != "bracket")
        return sign + (literal if kinds & {"general", "quoted", "escaped"} else general(abs(number))).strip()
    return sign + _figure(abs(number), section)


def _chosen(number: Decimal, sections: tuple[tuple[_Token, ...], ...]) -> tuple[tuple[_Token, ...], bool]:
    """The section for the number, and whether the section writes the sign itself."""
    numeric = [section for section in sections if not any(t.kind == "other" and t.text == "@" for t in section)] or [(_Token("general", "General"),)]
    conditions = [_condition(section) for section in numeric]
    if any(conditions):
        for section, condition in zip(numeric, conditions, strict=True):
            if condition is None or _holds(number, *condition):
                return section, number < 0 and condition is not None and condition[0] in ("<", "<=")
        return numeric[-1], False
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    if number == 0 and len(numeric) > 2:
        return numeric[2], True
    return numeric[0], False


def _condition(section: tuple[_Token, ...]) -> tuple[str, Decimal] | None:
    for token in section:
        if token.kind == "bracket" and (found := _CONDITION.fullmatch(token.text)):
            try:
                return found[1], Decimal(found[2])
            except InvalidOperation:
                return None
    return None


def _holds(number: Decimal, sign: str, bound: Decimal) -> bool:
    return {"<": number < bound, ">": number > bound, "<=": number <= bound, ">=": number >= bound, "=": number == bound, "<>": number != bound}[sign]


def _literal(token: _Token) -> str:
    if token.kind == "bracket":
        currency = re.match(r"\[\$([^\]-]*)", token.text)
        return currency[1] if currency else ""
    return {"space": " ", "fill": ""}.get(token.kind, token.text)


def _figure(number: Decimal, section: tuple[_Token, ...]) -> str:
    places = "".join(token.text for token in section if token.kind == "place")
    if any(t.kind == "other" and t.text == "/" for t in section):
        return general(number)  # written as a common fraction: shown as the decimal it stands for
    percents = sum(token.kind == "other" and token.text == "%" for token in section)
    number *= 100**percents
    number /= 1000 ** (len(places) - len(places.rstrip(",")))
    whole, _, part = places.rstrip(",").partition(".")
    exponent = next((i for i, token in enumerate(section) if token.kind == "exponent"), None)
    if exponent is not None:
        return _scientific(number, section, exponent)
    decimals = len([c for c in part if c in "0#?"])
    least = len(part.rstrip("#?,")) if part else 0
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    digits, _, after = f"{rounded:f}".partition(".")
    while len(after) > least and after.endswith("0"):
        after = after[:-1]
    zeros = whole.count("0")
    digits = ("" if digits == "0" and not zeros else digits).zfill(zeros)
    if "," in whole:
        digits = f"{int(digits or '0'):,}" if len(digits) > 3 and not digits.startswith("0") else digits
    text = digits + ("." + after if after or (part and least) else "")
    return _around(section, text)


def _around(section: tuple[_Token, ...], figure: str) -> str:
    """The figure among the literals of its format; they stand where the first places stood."""
    pieces: list[str] = []
    for token in section:
        if token.kind == "place":
            pieces.append(figure)
            figure = ""
        else:
            pieces.append(_literal(token))
    return "".join(pieces).strip()


def _scientific(number: Decimal, section: tuple[_Token, ...], at: int) -> str:
    mantissa = "".join(token.text for token in section[:at] if token.kind == "place")
    power = "".join(token.text for token in section[at:] if token.kind == "place")
    decimals = len(mantissa.partition(".")[2])
    shown = f"{number:.{decimals}E}"
    digits, _, exponent = shown.partition("E")
    return f"{digits}E{'-' if exponent.startswith('-') else '+'}{exponent.lstrip('+-').zfill(len(power))}"


def general(number: Decimal) -> str:
    """At most eleven characters, as a cell without a format shows it."""
    whole = f"{number:f}".partition(".")[0]
    if len(whole.lstrip("-")) > 11:
        return f"{number.normalize():.5E}"
    rounded = number.quantize(Decimal(1).scaleb(-max(10 - len(whole.lstrip("-")), 0)), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(number: Decimal, section: tuple[_Token, ...], from_1904: bool) -> str:
    """A day counted from 1900 (in which 29 February is counted, though there was none) or from 1904."""
    if not 0 <= number < 2_958_466:
        return general(number)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31) if number < 60 else datetime(1899, 12, 30)
    seconds = int((number * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
    when = start + timedelta(seconds=seconds)
    half = any(token.kind == "date" and "/" in token.text for token in section)
    pieces: list[str] = []
    before = ""
    for index, token in enumerate(section):
        if token.kind != "date":
            elapsed = re.fullmatch(r"\[([hms])+\]", token.text, re.IGNORECASE) if token.kind == "bracket" else None
            pieces.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[elapsed[1].lower()]) if elapsed else "" if token.kind == "bracket" else _literal(token))
            before = elapsed[1].lower() if elapsed else before
            continue
        after = next((t.text[0].lower() for t in section[index + 1 :] if t.kind == "date"), "")
        word = token.text.lower()
        minutes = word in ("m", "mm") and (before == "h" or after == "s")
        pieces.append(_part(when, word, half, minutes))
        before = word[0]
    return "".join(pieces).strip()


def _part(when: datetime, word: str, half: bool, minutes: bool) -> str:
    hour = (when.hour - 1) % 12 + 1 if half else when.hour
    if "/" in word:
        names = word.split("/")
        shown = names[when.hour >= 12]
        return shown.upper()
    amount = {"y": when.year, "m": when.minute if minutes else when.month, "d": when.day, "h": hour, "s": when.second, "a": when.isoweekday() % 7}[word[0]]
    match word:
        case "yy" | "y":
            return f"{when.year % 100:02}"
        case "mmm" | "mmmm" | "mmmmm":
            return f"{when:%B}"[: {3: 3, 4: 99, 5: 1}[len(word)]]
        case "ddd" | "dddd":
            return f"{when:%A}"[: 3 if word == "ddd" else 99]
        case "aaa" | "aaaa":
            return ("星期" if word == "aaaa" else "") + "日一二三四五六"[amount]
    return f"{amount:02}" if len(word) == 2 else str(amount)
