"""Bodies and posts for programs; people are not given out."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from wanmi.kernel.text import text_rule
from wanmi.shell.api import Page, take_page

from . import browsing, duties
from .models import Body, BodyKind
from .queries import scope_with

router = Router(tags=["organisation"])
Kind = Annotated[str, Field(pattern=f"^({'|'.join(BodyKind.values)})?$", examples=["department"])]


class BodyOut(Schema):
    """An organisation that answers for an area and everything below it."""

    code: str
    credit_code: str
    kind: str
    level: str
    name_zh: str
    name_en: str
    parent: str | None = None
    area_path: str
    is_active: bool


class PostOut(Schema):
    """A place in a body that carries a role over an area."""

    id: int
    role: str
    name_zh: str
    name_en: str
    area_path: str


class BodyWithPosts(BodyOut):
    """A body and its posts in use."""

    posts: list[PostOut]


class BodyPage(Page):
    """A page of bodies."""

    items: list[BodyOut]


class Wanted(Schema):
    """What narrows the list."""

    kind: Kind = ""
    q: Annotated[str, text_rule(60, multiline=False)] = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str, text_rule(40, multiline=False)] = ""


@router.get("/bodies", response=BodyPage)
def bodies(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """List the bodies of your area and those above it."""
    rows = browsing.found(scope_with(request, duties.SEE_CASES), q=wanted.q, kind=wanted.kind)
    return take_page(
        rows.select_related("parent"), limit=wanted.limit, cursor=wanted.cursor, show=_shown
    )


@router.get("/bodies/{code}", response=BodyWithPosts)
def body(
    request: HttpRequest, code: Annotated[str, text_rule(40, multiline=False)]
) -> dict[str, Any]:
    """Return a body with its posts."""
    row = browsing.body_of(scope_with(request, duties.SEE_CASES), code)
    posts = [
        {
            "id": post.pk,
            "role": post.role.code,
            "name_zh": post.name_zh,
            "name_en": post.name_en,
            "area_path": post.area_path,
        }
        for post, _ in browsing.posts_of(row)
        if post.is_active
    ]
    return _shown(row) | {"posts": posts}


def _shown(row: Body) -> dict[str, Any]:
    taken = {name: getattr(row, name) for name in BodyOut.model_fields}
    return taken | {"parent": row.parent.code if row.parent else None}
