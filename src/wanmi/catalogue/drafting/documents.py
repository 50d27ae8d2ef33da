"""An edition's rows as a document, and a document as the rows of a new edition."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict

from .. import events
from ..models import CaseStandard, Category, Edition
from . import rules
from .rules import Document, Row


class LaterEditionStands(Conflict):
    """An edition begins on that day or later already; choose a later day."""

    code = "later_edition_stands"


def document_of(edition: Edition, on: date) -> Document:
    """Return the classes and general filing standards of an edition as they hold on a day."""
    classes = list(Category.objects.filter(_open(on), edition=edition))
    keys = {row.pk: (row.kind, row.code) for row in classes}
    rows = CaseStandard.objects.filter(_open(on), category__in=list(keys))
    return {
        "based_on": edition.code,
        "name_zh": edition.name_zh,
        "name_en": edition.name_en,
        "classes": rules.in_order(_class(row) for row in classes),
        "standards": rules.in_order(_standard(row, keys[row.category_id]) for row in rows),
    }


def publish(code: str, given: Document, *, on: date, by: journal.Actor) -> Edition:
    """Let a document be the edition in force from a day on; the one before ends the day before.

    Cases filed before keep the class and the rule they have. Raises LaterEditionStands.
    """
    if Edition.objects.filter(valid_from__gte=on).exists():
        raise LaterEditionStands
    base = Edition.objects.get(code=given["based_on"])
    Edition.objects.filter(_open(on)).update(valid_to=on - timedelta(days=1))
    edition = Edition.objects.create(
        code=code,
        standard=base.standard,
        name_zh=given["name_zh"],
        name_en=given["name_en"],
        minor_digits=base.minor_digits,
        valid_from=on,
    )
    rows = [_category(edition, row, on) for row in given["classes"]]
    Category.objects.bulk_create(rows, batch_size=200)
    stored = Category.objects.filter(edition=edition)
    keys = {(row.kind, row.code): row.pk for row in stored}
    standards = [_case_standard(keys[rules.key_of(row)], row, on) for row in given["standards"]]
    CaseStandard.objects.bulk_create(standards, batch_size=200)
    journal.publish(events.EditionEntered(code), by=by)
    return edition


def take_back(code: str, *, on: date, by: journal.Actor) -> None:
    """End an edition the day before and let the one it followed hold again."""
    edition = Edition.objects.get(code=code)
    before = Edition.objects.filter(valid_to=edition.valid_from - timedelta(days=1))
    before.exclude(pk=edition.pk).update(valid_to=None)
    Edition.objects.filter(pk=edition.pk).update(valid_to=on - timedelta(days=1))
    journal.publish(events.EditionTakenBack(code), by=by)


def _open(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def _class(row: Category) -> Row:
    taken: Row = {name: getattr(row, name) for name in (*rules.CLASS, *rules.MORE_OF_CLASS)}
    return {name: value for name, value in taken.items() if value not in ("", False)}


def _standard(row: CaseStandard, key: rules.Key) -> Row:
    value = row.limit_value
    taken: Row = {
        "kind": key[0],
        "code": key[1],
        "number": row.condition_no,
        "limit_value": int(value) if value == int(value) else float(value),
        "limit_type": row.limit_type,
        "region_class": row.region_class,
    }
    for name in ("condition_key", "condition_zh", "condition_en"):
        taken[name] = getattr(row, name)
    for name in ("closing_key", "closing_zh", "closing_en"):
        taken[name] = getattr(row, name)
    return {name: said for name, said in taken.items() if said != ""}


def _category(edition: Edition, row: Row, on: date) -> Category:
    taken: dict[str, Any] = {name: row.get(name, "") for name in rules.CLASS if name != "code"}
    return Category(
        edition=edition,
        **taken,
        major_code=row["code"][:2],
        minor_code=row["code"][2:],
        department_zh=row.get("department_zh", ""),
        department_en=row.get("department_en", ""),
        of_part=row.get("of_part", False),
        is_extension=row.get("is_extension", False),
        valid_from=on,
    )


def _case_standard(category: int, row: Row, on: date) -> CaseStandard:
    return CaseStandard(
        category_id=category,
        condition_no=row["number"],
        condition_key=row.get("condition_key", "other"),
        condition_zh=row["condition_zh"],
        condition_en=row.get("condition_en", ""),
        limit_value=Decimal(str(row["limit_value"])),
        limit_type=row["limit_type"],
        closing_key=row.get("closing_key", "other"),
        closing_zh=row["closing_zh"],
        closing_en=row.get("closing_en", ""),
        region_class=row.get("region_class", ""),
        valid_from=on,
    )
