"""Receiving a file: written, measured, recognised and kept, all before any transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings

from wanmi.kernel.errors import Invalid

from .. import folder, pictures
from ..rules import PICTURES, sniff

_CHUNK = 256 * 1024


class FileTooLarge(Invalid):
    """This file is too large; at most %(megabytes)s MB are possible."""

    code = "file_too_large"
    status = 413


class EmptyFile(Invalid):
    """This file is empty; choose it again."""

    code = "empty_file"


class UnknownFileType(Invalid):
    """Only photographs (JPEG, PNG, WebP), video, sound and PDF can be evidence."""

    code = "unknown_file_type"
    status = 415


class Readable(Protocol):
    """An open binary file."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class Received:
    """A file that lies in the media folder but that no row names yet."""

    sha256: str
    size_bytes: int
    content_type: str
    original: str
    display: str = ""
    thumbnail: str = ""
    width: int | None = None
    height: int | None = None
    claims: dict[str, Any] = field(default_factory=dict)


def receive(file: Readable) -> Received:
    """Write a file into the media folder, piece by piece, and recognise it.

    Raises FileTooLarge, EmptyFile, UnknownFileType, UnreadablePicture or
    PictureTooLarge; nothing stays behind then. Holds no transaction.
    """
    arrived = folder.write(_chunks(file), max_bytes=settings.MEDIA_MAX_BYTES)
    if arrived is None:
        raise too_large()
    try:
        return _recognise(arrived)
    finally:
        folder.drop(arrived)


def too_large() -> FileTooLarge:
    """Return the refusal of a file above the limit."""
    return FileTooLarge(megabytes=settings.MEDIA_MAX_BYTES // 1_000_000)


def _recognise(arrived: folder.Arrived) -> Received:
    if arrived.size == 0:
        raise EmptyFile
    content_type = _accepted_type(arrived.head)
    if content_type not in PICTURES:
        return Received(arrived.sha256, arrived.size, content_type, folder.keep(arrived))
    picture = pictures.read(arrived.path, content_type)
    return Received(
        arrived.sha256,
        arrived.size,
        content_type,
        folder.keep(arrived),
        folder.keep_copy(arrived.sha256, str(pictures.DISPLAY_PX), picture.display),
        folder.keep_copy(arrived.sha256, str(pictures.THUMBNAIL_PX), picture.thumbnail),
        picture.width,
        picture.height,
        picture.claims,
    )


def _accepted_type(head: bytes) -> str:
    content_type = sniff(head)
    if content_type == "image/heic":
        raise UnknownFileType(
            "HEIC photographs cannot be shown everywhere; send this picture as JPEG."
        )
    if not content_type:
        raise UnknownFileType
    return content_type


def _chunks(file: Readable) -> Iterator[bytes]:
    chunks: Iterable[bytes] = iter(lambda: file.read(_CHUNK), b"")
    yield from chunks
