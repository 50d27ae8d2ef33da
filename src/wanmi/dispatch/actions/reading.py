"""Noting that somebody looked at another person's track."""

from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal

from .. import events
from ..models import Stint


def note_track_read(stint: Stint, *, by: User, at: datetime | None = None) -> None:
    """Write into the journal who looked; one's own track is nobody's business."""
    if stint.person_id != by.pk:
        told = events.TrackRead(stint.pk, stint.person_id)
        journal.publish(told, by=by, area_path=stint.area_path, at=at or datetime.now(UTC))
