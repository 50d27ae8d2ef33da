"""Bodies and posts for programs, and bringing them in bulk; people are not given out."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from wanmi.kernel.errors import NotAllowed
from wanmi.kernel.text import text_rule
from wanmi.shell.api import Page, Problem, take_page

from . import bringing, browsing, duties
from .models import Body, BodyKind
from .queries import may_everywhere, scope_in, scope_with

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


class LineOut(Schema):
    """A line that cannot be taken, and why."""

    line: int
    reason: str


class ImportOut(Schema):
    """What a file brings; nothing stays of a trial or of a file with rejected lines."""

    is_trial: bool
    is_done: bool
    accepted: int
    unchanged: int
    rejected: list[LineOut]


@router.post("/organisation/import", response={200: ImportOut, 422: ImportOut | Problem})
def bring(
    request: HttpRequest, file: File[UploadedFile], dry_run: Form[bool] = True
) -> Status[dict[str, Any]]:
    """Try or import a CSV or XLSX file of bodies, posts and people, as the command line does.

    It is tried unless `dry_run` is false; lines that cannot be taken are named
    with their reason, and then nothing is changed (422 where it was not a trial).
    """
    if not may_everywhere(scope_in(request), duties.EDIT_PEOPLE):
        raise NotAllowed
    report = bringing.run_file(file, by=request.user, dry_run=dry_run)
    rejected = [
        {"line": row.line, "reason": row.sentence(gettext)}
        for row in report.rejected[: bringing.SHOWN_ROWS]
    ]
    told = {
        "is_trial": dry_run,
        "is_done": not dry_run and not rejected,
        "accepted": report.accepted,
        "unchanged": report.unchanged,
        "rejected": rejected,
    }
    return Status(422 if rejected and not dry_run else 200, told)


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
