"""Narrowing the list of matters."""

from typing import Any

from django.db.models import Q, QuerySet

from . import rules
from .models import Contact


def filtered(
    rows: QuerySet[Contact],
    *,
    q: str = "",
    state: str = "",
    purpose: str = "",
    door: str = "",
    owed: bool | None = None,
    may_search_people: bool = False,
    **_others: Any,
) -> QuerySet[Contact]:
    """Return the matters that all given filters fit.

    `q` is a number, a tracking code, a case's number or words of the title;
    with the right to see people also a phone number or an e-mail address.
    """
    for name, value in (("state", state), ("purpose", purpose), ("door", door)):
        if value:
            rows = rows.filter(**{name: value})
    if owed is not None:
        rows = rows.filter(is_owed=owed)
    return rows.filter(_said(q, may_search_people)) if q else rows


def _said(q: str, may_search_people: bool) -> Q:
    wanted = (
        Q(number__startswith=q)
        | Q(tracking_code=q.upper())
        | Q(case__number=q)
        | Q(title__icontains=q)
        | Q(words__icontains=q)
    )
    if may_search_people:
        phone = rules.plain_phone(q)
        wanted |= Q(sender__email=rules.plain_email(q))
        wanted |= Q(sender__phone=phone) if phone else Q(pk__in=[])
    return wanted
