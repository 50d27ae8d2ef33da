"""The desk's pages and the API: complete, short on queries, and clear about bad input."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from tests import town as towns
from tests.dispatch.conftest import Beat, walk
from wanmi.dispatch import actions as dispatch
from wanmi.dispatch.models import Callout, Shift, Stint

MOST_QUERIES = 12


@pytest.fixture
def busy(beat: Beat) -> Beat:
    """Signed on an hour ago, walked since; planned for today; an alarm is open."""
    now = timezone.now()
    user = beat.town.supervisor
    hour = timedelta(hours=1)
    dispatch.plan_shift(user, beat.grid, now - 2 * hour, now + 2 * hour, by=beat.town.duty_leader)
    stint = dispatch.sign_on(dispatch.At(*towns.INSIDE), by=user, now=now - hour)
    track = walk(now - hour, np.linspace(120.0001, 120.0039, 300))
    dispatch.take_positions(track, device="phone", by=user)
    dispatch.fold(stint)
    dispatch.raise_alarm("k", lon=towns.INSIDE[0], lat=towns.INSIDE[1], by=user)
    return beat


def client_of(beat: Beat, role: str) -> Client:
    client = Client()
    client.force_login(beat.town.people[role])
    return client


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/now",
        "/plan",
        "/attendance",
        "/coverage",
        "/alarms",
        "/callouts",
        "/nearest?lon=120&lat=30",
    ],
)
def test_pages_ask_few_questions(busy: Beat, path: str, django_assert_max_num_queries: Any) -> None:
    client = client_of(busy, "duty_leader")
    client.get(f"/dispatch{path}")

    with django_assert_max_num_queries(MOST_QUERIES + 6):
        answer = client.get(f"/dispatch{path}")

    assert answer.status_code == 200
    if path in ("", "/now"):
        assert "data-lon" in answer.content.decode()


def test_a_stint_shows_its_track_and_takes_a_correction(busy: Beat) -> None:
    client, stint = client_of(busy, "duty_leader"), Stint.objects.get()

    page = client.get(f"/dispatch/stints/{stint.pk}")
    track = client.get(f"/dispatch/stints/{stint.pk}/track").json()
    refused = client.post(f"/dispatch/stints/{stint.pk}/correct", {"reason": ""})
    on = f"{timezone.localtime(stint.signed_on_at) - timedelta(minutes=5):%Y-%m-%dT%H:%M}"
    done = client.post(f"/dispatch/stints/{stint.pk}/correct", {"on": on, "reason": "信号不好"})

    assert page.status_code == 200
    assert len(track["places"]) == len(track["at"]) == 300
    assert (refused.status_code, done.status_code) == (422, 302)
    assert "信号不好" in client.get(f"/dispatch/stints/{stint.pk}").content.decode()


def test_shifts_are_planned_in_the_week_table_all_or_none(busy: Beat) -> None:
    client = client_of(busy, "duty_leader")
    given = {
        "person": "supervisor",
        "duty_grid": "D01",
        "day": "2099-01-05",
        "begins": "22:00",
        "ends": "06:00",
        "days": "3",
    }

    planned = client.post("/dispatch/plan", given)
    again = client.post("/dispatch/plan", {**given, "day": "2099-01-03", "days": "4"})
    wrong = client.post("/dispatch/plan", {**given, "begins": "25:99"})

    assert (planned.status_code, again.status_code, wrong.status_code) == (302, 422, 422)
    assert Shift.objects.filter(begins_at__year=2099).count() == 3
    assert "22:00" in client.get("/dispatch/plan?week=2099-01-05").content.decode()


def test_an_alarm_is_answered_and_closed_on_its_page(busy: Beat) -> None:
    client = client_of(busy, "dispatcher")
    address = client.get("/dispatch/alarms").content.decode().split('data-href="')[1].split('"')[0]

    early = client.post(f"{address}/close", {"note": "好"})
    answered = client.post(f"{address}/answer")
    closed = client.post(f"{address}/close", {"note": "已护送离开"})

    assert (early.status_code, answered.status_code, closed.status_code) == (409, 302, 302)
    assert "已护送离开" in client.get(address).content.decode()


def test_people_are_called_out_with_the_form(busy: Beat) -> None:
    client = client_of(busy, "dispatcher")

    nobody = client.post("/dispatch/callouts", {"words": "请集合", "kind": "callout"})
    sent = client.post(
        "/dispatch/callouts", {"words": "请集合", "kind": "callout", "people": ["supervisor"]}
    )

    assert (nobody.status_code, sent.status_code) == (422, 302)
    assert Callout.objects.get().kind == "callout"
    assert client.get(sent.headers["Location"]).status_code == 200


def test_files_can_be_taken_along(busy: Beat) -> None:
    client = client_of(busy, "duty_leader")

    for path in ("attendance", "coverage"):
        answer = client.get(f"/dispatch/{path}/export?format=csv")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        assert "桥头一片" in text


def _sends(client: Client, path: str, body: Any) -> Any:
    return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def test_the_api_says_what_is_wrong_with_a_batch(busy: Beat) -> None:
    client = client_of(busy, "supervisor")
    at = round(timezone.now().timestamp() * 1000)
    good = {
        "device": "phone",
        "sequence": [900, 901],
        "at": [at - 2000, at - 1000],
        "lon": [120.0, 120.0001],
        "lat": [30.0, 30.0],
        "speed_ms": [None, 1.5],
    }

    answers = [
        _sends(client, "/tracks", {**good, **more})
        for more in (
            {},
            {},
            {"lon": [120.0]},
            {"lat": [91, 0]},
            {"at": [at, at + 3_600_000]},
            {"sequence": ["a", "b"]},
            {"speed_ms": [1.0, -5]},
        )
    ]

    assert [each.status_code for each in answers] == [201, 201, 422, 422, 422, 422, 422]
    assert answers[0].json() == {"accepted": 2, "repeated": 0, "off_duty": 0}
    assert answers[1].json() == {"accepted": 0, "repeated": 2, "off_duty": 0}


def test_a_telephone_asks_where_it_stands(busy: Beat) -> None:
    client = client_of(busy, "supervisor")

    duty = client.get("/api/v1/duty").json()
    coverage = client.get("/api/v1/duty/coverage").json()
    places = client_of(busy, "dispatcher").get("/api/v1/whereabouts").json()

    assert duty["stint"]["duty_grid"] == "D01"
    assert duty["alarm"]["state"] == "open"
    assert duty["pace"]["batch_seconds"] == 5
    assert (coverage["grids"], coverage["visited"]) == (4, 4)
    assert [each["person"] for each in places] == ["supervisor"]
