"""Words of the reports and of the command line, in Chinese and English, rendered from the same arguments."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib import import_module

from fireaudit.findings import Acceptance, Finding
from fireaudit.plan.listed import MARK
from fireaudit.rules import BY_CODE

WORDS: dict[str, tuple[str, str]] = {
    "error": ("错误", "error"), "warning": ("警告", "warning"), "note": ("提示", "note"),
    "derivation": ("推导", "derivation"), "printed": ("印出", "printed"), "comes_to": ("得", "comes to"), "comma": ("、", ", "), "semicolon": ("；", "; "), "colon": ("：", ": "), "bracketed": ("{text}（{added}）", "{text} ({added})"), "points": ("个百分点", " percentage points"), "computed": ("应为", "computed"), "difference": ("相差", "difference"),
    "reading": ("口径", "reading"), "related": ("牵连", "related"),
    "rounding": ("（差在舍入或约数容许之内）", " (within what rounding or a hedge allows)"),
    "case": ("问题 {number}（{severity}）：{count} 处矛盾", "Case {number} ({severity}): {count} contradiction(s)"),
    "repair_only": ("改 {what}", "change {what}"),
    "repair_certain": ("只有这一种最小改法：{count} 处矛盾全消，不生新矛盾", "the only smallest repair: it settles all {count} and breaks nothing"),
    "repair_tied": ("可能的改法 {count} 种，凭文中的数无法断定是哪一种；可能性大的在前", "{count} repairs are as small; the figures cannot tell which, likelier ones first"),
    "repair_none": ("改动不超过三个数，都不能消除", "no change of up to three figures settles it"),
    "repair_incomplete": ("牵连太多，没有试完所有改法", "too entangled: not every repair was tried"),
    "repair_more": ("其余 {count} 种：", "{count} more: "),
    "repair_unlisted": ("另有 {count} 种", "and {count} more"),
    "likeliest": ("改法", "repair"), "others": ("其他发现", "Other findings"),
    "or_less": ("{value} 或更小", "{value} or less"), "or_more": ("{value} 或更大", "{value} or more"), "from_to": ("{low} 至 {high}", "{low} to {high}"),
    "will_do": ("{value}（{low} 至 {high} 均可）", "{value} ({low} to {high} will do)"), "slip_swapped": ("与邻格互换了位置", "swapped with the cell beside it"),
    "at_line": ("第 {line} 行", "line {line}"),
    "slip_sign": ("正负号相反", "wrong sign"), "slip_transposed": ("相邻两位颠倒", "two digits swapped"), "slip_neighbour": ("抄成了邻格的数", "copied from the cell beside it"),
    "slip_scale_wan": ("差一个“万”", "a 万 too many or too few"), "slip_per_mille": ("百分号与千分号混用", "percent for per mille"),
    "slip_shifted": ("差了位数（10 倍、100 倍……）", "shifted by a power of ten"), "slip_doubled": ("多写了一位相同的数字", "a digit doubled"),
    "slip_dropped": ("漏写一位数字", "a digit dropped"), "slip_stale_total": ("合计行似沿用旧稿", "a total left from an earlier draft, it seems"),
    "slip_last_digit": ("末位之差", "last digit"), "slip_one_digit": ("一位数字之差", "one digit"),
    "no_figures": ("没有可核对的数", "there are no figures"),
    "coverage_rate": ("{whole} 个数中有 {part} 个由等式钉住（{percent}）", "equations pin {part} of {whole} figures ({percent})"),
    "cover_crossed": ("几个等式交于此数，错了能断定是它", "several equations meet in it alone: an error there is located"),
    "cover_pinned": ("有等式钉住，错了会发现", "an equation pins it: an error there is noticed"),
    "cover_bounded": ("只有上下限或不等式", "only bounds and inequalities"), "cover_untouched": ("没有任何关系核对", "nothing checks it"), "cover_missing": ("空缺", "missing"),
    "coverage_under": ("钉住的比例 {percent} 低于要求的 {wanted}%", "pinned {percent}, below the {wanted}% asked for"),
    "mutate_head": ("单处篡改 {trials} 次：{figures} 个数，{pinned} 个由等式钉住，其中 {crossed} 个有几个等式相交", "{trials} single corruptions of {figures} figures; equations pin {pinned}, {crossed} of them crosswise"),
    "mutate_left": ("没有全试：只试了抽出的 {tried} 个数（共 {figures} 个），另有 {pairs} 次成对篡改未试；以下比例只就试过的而言（max-trials = {limit}）",
                    "not all was tried: {tried} figures of {figures}, drawn by lot; {pairs} pairs were not tried; the rates below are of what was (max-trials = {limit})"),
    "mutate_noticed": ("全部篡改中察觉的", "noticed, of all corruptions"),
    "mutate_provable_noticed": ("等式钉住、超出舍入容许的：察觉", "pinned, beyond what rounding allows: noticed"),
    "mutate_provable_suspected": ("　　被改的数在最小改法之中", "    the corrupted figure among the minimal repairs"),
    "mutate_crossed_first": ("　　几个等式相交的：被改的数居首", "    crossed: the corrupted figure comes first"),
    "mutate_once_first": ("　　只有一个等式的（无法断定，按笔误排序）：居首", "    one equation only (it cannot be told; ranked by slip): first"),
    "mutate_pairs": ("成对篡改 {number} 次（种子 {seed}），其中 {sure} 次两处都超出舍入容许", "{number} pairs (seed {seed}); in {sure} of them both are beyond what rounding allows"),
    "mutate_pairs_noticed": ("察觉", "noticed"), "mutate_pairs_suspected": ("被改的两数在最小改法之中", "the corrupted pair among the minimal repairs"),
    "mutate_kinds": ("各种笔误察觉的", "noticed, by kind of slip"),
    "mutate_weakest": ("最缺保护的 {shown} 个数（共 {number} 个有篡改察觉不到）：", "the {shown} figures least protected (of {number} with corruptions unnoticed):"),
    "mutate_protect": ("可加检查：", "a check that would protect it:"),
    "corrupt_last_digit": ("末位加减一", "last digit ±1"), "corrupt_dropped": ("漏一位", "digit dropped"), "corrupt_doubled": ("重一位", "digit doubled"),
    "corrupt_transposed": ("两位颠倒", "digits swapped"), "corrupt_times_ten": ("大十倍", "times ten"), "corrupt_tenth": ("小十倍", "a tenth"),
    "corrupt_wan": ("多或少一个“万”", "a 万 added or lost"), "corrupt_neighbour": ("抄成邻格", "neighbour's value"),
    "proof": ("问题 {number}：下列 {count} 个数不能同真", "case {number}: these {count} figures cannot all be true"),
    "proof_must": ("必须成立（{rule}）：", "must hold ({rule}):"),
    "proof_struck": ("其余 {count} 个数取任何值，结论不变", "the other {count} figures may be anything; it makes no difference"),
    "proof_sides": ("但左边只能是 {left}，右边只能是 {right}，{op} 不可能成立", "but the left side can only be {left}, the right side only {right}: {op} is impossible"),
    "proof_minimal": ("去掉其中任何一个数，其余的就能同真", "strike out any one of them, and the others can be true together"),
    "proof_any": ("任何值", "anything"),
    "no_cases": ("没有矛盾", "no contradictions"),
    "no_such_case": ("没有编号为 {number} 的问题；共有 {count} 个", "no case {number}; there are {count}"),
    "no_such_repair": ("问题 {case} 没有第 {number} 种改法；共有 {count} 种", "case {case} has no repair {number}; there are {count}"),
    "fix_choose": ("问题 {case} 有 {count} 种改法，用 --case {case} --repair N 选一种", "case {case} has {count} repairs; choose one with --case {case} --repair N"),
    "fix_untried": ("规划较大，另有 {count} 个问题的改法未试；用 --case N 逐个查看", "the plan is large: the repairs of {count} more cases were not tried; ask for each with --case N"),
    "fix_none": ("问题 {case} 没有改法", "case {case} has no repair"),
    "fix_by_hand": ("第 {line} 行“{cell}”的新值没有唯一的写法，请手工改", "line {line}: what “{cell}” should print instead is not one text; change it by hand"),
    "fix_shared": ("第 {line} 行“{cell}”在文件中被引用多次，请手工改", "line {line}: “{cell}” stands for several figures; change it by hand"),
    "fix_unsafe": ("第 {line} 行的改动会带来别的变化，没有采用", "the change of line {line} would change something else, and was not made"),
    "fix_needs_case": ("--write 需要 --case，指明写入哪一个问题的改法", "--write needs --case: say which case to correct"),
    "fix_stdin": ("标准输入不能写回；去掉 --write 只看差异", "stdin cannot be written to; drop --write to see the diff"),
    "fix_written": ("已改正 {path}：{what}", "corrected {path}: {what}"),
    "one_plan": ("此命令一次只处理一份规划", "this command takes one plan at a time"),
    "cases": ("{cases} 个问题：{certain} 个能断定改哪个数，{open} 个不能", "{cases} case(s): {certain} with one repair only, {open} without"),
    "summary": ("{plans} 份规划，{cells} 个数；{error} 个错误，{warning} 个警告，{note} 条提示", "{plans} plan(s), {cells} figures; {error} error(s), {warning} warning(s), {note} note(s)"),
    "relations": ("关系 {total} 条：确定 {exact}，可能 {possible}，不成立 {violated}，无法核对 {not_assessable}", "{total} relations: {exact} exact, {possible} possible, {violated} violated, {not_assessable} not assessable"),
    "all_covered": ("每个数都有关系核对", "every figure is touched by some relation"),
    "coverage": ("有 {unchecked} 个数没有任何关系核对（fireaudit check --unchecked 列出）", "{unchecked} figures are touched by no relation (listed by fireaudit check --unchecked)"),
    "unassessed": ("无法核对的关系用 --unassessed 列出", "relations not assessed are listed by --unassessed"),
    "no_such_file": ("{path}：没有这个文件或文件夹", "{path}: no such file or folder"),
    "no_plans": ("{path}：文件夹里没有 .yaml 或 .yml 规划", "{path}: no .yaml or .yml plan in this folder"),
    "no_regular_file": ("{path}：不是普通文件，没有读取", "{path}: no regular file, so it was not read"),
    "file_too_large": ("{path}：超过 {limit} 字节，没有读取", "{path}: more than {limit} bytes, so it was not read"),
    "html_too_large": ("{path}：数太多，没有写成网页（至多 {limit} 个数，各条关系合计 {related} 个）；请用其他格式",
                       "{path}: too many figures for a page (at most {limit}, and {related} in all relations together); ask for another format"),
    "html_too_long": ("网页超过 {limit} 字节，没有写；请减少一次审核的规划，或用其他格式",
                      "the page has more than {limit} bytes and was not written; audit fewer plans at a time, or ask for another format"),
    "cannot_read": ("{path}：无法读取：{problem}", "{path}: cannot be read: {problem}"),
    "cannot_write": ("{path}：无法写入：{problem}", "{path}: cannot be written: {problem}"),
    "unknown_format": ("没有格式“{name}”，是否“{close}”？", "no format “{name}”; is “{close}” meant?"),
    "no_format": ("没有格式“{name}”；可用：{known}", "no format “{name}”; there are: {known}"),
    "no_output_file": ("--output {name}：冒号后没有文件名", "--output {name}: no file name after the colon"),
    "stdout_twice": ("{first} 与 {second} 不能都写到标准输出；给一个写上文件：--output {second}:文件", "{first} and {second} cannot both go to stdout; give one a file: --output {second}:FILE"),
    "file_twice": ("{path}：两种输出写到同一文件", "{path}: two outputs to one file"),
    "onto_plan": ("{path}：输出会盖掉所审核的规划", "{path}: the output would replace the plan that is audited"),
    "settings_syntax": ("{path}：不是合法的 TOML：{problem}", "{path}: not valid TOML: {problem}"),
    "settings_key": ("{path}:{line}：未知的设置“{name}”；可用：{known}", "{path}:{line}: unknown setting “{name}”; there are: {known}"),
    "settings_key_close": ("{path}:{line}：未知的设置“{name}”，是否“{close}”？", "{path}:{line}: unknown setting “{name}”; is “{close}” meant?"),
    "settings_lacks": ("{path}：{where} 缺少“{name}”", "{path}: {where} lacks “{name}”"),
    "settings_wrong": ("{path}:{line}：{where}：“{found}”{demand}", "{path}:{line}: {where}: “{found}” {demand}"),
    "settings_code": ("{path}没有规则或类别“{code}”；有 {known}", "{path}no rule or family “{code}”; there are {known}"),
    "accepted_by_baseline": ("在基线中", "in the baseline"), "accepted": ("已接受", "accepted"), "accepted_until": ("{reason}（至 {until}）", "{reason} (until {until})"),
    "accepted_count": ("{count} 条发现已接受，不计入", "{count} finding(s) are accepted and do not count"),
    "not_applied": ("按设置没有采用的规则：{codes}", "rules not applied, by the settings: {codes}"),
    "baseline_stdin": ("标准输入没有文件名，不能写进基线", "stdin has no name, so it cannot go into a baseline"),
    "baseline_written": ("已写出基线 {path}：{count} 条发现", "wrote the baseline {path}: {count} finding(s)"),
    "baseline_kept": ("其中 {count} 条照旧保留：属于这次没有审核的规划，或没有采用的规则", "{count} of them are kept from before: of plans not audited now, or of rules not applied"),
    "baseline_dropped": ("原有 {count} 条已删去：规划文件已不存在", "{count} were dropped: their plan files are gone"),
    "further": ("另有 {count} 条发现", "{count} further finding(s)"), "left_out": ("还有 {count} 条未列出", "{count} more are not listed"),
    "place": ("位置", "Place"), "rule": ("规则", "Rule"), "finding": ("发现", "Finding"),
    "not_read": ("文件没有读出，未核对", "the file could not be read, nothing was checked"),
    "lacking": ("缺 {missing}，无法核对", "cannot be assessed without {missing}"),
    "stated_elsewhere": ("某条规则已核对同一关系，或检查读不懂", "a rule states the same relation, or the check could not be understood"),
    "exists": ("{path} 已存在，未改动", "{path} exists and was left as it is"),
    "written": ("已写出 {path}", "wrote {path}"),
    "unknown_rule": ("没有规则“{code}”；有 {known}", "no rule “{code}”; there are {known}"),
    "internal": ("内部错误：{problem}", "internal fault: {problem}"),
    "interrupted": ("已中断", "interrupted"),
    "what": ("查什么", "What it finds"), "why": ("为什么", "Why it matters"), "fix": ("怎么改", "How to fix"),
    "fails": ("会报告的例子", "Example that is reported"), "passes": ("改正后", "Corrected"), "severity": ("严重程度", "Severity"),
    "missing": ("缺", "missing"), "touched": ("{count} 条关系", "{count} relation(s)"), "untouched": ("无人核对", "unchecked"),
    "reason_number": ("不是数", "no figure"), "reason_unit": ("单位不认识", "unknown unit"), "reason_range": ("区间不对", "bad range"),
    "reason_rest": ("后面多出的字", "cannot be read"), "reason_empty": ("没有数", "no number"), "reason_long": ("太长", "too long"), "reason_zero": ("除数为零", "divides by zero"),
}  # fmt: skip


def language(wanted: str | None, environment: Mapping[str, str] | None = None) -> str:
    """``zh`` or ``en``: as asked for, else by the locale."""
    if wanted:
        return "zh" if wanted.lower().startswith("zh") else "en"
    env = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if env.get(name):
            return "zh" if env[name].lower().startswith("zh") else "en"
    return "en"


def word(key: str, lang: str, **arguments: object) -> str:
    """The words of ``key``; ``room.name`` stands for ``name`` in ``fireaudit/words/room.py``."""
    room, _, name = key.rpartition(".")
    words: dict[str, tuple[str, str]] = import_module(f"fireaudit.words.{room}").WORDS if room else WORDS
    return words[name][lang == "en"].format(**_spoken(arguments, lang))


def _spoken(arguments: Mapping[str, object], lang: str) -> dict[str, object]:
    """Arguments as the language says them: lists, places in a file, what a schema asks for and what the system says of a file."""
    said = dict(arguments)
    if "demand" in said:
        demand, wanted = str(said["demand"]), str(said["wanted"])
        if demand == "type":
            wanted = word("schema.or", lang).join(word(f"schema.type_{name}", lang) for name in wanted.split(MARK))
        said["demand"] = word(f"schema.{demand}", lang, wanted=wanted)
    if "where" in said:
        where, *numbers = re.split(r"/?#(\d+)", word("schema.top", lang) if said["where"] == "." else str(said["where"]))
        for number, further in zip(numbers[::2], numbers[1::2], strict=True):
            where = word("schema.item", lang, where=where, number=int(number) + 1).strip() + further
        said["where"] = where
    if lang == "zh" and "problem" in said:
        from fireaudit.words.system import WORDS as SYSTEM

        said["problem"] = SYSTEM.get(str(said["problem"]), (said["problem"],))[0]
    comma = word("comma", lang) if any(MARK in value for value in said.values() if isinstance(value, str)) else ""
    return {name: value.replace(MARK, comma) if isinstance(value, str) else value for name, value in said.items()}


def message_of(finding: Finding, lang: str) -> str:
    """The message of a finding, one line."""
    rule = BY_CODE[finding.code]
    key = finding.message.removesuffix("+rounding")
    templates = rule.messages.get(key) or rule.messages.get("message") or next(iter(rule.messages.values()))
    said = {name: " ".join(str(value).split()) for name, value in _spoken(finding.arguments, lang).items()}
    text = templates[lang == "en"].format_map(said)
    return text + (word("rounding", lang) if finding.message.endswith("+rounding") else "")


def because_of(finding: Finding, lang: str) -> str | None:
    """The reading with which all figures could be true: the plan's own, or what the rule knows of."""
    known = BY_CODE[finding.code].because.get(finding.message)
    return finding.because or (known[lang == "en"] if known else None)


def in_points(text: str, lang: str) -> str:
    """A difference of two percentages, which machines are told as ``+5%``, in percentage points."""
    return text.removesuffix("%") + word("points", lang) if text.endswith("%") else text


def signs(text: str) -> str:
    """``>= 140人`` as a reader writes it."""
    return text.replace(">=", "≥").replace("<=", "≤").replace("!=", "≠")


def why(acceptance: Acceptance, lang: str) -> str:
    """The reason of an acceptance, and until when it holds."""
    reason = " ".join(acceptance.reason.split()) or word("accepted_by_baseline", lang)
    return word("accepted_until", lang, reason=reason, until=acceptance.until) if acceptance.until else reason


_ESCAPED = {
    *range(0x20), 0x7F, *range(0x80, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF,
}  # fmt: skip


def visible(text: str) -> str:
    """Control and bidirectional characters shown, not obeyed; line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"\\u{ord(c):04x}" if ord(c) in _ESCAPED and c != "\n" else c for c in text)


def inert(text: str) -> str:
    """Text from a file made safe for a terminal and a CI log: ``visible``, on one line, and without ``##[``, which some
    runners obey anywhere in a line."""
    return visible(text).replace("\n", "\\u000a").replace("##[", "# #[")
