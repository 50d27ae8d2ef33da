"""Controlled areas and times: not reported, handled sooner, checked at the same time of day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client

from tests.cases.driving import act, later, report, to_checking, to_dispatch
from tests.town import CITY
from wanmi.cases import actions as cases
from wanmi.cases.control import actions as control
from wanmi.cases.control import rules
from wanmi.cases.models import Control
from wanmi.journal import queries as journal
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.workflow.models import Clock

STREET = "990101001"


def make(town, effect, by=None, **more):
    given = {
        "name_zh": "节会保障",
        "effect": effect,
        "area": STREET,
        "valid_from": "2026-11-01",
        **more,
    }
    return control.make_control(given, by=by or town.duty_leader, at=later(-60))


# Times, without a database


@pytest.mark.parametrize(
    ("moment", "start", "end", "holds"),
    [
        (time(21), time(20), time(22), True),
        (time(22), time(20), time(22), False),
        (time(23), time(20), time(6), True),
        (time(5), time(20), time(6), True),
        (time(12), time(20), time(6), False),
        (time(12), None, None, True),
    ],
)
def test_times_of_day_may_pass_midnight(moment, start, end, holds):
    assert rules.holds_at(moment, start, end) is holds


def test_days_are_both_included_and_weekdays_narrow_them():
    monday = date(2026, 11, 16)

    assert rules.holds_on(monday, monday, monday, [])
    assert not rules.holds_on(monday, monday + timedelta(days=1), None, [])
    assert not rules.holds_on(monday, monday, None, [6, 7])


def test_the_same_time_of_day_is_told_over_midnight():
    at, reported = (
        datetime(2026, 11, 17, 0, 20, tzinfo=UTC),
        datetime(2026, 11, 15, 23, 50, tzinfo=UTC),
    )

    assert rules.is_same_time(at, reported, 30)
    assert not rules.is_same_time(at, reported, 29)


def test_the_next_window_is_the_one_not_over_yet():
    reported = datetime(2026, 11, 15, 21, 0, tzinfo=UTC)

    start, end = rules.next_window(datetime(2026, 11, 16, 22, 30, tzinfo=UTC), reported, 60)

    assert (start.day, start.hour, end.hour) == (17, 20, 22)


# Not reported


def test_a_patrol_does_not_report_what_is_approved_but_the_public_may(town):
    make(town, "no_report", classes="event/06001")

    with pytest.raises(control.NotReportedHere, match="节会保障"):
        report(town)
    assert report(town, source="hotline", by=town.acceptor).pk


@pytest.mark.parametrize(
    "more",
    [
        {"classes": "event/06", "valid_to": "2026-11-15"},
        {"from_time": "20:00", "to_time": "22:00"},
        {"weekdays": ["6", "7"]},
        {"area": "990101002"},
    ],
)
def test_other_days_times_and_places_are_reported(town, more):
    make(town, "no_report", **more)

    assert report(town).pk


# Shorter limits


def test_the_limit_is_shorter_in_the_area_and_the_case_keeps_why(town):
    made = make(town, "shorter_limit", limit_value=1, limit_type="work_hour", classes="event/06")

    case = to_dispatch(town)
    act(case, "dispatch", town.dispatcher, 15, department="CLEAN")

    clock = Clock.objects.get(instance__subject=f"case:{case.pk}", stage="handling")
    assert (clock.limit_value, clock.limit_type) == (1, "work_hour")
    assert (case.rule["control"], case.rule["control_zh"]) == (made.pk, "节会保障")
    assert case.rule["condition_zh"] == "有暴露垃圾"


def test_a_control_never_makes_a_limit_longer(town):
    make(town, "shorter_limit", limit_value=3, limit_type="work_day")

    case = to_dispatch(town)

    assert case.rule["limit_value"] == "4.00"
    assert "control" not in case.rule


def test_a_shorter_limit_says_how_short(town):
    with pytest.raises(Invalid):
        make(town, "shorter_limit")


# Checks at the same time of day


def test_a_check_at_another_time_of_day_is_refused(town):
    make(town, "same_time", minutes=30)
    case = to_checking(town)

    with pytest.raises(control.OutsideTheWindow, match="08:30 and 09:30"):
        act(case, "pass", town.supervisor, 90)
    assert act(case, "pass", town.supervisor, 24 * 60 + 20).state == "pending_closing"


def test_who_cannot_check_says_so_at_any_time(town):
    make(town, "same_time", minutes=30)

    assert act(to_checking(town), "unable", town.supervisor, 90).state != "checking"


def test_the_check_s_deadline_waits_for_its_time_of_day(town):
    make(town, "same_time", minutes=30)
    case = to_checking(town)

    clock = Clock.objects.get(instance__subject=f"case:{case.pk}", stage="check")

    assert abs(clock.due_at - later(24 * 60 + 30)) < timedelta(minutes=1)


def test_one_more_check_obeys_the_time_of_day_too(town):
    make(town, "same_time", minutes=30)
    case = to_checking(town)
    errand = cases.give_errand(
        case, "check_errand", {"words": "请核查"}, by=town.acceptor, at=later(70)
    )

    with pytest.raises(control.OutsideTheWindow):
        cases.perform_task(errand.task, "pass", {}, by=town.supervisor, at=later(80))
    cases.perform_task(errand.task, "pass", {}, by=town.supervisor, at=later(24 * 60))


# Making and ending


@pytest.mark.parametrize("role", ["dispatcher", "street", "leader", "acceptor", "department"])
def test_only_who_may_makes_and_ends_controls(town, role):
    made = make(town, "no_report")

    with pytest.raises(NotAllowed):
        make(town, "no_report", by=town.people[role])
    with pytest.raises(NotAllowed):
        control.end_control(made, by=town.people[role])


def test_an_ended_control_holds_no_more_and_stays_for_the_record(town):
    made = make(town, "no_report")
    control.end_control(made, by=town.duty_leader)

    assert report(town).pk
    assert Control.objects.get().ended_by == town.duty_leader
    with pytest.raises(control.ControlIsOver):
        control.end_control(made, by=town.duty_leader)
    told = [row.kind for row in journal.of_subject(f"control:{made.pk}")]
    assert told == ["cases.ControlMade", "cases.ControlEnded"]


@pytest.mark.parametrize(
    "more",
    [{"classes": "event/99999"}, {"valid_to": "2026-10-01"}],
)
def test_what_cannot_hold_is_refused(town, more):
    with pytest.raises(Invalid):
        make(town, "no_report", **more)


def test_the_page_makes_lists_and_ends_controls(town):
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(town.duty_leader)
    sent = {
        "name_zh": "夜市管控",
        "effect": "same_time",
        "area": STREET,
        "classes": "event/06001",
        "valid_from": "2026-11-01",
        "weekdays": ["5", "6"],
        "minutes": "45",
    }

    assert client.post("/controls", sent | {"from_time": "25:00"}).status_code == 422
    assert client.post("/controls", sent).status_code == 302

    page = client.get("/controls").content.decode()
    assert "夜市管控" in page
    assert "周五 周六" in page
    row = Control.objects.get()
    assert row.area_path == f"{CITY}990101/{STREET}/"
    assert client.post(f"/controls/{row.pk}/end").status_code == 302
    assert client.get("/api/v1/controls").json()["items"] == []
