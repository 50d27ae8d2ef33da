"""Somebody leaves: open work moves on, posts end, the account is closed, in one deed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Refused
from wanmi.organisation import actions as organisation_deeds
from wanmi.organisation import queries as organisation

from .. import events
from ..drawing import Drawing
from ..models import FlowStep, Instance, Procedure, Task, TaskState
from ..steps import drawing_of
from .taking import require_taker


class HandedToThemselves(Conflict):
    """Choose somebody else: a person cannot take over their own work by leaving."""

    code = "handed_to_themselves"


@dataclass
class Leaving:
    """What happens when a person leaves."""

    posts: list[organisation.Appointment]
    to_person: list[Task] = field(default_factory=list)
    to_posts: list[Task] = field(default_factory=list)
    """Tasks the successor may not take; they wait for the post again."""
    stranded: list[Task] = field(default_factory=list)
    """Those of them that nobody else could take."""
    later: int = 0
    """Running procedures in which a step still to come would have gone to the person."""

    @property
    def tasks(self) -> int:
        """How many open tasks move."""
        return len(self.to_person) + len(self.to_posts)


def plan_leaving(person: User, to: User | None, *, take_posts: bool) -> Leaving:
    """Return what would move where; nothing is changed.

    With `take_posts` the successor is also appointed to the person's posts, so that
    every task fits. Supervision to answer and requests to decide are tasks like any other.
    """
    if to is not None and to.pk == person.pk:
        raise HandedToThemselves
    posts = organisation.held_by(person.pk)
    scope = organisation.scope_of(to) if to is not None else organisation.NOBODY
    if to is not None and take_posts:
        scope = organisation.with_posts(scope, [row.post_id for row in posts])
    leaving = Leaving(posts, later=len(list(_running_with(person))))
    rows = Task.objects.filter(holder=person, state=TaskState.OPEN).order_by("due_at", "pk")
    for task in rows:
        if to is not None and _may_take(scope, task):
            leaving.to_person.append(task)
            continue
        leaving.to_posts.append(task)
        if _is_stranded(task, person, to if take_posts else None):
            leaving.stranded.append(task)
    return leaving


@journal.deed()
def leave(
    person: User,
    to: User | None,
    *,
    take_posts: bool,
    scope: organisation.Scope,
    by: User,
    at: datetime | None = None,
) -> Leaving:
    """Move a person's work to a successor (or back to the posts), end the posts, close the account.

    Raises OutOfYourHands, NotYourself, LastKeeper, HandedToThemselves.
    """
    at = at or datetime.now(UTC)
    today = timezone.localdate(at)
    organisation_deeds.require_in_hand(person, scope)
    if to is not None and take_posts:
        _appoint(to, organisation.held_by(person.pk), scope, today, by)
    leaving = plan_leaving(person, to, take_posts=False)
    for task in leaving.to_person:
        _move(task, to, by, at)
    for task in leaving.to_posts:
        _move(task, None, by, at)
    for instance, names in _running_with(person):
        _rewrite(instance, names, to)
    for row in leaving.posts:
        organisation_deeds.dismiss(row, on=today - timedelta(days=1), by=by)
    organisation_deeds.lock(person, scope=scope, by=by)
    successor = to.pk if to is not None else None
    event = events.WorkHandedOver(person.pk, successor, leaving.tasks, leaving.later)
    journal.publish(event, by=by, at=at)
    return leaving


def _appoint(
    to: User,
    rows: Iterable[organisation.Appointment],
    scope: organisation.Scope,
    today: date,
    by: User,
) -> None:
    for row in rows:
        organisation.require(scope, organisation.duties.EDIT_PEOPLE, row.post.area_path)
        try:
            organisation_deeds.appoint(to.pk, row.post, from_date=today, by=by)
        except organisation_deeds.AlreadyAppointed:
            continue


def _may_take(scope: organisation.Scope, task: Task) -> bool:
    try:
        require_taker(scope, task)
    except Refused:
        return False
    return True


def _is_stranded(task: Task, person: User, successor: User | None) -> bool:
    holders = set(organisation.holders(task.role, task.body_id, task.area_path))
    more = {successor.pk} if successor is not None else set()
    return not (holders | more) - {person.pk, task.barred_id}


def _move(task: Task, to: User | None, by: User, at: datetime) -> None:
    Task.objects.filter(pk=task.pk, state=TaskState.OPEN).update(
        holder=to, claimed_at=at if to is not None else None
    )
    FlowStep.objects.create(
        instance_id=task.instance_id,
        task=task,
        operation="reassign" if to is not None else "release",
        step=task.step,
        step_zh=task.name_zh,
        step_en=task.name_en,
        operator=by,
        receiver_zh=to.name_zh if to is not None else "",
        receiver_en=(to.name_en or to.name_zh) if to is not None else "",
        received_at=task.opened_at,
        operated_at=at,
    )
    event: events.OnSubject = (
        events.TaskReassigned(task.subject, task.pk, to.pk)
        if to is not None
        else events.TaskReleased(task.subject, task.pk)
    )
    journal.publish(event, by=by, area_path=task.area_path, at=at)


def _running_with(person: User) -> Iterable[tuple[Instance, list[str]]]:
    """Yield the running instances in which a later step names the person as its holder."""
    for procedure in Procedure.objects.filter(published_at__isnull=False):
        for name in sorted(_holder_names(drawing_of(procedure))):
            rows = Instance.objects.filter(
                procedure=procedure, ended_at__isnull=True, **{f"data__{name}": person.pk}
            )
            for row in rows:
                yield row, [name]


def _holder_names(drawing: Drawing) -> set[str]:
    return {step.holder_from for step in drawing.steps.values() if step.holder_from}


def _rewrite(instance: Instance, names: list[str], to: User | None) -> None:
    row = Instance.objects.select_for_update().get(pk=instance.pk)
    for name in names:
        if to is not None:
            row.data[name] = to.pk
        else:
            row.data.pop(name, None)
    row.version += 1
    row.save(update_fields=["data", "version"])
