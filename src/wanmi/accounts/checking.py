"""Checking names and passwords: one answer for every failure, limits by account and by address."""

import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, Refused, TooOften

from . import events
from .models import User

log = logging.getLogger(__name__)


class WrongCredentials(Refused):
    """The name or the password is wrong."""

    code = "wrong_credentials"
    status = 401


class AccountIsLocked(Refused):
    """Too many wrong passwords; try again in %(minutes)d minutes."""

    code = "account_locked"
    status = 423


_known_to_all: dict[str, Callable[[], bool]] = {}


def distrust(password: str, *, unless: Callable[[], bool]) -> None:
    """Open nothing with a password everybody knows, except where `unless` says it is welcome."""
    _known_to_all[password] = unless


def check_credentials(
    username: str, password: str, *, address: str = "", now: datetime | None = None
) -> User:
    """Return the account these credentials open; count failures and lock after too many.

    `address` is where they come from; too many failures from there are refused
    before the password is looked at, whatever the names. Raises WrongCredentials,
    AccountIsLocked or TooOften. An unknown name costs the same time as a wrong
    password, so that names cannot be guessed by the clock. Never call it in a
    deed: its refusal would undo the counts.
    """
    now = now or datetime.now(UTC)
    limit = _limit_by_address()
    if address:
        _take(limit, address, now)
    user = _opened(username, password, now)
    if address:
        # Only failures count: a whole office may sign in from one address.
        limit.give_back(address)
    return user


def refuse_weak(password: str, user: User) -> None:
    """Raise Invalid for a password that is short, common, like the name, or known to everybody."""
    if _is_distrusted(password):
        raise Invalid("Everybody knows this password; choose another one.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("; ".join(error.messages)) from error


def _limit_by_address() -> journal.RateLimit:
    seconds = settings.SIGN_IN_LOCK_MINUTES * 60
    return journal.RateLimit("sign_in", settings.SIGN_IN_ADDRESS_ATTEMPTS, seconds)


def _take(limit: journal.RateLimit, address: str, now: datetime) -> None:
    try:
        limit.take(address, now=now.timestamp())
    except TooOften:
        log.warning("too many failed sign-ins from %s", address)
        raise


def _opened(username: str, password: str, now: datetime) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or _is_distrusted(password):
        _decoy().check_password(password)
        raise WrongCredentials
    _refuse_locked(user, now)
    if not user.check_password(password):
        _count_failure(user, now)
        raise WrongCredentials
    if user.failed_attempts:
        User.objects.filter(pk=user.pk).update(failed_attempts=0, locked_until=None)
    return user


def _is_distrusted(password: str) -> bool:
    welcome = _known_to_all.get(password)
    return welcome is not None and not welcome()


def _refuse_locked(user: User, now: datetime) -> None:
    if user.locked_until and user.locked_until > now:
        minutes = int((user.locked_until - now).total_seconds() // 60) + 1
        raise AccountIsLocked(minutes=minutes)


def _count_failure(user: User, now: datetime) -> None:
    # Its own transaction, never part of a deed: the refusal must not undo the count.
    User.objects.filter(pk=user.pk).update(failed_attempts=F("failed_attempts") + 1)
    user.refresh_from_db(fields=["failed_attempts"])
    if user.failed_attempts >= settings.SIGN_IN_ATTEMPTS:
        until = now + timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES)
        User.objects.filter(pk=user.pk).update(locked_until=until, failed_attempts=0)
        journal.publish(events.AccountLocked(user.pk), by=user, at=now)


@lru_cache(maxsize=1)
def _decoy() -> User:
    return User(username="", password=make_password(secrets.token_urlsafe(16)))
