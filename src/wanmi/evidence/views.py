"""Handing out media: to those who may see them, and never as active content."""

from collections.abc import Iterator
from pathlib import Path

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header, parse_etags, quote_etag
from django.views.decorators.http import require_safe

from wanmi.accounts import queries as accounts
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation

from . import queries
from .rules import byte_range

_INLINE = ("image/", "video/", "audio/")
_CHUNK = 64 * 1024


@require_safe
def media(request: HttpRequest, key: int, variant: str) -> HttpResponseBase:
    """Send a medium's original, display copy or thumbnail, whole or a range of it."""
    medium = queries.media(key)
    scope = organisation.scope_of(accounts.caller(request))
    # The same answer for what is not there and what may not be seen.
    if medium is None or not queries.may_see(scope, medium):
        raise NotFound
    path = queries.path_of(medium, variant)
    if path is None or not path.is_file():
        raise NotFound
    content_type = medium.content_type if variant == "original" else "image/jpeg"
    response = _send(request, path, etag=quote_etag(f"{medium.sha256}-{variant}"))
    response["Content-Type"] = content_type
    _protect(response, content_type, _file_name(medium, variant))
    return response


def _send(request: HttpRequest, path: Path, *, etag: str) -> HttpResponseBase:
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _with_etag(HttpResponse(status=304), etag)
    size = path.stat().st_size
    try:
        part = _wanted(request, etag, size)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is None:
        return _with_etag(FileResponse(path.open("rb")), etag)
    return _with_etag(_partial(path, *part, size), etag)


def _wanted(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """Return the range to send; a changed file (If-Range) is sent whole."""
    header = request.headers.get("Range", "")
    if not header or request.headers.get("If-Range", etag) != etag:
        return None
    return byte_range(header, size)


def _partial(path: Path, first: int, last: int, size: int) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_read(path, first, last - first + 1), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    return response


def _read(path: Path, offset: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(offset)
        while length and (chunk := file.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk


def _with_etag(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    return response


def _protect(response: HttpResponseBase, content_type: str, name: str) -> None:
    """Forbid sniffing, scripts and shared caches; what a browser cannot just show is saved."""
    attached = not content_type.startswith(_INLINE)
    response["Content-Disposition"] = content_disposition_header(attached, name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self'; media-src 'self'; sandbox"
    )
    response["Cache-Control"] = "private, max-age=600"
    response["Cross-Origin-Resource-Policy"] = "same-origin"


def _file_name(medium: queries.Media, variant: str) -> str:
    """Return a name without personal data: the digest's beginning and the right ending."""
    endings = {
        "image/jpeg": "jpg",
        "audio/mpeg": "mp3",
        "audio/mp4": "m4a",
        "video/ogg": "ogv",
    }
    kind = medium.content_type if variant == "original" else "image/jpeg"
    ending = endings.get(kind, kind.rpartition("/")[2])
    return f"{medium.sha256[:16]}-{variant}.{ending}"
