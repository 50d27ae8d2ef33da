"""Moving on: a finished step leads to the next ones."""

from datetime import UTC, datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict
from wanmi.organisation import queries as organisation
from wanmi.shell.statements import Statements

from .. import clocks, engine, events
from ..drawing import REQUESTED, Outcome
from ..models import FlowStep, Instance, Procedure, Task, TaskState
from ..steps import drawing_of
from .entering import Moved, enter
from .taking import AlreadyDone, TakenByAnother, require_taker

INSTANCES, TASKS = Statements(Instance), Statements(Task)


class UnknownAction(Conflict):
    """This step cannot be finished that way."""

    code = "unknown_action"


def finish(
    task: Task,
    outcome: str,
    *,
    by: User,
    fields: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
    opinion: str = "",
    area_path: str | None = None,
    by_order: bool = False,
    at: datetime | None = None,
) -> Moved:
    """Finish a task inside the caller's deed and run the drawing on.

    `by_order` is for an approved request: its decider need not hold the step's
    post, and outcomes reserved for requests are open to it.

    `data` is added to the instance's. Exactly one of two people wins: the
    other gets AlreadyDone. Raises NotYours, Barred, TakenByAnother, UnknownAction.
    """
    at = at or datetime.now(UTC)
    procedure = task.instance.procedure
    step = drawing_of(procedure).steps[task.step]
    chosen = step.outcome(outcome)
    if chosen is None or (chosen.tone == REQUESTED and not by_order):
        raise UnknownAction
    scope = organisation.scope_of(by)
    held = None if by_order else require_taker(scope, task)
    instance = _lock(task.instance)
    instance.procedure = procedure
    if by_order:
        Task.objects.filter(pk=task.pk).update(holder=None)
        task.holder_id = None
    _mark_done(task, chosen, by, fields or {}, at)
    instance.data = {**instance.data, **(data or {})}
    instance.area_path = instance.area_path if area_path is None else area_path
    specs = engine.specs_of(procedure.digest, procedure.drawing)
    given = {**instance.data, "outcome": outcome}
    progress = engine.finish(specs, bytes(instance.state or b""), task.engine_id, given)
    moved = _move(instance, procedure, progress, at)
    _save(moved)
    held = held or next((each for each in scope.holdings if each.role == task.role), None)
    digest = _log(task, chosen, by, held, opinion, moved, at)
    acted_for = held.for_id if held else None
    event = events.TaskFinished(
        task.subject, task.pk, task.step, outcome, digest, moved.opened(), acted_for
    )
    journal.publish(event, by=by, area_path=instance.area_path, at=at)
    return moved


def _lock(instance: Instance) -> Instance:
    """Read the instance anew under a lock, so that two steps never cross."""
    (locked,) = INSTANCES.find(lock=True, id=instance.pk)
    return locked


def _mark_done(
    task: Task, outcome: Outcome, by: User, fields: dict[str, Any], at: datetime
) -> None:
    if task.holder_id not in (None, by.pk):
        still_open = Task.objects.filter(pk=task.pk, state=TaskState.OPEN).exists()
        raise TakenByAnother if still_open else AlreadyDone
    done = {
        "state": TaskState.DONE,
        "outcome": outcome.name,
        "fields": fields,
        "done_by_id": by.pk,
        "done_at": at,
    }
    if not TASKS.change(task.pk, done, only_if={"state": TaskState.OPEN}):
        raise AlreadyDone


def _move(
    instance: Instance, procedure: Procedure, progress: engine.Progress, at: datetime
) -> Moved:
    """Open the tasks of newly waiting steps, turn the clocks, and say where we stand."""
    drawing = drawing_of(procedure)
    instance.state = progress.state
    if progress.end:
        clocks.stop(clocks.running(instance).values(), at)
        instance.ended_at, instance.end = at, progress.end
        return Moved(instance, [], drawing.ends[progress.end], progress.end, None, None)
    open_now = TASKS.find(instance_id=instance.pk, state=TaskState.OPEN)
    known = {task.engine_id for task in open_now}
    fresh = [each for each in progress.opened if each.engine_id not in known]
    return enter(instance, drawing, progress, fresh, clocks.running(instance), at)


def _save(moved: Moved) -> None:
    instance = moved.instance
    instance.version += 1
    changed = ("data", "state", "area_path", "version", "ended_at", "end")
    INSTANCES.change(instance.pk, {name: getattr(instance, name) for name in changed})


def _log(
    task: Task,
    outcome: Outcome,
    by: User,
    held: organisation.Holding | None,
    opinion: str,
    moved: Moved,
    at: datetime,
) -> str:
    salt = new_salt()
    receiver = moved.tasks[0] if moved.tasks else None
    line = FlowStep(
        instance=moved.instance,
        task=task,
        operation="forward",
        step=task.step,
        step_zh=task.name_zh,
        step_en=task.name_en,
        outcome=outcome.name,
        outcome_zh=outcome.name_zh,
        outcome_en=outcome.name_en,
        opinion=opinion,
        salt=salt,
        operator=by,
        acted_for_id=held.for_id if held else None,
        post_id=held.post_id if held else None,
        receiver_zh=receiver.name_zh if receiver else "",
        receiver_en=receiver.name_en if receiver else "",
        received_at=task.opened_at,
        operated_at=at,
        seconds_used=max(0, int((at - task.opened_at).total_seconds())),
        is_overdue=bool(task.due_at and at > task.due_at),
    )
    journal.insert(line, needs_keys=False)
    return salted_digest(salt, opinion) if opinion else ""
