"""The journal's page and API: who may read it, of which area, and whether it is whole."""

import pytest
from django.test import Client

from tests import town as towns
from tests.journal.events import Seen
from tests.town import DISTRICT, Town
from wanmi.journal import actions as journal
from wanmi.journal.models import JournalEntry
from wanmi.organisation.models import Post


@pytest.fixture
def town(db: None) -> Town:
    return towns.build()


def _client(user: object) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(user)  # type: ignore[arg-type]  # an account
    return client


def test_only_those_with_the_duty_read_it(town: Town) -> None:
    assert _client(town.admin).get("/journal").status_code == 200
    assert _client(town.handler).get("/journal").status_code == 403
    assert _client(town.handler).get("/api/v1/journal").status_code == 403


def test_a_reader_sees_their_area_only(town: Town) -> None:
    Post.objects.filter(role__code="inspector").update(area_path=DISTRICT)
    journal.publish(Seen(1), by=None, area_path=DISTRICT + "990101001/")
    journal.publish(Seen(2), by=None, area_path="99/9902/")

    items = _client(town.inspector).get("/api/v1/journal?kind=events.Seen").json()["items"]
    items = items or _client(town.inspector).get("/api/v1/journal").json()["items"]

    assert "thing:1" in [item["subject"] for item in items]
    assert "thing:2" not in [item["subject"] for item in items]


def test_filters_and_cursor_lead_through(town: Town) -> None:
    for number in range(5):
        journal.publish(Seen(number), by="import", area_path=DISTRICT)
    client = _client(town.admin)

    first = client.get("/api/v1/journal?actor=import&limit=3").json()
    rest = client.get(f"/api/v1/journal?actor=import&limit=3&cursor={first['next']}").json()
    none = client.get("/api/v1/journal?actor=import&until=2001-01-01").json()

    subjects = [item["subject"] for item in first["items"] + rest["items"]]
    assert subjects == [f"thing:{number}" for number in (4, 3, 2, 1, 0)]
    assert none["items"] == []
    assert client.get("/api/v1/journal?since=yesterday").status_code == 422
    assert client.get("/journal?since=2026-99-99").status_code == 200


def test_the_page_names_a_broken_end(town: Town) -> None:
    client = _client(town.admin)
    whole = client.get("/journal").content.decode()
    JournalEntry.objects.order_by("-number")[:1].get()
    last = JournalEntry.objects.latest("number").number
    JournalEntry.objects.filter(number=last).update(actor="user:99")

    broken = client.get("/journal").content.decode()

    assert "链尾完好" in whole
    assert f"断在第 {last} 条" in broken


def test_the_page_costs_the_same_for_many(
    town: Town, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        journal.publish(Seen(number), by=None, area_path=DISTRICT)
    client = _client(town.admin)
    client.get("/journal")  # the process has seen the areas and rules of this town

    with django_assert_max_num_queries(11):  # type: ignore[operator]  # a fixture
        client.get("/journal")
