"""Planning who patrols which duty grid when."""

from datetime import UTC, datetime, timedelta

from wanmi.accounts.queries import User
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.organisation import queries as organisation

from .. import events
from ..models import Shift, Stint

LONGEST = timedelta(hours=24)


class NoDutyGrid(Invalid):
    """There is no duty grid %(code)s."""

    code = "no_duty_grid"


class NoShiftLength(Invalid):
    """A shift ends after it begins, within a day."""

    code = "wrong_shift_length"


class ShiftsOverlap(Conflict):
    """%(person)s has another shift in that time."""

    code = "shifts_overlap"


class NobodyToPatrol(Invalid):
    """%(person)s has no post that patrols this duty grid."""

    code = "may_not_patrol"


class ShiftBegun(Conflict):
    """Somebody has signed on for this shift; correct the attendance instead."""

    code = "shift_begun"


def duty_grid(code: str) -> geography.Area:
    """Return the duty grid with a code. Raises NoDutyGrid."""
    try:
        return geography.area(code, kind=geography.AreaKind.DUTY_GRID)
    except geography.NoSuchArea:
        raise NoDutyGrid(code=code) from None


@journal.deed()
def plan_shift(
    person: User,
    grid: geography.Area,
    begins_at: datetime,
    ends_at: datetime,
    *,
    by: User | str | None,
    at: datetime | None = None,
) -> Shift:
    """Plan that somebody patrols a duty grid between two aware moments.

    Raises NotAllowed, NoShiftLength, ShiftsOverlap, NobodyToPatrol.
    """
    at = at or datetime.now(UTC)
    duties = organisation.duties
    if isinstance(by, User):
        organisation.require(organisation.scope_of(by), duties.LEAD_PATROLS, grid.path)
    if not begins_at < ends_at <= begins_at + LONGEST:
        raise NoShiftLength
    if not organisation.scope_of(person).may(duties.PATROL, grid.path):
        raise NobodyToPatrol(person=person.name)
    others = Shift.objects.filter(person=person, withdrawn_at__isnull=True)
    if others.filter(begins_at__lt=ends_at, ends_at__gt=begins_at).exists():
        raise ShiftsOverlap(person=person.name)
    shift = Shift.objects.create(
        person=person,
        duty_grid=grid,
        area_path=grid.path,
        begins_at=begins_at,
        ends_at=ends_at,
        planned_by=by if isinstance(by, User) else None,
    )
    told = events.ShiftPlanned(
        shift.pk, person.pk, grid.code, begins_at.isoformat(), ends_at.isoformat()
    )
    journal.publish(told, by=by, area_path=grid.path, at=at)
    return shift


@journal.deed()
def withdraw_shift(shift: Shift, *, by: User, at: datetime | None = None) -> None:
    """Take a shift off the plan. Raises NotAllowed, ShiftBegun."""
    at = at or datetime.now(UTC)
    duties = organisation.duties
    organisation.require(organisation.scope_of(by), duties.LEAD_PATROLS, shift.area_path)
    if Stint.objects.filter(shift=shift).exists():
        raise ShiftBegun
    open_row = Shift.objects.filter(pk=shift.pk, withdrawn_at__isnull=True)
    if open_row.update(withdrawn_at=at):
        told = events.ShiftWithdrawn(shift.pk, shift.person_id)
        journal.publish(told, by=by, area_path=shift.area_path, at=at)
