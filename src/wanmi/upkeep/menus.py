"""The side menu under upkeep: what each role is shown, and in which order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import menu

from . import queries
from .groups import LOOK
from .kept import KeptMatter
from .matters import Asked, Content, Effect, Item

EVERYBODY = "everybody"
KEPT_SHOWN = frozenset({"desk", "administration"})
"""Items nobody can hide: without them an administrator could not find back."""


class Menus(KeptMatter):
    """Per role, else for everybody: which items are hidden and which come first."""

    key = "menus"
    label = _("Menus")
    help = _("Which items of the side menu each role is shown, and in which order.")
    group = LOOK
    duty = organisation.duties.EDIT_PEOPLE
    icon = "list"

    def items(self) -> Sequence[Item]:
        """Return everybody, then the roles."""
        roles = [Item(row.code, row.name) for row in organisation.roles()]
        return [Item(EVERYBODY, gettext("Everybody without a menu of their role")), *roles]

    def asked(self, item: str) -> Asked:
        """Return the form: what is shown, and what stands at the top."""
        words = {each.key: str(each.label) for each in menu.items()}
        listed = {"type": "string", "enum": list(words)}
        first = {**listed, "x-ui": "select"}
        schema: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "shown": {
                    "type": "array",
                    "title": gettext_noop("Shown"),
                    "description": gettext_noop("Nobody is shown what their duties do not allow."),
                    "items": listed,
                    "uniqueItems": True,
                },
                "first": {**first, "title": gettext_noop("First")},
                "second": {**first, "title": gettext_noop("Second")},
                "third": {**first, "title": gettext_noop("Third")},
            },
        }
        return Asked(schema, {name: {"options": words} for name in schema["properties"]})

    def shipped(self, item: str) -> Content | None:
        """Return the menu as the rooms bring it: everything, in their order."""
        known = {EVERYBODY, *organisation.role_codes()}
        return {"shown": [each.key for each in menu.items()]} if item in known else None

    def effects(self, item: str, content: Content | None, day: date) -> Sequence[Effect]:
        """Say what stays whatever is chosen, and that addresses still work."""
        hidden = KEPT_SHOWN - set((content or {}).get("shown", []))
        found = [Effect(gettext("A hidden page can still be opened by its address."))]
        if hidden:
            words = gettext("The desk and the administration are always shown.")
            found.append(Effect(words))
        return found


def arrange(request: HttpRequest, items: Sequence[menu.Item]) -> Sequence[menu.Item]:
    """Return the items a reader is shown, in the order decided for their roles.

    Who holds several roles is shown what any of them shows; a role about which
    nothing was decided shows what everybody is shown.
    """
    scope = scope_in(request)
    shared = queries.standing(Menus.key, EVERYBODY)
    own = [queries.standing(Menus.key, role) or shared for role in sorted(scope.roles())]
    decided = own or [shared]
    known = [each for each in decided if each is not None]
    if len(known) == len(decided):
        shown = KEPT_SHOWN.union(*(each.get("shown", ()) for each in known))
        items = [each for each in items if each.key in shown]
    return _sorted(items, known)


def _sorted(
    items: Sequence[menu.Item], decided: Sequence[Mapping[str, Any]]
) -> Sequence[menu.Item]:
    if not decided:
        return items
    first = [decided[0].get(place) for place in ("first", "second", "third")]
    return sorted(
        items, key=lambda each: first.index(each.key) if each.key in first else len(first)
    )
