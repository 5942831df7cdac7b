"""Hostile documents, each made by a few lines: long, wide or dense beyond what any office would print."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.plans import many

DOCUMENTS: dict[str, Callable[[], bytes]] = {}
"""By the name of a file, whose suffix says how it is read."""


def document(suffix: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    def register(make: Callable[[], str]) -> Callable[[], str]:
        DOCUMENTS[f"{make.__name__}.{suffix}"] = lambda: make().encode()
        return make

    return register


TALK = "各级各有关部门要压实责任、加强协同，推动消防安全治理向事前预防转型，切实维护人民群众生命财产安全。"


# Running text.


@document("txt")
def text_without_numerals() -> str:
    return (TALK + "\n\n") * many(50_000)


@document("txt")
def text_on_lines() -> str:
    return (TALK[:38] + "\n") * many(60_000)


@document("txt")
def one_line() -> str:
    return TALK * many(20_000)


@document("txt")
def one_line_of_one_word() -> str:
    return "消" * many(1_000_000)


@document("txt")
def one_line_of_commas() -> str:
    return "，" * many(500_000) + "、" * many(500_000)


@document("txt")
def one_line_of_figures() -> str:
    return "新建消防站12座，" * many(40_000)


@document("txt")
def paragraphs_of_figures() -> str:
    return "".join(f"全市新建消防站{i}座，增长5.{i % 10}%。\n\n" for i in range(many(20_000)))


@document("txt")
def sentence_of_items() -> str:
    return f"全市共有消防站{many(8_000)}座，其中" + "、".join(f"第{i}镇1座" for i in range(many(8_000))) + "。"


@document("txt")
def sentence_of_amounts() -> str:
    return "全年投入100万元，" + "，".join(f"甲{chr(0x4E00 + i % 9_000)}乙投入{i % 97 + 1}.5万元、增长{i % 13}%" for i in range(many(8_000))) + "。"


@document("txt")
def list_without_figures() -> str:
    return "配备下列器材：" + "、".join(f"器材{chr(0x4E00 + i % 9_000)}" for i in range(many(60_000))) + "等8类。"


@document("txt")
def english_sentence_of_items() -> str:
    return f"The city has {many(8_000)} stations, including " + ", ".join(f"{i % 90 + 1} in ward {chr(65 + i % 26)}" for i in range(many(8_000))) + ".\n"


@document("txt")
def english_without_numerals() -> str:
    return ("The departments concerned shall work together and prevent what can be prevented. " * 3 + "\n\n") * many(10_000)


@document("txt")
def brackets() -> str:
    return "（" * many(100_000) + "）" * many(100_000) + "\n\n" + "“（《" * many(100_000) + "\n\n[^1" * many(50_000)


@document("txt")
def footnotes() -> str:
    return "".join(f"甲[footnoteRef:{i}]乙\n" for i in range(many(20_000))) + "".join(f"[{i}: 注{i}座]\n" for i in range(many(20_000)))


@document("txt")
def headings() -> str:
    return "".join(f"第{i}章 总则\n\n（{i % 9 + 1}）目标\n\n" for i in range(1, many(12_000)))


@document("txt")
def headings_of_one_number() -> str:
    return "一、总体要求\n\n" * many(40_000)


@document("txt")
def numerals_of_one_word() -> str:
    return "一二三四五六七八九十百千万亿" * many(70_000)


@document("txt")
def years() -> str:
    return "2021年至2025年、" * many(20_000)


@document("txt")
def ranges() -> str:
    return "1-2-3—4～5至6到7" * many(7_000)


@document("txt")
def restated() -> str:
    return "".join(f"消防站{i % 7}座。全市消防站{i % 5}座，比上年增加{i % 3}座。\n\n" for i in range(many(12_000)))


# Tables.


def cells(rows: int, columns: int) -> str:
    head = "镇," + ",".join(f"第{c}项" for c in range(columns)) + "\n"
    return head + "".join(f"第{r}镇," + ",".join(str((r * 7 + c * 3) % 91) for c in range(columns)) + "\n" for r in range(rows))


@document("csv")
def table_of_300_columns() -> str:
    return cells(many(30_000) // 20 + 2, 300)


@document("csv")
def table_of_many_columns() -> str:
    return cells(10, many(10_000))


@document("csv")
def table_of_very_many_columns() -> str:
    return cells(4, many(100_000))


@document("csv")
def table_of_many_rows() -> str:
    return cells(many(60_000), 7)


@document("csv")
def tables_without_number() -> str:
    return (TALK[:9] + "\n" + "甲,乙,丙\n丁,戊,己\n\n") * many(30_000)


@document("csv")
def tables_of_two_rows() -> str:
    return "".join(f"表{i}\n镇,站,车\n甲,{i},2\n合计,{i},2\n\n" for i in range(many(15_000)))


@document("csv")
def table_of_one_number() -> str:
    return "镇," + ",".join(f"第{c}项" for c in range(30)) + "\n" + ("甲" + ",0" * 30 + "\n") * many(12_000)


@document("csv")
def table_of_totals() -> str:
    return "镇,站\n" + "".join(f"{'合计' if i % 2 else '其中：甲'},{i}\n" for i in range(many(20_000)))


@document("csv")
def long_cells() -> str:
    return "镇,说明\n" + f"甲,{TALK * 20}\n" * many(2_000)


@document("txt")
def spaced_columns() -> str:
    return ("甲镇   12   13   25\n" * 50 + "\n") * many(500)


@document("txt")
def lines_of_pipes() -> str:
    return "|" * many(300_000) + "\n" + "|a" * many(50_000) + "\n" + "|---" * many(50_000) + "\n"


@document("txt")
def lines_of_tabs() -> str:
    return ("\t" * 300 + "1\n") * many(1_500)


@document("txt")
def wide_spaces() -> str:
    return ("甲" + " " * 400 + "1" + " " * 400 + "\n") * many(5_000)


@document("txt")
def boxes() -> str:
    return "┌" + "─┬" * many(20_000) + "┐\n" + ("│1" * many(20_000) + "│\n") * 3


@document("html")
def merged_cells() -> str:
    return "<table>" + "<tr><td rowspan=1000 colspan=1000>1</td></tr>" * many(1_000) + "</table>"


@document("html")
def nested_tables() -> str:
    return "<table><tr><td>1" * many(20_000)


@document("html")
def nested_elements() -> str:
    return "<div>" * many(200_000) + "12座"


@document("html")
def table_of_html() -> str:
    return "<table>" + ("<tr>" + "<td>1</td>" * 100 + "</tr>") * many(4_000) + "</table>"
