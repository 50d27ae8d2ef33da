"""Calling back: asked for with a moment, done or not reached."""

from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_line

from .. import events
from ..models import Call, Callback


class CalledBackAlready(Conflict):
    """Somebody has called back already."""

    code = "called_back"


@journal.deed()
def ask_callback(
    call: Call, due_at: datetime, note: str = "", *, by: User | None, at: datetime | None = None
) -> Callback:
    """Ask that a caller is called back by a moment. Raises Invalid of a withheld number."""
    if not call.phone:
        raise Invalid("This caller's number is not known.")
    row = Callback.objects.create(
        call=call, due_at=due_at, note=clean_line(note, max_length=300), asked_by=by
    )
    event = events.CallbackAsked(row.pk, call.pk)
    journal.publish(event, by=by, area_path=call.area_path, at=at)
    return row


@journal.deed()
def call_back(
    row: Callback, was_reached: bool, *, by: User, at: datetime | None = None
) -> Callback:
    """Say that somebody was called back, or was not reached. Raises CalledBackAlready."""
    at = at or datetime.now(UTC)
    row = Callback.objects.select_for_update(of=("self",)).select_related("call").get(pk=row.pk)
    if row.done_at is not None:
        raise CalledBackAlready
    row.done_at, row.done_by, row.was_reached = at, by, was_reached
    row.save(update_fields=["done_at", "done_by", "was_reached"])
    event = events.CallbackDone(row.pk, was_reached)
    journal.publish(event, by=by, area_path=row.call.area_path, at=at)
    return row
