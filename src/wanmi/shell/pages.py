"""How a view answers: the full page, or the named part of it when htmx asks.

Every refusal (kernel.errors.Refused) becomes a sentence in the reader's language.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render as _render
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext

from wanmi.kernel.errors import NotAllowed, Refused
from wanmi.kernel.text import clean_line

from . import menu
from .context import frame

__all__ = [
    "allow_style_attributes",
    "announce",
    "back",
    "frame",
    "is_partial",
    "line_of",
    "refusal",
    "render",
    "say",
    "scope_in",
    "sentence",
    "spoken",
    "to_sign_in",
    "with_duty",
]

View = Callable[..., HttpResponseBase]


def is_partial(request: HttpRequest) -> bool:
    """Say whether htmx asks for a fragment; going back in history asks for the full page."""
    asked = request.headers.get("HX-Request") == "true"
    return asked and request.headers.get("HX-History-Restore-Request") != "true"


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer the full page, or its named part when htmx asks and a part is named."""
    name = f"{template}#{part}" if part and is_partial(request) else template
    response = _render(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def sentence(error: Refused) -> str:
    """Return the refusal in the reader's language."""
    return error.sentence(gettext)


def spoken(name_zh: str, name_en: str) -> str:
    """Return the name in the reader's language; Chinese where there is no English one."""
    english = (get_language() or "").startswith("en")
    return (name_en or name_zh) if english else (name_zh or name_en)


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer a refusal: a toast where htmx asked, else a page that says what to do."""
    context = {"message": sentence(error), "code": error.code, "status": error.status}
    if not is_partial(request):
        return _render(request, "shell/error.html", context, status=error.status)
    response = _render(request, "shell/refused.html", context, status=error.status)
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    return response


def with_duty(duty: str | None = None) -> Callable[[View], View]:
    """Let only a signed-in reader in, and only one whose post has this duty."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            scope = menu.scope_of(request)
            if scope is None:
                return to_sign_in(request)
            if duty is not None and not scope.may(duty):
                return refusal(request, NotAllowed())
            return view(request, *args, **kwargs)

        # The table of routes and roles reads this, so that no page is forgotten.
        guarded.duty = duty  # type: ignore[attr-defined]  # ours
        return guarded

    return guard


def scope_in(request: HttpRequest) -> Any:
    """Return what the reader may do; the rooms above `organisation` ask it for the typed one."""
    return request.scope  # type: ignore[attr-defined]  # set by RequestScope


def line_of(sent: QueryDict, name: str, longest: int) -> str:
    """Return a sent text as one line; "" for what cannot be kept or has more characters."""
    try:
        return clean_line(sent.get(name, ""), max_length=longest)
    except Refused:
        return ""


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the reader to the sign-in page and back here afterwards."""
    target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
    if not is_partial(request):
        return HttpResponseRedirect(target)
    response = HttpResponse(status=401)
    response["HX-Redirect"] = target
    return response


def back(request: HttpRequest, *, without: Sequence[str] = ()) -> HttpResponse:
    """Return to the page the reader came from, never to another site.

    ``without`` names parameters of its address that no longer fit.
    """
    wanted = request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not wanted or not allowed:
        return HttpResponseRedirect("/")
    parts = urlsplit(wanted)
    kept = [(name, text) for name, text in parse_qsl(parts.query) if name not in without]
    return HttpResponseRedirect(urlunsplit(parts._replace(query=urlencode(kept))))


def say(
    response: HttpResponse, message: str, *, kind: str = "plain", undo_url: str = ""
) -> HttpResponse:
    """Let the page show a toast once this answer has arrived; Undo posts to ``undo_url``."""
    detail = {"message": message, "kind": kind, "undo": undo_url}
    return announce(response, "wanmi:toast", detail)


def announce(response: HttpResponse, event: str, detail: Mapping[str, Any]) -> HttpResponse:
    """Let the page dispatch one more DOM event once this answer has arrived."""
    events = json.loads(response.headers.get("HX-Trigger", "{}")) | {event: dict(detail)}
    response["HX-Trigger"] = json.dumps(events)
    return response


def allow_style_attributes(response: HttpResponse) -> HttpResponse:
    """Relax the content policy of one page whose library writes style attributes."""
    response.writes_style_attributes = True  # type: ignore[attr-defined]  # for the middleware
    return response
