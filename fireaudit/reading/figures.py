"""What a cell of a table or a heading of a column says as a figure, a year or a unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from fireaudit.plan.dates import read_years
from fireaudit.quantity import COUNT, FigureError, Quantity, Unit, read_figure, take_unit
from fireaudit.reading.texts import compare

_IN_BRACKETS = re.compile(r"(?P<label>.*?)[(（\[［](?P<inside>[^()（）\[\]［］]{1,24})[)）\]］]", re.DOTALL)
_UNIT_LINE = re.compile(r"[(（]?(?:(?:计量|金额|货币)?[单單][位位]|(?i:units?))\s*[:：]\s*(?P<unit>[^()（）]{1,24}?)[)）]?")
_ORDINAL = re.compile(
    r"[0-9]{4}(?:年度?)?(?:[-~—–至][0-9]{2,4}年?度?)?|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:月份?|季度|日|号)|[0-9]{1,2}[-~—–至][0-9]{1,2}月"
    r"|[0-9]{1,3}(?:[-~—–至到][0-9]{1,3})?(?:周?[岁歲]|[yY]ears?).*|[0-9]{1,3}\+"
    r"|[一二三四五六七八九十]+\D*|第.*|[Qq][1-4].*|[0-9]{4}年.*"
)
_THOUSANDS = re.compile(r"(?:US|HK|NT)?[£$€¥￥]\s?(?:['’‘]?000s?|m|bn)", re.IGNORECASE)
_NUMERAL = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?(?![0-9])")


def figure(text: str, unit: Unit = COUNT) -> Quantity | None:
    """The quantity of a cell; ``None`` where it is no figure. A blank or a dash is a missing figure."""
    try:
        return read_figure(text, unit)
    except FigureError:
        return None


def is_figure(text: str) -> bool:
    """A figure that is there, and no year."""
    quantity = figure(text) if any(c.isdigit() or c in "〇零一二两三四五六七八九十百千万亿" for c in text) else None
    return quantity is not None and not quantity.missing and not _bare_year(text)


def _bare_year(text: str) -> bool:
    return "年" in text and read_years(text) is not None


def is_label(text: str) -> bool:
    """What may head a column: words, a year, a month, a kind, a currency in thousands."""
    return bool(_ORDINAL.fullmatch(compare(text)) or _THOUSANDS.fullmatch(text.strip())) or not is_figure(text)


def year_of(text: str) -> int | None:
    """The one year a heading names first: ``2025年``, ``2025年目标``, ``2025``."""
    match = re.search(r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?![0-9])", unicodedata.normalize("NFKC", text))
    return int(match["year"]) if match else None


def unit_in(label: str) -> tuple[str, str]:
    """A heading and the unit it gives in brackets or behind a comma: ``金额（万元）``."""
    match = _IN_BRACKETS.fullmatch(label)
    if match and (unit := unit_text(match["inside"])):
        return match["label"].strip(), unit
    if label[-1:] in ("%", "‰") and len(label) > 1:
        return label[:-1].strip(), label[-1]
    head, comma, tail = label.rpartition(",") if "," in label else label.rpartition("，")
    if comma and (unit := unit_text(tail.strip())):
        return head.strip(), unit
    return label, ""


def unit_text(text: str) -> str:
    """``text`` if it is a unit and nothing else, without the word 单位 before it."""
    plain = re.sub(r"^(?:计量)?单位[:：]", "", compare(text))
    if not plain or len(plain) > 20 or plain.isdigit():
        return ""
    unit, rest = take_unit(plain)
    return plain if not rest and unit is not COUNT else ""


def unit_line(text: str) -> str | None:
    """The unit of ``单位：万元``, empty where it names several; ``None`` where the line is no such line."""
    match = _UNIT_LINE.fullmatch(" ".join(text.split()))
    return unit_text(match["unit"]) if match else None


def framed(texts: Iterable[str]) -> tuple[str, str, list[str]] | None:
    """Cells that all say the same but for one number (``新建消火栓20个``): the words, the unit, and the numbers."""
    frames, numbers = set(), []
    for text in texts:
        found = list(_NUMERAL.finditer(text))
        if len(found) != 1:
            return None
        before, after = text[: found[0].start()], text[found[0].end() :]
        unit, rest = take_unit(after)
        frames.add((before, "" if unit is COUNT else unit.text, rest.rstrip("。；;，,")))
        numbers.append(found[0][0])
    if len(frames) != 1 or len(numbers) < 2:
        return None
    before, unit_word, rest = frames.pop()
    return (before + rest, unit_word, numbers) if len(before) >= 2 and "年" not in unit_word else None
