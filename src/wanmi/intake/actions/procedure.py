"""The shipped procedure of a matter that waits for an answer."""

import json
from datetime import datetime
from importlib.resources import files
from typing import Final

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.workflow import actions as workflow
from wanmi.workflow import events as told

from ..models import Contact

CONTACT: Final = "contact"


def publish_shipped_procedures(*, by: journal.Actor = None, at: datetime | None = None) -> None:
    """Publish the shipped drawing; one that is already the newest changes nothing."""
    data = files("wanmi.intake") / "data"
    forms = {
        form.name.removesuffix(".json"): json.loads(form.read_text("utf-8"))
        for form in (data / "forms").iterdir()
    }
    drawing = (data / f"{CONTACT}.bpmn").read_text("utf-8")
    workflow.publish_procedure(CONTACT, drawing, forms, by=by, at=at)


def begin(contact: Contact, *, by: User | None, at: datetime) -> None:
    """Put a matter into the queue of those who answer; inside the deed around it."""
    subject = f"contact:{contact.pk}"
    opening = workflow.prepare(CONTACT, {}, at)
    moved = workflow.begin(opening, subject=subject, area_path=contact.area_path, by=by, at=at)
    event = told.Begun(subject, moved.opened())
    journal.publish(event, by=by or "public", area_path=contact.area_path, at=at)
