"""Promises of the stories: they happen in the city, at human hours, the same for a seed."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from wanmi.demo.clerks import Clerk, Memory
from wanmi.demo.plan.drawing import draw
from wanmi.demo.plan.parts import located
from wanmi.demo.stories import Teller, midnight

NOON = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def plan():
    return draw(1, "tiny")


def teller(plan, seed=1) -> Teller:
    return Teller(plan, np.random.default_rng(seed))


def test_every_story_lies_in_a_unit_grid(plan):
    told = teller(plan)
    stories = [told.story(NOON) for _ in range(2000)]

    points = np.array([(story.lon, story.lat) for story in stories])
    assert (located(points, plan.grids) >= 0).all()


def test_a_broken_part_is_of_the_class_that_is_reported(plan):
    told = teller(plan)

    for story in (told.story(NOON) for _ in range(500)):
        if story.part is not None:
            part = plan.parts[story.part]
            assert story.trouble.code == part.major + part.minor


def test_the_same_seed_tells_the_same_stories(plan):
    one, other = teller(plan), teller(plan)

    assert [one.story(NOON) for _ in range(50)] == [other.story(NOON) for _ in range(50)]


def test_most_reports_come_by_day(plan):
    moments = teller(plan).moments(midnight(NOON, "Asia/Shanghai"), 30, 2000)

    hours = [moment.hour for moment in moments]
    assert moments == sorted(moments)
    assert sum(7 <= hour < 20 for hour in hours) > 1500


def test_a_failed_check_leads_to_rework_and_a_doubtful_report_to_refusal():
    clerk = Clerk(np.random.default_rng(1))
    failed = Memory("sanitation", "event/06010", {"check": "not_pass"})
    doubtful = Memory("sanitation", "event/06010", {"verify": "not_exist"})

    assert clerk.outcome("close", failed) == "rework"
    assert clerk.outcome("accept", doubtful) == "not_accept"


def test_handling_is_mostly_within_its_limit():
    clerk = Clerk(np.random.default_rng(1))
    due = NOON + timedelta(hours=8)

    late = sum(clerk.done_at("handle", NOON, due) > due for _ in range(1000))

    assert 60 < late < 200
