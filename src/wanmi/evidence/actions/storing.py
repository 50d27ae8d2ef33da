"""Storing: the row of a received file, and its event."""

import json
from datetime import UTC, datetime

from wanmi.accounts import queries as accounts
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest

from .. import events
from ..models import Media
from .receiving import Readable, Received, receive


def store(
    file: Readable, *, by: accounts.User | None, name: str = "", at: datetime | None = None
) -> Media:
    """Receive a file and record it; `name` is what the sender calls it.

    Call it outside a transaction where you can: hashing and decoding come first.
    """
    return record(receive(file), by=by, name=name, at=at)


@journal.deed()
def record(
    received: Received,
    *,
    by: accounts.User | None,
    name: str = "",
    at: datetime | None = None,
) -> Media:
    """Enter a received file as a medium of its sender."""
    at = at or datetime.now(UTC)
    salt, plain = new_salt(), _plain_name(name)
    media = Media.objects.create(
        sha256=received.sha256,
        size_bytes=received.size_bytes,
        content_type=received.content_type,
        name=plain,
        width=received.width,
        height=received.height,
        original=received.original,
        display=received.display,
        thumbnail=received.thumbnail,
        claims=received.claims,
        salt=salt,
        uploaded_by=by,
        uploaded_at=at,
    )
    about = salted_digest(salt, plain, json.dumps(received.claims, sort_keys=True))
    event = events.MediaStored(
        media.pk, received.sha256, received.size_bytes, received.content_type, about
    )
    journal.publish(event, by=by, at=at)
    return media


def _plain_name(name: str) -> str:
    """Return the last part of a file's name without what cannot be stored."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-160:]
