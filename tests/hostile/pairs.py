"""Plans with the documents they are verified against, each made by a few lines: what would make a comparison of the two go on without end."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.plans import HEAD, facts, many, table

PAIRS: dict[str, Callable[[], tuple[bytes, bytes]]] = {}


def pair(make: Callable[[], tuple[str, str]]) -> Callable[[], tuple[str, str]]:
    def made() -> tuple[bytes, bytes]:
        plan, document = make()
        return (HEAD + plan).encode(), document.encode()

    PAIRS[make.__name__] = made
    return make


def pipes(rows: int, row: str, head: str = "| k | x | y |") -> str:
    return f"{head}\n|{' --- |' * (head.count('|') - 1)}\n" + "".join(f"| {row.replace('{i}', str(i))} |\n" for i in range(rows))


@pair
def tables_all_alike() -> tuple[str, str]:
    one = "    title: 表\n    columns: {k: {role: name}, a: x, b: y}\n    rows: [[甲, 1, 2], [乙, 1, 2], [丙, 1, 2]]\n"
    printed = f"表\n\n{pipes(3, '甲 | 1 | 2')}\n段落文字。\n\n"
    return "tables:\n" + "".join(f"  t{i}:\n{one}" for i in range(many(3000))), printed * many(3000)


@pair
def figure_of_every_place() -> tuple[str, str]:
    document = "第一章 总\n\n" + "".join(f"第{i}节 例\n\n新建消防站5个。\n\n" for i in range(many(20_000)))
    return facts(many(20_000), "q{i}: {stated: [{text: 5个, at: 第一章/第{i}节}]}"), document


@pair
def figures_all_copied_wrong() -> tuple[str, str]:
    document = "第一章 总\n\n" + "".join(f"新建消防站9{i}个。\n\n" for i in range(many(40_000)))
    return facts(many(30_000), "q{i}: {stated: [{text: 1{i}个, at: 第一章}]}"), document


@pair
def figure_often_at_one_place() -> tuple[str, str]:
    return facts(many(30_000), "q{i}: {stated: [{text: 5个, at: 第一章}]}"), "第一章 总\n\n新建" + "、".join(f"{i}站5个" for i in range(many(20_000)))


@pair
def number_often_with_other_words() -> tuple[str, str]:
    return facts(many(30_000), "q{i}: {stated: [{text: 约5.{i}个, at: 第一章}]}"), "第一章 总\n\n" + "新建站5座，约5.1座。\n\n" * many(20_000)


@pair
def rows_of_other_names() -> tuple[str, str]:
    return table(many(60_000), "n{i}, 1, 2", "a: x, b: y"), pipes(many(60_000), "m{i} | 1 | 2")


@pair
def rows_of_one_name() -> tuple[str, str]:
    return table(many(60_000), "n, {i}, 2", "a: x, b: y"), pipes(many(60_000), "n | 1 | 2")


@pair
def columns_without_end() -> tuple[str, str]:
    width = many(20_000)
    columns = ", ".join(f"c{i}: x" for i in range(width))
    return table(4, "n{i}" + ", 1" * width, columns), pipes(4, "n{i}" + " | 1" * width, "| k |" + " x |" * width)


@pair
def names_that_nearly_stand_there() -> tuple[str, str]:
    items = ", ".join("甲" * (30 + i % 7) + "乙" for i in range(many(50_000)))
    return f"lists:\n  l:\n    items: [{items}]\n", ("甲" * 800 + "\n\n") * many(10_000)


@pair
def places_of_many_parts() -> tuple[str, str]:
    at = "/".join(f"p{i}" for i in range(many(2000)))
    return facts(many(2000), f"q{{i}}: {{stated: [{{text: 5个, at: {at}/x{{i}}}}]}}"), "第一章 总\n\n" + "新建站5个。\n\n" * many(10_000)


@pair
def texts_that_quote_figures() -> tuple[str, str]:
    return table(many(40_000), "n{i}, 新建5个站和5所", "a: {label: x, role: text}"), pipes(many(40_000), "m{i} | 新建5座站", "| k | x |")


@pair
def dates_of_every_place() -> tuple[str, str]:
    milestones = "".join(f"  m{i}: {{label: 例, stated: [{{when: 到{2021 + i % 5}年, at: 第{i}章}}]}}\n" for i in range(many(50_000)))
    return "milestones:\n" + milestones, "".join(f"第{i}章 例\n\n到{2021 + i % 5}年底。\n\n" for i in range(many(20_000)))
