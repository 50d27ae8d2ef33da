"""Founding bodies, making posts, appointing people."""

from datetime import UTC, date, datetime

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid

from . import events
from .duties import SHIPPED_ROLES
from .models import Appointment, Body, BodyKind, Level, Post, Role


class AlreadyAppointed(Conflict):
    """This person already holds this post."""

    code = "already_appointed"


def enter_shipped_roles() -> None:
    """Enter the roles a new city starts with; leaves edited ones alone."""
    rows = [
        Role(code=code, name_zh=zh, name_en=en, duties=sorted(duties))
        for code, (zh, en, duties) in SHIPPED_ROLES.items()
    ]
    Role.objects.bulk_create(rows, ignore_conflicts=True)


@journal.deed()
def found_body(
    code: str,
    *,
    kind: BodyKind | str,
    level: Level | str,
    name_zh: str,
    name_en: str = "",
    area_path: str,
    credit_code: str = "",
    parent: Body | None = None,
    by: journal.Actor = None,
) -> Body:
    """Enter a body that answers for an area."""
    body = Body.objects.create(
        code=code,
        kind=kind,
        level=level,
        name_zh=name_zh,
        name_en=name_en,
        area_path=area_path,
        credit_code=credit_code,
        parent=parent,
    )
    journal.publish(events.BodyFounded(body.pk), by=by, area_path=area_path)
    return body


@journal.deed()
def make_post(
    body: Body,
    role: str,
    *,
    name_zh: str = "",
    name_en: str = "",
    area_path: str | None = None,
    by: journal.Actor = None,
) -> Post:
    """Make a post in a body; its area is the body's unless it is given a part of it."""
    row = Role.objects.get(code=role)
    path = body.area_path if area_path is None else area_path
    if not path.startswith(body.area_path):
        raise Invalid("A post's area lies inside its body's area.")
    post = Post.objects.create(
        body=body,
        role=row,
        name_zh=name_zh or row.name_zh,
        name_en=name_en or row.name_en,
        area_path=path,
    )
    journal.publish(events.PostMade(post.pk), by=by, area_path=path)
    return post


@journal.deed()
def appoint(
    user_id: int, post: Post, *, from_date: date | None = None, by: journal.Actor = None
) -> Appointment:
    """Appoint a person to a post from a date on (today)."""
    if Appointment.objects.filter(user_id=user_id, post=post, valid_to__isnull=True).exists():
        raise AlreadyAppointed
    appointment = Appointment.objects.create(
        user_id=user_id, post=post, valid_from=from_date or datetime.now(UTC).date()
    )
    journal.publish(events.Appointed(post.pk, user_id), by=by, area_path=post.area_path)
    return appointment


@journal.deed()
def dismiss(appointment: Appointment, *, on: date, by: journal.Actor = None) -> None:
    """End an appointment on a date."""
    Appointment.objects.filter(pk=appointment.pk).update(valid_to=on)
    journal.publish(
        events.Dismissed(appointment.post_id, appointment.user_id),
        by=by,
        area_path=appointment.post.area_path,
    )
