"""Keeping, changing, sharing and dropping views of lists."""

from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid, NotAllowed
from wanmi.kernel.text import clean_line
from wanmi.shell import lists

from .. import events
from ..scope import Scope
from . import queries
from .models import FirstView, SavedView

MOST = 50
"""Views a person may keep of one list."""
NAME_LENGTH = 40


class NameNeeded(Invalid):
    """Give the view a name."""

    code = "view_name_needed"


class NameTaken(Conflict):
    """You have a view of this name already; choose another name."""

    code = "view_name_taken"


class NothingToKeep(Invalid):
    """Filter the list first; the whole list needs no view."""

    code = "nothing_to_keep"


class TooManyViews(Conflict):
    """You keep fifty views of this list; delete one first."""

    code = "too_many_views"


class NotYourPost(Invalid):
    """A view is shared with a post of a body you work in."""

    code = "not_your_post"


@journal.deed()
def save_view(
    listing: lists.Listing,
    name: str,
    sent: QueryDict,
    *,
    by: User,
    scope: Scope,
    post: int | None = None,
    at: datetime | None = None,
) -> SavedView:
    """Keep the filters and order of a list under a name, one's own or shared with a post.

    Raises NotAllowed, NameNeeded, NameTaken, NothingToKeep, NotYourPost, TooManyViews.
    """
    if not scope.may(listing.duty):
        raise NotAllowed
    query = _query(listing, sent)
    own = SavedView.objects.filter(owner=by, listing=listing.key)
    if own.count() >= MOST:
        raise TooManyViews
    row = SavedView(owner=by, listing=listing.key, query=query, made_at=at or datetime.now(UTC))
    row.name, row.post_id = _name(name, row), _post(post, scope)
    row.save()
    journal.publish(events.ViewSaved(row.pk, row.listing, row.post_id), by=by, at=at)
    return row


@journal.deed()
def change_view(
    row: SavedView,
    name: str,
    *,
    by: User,
    scope: Scope,
    post: int | None = None,
    sent: QueryDict | None = None,
    at: datetime | None = None,
) -> None:
    """Rename a view, share it with another post or with nobody, or give it other filters."""
    _require_change(row, by, scope)
    row.name = _name(name, row)
    if post != row.post_id:
        row.post_id = _post(post, scope)
    listing = lists.find(row.listing)
    if sent is not None and listing is not None:
        row.query = _query(listing, sent)
    row.save()
    journal.publish(events.ViewChanged(row.pk, row.listing, row.post_id), by=by, at=at)


@journal.deed()
def drop_view(row: SavedView, *, by: User, scope: Scope, at: datetime | None = None) -> None:
    """Delete a view; where it opened first, the whole list does again."""
    _require_change(row, by, scope)
    event = events.ViewDropped(row.pk, row.listing)
    row.delete()
    journal.publish(event, by=by, at=at)


@journal.deed()
def open_first(row: SavedView, first: bool, *, by: User, at: datetime | None = None) -> None:
    """Let a view open first for a person, or no longer."""
    chosen: dict[str, Any] = {"user": by, "listing": row.listing}
    if first:
        FirstView.objects.update_or_create(**chosen, defaults={"view": row})
    elif not FirstView.objects.filter(**chosen, view=row).delete()[0]:
        return
    journal.publish(events.FirstViewChosen(row.pk, row.listing, first), by=by, at=at)


def _require_change(row: SavedView, by: User, scope: Scope) -> None:
    if not queries.may_change(row, by, scope):
        raise NotAllowed


def _query(listing: lists.Listing, sent: QueryDict) -> str:
    query = listing.query(sent)
    if not query:
        raise NothingToKeep
    if len(query) > lists.LONGEST:
        raise Invalid("These filters are too long to be kept.")
    return clean_line(query, max_length=lists.LONGEST)


def _name(name: str, row: SavedView) -> str:
    cleaned = clean_line(name, max_length=NAME_LENGTH)
    if not cleaned:
        raise NameNeeded
    same = SavedView.objects.filter(owner=row.owner_id, listing=row.listing, name=cleaned)
    if same.exclude(pk=row.pk).exists():
        raise NameTaken
    return cleaned


def _post(key: int | None, scope: Scope) -> int | None:
    if key is not None and not queries.posts_to_share(scope).filter(pk=key).exists():
        raise NotYourPost
    return key
