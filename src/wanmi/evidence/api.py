"""Uploading media."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotAllowed
from wanmi.organisation.queries import duties, scope_in

from . import actions
from .models import Media
from .queries import media_url

router = Router(tags=["evidence"])


class MediaUrls(Schema):
    """Where the file and its copies can be fetched, by those who may see it."""

    original: str
    display: str
    thumb: str


class MediaOut(Schema):
    """A stored medium. `claims` is what the file says of itself: time, place, device."""

    id: int
    sha256: str
    content_type: str
    size: int
    width: int | None = None
    height: int | None = None
    claims: dict[str, Any]
    uploaded_at: datetime
    urls: MediaUrls


class Problem(Schema):
    """Problem details (RFC 9457)."""

    type: str
    status: int
    code: str
    detail: str


_REFUSALS = dict.fromkeys((401, 403, 409, 413, 415, 422), Problem)


@router.post("/media", response={201: MediaOut, **_REFUSALS}, summary="Upload a file")
def upload(request: HttpRequest, file: File[UploadedFile]) -> tuple[int, Any]:
    """Store a photograph, video, sound or PDF; attach it by naming its id in a report or task.

    The type is told from the content. An `Idempotency-Key` header makes a
    repeated upload answer as the first did.
    """
    scope = scope_in(request)
    if not (scope.may(duties.REPORT) or scope.may(duties.WORK_TASKS)):
        raise NotAllowed
    received = actions.receive(file)
    user = reader(request)

    def record() -> tuple[int, dict[str, Any]]:
        medium = actions.record(received, by=user, name=file.name or "")
        return 201, _out(medium).model_dump(mode="json")

    key = request.headers.get("Idempotency-Key", "")
    return journal.answer_once(key, {"media": received.sha256}, by=user, do=record)


def _out(medium: Media) -> MediaOut:
    picture = bool(medium.display)
    return MediaOut(
        id=medium.pk,
        sha256=medium.sha256,
        content_type=medium.content_type,
        size=medium.size_bytes,
        width=medium.width,
        height=medium.height,
        claims=medium.claims,
        uploaded_at=medium.uploaded_at,
        urls=MediaUrls(
            original=media_url(medium.pk, "original"),
            display=media_url(medium.pk, "display")
            if picture
            else media_url(medium.pk, "original"),
            thumb=media_url(medium.pk, "thumb") if picture else "",
        ),
    )
