"""Who may do what where, and which body answers."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils import timezone

from wanmi.accounts import queries as accounts
from wanmi.accounts.queries import User
from wanmi.kernel.errors import NotAllowed
from wanmi.kernel.remembered import Remembered
from wanmi.shell import pages
from wanmi.shell.pages import spoken
from wanmi.shell.sending import run

from . import browsing, deputies, duties
from .deputies import standing_in
from .heads import heads_of
from .models import Appointment, Body, BodyKind, Level, Post, Role
from .scope import NOBODY, Holding, Scope, path_prefix

HANDLING_KINDS = frozenset(
    {BodyKind.DEPARTMENT, BodyKind.STREET_OFFICE, BodyKind.BRIGADE, BodyKind.COMPANY}
)
"""Kinds of body a case can be dispatched to."""

__all__ = [
    "HANDLING_KINDS",
    "NOBODY",
    "Appointment",
    "Body",
    "BodyKind",
    "Holding",
    "Level",
    "NotAllowed",
    "Post",
    "Scope",
    "answering_body",
    "any_post",
    "bodies",
    "bodies_below",
    "bodies_with_role",
    "body",
    "body_by_code",
    "body_names",
    "deputies",
    "duties",
    "found_bodies",
    "heads",
    "held_by",
    "holders",
    "may_everywhere",
    "only_keeper_role",
    "path_prefix",
    "people",
    "people_of_body",
    "people_of_post",
    "people_with_duty",
    "people_with_role",
    "person_of",
    "post",
    "posts_by_role",
    "posts_like",
    "posts_over",
    "remembering",
    "require",
    "role",
    "role_codes",
    "roles",
    "scope_in",
    "scope_of",
    "scope_with",
    "standing_in",
    "whole_area",
    "with_posts",
]

Answer = TypeVar("Answer")

people = accounts.people


_remembered: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("posts", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Answer the same question about posts from memory until the block ends.

    For one piece of work that asks thousands of times while nobody is appointed.
    """
    mark = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(mark)


def _once(ask: Callable[..., Answer], *asked: Any) -> Answer:
    known = _remembered.get()
    if known is None:
        return ask(*asked)
    if (ask, *asked) not in known:
        known[(ask, *asked)] = ask(*asked)
    answer: Answer = known[(ask, *asked)]
    return answer


def scope_of(user: object, *, on: date | None = None) -> Scope:
    """Return what a person may do today: one query."""
    key = getattr(user, "pk", None)
    if key is None:
        return NOBODY
    return _once(_scope, key, on or date.today())  # noqa: DTZ011  # appointments are dates of the city


_POST = """
JOIN organisation_post p ON p.id = a.post_id
JOIN organisation_role r ON r.id = p.role_id
JOIN organisation_body b ON b.id = p.body_id
WHERE a.valid_from <= %s AND (a.valid_to IS NULL OR a.valid_to >= %s)
  AND p.is_active AND b.is_active
"""
_HELD = f"""
SELECT p.id, r.code, p.body_id, p.area_path, r.duties, NULL AS holder, NULL AS works, a.id
FROM organisation_appointment a {_POST} AND a.user_id = %s
UNION ALL
SELECT p.id, r.code, p.body_id, p.area_path, r.duties, a.user_id, d.works, d.id
FROM organisation_deputy d JOIN organisation_appointment a ON a.id = d.appointment_id {_POST}
  AND d.user_id = %s AND d.withdrawn_at IS NULL AND d.valid_from <= %s AND d.valid_to >= %s
ORDER BY 8
"""  # noqa: S608  # written here, nothing of it comes from outside


def _scope(key: int, day: date) -> Scope:
    # Written out, since every request and every step asks it and the ORM costs ten times this.
    on = connection.ops.adapt_datefield_value(day)
    rows = run(_HELD, [on, on, key, on, on, key, on, on])
    held = [_holding(row) for row in rows]
    # A post of one's own goes before one of somebody else.
    return Scope(key, tuple(sorted(held, key=lambda each: each.for_id is not None)))


def _holding(row: tuple[Any, ...]) -> Holding:
    post, role, body_id, path, said, holder, works, _place = row
    allowed = _duties(said)
    if holder is None:
        return Holding(post, role, body_id, path, allowed)
    return Holding(post, role, body_id, path, allowed & deputies.HANDED, holder, _duties(works))


