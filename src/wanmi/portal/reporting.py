"""What a visitor hands in, and what they are asked for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop

from wanmi.shell.schemaforms import SchemaForm

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
        "address": {
            "type": "string",
            "title": gettext_noop("Address or landmark"),
            "maxLength": 256,
            "x-ui": "text",
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
        "words": {
            "type": "string",
            "title": gettext_noop("What is the matter?"),
            "minLength": 2,
            "maxLength": 2000,
            "x-ui": "textarea",
        },
        "name": {
            "type": "string",
            "title": gettext_noop("Your name"),
            "maxLength": 60,
            "x-ui": "text",
        },
        "phone": {
            "type": "string",
            "title": gettext_noop("Phone"),
            "maxLength": 30,
            "x-ui": "text",
        },
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
