"""Who is responsible for a duty grid: a post, and whoever holds it."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wanmi.accounts.queries import reader
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotAllowed, NotFound
from wanmi.shell import pages

from . import duties, events
from .models import Appointment, DutyGridPost, Post
from .queries import scope_in

DUTY_GRID = "duty_grid"
FIRST_ROLE = "supervisor"


@journal.deed()
def name_responsible(duty_grid: geography.Area, post: Post | None, *, by: journal.Actor) -> None:
    """Make a post responsible for a duty grid; None: nobody is."""
    DutyGridPost.objects.filter(duty_grid=duty_grid).delete()
    if post is not None:
        DutyGridPost.objects.create(duty_grid=duty_grid, post=post)
    event = events.DutyGridTended(duty_grid.pk, post.pk if post else None)
    journal.publish(event, by=by, area_path=duty_grid.path)


def responsible(keys: Sequence[int]) -> dict[int, str]:
    """Return "post: people" of each duty grid that has a responsible post; two questions."""
    rows = DutyGridPost.objects.filter(duty_grid_id__in=keys).select_related("post")
    posts = {row.duty_grid_id: row.post for row in rows}
    held = _people({post.pk for post in posts.values()})
    return {key: _spoken(post, held.get(post.pk, [])) for key, post in posts.items()}


def panel(request: HttpRequest, area: geography.Area) -> str:
    """Draw who is responsible for a duty grid, with the form to change it for who may."""
    if area.kind != DUTY_GRID:
        return ""
    row = DutyGridPost.objects.filter(duty_grid=area).first()
    context = {
        "area": area,
        "who": responsible([area.pk]).get(area.pk, ""),
        "posts": _choices(area) if scope_in(request).may(duties.EDIT_AREAS, area.path) else [],
        "chosen": row.post_id if row else "",
    }
    return render_to_string("organisation/tending.html", context, request=request)


@require_POST
@pages.with_duty(duties.EDIT_AREAS)
def tend(request: HttpRequest, code: str) -> HttpResponseBase:
    """Name the post that is responsible for a duty grid."""
    area = geography.area(code, kind=DUTY_GRID)
    if not scope_in(request).may(duties.EDIT_AREAS, area.path):
        raise NotAllowed
    chosen = request.POST.get("post", "")
    allowed = {str(key): key for key, _ in _choices(area)}
    if chosen and chosen not in allowed:
        raise NotFound
    post = Post.objects.get(pk=allowed[chosen]) if chosen else None
    name_responsible(area, post, by=reader(request))
    return HttpResponseRedirect(reverse("geography:area", args=[code]))


def _choices(area: geography.Area) -> list[tuple[int, str]]:
    """Return the posts in use whose area holds the duty grid, supervisors first."""
    home = area.path.removesuffix(f"{area.code}/")
    rows = Post.objects.filter(is_active=True).select_related("role", "body").order_by("pk")
    near = [row for row in rows if home.startswith(row.area_path)]
    held = _people({row.pk for row in near})
    near.sort(key=lambda row: row.role.code != FIRST_ROLE)
    return [(row.pk, f"{_spoken(row, held.get(row.pk, []))} · {row.body.name}") for row in near]


def _people(posts: set[int]) -> dict[int, list[str]]:
    today = timezone.localdate()
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    rows = Appointment.objects.filter(lasting, post_id__in=posts, valid_from__lte=today)
    found: dict[int, list[str]] = {}
    for row in rows.select_related("user").order_by("pk"):
        found.setdefault(row.post_id, []).append(row.user.name)
    return found


def _spoken(post: Post, people: list[str]) -> str:
    return f"{post.name}: {', '.join(people)}" if people else post.name
