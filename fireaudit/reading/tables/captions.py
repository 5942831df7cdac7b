"""What stands above the headings of a table: its title; and lines that say who made it, for which day or period, in which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fireaudit.readers.document import Paragraph
from fireaudit.reading.figures import unit_in, unit_line, unit_text
from fireaudit.reading.grid import Line, filled, length
from fireaudit.reading.outline import title_like
from fireaudit.reading.texts import one_line

NOTE = re.compile(
    r"(?:备注|附注|注|说明|資料來源|资料来源|数据来源|来源)\s*(?:[0-9一二三四五六七八九十]\s*)?[:：]|(?i:notes?|sources?)\s*(?:[0-9]\s*)?[:.]|[*＊※]"
)
_MAKER = re.compile(
    r"(?:(?:编制|填报|填表|制表|报送|报告|主管|预算|公开|核算|会计|编报)?(?:单位|部门|机构|主体)(?:名称)?|部门(?:编码|代码)|编制人|制表人|填报人|负责人|审核人|联系人|报表日期|日期|制表时间|編製單位|機關名稱)"
    r"\s*[:：]|(?i:(?:entity|department|company|prepared by|reporting entity|agency)\s*:)"
)
_DAY = re.compile(
    r"(?:截至|截止)?(?:19|20)[0-9]{2}年度?(?:(?:第?[一二三四1-4]季度|[上下]半年|[0-9]{1,2}(?:[-—–~至][0-9]{1,2})?月(?:份|[0-9]{1,2}日)?))?[底末]?"
)
_AS_AT = re.compile(
    r"(?i:(?:as (?:at|of)|at|for the|year|(?:three|six|nine|twelve) months|period) (?:(?:financial |fiscal )?(?:year|quarter|period|month)s? ?(?:ended|ending)? ?)?.{0,40}[0-9]{4}"
    r".{0,60})"
)
_SCALED = re.compile(
    r"(?i:\(?(?:(?:all )?(?:amounts|figures|expressed|values) )?(?:in|[$£€]) ?(?:'000|000|thousands?|millions?|billions?|hundreds|[a-z]{3}).{0,70}\)?)"
)
_SAYS_UNIT = re.compile(
    r"(?<![^\s(（;；,，])(?:金额|金額|计量|货币|貨幣)?[单單][位位]\s*[:：]\s*(?P<unit>[^\s:：()（）]{1,12})[)）]?$|(?i:units?\s*[:：]\s*(?P<english>.{1,20}))$"
)


def aside(text: str) -> str | None:
    """The unit that such a line names, empty where it names none; ``None`` where the line is something else."""
    said = unit_line(text)
    if said is not None:
        return said
    match = _SAYS_UNIT.search(text)
    unit = unit_text((match["unit"] or match["english"] or "").removeprefix("人民币")) if match else ""
    rest = text[: match.start()].strip(" \u3000;；,，") if match else text.strip()
    if _MAKER.match(rest) and unit_line(rest) is None:
        return unit
    words = rest.replace("\u3000", " ").split()
    if match and not words:
        return unit
    if words and all(_DAY.fullmatch(word) for word in words):
        return unit
    return unit if _AS_AT.fullmatch(rest) or _SCALED.fullmatch(rest) else None


def names_maker_or_unit(text: str) -> bool:
    return bool(_MAKER.match(text) or _SAYS_UNIT.search(text) or unit_line(text) is not None)


def caption(above: Sequence[Paragraph]) -> tuple[str, str]:
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


def head_lines(lines: list[Line]) -> tuple[list[Line], str, str]:
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
        elif title or NOTE.match(said[0].text):
            break
        else:
            title, inside = _titled(said[0].text)
            unit = unit or inside
        lines = lines[1:]
    return lines, title, unit
