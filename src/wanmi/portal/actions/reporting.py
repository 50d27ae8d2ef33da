"""Handing in: words, place and photographs in one request, answered once per key.

The photographs travel with the words, so that no stranger's upload is ever named by
anybody else; files are read and checked before the transaction.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from wanmi.cases import queries as cases
from wanmi.catalogue import queries as catalogue
from wanmi.evidence import actions as evidence
from wanmi.intake import actions as intake
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid

from ..anonymity import needs_contact
from ..reporting import DOOR, MOST_PICTURES


class TooManyPictures(Invalid):
    """Add at most %(most)s photographs."""

    code = "too_many_pictures"


class NotAPicture(Invalid):
    """Only photographs can be added here: JPEG, PNG or WebP."""

    code = "not_a_picture"
    status = 415


class PlaceMissing(Invalid):
    """Point at the place on the map, or write an address or landmark."""

    code = "place_missing"


class ContactNeeded(Invalid):
    """Leave a phone number or an e-mail address; without one this cannot be answered here."""

    code = "contact_needed"


@dataclass(frozen=True)
class Handed:
    """What a visitor said; the point in WGS-84 degrees, as browsers and our maps give it."""

    words: str
    purpose: str = "report"
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    category: str = ""
    """The class ("kind/code") they take it for, where they chose one."""
    may_publish: bool = False
    language: str = "zh-hans"


def hand_in(
    handed: Handed,
    files: Sequence[evidence.Readable] = (),
    *,
    joins: cases.Case | None = None,
    key: str = "",
) -> str:
    """Take a report in and return its tracking code; a repeated key answers the first one.

    Raises PlaceMissing, ContactNeeded, TooManyPictures, NotAPicture, UnknownCategory and
    what `intake.receive` and `evidence.receive` raise.
    """
    if handed.purpose == "report" and not handed.address and handed.lon is None and not joins:
        raise PlaceMissing
    if needs_contact(handed.purpose) and not (handed.phone or handed.email):
        raise ContactNeeded
    if handed.category:
        kind, _, code = handed.category.partition("/")
        catalogue.require_category(kind, code)
    received = receive_pictures(files)
    place = intake.Place(handed.lon, handed.lat, "wgs84", handed.address)
    sender = intake.Sender(handed.name, handed.phone, handed.email, language=handed.language)

    def do() -> tuple[int, dict[str, str]]:
        contact = intake.receive(
            DOOR,
            handed.words,
            purpose=handed.purpose,
            sender=sender,
            place=place,
            joins=joins,
            media=[evidence.record(each, by=None).pk for each in received],
            said_class=handed.category,
            may_publish=handed.may_publish,
        )
        return 201, {"code": contact.tracking_code}

    said = {**asdict(handed), "media": [each.sha256 for each in received]}
    said.pop("language")
    said["joins"] = joins.pk if joins else None
    _, answer = journal.answer_once(key, said, by="public", do=do)
    return str(answer["code"])


def receive_pictures(files: Sequence[evidence.Readable]) -> list[evidence.Received]:
    """Keep the bytes of photographs, nothing else. Raises TooManyPictures, NotAPicture."""
    if len(files) > MOST_PICTURES:
        raise TooManyPictures(most=MOST_PICTURES)
    received = [evidence.receive(each) for each in files]
    if not all(each.display for each in received):
        raise NotAPicture
    return received
