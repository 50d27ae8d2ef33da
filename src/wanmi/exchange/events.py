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
