"""The base map below our layers, and the symbols on it: whoever has them offers them here.

Where nobody does, the ground stays quiet and blank. A style's labels name system fonts
("text-font"); it needs no ``glyphs``. Tile addresses may be relative to the site.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

Style = dict[str, Any]
_offers: list[Callable[[str], Style | None]] = []
_symbols: list[str] = []


def offer(style: Callable[[str], Style | None]) -> None:
    """Offer a base map: ``style("light" or "dark")`` returns a MapLibre style document."""
    _offers[:] = [style]


def offer_symbols(sheet: str) -> None:
    """Offer the sheet of map symbols: a static SVG, its ``<symbol>``s named as in tiles."""
    _symbols[:] = [sheet]


def symbols() -> str:
    """Return the address of the sheet of map symbols, or an empty string."""
    return static(_symbols[0]) if _symbols else ""


def address() -> str:
    """Return where the map fetches its base style: the operator's own, else ours."""
    return str(getattr(settings, "BASEMAP_STYLE", "")) or reverse("shell:basemap")


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Answer the base map's style, or 204 where there is none."""
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    document = _offers[0](theme) if _offers else None
    if document is None:
        return HttpResponse(status=204)
    kept = {"Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
    return JsonResponse(document, headers=kept)
