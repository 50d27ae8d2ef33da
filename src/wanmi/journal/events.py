"""The base of every event, and how a room listens to another room's events.

    @dataclass(frozen=True)
    class CaseClosed(Event):
        subject_kind = "case"
        id: int

    @listen(CaseClosed, name="notices.tell_reporter")
    def tell_reporter(entry: Entry) -> None: ...

Listeners run after the commit, at least once, in journal order for each
listener; what they write is committed together with how far they have heard.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """Something that happened to a subject. Fields must be JSON and no personal data."""

    subject_kind: ClassVar[str] = ""
    unsettles: ClassVar[bool] = False
    """Whether answers kept in memory (kernel.remembered) may have become wrong."""

    @classmethod
    def kind(cls) -> str:
        """Return the stable name: room and class, as in `cases.CaseClosed`."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"

    def subject(self) -> str:
        """Return what it happened to, as in `case:12`; the first field identifies it."""
        return f"{self.subject_kind}:{getattr(self, fields(self)[0].name)}"

    def data(self) -> dict[str, Any]:
        """Return the fields as they are written into the journal."""
        # Not `asdict`, which copies deeply what is written out as text anyway.
        return dict(vars(self))


@dataclass(frozen=True)
class Entry:
    """A journal row as listeners and readers see it; times are UTC."""

    number: int
    at: datetime
    kind: str
    subject: str
    actor: str
    area_path: str
    data: dict[str, Any]


Heard = Callable[[Entry], None]


@dataclass(frozen=True)
class Listener:
    """A function that wants to hear some kinds of event."""

    name: str
    kinds: frozenset[str]
    hear: Heard


_listeners: dict[str, Listener] = {}


def listen(*events: type[Event], name: str) -> Callable[[Heard], Heard]:
    """Register a listener under a stable name; its position in the journal is kept by it."""

    def register(hear: Heard) -> Heard:
        _listeners[name] = Listener(name, frozenset(e.kind() for e in events), hear)
        return hear

    return register


def listeners() -> list[Listener]:
    """Return all registered listeners."""
    return list(_listeners.values())
