"""A session and its device: refused everywhere once it is revoked, gated until it is bound."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from wanmi.kernel.errors import Refused
from wanmi.shell import pages
from wanmi.shell.api import problem

from . import devices
from .models import Binding, DeviceState

DEVICE = "device"
"""The key of the session under which its device is kept."""
CHALLENGE = "device_challenge"
OPEN = ("/sign-in", "/sign-out", "/static/", "/field/sw.js", "/field/manifest.webmanifest")
"""What a revoked device may still reach: the way to sign in anew."""


class DeviceGate:
    """Refuses every request of a session whose device was revoked, and has the browser emptied."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OPEN) and is_revoked(request):
            return _emptied(request)
        return self.get_response(request)


def is_revoked(request: HttpRequest) -> bool:
    """Say whether the session belongs to a device that was revoked; one question, if it has one."""
    key = request.session.get(DEVICE)
    return key is not None and devices.state_of(key) == DeviceState.REVOKED


def require_bound(request: HttpRequest) -> None:
    """Refuse a session without a bound device where the rule asks for approval."""
    if devices.rule().binding != Binding.APPROVAL:
        return
    key = request.session.get(DEVICE)
    if key is None or devices.state_of(key) != DeviceState.BOUND:
        raise devices.DeviceWaits


def _emptied(request: HttpRequest) -> HttpResponse:
    refused: Refused = devices.DeviceIsRevoked()
    wants_page = "text/html" in request.headers.get("Accept", "")
    if wants_page and not request.path.startswith("/api/"):
        answer = pages.refusal(request, refused)
    else:
        answer = problem(refused.status, refused.code, pages.sentence(refused))
    # For browsers that can: everything this site keeps on the phone goes, whatever runs there.
    answer["Clear-Site-Data"] = '"cache", "storage"'
    answer["Cache-Control"] = "no-store"
    return answer
