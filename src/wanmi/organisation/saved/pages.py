"""Pages of saved views: all of them, keeping a new one, changing one."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanmi.accounts.queries import User
from wanmi.kernel.errors import NotFound, Refused
from wanmi.shell import lists, pages

from ..scope import Scope
from . import actions, queries
from .models import SavedView


@require_safe
@pages.with_duty()
def views(request: HttpRequest) -> HttpResponseBase:
    """Show every view the reader has, by list."""
    known = {each.key: each for each in lists.open_to(request)}
    rows = queries.of_request(request, list(known.values()))
    shown = [
        {"row": row, "listing": known[row.listing], "url": known[row.listing].url(row.query)}
        for row in rows
    ]
    return pages.render(request, "organisation/views.html", {"rows": shown, "me": _person(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty()
def new_view(request: HttpRequest) -> HttpResponseBase:
    """Keep the filters that the address names; on the button, do."""
    sent = request.POST if request.method == "POST" else request.GET
    listing = lists.find(sent.get("list", ""))
    if listing is None or listing not in lists.open_to(request):
        raise queries.NoSuchView
    query = QueryDict(sent.get("query", "") if request.method == "POST" else listing.query(sent))
    context = {"listing": listing, "query": listing.query(query), "words": _words(listing, query)}
    if request.method != "POST":
        return _form_page(request, context)

    def do() -> str:
        row = actions.save_view(
            listing, sent.get("name", ""), query, by=_person(request), **_shared(request)
        )
        _set_first(request, row)
        return listing.url(row.query)

    return _settle(request, context, do)


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty()
def change_view(request: HttpRequest, key: int) -> HttpResponseBase:
    """Show a view: its name, whom it is shared with, what it keeps; on the button, change it."""
    row = queries.view_of(request, key)
    listing = _listing(row)
    may_change = queries.may_change(row, _person(request), _scope(request))
    context = {
        "row": row,
        "listing": listing,
        "query": row.query,
        "words": _words(listing, QueryDict(row.query)),
        "is_own": may_change,
    }
    if request.method != "POST":
        return _form_page(request, context)

    def do() -> str:
        if may_change:
            name = request.POST.get("name", "")
            actions.change_view(row, name, by=_person(request), **_shared(request))
        _set_first(request, row)
        return reverse("organisation:views")

    return _settle(request, context, do)


@require_POST
@pages.with_duty()
def drop_view(request: HttpRequest, key: int) -> HttpResponseBase:
    """Delete a view."""
    row = queries.view_of(request, key)
    actions.drop_view(row, by=_person(request), scope=_scope(request))
    return HttpResponseRedirect(reverse("organisation:views"))


def _settle(request: HttpRequest, context: dict[str, Any], do: Callable[[], str]) -> Any:
    try:
        return HttpResponseRedirect(do())
    except NotFound:
        raise
    except Refused as refused:
        told = context | {"error": pages.sentence(refused), "sent": request.POST}
        return _form_page(request, told, status=refused.status)


def _form_page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> Any:
    row, sent = context.get("row"), context.get("sent")
    posts: list[tuple[int | None, str]] = [
        (post.pk, f"{post.body.name} · {post.name}")
        for post in queries.posts_to_share(_scope(request))
    ]
    chosen = row.post_id if row is not None else None
    if row is not None and row.post is not None and chosen not in dict(posts):
        posts.append((chosen, f"{row.post.body.name} · {row.post.name}"))
    more = {
        "posts": posts,
        "post": sent.get("post", "") if sent else chosen or "",
        "name": sent.get("name", "") if sent else row.name if row else "",
        "is_first": "first" in sent if sent else bool(row and row.is_first),
        "is_own": True,
    }
    return pages.render(request, "organisation/view.html", more | context, status=status)


def _set_first(request: HttpRequest, row: SavedView) -> None:
    actions.open_first(row, "first" in request.POST, by=_person(request))


def _shared(request: HttpRequest) -> dict[str, Any]:
    said = request.POST.get("post", "")
    is_key = said.isascii() and said.isdigit() and len(said) < 18
    if said and not is_key:
        raise actions.NotYourPost
    return {"scope": _scope(request), "post": int(said) if said else None}


def _words(listing: lists.Listing, query: QueryDict) -> list[tuple[str, str]]:
    """Return the filters kept in the reader's language, as they stand where a list tells none."""
    told = listing.words or (lambda sent: ((name, str(sent[name])) for name in sent))
    return list(told(query))


def _listing(row: SavedView) -> lists.Listing:
    found = lists.find(row.listing)
    if found is None:
        raise queries.NoSuchView
    return found


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _scope(request: HttpRequest) -> Scope:
    scope: Scope = request.scope  # type: ignore[attr-defined]  # by middleware
    return scope
