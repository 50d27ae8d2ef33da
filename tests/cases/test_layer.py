"""Cases on the map: single points with lamp and phase, counts that follow the news."""

from datetime import UTC, datetime, timedelta

import mapbox_vector_tile
import pytest
from django.test import Client

from tests.cases.test_seven_phases import act, report
from tests.town import INSIDE, OUTSIDE
from wanmi.cases import actions as cases
from wanmi.geography import actions as geography
from wanmi.journal import actions as journal
from wanmi.kernel import cells


def tile(person, z, place=INSIDE, layer="cases"):
    client = Client()
    client.force_login(person)
    z, x, y = cells.tile(cells.parent(cells.cell(*place), z))
    answer = client.get(f"/tiles/{layer}/{z}/{x}/{y}.mvt")
    assert answer.status_code in (200, 204), answer.content
    if not answer.content:
        return []
    return [f["properties"] for f in mapbox_vector_tile.decode(answer.content)[layer]["features"]]


def follow_the_news():
    later = datetime.now(UTC) + timedelta(minutes=1)
    while journal.hear_news() or journal.do_due_jobs(now=later):
        pass


def test_a_case_is_a_point_with_its_phase_and_lamp(town):
    case = report(town)

    (point,) = tile(town.leader, 18)

    assert point["id"] == point["number"] == case.number
    assert (point["phase"], point["state"], point["lamp"]) == ("filing", "reported", "overdue")
    assert (point["kind"], point["symbol"]) == ("event", "garbage")


@pytest.mark.parametrize(
    ("change", "lamp"),
    [
        ({"due_at": timedelta(hours=2), "warn_at": timedelta(hours=1)}, "in_time"),
        ({"due_at": timedelta(hours=2), "warn_at": timedelta(hours=-1)}, "soon"),
        ({"due_at": timedelta(hours=-1), "warn_at": timedelta(hours=-2)}, "overdue"),
    ],
)
def test_the_lamp_is_that_of_the_moment(town, change, lamp):
    case = report(town)
    now = datetime.now(UTC)
    type(case).objects.update(**{name: now + after for name, after in change.items()})

    assert tile(town.leader, 18)[0]["lamp"] == lamp


def test_a_suspended_case_has_a_grey_lamp(town):
    case = report(town)
    type(case).objects.update(is_suspended=True)

    assert tile(town.leader, 18)[0]["lamp"] == "paused"


def test_kept_counts_follow_reports_moves_and_ends(town):
    geography.rebuild_points("cases")
    cases.report("远", lon=OUTSIDE[0], lat=OUTSIDE[1], by=town.supervisor)
    here, ending = report(town), report(town)
    follow_the_news()
    assert tile(town.leader, 10)[0]["count"] == 2
    assert tile(town.leader, 10, OUTSIDE)[0]["count"] == 1

    act(here, "submit", town.acceptor, lon=INSIDE[0] + 0.001, lat=INSIDE[1])
    act(ending, "not_accept", town.acceptor, opinion="不属受理范围")
    far = type(here).objects.get(description="远")
    act(far, "submit", town.acceptor, lon=INSIDE[0], lat=INSIDE[1], category="event/06001")
    follow_the_news()

    assert tile(town.leader, 10)[0]["count"] == 2
    assert tile(town.leader, 10, OUTSIDE) == []


def test_the_map_of_cases_is_for_those_who_may_see_cases(town):
    client = Client()
    assert client.get("/tiles/cases/10/1/1.mvt").status_code == 401
    client.force_login(town.citizen)
    assert client.get("/tiles/cases/10/1/1.mvt").status_code == 403


def test_an_ended_case_stands_on_the_layer_of_all_cases_without_a_lamp(town):
    case = report(town)
    type(case).objects.filter(pk=case.pk).update(ended_at=datetime.now(UTC), state="closed")

    assert tile(town.leader, 18) == []
    (point,) = tile(town.leader, 18, layer="cases_all")
    assert point["number"] == case.number
    assert "lamp" not in point


def test_the_counts_of_all_cases_follow_the_news_too(town):
    report(town)
    follow_the_news()

    (cluster,) = tile(town.leader, 12, layer="cases_all")

    assert cluster["count"] == 1
