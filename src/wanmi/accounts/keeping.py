"""Keeping accounts: locking, unlocking, giving a new password."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid

from . import events
from .models import Token, User


class LockedAlready(Conflict):
    """This account is locked already."""

    code = "account_locked_already"


class NotLocked(Conflict):
    """This account is not locked."""

    code = "account_not_locked"


@journal.deed()
def lock_account(user: User, *, by: journal.Actor) -> None:
    """Let nobody sign in with an account until it is unlocked; its tokens end at once."""
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise LockedAlready
    _end_tokens(user)
    journal.publish(events.AccountClosed(user.pk), by=by)


@journal.deed()
def unlock_account(user: User, *, by: journal.Actor) -> None:
    """Let a person sign in again, after locking or after too many wrong passwords."""
    row = User.objects.get(pk=user.pk)
    if row.is_active and not row.failed_attempts and row.locked_until is None:
        raise NotLocked
    fresh = {"is_active": True, "failed_attempts": 0, "locked_until": None}
    User.objects.filter(pk=user.pk).update(**fresh)
    journal.publish(events.AccountReopened(user.pk), by=by)


@journal.deed()
def reset_password(user: User, password: str, *, by: journal.Actor) -> None:
    """Give a new password; sessions and tokens of the account end. Raises Invalid if it is weak."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("; ".join(error.messages)) from error
    user.set_password(password)
    user.save(update_fields=["password"])
    _end_tokens(user)
    journal.publish(events.PasswordReset(user.pk), by=by)


def _end_tokens(user: User) -> None:
    Token.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=timezone.now())
