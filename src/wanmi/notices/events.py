"""That people were told something."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class NoticeTold(Event):
    """Some people have a new notice of a kind; `about` is the subject it concerns."""

    subject_kind = "notice"
    id: int
    users: tuple[int, ...]
    notice_kind: str
    about: str


@dataclass(frozen=True)
class LetterPosted(Event):
    """A letter to somebody outside was written; `about` is the subject it concerns."""

    subject_kind = "letter"
    id: int
    channel: str
    about: str


@dataclass(frozen=True)
class LetterSent(LetterPosted):
    """The channel took it."""


@dataclass(frozen=True)
class LetterFailed(LetterPosted):
    """It cannot be delivered; somebody has to reach the person in another way."""


@dataclass(frozen=True)
class LayerChanged(Event):
    """A layer of reminders was made, changed, or switched off."""

    subject_kind = "layer"
    id: int
    about: str
    every: str
    is_active: bool
