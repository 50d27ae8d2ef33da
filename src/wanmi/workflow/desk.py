"""What rooms put on the desk beside its tasks: lists of their own, ways to begin, a map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import Promise

from wanmi.organisation import queries as organisation

from .rows import Row


@dataclass(frozen=True)
class Tab:
    """A list beside "to do" and "done"; `show` turns one page of its rows into lines."""

    name: str
    label: str | Promise
    rows: Callable[[organisation.Scope], QuerySet]
    show: Callable[[Sequence], list[Row]]
    empty: str | Promise = ""
    help: str | Promise = ""


@dataclass(frozen=True)
class Start:
    """A button that leads to something new; shown to holders of the duty."""

    label: str | Promise
    url_name: str
    duty: str
    icon: str = "plus"


@dataclass(frozen=True)
class Overview:
    """The desk of those who watch an area rather than work tasks."""

    view: Callable[[HttpRequest], HttpResponseBase]
    watches: Callable[[organisation.Scope], bool]


@dataclass(frozen=True)
class DeskPart:
    """What one room brings to the desk; `map_template` draws the map beside the list."""

    tabs: tuple[Tab, ...] = ()
    starts: tuple[Start, ...] = ()
    overview: Overview | None = None
    map_template: str = ""


_parts: dict[str, DeskPart] = {}


def furnish_desk(room: str, part: DeskPart) -> None:
    """Put a room's part on the desk; the same room again replaces it."""
    _parts[room] = part


def tabs() -> list[Tab]:
    """Return the lists the rooms above have brought."""
    return [tab for part in _parts.values() for tab in part.tabs]


def starts(scope: organisation.Scope) -> list[Start]:
    """Return what a person may begin from the desk."""
    found = [start for part in _parts.values() for start in part.starts]
    return [start for start in found if scope.may(start.duty)]


def overview(scope: organisation.Scope) -> Overview | None:
    """Return the overview of a person who watches, if one is offered."""
    offered = [part.overview for part in _parts.values() if part.overview is not None]
    return next((each for each in offered if each.watches(scope)), None)


def map_template() -> str:
    """Return the template of the map beside the list; "" for none."""
    return next((part.map_template for part in _parts.values() if part.map_template), "")
