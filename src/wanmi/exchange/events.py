"""What happens between the city and other systems."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class ClientKeyIssued(Event):
    """A program of others may bring reports from now on."""

    subject_kind = "client_key"
    id: int
    hint: str


@dataclass(frozen=True)
class ClientKeyRevoked(Event):
    """It may no longer."""

    subject_kind = "client_key"
    id: int
    hint: str


@dataclass(frozen=True)
class WorkOrderEvent(Event):
    """Something about a work order of another platform."""

    subject_kind = "work_order"
    id: int
    number: str


@dataclass(frozen=True)
class WorkOrderTaken(WorkOrderEvent):
    """An order came; `contact` is the matter it brought."""

    contact: int


@dataclass(frozen=True)
class WorkOrderSigned(WorkOrderEvent):
    """The city signed for it."""


@dataclass(frozen=True)
class CitizenContacted(WorkOrderEvent):
    """Somebody spoke to whoever brought it."""


@dataclass(frozen=True)
class WorkOrderReturned(WorkOrderEvent):
    """It went back to the platform with a reason."""
