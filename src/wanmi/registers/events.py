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
