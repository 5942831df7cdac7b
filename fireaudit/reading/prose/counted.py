"""What a figure counts: the noun in front of it (消防站40个), behind it (593个兼职消防队伍), or the subject its clause shares."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fireaudit.quantity.plain import is_han
from fireaudit.reading.prose.clauses import Clauses
from fireaudit.reading.prose.english import english_label
from fireaudit.reading.words import ends_in_verb, flow_at_end, flow_at_start, noun_at_start, object_of, trimmed_left, trimmed_right

_JOINS = re.compile(r"^(?:[、，,;]|和|及|与|以及|并|, ?and |and )+")
_SUM = re.compile("(?:合计|共计|总计)(?:为|达到?|约|有)?$")
_BARE_TOTAL = re.compile("(?:总数|总量|总计|合计|共计|共|总人数|总额|总规模|数量|总)?")
_HAS = re.compile("[共现设建还另]有$")
_DONE = re.compile("(?=.)(?:实际|已|已经|累计)?(?:完成|执行|到位)?")
_OPPOSITE = {"支出": "收入", "收入": "支出", "出口": "进口", "进口": "出口"}
_OF_PLAN = re.compile("(?:年初|调整|全年|年度)?(?:预算|目标任务|目标|任务|计划)数?的?")
_NET = re.compile("净|(?:增产|减产|增收|减收|增支|减支|净增加?|净减少?|多增|少增|多收|少收|多支|少支)")
_NO_OBJECTS = ("率", "数", "额", "费", "人员")  # a verb further in front does not govern them
_REBUILT = re.compile("新建|改建|扩建|增建|改造|升级|更新|淘汰|拆除|新增|新购|报废|修缮|提升|达标")
_COMPARISON = re.compile("(?:同比|环比|较|比|与[^，。]{1,12}相比)")
_YEAR = re.compile("(?:到|在)?((?:19|20|21)[0-9]{2})年?")
_YEARS = re.compile("((?:19|20|21)[0-9]{2})年?[-—~～–－至到]{1,2}((?:19|20|21)[0-9]{2})年")
_COMPARED = re.compile("[较比](?![例重])|与(?=.{1,12}相比)")
_ENUMERATED = re.compile("、|以及|和|及|与")
_HOW_MANY = re.compile("(?<![两二三四五六七八九十0-9])[两二三四五六七八九十0-9]{1,9}[个家支座类项][^、]{0,6}$")  # 东、西两个片区
CHANGE_VERB = re.compile("(?:下降|减少|降低|压减|压降|缩减|缩短|下滑|增长|增加|提高|提升|上升|上涨|[增降升减])了?")
_NET = re.compile("净(?:增|减)")
LONGEST_LABEL = 28
PER = re.compile(r"(每(?:[0-9]{1,6}(?:\.[0-9]{1,3})?)?[十百千万亿]{0,2}(?:常住)?(?:人口?|平方公里|公里|平方米|公顷|亩|元|户))[^，。,;:0-9、]{1,12}$")
_NEAR = 40  # figures before and behind that may share a noun with one


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the plain text; ``share`` says that it is a rate, a share or a change, which only a subject can have."""

    start: int
    end: int
    share: bool
    change: bool
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    label: str
    noun_behind: bool = False
    change: str = ""  # the verb of change shared by the figures after 分别
    when: str = ""  # the year that 分别 gives it
    per: str = ""  # what 分别 figures are all for: 每万人拥有量分别为
    subject: str = ""  # what figures behind it go on about, where that is not its own label


