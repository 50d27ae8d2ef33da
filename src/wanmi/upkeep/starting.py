"""What the start page gathers, and how changes are named on every page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanmi.kernel.errors import NotAllowed
from wanmi.organisation import queries as organisation
from wanmi.shell import menu

from . import matters, queries
from .groups import ORDER, WATCH
from .matters import Item, Matter
from .models import Change, State

RECENT = 6
STATES = {
    State.DRAFT: _("Draft"),
    State.WAITING: _("Waiting for its day"),
    State.APPLIED: _("Applied"),
    State.WITHDRAWN: _("Given up"),
    State.FAILED: _("Could not be applied"),
}


@dataclass(frozen=True)
class Card:
    """One subject on the start page."""

    label: str
    help: str
    url: str
    icon: str
    found: tuple[Item, ...] = ()
    """Single things that hold the words looked for."""
    key: str = ""


@dataclass(frozen=True)
class Named:
    """A change as lists show it."""

    change: Change
    matter: str
    label: str
    state: str


def matters_of(scope: organisation.Scope) -> list[Matter]:
    """Return the matters this person may change."""
    return [each for each in matters.known() if each.may(scope)]


def require_any(scope: organisation.Scope) -> None:
    """Refuse who has nothing to administer."""
    looked_after = [each.duty for each in matters.places() if each.group != WATCH]
    if not matters_of(scope) and not any(scope.may(duty) for duty in looked_after):
        raise NotAllowed


def groups(scope: organisation.Scope, words: str) -> list[tuple[str, list[Card]]]:
    """Return the subjects under their headings; with words, those that hold them."""
    found: dict[str, list[Card]] = {}
    for place in matters.places():
        url = menu.url_of(place.url_name)
        if url and scope.may(place.duty):
            card = Card(str(place.label), str(place.help), url, place.icon)
            _add(found, str(place.group), card, words)
    for each in matters_of(scope):
        hits = tuple(each.search(words)[:5]) if words else ()
        if not each.is_listed and not hits:
            continue
        url = reverse("upkeep:matter", args=[each.key])
        card = Card(str(each.label), str(each.help), url, each.icon, hits, each.key)
        _add(found, str(each.group), card, words)
    order = {str(name): place for place, name in enumerate(ORDER)}
    return sorted(found.items(), key=lambda each: order.get(each[0], len(order)))


def recent(scope: organisation.Scope) -> list[Named]:
    """Return the last changes of what a person may change."""
    rows = queries.changes([each.key for each in matters_of(scope)])
    return [named(row) for row in visible(scope, rows[:RECENT])]


def visible(scope: organisation.Scope, rows: Iterable[Change]) -> list[Change]:
    """Return the changes of things this person may change."""
    known = {each.key: each for each in matters_of(scope)}
    return [row for row in rows if row.matter in known and known[row.matter].may(scope, row.item)]


def named(row: Change) -> Named:
    """Return a change with the names of what it changes."""
    found = matters.find(row.matter)
    label = str(found.label) if found else row.matter
    item = found.label_of(row.item) if found else row.item
    return Named(row, label, item, str(STATES[State(row.state)]))


def _add(found: dict[str, list[Card]], group: str, card: Card, words: str) -> None:
    named = words.casefold() in f"{card.label} {card.help}".casefold()
    if named or card.found:
        found.setdefault(group, []).append(card)
