"""Cases are found by words and numbers, within the area of whoever asks, on both databases."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.cases.test_seven_phases import act, report, to_handling
from tests.town import CITY, DISTRICT, INSIDE, MONDAY_MORNING, OUTSIDE, STEP, STREET, WEST
from wanmi.cases import actions as cases
from wanmi.cases import queries
from wanmi.cases.searching import question, search_words
from wanmi.organisation import queries as organisation

ELSEWHERE = (WEST + 0.01 + STEP / 2, INSIDE[1])
"""In the other street."""


def say(town, text, at=INSIDE, by=None, **more):
    lon, lat = at
    given = {"category": "06001", "kind": "event"} | more
    return cases.report(
        text, lon=lon, lat=lat, by=by or town.supervisor, at=MONDAY_MORNING, **given
    )


def found(person, **wanted):
    scope = organisation.scope_of(person)
    rows = queries.listed(scope, mine=wanted.get("mine", False))
    rows = queries.filtered(rows, scope=scope, **wanted)
    page = queries.page(rows, q=wanted.get("q", ""), limit=50, show=lambda case: case.pk)
    return page["items"]


@pytest.mark.parametrize(
    "q",
    [
        "路灯",
        "路灯不亮",
        "灯",
        "亮",
        "东湖路",
        "东湖路 路灯",
        "路灯，东湖！",
        "285",
        "ＬＡＭＰ",
        "café",
        "暴露垃圾",
        "Garbage",
    ],
)
def test_a_case_is_found_by_its_words_in_any_writing(town, q):
    case = say(town, "路口的路灯不亮 Lamp at the cafe", address="东湖路 285 号")
    say(town, "井盖破损", category="")

    assert found(town.leader, q=q) == [case.pk]


@pytest.mark.parametrize(
    "q", ["路面", "湖东", "28", "a9901", "u1", '"', "*", "-", "' OR 1=1 --", "、"]
)
def test_what_is_not_said_is_not_found(town, q):
    say(town, "路口的路灯不亮", address="东湖路 285 号")

    assert found(town.leader, q=q) == []


def test_a_number_is_found_by_its_beginning_and_its_tail(town):
    first, second = say(town, "一"), say(town, "二")

    assert found(town.leader, q=first.number) == [first.pk]
    assert found(town.leader, q=second.number[-5:]) == [second.pk]
    assert found(town.leader, q=first.number[:8]) == [second.pk, first.pk]


def test_a_search_stays_within_the_area_and_what_one_reported_oneself(town):
    here = say(town, "路灯不亮")
    there = say(town, "路灯坏了", ELSEWHERE)
    own = say(town, "路灯倒了", ELSEWHERE, by=town.street)

    assert found(town.leader, q="路灯") == [own.pk, there.pk, here.pk]
    assert found(town.street, q="路灯") == [here.pk]
    assert found(town.street, mine=True) == [own.pk]
    assert found(town.leader, q="路灯", area=STREET) == [here.pk]
    assert found(town.citizen, q="路灯") == []


def test_words_of_a_text_never_pass_for_an_area(town):
    say(town, "a990101001 u1 n123", ELSEWHERE)

    assert found(town.street, q="123") == []
    assert found(town.leader, q="a990101001") != []


def test_a_case_that_moves_is_found_where_and_as_what_it_is_now(town):
    case = say(town, "路灯不亮", OUTSIDE, category="")
    act(
        case,
        "submit",
        town.acceptor,
        lon=INSIDE[0],
        lat=INSIDE[1],
        category="event/06001",
        address="新开路",
    )

    assert found(town.street, q="路灯") == [case.pk]
    assert found(town.leader, q="垃圾 新开路") == [case.pk]


def test_an_index_written_anew_finds_the_same(town):
    case = say(town, "路灯不亮")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_wordindex")
    assert found(town.leader, q="路灯") == []

    assert cases.rebuild_words() == 1

    assert found(town.leader, q="路灯") == [case.pk]


def test_the_operator_writes_the_index_anew(town):
    say(town, "路灯不亮")
    said = StringIO()

    call_command("rebuild_words", stdout=said)

    assert "1" in said.getvalue()


def test_a_search_costs_one_statement(town, django_assert_num_queries):
    say(town, "路灯不亮")
    scope = organisation.scope_of(town.leader)

    with django_assert_num_queries(1):
        rows = queries.filtered(queries.visible(scope), scope=scope, q="路灯")
        queries.page(rows, q="路灯", limit=50, show=lambda case: case.pk)


def test_each_filter_keeps_what_fits(town):
    case = to_handling(town, report(town))
    other = say(town, "井盖", ELSEWHERE, category="", kind="part", source="hotline")
    outside = say(town, "远", OUTSIDE, source="web")
    late, soon = case.due_at + timedelta(hours=1), case.due_at - timedelta(seconds=1)
    shown = {
        "state": ("handling", [case]),
        "phase": ("handling", [case]),
        "area": (STREET, [case]),
        "category": ("06001", [outside, case]),
        "kind": ("part", [other]),
        "source": ("hotline", [other]),
        "department": ("CLEAN", [case]),
        "located": (False, [outside]),
        "urgent": (True, []),
        "open": (False, []),
    }

    for name, (value, fits) in shown.items():
        assert found(town.leader, **{name: value}) == [each.pk for each in fits], name
    assert found(town.leader, state="handling", lamp="red", now=late) == [case.pk]
    assert found(town.leader, state="handling", lamp="yellow", now=soon) == [case.pk]
    assert found(town.leader, state="handling", lamp="green", now=MONDAY_MORNING) == [case.pk]
    assert found(town.leader, department="NOBODY") == []
    assert found(town.handler, mine=True) == [case.pk]
    assert found(town.supervisor, mine=True) == [outside.pk, other.pk, case.pk]


def test_days_are_the_citys(town):
    late = datetime(2026, 11, 16, 15, 59, tzinfo=UTC)  # 23:59 in the city
    case = cases.report("夜", by=town.supervisor, at=late)
    day = date(2026, 11, 16)

    assert found(town.leader, reported_from=day, reported_to=day) == [case.pk]
    assert found(town.leader, reported_from=day + timedelta(days=1)) == []
    assert found(town.leader, reported_to=day - timedelta(days=1)) == []


@pytest.mark.parametrize("order", ["reported_at", "-reported_at", "due_at", "-due_at"])
def test_pages_in_any_order_lose_and_repeat_nothing(town, order):
    made = [
        cases.report(str(n), by=town.supervisor, at=MONDAY_MORNING + timedelta(minutes=n % 3))
        for n in range(7)
    ]
    queries.Case.objects.filter(pk__in=[made[2].pk, made[4].pk]).update(due_at=None)
    scope, seen, cursor = organisation.scope_of(town.leader), [], ""

    while cursor is not None:
        got = queries.page(
            queries.visible(scope), order=order, limit=2, cursor=cursor, show=lambda case: case
        )
        seen, cursor = seen + got["items"], got["next"]

    assert sorted(case.pk for case in seen) == [case.pk for case in made]
    moments = [getattr(case, order.removeprefix("-")) for case in seen]
    filled = [moment for moment in moments if moment]
    assert filled == sorted(filled, reverse=order.startswith("-"))
    assert moments == [*filled, *[None] * (len(moments) - len(filled))]


@pytest.mark.parametrize("cursor", ["x", "WzEsMl0", "W10", "bnVsbA", "WyIyMDI2LTEtMSIsIDFd", "🌂"])
def test_a_foreign_cursor_is_refused(town, cursor):
    from wanmi.shell.api import UnusableCursor

    scope = organisation.scope_of(town.leader)
    with pytest.raises(UnusableCursor):
        queries.page(queries.visible(scope), order="due_at", limit=2, cursor=cursor, show=str)


def test_marks_stand_beside_the_words():
    words = search_words(
        "路灯 12", area_path=CITY + DISTRICT[8:], numbers=["9901-7"], reported_by=3
    )

    assert words.split() == [
        "路灯",
        "灯",
        "12",
        "a99",
        "a9901",
        "a990101",
        "n99017",
        "r71099",
        "u3",
    ]
    assert question("") == ()
