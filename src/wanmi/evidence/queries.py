"""Looking evidence up: one medium, those of a subject, whether somebody may see one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.urls import reverse

from wanmi.organisation.queries import Scope

from . import folder
from .actions.subjects import may_see_any_subject
from .models import Attachment, Media

__all__ = [
    "BadMedium",
    "Evidence",
    "Media",
    "check_files",
    "evidence",
    "many",
    "may_see",
    "media",
    "media_faults",
    "media_url",
    "of_subject",
    "path_of",
]


@dataclass(frozen=True)
class Evidence:
    """A medium as it stands beside a subject. Times are UTC; claims are claims, not facts."""

    id: int
    sha256: str
    content_type: str
    size_bytes: int
    purpose: str
    step: str
    width: int | None
    height: int | None
    uploaded_by: int | None
    uploaded_at: datetime
    attached_at: datetime
    claims: dict[str, Any] = field(default_factory=dict)

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def original_url(self) -> str:
        return media_url(self.id, "original")

    @property
    def display_url(self) -> str:
        return media_url(self.id, "display" if self.is_picture else "original")

    @property
    def thumbnail_url(self) -> str:
        return media_url(self.id, "thumb") if self.is_picture else ""


@dataclass(frozen=True)
class BadMedium:
    """An original that is missing or no longer has its digest."""

    id: int
    sha256: str
    reason: str


def media(key: int) -> Media | None:
    """Return a medium by its key."""
    return Media.objects.filter(pk=key).first()


def of_subject(subject: str, *, purpose: str = "") -> list[Evidence]:
    """Return what is attached to a subject ("case:12"), oldest first: one query."""
    found = many([subject])[subject]
    return [each for each in found if not purpose or each.purpose == purpose]


def many(subjects: Sequence[str]) -> dict[str, list[Evidence]]:
    """Return what is attached to each of several subjects, oldest first: one query."""
    found: dict[str, list[Evidence]] = {subject: [] for subject in subjects}
    rows = Attachment.objects.filter(subject__in=list(found)).select_related("media")
    for row in rows.order_by("id"):
        found[row.subject].append(evidence(row))
    return found


def evidence(row: Attachment) -> Evidence:
    """Return an attachment with its medium as others see it."""
    media = row.media
    return Evidence(
        media.pk,
        media.sha256,
        media.content_type,
        media.size_bytes,
        row.purpose,
        row.step,
        media.width,
        media.height,
        media.uploaded_by_id,
        media.uploaded_at,
        row.attached_at,
        dict(media.claims),
    )


def may_see(scope: Scope, medium: Media) -> bool:
    """Say whether somebody may see a medium: its sender, or who may see what it is attached to."""
    if scope.user_id is not None and medium.uploaded_by_id == scope.user_id:
        return True
    subjects = Attachment.objects.filter(media=medium).values_list("subject", flat=True).distinct()
    return may_see_any_subject(scope, subjects)


def path_of(medium: Media, variant: str) -> Path | None:
    """Return the file of a variant (original, display, thumb), None where there is none."""
    names = {"original": medium.original, "display": medium.display, "thumb": medium.thumbnail}
    name = names.get(variant, "")
    return folder.root() / name if name else None


def check_files() -> Iterator[BadMedium | None]:
    """Read every original again; give None for a whole one and the fault of a bad one.

    Each digest is read once, however many rows name it.
    """
    rows = Media.objects.order_by("sha256", "id").values_list("id", "sha256", "original")
    checked = ""
    for key, sha256, name in rows.iterator(chunk_size=500):
        if sha256 != checked:
            yield _fault(key, sha256, folder.root() / name)
        checked = sha256


def media_faults() -> Iterator[str]:
    """Give "" for a whole original and a sentence for a bad one, as `wanmi verify` asks."""
    for bad in check_files():
        yield f"{bad.id} ({bad.sha256[:12]}…): {bad.reason}" if bad else ""


def _fault(key: int, sha256: str, path: Path) -> BadMedium | None:
    try:
        found = folder.fingerprint(path)
    except OSError:
        return BadMedium(key, sha256, "the file is missing")
    return None if found == sha256 else BadMedium(key, sha256, "the file was changed")


def media_url(key: int, variant: str) -> str:
    """Return the address of a variant (original, display, thumb)."""
    return reverse("evidence:media", args=[key, variant])
