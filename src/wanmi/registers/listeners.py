"""What the room does when it hears news: who proposed a change learns what became of it."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from wanmi.journal.events import Entry, listen
from wanmi.notices import actions as notices

from . import events
from .models import PartRequest

APPROVED = gettext_noop("Your change of a part %(number)s was approved and is in the register.")
REFUSED = gettext_noop("Your change of a part %(number)s was refused; the reason stands with it.")


@listen(events.PartRequestDecided, name="registers.tell_proposer")
def tell_proposer(entry: Entry) -> None:
    """Tell who proposed a change that it was decided."""
    row = PartRequest.objects.filter(pk=int(entry.subject.partition(":")[2])).first()
    if row is None or entry.actor == f"user:{row.proposed_by_id}":
        return
    notices.tell(
        {row.proposed_by_id},
        kind="part_request_decided",
        message=APPROVED if entry.data["state"] == "approved" else REFUSED,
        params={"number": row.number or ""},
        link=reverse("registers:request", args=[row.number]),
        subject=row.subject,
        at=entry.at,
    )
