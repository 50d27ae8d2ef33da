"""What happens on duty; no positions and no words."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class ShiftEvent(Event):
    """Something about one planned shift; `person` is the key of whose it is."""

    subject_kind = "shift"
    id: int
    person: int


@dataclass(frozen=True)
class ShiftPlanned(ShiftEvent):
    """Somebody is to patrol a duty grid (its code) from one moment to another (ISO 8601)."""

    duty_grid: str
    begins_at: str
    ends_at: str


@dataclass(frozen=True)
class ShiftWithdrawn(ShiftEvent):
    """They are not to, after all."""


@dataclass(frozen=True)
class StintEvent(Event):
    """Something about one stint; `person` is the key of whose it is."""

    subject_kind = "stint"
    id: int
    person: int


@dataclass(frozen=True)
class SignedOn(StintEvent):
    """Somebody went on duty; `outside_m` is how far outside the duty grid, None without one."""

    outside_m: int | None


@dataclass(frozen=True)
class SignedOff(StintEvent):
    """Somebody went off duty."""

    outside_m: int | None


@dataclass(frozen=True)
class BreakBegun(StintEvent):
    """A pause began."""


@dataclass(frozen=True)
class BreakEnded(StintEvent):
    """A pause is over."""


@dataclass(frozen=True)
class StintCorrected(StintEvent):
    """A leader put the moments right, or entered the stint; `reason` is a salted digest."""

    reason: str


@dataclass(frozen=True)
class LapseFound(StintEvent):
    """A stay, a leave or a silence was found in its positions."""

    lapse: str
    seconds: int


@dataclass(frozen=True)
class TrackRead(StintEvent):
    """Somebody looked at another person's track."""


@dataclass(frozen=True)
class AlarmEvent(Event):
    """Something about one alarm; `users` are the keys of whom it concerns."""

    subject_kind = "alarm"
    id: int
    users: tuple[int, ...]


@dataclass(frozen=True)
class AlarmRaised(AlarmEvent):
    """Somebody pressed the button."""


@dataclass(frozen=True)
class AlarmMoved(AlarmEvent):
    """There are newer positions of who pressed it."""


@dataclass(frozen=True)
class AlarmEscalated(AlarmEvent):
    """Nobody had answered; more people were told."""

    level: int


@dataclass(frozen=True)
class AlarmAcknowledged(AlarmEvent):
    """Somebody answers for it."""


@dataclass(frozen=True)
class AlarmClosed(AlarmEvent):
    """It is over; `note` is the salted digest of what was written."""

    note: str


@dataclass(frozen=True)
class CalloutEvent(Event):
    """Something about one message or call-out; `users` are the keys of whom it concerns."""

    subject_kind = "callout"
    id: int
    users: tuple[int, ...]


@dataclass(frozen=True)
class CalloutSent(CalloutEvent):
    """It was sent; `words` is the salted digest of what was said."""

    kind_sent: str
    words: str


@dataclass(frozen=True)
class CalloutAnswered(CalloutEvent):
    """Somebody read it, accepted or declined."""

    answer: str


@dataclass(frozen=True)
class GroupKept(Event):
    """A group of people was made or changed."""

    subject_kind = "group"
    id: int
    people: int
