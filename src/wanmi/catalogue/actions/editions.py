"""Entering the shipped editions and a city's own classes."""

from dataclasses import dataclass
from datetime import date

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict
from wanmi.kernel.text import clean_line

from .. import events, rules, shipped
from ..models import CaseStandard, Category, DefaultLimit, Edition
from ..rules import ClassKey


class NoFreeNumber(Conflict):
    """All numbers for local classes of this major class are taken."""

    code = "no_free_number"


@dataclass(frozen=True)
class Entered:
    """How many rows were new."""

    editions: int
    classes: int
    standards: int


@journal.deed()
def enter_shipped_editions(*, by: journal.Actor = None) -> Entered:
    """Enter the editions, classes, standards and default limits this product brings.

    May be done again: rows that are there stay as the city has left them.
    """
    before = _counts()
    editions = _enter_editions(by)
    ids = _enter_classes(editions)
    _enter_standards(editions, ids)
    _enter_default_limits()
    return Entered(*(now - then for now, then in zip(_counts(), before, strict=True)))


@journal.deed()
def enter_extension(
    edition: Edition,
    kind: str,
    major_code: str,
    *,
    name_zh: str,
    name_en: str,
    symbol: str = "other",
    department_zh: str = "",
    department_en: str = "",
    valid_from: date,
    by: journal.Actor = None,
) -> Category:
    """Add a city's own class to a major class, numbered backwards from the top.

    Raises NoFreeNumber. Source: practice of extension classes, GB/T 30428.2.
    """
    row = Category(
        edition=edition,
        kind=kind,
        minor_code=_free_number(edition, kind, major_code),
        **_major(edition, kind, major_code),
        name_zh=clean_line(name_zh, max_length=60),
        name_en=clean_line(name_en, max_length=100),
        symbol=symbol,
        department_zh=clean_line(department_zh, max_length=120),
        department_en=clean_line(department_en, max_length=120),
        is_extension=True,
        valid_from=valid_from,
    )
    row.save()
    journal.publish(events.ClassEntered(row.pk), by=by)
    return row


def _counts() -> tuple[int, int, int]:
    return Edition.objects.count(), Category.objects.count(), CaseStandard.objects.count()


def _enter_editions(by: journal.Actor) -> dict[str, Edition]:
    known = {row.code: row for row in Edition.objects.all()}
    for row in shipped.editions():
        if row.code not in known:
            known[row.code] = Edition.objects.create(**row.__dict__)
            journal.publish(events.EditionEntered(row.code), by=by)
    return known


def _enter_classes(editions: dict[str, Edition]) -> dict[tuple[str, ClassKey], int]:
    rows = [_category(editions[row.edition], row) for row in shipped.classes()]
    Category.objects.bulk_create(rows, ignore_conflicts=True, batch_size=400)
    codes = {edition.pk: code for code, edition in editions.items()}
    stored = Category.objects.order_by("-valid_from").values_list(
        "edition_id", "kind", "major_code", "minor_code", "pk"
    )
    return {
        (codes[edition], ClassKey(kind, major, minor)): pk
        for edition, kind, major, minor, pk in stored
    }


def _category(edition: Edition, row: shipped.ClassRow) -> Category:
    return Category(
        edition=edition,
        kind=row.key.kind,
        major_code=row.key.major,
        minor_code=row.key.minor,
        major_zh=row.major_zh,
        major_en=row.major_en,
        name_zh=row.name_zh,
        name_en=row.name_en,
        department_zh=row.department_zh,
        department_en=row.department_en,
        symbol=row.symbol,
        is_extension=row.is_extension,
        of_part=row.of_part,
        certainty=row.certainty,
        source=row.source,
        valid_from=edition.valid_from,
        valid_to=edition.valid_to,
    )


def _enter_standards(editions: dict[str, Edition], ids: dict[tuple[str, ClassKey], int]) -> None:
    rows = []
    for row in shipped.standards():
        values = dict(row.__dict__)
        edition, key = editions[values.pop("edition")], values.pop("key")
        rows.append(
            CaseStandard(
                category_id=ids[(edition.code, key)],
                condition_no=values.pop("number"),
                valid_from=edition.valid_from,
                valid_to=edition.valid_to,
                **values,
            )
        )
    CaseStandard.objects.bulk_create(rows, ignore_conflicts=True, batch_size=400)


def _enter_default_limits() -> None:
    rows = [DefaultLimit(**row.__dict__) for row in shipped.default_limits()]
    DefaultLimit.objects.bulk_create(rows, ignore_conflicts=True)


def _free_number(edition: Edition, kind: str, major_code: str) -> str:
    taken = Category.objects.filter(edition=edition, kind=kind, major_code=major_code)
    number = rules.next_extension(
        set(taken.values_list("minor_code", flat=True)), edition.minor_digits
    )
    if number is None:
        raise NoFreeNumber
    return number


def _major(edition: Edition, kind: str, major_code: str) -> dict[str, str]:
    row = Category.objects.filter(edition=edition, kind=kind, major_code=major_code).first()
    return {
        "major_code": major_code,
        "major_zh": row.major_zh if row else major_code,
        "major_en": row.major_en if row else major_code,
    }
