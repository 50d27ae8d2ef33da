"""Founding and changing bodies, making posts."""

from typing import Any

from django.db.models import Q

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.identifiers import credit_code as check_credit_code
from wanmi.kernel.text import clean_line

from .. import events
from ..models import Body, BodyKind, Level, Post, Role
from .people import require_a_keeper


class BodyExists(Conflict):
    """There is a body with this code or social-credit code already."""

    code = "body_exists"


class UnknownRole(Invalid):
    """There is no role “%(role)s”."""

    code = "unknown_role"


class PostExists(Conflict):
    """This body has such a post already."""

    code = "post_exists"


CHANGEABLE = ("kind", "level", "name_zh", "name_en", "credit_code", "parent", "is_active")


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
    """Enter a body that answers for an area. Raises BodyExists, WrongCreditCode."""
    checked = check_credit_code(credit_code) if credit_code else ""
    same = Q(code=code) | (Q(credit_code=checked) if checked else Q(pk__in=[]))
    if Body.objects.filter(same).exists():
        raise BodyExists
    body = Body.objects.create(
        code=clean_line(code, max_length=40),
        kind=BodyKind(kind),
        level=Level(level),
        name_zh=clean_line(name_zh, max_length=100),
        name_en=clean_line(name_en, max_length=160),
        area_path=area_path,
        credit_code=checked,
        parent=parent,
    )
    journal.publish(events.BodyFounded(body.pk), by=by, area_path=area_path)
    return body


@journal.deed()
def change_body(body: Body, facts: dict[str, Any], *, by: journal.Actor = None) -> Body:
    """Change facts of a body (see CHANGEABLE); its code and area are for ever."""
    strange = sorted(set(facts) - set(CHANGEABLE))
    if strange:
        raise Invalid("“%(field)s” of a body cannot be changed.", field=strange[0])
    for name, value in facts.items():
        setattr(body, name, value)
    if body.credit_code:
        body.credit_code = check_credit_code(body.credit_code)
    if Body.objects.filter(credit_code=body.credit_code).exclude(Q(pk=body.pk) | Q(credit_code="")):
        raise BodyExists
    _refuse_cycle(body)
    body.save(update_fields=[*facts])
    if not body.is_active:
        require_a_keeper()
    journal.publish(events.BodyChanged(body.pk), by=by, area_path=body.area_path)
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
    """Make a post in a body; its area is the body's unless it is given a part of it.

    Raises UnknownRole, PostExists, or Invalid for an area outside the body's.
    """
    row = Role.objects.filter(code=role).first()
    if row is None:
        raise UnknownRole(role=role[:30])
    path = body.area_path if area_path is None else area_path
    if not path.startswith(body.area_path):
        raise Invalid("A post's area lies inside its body's area.")
    named = clean_line(name_zh or row.name_zh, max_length=60)
    if Post.objects.filter(body=body, role=row, area_path=path, name_zh=named).exists():
        raise PostExists
    post = Post.objects.create(
        body=body,
        role=row,
        name_zh=named,
        name_en=clean_line(name_en or row.name_en, max_length=80),
        area_path=path,
    )
    journal.publish(events.PostMade(post.pk), by=by, area_path=path)
    return post


@journal.deed()
def change_post(post: Post, facts: dict[str, Any], *, by: journal.Actor = None) -> Post:
    """Change name, role (by its code), area or use of a post; its body is for ever.

    Raises UnknownRole, PostExists, LastKeeper, or Invalid for an area outside the body's.
    """
    given = dict(facts)
    if "role" in given:
        given["role"] = Role.objects.filter(code=given["role"]).first()
        if given["role"] is None:
            raise UnknownRole(role=str(facts["role"])[:30])
    for name, value in given.items():
        setattr(post, name, value)
    if not post.area_path.startswith(post.body.area_path):
        raise Invalid("A post's area lies inside its body's area.")
    same = Post.objects.filter(
        body=post.body, role=post.role, area_path=post.area_path, name_zh=post.name_zh
    )
    if same.exclude(pk=post.pk).exists():
        raise PostExists
    post.save(update_fields=[*given])
    require_a_keeper()
    journal.publish(events.PostChanged(post.pk), by=by, area_path=post.area_path)
    return post


def _refuse_cycle(body: Body) -> None:
    """Refuse a body that would stand above itself."""
    above, seen = body.parent, {body.pk}
    while above is not None:
        if above.pk in seen:
            raise Invalid("A body cannot stand above itself.")
        seen.add(above.pk)
        above = above.parent
