"""FA801–FA805: where a plan file and its document differ. ``verify`` finds these; here they are named and explained."""

from __future__ import annotations

from fireaudit.findings import Severity
from fireaudit.rules.base import Bilingual, Rule


def _rule(
    code: str, name: str, severity: Severity, title: Bilingual, messages: dict[str, Bilingual], what: Bilingual, why: Bilingual, fix: Bilingual
) -> Rule:  # fmt: skip
    return Rule(code, name, severity, title, messages, what, why, fix)


RULES = (
    _rule(
        "FA801", "not-in-document", Severity.ERROR, ("文档中没有这个数", "A figure that the document does not have"),
        {"message": ("{label}：文档（{at}）中找不到“{text}”", "{label}: “{text}” is not found in the document ({at})"),
         "near": ("{label}：文档（{at}）中找不到“{text}”，{where} 印作“{found}”，疑为抄写之误", "{label}: “{text}” is not found in the document ({at}); {where} prints “{found}”, a slip in copying perhaps")},
        ("`fireaudit verify` 在文档中写明的位置找规划文件的每个数；只差写法、值相同的也算找到。",
         "`fireaudit verify` looks for every figure of the plan file at the place given for it; the same value in another spelling counts as found."),
        ("抄错的数，核对得再仔细也没有意义。", "A figure that was copied wrongly makes all further checking pointless."),
        ("对照文档改正规划文件中的数或位置。", "Correct the figure or its place in the plan file."),
    ),
    _rule(
        "FA802", "elsewhere", Severity.WARNING, ("数在别处", "A figure that stands elsewhere"),
        {"message": ("{label}：“{text}”不在 {at}，而在 {where}", "{label}: “{text}” is not at {at} but at {where}"),
         "date": ("{label}：“{text}”不在 {at}，在文档别处", "{label}: “{text}” is not at {at} but elsewhere in the document")},
        ("数或时限在文档中，但不在规划文件写明的位置。", "The figure or date is in the document, but not at the place that the plan file gives."),
        ("位置写错了，读者就核不到原文。", "With a wrong place nobody finds the original."),
        ("改正 at。", "Correct the place."),
    ),
    _rule(
        "FA803", "not-in-plan", Severity.WARNING, ("文档中的数没有收入", "A figure of the document that the plan file lacks"),
        {"message": ("{where}：{label} {text}，规划文件没有", "{where}: {label} {text} is not in the plan file"),
         "bare": ("{where}：{text}，规划文件没有", "{where}: {text} is not in the plan file")},
        ("文档印的每个数都应在规划文件中，或列入 left_out 并写明原因。", "Every figure that the document prints should be in the plan file, or be listed in left_out with a reason."),
        ("漏抄的数不会被核对。", "A figure that was left behind is never checked."),
        ("收入规划文件；有意不收的写入 left_out。", "Add it to the plan file, or to left_out where it is left out on purpose."),
    ),
    _rule(
        "FA804", "cell-differs", Severity.ERROR, ("表中的数与文档不同", "A cell that differs from the document"),
        {"message": ("{label}：规划文件为“{text}”，文档（{where}）印作“{found}”", "{label}: “{text}” in the plan file, “{found}” in the document ({where})")},
        ("表按内容对上，逐行逐列比较；数值相同、写法不同的不报告。", "Tables are matched by content and compared row by row and column by column; the same value in another spelling is not reported."),
        ("表里错一格，合计就对不上，或者碰巧对上。", "One wrong cell breaks a total, or makes it hold by accident."),
        ("对照文档改正。", "Correct it by the document."),
    ),
    _rule(
        "FA805", "title-not-in-document", Severity.WARNING, ("文档中没有这个名称或标题", "A name or title that the document does not have"),
        {"message": ("文档中找不到“{text}”", "“{text}” is not found in the document"),
         "item": ("{label}：文档中找不到“{text}”", "{label}: “{text}” is not found in the document")},
        ("标题、目录、附件、专栏和所列各项的名称须见于文档；标点和空格不计。", "Headings, contents, annexes, boxes and the items of lists must be found in the document; marks and spaces do not count."),
        ("名称抄错，就指不到原文。", "A name that was copied wrongly points nowhere."),
        ("对照文档改正。", "Correct it by the document."),
    ),
)  # fmt: skip
