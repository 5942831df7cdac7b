"""Words about documents that are read: places in them, and how much was read."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "page": ("第{page}页", "page {page}"),
    "sheet": ("工作表“{sheet}”", "sheet “{sheet}”"),
    "paragraph": ("第{paragraph}段", "paragraph {paragraph}"),
    "table": ("表{table}", "table {table}"),
    "row": ("第{row}行", "row {row}"),
    "column": ("第{column}列", "column {column}"),
    "summary": (
        "{path}：识别出 {figures} 个数，{unplaced} 个未能归位；{tables} 张表",
        "{path}: {figures} figures recognised, {unplaced} could not be placed; {tables} table(s)",
    ),
    "textless": (
        "{path}：{count} 页没有文字层，没有读到：第 {pages} 页",
        "{path}: {count} page(s) without a text layer were not read: {pages}",
    ),
    "not_a_document": (
        "{path} 已是规划文件，不必再读；要审核用 fireaudit check",
        "{path} is a plan file already; audit it with fireaudit check",
    ),
    "too_many_numerals": (
        "{path}：正文中的数超过 {limit} 个，没有审核；请拆成几份，或在设置的 [limits] 中调高 max-numerals",
        "{path}: more than {limit} numbers in its running text, so it was not audited; split it, or raise max-numerals under [limits] in the settings",
    ),
    "too_many_cells": (
        "{path}：表格的单元格超过 {limit} 个，没有审核；请拆成几份，或在设置的 [limits] 中调高 max-cells",
        "{path}: more than {limit} cells in its tables, so it was not audited; split it, or raise max-cells under [limits] in the settings",
    ),
    "exists": ("{path} 已存在，未改动；要覆盖用 --force", "{path} exists and was left as it is; --force overwrites it"),
    "not_mutable": (
        "{path} 是文档；mutate 只用于规划文件，先用 fireaudit read 写出来",
        "{path} is a document; mutate takes plan files, so write one first with fireaudit read",
    ),
    "not_fixable": (
        "{path} 是文档，fireaudit 不改文档；先用 fireaudit read 写出规划文件",
        "{path} is a document, which fireaudit does not edit; write a plan file first with fireaudit read",
    ),
}
