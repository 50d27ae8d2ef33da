"""Publishing: a clerk lets a matter out, in words without personal data, and takes it back."""

import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.cases import actions as cases
from wanmi.evidence import actions as evidence
from wanmi.evidence import queries as media
from wanmi.intake import queries as matters
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict, Invalid, NotFound
from wanmi.kernel.personal import mask
from wanmi.kernel.text import clean_line, clean_text

from .. import events
from ..models import Complaint, Release, ReleasedPicture
from ..redacting import Box, redacted
from ..rules import coarse


class NotAgreed(Conflict):
    """Whoever reported this did not agree to its being shown."""

    code = "not_agreed"


class AlreadyShown(Conflict):
    """This photograph is shown already; take the matter back to begin anew."""

    code = "already_shown"


class AlreadySettled(Conflict):
    """Somebody else has looked at this complaint."""

    code = "already_settled"


@journal.deed()
def release(
    contact: matters.Contact, words: str, place: str, *, by: User, at: datetime | None = None
) -> Release:
    """Let a matter out in these words, masked once more, its point rounded; or change the words.

    Raises NotAgreed, UnusableText.
    """
    at = at or datetime.now(UTC)
    if not contact.may_publish:
        raise NotAgreed
    plain = mask(clean_text(words, max_length=2000))
    if not plain:
        raise Invalid("Say what it is about.")
    row = Release.objects.filter(contact=contact).first() or Release(
        contact=contact, code=cases.new_tracking_code()
    )
    row.words, row.place = plain, mask(clean_line(place, max_length=120))
    row.lon = coarse(contact.lon) if contact.lon is not None else None
    row.lat = coarse(contact.lat) if contact.lat is not None else None
    row.area_path = contact.area_path
    row.released_by, row.released_at, row.withdrawn_at = by, at, None
    row.save()
    said = hashlib.sha256(f"{row.words}\n{row.place}".encode()).hexdigest()
    event = events.MatterReleased(row.pk, contact.number, said)
    journal.publish(event, by=by, area_path=row.area_path, at=at)
    return row


@journal.deed()
def withdraw(row: Release, *, by: User, at: datetime | None = None) -> None:
    """Take a matter and its photographs back from the public; twice is once."""
    at = at or datetime.now(UTC)
    if not Release.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=at):
        return
    row.pictures.all().delete()
    event = events.MatterWithdrawn(row.pk, row.contact.number)
    journal.publish(event, by=by, area_path=row.area_path, at=at)


def release_picture(
    row: Release, original_id: int, boxes: Sequence[Box], *, by: User, at: datetime | None = None
) -> ReleasedPicture:
    """Let out a copy of a photograph of the matter with these parts made unreadable.

    The original is not touched. Raises NotFound of what is no photograph of the
    matter, AlreadyShown.
    """
    original = media.media(original_id)
    path = media.path_of(original, "display") if original else None
    attached = {each.id for each in media.of_subject(f"contact:{row.contact_id}")}
    if original is None or path is None or original_id not in attached:
        raise NotFound
    received = evidence.receive(io.BytesIO(redacted(path, boxes)))
    return _show(row, original, received, boxes, by, at or datetime.now(UTC))


@journal.deed()
def _show(
    row: Release,
    original: media.Media,
    received: evidence.Received,
    boxes: Sequence[Box],
    by: User,
    at: datetime,
) -> ReleasedPicture:
    if ReleasedPicture.objects.filter(release=row, original=original).exists():
        raise AlreadyShown
    copy = evidence.record(received, by=by, name="redacted.jpg", at=at)
    evidence.attach(
        [copy.pk],
        subject=f"release:{row.pk}",
        purpose="redacted",
        by=by,
        at=at,
        area_path=row.area_path,
    )
    shown = ReleasedPicture.objects.create(
        release=row,
        original=original,
        copy=copy,
        boxes=[list(each) for each in boxes],
        released_by=by,
        released_at=at,
    )
    event = events.PictureReleased(
        row.pk, row.contact.number, original.sha256, copy.sha256, len(boxes)
    )
    journal.publish(event, by=by, area_path=row.area_path, at=at)
    return shown


@journal.deed()
def complain(row: Release, words: str, *, at: datetime | None = None) -> Complaint:
    """Keep that somebody wants a released matter looked at again."""
    at = at or datetime.now(UTC)
    words = clean_text(words, max_length=1000)
    if not words:
        raise Invalid("Say what is wrong.")
    salt = new_salt()
    complaint = Complaint.objects.create(release=row, words=words, salt=salt, at=at)
    said = salted_digest(salt, words)
    event = events.ComplaintReceived(row.pk, row.contact.number, complaint.pk, said)
    journal.publish(event, by="public", area_path=row.area_path, at=at)
    return complaint


@journal.deed()
def settle(complaint: Complaint, *, by: User, at: datetime | None = None) -> None:
    """Close a complaint that was looked at. Raises AlreadySettled."""
    at = at or datetime.now(UTC)
    rows = Complaint.objects.filter(pk=complaint.pk, settled_at=None)
    if not rows.update(settled_at=at, settled_by=by):
        raise AlreadySettled
    row = complaint.release
    event = events.ComplaintSettled(row.pk, row.contact.number, complaint.pk)
    journal.publish(event, by=by, area_path=row.area_path, at=at)
