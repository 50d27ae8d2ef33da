"""Which views a reader has, and with which posts they may share them."""

from collections.abc import Sequence
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from wanmi.accounts.queries import User
from wanmi.kernel.errors import NotFound
from wanmi.shell import lists

from .. import duties
from ..models import Post
from ..scope import Scope
from .models import FirstView, SavedView


class NoSuchView(NotFound):
    """There is no such view, or it is not shared with a post of yours."""

    code = "no_such_view"


def visible(user: User, scope: Scope) -> QuerySet[SavedView]:
    """Return a person's own views and those shared with the posts they hold."""
    held = [holding.post_id for holding in scope.holdings]
    first = FirstView.objects.filter(user=user, view=OuterRef("pk"))
    rows = SavedView.objects.filter(Q(owner=user) | Q(post__in=held))
    return rows.annotate(is_first=Exists(first)).order_by("listing", "name", "pk")


def of_request(request: HttpRequest, listings: Sequence[lists.Listing]) -> list[SavedView]:
    """Return the views a reader has of some lists; one query."""
    found = visible(_person(request), _scope(request))
    keys = [each.key for each in listings]
    return list(found.filter(listing__in=keys).select_related("post__body", "owner"))


def shown(request: HttpRequest, listings: Sequence[lists.Listing]) -> list[lists.View]:
    """Return the same as the lists and the search box show them."""
    known = {each.key: each for each in listings}
    return [
        lists.View(
            name=row.name,
            query=row.query,
            url=known[row.listing].url(row.query),
            of_list=str(known[row.listing].label),
            is_first=row.is_first,  # type: ignore[attr-defined]  # annotated
            is_shared=row.post_id is not None,
        )
        for row in of_request(request, listings)
    ]


def view_of(request: HttpRequest, key: int) -> SavedView:
    """Return a view the reader has, of a list they may open. Raises NoSuchView."""
    for row in of_request(request, lists.open_to(request)):
        if row.pk == key:
            return row
    raise NoSuchView


def may_change(row: SavedView, user: User, scope: Scope) -> bool:
    """Say whether somebody may rename or drop a view.

    Its owner may; of a shared one also who looks after the people of that post.
    """
    shared = row.post is not None and scope.may(duties.EDIT_PEOPLE, row.post.area_path)
    return row.owner_id == user.pk or shared


def posts_to_share(scope: Scope) -> QuerySet[Post]:
    """Return the posts of the bodies a person works in."""
    bodies = {holding.body_id for holding in scope.holdings}
    rows = Post.objects.filter(body_id__in=bodies, is_active=True).select_related("body")
    return rows.order_by("body__code", "name_zh", "pk")


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _scope(request: HttpRequest) -> Scope:
    scope: Scope = request.scope  # type: ignore[attr-defined]  # by middleware
    return scope
