"""Taking positions from telephones: whole batches, late, twice or in any order.

A batch costs five statements, however many positions it holds. The terminal's row is
written first: whoever sends twice at once waits there, so that nothing is kept twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid
from wanmi.organisation import queries as organisation
from wanmi.shell.sending import do, run

from .. import events
from ..models import TrackPart
from ..rules.packing import Flags, Positions, pack, unpack

MOST = 3000
"""Positions of one batch: more than eight hours at one in ten seconds."""
AHEAD = timedelta(minutes=5)
"""How far a telephone's clock may go ahead of ours."""


class ClockAhead(Invalid):
    """The telephone's clock is ahead of the city's; set it right and send again."""

    code = "clock_ahead"


class SpansTooLong(Invalid):
    """The positions of one batch lie too far apart; send them in several."""

    code = "batch_too_long"


@dataclass(frozen=True)
class Taken:
    """What became of a batch: kept, known already, or of a time nobody was on duty."""

    accepted: int
    repeated: int
    off_duty: int


@dataclass(frozen=True)
class _Window:
    """A time in which positions are taken: a stint, or an alarm."""

    stint: int | None
    alarm: int | None
    area_path: str
    begins_ms: int
    ends_ms: int

    def holds(self, positions: Positions) -> Flags:
        marked: Flags = (positions.at_ms >= self.begins_ms) & (positions.at_ms <= self.ends_ms)
        return marked


def take_positions(
    positions: Positions, *, device: str, by: User, at: datetime | None = None
) -> Taken:
    """Keep the positions of a person's telephone; the same sequence number is kept once.

    Only those of a time the person was on duty, or had an alarm open. Degrees CGCS2000.
    Raises ClockAhead, SpansTooLong, NotAllowed.
    """
    now = at or datetime.now(UTC)
    organisation.require(organisation.scope_of(by), organisation.duties.PATROL)
    _require_sane(positions, now)
    with journal.deed():
        terminal = _terminal(by.pk, device, now)
        windows = _windows(by.pk, positions)
        fresh = positions.where(~_known(terminal, positions))
        kept = _keep(terminal, windows, fresh, now)
        if kept:
            _note_whereabouts(by.pk, kept)
            _tell_alarms(kept, by)
    accepted = sum(len(part) for _, part in kept)
    repeated = len(positions) - len(fresh)
    return Taken(accepted, repeated, len(fresh) - accepted)


def _require_sane(positions: Positions, now: datetime) -> None:
    if int(positions.at_ms.max()) > _ms(now + AHEAD):
        raise ClockAhead
    for column in (positions.at_ms, positions.sequence):
        if int(column.max()) - int(column.min()) > 2**32 - 2:
            raise SpansTooLong


def _terminal(person: int, device: str, now: datetime) -> int:
    rows = run(_TERMINAL, [person, device, connection.ops.adapt_datetimefield_value(now)])
    return int(rows[0][0])


_TERMINAL = (
    "INSERT INTO dispatch_terminal (person_id, device, seen_at) VALUES (%s, %s, %s)"
    " ON CONFLICT (person_id, device) DO UPDATE SET seen_at = excluded.seen_at RETURNING id"
)


def _windows(person: int, positions: Positions) -> list[_Window]:
    first, last = (_moment(int(m)) for m in (positions.at_ms.min(), positions.at_ms.max()))
    rows = run(_WINDOWS, [person, last, first, person, last, first])
    return [_window(row) for row in rows]


_WINDOWS = (
    "SELECT id, 0, area_path, signed_on_at, signed_off_at FROM dispatch_stint"
    " WHERE person_id = %s AND signed_on_at <= %s"
    " AND (signed_off_at IS NULL OR signed_off_at >= %s)"
    " UNION ALL SELECT 0, id, area_path, raised_at, closed_at FROM dispatch_alarm"
    " WHERE person_id = %s AND raised_at <= %s AND (closed_at IS NULL OR closed_at >= %s)"
    " ORDER BY 1 DESC"
)


