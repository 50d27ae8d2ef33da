"""The media folder: originals under their digest, copies for display beside them.

An original is written under a temporary name, flushed to the disk and then
linked to `ab/cd/<sha256>`; a link never replaces what is there, so two uploads
of the same bytes share one file and nothing is ever overwritten.
"""

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from .rules import HEAD_BYTES

INCOMING = "incoming"
COPIES = "copies"


@dataclass(frozen=True)
class Arrived:
    """A file that was written under a temporary name; `head` holds its first bytes."""

    path: Path
    sha256: str
    size: int
    head: bytes


def root() -> Path:
    """Return the folder of all media."""
    return Path(settings.MEDIA_ROOT)


def write(chunks: Iterable[bytes], *, max_bytes: int) -> Arrived | None:
    """Write chunks under a temporary name; None (and nothing left) when they are too many."""
    incoming = root() / INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    path = incoming / secrets.token_hex(16)
    try:
        arrived = _write(path, chunks, max_bytes)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if arrived is None:
        path.unlink(missing_ok=True)
    return arrived


def _write(path: Path, chunks: Iterable[bytes], max_bytes: int) -> Arrived | None:
    digest, size, head = hashlib.sha256(), 0, b""
    with path.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > max_bytes:
                return None
            digest.update(chunk)
            head += chunk[: HEAD_BYTES - len(head)]
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Arrived(path, digest.hexdigest(), size, head)


def keep(arrived: Arrived) -> str:
    """Give an arrived file its lasting name; return it, relative to the folder."""
    name = place(arrived.sha256)
    path = root() / name
    _make(path.parent)
    arrived.path.chmod(0o440)
    with contextlib.suppress(FileExistsError):
        os.link(arrived.path, path)
    arrived.path.unlink()
    _flush_folder(path.parent)
    return name


def keep_copy(sha256: str, label: str, content: bytes) -> str:
    """Write a copy made for display; it can be made again, so it may be replaced."""
    name = f"{COPIES}/{sha256[:2]}/{sha256[2:4]}/{sha256}-{label}.jpg"
    path = root() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    beside.write_bytes(content)
    beside.replace(path)
    return name


def place(sha256: str) -> str:
    """Return where an original lies, relative to the folder."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def drop(arrived: Arrived) -> None:
    """Remove a file that was refused."""
    arrived.path.unlink(missing_ok=True)


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _make(folder: Path) -> None:
    """Make a folder and flush each new name into the folder above it."""
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir(exist_ok=True)
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
