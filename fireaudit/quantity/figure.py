"""The one grammar of printed figures: ``约190个``, ``≥0.45‰``, ``10余万人``, ``60-90人``, ``下降10%``, ``2.08名/万人``.

Readings that law or usage settles: 以上 and 以下 include the number (Civil Code of the PRC, art. 1259); a bound and the
ends of a range are the number itself; a decimal or a scaled number stands for whatever rounds to it; 余 and 多 reach up
to one unit of the last digit that is not zero, 近 down by one, 约 one both ways.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import NoReturn

from fireaudit.quantity.interval import Exact, Interval, canonical, point, quotient
from fireaudit.quantity.marks import has_power, without_marks
from fireaudit.quantity.numeral import Numeral, take_numeral
from fireaudit.quantity.plain import SIMPLE
from fireaudit.quantity.quantity import Change, Qualifier, Quantity, Rounding
from fireaudit.quantity.unit import COUNT, NONE, UNKNOWN, WORD, Unit, combine, known_words, spell, take_scale, take_unit

LONGEST = 120


class FigureError(ValueError):
    """``text`` is no figure; ``fragment`` is the part that could not be read and ``reason`` one of ``REASONS``."""

    REASONS = ("empty", "long", "number", "unit", "range", "rest", "zero", "raised")

    def __init__(self, text: str, reason: str, fragment: str) -> None:
        super().__init__(f"{text}: {reason}: {fragment}")
        self.text, self.reason, self.fragment = text, reason, fragment


_MISSING = frozenset({"", "-", "--", "---", "—", "——", "–", "−", "/", "\\", "…", "...", "......", "无数据", "n/a", "N/A", "~"})
_SOME = re.compile("若干")
"""A count that is not told is as unknown as one that is missing."""
_CUMULATIVE = re.compile(r"[\[(〔【](.+)[\])〕】]")
"""Brackets around a whole figure: indicator tables mark cumulative ones so."""
_WHOLE = re.compile(r"[1-9][0-9]{0,14}")
_SCALED = frozenset("十百千万萬亿億半")
_SPACE = re.compile(r"\s+")
_FILLER = re.compile(
    r"(?:总数|总计|连续|合计|共计|累计|总共|共|各|占比|占|为|达到|达|到|实现|完成|建成|同比|环比|年均|每年|平均|"
    r"[较比](?:[0-9]{4}年|上年|去年|基期|“?[0-9十]+五”?)?)+"
)
_BELOW = "不超过|不多于|不高于|不大于|不得超过|不得多于|不得高于|至多|最多|控制在|小于等于|小于或等于|≤|<=|≦|at most|up to|no more than|not more than"
_ABOVE = "不少于|不低于|不小于|不得少于|不得低于|至少|最少|大于等于|大于或等于|≥|>=|≧|at least|no fewer than|no less than|not less than"
_PREFIX = re.compile(
    rf"(?P<ge>{_ABOVE})|(?P<le>{_BELOW})|(?P<gt>超过|超出|大于|高于|多于|逾|超|过|突破|>|more than|over|exceeding)"
    r"|(?P<lt>不足|不到|不满|小于|低于|少于|未满|<|less than|fewer than|under|below)"
    r"|(?P<about>大约|约为|约|大概|左右|about|around|approximately|roughly|some|~)|(?P<near>接近|将近|近|nearly|almost|close to)"
    r"|(?P<between>between|from(?= ?[0-9.,]+ ?%? to ))",
    re.IGNORECASE,
)
# What follows in a lookahead makes another word of it: 内设机构, 多功能, 左右两侧.
_SUFFIX = re.compile(
    r"(?P<ge>及以上|或以上|以上|起(?![到于动])| ?or (?:more|above)| ?and above)|(?P<le>及以下|或以下|以下|以内|之内|内(?![设部容外陆河涝])| ?or less| ?or fewer)"
    r"|(?P<about>左右(?![两侧手])|上下(?![游级联两])|前后(?![两端]))|(?P<odd>余|餘|多(?![功种元灾媒样层边部方次项类处维]))"
)
_VERB = re.compile(
    r"(?P<down>下降|减少|降低|压减|压降|缩减|缩短|下滑|减|降|(?:fall(?:en|s)?|fell|declined?|decreased?|dropped|reduced?|down|cut)\b)"
    r"|(?P<up>增长|增加|提高|提升|上升|上涨|增|升|(?:rose|risen|rises?|grew|grown|increased?|up)\b)",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    r"(?P<yuan>RMB|CNY|¥|人民币)|(?P<USD>USD|US\$|\$|美元)|(?P<HKD>HKD|HK\$|港[币幣])|(?P<TWD>TWD|NTD|NT\$|新[台臺][币幣])|(?P<MOP>MOP\$?|澳[门門][币幣])"
    r"|(?P<SGD>SGD|S\$)|(?P<AUD>AUD|AU?\$)|(?P<GBP>GBP|£)|(?P<EUR>EUR|€)|(?P<JPY>JPY|日元)"
)
_MAGNITUDE = re.compile(r" ?(?P<letters>bn|tn|m|k)(?![A-Za-z])")
_MAGNITUDES = {"k": 10**3, "m": 10**6, "bn": 10**9, "tn": 10**12}
"""Letters behind an amount of money: £350k, $1.2bn."""
_TO = re.compile(r"到|至|为| to\b")
_BY = re.compile(r"了| by\b")
_RANGE = re.compile(r"[-~～—–－−]+|至|到| ?to ")
_AND = re.compile(r" ?and ")
_POINTS = re.compile(r"[个個]?百分点| ?percentage points?")
_FRACTION = re.compile(r"(?P<below>百|千|万|[一二两三四五六七八九十]+)分之")
_HALF = re.compile(r"一半|半数|半$")
"""Half of something: a share, whatever unit stands around it."""
_RATIO = re.compile(r"(?P<a>[0-9]+(?:\.[0-9]+)?)[:∶](?P<b>[0-9]+(?:\.[0-9]+)?)")
_SIGN = re.compile(r"[-−+]")
_YUAN = (("元", 1),)
# Units keep the script they are printed in: both forms of their characters are known.
_PLAIN = {code: plain for code, plain in SIMPLE.items() if chr(code) not in "".join(known_words())}


@lru_cache(maxsize=65_536)
def read_figure(text: str, default: Unit = COUNT, rounding: Rounding | None = None) -> Quantity:
    """Read a printed figure. ``default`` is the unit of a figure printed without one.

    ``rounding`` given, every number (whole ones too) is taken as rounded or truncated at its last printed digit, or
    as exact; without it, decimals and scaled numbers are taken as rounded. Raises ``FigureError``.
    """
    if len(text) > LONGEST:
        raise FigureError(text[:LONGEST], "long", text[:20])
    if rounding is None and (plainly := _plainly(text, default)) is not None:
        return plainly
    bare = without_marks(text)
    if has_power(bare):
        raise FigureError(text, "raised", bare.strip())
    plain = _SPACE.sub("" if _has_han(text) else " ", unicodedata.normalize("NFKC", bare).strip()).translate(_PLAIN)
    if marked := _CUMULATIVE.fullmatch(plain):
        plain = marked[1]
    if plain in _MISSING or (some := _SOME.match(plain)) and not take_unit(plain[some.end() :])[1]:
        return Quantity(text, None, default, qualifier=Qualifier.MISSING)
    try:
        return _Reader(text, plain, default, rounding).read()
    except FigureError as error:
        raise FigureError(text, error.reason, error.fragment) from None


def _plainly(text: str, default: Unit) -> Quantity | None:
    """A whole number with a simple unit or none, as most figures are: what the grammar makes of it, in one step."""
    digits = _WHOLE.match(text)
    if digits is None:
        return None
    unit = _simple_unit(text[digits.end() :]) if digits.end() < len(text) else default
    if unit is None or unit.factor != 1 or unit.text[:1] in _SCALED:
        return None
    value = int(digits[0])
    return Quantity(text, point(value), unit, value)


@lru_cache(maxsize=1024)
def _simple_unit(word: str) -> Unit | None:
    """A unit that is one word; one that begins with a numeral (千克) belongs to the grammar."""
    found = None if word[0] in _SCALED or word.translate(_PLAIN) != word else WORD.fullmatch(word)
    return take_unit(word)[0] if found is not None and found["name"] == word else None


def figure_length(plain: str) -> int:
    """How much of ``plain`` the figure that it begins with takes; 0 where it begins with none. Qualifiers behind count, in front not."""
    reader = _Reader(plain, plain, COUNT, None, whole=False)
    try:
        reader.read()
    except FigureError:
        return 0
    return len(plain) - len(reader.rest)


def _has_han(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text) or not any(c.isalpha() for c in text)


class _Reader:
    """One pass over one figure, left to right."""

    def __init__(self, text: str, plain: str, default: Unit, rounding: Rounding | None, whole: bool = True) -> None:
        self.text, self.rest, self.default, self.rounding, self.whole = text, plain, default, rounding, whole
        self.marks: set[str] = set()
        self.currency = COUNT
        self.sign = 0
        self.to = False

    def read(self) -> Quantity:
        self._prefixes()
        if self.rest.startswith("每"):
            return self._per()
        if ratio := _RATIO.fullmatch(self.rest) if self.whole else _RATIO.match(self.rest):
            self.rest = self.rest[ratio.end() :]
            a, b = (Fraction(ratio[group]) for group in "ab")
            if b == 0:
                self._fail("zero", self.text)
            return self._finish(Numeral(canonical(a / b), 1, 1, False), COUNT, None)
        if self.rest in ("翻一番", "翻番"):
            self.sign, self.rest = 1, ""
            return self._finish(Numeral(1, 1, 1, False), Unit(NONE, 1, "%"), None)
        if half := _HALF.match(self.rest):
            self.rest = self.rest[half.end() :]
            self._suffixes()
            self._end("rest")
            return self._finish(Numeral(50, 10, 10, False), Unit(NONE, Fraction(1, 100), "%"), None)
        if part := _FRACTION.match(self.rest):
            return self._fraction(part)
        first = self._numeral()
        unit, second = COUNT, None
        scale_rest = self.rest
        if separator := self._separator():
            after = self.rest[separator.end() :]
            if take_numeral(after) is not None:
                self.rest = after
                second = self._numeral()
                unit = self._unit()
                first = self._share_scale(first, second, scale_rest)
        else:
            unit = self._unit()
            separator = self._separator()
            if separator and take_numeral(self.rest[separator.end() :]) is not None:
                self.rest = self.rest[separator.end() :]
                second = self._numeral()
                other = self._unit()
                if other.dimension != unit.dimension:
                    self._fail("range", self.rest or self.text)
                first = _scaled(first, quotient(unit.factor, other.factor))
                unit = other
        self._suffixes()
        self._end("unit" if unit is COUNT else "rest")
        if unit is COUNT:
            unit = self.default if self.currency is COUNT else self.currency
        elif self.currency is not COUNT and unit.dimension == _YUAN:
            unit = Unit(self.currency.dimension, unit.factor, unit.text)  # HK$3,200萬元: the sign says whose 元
        return self._finish(first, unit, second)

    def _fail(self, reason: str, fragment: str) -> NoReturn:
        raise FigureError(self.text, reason, fragment)

    def _end(self, reason: str) -> None:
        if self.rest and self.whole:
            self._fail(reason, self.rest)

    def _prefixes(self) -> None:
        while self.rest:
            self.rest = self.rest.lstrip(" ")
            if match := _PREFIX.match(self.rest):
                self.marks.add(str(match.lastgroup))
            elif match := _CURRENCY.match(self.rest):
                self.currency = take_unit(str(match.lastgroup))[0]
            elif match := _VERB.match(self.rest):
                self.sign = -1 if match.lastgroup == "down" else 1
                self.rest = self.rest[match.end() :]
                if by := _BY.match(self.rest):
                    self.rest = self.rest[by.end() :]
                if to := _TO.match(self.rest):
                    self.to = True
                    self.rest = self.rest[to.end() :]
                continue
            else:
                match = _FILLER.match(self.rest)
                if match is None:
                    break
            self.rest = self.rest[match.end() :]

    def _numeral(self) -> Numeral:
        negative = bool(sign := _SIGN.match(self.rest)) and sign is not None and sign[0] != "+"
        body = self.rest[1:] if _SIGN.match(self.rest) else self.rest
        found = take_numeral(body)
        if found is None:
            self._fail("number" if self.rest else "empty", self.rest or self.text)
        assert found is not None
        numeral, self.rest = found
        self.rest = self.rest.lstrip(" ")
        if numeral.odd:
            self.marks.add("odd")
        if self.currency is not COUNT and (scale := _MAGNITUDE.match(self.rest)):
            self.rest = self.rest[scale.end() :]
            scaled = _scaled(numeral, _MAGNITUDES[scale["letters"]])
            numeral = Numeral(scaled.value, scaled.step, scaled.unit, True, numeral.odd)
        return _scaled(numeral, -1) if negative else numeral

    def _unit(self) -> Unit:
        if match := _POINTS.match(self.rest):
            self.marks.add("points")
            self.rest = self.rest[match.end() :]
            return Unit(NONE, Fraction(1, 100), "百分点")
        if self.rest[:1].isdigit() or (self.rest.startswith("/") and self.default is COUNT):
            return COUNT  # a second number is no scale of a unit: 七万3个
        unit, rest = take_unit(self.rest.removeprefix(" "))
        if unit is not COUNT:
            self.rest = rest
        return unit

    def _suffixes(self) -> None:
        while match := _SUFFIX.match(self.rest):
            self.marks.add(str(match.lastgroup))
            self.rest = self.rest[match.end() :]

    def _separator(self) -> re.Match[str] | None:
        """What parts the ends of a range. In running text 100%到一线 is no range: both ends are of one script."""
        found = (_AND if "between" in self.marks else _RANGE).match(self.rest)
        if found is None or self.whole:
            return found
        after = self.rest[found.end() : found.end() + 1]
        return found if after.isascii() and after.isdigit() or (found[0] not in ("到", "至") and not after.isascii()) else None

    def _share_scale(self, first: Numeral, second: Numeral, between: str) -> Numeral:
        """5-10万人 means 5万 to 10万: the scale printed once belongs to both ends."""
        scale = second.step if second.rounded and second.step > 1 else 1
        if scale > 1 and not first.rounded and first.value < second.value / Fraction(scale):
            return _scaled(first, scale)
        return first

    def _fraction(self, part: re.Match[str]) -> Quantity:
        below = {"百": 100, "千": 1000, "万": 10_000}.get(part["below"])
        if below is None:
            read = take_numeral(part["below"])
            if read is None:
                self._fail("number", part["below"])
            below = int(read[0].value)
        self.rest = self.rest[part.end() :]
        numeral = self._numeral()
        self._suffixes()
        self._end("rest")
        if below == 0:
            self._fail("zero", self.text)
        factor = Fraction(1, int(below))
        return self._finish(numeral, Unit(NONE, canonical(factor), f"/{below}"), None)

    def _per(self) -> Quantity:
        """``每8.9平方公里1个``, ``每万人2.08名``: so much for each so much."""
        self.rest = self.rest[1:]
        scale, after = take_scale(self.rest)
        base = take_numeral(self.rest)
        below = Numeral(1, 1, 1, False)
        if base is not None and not (after and take_unit(self.rest)[0] is not COUNT and not self.rest[0].isdigit()):
            below, self.rest = base
            if not isinstance(below.step, Fraction):
                below = Numeral(below.value, below.step, below.unit, False)
        divisor = self._unit()
        self._prefixes()
        self.rest = re.sub(r"^(?:拥有|有|配备|配置|设置|设有|设|建设|建有|建)", "", self.rest)
        above = self._numeral()
        unit = self._unit()
        self._suffixes()
        self._end("unit")
        bottom = _scale(self._spread(below), divisor.factor)
        if bottom is None or 0 in bottom or below.value <= 0:
            self._fail("zero", self.text)
        assert bottom is not None
        top = _scale(self._qualified(above), unit.factor)
        dimension = combine(unit.dimension, divisor.dimension, -1)
        rate = Unit(dimension, quotient(unit.factor, divisor.factor), f"{unit.text or '1'}/{divisor.text}")
        nominal = quotient(above.value * unit.factor, below.value * divisor.factor)
        qualifier = self._qualifier(above) if not below.rounded else Qualifier.ROUNDED
        return Quantity(
            self.text, top / bottom, rate, nominal, quotient(above.step * unit.factor, below.value * divisor.factor), qualifier, rounding=self.rounding
        )

    def _spread(self, number: Numeral) -> Interval:
        """What an unhedged number stands for."""
        rounding = self.rounding or (Rounding.HALF if number.rounded else Rounding.EXACT)
        if rounding is Rounding.HALF:
            half = Fraction(number.step) / 2
            return Interval(number.value - half, number.value + half)
        if rounding is Rounding.TRUNCATE:
            if number.value < 0:
                return Interval(number.value - number.step, number.value, low_open=True)
            return Interval(number.value, number.value + number.step, high_open=True)
        return point(number.value)

    def _qualified(self, n: Numeral) -> Interval:
        marks = self.marks
        value = n.value
        if "ge" in marks:
            return Interval(value, None)
        if "gt" in marks:
            return Interval(value, None, low_open=True)
        if "le" in marks:
            return Interval(None, value)
        if "lt" in marks:
            return Interval(None, value, high_open=True)
        if "about" in marks:
            return Interval(value - n.unit, value + n.unit * (2 if "odd" in marks else 1))
        if "odd" in marks:
            return Interval(value, value + n.unit, high_open=True)
        if "near" in marks:
            return Interval(value - n.unit, value, low_open=True)
        return self._spread(n)

    def _qualifier(self, n: Numeral) -> Qualifier:
        marks = self.marks
        if marks & {"ge", "gt", "le", "lt"}:
            return Qualifier.BOUND
        for mark, name in (("about", Qualifier.ABOUT), ("odd", Qualifier.ODD), ("near", Qualifier.NEARLY)):
            if mark in marks:
                return name
        return Qualifier.EXACT if self._spread(n).is_point else Qualifier.ROUNDED

    def _finish(self, first: Numeral, unit: Unit, second: Numeral | None) -> Quantity:
        # A number that its unit scales (38万家, and 12 in a column headed 万元) is as rounded as one that prints 万.
        first = _through(first, unit)
        change = Change.NONE
        if self.sign and not self.to:
            share = unit.text in ("%", "‰", "倍", "成", "percent", "per cent") or unit.text.startswith("/")
            change = Change.POINTS if "points" in self.marks else Change.RELATIVE if share else Change.ABSOLUTE
        elif "points" in self.marks:
            change = Change.POINTS
        if second is not None:
            second = _through(second, unit)
            if first.value > second.value:
                self._fail("range", self.text)
            spread = (first.unit, second.unit) if "about" in self.marks else (0, 0)
            interval = Interval(first.value - spread[0], second.value + spread[1])
            nominal, qualifier = None, Qualifier.RANGE
        else:
            interval, nominal, qualifier = self._qualified(first), first.value, self._qualifier(first)
        if self.sign < 0 and change is not Change.NONE:
            interval, nominal = -interval, None if nominal is None else -nominal
        base = _scale(interval, unit.factor)
        value = None if nominal is None else canonical(nominal * unit.factor)
        return Quantity(self.text, base, unit, value, canonical(first.step * unit.factor), qualifier, change, self.rounding)


def _through(n: Numeral, unit: Unit) -> Numeral:
    scaled = "/" not in unit.text and unit.text[:1] in tuple("百千万萬亿億") and unit.text[:2] not in ("百分",)
    return Numeral(n.value, n.step, n.unit, True, n.odd) if scaled and not n.rounded else n


def _scaled(n: Numeral, factor: Exact) -> Numeral:
    size = factor if factor > 0 else -factor
    return Numeral(canonical(n.value * factor), n.step * size, n.unit * size, n.rounded, n.odd)


def _scale(interval: Interval, factor: Exact) -> Interval:
    return interval if factor == 1 else interval * point(factor)


def decimal_text(value: Exact) -> str:
    """An exact number as a decimal where it has one, as ``a/b`` where it has none."""
    if isinstance(value, int):
        return str(value)
    below = value.denominator
    twos = fives = 0
    while below % 2 == 0:
        below, twos = below // 2, twos + 1
    while below % 5 == 0:
        below, fives = below // 5, fives + 1
    if below != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).zfill(places + 1)
    return ("-" if value < 0 else "") + f"{digits[:-places]}.{digits[-places:]}".rstrip("0")


def amount(value: Exact, unit: Unit = COUNT) -> str:
    """An exact number in ``unit``, for people: a decimal of at most six significant places, ≈ where it was cut."""
    scaled = quotient(value, unit.factor)
    suffix = unit.text or ("" if unit.dimension in (NONE, UNKNOWN.dimension) else spell(unit.dimension))
    exact = decimal_text(scaled)
    if "/" not in exact and len(exact.partition(".")[2]) <= 6:
        return exact + suffix
    places = 4
    while places < 24 and abs(scaled) * 10**places < 1000:
        places += 1
    cut = Fraction(round(scaled * 10**places), 10**places)
    return "≈" + decimal_text(canonical(cut)) + suffix
