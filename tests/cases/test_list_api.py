"""The list of cases over HTTP: filters, order, pages, refusals, statements."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.town import INSIDE, MONDAY_MORNING
from wanmi.cases import actions as cases


@pytest.fixture
def ask(town):
    """Ask for the list as a person."""

    clients = {}

    def get(person, **wanted):
        if person.pk not in clients:
            clients[person.pk] = Client()
            clients[person.pk].force_login(person)
        return clients[person.pk].get("/api/v1/cases", wanted)

    return get


def some(town, count, text="路灯不亮"):
    return [
        cases.report(
            f"{text} {n}", lon=INSIDE[0], lat=INSIDE[1], by=town.supervisor, at=MONDAY_MORNING
        )
        for n in range(count)
    ]


def test_a_list_is_searched_filtered_and_paged(town, ask):
    made = some(town, 5)
    some(town, 1, "井盖破损")
    seen, cursor = [], ""

    while cursor is not None:
        given = {"q": "路灯", "state": "reported", "lamp": "red", "limit": 2, "cursor": cursor}
        answer = ask(town.leader, **given).json()
        seen, cursor = seen + answer["items"], answer["next"]

    assert [case["number"] for case in seen] == [case.number for case in reversed(made)]


@pytest.mark.parametrize(
    "wanted",
    [
        {"lamp": "blue"},
        {"order": "colour"},
        {"reported_from": "yesterday"},
        {"reported_to": "9999-12-31"},
        {"open": "perhaps"},
        {"limit": 0},
        {"limit": 201},
        {"cursor": "###"},
        {"cursor": "###", "order": "due_at"},
        {"q": "a\x00b"},
        {"q": "长" * 101},
    ],
)
def test_a_filter_that_cannot_be_is_refused(town, ask, wanted):
    answer = ask(town.leader, **wanted)

    assert answer.status_code == 422, answer.content
    assert answer.json()["code"]


@pytest.mark.parametrize("wanted", [{}, {"q": "路灯"}, {"order": "due_at"}, {"mine": "true"}])
def test_a_list_costs_the_same_statements_however_long(town, ask, wanted):
    some(town, 1)
    ask(town.supervisor)  # signs in
    with CaptureQueriesContext(connection) as few:
        ask(town.supervisor, **wanted)
    some(town, 12)

    with CaptureQueriesContext(connection) as many:
        assert len(ask(town.supervisor, **wanted).json()["items"]) == 13

    assert len(many) == len(few) <= 4, [query["sql"][:90] for query in many.captured_queries]
