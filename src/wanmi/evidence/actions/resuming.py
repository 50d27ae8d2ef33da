"""Files that arrive in pieces: begun once, added to at their end, a medium when whole.

A piece lies on the disc before its offset counts, so that a power cut loses at most what
the sender was never told to be there.
"""

import base64
import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

from django.conf import settings
from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from wanmi.accounts import queries as accounts
from wanmi.kernel.errors import Conflict, Invalid, NotFound
from wanmi.kernel.text import Finite, text_rule

from .. import folder
from ..models import Upload
from .receiving import EmptyFile, Readable, Received, receive, too_large
from .storing import plain_name, record

KEPT_FOR = timedelta(days=7)
ALGORITHMS = ("sha1", "sha256")
_CHUNK = 64 * 1024


class UploadMoved(Conflict):
    """This upload stands at byte %(offset)s; go on from there."""

    code = "upload_moved"


class PieceBroken(Invalid):
    """What arrived differs from what was sent; send it again."""

    code = "checksum_mismatch"
    status = 460


class Said(BaseModel):
    """What a device says of a file it made: claims, not facts. The point in WGS-84 degrees."""

    model_config = ConfigDict(extra="forbid")

    shot_at: datetime | None = None
    lon: Annotated[Finite, Field(ge=-180, le=180)] | None = None
    lat: Annotated[Finite, Field(ge=-90, le=90)] | None = None
    accuracy_m: Annotated[Finite, Field(ge=0, le=100_000)] | None = None
    device: Annotated[str, text_rule(200)] = ""
    role: Literal["", "near", "far", "reference", "before", "after", "voice"] = ""


def begin_upload(
    size_bytes: int,
    *,
    by: accounts.User,
    key: str = "",
    sha256: str = "",
    file_name: str = "",
    said: Said | None = None,
    at: datetime | None = None,
) -> Upload:
    """Begin a file of `size_bytes`; the same `key` of the same person finds the one begun.

    Raises FileTooLarge and EmptyFile.
    """
    if size_bytes > settings.MEDIA_MAX_BYTES:
        raise too_large()
    if size_bytes == 0:
        raise EmptyFile
    claims = said.model_dump(mode="json", exclude_defaults=True) if said else {}
    values = {
        "name": secrets.token_hex(16),
        "sha256": sha256.lower(),
        "file_name": plain_name(file_name),
        "said": claims,
        "size_bytes": size_bytes,
        "touched_at": at or datetime.now(UTC),
    }
    if not key:
        return Upload.objects.create(uploaded_by=by, **values)
    row, _ = Upload.objects.get_or_create(uploaded_by=by, sender_key=key, defaults=values)
    return row


def add_piece(
    upload: Upload, piece: Readable, *, offset: int, checksum: str = "", at: datetime | None = None
) -> Upload:
    """Add what can be read of a piece at `offset` and return the upload as it stands then.

    `checksum` is "algorithm digest" (base64) of the whole piece. Raises UploadMoved, PieceBroken
    (nothing of the piece counts then) and, once the file is whole, what `receive` raises.
    """
    if offset != upload.offset:
        raise UploadMoved(offset=upload.offset)
    if upload.media_id is None and upload.offset < upload.size_bytes:
        end = _write(upload, piece, offset, checksum)
        moved = Upload.objects.filter(pk=upload.pk, offset=offset, media=None)
        if not moved.update(offset=end, touched_at=at or datetime.now(UTC)):
            upload.refresh_from_db()
            raise UploadMoved(offset=upload.offset)
        upload.offset = end
    if upload.offset == upload.size_bytes and upload.media_id is None:
        _complete(upload)
    return upload


def drop_upload(upload: Upload) -> None:
    """Give an upload up; a medium that came of it stays."""
    _path(upload).unlink(missing_ok=True)
    upload.delete()


def sweep_uploads(now: datetime | None = None) -> int:
    """Drop uploads nobody touched for a week; return how many."""
    limit = (now or datetime.now(UTC)) - KEPT_FOR
    old = list(Upload.objects.filter(touched_at__lt=limit)[:1000])
    for upload in old:
        drop_upload(upload)
    return len(old)


def _write(upload: Upload, piece: Readable, offset: int, checksum: str) -> int:
    """Write a piece behind `offset`, flushed to the disc; return where it ends."""
    path, digest = _path(upload), _digest_of(checksum)
    path.parent.mkdir(parents=True, exist_ok=True)
    end = offset
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        file.seek(offset)
        for chunk in _chunks(piece, upload.size_bytes - offset):
            file.write(chunk)
            end += len(chunk)
            if digest is not None:
                digest[0].update(chunk)
        file.truncate(end)
        file.flush()
        os.fsync(file.fileno())
    if digest is not None and digest[0].digest() != digest[1]:
        raise PieceBroken
    return end


def _chunks(piece: Readable, most: int) -> Iterator[bytes]:
    left = most
    while left:
        try:
            chunk = piece.read(min(_CHUNK, left))
        except OSError:
            # The connection broke; what came before is a piece as good as any.
            return
        if not chunk:
            return
        left -= len(chunk)
        yield chunk


def _digest_of(checksum: str) -> "tuple[hashlib._Hash, bytes] | None":
    if not checksum:
        return None
    algorithm, _, digest = checksum.partition(" ")
    if algorithm not in ALGORITHMS:
        raise Invalid("This checksum cannot be compared: %(name)s.", name=algorithm[:20])
    try:
        wanted = base64.b64decode(digest, validate=True)
    except ValueError as error:
        raise Invalid("This checksum cannot be compared: %(name)s.", name=digest[:20]) from error
    # SHA-1 only because the protocol asks for it; the whole file is held by SHA-256.
    return hashlib.new(algorithm, usedforsecurity=False), wanted


def _complete(upload: Upload) -> None:
    """Make a medium of a whole file, once."""
    try:
        with _path(upload).open("rb") as file:
            received = receive(file)
        if upload.sha256 and received.sha256 != upload.sha256:
            raise PieceBroken
    except FileNotFoundError as error:
        upload.refresh_from_db()
        if upload.media_id is None:
            raise NotFound from error
        return
    except Invalid:
        drop_upload(upload)
        raise
    with transaction.atomic():
        _enter(upload, received)
    _path(upload).unlink(missing_ok=True)


def _enter(upload: Upload, received: Received) -> None:
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    if row.media_id is None:
        person = accounts.User.objects.get(pk=row.uploaded_by_id)
        row.media = record(received, by=person, name=row.file_name, said=row.said)
        row.save(update_fields=["media"])
    upload.media_id = row.media_id


def _path(upload: Upload) -> Path:
    return folder.root() / folder.INCOMING / f"upload-{upload.name}"
