"""Decision tables: cells, hit policies, overlaps and gaps, against a brute-force evaluator."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.tables import table
from wanmi.kernel import dmn
from wanmi.kernel.dmn import Ambiguous, UnusableInput, UnusableTable
from wanmi.kernel.dmnchecks import gaps, overlaps
from wanmi.kernel.unarytests import NotATest, read_cell
from wanmi.kernel.valuesets import Kind


@pytest.mark.parametrize(
    ("text", "kind", "inside", "outside"),
    [
        ("> 3", Kind.NUMBER, ["3.01"], ["3"]),
        ("[1..5]", Kind.NUMBER, ["1", "5"], ["0.99", "5.01"]),
        ("(1..5]", Kind.NUMBER, ["1.5", "5"], ["1"]),
        ("]1..5[", Kind.NUMBER, ["4"], ["1", "5"]),
        ("1, 3, [7..8]", Kind.NUMBER, ["1", "3", "7.5"], ["2"]),
        ("not(< 0, 5)", Kind.NUMBER, ["0", "4"], ["-1", "5"]),
        ("-5", Kind.NUMBER, ["-5"], ["5"]),
        ('"a", "b"', Kind.STRING, ["a"], ["c"]),
        ('not("a")', Kind.STRING, ["b"], ["a"]),
        ('"1..5"', Kind.STRING, ["1..5"], ["1 ..5"]),
        ("not(true)", Kind.BOOLEAN, [False], [True]),
        ('>= date("2026-07-01")', Kind.DATE, ["2026-07-01"], ["2026-06-30"]),
        ('[date("2026-01-01")..date("2026-06-30"))', Kind.DATE, ["2026-06-29"], ["2026-06-30"]),
    ],
)
def test_a_cell_holds_what_it_says(
    text: str, kind: Kind, inside: list[object], outside: list[object]
) -> None:
    given_table = dmn.read(table([("x", kind.value)], [("y", "number")], [([text], ["1"])]))

    assert all(dmn.decide(given_table, {"x": value}).rows == (1,) for value in inside)
    assert all(dmn.decide(given_table, {"x": value}).rows == () for value in outside)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[5..1]", Kind.NUMBER),
        ("3 apples", Kind.NUMBER),
        ("1 2", Kind.NUMBER),
        ("a", Kind.STRING),
        ('> "a"', Kind.STRING),
        ("x > 3", Kind.NUMBER),
        ("not 3", Kind.NUMBER),
        ("1..5", Kind.NUMBER),
        ("1,", Kind.NUMBER),
        ("2026-07-01", Kind.DATE),
        ('date("2026-13-01")', Kind.DATE),
        ("yes", Kind.BOOLEAN),
        ("9e99", Kind.NUMBER),
    ],
)
def test_a_cell_of_unknown_writing_is_refused(text: str, kind: Kind) -> None:
    with pytest.raises(NotATest):
        read_cell(text, kind)


def test_every_bad_cell_is_named_with_row_and_column() -> None:
    rows = [(["> 3"], ["1"]), (["about 3"], ["1"]), (["4"], ["many"])]

    with pytest.raises(UnusableTable) as refused:
        dmn.read(table([("x", "number")], [("y", "number")], rows))

    assert [error["loc"] for error in refused.value.errors] == [["rows", 2, "x"], ["rows", 3, "y"]]


def test_two_matching_rows_are_an_error_that_names_them() -> None:
    rows = [(["> 3"], ["1"]), (["-"], ["2"]), (["< 0"], ["3"])]
    read = dmn.read(table([("x", "number")], [("y", "number")], rows))

    with pytest.raises(Ambiguous, match="1, 2"):
        dmn.decide(read, {"x": 4})


def test_first_takes_the_first_and_any_takes_agreeing_rows() -> None:
    rows = [(["> 3"], ["1"]), (["> 2"], ["1"]), (["-"], ["2"])]
    columns = [("x", "number")], [("y", "number")]

    first = dmn.decide(dmn.read(table(*columns, rows, policy="FIRST")), {"x": 4})
    agreeing = dmn.decide(dmn.read(table(*columns, rows[:2], policy="ANY")), {"x": 4})

    assert (first.rows, first.answers) == ((1,), {"y": 1})
    assert (agreeing.rows, agreeing.answers) == ((1, 2), {"y": 1})
    with pytest.raises(Ambiguous):
        dmn.decide(dmn.read(table(*columns, rows, policy="ANY")), {"x": 4})


@pytest.mark.parametrize(
    ("aggregation", "answer"),
    [("", [1, 5, 5]), ("SUM", 11), ("MIN", 1), ("MAX", 5), ("COUNT", 3)],
)
def test_collect_gathers_every_answer(aggregation: str, answer: object) -> None:
    rows = [(["> 3"], ["1"]), (["-"], ["5"]), (["4"], ["5"]), (["< 0"], ["9"])]
    source = table(
        [("x", "number")], [("y", "number")], rows, policy="COLLECT", aggregation=aggregation
    )

    assert dmn.decide(dmn.read(source), {"x": 4}).answers == {"y": answer}


def test_a_missing_input_meets_only_the_dash() -> None:
    rows = [(["> 3"], ["1"]), (["<= 3"], ["2"])]
    read = dmn.read(table([("x", "number")], [("y", "number")], rows))

    assert dmn.decide(read, {}).rows == ()


@pytest.mark.parametrize("value", ["many", True, [1], {"a": 1}])
def test_an_input_of_another_kind_is_refused(value: object) -> None:
    read = dmn.read(table([("x", "number")], [("y", "number")], [(["> 3"], ["1"])]))

    with pytest.raises(UnusableInput):
        dmn.decide(read, {"x": value})


BAD_FILES = {
    "no xml": "<definitions",
    "entities": '<!DOCTYPE d [<!ENTITY a "b">]>'
    + table([("x", "number")], [("y", "number")], [(["1"], ["1"])]),
    "another language": "<definitions/>",
    "hit policy": table([("x", "number")], [("y", "number")], [], policy="PRIORITY"),
    "aggregation": table(
        [("x", "number")], [("y", "string")], [], policy="COLLECT", aggregation="SUM"
    ),
    "expression": table([("x + 1", "number")], [("y", "number")], []),
    "type": table([("x", "context")], [("y", "number")], []),
    "same name": table([("x", "number")], [("x", "number")], []),
    "size": table([("x", "number")], [("y", "number")], [(["1"], ["1"])] * 2001),
}


@pytest.mark.parametrize("source", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_what_is_not_known_is_refused(source: str) -> None:
    with pytest.raises(UnusableTable):
        dmn.read(source)


# --- against a brute-force evaluator --------------------------------------------------

Test = tuple[str, Callable[[object], bool]]
NUMBERS = [Decimal(n) / 2 for n in range(-2, 15)]
STRINGS = ["a", "b", "c", "elsewhere"]


def _number_test() -> st.SearchStrategy[Test]:
    n = st.integers(0, 6)
    span = st.tuples(n, n, st.sampled_from("[("), st.sampled_from("])")).map(_span)
    signs = {"<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__"}
    compared = st.tuples(st.sampled_from(sorted(signs)), n).map(
        lambda p: (f"{p[0]} {p[1]}", lambda x: getattr(x, signs[p[0]])(p[1]))
    )
    exact = n.map(lambda value: (str(value), lambda x: x == value))
    return _listed(span | compared | exact)


def _span(parts: tuple[int, int, str, str]) -> Test:
    low, high = sorted(parts[:2])
    opening, closing = parts[2:]

    def inside(x: object) -> bool:
        above = x >= low if opening == "[" else x > low  # type: ignore[operator]
        return above and (x <= high if closing == "]" else x < high)  # type: ignore[operator]

    return f"{opening}{low}..{high}{closing}", inside


def _listed(single: st.SearchStrategy[Test]) -> st.SearchStrategy[Test]:
    several = st.lists(single, min_size=1, max_size=3).map(
        lambda tests: (", ".join(t for t, _ in tests), lambda x: any(f(x) for _, f in tests))
    )
    barred = several.map(lambda test: (f"not({test[0]})", lambda x: not test[1](x)))
    return several | barred | st.just(("-", lambda _x: True))


_string = _listed(st.sampled_from("abc").map(lambda s: (f'"{s}"', lambda x: x == s)))
_truth = _listed(st.booleans().map(lambda b: (str(b).lower(), lambda x: x is b)))
_rows = st.lists(st.tuples(_number_test(), _string, _truth), min_size=1, max_size=5)


def _read(rows: list[tuple[Test, ...]]) -> dmn.Table:
    columns = [("n", "number"), ("s", "string"), ("t", "boolean")]
    written = [([text for text, _ in row], [str(at)]) for at, row in enumerate(rows)]
    return dmn.read(table(columns, [("y", "number")], written))


@given(_rows)
def test_decisions_overlaps_and_gaps_are_those_of_brute_force(
    rows: list[tuple[Test, ...]],
) -> None:
    read = _read(rows)
    hit: set[tuple[int, int]] = set()
    missed = False
    for point in product(NUMBERS, STRINGS, (True, False)):
        matching = [
            at
            for at, row in enumerate(rows, start=1)
            if all(accepts(value) for (_, accepts), value in zip(row, point, strict=True))
        ]
        values = dict(zip(("n", "s", "t"), point, strict=True))
        if len(matching) > 1:
            hit |= set(combinations(matching, 2))
            with pytest.raises(Ambiguous):
                dmn.decide(read, values)
        else:
            assert dmn.decide(read, values).rows == tuple(matching)
        missed = missed or not matching

    assert {(each.first, each.second) for each in overlaps(read)} == hit
    assert bool(gaps(read)) == missed


def test_overlaps_and_gaps_say_where() -> None:
    rows = [(["[0..5]", '"a"'], ["1"]), (["(4..9]", '"a", "b"'], ["2"])]
    columns = [("n", "number"), ("s", "string")], [("y", "number")]
    read = dmn.read(table(*columns, rows, domains={"n": "[0..9]", "s": '"a","b"'}))

    assert [(o.first, o.second, o.where) for o in overlaps(read)] == [
        (1, 2, {"n": "(4..5]", "s": '"a"'})
    ]
    assert gaps(read) == [{"n": "[0..4]", "s": '"b"'}]


def test_between_two_whole_numbers_and_two_days_lies_nothing() -> None:
    whole = dmn.read(
        table([("n", "integer")], [("y", "number")], [(["<= 1"], ["1"]), (["> 1"], ["2"])])
    )
    days = dmn.read(
        table(
            [("d", "date")],
            [("y", "number")],
            [(['<= date("2026-06-30")'], ["1"]), (['>= date("2026-07-01")'], ["2"])],
        )
    )

    assert gaps(whole) == [] == overlaps(whole)
    assert gaps(days) == [] == overlaps(days)
