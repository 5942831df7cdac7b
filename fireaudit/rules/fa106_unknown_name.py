"""FA106 unknown-name: a check or a reference in the plan file that cannot be understood."""

from __future__ import annotations

from fireaudit.checks.parse import CheckError
from fireaudit.findings import Finding, Severity
from fireaudit.plan.model import Plan
from fireaudit.plan.source import Span
from fireaudit.rules.base import Rule, finding


def misunderstood(plan: Plan, span: Span, text: str, error: CheckError) -> Finding:
    """The finding for an expression that could not be bound to the plan's cells."""
    message = "close" if error.close and error.reason == "unknown" else error.reason
    shown = " ".join(text.split())
    shown = shown if len(shown) <= 80 else shown[:79] + "…"
    return finding("FA106", Severity.ERROR, plan, span, message=message, check=shown, name=error.name, close=error.close)


RULE = Rule(
    code="FA106",
    name="unknown-name",
    severity=Severity.ERROR,
    title=("看不懂的检查或名称", "A check or a name that cannot be understood"),
    messages={
        "message": ("没有“{name}”", "there is no “{name}”"),
        "unknown": ("“{check}”中的“{name}”不存在", "“{name}” in “{check}” does not exist"),
        "close": ("“{check}”中的“{name}”不存在，是否“{close}”？", "“{name}” in “{check}” does not exist; is “{close}” meant?"),
        "ambiguous": ("“{name}”不止一行", "“{name}” is more than one row"),
        "syntax": ("看不懂“{check}”：{name}", "cannot read “{check}”: {name}"),
        "circle": ("“{check}”：“{name}”由它自己给出", "“{check}”: “{name}” is stated by itself"),
        "long": ("检查太长或嵌套太深：{check}", "the check is too long or too deeply nested: {check}"),
        "large": ("“{check}”涉及的数太多，没有核对；可在设置的 [limits] 中调高 max-figures",
                  "“{check}” takes in too many figures and was not assessed; raise max-figures under [limits] in the settings"),
        "no_comparison": ("“{check}”不是比较，须含 == <= >= < > 之一", "“{check}” compares nothing; it needs one of == <= >= < >"),
        "figure": ("“{check}”中的“{name}”不是数", "“{name}” in “{check}” is no figure"),
        "column_here": ("“{check}”：此处要一个数，得到一列；用 sum() 或 total()", "“{check}”: one figure is needed, not a column; use sum() or total()"),
        "group_here": ("“{check}”：此处要一个数，得到几列；用 across()", "“{check}”: one figure is needed, not several columns; use across()"),
        "not_a_figure": ("“{check}”：“{name}”不是数", "“{check}”: “{name}” is no figure"),
        "two_tables": ("“{check}”：两表的列不能逐行比较：{name}", "“{check}”: columns of two tables cannot be compared row by row: {name}"),
        "arguments": ("“{check}”：{name}() 的参数不对", "“{check}”: wrong arguments for {name}()"),
        "no_arguments": ("“{check}”：{name}() 的括号里要写上名称或数", "“{check}”: {name}() needs something between its brackets"),
        "assignment": ("“{check}”：相等要写 ==，不是 =", "“{check}”: equality is written ==, not ="),
        "single": ("“{check}”：“{name}”是单独一个数，后面不能写 […]", "“{check}”: “{name}” is a single figure, so no […] can follow it"),
        "empty": ("“{check}”：{name}() 没有可算的数", "“{check}”: nothing for {name}() to work on"),
        "no_total": ("“{check}”：表 {name} 的该列没有印出合计", "“{check}”: table {name} prints no total for this column"),
    },
    what=("checks、part_of、adds_up_to 等处写的式子须能看懂，名称须存在。", "Expressions in checks, part_of, adds_up_to and the like must be readable and name what exists."),
    why=("写错一个名称的检查等于没有检查。", "A check with a misspelt name checks nothing."),
    fix=("按提示改正名称；`fireaudit show` 列出所有名称。", "Correct the name; `fireaudit show` lists all of them."),
    fails="fireaudit: 1\nplan: {title: 例}\nquantities:\n  station: {stated: [3个]}\nchecks: [stations == 3]\n",
    passes="fireaudit: 1\nplan: {title: 例}\nquantities:\n  station: {stated: [3个]}\nchecks: [station == 3]\n",
)  # fmt: skip
