"""Running instances: begin, finish a step, rebuild the engine's state."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict
from wanmi.kernel.limits import Limit
from wanmi.organisation import queries as organisation
from wanmi.shell.statements import Statements

from .. import clocks, engine, events, kept
from ..drawing import REQUESTED, Drawing, Outcome, Step
from ..models import Clock, FlowStep, Instance, InstanceMove, Procedure, Task, TaskState
from ..steps import drawing_of
from .subjects import calendar
from .taking import AlreadyDone, TakenByAnother, require_taker

INSTANCES, TASKS = Statements(Instance), Statements(Task)


class UnknownAction(Conflict):
    """This step cannot be finished that way."""

    code = "unknown_action"


@dataclass(frozen=True)
class Opening:
    """How a procedure will begin: the marks of its first step and that step's clock."""

    procedure: Procedure
    data: dict[str, Any]
    progress: engine.Progress
    marks: dict[str, str]
    due_at: datetime | None
    warn_at: datetime | None
    begun: dict[clocks.Key, Clock] = field(default_factory=dict)


@dataclass(frozen=True)
class Moved:
    """Where an instance stands after a deed: the marks of the open step or of the end."""

    instance: Instance
    tasks: list[Task]
    marks: dict[str, str]
    end: str
    due_at: datetime | None
    warn_at: datetime | None

    def opened(self) -> list[dict[str, Any]]:
        """Return the opened tasks as they are told in events."""
        return [
            {
                "task": task.pk,
                "step": task.step,
                "role": task.role,
                "body": task.body_id,
                "holder": task.holder_id,
            }
            for task in self.tasks
        ]


def prepare(code: str, data: dict[str, Any], at: datetime) -> Opening:
    """Say how the newest version of a procedure begins with this data at this moment.

    `data` steers the drawing and names bodies and people. The opening of a
    drawing depends only on its data, so the engine is asked once per kind of
    opening and its answer kept.
    """
    procedure = kept.newest(code)
    progress = _opening(procedure, json.dumps(data, sort_keys=True))
    drawing = drawing_of(procedure)
    step = drawing.steps[progress.opened[-1].step]
    begun = clocks.new_clocks(None, clocks.wanted(drawing, [step], data), calendar(), at)
    clock = clocks.of_stage(begun, step)
    due_at, warn_at = (clock.due_at, clock.warn_at) if clock else (None, None)
    return Opening(procedure, data, progress, step.marks, due_at, warn_at, begun)


def begin(
    opening: Opening, *, subject: str, area_path: str, by: User | None, at: datetime
) -> Moved:
    """Begin a prepared procedure for a subject inside the caller's deed; the caller publishes."""
    progress = opening.progress
    instance = Instance(
        procedure=opening.procedure,
        subject=subject,
        area_path=area_path,
        data=opening.data,
        state=progress.state,
        started_at=at,
    )
    journal.insert(instance)
    drawing = drawing_of(opening.procedure)
    # Nothing can be open or running yet, so nothing is asked.
    for clock in opening.begun.values():
        clock.instance = instance
    moved = _enter(instance, drawing, progress, list(progress.opened), opening.begun, at)
    _log_beginning(moved, by, at)
    return moved


def _log_beginning(moved: Moved, by: User | None, at: datetime) -> None:
    """Write the first line of the flow log: who brought the subject in, and who receives it."""
    receiver = moved.tasks[0] if moved.tasks else None
    journal.insert(
        FlowStep(
            instance=moved.instance,
            operation="begin",
            step="begin",
            step_zh="上报",
            step_en="Report",
            operator=by,
            receiver_zh=receiver.name_zh if receiver else "",
            receiver_en=receiver.name_en if receiver else "",
            received_at=at,
            operated_at=at,
        )
    )


_openings: dict[tuple[str, str], engine.Progress] = {}


