"""Shares that a text states beside the figures they are of: 60个，其中A 12个，占20% · 抽检60批次，合格57批次，合格率95%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fireaudit.quantity import Interval
from fireaudit.reading.claims.claims import Claim
from fireaudit.reading.claims.leads import OF_WHICH
from fireaudit.reading.claims.levels import INSIDE, SHARE, Item, Level, alike, is_amount

_OF = re.compile(
    rf"[^，,。;:、()]{{0,12}}[，,、(]?约?占(?P<of>[^，,。;:、()]{{0,12}}?){INSIDE}?的?(?:比[重例]?)?{INSIDE}?(?:为|达到?|约|近|是)*"
    rf"|[^，,。;:、()]{{0,12}}[，,、(]?(?:比[重例]|占比|所占比[重例])(?:为|达到?|约)*"
)
_ALL = re.compile("(?:其|该|上述|全部|总体|整体)?(?:总(?:数|量|额|体|人口|人数|投资|面积|规模|里程)?|全部|总计|合计|比|的)?")
_OF_FIGURE = re.compile("[^，,。;:、()]{0,6}的约?")
_LEADS_TO = re.compile("[^，,。;:、()]{0,12}[，,、(]?(?:约|已|实际)?(?:占|完成|相当于)[^，,。;:、()]{0,14}")
_ANOTHER = re.compile("同类|同期|上年|去年|全[国省球]|同行业|同级")
_RATE = re.compile(
    r"[^，,。;:、()]{0,10}[，,;、(](?P<verb>合格|整改|办结|完成|达标|建成|执行|支付|验收|通过|就业|采纳|销号|化解|答复|检出|参保|签约|拨付|到位|使用|入住|录取|回收|利用)率(?:为|达到?|约|均为)*"
)
_DONE_OF = re.compile(r"[^，,。;:、()]{0,12}[，,(]?(?:已|实际)?(?:完成|达到?|相当于|为)(?P<of>[^，,。;:、()]{0,8}?(?:预算|决算|计划|目标|任务)数?)的")
_EACH_OF = re.compile("[^，,。;:、()]{0,12}[，,(]?分别约?占(?P<of>[^，,。;:、()]{0,12}?)的?(?:比[重例])?(?:为|达到?)?")
_ENGLISH = re.compile(r"[^.;:]{0,40}?[,(]? ?(?:or|representing|accounting for|making up|i\.e\.) (?:about |around |a share of )?")
_ENGLISH_BEHIND = re.compile(r"\)|,| ?of (?:the |all )?(?:total|all|them|these)\b|\.(?: |$)|$")


def shares(level: Level, items: Sequence[Item], whole_of: Mapping[int, int]) -> Iterator[Claim]:
    """``whole_of``: of which figure of the paragraph each part is a part."""
    for k in range(1, len(level.which)):
        part = k - 1
        if _item(level, items, k).mark != SHARE or _item(level, items, k).changes or not is_amount(_item(level, items, part)):
            continue
        if each := _EACH_OF.fullmatch(level.before(k)):
            yield from _each(level, items, k, each["of"], whole_of)
            continue
        if k > 1 and _OF_FIGURE.fullmatch(level.before(k)) and _LEADS_TO.fullmatch(level.before(part)):
            yield from _of_figure(level, items, k)
            continue
        whole = _whole(level, items, k, whole_of.get(level.which[part]))
        if whole is not None:
            yield Claim("share", "{0} / {1} == {2}", (level.which[part], whole, level.which[k]))


def _of_figure(level: Level, items: Sequence[Item], k: int) -> Iterator[Claim]:
    """216个，占总数764个的28.3%; 新增5.82万人，完成目标5.5万人的105.8%."""
    if is_amount(_item(level, items, k - 2)) and alike(_item(level, items, k - 2), _item(level, items, k - 1)):
        yield Claim("share", "{0} / {1} == {2}", level.which[k - 2 : k + 1])


def _each(level: Level, items: Sequence[Item], k: int, of: str, whole_of: Mapping[int, int]) -> Iterator[Claim]:
    """甲20个、乙30个，分别占40%和60%: as many shares as there are parts of one whole before them."""
    end = k + 1
    while end < len(level.which) and _item(level, items, end).mark == SHARE and re.fullmatch("[、，和及与]", level.before(end)):
        end += 1
    parts = range(2 * k - end, k)
    if end - k < 2 or parts.start < 0:
        return
    wholes = {whole_of.get(level.which[part]) for part in parts}
    whole = wholes.pop() if len(wholes) == 1 else None
    if whole is not None and (_ALL.fullmatch(of) or _named(of, items[whole].label)):
        for part, share in zip(parts, range(k, end), strict=True):
            yield Claim("share", "{0} / {1} == {2}", (level.which[part], whole, level.which[share]))


def _item(level: Level, items: Sequence[Item], k: int) -> Item:
    return items[level.which[k]]


def _whole(level: Level, items: Sequence[Item], k: int, given: int | None) -> int | None:
    """The figure that the k-th is a share of; ``given``: what the figure before it is said to be part of."""
    gap, part = level.before(k), k - 1
    found = _OF.fullmatch(gap)
    if found is not None:
        of = found["of"] or ""
        if given is not None and not of and _is_share_itself(level, items, given) and not _rounds_to_share(level, items, k, given):
            return None  # of 60岁及以上人口占24%，其中65岁及以上占18% the second may be of all, too
        if given is not None and (_ALL.fullmatch(of) or _named(of, items[given].label)):
            return given
        return _by_name(level, items, part, of) if len(of) > 2 else None
    if gap == "(" and not level.behind(k).strip():
        return given  # 虚报120宗（59.8%） of a whole that the text names
    if (done := _DONE_OF.fullmatch(gap)) is not None:
        return _by_name(level, items, part, done["of"].removesuffix("数"), own=True)
    rate = _RATE.fullmatch(gap)
    if rate is not None and part > 0 and rate["verb"] in level.before(part) and rate["verb"] not in level.before(part - 1):
        comparable = (
            is_amount(_item(level, items, part - 1))
            and alike(_item(level, items, part), _item(level, items, part - 1))
            and not re.search("[。;]", level.before(part))
        )
        return level.which[part - 1] if comparable else None
    return given if gap.isascii() and _ENGLISH.fullmatch(gap) and _ENGLISH_BEHIND.match(level.behind(k)) else None


def _is_share_itself(level: Level, items: Sequence[Item], which: int) -> bool:
    """Whether a share stands behind a figure."""
    behind = level.which.index(which) + 1 if which in level.which else len(level.which)
    return behind < len(level.which) and _item(level, items, behind).mark == SHARE


def _rounds_to_share(level: Level, items: Sequence[Item], k: int, whole: int) -> bool:
    a, b, share = _item(level, items, k - 1).quantity.interval, items[whole].quantity.interval, _item(level, items, k).quantity
    if a is None or b is None or share.nominal is None or b.low is None or b.low <= 0:
        return False
    return (a / b).intersect(Interval(share.nominal - share.step, share.nominal + share.step)) is not None


def _by_name(level: Level, items: Sequence[Item], part: int, of: str, own: bool = False) -> int | None:
    """The figure of the sentence or the one before that has the name of what the share is said to be of, if only one has. ``own``: what is
    behind 其中 or a semicolon has one of its own, as each post has its budget."""
    found = []
    ended = 0
    for k in range(part - 1, max(-1, part - 20), -1):
        ended += level.strength(k + 1) > 2
        if ended > 1 or (own and (level.strength(k + 1) == 2 or OF_WHICH.search(level.before(k + 1)))):
            break
        if is_amount(_item(level, items, k)) and alike(_item(level, items, part), _item(level, items, k)) and of in re.split("[，,。;:]", level.before(k))[-1]:
            found.append(level.which[k])
    return found[0] if len(found) == 1 else None


def _named(of: str, label: str) -> bool:
    """全年同类警情 is not 警情: what is compared with more or less than the figure is of another whole."""
    if _ANOTHER.search(of):
        return False
    bare = of.removeprefix("全部").removeprefix("总").removesuffix("总数").removesuffix("总量").removesuffix("总额")
    return len(bare) > 1 and (bare in label or label in bare)
