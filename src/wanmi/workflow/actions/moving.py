"""Moving running instances to another version of their procedure, guarded.

An instance may move only when every step that waits exists in the other
version with the same meaning for the engine, and every step it has passed is
still drawn. Nothing that was done changes; only what comes next does.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict
from wanmi.shell.pages import spoken

from .. import engine, events
from ..drawing import Drawing, Step
from ..models import Instance, InstanceMove, Procedure, Task, TaskState
from ..steps import drawing_of


class CannotMove(Conflict):
    """%(subject)s cannot go on by this version: %(reason)s."""

    code = "cannot_move"

    def reason(self) -> str:
        """Return why, in the reader's language."""
        return str(self.params["reason"])


@dataclass(frozen=True)
class MoveReport:
    """What moving would do: subjects that could move, and those that could not, with why."""

    movable: list[str]
    staying: dict[str, str]


def plan_move(code: str, to: Procedure) -> MoveReport:
    """Try the move of every running instance of other versions; nothing is changed."""
    movable: list[str] = []
    staying: dict[str, str] = {}
    for instance in _running(code, to):
        try:
            _carried(instance, to)
        except CannotMove as refused:
            staying[instance.subject] = refused.reason()
        else:
            movable.append(instance.subject)
    return MoveReport(movable, staying)


def move_running(code: str, to: Procedure, *, by: User, at: datetime | None = None) -> MoveReport:
    """Move every running instance that can; each in a transaction and journal row of its own."""
    report = plan_move(code, to)
    for subject in report.movable:
        move_instance(subject, to, by=by, at=at)
    return report


@journal.deed()
def move_instance(subject: str, to: Procedure, *, by: User, at: datetime | None = None) -> None:
    """Let a running instance go on by another version. Raises CannotMove with the reason."""
    at = at or datetime.now(UTC)
    rows = Instance.objects.select_for_update().select_related("procedure")
    instance = rows.get(subject=subject, ended_at__isnull=True)
    progress = _carried(instance, to)
    was = instance.procedure
    _link(instance, progress)
    instance.state, instance.procedure = progress.state, to
    instance.version += 1
    instance.save(update_fields=["state", "procedure", "version"])
    InstanceMove.objects.create(
        instance=instance, from_procedure=was, to_procedure=to, moved_at=at, moved_by=by
    )
    moved = events.InstanceMoved(subject, was.code, was.version, to.version)
    journal.publish(moved, by=by, area_path=instance.area_path, at=at)


def _running(code: str, to: Procedure) -> list[Instance]:
    rows = Instance.objects.filter(procedure__code=code, ended_at__isnull=True)
    return list(rows.exclude(procedure=to).select_related("procedure").order_by("id"))


def _carried(instance: Instance, to: Procedure) -> engine.Progress:
    """Return the engine's state in the other version, or refuse with the reason."""
    old, new = drawing_of(instance.procedure), drawing_of(to)
    waiting = _waiting(instance)
    for task in waiting:
        reason = _difference(task.step, old, new)
        if reason:
            raise CannotMove(subject=instance.subject, reason=reason)
    specs = [engine.specs_of(each.digest, each.drawing) for each in (instance.procedure, to)]
    try:
        progress = engine.carry(specs[0], specs[1], bytes(instance.state or b""))
    except engine.StepGone as gone:
        reason = gettext("%(step)s is no longer drawn") % {"step": gone}
        raise CannotMove(subject=instance.subject, reason=reason) from None
    if Counter(each.step for each in progress.opened) != Counter(task.step for task in waiting):
        raise CannotMove(subject=instance.subject, reason=gettext("other steps would wait"))
    return progress


def _waiting(instance: Instance) -> list[Task]:
    return list(Task.objects.filter(instance=instance, state=TaskState.OPEN, request=""))


def _difference(key: str, old: Drawing, new: Drawing) -> str:
    was, now = old.steps[key], new.steps.get(key)
    name = {"step": spoken(was.name_zh, was.name_en)}
    if now is None:
        return gettext("the step %(step)s is gone") % name
    if _meaning(was) == _meaning(now):
        return ""
    return gettext("the step %(step)s means something else") % name


def _meaning(step: Step) -> tuple[object, ...]:
    names = frozenset(outcome.name for outcome in step.outcomes)
    return step.role, step.stage, names, step.body_from, step.holder_from, step.barred_from


def _link(instance: Instance, progress: engine.Progress) -> None:
    """Let the open tasks point at the engine's tasks of the new state."""
    waiting = _waiting(instance)
    for opened in progress.opened:
        row = next(row for row in waiting if row.step == opened.step)
        waiting.remove(row)
        Task.objects.filter(pk=row.pk).update(engine_id=opened.engine_id)
