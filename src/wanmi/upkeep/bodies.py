"""Bodies and their posts under upkeep: founded, changed, closed, opened again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, NotAllowed, Refused
from wanmi.kernel.identifiers import credit_code
from wanmi.organisation import actions as organisation
from wanmi.organisation import queries
from wanmi.organisation.queries import Scope
from wanmi.shell import pages

from .groups import PEOPLE
from .matters import Asked, Content, Effect, Item, Matter, burdens

Schema = dict[str, Any]


class Bodies(Matter):
    """One body: names, kind, level, social-credit code, parent, whether it is in use."""

    key = "bodies"
    label = _("Bodies")
    help = _("Found, change and close bodies; the social-credit code is checked.")
    group = PEOPLE
    duty = queries.duties.EDIT_PEOPLE
    icon = "building"
    is_listed = False
    may_add = True
    key_form = r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}"

    def may(self, scope: Scope, item: str = "") -> bool:
        """Who looks after people of an area may change the bodies that answer for it."""
        row = queries.body_by_code(item) if item else None
        return scope.may(self.duty, row.area_path if row else None)

    def items(self) -> Sequence[Item]:
        """Return the first bodies by code."""
        return self.search("")

    def search(self, words: str) -> Sequence[Item]:
        """Return bodies by code or name."""
        return [_body_item(row) for row in queries.found_bodies(words)]

    def label_of(self, item: str) -> str:
        """Return the name of a body."""
        row = queries.body_by_code(item)
        return row.name if row else item

    def asked(self, item: str) -> Asked:
        """Return the form; the area is asked only while the body does not exist."""
        kinds = {value: str(words) for value, words in queries.BodyKind.choices}
        levels = {value: str(words) for value, words in queries.Level.choices}
        is_new = queries.body_by_code(item) is None
        properties: Schema = {
            "name_zh": _line(gettext_noop("Chinese name"), 100, minLength=1),
            "name_en": _line(gettext_noop("English name"), 160),
            "kind": _choice(gettext_noop("Kind of body"), kinds),
            "level": _choice(gettext_noop("Level"), levels),
        }
        if is_new:
            properties["area"] = {
                **_line(gettext_noop("Area it answers for"), 40, minLength=1),
                "description": gettext_noop("Code of a division; it never changes."),
            }
        properties |= {
            "credit_code": {
                **_line(gettext_noop("Unified social-credit code"), 18),
                "description": gettext_noop("18 characters; the last one is checked."),
            },
            "parent": {
                **_line(gettext_noop("Code of the body above"), 40),
                "description": gettext_noop("Empty for one at the top."),
            },
            "is_active": {"type": "boolean", "title": gettext_noop("In use"), "default": True},
        }
        required = ["name_zh", "kind", "level", *(["area"] if is_new else [])]
        return Asked(
            _object(properties, required),
            {"kind": {"options": kinds}, "level": {"options": levels}},
        )

    def now(self, item: str) -> Content | None:
        """Return a body as it stands."""
        row = queries.body_by_code(item)
        if row is None or row.code != item:
            return None
        facts = {
            "name_zh": row.name_zh,
            "name_en": row.name_en,
            "kind": row.kind,
            "level": row.level,
            "credit_code": row.credit_code,
            "parent": row.parent.code if row.parent else "",
        }
        return {name: said for name, said in facts.items() if said} | {"is_active": row.is_active}

    def blank(self, item: str) -> Content:
        """A new body is in use."""
        return {"is_active": True}

    def check(self, item: str, content: Content, scope: Scope) -> None:
        """Refuse an area of others, a wrong credit code, a parent that does not stand above."""
        row = queries.body_by_code(item)
        area = row.area_path if row else _area(content["area"])
        if not scope.may(self.duty, area):
            raise NotAllowed
        if content.get("credit_code"):
            _at("credit_code", lambda: credit_code(content["credit_code"]))
        parent = content.get("parent", "")
        above = queries.body_by_code(parent) if parent else None
        if parent and (above is None or not area.startswith(above.area_path)):
            words = gettext("No body of this code answers for an area around this one.")
            raise Invalid(errors=[{"loc": ["parent"], "msg": words}])

    def keep(self, item: str, content: Content | None, *, by: journal.Actor, at: datetime) -> None:
        """Found the body or change its facts; what is taken back again is closed."""
        row = queries.body_by_code(item)
        if content is None:
            if row is not None:
                organisation.change_body(row, {"is_active": False}, by=by)
            return
        parent = content.get("parent", "")
        facts = {
            "kind": content["kind"],
            "level": content["level"],
            "name_zh": content["name_zh"],
            "name_en": content.get("name_en", ""),
            "credit_code": content.get("credit_code", "").upper(),
            "parent": queries.body_by_code(parent) if parent else None,
        }
        if row is None:
            organisation.found_body(item, area_path=_area(content["area"]), by=by, **facts)
            return
        organisation.change_body(row, facts | {"is_active": content.get("is_active", False)}, by=by)

    def effects(self, item: str, content: Content | None, day: date) -> Sequence[Effect]:
        """Say who and what hangs on a body that is to be closed."""
        row = queries.body_by_code(item)
        if row is None or not row.is_active or (content or {}).get("is_active", False):
            return []
        found = burdens(body=row.pk)
        below, people = queries.bodies_below(row.pk), queries.people_of_body(row.pk)
        if below:
            words = ngettext(
                "%(n)s body in use stands below it; close that one first.",
                "%(n)s bodies in use stand below it; close those first.",
                below,
            )
            found.append(Effect(words % {"n": below}, "stop"))
        if people:
            found.append(Effect(_losing(people), "warn"))
        return found


class Posts(Matter):
    """One post: its name, role, area, whether it is in use. New ones are made in their body."""

    key = "posts"
    label = _("Posts")
    help = _("Names, roles and areas of posts.")
    group = PEOPLE
    duty = queries.duties.EDIT_PEOPLE
    icon = "person"
    is_listed = False

    def may(self, scope: Scope, item: str = "") -> bool:
        """Who looks after people of an area may change the posts of the bodies there."""
        row = _post(item) if item else None
        return scope.may(self.duty, row.body.area_path if row else None)

    def items(self) -> Sequence[Item]:
        """Posts are found in their bodies."""
        return ()

    def label_of(self, item: str) -> str:
        """Return the name of a post with its body."""
        row = _post(item)
        return f"{row.body.name} {row.name}" if row else item

    def asked(self, item: str) -> Asked:
        """Return the form of a post."""
        roles = {row.code: row.name for row in queries.roles()}
        properties: Schema = {
            "name_zh": _line(gettext_noop("Chinese name"), 60, minLength=1),
            "name_en": _line(gettext_noop("English name"), 80),
            "role": _choice(gettext_noop("Role"), roles),
            "area": {
                **_line(gettext_noop("Area"), 40, minLength=1),
                "description": gettext_noop("Code of a division or duty grid inside the body's."),
            },
            "is_active": {"type": "boolean", "title": gettext_noop("In use")},
        }
        return Asked(_object(properties, ["name_zh", "role", "area"]), {"role": {"options": roles}})

    def now(self, item: str) -> Content | None:
        """Return a post as it stands."""
        row = _post(item)
        if row is None:
            return None
        facts = {
            "name_zh": row.name_zh,
            "name_en": row.name_en,
            "role": row.role.code,
            "area": row.area_path.rstrip("/").rpartition("/")[2],
        }
        return {name: said for name, said in facts.items() if said} | {"is_active": row.is_active}

    def check(self, item: str, content: Content, scope: Scope) -> None:
        """Refuse an area outside the body's."""
        row, area = _post(item), _area(content["area"])
        if row is not None and not area.startswith(row.body.area_path):
            words = gettext("A post's area lies inside its body's area.")
            raise Invalid(errors=[{"loc": ["area"], "msg": words}])

    def keep(self, item: str, content: Content | None, *, by: journal.Actor, at: datetime) -> None:
        """Write the post."""
        row, given = _post(item), content or {}
        if row is None:
            return
        facts = {
            "name_zh": given["name_zh"],
            "name_en": given.get("name_en", ""),
            "role": given["role"],
            "area_path": _area(given["area"]),
            "is_active": given.get("is_active", False),
        }
        organisation.change_post(row, facts, by=by)

    def effects(self, item: str, content: Content | None, day: date) -> Sequence[Effect]:
        """Say who holds the post and what waits for it when role, area or use change."""
        row, before, after = _post(item), self.now(item) or {}, content or {}
        if row is None or all(
            before.get(name) == after.get(name) for name in ("role", "area", "is_active")
        ):
            return []
        found = burdens(post=row.pk)
        people = queries.people_of_post(row.pk)
        if people and not after.get("is_active"):
            found.append(Effect(_losing(people), "warn"))
        elif people:
            words = ngettext(
                "%(n)s person holds this post; what they may do changes at once.",
                "%(n)s people hold this post; what they may do changes at once.",
                people,
            )
            found.append(Effect(words % {"n": people}))
        return found


