"""The side menu under upkeep: what each role is shown, in which order and below which heading."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import menu

from . import queries
from .dictionaries import Dictionary, offer_dictionary
from .groups import LOOK
from .kept import KeptMatter
from .matters import Asked, Content, Difference, Effect, Item

EVERYBODY = "everybody"
KEPT_SHOWN = frozenset({"desk", "administration"})
"""Items nobody can hide: without them an administrator could not find back."""


class _Headings(Mapping[str, str | Promise]):
    """The headings the rooms bring, by code; asked late, since rooms register as they start."""

    def __getitem__(self, code: str) -> str | Promise:
        return self._known()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())

    def _known(self) -> dict[str, str | Promise]:
        codes = _brought()
        return {codes[each.key]: each.group for each in menu.items() if each.group}


HEADINGS = offer_dictionary(Dictionary("menu_headings", _("Headings of the menu"), _Headings()))


class Menus(KeptMatter):
    """Per role, else for everybody: which items are shown, in which order, below which heading."""

    key = "menus"
    label = _("Menus")
    help = _(
        "Which items of the side menu each role is shown, in which order and below which heading."
    )
    group = LOOK
    duty = organisation.duties.EDIT_PEOPLE
    icon = "list"

    def items(self) -> Sequence[Item]:
        """Return everybody, then the roles."""
        roles = [Item(row.code, row.name) for row in organisation.roles()]
        return [Item(EVERYBODY, gettext("Everybody without a menu of their role")), *roles]

    def asked(self, item: str) -> Asked:
        """Return the form: what is shown, in its order, each below a heading."""
        words = _words()
        codes = list(dict.fromkeys([*HEADINGS, *_Headings()]))
        schema: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "shown": {
                    "type": "array",
                    "title": gettext_noop("Shown, in this order"),
                    "description": gettext_noop("Nobody is shown what their duties do not allow."),
                    "items": {"type": "string", "enum": list(words)},
                    "uniqueItems": True,
                },
                "headings": {
                    "type": "object",
                    "title": gettext_noop("Heading"),
                    "propertyNames": {"enum": list(words)},
                    "additionalProperties": {
                        "type": "string",
                        "enum": codes,
                    },
                },
            },
        }
        hints = {
            "shown": {"widget": "arranged", "options": words, "beside": "headings"},
            "headings": {"widget": "beside", "keys": list(words), "choices": dict(HEADINGS)},
        }
        return Asked(schema, hints)

    def shipped(self, item: str) -> Content | None:
        """Return the menu as the rooms bring it: everything, in their order."""
        known = {EVERYBODY, *organisation.role_codes()}
        if item not in known:
            return None
        return {"shown": [each.key for each in menu.items()], "headings": _brought()}

    def now(self, item: str) -> Content | None:
        """Return what was decided, else what the rooms bring."""
        found = super().now(item)
        return _whole(found) if found is not None else None

    def effects(self, item: str, content: Content | None, day: date) -> Sequence[Effect]:
        """Say what stays whatever is chosen, and that addresses still work."""
        hidden = KEPT_SHOWN - set((content or {}).get("shown", []))
        found = [Effect(gettext("A hidden page can still be opened by its address."))]
        if hidden:
            words = gettext("The desk and the administration are always shown.")
            found.append(Effect(words))
        return found

    def differences(
        self, item: str, before: Content | None, after: Content | None
    ) -> Sequence[Difference]:
        """Say what comes and goes, a new order, and each new heading."""
        old, new = _whole(before or {}), _whole(after or {})
        words = _words()
        first, then = ([key for key in each["shown"] if key in words] for each in (old, new))
        found = []
        if set(first) != set(then):
            added = tuple(words[key] for key in then if key not in first)
            removed = tuple(words[key] for key in first if key not in then)
            label = gettext("Shown in the menu")
            found.append(Difference(label, added=added, removed=removed, is_list=True))
        if [key for key in first if key in then] != [key for key in then if key in first]:
            was, is_now = (" · ".join(words[key] for key in each) for each in (first, then))
            found.append(Difference(gettext("Order of the menu"), was, is_now))
        for key in then:
            was, is_now = (each["headings"].get(key, "") for each in (old, new))
            if was != is_now:
                label = f"{gettext('Heading')}: {words[key]}"
                names = HEADINGS.get(was, "–"), HEADINGS.get(is_now, "–")
                found.append(Difference(label, *names))
        return found


def arrange(request: HttpRequest, items: Sequence[menu.Item]) -> Sequence[menu.Item]:
    """Return the items a reader is shown, as decided for their roles.

    Who holds several roles is shown what any of them shows, in the order and below
    the headings of the first; a role about which nothing was decided shows what
    everybody is shown.
    """
    scope = scope_in(request)
    shared = queries.standing(Menus.key, EVERYBODY)
    own = [queries.standing(Menus.key, role) or shared for role in sorted(scope.roles())]
    decided = own or [shared]
    known = [_whole(each) for each in decided if each is not None]
    if len(known) == len(decided):
        shown = KEPT_SHOWN.union(*(each["shown"] for each in known))
        items = [each for each in items if each.key in shown]
    return _arranged(items, known[0] if known else {"shown": [], "headings": {}})


def _arranged(items: Sequence[menu.Item], said: Content) -> Sequence[menu.Item]:
    """Return items in the order decided, those of a heading together where its first one stands."""
    places = {key: place for place, key in enumerate(said["shown"])}
    ordered = sorted(items, key=lambda each: places.get(each.key, len(places)))
    codes = {key: code for key, code in _brought().items() if key not in places} | said["headings"]
    below = [codes.get(each.key, "") or each.key for each in ordered]
    starts = {head: place for place, head in reversed(list(enumerate(below)))}
    names = {code: HEADINGS.get(code, "") for code in set(codes.values())}
    placed = sorted(zip(below, ordered, strict=True), key=lambda pair: starts[pair[0]])
    return [replace(each, group=names.get(codes.get(each.key, ""), "")) for _head, each in placed]


def _whole(said: Mapping[str, Any]) -> Content:
    """Return a decision with order and headings; earlier ones told three places and no headings."""
    lead = [said[place] for place in ("first", "second", "third") if place in said]
    shown = [*lead, *(key for key in said.get("shown", ()) if key not in lead)]
    return {"shown": shown, "headings": said.get("headings", _brought())}


def _brought() -> dict[str, str]:
    """Return by item the code of the heading its room puts it below."""
    return _codes(tuple(each.key for each in menu.items()))


@lru_cache(maxsize=4)
def _codes(_keys: tuple[str, ...]) -> dict[str, str]:
    with override("en"):
        groups = {each.key: str(each.group) for each in menu.items() if each.group}
    return {key: slugify(words).replace("-", "_") for key, words in groups.items()}


def _words() -> dict[str, str]:
    return {each.key: str(each.label) for each in menu.items()}
