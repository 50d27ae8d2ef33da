"""Bearer tokens: given, recognised, taken back; only their digests are kept."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, NotFound
from wanmi.kernel.remembered import Remembered
from wanmi.kernel.text import clean_line
from wanmi.shell.statements import Statements

from . import events
from .checking import check_credentials
from .models import Token, User

LABEL_LENGTH = 80
USE_NOTED_EVERY = timedelta(minutes=5)
"""The last use is written down this often; every call would cost a write."""


class NoSuchToken(NotFound):
    """There is no such token, or it has ended already."""

    code = "no_such_token"


class UnnamedToken(Invalid):
    """Say what the token is for, so that you know it again."""

    code = "unnamed_token"


def give_token(
    username: str,
    password: str,
    *,
    label: str = "",
    address: str = "",
    now: datetime | None = None,
) -> str:
    """Return a new bearer token for these credentials; only its digest is kept."""
    now = now or datetime.now(UTC)
    # Outside the deed: its refusal would undo the count of wrong passwords.
    user = check_credentials(username, password, address=address, now=now)
    return _issue(user, label, now)


def make_token(user: User, *, label: str) -> str:
    """Return a new bearer token for who is signed in. Raises UnnamedToken."""
    named = clean_line(label, max_length=LABEL_LENGTH)
    if not named:
        raise UnnamedToken
    return _issue(user, named, datetime.now(UTC))


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
    now = now or datetime.now(UTC)
    digest = _digest(secret)
    moment = connection.ops.adapt_datetimefield_value(now)
    # Written out, since every API request asks it and the ORM costs ten times the answer.
    user = next(iter(_USERS.find_where(_BEARS_IT, [True, digest, moment])), None)
    if user is not None:
        slot = now.timestamp() // USE_NOTED_EVERY.total_seconds()
        _noted.get((digest, slot), lambda: _note_use(digest, now))
    return user


_USERS = Statements(User)
_BEARS_IT = (
    "is_active = %s AND id = (SELECT user_id FROM accounts_token"
    " WHERE digest = %s AND revoked_at IS NULL AND expires_at > %s)"
)
_noted: Remembered[tuple[str, float], None] = Remembered(
    fresh_seconds=USE_NOTED_EVERY.total_seconds()
)
"""Tokens whose use was looked at already in a stretch of time, by digest."""


@journal.deed()
def revoke_token(secret: str, *, by: User) -> None:
    """Take a token back; silently does nothing for one that is not the person's."""
    mine = Token.objects.filter(digest=_digest(secret), user=by, revoked_at__isnull=True)
    if mine.update(revoked_at=datetime.now(UTC)):
        journal.publish(events.TokenRevoked(by.pk), by=by)


@journal.deed()
def revoke_token_number(key: int, *, by: User) -> None:
    """Take one of the person's own tokens back by its number. Raises NoSuchToken."""
    mine = Token.objects.filter(pk=key, user=by, revoked_at__isnull=True)
    if not mine.update(revoked_at=datetime.now(UTC)):
        raise NoSuchToken
    journal.publish(events.TokenRevoked(by.pk), by=by)


@journal.deed()
def revoke_all_tokens(*, by: User) -> int:
    """Take all of the person's own tokens back; return how many there were."""
    ended = end_tokens(by)
    if ended:
        journal.publish(events.TokenRevoked(by.pk), by=by)
    return ended


def end_tokens(user: User) -> int:
    """End the tokens of an account, as part of a deed that tells of it; return how many."""
    living = Token.objects.filter(user=user, revoked_at__isnull=True)
    return living.update(revoked_at=datetime.now(UTC))


def _note_use(digest: str, now: datetime) -> None:
    """Write the last use down, unless it was lately."""
    never, stale = Q(last_used_at=None), Q(last_used_at__lt=now - USE_NOTED_EVERY)
    # In a transaction, so that on SQLite it waits at the writers' gate like everybody.
    with transaction.atomic():
        Token.objects.filter(never | stale, digest=digest).update(last_used_at=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
