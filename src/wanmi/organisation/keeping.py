"""The forms of who looks after people: posts, appointments, accounts."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wanmi.accounts import queries as accounts
from wanmi.accounts.queries import User, reader
from wanmi.kernel.errors import Invalid, NotAllowed, Refused
from wanmi.shell import pages

from . import actions, browsing, duties
from .models import Appointment, Body, Post
from .queries import scope_in
from .views import body_context, person_context, refused


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def make_post(request: HttpRequest, code: str) -> HttpResponseBase:
    """Make a post in a body."""
    row = _body_in_hand(request, code)

    def do() -> None:
        actions.make_post(
            row,
            request.POST.get("role", ""),
            name_zh=request.POST.get("name_zh", ""),
            name_en=request.POST.get("name_en", ""),
            by=reader(request),
        )

    return _on_body(request, row, do)


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def hire(request: HttpRequest, code: str) -> HttpResponseBase:
    """Open an account for a new person and appoint them to a post of the body."""
    row = _body_in_hand(request, code)

    def do() -> None:
        actions.hire(
            request.POST.get("username", ""),
            _post(row, request.POST.get("post", "")),
            password=request.POST.get("password", ""),
            name_zh=request.POST.get("name_zh", ""),
            name_en=request.POST.get("name_en", ""),
            by=reader(request),
        )

    return _on_body(request, row, do)


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def appoint(request: HttpRequest, code: str) -> HttpResponseBase:
    """Appoint somebody who has an account to a post of the body."""
    row = _body_in_hand(request, code)

    def do() -> None:
        user = accounts.by_username(request.POST.get("username", "").strip())
        if user is None:
            raise Invalid("Nobody signs in with this name.")
        post = _post(row, request.POST.get("post", ""))
        actions.appoint(user.pk, post, from_date=_day(request, "from_date"), by=reader(request))

    return _on_body(request, row, do)


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def dismiss(request: HttpRequest, key: int) -> HttpResponseBase:
    """End an appointment in the keeper's area."""
    scope = scope_in(request)
    rows = Appointment.objects.select_related("post__body", "post__role", "user").filter(pk=key)
    row = rows.first()
    if row is None:
        raise browsing.NoSuchPerson
    if not scope.may(duties.EDIT_PEOPLE, row.post.area_path):
        raise NotAllowed

    def do() -> None:
        actions.dismiss(row, on=_day(request, "on"), by=reader(request))

    return _on_body(request, row.post.body, do)


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def lock(request: HttpRequest, username: str) -> HttpResponseBase:
    """Lock an account."""
    return _on_person(
        request,
        username,
        lambda user: actions.lock(user, scope=scope_in(request), by=reader(request)),
    )


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def unlock(request: HttpRequest, username: str) -> HttpResponseBase:
    """Unlock an account."""
    return _on_person(
        request,
        username,
        lambda user: actions.unlock(user, scope=scope_in(request), by=reader(request)),
    )


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def reset_password(request: HttpRequest, username: str) -> HttpResponseBase:
    """Give somebody a new password."""
    password = request.POST.get("password", "")
    return _on_person(
        request,
        username,
        lambda user: actions.reset_password(
            user, password, scope=scope_in(request), by=reader(request)
        ),
    )


def _on_body(request: HttpRequest, row: Body, do: Callable[[], object]) -> HttpResponseBase:
    try:
        do()
    except Refused as error:
        sent = {name: value for name, value in request.POST.items() if name != "password"}
        context = body_context(request, row, sent=sent)
        return refused(request, "organisation/body.html", context, error)
    return HttpResponseRedirect(reverse("organisation:body", args=[row.code]))


def _on_person(request: HttpRequest, username: str, do: Callable[[User], None]) -> HttpResponseBase:
    user = browsing.person_of(scope_in(request), username)
    try:
        do(user)
    except NotAllowed:
        raise
    except Refused as error:
        context = person_context(request, user)
        return refused(request, "organisation/person.html", context, error)
    return HttpResponseRedirect(reverse("organisation:person", args=[username]))


def _body_in_hand(request: HttpRequest, code: str) -> Body:
    """Return a visible body of the keeper's area."""
    scope = scope_in(request)
    row = browsing.body_of(scope, code)
    if not scope.may(duties.EDIT_PEOPLE, row.area_path):
        raise NotAllowed
    return row


def _post(row: Body, key: str) -> Post:
    found = None
    if key.isascii() and key.isdigit() and len(key) < 18:
        found = Post.objects.filter(pk=int(key), body=row, is_active=True).first()
    if found is None:
        raise Invalid("Choose a post of this body.")
    return found


def _day(request: HttpRequest, name: str) -> date:
    said = request.POST.get(name, "")
    try:
        return date.fromisoformat(said) if said else timezone.localdate()
    except ValueError:
        raise Invalid("“%(text)s” is not a date.", text=said[:20]) from None
