"""Rebuilding the engine's state from what was done."""

from typing import Any

from wanmi.journal import actions as journal

from .. import engine
from ..models import Instance, InstanceMove, Task, TaskState


@journal.deed()
def rebuild_state(instance: Instance) -> None:
    """Rebuild the engine's state from the finished tasks alone and link the open ones to it."""
    rows = Task.objects.filter(instance=instance).order_by("done_at", "id")
    done = [row for row in rows if row.state == TaskState.DONE and not row.request]
    progress = _replay(instance, done)
    Instance.objects.filter(pk=instance.pk).update(state=progress.state)
    waiting = [row for row in rows if row.state == TaskState.OPEN]
    for opened in progress.opened:
        row = next(row for row in waiting if row.step == opened.step)
        waiting.remove(row)
        Task.objects.filter(pk=row.pk).update(engine_id=opened.engine_id)


def _replay(instance: Instance, done: list[Task]) -> engine.Progress:
    """Finish the recorded steps again, each by the drawing it was done by."""
    moves = list(InstanceMove.objects.filter(instance=instance).order_by("id"))
    first = moves[0].from_procedure if moves else instance.procedure
    specs = engine.specs_of(first.digest, first.drawing)
    progress = engine.start(specs, instance.data)
    for move in moves:
        before = [task for task in done if task.done_at and task.done_at <= move.moved_at]
        progress = engine.redo(specs, progress, _outcomes(instance, before))
        done = done[len(before) :]
        to = engine.specs_of(move.to_procedure.digest, move.to_procedure.drawing)
        progress = engine.carry(specs, to, progress.state)
        specs = to
    return engine.redo(specs, progress, _outcomes(instance, done))


def _outcomes(instance: Instance, done: list[Task]) -> list[tuple[str, dict[str, Any]]]:
    return [(task.step, {**instance.data, "outcome": task.outcome}) for task in done]
