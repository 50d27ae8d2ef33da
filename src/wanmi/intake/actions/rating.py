"""After the answer: how it went, and that it is not solved."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from wanmi.cases import actions as cases
from wanmi.journal import actions as journal
from wanmi.kernel.digests import salted_digest
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_text

from .. import events
from ..models import Contact, Rating
from ..rules import REOPEN_DAYS
from .filing import CaseDetails
from .people import sender_of
from .receiving import Place, receive


class NotAnsweredYet(Conflict):
    """This matter has no answer yet."""

    code = "not_answered_yet"


class AlreadyRated(Conflict):
    """You have said how it went already."""

    code = "already_rated"


class TooLateToReopen(Conflict):
    """It can be reopened within %(days)s days of the answer; report it anew."""

    code = "too_late_to_reopen"


class AlreadyReopened(Conflict):
    """This matter has been brought back already."""

    code = "already_reopened"


@journal.deed()
def rate(contact: Contact, rating: str, words: str = "", *, at: datetime | None = None) -> Contact:
    """Keep what a person thinks of how their matter went; once, after the answer.

    Of the first to report it, it is the answer to the visit-back as well.
    Raises NotAnsweredYet, AlreadyRated.
    """
    at = at or datetime.now(UTC)
    if rating not in Rating.values:
        raise Invalid("Choose how it went.")
    if contact.answered_at is None:
        raise NotAnsweredYet
    if contact.rating:
        raise AlreadyRated
    contact.rating, contact.rated_at = rating, at
    contact.rating_words = clean_text(words, max_length=1000)
    contact.version += 1
    contact.save(update_fields=["rating", "rated_at", "rating_words", "version"])
    if contact.case is not None and not contact.joined:
        cases.keep_satisfaction(contact.case, rating, contact.rating_words, at=at)
    said = salted_digest(contact.salt, contact.rating_words)
    event = events.ContactRated(contact.pk, contact.number, rating, said)
    journal.publish(event, by="public", area_path=contact.area_path, at=at)
    return contact


@journal.deed()
def reopen(
    contact: Contact, words: str, *, media: Sequence[int] = (), at: datetime | None = None
) -> Contact:
    """Bring a matter back that is not solved: a new one that knows the old.

    Raises NotAnsweredYet, TooLateToReopen, AlreadyReopened.
    """
    at = at or datetime.now(UTC)
    if contact.answered_at is None:
        raise NotAnsweredYet
    if at > contact.answered_at + timedelta(days=REOPEN_DAYS):
        raise TooLateToReopen(days=REOPEN_DAYS)
    if Contact.objects.filter(previous=contact).exists():
        raise AlreadyReopened
    case = contact.case
    details = CaseDetails(case.kind, case.category_code) if case is not None else None
    return receive(
        contact.door,
        words,
        purpose=contact.purpose,
        title=contact.title,
        sender=sender_of(contact),
        place=Place(contact.lon, contact.lat, address=contact.address),
        details=details,
        media=media,
        may_publish=contact.may_publish,
        previous=contact,
        at=at,
    )
