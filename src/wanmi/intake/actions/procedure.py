"""The shipped procedure of a matter that waits for an answer."""

from datetime import datetime
from typing import Final

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.workflow import actions as workflow
from wanmi.workflow import events as told

from ..models import Contact

CONTACT: Final = "contact"


def begin(contact: Contact, *, by: User | None, at: datetime) -> None:
    """Put a matter into the queue of those who answer; inside the deed around it."""
    subject = f"contact:{contact.pk}"
    opening = workflow.prepare(CONTACT, {}, at)
    moved = workflow.begin(opening, subject=subject, area_path=contact.area_path, by=by, at=at)
    event = told.Begun(subject, moved.opened())
    journal.publish(event, by=by or "public", area_path=contact.area_path, at=at)
