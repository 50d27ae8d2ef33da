"""The inbox for programs."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import NotFound
from wanmi.kernel.text import text_rule
from wanmi.shell.api import Problem, take_page

from . import actions, queries

router = Router(tags=["notices"])


class NoticeOut(Schema):
    """A notice in the caller's language; `read_at` is none while unread."""

    id: int
    kind: str
    sentence: str
    link: str
    subject: str
    at: datetime
    read_at: datetime | None


class Notices(Schema):
    """A page of notices, and how many are unread in all."""

    items: list[NoticeOut]
    next: str | None = None
    unread: int


@router.get("/notices", response={200: Notices, 401: Problem, 422: Problem})
def list_notices(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
    cursor: Annotated[str, text_rule(200)] = "",
) -> dict[str, Any]:
    """List my notices, newest first."""
    person = reader(request)
    rows = queries.told(person.pk)
    page = take_page(rows, limit=limit, cursor=cursor, show=NoticeOut.from_orm)
    return {**page, "unread": queries.unread_count(person.pk)}


@router.post("/notices/{key}/read", response={200: NoticeOut, 401: Problem, 404: Problem})
def read(request: HttpRequest, key: int) -> Any:
    """Mark one of my notices as read."""
    person = reader(request)
    notice = actions.mark_read(key, by=person)
    if notice is None:
        raise NotFound
    return NoticeOut.from_orm(notice)


class HowMany(Schema):
    """How many notices were marked."""

    marked: int


@router.post("/notices/read", response={200: HowMany, 401: Problem})
def read_all(request: HttpRequest) -> HowMany:
    """Mark all of my notices as read."""
    person = reader(request)
    return HowMany(marked=actions.mark_all_read(by=person))
