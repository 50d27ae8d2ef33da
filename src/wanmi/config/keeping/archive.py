"""The archive: a gzipped tar of a manifest, the database, the media and the keys."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from wanmi.kernel.errors import Invalid

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE, MEDIA, KEYS = "database", "media", "keys"


class NotABackup(Invalid):
    """This file is not a backup of Wanmi, or it was cut off."""

    code = "not_a_backup"


@dataclass(frozen=True)
class Manifest:
    """What an archive holds.

    `head` is the journal's last number and hash (hexadecimal), `migrations` the
    applied ones of each app, `digests` the SHA-256 of the database's files.
    """

    engine: str
    made_at: str
    version: str
    head: tuple[int, str]
    migrations: dict[str, list[str]]
    digests: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


@contextmanager
def writing(path: Path) -> Iterator[tarfile.TarFile]:
    """Write an archive beside its place and move it there whole; only its owner may read it."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            part.chmod(0o600)
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as tar:
                yield tar
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    """Write the manifest; it comes first, so that a reader knows at once what follows."""
    content = json.dumps(asdict(manifest), indent=1).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def add_folder(tar: tarfile.TarFile, folder: Path, name: str, *, without: str = "") -> None:
    """Add the files below a folder; one that vanishes meanwhile was a copy being replaced."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if inside.parts[0] == without or not path.is_file() or path.is_symlink():
            continue
        try:
            tar.add(path, f"{name}/{inside}", recursive=False)
        except FileNotFoundError:
            continue


def unpack(path: Path, into: Path) -> Manifest:
    """Unpack an archive into an empty folder; check its database files against the manifest."""
    try:
        with tarfile.open(path, "r:gz") as tar:
            for member in tar:
                _unpack(tar, member, into)
        given = json.loads((into / MANIFEST).read_text())
        manifest = Manifest(**{**given, "head": tuple(given["head"])})
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise NotABackup from error
    if manifest.format != FORMAT or not manifest.digests:
        raise NotABackup
    for name, digest in manifest.digests.items():
        if digest_of(into / DATABASE / name) != digest:
            raise NotABackup
    return manifest


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> None:
    place = PurePosixPath(member.name)
    if member.name != MANIFEST and place.parts[0] not in {DATABASE, MEDIA, KEYS}:
        raise NotABackup
    if not member.isfile():
        raise NotABackup
    # The filter refuses absolute names, "..", links and devices.
    tar.extract(member, into, filter="data")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
