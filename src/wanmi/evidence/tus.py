"""Uploads in pieces over HTTP: tus 1.0.0 with creation, checksum, termination, expiration."""

import base64
import binascii
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from ninja import Router
from pydantic import ValidationError

from wanmi.kernel.errors import Invalid, NotAllowed, NotFound, Refused
from wanmi.organisation.queries import duties
from wanmi.shell.api import problem
from wanmi.shell.pages import sentence

from . import actions
from .actions.resuming import ALGORITHMS, KEPT_FOR
from .models import Upload

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")

router = Router(tags=["evidence"])


class OtherVersion(Invalid):
    """This server speaks tus %(version)s."""

    code = "tus_version"
    status = 412


def _tus(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer with the protocol's headers, refusals too; ask for its version first."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = _allowed(view, request, *args, **kwargs)
        except Refused as refusal:
            response = problem(refusal.status, refusal.code, sentence(refusal))
            response["Tus-Version"] = VERSION
        response["Tus-Resumable"] = VERSION
        return response

    return answered


def _allowed(
    view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    scope = request.scope  # type: ignore[attr-defined]  # set by RequestScope
    if not (scope.may(duties.REPORT) or scope.may(duties.WORK_TASKS)):
        raise NotAllowed
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
        raise OtherVersion(version=VERSION)
    return view(request, *args, **kwargs)


@router.api_operation(["OPTIONS"], "/uploads", summary="Say what uploads in pieces can do")
@_tus
def abilities(request: HttpRequest) -> HttpResponse:
    """Answer version, extensions, largest size and checksums (tus 1.0.0)."""
    response = HttpResponse(status=204)
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = "creation,checksum,termination,expiration"
    response["Tus-Max-Size"] = str(settings.MEDIA_MAX_BYTES)
    response["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    return response


@router.post("/uploads", response={201: None}, summary="Begin an upload in pieces")
@_tus
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a file of `Upload-Length` bytes; `Location` is where its pieces go.

    `Upload-Metadata` may hold `filename`, `sha256` and `said` (see the room's page). With an
    `Idempotency-Key` the upload begun with it is answered, with the offset it stands at.
    """
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    digest = told.get("sha256", "")
    if digest and not _SHA256.fullmatch(digest):
        raise Invalid("This is no SHA-256 digest.")
    user: Any = request.user
    upload = actions.begin_upload(
        _number(request, "Upload-Length"),
        by=user,
        key=request.headers.get("Idempotency-Key", "")[:200],
        sha256=digest,
        file_name=told.get("filename", ""),
        said=_said(told.get("said", "")),
    )
    response = _standing(upload, 201)
    response["Location"] = f"{reverse('api:begin')}/{upload.name}"
    return response


@router.api_operation(["HEAD"], "/uploads/{name}", summary="Say how far an upload is")
@_tus
def standing(request: HttpRequest, name: str) -> HttpResponse:
    """Answer `Upload-Offset`, and `Wanmi-Media` once it is whole."""
    upload = _own(request, name)
    response = _standing(upload, 200)
    response["Upload-Length"] = str(upload.size_bytes)
    return response


@router.patch("/uploads/{name}", response={204: None}, summary="Add a piece to an upload")
@_tus
def add(request: HttpRequest, name: str) -> HttpResponse:
    """Add the bytes of the request at `Upload-Offset`; 409 where the upload stands elsewhere."""
    if request.headers.get("Content-Type") != PIECE:
        raise _OtherType(type=PIECE)
    upload = actions.add_piece(
        _own(request, name),
        request,
        offset=_number(request, "Upload-Offset"),
        checksum=request.headers.get("Upload-Checksum", ""),
    )
    return _standing(upload, 204)


@router.delete("/uploads/{name}", response={204: None}, summary="Give an upload up")
@_tus
def give_up(request: HttpRequest, name: str) -> HttpResponse:
    """Drop what arrived so far."""
    actions.drop_upload(_own(request, name))
    return HttpResponse(status=204)


class _OtherType(Invalid):
    """A piece has the type %(type)s."""

    code = "wrong_type"
    status = 415


def _own(request: HttpRequest, name: str) -> Upload:
    """Return the caller's own upload; of another's even the existence is hidden."""
    user: Any = request.user
    found = Upload.objects.filter(name=name, uploaded_by=user).first()
    if found is None:
        raise NotFound
    return found


def _standing(upload: Upload, status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    response["Upload-Offset"] = str(upload.offset)
    response["Cache-Control"] = "no-store"
    if upload.media_id:
        response["Wanmi-Media"] = str(upload.media_id)
    else:
        response["Upload-Expires"] = http_date((upload.touched_at + KEPT_FOR).timestamp())
    return response


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Invalid("%(header)s must be a number of bytes.", header=header)
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """Return the pairs of `Upload-Metadata`: names with base64 values, separated by commas."""
    found = {}
    for pair in filter(None, (each.strip() for each in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            found[name] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, ValueError) as error:
            raise Invalid("%(header)s cannot be read.", header="Upload-Metadata") from error
    return found


def _said(text: str) -> actions.Said | None:
    try:
        return actions.Said.model_validate_json(text) if text else None
    except ValidationError as error:
        raise Invalid("%(header)s cannot be read.", header="Upload-Metadata") from error
