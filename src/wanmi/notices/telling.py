"""Putting sentences into inboxes: each once, or as a number that grows."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from wanmi.journal import actions as journal

from . import events
from .models import Notice
from .wording import Words, words_for


@journal.deed()
def tell(
    users: Iterable[int],
    *,
    kind: str,
    message: str,
    params: dict[str, Any] | None = None,
    link: str = "",
    subject: str = "",
    shown_from: datetime | None = None,
    by: journal.Actor = None,
    at: datetime | None = None,
) -> int:
    """Put a sentence into the inbox of some people; return how many were told.

    `message` is an English msgid of the calling room with `%(name)s` params; it
    is translated when shown. A param given as {"zh": …, "en": …} is shown in the
    reader's language. The same kind, subject and moment is told once. With
    `shown_from` (the end of somebody's quiet hours) it waits until then.
    """
    at = at or datetime.now(UTC)
    wanted = set(users)
    known = Notice.objects.filter(kind=kind, subject=subject, at=at, user_id__in=wanted)
    fresh = sorted(wanted - set(known.values_list("user_id", flat=True)))
    if not fresh:
        return 0
    told = {user: params or {} for user in fresh}
    same = {"kind": kind, "link": link, "subject": subject, "shown_from": shown_from, "at": at}
    return _put(told, message, by=by, **same)


@journal.deed()
def gather(
    counts: Mapping[int, Mapping[str, int]],
    *,
    kind: str,
    message: str,
    link: str = "",
    subject: str = "",
    shown_from: datetime | None = None,
    by: journal.Actor = None,
    at: datetime,
) -> int:
    """Tell people numbers, or add them to what the same kind, subject and moment told before.

    For what comes in many pieces but is one thing to know. Returns how many people
    have a new notice.
    """
    known = {
        row.user_id: row
        for row in Notice.objects.select_for_update().filter(
            kind=kind, subject=subject, at=at, user_id__in=list(counts)
        )
    }
    for user, row in known.items():
        more = {name: row.params.get(name, 0) + n for name, n in counts[user].items()}
        Notice.objects.filter(pk=row.pk).update(params=more, read_at=None)
    fresh = sorted(counts.keys() - known.keys())
    if not fresh:
        return 0
    told = {user: dict(counts[user]) for user in fresh}
    same = {"kind": kind, "link": link, "subject": subject, "shown_from": shown_from, "at": at}
    return _put(told, message, by=by, **same)


def _put(told: dict[int, dict[str, Any]], message: str, *, by: journal.Actor, **same: Any) -> int:
    """Put a sentence into inboxes, each with its own params; return how many."""
    words = words_for(message)
    rows = Notice.objects.bulk_create(
        Notice(user_id=user, message=message, words=words, params=params, **same)
        for user, params in told.items()
    )
    event = events.NoticeTold(rows[0].pk, tuple(told), same["kind"], same["subject"])
    journal.publish(event, by=by, at=same["at"])
    return len(rows)


@journal.deed()
def tell_words(user: int, words: Words, *, kind: str, link: str, at: datetime) -> None:
    """Tell one person given words in both languages: a wording tried before it holds."""
    row = Notice.objects.create(
        user_id=user, kind=kind, message="", words=words, link=link, subject=kind, at=at
    )
    journal.publish(events.NoticeTold(row.pk, (user,), kind, kind), by=None, at=at)
