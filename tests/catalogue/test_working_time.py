"""Deadlines on the city's calendar: statutory days, single days, seasons."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanmi.catalogue import actions as catalogue
from wanmi.catalogue import queries
from wanmi.journal import actions as journal
from wanmi.kernel.workcalendar import Calendar, UnusableCalendar

BEIJING = ZoneInfo("Asia/Shanghai")


def beijing(*parts):
    return datetime(*parts, tzinfo=BEIJING)


@pytest.mark.django_db
def test_two_urgent_hours_run_through_the_night():
    assert queries.due_at(beijing(2026, 10, 1, 23), 2, "urgent_hour") == beijing(2026, 10, 2, 1)


@pytest.mark.django_db
def test_a_work_day_jumps_over_the_national_holiday():
    # 2026-09-30 is a Wednesday; work starts again on Thursday 2026-10-08.
    due = queries.due_at(beijing(2026, 9, 30, 15), 1, "work_day")

    assert due == beijing(2026, 10, 8, 15)
    assert due.tzinfo == UTC


@pytest.mark.django_db
def test_a_make_up_saturday_is_worked():
    # 2025-01-26 is a Sunday on which people worked before the Spring Festival.
    assert queries.due_at(beijing(2025, 1, 26, 8), 4, "work_hour") == beijing(2025, 1, 26, 12)


@pytest.mark.django_db
def test_a_day_entered_by_the_city_changes_the_deadline_at_once():
    friday = beijing(2026, 11, 20, 17)
    assert queries.due_at(friday, 2, "work_hour") == beijing(2026, 11, 23, 9)

    catalogue.enter_day(date(2026, 11, 21), is_working=True, note="civilised city inspection")
    assert queries.due_at(friday, 2, "work_hour") == beijing(2026, 11, 21, 9)

    catalogue.clear_day(date(2026, 11, 21))
    assert queries.due_at(friday, 2, "work_hour") == beijing(2026, 11, 23, 9)


@pytest.mark.django_db
def test_a_season_moves_the_working_hours():
    catalogue.enter_work_period(
        name_zh="夏季",
        name_en="Summer",
        valid_from=date(2026, 6, 1),
        valid_to=date(2026, 9, 30),
        spans=[(480, 720), (900, 1140)],
    )

    assert queries.due_at(beijing(2026, 7, 1, 11), 2, "work_hour") == beijing(2026, 7, 1, 16)
    assert queries.due_at(beijing(2026, 5, 29, 11), 2, "work_hour") == beijing(2026, 5, 29, 15)


@pytest.mark.django_db
def test_two_seasons_may_not_hold_at_once():
    values = {"name_zh": "夏季", "spans": [(480, 720)]}
    first = catalogue.enter_work_period(valid_from=date(2026, 6, 1), **values)

    with pytest.raises(catalogue.SeasonsOverlap):
        catalogue.enter_work_period(valid_from=date(2026, 9, 1), **values)

    catalogue.end_work_period(first, on=date(2026, 8, 31))
    catalogue.enter_work_period(valid_from=date(2026, 9, 1), **values)


@pytest.mark.django_db
@pytest.mark.parametrize("spans", [[(720, 480)], [(480, 720), (700, 800)], [(0, 1500)]])
def test_impossible_hours_are_refused(spans):
    with pytest.raises(UnusableCalendar):
        catalogue.enter_work_period(name_zh="错", valid_from=date(2026, 6, 1), spans=spans)


@pytest.mark.django_db
def test_the_news_of_a_change_is_heard_elsewhere(monkeypatch):
    from wanmi.catalogue import remembered

    catalogue.enter_day(date(2026, 11, 21), is_working=True)
    queries.calendar()
    forgotten = []
    monkeypatch.setattr(remembered, "forget", lambda: forgotten.append(True))

    journal.hear_news()

    assert forgotten


@pytest.mark.django_db
def test_the_calendar_is_read_once_in_a_while(django_assert_num_queries):
    queries.calendar()

    with django_assert_num_queries(0):
        queries.due_at(beijing(2026, 7, 1, 11), 2, "work_hour")


@pytest.mark.django_db
def test_the_lamp_turns_yellow_at_four_fifths():
    start = beijing(2026, 11, 23, 8)

    assert queries.warn_at(start, 5, "urgent_hour") == start + timedelta(hours=4)


@pytest.fixture(scope="module")
def published(shared_data):
    """Return the days set by the notices of 2015–2025: True for a day off."""
    files = sorted((shared_data / "data" / "holidays_cn").glob("20*.json"))
    # A notice may set days of the year before, such as a Saturday worked for New Year.
    days = [day for file in files for day in json.loads(file.read_text("utf-8"))["days"]]
    assert len(files) == 11
    return {date.fromisoformat(day["date"]): day["isOffDay"] for day in days}


def _is_off(published, day):
    return published.get(day, day.weekday() >= 5)


def test_days_off_are_those_of_the_published_notices(published):
    calendar, day = Calendar(), date(2015, 1, 1)

    while day < date(2026, 1, 1):
        assert calendar.is_workday(day) is not _is_off(published, day), day
        day += timedelta(days=1)


def test_a_work_day_from_ten_ends_at_ten_on_the_next_published_working_day(published):
    calendar = Calendar()

    for day in (each for each in published if not _is_off(published, each)):
        following = day + timedelta(days=1)
        while _is_off(published, following):
            following += timedelta(days=1)
        start = datetime(day.year, day.month, day.day, 10, tzinfo=BEIJING)
        assert _due(start, 1, "work_day", calendar) == start + (following - day)


@settings(max_examples=60, deadline=None)
@given(
    start=st.datetimes(
        datetime(2015, 1, 1),  # noqa: DTZ001  # hypothesis wants them naive
        datetime(2026, 11, 1),  # noqa: DTZ001  # as above
        timezones=st.just(BEIJING),
    ),
    value=st.integers(1, 20),
    kind=st.sampled_from(["urgent_hour", "work_hour", "work_day", "natural_day"]),
)
def test_more_time_is_never_due_earlier(start, value, kind):
    calendar = Calendar()

    assert start < _due(start, value, kind, calendar) <= _due(start, value + 1, kind, calendar)


def _due(start, value, kind, calendar):
    from wanmi.kernel import worktime
    from wanmi.kernel.limits import Limit

    return worktime.due_at(start, Limit(value, kind), calendar)
