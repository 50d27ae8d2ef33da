"""What a visitor hands in, and what they are asked for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop

from wanmi.shell.schemaforms import SchemaForm, pieces

DOOR = "portal"
"""The code of the web door."""
MOST_PICTURES = 4

PURPOSES = {
    "report": gettext_noop("Something is wrong"),
    "complaint": gettext_noop("A complaint"),
    "consultation": gettext_noop("A question"),
    "advice": gettext_noop("Advice"),
    "praise": gettext_noop("Praise"),
}

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["words"],
    "properties": {
        "purpose": {
            "type": "string",
            "title": gettext_noop("What it is about"),
            "enum": list(PURPOSES),
            "default": "report",
            "x-ui": "select",
        },
        "address": pieces.text(gettext_noop("Address or landmark"), 256),
        **pieces.PLACE,
        "words": pieces.words(gettext_noop("What is the matter?"), least=2),
        "category": {
            "type": "string",
            "title": gettext_noop("Class"),
            "maxLength": 40,
            "x-ui": "hidden",
        },
        "name": pieces.text(gettext_noop("Your name"), 60),
        "phone": pieces.text(gettext_noop("Phone"), 30),
        "email": {
            "type": "string",
            "title": gettext_noop("E-mail"),
            "maxLength": 254,
            "pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
            "x-ui": "text",
        },
        "may_publish": {
            "type": "boolean",
            "title": gettext_noop("The city may show this report to everybody, without my name"),
            "x-ui": "checkbox",
        },
    },
}


def report_form(values: Mapping[str, Any] | None = None) -> SchemaForm:
    """Return the public report form."""
    hints = {"purpose": {"options": PURPOSES}, "lon": {"layers": "", "zoom": 15}}
    return SchemaForm(SCHEMA, hints, values=values, prefix="report")


def sections(form: SchemaForm) -> dict[str, list[Any]]:
    """Return the fields of the form by the part of the page that asks them."""
    fields = {field.name: field for field in form}
    return {
        "where": [fields["lon"]],
        "what": [fields["purpose"], fields["words"]],
        "who": [fields[name] for name in ("name", "phone", "email")],
        "publish": [fields["may_publish"]],
    }
