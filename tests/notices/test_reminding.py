"""Layered reminders: each layer in its own rhythm, in one sentence, never in quiet hours."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases.driving import later, to_handling
from tests.town import Town, build
from wanmi.kernel.errors import Invalid
from wanmi.kernel.workcalendar import Calendar
from wanmi.notices import actions as notices
from wanmi.notices import queries as inboxes
from wanmi.notices.models import Notice, QuietHours, ReminderLayer
from wanmi.notices.quiet import end_of_quiet
from wanmi.notices.rhythm import next_turn

TUESDAY = datetime(2026, 11, 17, 0, 30, tzinfo=UTC)
"""Tuesday 17 November 2026, 08:30 in the city: the day after the cases were reported."""


@pytest.fixture
def layers(town: Town) -> Town:
    """A town whose handlers are reminded daily and whose leaders on Mondays."""
    ReminderLayer.objects.all().delete()
    common = {"by": town.admin, "at": later(0)}
    notices.set_layer(
        None,
        name_zh="每日",
        about="tasks",
        roles=["handler"],
        every="day",
        at_time=time(8, 30),
        **common,
    )
    notices.set_layer(
        None,
        name_zh="每周",
        about="area",
        roles=["leader"],
        every="week",
        at_time=time(9),
        **common,
    )
    return town


def told(user):
    with translation.override("zh-hans"):
        rows = Notice.objects.filter(user=user, kind="reminder").order_by("id")
        return [(row.sentence, row.link) for row in rows]


def test_the_handler_is_reminded_daily_the_leader_weekly(layers):
    to_handling(layers)

    for day in range(7):
        notices.remind(TUESDAY + timedelta(days=day, hours=1))

    assert len(told(layers.handler)) == 5, "working days from Tuesday to Monday"
    assert len(told(layers.leader)) == 1


def test_a_reminder_is_one_sentence_with_its_numbers_and_leads_to_the_list(layers):
    for _ in range(4):
        to_handling(layers)

    notices.remind(TUESDAY)
    notices.remind(TUESDAY + timedelta(days=6, hours=1))

    assert told(layers.handler)[0] == ("您有 4 项待办：4 项超期，0 项即将到期。", "/?tab=todo")
    sentence, link = told(layers.leader)[0]
    assert sentence == "示范市：在办 4 件，超期 4 件，督办未回复 0 件。"
    assert link == "/cases?open=true&lamp=red&sort=due&area=99%2F9901%2F"
    client = Client()
    client.force_login(layers.leader)
    assert len(client.get(link).context["rows"]) == 4


def test_who_has_nothing_waiting_is_left_in_peace(layers):
    assert notices.remind(TUESDAY) == 0


def test_turns_missed_in_a_downtime_come_as_one(layers):
    to_handling(layers)

    notices.remind(TUESDAY + timedelta(days=9))
    notices.remind(TUESDAY + timedelta(days=9, minutes=1))

    assert len(told(layers.handler)) == 1


def test_in_quiet_hours_a_reminder_waits(layers):
    to_handling(layers)
    notices.set_quiet_hours(by=layers.handler, from_time=time(7), to_time=time(10))

    notices.remind(TUESDAY)

    row = Notice.objects.get(user=layers.handler, kind="reminder")
    assert row.shown_from == TUESDAY + timedelta(hours=1, minutes=30)


def test_what_waits_for_the_end_of_quiet_is_not_in_the_inbox_yet(layers):
    before = inboxes.unread_count(layers.handler.pk)
    common = {"kind": "test", "message": "Sign in first."}
    notices.tell([layers.handler.pk], **common, shown_from=datetime.now(UTC) + timedelta(hours=1))
    assert inboxes.unread_count(layers.handler.pk) == before

    notices.tell([layers.handler.pk], **common, shown_from=datetime.now(UTC) - timedelta(hours=1))
    assert inboxes.unread_count(layers.handler.pk) == before + 1


def test_chosen_people_are_reminded_beside_roles(layers):
    to_handling(layers)
    notices.set_layer(
        None,
        name_zh="指定",
        about="area",
        people=["evaluator"],
        every="day",
        at_time=time(8, 30),
        by=layers.admin,
        at=later(0),
    )

    notices.remind(TUESDAY)

    assert len(told(layers.evaluator)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"roles": []},
        {"about": "weather"},
        {"every": "hour"},
        {"weekday": 7},
        {"name_zh": "每日"},
        {"people": ["nobody-here"]},
    ],
)
def test_an_unusable_layer_is_refused(layers, wrong):
    given = {"name_zh": "新", "about": "tasks", "roles": ["handler"], "every": "day"}

    with pytest.raises(Invalid):
        notices.set_layer(None, **{**given, **wrong}, at_time=time(9), by=layers.admin)


@pytest.mark.django_db(transaction=True)
def test_two_workers_remind_once():
    import threading

    town = build()
    to_handling(town)
    moment = ReminderLayer.objects.get(about="tasks").next_at + timedelta(days=3)
    ReminderLayer.objects.exclude(about="tasks").delete()
    start, counts = threading.Barrier(2), []

    def work():
        start.wait()
        counts.append(notices.remind(moment))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(counts) == [0, 1]


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 360 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))
TIMES = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(minutes // 60, minutes % 60))


@settings(deadline=None, max_examples=60)
@given(at=MOMENTS, first=TIMES, last=TIMES, days_off=st.booleans())
def test_quiet_ends_once_and_outside_of_it_nothing_waits(at, first, last, days_off):
    hours = QuietHours(from_time=first, to_time=last, is_quiet_on_days_off=days_off)

    ends = end_of_quiet(hours, at, Calendar())

    assert ends >= at
    assert end_of_quiet(hours, ends, Calendar()) == ends


@settings(deadline=None, max_examples=60)
@given(
    at=MOMENTS,
    every=st.sampled_from(["day", "week", "month"]),
    weekday=st.integers(0, 6),
    month_day=st.integers(1, 31),
    when=TIMES,
    working=st.booleans(),
)
def test_a_turn_always_comes_later_and_within_its_rhythm(
    at, every, weekday, month_day, when, working
):
    layer = ReminderLayer(
        every=every,
        weekday=weekday,
        month_day=month_day,
        at_time=when,
        only_working_days=working,
    )

    turn = next_turn(layer, at, Calendar())

    longest = {"day": 1, "week": 7, "month": 31}[every] + (12 if working else 0)
    assert at < turn <= at + timedelta(days=longest, hours=1)


def test_administrators_change_layers_on_their_page(layers):
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(layers.admin)
    row = ReminderLayer.objects.get(name_zh="每日")

    assert "每日" in client.get("/reminders").content.decode()
    given = {"name_zh": "每日", "about": "tasks", "roles": "handler", "every": "week"}
    answer = client.post(
        f"/reminders/{row.pk}", {**given, "weekday": "2", "month_day": "1", "at_time": "10:00"}
    )

    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.every, row.weekday, row.at_time, row.is_active) == ("week", 2, time(10), False)


def test_an_unusable_time_is_said_beside_the_form(layers):
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(layers.handler)

    sent = {"from_time": "22:00", "to_time": "07:00"}
    assert client.post("/notices/quiet", {**sent, "from_time": "x"}).status_code == 422
    assert client.post("/notices/quiet", sent).status_code == 302
    assert inboxes.quiet_hours(layers.handler.pk).from_time == time(22)
