"""FA001–FA108: what can be wrong with the file itself. The readers find these; here they are named and explained."""

from __future__ import annotations

from fireaudit.findings import Severity
from fireaudit.rules.base import Bilingual, Rule

_HEAD = "fireaudit: 1\nplan: {title: 例}\n"


def _rule(
    code: str, name: str, title: Bilingual, messages: dict[str, Bilingual], why: Bilingual, fix: Bilingual,
    fails: str, passes: str = _HEAD, severity: Severity = Severity.ERROR,
) -> Rule:  # fmt: skip
    return Rule(code, name, severity, title, messages, title, why, fix, fails, passes)


_LOST: Bilingual = ("读不出的内容不会被审核，所以不能放过。", "What cannot be read is not audited, so it must not pass in silence.")

RULES = (
    _rule("FA001", "yaml-syntax", ("不是合法的 YAML", "Not valid YAML"),
          {"message": ("此处不是合法的 YAML：{problem}", "not valid YAML here: {problem}")},
          _LOST, ("改正语法：多为缺空格、引号或括号不配对。", "Correct the syntax: mostly a missing space, quote or bracket."),
          "fireaudit: [1\nplan: 2\n"),
    _rule("FA002", "duplicate-key", ("键重复", "A key stands twice"),
          {"message": ("键“{key}”在第 {line} 行已有，此处被忽略", "the key “{key}” is already on line {line}; this one is ignored")},
          ("重复的键使其中一个数悄悄不见。", "A repeated key makes one of two figures vanish."), ("删去或改名。", "Drop or rename one."),
          _HEAD + "plan: {title: 又}\n"),
    _rule("FA003", "yaml-feature", ("不允许的 YAML 功能", "A YAML feature that plans do not use"),
          {"message": ("规划文件不用锚点、别名、标签、合并键与多个文档：{what}", "plans use no anchors, aliases, tags, merge keys or second documents: {what}")},
          ("这些功能使同一个数有多处来源，也能被用来攻击读取者。", "They give one figure several origins, and can be used against whoever reads them."),
          ("把内容直接写出来。", "Write the content out."), "fireaudit: 1\nplan: &a {title: 例}\n"),
    _rule("FA004", "encoding", ("读不出的文件", "A file that cannot be read"),
          {"message": ("无法读取：{problem}", "cannot be read: {problem}")},
          _LOST, ("存为 UTF-8。", "Save it as UTF-8."), ""),
    _rule("FA005", "rule-fault", ("规则内部出错", "A fault inside a rule"),
          {"message": ("规则 {rule} 内部出错，未执行：{problem}", "rule {rule} failed and was not applied: {problem}")},
          ("工具自己的差错也不能当作通过。", "A fault of the tool must not pass for a clean result either."), ("请报告此问题。", "Please report it."), ""),
    _rule("FA101", "schema", ("不合格式", "Not of the required shape"),
          {"message": ("{where}：“{found}”不合格式，要求 {rule}：{wanted}", "{where}: “{found}” does not fit, wanted {rule}: {wanted}"),
           "name": ("{where}：“{found}”不能作名称；名称只用字母、汉字、数字和下划线，不以数字开头",
                    "{where}: “{found}” cannot be a name; a name is letters, digits and _, and does not begin with a digit")},
          _LOST, ("按 `fireaudit schema` 或编辑器提示改正。", "Follow `fireaudit schema` or the editor's hints."), "fireaudit: 2\nplan: {title: 例}\n"),
    _rule("FA102", "unknown-key", ("未知的键", "An unknown key"),
          {"message": ("未知的键“{key}”；此处可用：{known}", "unknown key “{key}”; known here: {known}"),
           "close": ("未知的键“{key}”，是否“{close}”？", "unknown key “{key}”; is “{close}” meant?")},
          _LOST, ("改正键名。", "Correct the key."), _HEAD + "quantity: {}\n"),
    _rule("FA103", "missing-key", ("缺少必需的键", "A required key is missing"),
          {"message": ("{where} 缺少“{key}”", "{where} lacks “{key}”")},
          _LOST, ("补上该键。", "Add the key."), "fireaudit: 1\n"),
    _rule("FA104", "unreadable-figure", ("读不出的数", "A figure that cannot be read"),
          {"message": ("“{text}”不是能读的数：“{fragment}”", "“{text}” is no figure that can be read: “{fragment}”"),
           "unit": ("“{text}”中的单位“{fragment}”不认识", "the unit “{fragment}” in “{text}” is not known"),
           "range": ("“{text}”：区间两端颠倒或单位不同", "“{text}”: the ends of the range are reversed or differ in unit"),
           "zero": ("“{text}”：除数为零", "“{text}”: divides by zero"),
           "long": ("太长，不是数：“{fragment}…”", "too long for a figure: “{fragment}…”"),
           "date": ("“{text}”不是能读的时限", "“{text}” is no date that can be read")},
          _LOST, ("按文档印的样子写；文字列写 role: text。`fireaudit figure` 可试读。", "Write it as printed; give text columns role: text. Try it with `fireaudit figure`."),
          _HEAD + "quantities:\n  a: {stated: [好多个]}\n", _HEAD + "quantities:\n  a: {stated: [约10个]}\n"),
    _rule("FA105", "row-length", ("行的格数不对", "A row of the wrong length"),
          {"message": ("表 {table} 的“{row}”行有 {found} 格，应为 {wanted} 格", "row “{row}” of table {table} has {found} cells, {wanted} wanted")},
          ("错位的一行会使整列的数都错。", "A shifted row puts every figure into the wrong column."), ("补上或删去格；空格写 \"\"。", "Add or drop cells; write an empty one as \"\"."),
          _HEAD + "tables:\n  t:\n    columns: {a: x, b: y}\n    rows: [[1, 2], [3]]\n", _HEAD + "tables:\n  t:\n    columns: {a: x, b: y}\n    rows: [[1, 2], [3, 4]]\n"),
    _rule("FA107", "name-taken", ("名称重复使用", "A name used twice"),
          {"message": ("名称“{name}”在第 {line} 行已用", "the name “{name}” is already used on line {line}")},
          ("检查里写这个名称，就不知道指哪一个。", "A check that uses it could mean either."), ("改名。", "Rename one."),
          _HEAD + "quantities:\n  a: {stated: [1个]}\nlists:\n  a: {items: [甲]}\n"),
    _rule("FA108", "unit-clash", ("单位不能相加或相比", "Units that cannot be added or compared"),
          {"message": ("{left} 与 {right} 不能相加或相比：{check}", "{left} and {right} cannot be added or compared: {check}")},
          ("钱加面积得不出数；多半是关系写错了。", "Money plus area is no number; the relation is probably wrong."), ("核对单位与关系。", "Check the units and the relation."),
          _HEAD + "quantities:\n  a: {stated: [1万元]}\n  b: {stated: [1公里]}\nchecks: [a == b]\n",
          _HEAD + "quantities:\n  a: {stated: [1万元]}\n  b: {stated: [10000元]}\nchecks: [a == b]\n"),
    _rule("FA901", "unchecked-figure", ("没有任何关系核对的数", "A figure that nothing checks"),
          {"message": ("{cell}（{text}）：没有关系核对它", "{cell} ({text}): no relation touches it")},
          ("没有核对不等于正确。", "Unchecked is not correct."), ("写一条检查，或写明文档中另一处。", "Write a check, or add where else the document states it."),
          _HEAD + "quantities:\n  a: {stated: [1个]}\n", severity=Severity.NOTE),
    _rule("FA902", "not-assessable", ("无法核对的关系", "A relation that could not be assessed"),
          {"message": ("{check}：缺 {missing}，无法核对", "{check}: cannot be assessed without {missing}")},
          ("沉默不是通过。", "Silence is not a pass."), ("补上缺的数；空格表示没有的，给列写 empty: 0。", "Supply the figure; where an empty cell means none, give the column empty: 0."),
          _HEAD + "quantities:\n  a: {stated: [-]}\nchecks: [a == 1]\n", severity=Severity.NOTE),
    _rule("FA903", "acceptance-expired", ("接受已到期", "An acceptance that has expired"),
          {"message": ("接受 {what} 的期限 {until} 已过，重新计入；当时的理由：{reason}", "the acceptance of {what} ended on {until}, so it counts again; the reason was: {reason}")},
          ("到期是当初约定要再看一次。", "The date was set so that somebody looks again."), ("改正数字，或写明新的期限和理由。", "Correct the figure, or give a new date and reason."),
          _HEAD + "quantities:\n  a: {stated: [1个, 2个]}  # fireaudit: accept FA301 until 2001-01-31: 待核实\n",
          _HEAD + "quantities:\n  a: {stated: [1个, 2个]}  # fireaudit: accept FA301: 口径不同\n", severity=Severity.WARNING),
    _rule("FA904", "acceptance-needless", ("不再需要的接受", "An acceptance that is no longer needed"),
          {"message": ("此处没有 {what} 可接受，接受（{reason}）可删去", "there is no {what} here to accept; the acceptance ({reason}) can go"),
           "baseline": ("基线 {file} 中有 {count} 条发现已经没有；用 fireaudit baseline 重写", "{count} finding(s) of the baseline {file} are gone; write it anew with fireaudit baseline")},
          ("留着它，以后同样的错会被悄悄放过。", "Left in place, it would let the same error pass unseen later."), ("删去。", "Drop it."),
          _HEAD + "quantities:\n  a: {stated: [1个, 1个]}  # fireaudit: accept FA301: 口径不同\n", severity=Severity.WARNING),
    _rule("FA905", "acceptance-unclear", ("看不懂的接受", "An acceptance that is not understood"),
          {"message": ("看不懂“{text}”；写作 # fireaudit: accept FA301 until 2026-12-31: 理由", "“{text}” is not understood; write # fireaudit: accept FA301 until 2026-12-31: reason"),
           "reason": ("接受 {codes} 没有写理由，不算数", "the acceptance of {codes} gives no reason and does not count"),
           "code": ("没有规则 {code}，是否 {close}？", "there is no rule {code}; is {close} meant?"),
           "date": ("“{date}”不是日期；写作 2026-12-31", "“{date}” is no date; write 2026-12-31")},
          ("写错的接受什么也没有接受。", "A mistyped acceptance accepts nothing."), ("照样子改正。", "Write it as shown."),
          _HEAD + "quantities:\n  a: {stated: [1个, 1个]}  # fireaudit: accept FA301\n",
          _HEAD + "quantities:\n  a: {stated: [1个, 2个]}  # fireaudit: accept FA301: 口径不同\n", severity=Severity.WARNING),
)  # fmt: skip
