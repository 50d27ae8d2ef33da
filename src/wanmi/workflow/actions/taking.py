"""Taking tasks on: claim, release, reassign; exactly one person wins."""

from datetime import UTC, datetime

from django.db.models import Q

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, NotAllowed
from wanmi.organisation import queries as organisation

from .. import events
from ..fitting import post_for, posts_for
from ..models import FlowStep, Task, TaskState


class AlreadyDone(Conflict):
    """Somebody else has already done this task."""

    code = "task_already_done"


class TakenByAnother(Conflict):
    """Somebody else has already taken this task on."""

    code = "task_taken"


class NotYours(NotAllowed):
    """This task belongs to another post."""

    code = "task_not_yours"


class Barred(NotAllowed):
    """You took part in this yourself, so another person checks or decides."""

    code = "task_barred"


def require_taker(scope: organisation.Scope, task: Task) -> organisation.Holding:
    """Refuse everybody but the people of the task's post and area, and their deputies.

    Returns the post by which they may: their own before one they stand in for. Who may
    not do a task may not let a deputy do it either.
    """
    if task.barred_id is not None and task.barred_id == scope.user_id:
        raise Barred
    held = post_for(scope, task)
    if held is None:
        raise Barred if posts_for(scope, task) else NotYours
    return held


def require_open_to(task: Task, by: User) -> organisation.Holding:
    """Refuse a person who may not act on this task now: not theirs, done, or taken."""
    held = require_taker(organisation.scope_of(by), task)
    if task.state != TaskState.OPEN:
        raise AlreadyDone
    if task.holder_id not in (None, by.pk):
        raise TakenByAnother
    return held


@journal.deed()
def claim(task: Task, *, by: User, at: datetime | None = None) -> None:
    """Take a task on. Raises TakenByAnother, AlreadyDone, NotYours."""
    at = at or datetime.now(UTC)
    require_taker(organisation.scope_of(by), task)
    free = Task.objects.filter(Q(holder__isnull=True) | Q(holder=by), pk=task.pk)
    if not free.filter(state=TaskState.OPEN).update(holder=by, claimed_at=at):
        raise _reason(task)
    _log(task, "claim", by, at)
    _tell(events.TaskClaimed(task.subject, task.pk, by.pk), task, by, at)


@journal.deed()
def release(task: Task, *, by: User, at: datetime | None = None) -> None:
    """Give a task back to its post; only its holder may."""
    at = at or datetime.now(UTC)
    mine = Task.objects.filter(pk=task.pk, holder=by, state=TaskState.OPEN)
    if not mine.update(holder=None, claimed_at=None):
        raise NotYours
    _log(task, "release", by, at)
    _tell(events.TaskReleased(task.subject, task.pk), task, by, at)


@journal.deed()
def reassign(task: Task, *, to: User, by: User, at: datetime | None = None) -> None:
    """Give a task to another person of its post; needs the duty over the task's area."""
    at = at or datetime.now(UTC)
    organisation.require(
        organisation.scope_of(by), organisation.duties.REASSIGN_TASKS, task.area_path
    )
    require_taker(organisation.scope_of(to), task)
    if not Task.objects.filter(pk=task.pk, state=TaskState.OPEN).update(holder=to, claimed_at=at):
        raise AlreadyDone
    _log(task, "reassign", by, at, receiver=to)
    _tell(events.TaskReassigned(task.subject, task.pk, to.pk), task, by, at)


def _reason(task: Task) -> Conflict:
    now = Task.objects.filter(pk=task.pk, state=TaskState.OPEN).exists()
    return TakenByAnother() if now else AlreadyDone()


def _log(task: Task, operation: str, by: User, at: datetime, receiver: User | None = None) -> None:
    FlowStep.objects.create(
        instance_id=task.instance_id,
        task=task,
        operation=operation,
        step=task.step,
        step_zh=task.name_zh,
        step_en=task.name_en,
        operator=by,
        receiver_zh=receiver.name_zh if receiver else "",
        receiver_en=(receiver.name_en or receiver.name_zh) if receiver else "",
        received_at=task.opened_at,
        operated_at=at,
    )


def _tell(event: events.OnSubject, task: Task, by: User, at: datetime) -> None:
    journal.publish(event, by=by, area_path=task.area_path, at=at)
