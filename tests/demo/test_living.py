"""Promises of the simulated people: clients like others, who leave work for visitors."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from wanmi.demo.client import filled
from wanmi.demo.living import LEFT_FOR_VISITORS, Colleague, Town
from wanmi.demo.plan.drawing import draw
from wanmi.demo.stories import Teller

NOW = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def town() -> Town:
    teller = Teller(draw(1, "tiny"), np.random.default_rng(1))
    return Town("http://127.0.0.1:1", teller, [Colleague("acceptor001", "acceptor")])


def task(number: int, *, holder: str | None = None, minutes: int = 60, step: str = "accept"):
    opened = NOW - timedelta(minutes=minutes)
    return {
        "id": number,
        "step": step,
        "holder": holder,
        "opened_at": opened.isoformat(),
        "deadline": (opened + timedelta(hours=8)).isoformat(),
    }


def test_the_newest_tasks_of_a_post_wait_for_visitors(town):
    tasks = [task(number, minutes=number) for number in range(1, 8)]

    spare = {each["id"] for each in town._spare(tasks)}

    assert len(spare) == len(tasks) - LEFT_FOR_VISITORS
    assert spare == {4, 5, 6, 7}


def test_what_somebody_else_holds_is_left_alone(town):
    me = Colleague("acceptor001", "acceptor")

    assert not town._is_ripe(task(101, holder="acceptor"), me, NOW)
    assert town._is_ripe(task(102, holder="acceptor001"), me, NOW)


def test_a_fresh_task_is_left_for_a_while(town):
    me = Colleague("acceptor001", "acceptor")

    assert not town._is_ripe(task(103, minutes=0), me, NOW)


def test_nobody_minds_a_server_that_is_away(town):
    assert town.work(NOW) == 0


def test_a_form_is_filled_with_what_is_given_then_suggested_then_required():
    form = {
        "properties": {
            "department": {"oneOf": [{"const": "a"}, {"const": "b"}], "default": "b"},
            "handler": {"oneOf": [{"const": 1}, {"const": 2}]},
            "opinion": {"type": "string"},
        },
        "required": ["department", "handler"],
    }
    asked = {"actions": [{"name": "go", "fields": form}]}

    assert filled(asked, "go", {"opinion": "好"}) == {
        "department": "b",
        "handler": 1,
        "opinion": "好",
    }
    assert filled(asked, "go", {"department": "a"})["department"] == "a"
    assert filled(asked, "go", {"department": "nowhere"})["department"] == "b"
