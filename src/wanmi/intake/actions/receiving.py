"""Receiving: somebody's words come in by a door and are never lost, never taken twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from wanmi.accounts.queries import User
from wanmi.cases import actions as cases
from wanmi.cases import queries as known_cases
from wanmi.evidence import actions as evidence
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel import cells
from wanmi.kernel.coordinates import convert
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import clean_line, clean_text

from .. import events
from ..doors import door
from ..models import Contact, Direction, Message, Purpose, State
from ..rules import handles
from . import procedure
from .answering import tell
from .filing import CaseDetails, join, open_case
from .people import Sender, require_welcome, sender_of

LONGEST = 5000


class UnknownPurpose(Invalid):
    """There is no purpose %(purpose)s."""

    code = "unknown_purpose"


@dataclass(frozen=True)
class Place:
    """Where it is, as far as it was said; the point in degrees of `system`."""

    lon: float | None = None
    lat: float | None = None
    system: str = "cgcs2000"
    address: str = ""

    def point(self) -> tuple[float | None, float | None]:
        """Return the point in CGCS2000 degrees."""
        if self.lon is None or self.lat is None:
            return None, None
        return convert(self.lon, self.lat, self.system)


@journal.deed()
def receive(
    door_code: str,
    words: str,
    *,
    purpose: str = Purpose.REPORT,
    title: str = "",
    sender: Sender | None = None,
    place: Place | None = None,
    details: CaseDetails | None = None,
    joins: known_cases.Case | None = None,
    media: Sequence[int] = (),
    said_class: str = "",
    may_publish: bool = False,
    outside_id: str = "",
    previous: Contact | None = None,
    by: User | None = None,
    at: datetime | None = None,
) -> Contact:
    """Take a matter in and tell its person that it has come.

    With `details` a report becomes a case at once, with `joins` it follows the
    case that somebody else has reported; everything else waits in the queue.
    `outside_id` is the sender's own name of the message: the same one again
    answers the contact it made. `said_class` ("kind/code") is what the person
    takes it for; the acceptor decides. Raises UnknownDoor, UnknownPurpose, Blocked,
    UnusableText and what `cases.report` raises.
    """
    at, sender = at or datetime.now(UTC), sender or Sender()
    way_in = door(door_code)
    if outside_id and (known := by_outside_id(door_code, outside_id)) is not None:
        return known
    contact = _matter(words, purpose, title, place or Place())
    person = sender.row()
    require_welcome(person)
    contact.door, contact.outside_id = way_in.code, outside_id[:200]
    contact.language, contact.may_publish = sender.language, may_publish
    contact.said_class = said_class
    contact.previous, contact.received_by, contact.received_at = previous, by, at
    contact.number = _draw_number(at)
    contact.save()
    if person is not None:
        person.contact = contact
        person.save()
    _keep_media(contact, media, "received", by, at)
    said = salted_digest(contact.salt, contact.words, *(handles(person) if person else ()))
    event = events.ContactReceived(contact.pk, contact.number, contact.door, contact.purpose, said)
    journal.publish(event, by=by or "public", area_path=contact.area_path, at=at)
    if joins is not None:
        return join(contact, joins, by=by, at=at)
    if details is not None and purpose == Purpose.REPORT:
        open_case(contact, details, media=media, by=by, at=at)
    else:
        procedure.begin(contact, by=by, at=at)
    tell(contact, "received", at=at)
    return contact


@journal.deed()
def note_message(
    contact: Contact,
    words: str,
    *,
    media: Sequence[int] = (),
    outside_id: str = "",
    at: datetime | None = None,
) -> Contact:
    """Keep what a person adds to their matter; return the matter it stands in.

    After the answer it is a new matter that knows the old one, and is answered
    itself. The same message from outside is kept once.
    """
    at = at or datetime.now(UTC)
    if contact.state in (State.ANSWERED, State.CLOSED):
        return _continue(contact, words, media, outside_id, at)
    if outside_id and contact.messages.filter(outside_id=outside_id[:200]).exists():
        return contact
    salt = new_salt()
    message = Message.objects.create(
        contact=contact,
        direction=Direction.IN,
        words=clean_text(words, max_length=LONGEST),
        salt=salt,
        outside_id=outside_id[:200],
        at=at,
    )
    _keep_media(contact, media, f"message-{message.pk}", None, at)
    said = salted_digest(salt, message.words)
    event = events.MessageReceived(contact.pk, contact.number, message.pk, said)
    journal.publish(event, by="public", area_path=contact.area_path, at=at)
    return contact


def _continue(
    contact: Contact, words: str, media: Sequence[int], outside_id: str, at: datetime
) -> Contact:
    return receive(
        contact.door,
        words,
        purpose=contact.purpose,
        title=contact.title,
        sender=sender_of(contact),
        place=Place(contact.lon, contact.lat, address=contact.address),
        media=media,
        may_publish=contact.may_publish,
        outside_id=outside_id,
        previous=contact,
        at=at,
    )


def by_outside_id(door_code: str, outside_id: str) -> Contact | None:
    """Return what a message from outside made when it came the first time."""
    return Contact.objects.filter(door=door_code, outside_id=outside_id[:200]).first()


def _matter(words: str, purpose: str, title: str, place: Place) -> Contact:
    """Return a contact of cleaned words at a place, not saved yet."""
    if purpose not in Purpose.values:
        raise UnknownPurpose(purpose=purpose)
    words = clean_text(words, max_length=LONGEST)
    if not words:
        raise Invalid("Say what it is about.")
    lon, lat = place.point()
    return Contact(
        tracking_code=cases.new_tracking_code(),
        purpose=purpose,
        title=clean_line(title),
        words=words,
        salt=new_salt(),
        address=clean_line(place.address, max_length=256),
        lon=lon,
        lat=lat,
        cell=cells.cell(lon, lat) if lon is not None and lat is not None else None,
        area_path=_area(lon, lat),
    )


def _keep_media(
    contact: Contact, media: Sequence[int], purpose: str, by: User | None, at: datetime
) -> None:
    if media:
        subject = f"contact:{contact.pk}"
        evidence.attach(
            media, subject=subject, purpose=purpose, by=by, at=at, area_path=contact.area_path
        )


def _area(lon: float | None, lat: float | None) -> str:
    """Return the area of a point, or of the body that accepts what lies nowhere."""
    found = geography.locate(lon, lat) if lon is not None and lat is not None else None
    return found.path if found else cases.accepting_area()


def _draw_number(at: datetime) -> str:
    """Return the next contact number of the city's day ("L20261121-00001")."""
    day = f"{at.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y%m%d}"
    statement = (
        "INSERT INTO intake_contactcounter (scope, last) VALUES (%s, 1) ON CONFLICT (scope)"
        " DO UPDATE SET last = intake_contactcounter.last + 1 RETURNING last"
    )
    return f"L{day}-{journal.run(statement, [day])[0][0]:05}"
