"""What is done at the desk beside the form: states, taking, passing on, calling back."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from wanmi.accounts.queries import User, reader
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages

from .. import actions, queries, showing
from ..models import Callback
from .asking import require_staff, visible_call

duties = organisation.duties
LONGEST_WAIT_MINUTES = 7 * 24 * 60


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def state(request: HttpRequest) -> HttpResponse:
    """Say that one is ready, on a break for a reason, or gone; or at which telephone one sits."""
    user = reader(request)
    if "extension" in request.POST:
        actions.set_extension(user, request.POST["extension"], by=user)
    else:
        reason = request.POST.get("reason", "")
        wanted = "break" if reason else request.POST.get("state", "")
        actions.set_state(user, wanted, reason=reason, by=user)
    return _now(request)


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def take(request: HttpRequest, key: int) -> HttpResponse:
    """Answer a call that rings here, or take one out of the queue."""
    actions.take(visible_call(request, key), by=reader(request))
    return _now(request)


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def settle(request: HttpRequest, key: int) -> HttpResponse:
    """Say of one's call that it needs no matter."""
    outcome = request.POST.get("outcome", "")
    actions.settle(visible_call(request, key), outcome, by=reader(request))
    return _now(request)


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def hand(request: HttpRequest, key: int) -> HttpResponse:
    """Pass one's call to another agent, with a word about it."""
    call, given = visible_call(request, key), request.POST.get("to", "")
    if call.agent_id != request.user.pk:
        raise actions.NotYourCall
    to = User.objects.filter(pk=int(given)).first() if given.isascii() and given.isdigit() else None
    if to is None:
        raise actions.NoSuchAgent(agent="")
    actions.hand_over(call, to, note=request.POST.get("note", ""), by=reader(request))
    return pages.say(_now(request), gettext("The call was passed on."), kind="good")


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def ask_callback(request: HttpRequest, key: int) -> HttpResponse:
    """Ask that the caller is called back in some minutes."""
    given = request.POST.get("minutes", "")
    minutes = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 30
    due = datetime.now(UTC) + timedelta(minutes=min(minutes, LONGEST_WAIT_MINUTES))
    call = visible_call(request, key)
    actions.ask_callback(call, due, request.POST.get("note", ""), by=reader(request))
    return pages.say(_now(request), gettext("Noted: they are to be called back."), kind="good")


@require_POST
@pages.with_duty(duties.TAKE_CALLS)
def call_back(request: HttpRequest, key: int) -> HttpResponse:
    """Say that somebody was called back, or not reached."""
    row = Callback.objects.filter(pk=key, call__in=queries.visible(scope_in(request)).values("pk"))
    found = row.first()
    if found is None:
        raise NotFound
    actions.call_back(found, request.POST.get("reached") == "yes", by=reader(request))
    return _now(request)


@require_POST
@pages.with_duty()
def recording(request: HttpRequest, key: int) -> HttpResponse:
    """Keep uploaded recordings with a call: its agent's, or the shift leader's."""
    require_staff(request)
    call = visible_call(request, key)
    if call.agent_id != request.user.pk:
        organisation.require(scope_in(request), duties.LEAD_SHIFT, call.area_path)
    media = [
        int(each) for each in request.POST.getlist("media") if each.isascii() and each.isdigit()
    ]
    actions.attach_recording(call, media, by=reader(request))
    return HttpResponseRedirect(reverse("hotline:call", args=[key]))


@require_POST
@pages.with_duty(duties.LEAD_SHIFT)
def forget(request: HttpRequest, key: int) -> HttpResponse:
    """Delete a caller's number."""
    call = visible_call(request, key)
    organisation.require(scope_in(request), duties.LEAD_SHIFT, call.area_path)
    actions.forget(call, by=reader(request))
    return HttpResponseRedirect(reverse("hotline:call", args=[key]))


def _now(request: HttpRequest) -> HttpResponse:
    if not pages.is_partial(request):
        return HttpResponseRedirect(reverse("hotline:desk"))
    return pages.render(
        request, "hotline/parts/now.html", showing.now(scope_in(request), reader(request))
    )
