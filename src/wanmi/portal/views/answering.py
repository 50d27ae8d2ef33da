"""How the public's pages answer: as a page, or as JSON to the page's own script."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from wanmi.kernel.errors import Refused, TooOften
from wanmi.shell import pages
from wanmi.shell.api import problem

from ..words import script_words


def is_script(request: HttpRequest) -> bool:
    """Say whether the page's script asks, which wants JSON."""
    return request.headers.get("Accept", "").startswith("application/json")


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer a page of the portal."""
    whole = {**(context or {}), "portal_words": script_words()}
    return pages.render(request, template, whole, status=status)


def private(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer a page about one matter: kept by no cache and found by no search engine."""
    response = page(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def refused(refusal: Refused, **more: Any) -> JsonResponse:
    """Answer a refusal as problem details (RFC 9457)."""
    answer = problem(refusal.status, refusal.code, pages.sentence(refusal), **more)
    if isinstance(refusal, TooOften):
        answer["Retry-After"] = str(refusal.retry_after)
    return answer
