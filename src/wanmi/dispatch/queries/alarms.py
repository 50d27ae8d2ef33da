"""Alarms: those that are open first."""

from django.db.models import Q, QuerySet

from wanmi.accounts.queries import User
from wanmi.organisation import queries as organisation

from ..models import Alarm
from .duty import SEE


def alarms(scope: organisation.Scope) -> QuerySet[Alarm]:
    """Return the alarms of the areas whose patrols a person sees, and their own, newest first."""
    seen = scope.whole.within(SEE) | Q(person_id=scope.user_id)
    rows = Alarm.objects.filter(seen).select_related("person", "acknowledged_by", "closed_by")
    return rows.order_by("-pk")


def open_alarms(scope: organisation.Scope) -> list[Alarm]:
    """Return the alarms that are not closed, those nobody has answered first."""
    rows = _open_alarms(scope)
    return sorted(rows, key=lambda row: (row.acknowledged_at is not None, row.raised_at))


def unanswered_alarms(scope: organisation.Scope) -> QuerySet[Alarm]:
    """Return the open alarms nobody has answered."""
    return _open_alarms(scope).filter(acknowledged_at__isnull=True)


def _open_alarms(scope: organisation.Scope) -> QuerySet[Alarm]:
    return alarms(scope).filter(scope.whole.within(SEE), closed_at__isnull=True)


def alarm_of(scope: organisation.Scope, key: int) -> Alarm | None:
    """Return an alarm a person may see."""
    return alarms(scope).filter(pk=key).first() if 0 < key < 2**63 else None


def open_alarm_of(person: User) -> Alarm | None:
    """Return the alarm somebody has open."""
    rows = Alarm.objects.select_related("acknowledged_by", "person")
    return rows.filter(person=person, closed_at__isnull=True).first()
