"""A grid as a table of a plan: headings, units, roles, total and part rows; or as a form, whose cells are read as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fireaudit.plan.dates import read_years
from fireaudit.readers.document import Grid, Paragraph, Spot
from fireaudit.reading.figures import figure, framed, is_figure, is_label, unit_in, unit_line, unit_text
from fireaudit.reading.grid import Line, Piece, compact, filled, length, matrix, periodic, stretched
from fireaudit.reading.numbering import numbered
from fireaudit.reading.outline import title_like
from fireaudit.reading.tables.accounts import Account
from fireaudit.reading.tables.blanks import is_total, nothing_columns
from fireaudit.reading.tables.captions import aside, names_maker_or_unit
from fireaudit.reading.tables.cells import as_figures
from fireaudit.reading.tables.fits import NONE
from fireaudit.reading.tables.remarks import LONGEST_CAPTION, NOTHING, Remarks, overlaps
from fireaudit.reading.tables.row import Row, kind_of
from fireaudit.reading.tables.rows import arranged
from fireaudit.reading.tables.sides import Side, sides
from fireaudit.reading.tables.unpivot import groups, totals_apart, unpivoted
from fireaudit.reading.texts import compare, one_line, tidy

_NOTE = re.compile(r"(?:备注|附注|注|说明|資料來源|资料来源|数据来源|来源)\s*[0-9一二三四五六七八九十]?\s*[:：]|(?i:notes?|sources?)\s*[0-9]?\s*[:.]|[*＊※]")
_NUMBER = re.compile(r"序号|序號|编号|編號|行次|项次|(?i:no\.?|number|#|s/n|item no\.?)")
_CODE = re.compile(r"代码|代碼|编码|編碼|编号|編號|电话|電話|邮编|文号|(?i:code|phone)")
_UNIT_COLUMN = re.compile(r"(?:计量|計量)?[单單][位位]|(?i:units?|unit of measure)")
_PLAIN_TEXT = re.compile(rf"{_CODE.pattern}|[备附][注註]|備註|说明|依据|(?i:remarks?|notes?)")
_NAME = re.compile(r"名称|名稱|项目|項目|镇|街道|乡|区|县|单位|地区|机构|部门|指标|类别|(?i:name|item|town|district|department|category|programme|project)")
_NO_SUM = re.compile(
    r"单价|單價|均价|价格|价$|标准|排名|位次|名次|编号|代码|系数|利率|税率|温度|性别比|比[(（]|比$|年限|楼层|第.*位|时间|年龄|满意度|(?i:price|rank|code|rate|index|average|mean|time|age|per )"
)
_EXTREME = re.compile(r"最[高大低小多少长短]|[极極峰谷]值|平均|均值|人均|(?i:peak|highest|lowest|\b(?:max|min)(?:imum)?\b)")
_LINE_NUMBER = re.compile(r"[行栏欄][次号]|(?i:line(?: no\.?)?)")
_COLUMN_LETTER = re.compile(r"[栏欄行][次目号]|[甲乙丙丁]|序号|(?i:column|line)")
_PERCENT = re.compile(r"[%％]|占比|比重|比例|百分比|(?i:per ?cent)")
_SHARE = re.compile(r"占.*比|比重|构成|構成|比例|百分比|(?i:share|per ?cent|%)")
_RATE_ROW = re.compile(r"[(（][%％‰][)）]$|[%％‰]$|(?<![税費费])率$|比上年增长$|^同比|^比重|^占.*比")
_YEAR_ROW = re.compile(r"全年(?:合计|累计|总计)?|年度合计|(?:19|20)[0-9]{2}年(?:全年)?|(?i:(?:full |whole )?year)")
_MONTH = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?|(?i:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?)")
_QUARTER = re.compile(r"第?[一二三四1-4]季度?|(?i:q[1-4])")
_STOCK = re.compile(r"累计|累計|[期年月季]末|余额|餘額|结余|結餘|结存|存量|库存|(?i:balance|year-end|end of|closing|stock)")
_PERIOD = re.compile(
    r"[0-9]{4}|[0-9]{1,2}月|[一二三四五六七八九十]{1,3}月|第?[一二三四1-4]季|上半年|下半年|Q[1-4]|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_PERIOD_NAME = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:月份?|日|时|時|季度)|第?[一二三四1-4]季度|[上下]半年|全年|合计|合計|(?i:q[1-4])")
_TITLE = re.compile(r"表$|^(?:专栏|專欄|附表|表)\s*[0-9一二三四五六七八九十]|情况$|一览$|^(?i:table|box)\s")
_NO_SUMS = re.compile(r"涨跌|增速|增长速度|增长率|增长情况|指数|排名|(?i:growth|index|change in)")
_AND = re.compile(r"及其|[及和与與]|(?i:\band\b)")
_SYMBOL = re.compile(r"[★☆●○■□▲△◆◇※✓√×✕▼▽◎⊙]{1,3}")
_MEANS = re.compile(rf"(?P<symbol>{_SYMBOL.pattern})\s*(?:指|表示|代表|为|[:：=—-]+|means|(?i:stands for))\s*(?P<means>[^。；;，,.\n]{{1,60}})")
MOST_HEADS = 4
_YEARS = re.compile(r"年份|年度|时间|時間|期限|(?i:year|period)")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """``adds`` is false where a total of the column is no sum; ``empty_is_none`` where its total holds if blanks count nothing;
    ``rounded``: whole numbers are rounded too; ``severity``: how much it weighs if the total is no sum, where it may be meant."""

    label: str
    role: str
    unit: str
    spot: Spot
    adds: bool = True
    empty_is_none: bool = False
    rounded: bool = False
    severity: str = ""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """``balanced``: its grand total must be that of the table before it, beside which it stands; ``accounts``: rows that are sums of
    others, which their kinds do not say."""

    title: str
    at: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Row, ...]
    total: Row | None
    notes: tuple[Piece, ...]
    spot: Spot
    during: str = ""
    legend: tuple[tuple[str, str, Spot], ...] = ()
    balanced: bool = False
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A box or a form: pieces of text, each with the label of its row (empty in a box)."""

    title: str
    at: str
    pieces: tuple[tuple[str, Piece], ...]
    spot: Spot


