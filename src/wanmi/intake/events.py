"""What happens between people and the city; no words and no names, only digests of them."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class ContactEvent(Event):
    """Something about one contact."""

    subject_kind = "contact"
    id: int
    number: str


@dataclass(frozen=True)
class ContactReceived(ContactEvent):
    """Somebody brought a matter; `said` is the salted digest of their words."""

    door: str
    purpose: str
    said: str


@dataclass(frozen=True)
class MessageReceived(ContactEvent):
    """They said more about it."""

    message: int
    said: str


@dataclass(frozen=True)
class ContactFiled(ContactEvent):
    """It became a case, or joined the case that somebody else had reported."""

    case: int
    joined: bool


@dataclass(frozen=True)
class ContactAnswered(ContactEvent):
    """The city spoke: an update, or the answer owed."""

    message: int
    said: str
    is_final: bool
    is_automatic: bool


@dataclass(frozen=True)
class ContactClosed(ContactEvent):
    """It was closed without an answer, for a reason."""

    reason: str


@dataclass(frozen=True)
class ContactRated(ContactEvent):
    """The person said how it went; `said` is the salted digest of their words."""

    rating: str
    said: str


@dataclass(frozen=True)
class SenderForgotten(ContactEvent):
    """Name and addresses of whoever brought it were deleted."""


@dataclass(frozen=True)
class SenderRead(ContactEvent):
    """Somebody read who brought it."""


@dataclass(frozen=True)
class SenderBlocked(Event):
    """An address that abuses the doors is let in no more."""

    subject_kind = "block"
    id: int


@dataclass(frozen=True)
class SenderLetIn(Event):
    """A block was taken back."""

    subject_kind = "block"
    id: int
