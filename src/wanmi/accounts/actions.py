"""Opening accounts, checking passwords with lock-out, giving and reading tokens."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid, Refused

from . import events
from .keeping import LockedAlready, NotLocked, lock_account, reset_password, unlock_account
from .models import Token, User

__all__ = [
    "AccountIsLocked",
    "LockedAlready",
    "NameTaken",
    "NewAccount",
    "NotLocked",
    "WrongCredentials",
    "bearer",
    "check_credentials",
    "distrust",
    "give_token",
    "lock_account",
    "note_sign_in",
    "open_account",
    "open_accounts",
    "reset_password",
    "revoke_token",
    "unlock_account",
]


class WrongCredentials(Refused):
    """The name or the password is wrong."""

    code = "wrong_credentials"
    status = 401


class AccountIsLocked(Refused):
    """Too many wrong passwords; try again in %(minutes)d minutes."""

    code = "account_locked"
    status = 423


class NameTaken(Conflict):
    """Somebody already signs in with this name."""

    code = "name_taken"


@journal.deed()
def open_account(
    username: str,
    *,
    password: str,
    name_zh: str,
    name_en: str = "",
    phone: str = "",
    email: str = "",
    by: journal.Actor = None,
    check_password: bool = True,
) -> User:
    """Open an account. Raises NameTaken, or Invalid for a weak password."""
    if User.objects.filter(username=username).exists():
        raise NameTaken
    user = User(username=username, name_zh=name_zh, name_en=name_en, phone=phone, email=email)
    if check_password:
        _refuse_weak(password, user)
    user.set_password(password)
    user.save()
    journal.publish(events.AccountOpened(user.pk), by=by)
    return user


@dataclass(frozen=True)
class NewAccount:
    """An account to be opened together with others."""

    username: str
    name_zh: str
    name_en: str = ""


@journal.deed()
def open_accounts(
    news: Sequence[NewAccount], *, password: str, by: journal.Actor = None
) -> list[User]:
    """Open many accounts at once with one first password, all or none. Raises NameTaken.

    They share the salt as well, which tells nobody more than that they share the password:
    hashing it once for each would take minutes for the staff of a city.
    """
    names = [new.username for new in news]
    if len(set(names)) < len(names) or User.objects.filter(username__in=names).exists():
        raise NameTaken
    hashed = make_password(password)
    rows = [
        User(username=new.username, password=hashed, name_zh=new.name_zh, name_en=new.name_en)
        for new in news
    ]
    users = User.objects.bulk_create(rows)
    for user in users:
        journal.publish(events.AccountOpened(user.pk), by=by)
    return users


_known_to_all: dict[str, Callable[[], bool]] = {}


def distrust(password: str, *, unless: Callable[[], bool]) -> None:
    """Open nothing with a password everybody knows, except where `unless` says it is welcome."""
    _known_to_all[password] = unless


def _is_distrusted(password: str) -> bool:
    welcome = _known_to_all.get(password)
    return welcome is not None and not welcome()


def check_credentials(username: str, password: str, *, now: datetime | None = None) -> User:
    """Return the account these credentials open; count failures and lock after too many.

    Raises WrongCredentials or AccountIsLocked. An unknown name costs the same
    time as a wrong password, so that names cannot be guessed by the clock.
    """
    now = now or datetime.now(UTC)
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


def give_token(
    username: str, password: str, *, label: str = "", now: datetime | None = None
) -> str:
    """Return a new bearer token for these credentials; only its digest is kept."""
    now = now or datetime.now(UTC)
    # Outside the deed: its refusal would undo the count of wrong passwords.
    return _issue(check_credentials(username, password, now=now), label, now)


@journal.deed()
def _issue(user: User, label: str, now: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    Token.objects.create(
        digest=_digest(secret),
        user=user,
        label=label,
        created_at=now,
        expires_at=now + timedelta(days=settings.TOKEN_DAYS),
    )
    journal.publish(events.TokenGiven(user.pk), by=user, at=now)
    return secret


def bearer(secret: str, *, now: datetime | None = None) -> User | None:
    """Return whose valid token this is, None for an unknown, expired or revoked one."""
    moment = connection.ops.adapt_datetimefield_value(now or datetime.now(UTC))
    # Written out, since every API request asks it and the ORM costs ten times the answer.
    rows = User.objects.raw(
        "SELECT u.* FROM accounts_user u JOIN accounts_token t ON t.user_id = u.id"
        " WHERE t.digest = %s AND t.revoked_at IS NULL AND t.expires_at > %s AND u.is_active",
        [_digest(secret), moment],
    )
    return next(iter(rows), None)


@journal.deed()
def revoke_token(secret: str, *, by: User) -> None:
    """Take a token back; silently does nothing for one that is not the person's."""
    mine = Token.objects.filter(digest=_digest(secret), user=by, revoked_at__isnull=True)
    if mine.update(revoked_at=datetime.now(UTC)):
        journal.publish(events.TokenRevoked(by.pk), by=by)


def note_sign_in(user: User) -> None:
    """Record that a person signed in on a page."""
    journal.publish(events.SignedIn(user.pk, by="page"), by=user)


def _refuse_weak(password: str, user: User) -> None:
    if _is_distrusted(password):
        raise Invalid("Everybody knows this password; choose another one.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid("; ".join(error.messages)) from error


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


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@lru_cache(maxsize=1)
def _decoy() -> User:
    return User(username="", password=make_password(secrets.token_urlsafe(16)))