def read_table(grid: Grid, at: str, above: Sequence[Paragraph] = (), heading: str = "", remarks: Remarks = NOTHING) -> tuple[ReadTable | Form, ...]:
    """``above``: the paragraphs right above the grid that may be its caption, the nearest first; ``heading``: the title of
    the heading above them, which titles a table without a caption. ``remarks``: what the document
    says of its totals outside. A table whose rows go on after its total is two tables."""
    remarks = remarks.with_texts([one_line(paragraph.text) for paragraph in above if len(paragraph.text) <= LONGEST_CAPTION], ())
    title, unit = _caption(above)
    first, *others = _stacked(matrix(grid))
    parts = list(_read(grid, first, at, title or heading, unit, remarks))
    for lines in others:
        parts += _read(grid, lines, at, "", "", remarks)
    return tuple(parts)


def _stacked(lines: list[Line]) -> list[list[Line]]:
    """Tables that stand in one grid, one below the other: each after the first begins with its title in one cell over its
    whole width and a row of headings."""
    starts = [0]
    for i in range(1, len(lines) - 2):
        said = filled(lines[i])
        over_all = len(said) == 1 and len(lines[i]) > 1 and said[0].columns >= len(lines[i])
        if (
            over_all
            and _TITLE.search(said[0].text)
            and title_like(said[0].text)
            and len(filled(lines[i + 1])) > 1
            and _heads(lines[i + 1], lines[i + 2 : i + 5])
        ):
            starts.append(i)
    return [compact(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _read(grid: Grid, lines: list[Line], at: str, title: str, unit: str, remarks: Remarks) -> tuple[ReadTable | Form, ...]:
    lines, inner_title, inner_unit = _head_lines(lines)
    title, unit = inner_title or title, inner_unit or unit
    if not lines or len(lines[0]) == 1:
        return (Form(title, at, tuple(("", piece) for line in lines for piece in filled(line)), grid.spot),)
    marked = max(0, grid.header_rows - (grid.height - len(lines))) if grid.header_rows else 0
    headers, body = _split(lines, marked)
    body = as_figures(headers, body)
    body, notes = _without_repeats(headers, body)
    body = [[replace(piece, text="") if _across(line, i) else piece for i, piece in enumerate(line)] for line in body]
    kinds = _kinds(body)
    body = [_aligned(line, kinds) for line in body]
    headers = _levelled(headers, body, kinds)
    found: list[ReadTable | Form] = []
    for side in sides(headers, body, kinds):
        found += _side(grid, side, at, title, unit, notes, remarks)
    return tuple(found)


def _side(grid: Grid, side: Side, at: str, title: str, unit: str, notes: tuple[Piece, ...], remarks: Remarks) -> tuple[ReadTable | Form, ...]:
    headers, body, kinds = side.headers, side.body, side.kinds
    apart: tuple[Form, ...] = ()
    if years := groups(headers, kinds):
        body, figures = totals_apart(body, years)
        headers, body = unpivoted(headers, body, years, kinds)
        apart = (Form(title, at, tuple(figures), grid.spot),) if figures else ()
    columns, body = _columns(headers, body, unit)
    if _NO_SUMS.search(title) and not _AND.search(title):
        columns = [replace(column, adds=column.role != "figure") for column in columns]
    if not _is_table(headers, columns, body, title):
        return (_form(title, at, headers, body, grid.spot), *apart)
    said = remarks.with_texts([title], [note.text for note in notes])
    first, *others = _tables(title, at, columns, body, notes, grid.spot, replace(said, blanks=side.one_of_several))
    return (replace(first, balanced=side.balanced), *others, *apart)


def legend(notes: Sequence[tuple[str, Spot]]) -> tuple[tuple[str, str, Spot], ...]:
    """What notes say of symbols: ``★指装备提升项``."""
    return tuple((match["symbol"], match["means"].strip(), spot) for text, spot in notes for match in _MEANS.finditer(text))


def _caption(above: Sequence[Paragraph]) -> tuple[str, str]:
    """The title and the unit that paragraphs above a table give it."""
    unit = ""
    for paragraph in above:
        text = one_line(paragraph.text)
        said = aside(text)
        if said is None and (lone := unit_text(text.strip("()（） "))):
            said = lone
        if said is not None:
            unit = unit or said
            continue
        if title_like(text) and not re.search(r"如下|下表|following", text):
            title, inside = _titled(text)
            return title, unit or inside
        break
    return "", unit


def _titled(text: str) -> tuple[str, str]:
    """A title, and the unit it ends in: ``支出表（万元）``, ``支出表 单位：万元``, but not ``镇（乡）``."""
    head, gap, tail = text.rpartition(" ")
    if gap and (said := unit_line(tail)) is not None:
        return head, said
    return unit_in(text) if re.search(r"(?:单位|單位|元|[%‰]|(?i:yuan|unit)).{0,8}[)）]$|[(（][十百千万萬亿億]+[^()（）]{1,6}[)）]$", text) else (text, "")


def _head_lines(lines: list[Line]) -> tuple[list[Line], str, str]:
    """Rows above the headings that one cell fills: the title, the unit."""
    title = unit = ""
    while len(lines) > 1:
        said = filled(lines[0])
        asides = [aside(piece.text) for piece in said]
        if len(lines) > 2 and any(names_maker_or_unit(piece.text) for piece in said) and all(found is not None for found in asides):
            unit = next((found for found in asides if found), unit)
            lines = lines[1:]
            continue
        if len(said) != 1 or (len(lines[0]) > 1 and not said[0].origin):
            break
        wide = len(lines[0]) == 1 or said[0].columns >= len(lines[0]) or length(lines[0]) == 1
        if not wide or (len(lines[0]) == 1 and not title_like(said[0].text.rstrip("：:"))):
            break
        if asides[0] is not None:
            unit = unit or asides[0]
        elif title or _NOTE.match(said[0].text):
            break
        else:
            title, inside = _titled(said[0].text)
            unit = unit or inside
        lines = lines[1:]
    return lines, title, unit


def _split(lines: list[Line], marked: int) -> tuple[list[Line], list[Line]]:
    """The heading rows and the rest."""
    count = min(marked, len(lines) - 1)
    if not count:
        count = 1 if _heads(lines[0], lines[1:4]) and len(lines) > 1 else 0
        while 0 < count < len(lines) - 1 and _goes_on(lines[count - 1], lines[count], lines[count + 1]):
            count += 1
        count = max(count, _words_over_figures(lines))
    if count and count < len(lines) - 1 and _column_numbers(lines[count]):
        return lines[:count], lines[count + 1 :]
    return lines[:count], lines[count:]


def _words_over_figures(lines: Sequence[Line]) -> int:
    """How many rows at the top have words where figures stand below, and no figures there."""
    below = lines[MOST_HEADS:]
    columns = [c for c in range(len(lines[0])) if below and sum(is_figure(line[c].text) for line in below) * 2 > len(below)]
    count = 0
    for number, line in enumerate(lines[:MOST_HEADS], 1):
        if any(is_figure(line[c].text) for c in columns):
            break
        count = number if sum(any(map(str.isalpha, line[c].text)) for c in columns) > 1 else count
    return count


def _heads(line: Line, below: Sequence[Line]) -> bool:
    """Whether a first row can head the table: labels only, and not the same kinds of cells as every row below."""
    said = filled(line)
    if not said or any(not is_label(piece.text) for piece in said):
        return False
    if any(not title_like(piece.text) for piece in said):
        return False
    return len(line) > 2 or any(is_figure(row[-1].text) for row in below) or any(_NAME.search(p.text) or _NUMBER.fullmatch(p.text) for p in said)


def _goes_on(upper: Line, line: Line, below: Line) -> bool:
    """Whether a row below headings is a further row of headings."""
    said = [piece for piece in filled(line) if piece.origin]
    if not said or any(not is_label(piece.text) for piece in said):
        return False
    unnamed = any(not over.text and piece.text and is_figure(under.text) for over, piece, under in zip(upper, line, below, strict=True))
    merged_down = any(not piece.origin and piece.text and piece.spot == over.spot for piece, over in zip(line, upper, strict=True))
    over_several = any(piece.columns > 1 and piece.text for piece in upper)
    short = length(upper) < length(line) and any(not piece.text for piece in line)
    units = all(unit_in(f"x（{piece.text.strip('()（）')}）")[1] or re.fullmatch(r"[0-9]{4}年?", piece.text) for piece in said)
    levels = all(compare(piece.text) in ("类", "類", "款", "项", "項", "目") for piece in said)
    return levels or merged_down or over_several or short or unnamed or (units and len(said) > 1)


def _column_numbers(line: Line) -> bool:
    """A row that numbers the columns: 栏次 1 2 3."""
    texts = [compare(piece.text) for piece in line if piece.text]
    named = [text for text in texts if _COLUMN_LETTER.fullmatch(text)]
    numbers = [text.strip("()（）栏列").split("=")[0].strip("()（）") for text in texts if text not in named]
    if not numbers or not all(number.isascii() and number.isdigit() and len(number) < 4 for number in numbers):
        return len(numbers) > 2 and not named and _column_numbers(line[1:])
    counted = [int(number) for number in numbers]
    in_order = counted == list(range(counted[0], counted[0] + len(counted)))
    if any(len(word) > 1 for word in named):
        return all(a < b for a, b in zip(counted, counted[1:], strict=False))
    return (len(counted) >= 3 or "乙" in named) and in_order and counted[0] in (1, 2)


def _without_repeats(headers: list[Line], body: list[Line]) -> tuple[list[Line], tuple[Piece, ...]]:
    """Rows that say the headings again, as after a page break, are dropped; notes are set apart."""
    heads = {tuple(compare(piece.text) for piece in line) for line in headers}
    kept, notes = [], []
    for line in body:
        said = filled(line)
        if tuple(compare(piece.text) for piece in line) in heads:
            continue
        if len(said) == 1 and (_NOTE.match(said[0].text) or unit_line(said[0].text) is not None):
            notes.append(said[0])
        else:
            kept.append(line)
    return kept, tuple(notes)


def _kinds(body: Sequence[Line]) -> list[str]:
    """What each column mostly holds, by the rows that are full."""
    width = len(body[0]) if body else 0
    full = [line for line in body if length(line) == width]
    kinds = []
    for c in range(width):
        texts = [line[c].text for line in full if line[c].text]
        figures = sum(is_figure(text) for text in texts)
        symbols = sum(bool(_SYMBOL.fullmatch(text)) for text in texts)
        kinds.append("symbol" if texts and symbols * 2 > len(texts) else "figure" if figures * 2 > len(texts) else "text" if texts else "")
    return kinds


def _aligned(line: Line, kinds: Sequence[str]) -> Line:
    """A row whose first cell stands for several columns, but was given as one: it is moved to where its cells fit. A row
    without the word for a total is moved only if every cell fits then."""
    if any(piece.columns > 1 for piece in line) or not line[0].text or is_figure(line[0].text):
        return line
    if not kind_of(line[0].text):
        moved = [replace(line[-1], text="", origin=False), *line[:-1]]
        misplaced = any(piece.text and is_figure(piece.text) and kind == "text" for piece, kind in zip(line, kinds, strict=True))
        return moved if misplaced and not line[-1].text and _fit(moved, kinds) == sum(bool(piece.text) for piece in moved) else line
    trailing = next((i for i, piece in enumerate(reversed(line)) if piece.text), 0)
    blank = replace(line[-1], text="", origin=False)
    shifted = [[*[blank] * by, *line[: len(line) - by]] for by in range(min(trailing, 3) + 1)]
    return max(shifted, key=lambda moved: _fit(moved, kinds))


def _fit(line: Line, kinds: Sequence[str]) -> int:
    fit = 0
    for piece, kind in zip(line, kinds, strict=True):
        if piece.text and kind:
            fit += 1 if is_figure(piece.text) == (kind == "figure") else -1
    return fit


def _inherited(line: Line, lower: Line) -> Line:
    """A heading over several columns that a flattened table prints once, blank over the others."""
    if any(piece.columns > 1 for piece in line):
        return line
    result = list(line)
    for c in range(1, len(result)):
        if not result[c].text and result[c - 1].text and lower[c].text and lower[c - 1].text and length(line) > c:
            result[c] = result[c - 1]
    return result


def _levelled(headers: list[Line], body: list[Line], kinds: Sequence[str]) -> list[Line]:
    """Heading rows as wide as the table."""
    if not headers or not body:
        return headers
    width = len(body[0])
    result: list[Line] = []
    for index, line in reversed(list(enumerate(headers))):
        line = stretched(line, result[0] if result else None, width)
        size = length(line)
        if 1 < size < width and not any(piece.columns > 1 for piece in line):
            lead = 1 if not line[0].text or index == 0 else 0
            plan = periodic(kinds[lead:], size - lead)
            if plan:
                line = [*line[:lead], *(piece for piece, count in zip(line[lead:size], plan, strict=True) for _ in range(count))]
        result.insert(0, _inherited(line, result[0]) if result else line)
    return result


def _columns(headers: list[Line], body: list[Line], unit: str) -> tuple[list[TableColumn], list[Line]]:
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
        lowest = next((levels[-1] for _ in levels if _NUMBER.fullmatch(compare(levels[-1]))), label)
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
        adds = role != "figure" or not (no_sum or re.search("[%‰/]", own))
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
    return bool(_NUMBER.fullmatch(plain) or _CODE.search(plain) or _UNIT_COLUMN.fullmatch(plain))


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
    serial = _NUMBER.fullmatch(label.replace(" ", "")) and (not has_name or not label.isascii() or _counts_up(texts))
    if all(text.isdigit() for text in texts) and (serial or (not label and not before and _counts_up(texts))):
        return "number"
    if sum(bool(_SYMBOL.fullmatch(text)) for text in texts) * 3 >= 2 * len(texts):
        return "symbol"
    if not before and len(set(texts)) == len(texts) and all(_PERIOD_NAME.fullmatch(compare(text)) for text in texts):
        return "name"
    years = [read_years(text) for text in texts]
    if all(years) and ("年" in "".join(texts) or _YEARS.search(label)):
        spans = [years_of for years_of in years if years_of]
        covered = [year for low, high in spans for year in range(low, min(high, low + 60) + 1)]
        own = not has_name and len(set(covered)) == len(covered) and len(texts) == len(body) and all(1900 <= year < 2200 for year in covered)
        return "year" if own else "text"
    if _PLAIN_TEXT.search(label) or serial:
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


def _is_table(headers: Sequence[Line], columns: Sequence[TableColumn], body: Sequence[Line], title: str) -> bool:
    """A table has headings, and figures, years or serial numbers below them, or at least three rows of text; boxes need figures."""
    if not headers or not body:
        return False
    labelled = sum(bool(column.label) for column in columns)
    roles = {column.role for column in columns}
    number = numbered(title)
    if number is not None and number.style == "box":
        figures = sum(is_figure(line[i].text) for line in body for i, column in enumerate(columns) if column.role == "figure")
        return figures >= 2 and labelled >= 2 and _steady(body)
    return labelled >= 2 and (bool(roles & {"figure", "year", "number"}) or (len(body) >= 3 and len(columns) >= 3))


def _steady(body: Sequence[Line]) -> bool:
    """Most rows are filled to the same length, as rows of a table are and those of a form are not."""
    sizes = [len(filled(line)) for line in body]
    return sum(size == max(sizes) for size in sizes) * 3 >= 2 * len(sizes)


def _form(title: str, at: str, headers: Sequence[Line], body: Sequence[Line], spot: Spot) -> Form:
    pieces: list[tuple[str, Piece]] = []
    label = ""
    for line in [*headers, *body]:
        said = [piece for piece in filled(line) if piece.origin]
        inner = ""
        if said and line[0].text and title_like(line[0].text) and not is_figure(line[0].text):
            label = line[0].text
            said = said[1:] if len(said) > 1 and said[0] == line[0] else said
        for piece in said:
            pieces.append((inner or label, piece))
            if title_like(piece.text) and not is_figure(piece.text) and not re.search(r"[0-9]", piece.text):
                inner = piece.text
    return Form(title, at, tuple(pieces), spot)


def _tables(
    title: str, at: str, columns: list[TableColumn], body: list[Line], notes: tuple[Piece, ...], spot: Spot, remarks: Remarks
) -> tuple[ReadTable, ...]:  # fmt: skip
    """The rows by kind; what stands below the total is a table of its own."""
    figures = [i for i, column in enumerate(columns) if column.role == "figure"]
    if remarks.rounded:
        columns = [replace(column, rounded=column.role == "figure") for column in columns]
    rows = [row for line in body if (row := _row(line, figures, columns)) is not None]
    rows = _with_year(_rates_apart(rows, any(is_total(column.label) for column in columns)))
    columns = _of_periods(columns, rows)
    overlapping = [i for i in figures if remarks.overlapping or overlaps(columns[i].label)]
    adding, shares = [i for i in figures if columns[i].adds], [i for i in figures if _is_share(columns[i])]
    nothing = nothing_columns([column.label for column in columns], adding, rows)
    rows = [_without_dashes(row, nothing) for row in rows] if nothing else rows
    found = arranged(rows, adding, [column.unit for column in columns], overlapping, shares, remarks.blanks)
    totalled = found.total is not None
    by_name = "warning" if found.total is not None and kind_of(found.total.first) != "total" and _YEAR_ROW.fullmatch(compare(found.total.label)) else ""
    columns = [
        replace(
            column,
            empty_is_none=i in found.blanks_are_none or i in nothing or (remarks.blanks and column.role == "figure"),
            severity=found.weights.get(i, by_name) if totalled else "",
            adds=column.adds and not (totalled and i in found.means),
        )
        for i, column in enumerate(columns)
    ]
    during = _during(columns, found.rows)
    tables = [ReadTable(title, at, tuple(columns), tuple(found.rows), found.total, notes, spot, during, accounts=found.accounts)]
    for others, total in found.others:
        kept = tuple(replace(row, kind="plain") for row in others)
        tables.append(ReadTable(title, at, tuple(columns), kept, total, (), spot, _during(columns, kept)))
    return tuple(tables)


def _with_year(rows: list[Row]) -> list[Row]:
    """The row of the whole year is the total of twelve months or four quarters."""
    labels = [compare(row.label) for row in rows]
    parts = [label for label, row in zip(labels, rows, strict=True) if not _YEAR_ROW.fullmatch(label) and row.kind == "plain"]
    months, quarters = (all(pattern.fullmatch(label) for label in parts) for pattern in (_MONTH, _QUARTER))
    if not (months and len(set(parts)) == 12 == len(parts)) and not (quarters and len(set(parts)) == 4 == len(parts)):
        return rows
    return [replace(row, kind="total") if _YEAR_ROW.fullmatch(label) and row.kind == "plain" else row for label, row in zip(labels, rows, strict=True)]


def _without_dashes(row: Row, columns: set[int]) -> Row:
    return replace(row, cells=tuple(replace(piece, text="") if i in columns and piece.text.strip() in NONE else piece for i, piece in enumerate(row.cells)))


def _rates_apart(rows: list[Row], totals: bool) -> list[Row]:
    """A row of rates among rows of counts is not added into their total, nor are its columns into a column of totals."""
    rates = [bool(_RATE_ROW.search(row.label.strip())) for row in rows]
    if all(rates) or not any(rates) or not (totals or any(row.kind == "total" for row in rows)):
        return rows
    return [replace(row, kind="apart") if rate and row.kind == "plain" else row for row, rate in zip(rows, rates, strict=True)]


def _is_share(column: TableColumn) -> bool:
    """Shares of a whole, which add up as the figures do that they are shares of; a rate or a growth does not."""
    return not column.adds and bool(_SHARE.search(column.label)) and not _NO_SUMS.search(column.label)


def _row(line: Line, figures: Sequence[int], columns: Sequence[TableColumn]) -> Row | None:
    """A row of the table; ``None`` for one that only heads a section: a single cell with words."""
    said = filled(line)
    if len(said) == 1 and len(columns) > 2 and figures and not is_figure(said[0].text) and not kind_of(said[0].text):
        return None
    if figures and said and not any(line[i].text for i in figures) and said[0].text.endswith(("：", ":")):
        return None
    cells = tuple(replace(piece, text="") if not piece.origin and i in figures else piece for i, piece in enumerate(line))
    label = next((piece for piece, column in zip(line, columns, strict=True) if piece.text and column.role in ("name", "year", "text", "date")), None)
    first = next((piece for piece in line if piece.text), line[0])
    mark = kind_of(first.text) or (kind_of(label.text) if label else "") or _kind_inside(line, first, figures)
    return Row(mark, cells, (label or first).raw or (label or first).text, first.text)


def _kind_inside(line: Line, first: Piece, figures: Sequence[int]) -> str:
    """The kind of a row whose total word stands in a further column of labels: 道路 | 小计. It is the total of that category."""
    labels = line[: min(figures, default=len(line))]
    kinds = {kind_of(piece.text) for piece in labels} & {"total", "subtotal"}
    whole = re.fullmatch(r"全.{0,4}|[总總].{0,3}|(?i:all|overall)", first.text)
    return ("total" if whole and "total" in kinds else "subtotal") if kinds else "plain"


def _of_periods(columns: list[TableColumn], rows: Sequence[Row]) -> list[TableColumn]:
    """What is left at the end of each period is not added up over periods."""
    plain = [row for row in rows if row.kind == "plain"]
    periods = bool(plain) and all(_PERIOD.match(compare(row.label)) for row in plain)
    return [replace(column, adds=column.adds and not _STOCK.search(column.label)) for column in columns] if periods else columns


def _across(line: Line, index: int) -> bool:
    """The rest of a cell merged over columns, not over rows."""
    return index > 0 and line[index].spot == line[index - 1].spot and line[index].columns > 1


def _during(columns: Sequence[TableColumn], rows: Sequence[Row]) -> str:
    """The years that a schedule covers, by its own first and last."""
    index = next((i for i, column in enumerate(columns) if column.role == "year"), None)
    if index is None:
        return ""
    years = [span for row in rows if (span := read_years(row.cells[index].text))]
    if not years:
        return ""
    low, high = min(a for a, _ in years), max(b for _, b in years)
    return f"{low}-{high}" if low < high else str(low)