class Labels:
    """Labels of the figures of one paragraph, in order; what one leaves open the one before it answers."""

    def __init__(self, clauses: Clauses, figures: list[Figure]) -> None:
        self.clauses, self.figures, self.text = clauses, figures, clauses.text
        self.given: list[Counted] = []

    def all(self) -> list[Counted]:
        for i in range(len(self.figures)):
            self.given.append(self._shared(i) or self._chained(i) or self._one(i))
        for i in range(len(self.figures) - 2, -1, -1):
            if self.figures[i].end == self.figures[i + 1].start:  # 两年一次
                self.given[i] = self.given[i + 1]
        return self.given

    def _bounds(self, i: int) -> tuple[str, str, bool]:
        """What stands before and behind a figure in its clause, and whether an earlier figure stands there too."""
        figure, text = self.figures[i], self.text
        previous = self.figures[i - 1].end if i else 0
        start = self.clauses.start(figure.start, max(previous, figure.start - 120))
        before = text[start : figure.start]
        follows = i > 0 and start == previous
        following = self.figures[i + 1].start if i + 1 < len(self.figures) else len(text)
        end = self.clauses.end(figure.end, min(following, figure.end + 60))
        behind = text[figure.end : end]
        if follows:
            before = self._own_part(before)
        return before, behind, follows

    def _own_part(self, between: str) -> str:
        """Of what stands between two figures, the part that leads to the second."""
        if match := _JOINS.match(between):
            return between[match.end() :]
        if between.startswith("(") and ")" in between:
            return self._own_part(between[between.index(")") + 1 :])
        cut = max(between.rfind(mark) for mark in "、和及与并")
        return between[cut + 1 :] if cut >= 0 else between

    def _one(self, i: int) -> Counted:
        figure = self.figures[i]
        before, behind, follows = self._bounds(i)
        if not _chinese(before + behind):
            previous = (self.given[-1].subject or self.given[-1].label) if self.given else ""
            return Counted(_short(english_label(before, behind, figure.unit, figure.share, previous)))
        led = trimmed_right(before)
        noun = _noun_behind(behind)
        governed = self.text[figure.start] == "每" or not trimmed_left(led) or ends_in_verb(led) or _HAS.search(before) is not None
        if noun and not figure.share and (governed or figure.change):
            return self._by_noun(i, noun, led, behind, follows)
        label = self._by_subject(i, before, led, follows) or noun or trimmed_left(led)
        if i and figure.share and _OF_PLAN.fullmatch(label):  # 收入152.7亿元，为预算的101.8%，增长5.6%: it is the revenue that grows
            subject = self._outside(i)
            return Counted(_short(f"{subject}为{label}"), subject=subject)
        return Counted(_short(label))

    def _by_noun(self, i: int, noun: str, led: str, behind: str, follows: bool) -> Counted:
        """593个村（社区）兼职消防队伍: the noun stands behind, its verb in front (新增190个市政消火栓)."""
        figure = self.figures[i]
        flow = flow_at_end(led)
        if behind.startswith("的") and flow:
            return Counted(_short(noun + flow))
        change = CHANGE_VERB.match(self.text, figure.start, figure.end)
        if not flow and change:
            flow = change[0]
        if not flow and follows and not led:
            flow = flow_at_start(self.given[i - 1].label)
        return Counted(_short(flow + _first_of(noun)), noun_behind=True)

    def _by_subject(self, i: int, before: str, led: str, follows: bool) -> str:
        """消防站40个, 完好率达到100%: the noun or the subject stands in front, or a figure before has it."""
        if i and _SUM.search(before):
            flows = {flow_at_start(given.label) for given in self.given[max(0, i - 3) : i]}
            return (flows.pop() if len(flows) == 1 else "") + self._inherited(i, "合计")
        own = "" if _COMPARISON.match(led) else object_of(led)
        if i and _REBUILT.fullmatch(own) and self.figures[i - 1].unit == self.figures[i].unit:
            return own + _without_flow(self._outside(i))
        if i and (_NET.fullmatch(own) or _DONE.fullmatch(own)):
            return self._outside(i)
        if i and own in _OPPOSITE and _OPPOSITE[own] in (outside := self._outside(i)):  # 基金预算收入86.4亿元，支出112.5亿元
            return outside.replace(_OPPOSITE[own], own)
        if i and own in ("占比", "比重"):
            return self._outside(i) + own
        if _BARE_TOTAL.fullmatch(own):
            return self._inherited(i, own)
        if own == "净" and i:
            verb = _NET.search(self.text, max(0, self.figures[i].start - 3), self.figures[i].start + 2)
            return _without_flow(self._outside(i)) + (verb[0] if verb else own)
        if follows and not flow_at_end(own) and not flow_at_start(own) and not own.endswith(_NO_OBJECTS):
            return flow_at_start(self.given[i - 1].label) + own  # 新建消防站80个、水上消防站1个
        return own

    def _outside(self, i: int) -> str:
        """The label of the last figure before that stands in no deeper brackets."""
        depth = self.clauses.depth
        here = depth[self.figures[i].start]
        return next((self.given[j].subject or self.given[j].label for j in range(i - 1, max(-1, i - _NEAR), -1) if depth[self.figures[j].start] <= here), "")

    def _inherited(self, i: int, own: str) -> str:
        """A clause with no noun of its own takes the one before; a total takes what the figures of the clause before it share."""
        if not i:
            return own
        if not own:
            return self._outside(i)
        sentence = self.clauses.sentence(self.figures[i].start)
        if self.figures[i - 1].start < sentence:
            return own
        clause = self.clauses.start(self.figures[i - 1].start, max(sentence, self.figures[i - 1].start - 200))
        group = [self.given[j].label for j in range(max(0, i - 20), i) if self.figures[j].start >= clause]
        return _tail_of([_without_flow(label) for label in group]) + own

    def _shared(self, i: int) -> Counted | None:
        """甲、乙分别为3个和5个: the figures after 分别 belong to the nouns before it, one each."""
        start = self._clause(i)
        each = self.text.rfind("分别", start, self.figures[i].start)
        if each < 0:
            return None
        near = range(max(0, i - _NEAR), min(len(self.figures), i + _NEAR))
        group = [j for j in near if each < self.figures[j].start and self._clause(j) == start]
        if i not in group or len(group) < 2:
            return None
        first = self.figures[group[0]]
        change = CHANGE_VERB.match(self.text, first.start, first.end)
        verb = change[0] if change and i != group[0] and self.figures[i].share else ""
        return self._distributed(group, group.index(i), start, each, verb)

    def _chained(self, i: int) -> Counted | None:
        """收入分别为甲和乙，增长5%和8%: changes that share a verb are of the figures before them, one each."""
        first = last = i
        while first and i - first < _NEAR and self._goes_on(first):
            first -= 1
        while last + 1 < len(self.figures) and last - i < _NEAR and self._goes_on(last + 1):
            last += 1
        verb = CHANGE_VERB.match(self.text, self.figures[first].start, self.figures[first].end)
        if first == last or verb is None:
            return None
        levels = self._levels(first, last - first + 1)
        label = self.given[levels[i - first]].label if len(levels) == last - first + 1 else self._one(i).label
        return Counted(label, change=verb[0] if i > first else "")

    def _goes_on(self, i: int) -> bool:
        """Whether only 和 stands between a figure that prints no verb and the one before, which is a share as it is."""
        here, before = self.figures[i], self.figures[i - 1]
        return here.share and before.share and not here.change and self.text[before.end : here.start] in ("和", "、", "及", "与", "以及")

    def _levels(self, before: int, count: int) -> list[int]:
        """The figures in front of one, in its sentence, that a change may be of: the last so many in a row that are no changes."""
        sentence = self.clauses.sentence(self.figures[before].start)
        run: list[int] = []
        while len(run) < count and (j := before - 1 - len(run)) >= 0 and self.figures[j].start >= sentence and not self.figures[j].change:
            run.append(j)
        return run[::-1]

    def _clause(self, i: int) -> int:
        place = self.figures[i].start
        return self.clauses.start(place, max(0, place - 160))

    def _distributed(self, group: list[int], which: int, start: int, each: int, verb: str) -> Counted:
        """The noun, the year or the earlier figure that stands where the figure stands in its group."""
        tail = object_of(trimmed_left(trimmed_right(self.text[each + 2 : self.figures[group[0]].start])))
        years = _years_of(self.text[start:each])
        if len(years) == len(group):
            return Counted(_short(tail), change=verb, when=years[which])
        subject = _HOW_MANY.sub("", trimmed_left(trimmed_right(self.text[start:each])))
        nouns = _completed([noun for noun in _ENUMERATED.split(subject) if noun])
        if len(nouns) > 1 and all(_COMPARED.search(noun) for noun in nouns):  # 收入较上年、较2020年分别增长: one subject, several bases
            return Counted(_short(object_of(_COMPARED.split(nouns[0])[0]) or self._outside(group[0])), change=verb)
        if len(nouns) == len(group):
            return Counted(_short(object_of(nouns[which]) + ("" if CHANGE_VERB.match(tail) else tail)), change=verb)
        earlier = self._levels(group[0], len(group))
        if len(nouns) <= 1 and len(earlier) == len(group):
            per = PER.search(self.text, start, each)
            return Counted(self.given[earlier[which]].label, change=verb, per=per[1] if per else "")
        return Counted(self._one(group[which]).label, change=verb)


