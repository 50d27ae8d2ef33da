"""Messages and call-outs, as their senders and those they went to see them; groups."""

from django.db.models import Count, Q, QuerySet

from wanmi.accounts.queries import User
from wanmi.organisation import queries as organisation

from ..models import Callout, Group, Receipt
from .duty import LEAD, SEE

MOST = 200


def callouts(scope: organisation.Scope) -> QuerySet[Callout]:
    """Return what was sent in the areas whose patrols a person sees, newest first, counted."""
    rows = Callout.objects.filter(scope.whole.within(SEE) | Q(sent_by_id=scope.user_id))
    counted = rows.annotate(
        people=Count("receipts"),
        read=Count("receipts", filter=Q(receipts__read_at__isnull=False)),
        accepted=Count("receipts", filter=Q(receipts__answer="accepted")),
        declined=Count("receipts", filter=Q(receipts__answer="declined")),
    )
    return counted.select_related("sent_by", "case").order_by("-pk")


def sent_receipts(callout: Callout) -> list[Receipt]:
    """Return what each person said to a call-out."""
    rows = Receipt.objects.filter(callout=callout).select_related("person")
    return list(rows.order_by("person__name_zh", "pk"))


def receipts_of(person: User) -> list[Receipt]:
    """Return what somebody was told, newest first."""
    rows = Receipt.objects.filter(person=person).select_related("callout__sent_by", "callout__case")
    return list(rows.order_by("-callout_id")[:MOST])


def receipt_of(person: User, callout: int) -> Receipt | None:
    """Return one call-out as somebody has it."""
    rows = Receipt.objects.select_related("callout__sent_by", "callout__case")
    return rows.filter(person=person, callout_id=callout).first() if 0 < callout < 2**63 else None


def unread_of(person: User) -> int:
    """Return how many messages and call-outs somebody has not read."""
    return Receipt.objects.filter(person=person, read_at__isnull=True).count()


def groups(scope: organisation.Scope) -> QuerySet[Group]:
    """Return the groups of the areas somebody leads patrols of."""
    rows = Group.objects.filter(scope.whole.within(LEAD), is_active=True)
    return rows.annotate(people=Count("members")).order_by("name")
