"""Ending a procedure by order: void and forced closing leave the drawing where it stands."""

from datetime import datetime

from wanmi.journal import actions as journal

from .. import clocks, events
from ..models import Adjustment, AdjustmentState, Instance, Task
from .beside import drop_beside


@journal.deed()
def break_off(instance: Instance, end: str, *, by: journal.Actor, at: datetime) -> Instance:
    """End an instance: withdraw its open tasks, stop its clocks, drop waiting requests."""
    drop_beside(Task.objects.filter(instance=instance), at)
    clocks.stop(clocks.running(instance).values(), at)
    Adjustment.objects.filter(instance=instance, state=AdjustmentState.PENDING).update(
        state=AdjustmentState.WITHDRAWN, settled_at=at
    )
    instance.ended_at, instance.end = at, end
    instance.version += 1
    instance.save(update_fields=["ended_at", "end", "version"])
    event = events.Broken(instance.subject, end)
    journal.publish(event, by=by, area_path=instance.area_path, at=at)
    return instance
