"""What happens at the hotline; no numbers of callers and no words."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class CallEvent(Event):
    """Something about one call; `agent` is the key of whose it is now, None while it queues."""

    subject_kind = "call"
    id: int
    agent: int | None


@dataclass(frozen=True)
class CallRang(CallEvent):
    """Somebody calls."""


@dataclass(frozen=True)
class CallAnswered(CallEvent):
    """An agent speaks with the caller."""


@dataclass(frozen=True)
class CallHeld(CallEvent):
    """The caller waits on the line, or speaks again."""

    is_held: bool


@dataclass(frozen=True)
class CallHanded(CallEvent):
    """The call was passed to another agent."""


@dataclass(frozen=True)
class CallEnded(CallEvent):
    """Somebody hung up; `was_answered` tells whether they had spoken."""

    was_answered: bool


@dataclass(frozen=True)
class CallRecorded(CallEvent):
    """There is a recording of it."""


@dataclass(frozen=True)
class CallSettled(CallEvent):
    """What came of it was said; `contact` is the key of the matter, None without one."""

    outcome: str
    contact: int | None


@dataclass(frozen=True)
class CallerForgotten(CallEvent):
    """The caller's number was deleted."""


@dataclass(frozen=True)
class AgentChanged(Event):
    """An agent became ready or busy, took a break or left."""

    subject_kind = "agent"
    id: int
    state: str
    reason: str


@dataclass(frozen=True)
class CallbackAsked(Event):
    """Somebody is to be called back."""

    subject_kind = "callback"
    id: int
    call: int


@dataclass(frozen=True)
class CallbackDone(Event):
    """Somebody was called back, or not reached."""

    subject_kind = "callback"
    id: int
    was_reached: bool


@dataclass(frozen=True)
class ArticleWritten(Event):
    """A version of an article was written; `text` is the digest of its words."""

    subject_kind = "article"
    id: int
    version: int
    text: str
    is_withdrawn: bool
