"""What happens to things under upkeep; the journal holds digests, the rows hold the content."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class UpkeepEvent(Event):
    """Base of the events about one change; `thing` is matter and item, as in "roles/acceptor"."""

    subject_kind = "change"
    id: int
    thing: str
    digest: str


@dataclass(frozen=True)
class ChangeDrafted(UpkeepEvent):
    """A change was drafted, or its draft was changed."""


@dataclass(frozen=True)
class ChangeScheduled(UpkeepEvent):
    """A change was decided that takes effect from a later day on."""

    unsettles = True
    from_day: str


@dataclass(frozen=True)
class ChangeApplied(UpkeepEvent):
    """A change took effect; `undoes` names the one it takes back."""

    unsettles = True
    undoes: int | None = None


@dataclass(frozen=True)
class ChangeWithdrawn(UpkeepEvent):
    """A draft, or a change before its day, was given up."""

    unsettles = True
