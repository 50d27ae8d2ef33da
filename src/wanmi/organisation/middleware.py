"""`request.scope`: what the person behind a request may do, asked once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from wanmi.accounts import queries as accounts
from wanmi.kernel.errors import NotAllowed
from wanmi.shell import pages
from wanmi.shell.api import problem

from . import viewing
from .queries import scope_of
from .scope import Scope

SHOWN = "shown_area"
"""The key of the session under which the path of the area shown is kept."""


class RequestScope:
    """Gives every request its scope, looked up when first used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Read late: the API signs a bearer in after the middleware has run.
        request.scope = SimpleLazyObject(lambda: _scope(request))  # type: ignore[attr-defined]  # ours
        try:
            viewing.refuse_writing(request)
        except NotAllowed as refused:
            return _refusal(request, refused)
        return self.get_response(request)


def _scope(request: HttpRequest) -> Scope:
    """Return the person's scope, looking at the area kept in the session."""
    scope = scope_of(_person(request))
    viewed = viewing.viewed_by(request, scope)
    if viewed is not None:
        person, scope = viewed
        banner = viewing.Viewing(person.name, reverse("organisation:end_view"))
        request.viewing = banner  # type: ignore[attr-defined]  # ours, for the frame
    shown = request.session.get(SHOWN, "") if scope.user_id is not None else ""
    return scope.looking_at(shown) if shown else scope


def _refusal(request: HttpRequest, refused: NotAllowed) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(refused.status, refused.code, pages.sentence(refused))
    return pages.refusal(request, refused)


def _person(request: HttpRequest) -> object:
    """Return who asks: by session, or by bearer token also where no API route signs it in."""
    user = request.user
    if user.is_authenticated or not request.headers.get("Authorization"):
        return user
    return accounts.caller(request)
