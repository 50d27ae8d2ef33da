"""The sign-in page."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wanmi.kernel.errors import Refused, TooOften
from wanmi.shell import pages, preferences
from wanmi.shell.addresses import client_group

from . import actions
from .binding import DEVICE


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or sign the person in and go where they wanted."""
    if request.method == "GET":
        return pages.render(request, "accounts/sign_in.html", {"next": request.GET.get("next", "")})
    username, password = request.POST.get("username", "").strip(), request.POST.get("password", "")
    try:
        user = actions.check_credentials(username, password, address=client_group(request))
    except Refused as refusal:
        return _refused(request, refusal, username)
    login(request, user, backend="wanmi.accounts.backends.LockingBackend")
    # Whoever signs in may do so on another device; the browser shows anew which one it is.
    request.session.pop(DEVICE, None)
    actions.note_sign_in(user)
    response = redirect(_destination(request))
    for name in ("language", "theme"):
        # What the person chose elsewhere; nothing chosen leaves this browser as it is.
        preferences.set_cookie(response, name, getattr(user, name))
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("accounts:sign_in")


def _refused(request: HttpRequest, refusal: Refused, username: str) -> HttpResponse:
    context = {
        "error": pages.sentence(refusal),
        "username": username,
        "next": request.POST.get("next", ""),
    }
    response = pages.render(request, "accounts/sign_in.html", context, status=refusal.status)
    if isinstance(refusal, TooOften):
        response["Retry-After"] = str(refusal.retry_after)
    return response


def _destination(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and allowed else "/"
