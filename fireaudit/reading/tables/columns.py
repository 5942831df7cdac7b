"""Columns with their labels, units and roles, and whether their figures add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fireaudit.discovery.grid import STOCK
from fireaudit.plan.dates import read_years
from fireaudit.reading.figures import figure, framed, is_figure, unit_in, unit_text
from fireaudit.reading.grid import Line, Piece
from fireaudit.reading.tables.row import Row, kind_of
from fireaudit.reading.tables.table import SYMBOL, TableColumn
from fireaudit.reading.texts import compare, tidy

SERIAL = re.compile(r"序号|序號|编号|編號|行次|项次|(?i:no\.?|number|#|s/n|item no\.?)")
_CODE = re.compile(r"代码|代碼|编码|編碼|编号|編號|电话|電話|邮编|文号|(?i:code|phone)")
LEVEL = re.compile(r"[类類款项項目节節]|(?:支出|政府|部门)*(?:预算)?(?:功能|经济|經濟)?(?:分类|分類)?(?:科目)?(?:代码|代碼|编码|編碼)|(?i:codes?)")
"""Classes and items as budgets number them: 类 301, 款 01."""
_UNIT_COLUMN = re.compile(r"(?:计量|計量)?[单單][位位]|(?i:units?|unit of measure)")
_PLAIN_TEXT = re.compile(rf"{_CODE.pattern}|[备附][注註]|備註|说明|依据|(?i:remarks?|notes?)")
_LINE_NUMBER = re.compile(r"[行栏欄][次号]|(?i:line(?: no\.?)?)")
_YEARS = re.compile(r"年份|年度|时间|時間|期限|(?i:year|period)")
_PERIOD_NAME = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:月份?|日|时|時|季度)|第?[一二三四1-4]季度|[上下]半年|全年|合计|合計|(?i:q[1-4])")
_NO_SUM = re.compile(
    r"单价|單價|均价|价格|价$|标准|排名|位次|名次|编号|代码|系数|利率|税率|温度|性别比|比[(（]|比$|年限|楼层|第.{0,9}位|时间|年龄|满意度|(?i:price|rank|code|rate|index|average|mean|time|age|per )"
)
_EXTREME = re.compile(r"最[高大低小多少长短]|[极極峰谷]值|平均|均值|人均|(?i:peak|highest|lowest|\b(?:max|min)(?:imum)?\b)")
_PERCENT = re.compile(r"[%％]|占比|比重|比例|百分比|(?i:per ?cent)")
_SHARE = re.compile(r"占.*比|比重|构成|構成|比例|百分比|(?i:share|per ?cent|%)")
_NO_SUMS = re.compile(r"涨跌|增速|增长速度|增长率|增长情况|指数|排名|(?i:growth|index|change in)")
_AND = re.compile(r"及其|[及和与與]|(?i:\band\b)")

_KEPT = re.compile(rf"{STOCK.pattern}|累计|累計")
_OF_THINGS = re.compile(r"[台辆套件个支具座处栋架艘部块只]/[台辆套件个支具座处栋架艘部块只]")
"""Sorts of things counted one by one, no rate: 台/辆."""
_PERIOD = re.compile(
    r"[0-9]{4}|[0-9]{1,2}月|[一二三四五六七八九十]{1,3}月|第?[一二三四1-4]季|上半年|下半年|Q[1-4]|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)


def columns_of(headers: list[Line], body: list[Line], unit: str) -> tuple[list[TableColumn], list[Line]]:
    """Each column with its label, unit and role; columns of one number in the same words become figures."""
    width = len(body[0]) if body else len(headers[0]) if headers else 0
    body = [list(line) for line in body]
    columns: list[TableColumn] = []
    figures = 0
    for c in range(width):
        levels: list[str] = []
        for line in headers:
            text = line[c].text
            if text and text not in levels:
                levels.append(text)
        label, own = " ".join(levels), ""
        lowest = levels[-1] if levels and any(mark.fullmatch(compare(levels[-1])) for mark in (SERIAL, LEVEL)) else label
        role = _role(lowest, [line[c] for line in body], columns, figures)
        if role == "figure":
            label, own = _unit_of(levels)
        spot = headers[-1][c].spot if headers else body[0][c].spot
        if role == "text" and (frame := framed([line[c].text for line in body if line[c].text])):
            words, word_unit, numbers = frame
            remaining = iter(numbers)
            for line in body:
                if line[c].text:
                    line[c] = replace(line[c], text=next(remaining))
            label, own, role = tidy(words), word_unit, "figure"
        if role == "figure" and not own and unit and not re.search(r"率|比|%|增[长幅速]", label):
            own = unit
        no_sum = any(pattern.search(label) for pattern in (_NO_SUM, _EXTREME, _PERCENT))
        adds = role != "figure" or not (no_sum or re.search("[%‰/]", _OF_THINGS.sub("", own)))
        columns.append(TableColumn(label, role, own if role == "figure" else "", spot, adds))
        figures += role == "figure"
    return columns, body


def _unit_of(levels: Sequence[str]) -> tuple[str, str]:
    """The label without its unit, which any level of the heading may give; the lowest counts."""
    parts = [unit_in(level) for level in levels]
    own = next((unit for _, unit in reversed(parts) if unit), "")
    return " ".join(name for name, _ in parts if name), own


def is_mark(label: str) -> bool:
    """Whether a column holds serial numbers, codes or units: numerals there count nothing."""
    plain = compare(label)
    return _CODE.search(plain) is not None or any(mark.fullmatch(plain) for mark in (SERIAL, LEVEL, _LINE_NUMBER, _UNIT_COLUMN))


def _role(label: str, pieces: Sequence[Piece], before: Sequence[TableColumn], figures_before: int) -> str:
    """number, year, date, name, symbol, figure or text."""
    body = [piece for piece in pieces if not kind_of(piece.text)]
    texts = [piece.text for piece in body if piece.text]
    if not texts:
        total = [piece.text for piece in pieces if piece.text]
        return "figure" if any(is_figure(text) for text in total) else "text"
    has_name = any(column.role in ("name", "year") for column in before)
    if _LINE_NUMBER.fullmatch(compare(label)) or (_UNIT_COLUMN.fullmatch(compare(label)) and 2 * sum(bool(unit_text(text)) for text in texts) > len(texts)):
        return "text"
    serial = SERIAL.fullmatch(label.replace(" ", "")) and (not has_name or not label.isascii() or _counts_up(texts))
    if all(text.isdigit() for text in texts) and (serial or (not label and not before and _counts_up(texts))):
        return "number"
    if sum(bool(SYMBOL.fullmatch(text)) for text in texts) * 3 >= 2 * len(texts):
        return "symbol"
    if not before and len(set(texts)) == len(texts) and all(_PERIOD_NAME.fullmatch(compare(text)) for text in texts):
        return "name"
    years = [read_years(text) for text in texts]
    if all(span is not None and span[0] >= 1700 and span[1] < 2200 for span in years) and ("年" in "".join(texts) or _YEARS.search(label)):
        spans = [years_of for years_of in years if years_of]
        covered = [year for low, high in spans for year in range(low, min(high, low + 60) + 1)]
        own = not has_name and len(set(covered)) == len(covered) and len(texts) == len(body) and all(1900 <= year < 2200 for year in covered)
        return "year" if own else "text"
    if _PLAIN_TEXT.search(label) or serial or (LEVEL.fullmatch(label) and all(text.isdigit() for text in texts)):
        return "text"
    labels = not figures_before and len(body) < len(pieces)  # where rows print the word for a total, the others print labels: ages, months
    figures = sum(is_figure(text) for text in texts) if not labels else 0
    missing = sum((q := figure(text)) is not None and q.missing for text in texts)
    if figures and (figures + missing) * 5 >= 4 * len(texts) and (figures >= 2 or len(texts) <= 2 or missing + figures == len(texts)):
        return "figure"
    distinct = len({compare(text) for text in texts}) == len(texts) == len(body)
    short = all(len(text) <= 40 for text in texts)
    return "name" if not has_name and not figures_before and distinct and short else "text"


def _counts_up(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and all(text == str(i) for i, text in enumerate(texts, 1))


def without_sums(columns: list[TableColumn], title: str) -> list[TableColumn]:
    """Nothing adds up in a table of growth rates or ranks."""
    return [replace(column, adds=column.role != "figure") for column in columns] if _NO_SUMS.search(title) and not _AND.search(title) else columns


def is_share(column: TableColumn) -> bool:
    """Shares of a whole, which add up as the figures do that they are shares of; a rate or a growth does not."""
    return not column.adds and bool(_SHARE.search(column.label)) and not _NO_SUMS.search(column.label)


def of_periods(columns: list[TableColumn], rows: Sequence[Row]) -> list[TableColumn]:
    """What is left at the end of each period is not added up over periods."""
    plain = [row for row in rows if row.kind == "plain"]
    periods = bool(plain) and all(_PERIOD.match(compare(row.label)) for row in plain)
    return [replace(column, adds=column.adds and not _KEPT.search(column.label)) for column in columns] if periods else columns


def during(columns: Sequence[TableColumn], rows: Sequence[Row]) -> str:
    """The years that a schedule covers, by its own first and last."""
    index = next((i for i, column in enumerate(columns) if column.role == "year"), None)
    if index is None:
        return ""
    years = [span for row in rows if (span := read_years(row.cells[index].text))]
    if not years:
        return ""
    low, high = min(a for a, _ in years), max(b for _, b in years)
    return f"{low}-{high}" if low < high else str(low)
