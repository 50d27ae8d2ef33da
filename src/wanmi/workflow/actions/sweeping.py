"""The sweeper: finds clocks that have turned yellow or red, each exactly once.

A clock is taken by the UPDATE that marks it, so that several workers never
take the same one, and after a downtime the next sweep finds all that turned
meanwhile. Memory stays flat: one batch at a time.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import connection

from wanmi.journal import actions as journal

from .. import events

BATCH = 1000
SWEEP = "workflow.sweep"
EVERY_SECONDS = 20

_TAKE = """
UPDATE workflow_clock SET {mark} = %s{more}
 WHERE id IN (SELECT id FROM workflow_clock
               WHERE stopped_at IS NULL AND paused_at IS NULL AND {mark} IS NULL AND {due} <= %s
               ORDER BY {due} LIMIT %s{lock})
RETURNING id, stage, instance_id
"""


def sweep(now: datetime | None = None) -> int:
    """Turn every lamp that is due; return how many clocks turned."""
    now = now or datetime.now(UTC)
    red = _turn_all("red", mark="escalated_at", due="due_at", more=", is_overdue = TRUE", now=now)
    yellow = _turn_all("yellow", mark="warned_at", due="warn_at", more="", now=now)
    return red + yellow


def _turn_all(lamp: str, *, mark: str, due: str, more: str, now: datetime) -> int:
    turned = 0
    while True:
        taken = _turn_batch(lamp, mark, due, more, now)
        turned += taken
        if taken < BATCH:
            return turned


@journal.deed()
def _turn_batch(lamp: str, mark: str, due: str, more: str, now: datetime) -> int:
    lock = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    statement = _TAKE.format(mark=mark, due=due, more=more, lock=lock)
    with connection.cursor() as cursor:
        cursor.execute(statement, [now, now, BATCH])
        rows = cursor.fetchall()
        if not rows:
            return 0
        subjects = _subjects(cursor, {row[2] for row in rows})
    items = [[row[0], subjects[row[2]], row[1]] for row in rows]
    journal.publish(events.ClocksTurned(lamp, items), by=None, at=now)
    return len(rows)


def _subjects(cursor: Any, instances: set[int]) -> dict[int, str]:
    marks = ", ".join(["%s"] * len(instances))
    cursor.execute(
        f"SELECT id, subject FROM workflow_instance WHERE id IN ({marks})",  # noqa: S608  # marks only
        list(instances),
    )
    return dict(cursor.fetchall())


def _sweep_job(payload: dict[str, Any]) -> None:
    sweep()


journal.offer_job(SWEEP, _sweep_job, every_seconds=EVERY_SECONDS)
