"""Dictionaries (数据字典): lists of coded values that a city names, orders, extends and retires.

Each value is a thing of its own under upkeep, `dictionary.code`, so that it is
drafted, shown, applied from a day on and undone like everything else. Values
that code depends on stay: they can be renamed, moved and retired, never taken
out. A value once used keeps its name for whoever looks at old work.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop, ngettext, override
from django.utils.translation import gettext_lazy as _

from wanmi.kernel.errors import FieldError, Invalid
from wanmi.organisation import queries as organisation
from wanmi.shell.pages import spoken

from . import queries
from .groups import LOOK
from .kept import KeptMatter
from .matters import Asked, Content, Effect, Item

__all__ = ["Dictionaries", "Dictionary", "choices", "dictionary", "offer_dictionary"]

LAST_PLACE = 9999
CODE = r"[a-z][a-z0-9_]{0,11}"
"""What a code looks like; twelve characters fit every column that holds one."""


@dataclass(frozen=True, eq=False)
class Dictionary(Mapping[str, str]):
    """Values by code, in the order of the city: what may be chosen today, by name.

    As a mapping it offers what may be chosen now, and yet names every value
    there ever was, since old rows still hold it. `shipped` are the values code
    depends on. `used` counts the work under way that holds a value.
    """

    key: str
    label: str | Promise
    shipped: Mapping[str, str | Promise] = field(default_factory=dict)
    is_open: bool = True
    """Whether a city may add values."""
    used: Callable[[str], int] | None = None

    def __iter__(self) -> Iterator[str]:
        today = timezone.localdate()
        known = [(code, _decided(self.key, code)) for code in self._codes()]
        chosen = [(code, said) for code, said in known if _is_in_use(said, today)]
        places = {code: place for place, code in enumerate(self._codes(), start=1)}
        yield from sorted(
            (code for code, _said in chosen),
            key=lambda code: (_decided(self.key, code) or {}).get("place", places[code] * 10),
        )

    def __len__(self) -> int:
        return sum(1 for _code in self)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and code in set(self)

    def __getitem__(self, code: str) -> str:
        return self.named(code)

    def get(self, code: str, default: Any = None) -> Any:
        """Return the name of a value, also of one that can be chosen no longer."""
        try:
            return self.named(code)
        except KeyError:
            return default

    def named(self, code: str, on: date | None = None) -> str:
        """Return what a value was called on a day of the city (today). Raises KeyError."""
        said = queries.standing(Dictionaries.key, f"{self.key}.{code}", on)
        if said is None and on is not None:
            said = _decided(self.key, code) if code not in self.shipped else None
        if said is not None:
            return spoken(said["name_zh"], said.get("name_en", ""))
        return str(self.shipped[code])

    def _codes(self) -> list[str]:
        added = [code for code in _added(self.key) if code not in self.shipped]
        return [str(code) for code in self.shipped] + sorted(added)


_dictionaries: dict[str, Dictionary] = {}


def offer_dictionary(offered: Dictionary) -> Dictionary:
    """Put a list of values under upkeep and return it."""
    _dictionaries[offered.key] = offered
    return offered


def dictionary(key: str) -> Dictionary:
    """Return a dictionary; one that only the city knows has no shipped values."""
    return _dictionaries.get(key) or Dictionary(key, key)


def choices(key: str) -> list[tuple[str, str]]:
    """Return what can be chosen from a dictionary today: codes with their names."""
    return list(dictionary(key).items())


class Dictionaries(KeptMatter):
    """Every value of every dictionary, and new values and lists of the city's own."""

    key = "dictionaries"
    label = _("Dictionaries")
    help = _("Values that forms and lists offer: names, order, last day, and values of your own.")
    group = LOOK
    duty = organisation.duties.EDIT_PROCEDURES
    icon = "book"
    may_add = True
    key_form = rf"[a-z][a-z_]{{0,29}}\.{CODE}"

    def items(self) -> Sequence[Item]:
        """Return the values by dictionary, in their order; retired ones last."""
        keys = dict.fromkeys([*_dictionaries, *sorted(_own())])
        return [item for key in keys for item in _items(dictionary(key))]

    def label_of(self, item: str) -> str:
        """Return the dictionary and the value."""
        key, _dot, code = item.partition(".")
        found = dictionary(key)
        return f"{found.label} · {found.get(code, code)}"

    def asked(self, item: str) -> Asked:
        """Return the form of a value."""
        properties: dict[str, Any] = {
            "name_zh": _line(gettext_noop("Chinese name"), 40, minLength=1),
            "name_en": _line(gettext_noop("English name"), 60),
            "place": {
                "type": "integer",
                "title": gettext_noop("Place in the list"),
                "description": gettext_noop("Smaller numbers stand first."),
                "minimum": 1,
                "maximum": LAST_PLACE,
            },
            "last_day": {
                "type": "string",
                "format": "date",
                "title": gettext_noop("Last day it can be chosen"),
                "description": gettext_noop("Empty: until further notice."),
            },
        }
        required = ["name_zh", "name_en"]
        schema = {"type": "object", "additionalProperties": False}
        return Asked({**schema, "required": required, "properties": properties})

    def shipped(self, item: str) -> Content | None:
        """Return a value as it ships, with its place."""
        key, _dot, code = item.partition(".")
        values = dictionary(key).shipped
        if code not in values:
            return None
        place = [str(each) for each in values].index(code) + 1
        return {**_both(values[code]), "place": place * 10}

    def check(self, item: str, content: Content, scope: organisation.Scope) -> None:
        """Refuse a new value where only code makes them, a date that is none."""
        key, _dot, code = item.partition(".")
        found = dictionary(key)
        if not found.is_open and code not in found.shipped:
            raise Invalid("This list takes no further values; its own can be renamed and retired.")
        try:
            date.fromisoformat(content.get("last_day") or "2000-01-01")
        except ValueError:
            errors: list[FieldError] = [
                {"loc": ["last_day"], "msg": gettext("Enter a date such as 2026-11-21.")}
            ]
            raise Invalid(errors=errors) from None

    def effects(self, item: str, content: Content | None, day: date) -> Sequence[Effect]:
        """Say who still holds a value; the last one of a list cannot go."""
        key, _dot, code = item.partition(".")
        found = dictionary(key)
        count = found.used(code) if found.used is not None else 0
        effects = [Effect(gettext("What was chosen before keeps its value and its name."))]
        if content is None and count:
            return [Effect(gettext("This value is in use; give it a last day instead."), "stop")]
        if count:
            words = ngettext(
                "%(n)s record holds this value.",
                "%(n)s records hold this value.",
                count,
            )
            effects.append(Effect(words % {"n": count}))
        if not _is_in_use(content, day) and set(found) <= {code}:
            return [Effect(gettext("It is the last value of its list; add another first."), "stop")]
        return effects


