"""Changes of the parts register."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class PartsEntered(Event):
    """Parts were entered together; `first` and `last` are their keys."""

    subject_kind = "survey"
    first: int
    last: int
    count: int
    source: str


@dataclass(frozen=True)
class PartEntered(Event):
    """A part was entered."""

    subject_kind = "part"
    id: int
    identifier: str


@dataclass(frozen=True)
class PartChanged(Event):
    """A part changed: its state, place or facts; `change` is the row that says what and why."""

    subject_kind = "part"
    id: int
    identifier: str
    operation: str
    change: int


@dataclass(frozen=True)
class PartRequestEvent(Event):
    """Something about one proposed change.

    `what` is its kind, `part` the identifier, "" for one to be added.
    """

    subject_kind = "part_request"
    id: int
    number: str
    what: str
    part: str


@dataclass(frozen=True)
class PartChangeProposed(PartRequestEvent):
    """Somebody proposed a change of the register."""


@dataclass(frozen=True)
class PartRequestDecided(PartRequestEvent):
    """It was approved or refused; `change` is the key of the change written, if any."""

    state: str
    change: int | None


@dataclass(frozen=True)
class PartRequestWithdrawn(PartRequestEvent):
    """Who proposed it took it back."""
