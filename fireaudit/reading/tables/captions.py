"""Lines above a table that are not its title: who made it, for which day or period, in which unit."""

from __future__ import annotations

import re

from fireaudit.reading.figures import unit_line, unit_text

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
