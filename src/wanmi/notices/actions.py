"""Telling people, and marking what they have read; letters; who hears of what on live pages."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from wanmi.accounts import queries as accounts
from wanmi.journal import actions as journal

from . import events
from .letters import (
    Channel,
    Undeliverable,
    UnknownChannel,
    has_channel,
    knows_channel,
    offer_channel,
    post_letter,
    send_again,
)
from .live.hearing import let_hear
from .models import Letter, Notice

__all__ = [
    "Channel",
    "Letter",
    "Undeliverable",
    "UnknownChannel",
    "has_channel",
    "knows_channel",
    "let_hear",
    "mark_all_read",
    "mark_read",
    "offer_channel",
    "post_letter",
    "send_again",
    "tell",
]


@journal.deed()
def tell(
    users: Iterable[int],
    *,
    kind: str,
    message: str,
    params: dict[str, Any] | None = None,
    link: str = "",
    subject: str = "",
    by: journal.Actor = None,
    at: datetime | None = None,
) -> int:
    """Put a sentence into the inbox of some people; return how many were told.

    `message` is an English msgid of the calling room with `%(name)s` params; it
    is translated when shown. A param given as {"zh": …, "en": …} is shown in the
    reader's language. The same kind, subject and moment is told once.
    """
    at = at or datetime.now(UTC)
    wanted = set(users)
    known = Notice.objects.filter(kind=kind, subject=subject, at=at, user_id__in=wanted)
    fresh = sorted(wanted - set(known.values_list("user_id", flat=True)))
    if not fresh:
        return 0
    rows = Notice.objects.bulk_create(
        Notice(
            user_id=user,
            kind=kind,
            message=message,
            params=params or {},
            link=link,
            subject=subject,
            at=at,
        )
        for user in fresh
    )
    event = events.NoticeTold(rows[0].pk, tuple(fresh), kind, subject)
    journal.publish(event, by=by, at=at)
    return len(fresh)


def mark_read(key: int, *, by: accounts.User, at: datetime | None = None) -> Notice | None:
    """Mark one of a person's own notices as read; None if it is not theirs."""
    notice = Notice.objects.filter(pk=key, user=by).first()
    if notice is not None and notice.read_at is None:
        notice.read_at = at or datetime.now(UTC)
        Notice.objects.filter(pk=key, read_at__isnull=True).update(read_at=notice.read_at)
    return notice


def mark_all_read(*, by: accounts.User, at: datetime | None = None) -> int:
    """Mark all of a person's notices as read; return how many were not."""
    unread = Notice.objects.filter(user=by, read_at__isnull=True)
    return unread.update(read_at=at or datetime.now(UTC))
