"""Answering: what the city says goes back by the door the matter came by."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.utils import translation

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_line, clean_text
from wanmi.notices import actions as notices

from .. import events, wording
from ..doors import Way, door
from ..models import Contact, Direction, Message, State

_follow: Callable[[str], str] | None = None


class NothingOwed(Conflict):
    """This matter is closed; somebody else was faster."""

    code = "contact_closed"


def offer_follow_page(address: Callable[[str], str]) -> None:
    """Say where a tracking code is followed: a path of our own site."""
    global _follow  # one page for the whole process
    _follow = address


def follow_address(code: str) -> str:
    """Return the full address at which a matter is followed; empty without a site or a page."""
    if _follow is None or not settings.SITE_URL:
        return ""
    return settings.SITE_URL.rstrip("/") + _follow(code)


@journal.deed()
def answer(
    contact: Contact,
    words: str,
    *,
    is_final: bool = True,
    by: User,
    at: datetime | None = None,
) -> Message:
    """Say something to whoever brought a matter; a final answer settles what is owed."""
    words = clean_text(words, max_length=2000)
    if not words:
        raise Invalid("Write an answer.")
    return _say(contact, words, is_final=is_final, by=by, at=at or datetime.now(UTC))


@journal.deed()
def tell(
    contact: Contact,
    occasion: str,
    *,
    reason: str = "",
    is_final: bool = False,
    at: datetime | None = None,
) -> Message | None:
    """Say the sentence of an occasion once, in the person's language; None if it was said."""
    if Message.objects.filter(contact=contact, occasion=occasion).exists():
        return None
    with translation.override(contact.language):
        params = {
            "code": contact.tracking_code,
            "reason": reason or translation.gettext(wording.NO_REASON),
        }
        words = translation.gettext(wording.OCCASIONS[occasion]) % params
    at = at or datetime.now(UTC)
    return _say(contact, words, is_final=is_final, by=None, at=at, occasion=occasion)


@journal.deed()
def close(contact: Contact, reason: str, *, by: User, at: datetime | None = None) -> Contact:
    """Close a matter that gets no answer (an advertisement, a call without words).

    Raises NothingOwed when it is settled already.
    """
    at = at or datetime.now(UTC)
    if contact.case_id is not None or contact.state != State.WAITING:
        raise NothingOwed
    contact.state, contact.is_owed = State.CLOSED, False
    contact.version += 1
    contact.save(update_fields=["state", "is_owed", "version"])
    event = events.ContactClosed(contact.pk, contact.number, clean_line(reason))
    journal.publish(event, by=by, area_path=contact.area_path, at=at)
    return contact


def _say(
    contact: Contact,
    words: str,
    *,
    is_final: bool,
    by: User | None,
    at: datetime,
    occasion: str = "",
) -> Message:
    salt = new_salt()
    message = Message(
        contact=contact,
        direction=Direction.OUT,
        words=words,
        salt=salt,
        occasion=occasion,
        is_final=is_final,
        by=by,
        at=at,
    )
    way = door(contact.door).way_back(contact)
    if way is not None:
        message.letter = _post(contact, words, way, by, at)
    if occasion != "received":
        _ring(message, by, at)
    message.save()
    if is_final:
        contact.is_owed, contact.answered_at, contact.state = False, at, State.ANSWERED
        contact.version += 1
        contact.save(update_fields=["is_owed", "answered_at", "state", "version"])
    event = events.ContactAnswered(
        contact.pk, contact.number, message.pk, salted_digest(salt, words), is_final, by is None
    )
    journal.publish(event, by=by, area_path=contact.area_path, at=at)
    return message


def _ring(message: Message, by: User | None, at: datetime) -> None:
    """Ring the browsers that follow a matter; what was said stands on its page."""
    contact = message.contact
    path = _follow(contact.tracking_code) if _follow else ""
    rung = notices.ring(
        f"contact:{contact.pk}", wording.RING_TITLE, wording.RING, link=path, by=by, at=at
    )
    if rung and message.letter is None:
        message.letter = rung[0]


def _post(
    contact: Contact, words: str, way: Way, by: User | None, at: datetime
) -> "notices.Letter | None":
    if not notices.knows_channel(way.channel):
        return None
    with translation.override(contact.language):
        title = translation.gettext("Your message %(code)s") % {"code": contact.tracking_code}
    return notices.post_letter(
        way.channel,
        way.address,
        words,
        about=f"contact:{contact.pk}",
        title=f"Re: {contact.title}" if contact.title else title,
        link=follow_address(contact.tracking_code),
        reference=contact.outside_id if way.channel == contact.door else "",
        language=contact.language,
        by=by,
        at=at,
    )
