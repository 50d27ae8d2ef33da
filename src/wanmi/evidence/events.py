"""Media arriving and becoming evidence of something."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class MediaStored(Event):
    """An original was stored. `about` is the salted digest of its name and claims."""

    subject_kind = "media"
    id: int
    sha256: str
    size_bytes: int
    content_type: str
    about: str


@dataclass(frozen=True)
class MediaAttached(Event):
    """Media became evidence of a subject (`to`, as in "case:12"), for a purpose at a step."""

    to: str
    media: tuple[int, ...]
    sha256: tuple[str, ...]
    purpose: str
    step: str

    def subject(self) -> str:
        return self.to


@dataclass(frozen=True)
class MediaCollected(Event):
    """A collection was attached at once; `what` digests its subjects, purposes and originals."""

    subject_kind = "collection"
    source: str
    count: int
    what: str