def _body_item(row: Any) -> Item:
    note = row.code if row.is_active else f"{row.code} · {gettext('No longer in use')}"
    return Item(row.code, row.name, note)


def _losing(people: int) -> str:
    words = ngettext(
        "%(n)s person loses what their post there lets them do.",
        "%(n)s people lose what their posts there let them do.",
        people,
    )
    return words % {"n": people}


def _post(item: str) -> queries.Post | None:
    fits = item.isascii() and item.isdigit() and len(item) < 18
    return queries.any_post(int(item)) if fits else None


def _area(code: str) -> str:
    return str(_at("area", lambda: geography.area(code.strip()).path))


def _at(field: str, ask: Any) -> Any:
    """Ask for something; a refusal is said beside the field."""
    try:
        return ask()
    except Refused as refused:
        errors: Any = [{"loc": [field], "msg": pages.sentence(refused)}]
        raise Invalid(errors=errors) from refused


def _line(title: str, length: int, **more: Any) -> Schema:
    return {"type": "string", "title": title, "maxLength": length, "x-ui": "text", **more}


def _choice(title: str, options: dict[str, str]) -> Schema:
    return {"type": "string", "title": title, "enum": list(options), "x-ui": "select"}


def _object(properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "required": required,
        "additionalProperties": False,
        "properties": properties,
    }
