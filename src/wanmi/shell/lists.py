"""Lists whose filters a reader may keep under a name: each room offers its lists.

A kept view is an address and nothing more: opened, it asks for what its reader
may see. Which views somebody has is known above (`organisation.saved`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from . import menu

ALL = "view=all"
"""The query of a list that opens it unfiltered, whatever opens first."""
LONGEST = 1000
"""Characters of a query that is kept."""

Said = Mapping[str, tuple[str | Promise, Mapping[str, str | Promise] | None]]
"""By filter: what it is called, and what its values are called where they have words."""
Words = Callable[[QueryDict], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Listing:
    """A list: where it stands, who may open it, and what of its address is kept.

    `words` tells a query in the reader's language, as pairs of filter and value.
    """

    key: str
    label: str | Promise
    url_name: str
    names: tuple[str, ...]
    duty: str
    words: Words | None = None

    def url(self, query: str = "") -> str:
        """Return the address of the list with a query; without one, unfiltered."""
        return f"{reverse(self.url_name)}?{query or ALL}"

    def query(self, sent: QueryDict) -> str:
        """Return what is kept of an address, always in the same order."""
        kept = QueryDict(mutable=True)
        for name in self.names:
            if text := sent.get(name, "").strip():
                kept[name] = text
        return kept.urlencode()


@dataclass(frozen=True)
class View:
    """A kept view as the list shows it."""

    name: str
    query: str
    url: str
    of_list: str
    is_first: bool = False
    is_shared: bool = False


@dataclass(frozen=True)
class Keeper:
    """Who keeps the views: `views` returns those a reader has of some lists; two page names."""

    views: Callable[[HttpRequest, Sequence[Listing]], Sequence[View]]
    page: str
    new: str


_listings: dict[str, Listing] = {}
_keepers: list[Keeper] = []


def offer(listing: Listing) -> None:
    """Let the filters of a list be kept; the same key again replaces it."""
    _listings[listing.key] = listing


def keep_with(keeper: Keeper) -> None:
    """Let a room that knows people keep the views."""
    _keepers[:] = [keeper]


def find(key: str) -> Listing | None:
    """Return a list by its key."""
    return _listings.get(key)


def told_by(said: Said) -> Words:
    """Return how a query is told by the names of filters and of their values."""

    def told(sent: QueryDict) -> Iterator[tuple[str, str]]:
        for name, (label, values) in said.items():
            if text := sent.get(name):
                yield str(label), str((values or {}).get(text, text))

    return told


def open_to(request: HttpRequest) -> list[Listing]:
    """Return the lists a reader may open."""
    scope = menu.scope_of(request)
    return [each for each in _listings.values() if scope is not None and scope.may(each.duty)]


def views(request: HttpRequest, key: str = "") -> Sequence[View]:
    """Return the views a reader has of one list, or of all they may open; asked once a request."""
    known: dict[str, Sequence[View]] = request.__dict__.setdefault("_saved_views", {})
    if key not in known:
        wanted = [each for each in open_to(request) if key in {"", each.key}]
        known[key] = _keepers[0].views(request, wanted) if _keepers and wanted else []
    return known[key]


def strip(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """Return what stands over a list: its views, and where the one shown can be kept."""
    listing = find(key)
    if listing is None or not _keepers:
        return None
    current, kept = listing.query(request.GET), views(request, key)
    asked = urlencode({"list": key})
    return {
        "views": kept,
        "current": current,
        "all": listing.url(),
        "manage": reverse(_keepers[0].page),
        "save": f"{reverse(_keepers[0].new)}?{asked}&{current}",
        "may_save": bool(current) and current not in {each.query for each in kept},
    }


def opening(request: HttpRequest, key: str) -> HttpResponseRedirect | None:
    """Lead to the view that opens first, where the address asks for nothing itself."""
    if request.META.get("QUERY_STRING"):
        return None
    first = next((each for each in views(request, key) if each.is_first), None)
    return HttpResponseRedirect(first.url) if first is not None else None
