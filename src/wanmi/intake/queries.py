"""Asking: what waits, what is owed, what somebody brought before, how a matter went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from wanmi.cases import queries as cases
from wanmi.organisation import queries as organisation

from . import rules
from .doors import Door, door, doors
from .models import Block, Contact, Direction, Message, Purpose, Rating, Sender, State
from .rules import plain_phone

__all__ = [
    "Block",
    "Contact",
    "Direction",
    "Door",
    "Message",
    "Purpose",
    "Rating",
    "Sender",
    "Stage",
    "State",
    "by_code",
    "by_number",
    "contacts_of",
    "door",
    "doors",
    "followed",
    "history_of",
    "messages_of",
    "open_matter_of",
    "plain_phone",
    "public_stages",
    "published",
    "taken",
    "visible",
]


def visible(scope: organisation.Scope) -> QuerySet[Contact]:
    """Return the contacts a person may see: those of their areas."""
    return Contact.objects.filter(scope.within(organisation.duties.SEE_CONTACTS))


def published() -> QuerySet[Contact]:
    """Return what its people have agreed to show to everybody."""
    return Contact.objects.filter(may_publish=True)


def followed() -> QuerySet[Contact]:
    """Return every matter, for those who hold its tracking code."""
    return Contact.objects.all()


def by_number(scope: organisation.Scope, number: str) -> Contact | None:
    """Return a contact a person may see, by its number."""
    if "\0" in number:
        return None
    rows = visible(scope).select_related("sender", "case", "previous", "received_by")
    return rows.filter(number=number).first()


def by_code(code: str) -> Contact | None:
    """Return the matter a tracking code follows; whoever has the code may see how it goes."""
    if "\0" in code:
        return None
    rows = Contact.objects.select_related("case", "sender")
    return rows.filter(tracking_code=code.strip().upper()).first()


def history_of(
    *, phone: str = "", email: str = "", chat: str = "", limit: int = 20
) -> list[Contact]:
    """Return what somebody with any of these addresses brought before, newest first."""
    wanted = Q(pk__in=[])
    if phone:
        wanted |= Q(sender__phone=plain_phone(phone))
    if email:
        wanted |= Q(sender__email=rules.plain_email(email))
    if chat:
        wanted |= Q(sender__chat=chat)
    rows = Contact.objects.filter(wanted).select_related("case", "sender")
    return list(rows.order_by("-id")[:limit])


def contacts_of(case_ids: Sequence[int]) -> list[Contact]:
    """Return everything brought about some cases, oldest first."""
    rows = Contact.objects.filter(case_id__in=case_ids).select_related("case", "sender")
    return list(rows.order_by("id"))


def messages_of(contact: Contact) -> list[Message]:
    """Return every word of a matter, oldest first, with the letters that carried them."""
    return list(contact.messages.select_related("letter", "by").order_by("id"))


@dataclass(frozen=True)
class Stage:
    """A stage of a matter as the public is told; `at` is None while it lies ahead."""

    name: str
    at: datetime | None


def public_stages(contact: Contact) -> list[Stage]:
    """Return received, accepted, in hand, checked, answered, with when each was reached.

    A case's own moments, without who did what.
    """
    case = contact.case
    stages = [Stage("received", contact.received_at)]
    if case is not None:
        refused = case.state in (cases.State.NOT_ACCEPTED, cases.State.NOT_FILED)
        if not refused:
            stages += [
                Stage("accepted", case.filed_at),
                Stage("in_hand", case.dispatched_at),
                Stage("done", case.handled_at),
                Stage("checked", case.checked_at),
            ]
    return [*stages, Stage("answered", contact.answered_at)]


def taken(door_code: str, outside_id: str) -> Contact | None:
    """Return the matter that holds a message from outside, as its first word or a later one."""
    rows = Contact.objects.filter(door=door_code).select_related("case", "sender")
    first = rows.filter(outside_id=outside_id[:200]).first()
    if first is not None:
        return first
    later = Message.objects.filter(contact__door=door_code, outside_id=outside_id[:200])
    return rows.filter(pk__in=later.values("contact")).first()


def open_matter_of(
    door_code: str, *, phone: str = "", email: str = "", chat: str = ""
) -> Contact | None:
    """Return the newest matter somebody has brought by a door that still awaits its answer."""
    known = history_of(phone=phone, email=email, chat=chat)
    open_states = (State.WAITING, State.IN_CASE)
    return next((row for row in known if row.door == door_code and row.state in open_states), None)
