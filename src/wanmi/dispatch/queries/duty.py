"""Who is on duty where, and how the plan was kept."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation

from ..limits import standing
from ..models import Break, Shift, Stint, Whereabouts
from ..rules.attendance import Attendance, Span, judge

SEE = organisation.duties.SEE_PATROLS
LEAD = organisation.duties.LEAD_PATROLS
MOST = 2000


@dataclass(frozen=True)
class OnDuty:
    """Somebody on duty, and where they were last; `place` is None before their first position."""

    stint: Stint
    place: Whereabouts | None
    on_break_since: datetime | None

    @property
    def person_id(self) -> int:
        """Return the key of whom it is about."""
        return self.stint.person_id


@dataclass(frozen=True)
class Duty:
    """Where somebody stands: their stint, and the shift it is for or that comes next."""

    shift: Shift | None
    stint: Stint | None
    on_break_since: datetime | None


def stints(scope: organisation.Scope) -> QuerySet[Stint]:
    """Return the stints of the areas whose patrols a person may see, and their own."""
    seen = scope.within(SEE) | Q(person_id=scope.user_id)
    return Stint.objects.filter(seen).select_related("person", "duty_grid", "shift")


def stint_of(scope: organisation.Scope, key: int) -> Stint | None:
    """Return a stint a person may see."""
    return stints(scope.whole).filter(pk=key).first() if 0 < key < 2**63 else None


def shifts(scope: organisation.Scope, first: date, last: date) -> QuerySet[Shift]:
    """Return the shifts that begin between two days of the city, of the areas a person sees."""
    begin, end = bounds(first, last)
    rows = Shift.objects.filter(
        scope.within(SEE), withdrawn_at__isnull=True, begins_at__gte=begin, begins_at__lt=end
    )
    return rows.select_related("person", "duty_grid").order_by("begins_at", "pk")


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moments between which some days of the city lie, the second excluded."""
    zone = timezone.get_current_timezone()
    begin = datetime(first.year, first.month, first.day, tzinfo=zone)
    after = last + timedelta(days=1)
    return begin, datetime(after.year, after.month, after.day, tzinfo=zone)


def on_duty(scope: organisation.Scope, *, within: str = "") -> list[OnDuty]:
    """Return who is on duty in the areas a person sees, with their last position; 3 queries.

    `within` narrows to the people whose last position lies in an area (its path).
    """
    rows = Stint.objects.filter(scope.within(SEE), signed_off_at__isnull=True)
    found = list(rows.select_related("person", "duty_grid", "shift").order_by("area_path")[:MOST])
    keys = [stint.pk for stint in found]
    places = {each.stint_id: each for each in Whereabouts.objects.filter(stint__in=keys)}
    resting = dict(
        Break.objects.filter(stint__in=keys, ends_at__isnull=True).values_list(
            "stint_id", "begins_at"
        )
    )
    everybody = [OnDuty(stint, places.get(stint.pk), resting.get(stint.pk)) for stint in found]
    return [each for each in everybody if _is_within(each, within)]


def _is_within(each: OnDuty, path: str) -> bool:
    if not path:
        return True
    if each.place is None:
        return each.stint.area_path.startswith(path)
    located = geography.locate(each.place.lon, each.place.lat)
    return located is not None and located.path.startswith(path)


def nearest(
    scope: organisation.Scope, lon: float, lat: float, *, limit: int = 10, now: datetime
) -> list[tuple[OnDuty, float]]:
    """Return who on duty is nearest to a point (degrees CGCS2000), with metres as the crow flies.

    Who has not been heard of for longer than the city calls a silence, and who rests, are last.
    """
    quiet = now - timedelta(minutes=standing(timezone.localdate(now)).silence_minutes)
    found = [
        (each, geography.distance_m(lon, lat, each.place.lon, each.place.lat))
        for each in on_duty(scope)
        if each.place is not None
    ]
    found.sort(key=lambda pair: (_is_unlikely(pair[0], quiet), pair[1]))
    return found[:limit]


def _is_unlikely(each: OnDuty, quiet: datetime) -> bool:
    return each.on_break_since is not None or each.place is None or each.place.at < quiet


def open_stint_of(person: User) -> Stint | None:
    """Return the stint somebody is on."""
    rows = Stint.objects.select_related("duty_grid", "shift__duty_grid")
    return rows.filter(person=person, signed_off_at__isnull=True).first()


def standing_of(person: User, now: datetime) -> Duty:
    """Return where somebody stands at a moment."""
    stint = open_stint_of(person)
    if stint is not None:
        rest = stint.breaks.filter(ends_at__isnull=True).first()
        return Duty(stint.shift, stint, rest.begins_at if rest else None)
    rows = Shift.objects.select_related("duty_grid").filter(
        person=person, withdrawn_at__isnull=True, ends_at__gt=now
    )
    return Duty(rows.order_by("begins_at").first(), None, None)


def attendance_of(found: Iterable[Shift], now: datetime) -> dict[int, Attendance]:
    """Return how each of some shifts was kept, by their keys; one query."""
    rows = list(found)
    served: dict[int, list[Span]] = defaultdict(list)
    for stint in Stint.objects.filter(shift__in=[row.pk for row in rows]):
        served[stint.shift_id or 0].append(Span(stint.signed_on_at, stint.signed_off_at))
    grace = timedelta(minutes=standing(timezone.localdate(now)).late_minutes)
    return {
        row.pk: judge(Span(row.begins_at, row.ends_at), served[row.pk], now, grace=grace)
        for row in rows
    }


def patrollers(scope: organisation.Scope) -> QuerySet[User]:
    """Return the people who may patrol in the areas somebody leads patrols of."""
    return organisation.people_with_duty(organisation.duties.PATROL, scope.whole.areas(LEAD))
