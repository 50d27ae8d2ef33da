"""Who stands one post above another, found by the bodies and what their roles may do."""

from . import duties
from .models import Appointment, Body, Role


def heads_of(role: str, body_id: int | None, area_path: str) -> list[int]:
    """Return the people one post above a role of a body, for an area.

    Inside the body they hand its tasks out; where there is no such post, or
    that is the post itself, the nearest body going up that supervises.
    """
    body = Body.objects.filter(pk=body_id).first() if body_id is not None else None
    if body is None:
        return []
    own = _holding(duties.REASSIGN_TASKS, role, area_path, {body.pk})
    if own:
        return own[0]
    parents = _holding(duties.SUPERVISE, role, area_path, _parents(body))
    if parents:
        return parents[0]
    around = {
        row.pk
        for row in Body.objects.filter(is_active=True).exclude(pk=body.pk)
        if body.area_path.startswith(row.area_path)
    }
    return next(iter(_holding(duties.SUPERVISE, role, area_path, around)), [])


def _holding(duty: str, but: str, area_path: str, bodies: set[int]) -> list[list[int]]:
    """Return the people of other roles with a duty there, those of the nearest body first."""
    roles = [row.pk for row in Role.objects.exclude(code=but) if duty in row.duties]
    rows = Appointment.objects.filter(
        valid_to__isnull=True,
        post__is_active=True,
        post__role__in=roles,
        post__body__in=bodies,
    ).values_list("user_id", "post__area_path", "post__body_id", "post__body__area_path")
    found: dict[tuple[int, int], set[int]] = {}
    for user, path, body, body_path in rows:
        if area_path.startswith(path):
            found.setdefault((-len(body_path), body), set()).add(user)
    return [sorted(found[key]) for key in sorted(found)]


def _parents(body: Body) -> set[int]:
    """Return the bodies above one; a chain that bites its tail ends there."""
    found: set[int] = set()
    above = body.parent
    while above is not None and above.pk not in found:
        found.add(above.pk)
        above = above.parent
    return found