def _opening(procedure: Procedure, data: str) -> engine.Progress:
    key = (procedure.digest, data)
    if key not in _openings:
        if len(_openings) > 500:
            _openings.clear()
        specs = engine.specs_of(procedure.digest, procedure.drawing)
        _openings[key] = engine.start(specs, json.loads(data))
    return _openings[key]


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
    if not by_order:
        require_taker(scope, task)
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
    digest = _log(task, chosen, by, scope, opinion, moved, at)
    event = events.TaskFinished(task.subject, task.pk, task.step, outcome, digest, moved.opened())
    journal.publish(event, by=by, area_path=instance.area_path, at=at)
    return moved


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
    return _enter(instance, drawing, progress, fresh, clocks.running(instance), at)


def _enter(
    instance: Instance,
    drawing: Drawing,
    progress: engine.Progress,
    fresh: list[engine.Opened],
    running: dict[clocks.Key, Clock],
    at: datetime,
) -> Moved:
    """Open the tasks of fresh steps beside the clocks that run."""
    steps = [drawing.steps[each.step] for each in progress.opened]
    running = _turn_clocks(instance, clocks.wanted(drawing, steps, instance.data), running, at)
    tasks = [
        _task(instance, drawing.steps[each.step], each.engine_id, running, at) for each in fresh
    ]
    journal.insert(*tasks)
    latest = drawing.steps[progress.opened[-1].step]
    clock = clocks.of_stage(running, latest)
    due_at, warn_at = (clock.due_at, clock.warn_at) if clock else (None, None)
    return Moved(instance, tasks, latest.marks, "", due_at, warn_at)


def _turn_clocks(
    instance: Instance,
    limits: dict[clocks.Key, Limit],
    running: dict[clocks.Key, Clock],
    at: datetime,
) -> dict[clocks.Key, Clock]:
    """Stop the clocks of what is left behind, start those of what is entered."""
    clocks.stop([clock for key, clock in running.items() if key not in limits], at)
    current = {key: clock for key, clock in running.items() if key in limits}
    entered = {key: limit for key, limit in limits.items() if key not in current}
    current |= clocks.new_clocks(instance, entered, calendar(), at)
    journal.insert(*[clock for clock in current.values() if clock.pk is None])
    return current


def _task(
    instance: Instance,
    step: Step,
    engine_id: str,
    running: dict[clocks.Key, Clock],
    at: datetime,
) -> Task:
    data, clock = instance.data, clocks.nearest(running, step)
    body = data.get(step.body_from) if step.body_from else None
    holder = data.get(step.holder_from) if step.holder_from else None
    return Task(
        instance=instance,
        subject=instance.subject,
        step=step.id,
        name_zh=step.name_zh,
        name_en=step.name_en,
        role=step.role,
        body_id=body or organisation.answering_body(step.role, instance.area_path),
        area_path=instance.area_path,
        holder_id=holder,
        claimed_at=at if holder else None,
        barred_id=data.get(step.barred_from) if step.barred_from else None,
        opened_at=at,
        due_at=clock.due_at if clock else None,
        warn_at=clock.warn_at if clock else None,
        engine_id=engine_id,
    )


def _save(moved: Moved) -> None:
    instance = moved.instance
    instance.version += 1
    changed = ("data", "state", "area_path", "version", "ended_at", "end")
    INSTANCES.change(instance.pk, {name: getattr(instance, name) for name in changed})


def _log(
    task: Task,
    outcome: Outcome,
    by: User,
    scope: organisation.Scope,
    opinion: str,
    moved: Moved,
    at: datetime,
) -> str:
    salt = new_salt()
    post = next((held.post_id for held in scope.holdings if held.role == task.role), None)
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
        post_id=post,
        receiver_zh=receiver.name_zh if receiver else "",
        receiver_en=receiver.name_en if receiver else "",
        received_at=task.opened_at,
        operated_at=at,
        seconds_used=max(0, int((at - task.opened_at).total_seconds())),
        is_overdue=bool(task.due_at and at > task.due_at),
    )
    journal.insert(line)
    return salted_digest(salt, opinion) if opinion else ""
