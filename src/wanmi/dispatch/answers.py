"""What the API answers, put together by hand."""

from datetime import datetime
from typing import Any

import numpy as np
from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.kernel.errors import Invalid

from . import queries, schemas
from .limits import Limits, standing
from .rules.packing import Floats, Positions


class ColumnsDiffer(Invalid):
    """The columns of a batch are of different lengths."""

    code = "columns_differ"


def positions(given: schemas.TracksIn) -> Positions:
    """Return the columns as positions. Raises ColumnsDiffer."""
    count = len(given.sequence)
    columns: list[Any] = [
        given.at,
        given.lon,
        given.lat,
        given.accuracy_m,
        given.speed_ms,
        given.battery,
    ]
    if any(column is not None and len(column) != count for column in columns):
        raise ColumnsDiffer
    battery = _floats(given.battery, count)
    return Positions(
        np.array(given.sequence, dtype=np.int64),
        np.array(given.at, dtype=np.int64),
        np.array(given.lon, dtype=np.float64),
        np.array(given.lat, dtype=np.float64),
        _floats(given.accuracy_m, count),
        _floats(given.speed_ms, count),
        np.where(np.isnan(battery), -1, battery).astype(np.int64),
    )


def _floats(column: Any, count: int) -> Floats:
    # None becomes NaN by itself.
    return np.full(count, np.nan) if column is None else np.array(column, dtype=np.float64)


def duty(person: User, now: datetime) -> dict[str, Any]:
    """Return where somebody stands."""
    found = queries.standing_of(person, now)
    open_alarm = queries.open_alarm_of(person)
    return {
        "now": now,
        "shift": shift(found.shift) if found.shift else None,
        "stint": stint(found.stint, found.on_break_since) if found.stint else None,
        "pace": pace(standing(timezone.localdate(now)), has_alarm=open_alarm is not None),
        "alarm": alarm(open_alarm) if open_alarm else None,
        "unread": queries.unread_of(person),
    }


def pace(limits: Limits, *, has_alarm: bool) -> dict[str, int]:
    """Return how often a telephone tells where it is; faster while its person calls for help."""
    if has_alarm:
        return {"moving_seconds": 5, "still_seconds": 5, "batch_seconds": 5}
    return {
        "moving_seconds": limits.moving_seconds,
        "still_seconds": limits.still_seconds,
        "batch_seconds": limits.batch_seconds,
    }


def shift(row: queries.Shift) -> dict[str, Any]:
    """Return a shift."""
    grid = row.duty_grid
    moments = {"begins_at": row.begins_at, "ends_at": row.ends_at}
    return {"id": row.pk, "duty_grid": grid.code, "name": grid.name, **moments}


def stint(row: queries.Stint, on_break_since: datetime | None = None) -> dict[str, Any]:
    """Return a stint."""
    grid = row.duty_grid
    return {
        "id": row.pk,
        "duty_grid": grid.code if grid else None,
        "name": grid.name if grid else "",
        "signed_on_at": row.signed_on_at,
        "signed_off_at": row.signed_off_at,
        "on_distance_m": row.on_distance_m,
        "off_distance_m": row.off_distance_m,
        "on_break_since": on_break_since,
    }


def alarm(row: queries.Alarm) -> dict[str, Any]:
    """Return an alarm."""
    return {
        "id": row.pk,
        "state": row.state,
        "raised_at": row.raised_at,
        "acknowledged_at": row.acknowledged_at,
        "acknowledged_by": row.acknowledged_by.name if row.acknowledged_by else "",
        "closed_at": row.closed_at,
        "level": row.level,
        "lon": row.lon,
        "lat": row.lat,
        "person": row.person.name,
    }


def callout(row: queries.Receipt) -> dict[str, Any]:
    """Return a call-out as the person who got it sees it."""
    said = row.callout
    return {
        "id": said.pk,
        "kind": said.kind,
        "words": said.words,
        "sent_at": said.sent_at,
        "sent_by": said.sent_by.name,
        "lon": said.lon,
        "lat": said.lat,
        "case": (said.case.number or "") if said.case else "",
        "read_at": row.read_at,
        "answer": row.answer,
    }


def sent(row: queries.Callout) -> dict[str, Any]:
    """Return a call-out as the desk sees it."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "words": row.words,
        "sent_at": row.sent_at,
        "receipts": [
            {
                "person": each.person.name,
                "read_at": each.read_at,
                "answer": each.answer,
                "answered_at": each.answered_at,
            }
            for each in queries.sent_receipts(row)
        ],
    }


def whereabouts(each: queries.OnDuty) -> dict[str, Any] | None:
    """Return where somebody on duty was last; None before their first position."""
    place = each.place
    if place is None:
        return None
    return {
        "person": each.stint.person.username,
        "name": each.stint.person.name,
        "lon": place.lon,
        "lat": place.lat,
        "at": place.at,
        "accuracy_m": place.accuracy_m,
        "speed_ms": place.speed_ms,
        "battery": place.battery,
        "stint": each.stint.pk,
    }
