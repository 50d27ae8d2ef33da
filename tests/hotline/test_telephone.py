"""The telephone system's door: what is signed is taken once, everything else is refused."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.town import Town
from wanmi.evidence import queries as evidence
from wanmi.hotline import actions as hotline
from wanmi.hotline.models import Call, HeardEvent
from wanmi.hotline.rules import signature
from wanmi.hotline.simulator import Line, tone

SECRET = "shared-with-the-exchange"
EVENTS = "/api/v1/hotline/events"


@pytest.fixture(autouse=True)
def secret(settings: Any) -> None:
    settings.HOTLINE_SECRET = SECRET


def told(**more: object) -> dict[str, object]:
    given = {"id": "1", "call": "c1", "event": "ringing", "caller": "13812345678"}
    return {"at": datetime.now(UTC).isoformat(), **given, **more}


def send(
    body: bytes,
    *,
    key: str = SECRET,
    age: int = 0,
    path: str = EVENTS,
    at: float = 0.0,
    **more: str,
) -> Any:
    moment = str(int(at or time.time()) - age)
    headers = {
        "Wanmi-Timestamp": moment,
        "Wanmi-Signature": f"sha256={signature(key, moment, body)}",
    } | more
    return Client(headers=headers).post(path, body, content_type="application/json")


def tell(**more: object) -> Any:
    return send(json.dumps(told(**more)).encode())


def line(caller: str = "13812345678") -> Line:
    def post(path: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        content_type = headers.pop("Content-Type")
        answer = Client(headers=headers).post(path, body, content_type=content_type)
        assert answer.status_code in (200, 201), answer.content
        return dict(answer.json())

    return Line(post, SECRET, caller)


def test_a_call_rings_is_answered_passed_on_ended_and_recorded(town: Town) -> None:
    hotline.set_state(town.acceptor, "ready", by=town.acceptor)
    hotline.set_extension(town.duty_leader, "8002", by=town.duty_leader)
    rung = line()

    assert rung.tell("ringing")["agent"] == town.acceptor.username
    assert rung.tell("answered")["state"] == "talking"
    assert rung.tell("held")["state"] == "held"
    assert rung.tell("resumed")["state"] == "talking"
    assert rung.tell("transferred", agent="8002", note="急")["extension"] == "8002"
    assert rung.tell("ended")["state"] == "ended"
    rung.tell("recording")
    rung.hand_in(tone(0.1))

    call = Call.objects.get()
    assert (call.agent, call.hand_note, call.is_recorded) == (town.duty_leader, "急", True)
    (kept,) = evidence.of_subject(f"call:{call.pk}")
    assert (kept.purpose, kept.content_type) == ("recording", "audio/wav")


def test_a_lost_ringing_loses_no_call(town: Town) -> None:
    assert tell(event="answered", agent="acceptor").json()["state"] == "talking"


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "guessed"},
        {"age": 301},
        {"age": -301},
        {"Wanmi-Signature": ""},
        {"Wanmi-Signature": "sha256=é"},
        {"Wanmi-Timestamp": "now"},
        {"Wanmi-Timestamp": str(int(time.time()) - 1)},
    ],
)
def test_what_is_not_signed_is_refused(town: Town, wrong: dict[str, Any]) -> None:
    body = json.dumps(told()).encode()
    if "é" in wrong.get("Wanmi-Signature", ""):
        wrong = {"Wanmi-Signature": "sha256=" + "0" * 64}
    answer = send(body, **wrong)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed")
    assert not Call.objects.exists()


def test_a_replayed_message_is_refused_and_changes_nothing(town: Town) -> None:
    body = json.dumps(told(agent="acceptor")).encode()
    assert send(body).status_code == 200
    again = send(body)

    assert (again.status_code, again.json()["code"]) == (409, "heard_already")
    assert (Call.objects.count(), HeardEvent.objects.count()) == (1, 1)


def test_a_replayed_recording_is_kept_once(town: Town) -> None:
    tell()
    path, body = "/api/v1/hotline/calls/c1/recording", tone(0.1)
    signed_at = time.time()
    statuses = [send(body, path=path, at=signed_at).status_code for _ in range(2)]

    assert statuses == [201, 409]
    forged = send(body, path=path, key="guessed")
    assert forged.status_code == 401
    assert send(b"<svg/>", path=path).status_code in (415, 422)
    assert send(body, path="/api/v1/hotline/calls/none/recording").status_code == 404


@pytest.mark.parametrize(
    "more",
    [
        {"event": "exploded"},
        {"id": ""},
        {"call": 7},
        {"at": "yesterday"},
        {"at": "2026-11-21T09:00:00"},
        {"at": (datetime.now(UTC) - timedelta(days=2)).isoformat()},
        {"caller": ["138"]},
        {"caller": "1" * 31},
        {"call": "x\x00"},
        {"event": "transferred"},
        {"agent": "handler"},
        {"agent": "nobody-here"},
    ],
)
def test_what_is_no_event_is_refused_and_nothing_is_half_written(
    town: Town, more: dict[str, object]
) -> None:
    answer = tell(**more)

    assert answer.status_code == 422, answer.content
    assert not Call.objects.exists()
    assert not HeardEvent.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"x" * 70_000])
def test_what_is_no_message_is_refused(town: Town, body: bytes) -> None:
    assert send(body).status_code == 422


def test_names_of_messages_are_forgotten_after_a_day(town: Town) -> None:
    tell()
    HeardEvent.objects.update(at=datetime.now(UTC) - timedelta(days=2))
    hotline.forget_heard_events({})

    assert not HeardEvent.objects.exists()
