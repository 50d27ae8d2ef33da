"""The form a control is made with, and how controls are shown."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.shell.schemaforms import SchemaForm

from . import showing, words
from .models import Control, ControlEffect

DAYS = [str(day) for day in range(1, 8)]


def control_schema() -> dict[str, Any]:
    """Return what a control is made of, as JSON Schema; times of day are the city's."""
    time = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "x-ui": "text"}
    day = {"type": "string", "format": "date", "x-ui": "date"}
    name = {"type": "string", "maxLength": 60, "x-ui": "text"}
    return {
        "type": "object",
        "required": ["name_zh", "effect", "area", "valid_from"],
        "additionalProperties": False,
        "properties": {
            "name_zh": name | {"minLength": 2, "title": gettext_noop("Name (Chinese)")},
            "name_en": name | {"title": gettext_noop("Name (English)")},
            "effect": {
                "type": "string",
                "enum": ControlEffect.values,
                "title": gettext_noop("What holds"),
                "x-ui": "radio",
            },
            "area": {"type": "string", "maxLength": 20, "title": gettext_noop("Area")},
            "classes": {
                "type": "string",
                "maxLength": 1000,
                "title": gettext_noop("For classes"),
                "x-ui": "text",
            },
            "valid_from": day | {"title": gettext_noop("Holds from")},
            "valid_to": day | {"title": gettext_noop("Holds until")},
            "weekdays": {
                "type": "array",
                "items": {"type": "string", "enum": DAYS},
                "uniqueItems": True,
                "title": gettext_noop("Weekdays"),
                "x-ui": "checkboxes",
            },
            "from_time": time | {"title": gettext_noop("From (time of day)")},
            "to_time": time | {"title": gettext_noop("Until (time of day)")},
            "limit_value": {
                "type": "number",
                "exclusiveMinimum": 0,
                "maximum": 1000,
                "title": gettext_noop("Shortened limit"),
            },
            "limit_type": {
                "type": "string",
                "enum": list(words.LIMIT_TYPES),
                "title": gettext_noop("Counted in"),
            },
            "minutes": {
                "type": "integer",
                "minimum": 10,
                "maximum": 360,
                "default": 60,
                "title": gettext_noop("Minutes before and after"),
            },
        },
    }


def control_form(scope: organisation.Scope) -> SchemaForm:
    """Return the form with the areas, effects and units to choose from."""
    hints = {
        "effect": {"options": _spoken(words.CONTROL_EFFECTS)},
        "area": {"widget": "select", "groups": _areas(scope)},
        "classes": {"help": gettext_noop("event/06001 event/06 …; empty: every class")},
        "weekdays": {
            "options": _spoken(words.WEEKDAYS),
            "help": gettext_noop("None chosen: every day"),
        },
        "from_time": {"placeholder": "20:00", "help": gettext_noop("Empty: all day")},
        "to_time": {"placeholder": "06:00"},
        "limit_value": {"help": gettext_noop("Only for a shorter limit")},
        "limit_type": {"widget": "select", "options": _spoken(words.LIMIT_TYPES)},
        "minutes": {"help": gettext_noop("Only for checks at the same time of day")},
    }
    today = timezone.localdate().isoformat()
    return SchemaForm(control_schema(), hints, values={"valid_from": today}, prefix="control")


def described(row: Control) -> dict[str, Any]:
    """Return a control as the page lists it."""
    names = geography.names_of(row.area_path)
    where = showing.either(names[-1].name_zh, names[-1].name_en) if names else ""
    times = f"{row.from_time:%H:%M}–{row.to_time:%H:%M}" if row.from_time and row.to_time else ""
    return {
        "row": row,
        "name": showing.either(row.name_zh, row.name_en),
        "effect": str(words.CONTROL_EFFECTS[row.effect]),
        "what": _what(row),
        "where": where,
        "classes": " ".join(row.classes),
        "days": " ".join(str(words.WEEKDAYS[str(day)]) for day in row.weekdays),
        "times": times,
    }


def _what(row: Control) -> str:
    if row.effect == ControlEffect.SHORTER_LIMIT and row.limit_value is not None:
        return showing.limit_words(str(row.limit_value), row.limit_type)
    if row.effect == ControlEffect.SAME_TIME:
        return gettext("± %(n)s minutes") % {"n": row.minutes}
    return ""


def _spoken(named: dict[Any, Any]) -> dict[str, str]:
    return {str(key): str(text) for key, text in named.items()}


def _areas(scope: organisation.Scope) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the areas a control can be made for: one's own and two levels below it."""
    groups = []
    for path in scope.areas(organisation.duties.EDIT_CONTROLS):
        top = geography.names_of(path)[-1:]
        own = [(name.code, _name(name)) for name in top]
        below = [area for area in geography.children(path) if area.kind != "unit_grid"]
        groups.append((own[0][1] if own else "", [*own, *[(a.code, _name(a)) for a in below]]))
        for area in below[:40]:
            further = [a for a in geography.children(area.path) if a.kind != "unit_grid"]
            if further:
                groups.append((_name(area), [(a.code, _name(a)) for a in further[:60]]))
    return groups


def _name(area: Any) -> str:
    return showing.either(area.name_zh, area.name_en)
