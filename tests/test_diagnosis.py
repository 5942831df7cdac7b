"""Which figure is wrong: constraints agree with verdicts, repairs are minimal and true, conflicts are irreducible."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fireaudit.app import Audited, Options, audit_text
from fireaudit.cases import Case
from fireaudit.checks.relation import Verdict, decide
from fireaudit.diagnosis.case import settles
from fireaudit.diagnosis.conflict import conflict
from fireaudit.diagnosis.corruption import corruptions
from fireaudit.diagnosis.integers import Infeasible, Row, row, solve
from fireaudit.diagnosis.mutation import Mutation, rate
from fireaudit.diagnosis.network import Network, State
from fireaudit.diagnosis.search import Search, steps
from fireaudit.diagnosis.slip import slip
from fireaudit.quantity import Interval, Quantity, read_figure
from fireaudit.quantity.reprint import reprint, reread
from fireaudit.reports import repairs

Auditing = Callable[[str], Audited]


def only_case(audited: Audited) -> Case:
    assert len(audited.cases) == 1
    return audited.cases[0]


def told(case: Case) -> list[list[tuple[str, str]]]:
    return [[(c.cell.text, c.becomes) for c in repair.corrections] for repair in case.repairs]


# --- the arithmetic below -------------------------------------------------------------------------------------------

small = st.integers(-4, 4)


@given(st.lists(st.tuples(small, small, small, st.booleans()), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_elimination_agrees_with_trying_everything(inequalities: list[tuple[int, int, int, bool]]) -> None:
    box = [(a, b, 6, False) for a, b in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    rows: list[Row] = []
    try:
        for a, b, bound, strict in inequalities + box:
            made = row([Fraction(a, 3), Fraction(b, 3)], Fraction(bound, 3), strict)
            rows += [made] if made else []
        found = solve(rows, 2)
    except Infeasible:
        found = None
    inside = [
        (x, y)
        for x, y in product(range(-6, 7), repeat=2)
        if all(a * x + b * y < bound or (a * x + b * y == bound and not strict) for a, b, bound, strict in inequalities)
    ]
    assert (found is not None) == bool(inside)
    if found is not None:
        assert found.values in inside
        for values, (low, high) in zip(zip(*inside, strict=True), found.ranges, strict=True):
            assert (low is None or low <= min(values)) and (high is None or max(values) <= high)


TEXTS = ["12个", "约30个", "2.5", "10余个", "不少于7个", "近20个", "5-9个", "1.20万个", "0", "45%", "30%", "12.3%", "三分之一", "2百个"]
CHECKS = [
    "a == b",
    "a == b * c",
    "a == b * (1 + c)",
    "a + b == c",
    "a + b + c == '100%'",
    "1 - a == b / c",
    "a * 5 == b",
    "max(a, b) == c",
    "a + b - c == d",
    "2 * a <= b + c",
    "a - 3 * d > c / 2",
    "a == b / c",
    "a / b <= c",
    "a * b == c + d",
    "max(a, b, 9) == c",
    "min(a, b) + d >= c",
    "ceil(a / 4) == b",
    "round(a / b) == c",
    "floor(a / 3) < d",
]


@given(st.sampled_from(CHECKS), st.lists(st.sampled_from(TEXTS), min_size=4, max_size=4), st.sampled_from("abcd"), st.integers(-40, 40))
@settings(max_examples=400, deadline=None)
def test_a_constraint_allows_a_move_exactly_if_the_verdict_does(check: str, texts: list[str], moved: str, move: int) -> None:
    """Both ways: what a constraint allows is not violated, what it forbids is.

    A rounded value is compared with a figure that can be whole; else the verdict, which knows only the hull, may say less.
    """
    assume(not (check.startswith(("ceil", "round")) and read_figure(texts["abcd".index(check[-1])]).step < 1))
    stated = "".join(f"  {name}: {{stated: [{text}]}}\n" for name, text in zip("abcd", texts, strict=True))
    head = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\nquantities:\n"
    audited = audit_text("p", f"{head}{stated}checks: ['{check}']\n".encode(), Options())
    network = Network(audited.plan, audited.outcomes)
    for index, outcome in enumerate(audited.outcomes):
        if outcome.verdict is Verdict.NOT_ASSESSABLE or moved not in outcome.relation.cells():
            continue
        old = network.cells[moved].quantity
        assert old.interval is not None
        by = move * min(1, old.step)
        if (old.interval.low or 0) + by < 0:
            continue  # a plan that prints no negative figure is not repaired with one
        shifted = Quantity("", old.interval + Interval(by, by), old.unit, None if old.nominal is None else old.nominal + by, old.step, old.qualifier)
        constraints = [c for c in network.printed.constraints(index) if moved in c.coefficients]
        allowed = all((reach := c.for_one(moved)) is not None and by in reach for c in constraints)
        verdict = decide(outcome.relation, {moved: shifted}).verdict
        if constraints and verdict is not Verdict.NOT_ASSESSABLE:
            assert allowed == (verdict is not Verdict.VIOLATED), (check, texts, moved, move)


@pytest.mark.parametrize(
    ("text", "nominal", "expected"),
    [
        ("约190个", 200, "约200个"),
        ("1,271万元", 12_810_000, "1,281万元"),
        ("４８个", 53, "５３个"),
        ("下降10%", Fraction(-12, 100), "下降12%"),
        ("下降10%", Fraction(12, 100), None),
        ("十一年", 20, "二十年"),
        ("15.07万人次", 150_600, "15.06万人次"),
        ("-5", 4, "4"),
        ("0个", 7, "7个"),
        ("2.08名/万人", Fraction(26, 100_000), "2.60名/万人"),
        ("≥95%", 1, "≥100%"),
        ("12", Fraction(21, 2), "10.5"),
        ("12", Fraction(1, 3), None),
        ("60-90人", 70, None),
    ],
)
def test_a_figure_is_printed_with_another_number(text: str, nominal: int | Fraction, expected: str | None) -> None:
    quantity = read_figure(text)
    assert reprint(quantity, nominal) == expected
    if expected is not None:
        read = reread(quantity, expected)
        assert read is not None and read.nominal == nominal


@given(st.sampled_from(["190个", "约1,205起", "51.7万元", "0.26‰", "12", "三十二支"]), st.integers(0, 999))
def test_reprinting_comes_back(text: str, steps_up: int) -> None:
    quantity = read_figure(text)
    assert quantity.nominal is not None
    nominal = quantity.nominal + steps_up * quantity.step
    printed = reprint(quantity, nominal)
    if printed is not None:
        assert read_figure(printed).nominal == nominal


@pytest.mark.parametrize(
    ("printed", "right", "kind"),
    [
        ("16", "15", "last_digit"), ("84", "48", "transposed"), ("1507", "157", "dropped_or"), ("155", "15", "doubled"), ("15", "155", "dropped"),
        ("150万", "15万", "shifted"), ("5万元", "5元", "scale_wan"), ("2.6%", "2.6‰", "per_mille"), ("-5", "5", "sign"), ("471", "431", "one_digit"),
        ("29", "5", None),
    ],
)  # fmt: skip
def test_slips_are_named(printed: str, right: str, kind: str | None) -> None:
    found = slip(read_figure(printed), read_figure(right))
    assert found == kind or (kind == "dropped_or" and found is None)


def test_neighbours_and_totals_explain_slips() -> None:
    assert slip(read_figure("29"), read_figure("5"), ["29"]) == "neighbour"
    assert slip(read_figure("29"), read_figure("5"), [], total=True) == "stale_total"


def test_corruptions_differ_from_the_figure_and_can_be_read() -> None:
    quantity = read_figure("15.07万人次")
    found = corruptions(quantity, ["29"])
    kinds = {kind for kind, _ in found.values()}
    assert kinds == {"last_digit", "dropped", "doubled", "transposed", "times_ten", "tenth", "wan", "neighbour"}
    assert "15.08万人次" in found and "150.7万人次" in found and "1.507万人次" in found and "15.07人次" in found
    assert all(read.interval != quantity.interval for _, read in found.values())


def test_steps_count_open_and_closed_ends() -> None:
    assert steps(Interval(0, 6, True, False), 2) == (1, 3)
    assert steps(Interval(1, None, True, True), 2) == (1, None)
    assert steps(Interval(Fraction(1, 2), Fraction(2, 3)), 1) == (1, 0)


# --- cases and repairs ----------------------------------------------------------------------------------------------


def grid(cells: list[list[int]]) -> str:
    """A table with row sums, column sums and a grand total, all printed: the last row and column are the sums."""
    width = len(cells[0]) - 1
    columns = ", ".join(f"c{j}: {{label: 第{j}列}}" for j in range(width))
    lines = ["tables:", "  t:", f"    columns: {{n: {{role: name}}, {columns}, s: {{label: 计}}}}"]
    lines += [f"    groups: {{g: [{', '.join(f'c{j}' for j in range(width))}]}}", "    rows:"]
    lines += [f"      - [镇{i}, {', '.join(map(str, cells_))}]" for i, cells_ in enumerate(cells[:-1])]
    return "\n".join([*lines, f"    total: [合计, {', '.join(map(str, cells[-1]))}]", "checks: [across(t.g) == t.s]", ""])


def summed(rows: list[list[int]]) -> list[list[int]]:
    full = [[*cells, sum(cells)] for cells in rows]
    return [*full, [sum(column) for column in zip(*full, strict=True)]]


def name_in(cells: list[list[int]], i: int, j: int) -> str:
    column = f"c{j}" if j < len(cells[0]) - 1 else "s"
    return f"total(t.{column})" if i == len(cells) - 1 else f't["镇{i}"].{column}'


@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_one_wrong_cell_of_a_crossed_table_is_found(seed: int) -> None:
    chance = random.Random(seed)
    cells = summed([[chance.randint(0, 60) for _ in range(chance.randint(2, 6))] for _ in range(1)] * chance.randint(2, 7))
    i, j = chance.randrange(len(cells)), chance.randrange(len(cells[0]))
    right = cells[i][j]
    cells[i][j] += chance.choice([1, 9, 10, 100, -1]) if right else 5
    head = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n"
    audited = audit_text("p", (head + grid(cells)).encode(), Options())
    if cells[i][j] < 0:
        return
    case = only_case(audited)
    assert case.certain and len(case.relations) == 2
    (correction,) = case.repairs[0].corrections
    assert (correction.cell.name, correction.becomes, correction.unique) == (name_in(cells, i, j), str(right), True)


@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_two_wrong_cells_are_among_the_minimal_repairs(seed: int) -> None:
    chance = random.Random(seed)
    cells = summed([[chance.randint(0, 60) for _ in range(5)] for _ in range(7)])
    one, other = chance.sample([(i, j) for i in range(8) for j in range(6)], 2)
    for (i, j), change in ((one, chance.randint(1, 40)), (other, chance.randint(41, 90))):
        cells[i][j] += change
    head = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n"
    audited = audit_text("p", (head + grid(cells)).encode(), Options())
    wrong = {name_in(cells, *one), name_in(cells, *other)}
    blamed = [{frozenset(c.cell.name for c in repair.corrections) for repair in case.repairs} for case in audited.cases]
    assert all(case.complete for case in audited.cases)
    chosen = {name for repairs in blamed for repair in repairs if repair <= wrong for name in repair}
    assert chosen == wrong
    assert sum(min(len(repair) for repair in repairs) for repairs in blamed) == 2


def test_what_is_stated_thrice_outweighs_what_is_stated_once(audited: Auditing) -> None:
    case = only_case(audited("quantities:\n  a: {label: 站, stated: [84个, 84个, 85个, 84个]}\n"))
    assert case.certain and told(case) == [[("85个", "84个")]] and case.slip == "last_digit"


def test_where_it_cannot_tell_it_says_so(audited: Auditing) -> None:
    case = only_case(audited("quantities:\n  a: {label: 站, stated: [48个]}\n  b: {label: 队, stated: [84个]}\nchecks: [a == b]\n"))
    assert not case.certain and told(case) == [[("48个", "84个")], [("84个", "48个")]]
    assert [repair.corrections[0].slip for repair in case.repairs] == ["transposed", "transposed"]


def test_an_inequality_asks_for_a_range(audited: Auditing) -> None:
    case = only_case(audited("quantities:\n  a: {part_of: b, stated: [80个]}\n  b: {stated: [48个]}\n"))
    ranges = {c.cell.text: (c.low, c.high, c.unique) for repair in case.repairs for c in repair.corrections}
    assert ranges == {"80个": (None, "48个", False), "48个": ("80个", None, False)}


def test_a_ratio_is_repaired_on_either_side(audited: Auditing) -> None:
    case = only_case(audited("quantities:\n  rate: {stated: [25%]}\n  part: {stated: [30人]}\n  all: {stated: [100人]}\nchecks: [rate == part / all]\n"))
    found = {c.cell.text: (c.becomes, c.low, c.high) for repair in case.repairs for c in repair.corrections}
    assert found["25%"][0] == "30%"
    assert found["30人"][1:] == ("25人", "25人")
    assert found["100人"][1:] == ("118人", "122人")


def test_extremes_and_steps_are_inverted(audited: Auditing) -> None:
    body = "quantities:\n  a: {stated: [7人]}\n  b: {stated: [9人]}\n  c: {stated: [12人]}\nchecks: ['max(a, b) == c']\n"
    assert told(only_case(audited(body))) == [[("7人", "12人")], [("9人", "12人")], [("12人", "9人")]]
    body = "quantities:\n  people: {stated: [50人]}\n  cars: {stated: [3辆]}\nchecks: ['cars == ceil(people / 8)']\n"
    found = {c.cell.text: (c.low, c.high) for repair in only_case(audited(body)).repairs for c in repair.corrections}
    assert found == {"50人": ("17人", "24人"), "3辆": ("7辆", "7辆")}


def test_truncated_values_that_do_not_meet_are_a_contradiction(audited: Auditing) -> None:
    """T = A - B with T in (-6, -5] and A - B in (-5, -3): the ends touch, but neither holds -5."""
    column = "label: 数, rounding: truncated"
    table = f"tables:\n  t:\n    columns: {{n: {{role: name}}, t: {{{column}}}, a: {{{column}}}, b: {{{column}}}}}\n"
    case = only_case(audited(table + "    rows: [[x, -5, 1, 5]]\nchecks: [t.t == t.a - t.b]\n"))
    assert [(c.cell.text, c.low, c.high) for repair in case.repairs for c in repair.corrections][0][0] in ("-5", "1", "5")
    assert not audited(table + "    rows: [[x, -4, 1, 5]]\nchecks: [t.t == t.a - t.b]\n").cases


def test_a_repair_never_breaks_what_held(audited: Auditing) -> None:
    body = "quantities:\n  a: {stated: [10个, 10个]}\n  b: {stated: [11个]}\n  c: {stated: [21个]}\nchecks: [a == b, a + b == c]\n"
    result = audited(body)
    case = only_case(result)
    network = Network(result.plan, result.outcomes)
    for repair in case.repairs:
        changed = {c.cell.name: read_figure(c.becomes) for c in repair.corrections}
        assert settles(network.printed, changed, case.relations)
    assert sorted(told(case)) == [[("11个", "10个"), ("21个", "20个")]]


def test_a_slip_of_scale_is_undone_beyond_the_printed_digits(audited: Auditing) -> None:
    body = "quantities:\n  whole: {sum_of: [a, b], stated: [150.7公里]}\n  a: {stated: [10.03公里]}\n  b: {stated: [5.04公里]}\n"
    case = only_case(audited(body))
    repairs = {c.cell.text: (c.becomes, c.slip) for repair in case.repairs for c in repair.corrections}
    assert repairs["150.7公里"] == ("15.07公里", "shifted")


def test_independent_contradictions_are_cases_of_their_own(audited: Auditing) -> None:
    result = audited("quantities:\n  a: {stated: [1个, 2个]}\n  b: {stated: [3个, 4个]}\n")
    assert [len(case.relations) for case in result.cases] == [1, 1]
    assert {f.fingerprint for case in result.cases for f in case.findings} == {f.fingerprint for f in result.findings}


def test_a_long_sum_lists_the_repairs_it_can_verify(audited: Auditing) -> None:
    rows = "".join(f"      - [r{i}, {i % 90}]\n" for i in range(3000))
    total = sum(i % 90 for i in range(3000)) + 7
    case = only_case(audited(f"tables:\n  t:\n    columns: {{n: {{role: name}}, c: x}}\n    rows:\n{rows}    total: [合计, {total}]\n"))
    assert len(case.repairs) + case.unlisted > 2900 and not case.certain
    assert case.repairs[0].corrections[0].cell.name == "total(t.c)"


def test_hopelessly_entangled_tables_end_in_good_time(audited: Auditing) -> None:
    chance = random.Random(5)
    cells = summed([[chance.randint(0, 60) for _ in range(12)] for _ in range(30)])
    for _ in range(40):
        cells[chance.randrange(31)][chance.randrange(13)] += chance.randint(1, 50)
    result = audited(grid(cells))
    told_of = sorted(index for case in result.cases for index in case.relations)
    assert told_of == [i for i, o in enumerate(result.outcomes) if o.verdict is Verdict.VIOLATED]


def test_a_state_agrees_with_a_fresh_audit() -> None:
    chance = random.Random(3)
    cells = summed([[chance.randint(0, 60) for _ in range(4)] for _ in range(5)])
    head = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n"
    before = audit_text("p", (head + grid(cells)).encode(), Options())
    cells[2][1] += 7
    after = audit_text("p", (head + grid(cells)).encode(), Options())
    state = State(Network(before.plan, before.outcomes), {'t["镇2"].c1': read_figure(str(cells[2][1]))})
    assert state.all_violated() == [i for i, o in enumerate(after.outcomes) if o.verdict is Verdict.VIOLATED]
    fresh = Search(Network(after.plan, after.outcomes).printed, 100)
    assert Search(state, 100).singles(state.all_violated()) == fresh.singles(state.all_violated())


# --- contradicting statements, ranges, neighbours ------------------------------------------------------------------


TOWN = """quantities:
  stations: {{label: 消防站, stated: [58个]}}
  money: {{label: 总投资, stated: [{money}, 约2400万元]}}
  hydrants: {{label: 消火栓, stated: [{hydrants}]}}
