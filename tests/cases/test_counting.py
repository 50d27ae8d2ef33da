"""Counts beside the list and points on the map: of all that the filter finds, not of a page."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.town import INSIDE, STEP, STREET, WEST, Town
from wanmi.cases import actions as cases
from wanmi.cases.models import Case

pytestmark = pytest.mark.django_db
OTHER_STREET = (WEST + 0.01 + STEP / 2, INSIDE[1])


def browser(town: Town, role: str) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(town.people[role])
    return client


@pytest.fixture
def three(town: Town) -> list[Case]:
    """Two in the first street, one from the hotline in the other."""

    def report(at: tuple[float, float], **more: Any) -> Case:
        given = {"kind": "event", "category": "06001", "by": town.supervisor} | more
        return cases.report("路灯不亮", lon=at[0], lat=at[1], **given)

    return [report(INSIDE), report(INSIDE), report(OTHER_STREET, source="hotline")]


def counts(client: Client, query: str = "") -> dict[str, dict[str, int]]:
    facets = client.get(f"/cases?counts=yes{query}").context["facets"]
    return {f.label: {value.word: value.count for value in f.values} for f in facets}


def test_counts_are_of_the_filter_and_each_adds_its_filter(town: Town, three: list[Case]) -> None:
    client = browser(town, "acceptor")

    found = counts(client)

    assert sorted(found["区域"].values()) == [1, 2]
    assert sorted(found["来源"].values()) == [1, 2]
    assert "来源" not in counts(client, "&source=hotline")
    page = client.get("/cases?counts=yes&phase=collection").content.decode()
    assert "counts=yes" in page
    link = client.get("/cases?counts=yes&open=yes").context["facets"][0].values[0].url
    assert "open=yes" in link


def test_counts_are_not_asked_for_unless_wanted(town: Town, three: list[Case]) -> None:
    assert "facets" not in browser(town, "acceptor").get("/cases").context


def test_counts_and_points_cost_few_statements(town: Town, three: list[Case]) -> None:
    client = browser(town, "acceptor")
    for url, most in (("/cases?counts=yes&q=路灯", 16), ("/cases/points?open=yes", 8)):
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        assert len(asked) <= most, [each["sql"][:90] for each in asked]


def test_the_map_shows_exactly_what_the_filter_finds(town: Town, three: list[Case]) -> None:
    client = browser(town, "acceptor")

    answer = client.get("/cases/points", {"source": "hotline"}).json()

    assert [point["number"] for point in answer["points"]] == [three[2].number]
    assert answer["is_whole"] is True
    searched = client.get("/cases/points", {"q": "路灯", "area": STREET}).json()
    assert len(searched["points"]) == 2


def test_points_and_counts_stay_within_the_area(town: Town, three: list[Case]) -> None:
    client = browser(town, "street")

    assert len(client.get("/cases/points").json()["points"]) == 2
    assert client.get("/cases?counts=yes").context["found"].count == "2"


def test_more_than_counted_is_said(town: Town, three: list[Case], monkeypatch: Any) -> None:
    monkeypatch.setattr("wanmi.cases.counting.DEEPEST", 2)

    answer = browser(town, "acceptor").get("/cases?counts=yes")

    assert answer.context["found"].count == "2+"
    assert "统计最新" in answer.content.decode()
