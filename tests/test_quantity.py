"""The grammar of printed figures and the laws of its intervals."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fireaudit.quantity import FigureError, Interval, decimal_text, figure, read_figure, spell
from fireaudit.quantity.interval import DivisionBySpanningZero, point, total
from fireaudit.quantity.scan import find_figures
from fireaudit.quantity.unit import COUNT, UNKNOWN, Unit, known_words, take_unit

DOC = Path(__file__).parent.parent / "docs" / "figures.md"


def table_rows() -> list[tuple[str, str, str]]:
    rows = []
    for line in DOC.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            rows.append((cells[0].strip("`"), cells[1].strip("`"), cells[2].strip("`")))
    return rows


@pytest.mark.parametrize(("text", "reading", "unit"), table_rows())
def test_the_table_in_the_docs(text: str, reading: str, unit: str) -> None:
    quantity = read_figure(text)
    if quantity.interval is None:
        assert reading == "missing"
        return
    i = quantity.interval
    low = "-∞" if i.low is None else decimal_text(i.low)
    high = "∞" if i.high is None else decimal_text(i.high)
    assert f"{'(' if i.low_open else '['}{low}, {high}{')' if i.high_open else ']'}" == reading
    assert spell(quantity.unit.dimension) == unit


def test_half_is_a_share_in_any_column() -> None:
    percent = read_figure("45%").unit
    for text in ("一半以上", "半数以上"):
        quantity = read_figure(text, percent)
        assert quantity.interval is not None and quantity.interval.low == Fraction(1, 2)
    assert read_figure("半年", percent).unit.dimension == (("a", 1),)


def test_the_table_is_there() -> None:
    assert len(table_rows()) >= 40


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "5千瓦特",
        "90-60人",
        "1e9",
        "好多个",
        "1:0",
        "3类每0",
        "三两分之一",
        "七万3个",
        "七万0个",
        "3名/0人",
        "$5\x0cm\x0c0%",
        "9" * 500,
        "١٢",
        "\x1b[31m5",
    ],
)
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(FigureError):
        read_figure(text)


@pytest.mark.parametrize("text", ["100①", "100个①", "①100", "100⑴", "100㉑个", "100*", "100个†", "100个²", "１００①"])
def test_marks_of_footnotes_are_no_digits(text: str) -> None:
    assert read_figure(text).interval == point(100)
    ((_, _, found),) = find_figures(f"共有{text}，其中若干")
    assert found.interval == point(100)


@pytest.mark.parametrize("text", ["100²", "10⁴", "100₂个", "100²①"])
def test_a_raised_figure_behind_a_digit_is_refused(text: str) -> None:
    with pytest.raises(FigureError) as refused:
        read_figure(text)
    assert refused.value.reason == "raised"
    assert find_figures(f"共有{text}，其中若干") == []


@pytest.mark.parametrize(("text", "same"), [("5m²", "5平方米"), ("5km²", "5平方公里"), ("5元/m²", "5元/平方米"), ("5㎡", "5平方米"), ("5平方米²", "5平方米")])
def test_squares_are_units(text: str, same: str) -> None:
    assert (read_figure(text).interval, read_figure(text).unit.dimension) == (read_figure(same).interval, read_figure(same).unit.dimension)


exact = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval and a number in it."""
    inside = draw(exact)
    below, above = draw(st.none() | st.fractions(0, 50, max_denominator=20)), draw(st.none() | st.fractions(0, 50, max_denominator=20))
    interval = Interval(
        None if below is None else inside - below,
        None if above is None else inside + above,
        below != 0 and draw(st.booleans()),
        above != 0 and draw(st.booleans()),
    ) if below != 0 and above != 0 else Interval(None if below is None else inside - below, None if above is None else inside + above)  # fmt: skip
    return interval, inside


@given(intervals(), intervals())
def test_arithmetic_holds_every_value(a: tuple[Interval, Fraction], b: tuple[Interval, Fraction]) -> None:
    (i, x), (j, y) = a, b
    assert x in i and y in j
    assert x + y in i + j and x - y in i - j and x * y in i * j
    assert x in i.hull(j) and y in i.hull(j)
    if 0 in j:
        with pytest.raises(DivisionBySpanningZero):
            i / j
    else:
        assert Fraction(x, y) in i / j


@given(intervals(), intervals(), intervals())
def test_laws(a: tuple[Interval, Fraction], b: tuple[Interval, Fraction], c: tuple[Interval, Fraction]) -> None:
    i, j, k = a[0], b[0], c[0]
    assert i + j == j + i and i * j == j * i
    assert (i + j) + k == i + (j + k) == total((i, j, k))
    negated = -i
    assert -negated == i and i + point(0) == i and i * point(1) == i
    assert i.intersect(i) == i and i.intersect(j) == j.intersect(i)
    met = i.intersect(j)
    assert met is None or (i.hull(j).intersect(met) == met)


def test_open_ends_survive_a_negative_weight() -> None:
    """T = -5, A = 1, B = 5, truncated: (-6, -5] against (-5, -3)."""
    from fireaudit.quantity import Rounding

    t, a, b = (read_figure(x, rounding=Rounding.TRUNCATE).interval for x in ("-5", "1", "5"))
    assert t is not None and a is not None and b is not None
    assert str(t) == "(-6, -5]" and str(a - b) == "(-5, -3)"
    assert t.intersect(a - b) is None


@given(st.integers(0, 10**12))
def test_whole_numbers_are_exact(n: int) -> None:
    assert read_figure(str(n)).interval == point(n) == read_figure(f"{n:,}个").interval


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_figure(text)
    except FigureError as error:
        assert error.reason in FigureError.REASONS


@given(st.text(alphabet="约近超过不足≥≤<>0123456789.,十百千万亿余多-~%‰个人元/每平方公里至到年下降提高百分点以上", max_size=14))
def test_near_misses_are_read_or_refused(text: str) -> None:
    try:
        read_figure(text)
    except FigureError as error:
        assert error.reason in FigureError.REASONS


def test_thousands_apart_by_spaces_in_running_text() -> None:
    found = [(start, end, quantity.nominal) for start, end, quantity in find_figures("收案321 146件，比上年多1 200 300元；共12 300 45人，见表3 100个")]
    assert [nominal for *_, nominal in found if nominal is not None][:2] == [321146, 1200300]
    assert 12300 not in [nominal for *_, nominal in found] and 3100 not in [nominal for *_, nominal in found]


def test_a_simple_figure_is_read_as_the_grammar_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    more = ["", "万人", "千克", "多个", "余", "半年", "十人", "个百分点", "以上", "个/人", "件(套)", "①", "²", ",000个", ".5个", "-5个", ":2", "層", "0个"]
    texts = [number + word for number in ("1", "10", "2021", "999999999999999", "1234567890123456", "0", "007") for word in (*known_words(), *more)]
    units = [COUNT, UNKNOWN, *(take_unit(word)[0] for word in ("个", "元", "万元", "%", "千克", "千人", "人/万人", "km"))]

    def readings() -> list[object]:
        read_figure.cache_clear()
        return [read(text, unit) for text in texts for unit in units]

    def read(text: str, unit: Unit) -> object:
        try:
            found = read_figure(text, unit)
            return found, found.unit.text
        except FigureError as error:
            return error.reason, error.fragment

    quick = readings()
    assert sum(figure._plainly(text, COUNT) is not None for text in texts) > len(texts) / 3
    monkeypatch.setattr(figure, "_plainly", lambda text, default: None)
    assert readings() == quick
    read_figure.cache_clear()
