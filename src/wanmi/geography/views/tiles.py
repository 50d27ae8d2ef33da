"""Vector tiles."""

import hashlib
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wanmi.kernel.cells import Tile
from wanmi.kernel.errors import Invalid, NotAllowed, Refused
from wanmi.shell import pages
from wanmi.shell.api import problem
from wanmi.shell.pages import sentence

from .. import layers, queries
from ..layers import Layer, TileAsked

MOST_ZOOM = 22
TILE_TYPE = "application/vnd.mapbox-vector-tile"


class NoSuchTile(Invalid):
    """There is no tile %(z)s/%(x)s/%(y)s; zoom goes from 0 to 22 and x, y to 2^zoom − 1."""

    code = "no_such_tile"
    status = 400


class NotSignedIn(Refused):
    """Sign in first."""

    code = "not_signed_in"
    status = 401


@require_safe
def tile(request: HttpRequest, layer: str, z: int, x: int, y: int) -> HttpResponse:
    """Answer one tile, drawn for what this person may see; refusals are problem details."""
    try:
        return _tile(request, layers.named(layer), Tile(z, x, y))
    except Refused as error:
        return problem(error.status, error.code, sentence(error))


def _tile(request: HttpRequest, layer: Layer, tile: Tile) -> HttpResponse:
    side = 1 << min(tile.z, MOST_ZOOM)
    if tile.z > MOST_ZOOM or tile.x >= side or tile.y >= side:
        # Numbers of any length may stand in an address; they are not repeated at length.
        raise NoSuchTile(z=str(tile.z)[:12], x=str(tile.x)[:12], y=str(tile.y)[:12])
    asked = TileAsked(tile, _paths(request, layer), datetime.now(UTC), get_language() or "")
    if layer.mark is not None:
        mark = _digest(f"{layer.mark(asked)}/{asked.paths}/{asked.language}/{tile}".encode())
        if mark in _known_to(request):
            return _answer(304, mark)
        return _answer(200, mark, layer.source(asked))
    body = layer.source(asked)
    mark = _digest(body)
    return _answer(304, mark) if mark in _known_to(request) else _answer(200, mark, body)


def _paths(request: HttpRequest, layer: Layer) -> tuple[str, ...]:
    """Return the areas whose content this person may see on a layer; refuse where none."""
    if layer.is_public:
        return ("",)
    scope = pages.scope_in(request)
    if scope.user_id is None:
        raise NotSignedIn
    paths: tuple[str, ...] = scope.areas(layer.duty) if layer.duty else queries.paths_of(scope)
    if not paths and not (scope.may(layer.duty) if layer.duty else scope.holdings):
        raise NotAllowed
    return paths


def _digest(content: bytes) -> str:
    return quote_etag(hashlib.blake2b(content, digest_size=16).hexdigest())


def _known_to(request: HttpRequest) -> list[str]:
    return parse_etags(request.headers.get("If-None-Match", ""))


def _answer(status: int, mark: str, body: bytes = b"") -> HttpResponse:
    # An empty tile is "nothing here": 204, which every map library draws as nothing.
    response = HttpResponse(body, status=status if body or status == 304 else 204)
    if body:
        response["Content-Type"] = TILE_TYPE
    response["ETag"] = mark
    # Tiles hold what one person may see: shared caches keep out, the browser asks again.
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie, Authorization, Accept-Language"
    return response
