"""The one-key alarm (护身符): raised, passed upwards while nobody answers, answered, closed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from wanmi.accounts.queries import User
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_line, clean_text
from wanmi.notices import actions as notices
from wanmi.organisation import queries as organisation

from .. import events
from ..limits import standing
from ..models import Alarm, AlarmState, Stint, Whereabouts
from .tracking import AHEAD

JOB = "dispatch.escalate"
HIGHEST = 5
"""After so many times everybody who leads patrols up to the city has been told."""


class AlarmOver(Conflict):
    """This alarm is closed."""

    code = "alarm_closed"


class AnsweredAlready(Conflict):
    """%(person)s has answered this alarm."""

    code = "alarm_answered"


class NotAnswered(Conflict):
    """Answer the alarm before you close it."""

    code = "alarm_not_answered"


class NoNote(Invalid):
    """Write down how the alarm ended."""

    code = "no_note"


class NoKey(Invalid):
    """The alarm needs a key of the telephone's own."""

    code = "no_key"


@journal.deed()
def raise_alarm(
    key: str,
    *,
    lon: float | None = None,
    lat: float | None = None,
    accuracy_m: float | None = None,
    pressed_at: datetime | None = None,
    by: User,
    now: datetime | None = None,
) -> Alarm:
    """Call for help; the same key again is the same alarm, and one that is open stays the one.

    Without a position the last one known counts. Degrees CGCS2000. Raises NotAllowed, NoKey.
    """
    now = now or datetime.now(UTC)
    scope = organisation.scope_of(by)
    organisation.require(scope, organisation.duties.PATROL)
    key = clean_line(key, max_length=64)
    if not key:
        raise NoKey
    known = Alarm.objects.filter(person=by, key=key).first()
    known = known or Alarm.objects.filter(person=by, closed_at__isnull=True).first()
    if known is not None:
        return known
    last = Whereabouts.objects.filter(person=by).first()
    if lon is None or lat is None:
        lon, lat, accuracy_m = (last.lon, last.lat, last.accuracy_m) if last else (None, None, None)
    pressed = min(pressed_at, now) if pressed_at and pressed_at < now + AHEAD else now
    alarm = Alarm.objects.create(
        person=by,
        key=key,
        area_path=_area_path(scope, by, lon, lat),
        raised_at=pressed,
        received_at=now,
        lon=lon,
        lat=lat,
        accuracy_m=accuracy_m,
    )
    raised = events.AlarmRaised(alarm.pk, (by.pk,))
    journal.publish(raised, by=by, area_path=alarm.area_path, at=now)
    _tell(alarm, 0, by=by, at=now)
    _wait(alarm, now)
    return alarm


@journal.deed()
def acknowledge_alarm(alarm: Alarm, *, by: User, now: datetime | None = None) -> Alarm:
    """Answer for an alarm: whoever pressed hears it. Raises NotAllowed, AnsweredAlready."""
    now = now or datetime.now(UTC)
    row = _locked(alarm, by)
    if row.state != AlarmState.OPEN:
        raise AnsweredAlready(person=row.acknowledged_by.name if row.acknowledged_by else "")
    row.state, row.acknowledged_by, row.acknowledged_at = AlarmState.ACKNOWLEDGED, by, now
    row.save(update_fields=["state", "acknowledged_by", "acknowledged_at"])
    told = events.AlarmAcknowledged(row.pk, (row.person_id, by.pk))
    journal.publish(told, by=by, area_path=row.area_path, at=now)
    return row


@journal.deed()
def close_alarm(alarm: Alarm, note: str, *, by: User, now: datetime | None = None) -> Alarm:
    """Say how it ended. Raises NotAllowed, NotAnswered, AlarmOver, NoNote."""
    now = now or datetime.now(UTC)
    row = _locked(alarm, by)
    if row.state == AlarmState.OPEN:
        raise NotAnswered
    note = clean_text(note, max_length=1000)
    if len(note) < 2:
        raise NoNote
    row.state, row.closed_by, row.closed_at, row.note = AlarmState.CLOSED, by, now, note
    row.save(update_fields=["state", "closed_by", "closed_at", "note"])
    digest = salted_digest(new_salt(), note)
    told = events.AlarmClosed(row.pk, (row.person_id,), digest)
    journal.publish(told, by=by, area_path=row.area_path, at=now)
    return row


def escalate_job(payload: dict[str, Any]) -> None:
    """Do the job that waits behind an unanswered alarm."""
    escalate(payload["alarm"])


@journal.deed()
def escalate(key: int, *, now: datetime | None = None) -> bool:
    """Pass an alarm upwards when nobody has answered; say whether it was."""
    now = now or datetime.now(UTC)
    row = (
        Alarm.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=key)
        .first()
    )
    if row is None or row.state != AlarmState.OPEN or row.level >= HIGHEST:
        return False
    row.level += 1
    row.save(update_fields=["level"])
    told = events.AlarmEscalated(row.pk, (row.person_id,), row.level)
    journal.publish(told, by=None, area_path=row.area_path, at=now)
    _tell(row, row.level, by=None, at=now)
    _wait(row, now)
    return True


def _locked(alarm: Alarm, by: User) -> Alarm:
    rows = Alarm.objects.select_for_update(of=("self",)).select_related("acknowledged_by", "person")
    row = rows.get(pk=alarm.pk)
    duty = organisation.duties.LEAD_PATROLS
    organisation.require(organisation.scope_of(by), duty, row.area_path)
    if row.state == AlarmState.CLOSED:
        raise AlarmOver
    return row


def _wait(alarm: Alarm, now: datetime) -> None:
    seconds = standing(timezone.localdate(now)).acknowledge_seconds
    journal.schedule(
        JOB,
        {"alarm": alarm.pk},
        due_at=now + timedelta(seconds=seconds),
        key=f"{JOB}:{alarm.pk}:{alarm.level}",
    )


def _tell(alarm: Alarm, level: int, *, by: User | None, at: datetime) -> None:
    """Tell the nearest who lead patrols there; each level goes one area further up."""
    posts = organisation.posts_over(alarm.area_path, organisation.duties.LEAD_PATROLS)
    paths = sorted({post.area_path for post in posts}, key=len, reverse=True)[: level + 1]
    people = {
        appointment
        for post in posts
        if post.area_path in paths
        for appointment in organisation.holders(post.role.code, post.body_id, alarm.area_path)
    }
    notices.tell(
        people - {alarm.person_id},
        kind="alarm_raised",
        message=gettext_noop("%(person)s calls for help"),
        params={"person": {"zh": alarm.person.name_zh, "en": alarm.person.name_en}},
        link=reverse("dispatch:alarm", args=[alarm.pk]),
        subject=f"alarm:{alarm.pk}",
        by=by,
        at=at,
    )


def _area_path(scope: organisation.Scope, by: User, lon: float | None, lat: float | None) -> str:
    located = geography.locate(lon, lat) if lon is not None and lat is not None else None
    if located is not None:
        return located.path
    stint = Stint.objects.filter(person=by, signed_off_at__isnull=True).first()
    return stint.area_path if stint else scope.whole.areas(organisation.duties.PATROL)[0]
