"""Places: what a span says is where the scalar is, whatever ends the lines."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from fireaudit.accept import comments
from fireaudit.plan.source import Mapping, Node, Scalar, Span, line_starts, lines_of, parse

BREAKS = ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"]
WORDS = st.text(alphabet=st.sampled_from("a甲9é𠀀"), min_size=1, max_size=4)


def scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    else:
        for below in node.entries.values() if isinstance(node, Mapping) else node.items:
            yield from scalars(below)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A mapping with plain, quoted and listed scalars, comments and blank lines, every line ended in a way of its own."""
    lines = []
    for number in range(draw(st.integers(1, 6))):
        word = draw(WORDS)
        value = draw(st.sampled_from([word, f"'{word}'", f'"{word} {word}"', f"[{word}, '{word}', {word}]"]))
        lines.append(f"k{number}: {value}" + draw(st.sampled_from(["", "  # 注"])))
        lines += draw(st.lists(st.sampled_from(["", "# 注"]), max_size=2))
    return "".join(line + draw(st.sampled_from(BREAKS)) for line in lines)


@given(documents())
def test_a_span_holds_its_scalar(text: str) -> None:
    source = parse("p", text)
    assert source.root is not None and not source.faults
    starts = line_starts(text)
    assert len(starts) == len(source.lines)
    for scalar in scalars(source.root):
        span = scalar.span
        held = source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        assert span.line == span.end_line and held.strip("\"'") == scalar.text
        assert text[starts[span.line - 1] + span.column - 1 :].startswith(held)


@given(st.text(alphabet="ab\n\r\x85\u2028\u2029"))
def test_lines_and_their_starts_are_the_text(text: str) -> None:
    for line, start in zip(lines_of(text), line_starts(text), strict=True):
        assert text.startswith(line, start) and lines_of(line) == (line,)


def test_comments_are_found_in_lines_of_any_end() -> None:
    for end in BREAKS:
        text = end.join(["fireaudit: 1", "a: [1, 2]  # fireaudit: accept FA301: 甲", "b: 3", "# fireaudit: accept FA201: 乙", "c: 4", ""])
        found, unclear = comments(parse("p", text))
        assert [(mark.line, mark.reason) for mark in found] == [(2, "甲"), (5, "乙")] and not unclear, repr(end)


def test_what_cannot_be_printed_has_its_place() -> None:
    (fault,) = parse("p", "a: 1\rb: \x00").faults
    assert fault.span == Span(2, 4, 2, 5)
