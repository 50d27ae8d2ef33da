"""What the one search box finds: each room offers a finder, each with its own permission.

The shell knows no room and no word of the trade: it asks who may be asked, and
shows what comes back in groups.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from . import menu

LONGEST = 100
"""Characters of a question that are read."""


@dataclass(frozen=True)
class Line:
    """One thing found: what it is called, more about it, and where it stands."""

    title: str
    url: str
    words: str = ""
    aside: str = ""


@dataclass(frozen=True)
class Finder:
    """How one sort of thing is found.

    `find` answers at most so many lines for a question, and only what the
    reader may see. `more` gives the address of the whole list. What is
    `recorded` reads personal data: it is asked only where the reader says so,
    and writes the reading into the journal itself.
    """

    name: str
    label: str | Promise
    find: Callable[[HttpRequest, str, int], Iterable[Line]]
    icon: str = "search"
    order: int = 100
    duty: str | None = None
    more: Callable[[str], str] | None = None
    recorded: bool = False


@dataclass(frozen=True)
class Group:
    """What one finder found."""

    name: str
    label: str
    icon: str
    lines: Sequence[Line]
    more_url: str


_finders: dict[str, Finder] = {}


def offer_finder(finder: Finder) -> None:
    """Let the search box find one more sort of thing; the same name again replaces it."""
    _finders[finder.name] = finder


def question_of(text: str) -> str:
    """Return a question as finders take it: one line, nothing unprintable, not endless."""
    return "".join(char if char.isprintable() else " " for char in text).strip()[:LONGEST]


def found(request: HttpRequest, question: str, *, most: int) -> list[Group]:
    """Return what the reader may be shown, at most so many of each sort; empty groups left out."""
    finders = (finder for finder in _open_to(request) if not finder.recorded)
    return _asked(request, question, finders, most)


def found_recorded(request: HttpRequest, question: str, *, most: int) -> list[Group]:
    """Return what finders that read personal data find; each writes its reading down."""
    finders = (finder for finder in _open_to(request) if finder.recorded)
    return _asked(request, question, finders, most)


def may_read_persons(request: HttpRequest) -> bool:
    """Say whether the reader may ask a finder that reads personal data."""
    return any(finder.recorded for finder in _open_to(request))


def _open_to(request: HttpRequest) -> list[Finder]:
    scope = menu.scope_of(request)
    if scope is None:
        return []
    ordered = sorted(_finders.values(), key=lambda finder: (finder.order, finder.name))
    return [finder for finder in ordered if finder.duty is None or scope.may(finder.duty)]


def _asked(
    request: HttpRequest, question: str, finders: Iterable[Finder], most: int
) -> list[Group]:
    if not question:
        return []
    groups = (_group(request, question, finder, most) for finder in finders)
    return [group for group in groups if group.lines]


def _group(request: HttpRequest, question: str, finder: Finder, most: int) -> Group:
    lines = list(finder.find(request, question, most))[:most]
    more = finder.more(question) if finder.more is not None else ""
    return Group(finder.name, str(finder.label), finder.icon, lines, more)
