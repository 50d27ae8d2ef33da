"""Changing the working calendar: what it would move is said first; then clocks follow."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.town import DISTRICT, Town, build
from wanmi.cases import actions as cases
from wanmi.catalogue import queries
from wanmi.catalogue.models import CalendarDay, WorkPeriod
from wanmi.journal.models import JournalEntry
from wanmi.organisation.models import Post
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


NOTICE = {
    "year": 2031,
    "days": [
        {"name": "元旦", "date": "2031-01-01", "isOffDay": True},
        {"name": "元旦", "date": "2031-01-02", "isOffDay": True},
        {"name": "元旦", "date": "2031-01-04", "isOffDay": False},
    ],
}


def notice(content: object) -> dict[str, object]:
    words = content if isinstance(content, str) else json.dumps(content)
    return {"what": "notice", "file": SimpleUploadedFile("2031.json", words.encode())}


def test_the_notice_of_a_year_is_seen_and_then_taken(town: Town) -> None:
    client = browser(town)
    assert "尚未公布" in client.get("/catalogue/calendar?year=2031").content.decode()

    seen = client.post(URL, notice(NOTICE))

    assert "2031-01-04" in seen.content.decode()
    assert not CalendarDay.objects.exists()

    answer = client.post(URL, {"what": "notice", "notice": json.dumps(NOTICE), "apply": "1"})

    assert answer.headers["Location"].endswith("?year=2031")
    assert queries.calendar().is_workday(date(2031, 1, 4))
    assert not queries.calendar().is_workday(date(2031, 1, 2))
    assert "已包含" in client.post(URL, notice(NOTICE)).content.decode()


def test_a_year_that_is_known_brings_nothing_new(town: Town) -> None:
    known = [{"name": "元旦", "date": "2025-01-01", "isOffDay": True}]

    page = browser(town).post(URL, notice({"year": 2025, "days": known})).content.decode()

    assert "已包含" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "JSON"),
        ("[]", "JSON"),
        ({"year": "2031", "days": []}, "JSON"),
        (
            {"year": 2031, "days": [{"name": "元旦", "date": "2031-13-01", "isOffDay": True}]},
            "第 1",
        ),
        ({"year": 2031, "days": [{"name": "元旦", "date": "2031-01-01", "isOffDay": 1}]}, "第 1"),
        (
            {"year": 2031, "days": [{"name": "元旦", "date": "2041-01-01", "isOffDay": True}]},
            "第 1",
        ),
        ({"year": 2031, "days": [NOTICE["days"][0], NOTICE["days"][0]]}, "2031-01-01"),
    ],
)
def test_a_notice_that_cannot_be_read_is_refused(town: Town, content: object, words: str) -> None:
    answer = browser(town).post(URL, notice(content) | {"apply": "1"})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_who_keeps_only_a_part_of_the_city_changes_nothing(town: Town) -> None:
    Post.objects.filter(role__code="admin").update(area_path=DISTRICT)
    client = browser(town)

    assert client.post(URL, REST | {"apply": "1"}).status_code == 403
    assert URL not in client.get("/catalogue/calendar").content.decode()
    assert not CalendarDay.objects.exists()