def _years_of(text: str) -> list[str]:
    """The years that a text names, one by one or as a span, and nothing else."""
    if span := _YEARS.fullmatch(text):
        first, last = int(span[1]), int(span[2])
        return [str(year) for year in range(first, last + 1)] if last - first < 20 else []
    years = [_YEAR.fullmatch(part) for part in _ENUMERATED.split(text)]
    return [year[1] for year in years if year] if all(years) else []


def _completed(nouns: list[str]) -> list[str]:
    """城镇、农村居民人均可支配收入 are the incomes of both: nouns of two characters share the end of the last."""
    *first, last = nouns or [""]
    if first and all(len(noun) == 2 for noun in first) and len(last) >= 4:
        return [noun + last[2:] for noun in first] + [last]
    return nouns


def _noun_behind(behind: str) -> str:
    """The noun a figure may count, unless what follows it (a bracket, 、 or 和) says that its noun stood in front."""
    if behind[:1] in tuple("(、，和及与至到”"):
        return ""
    noun = noun_at_start(behind)
    return "" if noun in ("以上", "以下", "左右") else noun


def _chinese(text: str) -> bool:
    return any(is_han(char) for char in text)


def _without_flow(label: str) -> str:
    return label[len(flow_at_start(label)) :]


def _tail_of(labels: list[str]) -> str:
    """The longest common ending of labels, if it is a noun: 消防救援站, or at least 站."""
    tail = labels[0]
    for label in labels[1:]:
        size = 0
        while size < min(len(tail), len(label)) and tail[-1 - size] == label[-1 - size]:
            size += 1
        tail = tail[len(tail) - size :]
    return tail if len(labels) == 1 or len(tail) > 2 else tail[-1:] if tail[-1:] in "站队车员馆所" else ""


def _first_of(noun: str) -> str:
    """Of several nouns behind a figure, or one too long for a label, the first."""
    noun = noun.partition("、")[0]
    if len(noun) > LONGEST_LABEL - 6:
        noun = re.split("和|及|与|[(]", noun)[0] or noun
    return noun[:LONGEST_LABEL]


def _short(label: str) -> str:
    label = re.sub(r"^[ 、，,;:。—·\n-]+|[ 、，,;:。—·\n-]+$", "", label)
    if _chinese(label):
        label = label.removesuffix("的")
    if label.count("“") != label.count("”"):
        label = label.replace("“", "").replace("”", "")
    if label.count("(") != label.count(")"):
        label = label.strip("()")
    if len(label) > LONGEST_LABEL and _chinese(label):
        label = re.split("[、的]", label)[-1] if re.split("[、的]", label)[-1] else label[-LONGEST_LABEL:]
        label = label[-LONGEST_LABEL:]
    return label
