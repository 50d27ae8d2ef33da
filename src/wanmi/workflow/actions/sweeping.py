"""The sweeper: finds clocks whose moment has come, each exactly once.

A clock is taken by the UPDATE that marks it, so that several workers never
take the same one. However long a downtime was, a clock is taken once and told
as it stands then: yellow, red, or late (red before, and a later step of
escalation is due). Memory stays flat: one batch at a time.
"""

from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from wanmi.journal import actions as journal

from .. import events

BATCH = 2000
SWEEP = "workflow.sweep"
EVERY_SECONDS = 20

_TAKE = """
UPDATE workflow_clock
   SET turn_at = CASE WHEN due_at > {now} THEN due_at END,
       warned_at = COALESCE(warned_at, {now}),
       escalated_at = CASE WHEN due_at <= {now} THEN COALESCE(escalated_at, {now}) END,
       is_overdue = due_at <= {now}
 WHERE id IN (SELECT id FROM workflow_clock
               WHERE turn_at <= {now} AND stopped_at IS NULL AND paused_at IS NULL
               ORDER BY turn_at LIMIT {batch}{lock})
RETURNING id,
  (SELECT subject FROM workflow_instance WHERE workflow_instance.id = instance_id),
  CASE WHEN due_at > {now} THEN 'yellow' WHEN escalated_at = {now} THEN 'red' ELSE 'late' END
"""


def sweep(now: datetime | None = None) -> int:
    """Turn every lamp that is due; return how many clocks turned."""
    now = now or datetime.now(UTC)
    turned = 0
    while True:
        taken = _turn_batch(now, is_large=turned > 0)
        turned += taken
        if taken < BATCH:
            return turned


@journal.deed()
def _turn_batch(now: datetime, *, is_large: bool) -> int:
    rows = _take(now)
    rows.sort(key=itemgetter(2, 0))
    for lamp, batch in groupby(rows, key=itemgetter(2)):
        clocks, subjects, _ = zip(*batch, strict=True)
        large = is_large or len(rows) == BATCH
        event = events.ClocksTurned(lamp, list(clocks), list(subjects), large)
        journal.publish(event, by=None, at=now)
    return len(rows)


def _take(now: datetime) -> list[tuple[Any, ...]]:
    lock = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    moment = connection.ops.adapt_datetimefield_value(now)
    names = {"now": "%(now)s", "batch": "%(batch)s", "lock": lock}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(**names), {"now": moment, "batch": BATCH})
        return list(cursor.fetchall())


def _sweep_job(payload: dict[str, Any]) -> None:
    sweep()


journal.offer_job(SWEEP, _sweep_job, every_seconds=EVERY_SECONDS)
