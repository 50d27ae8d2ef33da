"""The platform's adapter: what the city does with an order goes back, signed, acknowledged."""

from django.conf import settings

from wanmi.intake import actions as intake
from wanmi.intake import queries as contacts
from wanmi.notices import actions as notices
from wanmi.notices import queries as letters

from .. import signing
from .orders import CHANNEL, DOOR

OWN = frozenset({"sign", "contact", "return"})


def send(letter: letters.Letter) -> str:
    """Tell the platform; return its acknowledgement. What is not acknowledged is told again."""
    said = contacts.Message.objects.filter(letter=letter).first()
    action = "reply" if said and said.is_final else "progress"
    given = {
        "id": f"letter-{letter.pk}",
        "number": letter.address,
        "action": letter.title if said is None and letter.title in OWN else action,
        "words": letter.words,
        "at": letter.created_at.isoformat(),
    }
    answer = signing.send_json(settings.WORKORDERS_URL, settings.WORKORDERS_SECRET, given)
    acknowledged = str(answer.get("id", ""))
    if not acknowledged:
        raise OSError("the platform did not acknowledge")
    return acknowledged


def is_ready() -> bool:
    """Say whether the city has named the platform."""
    return bool(settings.WORKORDERS_URL and settings.WORKORDERS_SECRET)


def _way_back(contact: contacts.Contact) -> intake.Way | None:
    return intake.Way(CHANNEL, contact.outside_id) if contact.outside_id else None


def offer() -> None:
    """Open the door and the way out."""
    door = intake.Door(DOOR, "12345 工单", "Work order (12345)", "platform", _way_back)
    intake.offer_door(door)
    notices.offer_channel(notices.Channel(CHANNEL, send, is_ready))
