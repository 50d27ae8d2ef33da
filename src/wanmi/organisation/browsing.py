"""Bodies as a tree, a body with its posts and people, a person with what they may do."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.kernel.errors import NotFound

from . import duties
from .models import Appointment, Body, Post, Role
from .scope import Scope, path_prefix

MOST_BODIES = 5000


class NoSuchBody(NotFound):
    """There is no such body, or it lies outside your area."""

    code = "no_such_body"


class NoSuchPerson(NotFound):
    """There is no such person, or they hold no post in your area."""

    code = "no_such_person"


@dataclass(frozen=True)
class Branch:
    """A body in the tree: how deep it stands, how many posts and people it has."""

    body: Body
    depth: int
    posts: int
    people: int

    @property
    def indent(self) -> range:
        """One step for each body above."""
        return range(self.depth)


def visible(scope: Scope) -> QuerySet[Body]:
    """Return the bodies of the areas the reader watches over, and those above them."""
    condition = Q(pk__in=[])
    for path in scope.areas(duties.SEE_CASES):
        condition |= path_prefix(path) | Q(area_path__in=_upwards(path))
    return Body.objects.filter(condition)


def tree(scope: Scope, *, q: str = "", kind: str = "") -> list[Branch]:
    """Return the visible bodies from the top down; two queries, whatever their number.

    Found by words or kind, a body stands with those above it left out.
    """
    rows = list(visible(scope).order_by("area_path", "code")[:MOST_BODIES])
    counted = _counted()
    branches = [
        Branch(body, depth, *counted.get(body.pk, (0, 0))) for body, depth in _from_the_top(rows)
    ]
    return [branch for branch in branches if _fits(branch.body, q, kind)]


def found(scope: Scope, *, q: str = "", kind: str = "") -> QuerySet[Body]:
    """Return the visible bodies of a kind whose code or name holds some words."""
    rows = visible(scope)
    if kind:
        rows = rows.filter(kind=kind)
    if q:
        named = Q(name_zh__icontains=q) | Q(name_en__icontains=q)
        rows = rows.filter(named | Q(code__icontains=q) | Q(credit_code__icontains=q))
    return rows


def body_of(scope: Scope, code: str) -> Body:
    """Return a visible body by its code, or raise NoSuchBody."""
    row = visible(scope.whole).select_related("parent").filter(code=code).first()
    if row is None:
        raise NoSuchBody
    return row


def posts_of(body: Body) -> list[tuple[Post, list[Appointment]]]:
    """Return the posts of a body with their appointments, those of today first; two queries."""
    posts = list(
        Post.objects.select_related("role").filter(body=body).order_by("role__code", "name_zh")
    )
    held: dict[int, list[Appointment]] = defaultdict(list)
    rows = Appointment.objects.select_related("user").filter(post__body=body)
    for row in rows.order_by("-valid_from", "-pk"):
        held[row.post_id].append(row)
    return [(post, sorted(held[post.pk], key=is_over)) for post in posts]


def is_over(row: Appointment, on: date | None = None) -> bool:
    """Say whether an appointment has ended."""
    return row.valid_to is not None and row.valid_to < (on or timezone.localdate())


def person_of(scope: Scope, username: str) -> User:
    """Return a person who holds or held a post in a visible body, or oneself."""
    row = (
        Appointment.objects.select_related("user")
        .filter(user__username=username, post__body__in=visible(scope.whole))
        .first()
    )
    if row is not None:
        return row.user
    if scope.user_id is not None:
        own = User.objects.filter(pk=scope.user_id, username=username).first()
        if own is not None:
            return own
    raise NoSuchPerson


def people(scope: Scope, *, q: str = "") -> QuerySet[Appointment]:
    """Return who holds which post today in visible bodies, by name, found by words."""
    today = timezone.localdate()
    rows = Appointment.objects.select_related("user", "post__role", "post__body").filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today), post__body__in=visible(scope)
    )
    if q:
        person = Q(user__username__icontains=q) | Q(user__name_zh__icontains=q)
        person |= Q(user__name_en__icontains=q)
        post = Q(post__name_zh__icontains=q) | Q(post__name_en__icontains=q)
        body = Q(post__body__name_zh__icontains=q) | Q(post__body__name_en__icontains=q)
        rows = rows.filter(person | post | body)
    return rows.order_by("user__username", "pk")


def appointments_of(user: User) -> list[Appointment]:
    """Return what a person holds and held, newest first, with post, role and body."""
    rows = Appointment.objects.select_related("post__role", "post__body").filter(user=user)
    return sorted(rows.order_by("-valid_from", "-pk"), key=is_over)


def roles() -> list[dict[str, Any]]:
    """Return the roles with their duties in words, and how many posts carry each."""
    counted = Post.objects.filter(is_active=True).values_list("role").annotate(n=Count("pk"))
    posts = dict(counted.order_by())
    return [
        {"row": row, "posts": posts.get(row.pk, 0), "duties": in_words(row.duties)}
        for row in Role.objects.order_by("code")
    ]


def in_words(names: list[str]) -> list[str]:
    """Return duties as sentences, in the order of the list of duties."""
    return [str(words) for name, words in duties.WORDS.items() if name in set(names)]


_COUNTED = """
SELECT p.body_id, COUNT(DISTINCT CASE WHEN p.is_active THEN p.id END), COUNT(DISTINCT a.user_id)
FROM organisation_post p
LEFT JOIN organisation_appointment a ON a.post_id = p.id
  AND a.valid_from <= %s AND (a.valid_to IS NULL OR a.valid_to >= %s)
GROUP BY p.body_id
"""


def _counted() -> dict[int, tuple[int, int]]:
    """Return by body how many posts are in use and how many people hold one today."""
    today = connection.ops.adapt_datefield_value(timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [today, today])
        return {body: (posts, people) for body, posts, people in cursor.fetchall()}


def _from_the_top(rows: list[Body]) -> Iterator[tuple[Body, int]]:
    """Yield bodies with their depth: each below its parent; one without a visible parent on top."""
    known = {row.pk for row in rows}
    below: dict[int | None, list[Body]] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in known else None].append(row)
    waiting = [(row, 0) for row in reversed(below[None])]
    while waiting:
        row, depth = waiting.pop()
        yield row, depth
        waiting += [(child, depth + 1) for child in reversed(below[row.pk])]


def _fits(body: Body, q: str, kind: str) -> bool:
    words = q.casefold()
    named = words in f"{body.code} {body.name_zh} {body.name_en} {body.credit_code}".casefold()
    return (not q or named) and (not kind or body.kind == kind)


def _upwards(path: str) -> list[str]:
    codes = path.rstrip("/").split("/") if path else []
    return ["".join(f"{code}/" for code in codes[:length]) for length in range(len(codes))]


def with_duty(duty: str, paths: tuple[str, ...]) -> QuerySet[User]:
    """Return the people whose post carries a duty in, or over, one of some areas, by name."""
    roles = [role.pk for role in Role.objects.all() if duty in role.duties]
    place = Q(pk__in=[])
    for path in paths:
        place |= path_prefix(path, "post__area_path") | Q(post__area_path__in=_upwards(path))
    today = timezone.localdate()
    held = Appointment.objects.filter(
        place, post__role__in=roles, post__is_active=True, valid_from__lte=today
    ).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    rows = User.objects.filter(pk__in=held.values("user_id"), is_active=True)
    return rows.order_by("name_zh", "pk")
