"""Changing the working calendar: what it would move is said first; then clocks follow."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.town import Town, build
from wanmi.cases import actions as cases
from wanmi.catalogue import queries
from wanmi.catalogue.models import CalendarDay, WorkPeriod
from wanmi.journal.models import JournalEntry
from wanmi.workflow import actions as workflow
from wanmi.workflow.models import Clock

TODAY = datetime.now(UTC).date()
WEEKS = {"what": "days", "first": str(TODAY), "last": str(date.fromordinal(TODAY.toordinal() + 20))}
REST = WEEKS | {"working": "off", "note": "抗洪"}
URL = "/catalogue/calendar/change"


@pytest.fixture
def town(db: None) -> Town:
    return build()


def browser(town: Town, role: str = "admin") -> Client:
    client = Client(headers={"Accept-Language": "zh-hans", "HX-Request": "true"})
    client.force_login(town.people[role])
    return client


def deadlines(town: Town) -> dict[int, datetime]:
    return dict(Clock.objects.filter(stopped_at=None).values_list("pk", "due_at"))


def report(town: Town) -> None:
    case = cases.report(
        "路口有垃圾", lon=120.0005, lat=30.0005, kind="event", category="06001", by=town.supervisor
    )
    # A limit of working hours, whatever the drawing gives its first step.
    Clock.objects.filter(instance__subject=f"case:{case.pk}").update(
        limit_value=4, limit_type="work_hour"
    )
    workflow.follow_calendar()


def test_the_preview_says_how_many_clocks_would_move_and_writes_nothing(town: Town) -> None:
    report(town)
    before = deadlines(town)

    answer = browser(town).post(URL, REST)

    assert answer.status_code == 200
    assert f"将有 {len(before)} 个运行中的计时" in answer.content.decode()
    assert not CalendarDay.objects.exists()
    assert deadlines(town) == before


def test_applied_the_days_are_off_and_the_clock_follows(town: Town) -> None:
    report(town)
    before = deadlines(town)

    answer = browser(town).post(URL, REST | {"apply": "1"})

    assert answer.status_code == 302
    assert not queries.calendar().is_workday(TODAY)
    assert all(after > before[key] for key, after in deadlines(town).items())
    kinds = set(JournalEntry.objects.values_list("kind", flat=True))
    assert {"catalogue.CalendarChanged", "workflow.CalendarFollowed"} <= kinds


def test_a_day_given_back_to_the_law_is_a_row_no_more(town: Town) -> None:
    client = browser(town)
    client.post(URL, REST | {"apply": "1"})

    client.post(URL, WEEKS | {"working": "statutory", "apply": "1"})

    assert not CalendarDay.objects.exists()


def test_a_season_is_entered_and_ended(town: Town) -> None:
    client = browser(town)
    season = {"what": "season", "name_zh": "夏令", "first": "2027-06-01", "last": "2027-09-30"}
    client.post(URL, season | {"hours": "08:00–12:00, 14:30-18:00", "apply": "1"})

    row = WorkPeriod.objects.get()
    assert row.spans == [[480, 720], [870, 1080]]
    assert "夏令" in client.get("/catalogue/calendar?year=2027").content.decode()

    end = {"what": "end", "season": str(row.pk), "last": "2027-08-31", "apply": "1"}
    client.post(URL, end)
    assert WorkPeriod.objects.get().valid_to == date(2027, 8, 31)


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"what": "days", "working": "off", "first": "tomorrow"},
        {"what": "days", "working": "off", "first": "2027-01-01", "last": "2026-01-01"},
        {"what": "days", "working": "off", "first": "2027-01-01", "last": "2027-12-31"},
        {"what": "season", "name_zh": "夏令", "first": "2027-06-01", "hours": "all day"},
        {"what": "season", "name_zh": "夏令", "first": "2027-06-01", "hours": "12:00–08:00"},
        {"what": "season", "name_zh": "", "first": "2027-06-01", "hours": "08:00–12:00"},
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(town: Town, bad: dict[str, str]) -> None:
    answer = browser(town).post(URL, bad | {"apply": "1"})

    assert answer.status_code == 422
    assert not CalendarDay.objects.exists()
    assert not WorkPeriod.objects.exists()


def test_who_may_only_look_gets_no_form(town: Town) -> None:
    client = browser(town, "dispatcher")

    assert client.post(URL, REST).status_code == 403
    assert URL not in client.get("/catalogue/calendar").content.decode()
