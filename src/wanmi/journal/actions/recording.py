"""Recording: events gathered while a deed is done, written last in its transaction."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import connection, transaction

from ..chain import GENESIS, entry_hash
from ..events import Event
from ..models import JournalEntry


class Person(Protocol):
    """Whoever has a primary key: an account."""

    pk: Any


Actor = Person | str | None
"""A person's account, a named source such as "import" or "public", or None for the system."""


@dataclass(frozen=True)
class _Pending:
    event: Event
    actor: str
    area_path: str
    at: datetime


_pending: ContextVar[list[_Pending] | None] = ContextVar("pending_events", default=None)


def actor_name(by: Actor) -> str:
    """Return how the journal names an actor; no personal data."""
    if by is None:
        return "system"
    return by if isinstance(by, str) else f"user:{by.pk}"


@contextmanager
def deed() -> Iterator[None]:
    """Do everything inside in one transaction, its events written at the end.

    The journal's head row is locked by whoever appends, so appending comes
    last. A deed inside a deed joins it: if it fails, all of it is undone.
    Usable as a decorator.
    """
    if _pending.get() is not None:
        with transaction.atomic(savepoint=False):
            yield
        return
    gathered: list[_Pending] = []
    mark = _pending.set(gathered)
    try:
        with transaction.atomic():
            yield
            if gathered:
                _append(gathered)
    finally:
        _pending.reset(mark)


def publish(event: Event, *, by: Actor, area_path: str = "", at: datetime | None = None) -> None:
    """Record that something happened, in the transaction of the deed around it."""
    pending = _Pending(event, actor_name(by), area_path, at or datetime.now(UTC))
    gathered = _pending.get()
    if gathered is None:
        with transaction.atomic():
            _append([pending])
    else:
        gathered.append(pending)


def _append(gathered: list[_Pending]) -> None:
    number, previous = _take_head(len(gathered))
    rows = []
    for pending in gathered:
        row = _entry(pending, number, previous)
        rows.append(row)
        number, previous = number + 1, bytes(row.hash)
    JournalEntry.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_journalhead SET hash = %s WHERE id = 1", [previous])


def _entry(pending: _Pending, number: int, previous: bytes) -> JournalEntry:
    event = pending.event
    row = (number, pending.at, event.kind(), event.subject(), pending.actor, pending.area_path)
    # As every database gives it back: tuples are lists, 2.0 is 2, so that the hash fits.
    data = json.loads(json.dumps(event.data(), allow_nan=False), parse_float=_plain)
    return JournalEntry(
        number=number,
        at=pending.at,
        kind=row[2],
        subject=row[3],
        actor=pending.actor,
        area_path=pending.area_path,
        data=data,
        previous_hash=previous,
        hash=entry_hash(previous, *row, data),
    )


def _plain(text: str) -> float | int:
    number = float(text)
    return int(number) if number.is_integer() else number


def _take_head(count: int) -> tuple[int, bytes]:
    """Reserve `count` numbers; return the first of them and the last hash."""
    with connection.cursor() as cursor:
        cursor.execute(_ADVANCE, [count])
        row = cursor.fetchone()
        if row is None:
            # An emptied database has no head row; whoever comes first enters it.
            cursor.execute(_ENTER, [GENESIS])
            cursor.execute(_ADVANCE, [count])
            row = cursor.fetchone()
    number, previous = row
    return number - count + 1, bytes(previous)


_ADVANCE = "UPDATE journal_journalhead SET number = number + %s WHERE id = 1 RETURNING number, hash"
_ENTER = (
    "INSERT INTO journal_journalhead (id, number, hash) VALUES (1, 0, %s) ON CONFLICT DO NOTHING"
)
