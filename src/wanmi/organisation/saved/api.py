"""Saved views for programs."""

from typing import Annotated, Any, cast

from django.http import HttpRequest, QueryDict
from ninja import Field, Router, Schema, Status

from wanmi.accounts.queries import User
from wanmi.kernel.text import RowKey, text_rule
from wanmi.shell import lists

from ..scope import Scope
from . import actions, queries
from .models import SavedView

router = Router(tags=["views"])
ListKey = Annotated[str, text_rule(30, multiline=False)]
Name = Annotated[str, text_rule(40, multiline=False)]
Filters = dict[Annotated[str, text_rule(40, multiline=False)], Annotated[str, text_rule(200)]]


class ViewOut(Schema):
    """A view: the filters and order of a list under a name; `url` opens it as a page."""

    id: int
    list: str
    name: str
    filters: dict[str, str]
    url: str
    post: int | None = None
    is_own: bool
    opens_first: bool


class ViewChange(Schema):
    """What a view is to be; `post` shares it with whoever holds that post."""

    name: Name
    filters: Annotated[Filters, Field(max_length=40)]
    post: RowKey | None = None
    opens_first: bool = False


class ViewIn(ViewChange):
    """A view to be kept of a list."""

    list: ListKey


class FirstIn(Schema):
    """Whether the view opens first for the caller."""

    opens_first: bool


@router.get("/views", response=list[ViewOut])
def views(request: HttpRequest, list: ListKey = "") -> Any:  # the word of the API
    """List your views and those shared with your posts, of one list or of all."""
    wanted = [each for each in lists.open_to(request) if list in {"", each.key}]
    return [_shown(request, row) for row in queries.of_request(request, wanted)]


@router.post("/views", response={201: ViewOut})
def save(request: HttpRequest, sent: ViewIn) -> Status[Any]:
    """Keep a view of a list."""
    listing = lists.find(sent.list)
    if listing is None:
        raise queries.NoSuchView
    person = _person(request)
    row = actions.save_view(
        listing, sent.name, _query(sent), by=person, scope=_scope(request), post=sent.post
    )
    actions.open_first(row, sent.opens_first, by=person)
    return Status(201, _shown(request, queries.view_of(request, row.pk)))


@router.put("/views/{view_id}", response=ViewOut)
def change(request: HttpRequest, view_id: int, sent: ViewChange) -> Any:
    """Change a view of yours."""
    row = queries.view_of(request, view_id)
    by, scope = _person(request), _scope(request)
    actions.change_view(row, sent.name, by=by, scope=scope, post=sent.post, sent=_query(sent))
    actions.open_first(row, sent.opens_first, by=by)
    return _shown(request, queries.view_of(request, view_id))


@router.put("/views/{view_id}/first", response=ViewOut)
def first(request: HttpRequest, view_id: int, sent: FirstIn) -> Any:
    """Let a view open first for you, also a shared one, or no longer."""
    row = queries.view_of(request, view_id)
    actions.open_first(row, sent.opens_first, by=_person(request))
    return _shown(request, queries.view_of(request, view_id))


@router.delete("/views/{view_id}", response={204: None})
def drop(request: HttpRequest, view_id: int) -> Status[None]:
    """Delete a view of yours."""
    row = queries.view_of(request, view_id)
    actions.drop_view(row, by=_person(request), scope=_scope(request))
    return Status(204, None)


def _shown(request: HttpRequest, row: SavedView) -> dict[str, Any]:
    listing = lists.find(row.listing)
    return {
        "id": row.pk,
        "list": row.listing,
        "name": row.name,
        "filters": QueryDict(row.query).dict(),
        "url": listing.url(row.query) if listing else "",
        "post": row.post_id,
        "is_own": row.owner_id == _person(request).pk,
        "opens_first": row.is_first,  # type: ignore[attr-defined]  # annotated
    }


def _query(sent: ViewChange) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(sent.filters)
    return query


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _scope(request: HttpRequest) -> Scope:
    scope: Scope = request.scope  # type: ignore[attr-defined]  # by middleware
    return scope
