"""Listening: each listener reads the journal on from where it stands.

A listener that fails leaves the entry to a retried job and goes on, so that
one bad event does not hold up the rest.
"""

import logging
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from django.db import connection, transaction

from ..events import Entry, Listener, listeners
from ..models import JournalEntry, ListenerPosition
from ..queries import head_number
from .jobs import offer_job, schedule

log = logging.getLogger(__name__)

BATCH = 200
BATCH_SECONDS = 0.1
RETRY = "journal.hear_again"


def hear_news() -> int:
    """Let every listener hear one batch; return how many entries were passed.

    Any number of workers may call it at once: a listener's row is locked while
    it hears, and where it stands moves in the transaction of what it did.
    """
    head = head_number()
    standing = dict(ListenerPosition.objects.values_list("name", "number"))
    behind = [each for each in listeners() if standing.get(each.name, -1) < head]
    return sum(_advance(listener, head) for listener in behind)


def _advance(listener: Listener, head: int) -> int:
    """Lead one listener over the next batch; nothing where another worker leads it just now."""
    ListenerPosition.objects.bulk_create(
        [ListenerPosition(name=listener.name)], ignore_conflicts=True
    )
    with transaction.atomic():
        rows = ListenerPosition.objects.filter(name=listener.name)
        # SQLite has no row locks; there the transaction itself keeps others out.
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        position = rows.first()
        if position is None or position.number >= head:
            return 0
        end = _hear_batch(listener, position.number, head)
        ListenerPosition.objects.filter(name=listener.name).update(number=end)
    return end - position.number


def _hear_batch(listener: Listener, start: int, head: int) -> int:
    """Hear what lies behind a number; return how far that went.

    Ends early, since on SQLite everybody else waits for this transaction.
    """
    ends = monotonic() + BATCH_SECONDS
    rows = JournalEntry.objects.filter(number__gt=start, number__lte=head, kind__in=listener.kinds)
    batch = list(rows.order_by("number")[:BATCH])
    for row in batch:
        _hear(listener, _entry(row))
        if monotonic() > ends:
            return row.number
    return batch[-1].number if len(batch) == BATCH else head


def _hear(listener: Listener, entry: Entry) -> None:
    try:
        with transaction.atomic():
            listener.hear(entry)
    except Exception:
        log.exception("%s could not hear entry %s; it will try again", listener.name, entry.number)
        schedule(
            RETRY,
            {"listener": listener.name, "number": entry.number},
            due_at=datetime.now(UTC) + timedelta(seconds=15),
            key=f"{listener.name}/{entry.number}",
        )


def _hear_again(payload: dict[str, Any]) -> None:
    listener = next((each for each in listeners() if each.name == payload["listener"]), None)
    if listener is None:
        # A later version may have dropped the listener; there is nobody left to hear.
        return
    listener.hear(_entry(JournalEntry.objects.get(number=payload["number"])))


def _entry(row: JournalEntry) -> Entry:
    return Entry(
        row.number, row.at, row.kind, row.subject, row.actor, row.area_path, dict(row.data)
    )


offer_job(RETRY, _hear_again)
