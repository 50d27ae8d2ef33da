"""The forms of the room that belong to no task."""

from typing import Any

from django.utils.translation import gettext_noop

from wanmi.shell.schemaforms import SchemaForm

from . import queries, showing, words

_PERSON = {
    "name": (gettext_noop("Their name"), 60),
    "phone": (gettext_noop("Phone"), 30),
    "email": (gettext_noop("E-mail"), 254),
}

NEW_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["door", "purpose", "words"],
    "properties": {
        "door": {"type": "string", "title": gettext_noop("How it came"), "x-ui": "select"},
        "purpose": {"type": "string", "title": gettext_noop("Purpose"), "x-ui": "select"},
        "title": {
            "type": "string",
            "title": gettext_noop("In short"),
            "maxLength": 200,
            "x-ui": "text",
        },
        "words": {
            "type": "string",
            "title": gettext_noop("What they said"),
            "minLength": 2,
            "maxLength": 5000,
            "x-ui": "textarea",
        },
        **{
            name: {"type": "string", "title": title, "maxLength": length, "x-ui": "text"}
            for name, (title, length) in _PERSON.items()
        },
        "lon": {
            "type": "number",
            "title": gettext_noop("Longitude"),
            "minimum": -180,
            "maximum": 180,
            "x-ui": "place",
        },
        "lat": {
            "type": "number",
            "title": gettext_noop("Latitude"),
            "minimum": -90,
            "maximum": 90,
            "x-ui": "place",
        },
        "address": {
            "type": "string",
            "title": gettext_noop("Address"),
            "maxLength": 256,
            "x-ui": "text",
        },
        "media": {
            "type": "array",
            "title": gettext_noop("Photographs"),
            "items": {"type": "integer"},
            "maxItems": 12,
            "x-ui": "media",
        },
    },
}
SAY_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["words"],
    "properties": {
        "words": {
            "type": "string",
            "title": gettext_noop("What we tell them"),
            "minLength": 2,
            "maxLength": 2000,
            "x-ui": "textarea",
        }
    },
}


def new_form() -> SchemaForm:
    """Return the form a clerk enters a matter with."""
    doors = {door.code: showing.door_name(door.code) for door in queries.doors()}
    properties = {
        **NEW_SCHEMA["properties"],
        "door": {**NEW_SCHEMA["properties"]["door"], "enum": list(doors)},
        "purpose": {**NEW_SCHEMA["properties"]["purpose"], "enum": list(words.PURPOSES)},
    }
    hints: dict[str, Any] = {
        "door": {"options": doors},
        "purpose": {"options": {key: str(text) for key, text in words.PURPOSES.items()}},
        "lon": {"layers": "areas grids"},
    }
    return SchemaForm({**NEW_SCHEMA, "properties": properties}, hints, prefix="contact")


def say_form() -> SchemaForm:
    """Return the form of an update between question and answer."""
    return SchemaForm(SAY_SCHEMA, {}, prefix="say")