def _items(found: Dictionary) -> list[Item]:
    valid = list(found)
    retired = [code for code in found._codes() if code not in valid]
    notes = {code: gettext("No longer in use") for code in retired}
    return [
        Item(
            f"{found.key}.{code}",
            f"{found.label} · {found.get(code, code)}",
            " · ".join(note for note in (code, notes.get(code, "")) if note),
        )
        for code in [*valid, *retired]
    ]


def _is_in_use(said: Content | None, day: date) -> bool:
    last = (said or {}).get("last_day")
    return not last or date.fromisoformat(last) >= day


def _decided(key: str, code: str) -> Content | None:
    return queries.standing(Dictionaries.key, f"{key}.{code}")


def _added(key: str) -> list[str]:
    """Return the codes of a dictionary about which something was decided and still stands."""
    head = f"{key}."
    standing = queries.standing_of(Dictionaries.key)
    return [
        item.removeprefix(head)
        for item, said in standing.items()
        if said is not None and item.startswith(head)
    ]


def _own() -> set[str]:
    standing = queries.standing_of(Dictionaries.key)
    return {item.partition(".")[0] for item, said in standing.items() if said is not None}


def _both(words: str | Promise) -> dict[str, str]:
    found = {}
    for name, language in (("name_zh", "zh-hans"), ("name_en", "en")):
        with override(language):
            found[name] = str(words)
    return found


def _line(title: str, length: int, **more: Any) -> dict[str, Any]:
    return {"type": "string", "title": title, "maxLength": length, "x-ui": "text", **more}
