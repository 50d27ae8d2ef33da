"""What may be done: give a program a key, take it back."""

import hashlib
import secrets
from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_line

from . import events
from .models import ClientKey

HINT = 6


class NameTaken(Conflict):
    """A program of this name holds a key; take that one back first."""

    code = "client_name_taken"


def digest_of(key: str) -> str:
    """Return what is kept of a key; it is random, so no slow hash is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


@journal.deed()
def issue_key(
    name: str, *, contact: str = "", by: User, at: datetime | None = None
) -> tuple[ClientKey, str]:
    """Give a program a key; return its row and the key itself, which is shown just once.

    Raises NameTaken, UnusableText, Invalid without a name.
    """
    at = at or datetime.now(UTC)
    name = clean_line(name, max_length=80)
    if not name:
        raise Invalid("Name the program or its owner.")
    if ClientKey.objects.filter(name=name, revoked_at__isnull=True).exists():
        raise NameTaken
    key = secrets.token_urlsafe(30)
    row = ClientKey.objects.create(
        name=name,
        contact=clean_line(contact, max_length=254),
        digest=digest_of(key),
        hint=key[:HINT],
        created_by=by,
        created_at=at,
    )
    journal.publish(events.ClientKeyIssued(row.pk, row.hint), by=by, at=at)
    return row, key


@journal.deed()
def revoke_key(row: ClientKey, *, by: User, at: datetime | None = None) -> None:
    """Take a key back; a second time changes nothing."""
    at = at or datetime.now(UTC)
    held = ClientKey.objects.filter(pk=row.pk, revoked_at__isnull=True)
    if held.update(revoked_at=at):
        journal.publish(events.ClientKeyRevoked(row.pk, row.hint), by=by, at=at)
