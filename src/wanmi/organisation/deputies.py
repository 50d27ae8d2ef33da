"""What may be handed to a deputy (授权), and who stands in for whom."""

from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import duties
from .models import Appointment, Body, Deputy
from .scope import Scope

DECISIONS: Final = "decisions"
STEPS: Final = "steps"
OTHERS: Final = "others"
WORKS: Final = {
    DECISIONS: _("Decisions on requests"),
    STEPS: _("Steps of procedures"),
    OTHERS: _("Replies, instructions and checks beside a procedure"),
}
"""The kinds of task that can be handed over, in words."""

HANDED: Final = frozenset(
    {
        duties.WORK_TASKS,
        duties.SEE_CASES,
        duties.SEE_CONTACTS,
        duties.SEE_PARTS,
        duties.SEE_CATALOGUE,
    }
)
"""The duties of a post that go to a deputy: working its tasks and seeing what they are about.
Rights that are no tasks (urging, exporting, personal data, looking after the house) stay."""

_RELATED = (
    "appointment__user",
    "appointment__post__body",
    "appointment__post__role",
    "user",
    "named_by",
)


def standing_in(role: str, body_id: int | None, area_path: str, work: str) -> list[int]:
    """Return the people who work tasks of a kind today in place of a post's holder."""
    posts = Q(appointment__post__role__code=role, appointment__post__is_active=True)
    if body_id is not None:
        posts &= Q(appointment__post__body_id=body_id)
    rows = lasting().filter(posts, valid_from__lte=timezone.localdate())
    found = rows.values_list("user_id", "appointment__post__area_path", "works")
    here = (user for user, path, works in found if area_path.startswith(path) and work in works)
    return sorted(set(here))


def lasting() -> QuerySet[Deputy]:
    """Return the deputies of today and later: neither over nor withdrawn."""
    today = timezone.localdate()
    held = Q(appointment__valid_to__isnull=True) | Q(appointment__valid_to__gte=today)
    return Deputy.objects.filter(held, withdrawn_at__isnull=True, valid_to__gte=today)


def named_for(key: int) -> list[Deputy]:
    """Return the deputies a person has or had for their posts, newest first."""
    rows = Deputy.objects.select_related(*_RELATED).filter(appointment__user_id=key)
    return list(rows.order_by("-pk")[:50])


def held_for_others(key: int) -> list[Deputy]:
    """Return for whom a person stands in today or will."""
    return list(lasting().select_related(*_RELATED).filter(user_id=key).order_by("valid_from"))


def may_name(scope: Scope, appointment: Appointment) -> bool:
    """Say whether somebody may name a deputy: the holder, their head, who looks after people."""
    post = appointment.post
    if scope.user_id == appointment.user_id or scope.may(duties.EDIT_PEOPLE, post.area_path):
        return True
    return any(
        held.for_id is None
        and held.body_id == post.body_id
        and duties.REASSIGN_TASKS in held.duties
        and post.area_path.startswith(held.area_path)
        for held in scope.holdings
    )


def candidates(appointment: Appointment) -> QuerySet[Appointment]:
    """Return who could stand in: people of the same body, the one above it or one below it."""
    body = appointment.post.body
    near = Q(post__body=body) | Q(post__body__parent=body)
    if body.parent_id is not None:
        near |= Q(post__body_id=body.parent_id)
    today = timezone.localdate()
    rows = Appointment.objects.filter(
        near,
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        valid_from__lte=today,
        post__is_active=True,
        post__body__in=Body.objects.filter(is_active=True),
        user__is_active=True,
    )
    return rows.exclude(user_id=appointment.user_id).select_related("user", "post__body")
