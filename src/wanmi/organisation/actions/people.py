"""Appointing and dismissing people, and keeping the accounts of those in one's area."""

from datetime import UTC, date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from wanmi.accounts import actions as accounts
from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, NotAllowed
from wanmi.kernel.text import clean_line

from .. import events
from ..duties import EDIT_PEOPLE
from ..models import Appointment, Post
from ..scope import Scope


class AlreadyAppointed(Conflict):
    """This person already holds this post."""

    code = "already_appointed"


class AlreadyDismissed(Conflict):
    """This appointment has ended already."""

    code = "already_dismissed"


class LastKeeper(Conflict):
    """Nobody else looks after people; appoint somebody first."""

    code = "last_keeper_of_people"


class NotYourself(Conflict):
    """Ask somebody else: nobody locks their own account or takes their own post away."""

    code = "not_yourself"


class OutOfYourHands(NotAllowed):
    """This person also holds a post outside your area; only who looks after all of them may."""

    code = "out_of_your_hands"


@journal.deed()
def appoint(
    user_id: int, post: Post, *, from_date: date | None = None, by: journal.Actor = None
) -> Appointment:
    """Appoint a person to a post from a date on (today)."""
    if Appointment.objects.filter(user_id=user_id, post=post, valid_to__isnull=True).exists():
        raise AlreadyAppointed
    appointment = Appointment.objects.create(
        user_id=user_id, post=post, valid_from=from_date or datetime.now(UTC).date()
    )
    journal.publish(events.Appointed(post.pk, user_id), by=by, area_path=post.area_path)
    return appointment


@journal.deed()
def dismiss(appointment: Appointment, *, on: date, by: journal.Actor = None) -> None:
    """End an appointment on a date, which is its last day.

    Raises AlreadyDismissed, NotYourself, LastKeeper.
    """
    if getattr(by, "pk", None) == appointment.user_id:
        raise NotYourself
    open_rows = Appointment.objects.filter(pk=appointment.pk, valid_to__isnull=True)
    # An appointment never ends before it began.
    if not open_rows.update(valid_to=max(on, appointment.valid_from)):
        raise AlreadyDismissed
    if EDIT_PEOPLE in appointment.post.role.duties:
        require_a_keeper()
    journal.publish(
        events.Dismissed(appointment.post_id, appointment.user_id),
        by=by,
        area_path=appointment.post.area_path,
    )


@journal.deed()
def hire(
    username: str,
    post: Post,
    *,
    password: str,
    name_zh: str,
    name_en: str = "",
    by: journal.Actor = None,
) -> Appointment:
    """Open an account for a person and appoint them. Raises NameTaken, Invalid."""
    user = accounts.open_account(
        clean_line(username, max_length=60),
        password=password,
        name_zh=clean_line(name_zh, max_length=60),
        name_en=clean_line(name_en, max_length=60),
        by=by,
    )
    return appoint(user.pk, post, by=by)


@journal.deed()
def lock(user: User, *, scope: Scope, by: journal.Actor) -> None:
    """Lock the account of somebody whose posts all lie in the keeper's area."""
    if user.pk == scope.user_id:
        raise NotYourself
    require_in_hand(user, scope)
    accounts.lock_account(user, by=by)
    require_a_keeper()


@journal.deed()
def unlock(user: User, *, scope: Scope, by: journal.Actor) -> None:
    """Unlock the account of somebody whose posts all lie in the keeper's area."""
    require_in_hand(user, scope)
    accounts.unlock_account(user, by=by)


@journal.deed()
def reset_password(user: User, password: str, *, scope: Scope, by: journal.Actor) -> None:
    """Give a new password to somebody whose posts all lie in the keeper's area."""
    require_in_hand(user, scope)
    accounts.reset_password(user, password, by=by)


def require_in_hand(user: User, scope: Scope) -> None:
    """Refuse to touch an account that also opens doors outside the keeper's area.

    A district's administrator must not become the city's by resetting a password.
    """
    today = _holding_on(timezone.localdate()).filter(user_id=user.pk)
    held = list(today.values_list("post__area_path", flat=True))
    allowed = all(scope.may(EDIT_PEOPLE, path) for path in held) if held else scope.may(EDIT_PEOPLE)
    if not allowed:
        raise OutOfYourHands if scope.may(EDIT_PEOPLE) else NotAllowed


def require_a_keeper() -> None:
    """Refuse a deed after which nobody could look after people tomorrow."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    rows = _holding_on(tomorrow).filter(user__is_active=True)
    if not any(EDIT_PEOPLE in held for held in rows.values_list("post__role__duties", flat=True)):
        raise LastKeeper


def _holding_on(day: date) -> QuerySet[Appointment]:
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return Appointment.objects.filter(
        lasting, valid_from__lte=day, post__is_active=True, post__body__is_active=True
    )
