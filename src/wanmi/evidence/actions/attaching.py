"""Attaching: a medium becomes evidence of a subject."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from wanmi.accounts import queries as accounts
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound

from .. import events
from ..models import Attachment, Media


class ForeignMedia(NotFound):
    """One of these files does not exist or was not uploaded by you."""

    code = "unknown_media"
    status = 422


@journal.deed()
def attach(
    media_ids: Sequence[int],
    *,
    subject: str,
    purpose: str,
    step: str = "",
    by: accounts.User | None,
    at: datetime | None = None,
    area_path: str = "",
) -> None:
    """Attach media to a subject ("case:12") for a purpose (near, far, before, after …).

    A person attaches what they uploaded themselves; the system (`by` None)
    anything. Attaching twice for the same purpose does nothing. Raises ForeignMedia.
    """
    rows = _own(list(dict.fromkeys(media_ids)), by)
    at = at or datetime.now(UTC)
    attached = set(
        Attachment.objects.filter(subject=subject, purpose=purpose).values_list(
            "media_id", flat=True
        )
    )
    fresh = [row for row in rows if row.pk not in attached]
    if not fresh:
        return
    Attachment.objects.bulk_create(
        Attachment(
            media=row, subject=subject, purpose=purpose, step=step, attached_by=by, attached_at=at
        )
        for row in fresh
    )
    event = events.MediaAttached(
        subject,
        tuple(row.pk for row in fresh),
        tuple(row.sha256 for row in fresh),
        purpose,
        step,
    )
    journal.publish(event, by=by, area_path=area_path, at=at)


@dataclass(frozen=True)
class NewAttachment:
    """A stored medium to be attached: to what, for which purpose, by whom (key) and when."""

    media_id: int
    subject: str
    purpose: str
    step: str = ""
    by_id: int | None = None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


@journal.deed()
def attach_many(news: Sequence[NewAttachment], *, source: str, by: journal.Actor = None) -> None:
    """Attach many media at once, all or none; the journal tells of them as one collection.

    For whoever brings a collection in (`source` names it): that each person attaches only
    their own is not asked here. Raises ForeignMedia where a medium does not exist.
    """
    if not news:
        return
    known = dict(
        Media.objects.filter(pk__in={new.media_id for new in news}).values_list("pk", "sha256")
    )
    if {new.media_id for new in news} - set(known):
        raise ForeignMedia
    Attachment.objects.bulk_create(
        (
            Attachment(
                media_id=new.media_id,
                subject=new.subject,
                purpose=new.purpose,
                step=new.step,
                attached_by_id=new.by_id,
                attached_at=new.at,
            )
            for new in news
        ),
        batch_size=1000,
    )
    lines = (f"{new.subject} {new.purpose} {known[new.media_id]}" for new in news)
    what = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    journal.publish(events.MediaCollected(source, len(news), what), by=by, at=news[-1].at)


def _own(ids: list[int], by: accounts.User | None) -> list[Media]:
    rows = Media.objects.in_bulk(ids)
    if len(rows) != len(ids):
        raise ForeignMedia
    if by is not None and any(row.uploaded_by_id != by.pk for row in rows.values()):
        raise ForeignMedia
    return [rows[key] for key in ids]
