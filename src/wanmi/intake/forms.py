"""The forms of the room that belong to no task."""

from typing import Any

from django.utils.translation import gettext_noop

from wanmi.shell.schemaforms import SchemaForm, pieces

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
        "title": pieces.text(gettext_noop("In short"), 200),
        "words": pieces.words(gettext_noop("What they said"), 5000, least=2),
        **{name: pieces.text(title, length) for name, (title, length) in _PERSON.items()},
        **pieces.PLACE,
        "address": pieces.ADDRESS,
        "media": pieces.PHOTOGRAPHS,
    },
}
SAY_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["words"],
    "properties": {
        "words": pieces.words(gettext_noop("What we tell them"), least=2),
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
