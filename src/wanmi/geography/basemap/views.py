"""Hand out the base map: its style in the reader's language and theme, and its tiles."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wanmi.geography.basemap import kept, store
from wanmi.geography.basemap.style import style
from wanmi.geography.basemap.tiles import tile

TILES = "/basemap/{z}/{x}/{y}.mvt"
A_DAY = "public, max-age=86400"


@require_safe
def style_json(request: HttpRequest) -> HttpResponse:
    """Answer the style; 404 where the city has no base map, and the map stays blank."""
    facts = store.about(_path())
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    answer = style(
        # The drawing day in the address lets browsers keep tiles and still see a new map at once.
        tiles=f"{TILES}?v={facts.get('version', '0')}",
        theme=theme,
        language=get_language() or "zh-hans",
        centre=(float(facts.get("lon", 0)), float(facts.get("lat", 0))),
        zoom=float(facts.get("zoom", 10)),
    )
    response = JsonResponse(answer)
    response["Cache-Control"] = "no-cache"
    response["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def tile_mvt(request: HttpRequest, zoom: int, x: int, y: int) -> HttpResponse:
    """Answer one tile; an empty one is 204."""
    data = tile(_path(), zoom, x, y)
    kind = "application/vnd.mapbox-vector-tile"
    response = HttpResponse(data, content_type=kind, status=200 if data else 204)
    response["Cache-Control"] = A_DAY
    return response


def _path() -> Path:
    path = kept.path()
    if not path.exists():
        raise Http404
    return path
