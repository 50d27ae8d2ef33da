"""Listening: each listener reads the journal on from where it stands.

A listener that fails leaves the entry to a retried job and goes on, so that
one bad event does not hold up the rest.
"""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from ..events import Entry, Listener, listeners
from ..models import JournalEntry, JournalHead, ListenerPosition
from .jobs import offer_job, schedule

log = logging.getLogger(__name__)

BATCH = 200
LEASE = timedelta(minutes=2)
RETRY = "journal.hear_again"


def hear_news() -> int:
    """Let every listener hear one batch; return how many entries were passed."""
    return sum(_advance(listener) for listener in listeners())


def _advance(listener: Listener) -> int:
    """Lead one listener over the next batch, with its position moved in the same transaction."""
    head = JournalHead.objects.values_list("number", flat=True).first() or 0
    position = ListenerPosition.objects.filter(name=listener.name).first()
    if position is not None and position.number >= head:
        return 0
    ListenerPosition.objects.get_or_create(name=listener.name)
    with transaction.atomic():
        mine = ListenerPosition.objects.select_for_update(skip_locked=False)
        start = mine.get(name=listener.name).number
        end = min(head, start + BATCH)
        rows = JournalEntry.objects.filter(number__gt=start, number__lte=end)
        for row in rows.filter(kind__in=listener.kinds).order_by("number"):
            _hear(listener, _entry(row))
        ListenerPosition.objects.filter(name=listener.name).update(number=end)
    return end - start


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
    listener = next(each for each in listeners() if each.name == payload["listener"])
    listener.hear(_entry(JournalEntry.objects.get(number=payload["number"])))


def _entry(row: JournalEntry) -> Entry:
    return Entry(
        row.number, row.at, row.kind, row.subject, row.actor, row.area_path, dict(row.data)
    )


offer_job(RETRY, _hear_again)
