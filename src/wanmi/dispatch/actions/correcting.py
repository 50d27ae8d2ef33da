"""A leader puts attendance right, with a reason that stays."""

from datetime import UTC, datetime

from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict, Invalid, NotAllowed
from wanmi.kernel.text import clean_line
from wanmi.organisation import queries as organisation

from .. import events
from ..models import Correction, Shift, Stint
from .duty import EndsBeforeItBegins


class NoReason(Invalid):
    """Say why the attendance is corrected."""

    code = "no_reason"


class StintsOverlap(Conflict):
    """The person was on duty otherwise in that time."""

    code = "stints_overlap"


class NotInThePast(Invalid):
    """Attendance can be corrected for what has been, not for what is to come."""

    code = "not_in_the_past"


@journal.deed()
def correct_stint(
    stint: Stint,
    signed_on_at: datetime,
    signed_off_at: datetime | None,
    reason: str,
    *,
    by: User,
    at: datetime | None = None,
) -> Correction:
    """Put the moments of a stint right. Nobody corrects their own.

    Raises NotAllowed, NoReason, NotInThePast, EndsBeforeItBegins, StintsOverlap.
    """
    at = at or datetime.now(UTC)
    row = Stint.objects.select_for_update().get(pk=stint.pk)
    _require(row.area_path, row.person_id, by)
    row_before = (row.signed_on_at, row.signed_off_at)
    reason = _checked(row, signed_on_at, signed_off_at, reason, at)
    row.signed_on_at, row.signed_off_at = signed_on_at, signed_off_at
    row.unfolded_since = row.unfolded_since or at
    row.save(update_fields=["signed_on_at", "signed_off_at", "unfolded_since"])
    return _note(row, row_before, reason, by=by, at=at)


@journal.deed()
def enter_stint(
    shift: Shift,
    signed_on_at: datetime,
    signed_off_at: datetime,
    reason: str,
    *,
    by: User,
    at: datetime | None = None,
) -> Stint:
    """Enter a stint by hand for a shift nobody signed on for: the telephone was broken.

    Raises as `correct_stint`.
    """
    at = at or datetime.now(UTC)
    _require(shift.area_path, shift.person_id, by)
    row = Stint(
        person_id=shift.person_id,
        shift=shift,
        duty_grid_id=shift.duty_grid_id,
        area_path=shift.area_path,
        day=timezone.localdate(shift.begins_at),
        signed_on_at=signed_on_at,
        signed_off_at=signed_off_at,
        is_entered=True,
    )
    reason = _checked(row, signed_on_at, signed_off_at, reason, at)
    row.save()
    _note(row, (None, None), reason, by=by, at=at)
    return row


def _require(area_path: str, person: int, by: User) -> None:
    duty = organisation.duties.LEAD_PATROLS
    organisation.require(organisation.scope_of(by), duty, area_path)
    if person == by.pk:
        raise NotAllowed("Nobody corrects their own attendance; ask your leader.")


def _checked(
    row: Stint, begins_at: datetime, ends_at: datetime | None, reason: str, at: datetime
) -> str:
    reason = clean_line(reason, max_length=300)
    if len(reason) < 2:
        raise NoReason
    if begins_at > at or (ends_at is not None and ends_at > at):
        raise NotInThePast
    if ends_at is not None and ends_at <= begins_at:
        raise EndsBeforeItBegins
    others = Stint.objects.filter(person_id=row.person_id).exclude(pk=row.pk)
    meanwhile = others.filter(signed_on_at__lt=ends_at or at)
    if meanwhile.exclude(signed_off_at__lte=begins_at).exists():
        raise StintsOverlap
    return reason


def _note(
    row: Stint,
    before: tuple[datetime | None, datetime | None],
    reason: str,
    *,
    by: User,
    at: datetime,
) -> Correction:
    kept = Correction.objects.create(
        stint=row,
        before_on=before[0],
        before_off=before[1],
        after_on=row.signed_on_at,
        after_off=row.signed_off_at,
        reason=reason,
        by=by,
        at=at,
    )
    digest = salted_digest(new_salt(), reason)
    told = events.StintCorrected(row.pk, row.person_id, digest)
    journal.publish(told, by=by, area_path=row.area_path, at=at)
    return kept
