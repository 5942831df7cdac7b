"""Words for what a command does not print."""

WORDS: dict[str, tuple[str, str]] = {
    "figures": ("另有 {count} 个数未列出（max-output = {limit}）", "{count} more figures are not listed (max-output = {limit})"),
    "cases": ("另有 {count} 个问题未列出（max-output = {limit}）", "{count} more cases are not listed (max-output = {limit})"),
    "proposals": ("另有 {count} 项建议未列出（max-output = {limit}）", "{count} more proposals are not listed (max-output = {limit})"),
    "lines": ("另有 {count} 行未列出（max-output = {limit}）", "{count} more lines are not listed (max-output = {limit})"),
}
