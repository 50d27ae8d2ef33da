"""Alerts without an account: made, confirmed by letter, listed by this browser, stopped at once."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanmi.kernel.errors import Invalid, NotFound, Refused
from wanmi.notices import actions as notices
from wanmi.shell import addresses, pages

from .. import actions, gate, public
from .. import alerts as known
from ..actions import alerting
from ..areas import read_corners, write_corners
from ..models import Alert
from .answering import private
from .listing import rss

COOKIE = "wanmi_alerts"
PATH = "/public/alerts"
MOST_KEPT = 20
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+$")
_TOKEN = re.compile(r"[\w-]{22}$")


class WrongAddress(Invalid):
    """This is no e-mail address."""

    code = "wrong_address"


@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request: HttpRequest) -> HttpResponse:
    """Show the form and the alerts this browser made, or take a new one."""
    if request.method != "POST":
        return _form(request)
    try:
        alert = _make(request)
    except Refused as refusal:
        return _form(request, error=pages.sentence(refusal), status=refusal.status)
    response = HttpResponseRedirect(reverse("portal:alert", args=[alert.token]) + "?new=1")
    _remember(request, response, [alert.token, *_kept(request)])
    return response


@require_POST
def links(request: HttpRequest) -> HttpResponse:
    """Send the links of an address's alerts to it; the answer is the same where there are none."""
    try:
        email = _email(request)
        if not email:
            raise WrongAddress
        gate.ALERTS.take(addresses.client_group(request))
        gate.LETTERS.take(email)
        actions.send_links(email, _site(request), get_language() or "zh-hans")
    except Refused as refusal:
        return _form(request, error=pages.sentence(refusal), status=refusal.status)
    return _form(request, is_sent=True)


@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, token: str) -> HttpResponse:
    """Show one alert to whoever has its link; a POST with the letter's proof confirms it."""
    row = _alert(request, token)
    error = ""
    if request.method == "POST":
        try:
            actions.confirm_alert(row, request.POST.get("confirm", ""))
            return HttpResponseRedirect(reverse("portal:alert", args=[row.token]) + "?confirmed=1")
        except Refused as refusal:
            error = pages.sentence(refusal)
    area, classes = known.described(row)
    context = {
        "alert": row,
        "area": area,
        "classes": classes,
        "corners": write_corners(row.corners),
        "rows": [public.shown(each) for each in known.latest(row)],
        "push_token": notices.push_token(f"alert:{row.pk}"),
        "proof": request.GET.get("confirm", ""),
        "is_new": "new" in request.GET,
        "is_confirmed": "confirmed" in request.GET,
        "error": error,
        "here": "home",
    }
    return private(request, "portal/alert.html", context, status=422 if error else 200)


# The link is the permission: mail programs post here without a page of ours (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Delete an alert by one POST; somebody who opens the address is asked first."""
    row = _alert(request, token)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("portal:alert", args=[row.token]))
    actions.stop_alert(row)
    response = _form(request, is_stopped=True)
    _remember(request, response, [each for each in _kept(request) if each != token])
    return response


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer what an alert is about as RSS 2.0."""
    return rss(request, known.latest(_alert(request, token)))


def _make(request: HttpRequest) -> Alert:
    corners = read_corners(request.POST.get("corners", "")[:2000])
    email = _email(request)
    every = request.POST.get("every_days", "")
    gate.ALERTS.take(addresses.client_group(request))
    if email:
        gate.LETTERS.take(email)
    wish = actions.Wish(
        site=_site(request),
        area=_code(request.POST.get("area", "")),
        corners=corners,
        categories=request.POST.getlist("categories"),
        email=email,
        every_days=int(every) if every in {"1", "7"} else 1,
        language=get_language() or "zh-hans",
    )
    return actions.make_alert(wish)


def _email(request: HttpRequest) -> str:
    email = request.POST.get("email", "").strip().lower()
    if email and (not _EMAIL.match(email) or len(email) > 254 or not email.isprintable()):
        raise WrongAddress
    return email


def _code(text: str) -> str:
    if text and not text.isdigit():
        raise Invalid("There is no such area.")
    return text[:20]


def _site(request: HttpRequest) -> str:
    return settings.SITE_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")


def _alert(request: HttpRequest, token: str) -> Alert:
    found = Alert.objects.filter(token=token).first() if _TOKEN.match(token) else None
    if found is None:
        gate.WRONG_CODES.take(addresses.client_group(request))
        raise NotFound
    return found


def _kept(request: HttpRequest) -> list[str]:
    """Return the tokens this browser keeps: nobody has to sign in to find their alerts."""
    said = request.COOKIES.get(COOKIE, "").split(".")
    return [each for each in said if _TOKEN.match(each)][:MOST_KEPT]


def _remember(request: HttpRequest, response: HttpResponse, tokens: list[str]) -> None:
    response.set_cookie(
        COOKIE,
        ".".join(tokens[:MOST_KEPT]),
        max_age=alerting.KEPT_DAYS * 86_400,
        path=PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _form(
    request: HttpRequest,
    *,
    error: str = "",
    status: int = 200,
    is_sent: bool = False,
    is_stopped: bool = False,
) -> HttpResponse:
    mine = Alert.objects.filter(token__in=_kept(request)).order_by("-pk")
    context = {
        "areas": public.areas(),
        "categories": public.categories(),
        "mine": [(row, *known.described(row)) for row in mine],
        "given": request.POST,
        "chosen": request.POST.getlist("categories"),
        "has_email": notices.has_channel("email"),
        "error": error,
        "is_sent": is_sent,
        "is_stopped": is_stopped,
        "here": "home",
    }
    return private(request, "portal/alerts.html", context, status=status)
