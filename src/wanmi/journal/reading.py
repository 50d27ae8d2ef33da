"""Which entries a reader asks for: filters and the area they may look at."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from wanmi.kernel.errors import Invalid

from .models import JournalEntry

DUTY = "journal.see"
"""The duty that opens the journal; its constant stands in a higher room."""


class UnusableDay(Invalid):
    """A day is written as 2026-11-21."""

    code = "unusable_day"


@dataclass(frozen=True)
class Wanted:
    """Filters; empty ones do not apply. Days are days of the city, both included."""

    subject: str = ""
    kind: str = ""
    actor: str = ""
    since: str = ""
    until: str = ""


def entries(scope: Any, wanted: Wanted) -> QuerySet[JournalEntry]:
    """Return the entries within the reader's area that fit, in no order yet.

    `scope` is the reader's (organisation), which this lower room only asks.
    """
    rows = JournalEntry.objects.filter(scope.within(DUTY))
    for field in ("subject", "kind", "actor"):
        if value := getattr(wanted, field):
            rows = rows.filter(**{field: value})
    if wanted.since:
        rows = rows.filter(at__gte=_moment(wanted.since, time.min))
    if wanted.until:
        rows = rows.filter(at__lte=_moment(wanted.until, time.max))
    return rows


def _moment(day: str, clock: time) -> datetime:
    try:
        found = parse_date(day)
    except ValueError as error:
        raise UnusableDay from error
    if found is None:
        raise UnusableDay
    return timezone.make_aware(datetime.combine(found, clock))
