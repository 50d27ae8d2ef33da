"""What happens to what the public sees; no words, only digests of them."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class ReleaseEvent(Event):
    """Something about one released matter."""

    subject_kind = "release"
    id: int
    number: str


@dataclass(frozen=True)
class MatterReleased(ReleaseEvent):
    """A clerk let a matter out; `said` is the SHA-256 of the words as shown."""

    said: str


@dataclass(frozen=True)
class MatterWithdrawn(ReleaseEvent):
    """A clerk took a matter back from the public."""


@dataclass(frozen=True)
class PictureReleased(ReleaseEvent):
    """A redacted copy of a photograph was let out; digests of the original and the copy."""

    original: str
    copy: str
    hidden: int


@dataclass(frozen=True)
class ComplaintReceived(ReleaseEvent):
    """Somebody says it should not be shown; `said` is the salted digest of their words."""

    complaint: int
    said: str


@dataclass(frozen=True)
class ComplaintSettled(ReleaseEvent):
    """A clerk looked at a complaint."""

    complaint: int


@dataclass(frozen=True)
class AlertEvent(Event):
    """Something about one alert; who made it is not kept."""

    subject_kind = "alert"
    id: int


@dataclass(frozen=True)
class AlertMade(AlertEvent):
    """Somebody wants to hear of an area; `asked` says that an address was asked first."""

    asked: bool


@dataclass(frozen=True)
class AlertConfirmed(AlertEvent):
    """Its address was confirmed by the letter."""


@dataclass(frozen=True)
class AlertStopped(AlertEvent):
    """It was deleted: asked, ended, or never confirmed (`why`)."""

    why: str
