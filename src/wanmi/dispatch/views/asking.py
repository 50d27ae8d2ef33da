"""What every view of the room asks of a request."""

from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from wanmi.kernel.errors import Invalid, NotFound
from wanmi.organisation.queries import scope_in

from .. import queries

LONGEST = timedelta(days=366)


def day_of(request: HttpRequest, name: str, default: date) -> date:
    """Return a day the address asks for; anything that is none means the default."""
    return _day(request.GET.get(name, "")) or default


def period_of(request: HttpRequest, *, days: int) -> tuple[date, date]:
    """Return the first and last day asked for: the last few days where none are."""
    last = day_of(request, "to", timezone.localdate())
    first = day_of(request, "from", last - timedelta(days=days - 1))
    return max(min(first, last), last - LONGEST), last


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None


def moment_of(request: HttpRequest, name: str) -> datetime | None:
    """Return a sent local moment (YYYY-MM-DDTHH:MM), None of an empty one. Raises Invalid."""
    text = request.POST.get(name, "")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid("Give day and time.") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=timezone.get_current_timezone())
    if not 2000 <= found.year < 2100:
        raise Invalid("Give day and time.")
    return found.astimezone(UTC)


def stint_in(request: HttpRequest, key: int) -> queries.Stint:
    """Return a stint the reader may see. Raises NotFound."""
    stint = queries.stint_of(scope_in(request), key)
    if stint is None:
        raise NotFound
    return stint


def alarm_in(request: HttpRequest, key: int) -> queries.Alarm:
    """Return an alarm the reader may see. Raises NotFound."""
    alarm = queries.alarm_of(scope_in(request), key)
    if alarm is None:
        raise NotFound
    return alarm