@lru_cache(maxsize=1000)
def _duties(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


def scope_in(request: HttpRequest) -> Scope:
    """Return what the reader of a page or the caller of the API may do."""
    return cast(Scope, pages.scope_in(request))


def scope_with(request: HttpRequest, duty: str) -> Scope:
    """Return what they may do, if they hold a duty anywhere. Raises NotAllowed."""
    scope = scope_in(request)
    require(scope, duty)
    return scope


def require(scope: Scope, duty: str, area_path: str | None = None) -> None:
    """Refuse a person who does not hold a duty there."""
    if not scope.may(duty, area_path):
        raise NotAllowed


def answering_body(role: str, area_path: str) -> int | None:
    """Return the nearest body, going up from an area, that has a post of a role.

    An unlocated subject (empty path) goes to the body with the widest area.
    """
    return _answering.get((role, area_path), lambda: _find_answering_body(role, area_path))


_answering: Remembered[tuple[str, str], int | None] = Remembered()


def _find_answering_body(role: str, area_path: str) -> int | None:
    posts = Post.objects.filter(role__code=role, is_active=True, body__is_active=True)
    if not area_path:
        widest = sorted(posts.values_list("body__area_path", "body_id"))
        return widest[0][1] if widest else None
    covering = posts.filter(body__area_path__in=_upwards(area_path))
    nearest = sorted(
        covering.values_list("body__area_path", "body_id").distinct(),
        key=lambda row: (-len(row[0]), row[1]),
    )
    return nearest[0][1] if nearest else None


def holders(role: str, body_id: int | None, area_path: str) -> list[int]:
    """Return the people who hold a role in a body over an area, now."""
    return list(_once(_holders, role, body_id, area_path))


def _holders(role: str, body_id: int | None, area_path: str) -> list[int]:
    rows = Appointment.objects.filter(
        valid_to__isnull=True, post__role__code=role, post__is_active=True
    )
    if body_id is not None:
        rows = rows.filter(post__body_id=body_id)
    pairs = rows.values_list("user_id", "post__area_path").distinct()
    return sorted({user for user, path in pairs if area_path.startswith(path) or not area_path})


def heads(role: str, body_id: int | None, area_path: str) -> list[int]:
    """Return the people one post above a role of a body, now."""
    return list(_once(heads_of, role, body_id, area_path))


def bodies(*, kind: str = "", covering: str = "") -> list[Body]:
    """Return active bodies, of a kind, answering for an area (or all of it above)."""
    rows = Body.objects.filter(is_active=True).order_by("code")
    if kind:
        rows = rows.filter(kind=kind)
    if covering:
        rows = rows.filter(area_path__in=_upwards(covering))
    return list(rows)


def bodies_with_role(role: str) -> set[int]:
    """Return the keys of the active bodies that have a post of a role."""
    rows = Post.objects.filter(role__code=role, is_active=True, body__is_active=True)
    return set(rows.values_list("body_id", flat=True))


def body(key: int) -> Body | None:
    """Return a body by its key."""
    return Body.objects.filter(pk=key).first()


def post(key: int) -> Post | None:
    """Return a post in use by its key, with its role and body."""
    rows = Post.objects.select_related("role", "body").filter(is_active=True)
    return rows.filter(pk=key).first()


def posts_over(area_path: str, duty: str) -> list[Post]:
    """Return the posts in use whose area holds a place and whose role carries a duty."""
    rows = Post.objects.select_related("role", "body").filter(
        area_path__in=_upwards(area_path), is_active=True, body__is_active=True
    )
    return [post for post in rows.order_by("body__code", "id") if duty in post.role.duties]


def body_names(keys: Iterable[int]) -> dict[int, str]:
    """Return the names of bodies in the reader's language, by key."""
    rows = Body.objects.filter(pk__in=set(keys)).values_list("pk", "name_zh", "name_en")
    return {key: spoken(name_zh, name_en) for key, name_zh, name_en in rows}


def body_by_code(code: str) -> Body | None:
    """Return a body by its code or social-credit code."""
    return Body.objects.filter(Q(code=code) | Q(credit_code=code)).first()


def held_by(key: int) -> list[Appointment]:
    """Return the appointments a person has not yet ended, with post, role and body."""
    rows = Appointment.objects.select_related("post__role", "post__body", "user")
    return list(rows.filter(user_id=key, valid_to__isnull=True).order_by("pk"))


def with_posts(scope: Scope, keys: list[int]) -> Scope:
    """Return a scope as it would be with more posts."""
    rows = Post.objects.select_related("role").filter(pk__in=keys, is_active=True)
    more = tuple(
        Holding(row.pk, row.role.code, row.body_id, row.area_path, frozenset(row.role.duties))
        for row in rows
    )
    return replace(scope, holdings=scope.holdings + more)


def person_of(scope: Scope, username: str) -> User:
    """Return a person who holds or held a post in a body the reader sees, or raise NoSuchPerson."""
    return browsing.person_of(scope, username)


def any_post(key: int) -> Post | None:
    """Return a post with its body and role, whether in use or not."""
    return Post.objects.select_related("body", "role").filter(pk=key).first()


def posts_like(row: Post) -> int:
    """Return how many posts in use share body and role with a post, itself included."""
    return Post.objects.filter(body_id=row.body_id, role_id=row.role_id, is_active=True).count()


def found_bodies(words: str, *, limit: int = 100) -> list[Body]:
    """Return bodies, in use or not, whose code or name holds some words."""
    named = Q(name_zh__icontains=words) | Q(name_en__icontains=words) | Q(code__icontains=words)
    return list(Body.objects.filter(named).order_by("code")[:limit])


def people_of_body(key: int) -> int:
    """Return how many people hold a post of a body today."""
    rows = Appointment.objects.filter(_lasting(), post__body_id=key, post__is_active=True)
    return rows.values("user").distinct().count()


def people_of_post(key: int) -> int:
    """Return how many people hold a post today."""
    return Appointment.objects.filter(_lasting(), post_id=key).values("user").distinct().count()


def bodies_below(key: int) -> int:
    """Return how many bodies in use stand directly below a body."""
    return Body.objects.filter(parent_id=key, is_active=True).count()


def _lasting() -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())


