"""What waits for a body or a post: said before it is closed."""

from collections.abc import Sequence

from django.utils.translation import ngettext

from wanmi.organisation import queries as organisation
from wanmi.upkeep import actions as upkeep

from .models import Task, TaskState


def burden(body: int | None, post: int | None) -> Sequence[upkeep.Effect]:
    """Return the tasks that would be left: those of a body, or of a post nobody else stands in for.

    Tasks go to a role in a body, so a post leaves some only as the last one of its kind.
    """
    rows = Task.objects.filter(state=TaskState.OPEN)
    if body is not None:
        count = rows.filter(body_id=body).count()
    else:
        held = organisation.any_post(post or 0)
        if held is None or organisation.posts_like(held) > 1:
            return []
        count = rows.filter(body_id=held.body_id, role=held.role.code).count()
    if not count:
        return []
    words = ngettext(
        "%(n)s open task waits here; hand it over first.",
        "%(n)s open tasks wait here; hand them over first.",
        count,
    )
    return [upkeep.Effect(words % {"n": count}, "stop")]
