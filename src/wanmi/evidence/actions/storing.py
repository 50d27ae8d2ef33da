"""Storing: the row of a received file, and its event."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

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
    said: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Media:
    """Enter a received file as a medium of its sender.

    `said` is what the device says of its making; it stands beside the file's own claims.
    """
    at = at or datetime.now(UTC)
    salt, plain = new_salt(), plain_name(name)
    claims = {**received.claims, "terminal": dict(said)} if said else received.claims
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
        claims=claims,
        salt=salt,
        uploaded_by=by,
        uploaded_at=at,
    )
    about = salted_digest(salt, plain, json.dumps(claims, sort_keys=True))
    event = events.MediaStored(
        media.pk, received.sha256, received.size_bytes, received.content_type, about
    )
    journal.publish(event, by=by, at=at)
    return media


def plain_name(name: str) -> str:
    """Return the last part of a file's name without what cannot be stored."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-160:]
