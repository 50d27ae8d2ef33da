"""Editions and classes as they are on a date."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext

from wanmi.kernel.errors import Invalid
from wanmi.shell.pages import spoken

from .. import rules, shipped
from ..models import CaseStandard, Category, Edition


class UnknownCategory(Invalid):
    """There is no class %(code)s of this kind in the catalogue of that day."""

    code = "unknown_category"


@dataclass(frozen=True)
class Major:
    """A major class and how many minor classes it has."""

    kind: str
    code: str
    name_zh: str
    name_en: str
    count: int

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh, self.name_en)


def editions() -> list[Edition]:
    """Return all editions, newest first."""
    return list(Edition.objects.order_by("-valid_from"))


def edition_on(on: date | None = None) -> Edition | None:
    """Return the edition in force on a day of the city (today)."""
    day = on or timezone.localdate()
    return Edition.objects.filter(_holds(day)).order_by("-valid_from").first()


def category(kind: str, code: str, on: date | None = None, *, edition: str = "") -> Category | None:
    """Return a class by its code, as in "01001", in the edition in force on a day.

    A named edition is asked instead whatever the day; old numbers mean other things.
    """
    key = rules.split_code(kind, code)
    rows = _in_force(on or timezone.localdate(), edition).filter(
        kind=kind, major_code=key.major, minor_code=key.minor
    )
    return rows.order_by("-valid_from").first()


def require_category(
    kind: str, code: str, on: date | None = None, *, edition: str = ""
) -> Category:
    """Return a class by its code, or raise UnknownCategory."""
    row = category(kind, code, on, edition=edition)
    if row is None:
        raise UnknownCategory(code=code[:20])
    return row


def by_id(key: int) -> Category | None:
    """Return a class by its key, with its edition."""
    return Category.objects.select_related("edition").filter(pk=key).first()


def categories(
    kind: str | None = None,
    q: str | None = None,
    on: date | None = None,
    *,
    edition: str = "",
    major: str = "",
    of_part: bool | None = None,
) -> QuerySet[Category]:
    """Return the classes of the edition in force on a day, in the order of their codes.

    `q` is looked for in the names and at the beginning of the code.
    """
    rows = _in_force(on or timezone.localdate(), edition)
    if kind:
        rows = rows.filter(kind=kind)
    if major:
        rows = rows.filter(major_code=major)
    if of_part is not None:
        rows = rows.filter(of_part=of_part)
    if q:
        rows = rows.filter(_named(q))
    return rows.order_by("-kind", "major_code", "minor_code")


def majors(edition: Edition, kind: str = "") -> list[Major]:
    """Return the major classes of an edition with the number of their minor classes."""
    rows = Category.objects.filter(edition=edition)
    if kind:
        rows = rows.filter(kind=kind)
    counted = (
        rows.values("kind", "major_code", "major_zh", "major_en")
        .annotate(number=Count("pk"))
        .order_by("-kind", "major_code")
    )
    return [
        Major(row["kind"], row["major_code"], row["major_zh"], row["major_en"], row["number"])
        for row in counted
    ]


def successor(row: Category) -> Category | None:
    """Return the class of 2026 that took the place of one of 2013; None if it was retired."""
    key = shipped.successors().get(rules.ClassKey(row.kind, row.major_code, row.minor_code))
    if key is None or row.edition.code != "2013":
        return None
    return category(key.kind, key.code, edition="2026")


def with_standards(rows: QuerySet[Category]) -> QuerySet[Category]:
    """Add to each class how many filing conditions it has, as `standards`."""
    # A row that ended before its class has been replaced and is not counted.
    held = CaseStandard.objects.filter(category=OuterRef("pk")).filter(
        Q(valid_to__isnull=True) | Q(valid_to=OuterRef("valid_to"))
    )
    counted = held.order_by().values("category").annotate(n=Count("pk")).values("n")
    return rows.annotate(standards=Subquery(counted))


def relatives(row: Category) -> list[tuple[str, Category]]:
    """Return the classes that mean the same thing, each with a word for how it is related."""
    found: list[tuple[str, Category | None]] = [(gettext("Became"), successor(row))]
    if row.edition.code == "2026":
        key = rules.ClassKey("part" if row.of_part else row.kind, row.major_code, row.minor_code)
        other = "event" if row.kind == "part" else "part"
        before = {new: old for old, new in shipped.successors().items()}.get(key)
        if before is not None:
            found.append((gettext("Was"), category(before.kind, before.code, edition="2013")))
        if row.kind == "part" or row.of_part:
            word = gettext("Part") if row.of_part else gettext("Matter")
            found.append((word, category(other, row.code, edition="2026")))
    return [(word, other) for word, other in found if other is not None]


def _in_force(day: date, edition: str) -> QuerySet[Category]:
    rows = Category.objects.select_related("edition")
    if edition:
        return rows.filter(edition__code=edition)
    return rows.filter(_holds(day), _holds(day, "edition__"))


def _holds(day: date, prefix: str = "") -> Q:
    ends = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return Q(**{f"{prefix}valid_from__lte": day}) & ends


def _named(q: str) -> Q:
    found = Q(name_zh__icontains=q) | Q(name_en__icontains=q)
    if q.isdigit():
        found |= Q(major_code=q[:2], minor_code__startswith=q[2:])
    return found
