"""The journal for programs."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from wanmi.kernel.errors import NotAllowed
from wanmi.kernel.text import text_rule
from wanmi.shell import pages
from wanmi.shell.api import Problem, take_page

from .models import JournalEntry
from .reading import DUTY, Wanted, entries

router = Router(tags=["journal"])


class EntryOut(Schema):
    """One entry; `hash` covers it and `previous_hash` (SHA-256, hexadecimal)."""

    number: int
    at: datetime
    kind: str
    subject: str
    actor: str
    area: str
    data: dict[str, Any]
    previous_hash: str
    hash: str


class Entries(Schema):
    """A page of entries, newest first."""

    items: list[EntryOut]
    next: str | None = None


@router.get("/journal", response={200: Entries, 401: Problem, 403: Problem, 422: Problem})
def list_entries(
    request: HttpRequest,
    subject: Annotated[str, text_rule(80)] = "",
    kind: Annotated[str, text_rule(80)] = "",
    actor: Annotated[str, text_rule(80)] = "",
    since: Annotated[str, text_rule(10)] = "",
    until: Annotated[str, text_rule(10)] = "",
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
    cursor: Annotated[str, text_rule(200)] = "",
) -> dict[str, Any]:
    """List what happened within my area, newest first; days as 2026-11-21."""
    scope = pages.scope_in(request)
    if not scope.may(DUTY):
        raise NotAllowed
    rows = entries(scope, Wanted(subject, kind, actor, since, until))
    return take_page(rows, limit=limit, cursor=cursor, show=_out)


def _out(row: JournalEntry) -> EntryOut:
    return EntryOut(
        number=row.number,
        at=row.at,
        kind=row.kind,
        subject=row.subject,
        actor=row.actor,
        area=row.area_path,
        data=row.data,
        previous_hash=bytes(row.previous_hash).hex(),
        hash=bytes(row.hash).hex(),
    )
