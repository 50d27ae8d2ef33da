"""What a change changes, field by field, in the words of the form that asks for it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from wanmi.shell.schemaforms import Field

from .matters import Asked, Content, Difference, Matter


def differences(
    matter: Matter, item: str, before: Content | None, after: Content | None
) -> list[Difference]:
    """Return what is not the same: as the matter tells it, else in the order of its form."""
    own = matter.differences(item, before, after)
    return list(own) if own is not None else by_field(matter.asked(item), before, after)


def by_field(asked: Asked, before: Content | None, after: Content | None) -> list[Difference]:
    """Return which fields are not the same, in the order of the form."""
    old, new = before or {}, after or {}
    found = []
    for name, schema in asked.schema.get("properties", {}).items():
        if old.get(name) != new.get(name):
            found.append(_difference(_field(asked, name, schema), old.get(name), new.get(name)))
    return found


def _field(asked: Asked, name: str, schema: Mapping[str, Any]) -> Field:
    return Field(name, schema, asked.hints.get(name, {}), required=False)


def _difference(field: Field, old: Any, new: Any) -> Difference:
    if isinstance(old, list) or isinstance(new, list):
        first, then = list(old or []), list(new or [])
        words = _words(field, first + then)
        return Difference(
            field.label,
            added=tuple(words[str(each)] for each in then if each not in first),
            removed=tuple(words[str(each)] for each in first if each not in then),
            is_list=True,
        )
    words = _words(field, [old, new])
    return Difference(field.label, words[str(old)], words[str(new)])


def _words(field: Field, values: list[Any]) -> dict[str, str]:
    named = {value: words for value, words, _ in field.options}
    return {str(value): named.get(str(value)) or _plain(value) for value in values}


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return str(value)