def _window(row: Sequence[Any]) -> _Window:
    stint, alarm, path, begins, ends = row
    end = _read_ms(ends) if ends else 2**62
    return _Window(stint or None, alarm or None, path, _read_ms(begins), end)


def _known(terminal: int, positions: Positions) -> Flags:
    """Mark the positions this terminal has sent before, and repetitions inside the batch."""
    first, last = int(positions.sequence.min()), int(positions.sequence.max())
    _, begins = np.unique(positions.sequence, return_index=True)
    repeated: Flags = np.ones(len(positions), dtype=bool)
    repeated[begins] = False
    for (data,) in run(_OVERLAPPING, [terminal, first, last]):
        repeated |= np.isin(positions.sequence, unpack(bytes(data)).sequence)
    return repeated


_OVERLAPPING = (
    "SELECT data FROM dispatch_trackpart"
    " WHERE terminal_id = %s AND last_sequence >= %s AND first_sequence <= %s"
)


def _keep(
    terminal: int, windows: list[_Window], positions: Positions, now: datetime
) -> list[tuple[_Window, Positions]]:
    """Enter the positions of each window; a stint's are not told again under an alarm."""
    kept, rest = [], positions
    for window in windows:
        marked = window.holds(rest)
        if not marked.any():
            continue
        kept.append((window, rest.where(marked)))
        rest = rest.where(~marked)
        if not len(rest):
            break
    journal.insert(*(_part(terminal, window, part) for window, part in kept), needs_keys=False)
    stints = [window.stint for window, _ in kept if window.stint]
    for stint in stints:
        do(_UNFOLDED, [connection.ops.adapt_datetimefield_value(now), stint])
    return kept


_UNFOLDED = "UPDATE dispatch_stint SET unfolded_since = %s WHERE id = %s AND unfolded_since IS NULL"


def _part(terminal: int, window: _Window, part: Positions) -> TrackPart:
    return TrackPart(
        terminal_id=terminal,
        stint_id=window.stint,
        alarm_id=window.alarm,
        first_sequence=int(part.sequence.min()),
        last_sequence=int(part.sequence.max()),
        begins_at=_at(int(part.at_ms.min())),
        ends_at=_at(int(part.at_ms.max())),
        count=len(part),
        data=pack(part),
    )


def _note_whereabouts(person: int, kept: list[tuple[_Window, Positions]]) -> None:
    """Remember the newest position, unless a newer one is known."""
    window, part = max(kept, key=lambda each: int(each[1].at_ms.max()))
    place = int(part.at_ms.argmax())
    lon, lat = float(part.lon[place]), float(part.lat[place])
    battery = int(part.battery[place])
    do(
        _WHEREABOUTS,
        [
            person,
            window.stint,
            _moment(int(part.at_ms[place])),
            lon,
            lat,
            _number(part.accuracy_m[place]),
            _number(part.speed_ms[place]),
            battery if battery >= 0 else None,
        ],
    )


_WHEREABOUTS = (
    "INSERT INTO dispatch_whereabouts AS w"
    " (person_id, stint_id, at, lon, lat, accuracy_m, speed_ms, battery)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (person_id) DO UPDATE SET stint_id = excluded.stint_id, at = excluded.at,"
    " lon = excluded.lon, lat = excluded.lat, accuracy_m = excluded.accuracy_m,"
    " speed_ms = excluded.speed_ms, battery = excluded.battery"
    " WHERE w.at < excluded.at"
)


def _tell_alarms(kept: list[tuple[_Window, Positions]], by: User) -> None:
    """Let the desk know at once that who called for help has moved."""
    rows = run(_OPEN_ALARMS, [by.pk])
    for alarm, path in rows:
        journal.publish(events.AlarmMoved(alarm, (by.pk,)), by=by, area_path=path)


_OPEN_ALARMS = "SELECT id, area_path FROM dispatch_alarm WHERE person_id = %s AND closed_at IS NULL"


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _moment(milliseconds: int) -> Any:
    return connection.ops.adapt_datetimefield_value(_at(milliseconds))


def _read_ms(stored: Any) -> int:
    """Return a moment as either database gives it, in milliseconds."""
    moment = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return _ms(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
