"""Doors: the ways people reach the city, and how an answer goes back by each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wanmi.kernel.errors import Invalid

if TYPE_CHECKING:
    from .models import Contact


class UnknownDoor(Invalid):
    """There is no door called %(door)s."""

    code = "unknown_door"


@dataclass(frozen=True)
class Way:
    """Where an answer goes: a channel of the notices room and an address on it."""

    channel: str
    address: str


def reachable(contact: "Contact") -> Way | None:
    """Return the way a person left with their words: e-mail first, then a text message."""
    person = contact.said_by
    if person is None:
        return None
    if person.email:
        return Way("email", person.email)
    return Way("sms", person.phone) if person.phone else None


@dataclass(frozen=True)
class Door:
    """A way in. `source` is the source of the cases that come by it.

    `way_back` says where an answer goes; None is said on the tracking page alone.
    """

    code: str
    name_zh: str
    name_en: str
    source: str
    way_back: Callable[["Contact"], Way | None] = reachable


_doors: dict[str, Door] = {}


def offer_door(door: Door) -> None:
    """Open a way in under its code."""
    _doors[door.code] = door


def door(code: str) -> Door:
    """Return a door. Raises UnknownDoor."""
    if code not in _doors:
        raise UnknownDoor(door=code)
    return _doors[code]


def doors() -> list[Door]:
    """Return the doors that are open, in the order they were opened."""
    return list(_doors.values())
