"""Entering filing standards and default limits."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.limits import Limit
from wanmi.kernel.text import clean_line

from .. import events, shipped
from ..models import CaseStandard, Category, CategoryKind, DefaultLimit


class StandardHoldsAlready(Conflict):
    """This condition was already changed on that day or later; choose a later day."""

    code = "standard_holds_already"


@journal.deed()
def enter_standard(
    category: Category,
    *,
    condition_no: int,
    limit: Limit,
    valid_from: date,
    condition_key: str = "other",
    condition_zh: str = "",
    condition_en: str = "",
    closing_key: str = "other",
    closing_zh: str = "",
    closing_en: str = "",
    region_class: str = "",
    replaces_today: bool = False,
    by: journal.Actor = None,
) -> CaseStandard:
    """Enter a filing condition of a class from a day on; the row it replaces ends the day before.

    Empty words are filled from the keys. Cases filed before keep what applied then.
    With `replaces_today` a row that began on the same day is written over.
    """
    same = {"category": category, "condition_no": condition_no, "region_class": region_class}
    begun = CaseStandard.objects.filter(**same, valid_from=valid_from).first()
    if not (replaces_today and begun):
        _end_earlier(category, condition_no, region_class, valid_from)
    zh, en = _condition(condition_key, category.kind)
    done_zh, done_en = _closing(closing_key)
    row = CaseStandard(
        pk=begun.pk if begun else None,
        **same,
        condition_key=condition_key,
        condition_zh=clean_line(condition_zh or zh, max_length=120),
        condition_en=clean_line(condition_en or en, max_length=160),
        limit_value=limit.value,
        limit_type=limit.kind,
        closing_key=closing_key,
        closing_zh=clean_line(closing_zh or done_zh, max_length=120),
        closing_en=clean_line(closing_en or done_en, max_length=160),
        valid_from=valid_from,
    )
    row.save()
    journal.publish(events.StandardEntered(category.pk, row.pk), by=by)
    return row


@journal.deed()
def end_standard(
    category: Category, condition_no: int, *, on: date, by: journal.Actor = None
) -> None:
    """Let a general filing condition hold no longer from a day on."""
    rows = CaseStandard.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        category=category,
        condition_no=condition_no,
        region_class="",
    )
    for row in rows:
        CaseStandard.objects.filter(pk=row.pk).update(valid_to=on - timedelta(days=1))
        journal.publish(events.StandardEnded(category.pk, row.pk), by=by)


@journal.deed()
def set_default_limit(kind: str, limit: Limit, *, by: journal.Actor = None) -> DefaultLimit:
    """Set the handling limit of classes of a kind that have no filing standard."""
    row, _ = DefaultLimit.objects.update_or_create(
        kind=CategoryKind(kind),
        defaults={
            "limit_value": Decimal(limit.value),
            "limit_type": limit.kind,
            "certainty": "found",
            "source": "",
        },
    )
    journal.publish(events.DefaultLimitSet(row.kind, str(limit)), by=by)
    return row


def _end_earlier(category: Category, number: int, region_class: str, day: date) -> None:
    rows = CaseStandard.objects.filter(
        category=category, condition_no=number, region_class=region_class
    )
    if rows.filter(valid_from__gte=day).exists():
        raise StandardHoldsAlready
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).update(
        valid_to=day - timedelta(days=1)
    )


def _condition(key: str, kind: str) -> tuple[str, str]:
    try:
        return shipped.words_of_condition(key, kind)
    except KeyError:
        raise Invalid("There is no filing condition “%(key)s”.", key=key) from None


def _closing(key: str) -> tuple[str, str]:
    try:
        return shipped.closing_words()[key]
    except KeyError:
        raise Invalid("There is no closing condition “%(key)s”.", key=key) from None
