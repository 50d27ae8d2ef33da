"""What is done with a work order: take it, sign for it, contact the citizen, return it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from wanmi.accounts.queries import User
from wanmi.intake import actions as intake
from wanmi.intake import queries as contacts
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_line
from wanmi.notices import actions as notices
from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as tasks

from ... import events
from ...models import WorkOrder

DOOR = CHANNEL = "workorders"


class NotNow(Conflict):
    """This order was signed for, returned or answered meanwhile; look again."""

    code = "order_not_now"


class InHand(Conflict):
    """This order is worked on as a case already; answer it instead."""

    code = "order_in_hand"


@dataclass(frozen=True)
class Order:
    """An order as the platform gives it; a limit left open is the city's own (settings)."""

    number: str
    words: str
    purpose: str
    sender: intake.Sender
    place: intake.Place
    title: str = ""
    received_at: datetime | None = None
    sign_by: datetime | None = None
    contact_by: datetime | None = None
    reply_by: datetime | None = None


@journal.deed()
def take(order: Order, *, by: journal.Actor, at: datetime | None = None) -> tuple[WorkOrder, bool]:
    """Take an order in; return it and whether it is new. Raises what `intake.receive` raises."""
    at = at or datetime.now(UTC)
    known = WorkOrder.objects.filter(number=order.number).first()
    if known is not None:
        return known, False
    contact = intake.receive(
        DOOR,
        order.words,
        purpose=order.purpose,
        title=order.title,
        sender=order.sender,
        place=order.place,
        outside_id=order.number,
        at=at,
    )
    came = order.received_at or at
    limits = {
        "sign_by": order.sign_by or came + timedelta(hours=settings.WORKORDERS_SIGN_HOURS),
        "contact_by": order.contact_by or came + timedelta(hours=settings.WORKORDERS_CONTACT_HOURS),
        "reply_by": order.reply_by or came + timedelta(hours=settings.WORKORDERS_REPLY_HOURS),
    }
    row = WorkOrder.objects.create(contact=contact, number=order.number, received_at=came, **limits)
    event = events.WorkOrderTaken(row.pk, row.number, contact.pk)
    journal.publish(event, by=by, area_path=contact.area_path, at=at)
    return row, True


@journal.deed()
def sign(row: WorkOrder, *, by: User, at: datetime | None = None) -> None:
    """Sign for an order; the platform is told. Raises NotNow."""
    at = at or datetime.now(UTC)
    _reach(row, "signed_at", at)
    _tell(row, "sign", events.WorkOrderSigned(row.pk, row.number), by=by, at=at)


@journal.deed()
def note_contact(row: WorkOrder, *, by: User, at: datetime | None = None) -> None:
    """Note that the citizen was spoken to; the platform is told. Raises NotNow."""
    at = at or datetime.now(UTC)
    if row.signed_at is None:
        raise NotNow
    _reach(row, "contacted_at", at)
    _tell(row, "contact", events.CitizenContacted(row.pk, row.number), by=by, at=at)


@journal.deed()
def give_back(row: WorkOrder, reason: str, *, by: User, at: datetime | None = None) -> None:
    """Return an order to the platform; its matter is closed. Raises NotNow, InHand, Invalid."""
    at = at or datetime.now(UTC)
    reason = clean_line(reason, max_length=300)
    if not reason:
        raise Invalid("Say why the order goes back.")
    if row.contact.case_id is not None:
        raise InHand
    _reach(row, "returned_at", at, reason=reason)
    waiting = [task for task in tasks.open_tasks(f"contact:{row.contact_id}") if not task.request]
    if not waiting:
        raise NotNow
    intake.perform_task(waiting[0], "close", {"opinion": reason}, by=by, at=at)
    news = events.WorkOrderReturned(row.pk, row.number)
    _tell(row, "return", news, words=reason, by=by, at=at)


def _reach(row: WorkOrder, moment: str, at: datetime, **more: str) -> None:
    """Note a moment once, of an order that is still open."""
    still_open = {f"{moment}__isnull": True, "returned_at__isnull": True}
    rows = WorkOrder.objects.filter(pk=row.pk, contact__is_owed=True, **still_open)
    if not rows.update(**{moment: at}, **more):
        raise NotNow


def _tell(
    row: WorkOrder,
    action: str,
    news: events.WorkOrderEvent,
    *,
    words: str = "",
    by: User,
    at: datetime,
) -> None:
    about = f"contact:{row.contact_id}"
    notices.post_letter(
        CHANNEL, row.number, words or action, about=about, title=action, by=by, at=at
    )
    journal.publish(news, by=by, area_path=row.contact.area_path, at=at)


def visible(scope: organisation.Scope) -> QuerySet[WorkOrder]:
    """Return the orders whose matters a person may see, those owed first, the most urgent first."""
    rows = WorkOrder.objects.filter(contact__in=contacts.visible(scope)).select_related("contact")
    return rows.order_by("-contact__is_owed", "reply_by", "pk")
