"""Naming a deputy for a post for a time (授权), and taking that back."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid, NotAllowed
from wanmi.kernel.text import clean_line

from .. import deputies, duties, events
from ..models import Appointment, Deputy
from ..scope import Scope

LONGEST_DAYS: Final = 366
"""A deputy for longer than a year is no deputy: appoint somebody."""


class NobodyNear(Invalid):
    """Choose a colleague of the same body, the one above or one below it."""

    code = "no_colleague"


class UnusableDays(Invalid):
    """Name a first and a last day, not past, at most %(days)d days."""

    code = "unusable_days"


class NothingHandedOver(Invalid):
    """Choose what is handed over; this post must work tasks."""

    code = "nothing_handed_over"


class HandedOverAlready(Conflict):
    """Somebody else stands in for these tasks in that time; withdraw that first."""

    code = "handed_over_already"


class DeputyOver(Conflict):
    """This has ended or was withdrawn already."""

    code = "deputy_over"


@journal.deed()
def name_deputy(
    appointment: Appointment,
    user: User,
    works: Collection[str],
    *,
    first: date,
    last: date,
    note: str = "",
    scope: Scope,
    by: User,
    at: datetime | None = None,
) -> Deputy:
    """Let somebody work kinds of task of a post in its holder's place, both days included.

    Raises NotAllowed, NobodyNear, UnusableDays, NothingHandedOver, HandedOverAlready.
    """
    at = at or datetime.now(UTC)
    if not deputies.may_name(scope, appointment):
        raise NotAllowed
    today = timezone.localdate(at)
    if not max(today, first) <= last <= first + timedelta(days=LONGEST_DAYS - 1):
        raise UnusableDays(days=LONGEST_DAYS)
    wanted = [work for work in deputies.WORKS if work in works]
    if not wanted or duties.WORK_TASKS not in appointment.post.role.duties:
        raise NothingHandedOver
    if not deputies.candidates(appointment).filter(user=user).exists():
        raise NobodyNear
    # One row of the post at a time, so that two cannot be named at the same moment.
    held = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if held.valid_to is not None and held.valid_to < first:
        raise UnusableDays(days=LONGEST_DAYS)
    others = deputies.lasting().filter(appointment=held, valid_from__lte=last, valid_to__gte=first)
    if any(set(row.works) & set(wanted) for row in others):
        raise HandedOverAlready
    row = Deputy.objects.create(
        appointment=held,
        user=user,
        works=wanted,
        note=clean_line(note, max_length=200),
        valid_from=first,
        valid_to=last,
        named_by=by,
        named_at=at,
    )
    named = events.DeputyNamed(
        held.post_id, row.pk, held.user_id, user.pk, first.isoformat(), last.isoformat(), wanted
    )
    journal.publish(named, by=by, area_path=appointment.post.area_path, at=at)
    return row


@journal.deed()
def withdraw_deputy(row: Deputy, *, scope: Scope, by: User, at: datetime | None = None) -> None:
    """End a deputy now; what they did stands. Raises NotAllowed, DeputyOver."""
    at = at or datetime.now(UTC)
    if not deputies.may_name(scope, row.appointment) and row.user_id != scope.user_id:
        raise NotAllowed
    lasting = Deputy.objects.filter(
        pk=row.pk, withdrawn_at__isnull=True, valid_to__gte=timezone.localdate(at)
    )
    if not lasting.update(withdrawn_at=at, withdrawn_by=by):
        raise DeputyOver
    post = row.appointment.post
    event = events.DeputyWithdrawn(post.pk, row.pk, row.appointment.user_id, row.user_id)
    journal.publish(event, by=by, area_path=post.area_path, at=at)
