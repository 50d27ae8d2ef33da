"""What makes the portal an application on a phone: its manifest and its service worker."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

_WORKER = Path(__file__).resolve().parents[1] / "static/portal/worker.js"


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Answer the web application manifest in the reader's language."""
    document = {
        "name": gettext("City reports · Wanmi"),
        "short_name": gettext("City reports"),
        "lang": get_language(),
        "id": reverse("portal:home"),
        "start_url": reverse("portal:home"),
        "scope": reverse("portal:home"),
        "display": "standalone",
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
    }
    return JsonResponse(document, content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer the service worker from within the pages it serves."""
    response = HttpResponse(_WORKER.read_text(encoding="utf-8"), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
