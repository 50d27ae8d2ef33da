"""Viewing as somebody else (看作): an administrator sees the pages as a person would, read-only.

The session says who is viewed and until when. What the administrator's own posts
do not let them read stays hidden, whatever the person may read; nothing can be
written; beginning and ending stand in the journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from wanmi.accounts import queries as accounts
from wanmi.accounts.queries import User, reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, NotAllowed
from wanmi.shell import pages

from . import browsing, duties, events, queries
from .actions.people import NotYourself
from .queries import scope_in
from .scope import Holding, Scope

VIEWED: Final = "viewed_as"
"""The key of the session: [key of the person, moment it ends in seconds since 1970]."""
LASTS: Final = timedelta(minutes=30)
READING: Final = frozenset(name for name in duties.WORDS if ".see" in name) | {duties.EXPORT_CASES}
"""Duties that open data: the administrator must hold them too."""
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# One's own look, leaving the view and leaving the house are no deeds of the person viewed.
OPEN: Final = frozenset(
    {
        "/organisation/viewing/end",
        "/sign-out",
        "/preferences/theme",
        "/preferences/language",
        "/preferences/area",
    }
)


class OnlyLooking(NotAllowed):
    """You are looking as somebody else; nothing can be changed until you end the view."""

    code = "only_looking"


class NobodyToView(Conflict):
    """This person holds no post at present, or their account is locked; there is nothing to see."""

    code = "nobody_to_view"


@dataclass(frozen=True)
class Viewing:
    """Who is viewed, for the banner."""

    name: str
    end_url: str


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def begin(request: HttpRequest, username: str) -> HttpResponseBase:
    """See the pages as a person; only who looks after and sees the whole city may."""
    scope = scope_in(request)
    require_viewer(scope)
    person = browsing.person_of(scope, username)
    keeper = reader(request)
    if person.pk == keeper.pk:
        raise NotYourself
    if not person.is_active or not queries.scope_of(person).holdings:
        raise NobodyToView
    with journal.deed():
        journal.publish(events.ViewBegun(person.pk), by=keeper)
    until = datetime.now(UTC) + LASTS
    request.session[VIEWED] = [person.pk, int(until.timestamp())]
    return HttpResponseRedirect("/")


@require_POST
def end(request: HttpRequest) -> HttpResponseBase:
    """Be oneself again."""
    viewed = request.session.pop(VIEWED, None)
    if viewed is not None and request.user.is_authenticated:
        with journal.deed():
            journal.publish(events.ViewEnded(int(viewed[0])), by=request.user)
        person = accounts.people({int(viewed[0])}).get(int(viewed[0]))
        if person is not None:
            return HttpResponseRedirect(reverse("organisation:person", args=[person.username]))
    return HttpResponseRedirect("/")


def require_viewer(scope: Scope) -> None:
    """Refuse who does not look after people of, and see, the whole city.

    A person's own reports may lie anywhere, so less than the whole would show too much.
    """
    for duty in (duties.EDIT_PEOPLE, duties.SEE_CASES):
        queries.require(scope, duty, queries.whole_area())


def viewed_by(request: HttpRequest, own: Scope) -> tuple[User, Scope] | None:
    """Return the person this session views and what the pages may show of them, if it views one.

    A view that has run out, or that the administrator may no longer have, is ended.
    """
    said = _said(request)
    if said is None or own.user_id is None:
        return None
    key, until = said
    person = accounts.people({key}).get(key)
    is_over = datetime.now(UTC).timestamp() >= until
    allowed = all(
        own.may(duty, queries.whole_area()) for duty in (duties.EDIT_PEOPLE, duties.SEE_CASES)
    )
    if is_over or person is None or not person.is_active or not allowed:
        del request.session[VIEWED]
        return None
    return person, limited(queries.scope_of(person), own)


def limited(theirs: Scope, own: Scope) -> Scope:
    """Return a person's scope without what the administrator may not read there."""
    return replace(theirs, holdings=tuple(_limited(held, own) for held in theirs.holdings))


def refuse_writing(request: HttpRequest) -> None:
    """Refuse every deed while somebody else is viewed."""
    if request.method not in SAFE and request.path not in OPEN and _said(request) is not None:
        raise OnlyLooking


def _limited(held: Holding, own: Scope) -> Holding:
    hidden = {duty for duty in held.duties & READING if not own.may(duty, held.area_path)}
    return replace(held, duties=held.duties - hidden)


def _said(request: HttpRequest) -> tuple[int, int] | None:
    if request.headers.get("Authorization"):
        return None
    session: Mapping[str, object] = getattr(request, "session", {})
    said = session.get(VIEWED)
    return (int(said[0]), int(said[1])) if isinstance(said, list) and len(said) == 2 else None
