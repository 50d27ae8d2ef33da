"""Roles under upkeep: which duties a kind of post carries."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from wanmi.journal import actions as journal
from wanmi.organisation import actions as organisation
from wanmi.organisation import queries

from .groups import PEOPLE
from .matters import Asked, Content, Effect, Item, Matter


class Roles(Matter):
    """Role × duty; the area comes from the post, the relation from the task."""

    key = "roles"
    label = _("Roles and rights")
    help = _("Which duties each kind of post carries; the post says over which area.")
    group = PEOPLE
    duty = queries.duties.EDIT_PEOPLE
    icon = "shield"
    may_add = True

    def items(self) -> Sequence[Item]:
        """Return the roles by code, with how many posts carry each."""
        posts = queries.posts_by_role()
        return [
            Item(
                row.code,
                row.name,
                ngettext("%(n)s post", "%(n)s posts", posts.get(row.code, 0))
                % {"n": posts.get(row.code, 0)},
            )
            for row in queries.roles()
        ]

    def asked(self, item: str) -> Asked:
        """Return the form of a role."""
        words = queries.duties.WORDS
        known = sorted({*words, *(self.now(item) or {}).get("duties", [])}, key=list(words).index)
        schema: dict[str, Any] = {
            "type": "object",
            "required": ["name_zh", "name_en"],
            "additionalProperties": False,
            "properties": {
                "name_zh": _line(gettext_noop("Chinese name"), 40),
                "name_en": _line(gettext_noop("English name"), 60),
                "duties": {
                    "type": "array",
                    "title": gettext_noop("Duties"),
                    "items": {"type": "string", "enum": known},
                    "uniqueItems": True,
                },
            },
        }
        hints = {"duties": {"options": {name: str(words[name]) for name in known}}}
        return Asked(schema, hints)

    def now(self, item: str) -> Content | None:
        """Return a role as it stands."""
        row = queries.role(item)
        if row is None:
            return None
        duties = [name for name in queries.duties.WORDS if name in row.duties]
        names = {"name_zh": row.name_zh, "name_en": row.name_en}
        return names | ({"duties": duties} if duties else {})

    def keep(self, item: str, content: Content | None, *, by: journal.Actor, at: datetime) -> None:
        """Write the role; take one out that no post carries."""
        if content is None:
            organisation.drop_role(item, by=by)
            return
        organisation.set_role(
            item,
            name_zh=content["name_zh"],
            name_en=content["name_en"],
            duties=content.get("duties", []),
            by=by,
        )

    def effects(self, item: str, content: Content | None, day: date) -> Sequence[Effect]:
        """Say how many people gain or lose what, and whose work stands still."""
        row = queries.role(item)
        before, after = set(row.duties if row else []), set((content or {}).get("duties", []))
        people = queries.people_with_role(item)
        found = []
        if people and before != after:
            found.append(
                Effect(
                    ngettext(
                        "%(n)s person holds this role; it changes for them at once.",
                        "%(n)s people hold this role; it changes for all of them at once.",
                        people,
                    )
                    % {"n": people}
                )
            )
        if queries.duties.WORK_TASKS in before - after and people:
            words = gettext("They can no longer do the tasks that wait for this role.")
            found.append(Effect(words, "warn"))
        if content is None and queries.posts_by_role().get(item):
            found.append(Effect(gettext("Posts still carry this role."), "stop"))
        if queries.duties.EDIT_PEOPLE in before - after and queries.only_keeper_role(item):
            found.append(Effect(gettext("Nobody would look after people any more."), "stop"))
        return found


def _line(title: str, length: int) -> dict[str, Any]:
    return {"type": "string", "title": title, "minLength": 1, "maxLength": length}
