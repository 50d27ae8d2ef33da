"""How things stand, which changes there were, and what a change would do."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from wanmi.kernel.errors import NotAllowed, NotFound
from wanmi.kernel.remembered import Remembered
from wanmi.organisation import queries as organisation

from . import groups, matters
from .matters import Content, Effect, Matter
from .models import Change, State

__all__ = [
    "Change",
    "Effect",
    "Matter",
    "NoSuchMatter",
    "change_of",
    "changes",
    "decided_items",
    "dictionary",
    "draft",
    "groups",
    "history",
    "last_number",
    "matter_of",
    "standing",
    "standing_of",
    "under_way",
    "waiting",
]

IN_FORCE = (State.WAITING, State.APPLIED)


class NoSuchMatter(NotFound):
    """There is nothing of this name under upkeep."""

    code = "no_such_matter"


def standing(matter: str, item: str, on: date | None = None) -> Content | None:
    """Return what was decided for a thing as of a day of the city (today); None if nothing was.

    Kept in memory for some seconds, since work under way asks it all the time.
    """
    day = on or timezone.localdate()
    found = _standing.get(day, lambda: _in_force_on(day)).get((matter, item))
    return dict(found) if found is not None else None


def standing_of(matter: str) -> dict[str, Content | None]:
    """Return what was decided for all things of a matter that has no table, as of today."""
    day = timezone.localdate()
    found = _standing.get(day, lambda: _in_force_on(day))
    return {item: content for (of, item), content in found.items() if of == matter}


def dictionary(key: str) -> Mapping[str, str]:
    """Return what can be chosen from a dictionary today, by code, in the city's order."""
    from .dictionaries import dictionary as found  # late: it asks this module what stands

    return found(key)


Standing = dict[tuple[str, str], Content | None]
_standing: Remembered[date, Standing] = Remembered()


def _in_force_on(day: date) -> Standing:
    """Return the last decision on each thing that has no table of its own; one query for all."""
    kept = [each.key for each in matters.known() if each.is_kept]
    rows = Change.objects.filter(matter__in=kept, state__in=IN_FORCE, from_day__lte=day)
    ordered = rows.order_by("from_day", "pk").values_list("matter", "item", "content")
    return {(matter, item): content for matter, item, content in ordered}


def decided_items(matter: str) -> list[str]:
    """Return the items of a matter about which anything was ever decided."""
    rows = Change.objects.filter(matter=matter, state__in=IN_FORCE)
    return sorted(set(rows.values_list("item", flat=True)))


def matter_of(key: str, scope: organisation.Scope, item: str = "") -> Matter:
    """Return a matter this person may change, or one thing of it may. NoSuchMatter, NotAllowed."""
    found = matters.find(key)
    if found is None:
        raise NoSuchMatter
    if not found.may(scope, item):
        raise NotAllowed
    return found


def change_of(key: int, scope: organisation.Scope) -> Change:
    """Return a change of a matter this person may change."""
    row = Change.objects.select_related("made_by", "settled_by", "undoes").filter(pk=key).first()
    if row is None:
        raise NoSuchMatter
    matter_of(row.matter, scope, row.item)
    return row


def changes(keys: list[str]) -> QuerySet[Change]:
    """Return the changes of some matters, newest first, with who made them."""
    rows = Change.objects.filter(matter__in=keys).order_by("-pk")
    return rows.select_related("made_by", "settled_by")


def history(matter: str, item: str) -> QuerySet[Change]:
    """Return the changes of one thing, newest first."""
    return changes([matter]).filter(item=item)


def draft(matter: str, item: str) -> Change | None:
    """Return the draft that waits for a thing."""
    return Change.objects.filter(matter=matter, item=item, state=State.DRAFT).first()


def waiting(matter: str, item: str) -> Change | None:
    """Return the change of a thing whose day has not come."""
    return Change.objects.filter(matter=matter, item=item, state=State.WAITING).last()


def under_way(matter: str) -> list[Change]:
    """Return the drafts of a matter and the changes that wait for their day, newest first."""
    rows = Change.objects.filter(matter=matter, state__in=[State.DRAFT, State.WAITING])
    return list(rows.select_related("made_by").order_by("-pk"))


def last_number(matter: str, item: str) -> int:
    """Return the number of the last change decided for a thing, 0 for none."""
    rows = Change.objects.filter(matter=matter, item=item, state__in=IN_FORCE)
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0