def role_codes() -> frozenset[str]:
    """Return the codes of the roles there are."""
    return frozenset(Role.objects.values_list("code", flat=True))


def roles() -> list[Role]:
    """Return the roles there are, by code."""
    return list(Role.objects.order_by("code"))


def may_everywhere(scope: Scope, duty: str) -> bool:
    """Say whether a person holds a duty over the whole installation."""
    return scope.may(duty, whole_area())


def whole_area() -> str:
    """Return the area of the whole installation: the widest that any active body answers for."""
    return _whole.get("", _find_whole_area)


_whole: Remembered[str, str] = Remembered()


def _find_whole_area() -> str:
    rows = Body.objects.filter(is_active=True).order_by(Length("area_path"), "area_path")
    return rows.values_list("area_path", flat=True).first() or ""


def role(code: str) -> Role | None:
    """Return a role by its code."""
    return Role.objects.filter(code=code).first()


def posts_by_role() -> dict[str, int]:
    """Return how many posts in use carry each role."""
    rows = Post.objects.filter(is_active=True).values_list("role__code")
    return dict(rows.annotate(n=Count("pk")).order_by())


def people_with_duty(duty: str, paths: tuple[str, ...]) -> QuerySet[User]:
    """Return the people whose post carries a duty in, or over, one of some areas, by name."""
    return browsing.with_duty(duty, paths)


def people_with_role(code: str) -> int:
    """Return how many people hold a post of a role today."""
    rows = Appointment.objects.filter(_lasting(), post__role__code=code, post__is_active=True)
    return rows.values("user").distinct().count()


def only_keeper_role(code: str) -> bool:
    """Say whether no role but this one lets its holders look after people."""
    held = Appointment.objects.filter(
        _lasting(), post__is_active=True, user__is_active=True
    ).exclude(post__role__code=code)
    found = held.values_list("post__role__duties", flat=True)
    return not any(duties.EDIT_PEOPLE in names for names in found)


def _upwards(path: str) -> list[str]:
    """Return a path and all above it: ["a/b/", "a/", ""]."""
    codes = path.rstrip("/").split("/") if path else []
    return ["".join(f"{code}/" for code in codes[:length]) for length in range(len(codes), -1, -1)]
