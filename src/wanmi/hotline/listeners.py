"""What the room does when it hears news: a forgotten person's number goes with them."""

from wanmi.intake import events as intake
from wanmi.journal.events import Entry, listen

from . import actions
from .models import Call


@listen(intake.SenderForgotten, name="hotline.forget_caller")
def forget_caller(entry: Entry) -> None:
    """Delete the numbers of the calls that led to a matter whose person was forgotten."""
    for call in Call.objects.filter(contact=int(entry.subject.partition(":")[2])):
        actions.forget(call, by=None, at=entry.at)
