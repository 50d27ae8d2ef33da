"""Full page or named part, from the same context; refusals as pages or fragments."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as _render
from django.utils.translation import gettext

from wanmi.kernel.errors import Refused


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what the frame needs on every page."""
    return {"scope": getattr(request, "scope", None)}


def is_partial(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer the full page, or its named part when htmx asks and a part is named."""
    name = f"{template}#{part}" if part and is_partial(request) else template
    return _render(request, name, context or {}, status=status)


def sentence(error: Refused) -> str:
    """Return the refusal in the reader's language."""
    return gettext(error.message) % error.params if error.params else gettext(error.message)


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer a refusal as a fragment for htmx, as a page otherwise."""
    template = "shell/refusal_part.html" if is_partial(request) else "shell/refusal.html"
    return _render(request, template, {"sentence": sentence(error)}, status=error.status)
