"""What everybody may see: released matters by class, area and state; nothing of who said it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wanmi.geography import queries as geography
from wanmi.kernel.remembered import Remembered
from wanmi.shell.pages import spoken

from .models import Release

STATES = {
    "open": _("Being worked on"),
    "solved": _("Put right"),
    "answered": _("Answered"),
}
_SOLVED = Q(contact__case__state__in=("closed", "self_handled_closed"))
_ANSWERED = Q(contact__answered_at__isnull=False)
_choices: Remembered[str, list[tuple[str, str]]] = Remembered(fresh_seconds=60)


@dataclass(frozen=True)
class Wanted:
    """What of the public list is asked for; empty means all. `area` is a division's code."""

    area: str = ""
    category: str = ""
    state: str = ""


@dataclass(frozen=True)
class Shown:
    """A released matter as a line of the public list; its point is rounded."""

    code: str
    words: str
    place: str
    lon: float | None
    lat: float | None
    category: str
    state: str
    state_words: str
    reported_at: datetime
    answered_at: datetime | None
    pictures: Sequence[int] = ()

    @property
    def mark(self) -> str:
        """Return the point as the map reads it."""
        return f"{self.lon},{self.lat}" if self.lon is not None else ""


def released(wanted: Wanted) -> QuerySet[Release]:
    """Return what everybody may see, newest first. Raises NoSuchArea."""
    rows = Release.objects.filter(withdrawn_at=None).select_related("contact__case")
    if wanted.area:
        rows = rows.filter(geography.below(geography.area(wanted.area).path, "area_path"))
    if wanted.category:
        kind, _slash, code = wanted.category.partition("/")
        rows = rows.filter(contact__case__kind=kind, contact__case__category_code=code)
    if wanted.state:
        rows = rows.filter(_in_state(wanted.state))
    return rows.prefetch_related("pictures").order_by("-id")


def by_code(code: str) -> Release | None:
    """Return a released matter by its public code."""
    return released(Wanted()).filter(code=code.upper()).first()


def shown(row: Release) -> Shown:
    """Return a released matter as everybody may see it."""
    contact, case = row.contact, row.contact.case
    state = _state(row)
    return Shown(
        row.code,
        row.words,
        row.place,
        row.lon,
        row.lat,
        spoken(case.category_zh, case.category_en) if case else "",
        state,
        str(STATES[state]),
        contact.received_at,
        contact.answered_at,
        [each.pk for each in row.pictures.all()],
    )


def areas() -> list[tuple[str, str]]:
    """Return districts and streets to choose from, by code."""
    return _choices.get("areas", _areas)


def categories() -> list[tuple[str, str]]:
    """Return the classes that released matters have, by "kind/code"."""
    rows = Release.objects.filter(withdrawn_at=None).exclude(contact__case=None)
    found = rows.values_list(
        "contact__case__kind",
        "contact__case__category_code",
        "contact__case__category_zh",
        "contact__case__category_en",
    ).distinct()
    return sorted((f"{kind}/{code}", spoken(zh, en)) for kind, code, zh, en in found if code)


def _areas() -> list[tuple[str, str]]:
    found = []
    for kind in ("district", "street"):
        rows = geography.children("", kind)[:300]
        found += [(row.code, spoken(row.name_zh, row.name_en)) for row in rows]
    return sorted(found)


def _in_state(state: str) -> Q:
    if state == "solved":
        return _SOLVED
    return _ANSWERED & ~_SOLVED if state == "answered" else ~_ANSWERED & ~_SOLVED


def _state(row: Release) -> str:
    case = row.contact.case
    if case is not None and case.state in ("closed", "self_handled_closed"):
        return "solved"
    return "answered" if row.contact.answered_at else "open"
