"""Forgetting positions: they are personal data, kept only as long as the city decided."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from ..limits import standing
from ..models import TrackPart, Whereabouts

MOST_AT_ONCE = 5000


def forget_positions(*, now: datetime | None = None) -> int:
    """Delete the positions older than the city keeps them; return how many parts went.

    Visits, lapses and attendance stay: they hold no position but a lapse's one.
    """
    now = now or datetime.now(UTC)
    days = standing(timezone.localdate(now)).keep_days
    before = now - timedelta(days=days)
    old = TrackPart.objects.filter(ends_at__lt=before).order_by("ends_at")
    gone, _ = TrackPart.objects.filter(
        pk__in=list(old.values_list("pk", flat=True)[:MOST_AT_ONCE])
    ).delete()
    Whereabouts.objects.filter(at__lt=before).delete()
    return gone
