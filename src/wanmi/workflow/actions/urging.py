"""Urging: a reminder asks for nothing; supervision opens a task that must be answered."""

from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.limits import Limit, LimitType
from wanmi.kernel.text import clean_text
from wanmi.organisation import queries as organisation

from .. import events
from ..drawing import Outcome
from ..grounds import URGE_GROUNDS
from ..models import Instance, Task, TaskState, Urge, UrgeKind
from ..models.urging import MOST_REPLY_DAYS
from ..requests import OPINION_FORMS, RequestKind, offer_request
from .beside import close_beside, open_beside, task_news
from .subjects import tell_overlays
from .taking import require_open_to


class NothingToUrge(Conflict):
    """This has come to its end; there is nobody to urge."""

    code = "nothing_to_urge"


@journal.deed()
def urge(
    instance: Instance,
    kind: UrgeKind | str,
    words: str,
    *,
    by: User,
    ground: str = "",
    reply_days: int = 1,
    at: datetime | None = None,
) -> Urge:
    """Urge whoever holds a subject now; needs the duty over its area.

    Supervision goes to the department once there is one, else to the body of
    the open step, and must be answered within so many working days.
    """
    at = at or datetime.now(UTC)
    words = clean_text(words, max_length=2000)
    if len(words) < 2:
        raise Invalid("Say what is urged.")
    if not 1 <= reply_days <= MOST_REPLY_DAYS:
        raise Invalid("A reply is due in 1 to %(days)s working days.", days=MOST_REPLY_DAYS)
    duties = organisation.duties
    duty = duties.SUPERVISE if kind == UrgeKind.SUPERVISE else duties.URGE
    organisation.require(organisation.scope_of(by), duty, instance.area_path)
    current = (
        Task.objects.filter(instance=instance, state=TaskState.OPEN, request="")
        .order_by("-id")
        .first()
    )
    if current is None:
        raise NothingToUrge
    body = instance.data.get("department") or current.body_id
    row = Urge.objects.create(
        instance=instance,
        subject=instance.subject,
        area_path=instance.area_path,
        kind=kind,
        ground=ground if ground in URGE_GROUNDS else "",
        words=words,
        salt=new_salt(),
        body_id=body,
        urged_by=by,
        urged_at=at,
    )
    limit = Limit(reply_days, LimitType.WORK_DAY)
    opened = [_open_reply(row, current, limit, at)] if kind == UrgeKind.SUPERVISE else []
    digest = salted_digest(row.salt, words)
    event = events.Urged(instance.subject, row.pk, str(kind), body, digest, opened)
    journal.publish(event, by=by, area_path=instance.area_path, at=at)
    tell_overlays(instance)
    return row


@journal.deed()
def answer_supervision(task: Task, reply: str, *, by: User, at: datetime | None = None) -> Urge:
    """Answer a supervision for the body it was sent to."""
    at = at or datetime.now(UTC)
    require_open_to(task, by)
    row = Urge.objects.get(pk=int(task.request.partition(":")[2]))
    close_beside(task, "reply", by=by, at=at)
    row.reply, row.replied_by, row.replied_at = reply, by, at
    row.save(update_fields=["reply", "replied_by", "replied_at"])
    event = events.SupervisionAnswered(row.subject, row.pk, salted_digest(row.salt, reply))
    journal.publish(event, by=by, area_path=row.area_path, at=at)
    tell_overlays(row.instance)
    return row


def _open_reply(row: Urge, current: Task, limit: Limit, at: datetime) -> dict[str, object]:
    in_department = row.body_id == row.instance.data.get("department")
    role = "department" if in_department else current.role
    task = open_beside(
        row.instance,
        f"urge:{row.pk}",
        step="reply",
        name_zh="回复督办",
        name_en="Reply to supervision",
        role=role,
        body_id=row.body_id,
        limit=limit,
        at=at,
    )
    Urge.objects.filter(pk=row.pk).update(task=task, reply_due_at=task.due_at)
    return task_news(task)


def _settle_task(
    task: Task, outcome: str, given: dict[str, object], by: User, at: datetime
) -> None:
    answer_supervision(task, str(given.get("opinion", "")), by=by, at=at)


offer_request(
    "urge",
    RequestKind(
        (Outcome("reply", "回复", "Reply", "reason", "primary"),), OPINION_FORMS, _settle_task
    ),
)
