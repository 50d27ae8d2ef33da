"""Keeping accounts: locking, unlocking, giving a new password."""

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict

from . import events
from .checking import refuse_weak
from .models import User
from .tokens import end_tokens


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
    end_tokens(user)
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
    refuse_weak(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    end_tokens(user)
    journal.publish(events.PasswordReset(user.pk), by=by)
