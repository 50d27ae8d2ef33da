"""What was walked: the positions of a stint or an alarm, and what stood out in them."""

from datetime import date

from django.db.models import QuerySet

from wanmi.organisation import queries as organisation

from ..models import Alarm, Lapse, Stint, TrackPart
from ..rules.packing import Positions, joined, unpack
from .duty import SEE


def track_of(stint: Stint) -> Positions:
    """Return the positions of a stint in the order of their moments; degrees CGCS2000."""
    rows = TrackPart.objects.filter(stint=stint).values_list("data", flat=True)
    return joined(unpack(bytes(data)) for data in rows)


def alarm_track(alarm: Alarm) -> Positions:
    """Return the positions of who called for help, from the alarm on."""
    rows = TrackPart.objects.filter(terminal__person=alarm.person_id, ends_at__gte=alarm.raised_at)
    if alarm.closed_at is not None:
        rows = rows.filter(begins_at__lte=alarm.closed_at)
    parts = rows.values_list("data", flat=True)
    whole = joined(unpack(bytes(data)) for data in parts)
    begin = round(alarm.raised_at.timestamp() * 1000)
    end = round(alarm.closed_at.timestamp() * 1000) if alarm.closed_at else 2**62
    return whole.where((whole.at_ms >= begin) & (whole.at_ms <= end))


def lapses(scope: organisation.Scope, first: date, last: date) -> QuerySet[Lapse]:
    """Return what stood out in the stints of some days, in the areas a person sees."""
    rows = Lapse.objects.filter(
        scope.within(SEE, "stint__area_path"), stint__day__gte=first, stint__day__lte=last
    )
    return rows.select_related("stint__person", "stint__duty_grid").order_by("-begins_at")
