"""Recording: events gathered while a deed is done, written last in its transaction."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import connection, transaction

from wanmi.kernel.remembered import forget_everything
from wanmi.shell.sending import do, run, together

from ..chain import GENESIS, entry_hash
from ..ear import CHANNEL
from ..events import Event


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
            # A swallowed inner failure would roll all of it back without a word.
            connection.validate_no_broken_transaction()
            if gathered:
                _append(gathered)
    finally:
        _pending.reset(mark)


def publish(event: Event, *, by: Actor, area_path: str = "", at: datetime | None = None) -> None:
    """Record that something happened, in the transaction of the deed around it."""
    pending = _Pending(event, actor_name(by), area_path, at or datetime.now(UTC))
    if event.unsettles:
        # Now for this deed, and again when others can see what it did.
        forget_everything()
        transaction.on_commit(forget_everything)
    gathered = _pending.get()
    if gathered is None:
        with transaction.atomic():
            _append([pending])
    else:
        gathered.append(pending)


def _append(gathered: list[_Pending]) -> None:
    number, previous = _take_head(len(gathered))
    values: list[Any] = []
    for pending in gathered:
        row = _row(pending, number, previous)
        values += row
        number, previous = number + 1, row[-1]
    with together():
        do(_ENTRIES + ", ".join([_PLACES] * len(gathered)), values)
        do(_LEAVE_TOLD if connection.vendor == "postgresql" else _LEAVE, [previous])


def _row(pending: _Pending, number: int, previous: bytes) -> list[Any]:
    """Return the columns of an entry, as the databases take them; its hash is the last."""
    event = pending.event
    # As every database gives it back: tuples are lists, 2.0 is 2, so that the hash fits.
    text = json.dumps(event.data(), allow_nan=False)
    data = json.loads(text, parse_float=_plain)
    head = (number, pending.at, event.kind(), event.subject(), pending.actor, pending.area_path)
    digest = entry_hash(previous, *head, data)
    at = connection.ops.adapt_datetimefield_value(pending.at)
    return [number, at, *head[2:], json.dumps(data), previous, digest]


def _plain(text: str) -> float | int:
    number = float(text)
    return int(number) if number.is_integer() else number


def _take_head(count: int) -> tuple[int, bytes]:
    """Reserve `count` numbers; return the first of them and the last hash."""
    rows = run(_ADVANCE, [count])
    if not rows:
        # An emptied database has no head row; whoever comes first enters it.
        do(_ENTER, [GENESIS])
        rows = run(_ADVANCE, [count])
    number, previous = rows[0]
    return number - count + 1, bytes(previous)


_ENTRIES = (
    "INSERT INTO journal_journalentry"
    " (number, at, kind, subject, actor, area_path, data, previous_hash, hash) VALUES "
)
_PLACES = "(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
_ADVANCE = "UPDATE journal_journalhead SET number = number + %s WHERE id = 1 RETURNING number, hash"
_LEAVE = "UPDATE journal_journalhead SET hash = %s WHERE id = 1"
# Whoever listens hears of it at the commit; in this statement it costs no way of its own.
_LEAVE_TOLD = f"{_LEAVE} RETURNING pg_notify('{CHANNEL}', '')"
_ENTER = (
    "INSERT INTO journal_journalhead (id, number, hash) VALUES (1, 0, %s) ON CONFLICT DO NOTHING"
)
