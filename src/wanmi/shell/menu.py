"""What the frame offers: menu items by duty, the bell, the area switcher.

Upper rooms register here in their AppConfig.ready(); the shell knows none of them.
A reader without ``request.scope`` (nobody signed in) is offered nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from .counting import count_together


class Scope(Protocol):
    """What a person may do; set on the request by the organisation room."""

    @property
    def user_id(self) -> int | None: ...

    def may(self, duty: str) -> bool: ...


@dataclass(frozen=True)
class Item:
    """One line of the side menu. ``waiting`` answers which rows wait behind it."""

    key: str
    label: str | Promise
    url_name: str
    icon: str = "list"
    order: int = 100
    duty: str | None = None
    waiting: Callable[[HttpRequest], QuerySet[Any]] | None = None
    group: str | Promise = ""


@dataclass(frozen=True)
class Entry:
    """A menu item as one reader sees it."""

    key: str
    label: str
    url: str
    icon: str
    count: int
    current: bool
    group: str


@dataclass(frozen=True)
class Area:
    """One choice of the area switcher; ``path`` is the prefix every row is filtered by.

    An empty path is all of the reader's areas; ``depth`` is how far below that it stands.
    """

    path: str
    label: str
    current: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Bell:
    """The notices bell: where it leads and how many are unread."""

    url: str
    unread: int
    part_url: str = ""
    """Where the bell is asked for again."""


_items: dict[str, Item] = {}
_areas: list[Callable[[HttpRequest], Sequence[Area]]] = []
_bells: list[Callable[[HttpRequest], Bell]] = []
_arrangements: list[Callable[[HttpRequest, Sequence[Item]], Sequence[Item]]] = []


def register(item: Item) -> None:
    """Put an item on the side menu; the same key again replaces it."""
    _items[item.key] = item


def items() -> list[Item]:
    """Return every item of every room, in menu order."""
    return _in_order()


def offer_arrangement(
    arrange: Callable[[HttpRequest, Sequence[Item]], Sequence[Item]],
) -> None:
    """Say which of the items a reader may open they are shown, and in which order."""
    _arrangements[:] = [arrange]


def offer_areas(areas: Callable[[HttpRequest], Sequence[Area]]) -> None:
    """Fill the area switcher."""
    _areas[:] = [areas]


def offer_bell(bell: Callable[[HttpRequest], Bell]) -> None:
    """Fill the notices bell."""
    _bells[:] = [bell]


def for_request(request: HttpRequest) -> list[Entry]:
    """Return the entries this reader may open, in menu order, with the current one marked."""
    scope = scope_of(request)
    if scope is None:
        return []
    open_items: Sequence[Item] = [
        item for item in _in_order() if item.duty is None or scope.may(item.duty)
    ]
    for arrange in _arrangements:
        open_items = arrange(request, open_items)
    urls = {item.key: url_of(item.url_name) for item in open_items}
    current = _longest_match(request.path, urls.values())
    waiting = count_together(
        {item.key: item.waiting(request) for item in open_items if item.waiting and urls[item.key]}
    )
    return [
        _entry(item, urls[item.key], current, waiting.get(item.key, 0))
        for item in open_items
        if urls[item.key]
    ]


def areas_for(request: HttpRequest) -> Sequence[Area]:
    """Return the areas this reader may switch between."""
    return _areas[0](request) if _areas and scope_of(request) else []


def bell_for(request: HttpRequest) -> Bell | None:
    """Return the bell of this reader, or None where no room offers one."""
    return _bells[0](request) if _bells and scope_of(request) else None


def scope_of(request: HttpRequest) -> Scope | None:
    """Return what the reader may do, or None when nobody is signed in."""
    scope: Scope | None = getattr(request, "scope", None)
    return scope if scope is not None and scope.user_id is not None else None


def url_of(name: str) -> str:
    """Return the address of a page name, or an empty string where it is not mounted."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _in_order() -> list[Item]:
    """Return the items by order, those of a group together where its first one stands."""
    starts: dict[str, int] = {}
    for item in _items.values():
        group = str(item.group)
        starts[group] = min(item.order, starts.get(group, item.order))
    return sorted(_items.values(), key=lambda item: (starts[str(item.group)], item.order, item.key))


def _entry(item: Item, url: str, current: str, count: int) -> Entry:
    return Entry(
        key=item.key,
        label=str(item.label),
        url=url,
        icon=item.icon,
        count=count,
        current=url == current,
        group=str(item.group),
    )


def _longest_match(path: str, urls: Iterable[str]) -> str:
    return max((url for url in urls if url and path.startswith(url)), key=len, default="")
