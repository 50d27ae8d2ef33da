"""The terminal's one document, its manifest, its worker, and who is signed in."""

import json
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from wanmi.geography import queries as geography
from wanmi.kernel.errors import Refused
from wanmi.organisation import queries as organisation
from wanmi.shell import pages, terminal
from wanmi.shell.api import problem

from .assets import assets, read
from .words import field_words

_WORKER = Path(__file__).resolve().parent / "static/field/worker.js"
_TABS = 5


@require_safe
@pages.with_duty(organisation.duties.SEE_CASES)
def app(request: HttpRequest) -> HttpResponse:
    """Answer the terminal: every panel this person may open, in one document."""
    scope: organisation.Scope = request.scope  # type: ignore[attr-defined]  # by middleware
    shown = [{"panel": each, "data": each.context(request)} for each in terminal.panels(scope)]
    tabs = [each["panel"] for each in shown if each["panel"].is_tab][:_TABS]  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "shown": shown,
        "tabs": tabs,
        "others": [each["panel"] for each in shown if each["panel"] not in tabs],
        "assets": assets(),
        "styles": terminal.styles(),
        "background": terminal.background(),
        "field_words": field_words(),
    }
    return pages.render(request, "field/app.html", context)


@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Answer who is signed in, with the token that changes need; 401 for nobody.

    Asked before anything queued is sent: a phone may have been handed on meanwhile.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"user": None}, status=401)
    try:
        terminal.pass_gates(request)
    except Refused as refused:
        told = pages.sentence(refused)
        return problem(refused.status, refused.code, told, csrf=get_token(request))
    user: Any = request.user
    answer = {
        "user": {
            "id": user.pk,
            "username": user.username,
            "name": pages.spoken(user.name_zh, user.name_en),
        },
        "csrf": get_token(request),
        "language": get_language(),
        "version": assets().version,
    }
    response = JsonResponse(answer)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@pages.with_duty(organisation.duties.SEE_CASES)
def areas(request: HttpRequest) -> HttpResponse:
    """Answer the areas of the reader's posts with their boxes (west, south, east, north; WGS-84).

    A box is null where an area has no boundary; what is taken along follows them.
    """
    found = geography.areas_for(organisation.scope_in(request))
    items = [
        {
            "path": each.path,
            "name": pages.spoken(each.name_zh, each.name_en),
            "bbox": _box(each),
        }
        for each in found
    ]
    return JsonResponse({"items": items})


def _box(area: geography.Area) -> list[float] | None:
    sides = [area.west, area.south, area.east, area.north]
    return [float(side) for side in sides if side is not None] if None not in sides else None


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Answer the web application manifest in the reader's language."""
    home = reverse("field:app")
    document = {
        "name": gettext("Field terminal · Wanmi"),
        "short_name": gettext("Field terminal"),
        "lang": get_language(),
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#f6f7f9",
        "theme_color": "#1f5fbf",
        "icons": [
            {"src": static("shell/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {
                    "src": static(f"portal/mark-{side}.png"),
                    "sizes": f"{side}x{side}",
                    "type": "image/png",
                    "purpose": "any maskable",
                }
                for side in (192, 512)
            ),
        ],
        "shortcuts": [{"name": gettext("Report a problem"), "url": f"{home}#/report"}],
    }
    return JsonResponse(document, content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer the service worker with the names of the files it keeps, from within its scope."""
    now = assets()
    files = [*now.urls, reverse("field:map-worker")]
    kept = {"version": now.version, "assets": files, "home": reverse("field:app")}
    text = f"self.FIELD = {json.dumps(kept)};\n{_WORKER.read_text(encoding='utf-8')}"
    response = HttpResponse(text, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def map_worker(request: HttpRequest) -> HttpResponse:
    """Answer the map library's worker from within the terminal's scope.

    Only so do its requests for tiles come through the service worker, which has them.
    """
    script = read("vendor/maplibre-gl/maplibre-gl-worker.mjs") or b""
    return HttpResponse(script, content_type="text/javascript")
