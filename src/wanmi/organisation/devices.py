"""The devices of people, for who looks after them: approve, take back, say how they are bound."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts import actions as accounts
from wanmi.accounts import queries as people
from wanmi.accounts.queries import Binding, Device, DeviceState, User
from wanmi.kernel.errors import NotAllowed, NotFound, Refused
from wanmi.kernel.text import clean_line
from wanmi.shell import pages, tables

from . import browsing, duties, queries
from .actions.people import require_in_hand

SEARCH_LENGTH = 60


@require_safe
@pages.with_duty(duties.EDIT_PEOPLE)
def devices(request: HttpRequest) -> HttpResponse:
    """List the devices of the people in sight."""
    return _page(request)


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def approve(request: HttpRequest, key: int) -> HttpResponse:
    """Bind a device that waits."""
    return _on_device(request, key, lambda row, by: accounts.approve_device(row, by=by))


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """Take a device back; it is emptied when it next reaches us."""
    reason = request.POST.get("reason", "")
    return _on_device(
        request, key, lambda row, by: accounts.revoke_device(row, by=by, reason=reason)
    )


@require_POST
@pages.with_duty(duties.EDIT_PEOPLE)
def set_rule(request: HttpRequest) -> HttpResponse:
    """Say how devices are bound and when they lock themselves; for the whole city."""
    if not queries.may_everywhere(queries.scope_in(request), duties.EDIT_PEOPLE):
        raise NotAllowed
    sent = request.POST
    binding, minutes = sent.get("binding", ""), sent.get("lock_minutes", "")
    try:
        accounts.set_device_rule(
            binding=binding if binding in Binding.values else Binding.SIGN_IN,
            lock_minutes=int(minutes) if minutes.isascii() and minutes.isdigit() else 0,
            pin_required=bool(sent.get("pin_required")),
            by=people.reader(request),
        )
    except Refused as error:
        return _page(request, error=pages.sentence(error), status=error.status)
    return HttpResponseRedirect(reverse("organisation:devices"))


def _on_device(
    request: HttpRequest, key: int, do: Callable[[Device, User], object]
) -> HttpResponse:
    row = _visible(request).filter(pk=key).first()
    if row is None:
        raise NotFound
    require_in_hand(row.user, queries.scope_in(request))
    try:
        do(row, people.reader(request))
    except Refused as error:
        return _page(request, error=pages.sentence(error), status=error.status)
    return HttpResponseRedirect(reverse("organisation:devices"))


def _visible(request: HttpRequest) -> QuerySet[Device]:
    held = browsing.people(queries.scope_in(request)).order_by().values("user_id")
    return people.every_device().filter(user_id__in=held)


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    asked, state = _words(request), request.GET.get("state", "")
    rows = _visible(request)
    if asked:
        named = Q(user__username__icontains=asked) | Q(user__name_zh__icontains=asked)
        rows = rows.filter(named | Q(user__name_en__icontains=asked) | Q(label__icontains=asked))
    if state in DeviceState.values:
        rows = rows.filter(state=state)
    context = {
        "page": tables.take(rows, tables.page_number(request)),
        "q": asked,
        "state": state,
        "states": DeviceState.choices,
        "rule": people.device_rule(),
        "bindings": Binding.choices,
        "may_set": queries.may_everywhere(queries.scope_in(request), duties.EDIT_PEOPLE),
        **more,
    }
    return pages.render(request, "organisation/devices.html", context, part="rows", status=status)


def _words(request: HttpRequest) -> str:
    try:
        return clean_line(request.GET.get("q", ""), max_length=SEARCH_LENGTH)
    except Refused:
        return ""
