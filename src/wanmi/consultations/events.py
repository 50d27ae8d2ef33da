"""What happens to consultations."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class ConsultationEvent(Event):
    """Something about one consultation; `case` is the key of the case it is about, if any."""

    subject_kind = "consultation"
    id: int
    number: str
    case: int | None


@dataclass(frozen=True)
class ConsultationOpened(ConsultationEvent):
    """Departments were asked; `bodies` are their keys."""

    bodies: list[int]


@dataclass(frozen=True)
class OpinionGiven(ConsultationEvent):
    """A department gave its opinion."""

    body: int
    position: str


@dataclass(frozen=True)
class ConsultationConcluded(ConsultationEvent):
    """The conclusion was drawn; it is told as its salted digest."""

    conclusion: str


@dataclass(frozen=True)
class ConsultationCancelled(ConsultationEvent):
    """It was ended without a conclusion."""


@dataclass(frozen=True)
class CaseConsulted(Event):
    """The same conclusion in the journal of the case it is about."""

    subject_kind = "case"
    id: int
    consultation: str
    conclusion: str
