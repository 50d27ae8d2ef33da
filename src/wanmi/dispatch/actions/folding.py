"""Folding positions into visits and lapses: a stint is always folded whole.

Positions come late and in any order; what is worked out from all of a stint's positions is
the same whichever way they came. A day of one person takes about twenty milliseconds.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from wanmi.geography import queries as geography
from wanmi.journal import actions as journal

from .. import events
from ..limits import Limits, standing
from ..models import Break, Lapse, LapseKind, Stint, TrackPart, Visit
from ..queries.tracks import track_of
from ..rules import motion
from ..rules.packing import Floats, Positions

JOB = "dispatch.fold"
EVERY_SECONDS = 60
MOST_AT_ONCE = 500
GAP_MS = 300_000
"""Between positions further apart nobody knows where somebody was."""


def schedule_folds() -> int:
    """Ask for the fold of each stint with new positions, one job each; return how many."""
    waiting = Stint.objects.filter(unfolded_since__isnull=False)
    keys = list(waiting.order_by("unfolded_since").values_list("pk", flat=True)[:MOST_AT_ONCE])
    for key in keys:
        journal.schedule(JOB, {"stint": key}, key=f"{JOB}:{key}")
    return len(keys)


def fold_job(payload: dict[str, Any]) -> None:
    """Do the job of one stint."""
    stint = Stint.objects.filter(pk=payload["stint"]).first()
    if stint is not None:
        fold(stint)


@journal.deed()
def fold(stint: Stint, *, now: datetime | None = None) -> None:
    """Work out a stint's visits, lapses and figures anew from all its positions."""
    now = now or datetime.now(UTC)
    row = Stint.objects.select_for_update(of=("self",)).select_related("duty_grid").get(pk=stint.pk)
    limits = standing(row.day)
    is_open = row.signed_off_at is None
    # While somebody is out, silence is found by the clock: the stint is looked at again.
    row.unfolded_since = None
    positions = track_of(row)
    pauses = _pauses(row, now)
    usable = motion.usable(positions, accuracy_m=limits.accuracy_m, pauses=pauses)
    outside = _outside(row, usable)
    east, north = motion.flat(usable.lon, usable.lat)
    row.positions = len(positions)
    row.walked_m = motion.walked_m(usable.at_ms, east, north)
    row.inside_s = motion.inside_seconds(
        usable.at_ms, outside, tolerance_m=limits.outside_m, gap_ms=GAP_MS
    )
    row.save(update_fields=["unfolded_since", "positions", "walked_m", "inside_s"])
    _keep_visits(row, usable)
    found = _lapses(row, usable, outside, (east, north), pauses, limits, now)
    _keep_lapses(row, usable, found, outside, is_open, now)


def look_for_silence(*, now: datetime | None = None) -> int:
    """Mark open stints that have not been heard of for a while, so that they are folded."""
    now = now or datetime.now(UTC)
    limit = timedelta(minutes=standing(timezone.localdate(now)).silence_minutes)
    rows = Stint.objects.filter(signed_off_at__isnull=True, unfolded_since__isnull=True)
    quiet = rows.filter(signed_on_at__lt=now - limit).exclude(
        pk__in=TrackPart.objects.filter(ends_at__gte=now - limit, stint__isnull=False).values(
            "stint"
        )
    )
    told = Lapse.objects.filter(kind=LapseKind.SILENCE, ends_at__isnull=True).values("stint")
    resting = Break.objects.filter(ends_at__isnull=True).values("stint")
    return quiet.exclude(pk__in=told).exclude(pk__in=resting).update(unfolded_since=now)


def _pauses(row: Stint, now: datetime) -> list[motion.Pause]:
    return [
        (_ms(each.begins_at), _ms(each.ends_at or now)) for each in row.breaks.order_by("begins_at")
    ]


def _outside(row: Stint, positions: Positions) -> Floats:
    reach = geography.reach_of(row.duty_grid, on=row.day) if row.duty_grid else None
    if reach is None or not len(positions):
        return np.zeros(len(positions))
    return reach.outside_m(positions.lon, positions.lat)


def _keep_visits(row: Stint, positions: Positions) -> None:
    located = geography.locate_many(positions.lon, positions.lat, on=row.day)
    found = motion.visits(positions.at_ms, located.ids[: len(positions)], gap_ms=GAP_MS)
    Visit.objects.filter(stint=row).delete()
    columns = (found.grid, found.seconds, found.positions, found.first_ms, found.latest_ms)
    Visit.objects.bulk_create(
        Visit(
            stint=row,
            person_id=row.person_id,
            day=row.day,
            grid_id=grid,
            seconds=seconds,
            positions=count,
            first_at=_at(first),
            latest_at=_at(latest),
        )
        for grid, seconds, count, first, latest in zip(
            *(column.tolist() for column in columns), strict=True
        )
    )


def _lapses(
    row: Stint,
    positions: Positions,
    outside: Floats,
    flat: tuple[Floats, Floats],
    pauses: list[motion.Pause],
    limits: Limits,
    now: datetime,
) -> list[tuple[str, motion.Stretch]]:
    times = positions.at_ms
    stays = motion.stays(
        times, *flat, radius_m=limits.stay_radius_m, seconds=limits.stay_minutes * 60
    )
    leaves = motion.leaves(
        times, outside, tolerance_m=limits.outside_m, seconds=limits.leave_minutes * 60
    )
    silences: list[motion.Stretch] = []
    if not row.is_entered:
        end = _ms(row.signed_off_at or now)
        silences = motion.silences(
            times,
            _ms(row.signed_on_at),
            end,
            seconds=limits.silence_minutes * 60,
            pauses=pauses,
        )
    return [
        *((LapseKind.STAY, each) for each in stays),
        *((LapseKind.LEAVE, each) for each in leaves),
        *((LapseKind.SILENCE, each) for each in silences),
    ]


def _keep_lapses(
    row: Stint,
    positions: Positions,
    found: list[tuple[str, motion.Stretch]],
    outside: Floats,
    is_open: bool,
    now: datetime,
) -> None:
    known = {(each.kind, each.begins_at): each for each in Lapse.objects.filter(stint=row)}
    latest = int(positions.at_ms[-1]) if len(positions) else _ms(row.signed_on_at)
    for kind, stretch in found:
        lapse = known.pop((kind, _at(stretch.begins_ms)), None)
        is_new = lapse is None
        lapse = lapse or Lapse(stint=row, kind=kind, begins_at=_at(stretch.begins_ms))
        lasts = is_open and stretch.ends_ms >= latest
        lapse.ends_at = None if lasts else _at(stretch.ends_ms)
        lapse.seconds = stretch.seconds
        place = min(stretch.first, len(positions) - 1)
        has_place = place >= 0
        lapse.lon = float(positions.lon[place]) if has_place else row.on_lon or 0.0
        lapse.lat = float(positions.lat[place]) if has_place else row.on_lat or 0.0
        if kind == LapseKind.LEAVE:
            lapse.distance_m = round(float(outside[stretch.first : stretch.last + 1].max()))
        lapse.save()
        if is_new:
            told = events.LapseFound(row.pk, row.person_id, kind, stretch.seconds)
            journal.publish(told, by=None, area_path=row.area_path, at=now)
    for gone in known.values():
        gone.delete()


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
