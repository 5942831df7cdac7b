"""Hostile plan files, each made by a few lines: what would crash, hang or fill the memory of a careless reader."""

from __future__ import annotations

import os
from collections.abc import Callable

HEAD = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n"
PLANS: dict[str, Callable[[], bytes]] = {}


def plan(make: Callable[[], str | bytes]) -> Callable[[], str | bytes]:
    """Registers a maker under its name; text is put below a head that is in order."""

    def made() -> bytes:
        body = make()
        return body if isinstance(body, bytes) else (HEAD + body).encode()

    PLANS[make.__name__] = made
    return make


SCALE = int(os.environ.get("FIREAUDIT_HOSTILE_SCALE", "100"))


def many(number: int) -> int:
    """So many at full size; the tests run at a hundredth of it."""
    return max(2, number // SCALE)


def facts(number: int, text: str) -> str:
    """So many quantities; ``text`` of one, with its number as ``{i}`` and the next as ``{j}``."""
    return "quantities:\n" + "".join("  " + text.replace("{i}", str(i)).replace("{j}", str(i + 1)) + "\n" for i in range(number))


def table(rows: int, row: str, columns: str, more: str = "") -> str:
    return (
        f"tables:\n  t:\n    columns: {{k: {{role: name}}, {columns}}}\n    rows:\n"
        + "".join(f"      - [{row.replace('{i}', str(i))}]\n" for i in range(rows))
        + more
    )


# The text itself.


@plan
def alias_bomb() -> str:
    return "".join(f"x{i}: &x{i} [{', '.join([f'*x{i - 1}'] * 9) if i else '0'}]\n" for i in range(30))


@plan
def cyclic_alias() -> str:
    return "checks: &a [*a, *a]\n"


@plan
def merge_keys() -> str:
    return "quantities: {<<: [*a, *b], a: {<<: {stated: [1个]}}}\n"


@plan
def tags() -> str:
    return "checks: [!!python/object/apply:os.system ['true'], !<tag:yaml.org,2002:binary> AAAA, !x y, !!float .nan]\n"


@plan
def deep_flow() -> bytes:
    return b"[" * many(1_000_000)


@plan
def deep_flow_closed() -> bytes:
    return b"checks: " + b"[" * many(50_000) + b"]" * many(50_000)


@plan
def deep_mappings() -> bytes:
    return b"{a: " * many(200_000)


@plan
def deep_blocks() -> bytes:
    return b"".join(b" " * i + b"a:\n" for i in range(many(3_000) + 40))


@plan
def deep_sequences() -> bytes:
    return b"- " * many(200_000) + b"a"


@plan
def complex_keys() -> bytes:
    return b"? " * many(100_000)


@plan
def megabyte_scalar() -> str:
    return f"quantities: {{a: {{label: {'长' * many(1_000_000)}, stated: [{'9' * many(1_000_000)}]}}}}\nchecks: [{'a' * many(1_000_000)}]\n"


@plan
def megabyte_key() -> str:
    return f"{'k' * many(1_000_000)}: 1\nquantities: {{? {'k' * many(1_000_000)} : {{stated: [1]}}}}\n"


@plan
def huge_line() -> str:
    return "names: [" + "{name: 甲镇}, " * many(200_000) + "]\n"


@plan
def million_keys() -> str:
    return "".join(f"k{i}: 1\n" for i in range(many(1_000_000)))


@plan
def many_duplicates() -> str:
    return "plan: 1\n" * many(300_000)


@plan
def many_unknown_keys() -> str:
    return "quantities:\n" + "".join(f"  a{i}: {{stated: [1个], labell: x, statedd: y}}\n" for i in range(many(50_000)))


@plan
def many_schema_errors() -> str:
    return "names: [" + "1, " * many(300_000) + "]\n"


@plan
def million_values() -> bytes:
    return b"- 1\n" * many(5_000_000)


@plan
def million_comments() -> str:
    return "# a comment\n" * many(1_000_000)


@plan
def million_documents() -> str:
    return "--- 1\n" * many(300_000)


@plan
def many_anchors() -> str:
    return "checks: [" + ", ".join(f"&a{i} x" for i in range(many(100_000))) + "]\n"


@plan
def open_quotes() -> bytes:
    return b'a: "' + b"\\" * (many(1_000_000) + 1)


@plan
def folded() -> str:
    return "plan2: >\n" + "  a\n\n" * many(300_000)


@plan
def blank_lines() -> str:
    return "\n" * many(3_000_000) + "a: 1\n"


@plan
def spaces() -> bytes:
    return b" " * many(5_000_000) + b"\t- a"


@plan
def tabs() -> bytes:
    return b"a:\t" * many(500_000)


@plan
def nul() -> bytes:
    return b"fireaudit: 1\0\n"


@plan
def binary() -> bytes:
    return bytes(range(256)) * many(4_000)


@plan
def half_a_character() -> bytes:
    return "计划".encode()[:-1]


@plan
def mixed_encodings() -> bytes:
    return (HEAD + "checks: [甲]\n").encode() + "乙: 1\n".encode("gb18030")


@plan
def odd_utf16() -> bytes:
    return b"\xff\xfe" + HEAD.encode("utf-16-le") + b"\x00"


@plan
def lone_surrogates() -> bytes:
    return b"\xff\xfe" + b"\x00\xd8" * many(1_000)


@plan
def escaped_controls() -> str:
    return 'plan2: "\\0\\x1b[31m\\u202e\\ud800\\N\\L\\P"\nnames: [{name: "\\x1b]0;x\\a::error::x"}]\n'


@plan
def line_separators() -> str:
    return "checks: ['a\u2028b == 1', 'a\u0085b == 1']\nnames: [{name: a\u2028b}]\n"


# Figures.


@plan
def long_figures() -> str:
    return facts(many(1_000), "a{i}: {stated: ['" + "9" * 119 + "', '" + "九" * 119 + "', 1e999999, '9**9**9', " + "8" * many(5_000) + "]}")


@plan
def odd_digits() -> str:
    return "quantities: {a: {stated: ['²', '１２', '٣', '१', '①', '1\u0301', '⅓', 'Ⅳ', '1\u200b2', '一\u0300', '߁', '𝟙𝟚', '㊀', '㉈', '𒐀', 'nan', 'inf', .nan, .inf, -.INF, 0x1F, 0o7, many(1_000), '1:0', '0分之1']}}\n"


@plan
def scaled_figures() -> str:
    return "quantities: {a: {stated: ['9亿亿亿亿亿', '千万亿千万亿千万亿', '1万万万万万万万万', '一亿亿亿亿亿亿亿亿', '每0平方公里1个', '每1-2人1个', '0:0', '十分之零', '零分之一', '1/0', '1/万/万/万/万/万/万']}}\n"


@plan
def figure_of_slashes() -> str:
    return "quantities: {a: {unit: '" + "人/" * many(50_000) + "人', stated: ['1" + "/人" * 50 + "', '1" + "每人" * 50 + "']}}\n"


@plan
def unit_of_scales() -> str:
    return "quantities: {a: {unit: '" + "万" * many(100_000) + "', stated: [1]}}\n"


# Expressions.


@plan
def powers() -> str:
    return (
        facts(1, "a: {stated: [1]}")
        + "checks: [a == 9**9**9, a == 1e999999, a == 0x"
        + "f" * many(1_000)
        + ", a == "
        + "9" * many(1_900)
        + ", a == "
        + "9" * many(1_000_000)
        + ", a == 1j, a == 1.5e3, a == 1__0]\n"
    )


@plan
def deep_expressions() -> str:
    deep = [
        "(" * 900 + "a" + ")" * 900,
        "-" * many(1_900) + "a",
        "a" + ".a" * 900,
        "a" + "[0]" * 600,
        "sum(" * 400 + "a" + ")" * 400,
        "not " * 400 + "a",
        "lambda: " * 200 + "a",
    ]
    return facts(1, "a: {stated: [1]}") + "checks:\n" + "".join(f"  - '{text} == 1'\n" for text in deep)


@plan
def long_products() -> str:
    nines = "9" * 40
    return facts(1, "a: {stated: [1]}") + "checks: ['a == " + "*".join([nines] * 45) + "', 'a == 1/" + "/".join([nines] * 45) + "']\n"


@plan
def doubling_facts() -> str:
    return facts(200, "a{i}: {stated: [{is: a{j} + a{j}}]}") + "  a200: {stated: [2个]}\n"


@plan
def squaring_facts() -> str:
    return facts(40, "a{i}: {stated: [{is: a{j} * a{j}}]}") + "  a40: {stated: [97个]}\nchecks: [a20 == 1]\n"


@plan
def chain_of_facts() -> str:
    return facts(many(5_000), "a{i}: {stated: [{is: a{j} + 1}]}") + f"  a{many(5_000)}: {{stated: [2个]}}\n"


@plan
def circle_of_facts() -> str:
    return facts(many(1_000), "a{i}: {stated: [{is: a{j}}]}") + f"  a{many(1_000)}: {{stated: [{{is: a0}}]}}\n"


@plan
def through_zero() -> str:
    return "quantities: {a: {stated: [≤1]}, b: {stated: [约0个]}, c: {stated: [0]}}\nchecks: [a / b == 1, 1 / c == 1, a / (a - a) > 0, 0 / c == 0, b / a * c == b]\n"


@plan
def wide_across() -> str:
    names = [f"c{i}" for i in range(300)]
    return table(
        many(2_000), "r{i}" + ", 1" * 300, ", ".join(f"{n}: x" for n in names), f"    groups: {{g: [{', '.join(names)}]}}\nchecks: [across(t.g) == 300]\n"
    )


@plan
def repeated_columns() -> str:
    wide = " + ".join(["t.a"] * 330)
    return table(many(20_000), "r{i}, 1", "a: x") + "checks:\n" + f"  - {wide} == 330\n" * 20


@plan
def column_against_sum() -> str:
    return table(many(20_000), "r{i}, 1", "a: x") + "checks: [t.a <= sum(t.a), t.a * 7 == sum(t.a), max(t.a) == t.a]\n"


@plan
def count_of_sums() -> str:
    return table(many(20_000), "r{i}, 1", "a: x") + "checks: [count(t.a + sum(t.a)) == 1, 'sum(t.a + sum(t.a)) == 1', 'across(t.a + sum(t.a)) == t.a']\n"


@plan
def wrong_extremes() -> str:
    return table(many(20_000), "r{i}, 1", "a: x") + "checks: [max(t.a) == 2, min(t.a) * max(t.a) == 3, round(sum(t.a) / 7) == 1]\n"


@plan
def many_rows_by_name() -> str:
    return table(many(20_000), "r{i}, 1", "a: x") + "checks:\n" + "".join(f'  - \'t["r{i}"].a == t.a["r{i}"]\'\n' for i in range(many(3_000)))


@plan
def powers_of_facts() -> str:
    return facts(30, "a{i}: {stated: [{is: a{j} * a{j}}]}") + "  a30: {stated: [{is: '" + "9" * 39 + "'}]}\nchecks: [a0 == 1, a12 + a15 == a14]\n"


@plan
def shares_of_many() -> str:
    return table(many(20_000), "r{i}, 1, 0.005", "n: x, p: {unit: '%', share_of: n}")


@plan
def odd_denominators() -> str:
    return table(many(20_000), "r{i}, 1{i}7" + "3" * 25, "a: x") + "checks: [sum(1 / t.a) == 1, 'sum(t.a / (t.a + 1)) == 1']\n"


@plan
def many_checks() -> str:
    return facts(many(3_000), "a{i}: {stated: [{i}个]}") + "checks:\n" + "".join(f"  - a{i} + 1 == a{i + 1}\n" for i in range(many(2_999)))


@plan
def many_wrong_names() -> str:
    return facts(many(5_000), "abcdef{i}: {stated: [1个]}") + "checks:\n" + "".join(f"  - abcdfe{i} == 1\n" for i in range(many(5_000)))


@plan
def dense_equations() -> str:
    return (
        facts(120, "a{i}: {stated: [≥1]}")
        + "checks:\n"
        + "".join("  - " + " + ".join(f"{(i * 7919 + j * j * 31) % 9973}*a{(i + j * j) % 120}" for j in range(100)) + f" == {i}\n" for i in range(120))
    )


# Structure.


@plan
def many_statements() -> str:
    return "quantities: {a: {stated: [" + ", ".join(f"{i}个" for i in range(many(20_000))) + "]}}\n"


@plan
def many_scopes() -> str:
    return "quantities: {a: {stated: [" + ", ".join(f"{{text: {i}个, scope: s{i}}}" for i in range(many(3_000))) + "]}}\n"


@plan
def one_place_often() -> str:
    return "quantities: {a: {stated: [" + ", ".join(["{text: 1个, at: 一}"] * many(30_000)) + "]}}\n"


@plan
def long_place() -> str:
    return "quantities: {a: {stated: [" + ", ".join([f"{{text: 1个, at: {'一' * 1_000}}}"] * many(3_000)) + "]}}\n"


@plan
def long_indicator() -> str:
    targets = ", ".join(f"{year}: {year}个" for year in range(1000, 1000 + many(9_000)))
    return f"indicators: {{{'甲' * many(100_000)}: {{label: {'乙' * many(100_000)}, targets: {{{targets}}}}}}}\n"


@plan
def two_values_often() -> str:
    return "quantities: {a: {stated: [" + ", ".join(["1个, 2个"] * many(10_000)) + "]}}\n"


@plan
def names_one_apart() -> str:
    return "names: [" + ", ".join(f"{{name: 甲乙{chr(0x4E00 + i)}}}" for i in range(many(15_000))) + "]\n"


@plan
def long_names() -> str:
    return "names: [" + ", ".join(f"{{name: {'甲' * many(20_000)}{chr(0x4E00 + i)}}}" for i in range(60)) + "]\n"


@plan
def long_lists() -> str:
    items = ", ".join(f"项{i}" for i in range(many(60_000)))
    return f"lists:\n  a: {{count: 1个, items: [{items}]}}\n  b: {{count: 2个, items: [{items.replace('项', '事')}], same_as: a}}\n"


@plan
def long_contents() -> str:
    return (
        "outline: ["
        + ", ".join(f"第{i}章 甲乙丙丁{i}" for i in range(many(3_000)))
        + "]\ncontents: ["
        + ", ".join(f"第{i}章 甲乙丁丙{i}" for i in range(many(3_000)))
        + "]\n"
    )


@plan
def outline_of_one_number() -> str:
    return "outline: [" + "第三章 甲, " * many(100_000) + "]\n"


@plan
def contradictions() -> str:
    return (
        facts(300, "a{i}: {stated: [{i}个]}")
        + "checks:\n"
        + "".join(f"  - a{i % 300} + a{(i * 7 + 1) % 300} == a{(i * 13 + 5) % 300} + 1\n" for i in range(many(5_000)))
    )


@plan
def contradicting_totals() -> str:
    columns = ", ".join(f"c{i}: x" for i in range(30))
    return table(
        many(1_000),
        "r{i}" + ", 1" * 30,
        columns,
        "    total: [合计" + ", 999" * 30 + "]\n    groups: {g: [" + ", ".join(f"c{i}" for i in range(30)) + "]}\nchecks: [across(t.g) == 31]\n",
    )


@plan
def row_of_brackets() -> str:
    return "tables:\n  t:\n    columns: {k: {role: name}, a: x}\n    rows: [['" + '["' * many(100_000) + "', 1]]\n    total: [合计, 2]\n"


@plan
def long_key_of_a_wide_row() -> str:
    columns = ", ".join(f"c{i}: x" for i in range(many(3_000)))
    return f"tables:\n  t:\n    columns: {{k: {{role: name}}, {columns}}}\n    rows: [[{'甲' * many(300_000)}{', 1' * many(3_000)}]]\n"


@plan
def big_table() -> str:
    return table(many(20_000), "r{i}, 1, 2, 3, 4, 5, 6, x", ", ".join(f"c{i}: x" for i in range(7)), "    total: [合计, 1, 2, 3, 4, 5, 6, 7]\n")


# Acceptances.


@plan
def many_acceptances() -> str:
    return facts(many(20_000), "a{i}: {stated: [1个, 2个]}  # fireaudit: accept FA301: 口径不同")


@plan
def block_of_acceptances() -> str:
    return "# fireaudit: accept FA301: 口径不同\n" * many(100_000) + facts(1, "a: {stated: [1个, 2个]}")


@plan
def acceptances_on_one_line() -> str:
    figures = ", ".join(f"a{i}: {{stated: [1个, 2个]}}" for i in range(many(3_000)))
    return "quantities: {" + figures + "}" + "".join(f"  # fireaudit: accept FA301 “{i}”: 口径不同" for i in range(many(30_000))) + "\n"


@plan
def spaces_in_an_acceptance() -> str:
    return (
        "# fireaudit: accept FA301"
        + " " * many(200_000)
        + "x: y\n# fireaudit: accept "
        + "FA301, " * many(100_000)
        + "\n#"
        + " #" * many(200_000)
        + " fireaudit\n"
    )
