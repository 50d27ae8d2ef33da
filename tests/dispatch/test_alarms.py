"""An alarm is raised once, goes up until it is answered, and is closed with a note."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from pydantic import ValidationError

from tests import town as towns
from tests.dispatch.conftest import NINE, Beat, here, walk
from wanmi.dispatch import actions as dispatch
from wanmi.dispatch import queries
from wanmi.dispatch.models import Alarm
from wanmi.dispatch.schemas import AlarmIn
from wanmi.journal.models import Job, JournalEntry
from wanmi.kernel.errors import NotAllowed
from wanmi.notices.models import Notice
from wanmi.organisation import queries as organisation


def raised(beat: Beat, key: str = "k1") -> Alarm:
    lon, lat = towns.INSIDE
    return dispatch.raise_alarm(key, lon=lon, lat=lat, by=beat.town.supervisor, now=NINE)


def test_pressing_twice_is_one_alarm_and_its_leaders_are_told(beat: Beat) -> None:
    first = raised(beat)

    assert raised(beat) == first
    assert raised(beat, "k2") == first
    assert JournalEntry.objects.filter(kind="dispatch.AlarmRaised").count() == 1
    told = set(Notice.objects.filter(kind="alarm_raised").values_list("user__username", flat=True))
    assert "dispatcher" in told
    assert "supervisor" not in told
    with pytest.raises(NotAllowed):
        dispatch.raise_alarm("k", by=beat.town.legal)


def test_an_unanswered_alarm_goes_up_and_an_answered_one_does_not(beat: Beat) -> None:
    alarm = raised(beat)
    job = Job.objects.get(name="dispatch.escalate")
    assert job.due_at == NINE + timedelta(seconds=30)

    went_up = dispatch.escalate(alarm.pk, now=NINE + timedelta(seconds=30))

    assert went_up
    people = Notice.objects.filter(kind="alarm_raised").values_list("user__username", flat=True)
    assert {"dispatcher", "duty_leader"} <= set(people)
    dispatch.acknowledge_alarm(alarm, by=beat.town.duty_leader)
    assert not dispatch.escalate(alarm.pk)
    entry = JournalEntry.objects.get(kind="dispatch.AlarmAcknowledged")
    assert beat.town.supervisor.pk in entry.data["users"]


def test_it_is_answered_once_and_closed_with_a_note(beat: Beat) -> None:
    alarm, leader = raised(beat), beat.town.duty_leader

    with pytest.raises(dispatch.NotAnswered):
        dispatch.close_alarm(alarm, "误按", by=leader)
    dispatch.acknowledge_alarm(alarm, by=leader)
    with pytest.raises(dispatch.AnsweredAlready):
        dispatch.acknowledge_alarm(alarm, by=beat.town.dispatcher)
    with pytest.raises(NotAllowed):
        dispatch.close_alarm(alarm, "误按", by=beat.town.supervisor)
    with pytest.raises(dispatch.NoNote):
        dispatch.close_alarm(alarm, " ", by=leader)
    dispatch.close_alarm(alarm, "误按，已确认安全", by=leader)
    with pytest.raises(dispatch.AlarmOver):
        dispatch.close_alarm(alarm, "再关", by=leader)
    assert "误按" not in str(JournalEntry.objects.get(kind="dispatch.AlarmClosed").data)


def test_its_positions_are_news_even_off_duty(beat: Beat) -> None:
    alarm, user = raised(beat), beat.town.supervisor
    track = walk(NINE - timedelta(seconds=20), np.linspace(120.001, 120.002, 10))

    taken = dispatch.take_positions(track, device="p", by=user, at=NINE + timedelta(minutes=3))

    assert (taken.accepted, taken.off_duty) == (8, 2)
    entry = JournalEntry.objects.get(kind="dispatch.AlarmMoved")
    assert (entry.subject, "lon" in entry.data) == (f"alarm:{alarm.pk}", False)
    assert len(queries.alarm_track(alarm)) == 8


def test_call_outs_reach_who_is_near_and_are_answered_once(beat: Beat) -> None:
    user, leader = beat.town.supervisor, beat.town.dispatcher
    dispatch.sign_on(here(NINE), by=user, now=NINE)
    dispatch.take_positions(walk(NINE, [120.001]), device="p", by=user, at=NINE)
    called = dispatch.Called(nearest=3, lon=120.0, lat=30.0)

    sent = dispatch.call_out(dispatch.Said("到桥头集合", "callout", called=called), by=leader)

    receipt = queries.receipt_of(user, sent.pk)
    assert receipt is not None
    assert queries.unread_of(user) == 1
    dispatch.answer_callout(receipt, "read", by=user)
    answered = dispatch.answer_callout(receipt, "accepted", by=user)
    assert (answered.answer, queries.unread_of(user)) == ("accepted", 0)
    with pytest.raises(dispatch.AnsweredOnce):
        dispatch.answer_callout(receipt, "declined", by=user)
    everybody = dispatch.Called(area="990101001")
    assert dispatch.called_by(organisation.scope_of(leader), everybody, NINE) == {user.pk}
    with pytest.raises(dispatch.NobodyCalled):
        dispatch.call_out(dispatch.Said("有人吗"), by=leader)
    with pytest.raises(dispatch.NoSuchPerson):
        dispatch.call_out(
            dispatch.Said("你好", called=dispatch.Called(people=("legal",))), by=leader
        )


def test_groups_hold_people_of_ones_own_area(beat: Beat) -> None:
    leader = beat.town.dispatcher

    group = dispatch.keep_group("机动组", ["supervisor"], by=leader)

    scope = organisation.scope_of(leader)
    found = dispatch.called_by(scope, dispatch.Called(group=group.pk), NINE)
    assert found == {beat.town.supervisor.pk}


def test_a_moment_of_any_offset_is_kept_in_utc_or_refused() -> None:
    said = AlarmIn.model_validate({"key": "k", "at": "0170-07-12T03:25:02+16:27"})

    assert said.at == datetime(170, 7, 11, 10, 58, 2, tzinfo=UTC)
    assert said.at.utcoffset() == timedelta(0)
    with pytest.raises(ValidationError):
        AlarmIn.model_validate({"key": "k", "at": "0001-01-01T00:00:00+14:00"})
