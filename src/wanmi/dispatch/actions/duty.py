"""Going on and off duty, and pausing: with the place, and how far outside the grid it lies."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.organisation import queries as organisation

from .. import events
from ..limits import standing
from ..models import Break, Shift, Stint, TrackPart
from .tracking import AHEAD, ClockAhead

EARLY = timedelta(hours=2)
"""How long before its shift somebody may sign on for it."""
OLDEST = timedelta(days=3)
"""How late a telephone without signal may still bring what was done."""
LONGEST = timedelta(hours=16)
"""A stint without a shift that nobody ended is ended after so long."""


class OnDutyAlready(Conflict):
    """You are on duty already; sign off first."""

    code = "on_duty_already"


class NotOnDuty(Conflict):
    """You are not on duty; sign on first."""

    code = "not_on_duty"


class OutsideTheGrid(Invalid):
    """You are %(metres)d metres outside the duty grid; sign on inside it."""

    code = "outside_duty_grid"


class MomentTooOld(Invalid):
    """This was too long ago to be brought in now; ask your leader to correct the attendance."""

    code = "moment_too_old"


class EndsBeforeItBegins(Invalid):
    """This would end before it began."""

    code = "ends_before_it_begins"


@dataclass(frozen=True)
class At:
    """Where and when somebody did something; degrees CGCS2000, metres."""

    lon: float
    lat: float
    accuracy_m: float | None = None
    at: datetime | None = None


@journal.deed()
def sign_on(place: At, *, by: User, now: datetime | None = None) -> Stint:
    """Go on duty, for the shift of this time where there is one.

    A telephone without signal brings the moment it was done. Raises OnDutyAlready,
    OutsideTheGrid (where the city refuses it), ClockAhead, MomentTooOld, NotAllowed.
    """
    now = now or datetime.now(UTC)
    at = _moment(place.at, now)
    scope = organisation.scope_of(by)
    organisation.require(scope, organisation.duties.PATROL)
    if Stint.objects.filter(person=by, signed_off_at__isnull=True).exists():
        raise OnDutyAlready
    if Stint.objects.filter(person=by, signed_off_at__gt=at).exists():
        raise EndsBeforeItBegins
    shift = shift_for(by, at)
    outside = _outside(shift.duty_grid if shift else None, place)
    limits = standing(timezone.localdate(at))
    if outside is not None and outside > limits.outside_m and limits.refuse_outside:
        raise OutsideTheGrid(metres=outside)
    stint = Stint.objects.create(
        person=by,
        shift=shift,
        duty_grid=shift.duty_grid if shift else None,
        area_path=shift.area_path if shift else _area_path(scope, place),
        day=timezone.localdate(shift.begins_at if shift else at),
        signed_on_at=at,
        on_lon=place.lon,
        on_lat=place.lat,
        on_distance_m=outside,
        unfolded_since=now,
    )
    told = events.SignedOn(stint.pk, by.pk, outside)
    journal.publish(told, by=by, area_path=stint.area_path, at=now)
    return stint


@journal.deed()
def sign_off(place: At | None, *, by: User, now: datetime | None = None) -> Stint:
    """Go off duty; a break that is open ends with it. Raises NotOnDuty, EndsBeforeItBegins."""
    now = now or datetime.now(UTC)
    at = _moment(place.at if place else None, now)
    stint = _open(by)
    if at < stint.signed_on_at:
        raise EndsBeforeItBegins
    if place is not None:
        stint.off_lon, stint.off_lat = place.lon, place.lat
        stint.off_distance_m = _outside(stint.duty_grid, place)
    _end(stint, at, by=by, now=now)
    return stint


@journal.deed()
def begin_break(*, at: datetime | None = None, by: User, now: datetime | None = None) -> Break:
    """Begin a pause; one that is open already stays. Raises NotOnDuty."""
    now = now or datetime.now(UTC)
    stint = _open(by)
    known = stint.breaks.filter(ends_at__isnull=True).first()
    if known is not None:
        return known
    row = Break.objects.create(stint=stint, begins_at=max(_moment(at, now), stint.signed_on_at))
    told = events.BreakBegun(stint.pk, by.pk)
    journal.publish(told, by=by, area_path=stint.area_path, at=now)
    return row


@journal.deed()
def end_break(*, at: datetime | None = None, by: User, now: datetime | None = None) -> None:
    """End the pause; without one nothing happens. Raises NotOnDuty."""
    now = now or datetime.now(UTC)
    stint = _open(by)
    row = stint.breaks.filter(ends_at__isnull=True).first()
    if row is None:
        return
    row.ends_at = max(_moment(at, now), row.begins_at)
    row.save(update_fields=["ends_at"])
    told = events.BreakEnded(stint.pk, by.pk)
    journal.publish(told, by=by, area_path=stint.area_path, at=now)


def end_forgotten(*, now: datetime | None = None) -> int:
    """Sign off who forgot to: nobody is followed once their duty is over. Return how many.

    The stint ends with its shift, or with the last position after that.
    """
    now = now or datetime.now(UTC)
    waits = timedelta(minutes=standing(timezone.localdate(now)).forgotten_minutes)
    rows = Stint.objects.select_related("shift", "person").filter(signed_off_at__isnull=True)
    done = 0
    for stint in rows:
        over = stint.shift.ends_at if stint.shift else stint.signed_on_at + LONGEST
        if now >= over + (waits if stint.shift else timedelta()):
            latest = TrackPart.objects.filter(stint=stint).aggregate(Max("ends_at"))["ends_at__max"]
            with journal.deed():
                _end(stint, max(over, stint.signed_on_at, latest or over), by=None, now=now)
            done += 1
    return done


def shift_for(person: User, at: datetime) -> Shift | None:
    """Return the shift somebody signs on for at a moment: the first that is not over."""
    rows = Shift.objects.select_related("duty_grid").filter(
        person=person, withdrawn_at__isnull=True, begins_at__lte=at + EARLY, ends_at__gt=at
    )
    return rows.order_by("begins_at").first()


def _end(stint: Stint, at: datetime, *, by: User | None, now: datetime) -> None:
    stint.signed_off_at = at
    stint.unfolded_since = stint.unfolded_since or now
    fields = ["off_lon", "off_lat", "off_distance_m", "signed_off_at", "unfolded_since"]
    stint.save(update_fields=fields)
    for row in stint.breaks.filter(ends_at__isnull=True):
        row.ends_at = max(at, row.begins_at)
        row.save(update_fields=["ends_at"])
    told = events.SignedOff(stint.pk, stint.person_id, stint.off_distance_m)
    journal.publish(told, by=by, area_path=stint.area_path, at=now)


def _open(person: User) -> Stint:
    rows = Stint.objects.select_for_update(of=("self",)).filter(
        person=person, signed_off_at__isnull=True
    )
    stint = rows.select_related("duty_grid").first()
    if stint is None:
        raise NotOnDuty
    return stint


def _moment(given: datetime | None, now: datetime) -> datetime:
    if given is None:
        return now
    if given > now + AHEAD:
        raise ClockAhead
    if given < now - OLDEST:
        raise MomentTooOld
    return min(given, now)


def _outside(duty_grid: geography.Area | None, place: At) -> int | None:
    reach = geography.reach_of(duty_grid) if duty_grid else None
    return round(float(reach.outside_m([place.lon], [place.lat])[0])) if reach else None


def _area_path(scope: organisation.Scope, place: At) -> str:
    """Return where who has no shift is on duty: where they stand, else their post's area."""
    located = geography.locate(place.lon, place.lat)
    mine = scope.whole.areas(organisation.duties.PATROL)
    if located and located.path.startswith(mine):
        return located.path
    return mine[0]
