"""Hand out the base map: its style (through the shell's door) and its tiles."""

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wanmi.geography.basemap import kept, store
from wanmi.geography.basemap.style import style
from wanmi.geography.basemap.tiles import tile

TILES = "/basemap/{z}/{x}/{y}.mvt"
A_DAY = "public, max-age=86400"


def offered_style(theme: str) -> dict[str, Any] | None:
    """Return the style in the reader's language, or none where the city has no base map."""
    path = kept.path()
    if not path.exists():
        return None
    facts = store.about(path)
    return style(
        # The drawing day in the address lets browsers keep tiles and still see a new map at once.
        tiles=f"{TILES}?v={facts.get('version', '0')}",
        theme=theme,
        language=get_language() or "zh-hans",
        centre=(float(facts.get("lon", 0)), float(facts.get("lat", 0))),
        zoom=float(facts.get("zoom", 10)),
    )


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