tables:
  towns:
    columns:
      town: {{role: name}}
      have: {{unit: 个}}
      gap: {{unit: 个}}
      need: {{unit: 个, adds_up_to: stations}}
      hyd: {{unit: 个, adds_up_to: hydrants}}
      cost: {{label: 投资, unit: 万元, adds_up_to: money}}
    rows:
      - [甲镇, 3, 5, 8, 120, 310.0]
      - [乙镇, 12, 4, 16, {second}, 480.5]
      - [丙镇, {third}]
      - [丁镇, 4, 6, 10, 435, 714.0]
      - [戊镇, 9, 6, 15, 420, 570.0]
    total: [合计, 35, 23, 58, 1530, 2370.0]
checks: [towns.have + towns.gap == towns.need]
"""


def town(money: str = "2370.0万元", hydrants: str = "1530个", second: str = "345", third: str = "7, 2, 9, 210, 295.5") -> str:
    return TOWN.format(money=money, hydrants=hydrants, second=second, third=third)


def first(case: Case) -> list[tuple[str, str, str | None]]:
    return [(c.cell.text, c.becomes, c.slip) for c in case.repairs[0].corrections]


@pytest.mark.parametrize(
    ("money", "slipped"),
    [("23700万元", "shifted"), ("2730.0万元", "transposed"), ("237.0万元", "shifted"), ("237万元", "shifted"), ("2070.0万元", None)],
)
def test_a_slip_in_one_of_two_statements_is_repaired(audited: Auditing, money: str, slipped: str | None) -> None:
    """The other statement is only 约2400万元, but a table adds up to the right number."""
    case = only_case(audited(town(money=money)))
    ((printed, becomes, slip_),) = first(case)
    assert (printed, slip_) == (money, slipped) and read_figure(becomes).nominal == 23_700_000
    assert case.certain


def test_a_contradiction_and_a_slip_beside_it_are_repaired_together(audited: Auditing) -> None:
    case = only_case(audited(town(hydrants="1530个, 1630个", second="355")))
    assert [("1630个", "1530个"), ("355", "345")] in told(case) and case.complete
    case = only_case(audited(town(hydrants="1530个, 1530个, 1350个")))
    assert told(case) == [[("1350个", "1530个")]]


def test_of_a_range_the_value_that_others_print_is_named(audited: Auditing) -> None:
    case = only_case(audited("quantities:\n  a: {label: 经费, stated: [300万元, 310万元]}\n  b: {stated: [300万元]}\nchecks: [a == b]\n"))
    assert first(case) == [("310万元", "300万元", None)]
    assert "300万元（299万元 至 301万元 均可）" in repairs.what(case.repairs[0], "zh")


def test_of_a_range_that_nothing_meets_the_middle_is_named_and_no_slip(audited: Auditing) -> None:
    case = only_case(audited("quantities:\n  rate: {stated: [25%]}\n  part: {stated: [30人]}\n  all: {stated: [100人]}\nchecks: [rate == part / all]\n"))
    found = {c.cell.text: (c.becomes, c.slip, c.meets) for repair in case.repairs for c in repair.corrections}
    assert found["100人"] == ("120人", None, False) and found["30人"][0] == "25人"


def test_a_shifted_point_is_undone_and_the_range_is_told(audited: Auditing) -> None:
    case = only_case(audited(town(third="7, 2, 9, 210, 29.55")))
    assert first(case) == [("29.55", "295.5", "shifted")]
    (correction,) = case.repairs[0].corrections
    assert (correction.low, correction.high) == ("295.25", "295.75")
    assert "295.5 (295.25 to 295.75 will do)" in repairs.what(case.repairs[0], "en")


@pytest.mark.parametrize("third", ["2, 7, 9, 210, 295.5", "7, 9, 2, 210, 295.5"])
def test_swapped_neighbours_come_first(audited: Auditing, third: str) -> None:
    one, other = [pair for pair in zip(third.split(", "), ["7", "2", "9", "210", "295.5"], strict=True) if pair[0] != pair[1]]
    case = only_case(audited(town(third=third)))
    assert first(case) == [(*one, "swapped"), (*other, "swapped")]


def test_figures_far_apart_are_not_swapped(audited: Auditing) -> None:
    cells = summed([[1, 20, 3], [4, 5, 6], [7, 8, 9]])
    cells[0][0], cells[0][2] = cells[0][2], cells[0][0]
    case = only_case(audited(grid(cells)))
    assert "swapped" not in {c.slip for repair in case.repairs for c in repair.corrections}


def test_nearly_every_slip_in_a_small_plan_is_traced() -> None:
    head = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n"
    audited = audit_text("p", (head + town()).encode(), Options())
    mutation = Mutation(audited.plan, audited.outcomes)
    provable = [trial for name in mutation.names for trial in mutation.single(name, 10**9).trials if trial.provable]
    assert len(provable) > 300
    found, number = rate(provable, "suspected")
    assert found * 100 >= number * 99
    assert all(trial.first for trial in provable if trial.crossed)


@given(st.lists(st.integers(0, 9), min_size=5, max_size=5), st.sampled_from(["a == b + c", "a + b == d", "b + c <= a"]))
@settings(max_examples=80, deadline=None)
def test_single_repairs_of_torn_facts_are_those_that_trying_everything_finds(numbers: list[int], check: str) -> None:
    """Where the repair leaves no statements that contradict each other."""
    a, second, b, c, d = numbers
    body = (
        f"quantities:\n  a: {{stated: [{a}, {second}]}}\n  b: {{stated: [{b}]}}\n  c: {{stated: [{c}]}}\n  d: {{stated: [{d}]}}\nchecks: ['{check}', a == d]\n"
    )
    audited = audit_text("p", ("fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n" + body).encode(), Options())
    network = Network(audited.plan, audited.outcomes)
    search = Search(network.printed, 100)
    for name, cell in network.cells.items():
        touched = [i for i in network.touching.get(name, ()) if network.printed.violated(i)]
        nominal = cell.quantity.nominal
        assert nominal is not None
        works = [n for n in range(30) if touched and n != nominal and settles(network.printed, {name: read_figure(str(n))}, touched)]
        found = search.candidate((name,))
        if found is not None:
            assert nominal + found.values[0] in works, (name, found)
        if name.startswith("a@"):
            assert (found is not None) == bool(works), (name, works)


def test_a_case_counts_the_findings_it_shows(audited: Auditing) -> None:
    """The headline and the verdict say the same number, whatever is left out of the report."""
    cells = summed([[1, 2], [3, 4], [5, 6]])
    cells[1][0] += 1
    case = only_case(audited(grid(cells)))
    kept = case.only({repr(case.findings[0].sort_key())})
    assert kept is not None and len(case.relations) == 2
    assert "1 " in repairs.verdict(kept, "zh") and "2 " in repairs.verdict(case, "zh")


# --- conflicts ------------------------------------------------------------------------------------------------------


def test_a_conflict_is_irreducible_and_needs_nothing_else(audited: Auditing) -> None:
    body = "quantities:\n  a: {stated: [45人]}\n  b: {stated: [30人]}\n  c: {stated: [50人]}\n  d: {stated: [70人]}\n  n: {stated: [3人]}\n"
    result = audited(body + "checks: ['d >= max(a, b) + c + n']\n")
    state = Network(result.plan, result.outcomes).printed
    found = conflict(state, only_case(result).relations)
    assert len(found.cells) == 3 and {"c", "d"} < set(found.cells) and "n" in found.struck
    anything = {name: Quantity("", Interval(0, None)) for name in "abcdn"}
    struck = {name: anything[name] for name in found.struck}
    assert decide(found.outcome.relation, struck).verdict is Verdict.VIOLATED
    for name in found.cells:
        assert decide(found.outcome.relation, {**struck, name: anything[name]}).verdict is not Verdict.VIOLATED


def test_the_smallest_of_the_conflicts_of_a_case_is_shown(audited: Auditing) -> None:
    cells = summed([[1, 2], [3, 4], [5, 6]])
    cells[1][0] += 1
    result = audited(grid(cells))
    found = conflict(Network(result.plan, result.outcomes).printed, only_case(result).relations)
    assert len(found.cells) == 3


# --- checks among themselves ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ("[a == b, b == a]", ["implied"]),
        ("[a == b, 'a  ==  b']", ["twice"]),
        ("[c == a + b, a == b, c == 2 * a]", ["implied"]),
        ("[a < c, a <= c]", ["implied"]),
        ("[a < c, c < a]", ["contradictory"]),
        ("[a == b, a == b + 1]", ["contradictory"]),
        ("[a <= 5, a >= 7]", ["contradictory"]),
        ("[a <= 5, a >= 5]", []),
        ("[a == a]", ["always"]),
        ("[1 == 2]", ["never"]),
        ("['max(a, b) == c', 'max(a, b) == c']", []),
        ("[a + b == c, a - b == c]", []),
    ],
)
def test_checks_among_themselves(audited: Auditing, checks: str, expected: list[str]) -> None:
    body = "quantities:\n  a: {stated: [不少于0个]}\n  b: {stated: [不少于0个]}\n  c: {stated: [不少于0个]}\n"
    found = audited(f"{body}checks: {checks}\n").findings
    assert [f.message for f in found if f.code == "FA207"] == expected


def test_a_check_with_a_figure_of_its_own_is_left_out_of_the_comparison(audited: Auditing, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)
    body = "".join(f"  {name}: {{stated: [不少于0个]}}\n" for name in "abcdef")
    some = []
    for _ in range(60):
        terms = [[chance.choice("abcdef") for _ in range(chance.randint(1, 2))] for _ in range(8)]
        checks = (f"{' + '.join(left)} {chance.choice(['==', '<=', '<'])} {' + '.join(right)}" for left, right in zip(terms[::2], terms[1::2], strict=True))
        some.append(f"quantities:\n{body}checks: [{', '.join(checks)}]\n")

    def said() -> list[object]:
        return [[(f.message, f.arguments) for f in audited(text).findings if f.code == "FA207"] for text in some]

    short = said()
    assert {1, 2} <= {len(found) for found in short if isinstance(found, list)}
    monkeypatch.setattr("fireaudit.rules.fa207_checks_among_themselves._named_once", lambda parsed: frozenset())
    assert said() == short
